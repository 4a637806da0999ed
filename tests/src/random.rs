//! Numbers that look random and are the same in every run.
//!
//! Input: a seed. Output: numbers. Source: `SplitMix64` (Steele, Lea and Flood, *Fast splittable pseudorandom number
//! generators*, 2014).

/// A stream of numbers.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// The stream of a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below another; 0 below 0.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(((self.next() >> 32) * end as u64) >> 32).unwrap_or(0)
    }

    /// As [`Random::below`], low numbers far more often than high ones.
    pub fn skewed(&mut self, end: usize) -> usize {
        let (a, b) = (self.below(end) + 1, self.below(end) + 1);
        (a * b / end).min(end - 1)
    }

    /// One of several.
    pub fn of<'t, T>(&mut self, several: &'t [T]) -> &'t T {
        &several[self.below(several.len())]
    }
}
