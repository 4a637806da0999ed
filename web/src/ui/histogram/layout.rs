//! Where the bars, bands and ticks of a histogram go, in percent of the plot.
//!
//! Input: a distribution. Output: positions. Invariant: bars are as high as their counts, on one scale for before and
//! after.
#![allow(clippy::float_arithmetic, reason = "pixels, never hashed")]

use interlock_core::preview::view::{BandCount, Bucket};

/// One range's two bars.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Bars {
    pub(crate) left: f64,
    pub(crate) width: f64,
    pub(crate) before: f64,
    pub(crate) after: f64,
}

/// A line where a band begins.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Threshold {
    pub(crate) band: String,
    pub(crate) at: i32,
    pub(crate) left: f64,
    /// It is the baseline's and has moved.
    pub(crate) old: bool,
}

/// A place on an axis with its figure.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tick {
    pub(crate) at: f64,
    pub(crate) value: i64,
}

/// The bars of all ranges.
pub(crate) fn bars(buckets: &[Bucket]) -> Vec<Bars> {
    let most = top(buckets);
    let count = u32::try_from(buckets.len().max(1)).map_or(1.0, f64::from);
    let width = 100.0 / count;
    let high = |leads: u32| 100.0 * f64::from(leads) / most;
    buckets
        .iter()
        .scan(0.0, |left, bucket| {
            let bars = Bars { left: *left, width, before: high(bucket.before), after: high(bucket.after) };
            *left += width;
            Some(bars)
        })
        .collect()
}

/// What the full height stands for: the largest count, rounded up to a whole step.
fn top(buckets: &[Bucket]) -> f64 {
    let most = buckets.iter().flat_map(|bucket| [bucket.before, bucket.after]).max().unwrap_or_default();
    let step = step(i64::from(most), 4);
    let most = i64::from(most).max(1);
    #[expect(clippy::cast_precision_loss, reason = "counts of leads")]
    let top = (((most + step - 1) / step) * step) as f64;
    top
}

/// A round step (1, 2 or 5 times a power of ten) that divides `most` into about `parts`.
pub(crate) fn step(most: i64, parts: i64) -> i64 {
    let mut unit = 1;
    loop {
        for step in [unit, 2 * unit, 5 * unit] {
            if step * parts >= most {
                return step;
            }
        }
        unit *= 10;
    }
}

/// The ticks of the counts, from the bottom.
pub(crate) fn count_ticks(buckets: &[Bucket]) -> Vec<Tick> {
    let top = top(buckets);
    #[expect(clippy::cast_possible_truncation, reason = "a whole number of leads")]
    let most = top as i64;
    let step = step(most, 4);
    (0..=most / step)
        .map(|n| {
            let value = n * step;
            #[expect(clippy::cast_precision_loss, reason = "counts of leads")]
            let at = 100.0 * value as f64 / top;
            Tick { at, value }
        })
        .collect()
}

/// Where a score stands between the first value and the one after the last.
fn along(buckets: &[Bucket], value: i32) -> Option<f64> {
    let (first, last) = (buckets.first()?.from, buckets.last()?.to);
    let width = f64::from(last) + 1.0 - f64::from(first);
    let at = 100.0 * (f64::from(value) - f64::from(first)) / width;
    (0.0..=100.0).contains(&at).then_some(at)
}

/// The ticks of the scores.
pub(crate) fn score_ticks(buckets: &[Bucket]) -> Vec<Tick> {
    let (Some(first), Some(last)) = (buckets.first(), buckets.last()) else {
        return Vec::new();
    };
    let step = step(i64::from(last.to) - i64::from(first.from), 5);
    let start = i64::from(first.from).div_euclid(step) * step;
    (0..)
        .map(|n| start + n * step)
        .take_while(|value| *value <= i64::from(last.to) + 1)
        .filter_map(|value| {
            let at = along(buckets, i32::try_from(value).ok()?)?;
            Some(Tick { at, value })
        })
        .collect()
}

/// Where bands begin, after and, where it differs, before.
pub(crate) fn thresholds(buckets: &[Bucket], bands: &[BandCount]) -> Vec<Threshold> {
    bands
        .iter()
        .flat_map(|band| {
            let old = band.at_least_before.filter(|_| band.at_least_before != band.at_least_after);
            [(old, true), (band.at_least_after, false)].into_iter().filter_map(|(at, old)| {
                let at = at?;
                Some(Threshold { band: band.band.clone(), at, left: along(buckets, at)?, old })
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use interlock_core::preview::view::{BandCount, Bucket};

    use super::{bars, count_ticks, score_ticks, step, thresholds};

    fn buckets() -> Vec<Bucket> {
        (0..10).map(|n| Bucket { from: n * 10, to: n * 10 + 9, before: 7, after: (n * n).cast_unsigned() }).collect()
    }

    #[test]
    fn steps_are_round() {
        let steps = [0, 3, 4, 5, 9, 81, 1_234, 20_000].map(|most| step(most, 4));
        assert_eq!(steps, [1, 1, 1, 2, 5, 50, 500, 5_000]);
    }

    #[test]
    fn bars_share_one_scale() {
        let bars = bars(&buckets());
        assert_eq!(bars.len(), 10);
        assert!((bars[9].after - 81.0).abs() < 1e-9, "81 of 100");
        assert!((bars[9].left + bars[9].width - 100.0).abs() < 1e-9);
        let ticks: Vec<i64> = count_ticks(&buckets()).iter().map(|tick| tick.value).collect();
        assert_eq!(ticks, [0, 50, 100]);
    }

    #[test]
    fn ticks_and_thresholds_stand_where_their_scores_are() {
        let ticks: Vec<(i64, f64)> = score_ticks(&buckets()).iter().map(|tick| (tick.value, tick.at)).collect();
        assert_eq!(ticks.first(), Some(&(0, 0.0)));
        assert_eq!(ticks.last(), Some(&(100, 100.0)));
        let band = |before, after| BandCount {
            band: "hot".to_owned(),
            before: 0,
            after: 0,
            at_least_before: before,
            at_least_after: after,
        };
        let found = thresholds(&buckets(), &[band(Some(70), Some(60))]);
        let found: Vec<_> = found.iter().map(|line| (line.at, line.left, line.old)).collect();
        assert_eq!(found, [(70, 70.0, true), (60, 60.0, false)]);
        assert_eq!(thresholds(&buckets(), &[band(Some(70), Some(70))]).len(), 1);
        assert_eq!(thresholds(&buckets(), &[band(None, Some(500))]).len(), 0);
    }

    #[test]
    fn no_data_draws_nothing() {
        assert!(bars(&[]).is_empty());
        assert!(score_ticks(&[]).is_empty());
    }
}
