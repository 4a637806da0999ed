//! The decision, to be read aloud: an event comes in, is recognised, and passes the stages in order.
//!
//! Input: plan, event, snapshot, state, the time and a seed. Output: a [`Decision`] and the state afterwards.
//! Invariant: the same input gives the same bytes everywhere. A trace is the same run observed: with
//! [`Detail::Outcome`] the stages leave out the words and the fields that nothing reads, and decide the same.

mod actions;
pub(crate) mod activity;
mod clock;
mod enrich;
pub(crate) mod facts;
pub(crate) mod folded;
mod stages;
mod sweep;
mod target;
pub(crate) mod touches;
mod workflows;

use crate::audit;
use crate::classify;
use crate::contract::{EventKind, Verdict};
use crate::decision::{Decision, Outcome};
use crate::gate::Judged;
use crate::handoff;
use crate::identity::{self, Before};
use crate::intake;
use crate::plan::Plan;
use crate::record::{Crm, Event, LeadField, LeadFields, State};
use crate::suppression;
use crate::terms;
use crate::time::Timestamp;
use facts::Facts;
pub use sweep::{breached, sweep};
use workflows::Workflows;

/// How much of a decision is put into words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Who gets it, scores, verdicts, what is suppressed: enough to compare.
    Outcome,
    /// Everything: reasons, operands, rules passed over, handoff, audit.
    Full,
}

/// Decides one event. The state is a value: the one afterwards comes back.
#[must_use]
pub fn decide(
    plan: &Plan,
    event: &Event,
    crm: &Crm,
    mut state: State,
    as_of: Timestamp,
    seed: u64,
) -> (Decision, State) {
    let decision = decide_next(plan, event, crm, &mut state, as_of, seed, Detail::Full);
    (decision, state)
}

/// Decides one event of many and moves the state on in place.
#[must_use]
pub fn decide_next(
    plan: &Plan,
    event: &Event,
    crm: &Crm,
    state: &mut State,
    as_of: Timestamp,
    seed: u64,
    detail: Detail,
) -> Decision {
    decide_matched(plan, event, crm, state, Asked { as_of, seed, detail, before: Before::Nothing })
}

/// What is asked of a decision.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) as_of: Timestamp,
    pub(crate) seed: u64,
    pub(crate) detail: Detail,
    /// What identity finds, as far as that is known already.
    pub(crate) before: Before,
}

/// Decides one event of many, whose match may be known from another plan.
pub(crate) fn decide_matched(plan: &Plan, event: &Event, crm: &Crm, state: &mut State, asked: Asked) -> Decision {
    let Asked { as_of, seed, detail, before } = asked;
    let full = detail == Detail::Full;

    let wanted = if full { LeadFields::ALL } else { intake::wanted(plan, event, crm, &before) };
    let lead = intake::intake_some(plan, event, wanted, full);
    let words = actions::words(event);
    let kept = state.lend();
    let mut facts = Facts::new(plan, &lead, crm, as_of);
    facts.kept = kept.as_ref();
    if plan.samples {
        facts.samples = std::mem::take(&mut state.samples).into();
    }

    let matched = identity::resolve(plan, &lead, crm, before, full);
    facts.matched = Some(&matched);
    touches::recall(state, &mut facts);

    let suppressed = suppression::suppress(plan, &facts, full);
    let mut workflows = Workflows::default();
    workflows::start(&mut workflows, &facts, event.kind, full);
    if matched.person.outcome != identity::Outcome::None {
        workflows::start(&mut workflows, &facts, EventKind::SimilarFound, full);
    }

    let mut judged: Vec<Judged> = Vec::with_capacity(event.proposals.len() + 4);
    judged.extend(stages::link(&workflows, &facts, &suppressed, event, full));
    let (proposals, enriched) = enrich::enrich(&workflows, &facts, &suppressed, event, false, full);
    judged.extend(proposals);
    facts.enrich(&enriched);

    let scores = classify::classify(plan, &facts, full);
    facts.scores = &scores;
    let grades = classify::grade(plan, &scores);
    facts.grades = &grades;
    workflows::start(&mut workflows, &facts, EventKind::Scored, full);
    stages::write_scores(&workflows, &facts, &suppressed, event, full, &mut judged);
    let lifecycle = classify::recommend(plan, &facts);
    if lifecycle.is_some() {
        workflows::start(&mut workflows, &facts, EventKind::StageIndicated, full);
    }
    judged.extend(enrich::enrich(&workflows, &facts, &suppressed, event, true, full).0);
    judged.extend(stages::change_stage(lifecycle.as_ref(), &workflows, &facts, &suppressed, event, full));

    let (route, assignment) = stages::assign(&workflows, &facts, &suppressed, event, state, seed, full);
    facts.route = route.as_ref();
    judged.extend(assignment);

    // Without words, only what was refused before asks what the task says.
    let asks = full || kept.is_some();
    let next_step = route.as_ref().filter(|_| asks).and_then(|_| handoff::next_step(&facts));
    judged.extend(stages::create_task(next_step.as_ref(), &workflows, &facts, &suppressed, event, full));

    if !event.actions.is_empty() {
        actions::propose(&workflows, &mut facts, &suppressed, event, &words, full, &mut judged);
        touches::keep(state, &facts, &judged);
    }
    let note =
        route.as_ref().filter(|_| full).and_then(|route| handoff::handoff(&facts, event, &judged, route, next_step));
    if plan.samples {
        state.samples = facts.samples.take();
    }

    let seen = if full { terms::see(&facts) } else { Vec::new() };
    let counted = stages::counted(plan, &facts);
    state.take_back(kept);
    let audit = if full {
        let owner = lead.record.cell(LeadField::Owner.slot()).text().map(|owner| crm.owner_id(owner));
        audit::entries(plan, &audit::Cause { event, at: as_of, route: route.as_ref(), owner }, &judged)
    } else {
        Vec::new()
    };
    let outcome = Outcome {
        place: route.as_ref().map(|route| route.place.clone()),
        strictest: judged.iter().map(|judged| judged.verdict).max(),
        suppressed: suppressed.iter().any(suppression::Suppressed::certain),
        for_review: judged.iter().any(|judged| judged.verdict == Verdict::Review && !judged.no_op),
    };
    Decision {
        event: event.id.clone(),
        kind: event.kind,
        record: event.record.clone(),
        as_of,
        contract: plan.authority.clone(),
        engine: audit::ENGINE,
        outcome,
        source: lead.source_seen(plan),
        unread: lead.unread,
        matched,
        workflows: workflows.seen,
        suppressed,
        judged,
        terms: seen,
        scores,
        grades,
        lifecycle,
        route,
        handoff: note,
        audit,
        counted,
    }
}
