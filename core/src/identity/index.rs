//! The index of records: whom a record could be, by weight.
//!
//! Input: a match model and the forms of the records. Output: for any forms the candidates with their weights, the
//! heaviest first. Invariant: built from the same records and model it is the same; a search looks at no more than
//! rules × `max_block` records.

use super::block::Blocks;
pub use super::block::RuleSize;
use super::forms::{Forms, Values};
use super::store::Store;
use super::weigh::{Weighed, weigh};
use crate::contract::{Attribute, MatchModel};

/// Records, ready to be searched.
#[derive(Clone, Debug)]
pub struct Index {
    model: MatchModel,
    pub(crate) store: Store,
    blocks: Blocks,
}

/// A candidate and what it weighs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// Its place among the records.
    pub(crate) record: u32,
    pub(crate) weighed: Weighed,
}

impl Index {
    /// Indexes records; `fill` writes the forms of each in turn, and returns whether there was one.
    #[must_use]
    pub fn build(model: &MatchModel, mut fill: impl FnMut(&mut Forms) -> bool) -> Self {
        let (mut store, mut forms) = (Store::default(), Forms::default());
        loop {
            forms.clear();
            if !fill(&mut forms) {
                break;
            }
            store.add(&forms);
        }
        store.complete();
        let blocks = Blocks::build(&store, &model.blocking, model.max_block as usize);
        Self { model: model.clone(), store, blocks }
    }

    /// The model it was built with.
    #[must_use]
    pub const fn model(&self) -> &MatchModel {
        &self.model
    }

    /// Weighs by another model whose blocking is the same.
    #[must_use]
    pub fn with_model(mut self, model: &MatchModel) -> Self {
        if model.blocking != self.model.blocking || model.max_block != self.model.max_block {
            self.blocks = Blocks::build(&self.store, &model.blocking, model.max_block as usize);
        }
        self.model = model.clone();
        self
    }

    /// How many records there are.
    #[must_use]
    pub const fn len(&self) -> u32 {
        self.store.len()
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.store.len() == 0
    }

    /// What it takes in memory, in bytes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.store.bytes() + self.blocks.bytes()
    }

    /// What each blocking rule gives, in the model's order.
    #[must_use]
    pub fn sizes(&self) -> Vec<RuleSize> {
        self.blocks.sizes()
    }

    /// The records that share a blocking key with these values, each once, in order.
    pub(crate) fn candidates(&self, values: &Values<'_>, into: &mut Vec<u32>) {
        self.blocks.candidates(&self.store, &self.model.blocking, values, None, into);
    }

    /// The records that share a blocking key with a record of `left`, or of this index where there is none.
    pub(crate) fn candidates_of(&self, left: Option<&Self>, record: u32, into: &mut Vec<u32>) {
        let (store, own) = left.map_or((&self.store, Some(record)), |left| (&left.store, None));
        self.blocks.candidates(&self.store, &self.model.blocking, &store.values(record), own, into);
    }

    /// What these values and a record weigh together.
    pub(crate) fn weigh(&self, values: &Values<'_>, record: u32) -> Weighed {
        weigh(&self.model, values, &self.store.values(record), &self.store)
    }

    /// The form of an attribute of a record.
    #[must_use]
    pub fn text(&self, attribute: Attribute, record: u32) -> &str {
        self.store.text(attribute, record)
    }

    /// Calls `each` with every pair that shares a blocking key, once: of two records of this index (the first comes
    /// before the second), or of one of `left` and one of this.
    pub(crate) fn each_pair(&self, left: Option<&Self>, each: &mut dyn FnMut(u32, u32, &Weighed)) {
        let store = left.map_or(&self.store, |left| &left.store);
        let mut scratch = Vec::new();
        for a in 0..store.len() {
            let values = store.values(a);
            self.candidates_of(left, a, &mut scratch);
            for b in &scratch {
                if left.is_some() || *b > a {
                    each(a, *b, &self.weigh(&values, *b));
                }
            }
        }
    }

    /// Whom somebody could be: the records of at least this weight, the heaviest first, each with its weight.
    #[must_use]
    pub fn look_for(&self, forms: &Forms, least: i32) -> Vec<(u32, i32)> {
        let found = self.search(&forms.values(), least);
        found.into_iter().map(|found| (found.record, found.weighed.total.0)).collect()
    }

    /// What two of the records weigh together, in thousandths of a bit.
    #[must_use]
    pub fn weight(&self, a: u32, b: u32) -> i32 {
        self.weigh(&self.store.values(a), b).total.0
    }

    /// The candidates of at least this weight, the heaviest first; those of one weight in order.
    pub(crate) fn search(&self, values: &Values<'_>, least: i32) -> Vec<Found> {
        let mut candidates = Vec::new();
        self.candidates(values, &mut candidates);
        let weighed = candidates.iter().map(|record| Found { record: *record, weighed: self.weigh(values, *record) });
        let mut found: Vec<Found> = weighed.filter(|found| found.weighed.total.0 >= least).collect();
        crate::order::sort_by(&mut found, |a, b| b.weighed.total.cmp(&a.weighed.total).then(a.record.cmp(&b.record)));
        found
    }
}
