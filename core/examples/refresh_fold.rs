//! Writes the list of letters with marks from the Unicode Character Database.
//!
//! ```text
//! cargo run -p interlock-core --example refresh_fold > core/src/tables/fold.txt
//! ```
//!
//! The database is the one of the crate `unicode-normalization`, whose own tables would be 16 KB of the engine gzipped.
//! Left out are upper-case letters (case is lowered first), Hangul (computed), and CJK compatibility ideographs.
//! A line is the letter and then what it is without marks.
#![allow(clippy::print_stdout)]

use interlock_core::normal::fold::is_mark;
use unicode_normalization::char::decompose_canonical;

fn main() {
    for c in '\u{80}'..='\u{ffff}' {
        let is_left_out = matches!(c, '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}');
        if is_left_out || !c.to_lowercase().eq([c]) {
            continue;
        }
        let mut parts = String::new();
        decompose_canonical(c, |part| parts.extend(part.to_lowercase().filter(|&c| !is_mark(c))));
        assert!(parts.chars().count() <= 3, "{c} has more than three parts");
        // A mark alone has none.
        if !parts.is_empty() && !parts.chars().eq([c]) {
            println!("{c}{parts}");
        }
    }
}
