//! Shares with what may be said of them: intervals, tests, rounding; whole numbers alone.
//!
//! Input: how often something held, of how many. Output: the share in ten-thousandths and the interval in which it lies with
//! 95 in 100, its lower end rounded down and its upper end up. Invariant: nothing of nothing has no share.
//! Source: E. B. Wilson, *Probable inference, the law of succession, and statistical inference* (1927), for shares; the score
//! interval of a Poisson count, as in L. Barker, *A comparison of nine confidence intervals for a Poisson parameter when the
//! expected number of events is ≤ 5* (2002), for events that are not drawn from what they are set against.

use serde::{Deserialize, Serialize};

use crate::json::Decode;

/// A share or a rate is written in ten-thousandths: 8730 is 87.3 %, or 873 per 1,000.
pub const WHOLE: u32 = 10_000;

/// Of fewer than these nothing is concluded.
pub const FEW: u64 = 30;

/// 1.959964, the 97.5th percentile of the normal distribution, and its square, in millionths.
const Z: u128 = 1_959_964;
const Z2: u128 = 3_841_459;
const MILLION: u128 = 1_000_000;

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Share {
    /// Those that count.
    pub hits: u64,
    /// All.
    pub of: u64,
}

/// From where to where something lies, in ten-thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Interval {
    /// From, rounded down.
    pub low: u32,
    /// To, rounded up.
    pub high: u32,
}

impl Share {
    /// Counts one.
    pub const fn add(&mut self, hit: bool) {
        self.hits += hit as u64;
        self.of += 1;
    }

    /// Adds another.
    pub const fn join(&mut self, other: Self) {
        self.hits += other.hits;
        self.of += other.of;
    }

    /// In ten-thousandths, halves rounded up; none of nothing.
    #[must_use]
    pub fn value(self) -> Option<u32> {
        if self.of == 0 {
            return None;
        }
        let (hits, of) = (u128::from(self.hits), u128::from(self.of));
        Some(narrow((2 * hits * u128::from(WHOLE) + of) / (2 * of)))
    }

    /// Wilson's interval; none of nothing, or where more are counted than there are.
    ///
    /// ```
    /// use interlock_core::audit::metrics::{Interval, Share};
    /// // Eight of ten: 49.02 % to 94.33 %.
    /// assert_eq!(Share { hits: 8, of: 10 }.wilson(), Some(Interval { low: 4901, high: 9434 }));
    /// ```
    #[must_use]
    pub fn wilson(self) -> Option<Interval> {
        if self.of == 0 || self.hits > self.of {
            return None;
        }
        let (x, n) = (u128::from(self.hits), u128::from(self.of));
        // √(x(n−x)/n + z²/4), in millionths.
        let square = x * (n - x) * MILLION * MILLION / n + Z2 * MILLION / 4;
        let over = root(square);
        let centre = x * MILLION + Z2 / 2;
        let all = n * MILLION + Z2;
        let whole = u128::from(WHOLE);
        let low = centre.saturating_sub((Z * over).div_ceil(MILLION)) * whole / all;
        let high = ((centre + (Z * over).div_ceil(MILLION)) * whole).div_ceil(all);
        // Of none nothing can be subtracted, of all nothing added: the formula says so, rounding must not say otherwise.
        let low = if x == 0 { 0 } else { low };
        let high = if x == n { whole } else { high.min(whole) };
        Some(Interval { low: narrow(low), high: narrow(high) })
    }

    /// The score interval of a count of events set against something they are not drawn from: rollbacks of this week
    /// against changes of this week.
    ///
    /// ```
    /// use interlock_core::audit::metrics::{Interval, Share};
    /// // Ten events: between 5.4 and 18.4; against 1,000 that is 5.4 to 18.4 per 1,000.
    /// assert_eq!(Share { hits: 10, of: 1000 }.poisson(), Some(Interval { low: 54, high: 185 }));
    /// ```
    #[must_use]
    pub fn poisson(self) -> Option<Interval> {
        if self.of == 0 {
            return None;
        }
        let (x, n, whole) = (u128::from(self.hits), u128::from(self.of), u128::from(WHOLE));
        // x + z²/2 ± z·√(x + z²/4)
        let over = root(x * MILLION * MILLION + Z2 * MILLION / 4);
        let centre = x * MILLION + Z2 / 2;
        let half = (Z * over).div_ceil(MILLION);
        let low = if x == 0 { 0 } else { centre.saturating_sub(half) * whole / (n * MILLION) };
        Some(Interval { low: narrow(low), high: narrow(((centre + half) * whole).div_ceil(n * MILLION)) })
    }

    /// Whether it is too small to conclude anything from.
    #[must_use]
    pub const fn is_few(self) -> bool {
        self.of < FEW
    }
}

/// Whether the later share is worse than the earlier one by more than chance explains: the test of two proportions with
/// pooled variance, one-sided, at 5 in 100.
///
/// It compares (x₁n₂ − x₂n₁)²·N with z²·X(N−X)·n₁n₂, which is the same without a division.
///
/// ```
/// use interlock_core::audit::metrics::{Share, is_worse};
/// assert!(is_worse(Share { hits: 95, of: 100 }, Share { hits: 80, of: 100 }));
/// assert!(!is_worse(Share { hits: 95, of: 100 }, Share { hits: 92, of: 100 }));
/// assert!(!is_worse(Share { hits: 80, of: 100 }, Share { hits: 95, of: 100 }));
/// ```
#[must_use]
pub fn is_worse(earlier: Share, later: Share) -> bool {
    /// 1.644854², in millionths.
    const ONE_SIDED: u128 = 2_705_543;
    // Products of six counts are to stay within 128 bits: of millions the last binary digits say nothing.
    let most = earlier.of.max(later.of);
    let less = (u64::BITS - most.leading_zeros()).saturating_sub(20);
    let [x1, n1, x2, n2] = [earlier.hits, earlier.of, later.hits, later.of].map(|count| u128::from(count >> less));
    let (one, other) = (x1 * n2, x2 * n1);
    if one <= other {
        return false;
    }
    let (x, n) = (x1 + x2, n1 + n2);
    let left = (one - other) * (one - other) * n * MILLION;
    let right = ONE_SIDED * x * n.saturating_sub(x) * n1 * n2;
    left > right
}

/// The whole root above.
const fn root(square: u128) -> u128 {
    let under = square.isqrt();
    if under * under < square { under + 1 } else { under }
}

fn narrow(value: u128) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// A share in words: `87.3 %`.
#[must_use]
pub fn percent(ten_thousandths: u32) -> String {
    let tenths = (ten_thousandths + 5) / 10;
    format!("{}.{} %", tenths / 10, tenths % 10)
}

/// A rate in words: `12.3`, of a thousand.
#[must_use]
pub fn per_thousand(ten_thousandths: u32) -> String {
    format!("{}.{}", ten_thousandths / 10, ten_thousandths % 10)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::float_arithmetic, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    use super::*;

    fn share(hits: u64, of: u64) -> Share {
        Share { hits, of }
    }

    #[test]
    fn intervals_of_the_literature() {
        // R. G. Newcombe, Two-sided confidence intervals for the single proportion (1998), table I, method 3.
        for (hits, of, low, high) in
            [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
        {
            let found = share(hits, of).wilson().unwrap();
            let near = |value: u32, wanted: f64| (f64::from(value) / 10_000.0 - wanted).abs() < 0.000_16;
            assert!(near(found.low, low) && near(found.high, high), "{hits}/{of}: {found:?}");
        }
    }

    #[test]
    fn intervals_are_what_floats_say() {
        let z = 1.959_963_984_540_054_f64;
        for of in [1, 2, 7, 50, 999, 123_456, 10_000_000] {
            for hits in [0, 1, of / 3, of / 2, of - 1, of] {
                let (x, n) = (hits as f64, of as f64);
                let root = z * (x * (n - x) / n + z * z / 4.0).sqrt();
                let ends = [(x + z * z / 2.0 - root) / (n + z * z), (x + z * z / 2.0 + root) / (n + z * z)];
                let found = share(hits, of).wilson().unwrap();
                let (low, high) = ((ends[0] * 1e4).max(0.0), (ends[1] * 1e4).min(1e4));
                assert!(
                    (f64::from(found.low) - low).abs() < 1.001 && f64::from(found.low) <= low + 1e-6,
                    "{hits}/{of}"
                );
                assert!((f64::from(found.high) - high).abs() < 1.001 && f64::from(found.high) >= high - 1e-6);
            }
        }
    }

    #[test]
    fn nothing_has_no_share_and_all_of_few_is_not_certain() {
        assert_eq!((share(0, 0).value(), share(0, 0).wilson(), share(0, 0).poisson()), (None, None, None));
        assert_eq!(share(3, 3).wilson(), Some(Interval { low: 4385, high: 10_000 }));
        assert_eq!(share(0, 3).wilson(), Some(Interval { low: 0, high: 5615 }));
        assert_eq!(share(1, 3).value(), Some(3333));
        assert_eq!(share(1, 20_000).value(), Some(1));
        assert_eq!(share(5, 3).wilson(), None);
        assert_eq!(
            (percent(8725), percent(9999), per_thousand(123)),
            ("87.3 %".into(), "100.0 %".into(), "12.3".into())
        );
    }

    #[test]
    fn the_largest_counts_do_not_overflow() {
        let many = 1 << 40;
        assert!(share(many / 2, many).wilson().is_some());
        assert!(is_worse(share(many, many), share(0, many)));
    }
}
