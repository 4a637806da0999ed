//! One pass over entries: what can be counted at once is counted, what must be joined is kept, small.
//!
//! Input: entries in any order. Output: a [`Tally`], which [`Tally::finish`] makes [`super::Metrics`] of. Invariant: the order of
//! the entries makes no difference. Kept are assignments, automatic changes, what people wrote since, tasks and answers, about a
//! hundred bytes each; of all else only numbers.

use super::board::{Belongs, Board, Names};
use super::{Counted, Indicator, Said};
use crate::audit::{Actor, Entry, EntryKind, Hash, Says};
use crate::contract::{ActionKind, EventKind, Verdict};
use crate::order;
use crate::time::Timestamp;

/// At most so many notes are kept.
const MOST_SAID: usize = 100;

/// What a log says, as it is read.
#[derive(Clone, Debug)]
pub struct Tally {
    pub(super) from: Option<Timestamp>,
    pub(super) until: Option<Timestamp>,
    pub(super) entries: u64,
    pub(super) last: Option<Timestamp>,
    pub(super) names: Names,
    pub(super) board: Board,
    pub(super) resolved: Vec<Resolved>,
    pub(super) rated: Vec<(Hash, Timestamp, bool, Belongs)>,
    pub(super) done: Vec<Done>,
    pub(super) touched: Vec<Touch>,
    /// Records that nobody responded to in time, by the key of their owner.
    pub(super) breached: Vec<(u64, Timestamp)>,
    pub(super) tasks: Vec<Task>,
    /// Tasks that somebody called done.
    pub(super) finished: Vec<(Hash, Timestamp)>,
    /// Assignments that somebody called wrong.
    pub(super) wrong: Vec<(Hash, Timestamp)>,
    /// Entries taken back: under which order.
    pub(super) orders: Vec<(u64, Belongs)>,
    pub(super) corrections: Vec<Correction>,
    pub(super) said: Vec<Said>,
    /// Whether any handoff note was looked at.
    pub(super) notes: bool,
}

/// A suggestion or review that a person answered.
#[derive(Clone, Debug)]
pub(super) struct Resolved {
    pub(super) to: Hash,
    pub(super) says: Says,
    /// Whether it waited for a reviewer.
    pub(super) review: bool,
    /// Whether its workflow's mode alone kept it from being done.
    pub(super) by_mode: bool,
    /// Whether the routing rule that chose only suggests.
    pub(super) by_rule: bool,
    /// The field, or the action where it is none of a field.
    pub(super) what: u32,
    /// Whether `what` is a field.
    pub(super) is_field: bool,
    pub(super) confidence: Option<u16>,
    pub(super) belongs: Belongs,
}

/// An assignment, or what was done automatically.
#[derive(Clone, Debug)]
pub(super) struct Done {
    pub(super) key: u64,
    pub(super) value: u64,
    pub(super) assign: bool,
    /// Whether routing chose, and nobody proposed it.
    pub(super) routed: bool,
    pub(super) automatic: bool,
    /// Whether a person had changed it before it was made.
    pub(super) edited: bool,
    /// The owner as written, for assignments.
    pub(super) to: u32,
    pub(super) what: u32,
    /// For assignments, the entry, and the suggestion that it comes of.
    pub(super) names: Vec<Hash>,
    pub(super) belongs: Belongs,
}

/// What a person wrote, or what was taken back.
#[derive(Clone, Copy, Debug)]
pub(super) struct Touch {
    pub(super) key: u64,
    pub(super) at: Timestamp,
    pub(super) value: u64,
}

#[derive(Clone, Debug)]
pub(super) struct Task {
    pub(super) names: Vec<Hash>,
    /// Of the time by which it is due.
    pub(super) belongs: Belongs,
}

/// The last correction of a sort, and how much was taken back.
#[derive(Clone, Debug)]
pub(super) struct Correction {
    pub(super) workflow: u32,
    pub(super) what: u32,
    pub(super) rolled_back: u64,
    /// When, from what, to what.
    pub(super) last: (Timestamp, String, String),
}

/// The codes by which suppression speaks.
const SUPPRESSED: &str = "suppressed";

impl Tally {
    /// Begins. What lies before `from` is read, to be joined, but not counted; what lies at `until` or after is as though
    /// it had not been written yet.
    #[must_use]
    pub fn new(from: Option<Timestamp>, until: Option<Timestamp>) -> Self {
        Self {
            from,
            until,
            entries: 0,
            last: None,
            names: Names::new(),
            board: Board::new(from),
            resolved: Vec::new(),
            rated: Vec::new(),
            done: Vec::new(),
            touched: Vec::new(),
            breached: Vec::new(),
            tasks: Vec::new(),
            finished: Vec::new(),
            wrong: Vec::new(),
            orders: Vec::new(),
            corrections: Vec::new(),
            said: Vec::new(),
            notes: false,
        }
    }

    /// Reads an entry.
    pub fn add(&mut self, entry: &Entry) {
        if self.until.is_some_and(|until| entry.at >= until) {
            return;
        }
        self.entries += 1;
        self.last = self.last.max(Some(entry.at));
        let belongs = self.names.belongs(entry);
        match &entry.answer {
            Some(_) => self.answer(entry, &belongs),
            None if entry.verdict.is_some() => self.judged(entry, &belongs),
            None => {}
        }
        let says = entry.answer.as_ref().map(|answer| answer.says);
        let made = matches!(entry.kind, EntryKind::Change | EntryKind::Correction)
            && matches!(says, None | Some(Says::Accepted | Says::Edited));
        let field = match (entry.action, &entry.field) {
            (ActionKind::UpdateField, Some(field)) => Some(field.to_string()),
            (ActionKind::Assign, _) => Some(owner_of(entry)),
            _ => None,
        };
        let key = field.as_ref().map(|field| key(&[entry.object.word(), entry.record.as_str(), field]));
        let value = key_of(&entry.new);
        let persons = entry.actor == Some(Actor::Human);
        if entry.kind == EntryKind::Rollback {
            self.board.add(&belongs, Indicator::Rollbacks, 1, 0);
        }
        if made {
            self.board.add(&belongs, Indicator::Rollbacks, 0, 1);
            if entry.action == ActionKind::CreateTask {
                self.task(entry, &belongs);
            }
        }
        let Some(key) = key else { return };
        let by_a_person = match entry.kind {
            EntryKind::Rollback => true,
            // What was said of a change is none.
            EntryKind::Observed => persons && says.is_none(),
            EntryKind::Correction if says.is_none() => true,
            _ => made && persons,
        };
        if by_a_person {
            self.touched.push(Touch { key, at: entry.at, value });
            return;
        }
        let automatic = made && says.is_none() && entry.verdict == Some(Verdict::Auto);
        let assign = entry.action == ActionKind::Assign;
        if made && (assign || automatic) {
            let names = if assign { names_of(entry) } else { Vec::new() };
            let what = self.what(entry);
            let to = if assign { self.names.id(entry.new.trim()) } else { 0 };
            let (routed, edited) = (entry.to.is_empty(), says == Some(Says::Edited));
            self.done.push(Done { key, value, assign, routed, automatic, edited, to, what, names, belongs });
        }
    }

    /// What the gate judged.
    fn judged(&mut self, entry: &Entry, belongs: &Belongs) {
        let says = |code: &str| entry.codes.iter().any(|one| one == code);
        let stopped = matches!(entry.verdict, Some(Verdict::Block | Verdict::Review));
        self.board.see(belongs, Indicator::SuppressionBlockRate, stopped && says(SUPPRESSED));
        if entry.action == ActionKind::Assign && entry.to.is_empty() {
            self.board.see(belongs, Indicator::Unrouted, says("unrouted"));
            if says("rules-disagree") || says("escalated") {
                self.board.count(belongs, Counted::Escalated);
            }
        }
        if entry.trigger == EventKind::SlaBreached {
            let key = key(&[entry.object.word(), entry.record.as_str(), &owner_of(entry)]);
            self.breached.push((key, entry.at));
        }
    }

    /// What a person said.
    fn answer(&mut self, entry: &Entry, belongs: &Belongs) {
        let Some(answer) = &entry.answer else { return };
        let at = entry.at;
        match answer.says {
            Says::Accepted | Says::Edited | Says::Rejected => {
                let what = self.what(entry);
                let has = |code: &str| entry.codes.iter().any(|one| one == code);
                let by_rule = has("rule-suggests");
                self.resolved.push(Resolved {
                    to: answer.to,
                    says: answer.says,
                    review: entry.verdict == Some(Verdict::Review),
                    by_mode: has("suggestion-mode") && !by_rule,
                    by_rule,
                    what,
                    is_field: entry.field.is_some(),
                    confidence: entry.confidence.map(crate::scale::Confidence::get),
                    belongs: belongs.clone(),
                });
                if answer.says != Says::Accepted {
                    self.correction(entry, belongs, false);
                }
            }
            Says::RolledBack => {
                let seconds = at.seconds().to_string();
                self.orders.push((key(&[&answer.by, &seconds, &answer.note]), belongs.clone()));
                self.correction(entry, belongs, true);
            }
            Says::FalseDuplicate => self.board.count(belongs, Counted::FalseDuplicates),
            Says::WrongRoute => {
                self.board.count(belongs, Counted::WrongRoutes);
                self.wrong.push((answer.to, at));
            }
            Says::MissingData => self.board.count(belongs, Counted::MissingData),
            Says::HandoffUseful | Says::HandoffUseless => {
                self.rated.push((answer.to, at, answer.says == Says::HandoffUseful, belongs.clone()));
            }
            Says::TaskDone => self.finished.push((answer.to, at)),
        }
        if !answer.note.trim().is_empty() && self.from.is_none_or(|from| at >= from) {
            self.said.push(Said {
                at,
                says: answer.says,
                record: format!("{} {}", entry.object, entry.record),
                what: what_of(entry).to_owned(),
                by: answer.by.clone(),
                note: answer.note.clone(),
            });
            if self.said.len() > 4 * MOST_SAID {
                self.keep_said();
            }
        }
    }

    /// The latest notes alone.
    pub(super) fn keep_said(&mut self) {
        let by = |said: &Said| (said.at, said.record.clone(), said.what.clone(), said.by.clone(), said.note.clone());
        order::sort_by_key(&mut self.said, |said| std::cmp::Reverse((by(said), said.says)));
        self.said.truncate(MOST_SAID);
    }

    fn correction(&mut self, entry: &Entry, belongs: &Belongs, rolled_back: bool) {
        if self.from.is_some_and(|from| entry.at < from) {
            return;
        }
        let what = self.what(entry);
        let rejected = entry.answer.as_ref().is_some_and(|answer| answer.says == Says::Rejected);
        let to = if rejected { String::new() } else { entry.new.clone() };
        let last = (entry.at, entry.old.clone().unwrap_or_default(), to);
        let rolled_back = u64::from(rolled_back);
        let workflow = belongs.workflow();
        match self.corrections.iter_mut().find(|one| one.workflow == workflow && one.what == what) {
            Some(one) => {
                one.rolled_back += rolled_back;
                if last > one.last {
                    one.last = last;
                }
            }
            None => self.corrections.push(Correction { workflow, what, rolled_back, last }),
        }
    }

    fn task(&mut self, entry: &Entry, belongs: &Belongs) {
        match entry.due {
            Some(due) => self.tasks.push(Task { names: names_of(entry), belongs: belongs.clone().due(due) }),
            None => self.board.count(belongs, Counted::TasksUndated),
        }
    }

    /// Reads what a handoff note has of what the contract asks for.
    pub fn handoff(&mut self, at: Timestamp, present: u64, required: u64) {
        if self.until.is_none_or(|until| at < until) {
            self.notes = true;
            self.board.add(&Belongs::at(at), Indicator::HandoffParts, present, required);
        }
    }

    fn what(&mut self, entry: &Entry) -> u32 {
        self.names.id(what_of(entry))
    }
}

/// The field, or the action where it is none of a field.
fn what_of(entry: &Entry) -> &str {
    entry.field.as_ref().map_or(entry.action.word(), |field| field.as_str())
}

/// The field that holds the owner of the entry's record.
fn owner_of(entry: &Entry) -> String {
    format!("{}.owner", entry.object)
}

/// What answers may name it by: the entry itself, and the suggestion that it comes of.
fn names_of(entry: &Entry) -> Vec<Hash> {
    entry.digest().ok().into_iter().chain(entry.answer.as_ref().map(|answer| answer.to)).collect()
}

/// A number for some words; the beginning of their SHA-256, so that nobody can make two that are alike.
fn key(words: &[&str]) -> u64 {
    let mut parts: Vec<&[u8]> = Vec::with_capacity(words.len() * 2);
    for word in words {
        parts.extend([word.as_bytes(), &[0]]);
    }
    let [a, b, c, d, e, f, g, h, ..] = Hash::of_parts(&parts).0;
    u64::from_be_bytes([a, b, c, d, e, f, g, h])
}

fn key_of(value: &str) -> u64 {
    key(&[value.trim()])
}
