//! The figures of a preview.

use super::rows::verdict_moves;
use super::view::{
    BandCount, Bucket, Change, Counts, Distribution, Flow, Load, Place, PlaceKind, Promise, Summary, VerdictCounts,
    VerdictRow,
};
use super::{Brief, Preview, Side, label};
use crate::contract::{ActionKind, Expectation, Measure, Score, Target};
use crate::decide::decide;
use crate::decision::{Decision, Started};
use crate::id::{EventId, FieldName, RecordId, RuleId};
use crate::map::Map;
use crate::order;
use crate::plan::Fact;
use crate::record::{Event, EventKind, Object, RecordRef, State};
use crate::route::Destination;
use crate::text;

/// How many ranges a score's distribution has at most.
const BUCKETS: i32 = 20;

impl Preview {
    /// The figures. `set_aside` is the number of rows that could not be read.
    #[must_use]
    pub fn summary(&self, baseline: Side<'_>, candidate: Side<'_>, events: &[Event], set_aside: u32) -> Summary {
        Summary {
            leads: count(self.leads()),
            set_aside,
            counts: self.counts(),
            flows: self.flows(baseline, candidate),
            scores: self.distributions(baseline, candidate),
            verdicts: self.verdicts(),
            loads: self.loads(baseline, candidate),
            expectations: self.expectations(candidate),
            budgets: self.budgets(candidate),
            notes: notes(candidate, events),
        }
    }

    /// How many leads changed, and how.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let of = |change: Change| count(self.changes.iter().filter(|changes| changes.contains(&change)).count());
        let escalated = |briefs: &[Brief]| count(briefs.iter().filter(|brief| brief.escalated()).count());
        Counts {
            changed: count(self.changes.iter().filter(|changes| !changes.is_empty()).count()),
            rerouted: of(Change::Rerouted),
            rerouted_by_rule: of(Change::ReroutedByRule),
            rerouted_by_rotation: of(Change::ReroutedByRotation),
            rescored: of(Change::Rescored),
            rebanded: of(Change::Rebanded),
            verdict_changed: of(Change::VerdictChanged),
            newly_suppressed: of(Change::NewlySuppressed),
            released: of(Change::Released),
            newly_for_review: of(Change::NewlyForReview),
            no_longer_for_review: of(Change::NoLongerForReview),
            escalated_before: escalated(&self.before.briefs),
            escalated_after: escalated(&self.after.briefs),
        }
    }

    fn pairs(&self) -> impl Iterator<Item = (&Brief, &Brief)> {
        self.before.briefs.iter().zip(&self.after.briefs)
    }

    fn flows(&self, baseline: Side<'_>, candidate: Side<'_>) -> Vec<Flow> {
        type Way<'a> = (Option<&'a Destination>, Option<&'a Destination>);
        let mut ways: Map<Way<'_>, (u32, u32)> = Map::new();
        for ((before, after), changes) in self.pairs().zip(&self.changes) {
            let (leads, by_rotation) =
                ways.get_or_insert((before.place.as_ref(), after.place.as_ref()), Default::default);
            *leads += 1;
            *by_rotation += u32::from(changes.contains(&Change::ReroutedByRotation));
        }
        let mut flows: Vec<Flow> = ways
            .into_iter()
            .map(|((from, to), (leads, by_rotation))| {
                let (from, to) = (label::place(from, baseline), label::place(to, candidate));
                Flow { from, to, leads, by_rotation }
            })
            .collect();
        order::sort_by(&mut flows, |a, b| b.leads.cmp(&a.leads).then_with(|| (&a.from, &a.to).cmp(&(&b.from, &b.to))));
        flows
    }

    fn loads(&self, baseline: Side<'_>, candidate: Side<'_>) -> Vec<Load> {
        let mut loads: Map<(PlaceKind, String), Load> = Map::new();
        let mut add = |place: Place, before: u32, after: u32| {
            let load = loads.get_or_insert((place.kind, place.id.clone()), || Load { place, before: 0, after: 0 });
            load.before += before;
            load.after += after;
        };
        for (before, after) in self.pairs() {
            add(label::place(before.place.as_ref(), baseline), 1, 0);
            add(label::place(after.place.as_ref(), candidate), 0, 1);
        }
        let mut loads: Vec<Load> = loads.into_values().collect();
        order::sort_by(&mut loads, |a, b| {
            b.after.cmp(&a.after).then(b.before.cmp(&a.before)).then_with(|| a.place.cmp(&b.place))
        });
        loads
    }

    fn distributions(&self, baseline: Side<'_>, candidate: Side<'_>) -> Vec<Distribution> {
        let (old, new) = (&baseline.plan.contract().scores, &candidate.plan.contract().scores);
        let gone = old.iter().filter(|score| !new.iter().any(|other| other.id == score.id));
        let scores = new.iter().chain(gone);
        scores.map(|score| self.distribution(score, old.iter().find(|other| other.id == score.id), new)).collect()
    }

    fn distribution(&self, score: &Score, old: Option<&Score>, new: &[Score]) -> Distribution {
        let least = score.min.0.min(old.map_or(score.min.0, |old| old.min.0));
        let most = score.max.0.max(old.map_or(score.max.0, |old| old.max.0));
        let span = most.saturating_sub(least).saturating_add(1).max(1);
        let width = (span + BUCKETS - 1) / BUCKETS;
        let mut buckets: Vec<Bucket> = Vec::new();
        let mut from = least;
        while from <= most {
            // The top of the range belongs to the last bucket, so that 0–100 in fives ends at 95–100.
            let to = if from.saturating_add(width) >= most { most } else { from + width - 1 };
            buckets.push(Bucket { from, to, before: 0, after: 0 });
            from = match to.checked_add(1) {
                Some(next) => next,
                None => break,
            };
        }
        let mut bands: Map<String, BandCount> = Map::new();
        let start = |score: Option<&Score>, band: &str| {
            let band = score?.bands.iter().find(|other| other.id.as_str() == band)?;
            Some(band.at_least.0)
        };
        let new = new.iter().find(|other| other.id == score.id);
        let mut tally = |brief: &Brief, is_after: bool| {
            let Some((_, points, band)) = brief.scores.iter().find(|(id, ..)| *id == score.id) else { return };
            if let Some(bucket) = buckets.iter_mut().find(|bucket| (bucket.from..=bucket.to).contains(points)) {
                *(if is_after { &mut bucket.after } else { &mut bucket.before }) += 1;
            }
            let band = band.as_ref().map_or("", RuleId::as_str);
            let counted = bands.get_or_insert(band.to_owned(), || BandCount {
                band: band.to_owned(),
                before: 0,
                after: 0,
                at_least_before: start(old, band),
                at_least_after: start(new, band),
            });
            *(if is_after { &mut counted.after } else { &mut counted.before }) += 1;
        };
        for (before, after) in self.pairs() {
            tally(before, false);
            tally(after, true);
        }
        let mut bands: Vec<BandCount> = bands.into_values().collect();
        order::sort_by_key(&mut bands, |band| band.at_least_after.or(band.at_least_before).unwrap_or(i32::MIN));
        let name = score.name.clone().unwrap_or_else(|| score.id.to_string());
        Distribution { score: score.id.clone(), name, buckets, bands }
    }

    fn verdicts(&self) -> Vec<VerdictRow> {
        type Key = (ActionKind, Option<FieldName>);
        let mut rows: Map<Key, (VerdictCounts, VerdictCounts, u32)> = Map::new();
        for (before, after) in self.pairs() {
            for (key, verdict) in &before.verdicts {
                rows.get_or_insert(key.clone(), Default::default).0.add(*verdict);
            }
            for (key, verdict) in &after.verdicts {
                rows.get_or_insert(key.clone(), Default::default).1.add(*verdict);
            }
            if before.verdicts != after.verdicts {
                for moved in verdict_moves(before, after) {
                    rows.get_or_insert((moved.action, moved.field), Default::default).2 += 1;
                }
            }
        }
        let row = |((action, field), (before, after, changed))| VerdictRow { action, field, before, after, changed };
        rows.into_iter().map(row).collect()
    }

    fn budgets(&self, candidate: Side<'_>) -> Vec<Promise> {
        let budgets = candidate.plan.contract().budgets.iter().enumerate();
        budgets
            .map(|(place, budget)| {
                let counts = |brief: &Brief| budget.among.is_none() || place >= 64 || brief.counted & 1 << place != 0;
                let change = match budget.measure {
                    Measure::Rerouted => Change::Rerouted,
                    Measure::Rescored => Change::Rescored,
                    Measure::VerdictChanged => Change::VerdictChanged,
                    Measure::NewlySuppressed => Change::NewlySuppressed,
                    Measure::NewlyForReview => Change::NewlyForReview,
                };
                let among = self.after.briefs.iter().zip(&self.changes).filter(|(brief, _)| counts(brief));
                let (mut all, mut moved) = (0_u64, 0_u64);
                for (_, changes) in among {
                    all += 1;
                    moved += u64::from(changes.contains(&change));
                }
                let holds = moved * 1000 <= u64::from(budget.at_most.get()) * all;
                let word = match budget.measure {
                    Measure::Rerouted => "rerouted",
                    Measure::Rescored => "rescored",
                    Measure::VerdictChanged => "with another verdict",
                    Measure::NewlySuppressed => "newly suppressed",
                    Measure::NewlyForReview => "newly for review",
                };
                let share = (moved * 1000).checked_div(all).unwrap_or(0);
                let found = format!(
                    "{} of {} {word} ({}.{} %), at most {} allowed",
                    text::thousands(moved),
                    text::count(all, "lead", "leads"),
                    share / 10,
                    share % 10,
                    budget.at_most
                );
                Promise { id: budget.id.clone(), holds, found }
            })
            .collect()
    }

    fn expectations(&self, candidate: Side<'_>) -> Vec<Promise> {
        let all = candidate.plan.contract().expectations.iter();
        all.map(|expectation| {
            let decision = decide_expected(expectation, candidate, self.when);
            let misses = misses(expectation, &decision);
            let found = if misses.is_empty() { "as expected".to_owned() } else { misses.join("; ") };
            Promise { id: expectation.id.clone(), holds: misses.is_empty(), found }
        })
        .collect()
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// An expectation's lead, decided on its own: a fresh state, so that its owner depends on no other lead.
fn decide_expected(expectation: &Expectation, candidate: Side<'_>, when: super::When) -> Decision {
    let id = format!("expectation:{}", expectation.id);
    let event = Event {
        id: EventId::from(id.as_str()),
        kind: EventKind::LeadCaptured,
        at: when.as_of,
        record: RecordRef { object: Object::Lead, id: RecordId::from(id.as_str()) },
        source: None,
        motion: None,
        principal: None,
        fields: expectation.lead.clone(),
        present: Map::new(),
        proposals: Vec::new(),
        actions: Vec::new(),
    };
    decide(candidate.plan, &event, candidate.crm, State::default(), when.as_of, when.seed).0
}

fn misses(expectation: &Expectation, decision: &Decision) -> Vec<String> {
    let expected = &expectation.expect;
    let mut misses = Vec::new();
    let route = decision.route.as_ref();
    if let Some(to) = &expected.to {
        let target = route.and_then(|route| route.target.as_ref());
        let escalates = *to == Target::Escalate && matches!(decision.outcome.place, Some(Destination::Escalated(_)));
        if target != Some(to) && !escalates {
            let found = target.map_or_else(|| nowhere(decision), target_words);
            misses.push(format!("goes to {found}, expected {}", target_words(to)));
        }
    }
    if let Some(rule) = &expected.rule {
        let found = route.and_then(|route| route.rule.as_ref());
        if found != Some(rule) {
            let found = found.map_or_else(|| "no rule".to_owned(), |rule| format!("`{rule}`"));
            misses.push(format!("decided by {found}, expected `{rule}`"));
        }
    }
    for (score, band) in &expected.bands {
        let found =
            decision.scores.iter().find(|scored| scored.score == *score).and_then(|scored| scored.band.as_ref());
        if found != Some(band) {
            let found = found.map_or_else(|| "no band".to_owned(), |band| format!("`{band}`"));
            misses.push(format!("{score} is {found}, expected `{band}`"));
        }
    }
    if let Some(verdict) = expected.assignment {
        let assigned = decision.judged.iter().find(|judged| judged.action == ActionKind::Assign);
        if assigned.map(|judged| judged.uncapped) != Some(verdict) {
            let found = assigned.map_or("not asked for", |judged| judged.uncapped.word());
            misses.push(format!("the assignment is {found}, expected {verdict}"));
        }
    }
    misses
}

/// Why an expected lead goes nowhere.
fn nowhere(decision: &Decision) -> String {
    if let Some(route) = &decision.route {
        let held: Vec<String> = route.held.iter().map(|rule| format!("`{rule}`")).collect();
        return match held.len() {
            0 | 1 => "nowhere".to_owned(),
            _ => format!("escalation, since {} hold and disagree", text::list(&held, "")),
        };
    }
    let asked = decision.workflows.iter().filter_map(|seen| {
        let why = match &seen.started {
            Started::Yes | Started::Doubtful(_) => return None,
            Started::NotTriggered(_) => "is not triggered".to_owned(),
            Started::NotEligible(_) => "finds it not eligible".to_owned(),
            Started::Excluded(rule) => format!("excludes it by `{rule}`"),
        };
        let missing = text::list(&seen.missing, "");
        let missing = if missing.is_empty() { missing } else { format!(" ({missing})") };
        Some(format!("`{}` {why}{missing}", seen.workflow))
    });
    let asked: Vec<String> = asked.collect();
    format!("nowhere, since no running workflow assigns: {}", text::list(&asked, "none listens"))
}

/// A target as the contract writes it.
pub(super) fn target_words(target: &Target) -> String {
    match target {
        Target::Owner(owner) => format!("owner `{owner}`"),
        Target::Pool(pool) => format!("pool `{pool}`"),
        Target::Queue(queue) => format!("queue `{queue}`"),
        Target::ListOwner(list) => format!("whom list `{list}` names"),
        Target::AccountOwner => "the account's owner".to_owned(),
        Target::RecordOwner => "the record's owner".to_owned(),
        Target::Escalate => "escalation".to_owned(),
    }
}

/// Columns that rules read and no lead has: one note each, not one a lead.
fn notes(candidate: Side<'_>, events: &[Event]) -> Vec<String> {
    let mut notes = Vec::new();
    for (fact, name) in &candidate.plan.reads {
        let Fact::Lead(slot) = fact else { continue };
        let derived = Object::Lead.fields().get(usize::from(*slot)).is_none_or(|field| field.derived);
        if derived || events.is_empty() || name.as_str() == "lead.name" {
            continue;
        }
        if events.iter().all(|event| !event.fields.contains_key(name)) {
            notes.push(format!("no lead has a column for `{name}`; rules that read it cannot be decided"));
        }
    }
    let reads = |wanted: fn(&Fact) -> bool| candidate.plan.reads.keys().any(wanted);
    if reads(|fact| matches!(fact, Fact::Account(_))) && !candidate.crm.has(Object::Account) {
        notes.push("no accounts were loaded; rules that read `account.…` cannot be decided".to_owned());
    }
    if reads(|fact| matches!(fact, Fact::Contact(_))) && !candidate.crm.has(Object::Contact) {
        notes.push("no contacts were loaded; rules that read `contact.…` cannot be decided".to_owned());
    }
    if candidate.plan.touches && !candidate.crm.has(Object::Activity) {
        notes.push("no activities were loaded; rules that read `touches.…` cannot be decided".to_owned());
    }
    notes
}
