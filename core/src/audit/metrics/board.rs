//! Where figures add up: overall, by week, workflow, version, rule, source and owner.
//!
//! Input: what was seen, and what it belongs to. Output: a [`Cell`] for each. Invariant: an entry counts once in each week,
//! workflow, version, source and owner, and once under each rule that it names.

use super::indicator::{COUNTED, MANY};
use super::{By, Counted, Indicator, Share, Week};
use crate::audit::Entry;
use crate::map::Map;
use crate::time::Timestamp;

/// Names and their numbers; 0 is none.
#[derive(Clone, Debug)]
pub(super) struct Names {
    numbers: Map<String, u32>,
    names: Vec<String>,
    /// For versions, which are two words.
    both: String,
}

impl Names {
    pub(super) fn new() -> Self {
        let mut names = Self { numbers: Map::new(), names: Vec::new(), both: String::new() };
        names.id("");
        names
    }

    pub(super) fn id(&mut self, name: &str) -> u32 {
        if let Some(id) = self.numbers.get(name) {
            return *id;
        }
        let id = u32::try_from(self.names.len()).unwrap_or(0);
        self.numbers.insert(name.to_owned(), id);
        self.names.push(name.to_owned());
        id
    }

    /// The number of a name that was read.
    pub(super) fn find(&self, name: &str) -> Option<u32> {
        self.numbers.get(name).copied()
    }

    pub(super) fn name(&self, id: u32) -> &str {
        self.names.get(id as usize).map_or("", String::as_str)
    }

    /// What an entry belongs to.
    pub(super) fn belongs(&mut self, entry: &Entry) -> Belongs {
        let workflow = entry.workflow.as_ref().map_or("", |workflow| workflow.as_str());
        let mut both = std::mem::take(&mut self.both);
        both.clear();
        if let Some(version) = &entry.workflow_version {
            both.extend([workflow, " ", version]);
        }
        let version = self.id(&both);
        self.both = both;
        let workflow = self.id(workflow);
        let source = self.id(entry.source.as_ref().map_or("", |source| source.as_str()));
        let owner = self.id(entry.owner.as_ref().map_or("", |owner| owner.as_str()));
        let mut rules: Vec<u32> = entry.rules.iter().map(|rule| self.id(rule.as_str())).collect();
        rules.sort_unstable();
        rules.dedup();
        Belongs { at: entry.at, keys: [workflow, version, source, owner], rules }
    }
}

/// What something belongs to.
#[derive(Clone, Debug)]
pub(super) struct Belongs {
    pub(super) at: Timestamp,
    /// Workflow, version, source, owner.
    keys: [u32; 4],
    pub(super) rules: Vec<u32>,
}

impl Belongs {
    /// To a time alone.
    pub(super) const fn at(at: Timestamp) -> Self {
        Self { at, keys: [0; 4], rules: Vec::new() }
    }

    /// To another time.
    pub(super) fn due(self, at: Timestamp) -> Self {
        Self { at, ..self }
    }

    pub(super) const fn workflow(&self) -> u32 {
        self.keys[0]
    }

    pub(super) const fn source(&self) -> u32 {
        self.keys[2]
    }

    /// Its numbers by something other than the week.
    pub(super) fn keys(&self, by: By) -> &[u32] {
        match by {
            By::Week => &[],
            By::Workflow => &self.keys[0..1],
            By::Version => &self.keys[1..2],
            By::Source => &self.keys[2..3],
            By::Owner => &self.keys[3..4],
            By::Rule if self.rules.is_empty() => &[0],
            By::Rule => &self.rules,
        }
    }
}

/// The figures of one thing.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) shares: [Share; MANY],
    pub(super) counts: [u64; COUNTED],
}

impl Default for Cell {
    fn default() -> Self {
        Self { shares: [Share::default(); MANY], counts: [0; COUNTED] }
    }
}

/// All figures.
#[derive(Clone, Debug)]
pub(super) struct Board {
    from: Option<Timestamp>,
    pub(super) all: Cell,
    pub(super) weeks: Map<Week, Cell>,
    /// By the place of each [`By`], then by the name's number.
    named: [Map<u32, Box<Cell>>; By::ALL.len()],
}

impl Board {
    pub(super) fn new(from: Option<Timestamp>) -> Self {
        Self { from, all: Cell::default(), weeks: Map::new(), named: Default::default() }
    }

    /// Calls `each` with every cell that counts it.
    fn each(&mut self, belongs: &Belongs, each: &dyn Fn(&mut Cell)) {
        if self.from.is_some_and(|from| belongs.at < from) {
            return;
        }
        each(&mut self.all);
        each(self.weeks.get_or_insert(Week::of(belongs.at), Cell::default));
        for (by, cells) in By::ALL.into_iter().zip(&mut self.named) {
            for key in belongs.keys(by) {
                each(cells.get_or_insert(*key, Box::default));
            }
        }
    }

    /// One that counts or does not.
    pub(super) fn see(&mut self, belongs: &Belongs, what: Indicator, hit: bool) {
        self.add(belongs, what, u64::from(hit), 1);
    }

    pub(super) fn add(&mut self, belongs: &Belongs, what: Indicator, hits: u64, of: u64) {
        self.each(belongs, &|cell| cell.add(what, hits, of));
    }

    pub(super) fn count(&mut self, belongs: &Belongs, what: Counted) {
        self.each(belongs, &|cell| cell.count(what, 1));
    }

    /// One cell alone, that of a week by [`Board::weeks`].
    pub(super) fn cell_mut(&mut self, by: By, key: u32) -> &mut Cell {
        match self.named.get_mut(by as usize) {
            Some(cells) => cells.get_or_insert(key, Box::default),
            None => &mut self.all,
        }
    }

    /// The cells by something other than the week, with their names' numbers.
    pub(super) fn by(&self, by: By) -> impl Iterator<Item = (u32, &Cell)> {
        self.named.get(by as usize).into_iter().flat_map(Map::iter).map(|(key, cell)| (*key, &**cell))
    }
}

impl Cell {
    pub(super) fn add(&mut self, what: Indicator, hits: u64, of: u64) {
        if let Some(share) = self.shares.get_mut(what as usize) {
            share.join(Share { hits, of });
        }
    }

    pub(super) fn count(&mut self, what: Counted, more: u64) {
        if let Some(count) = self.counts.get_mut(what as usize) {
            *count += more;
        }
    }

    pub(super) fn share(&self, what: Indicator) -> Share {
        self.shares.get(what as usize).copied().unwrap_or_default()
    }
}
