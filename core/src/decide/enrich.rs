//! Stage 3, enrichment: what AI and providers propose to write.
//!
//! Input: the proposals of an event. Output: one answer of the gate for each, in the event's order, and the values that the
//! stages after this one see. Invariant: of several proposals for one field at most one is taken. The source that the policy
//! puts first wins (`precedence`, or else the source of truth, where it is trusted), then the confidence as far as trust lets it count,
//! then the more recent; what loses says to whom and by what. What still differs after that goes to a person, both values.
//! A proposal that is blocked gives way.

use std::cmp::Reverse;

use super::stages::ask;
use super::target;
use super::workflows::Workflows;
use crate::contract::{ActionKind, FieldPolicy, Trust, Verdict};
use crate::decide::facts::Facts;
use crate::gate::{self, Ask, Judged};
use crate::id::WorkflowId;
use crate::intake;
use crate::order;
use crate::plan::{Fact, Plan, Stage, WorkflowPlan};
use crate::record::{Cell, Event, Proposal};
use crate::scale::Confidence;
use crate::suppression::Suppressed;
use crate::time::Timestamp;

/// By what proposals for one field are ordered, the first to be taken first.
type Rank = (usize, Reverse<Confidence>, Reverse<Option<Timestamp>>);

/// What is said of a proposal beforehand.
type Floor<'a> = Option<(Verdict, &'static str, &'a str)>;

/// Both of two values that nothing tells apart are put to a person.
const CONFLICT: Floor<'static> =
    Some((Verdict::Review, "conflicting-values", "another value is as well founded, so a person decides"));

/// Judges what was proposed. What passes uncapped is seen by the stages after it. What is proposed under a workflow that only
/// scores or a stage start is `late`: it is judged after them.
pub(super) fn enrich<'e>(
    workflows: &Workflows,
    facts: &Facts<'e>,
    suppressed: &[Suppressed],
    event: &'e Event,
    late: bool,
    full: bool,
) -> (Vec<Judged>, Vec<(Fact, Cell<'e>)>) {
    let Some(most) = event.proposals.len().checked_sub(1) else { return (Vec::new(), Vec::new()) };
    let plan = facts.plan();
    let mut order: Vec<usize> = (0..=most).filter(|place| is_late(plan, event, *place) == late).collect();
    if order.is_empty() {
        return (Vec::new(), Vec::new());
    }

    // Scores are known by the time of what comes late.
    let knows = if late { Stage::Classification } else { Stage::Identity };
    let asking = Asking { workflows, facts, suppressed, event, knows, full };
    let judge = |proposal: &'e Proposal, floor: Floor<'_>| asking.judge(proposal, floor);
    let mut enriched: Vec<(Fact, Cell<'e>)> = Vec::new();
    // What is alone with its field competes with nothing; only samples count in the order of judging.
    let alone = |proposal: &Proposal| event.proposals.iter().filter(|other| other.field == proposal.field).count() < 2;
    if !plan.samples && event.proposals.iter().all(alone) {
        let each = order.into_iter().filter_map(|place| event.proposals.get(place));
        let judged = each.map(|proposal| {
            let (judged, cell) = judge(proposal, None);
            enriched.extend(cell);
            judged
        });
        return (judged.collect(), enriched);
    }
    let ranks: Vec<Rank> = event.proposals.iter().map(|proposal| rank(plan, proposal)).collect();
    order::sort_by_key(&mut order, |place| (ranks.get(*place).copied(), *place));

    let mut all: Vec<(usize, Judged)> = Vec::with_capacity(order.len());
    // Of each field the proposal that was taken: its place, and where its answer stands.
    let mut taken: Vec<(usize, usize)> = Vec::new();
    for place in order {
        let Some(proposal) = event.proposals.get(place) else { continue };
        let winner = taken.iter().find_map(|(winner, answer)| {
            let taken = event.proposals.get(*winner).filter(|taken| taken.field == proposal.field)?;
            Some((taken, *answer, ranks.get(*winner).copied()))
        });
        let Some((winner, answer, first)) = winner else {
            let (judged, cell) = judge(proposal, None);
            if judged.uncapped < Verdict::Block {
                taken.push((place, all.len()));
            }
            enriched.extend(cell);
            all.push((place, judged));
            continue;
        };
        let rank = ranks.get(place).copied();
        if rank == first && differ(plan, winner, proposal) {
            let (judged, _) = judge(proposal, CONFLICT);
            if judged.uncapped < Verdict::Block
                && let Some((_, held)) = all.get_mut(answer)
            {
                *held = judge(winner, CONFLICT).0;
                enriched.retain(|(fact, _)| plan.fact_of(&proposal.field) != Some(*fact));
            }
            all.push((place, judged));
        } else {
            let words = if full { lost(winner, first, rank) } else { String::new() };
            all.push((place, judge(proposal, Some((Verdict::Block, "superseded", &words))).0));
        }
    }
    order::sort_by_key(&mut all, |(place, _)| *place);
    (all.into_iter().map(|(_, judged)| judged).collect(), enriched)
}

/// Who asks the gate for proposals, and on what grounds.
struct Asking<'a, 'e> {
    workflows: &'a Workflows,
    facts: &'a Facts<'e>,
    suppressed: &'a [Suppressed],
    event: &'e Event,
    knows: Stage,
    full: bool,
}

impl<'e> Asking<'_, 'e> {
    /// Asks the gate for one proposal; with it comes what the later stages see, where it passes.
    fn judge(&self, proposal: &'e Proposal, floor: Floor<'_>) -> (Judged, Option<(Fact, Cell<'e>)>) {
        let Self { workflows, facts, suppressed, event, knows, full } = *self;
        let plan = facts.plan();
        let field = &proposal.field;
        let policy = plan.policy(field);
        let fact = policy.map_or_else(|| plan.fact_of(field), |(compiled, _)| compiled.fact);
        let new = fact.map(|fact| intake::read_value(plan, fact, &proposal.value));
        let run = match &proposal.workflow {
            Some(id) => workflows.named(id, ActionKind::UpdateField, facts),
            None => workflows.worked_by(event.agent(), ActionKind::UpdateField, facts),
        };
        let target = target::of(field, fact, facts, event);
        let shown = target.shown();
        let old = target.old(shown.as_deref());
        let floor = match &new {
            Some(Cell::Invalid(_)) => {
                Some((Verdict::Block, "unreadable-value", "the proposed value cannot be read as what the field holds"))
            }
            // To clear a field a blank is proposed.
            Some(Cell::Blank) if !proposal.value.trim().is_empty() => {
                Some((Verdict::Block, "no-value", "what is proposed says that nothing is known, which is no value"))
            }
            _ => floor,
        };
        let ask = Ask {
            field: Some(field),
            policy,
            record: &target.record,
            source: Some(&proposal.source),
            confidence: Some(proposal.confidence),
            present: event.present.get(field),
            proposal: Some(proposal),
            target: target.limit,
            floor,
            ..ask(ActionKind::UpdateField, knows, event, old, &proposal.value)
        };
        let mut judged = gate::judge(&ask, run, facts, suppressed, full);
        let stands = match &new {
            Some(new) => *new == target.cell && *new != Cell::Absent,
            None => old.value().is_some_and(|old| old.trim() == proposal.value.trim()),
        };
        if stands {
            judged.nothing_to_do();
            return (judged, None);
        }
        let seen = fact.zip(new).filter(|_| judged.uncapped == Verdict::Auto);
        (judged, seen)
    }
}

fn rank(plan: &Plan, proposal: &Proposal) -> Rank {
    let first = plan.policy(&proposal.field).map_or(0, |(_, policy)| precedence(plan, policy, proposal));
    (first, Reverse(plan.counted(&proposal.source, proposal.confidence)), Reverse(proposal.at))
}

/// The place of a proposal's source in the order that the policy states.
fn precedence(plan: &Plan, policy: &FieldPolicy, proposal: &Proposal) -> usize {
    if !policy.precedence.is_empty() {
        let place = policy.precedence.iter().position(|source| *source == proposal.source);
        return place.unwrap_or(policy.precedence.len());
    }
    let source = plan.source_called(proposal.source.as_str());
    let first = source.zip(policy.source_of_truth).is_some_and(|(source, truth)| {
        // The word of a source nobody trusts is no truth, whatever its kind.
        source.trust >= Trust::Medium && truth.is_of(source.kind)
    });
    usize::from(!first)
}

/// Whether two proposals for one field say different things.
fn differ(plan: &Plan, one: &Proposal, other: &Proposal) -> bool {
    match plan.fact_of(&one.field) {
        Some(fact) => intake::read_value(plan, fact, &one.value) != intake::read_value(plan, fact, &other.value),
        None => one.value.trim() != other.value.trim(),
    }
}

/// Why a proposal was not taken.
fn lost(winner: &Proposal, first: Option<Rank>, rank: Option<Rank>) -> String {
    let by = match (first, rank) {
        (Some((a, ..)), Some((b, ..))) if a != b => "its source goes first",
        (Some((_, a, _)), Some((_, b, _))) if a != b => "it is more certain",
        (Some((.., a)), Some((.., b))) if a != b => "it is more recent",
        _ => "it says the same",
    };
    format!("`{}` from `{}` was taken: {by}", winner.value, winner.source)
}

/// Whether a proposal names a workflow that starts only after enrichment, and no other is made for its field.
fn is_late(plan: &Plan, event: &Event, place: usize) -> bool {
    let late = |proposal: &Proposal| {
        let named = |id: &WorkflowId| plan.contract.workflows.iter().position(|workflow| workflow.id == *id);
        let named = proposal.workflow.as_ref().and_then(named);
        named.and_then(|place| plan.workflows.get(place)).is_some_and(WorkflowPlan::starts_late)
    };
    event.proposals.get(place).is_some_and(|proposal| {
        late(proposal) && event.proposals.iter().all(|other| other.field != proposal.field || late(other))
    })
}
