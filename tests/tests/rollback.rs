//! What is rolled back: for generated histories of interleaved workflows, people, systems and earlier rollbacks, the records
//! stand as they would without the chosen changes, but for what somebody changed since. The oracle replays the history
//! without them and knows nothing of how the engine walks back.
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use interlock_core::audit::rollback::{
    Applied, Back, CellRef, Choice, LogAlone, Present, RollbackPlan, Standing, Status, Survey, System, Why, apply,
    export, plan, verify,
};
use interlock_core::audit::{Actor, Answer, Entry, EntryKind, Hash, Says};
use interlock_core::check::check;
use interlock_core::contract::{ActionKind, EventKind, Verdict};
use interlock_core::decide::decide;
use interlock_core::gate::Approval;
use interlock_core::id::{AgentId, EventId, FieldName, OwnerId, RecordId, RuleId, WorkflowId};
use interlock_core::plan::Plan;
use interlock_core::record::{Crm, Event, Object, State};
use interlock_core::time::Timestamp;
use interlock_tests::random::Random;
use interlock_tests::trail;
use serde_json::{Value, json};

const HISTORIES: u64 = 10_000;
const BEGIN: i64 = 1_767_571_200;
const DAY: i64 = 86_400;
const VALUES: [&str; 5] = ["", "SaaS", "Möbel & Söhne", "=1+1", "two\nlines"];
/// The last of them the contract does not let be taken back.
const FIELDS: [&str; 4] = ["lead.industry", "lead.city", "lead.summary", "lead.state"];
const WORKFLOWS: [&str; 3] = ["inbound", "follow-up", "hot"];

static CONTRACT: LazyLock<Plan> = LazyLock::new(|| {
    let mut contract: Value = serde_json::from_str(include_str!("../../contracts/starting.json")).unwrap();
    let fields = contract["fields"].as_array_mut().unwrap();
    fields.iter_mut().find(|field| field["field"] == "lead.state").unwrap()["rollback"] = json!(false);
    check(&contract).plan.expect("the starting contract can be used")
});

/// The records of a small CRM; a blank is the empty text.
type Records = BTreeMap<CellRef, String>;

/// A write as the oracle sees it; what nobody logged has no entry.
struct Done {
    cell: CellRef,
    value: String,
    entry: Option<usize>,
}

#[derive(Default)]
struct World {
    crm: Records,
    log: Vec<Entry>,
    done: Vec<Done>,
    initial: Records,
    at: i64,
    fresh: u32,
}

struct Seen<'r>(&'r Records);

impl Present for Seen<'_> {
    fn standing(&self, cell: &CellRef) -> Standing {
        Standing::Value(self.0.get(cell).filter(|text| !text.is_empty()).cloned())
    }
}

fn order(at: i64) -> Approval {
    Approval { by: "ann".to_owned(), at: Timestamp::from_seconds(at), instead: None, note: "wrong".to_owned() }
}

impl World {
    fn cell(random: &mut Random) -> CellRef {
        let record = RecordId::from(format!("L{}", random.below(3)));
        let field = match random.below(5) {
            4 => "lead.owner",
            place => FIELDS[place],
        };
        CellRef { object: Object::Lead, record, field: FieldName::from(field) }
    }

    fn stands(&self, cell: &CellRef) -> String {
        self.crm.get(cell).cloned().unwrap_or_default()
    }

    fn fresh(&mut self, what: &str) -> String {
        self.fresh += 1;
        format!("{what} {}", self.fresh)
    }

    fn entry(&self, random: &mut Random, cell: &CellRef, new: &str) -> Entry {
        let old = self.stands(cell);
        let assigns = cell.field.as_str() == "lead.owner";
        let version = random.below(2);
        Entry {
            kind: EntryKind::Change,
            object: cell.object,
            record: cell.record.clone(),
            workflow: Some(WorkflowId::from(*random.of(&WORKFLOWS))),
            workflow_version: Some(format!("1.{version}.0")),
            agent: Some(AgentId::from(*random.of(&["alim", "vera"]))),
            event: EventId::from(format!("e{}", self.log.len())),
            trigger: EventKind::LeadCaptured,
            action: if assigns { ActionKind::Assign } else { ActionKind::UpdateField },
            field: (!assigns).then(|| cell.field.clone()),
            to: String::new(),
            old: Some(old).filter(|old| !old.is_empty()),
            new: new.to_owned(),
            at: Timestamp::from_seconds(self.at),
            actor: Some(if random.below(4) == 0 { Actor::HumanApprovedAi } else { Actor::Ai }),
            reasons: Vec::new(),
            rules: (random.below(2) == 0).then(|| RuleId::from("dach")).into_iter().collect(),
            owner: Some(OwnerId::from(*random.of(&["005A", "005B"]))),
            answer: None,
            contract: CONTRACT.digest().to_owned(),
            ..trail::entry(1)
        }
    }

    fn log(&mut self, entry: Entry) {
        if entry.writes() && CellRef::of(&entry).is_some() {
            let cell = CellRef::of(&entry).unwrap();
            self.crm.insert(cell.clone(), entry.new.clone());
            self.done.push(Done { cell, value: entry.new.clone(), entry: Some(self.log.len()) });
        }
        self.log.push(entry);
    }

    fn step(&mut self, random: &mut Random) {
        self.at += i64::try_from(random.below(3)).unwrap() * 3600;
        let cell = Self::cell(random);
        let stood = self.stands(&cell);
        match random.below(20) {
            0..=9 => {
                let new = match random.below(3) {
                    0 => self.fresh("value"),
                    _ => (*random.of(&VALUES)).to_owned(),
                };
                if new == stood {
                    return;
                }
                let entry = self.entry(random, &cell, &new);
                self.log(entry.clone());
                // The CRM remembers the same write.
                if random.below(5) == 0 {
                    let echo = Entry {
                        kind: EntryKind::Observed,
                        action: ActionKind::UpdateField,
                        field: Some(cell.field),
                        actor: (random.below(2) == 0).then_some(Actor::Human),
                        contract: "none".to_owned(),
                        workflow: None,
                        ..entry
                    };
                    self.log.push(echo);
                }
            }
            // A person, in the log: another value, or the same as a confirmation.
            10 | 11 => {
                let new = if random.below(4) == 0 { stood } else { self.fresh("person") };
                let entry = self.entry(random, &cell, &new);
                let kind = *random.of(&[EntryKind::Observed, EntryKind::Change]);
                self.log(Entry { kind, actor: Some(Actor::Human), workflow: None, ..entry });
            }
            12 => {
                let new = self.fresh("system");
                let entry = self.entry(random, &cell, &new);
                self.log(Entry { kind: EntryKind::Observed, actor: None, workflow: None, ..entry });
            }
            // A person had something else than was suggested.
            13 => {
                let new = self.fresh("edited");
                let entry = self.entry(random, &cell, &new);
                let answer = answer(Hash::of(b"asked"), Says::Edited);
                let kind = EntryKind::Correction;
                self.log(Entry { kind, actor: Some(Actor::HumanApprovedAi), answer, ..entry });
            }
            // Nobody logs it: something new, or what stood there before.
            14 => {
                let last = self.log.iter().rev().find(|entry| CellRef::of(entry).as_ref() == Some(&cell));
                let before = last.and_then(|entry| entry.old.clone()).filter(|_| random.below(2) == 0);
                let new = before.unwrap_or_else(|| self.fresh("unlogged"));
                if new != stood {
                    self.crm.insert(cell.clone(), new.clone());
                    self.done.push(Done { cell, value: new, entry: None });
                }
            }
            15 => {
                let entry = self.entry(random, &cell, "sent");
                let action = *random.of(&[ActionKind::SendMessage, ActionKind::Enrol, ActionKind::Create]);
                self.log(Entry { action, field: None, old: None, ..entry });
            }
            16 => {
                let entry = self.entry(random, &cell, "offered");
                let kind = *random.of(&[EntryKind::Suggestion, EntryKind::Review, EntryKind::Block]);
                self.log(Entry { kind, ..entry });
            }
            // Somebody says something to an earlier entry: nothing is written.
            17 => {
                let Some(asked) = self.log.iter().find(|entry| entry.asks()).cloned() else { return };
                let at = Timestamp::from_seconds(self.at);
                let answer = answer(asked.digest().unwrap(), *random.of(&[Says::Rejected, Says::MissingData]));
                self.log(Entry { kind: EntryKind::Correction, at, answer, actor: Some(Actor::Human), ..asked });
            }
            18 => {
                let rollbacks = random.below(4) == 0;
                let choice = self.choice(random, rollbacks);
                self.roll_back(&choice, &mut State::default());
            }
            // A month goes by.
            _ if random.below(6) == 0 => self.at += 31 * DAY,
            _ => {}
        }
    }

    fn choice(&self, random: &mut Random, rollbacks: bool) -> Choice {
        let mut choice = Choice { rollbacks, ..Choice::default() };
        let some = |random: &mut Random| random.below(3) == 0;
        while choice.check().is_err() {
            if some(random) {
                choice.workflows.push(WorkflowId::from(*random.of(&WORKFLOWS)));
            }
            if some(random) {
                choice.versions.push(format!("1.{}.0", random.below(2)));
            }
            if some(random) && some(random) {
                choice.rules.push(RuleId::from("dach"));
            }
            if some(random) && some(random) {
                choice.agents.push(AgentId::from("alim"));
            }
            if some(random) && some(random) {
                choice.fields.push(Self::cell(random).field);
            }
            if some(random) && some(random) {
                choice.records.push("lead/L1".to_owned());
            }
            if some(random) && some(random) {
                choice.from = Some(Timestamp::from_seconds(BEGIN + (self.at - BEGIN) / 2));
            }
            if some(random) && some(random) {
                choice.until = Some(Timestamp::from_seconds(BEGIN + (self.at - BEGIN) * 2 / 3 + 1));
            }
            if random.below(8) == 0 && !self.log.is_empty() {
                choice = Choice { rollbacks, ..Choice::default() };
                choice.entries = (0..3).map(|_| random.of(&self.log).digest().unwrap()).collect();
            }
            if choice.from.is_some() && choice.until.is_some_and(|until| Some(until) <= choice.from) {
                choice.until = None;
            }
        }
        choice
    }

    /// Plans and applies; the entries are logged and the values written.
    fn roll_back(&mut self, choice: &Choice, state: &mut State) -> (RollbackPlan, Applied) {
        let made = self.planned(choice);
        let applied = self.applied(&made);
        assert_eq!(applied.kept, [], "nothing changed between plan and application");
        assert_eq!(applied.back, made.back);
        applied.keep(state);
        for entry in &applied.entries {
            self.log(entry.clone());
        }
        (made, applied)
    }

    fn planned(&self, choice: &Choice) -> RollbackPlan {
        let made = plan(self.log.iter(), choice, &CONTRACT, &Seen(&self.crm), &order(self.at)).unwrap();
        assert_eq!(RollbackPlan::read(&serde_json::to_string(&made).unwrap()).as_ref(), Ok(&made));
        made
    }

    fn applied(&self, plan: &RollbackPlan) -> Applied {
        let entries = plan.entries();
        match Survey::of(&entries, self.log.iter()) {
            Ok(survey) => apply(plan, survey, &CONTRACT, &Seen(&self.crm), &order(self.at)).unwrap(),
            // A plan that takes nothing back.
            Err(_) => Applied { plan: plan.digest, ..Applied::default() },
        }
    }

    /// Whether a choice names an entry as something that may be taken back.
    fn is_chosen(choice: &Choice, entry: &Entry, at: i64) -> bool {
        let named = !choice.entries.is_empty();
        let kind = match entry.kind {
            EntryKind::Change => named || (entry.actor != Some(Actor::Human) && !choice.rollbacks),
            EntryKind::Correction => named && entry.writes(),
            EntryKind::Rollback => named || choice.rollbacks,
            _ => false,
        };
        let field = CellRef::of(entry).map(|cell| cell.field);
        kind && (choice.workflows.is_empty() || entry.workflow.iter().any(|w| choice.workflows.contains(w)))
            && (choice.versions.is_empty() || entry.workflow_version.iter().any(|v| choice.versions.contains(v)))
            && (choice.rules.is_empty() || entry.rules.iter().any(|rule| choice.rules.contains(rule)))
            && (choice.agents.is_empty() || entry.agent.iter().any(|agent| choice.agents.contains(agent)))
            && (choice.fields.is_empty() || field.iter().any(|field| choice.fields.contains(field)))
            && (choice.records.is_empty() || entry.record.as_str() == "L1")
            && choice.from.is_none_or(|from| entry.at >= from)
            && choice.until.is_none_or(|until| entry.at < until)
            && (!named || choice.entries.contains(&entry.digest().unwrap()))
            // What the contract lets be taken back.
            && entry.field.as_ref().is_none_or(|field| field.as_str() != "lead.state")
            && at - entry.at.seconds() <= 30 * DAY
    }

    /// The records as they would stand without the chosen changes.
    fn replayed(&self, choice: &Choice) -> Records {
        let digests: Vec<Hash> = self.log.iter().map(|entry| entry.digest().unwrap()).collect();
        // From the last to the first: a rollback that stands takes its entry away, one that does not leaves it.
        let mut dead: BTreeSet<usize> = BTreeSet::new();
        for (place, entry) in self.log.iter().enumerate().rev() {
            let chosen = Self::is_chosen(choice, entry, self.at) && CellRef::of(entry).is_some();
            if chosen {
                dead.insert(place);
            }
            if entry.kind == EntryKind::Rollback && !dead.contains(&place) {
                let to = entry.answer.as_ref().unwrap().to;
                let first = digests.iter().position(|digest| *digest == to).unwrap();
                // Where a rollback between the two is chosen, it could not have been as it was: it is a write like any other.
                let between = self.log[first..place].iter().any(|earlier| {
                    earlier.kind == EntryKind::Rollback
                        && CellRef::of(earlier) == CellRef::of(entry)
                        && Self::is_chosen(choice, earlier, self.at)
                });
                if !between {
                    dead.insert(first);
                    dead.insert(place);
                }
            }
        }
        let mut records = self.initial.clone();
        for done in &self.done {
            if done.entry.is_none_or(|entry| !dead.contains(&entry)) {
                records.insert(done.cell.clone(), done.value.clone());
            }
        }
        records
    }
}

fn answer(to: Hash, says: Says) -> Option<Answer> {
    Some(Answer { to, says, by: "bo".to_owned(), note: String::new() })
}

fn filled(records: &Records) -> Records {
    records.iter().filter(|(_, value)| !value.is_empty()).map(|(cell, value)| (cell.clone(), value.clone())).collect()
}

fn history(seed: u64) -> (World, Random) {
    let mut random = Random::new(seed);
    let mut world = World { at: BEGIN, ..World::default() };
    for _ in 0..6 {
        let cell = World::cell(&mut random);
        let value = (*random.of(&VALUES)).to_owned();
        world.crm.insert(cell, value);
    }
    world.initial = world.crm.clone();
    for _ in 0..4 + random.below(28) {
        world.step(&mut random);
    }
    (world, random)
}

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
    let base: Value = serde_json::from_str(include_str!("../corpus/base.json")).unwrap();
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
