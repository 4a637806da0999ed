//! What is rolled back: for generated histories of interleaved workflows, people, systems and earlier rollbacks, the records
//! stand as they would without the chosen changes, but for what somebody changed since. The oracle replays the history
//! without them and knows nothing of how the engine walks back.
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

mod world;

use std::borrow::Cow;
use std::collections::BTreeSet;

use interlock_core::audit::rollback::{
    Back, CellRef, Choice, LogAlone, RollbackPlan, Status, Survey, System, Why, apply, export, plan, verify,
};
use interlock_core::audit::{Actor, Entry, EntryKind, Hash};
use interlock_core::check::check;
use interlock_core::contract::{ActionKind, Verdict};
use interlock_core::decide::decide;
use interlock_core::id::{RecordId, WorkflowId};
use interlock_core::record::{Crm, Event, Object, State};
use interlock_core::time::Timestamp;
use interlock_tests::random::Random;
use interlock_tests::trail;
use serde_json::{Value, json};

use world::*;

#[test]
fn records_stand_as_they_would_without_what_was_chosen() {
    let (mut back, mut kept, mut undone_rollbacks) = (0, 0, 0);
    for seed in 0..HISTORIES {
        let (mut world, mut random) = history(seed);
        let before = world.crm.clone();
        let rollbacks = random.below(6) == 0;
        let choice = world.choice(&mut random, rollbacks);
        let expected = world.replayed(&choice);
        let log = world.log.len();

        let mut state = State::default();
        let (made, applied) = world.roll_back(&choice, &mut state);
        assert_eq!(filled(&world.crm), filled(&expected), "seed {seed}: {choice:?}\n{made:#?}");
        accounted(&world, &choice, &made, log, seed);
        back += made.back.len();
        kept += made.kept.len();
        undone_rollbacks += usize::from(rollbacks && !made.back.is_empty());

        // It is done, and done once.
        if made.entries().check().is_ok() {
            let verified = checked(&made, &world);
            assert_eq!(verified.done, made.back.len() as u64, "seed {seed}: {verified:#?}");
            let again = world.applied(&made);
            assert!(again.entries.is_empty() && again.kept.len() as u64 == made.undone(), "seed {seed}: {again:#?}");
        }
        for (record, refused) in &applied.refused {
            let kept = state.refused.get(&*format!("lead/{}", record.id)).expect("kept");
            assert!(kept.contains(refused), "seed {seed}");
        }

        // The rollback of the rollback.
        let entries: Vec<Hash> = applied
            .entries
            .iter()
            .filter(|entry| entry.kind == EntryKind::Rollback)
            .map(|entry| entry.digest().unwrap())
            .collect();
        if entries.is_empty() {
            continue;
        }
        let refused = state.refused.clone();
        world.at += 60;
        let (redo, _) = world.roll_back(&Choice { entries, ..Choice::default() }, &mut state);
        assert_eq!(filled(&world.crm), filled(&before), "seed {seed}: {redo:#?}");
        assert_eq!((redo.kept.as_slice(), redo.back.len()), (&[][..], made.back.len()), "seed {seed}");
        if !rollbacks && choice.entries.is_empty() {
            assert!(state.refused.is_empty(), "seed {seed}: {refused:?} became {:?}", state.refused);
        }
        let verified = checked(&made, &world);
        assert!(verified.cells.iter().all(|cell| cell.status == Status::Differs), "seed {seed}: {verified:#?}");
        assert!(verified.cells.iter().all(|cell| cell.later.is_some()), "seed {seed}: {verified:#?}");
    }
    assert!(back > 5_000 && kept > 5_000 && undone_rollbacks > 100, "{back} {kept} {undone_rollbacks}");
}

fn checked(made: &RollbackPlan, world: &World) -> interlock_core::audit::rollback::Verification {
    let entries = made.entries();
    verify(made, Survey::of(&entries, world.log.iter()).unwrap(), &Seen(&world.crm))
}

/// Every chosen entry that was done is in exactly one of the plan's lists.
fn accounted(world: &World, choice: &Choice, made: &RollbackPlan, log: usize, seed: u64) {
    let undone = made.back.iter().flat_map(|back| &back.undoes).map(|step| step.entry);
    let listed: Vec<Hash> = undone
        .chain(made.kept.iter().filter(|kept| kept.why != Why::PersonsOwn).map(|kept| kept.step.entry))
        .chain(made.cannot.iter().map(|cannot| cannot.step.entry))
        .collect();
    let once: BTreeSet<Hash> = listed.iter().copied().collect();
    assert_eq!(once.len(), listed.len(), "seed {seed}: listed once");
    for entry in &world.log[..log] {
        // The contract's limits are told, not passed over.
        let unlimited = Entry { field: None, at: Timestamp::from_seconds(world.at), ..entry.clone() };
        let wide = Choice { from: None, until: None, entries: Vec::new(), fields: Vec::new(), ..choice.clone() };
        let is = World::is_chosen(choice, entry, world.at);
        let at_all = World::is_chosen(&wide, &unlimited, world.at);
        assert!(!is || once.contains(&entry.digest().unwrap()), "seed {seed}: not listed {entry:?}");
        assert!(
            at_all || !choice.entries.is_empty() || !once.contains(&entry.digest().unwrap()),
            "seed {seed}: {entry:?}"
        );
    }
}

fn write(random: &mut Random, world: &mut World, cell: &CellRef, workflow: &str, new: &str) -> Hash {
    world.at += 60;
    let entry = world.entry(random, cell, new);
    let entry = Entry { workflow: Some(WorkflowId::from(workflow)), actor: Some(Actor::Ai), ..entry };
    world.log(entry.clone());
    entry.digest().unwrap()
}

#[test]
fn of_two_workflows_in_turn_the_last_goes_back_to_the_first() {
    let random = &mut Random::new(1);
    let cell = CellRef { object: Object::Lead, record: "L1".into(), field: "lead.industry".into() };
    let mut world = World { at: BEGIN, ..World::default() };
    world.crm.insert(cell.clone(), "x".to_owned());
    write(random, &mut world, &cell, "inbound", "y");
    let second = write(random, &mut world, &cell, "follow-up", "z");
    let of = |workflows: &[&str]| Choice {
        workflows: workflows.iter().map(|id| WorkflowId::from(*id)).collect(),
        ..Choice::default()
    };
    let to = |made: &RollbackPlan| made.back.iter().map(|back| back.to.clone().unwrap()).collect::<Vec<_>>();
    let first = world.planned(&of(&["inbound"]));
    assert_eq!(to(&first), Vec::<String>::new());
    let kept = &first.kept[0];
    let later = kept.later.as_ref().unwrap();
    assert_eq!((kept.why, later.entry, later.value.as_str()), (Why::LaterChange, second, "z"));
    assert_eq!(to(&world.planned(&of(&["follow-up"]))), ["y"]);
    assert_eq!(to(&world.planned(&of(&["inbound", "follow-up"]))), ["x"]);
}

#[test]
fn what_was_taken_back_is_not_done_again_until_its_rollback_is_taken_back() {
    let base: Value = serde_json::from_str(include_str!("../../corpus/base.json")).unwrap();
    let mut contract = base["contract"].clone();
    contract["workflows"][0]["mode"] = json!("automatic");
    let contract = check(&contract).plan.unwrap();
    let mut event = base["event"].clone();
    event["fields"]["lead.industry"] = json!("");
    event["proposals"] = json!([{"field": "lead.industry", "value": "Software", "source": "form", "confidence": 990}]);
    let event: Event = serde_json::from_value(event).unwrap();
    let at = Timestamp::parse("2026-11-23T09:00:00Z").unwrap();
    let asked = |state: &State| {
        let decision = decide(&contract, &event, &Crm::default(), state.clone(), at, 7).0;
        let judged = decision.judged.iter().find(|judged| judged.source.is_some()).unwrap();
        let codes: Vec<&str> = judged.reasons.iter().map(|reason| reason.code).collect();
        (judged.verdict, codes.contains(&"not-repeated"), decision.audit)
    };
    let mut state = State::default();
    let (verdict, _, mut log) = asked(&state);
    assert_eq!(verdict, Verdict::Auto);
    let mut back = |choice: &Choice, state: &mut State| {
        let made = plan(log.iter(), choice, &contract, &LogAlone, &order(at.seconds() + 60)).unwrap();
        let entries = made.entries();
        let survey = Survey::of(&entries, log.iter()).unwrap();
        let applied = apply(&made, survey, &contract, &LogAlone, &order(at.seconds() + 60)).unwrap();
        applied.keep(state);
        log.extend(applied.entries);
        made.back.len()
    };
    assert_eq!(back(&Choice { fields: vec!["lead.industry".into()], ..Choice::default() }, &mut state), 1);
    let (verdict, not_repeated, _) = asked(&state);
    assert_eq!((verdict, not_repeated), (Verdict::Block, true));
    let fields = vec!["lead.industry".into()];
    assert_eq!(back(&Choice { fields, rollbacks: true, ..Choice::default() }, &mut state), 1);
    let (verdict, not_repeated, _) = asked(&state);
    assert_eq!((verdict, not_repeated), (Verdict::Auto, false));
}

#[test]
fn what_an_import_would_not_store_as_it_is_is_set_by_hand() {
    let back = |record: &str, field: &str, to: Option<&str>| Back {
        object: Object::Lead,
        record: record.into(),
        field: field.into(),
        stands: Some("wrong".to_owned()),
        to: to.map(str::to_owned),
        seen: true,
        owner: None,
        undoes: Vec::new(),
    };
    let all = [
        back("00Q1", "lead.city", Some("Köln, \"Süd\"")),
        back("00Q1", "lead.industry", Some("=HYPERLINK(1)")),
        back("00Q1", "lead.owner", Some("Ann Example")),
        back("00Q2", "lead.city", None),
        back("00Q2", "lead.lifecycle_stage", Some("MQL")),
        back("00Q2", "lead.owner", Some("005A00000000001")),
    ];
    let exported = export(&all, System::Salesforce, CONTRACT.contract(), &[]);
    let [file] = &exported.import[..] else { panic!("{exported:?}") };
    let text = "\"Id\",\"City\",\"OwnerId\"\r\n\"00Q1\",\"Köln, \"\"Süd\"\"\",\"\"\r\n\"00Q2\",\"#N/A\",\"005A00000000001\"\r\n";
    assert_eq!((file.name.as_str(), file.text.as_str(), file.values), ("lead.csv", text, 3));
    let by_hand = exported.by_hand.unwrap();
    assert_eq!(by_hand.values, 3);
    assert!(by_hand.text.contains("\"'=HYPERLINK(1)\",\"a spreadsheet would run it"), "{}", by_hand.text);
    assert!(by_hand.text.contains("\"Ann Example\",\"an import needs the id of a user"), "{}", by_hand.text);

    let exported = export(&all, System::HubSpot, CONTRACT.contract(), &[]);
    assert!(exported.import[0].text.starts_with("\"Record ID\",\"City\",\"Contact owner\",\"Lifecycle Stage\"\r\n"));
    let by_hand = exported.by_hand.unwrap();
    assert!(by_hand.text.contains("\"City\",\"\",\"an import empties nothing\""), "{}", by_hand.text);
}

#[test]
fn a_plan_that_was_changed_is_refused() {
    let random = &mut Random::new(2);
    let cell = CellRef { object: Object::Lead, record: "L1".into(), field: "lead.industry".into() };
    let mut world = World { at: BEGIN, ..World::default() };
    write(random, &mut world, &cell, "inbound", "y");
    let made = world.planned(&Choice { workflows: vec!["inbound".into()], ..Choice::default() });
    let text = serde_json::to_string(&made).unwrap();
    let changed = text.replace("\"by\":\"ann\"", "\"by\":\"bob\"");
    assert_ne!(text, changed);
    assert!(RollbackPlan::read(&changed).unwrap_err().to_string().contains("digest does not fit"));
    assert!(RollbackPlan::read("{}").is_err());
}

#[test]
fn a_million_entries_are_surveyed_in_the_memory_of_what_is_chosen() {
    const MANY: u64 = 1_000_000;
    let choice = Choice { workflows: vec!["rare".into()], ..Choice::default() };
    let mut survey = Survey::new(&choice).unwrap();
    let template = trail::entry(3);
    let entry = |place: u64| Entry {
        kind: EntryKind::Change,
        action: ActionKind::UpdateField,
        field: Some("lead.industry".into()),
        record: RecordId::from(format!("L{}", place % 50_000)),
        workflow: Some(WorkflowId::from(if place % 100_000 == 7 { "rare" } else { "usual" })),
        actor: Some(Actor::Ai),
        reasons: Vec::new(),
        answer: None,
        new: format!("v{place}"),
        old: Some(format!("v{}", place.wrapping_sub(50_000))),
        at: Timestamp::from_seconds(BEGIN + i64::try_from(place).unwrap()),
        contract: String::new(),
        engine: Cow::Borrowed("e"),
        ..template.clone()
    };
    (0..MANY).for_each(|place| survey.find(&entry(place)));
    (0..MANY).for_each(|place| survey.gather(&entry(place)));
    assert_eq!((survey.found(), survey.held()), (10, 20), "one cell with all its writes from the first chosen on");
}
