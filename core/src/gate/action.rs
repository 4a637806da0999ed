//! What holds for actions that are proposed, and for what waits or was taken back.
//!
//! Input: the ask with its proposal, what identity found, what is kept of the record. Output: reasons on the bench.
//! Invariant: nothing here makes a verdict laxer. What the engine's own stages decide, an agent may only suggest.

use super::{Ask, Bench};
use crate::contract::{ActionKind, Verdict};
use crate::decide::facts::Facts;
use crate::identity::{Match, Outcome};
use crate::record::{AccountField, ActionProposal, Because, ContactField, LeadField, Object, OpportunityField};
use crate::time::Timestamp;

/// Whether an action reaches the buyer, or starts what does.
pub(super) const fn reaches(action: ActionKind) -> bool {
    matches!(
        action,
        ActionKind::AddToCampaign
            | ActionKind::Enrol
            | ActionKind::SendMessage
            | ActionKind::AskQuestion
            | ActionKind::BookMeeting
    )
}

/// Whether an action says in `to` what it leads to: a record, owner, stage, campaign, sequence or time.
pub(crate) const fn names_target(action: ActionKind) -> bool {
    matches!(
        action,
        ActionKind::Merge
            | ActionKind::Link
            | ActionKind::Assign
            | ActionKind::ChangeStage
            | ActionKind::AddToCampaign
            | ActionKind::Enrol
            | ActionKind::BookMeeting
    )
}

/// Whether an action is held while something else on its record waits for a person.
pub(crate) const fn depends(action: ActionKind) -> bool {
    matches!(
        action,
        ActionKind::SendMessage
            | ActionKind::Enrol
            | ActionKind::AddToCampaign
            | ActionKind::Assign
            | ActionKind::ChangeStage
            | ActionKind::Merge
    )
}

/// What an action needs, whoever proposes it.
pub(super) fn judge_need(bench: &mut Bench, action: &ActionProposal, facts: &Facts<'_>) {
    let mut lacks = |code, words: &'static str| bench.say(Verdict::Block, code, words);
    let says = !action.text.trim().is_empty();
    match action.action.kind() {
        ActionKind::CreateTask | ActionKind::DraftMessage | ActionKind::AskQuestion if !says => {
            lacks("no-text", "it has no words, in `text`");
        }
        ActionKind::ResearchNote if !says && action.statements.is_empty() => {
            lacks("no-text", "it has no words, in `text` or `statements`");
        }
        ActionKind::SendMessage if action.message.as_ref().is_none_or(|message| message.body.trim().is_empty()) => {
            lacks("no-message", "it has no message to send, in `message`");
        }
        ActionKind::BookMeeting => match Timestamp::parse(&action.to) {
            None => lacks("no-time", "it does not say when, in `to`, as `2026-11-23T09:00:00Z`"),
            Some(time) if time <= facts.as_of() => lacks("in-the-past", "the time it proposes is over"),
            Some(_) => {}
        },
        kind if names_target(kind) && action.to.trim().is_empty() => {
            lacks("no-target", "it does not say what to, in `to`");
        }
        _ => {}
    }
}

/// Whether what an action leads to is there, as far as the data at hand can tell.
pub(super) fn judge_target(bench: &mut Bench, ask: &Ask<'_>, action: &ActionProposal, facts: &Facts<'_>) {
    let (to, crm) = (action.to.trim(), facts.crm());
    let object = match ask.action {
        ActionKind::Merge => ask.record.object,
        ActionKind::Link => Object::Account,
        ActionKind::Assign => {
            let named = |id: &str| id == to;
            let place = facts.plan().contract.routing.as_ref().is_some_and(|routing| {
                routing.queues.iter().any(|queue| named(queue.id.as_str()))
                    || routing.pools.iter().any(|pool| named(pool.id.as_str()))
            });
            match crm.owner(to) {
                Some(owner) if !owner.active => bench.add(Verdict::Block, "inactive-owner", None, || {
                    format!("`{to}` is not active any more, and gets no leads")
                }),
                None if !to.is_empty() && !place && !crm.owners().is_empty() => {
                    bench.add(Verdict::Block, "no-such-owner", None, || {
                        format!("nobody in the directory is `{to}`, and no queue or pool is called so")
                    });
                }
                _ => {}
            }
            return;
        }
        _ => return,
    };
    let id = match object {
        Object::Account => AccountField::Id.slot(),
        Object::Contact => ContactField::Id.slot(),
        Object::Opportunity => OpportunityField::Id.slot(),
        Object::Lead => LeadField::Id.slot(),
        Object::Activity | Object::Owner => return,
    };
    if to.is_empty() || !crm.has(object) || crm.records(object).iter().any(|record| record.text(id) == Some(to)) {
        return;
    }
    // A lead may have come in since; whoever exported the rest exported all of it.
    let verdict = if object == Object::Lead { Verdict::Review } else { Verdict::Block };
    bench.add(verdict, "no-such-record", None, || format!("no {} in the data has the id `{to}`", object.word()));
}

/// What an agent may do, beyond what the action needs.
pub(super) fn judge_proposed(bench: &mut Bench, ask: &Ask<'_>, action: &ActionProposal, facts: &Facts<'_>) {
    let kind = ask.action;
    let Some(matched) = facts.matched else { return };
    for statement in &action.statements {
        if statement.evidence.iter().all(|evidence| evidence.trim().is_empty()) {
            bench.add(Verdict::Block, "unsupported-statement", None, || {
                format!("no evidence is given for \"{}\"", statement.text)
            });
        }
    }
    match kind {
        ActionKind::Create => {
            let (side, object) = match ask.record.object {
                Object::Account => (&matched.account, "account"),
                // Protected, whoever it is for.
                Object::Opportunity => return,
                _ => (&matched.person, "person"),
            };
            match side.outcome {
                Outcome::None => {}
                Outcome::Exact => bench.add(Verdict::Block, "exists-already", None, || {
                    let record = side.record.as_ref().map_or_else(String::new, |known| format!(" as `{}`", known.id));
                    format!("the {object} is in the CRM already{record}")
                }),
                Outcome::Probable | Outcome::Ambiguous => bench.add(Verdict::Review, "may-exist", None, || {
                    format!("the {object} may be in the CRM already: the match is {}", side.outcome.word())
                }),
            }
        }
        ActionKind::Merge if action.to.trim() == ask.record.id.as_str() => {
            bench.say(Verdict::Block, "same-record", "a record is not merged into itself");
        }
        ActionKind::Link => {
            let same = known(facts, Object::Account) == Some(action.to.trim());
            match matched.account.outcome {
                Outcome::Exact | Outcome::Probable if same => {}
                _ => bench.say(Verdict::Review, "other-account", "identity found another account, several, or none"),
            }
        }
        ActionKind::DraftMessage | ActionKind::ResearchNote if action.statements.is_empty() => {
            bench.say(Verdict::Suggest, "no-statements", "what it says as fact is not listed with its evidence");
        }
        _ => {}
    }
    if matches!(kind, ActionKind::Link | ActionKind::Assign | ActionKind::ChangeStage) {
        bench.say(
            Verdict::Suggest,
            "decided-by-stages",
            "the contract's own rules decide this; an agent may suggest it",
        );
    }
    if reaches(kind) && matched.person.outcome == Outcome::Ambiguous {
        bench.say(Verdict::Review, "ambiguous-person", "several people come into question");
    }
    if kind != ActionKind::Create && !is_at_hand(ask, facts) {
        bench.say(Verdict::Review, "other-record", "it is about a record that this decision does not know");
    }
}

/// Whether a record is the event's, or one that identity matched for certain.
fn is_at_hand(ask: &Ask<'_>, facts: &Facts<'_>) -> bool {
    let sure = |matched: &Match| match ask.record.object {
        Object::Account => matched.account.outcome == Outcome::Exact,
        _ => matched.person.outcome == Outcome::Exact,
    };
    ask.record == ask.subject
        || (facts.matched.is_some_and(sure) && known(facts, ask.record.object) == Some(ask.record.id.as_str()))
}

/// The id of the record of a kind that identity matched.
fn known<'a>(facts: &Facts<'a>, object: Object) -> Option<&'a str> {
    let (matched, crm) = (facts.matched?, facts.crm());
    match object {
        Object::Account => matched.account_record(crm)?.text(AccountField::Id.slot()),
        Object::Contact => matched.person_record(crm, object)?.text(ContactField::Id.slot()),
        Object::Lead => matched.person_record(crm, object)?.text(LeadField::Id.slot()),
        Object::Opportunity | Object::Activity | Object::Owner => None,
    }
}

/// What waits for a person holds what depends on it; what was taken back is not done again.
pub(super) fn judge_kept(bench: &mut Bench, ask: &Ask<'_>, facts: &Facts<'_>) {
    if depends(ask.action) {
        // What is done to another record is held by what waits on either.
        let waits = facts.kept.and_then(|kept| kept.waits(ask.record).or_else(|| kept.waits(ask.subject)));
        let earlier = waits.map(|pending| (pending.action, pending.field.as_ref()));
        if let Some((action, field)) = earlier.or(ask.held_by) {
            bench.add(Verdict::Review, "review-pending", None, || match field {
                Some(field) => format!("`{action}` of `{field}` waits for a person, and this depends on it"),
                None => format!("`{action}` waits for a person, and this depends on it"),
            });
        }
    }
    if let Some(because) = facts.kept.and_then(|kept| kept.refused(ask.record, ask.action, ask.field, ask.new)) {
        bench.say(Verdict::Block, "not-repeated", not_repeated(because));
    }
}

/// Why something is not repeated, in words.
pub(super) const fn not_repeated(because: Because) -> &'static str {
    match because {
        Because::Rejected => "a person rejected the same before",
        Because::RolledBack => "the same was done before and taken back",
    }
}
