//! How good points are: folds, the area under the curve, and whether what they predict comes true.
//!
//! Input: rows with points and how they ended. Output: numbers in ten-thousandths. Invariant: the area is counted, not estimated:
//! of all pairs of one who bought and one who did not, how often the first has more points, ties counting half. *Source*: the
//! interval over repeated folds is that of C. Nadeau and Y. Bengio, *Inference for the generalization error* (2003), whose
//! variance allows for folds sharing rows.
#![expect(clippy::float_arithmetic, reason = "means and deviations of measures; what is written are integers")]

use serde::Serialize;

use super::{Data, FOLDS, Fitted, logistic};

/// The area under the curve (the chance that one who bought has more points than one who did not), in ten-thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Auc {
    /// The mean over all folds: 5000 is a coin, 10000 tells all.
    pub mean: u32,
    /// Where it lies with 95 in 100, from.
    pub low: u32,
    /// To.
    pub high: u32,
    /// How many folds were asked.
    pub folds: u32,
}

/// Rows with like points that the points were not learned from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Calibrated {
    /// How many.
    pub rows: u64,
    /// Those of them who bought.
    pub positives: u64,
    /// How many were predicted to, per mille.
    pub predicted: u32,
    /// How many did, per mille.
    pub observed: u32,
}

/// How folds are drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Folds {
    pub(super) seed: u64,
    pub(super) repeats: u32,
}

impl Folds {
    /// The rows to learn from and to ask, of every fold; each has as many who bought, give or take one.
    pub(super) fn each<'d>(self, data: &'d Data) -> impl Iterator<Item = (Vec<usize>, Vec<usize>)> + 'd {
        (0..self.repeats).flat_map(move |repeat| {
            let mut fold = vec![0_u32; data.bought.len()];
            for wanted in [true, false] {
                let mut rows: Vec<(u64, usize)> = data
                    .bought
                    .iter()
                    .enumerate()
                    .filter(|(_, bought)| **bought == wanted)
                    .map(|(row, _)| (mixed(self.seed, repeat, row as u64), row))
                    .collect();
                rows.sort_unstable();
                for (place, (_, row)) in (0_u32..).zip(rows) {
                    if let Some(fold) = fold.get_mut(row) {
                        *fold = place % FOLDS;
                    }
                }
            }
            (0..FOLDS).map(move |held| (0..fold.len()).partition(|row| fold.get(*row) != Some(&held)))
        })
    }
}

/// Splitmix64 (Steele, Lea and Flood, 2014) of all three.
fn mixed(seed: u64, repeat: u32, row: u64) -> u64 {
    let mut x = seed ^ u64::from(repeat).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ row.wrapping_mul(0xd1b5_4a32_d192_ed03);
    x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// Asks every fold; with it comes the calibration over the first repetition.
pub(super) fn cross(data: &Data, folds: Folds, doubling: u32) -> (Option<Auc>, Vec<Calibrated>) {
    let mut areas = Vec::new();
    let mut predicted: Vec<(f64, bool)> = Vec::new();
    for (place, (train, test)) in folds.each(data).enumerate() {
        let fitted = data.fit(&train, doubling);
        let scored = data.score(&fitted, &test);
        areas.push(f64::from(auc_millionths(&scored)) / 100.0);
        if place < FOLDS as usize {
            predicted.extend(scored.iter().map(|(points, bought)| (chance(&fitted, *points, doubling), *bought)));
        }
    }
    (mean(&areas), calibrate(predicted))
}

/// The chance that points stand for.
fn chance(fitted: &Fitted, points: i32, doubling: u32) -> f64 {
    let odds = fitted.intercept + f64::from(points) * std::f64::consts::LN_2 / f64::from(doubling.max(1));
    logistic::probability(odds)
}

fn mean(areas: &[f64]) -> Option<Auc> {
    if areas.is_empty() {
        return None;
    }
    let many = areas.len() as f64;
    let mean = areas.iter().sum::<f64>() / many;
    let variance = areas.iter().map(|area| (area - mean) * (area - mean)).sum::<f64>() / (many - 1.0).max(1.0);
    // Of five folds one is asked and four are learned from.
    let error = (variance * (1.0 / many + 1.0 / f64::from(FOLDS - 1))).sqrt();
    let part = |value: f64| logistic::whole(value.clamp(0.0, 10_000.0)).unsigned_abs();
    // The 97.5th percentile of Student's t with four degrees of freedom, and with twenty and more.
    let wide = if areas.len() > FOLDS as usize { 2.07 } else { 2.78 };
    Some(Auc {
        mean: part(mean),
        low: part(mean - wide * error),
        high: part(mean + wide * error),
        folds: u32::try_from(areas.len()).unwrap_or(u32::MAX),
    })
}

/// Ten bands of rows with like predictions.
fn calibrate(mut predicted: Vec<(f64, bool)>) -> Vec<Calibrated> {
    predicted.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    let many = predicted.len();
    let mut bands = Vec::new();
    let mut from = 0;
    for band in 1..=10 {
        let mut to = many * band / 10;
        // What is predicted alike stays together.
        while to > 0 && to < many && predicted.get(to).map(|one| one.0) == predicted.get(to - 1).map(|one| one.0) {
            to += 1;
        }
        let Some(rows) = predicted.get(from..to).filter(|rows| !rows.is_empty()) else { continue };
        let positives = rows.iter().filter(|(_, bought)| *bought).count();
        let per_mille = |sum: f64| logistic::whole(sum * 1000.0 / rows.len() as f64).unsigned_abs();
        bands.push(Calibrated {
            rows: rows.len() as u64,
            positives: positives as u64,
            predicted: per_mille(rows.iter().map(|(chance, _)| chance).sum()),
            observed: per_mille(positives as f64),
        });
        from = to;
    }
    bands
}

/// The area under the curve in ten-thousandths.
pub(super) fn auc<P: Ord + Copy>(scored: &[(P, bool)]) -> u32 {
    (auc_millionths(scored) + 50) / 100
}

/// The area under the curve in millionths; half where one outcome is missing.
pub(super) fn auc_millionths<P: Ord + Copy>(scored: &[(P, bool)]) -> u32 {
    let mut sorted: Vec<(P, bool)> = scored.to_vec();
    sorted.sort_unstable();
    let yes = sorted.iter().filter(|(_, bought)| *bought).count() as u128;
    let no = sorted.len() as u128 - yes;
    if yes == 0 || no == 0 {
        return 500_000;
    }
    // Twice the pairs in the right order, ties once.
    let (mut twice, mut below) = (0_u128, 0_u128);
    for like in sorted.chunk_by(|one, other| one.0 == other.0) {
        let bought = like.iter().filter(|(_, bought)| *bought).count() as u128;
        let others = like.len() as u128 - bought;
        twice += bought * (2 * below + others);
        below += others;
    }
    u32::try_from((twice * 1_000_000 + yes * no) / (2 * yes * no)).unwrap_or(1_000_000)
}

/// How many rows have the points that most have.
pub(super) fn most_common(scored: &[(i32, bool)]) -> u64 {
    let mut points: Vec<i32> = scored.iter().map(|(points, _)| *points).collect();
    points.sort_unstable();
    points.chunk_by(|one, other| one == other).map(|like| like.len() as u64).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_area_counts_pairs() {
        assert_eq!(auc_millionths(&[(1, false), (2, true)]), 1_000_000);
        assert_eq!(auc_millionths(&[(2, false), (1, true)]), 0);
        assert_eq!(auc_millionths(&[(1, false), (1, true)]), 500_000);
        // Of six pairs four are right, one is a tie: 4.5 / 6.
        assert_eq!(auc_millionths(&[(1, false), (2, false), (3, false), (2, true), (4, true)]), 750_000);
        assert_eq!(auc_millionths(&[(1, true), (2, true)]), 500_000);
    }

    #[test]
    fn any_rising_change_of_points_leaves_the_area() {
        let scored: Vec<(i32, bool)> = (0..500).map(|at| ((at * 37) % 101, (at * 53) % 7 < 2 + (at % 3))).collect();
        let changed: Vec<(i32, bool)> =
            scored.iter().map(|(points, bought)| (points * points * points + 9, *bought)).collect();
        assert_eq!(auc_millionths(&scored), auc_millionths(&changed));
        let turned: Vec<(i32, bool)> = scored.iter().map(|(points, bought)| (-points, *bought)).collect();
        assert!(auc_millionths(&scored).abs_diff(1_000_000 - auc_millionths(&turned)) <= 1);
    }
}
