//! A small CRM and its log, moved on by workflows, people, other systems and rollbacks, at random from a seed.
//!
//! The oracle is [`World::replayed`]: the history again, without what was chosen.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use interlock_core::audit::rollback::{Applied, CellRef, Choice, Present, RollbackPlan, Standing, Survey, apply, plan};
use interlock_core::audit::{Actor, Answer, Entry, EntryKind, Hash, Says};
use interlock_core::check::check;
use interlock_core::contract::{ActionKind, EventKind};
use interlock_core::gate::Approval;
use interlock_core::id::{AgentId, EventId, FieldName, OwnerId, RecordId, RuleId, WorkflowId};
use interlock_core::plan::Plan;
use interlock_core::record::{Object, State};
use interlock_core::time::Timestamp;
use interlock_tests::random::Random;
use interlock_tests::trail;
use serde_json::{Value, json};

pub(super) const HISTORIES: u64 = 10_000;
pub(super) const BEGIN: i64 = 1_767_571_200;
pub(super) const DAY: i64 = 86_400;
pub(super) const VALUES: [&str; 5] = ["", "SaaS", "Möbel & Söhne", "=1+1", "two\nlines"];
/// The last of them the contract does not let be taken back.
pub(super) const FIELDS: [&str; 4] = ["lead.industry", "lead.city", "lead.summary", "lead.state"];
pub(super) const WORKFLOWS: [&str; 3] = ["inbound", "follow-up", "hot"];

pub(super) static CONTRACT: LazyLock<Plan> = LazyLock::new(|| {
    let mut contract: Value = serde_json::from_str(include_str!("../../../contracts/starting.json")).unwrap();
    let fields = contract["fields"].as_array_mut().unwrap();
    fields.iter_mut().find(|field| field["field"] == "lead.state").unwrap()["rollback"] = json!(false);
    check(&contract).plan.expect("the starting contract can be used")
});

/// The records of a small CRM; a blank is the empty text.
pub(super) type Records = BTreeMap<CellRef, String>;

/// A write as the oracle sees it; what nobody logged has no entry.
pub(super) struct Done {
    pub(super) cell: CellRef,
    pub(super) value: String,
    pub(super) entry: Option<usize>,
}

#[derive(Default)]
pub(super) struct World {
    pub(super) crm: Records,
    pub(super) log: Vec<Entry>,
    pub(super) done: Vec<Done>,
    pub(super) initial: Records,
    pub(super) at: i64,
    pub(super) fresh: u32,
}

pub(super) struct Seen<'r>(pub(super) &'r Records);

impl Present for Seen<'_> {
    fn standing(&self, cell: &CellRef) -> Standing {
        Standing::Value(self.0.get(cell).filter(|text| !text.is_empty()).cloned())
    }
}

pub(super) fn order(at: i64) -> Approval {
    Approval { by: "ann".to_owned(), at: Timestamp::from_seconds(at), instead: None, note: "wrong".to_owned() }
}

impl World {
    pub(super) fn cell(random: &mut Random) -> CellRef {
        let record = RecordId::from(format!("L{}", random.below(3)));
        let field = match random.below(5) {
            4 => "lead.owner",
            place => FIELDS[place],
        };
        CellRef { object: Object::Lead, record, field: FieldName::from(field) }
    }

    pub(super) fn stands(&self, cell: &CellRef) -> String {
        self.crm.get(cell).cloned().unwrap_or_default()
    }

    pub(super) fn fresh(&mut self, what: &str) -> String {
        self.fresh += 1;
        format!("{what} {}", self.fresh)
    }

    pub(super) fn entry(&self, random: &mut Random, cell: &CellRef, new: &str) -> Entry {
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

    pub(super) fn log(&mut self, entry: Entry) {
        if entry.writes() && CellRef::of(&entry).is_some() {
            let cell = CellRef::of(&entry).unwrap();
            self.crm.insert(cell.clone(), entry.new.clone());
            self.done.push(Done { cell, value: entry.new.clone(), entry: Some(self.log.len()) });
        }
        self.log.push(entry);
    }

    pub(super) fn step(&mut self, random: &mut Random) {
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

    pub(super) fn choice(&self, random: &mut Random, rollbacks: bool) -> Choice {
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
    pub(super) fn roll_back(&mut self, choice: &Choice, state: &mut State) -> (RollbackPlan, Applied) {
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

    pub(super) fn planned(&self, choice: &Choice) -> RollbackPlan {
        let made = plan(self.log.iter(), choice, &CONTRACT, &Seen(&self.crm), &order(self.at)).unwrap();
        assert_eq!(RollbackPlan::read(&serde_json::to_string(&made).unwrap()).as_ref(), Ok(&made));
        made
    }

    pub(super) fn applied(&self, plan: &RollbackPlan) -> Applied {
        let entries = plan.entries();
        match Survey::of(&entries, self.log.iter()) {
            Ok(survey) => apply(plan, survey, &CONTRACT, &Seen(&self.crm), &order(self.at)).unwrap(),
            // A plan that takes nothing back.
            Err(_) => Applied { plan: plan.digest, ..Applied::default() },
        }
    }

    /// Whether a choice names an entry as something that may be taken back.
    pub(super) fn is_chosen(choice: &Choice, entry: &Entry, at: i64) -> bool {
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
    pub(super) fn replayed(&self, choice: &Choice) -> Records {
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

pub(super) fn answer(to: Hash, says: Says) -> Option<Answer> {
    Some(Answer { to, says, by: "bo".to_owned(), note: String::new() })
}

pub(super) fn filled(records: &Records) -> Records {
    records.iter().filter(|(_, value)| !value.is_empty()).map(|(cell, value)| (cell.clone(), value.clone())).collect()
}

pub(super) fn history(seed: u64) -> (World, Random) {
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
