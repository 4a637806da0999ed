//! A small pseudo-random generator, the same on every platform.
//!
//! SplitMix64 (G. L. Steele, D. Lea and C. H. Flood, *Fast Splittable Pseudorandom Number Generators*, 2014). Every
//! record draws from its own stream, so that a change to one kind of record leaves the others as they are.

const SEED: u64 = 0x1A2E_7F01_D00D_2026;
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// A stream of numbers.
pub(crate) struct Random(u64);

impl Random {
    /// The stream of one record: `topic` says what sort of record, `index` which one.
    pub(crate) fn of(topic: &str, index: usize) -> Self {
        // FNV-1a spreads the topics over the seeds.
        let topic = topic
            .bytes()
            .fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3));
        let mut stream = Self(SEED ^ topic ^ (index as u64).wrapping_mul(GOLDEN));
        stream.next();
        stream
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GOLDEN);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `end`; 0 when `end` is 0.
    pub(crate) fn below(&mut self, end: u32) -> u32 {
        // The upper half of a product of two 32-bit numbers is below the second.
        u32::try_from(((self.next() >> 32) * u64::from(end)) >> 32).unwrap_or(0)
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: u32, high: u32) -> u32 {
        low + self.below(high.saturating_sub(low) + 1)
    }

    /// True in so many cases of a hundred.
    pub(crate) fn percent(&mut self, share: u32) -> bool {
        self.below(100) < share
    }

    /// A position below `end`; 0 when `end` is 0.
    pub(crate) fn index(&mut self, end: usize) -> usize {
        usize::try_from(self.below(u32::try_from(end).unwrap_or(u32::MAX))).unwrap_or(0)
    }

    /// One of several, each as likely. The list must not be empty.
    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.index(from.len())]
    }

    /// One of several, each as likely as its weight. The list must not be empty.
    pub(crate) fn weighted<'a, T>(&mut self, from: &'a [T], weight: impl Fn(&T) -> u32) -> &'a T {
        let mut left = self.below(from.iter().map(&weight).sum());
        for item in from {
            match left.checked_sub(weight(item)) {
                None => return item,
                Some(rest) => left = rest,
            }
        }
        &from[from.len() - 1]
    }
}
