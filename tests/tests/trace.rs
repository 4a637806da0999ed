//! A trace is the same run observed: what a full decision says, the outcome alone says too, one by one or in a batch.
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

use interlock_core::decide::{Detail, decide, decide_next};
use interlock_core::decision::Decision;
use interlock_core::preview::view::Query;
use interlock_core::preview::{Side, When, preview};
use interlock_core::record::{Crm, State};
use interlock_core::session::{Session, Which};
use interlock_core::time::Timestamp;
use interlock_tests::{Bench, SEED};
use serde_json::{Value, json};

/// What both ways must agree on.
fn essence(decision: &Decision) -> impl PartialEq + std::fmt::Debug + use<> {
    let verdicts: Vec<_> = decision
        .judged
        .iter()
        .map(|judged| (judged.action, judged.field.clone(), judged.verdict, judged.uncapped, judged.no_op))
        .collect();
    let scores: Vec<_> =
        decision.scores.iter().map(|scored| (scored.score.clone(), scored.points, scored.band.clone())).collect();
    let route = decision
        .route
        .as_ref()
        .map(|route| (route.place.clone(), route.target.clone(), route.rule.clone(), route.tier));
    let suppressed: Vec<_> =
        decision.suppressed.iter().map(|suppressed| (suppressed.rule.clone(), suppressed.holds)).collect();
    let matched = (
        decision.matched.person.outcome,
        decision.matched.person.by,
        decision.matched.account.outcome,
        decision.matched.account.by,
        decision.matched.conflict,
    );
    (decision.outcome.clone(), verdicts, scores, route, suppressed, matched, decision.lifecycle.clone())
}

#[test]
fn outcome_and_full_trace_agree_on_every_lead() {
    let bench = Bench::demo().unwrap();
    let alone = Crm::default();
    let without = bench.sides().map(|(name, side)| (name, Side { crm: &alone, ..side }));
    for (name, side) in bench.sides().into_iter().chain(without) {
        let (mut short, mut long) = (State::default(), State::default());
        for (place, event) in bench.data.events.iter().enumerate() {
            let outcome = decide_next(side.plan, event, side.crm, &mut short, bench.as_of, SEED, Detail::Outcome);
            let (full, after) = decide(side.plan, event, side.crm, long, bench.as_of, SEED);
            long = after;
            assert_eq!(essence(&outcome), essence(&full), "lead {place} ({}) under the {name}", event.record.id);
            assert_eq!(short, long, "the state after lead {place} under the {name}");
        }
        assert!(!short.pools.is_empty(), "no lead took a turn in any pool: this shows nothing");
    }
}

#[test]
fn a_preview_decides_again_what_a_straight_run_decided() {
    let bench = Bench::demo().unwrap();
    let [(_, before), (_, after)] = bench.sides();
    let events = &bench.data.events;
    let run = preview(before, after, events, When { as_of: bench.as_of, seed: SEED }, &mut |_, _| {});
    assert_eq!(run.leads(), events.len());
    let straight = (bench.decisions(before, Detail::Full), bench.decisions(after, Detail::Full));
    // Around every kept state, and some that lie anywhere between two.
    let strides = (0..events.len()).step_by(256).flat_map(|start| [start.saturating_sub(1), start, start + 1]);
    for place in strides.chain((0..events.len()).step_by(97)).filter(|place| *place < events.len()) {
        let (old, new) = run.decisions(before, after, events, place).unwrap();
        assert_eq!(old, straight.0[place], "lead {place} under the baseline");
        assert_eq!(new, straight.1[place], "lead {place} under the candidate");
    }
    assert!(run.decisions(before, after, events, events.len()).is_none());
}

#[test]
fn a_preview_counts_what_single_decisions_say() {
    let bench = Bench::demo().unwrap();
    let [(_, before), (_, after)] = bench.sides();
    let events = &bench.data.events;
    let run = preview(before, after, events, When { as_of: bench.as_of, seed: SEED }, &mut |_, _| {});
    let summary = run.summary(before, after, events, 0);
    let (old, new) = (bench.decisions(before, Detail::Full), bench.decisions(after, Detail::Full));
    let pairs = || old.iter().zip(&new);
    let count = |differs: &dyn Fn(&Decision, &Decision) -> bool| pairs().filter(|(a, b)| differs(a, b)).count();
    assert_eq!(summary.leads as usize, events.len());
    assert_eq!(summary.counts.rerouted as usize, count(&|a, b| a.outcome.place != b.outcome.place));
    let points = |decision: &Decision| {
        decision.scores.iter().map(|scored| (scored.score.clone(), scored.points)).collect::<Vec<_>>()
    };
    assert_eq!(summary.counts.rescored as usize, count(&|a, b| points(a) != points(b)));
    assert_eq!(summary.counts.newly_for_review as usize, count(&|a, b| !a.outcome.for_review && b.outcome.for_review));
    assert_eq!(summary.counts.newly_suppressed as usize, count(&|a, b| !a.outcome.suppressed && b.outcome.suppressed));
    let flows: u32 = summary.flows.iter().map(|flow| flow.leads).sum();
    assert_eq!(flows as usize, events.len(), "every lead is in one flow");
    let all = Query { unchanged_too: true, limit: u32::MAX, ..Query::default() };
    let rows = run.page(before, after, events, &all);
    assert_eq!(rows.rows.len(), events.len(), "every lead is in the list");
}

#[test]
fn an_edited_candidate_is_previewed_as_in_a_session_that_knows_nothing() {
    let demo = interlock_demo::workspace();
    let as_of = Timestamp::parse(demo.as_of).unwrap();
    let text = |name: &str| String::from_utf8(demo.file(name).unwrap().to_vec()).unwrap();
    let with_files = || {
        let mut session = Session::default();
        for name in ["leads.csv", "contacts.csv", "accounts.csv", "owners.csv"] {
            assert!(session.load(name, demo.file(name).unwrap().to_vec(), None).error.is_none(), "{name}");
        }
        assert!(session.set_contract(Which::Baseline, &text("baseline.json")).usable);
        session
    };
    let shown = |session: &mut Session| {
        let summary = session.preview(as_of, SEED).unwrap();
        let all = Query { unchanged_too: true, limit: u32::MAX, ..Query::default() };
        (summary, session.moves(&all).unwrap(), session.effect(0).ok())
    };
    let candidate: Value = serde_json::from_str(&text("candidate.json")).unwrap();
    let edited = |edit: &dyn Fn(&mut Value)| {
        let mut value = candidate.clone();
        value.as_object_mut().unwrap().remove("digest");
        edit(&mut value);
        value.to_string()
    };
    let texts = [
        text("candidate.json"),
        // The rules alone: what identity found stays.
        edited(&|value| value["routing"]["rules"][1]["to"] = json!("escalate")),
        // Other matches, from the same snapshot.
        edited(&|value| value["identity"]["exact_email"] = json!(false)),
        // Another snapshot.
        edited(&|value| value["settings"]["default_country"] = json!("FR")),
        text("candidate.json"),
    ];
    let mut kept = with_files();
    let mut before = None;
    for (place, text) in texts.iter().enumerate() {
        let report = kept.set_contract(Which::Candidate, text);
        assert!(report.usable, "text {place}: {:?}", report.findings);
        let now = shown(&mut kept);
        let mut fresh = with_files();
        fresh.set_contract(Which::Candidate, text);
        assert_eq!(now, shown(&mut fresh), "text {place}");
        assert_ne!(Some(&now), before.as_ref(), "text {place} changes nothing: this shows nothing");
        before = Some(now);
    }
}
