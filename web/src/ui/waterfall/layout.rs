//! Where the bars of a waterfall stand.
//!
//! Input: the sums on the way and the thresholds. Output: an axis that holds all of them and nought.
//! Invariant: places are between 0 % and 100 %, and rise with the weight.

use interlock_core::identity::Waterfall;

/// An axis of bits or points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Axis {
    low: i32,
    high: i32,
    /// What is written as one: a thousand thousandths of a bit, one point.
    unit: i32,
}

/// The axis of a waterfall.
pub(super) fn axis(of: &Waterfall, lines: &[i32]) -> Axis {
    let mut sums = vec![0, of.prior.0, of.total.0];
    let mut sum = of.prior.0;
    for step in of.steps.iter().map(|step| step.weight).chain(of.exchanged) {
        sum += step.0;
        sums.push(sum);
    }
    sums.extend(lines);
    Axis::over(&sums, 1000)
}

impl Axis {
    /// One that holds all of these and nought.
    pub(crate) fn over(sums: &[i32], unit: i32) -> Self {
        let low = sums.iter().copied().min().unwrap_or_default().min(0);
        let high = sums.iter().copied().max().unwrap_or_default().max(0);
        // A little air at both ends.
        let air = ((high - low) / 40).max(unit / 10).max(1);
        Self { low: low - air, high: high + air, unit }
    }

    /// How a tick is written.
    pub(super) fn text(&self, tick: i32) -> String {
        (tick / self.unit).to_string().replace('-', "−")
    }

    /// Where a weight stands, as a length of CSS.
    pub(super) fn place(&self, weight: i32) -> String {
        self.share(i64::from(weight) - i64::from(self.low))
    }

    /// How long it is from one weight to another.
    pub(super) fn width(&self, from: i32, to: i32) -> String {
        self.share(i64::from(to) - i64::from(from))
    }

    fn share(&self, part: i64) -> String {
        let whole = i64::from(self.high) - i64::from(self.low);
        let share = (part * 10_000 / whole.max(1)).clamp(0, 10_000);
        format!("{}.{:02}%", share / 100, share % 100)
    }

    /// The weights that are written at the axis: three to six round ones.
    pub(super) fn ticks(&self) -> impl Iterator<Item = i32> + use<> {
        let span = self.high - self.low;
        let step =
            [1, 2, 5, 10, 20, 50, 100, 200].into_iter().map(|ones| ones * self.unit).find(|step| span / step <= 5);
        let step = step.unwrap_or(span.max(1));
        let (first, high) = (self.low.div_euclid(step) + 1, self.high);
        (first..).map(move |count| count * step).take_while(move |tick| *tick <= high)
    }
}

#[cfg(test)]
mod tests {
    use interlock_core::identity::Waterfall;
    use serde_json::json;

    use super::axis;

    fn waterfall(steps: &[i32]) -> Waterfall {
        let total = -14_000 + steps.iter().sum::<i32>();
        let steps: Vec<_> = steps
            .iter()
            .map(|weight| json!({"of": "surname", "is": "same", "weight": weight, "ours": "a", "theirs": "a"}))
            .collect();
        serde_json::from_value(json!({"prior": -14_000, "steps": steps, "total": total, "probability": 990})).unwrap()
    }

    fn number(length: &str) -> f64 {
        length.trim_end_matches('%').parse().unwrap()
    }

    #[test]
    fn everything_is_on_the_axis_in_order() {
        for steps in [&[7_000, 9_000, -3_000, 15_000][..], &[-4_000, -4_500, -3_000], &[], &[200_000, -200_000]] {
            let axis = axis(&waterfall(steps), &[0, 4_248]);
            let mut sum = -14_000;
            let mut places = vec![(0, axis.place(0)), (4_248, axis.place(4_248)), (sum, axis.place(sum))];
            for step in steps {
                sum += step;
                places.push((sum, axis.place(sum)));
            }
            places.sort_by_key(|(weight, _)| *weight);
            assert!(places.windows(2).all(|pair| number(&pair[0].1) <= number(&pair[1].1)), "{places:?}");
            assert!(places.iter().all(|(_, place)| (0.5..=99.5).contains(&number(place))), "{places:?}");
            let ticks: Vec<i32> = axis.ticks().collect();
            assert!((2..=6).contains(&ticks.len()), "{ticks:?}");
            assert!(ticks.contains(&0), "{ticks:?}");
        }
    }
}
