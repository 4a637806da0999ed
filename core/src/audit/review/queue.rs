//! What waits for a person's word: the suggestions and reviews of a log that nobody has answered.
//!
//! Input: the entries of a log, in order. Output: those that are open, the most severe first or the oldest, and how many there
//! are by rule, workflow, field and reviewer. What a later entry of the same cell changed, or asks about anew, is overtaken:
//! it waits no more, and whoever answers it is told by which line. Invariant: memory for what is open, and a few dozen bytes
//! for every entry that was offered or that wrote.

use super::super::filter::{Facet, Filter};
use super::super::{Entry, Hash, Says};
use crate::contract::ActionKind;
use crate::identity::dictionary::mix;
use crate::json::Decode;
use crate::order;
use serde::{Deserialize, Serialize};

/// What became of something that was offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It waits.
    Open,
    /// A person has answered it.
    Answered,
    /// Something later in the log is about the same: its line, from 0, and whether it wrote.
    Overtaken(u64, bool),
}

/// Something that was offered or held.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its line in the log, from 0.
    pub seq: u64,
    /// What answers name it by.
    pub digest: Hash,
    /// What became of it.
    pub standing: Standing,
    entry: Option<Box<Entry>>,
}

/// How many open ones have a value of a facet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Group {
    /// The value; empty where they have none.
    pub value: String,
    /// How many.
    pub open: u64,
}

/// What waits in a log.
#[derive(Clone, Debug, Default)]
pub struct Queue {
    items: Vec<Item>,
    by_digest: Places,
    /// The item of each cell that was offered last.
    by_cell: Places,
    /// Answers that came before what they answer, as they can in a log made of others.
    early: Places,
}

impl Item {
    /// The entry, while it is open.
    #[must_use]
    pub fn entry(&self) -> Option<&Entry> {
        self.entry.as_deref()
    }

    fn close(&mut self, standing: Standing) {
        if self.standing == Standing::Open {
            self.standing = standing;
            self.entry = None;
        }
    }
}

impl Queue {
    /// The next entry of the log: its line, its digest.
    pub fn feed(&mut self, seq: u64, digest: Hash, entry: &Entry) {
        if let Some(answer) = &entry.answer
            && matches!(answer.says, Says::Accepted | Says::Edited | Says::Rejected)
        {
            match self.by_digest.get(first(&answer.to)).and_then(|place| self.items.get_mut(place)) {
                Some(item) => item.close(Standing::Answered),
                None => self.early.set(first(&answer.to), 0),
            }
        }
        let (asks, writes) = (entry.asks(), entry.writes());
        if !asks && !writes {
            return;
        }
        let cell = cell(entry);
        if let Some(item) = self.by_cell.get(cell).and_then(|place| self.items.get_mut(place)) {
            item.close(Standing::Overtaken(seq, writes));
        }
        if asks {
            let place = self.items.len();
            let known = self.early.get(first(&digest)).is_some();
            self.items.push(Item {
                seq,
                digest,
                standing: if known { Standing::Answered } else { Standing::Open },
                entry: (!known).then(|| Box::new(entry.clone())),
            });
            self.by_digest.set(first(&digest), place);
            self.by_cell.set(cell, place);
        }
    }

    /// What became of the entry of this digest; none where none such was offered.
    #[must_use]
    pub fn find(&self, digest: &Hash) -> Option<&Item> {
        let place = self.by_digest.get(first(digest))?;
        self.items.get(place).filter(|item| item.digest == *digest)
    }

    /// Those that are open and fit, the most severe first, of these the oldest; or simply the oldest first.
    #[must_use]
    pub fn open(&self, filter: &Filter, oldest: bool) -> Vec<(&Item, &Entry)> {
        let open = self.items.iter().filter_map(|item| Some((item, item.entry()?)));
        let mut open: Vec<(&Item, &Entry)> = open.filter(|(_, entry)| filter.fits(entry)).collect();
        order::sort_by_key(&mut open, |(item, entry)| {
            let mild = if oldest { None } else { entry.verdict.map(std::cmp::Reverse) };
            (mild, entry.at, item.seq)
        });
        open
    }

    /// How many are open.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.iter().filter(|item| item.entry.is_some()).count()
    }

    /// Whether nothing is open.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// How many of these have each value of a facet, most first.
#[must_use]
pub fn groups<'e>(entries: impl Iterator<Item = &'e Entry>, facet: Facet) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for entry in entries {
        facet.of(entry, &mut |value| match groups.iter_mut().find(|group| group.value == value) {
            Some(group) => group.open += 1,
            None => groups.push(Group { value: value.to_owned(), open: 1 }),
        });
    }
    order::sort_by(&mut groups, |a, b| b.open.cmp(&a.open).then_with(|| a.value.cmp(&b.value)));
    groups
}

/// What an entry is about: what is written there later overtakes it. An owner and a stage are one whether they are assigned or
/// written as a field. Of what adds something, a task or a message, each is its own: the very same again overtakes it.
fn cell(entry: &Entry) -> u64 {
    let object = entry.object.word();
    let (what, which): (&str, &str) = match entry.action {
        ActionKind::UpdateField => (entry.field.as_ref().map_or("", |field| field.as_str()), ""),
        ActionKind::Assign => ("owner", ""),
        ActionKind::ChangeStage => ("lifecycle_stage", ""),
        ActionKind::Link => ("link", ""),
        action => (action.word(), &entry.new),
    };
    let what = what.strip_prefix(object).and_then(|rest| rest.strip_prefix('.')).unwrap_or(what);
    let to = if which.is_empty() { "" } else { entry.to.as_str() };
    let parts = [object, entry.record.as_str(), what, which, to].map(str::as_bytes);
    first(&Hash::of_parts(&[parts[0], b"\n", parts[1], b"\n", parts[2], b"\n", parts[3], b"\n", parts[4]]))
}

/// Eight bytes of a hash: as good as all to find it by.
fn first(hash: &Hash) -> u64 {
    hash.0.iter().take(8).fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}

/// Places by a hash, open addressing.
#[derive(Clone, Debug, Default)]
struct Places {
    /// The hash and the place, which is one more than it is; 0 is free. Its length is a power of two.
    slots: Vec<(u64, u32)>,
    used: usize,
}

impl Places {
    fn get(&self, key: u64) -> Option<usize> {
        if self.slots.is_empty() {
            return None;
        }
        let (_, place) = self.slots[self.slot(key)];
        (place > 0).then(|| place as usize - 1)
    }

    fn set(&mut self, key: u64, place: usize) {
        if (self.used + 1) * 4 > self.slots.len() * 3 {
            let size = (self.slots.len() * 2).max(16);
            let before = std::mem::replace(&mut self.slots, vec![(0, 0); size]);
            for (key, place) in before.into_iter().filter(|(_, place)| *place > 0) {
                let slot = self.slot(key);
                self.slots[slot] = (key, place);
            }
        }
        let slot = self.slot(key);
        if self.slots[slot].1 == 0 {
            self.used += 1;
        }
        self.slots[slot] = (key, u32::try_from(place + 1).unwrap_or(u32::MAX));
    }

    #[expect(clippy::cast_possible_truncation, reason = "the low bits of a hash are as good as all")]
    fn slot(&self, key: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = mix(key, 0xa076_1d64_78bd_642f) as usize & mask;
        while self.slots[slot].1 > 0 && self.slots[slot].0 != key {
            slot = (slot + 1) & mask;
        }
        slot
    }
}
