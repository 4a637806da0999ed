//! Logarithms and probabilities in integers, so that every platform weighs the same.
//!
//! Input: counts, or a match weight in thousandths of a bit. Output: log2 in thousandths of a bit, or a probability per
//! mille. Invariant: both rise with their input and never leave their range.

use crate::scale::{Confidence, MatchWeight};

/// How many binary digits of the fraction are worked out.
const DIGITS: u32 = 14;

/// log2 of a number in thousandths of a bit, rounded down to the nearest 1/16384; nought counts as one.
#[must_use]
pub fn log2(number: u64) -> i32 {
    let number = number.max(1);
    let whole = number.ilog2();
    // The number as 1.x with 31 digits after the point; each squaring gives the next digit of the logarithm.
    let mut x = if whole > 31 { number >> (whole - 31) } else { number << (31 - whole) };
    let mut fraction = 0_u32;
    for _ in 0..DIGITS {
        x = (x * x) >> 31;
        fraction <<= 1;
        if x >> 32 != 0 {
            x >>= 1;
            fraction |= 1;
        }
    }
    let thousandths = (((whole << DIGITS) | fraction) * 125) >> (DIGITS - 3);
    i32::try_from(thousandths).unwrap_or(i32::MAX)
}

/// log2 of a ratio in thousandths of a bit.
#[must_use]
pub fn ratio(above: u64, below: u64) -> i32 {
    log2(above) - log2(below)
}

/// 2^(2^-n) for n from 1 on, with 30 digits after the point.
const ROOTS: [u64; 10] = [
    1_518_500_250,
    1_276_901_417,
    1_170_923_762,
    1_121_280_436,
    1_097_253_708,
    1_085_434_106,
    1_079_572_136,
    1_076_653_033,
    1_075_196_443,
    1_074_468_888,
];

/// The probability that a pair of this total weight is the same, rounded to per mille: 2^w / (1 + 2^w).
#[must_use]
pub fn probability(weight: MatchWeight) -> Confidence {
    let distance = weight.0.unsigned_abs().min(16 * 1000);
    // 2^distance with 30 digits after the point.
    let fraction = (distance % 1000) * 1024 / 1000;
    let mut odds = 1_u64 << 30;
    for (root, digit) in ROOTS.iter().zip((0..10).rev()) {
        if fraction >> digit & 1 == 1 {
            odds = (odds * root) >> 30;
        }
    }
    odds <<= distance / 1000;
    let one = 1_u64 << 30;
    let likelier = (odds * 1000 + (odds + one) / 2) / (odds + one);
    let per_mille = if weight.0 < 0 { 1000 - likelier } else { likelier };
    u16::try_from(per_mille).ok().and_then(Confidence::per_mille).unwrap_or(Confidence::FULL)
}

/// The least weight whose [`probability`] is at least this.
#[must_use]
pub fn weight_of(probability_wanted: Confidence) -> MatchWeight {
    let (mut low, mut high) = (-16_001, 16_001);
    while high - low > 1 {
        let middle = (low + high) / 2;
        if probability(MatchWeight(middle)) >= probability_wanted {
            high = middle;
        } else {
            low = middle;
        }
    }
    MatchWeight(high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agree_with_floating_point() {
        for number in (1..5000).chain([1 << 20, 123_456_789, u64::from(u32::MAX), u64::MAX, u64::MAX / 3]) {
            let exact = (number as f64).log2() * 1000.0;
            assert!((f64::from(log2(number)) - exact).abs() < 1.2, "{number}: {} for {exact}", log2(number));
        }
        for weight in -17_000..17_000 {
            let odds = (f64::from(weight) / 1000.0).exp2();
            let exact = odds / (1.0 + odds) * 1000.0;
            let ours = f64::from(probability(MatchWeight(weight)).get());
            assert!((ours - exact).abs() < 0.76, "{weight}: {ours} for {exact}");
        }
        assert!(weight_of(Confidence::per_mille(500).unwrap()).0.abs() < 5);
        let at = |per_mille| weight_of(Confidence::per_mille(per_mille).unwrap()).0;
        assert!((4200..4260).contains(&at(950)), "{}", at(950));
        assert!(at(1000) <= 16_001 && at(0) >= -16_001);
    }

    #[test]
    fn rise_with_their_input() {
        assert!((1..3000).all(|number| log2(number) <= log2(number + 1)));
        assert!((-16_500..16_500).all(|w| probability(MatchWeight(w)) <= probability(MatchWeight(w + 1))));
    }
}
