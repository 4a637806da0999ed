//! Bins: ranges of a number, frequent values of a category, what else there is, and blanks.
//!
//! Input: a field and the rows to learn from. Output: a [`Binning`]. Invariant: every row has at most one bin; what the rows
//! learned from do not have, such as a blank, has none and no points. Bounds lie between two values that occur, at the
//! roundest number there, so that people can read them.

use super::columns::{Field, Values};

/// The most ranges of a number: more tell no better, and nobody reads them.
const RANGES: usize = 12;
/// The most categories that are kept.
const CATEGORIES: usize = 20;
/// The least rows of a range or category.
const LEAST: usize = 10;

/// How a field's values are binned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Binning {
    pub(super) of: Of,
    /// Whether blanks have a bin, the last.
    pub(super) blank: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Of {
    /// Where each range but the first begins.
    Ranges(Vec<i64>),
    /// Categories by their place among the field's words, in the alphabet's order; whether there is a bin for all others.
    Words(Vec<u32>, bool),
}

impl Binning {
    /// Bins a field by the rows to learn from.
    pub(super) fn of(field: &Field, rows: &[usize]) -> Self {
        let blanks = rows.iter().filter(|row| field.is_blank(**row)).count();
        let of = match &field.values {
            Values::Numbers { rows: values, .. } => {
                let mut known: Vec<i64> = rows.iter().filter_map(|row| values.get(*row).copied().flatten()).collect();
                known.sort_unstable();
                Of::Ranges(bounds(&known))
            }
            Values::Words { rows: values, words, .. } => {
                let mut counts = vec![0_usize; words.len()];
                for place in rows.iter().filter_map(|row| values.get(*row).copied().flatten()) {
                    if let Some(count) = counts.get_mut(place as usize) {
                        *count += 1;
                    }
                }
                let least = LEAST.max(rows.len() / 200);
                let mut kept: Vec<(usize, u32)> = (0..).zip(&counts).map(|(place, count)| (*count, place)).collect();
                kept.sort_by_key(|(count, place)| (std::cmp::Reverse(*count), *place));
                let all = kept.iter().filter(|(count, _)| *count > 0).count();
                kept.truncate(CATEGORIES);
                kept.retain(|(count, _)| *count >= least);
                let others = kept.len() < all;
                let mut places: Vec<u32> = kept.into_iter().map(|(_, place)| place).collect();
                places.sort_unstable();
                Of::Words(places, others)
            }
        };
        Self { of, blank: blanks > 0 }
    }

    /// How many bins there are.
    pub(super) fn len(&self) -> usize {
        self.valued() + usize::from(self.blank)
    }

    /// How many bins there are besides that of blanks.
    pub(super) fn valued(&self) -> usize {
        match &self.of {
            Of::Ranges(bounds) => bounds.len() + 1,
            Of::Words(places, others) => places.len() + usize::from(*others),
        }
    }

    /// The bin of a row.
    pub(super) fn bin(&self, field: &Field, row: usize) -> Option<usize> {
        match (&self.of, &field.values) {
            (Of::Ranges(bounds), Values::Numbers { rows, .. }) => match rows.get(row).copied().flatten() {
                Some(value) => Some(bounds.partition_point(|bound| *bound <= value)),
                None => self.blank.then(|| self.valued()),
            },
            (Of::Words(places, others), Values::Words { rows, .. }) => match rows.get(row).copied().flatten() {
                Some(place) => match places.binary_search(&place) {
                    Ok(bin) => Some(bin),
                    Err(_) => others.then_some(places.len()),
                },
                None => self.blank.then(|| self.valued()),
            },
            _ => None,
        }
    }

    /// A bin in words.
    pub(super) fn words(&self, field: &Field, bin: usize) -> String {
        if bin >= self.valued() {
            return "blank".to_owned();
        }
        match (&self.of, &field.values) {
            (Of::Ranges(bounds), Values::Numbers { scale, .. }) => {
                let shown = |value: i64| shown(value, *scale);
                let below = bounds.get(bin).copied();
                let from = bin.checked_sub(1).and_then(|before| bounds.get(before)).copied();
                match (from, below) {
                    (None, None) => "any".to_owned(),
                    // The least there is, such as none of a count.
                    (None, Some(below)) if *scale == 1 && least(field) == Some(below - 1) => shown(below - 1),
                    (None, Some(below)) => format!("under {}", shown(below)),
                    (Some(from), None) => format!("{} or more", shown(from)),
                    (Some(from), Some(below)) if *scale == 1 && from == below - 1 => shown(from),
                    (Some(from), Some(below)) if *scale == 1 => format!("{} to {}", shown(from), shown(below - 1)),
                    (Some(from), Some(below)) => format!("{} to under {}", shown(from), shown(below)),
                }
            }
            (Of::Words(places, _), Values::Words { words, .. }) => match places.get(bin) {
                Some(place) => words.get(*place as usize).cloned().unwrap_or_default(),
                None => "all others".to_owned(),
            },
            _ => String::new(),
        }
    }
}

fn least(field: &Field) -> Option<i64> {
    match &field.values {
        Values::Numbers { rows, .. } => rows.iter().flatten().min().copied(),
        Values::Words { .. } => None,
    }
}

/// A number as the file has it.
fn shown(value: i64, scale: i64) -> String {
    if scale == 1 {
        return value.to_string();
    }
    let text = format!("{}{}.{:03}", if value < 0 { "-" } else { "" }, (value / scale).abs(), (value % scale).abs());
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Where ranges with as many values each begin, at round numbers.
fn bounds(known: &[i64]) -> Vec<i64> {
    let ranges = RANGES.min(known.len() / LEAST).max(1);
    let mut bounds = Vec::new();
    for quantile in 1..ranges {
        let Some(value) = (quantile * known.len()).div_ceil(ranges).checked_sub(1).and_then(|at| known.get(at)) else {
            continue;
        };
        let next = known.partition_point(|one| one <= value);
        // The values above must be enough for a range of their own.
        if let Some(next) = known.get(next).filter(|_| known.len() - next >= LEAST.min(known.len() / 20)) {
            // A round number nearby is worth a few rows on the other side, but no frequent value is.
            let (at, near) = (quantile * known.len() / ranges, known.len() / 60);
            let frequent = |value: i64| {
                known.partition_point(|one| *one <= value) - known.partition_point(|one| *one < value) > near / 2
            };
            let (low, high) = match frequent(*value) || frequent(*next) {
                true => (*value, *next),
                false => (
                    known.get(at.saturating_sub(near)).map_or(*value, |low| *low.min(value)),
                    known.get((at + near).min(known.len() - 1)).map_or(*next, |high| *high.max(next)),
                ),
            };
            let bound = roundest(low, high);
            if bounds.last().is_none_or(|last| *last < bound) {
                bounds.push(bound);
            }
        }
    }
    bounds
}

/// The roundest number above `low` and not above `high`: a multiple of the greatest of 1, 5, 10, 50, 100 … that has one there.
fn roundest(low: i64, high: i64) -> i64 {
    let (mut best, mut step, mut five) = (high, 1_i64, true);
    while let Some(next) = step.checked_mul(if five { 5 } else { 2 }) {
        let multiple = high.div_euclid(next) * next;
        if multiple <= low {
            // What has no multiple of five there may still have one of ten times as much, or nought.
            if next.unsigned_abs() > high.unsigned_abs().max(low.unsigned_abs()) {
                break;
            }
        } else {
            best = multiple;
        }
        (step, five) = (next, !five);
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_round_and_between() {
        assert_eq!(roundest(97, 103), 100);
        assert_eq!(roundest(2, 3), 3);
        assert_eq!(roundest(199, 200), 200);
        assert_eq!(roundest(4_321, 8_765), 5_000);
        assert_eq!(roundest(41, 48), 45);
        assert_eq!(roundest(-7, -3), -5);
        assert_eq!(roundest(-3, 0), 0);
        for (low, high) in [(0, 1), (5, 17), (99, 1_000), (123_456, 123_457), (-50, -49), (i64::MAX - 2, i64::MAX)] {
            let found = roundest(low, high);
            assert!(low < found && found <= high, "{low} {high} {found}");
        }
    }

    #[test]
    fn ranges_hold_as_many() {
        let known: Vec<i64> = (0..1200).collect();
        assert_eq!(bounds(&known), [100, 200, 300, 400, 500, 600, 700, 800, 900, 1000, 1100]);
        let zeros: Vec<i64> = [vec![0; 950], (1..=50).collect()].concat();
        assert_eq!(bounds(&zeros), [1], "nearly all are one value");
        assert!(bounds(&[7; 50]).is_empty() && bounds(&[]).is_empty());
    }
}
