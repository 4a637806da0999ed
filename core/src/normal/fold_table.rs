//! Letters with marks, without them.
//!
//! *Source*: `core/src/tables/fold.txt`, which `core/examples/refresh_fold.rs` writes from the Unicode Character Database:
//! a line for each lower-case letter, the letter and then what it is without marks. It is read once.

use std::sync::OnceLock;

use crate::tables::FOLD;

/// What letters of the Basic Multilingual Plane are without marks.
pub(super) struct Letters {
    /// One letter each, sorted.
    pub(super) one: Vec<(u16, u16)>,
    /// Several letters, in scripts whose marks are kept, sorted; filled up with zeros.
    pub(super) several: Vec<(u16, [u16; 3])>,
}

/// The table.
pub(super) fn letters() -> &'static Letters {
    static LETTERS: OnceLock<Letters> = OnceLock::new();
    LETTERS.get_or_init(|| {
        let mut letters = Letters { one: Vec::new(), several: Vec::new() };
        for line in FOLD.text().split('\n') {
            let mut units = line.encode_utf16();
            let Some(letter) = units.next() else { continue };
            match [units.next(), units.next(), units.next()] {
                [Some(part), None, _] => letters.one.push((letter, part)),
                parts => letters.several.push((letter, parts.map(Option::unwrap_or_default))),
            }
        }
        letters
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_whole() {
        let letters = letters();
        assert!(letters.one.is_sorted_by(|a, b| a.0 < b.0) && letters.several.is_sorted_by(|a, b| a.0 < b.0));
        assert_eq!((letters.one.len(), letters.several.len()), (476, 173));
        assert!(letters.several.iter().all(|(_, parts)| parts[1] != 0));
    }
}
