//! Calibration: how often a stated confidence was right.
//!
//! Input: answered suggestions and reviews that state a confidence. Output: by source and field, and overall, how often those of
//! like confidence were accepted unchanged, how far the two lie apart, and from which confidence on a wanted share was right.
//! Invariant: whole numbers; a threshold is suggested only where the evidence for it suffices.
//! Source: the expected calibration error over ten bins is that of M. P. Naeini, G. Cooper and M. Hauskrecht, *Obtaining well
//! calibrated probabilities using Bayesian binning* (2015); the score is that of G. W. Brier, *Verification of forecasts
//! expressed in terms of probability* (1950); the diagram that of M. DeGroot and S. Fienberg, *The comparison and evaluation of
//! forecasters* (1983).

use serde::{Deserialize, Serialize};

use super::board::Names;
use super::tally::Resolved;
use super::{Interval, Share};
use crate::audit::Says;
use crate::json::Decode;
use crate::map::Map;
use crate::scale::Confidence;
use crate::time::Timestamp;

/// What one source's confidence in one field was worth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Calibration {
    /// The source; empty for all.
    pub source: String,
    /// The field, or the action; empty for all.
    pub field: String,
    /// Accepted unchanged, of those answered.
    pub share: Share,
    /// The mean confidence that was stated, in ten-thousandths.
    pub stated: u32,
    /// By how much stated and accepted lie apart over the bins, in ten-thousandths (expected calibration error).
    pub error: u32,
    /// The mean square of what was stated less what came (Brier score), in ten-thousandths: 0 is perfect, 2500 a coin's.
    pub brier: u32,
    /// The reliability diagram: ten bins of equal width; those with nothing in them are left out.
    pub bins: Vec<Bin>,
    /// Each stated confidence with its answers, the lowest first: what thresholds are found by.
    pub steps: Vec<Reliability>,
}

/// Answers of like confidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Bin {
    /// From this confidence on.
    pub from: Confidence,
    /// The mean that was stated, in ten-thousandths.
    pub stated: u32,
    /// Accepted unchanged, of those answered.
    pub share: Share,
    /// Where the share lies with 95 in 100.
    pub interval: Option<Interval>,
}

/// Answers of one confidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reliability {
    /// The confidence.
    pub confidence: Confidence,
    /// Accepted unchanged, of those answered.
    pub share: Share,
}

/// From which confidence on a wanted share is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Threshold {
    /// From this confidence on,
    pub from: Confidence,
    /// so many were accepted unchanged,
    pub share: Share,
    /// and the share lies here with 95 in 100.
    pub interval: Interval,
}

/// Stated confidences in per mille and what became of them.
#[derive(Default)]
struct Steps(Map<u16, Share>);

impl Steps {
    fn add(&mut self, confidence: u16, right: bool) {
        self.0.get_or_insert(confidence, Share::default).add(right);
    }
}

/// Overall, then by source and field in order.
pub(super) fn calibrate(resolved: &[Resolved], names: &Names, from: Option<Timestamp>) -> Vec<Calibration> {
    let mut all = Steps::default();
    let mut by: Map<(&str, &str), Steps> = Map::new();
    for one in resolved.iter().filter(|one| from.is_none_or(|from| one.belongs.at >= from)) {
        let Some(confidence) = one.confidence else { continue };
        let right = one.says == Says::Accepted;
        all.add(confidence, right);
        by.get_or_insert((names.name(one.belongs.source()), names.name(one.what)), Steps::default)
            .add(confidence, right);
    }
    if all.0.is_empty() {
        return Vec::new();
    }
    let each = by.iter().map(|((source, field), steps)| Calibration::of(source, field, steps));
    std::iter::once(Calibration::of("", "", &all)).chain(each).collect()
}

/// What is worked out of a field alone, whoever the source.
pub(super) fn steps_of<'r>(resolved: impl Iterator<Item = &'r Resolved>) -> Vec<Reliability> {
    let mut steps = Steps::default();
    for one in resolved {
        if let Some(confidence) = one.confidence {
            steps.add(confidence, one.says == Says::Accepted);
        }
    }
    listed(&steps)
}

fn listed(steps: &Steps) -> Vec<Reliability> {
    let each = steps.0.iter();
    each.filter_map(|(at, share)| Some(Reliability { confidence: Confidence::per_mille(*at)?, share: *share }))
        .collect()
}

impl Calibration {
    fn of(source: &str, field: &str, steps: &Steps) -> Self {
        let mut share = Share::default();
        let (mut sum, mut square) = (0, 0);
        // Of each bin: answers, and the sum of what was stated.
        let mut bins = [(Share::default(), 0_u64); 10];
        for (confidence, here) in &steps.0 {
            let stated = u64::from(*confidence);
            share.join(*here);
            sum += stated * here.of;
            let wrong = here.of.saturating_sub(here.hits);
            square += here.hits * (1000 - stated).pow(2) + wrong * stated.pow(2);
            // A thousand belongs to the last.
            if let Some((bin, sum)) = bins.get_mut(usize::from(*confidence / 100).min(9)) {
                bin.join(*here);
                *sum += stated * here.of;
            }
        }
        let apart: u64 = bins.iter().map(|(bin, sum)| (bin.hits * 1000).abs_diff(*sum)).sum();
        let bins = (0_u16..10).zip(bins).filter(|(_, (bin, _))| bin.of > 0);
        let bins = bins.filter_map(|(place, (bin, sum))| {
            let from = Confidence::per_mille(place * 100)?;
            Some(Bin { from, stated: mean(sum * 10, bin.of), share: bin, interval: bin.wilson() })
        });
        Self {
            source: source.to_owned(),
            field: field.to_owned(),
            share,
            stated: mean(sum * 10, share.of),
            error: mean(apart * 10, share.of),
            brier: mean(square, share.of * 100),
            bins: bins.collect(),
            steps: listed(steps),
        }
    }

    /// The lowest confidence from which on a wanted share, per mille, was right: with the lower end of the interval over
    /// everything from there on, and at least so many answers.
    #[must_use]
    pub fn threshold(&self, wanted: Confidence, least: u64) -> Option<Threshold> {
        threshold(&self.steps, wanted, least)
    }
}

/// As [`Calibration::threshold`].
pub(super) fn threshold(steps: &[Reliability], wanted: Confidence, least: u64) -> Option<Threshold> {
    let mut above = Share::default();
    let mut lowest = None;
    for step in steps.iter().rev() {
        above.join(step.share);
        let Some(interval) = above.wilson() else { continue };
        if above.of >= least && interval.low >= u32::from(wanted.get()) * 10 {
            lowest = Some(Threshold { from: step.confidence, share: above, interval });
        }
    }
    lowest
}

/// Halves rounded up.
fn mean(sum: u64, of: u64) -> u32 {
    (2 * sum + of).checked_div(2 * of).map_or(0, |mean| u32::try_from(mean).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn of(answers: &[(u16, u64, u64)]) -> Calibration {
        let mut steps = Steps::default();
        for (confidence, hits, of) in answers {
            (0..*of).for_each(|place| steps.add(*confidence, place < *hits));
        }
        Calibration::of("clearview", "lead.industry", &steps)
    }

    #[test]
    fn worked_by_hand() {
        // Ten at 0.8 of which six were right, ten at 0.95 of which all were, two at 1.0 of which one was.
        let found = of(&[(800, 6, 10), (950, 10, 10), (1000, 1, 2)]);
        assert_eq!(found.share, Share { hits: 17, of: 22 });
        // (8 + 9.5 + 2) / 22 = 0.88636…
        assert_eq!(found.stated, 8864);
        // |6 − 8| + |11 − 11.5| = 2.5, of 22 = 0.1136…
        assert_eq!(found.error, 1136);
        // 6·0.04 + 4·0.64 + 10·0.0025 + 1·0 + 1·1 = 3.825, of 22 = 0.17386…
        assert_eq!(found.brier, 1739);
        let bins: Vec<_> = found.bins.iter().map(|bin| (bin.from.get(), bin.stated, bin.share.of)).collect();
        assert_eq!(bins, [(800, 8000, 10), (900, 9583, 12)]);
    }

    #[test]
    fn a_threshold_is_the_lowest_for_which_the_evidence_suffices() {
        let found = of(&[(600, 5, 20), (800, 90, 100), (900, 198, 200), (950, 100, 100)]);
        let at = |wanted: u16| {
            found.threshold(Confidence::per_mille(wanted).unwrap(), 50).map(|found| (found.from.get(), found.share))
        };
        // From 0.8 on 388 of 400, at least 94.83 %; from 0.9 on 298 of 300, at least 97.6 %.
        assert_eq!(at(940), Some((800, Share { hits: 388, of: 400 })));
        assert_eq!(at(950), Some((900, Share { hits: 298, of: 300 })));
        assert_eq!(at(990), None);
        assert!(found.threshold(Confidence::FULL, 1).is_none());
        assert!(found.threshold(Confidence::NONE, 500).is_none(), "not enough answers");
    }
}
