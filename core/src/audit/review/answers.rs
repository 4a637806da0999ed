//! Answers before they are written: given one by one or many at once, taken back while nobody has them.
//!
//! Input: entries and what is said to them. Output: the entries to append, and which could not be answered and why.
//! Invariant: each entry gets an answer of its own, and none gets two; what is refused stops nothing else.

use serde::{Deserialize, Serialize};

use super::super::{Entry, Hash, Says};
use super::{NotAnswered, Present, Queue, Said, Standing, answer};
use crate::json::Decode;
use crate::plan::Plan;

/// An answer that is not written yet.
#[derive(Clone, Debug)]
pub struct Given {
    /// The line of what is answered, from 0.
    pub seq: u64,
    /// Its digest.
    pub to: Hash,
    /// What is answered.
    pub asked: Entry,
    /// The entry to append.
    pub entry: Entry,
    /// Which call gave it.
    call: u32,
}

/// Why one could not be answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NotGiven {
    /// Its line, from 0.
    pub seq: u64,
    /// Its digest.
    pub to: Hash,
    /// The record, `lead/1`.
    pub record: String,
    /// Why.
    pub message: String,
    /// What can be done.
    pub help: String,
}

/// Answers before they are written.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    given: Vec<Given>,
    calls: u32,
}

/// An entry to be answered: its line, its digest, itself, what stands there now.
#[derive(Clone, Debug)]
pub struct Asked<'p> {
    /// Its line, from 0.
    pub seq: u64,
    /// Its digest.
    pub digest: Hash,
    /// The entry.
    pub entry: Entry,
    /// What stands there now, as far as it was said.
    pub present: Present<'p>,
}

impl Answers {
    /// Says the same to some entries. Gives how many were answered, and which were not.
    pub fn give(
        &mut self,
        plan: Option<&Plan>,
        queue: &Queue,
        all: Vec<Asked<'_>>,
        said: &Said,
    ) -> (usize, Vec<NotGiven>) {
        self.calls += 1;
        let before = self.given.len();
        let mut not = Vec::new();
        for asked in all {
            let given = self.may(queue, &asked.digest, said.says);
            match given.and_then(|()| answer(plan, &asked.entry, said, asked.present)) {
                Ok(entry) => self.given.push(Given {
                    seq: asked.seq,
                    to: asked.digest,
                    asked: asked.entry,
                    entry,
                    call: self.calls,
                }),
                Err(why) => not.push(NotGiven {
                    seq: asked.seq,
                    to: asked.digest,
                    record: asked.entry.record_key(),
                    message: why.to_string(),
                    help: why.help().to_owned(),
                }),
            }
        }
        (self.given.len() - before, not)
    }

    /// Whether it waits for an answer, or the same was not said before.
    fn may(&self, queue: &Queue, digest: &Hash, says: Says) -> Result<(), NotAnswered> {
        let decides = |says| matches!(says, Says::Accepted | Says::Edited | Says::Rejected);
        let same = |given: &Given| {
            let before = given.entry.answer.as_ref().map(|answer| answer.says);
            given.to == *digest && before.is_some_and(|before| before == says || (decides(before) && decides(says)))
        };
        if self.given.iter().any(same) {
            return Err(NotAnswered::Answered);
        }
        if !decides(says) {
            return Ok(());
        }
        match queue.find(digest).map(|item| item.standing) {
            Some(Standing::Answered) => Err(NotAnswered::Answered),
            Some(Standing::Overtaken(by, wrote)) => Err(NotAnswered::Overtaken { by, wrote }),
            Some(Standing::Open) | None => Ok(()),
        }
    }

    /// Takes the last call back; gives how many answers that were.
    pub fn undo(&mut self) -> usize {
        let Some(last) = self.given.last().map(|given| given.call) else { return 0 };
        let before = self.given.len();
        self.given.retain(|given| given.call != last);
        before - self.given.len()
    }

    /// Takes back what was said to one entry; gives whether anything was.
    pub fn take_back(&mut self, digest: &Hash) -> bool {
        let before = self.given.len();
        self.given.retain(|given| given.to != *digest);
        self.given.len() < before
    }

    /// The answers, in the order in which they were given.
    #[must_use]
    pub fn given(&self) -> &[Given] {
        &self.given
    }

    /// Whether one was decided here.
    #[must_use]
    pub fn has(&self, digest: &Hash) -> bool {
        self.may(&Queue::default(), digest, Says::Accepted).is_err()
    }

    /// They were written: there is nothing to take back any more.
    pub fn clear(&mut self) {
        self.given.clear();
    }
}
