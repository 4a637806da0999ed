//! Folded words, and which of the contract's things each stands for.
//!
//! Input: words, folded, with a place. Output: the place of a word. Invariant: the first place that a word is given
//! stays. A hash table, since several are asked for every lead and most texts are not there.

use crate::normal::fold;
use crate::normal::lines::hash;

#[derive(Clone, Debug)]
pub(crate) struct Words {
    words: Vec<(Box<str>, u16)>,
    /// One more than a place in `words`; 0 is nowhere. Their number is a power of two.
    slots: Vec<u32>,
}

impl Words {
    pub(crate) const fn new() -> Self {
        Self { words: Vec::new(), slots: Vec::new() }
    }

    /// The place of a word.
    pub(crate) fn get(&self, word: &str) -> Option<u16> {
        self.find(word).ok()
    }

    /// The place of a text: of the word that it is folded, unless it was entered as it stands.
    pub(crate) fn get_folded(&self, text: &str) -> Option<u16> {
        self.get(text).or_else(|| self.get(&fold::fold(text)))
    }

    /// Gives a text a place by its folded form, if that has none yet, and enters it as it stands besides, which saves
    /// folding it again; the place it has.
    pub(crate) fn insert_both(&mut self, text: &str, place: u16) -> u16 {
        let place = self.insert(&fold::fold(text), place);
        self.insert(text, place)
    }

    /// Gives a word a place, if it has none yet; the place it has.
    pub(crate) fn insert(&mut self, word: &str, place: u16) -> u16 {
        if let Some(place) = self.get(word) {
            return place;
        }
        self.words.push((word.into(), place));
        if self.words.len() * 2 > self.slots.len() {
            self.slots = vec![0; (self.words.len() * 4).next_power_of_two()];
            for at in 0..self.words.len() {
                self.enter(at);
            }
        } else {
            self.enter(self.words.len() - 1);
        }
        place
    }

    fn enter(&mut self, at: usize) {
        let (Some((word, _)), Ok(number)) = (self.words.get(at), u32::try_from(at + 1)) else { return };
        if let Err(slot) = self.find(word)
            && let Some(slot) = self.slots.get_mut(slot)
        {
            *slot = number;
        }
    }

    /// The place of a word, else the slot that is free for it.
    fn find(&self, word: &str) -> Result<u16, usize> {
        let last = self.slots.len().wrapping_sub(1);
        let mut slot = hash(0, word.as_bytes()) & last;
        loop {
            let at = self.slots.get(slot).map_or(0, |number| *number as usize);
            match self.words.get(at.wrapping_sub(1)) {
                None => return Err(slot),
                Some((known, place)) if **known == *word => return Ok(*place),
                Some(_) => slot = (slot + 1) & last,
            }
        }
    }
}

impl<'w> FromIterator<(&'w str, u16)> for Words {
    fn from_iter<I: IntoIterator<Item = (&'w str, u16)>>(words: I) -> Self {
        let mut all = Self::new();
        for (word, place) in words {
            all.insert(word, place);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_word_is_found_under_its_first_place(words in proptest::collection::vec(("[a-c]{0,3}", 0_u16..9), 0..60)) {
            let all: Words = words.iter().map(|(word, place)| (word.as_str(), *place)).collect();
            let mut first = BTreeMap::new();
            for (word, place) in &words {
                first.entry(word.as_str()).or_insert(*place);
            }
            for word in ["", "a", "ab", "abc", "ccc", "d"].into_iter().chain(first.keys().copied()) {
                prop_assert_eq!(all.get(word), first.get(word).copied(), "{}", word);
            }
        }
    }
}
