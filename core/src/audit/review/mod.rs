//! What a person says to an entry: do it, do it otherwise, do not; and what they know better.
//!
//! Input: the entry, what is said ([`Said`]), what stands there now. Output: the entry to append, or why not
//! ([`NotAnswered`]); then, by [`keep`], what the next decision must know of it. Invariant: what is written passes the gate
//! again, bound to the value it was decided on; an answer that writes nothing is a correction whose `old` is its `new`, or
//! which says that it writes nothing by its [`Says`]. Nothing here changes an entry: an answer is one more.

mod answers;
mod queue;
#[cfg(test)]
mod tests;

pub use answers::{Answers, Asked, Given, NotGiven};
pub use queue::{Group, Item, Queue, Standing, groups};

use std::fmt;

use super::{Actor, Answer, ENGINE, Entry, EntryKind, Says, approved};
use crate::contract::{ActionKind, EventKind, OnNobody, Pool, Target};
use crate::gate::{Approval, Refusal, approve_entry};
use crate::id::OwnerId;
use crate::plan::Plan;
use crate::record::{Because, RecordRef, Refused, State};
use crate::sender;
use crate::time::Timestamp;

/// What a person says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// What.
    pub says: Says,
    /// Who: name, e-mail address or id.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why, in their words.
    pub note: String,
    /// Of an edit, what is to be written; of a wrong route, whose it is; of missing data, which.
    pub value: String,
}

/// What stands in the CRM now, as far as it was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Present<'p> {
    /// Nobody said: what the log knows counts.
    NotSaid,
    /// Nothing.
    Blank,
    /// This.
    Value(&'p str),
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotAnswered {
    /// The gate does not let it through.
    Refused(Refusal),
    /// It was not offered, and does not wait for anybody.
    NotOpen,
    /// A person has answered it.
    Answered,
    /// The log has something later about the same.
    Overtaken {
        /// Its line, from 0.
        by: u64,
        /// Whether it was written since.
        wrote: bool,
    },
    /// That is not said to such an entry.
    NotOfThis {
        /// What was said.
        says: Says,
        /// What it is said to.
        of: &'static str,
    },
    /// Something must be said with it.
    Wanting(&'static str),
    /// An entry without canonical form.
    NoForm,
}

impl From<Refusal> for NotAnswered {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl fmt::Display for NotAnswered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => refusal.fmt(f),
            Self::NotOpen => f.write_str("it was neither suggested nor sent to a person"),
            Self::Answered => f.write_str("it was answered before"),
            Self::Overtaken { by, wrote: true } => write!(f, "stale: line number {by} has changed it since"),
            Self::Overtaken { by, wrote: false } => write!(f, "line number {by} asks about the same, later"),
            Self::NotOfThis { says, of } => write!(f, "`{}` is said to {of}", says.word()),
            Self::Wanting(what) => write!(f, "{what}"),
            Self::NoForm => f.write_str("a number in it is too large to be written"),
        }
    }
}

impl NotAnswered {
    /// What can be done.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self {
            Self::Refused(Refusal::Nobody) => "say who decides",
            Self::Refused(Refusal::Stale { .. }) | Self::Overtaken { wrote: true, .. } => {
                "reject it, or let the contract decide again on what stands there now"
            }
            Self::Refused(Refusal::Blocked(_)) => "reject it, or change the contract",
            Self::Refused(_) => "reject it",
            Self::NotOpen => "answer a suggestion or a review; a change is taken back by a rollback",
            Self::Answered => "what was answered is corrected by a change in the CRM, or a rollback",
            Self::Overtaken { wrote: false, .. } => "answer the later one",
            Self::NotOfThis { .. } => "say something else, or say it to another entry",
            Self::Wanting(_) => "say it",
            Self::NoForm => "leave it out",
        }
    }
}

/// What a person's word comes to: the entry to append. `plan` is the contract in force; what writes nothing needs none.
///
/// # Errors
/// Where the gate refuses it, it is not open, or it cannot be said to such an entry.
pub fn answer(plan: Option<&Plan>, asked: &Entry, said: &Said, present: Present<'_>) -> Result<Entry, NotAnswered> {
    if said.by.trim().is_empty() {
        return Err(NotAnswered::Refused(Refusal::Nobody));
    }
    if matches!(said.says, Says::Accepted | Says::Edited | Says::Rejected) && !asked.asks() {
        return Err(NotAnswered::NotOpen);
    }
    let value = || if said.value.is_empty() { Err(()) } else { Ok(said.value.clone()) };
    match said.says {
        Says::Accepted if asked.new.is_empty() && names_something(asked.action) => {
            Err(NotAnswered::Wanting("nothing is proposed: an edit says what it is to be"))
        }
        Says::Accepted | Says::Edited => {
            let instead = match said.says {
                Says::Edited => Some(value().map_err(|()| NotAnswered::Wanting("an edit says the value to write"))?),
                _ => None,
            };
            let approval = Approval { by: said.by.clone(), at: said.at, instead, note: said.note.clone() };
            let present = match present {
                Present::NotSaid => asked.old.as_deref(),
                Present::Blank => None,
                Present::Value(value) => Some(value),
            };
            let plan = plan.ok_or(NotAnswered::Wanting("what is to be written needs the contract in force"))?;
            let change = approve_entry(plan, asked, &approval, present)?;
            Ok(approved(asked, &approval, &change))
        }
        Says::Rejected => only_said(asked, said, asked.old.clone(), asked.old.clone().unwrap_or_default()),
        Says::RolledBack => Err(not_of(said.says, "a change, by a rollback")),
        Says::FalseDuplicate => {
            let matches = matches!(asked.action, ActionKind::Link | ActionKind::Merge)
                || asked.trigger == EventKind::SimilarFound
                || asked.field.as_ref().is_some_and(|field| field.as_str().contains("duplicate"));
            if !matches {
                return Err(not_of(said.says, "a link, a merge, or what follows from similar records"));
            }
            only_said(asked, said, Some(found(asked)), String::new())
        }
        Says::WrongRoute if asked.action != ActionKind::Assign => Err(not_of(said.says, "an assignment")),
        Says::WrongRoute => only_said(asked, said, Some(asked.new.clone()), said.value.clone()),
        Says::MissingData if said.value.is_empty() && said.note.is_empty() => {
            Err(NotAnswered::Wanting("what was missing is to be said"))
        }
        Says::MissingData => only_said(asked, said, None, said.value.clone()),
        Says::HandoffUseful | Says::HandoffUseless => {
            if !matches!(asked.action, ActionKind::Assign | ActionKind::CreateTask) {
                return Err(not_of(said.says, "an assignment or a task, which hand a lead over"));
            }
            only_said(asked, said, None, String::new())
        }
        Says::TaskDone => {
            if asked.action != ActionKind::CreateTask || !asked.writes() {
                return Err(not_of(said.says, "a task that was created"));
            }
            only_said(asked, said, None, String::new())
        }
    }
}

/// What a match found: the record it names.
fn found(asked: &Entry) -> String {
    if asked.to.is_empty() { asked.new.clone() } else { asked.to.clone() }
}

/// Whether an action is nothing without an owner, a stage or a record.
const fn names_something(action: ActionKind) -> bool {
    matches!(action, ActionKind::Assign | ActionKind::ChangeStage | ActionKind::Link)
}

const fn not_of(says: Says, of: &'static str) -> NotAnswered {
    NotAnswered::NotOfThis { says, of }
}

/// An entry that writes nothing: what a person said to `asked`.
fn only_said(asked: &Entry, said: &Said, old: Option<String>, new: String) -> Result<Entry, NotAnswered> {
    let to = asked.digest().map_err(|_| NotAnswered::NoForm)?;
    let word = said.says.word().replace('_', " ");
    Ok(Entry {
        kind: EntryKind::Correction,
        old,
        new,
        at: said.at,
        actor: Some(Actor::Human),
        reasons: vec![format!("`{}` says: {word}", said.by)],
        due: None,
        reviewer: None,
        human_verified: true,
        answer: Some(Answer { to, says: said.says, by: said.by.clone(), note: said.note.clone() }),
        engine: ENGINE.into(),
        ..asked.clone()
    })
}

/// Keeps what an answer means for the decisions after it: what waited does not wait any more, what was rejected is not
/// repeated, a turn that was taken for nothing is given back, what goes out to somebody counts.
pub fn keep(plan: &Plan, asked: &Entry, answer: &Entry, state: &mut State) {
    let Some(said) = answer.answer.as_ref().map(|answer| answer.says) else { return };
    let record = RecordRef { object: asked.object, id: asked.record.clone() };
    if !matches!(said, Says::Accepted | Says::Edited | Says::Rejected) {
        return;
    }
    state.settle(&record, asked.action, asked.field.as_ref());
    let elsewhere = asked.action == ActionKind::Assign && answer.new != asked.new;
    if elsewhere {
        let owner = OwnerId::from(asked.new.as_str());
        match pool_of(plan, asked, state) {
            Some(pool) => state.give_back(pool, &owner, asked.at),
            None => state.close(&owner),
        }
        if said == Says::Edited && plan.routing.counts_open {
            *state.open.get_or_insert(OwnerId::from(answer.new.as_str()), || 0) += 1;
        }
    }
    match said {
        Says::Rejected => {
            let (field, value) = (asked.field.clone(), asked.new.clone());
            state.keep_refused(&record, Refused { action: asked.action, field, value, because: Because::Rejected });
        }
        // The snapshot does not have it yet.
        _ if plan.touches && sender::sends(asked.action) => state.touch(asked.record.as_str(), answer.at),
        _ => {}
    }
}

/// The pool that an assignment took a turn of: by the rule that chose it, or the fallback, and the pools it falls back to.
fn pool_of<'p>(plan: &'p Plan, asked: &Entry, state: &State) -> Option<&'p Pool> {
    let routing = plan.contract.routing.as_ref()?;
    let chosen = routing.rules.iter().filter(|rule| asked.rules.contains(&rule.id)).map(|rule| &rule.to);
    for target in chosen.chain(&routing.fallback) {
        let mut next = if let Target::Pool(pool) = target { Some(pool) } else { None };
        for _ in 0..=routing.pools.len() {
            let Some(pool) = next.and_then(|id| routing.pools.iter().find(|pool| pool.id == *id)) else { break };
            let turns = state.pools.get(&pool.id).and_then(|kept| kept.turns.get(asked.new.as_str()));
            if turns.is_some_and(|turns| *turns > 0) {
                return Some(pool);
            }
            next = if let Some(OnNobody::Pool(other)) = &pool.on_nobody { Some(other) } else { None };
        }
    }
    None
}
