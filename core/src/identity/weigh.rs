//! Match weights: what a pair of records weighs, and why.
//!
//! Input: the forms of two records and a match model. Output: the total and the level each comparison reached.
//! Invariant: the total is the prior plus what the waterfall lists, exactly; the same whichever record comes first.

use super::compare::{Reached, compare, texts};
use super::forms::Values;
use super::store::Store;
use crate::contract::{Attribute, Comparison, MatchModel};
use crate::scale::MatchWeight;

/// The most comparisons a model has.
pub(super) const MOST_COMPARISONS: usize = Attribute::ALL.len();

/// The most levels a comparison has: what a pair reached fits four bits, with `otherwise` and `missing`.
pub(crate) const MOST_LEVELS: usize = 13;

/// A pair and what it weighs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Weighed {
    /// Prior and all comparisons.
    pub(crate) total: MatchWeight,
    /// What each comparison reached, in the model's order.
    pub(crate) reached: [Reached; MOST_COMPARISONS],
    /// Whether given name and surname agree only exchanged.
    pub(crate) exchanged: bool,
}

/// Weighs a pair.
pub(crate) fn weigh(model: &MatchModel, a: &Values<'_>, b: &Values<'_>, store: &Store) -> Weighed {
    let mut reached = [Reached::default(); MOST_COMPARISONS];
    let mut total = model.prior.0;
    let mut names = 0;
    for (comparison, reached) in model.comparisons.iter().zip(&mut reached) {
        *reached = compare(comparison, a, b, store);
        let weight = weight_of(comparison, *reached);
        total = total.saturating_add(weight);
        if is_name(comparison) {
            names += weight;
        }
    }
    let mut weighed = Weighed { total: MatchWeight(total), reached, exchanged: false };
    if let Some(cost) = model.exchanged {
        weighed.exchange(model, cost.0, names, a, b, store);
    }
    weighed
}

impl Weighed {
    /// Compares given name with surname, and keeps that where it weighs more.
    fn exchange(
        &mut self,
        model: &MatchModel,
        cost: i32,
        mut names: i32,
        a: &Values<'_>,
        b: &Values<'_>,
        store: &Store,
    ) {
        let (given, surname) = (Attribute::GivenName as usize, Attribute::Surname as usize);
        let likely = |one: &str, other: &str| !one.is_empty() && one.as_bytes().first() == other.as_bytes().first();
        // Cheap to ask first: names that are exchanged begin alike crosswise on at least one side.
        if !likely(a[given], b[surname]) && !likely(a[surname], b[given]) {
            return;
        }
        // Either record can be the one whose names are exchanged; the better way must not depend on which comes first.
        for (one, other) in [(a, b), (b, a)] {
            let (mut crosswise, mut sum) = (self.reached, cost);
            for (comparison, reached) in model.comparisons.iter().zip(&mut crosswise) {
                if is_name(comparison) {
                    let here = comparison.of as usize;
                    *reached = texts(comparison, one[here], other[given + surname - here], store);
                    sum += weight_of(comparison, *reached);
                }
            }
            if sum > names {
                self.total = MatchWeight(self.total.0 - names + sum);
                names = sum;
                self.reached = crosswise;
                self.exchanged = true;
            }
        }
    }
}

fn is_name(comparison: &Comparison) -> bool {
    matches!(comparison.of, Attribute::GivenName | Attribute::Surname)
}

/// What a comparison weighs at the level it reached.
pub(crate) fn weight_of(comparison: &Comparison, reached: Reached) -> i32 {
    let levels = &comparison.levels;
    match levels.get(usize::from(reached.level)) {
        Some(level) => level.weight.0.saturating_add(reached.adjustment),
        None if usize::from(reached.level) == levels.len() => comparison.otherwise.0,
        None => comparison.missing.0,
    }
}
