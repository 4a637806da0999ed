//! Reading a log twice: once for what is chosen, once for what happened around it.
//!
//! Input: the entries of a log, all of them, twice in the same order. Output: the writes of the cells that the chosen entries
//! wrote, from the first of them on; what was done and cannot be undone; what still waits. Invariant: what is held grows with
//! the chosen entries and the writes to their cells, not with the log.

use super::CellRef;
use super::choice::{Choice, ChoiceError, Chosen, Filter};
use crate::audit::{Entry, EntryKind, Hash, Says};
use crate::id::{AgentId, SourceId, WorkflowId};
use crate::map::Map;
use crate::order;
use crate::time::Timestamp;

/// The names that the entries of a log have, with how many entries have them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen(Map<&'static str, Map<String, u64>>);

impl Seen {
    /// The names of a sort: `workflow`, `version`, `rule`, `field`, `agent`, `source`, `contract`.
    #[must_use]
    pub fn of(&self, what: &str) -> Option<&Map<String, u64>> {
        self.0.get(what)
    }

    /// Counts what an entry was done or asked by.
    pub fn count(&mut self, entry: &Entry) {
        let mut note = |what: &'static str, name: &str| {
            let names = self.0.get_or_insert(what, Map::new);
            match names.get_mut(name) {
                Some(many) => *many += 1,
                None => {
                    names.insert(name.to_owned(), 1);
                }
            }
        };
        let names = [
            ("workflow", entry.workflow.as_ref().map(WorkflowId::as_str)),
            ("version", entry.workflow_version.as_deref()),
            ("agent", entry.agent.as_ref().map(AgentId::as_str)),
            ("source", entry.source.as_ref().map(SourceId::as_str)),
            ("contract", Some(&*entry.contract)),
        ];
        for (what, name) in names {
            if let Some(name) = name {
                note(what, name);
            }
        }
        for rule in &entry.rules {
            note("rule", rule.as_str());
        }
        if let Some(cell) = CellRef::of(entry) {
            note("field", cell.field.as_str());
        }
    }
}

/// One write of a cell.
#[derive(Clone, Debug)]
pub(super) struct Write {
    pub(super) entry: Entry,
    pub(super) digest: Hash,
    pub(super) chosen: Option<Chosen>,
}

/// Reads a log twice.
#[derive(Debug)]
pub struct Survey<'c> {
    filter: Filter<'c>,
    seen: Seen,
    /// The cells that chosen entries wrote, each with the time of the first; in order once the second reading begins.
    cells: Vec<(CellRef, Timestamp)>,
    /// The cells that chosen suggestions and reviews would write, each with the last time it was asked for or written.
    asked: Vec<(CellRef, u64)>,
    /// What somebody has said yes or no to.
    answered: Vec<Hash>,
    second: bool,
    found: u64,
    read: u64,
    writes: Vec<(usize, Write)>,
    /// Chosen, and no write of a cell.
    pub(super) others: Vec<Write>,
    /// Chosen, and offered or held, each with its place in the log.
    waiting: Vec<(u64, Write)>,
}

impl<'c> Survey<'c> {
    /// Begins.
    ///
    /// # Errors
    /// Where the choice cannot be used.
    pub fn new(choice: &'c Choice) -> Result<Self, ChoiceError> {
        choice.check()?;
        Ok(Self {
            filter: choice.filter(),
            seen: Seen::default(),
            cells: Vec::new(),
            asked: Vec::new(),
            answered: Vec::new(),
            second: false,
            found: 0,
            read: 0,
            writes: Vec::new(),
            others: Vec::new(),
            waiting: Vec::new(),
        })
    }

    /// All entries, where they are at hand.
    ///
    /// # Errors
    /// Where the choice cannot be used.
    pub fn of<'e>(choice: &'c Choice, entries: impl Iterator<Item = &'e Entry> + Clone) -> Result<Self, ChoiceError> {
        let mut survey = Self::new(choice)?;
        entries.clone().for_each(|entry| survey.find(entry));
        entries.for_each(|entry| survey.gather(entry));
        Ok(survey)
    }

    /// The first reading.
    pub fn find(&mut self, entry: &Entry) {
        self.seen.count(entry);
        if let Some(answer) = &entry.answer
            && matches!(answer.says, Says::Accepted | Says::Edited | Says::Rejected)
        {
            self.answered.push(answer.to);
        }
        let Some(chosen) = self.filter.of(entry) else { return };
        self.found += 1;
        match (CellRef::of(entry), chosen) {
            (Some(cell), Chosen::Waiting) => self.asked.push((cell, 0)),
            (Some(cell), _) => self.cells.push((cell, entry.at)),
            (None, _) => {}
        }
    }

    /// The second reading, after the first has come to its end.
    pub fn gather(&mut self, entry: &Entry) {
        if !self.second {
            self.second = true;
            order::sort_all(&mut self.cells);
            self.cells.dedup_by(|later, first| later.0 == first.0);
            order::sort_all(&mut self.asked);
            self.asked.dedup();
            order::sort_all(&mut self.answered);
        }
        self.read += 1;
        if entry.kind == EntryKind::Block {
            return;
        }
        let cell = CellRef::of(entry);
        let asks = entry.asks() || entry.writes();
        if asks
            && let Some(cell) = &cell
            && let Ok(place) = self.asked.binary_search_by(|(known, _)| known.cmp(cell))
            && let Some((_, last)) = self.asked.get_mut(place)
        {
            *last = self.read;
        }
        let chosen = self.filter.of(entry);
        let place = cell.filter(|_| entry.writes()).and_then(|cell| {
            let place = self.cells.binary_search_by(|(known, _)| known.cmp(&cell)).ok()?;
            self.cells.get(place).filter(|(_, first)| entry.at >= *first).map(|_| place)
        });
        if place.is_none() && chosen.is_none() {
            return;
        }
        // An entry without a digest is in no log.
        let Ok(digest) = entry.digest() else { return };
        let write = Write { entry: entry.clone(), digest, chosen };
        match (place, chosen) {
            (_, Some(Chosen::Waiting)) => self.waiting.push((self.read, write)),
            (Some(place), _) => self.writes.push((place, write)),
            (None, _) => self.others.push(write),
        }
    }

    /// What is chosen.
    pub(super) const fn choice(&self) -> &'c Choice {
        self.filter.choice
    }

    /// How many entries are chosen.
    #[must_use]
    pub const fn found(&self) -> u64 {
        self.found
    }

    /// How many entries are held.
    #[must_use]
    pub const fn held(&self) -> usize {
        self.writes.len() + self.others.len() + self.waiting.len()
    }

    /// The names that the log has.
    #[must_use]
    pub const fn seen(&self) -> &Seen {
        &self.seen
    }

    /// What was offered or held, and still waits: nobody has answered it, and nothing was asked for or written there since.
    pub(super) fn waiting(&mut self) -> Vec<Write> {
        let waiting = std::mem::take(&mut self.waiting);
        let last = |cell: &CellRef| self.asked.binary_search_by(|(known, _)| known.cmp(cell)).ok();
        let still = |place: u64, write: &Write| {
            let cell = CellRef::of(&write.entry).and_then(|cell| self.asked.get(last(&cell)?));
            self.answered.binary_search(&write.digest).is_err() && cell.is_none_or(|(_, last)| *last == place)
        };
        waiting.into_iter().filter(|(place, write)| still(*place, write)).map(|(_, write)| write).collect()
    }

    /// Each cell with its writes, in order of time.
    pub(super) fn histories(&mut self) -> Vec<(CellRef, Vec<Write>)> {
        let mut writes = std::mem::take(&mut self.writes);
        order::sort_by_key(&mut writes, |(place, write)| (*place, write.entry.at));
        let mut all: Vec<(CellRef, Vec<Write>)> = Vec::new();
        let mut last = None;
        for (place, write) in writes {
            let Some((cell, _)) = self.cells.get(place) else { continue };
            if last != Some(place) {
                all.push((cell.clone(), Vec::new()));
                last = Some(place);
            }
            if let Some((_, list)) = all.last_mut() {
                list.push(write);
            }
        }
        all
    }
}
