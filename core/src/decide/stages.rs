//! What the engine's own stages ask of the gate, in order: link, score, move on, assign, create a task.
//!
//! Invariant: every write goes through [`gate::judge`]. The engine's own actions (link, assign, change of stage, task)
//! are asked for only where a started workflow does them; what somebody proposed is always judged, if only to be
//! blocked with a reason.

use super::target;
use super::workflows::Workflows;
use crate::classify::Recommended;
use crate::contract::{ActionKind, Verdict};
use crate::decide::facts::Facts;
use crate::gate::{self, Ask, Judged, Old};
use crate::handoff::Step;
use crate::id::FieldName;
use crate::identity::Outcome;
use crate::lifecycle;
use crate::plan::{Fact, Plan, Stage, Truth};
use crate::record::{Cell, Event, LeadField, State};
use crate::route::{self, Destination, Route};
use crate::scale::Points;
use crate::suppression::Suppressed;

/// Asks to link the lead to its account.
pub(super) fn link(
    workflows: &Workflows,
    facts: &Facts<'_>,
    suppressed: &[Suppressed],
    event: &Event,
    full: bool,
) -> Option<Judged> {
    let run = workflows.doing(ActionKind::Link, facts)?;
    let matched = facts.matched?;
    let floor = match matched.account.outcome {
        Outcome::None => return None,
        Outcome::Exact => None,
        Outcome::Probable => Some((Verdict::Suggest, "probable-match", "the account matches only probably")),
        Outcome::Ambiguous => Some((Verdict::Review, "ambiguous-match", "several accounts come into question")),
    };
    let account = matched.account_record(facts.crm());
    let new = account.and_then(|account| account.text(crate::record::AccountField::Id.slot())).unwrap_or_default();
    let old = old_of(facts, LeadField::Account);
    let ask = Ask { floor, ..ask(ActionKind::Link, Stage::Identity, event, old, new) };
    let mut judged = gate::judge(&ask, Some(run), facts, suppressed, full);
    if !new.is_empty() && old == Old::Value(new) {
        judged.nothing_to_do();
    }
    Some(judged)
}

/// Asks to write the scores and grades that have a field.
pub(super) fn write_scores<'a>(
    workflows: &Workflows,
    facts: &Facts<'a>,
    suppressed: &[Suppressed],
    event: &'a Event,
    full: bool,
    all: &mut Vec<Judged>,
) {
    let plan = facts.plan();
    let Some(run) = workflows.doing(ActionKind::UpdateField, facts) else { return };
    let mut write = |field: &'a FieldName, fact: Option<Fact>, value: Written<'_>| {
        let target = target::of(field, fact, facts, event);
        let present = &target.cell;
        // Only words, and what was refused before, need the digits.
        let digits =
            |value: &dyn ToString| if full || facts.kept.is_some() { value.to_string() } else { String::new() };
        let new = match value {
            Written::Points(points) => digits(&points.0),
            Written::Grade(grade) => grade.to_owned(),
        };
        let shown = present.known().map(|value| digits(value));
        let policy = plan.policy(field);
        let ask = Ask {
            field: Some(field),
            policy,
            record: &target.record,
            present: event.present.get(field),
            target: target.limit,
            ..ask(ActionKind::UpdateField, Stage::Classification, event, target.old(shown.as_deref()), &new)
        };
        let mut judged = gate::judge(&ask, Some(run), facts, suppressed, full);
        let stands = match value {
            Written::Points(points) => present.known().is_some_and(|value| value.is_int(points.0.into())),
            Written::Grade(grade) => present.text() == Some(grade),
        };
        if stands {
            judged.nothing_to_do();
        }
        all.push(judged);
    };
    for ((scored, written), compiled) in facts.scores.iter().zip(&plan.contract.scores).zip(&plan.scores) {
        if let Some(field) = &written.writes {
            write(field, compiled.writes, Written::Points(scored.points));
        }
    }
    for ((graded, written), compiled) in facts.grades.iter().zip(&plan.contract.grades).zip(&plan.grades) {
        if let (Some(field), Some(grade)) = (&written.writes, &graded.is) {
            write(field, compiled.writes, Written::Grade(grade.as_str()));
        }
    }
}

/// What classification writes.
#[derive(Clone, Copy)]
enum Written<'a> {
    Points(Points),
    Grade(&'a str),
}

/// Asks to move the lead to the stage that is recommended. A stage is recommended, never set.
pub(super) fn change_stage(
    recommended: Option<&Recommended>,
    workflows: &Workflows,
    facts: &Facts<'_>,
    suppressed: &[Suppressed],
    event: &Event,
    full: bool,
) -> Option<Judged> {
    let recommended = recommended?;
    let run = workflows.doing(ActionKind::ChangeStage, facts)?;
    let old = old_of(facts, LeadField::LifecycleStage);
    let to = recommended.to.as_str();
    let forbidden = lifecycle::forbids(facts.plan(), old.value(), to, recommended.reason.as_deref());
    let floor = Some(match forbidden {
        Some((code, words)) => (Verdict::Block, code, words),
        None => (Verdict::Suggest, "recommended", "a stage is recommended, a person moves it"),
    });
    let ask = Ask { floor, ..ask(ActionKind::ChangeStage, Stage::Classification, event, old, to) };
    Some(gate::judge(&ask, Some(run), facts, suppressed, full))
}

/// Why a lead is nobody's, though a rule holds.
const ESCALATED: &str = "the rule sends it to a person, or whoever it names has left or takes nothing";

/// Why an assignment fails where the contract wants it to.
const NOBODY: &str = "nobody in the pool can take it now, and the contract lets the assignment fail then";

/// Routes the lead and asks to assign it. A blocked assignment takes no turn.
pub(super) fn assign(
    workflows: &Workflows,
    facts: &Facts<'_>,
    suppressed: &[Suppressed],
    event: &Event,
    state: &mut State,
    seed: u64,
    full: bool,
) -> (Option<Route>, Option<Judged>) {
    let Some(run) = workflows.doing(ActionKind::Assign, facts) else { return (None, None) };
    let over = route::overdue(facts, state);
    let mut route = match &over {
        Some(over) => route::reassign(over, facts),
        None => route::choose(facts, full),
    };
    // Where a pool sends it is known only once a turn is taken.
    let settled = route.target.as_ref().filter(|target| route::is_pool(target).is_none());
    let settled = settled.map(|target| route::settle(target, facts));
    let floor = match (&route.place, &route.target, &settled) {
        (Destination::Escalated(_), ..) => Some((Verdict::Review, "rules-disagree", "routing rules disagree")),
        (_, None, _) => Some((Verdict::Review, "unrouted", "no routing rule holds and there is no fallback")),
        (_, _, Some(Destination::Escalated(_))) => Some((Verdict::Review, "escalated", ESCALATED)),
        _ => None,
    };
    let stands = facts.lead().record.cell(LeadField::Owner.slot());
    // Only words ask who that is before it is known who gets the lead.
    let present = stands.text().filter(|_| full).map(|owner| facts.crm().owner_id(owner));
    let old = match (&present, stands) {
        (Some(owner), _) => Old::Value(owner.as_str()),
        (None, Cell::Absent) => Old::Unknown,
        (None, _) => stands.text().map_or(Old::Blank, Old::Value),
    };
    let chosen_by = if facts.plan().routing.suggests { &*route.held } else { &[] };
    let ask = Ask { floor, chosen_by, ..ask(ActionKind::Assign, Stage::Classification, event, old, "") };
    let mut judged = gate::judge(&ask, Some(run), facts, suppressed, full);
    let mut calendar = None;
    if judged.uncapped == Verdict::Block {
        route.place = Destination::Blocked;
    } else if let Some(target) = &route.target {
        match route::is_pool(target) {
            Some(pool) => {
                let drawn = route::distribute(pool, facts, state, over.as_ref().map(|over| &over.owner), seed, full);
                (route.place, route.pool, route.held_until) = (drawn.place, drawn.trace, drawn.held_until);
                calendar = drawn.calendar;
                if drawn.failed {
                    judged.restrict(Verdict::Block, "nobody-available", NOBODY, facts, full);
                } else if matches!(route.place, Destination::Escalated(_)) {
                    judged.restrict(Verdict::Review, "escalated", ESCALATED, facts, full);
                }
            }
            None => route.place = settled.unwrap_or(Destination::Unrouted),
        }
    }
    let new = match &route.place {
        Destination::Owner(owner) => Some(owner.as_str()),
        Destination::Queue(queue) | Destination::Escalated(Some(queue)) => Some(queue.as_str()),
        Destination::Escalated(None) | Destination::Unrouted | Destination::Blocked => None,
    };
    if let Some(new) = new {
        if full {
            judged.name_new(new);
        }
        if stands.text().is_some_and(|owner| facts.crm().is_owner(owner, new)) {
            judged.nothing_to_do();
        }
        // The turn is taken all the same: whoever decided against it wants the next one to go to somebody else.
        if let Some(because) = facts.kept.and_then(|kept| kept.refused(&event.record, ActionKind::Assign, None, new)) {
            judged.refuse(because, facts, full);
            route.place = Destination::Blocked;
        }
    }
    if route.held_until.is_none() {
        route.sla = route::due(facts, &route.place, calendar);
    }
    route::keep(state, facts.plan(), &event.record, &route, &judged);
    (Some(route), Some(judged))
}

/// Asks to create the task that the handoff names.
pub(super) fn create_task(
    step: Option<&Step>,
    workflows: &Workflows,
    facts: &Facts<'_>,
    suppressed: &[Suppressed],
    event: &Event,
    full: bool,
) -> Option<Judged> {
    let run = workflows.doing(ActionKind::CreateTask, facts)?;
    facts.route?;
    let plan = facts.plan();
    let new = match step {
        Some(step) => &step.text,
        // Nobody reads the text, but whether there is one decides whether anything is asked for.
        None if !full && plan.next_steps.iter().any(|when| when.holds(facts) == Truth::Yes) => "",
        None => return None,
    };
    let ask = ask(ActionKind::CreateTask, Stage::Routing, event, Old::Blank, new);
    let mut judged = gate::judge(&ask, Some(run), facts, suppressed, full);
    judged.due = facts.route.and_then(|route| route.sla.as_ref()).and_then(|due| due.respond_by.or(due.accept_by));
    Some(judged)
}

/// Which budgets count this lead; a condition that cannot be decided counts it.
pub(super) fn counted(plan: &Plan, facts: &Facts<'_>) -> u64 {
    let conditions = plan.budgets.iter().take(64).enumerate();
    conditions.fold(0, |bits, (place, condition)| {
        let counts = condition.as_ref().is_none_or(|condition| condition.holds(facts) != Truth::No);
        if counts { bits | 1 << place } else { bits }
    })
}

pub(super) fn ask<'a>(action: ActionKind, knows: Stage, event: &'a Event, old: Old<'a>, new: &'a str) -> Ask<'a> {
    let record = &event.record;
    let (source, confidence) = (None, None);
    let (present, proposal, target) = (None, None, None);
    let (field, policy, floor) = (None, None, None);
    let principal = event.principal.as_ref();
    let (subject, proposed, held_by) = (record, None, None);
    let chosen_by = &[];
    Ask {
        action,
        knows,
        field,
        policy,
        record,
        old,
        new,
        source,
        confidence,
        present,
        proposal,
        target,
        floor,
        subject,
        proposed,
        principal,
        chosen_by,
        held_by,
    }
}

/// What stands in a text field of the lead, as it arrived.
pub(super) fn old_of<'a>(facts: &Facts<'a>, field: LeadField) -> Old<'a> {
    match facts.lead().record.cell(field.slot()) {
        Cell::Absent => Old::Unknown,
        Cell::Blank => Old::Blank,
        Cell::Invalid(text) => Old::Value(text),
        cell @ Cell::Known(_) => cell.text().map_or(Old::Unknown, Old::Value),
    }
}
