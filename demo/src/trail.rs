//! `trail.jsonl`: the audit log of the leads of the last weeks, decided as they came in under the contract in force, with what
//! people answered, changed and took back.
//!
//! Invariant: an answer comes after what it answers and only where that still waits; everything else is what the engine
//! makes of the demo's own files.

use std::collections::BTreeMap;

use interlock_core::audit::review::{Present, Queue, Said, Standing, answer, keep};
use interlock_core::audit::{Entry, EntryKind, Says, log::Writer, rolled_back};
use interlock_core::check::check_text;
use interlock_core::contract::{ActionKind, EventKind};
use interlock_core::decide::decide;
use interlock_core::gate::{Approval, roll_back};
use interlock_core::plan::Plan;
use interlock_core::record::{Because, Crm, Event, Principal, RecordRef, Refused, State};
use interlock_core::time::Timestamp;
use interlock_core::workspace::{self, Reading};

use crate::random::Random;
use crate::{AS_OF, Workspace};

/// One lead of so many is in the log.
const ONE_IN: usize = 13;

/// A rule that people correct: all that it assigned since then is in the log, and somebody of the team that the candidate
/// has for a part of it should have had some.
const DOUBTED: &str = "emea-inbound";
const ALL_SINCE: &str = "2026-09-28T00:00:00Z";
const SHOULD_BE: &str = "005Lf000000000JIAQ";

/// Who answers.
const PEOPLE: [&str; 4] = [
    "mara.lindqvist@lanternfold.example",
    "jonas.weber@lanternfold.example",
    "priya.nair@lanternfold.example",
    "revops",
];

/// Why something is rejected.
const NOTES: [&str; 5] = [
    "wrong industry for this company",
    "the buyer said otherwise on the call",
    "",
    "duplicate of last week's",
    "not now",
];

/// Something that happens at its time.
enum Next {
    Arrives(Event),
    Says(Box<Entry>, Says),
    TakesBack(Box<Entry>),
}

struct Trail<'c> {
    plan: &'c Plan,
    crm: &'c Crm,
    state: State,
    queue: Queue,
    writer: Writer,
    lines: String,
    seq: u64,
    /// What is still to come, by its time and, of the same time, in the order in which it was thought of.
    agenda: BTreeMap<(i64, usize), Next>,
}

/// The log.
pub(crate) fn file(demo: &Workspace) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(demo.file("baseline.json")?).ok()?;
    let plan = check_text(text).plan?;
    let data = demo.files.iter().filter(|file| !file.name.ends_with(".json"));
    let file =
        |file: &crate::File| workspace::File { name: file.name.to_owned(), bytes: file.bytes.clone(), holds: None };
    let as_of = Timestamp::parse(AS_OF)?;
    let read =
        workspace::read(&data.map(file).collect::<Vec<_>>(), plan.contract(), Reading { as_of, ..Reading::default() });
    let crm = Crm::build(&read.tables, &plan);
    let since = Timestamp::parse(ALL_SINCE)?;
    let kept = |(place, event): &(usize, Event)| {
        place % ONE_IN == 0
            || event.at >= since && {
                let audit = decide(&plan, event, &crm, State::default(), event.at, 1).0.audit;
                audit.iter().any(|entry| entry.kind == EntryKind::Change && is_doubted(entry))
            }
    };
    let newest_first = read.events.into_iter().rev().enumerate();
    let events: Vec<Event> = newest_first.filter(kept).map(|(_, event)| event).collect();
    let first = events.last()?.at;
    let (writer, lines) = Writer::begin("lanternfold-2026", first).ok()?;
    let mut trail = Trail {
        plan: &plan,
        crm: &crm,
        state: State::default(),
        queue: Queue::default(),
        writer,
        lines,
        seq: 1,
        agenda: BTreeMap::new(),
    };
    for event in events {
        trail.plan_for(event.at, Next::Arrives(event));
    }
    while let Some(((at, _), next)) = trail.agenda.pop_first() {
        if at <= as_of.seconds() {
            trail.happens(Timestamp::from_seconds(at), next)?;
        }
    }
    Some(trail.lines.into_bytes())
}

/// Whether it is an assignment by the rule that people correct.
fn is_doubted(entry: &Entry) -> bool {
    entry.action == ActionKind::Assign && entry.rules.iter().any(|rule| rule.as_str() == DOUBTED)
}

impl Trail<'_> {
    /// The number of the next line, as a place.
    fn place(&self) -> usize {
        usize::try_from(self.seq).unwrap_or(usize::MAX / 64)
    }

    fn plan_for(&mut self, at: Timestamp, next: Next) {
        self.agenda.insert((at.seconds(), self.agenda.len() + self.place().saturating_mul(64)), next);
    }

    fn happens(&mut self, at: Timestamp, next: Next) -> Option<()> {
        match next {
            Next::Arrives(event) => {
                let state = std::mem::take(&mut self.state);
                let (decision, state) = decide(self.plan, &event, self.crm, state, at, 1);
                self.state = state;
                for entry in decision.audit {
                    self.append(&entry)?;
                    self.what_follows(entry);
                }
            }
            Next::Says(asked, says) => self.says(at, &asked, says)?,
            Next::TakesBack(entry) => {
                let note = "the source was wrong for weeks".to_owned();
                let order = Approval { by: PEOPLE[3].to_owned(), at, instead: None, note };
                if let Ok(change) = roll_back(self.plan, &entry, &order, Some(&entry.new)) {
                    let record = RecordRef { object: entry.object, id: entry.record.clone() };
                    let (action, field, value) = (entry.action, entry.field.clone(), entry.new.clone());
                    self.state.keep_refused(&record, Refused { action, field, value, because: Because::RolledBack });
                    self.append(&rolled_back(&entry, &order, &change))?;
                }
            }
        }
        Some(())
    }

    fn append(&mut self, entry: &Entry) -> Option<()> {
        self.lines.push_str(&self.writer.append(entry, None).ok()?);
        self.queue.feed(self.seq, entry.digest().ok()?, entry);
        self.seq += 1;
        Some(())
    }

    fn says(&mut self, at: Timestamp, asked: &Entry, says: Says) -> Option<()> {
        let mut random = Random::of("said", self.place());
        let waits = self.queue.find(&asked.digest().ok()?).is_none_or(|item| item.standing == Standing::Open);
        let value = match says {
            Says::Edited if asked.action == ActionKind::UpdateField && asked.new != "Software" => "Software",
            Says::Edited => return Some(()),
            Says::MissingData => "company size",
            Says::WrongRoute if is_doubted(asked) => SHOULD_BE,
            Says::WrongRoute => "005000000000004",
            _ => "",
        };
        let note = if says == Says::Rejected { random.pick(&NOTES) } else { "" };
        let said =
            Said { says, by: random.pick(&PEOPLE).to_owned(), at, note: note.to_owned(), value: value.to_owned() };
        if waits && let Ok(answer) = answer(Some(self.plan), asked, &said, Present::NotSaid) {
            keep(self.plan, asked, &answer, &mut self.state);
            self.append(&answer)?;
            if answer.writes() {
                self.what_follows(answer);
            }
        }
        Some(())
    }

    /// What people do about an entry, some time later.
    fn what_follows(&mut self, entry: Entry) {
        let mut random = Random::of("follows", self.place());
        let hours = |random: &mut Random, most: u32| entry.at.plus(i64::from(random.between(1, most * 3600)));
        if entry.asks() {
            let at = hours(&mut random, 96);
            let says = match random.below(100) {
                0..60 => Says::Accepted,
                60..68 => Says::Edited,
                68..80 => Says::Rejected,
                _ => return,
            };
            return self.plan_for(at, Next::Says(Box::new(entry), says));
        }
        if !entry.writes() || entry.kind == EntryKind::Observed {
            return;
        }
        let at = hours(&mut random, 72);
        let says = match (entry.action, random.below(100)) {
            (ActionKind::CreateTask, 0..70) => Says::TaskDone,
            (ActionKind::Assign, 0..34) if is_doubted(&entry) => Says::WrongRoute,
            (ActionKind::Assign, 0..5) => Says::WrongRoute,
            (ActionKind::Assign, 5..40) => Says::HandoffUseful,
            (ActionKind::Assign, 40..48) => Says::HandoffUseless,
            (ActionKind::Assign, 48..52) => Says::MissingData,
            (ActionKind::UpdateField, 0..5) => return self.plan_for(at, Next::TakesBack(Box::new(entry))),
            (ActionKind::UpdateField, 5..14) => return self.changed_by_hand(at, &entry),
            _ => return,
        };
        self.plan_for(at, Next::Says(Box::new(entry), says));
    }

    /// A person writes another value into the record, in the CRM itself.
    fn changed_by_hand(&mut self, at: Timestamp, entry: &Entry) {
        let Some(field) = &entry.field else { return };
        let value = if entry.new == "Manufacturing" { "Logistics" } else { "Manufacturing" };
        let mut fields = interlock_core::map::Map::new();
        fields.insert(
            field.as_str().into(),
            if field.as_str().ends_with("industry") { value.to_owned() } else { return },
        );
        let event = Event {
            id: format!("{}-by-hand", entry.event).into(),
            kind: EventKind::RecordUpdated,
            at,
            record: RecordRef { object: entry.object, id: entry.record.clone() },
            source: None,
            motion: None,
            principal: Some(Principal::Person(PEOPLE[0].to_owned())),
            fields,
            present: interlock_core::map::Map::new(),
            proposals: Vec::new(),
            actions: Vec::new(),
        };
        self.plan_for(at, Next::Arrives(event));
    }
}
