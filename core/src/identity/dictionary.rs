//! Texts by number: each text of a column is kept once, with how often it stands there.
//!
//! Input: texts in any order. Output: a number from 1 on for each distinct text, 0 for the empty one. Invariant: equal
//! texts have equal numbers; a text costs its own length and at most twenty bytes more.

/// Distinct texts and how often each was added.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dictionary {
    texts: String,
    /// Where each text ends; the first is the empty text.
    ends: Vec<u32>,
    counts: Vec<u32>,
    /// Numbers by hash, open addressing; 0 is free. Its length is a power of two.
    slots: Vec<u32>,
    /// How many texts were added, repeated ones too.
    total: u32,
    /// The sum of the squares of the counts, worked out when the column is complete.
    squares: u64,
}

impl Dictionary {
    /// Adds a text. Returns its number.
    pub(crate) fn add(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            return 0;
        }
        if self.slots.is_empty() {
            self.ends.push(0);
            self.counts.push(0);
            self.slots.resize(16, 0);
        }
        self.total = self.total.saturating_add(1);
        let slot = self.slot(text);
        let known = self.slots[slot];
        if known != 0 {
            self.counts[known as usize] += 1;
            return known;
        }
        let number = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        self.texts.push_str(text);
        self.ends.push(u32::try_from(self.texts.len()).unwrap_or(u32::MAX));
        self.counts.push(1);
        self.slots[slot] = number;
        if self.ends.len() * 4 > self.slots.len() * 3 {
            self.grow();
        }
        number
    }

    /// No more texts will come: gives back spare room.
    pub(crate) fn complete(&mut self) {
        self.texts.shrink_to_fit();
        self.ends.shrink_to_fit();
        self.counts.shrink_to_fit();
        self.squares = self.counts.iter().map(|count| u64::from(*count) * u64::from(*count)).sum();
    }

    /// The number of a text; 0 when it was never added.
    pub(crate) fn number(&self, text: &str) -> u32 {
        if self.slots.is_empty() || text.is_empty() { 0 } else { self.slots[self.slot(text)] }
    }

    /// The text of a number.
    pub(crate) fn text(&self, number: u32) -> &str {
        let place = number as usize;
        if place == 0 || place >= self.ends.len() {
            return "";
        }
        &self.texts[self.ends[place - 1] as usize..self.ends[place] as usize]
    }

    /// How many distinct texts there are beside the empty one: the highest number.
    pub(crate) fn distinct(&self) -> u32 {
        u32::try_from(self.ends.len().saturating_sub(1)).unwrap_or(u32::MAX)
    }

    /// The text of a number, for comparing: where it begins and ends needs no look at its letters.
    fn bytes_of(&self, number: u32) -> &[u8] {
        let place = number as usize;
        &self.texts.as_bytes()[self.ends[place - 1] as usize..self.ends[place] as usize]
    }

    /// How often a text was added.
    pub(crate) fn count(&self, number: u32) -> u32 {
        self.counts.get(number as usize).copied().unwrap_or(0)
    }

    /// How many texts were added, repeated ones too.
    pub(crate) const fn total(&self) -> u32 {
        self.total
    }

    /// The sum of the squares of the counts.
    pub(crate) const fn squares(&self) -> u64 {
        self.squares
    }

    /// What it takes in memory, in bytes.
    pub(crate) const fn bytes(&self) -> usize {
        self.texts.capacity() + 4 * (self.ends.capacity() + self.counts.capacity() + self.slots.capacity())
    }

    /// Where a text is, or where it would be.
    fn slot(&self, text: &str) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = low(hash(text)) & mask;
        loop {
            let number = self.slots[slot];
            if number == 0 || self.bytes_of(number) == text.as_bytes() {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
    }

    fn grow(&mut self) {
        let size = self.slots.len() * 2;
        self.slots.clear();
        self.slots.resize(size, 0);
        for number in 1..self.ends.len() {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            let mut slot = low(hash(self.text(number))) & (size - 1);
            while self.slots[slot] != 0 {
                slot = (slot + 1) & (size - 1);
            }
            self.slots[slot] = number;
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the low bits of a hash are as good as all")]
const fn low(hash: u64) -> usize {
    hash as usize
}

/// A hash that is the same everywhere: eight bytes at a time, multiplied to 128 bits and folded, as wyhash does.
pub(crate) fn hash(text: &str) -> u64 {
    let mut state = 0x9e37_79b9_7f4a_7c15 ^ text.len() as u64;
    for chunk in text.as_bytes().chunks(8) {
        let mut word = [0_u8; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        state = mix(state ^ u64::from_le_bytes(word), 0xa076_1d64_78bd_642f);
    }
    mix(state, 0xe703_7ed1_a0b4_28db)
}

/// Two words into one.
#[expect(clippy::cast_possible_truncation, reason = "both halves are taken")]
pub(crate) const fn mix(a: u64, b: u64) -> u64 {
    let product = (a as u128).wrapping_mul(b as u128);
    (product as u64) ^ ((product >> 64) as u64)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_text_is_kept_once_and_counted(texts in proptest::collection::vec(".{0,3}", 0..300)) {
            let mut ours = Dictionary::default();
            let mut counts = BTreeMap::new();
            for text in &texts {
                let number = ours.add(text);
                prop_assert_eq!(ours.text(number), text);
                if !text.is_empty() {
                    *counts.entry(text.clone()).or_insert(0) += 1;
                }
            }
            ours.complete();
            prop_assert_eq!(ours.ends.len().saturating_sub(1), counts.len());
            prop_assert_eq!(ours.number("never added"), 0);
            for (text, count) in &counts {
                prop_assert_eq!(ours.count(ours.number(text)), *count);
            }
            prop_assert_eq!(ours.squares(), counts.values().map(|count| u64::from(count * count)).sum::<u64>());
        }
    }
}
