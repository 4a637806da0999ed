//! Many leads under two plans: what moves, and why.
//!
//! Input: events in order of arrival, and for each side a plan and its snapshot. Output: a [`Preview`], from which
//! the summary, pages of moved leads and both decisions of any lead are asked. Invariant: both sides start from the
//! same state and see the same events in the same order; every event is decided under both, none is left out.

mod explain;
mod label;
mod matches;
mod rows;
mod summary;
pub mod view;

pub use explain::explain;

use std::sync::Arc;

use crate::contract::{ActionKind, Identity, Target, Verdict};
use crate::decide::{Asked, Detail, decide_matched, decide_next};
use crate::decision::Decision;
use crate::id::{FieldName, RuleId, ScoreId};
use crate::identity::{Before, Match};
use crate::order;
use crate::plan::Plan;
use crate::record::{Crm, Event, State};
use crate::route::Destination;
use crate::time::Timestamp;
use view::{Change, SideBySide};

/// One side of a preview: a plan and the snapshot read under it.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The snapshot.
    pub crm: &'a Crm,
}

/// What is the same for every lead of a preview.
#[derive(Clone, Copy, Debug)]
pub struct When {
    /// The time the decisions are made for.
    pub as_of: Timestamp,
    /// What breaks ties in pools.
    pub seed: u64,
}

/// The outcomes of all leads under both plans.
#[derive(Clone, Debug)]
pub struct Preview {
    when: When,
    /// Shared with the previews of other candidates beside the same baseline.
    before: Arc<Run>,
    after: Run,
    /// How each lead changed.
    changes: Vec<Vec<Change>>,
}

/// The outcomes of all leads under one plan.
#[derive(Clone, Debug)]
struct Run {
    briefs: Vec<Brief>,
    /// The state before every [`STRIDE`]th lead, so that one lead can be decided again in full.
    states: Vec<State>,
    /// What identity found of the first leads: the same under every plan that matches alike.
    matches: Vec<Match>,
}

/// How many matches are kept at most, some 200 bytes each.
const MOST_MATCHES: usize = 100_000;

/// How many leads lie between two kept states.
const STRIDE: usize = 256;

/// What is kept of one decision to compare it with another.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Brief {
    place: Option<Destination>,
    target: Option<Target>,
    rule: Option<RuleId>,
    scores: Vec<(ScoreId, i32, Option<RuleId>)>,
    /// Sorted by action and field; the strictest where one was asked for several times.
    verdicts: Vec<((ActionKind, Option<FieldName>), Verdict)>,
    suppressed: bool,
    for_review: bool,
    /// Bit n: the nth budget counts this lead.
    counted: u64,
}

impl Brief {
    fn of(decision: Decision) -> Self {
        let (target, rule) = decision.route.map_or((None, None), |route| (route.target, route.rule));
        let asked = decision.judged.into_iter().filter(|judged| !judged.no_op);
        let mut verdicts: Vec<_> = asked.map(|judged| ((judged.action, judged.field), judged.verdict)).collect();
        order::sort_all(&mut verdicts);
        // The strictest comes last among equals; keep that one.
        verdicts.reverse();
        verdicts.dedup_by(|a, b| a.0 == b.0);
        verdicts.reverse();
        Self {
            place: decision.outcome.place,
            target,
            rule,
            scores: decision.scores.into_iter().map(|scored| (scored.score, scored.points.0, scored.band)).collect(),
            verdicts,
            suppressed: decision.outcome.suppressed,
            for_review: decision.outcome.for_review,
            counted: decision.counted,
        }
    }

    const fn escalated(&self) -> bool {
        matches!(self.place, Some(Destination::Escalated(_)))
    }
}

/// Runs all events under both plans, on snapshots of the same files. `progress` is told how many of how many decisions are
/// done, now and then.
#[must_use]
pub fn preview(
    baseline: Side<'_>,
    candidate: Side<'_>,
    events: &[Event],
    when: When,
    progress: &mut dyn FnMut(usize, usize),
) -> Preview {
    let total = events.len() * 2;
    let before = run(baseline, events, when, None, &mut |done| progress(done, total));
    beside(Arc::new(before), baseline, candidate, events, when, &mut |done| progress(events.len() + done, total))
}

fn beside(
    before: Arc<Run>,
    baseline: Side<'_>,
    candidate: Side<'_>,
    events: &[Event],
    when: When,
    progress: &mut dyn FnMut(usize),
) -> Preview {
    let after = run(candidate, events, when, Some((baseline, &before.matches)), progress);
    let changes = before.briefs.iter().zip(&after.briefs).map(|(before, after)| changes(before, after)).collect();
    Preview { when, before, after, changes }
}

/// As far as identity finds the same on both sides, whatever the lead: what to know of a match of one of them on the other.
fn before(one: Side<'_>, other: Side<'_>) -> fn(&Match) -> Before {
    let (a, b) = (one.plan.contract(), other.plan.contract());
    let same_settings = a.settings == b.settings && a.custom_fields == b.custom_fields;
    let default = Identity::default();
    let (a, b) = (a.identity.as_ref().unwrap_or(&default), b.identity.as_ref().unwrap_or(&default));
    let same_records = same_settings && a.ignore_domains == b.ignore_domains && a.role_mailboxes == b.role_mailboxes;
    if !same_records || a.exact_email != b.exact_email || a.people != b.people {
        |_| Before::Nothing
    } else if a == b {
        |found| Before::Both(found.clone())
    } else {
        |found| Before::Person(found.person.clone())
    }
}

/// Decides all events under one plan; `known` are the matches of another side, on snapshots of the same files.
fn run(
    side: Side<'_>,
    events: &[Event],
    when: When,
    known: Option<(Side<'_>, &[Match])>,
    progress: &mut dyn FnMut(usize),
) -> Run {
    let known = known.map(|(other, matches)| (before(other, side), matches));
    let mut state = State::default();
    state.count_open(side.plan, side.crm);
    let mut run = Run { briefs: Vec::with_capacity(events.len()), states: Vec::new(), matches: Vec::new() };
    for (place, event) in events.iter().enumerate() {
        if place % STRIDE == 0 {
            run.states.push(state.clone());
            progress(place);
        }
        let before = known.and_then(|(of, matches)| matches.get(place).map(of)).unwrap_or(Before::Nothing);
        let asked = Asked { as_of: when.as_of, seed: when.seed, detail: Detail::Outcome, before };
        let mut decision = decide_matched(side.plan, event, side.crm, &mut state, asked);
        if known.is_none() && place < MOST_MATCHES {
            run.matches.push(std::mem::replace(&mut decision.matched, Match::none()));
        }
        run.briefs.push(Brief::of(decision));
    }
    progress(events.len());
    run
}

fn changes(before: &Brief, after: &Brief) -> Vec<Change> {
    let mut changes = Vec::new();
    if before.place != after.place {
        changes.push(Change::Rerouted);
        let by_rotation = before.target.is_some()
            && before.target == after.target
            && matches!((&before.place, &after.place), (Some(Destination::Owner(_)), Some(Destination::Owner(_))));
        changes.push(if by_rotation { Change::ReroutedByRotation } else { Change::ReroutedByRule });
    }
    let scores = before
        .scores
        .iter()
        .filter_map(|before| Some((before, after.scores.iter().find(|after| after.0 == before.0)?)));
    let (mut rescored, mut rebanded) = (before.scores.len() != after.scores.len(), false);
    for (before, after) in scores {
        rescored |= before.1 != after.1;
        rebanded |= before.2 != after.2;
    }
    let mut add = |holds: bool, change: Change| {
        if holds {
            changes.push(change);
        }
    };
    add(rescored, Change::Rescored);
    add(rebanded, Change::Rebanded);
    add(before.verdicts != after.verdicts, Change::VerdictChanged);
    add(!before.suppressed && after.suppressed, Change::NewlySuppressed);
    add(before.suppressed && !after.suppressed, Change::Released);
    add(!before.for_review && after.for_review, Change::NewlyForReview);
    add(before.for_review && !after.for_review, Change::NoLongerForReview);
    add(!before.escalated() && after.escalated(), Change::NewlyEscalated);
    changes
}

impl Preview {
    /// Another candidate beside the same baseline, which is not decided again. Baseline and events must be those of this
    /// preview; `progress` is told how many decisions are done, now and then.
    #[must_use]
    pub fn beside(
        &self,
        baseline: Side<'_>,
        candidate: Side<'_>,
        events: &[Event],
        progress: &mut dyn FnMut(usize),
    ) -> Self {
        beside(Arc::clone(&self.before), baseline, candidate, events, self.when, progress)
    }

    /// How many leads were decided.
    #[must_use]
    pub fn leads(&self) -> usize {
        self.changes.len()
    }

    /// Both decisions of one lead in full, as data; none where there is no such lead. The sides and events must be
    /// those of the preview.
    #[must_use]
    pub fn decisions(
        &self,
        baseline: Side<'_>,
        candidate: Side<'_>,
        events: &[Event],
        index: usize,
    ) -> Option<(Decision, Decision)> {
        let again = |side: Side<'_>, run: &Run| {
            let start = index - index % STRIDE;
            let mut state = run.states.get(index / STRIDE)?.clone();
            let When { as_of, seed } = self.when;
            for event in events.get(start..index)? {
                let _ = decide_next(side.plan, event, side.crm, &mut state, as_of, seed, Detail::Outcome);
            }
            Some(decide_next(side.plan, events.get(index)?, side.crm, &mut state, as_of, seed, Detail::Full))
        };
        Some((again(baseline, &self.before)?, again(candidate, &self.after)?))
    }

    /// Both decisions of one lead in words, side by side.
    #[must_use]
    pub fn side_by_side(
        &self,
        baseline: Side<'_>,
        candidate: Side<'_>,
        events: &[Event],
        index: usize,
    ) -> Option<SideBySide> {
        let (before, after) = self.decisions(baseline, candidate, events, index)?;
        let event = events.get(index)?;
        Some(SideBySide {
            lead: self.row(baseline, candidate, events, index)?,
            facts: explain::facts(event, candidate),
            stages: explain::stages(&before, baseline, &after, candidate),
            matches: matches::matches(&before.matched, &after.matched),
        })
    }
}
