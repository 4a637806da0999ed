//! What the stages ask of the gate, in order: link, write, score, move on, assign, create a task.
//!
//! Invariant: every write goes through [`gate::judge`]. The engine's own actions (link, assign, change of stage, task)
//! are asked for only where a started workflow does them; what somebody proposed is always judged, if only to be
//! blocked with a reason.

use crate::classify::{Recommended, Scored};
use crate::contract::{ActionKind, EventKind, Verdict};
use crate::decide::facts::Facts;
use crate::decision::{Started, WorkflowSeen};
use crate::gate::{self, Ask, Judged, Old, Run};
use crate::handoff::Step;
use crate::id::{FieldName, WorkflowId};
use crate::identity::Outcome;
use crate::intake;
use crate::order;
use crate::plan::{Fact, Plan, Stage, Truth};
use crate::record::{Cell, Event, LeadField, State};
use crate::route::{self, Destination, Route};
use crate::suppression::Suppressed;

/// The workflows that were asked, and those that started.
#[derive(Default)]
pub(super) struct Workflows {
    pub(super) seen: Vec<WorkflowSeen>,
    started: Vec<Run>,
}

impl Workflows {
    /// The started workflow that does an action.
    fn doing(&self, action: ActionKind, facts: &Facts<'_>) -> Option<&Run> {
        let does = |run: &&Run| facts.plan().workflows.get(run.place).is_some_and(|plan| plan.actions.has(action));
        self.started.iter().find(does)
    }

    fn named(&self, id: &WorkflowId, action: ActionKind, facts: &Facts<'_>) -> Option<&Run> {
        let plan = facts.plan();
        self.started.iter().find(|run| {
            plan.contract.workflows.get(run.place).is_some_and(|workflow| workflow.id == *id)
                && plan.workflows.get(run.place).is_some_and(|workflow| workflow.actions.has(action))
        })
    }
}

/// Starts the workflows that listen to an event, beside those that were started before.
pub(super) fn start(workflows: &mut Workflows, facts: &Facts<'_>, on: EventKind, full: bool) {
    let plan = facts.plan();
    let before = workflows.started.len();
    for (place, (compiled, written)) in plan.workflows.iter().zip(&plan.contract.workflows).enumerate() {
        if !compiled.starts_on(on) {
            continue;
        }
        let mut missing = Vec::new();
        let mut lacks = |truth: Truth, condition: &crate::plan::condition::Cond| {
            if full && truth == Truth::Unknown {
                let lacking = facts.missing(condition);
                let new: Vec<String> = lacking.into_iter().filter(|line| !missing.contains(line)).collect();
                missing.extend(new);
            }
        };
        let mut doubtful = None;
        let started = 'started: {
            if let Some(condition) = &compiled.when {
                let holds = condition.holds(facts);
                lacks(holds, condition);
                if holds != Truth::Yes {
                    break 'started Started::NotTriggered(holds);
                }
            }
            if let Some(condition) = &compiled.eligible {
                let holds = condition.holds(facts);
                lacks(holds, condition);
                if holds != Truth::Yes {
                    break 'started Started::NotEligible(holds);
                }
            }
            for (index, (condition, when_unknown)) in compiled.exclusions.iter().enumerate() {
                let holds = condition.holds(facts);
                lacks(holds, condition);
                let verdict = match holds {
                    Truth::No => Verdict::Auto,
                    Truth::Yes => Verdict::Block,
                    Truth::Unknown => when_unknown.verdict(),
                };
                let id = || written.exclusions.as_ref().and_then(|list| list.get(index)).map(|rule| rule.id.clone());
                match (verdict, id()) {
                    (Verdict::Block, Some(id)) => break 'started Started::Excluded(id),
                    (Verdict::Review, _) if doubtful.is_none() => doubtful = Some(index),
                    _ => {}
                }
            }
            let exclusion = doubtful.and_then(|index| written.exclusions.as_ref()?.get(index));
            exclusion.map_or(Started::Yes, |rule| Started::Doubtful(rule.id.clone()))
        };
        if started.runs() {
            workflows.started.push(Run { place, doubtful });
        }
        if full {
            workflows.seen.push(WorkflowSeen {
                workflow: written.id.clone(),
                version: written.version.clone(),
                mode: written.mode,
                on,
                started,
                missing,
            });
        }
    }
    if before > 0 && workflows.started.len() > before {
        // The contract's order decides which workflow acts, whatever started it.
        order::sort_by_key(&mut workflows.started, |run| run.place);
    }
}

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

/// Judges what was proposed. What passes uncapped is seen by the stages after it.
pub(super) fn enrich<'e>(
    workflows: &Workflows,
    facts: &Facts<'_>,
    suppressed: &[Suppressed],
    event: &'e Event,
    full: bool,
) -> (Vec<Judged>, Vec<(Fact, Cell<'e>)>) {
    if event.proposals.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let plan = facts.plan();
    let mut all = Vec::with_capacity(event.proposals.len());
    let mut enriched: Vec<(Fact, Cell<'_>)> = Vec::new();
    let mut written: Vec<&FieldName> = Vec::new();
    let mut order: Vec<usize> = (0..event.proposals.len()).collect();
    // Of several proposals for one field the most confident is taken, then the latest, then the first.
    order::sort_by(&mut order, |a, b| {
        let key = |place: usize| event.proposals.get(place).map(|proposal| (proposal.confidence, proposal.at));
        key(*b).cmp(&key(*a)).then(a.cmp(b))
    });
    for place in order {
        let Some(proposal) = event.proposals.get(place) else { continue };
        let field = &proposal.field;
        let policy = plan.policy(field);
        let fact = policy.map_or_else(|| plan.fact_of(field), |(compiled, _)| compiled.fact);
        let new = fact.map(|fact| intake::read_value(plan, fact, &proposal.value));
        let run = match &proposal.workflow {
            Some(id) => workflows.named(id, ActionKind::UpdateField, facts),
            None => workflows.doing(ActionKind::UpdateField, facts),
        };
        let present = fact.map_or(Cell::Absent, |fact| facts.cell(fact));
        let shown;
        let old = match &present {
            Cell::Absent => Old::Unknown,
            Cell::Blank => Old::Blank,
            Cell::Invalid(_) | Cell::Known(_) => match (event.fields.get(field), &present) {
                (Some(raw), _) => Old::Value(raw.as_str()),
                (None, Cell::Invalid(text)) => Old::Value(text),
                (None, cell) => {
                    shown = cell.known().map(ToString::to_string);
                    shown.as_deref().map_or(Old::Unknown, Old::Value)
                }
            },
        };
        let floor = match &new {
            Some(Cell::Invalid(_)) => {
                Some((Verdict::Block, "unreadable-value", "the proposed value cannot be read as what the field holds"))
            }
            _ if written.contains(&field) => {
                Some((Verdict::Block, "superseded", "a more confident proposal for this field was taken"))
            }
            _ => None,
        };
        let ask = Ask {
            field: Some(field),
            policy,
            source: Some(&proposal.source),
            confidence: Some(proposal.confidence),
            floor,
            ..ask(ActionKind::UpdateField, Stage::Identity, event, old, &proposal.value)
        };
        let mut judged = gate::judge(&ask, run, facts, suppressed, full);
        if let (Some(fact), Some(cell)) = (fact, new) {
            if cell == present && present.known().is_some() {
                judged.nothing_to_do();
            } else if judged.uncapped == Verdict::Auto {
                enriched.push((fact, cell));
            }
        }
        if judged.uncapped < Verdict::Block {
            written.push(field);
        }
        all.push((place, judged));
    }
    order::sort_by_key(&mut all, |(place, _)| *place);
    (all.into_iter().map(|(_, judged)| judged).collect(), enriched)
}

/// Asks to write the scores that have a field.
pub(super) fn write_scores(
    workflows: &Workflows,
    facts: &Facts<'_>,
    suppressed: &[Suppressed],
    event: &Event,
    full: bool,
    all: &mut Vec<Judged>,
) {
    let plan = facts.plan();
    for ((scored, written), compiled) in facts.scores.iter().zip(&plan.contract.scores).zip(&plan.scores) {
        let Scored { points, .. } = scored;
        let Some(field) = &written.writes else { continue };
        let Some(run) = workflows.doing(ActionKind::UpdateField, facts) else { continue };
        let present = compiled.writes.map_or(Cell::Absent, |fact| facts.cell(fact));
        // Only words need the digits.
        let digits = |value: &dyn ToString| if full { value.to_string() } else { String::new() };
        let new = digits(&points.0);
        let shown = present.known().map(|value| digits(value));
        let old = match (&present, &shown) {
            (Cell::Absent, _) => Old::Unknown,
            (Cell::Invalid(text), _) => Old::Value(text),
            (_, Some(shown)) => Old::Value(shown),
            (_, None) => Old::Blank,
        };
        let policy = plan.policy(field);
        let ask = ask(ActionKind::UpdateField, Stage::Classification, event, old, &new);
        let ask = Ask { field: Some(field), policy, ..ask };
        let mut judged = gate::judge(&ask, Some(run), facts, suppressed, full);
        if present.known().is_some_and(|value| value.is_int(points.0.into())) {
            judged.nothing_to_do();
        }
        all.push(judged);
    }
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
    let floor = Some((Verdict::Suggest, "recommended", "a stage is recommended, a person moves it"));
    let ask = Ask { floor, ..ask(ActionKind::ChangeStage, Stage::Classification, event, old, recommended.to.as_str()) };
    Some(gate::judge(&ask, Some(run), facts, suppressed, full))
}

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
    let mut route = route::choose(facts.plan(), facts, full);
    let floor = match (&route.place, &route.target) {
        (Destination::Escalated(_), _) => Some((Verdict::Review, "rules-disagree", "routing rules disagree")),
        (_, None) => Some((Verdict::Review, "unrouted", "no routing rule holds and there is no fallback")),
        (_, Some(_)) => None,
    };
    let stands = facts.lead().record.cell(LeadField::Owner.slot());
    // Only words ask who that is before it is known who gets the lead.
    let present = stands.text().filter(|_| full).map(|owner| facts.crm().owner_id(owner));
    let old = match (&present, stands) {
        (Some(owner), _) => Old::Value(owner.as_str()),
        (None, Cell::Absent) => Old::Unknown,
        (None, _) => Old::Blank,
    };
    let ask = Ask { floor, ..ask(ActionKind::Assign, Stage::Classification, event, old, "") };
    let mut judged = gate::judge(&ask, Some(run), facts, suppressed, full);
    if judged.uncapped == Verdict::Block {
        route.place = Destination::Blocked;
    } else if let Some(target) = &route.target {
        match route::is_pool(target) {
            Some(pool) => (route.place, route.pool) = route::distribute(pool, facts, state, seed, full),
            None => route.place = route::settle(target, facts),
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
    }
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
    let new = step.map_or("", |step| &step.text);
    let ask = ask(ActionKind::CreateTask, Stage::Routing, event, Old::Blank, new);
    Some(gate::judge(&ask, Some(run), facts, suppressed, full))
}

/// Which budgets count this lead; a condition that cannot be decided counts it.
pub(super) fn counted(plan: &Plan, facts: &Facts<'_>) -> u64 {
    let conditions = plan.budgets.iter().take(64).enumerate();
    conditions.fold(0, |bits, (place, condition)| {
        let counts = condition.as_ref().is_none_or(|condition| condition.holds(facts) != Truth::No);
        if counts { bits | 1 << place } else { bits }
    })
}

fn ask<'a>(action: ActionKind, knows: Stage, event: &'a Event, old: Old<'a>, new: &'a str) -> Ask<'a> {
    let record = &event.record;
    Ask { action, knows, field: None, policy: None, record, old, new, source: None, confidence: None, floor: None }
}

/// What stands in a text field of the lead, as it arrived.
fn old_of<'a>(facts: &Facts<'a>, field: LeadField) -> Old<'a> {
    match facts.lead().record.cell(field.slot()) {
        Cell::Absent => Old::Unknown,
        Cell::Blank => Old::Blank,
        Cell::Invalid(text) => Old::Value(text),
        cell @ Cell::Known(_) => cell.text().map_or(Old::Unknown, Old::Value),
    }
}
