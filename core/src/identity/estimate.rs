//! Estimating the weights of a model from the user's own records, without labels or with them.
//!
//! Input: an index of records, optionally a second set of records to link with it, or labelled pairs. Output: the model
//! with its prior and weights replaced by numbers. Invariant: deterministic; the same records give the same numbers on
//! every platform (only the four operations of arithmetic are used, which IEEE 754 fixes; logarithms are taken in
//! integers). *Source*: Dempster, Laird and Rubin, *Maximum likelihood from incomplete data via the EM algorithm*
//! (1977), as Winkler (1988) applies it to record linkage; chance agreement from random pairs as Splink does.
#![expect(clippy::float_arithmetic, reason = "a maximum is searched for; what is written are integers")]

use super::bits;
use super::dictionary::mix;
use super::index::Index;
use super::store::Store;
use super::weigh::{MOST_COMPARISONS, Weighed, weigh};
use crate::contract::MatchModel;
use crate::scale::MatchWeight;

/// How many pairs taken at random tell how often strangers agree.
const SAMPLE: u64 = 40_000;

/// How many rounds of expectation and maximisation are made.
const ROUNDS: usize = 20;

/// The shipped weights count as much as this many pairs of each kind.
const OWN_OPINION: f64 = 8.0;

/// How often two records agree at each level of a comparison.
pub type Rates = Vec<f64>;

/// What was estimated.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// The model with its weights replaced.
    pub model: MatchModel,
    /// How many pairs were looked at.
    pub pairs: u64,
    /// How many of them are expected to be the same, rounded.
    pub matches: u64,
    /// For each comparison, how often matches agree at each level; the last is none.
    pub among_matches: Vec<Rates>,
    /// For each comparison, how often strangers do.
    pub among_others: Vec<Rates>,
}

/// The levels a pair reached, as one number: four bits a comparison.
fn pattern(weighed: &Weighed, comparisons: usize) -> u64 {
    let reached = weighed.reached[..comparisons].iter().zip((0..).step_by(4));
    reached.fold(0, |all, (reached, shift)| all | u64::from(reached.level.min(15)) << shift)
}

const fn level_of(pattern: u64, comparison: usize) -> usize {
    (pattern >> (4 * comparison) & 15) as usize
}

/// Estimates prior and weights without labels. `left` are the records to be linked with those of the index; without
/// them the index is compared with itself.
#[must_use]
pub fn estimate(index: &Index, left: Option<&Index>, seed: u64) -> Estimate {
    let other = left.map_or(&index.store, |left| &left.store);
    let strangers = chance(index.model(), other, &index.store, left.is_none(), seed);
    let (patterns, all) = look(index, left);
    maximise(index.model(), &patterns, strangers, all)
}

/// A pair that somebody judged: a record of `left`, or of the index where there is none, one of the index, and whether
/// they are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    /// The record that is looked for.
    pub a: u32,
    /// The candidate.
    pub b: u32,
    /// Whether they are the same.
    pub same: bool,
}

/// Estimates weights from labelled pairs: how often matches agree from those that are the same, how often strangers do
/// from random pairs and from those that are not. The prior is what makes the pairs looked at add up.
#[must_use]
pub fn from_labels(index: &Index, left: Option<&Index>, labels: &[Label], seed: u64) -> Estimate {
    let model = index.model();
    let other = left.map_or(&index.store, |left| &left.store);
    let chance = chance(model, other, &index.store, left.is_none(), seed);
    let mut strangers = chance.clone();
    let mut matches = believed(model, &strangers.iter().map(|counts| rates(counts)).collect::<Vec<_>>());
    matches.iter_mut().flatten().for_each(|rate| *rate *= OWN_OPINION);
    for label in labels.iter().filter(|label| label.a < other.len() && label.b < index.len()) {
        let weighed = index.weigh(&other.values(label.a), label.b);
        let counts = if label.same { &mut matches } else { &mut strangers };
        for (counts, reached) in counts.iter_mut().zip(&weighed.reached) {
            if let Some(count) = counts.get_mut(usize::from(reached.level)) {
                *count += 1.0;
            }
        }
    }
    let (matches, strangers): (Vec<Rates>, Vec<Rates>) =
        matches.iter().zip(&strangers).map(|(matches, strangers)| (rates(matches), rates(strangers))).unzip();
    let (patterns, all) = look(index, left);
    let (mut prior, mut expected) = (power(model.prior.0), 0.0);
    for _ in 0..ROUNDS {
        expected = patterns.iter().map(|(pattern, count)| count * same(*pattern, prior, &matches, &strangers)).sum();
        prior = odds_of(expected, all);
    }
    Estimate {
        model: written(model, &matches, &strangers, &chance, prior),
        pairs: whole(patterns.iter().map(|(_, count)| count).sum()),
        matches: whole(expected),
        among_matches: matches,
        among_others: strangers,
    }
}

/// The patterns of all pairs that are looked at, and how many pairs there are in all.
fn look(index: &Index, left: Option<&Index>) -> (Vec<(u64, f64)>, f64) {
    let other = left.map_or(&index.store, |left| &left.store);
    let mut patterns = Patterns::default();
    index.each_pair(left, &mut |_, _, weighed| patterns.add(pattern(weighed, index.model().comparisons.len())));
    let all = if left.is_some() {
        f64::from(other.len()) * f64::from(index.len())
    } else {
        f64::from(other.len()) * (f64::from(other.len()) - 1.0) / 2.0
    };
    (patterns.counted(), all.max(1.0))
}

/// The probability that a pair of this pattern is the same.
fn same(pattern: u64, prior: f64, matches: &[Rates], strangers: &[Rates]) -> f64 {
    let mut odds = prior;
    for (place, (matches, strangers)) in matches.iter().zip(strangers).enumerate() {
        let level = level_of(pattern, place);
        if let (Some(m), Some(u)) = (matches.get(level), strangers.get(level)) {
            odds *= m / u;
        }
    }
    odds / (1.0 + odds)
}

/// The odds that two records taken at random are the same.
fn odds_of(expected: f64, all: f64) -> f64 {
    let share = (expected.max(0.5) / all).min(0.5);
    share / (1.0 - share)
}

/// Patterns and how often each occurs.
#[derive(Debug, Default)]
struct Patterns {
    seen: Vec<u64>,
}

impl Patterns {
    fn add(&mut self, pattern: u64) {
        self.seen.push(pattern);
    }

    fn counted(mut self) -> Vec<(u64, f64)> {
        self.seen.sort_unstable();
        let mut counted: Vec<(u64, f64)> = Vec::new();
        for pattern in self.seen {
            match counted.last_mut() {
                Some((last, count)) if *last == pattern => *count += 1.0,
                _ => counted.push((pattern, 1.0)),
            }
        }
        counted
    }
}

/// How often two records taken at random agree at each level.
fn chance(model: &MatchModel, left: &Store, right: &Store, same: bool, seed: u64) -> Vec<Rates> {
    let mut counts: Vec<Rates> = model.comparisons.iter().map(|one| vec![0.0; one.levels.len() + 1]).collect();
    let (lefts, rights) = (u64::from(left.len()), u64::from(right.len()));
    if lefts == 0 || rights == 0 {
        return counts;
    }
    let mut state = mix(seed ^ 0x2545_f491_4f6c_dd1d, 0x9e37_79b9_7f4a_7c15);
    for _ in 0..SAMPLE {
        state = mix(state.wrapping_add(0x9e37_79b9_7f4a_7c15), 0xe703_7ed1_a0b4_28db);
        let (a, b) = ((state >> 32) % lefts, (state & 0xffff_ffff) % rights);
        if same && a == b {
            continue;
        }
        let place = |place: u64| u32::try_from(place).unwrap_or(u32::MAX);
        let weighed = weigh(model, &left.values(place(a)), &right.values(place(b)), right);
        for (counts, reached) in counts.iter_mut().zip(&weighed.reached) {
            if let Some(count) = counts.get_mut(usize::from(reached.level)) {
                *count += 1.0;
            }
        }
    }
    counts
}

/// Rates from counts; a level that was never seen counts as half a pair.
fn rates(counts: &[f64]) -> Rates {
    let total: f64 = counts.iter().map(|count| count.max(0.5)).sum();
    counts.iter().map(|count| count.max(0.5) / total).collect()
}

/// The rates among matches that the model's present weights say, given the rates among strangers.
fn believed(model: &MatchModel, strangers: &[Rates]) -> Vec<Rates> {
    let of = |(comparison, rates): (&crate::contract::Comparison, &Rates)| {
        let weights = comparison.levels.iter().map(|level| level.weight).chain([comparison.otherwise]);
        let raw: Vec<f64> = weights.zip(rates).map(|(weight, rate)| power(weight.0) * rate).collect();
        let total: f64 = raw.iter().sum();
        raw.iter().map(|one| one / total).collect()
    };
    model.comparisons.iter().zip(strangers).map(of).collect()
}

/// 2^(weight / 1000), near enough to start from.
fn power(weight: i32) -> f64 {
    let odds = |weight: u32| {
        let whole = (0..weight / 1000).fold(1.0, |all, _| all * 2.0);
        let rest = f64::from(weight % 1000) / 1000.0;
        whole * (1.0 + rest * (0.6565 + rest * 0.3435))
    };
    let size = odds(weight.unsigned_abs().min(60_000));
    if weight < 0 { 1.0 / size } else { size }
}

fn maximise(model: &MatchModel, patterns: &[(u64, f64)], chance: Vec<Rates>, all: f64) -> Estimate {
    let others: Vec<Rates> = chance.iter().map(|counts| rates(counts)).collect();
    let start = believed(model, &others);
    let (mut matches, mut strangers) = (start.clone(), others.clone());
    let mut prior = power(model.prior.0);
    let mut expected = 0.0;
    for _ in 0..ROUNDS {
        let mut counts: Vec<Rates> =
            start.iter().map(|rates| rates.iter().map(|rate| rate * OWN_OPINION).collect()).collect();
        expected = 0.0;
        for (pattern, count) in patterns {
            let same = count * same(*pattern, prior, &matches, &strangers);
            expected += same;
            for (place, counts) in counts.iter_mut().enumerate() {
                if let Some(sum) = counts.get_mut(level_of(*pattern, place)) {
                    *sum += same;
                }
            }
        }
        matches = counts.iter().map(|counts| rates(counts)).collect();
        let share = (expected.max(0.5) / all).min(0.5);
        prior = odds_of(expected, all);
        // Random pairs hold a few matches too: they are taken out of what strangers do.
        strangers = chance
            .iter()
            .zip(&matches)
            .map(|(counts, matches)| {
                let total: f64 = counts.iter().sum();
                rates(&counts.iter().zip(matches).map(|(count, rate)| count - total * share * rate).collect::<Vec<_>>())
            })
            .collect();
    }
    let pairs = patterns.iter().map(|(_, count)| count).sum::<f64>();
    Estimate {
        model: written(model, &matches, &strangers, &chance, prior),
        pairs: whole(pairs),
        matches: whole(expected),
        among_matches: matches,
        among_others: strangers,
    }
}

/// The model with these rates as weights.
fn written(model: &MatchModel, matches: &[Rates], strangers: &[Rates], seen: &[Rates], prior: f64) -> MatchModel {
    let mut model = model.clone();
    model.prior = MatchWeight(log2(prior));
    let rates = matches.iter().zip(strangers).zip(seen);
    for (comparison, ((matches, strangers), seen)) in model.comparisons.iter_mut().zip(rates) {
        // Of what no record has, nothing was learned.
        if seen.iter().sum::<f64>() < 0.5 {
            continue;
        }
        let mut weights = matches.iter().zip(strangers).map(|(m, u)| MatchWeight(log2(m / u)));
        for level in &mut comparison.levels {
            level.weight = weights.next().unwrap_or_default();
        }
        comparison.otherwise = weights.next().unwrap_or_default();
    }
    model
}

/// log2 in thousandths of a bit, to the nearest ten: more digits would say more than is known.
fn log2(ratio: f64) -> i32 {
    const ONE: f64 = 68_719_476_736.0;
    let exact = bits::log2(whole(ratio * ONE)) - 36_000;
    (exact + if exact < 0 { -5 } else { 5 }) / 10 * 10
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rounded, and never negative")]
fn whole(number: f64) -> u64 {
    (number.max(0.0) + 0.5) as u64
}

const _: () = assert!(MOST_COMPARISONS <= 16, "a pattern has four bits for each comparison");
