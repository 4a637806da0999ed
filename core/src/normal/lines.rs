//! Tables as text: one entry a line, sorted by bytes, `key` or `key=value`.
//!
//! *Input*: a key in normal form. *Output*: whether it is there, and its value. *Invariant*: the lines are sorted and each key is
//! there once; [`Lines::check`] says so in the tests of each table.
//!
//! A text compresses better than a list of string slices, which costs eight bytes an entry in wasm, and its changes can be
//! read. It is indexed once, at the first question: reading a lead asks many times.

use std::sync::OnceLock;

use crate::tables::Table;

pub(crate) struct Lines {
    table: Table,
    /// A hash table of where lines begin, one more than that; 0 is nowhere. Its size is a power of two.
    index: OnceLock<Vec<u16>>,
}

impl Lines {
    pub(crate) const fn new(table: Table) -> Self {
        Self { table, index: OnceLock::new() }
    }

    pub(crate) fn text(&self) -> &'static str {
        self.table.text()
    }

    /// The value of `key`, `""` where the line has none.
    pub(crate) fn get(&self, key: &str) -> Option<&'static str> {
        let rest = self.after(key)?;
        let end = rest.bytes().position(|b| b == b'\n').unwrap_or(rest.len());
        Some(rest.get(1..end).unwrap_or_default())
    }

    pub(crate) fn contains(&self, key: &str) -> bool {
        self.after(key).is_some()
    }

    /// What stands behind `key`.
    fn after(&self, key: &str) -> Option<&'static str> {
        let text = self.text();
        let slots = self.index.get_or_init(|| index(text));
        let mut slot = hash(0, key.as_bytes());
        loop {
            let start = usize::from(*slots.get(slot & (slots.len() - 1))?).checked_sub(1)?;
            if let Some(rest) = text.get(start..)?.strip_prefix(key)
                && matches!(rest.as_bytes(), [] | [b'\n' | b'=', ..])
                && !key.bytes().any(|b| matches!(b, b'\n' | b'='))
            {
                return Some(rest);
            }
            slot += 1;
        }
    }

    /// Keys and values, in order.
    #[cfg(test)]
    pub(super) fn iter(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.text().lines().map(|line| line.split_once('=').unwrap_or((line, "")))
    }

    /// Panics unless the lines are sorted, each key there once, and every key found.
    #[cfg(test)]
    pub(crate) fn check(&self) {
        let keys: Vec<&str> = self.iter().map(|(key, _)| key).collect();
        assert!(keys.windows(2).all(|pair| pair[0] < pair[1]), "{:?}", keys.windows(2).find(|pair| pair[0] >= pair[1]));
        for (key, value) in self.iter() {
            assert_eq!(self.get(key), Some(value), "{key}");
            assert_eq!(self.get(&format!("{key} ")), None, "{key}");
            let shorter = key.char_indices().last().map_or("", |(at, _)| &key[..at]);
            assert_eq!(self.contains(shorter), keys.contains(&shorter), "{key}");
        }
    }
}

/// Tables stay below 64 KB, which [`Lines::check`] asks: what lies beyond is not found.
fn index(text: &str) -> Vec<u16> {
    let mut slots = vec![0; (text.lines().count() * 2 + 1).next_power_of_two()];
    let last = slots.len() - 1;
    let mut start: u16 = 0;
    for line in text.lines() {
        let key = line.split('=').next().unwrap_or_default();
        let mut slot = hash(0, key.as_bytes()) & last;
        while slots[slot] != 0 {
            slot = (slot + 1) & last;
        }
        slots[slot] = start.saturating_add(1);
        start = start.saturating_add(u16::try_from(line.len() + 1).unwrap_or(u16::MAX));
    }
    slots
}

/// FNV-1a (Fowler, Noll and Vo; 32 bit), begun from a number and fed four bytes at a time, turned before each step since
/// a product carries upwards only, its upper half folded into its lower.
pub(crate) fn hash(seed: u32, bytes: &[u8]) -> usize {
    let step = |hash: u32, word: u32| (hash.rotate_left(15) ^ word).wrapping_mul(0x0100_0193);
    let (words, rest) = bytes.as_chunks();
    let hash = words.iter().fold(0x811c_9dc5 ^ seed, |hash, word| step(hash, u32::from_le_bytes(*word)));
    let hash = rest.iter().fold(hash, |hash, b| step(hash, u32::from(*b)));
    (hash ^ (hash >> 15)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_found_wherever_they_stand() {
        for text in ["a\n", "a", "a=1\nb\nbb=2\nc=\n", "a=1\nb\nbb=2\nc="] {
            let lines = Lines::new(Table::of(text));
            assert_eq!(lines.get("a"), Some(if text.contains('=') { "1" } else { "" }));
            assert_eq!(lines.get("bb").is_some(), text.len() > 2);
            assert_eq!(lines.get(""), None);
            assert_eq!(lines.get("d"), None);
            assert_eq!(lines.get("ba"), None);
            assert_eq!(lines.get("a=1"), None);
            assert_eq!(lines.get("a\nb"), None);
        }
        assert_eq!(Lines::new(Table::of("")).get("a"), None);
    }
}
