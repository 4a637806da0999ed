//! Writes the table of letters with marks from the Unicode Character Database.
//!
//! ```text
//! cargo run -p interlock-core --example refresh_fold > core/src/normal/fold_table.rs
//! ```
//!
//! The database is the one of the crate `unicode-normalization`, whose own tables would be 16 KB of the engine gzipped.
//! Left out are upper-case letters (case is lowered first), Hangul (computed), and CJK compatibility ideographs.
#![allow(clippy::print_stdout)]

use interlock_core::normal::fold::is_mark;
use unicode_normalization::char::decompose_canonical;

fn main() {
    let (mut one, mut more) = (Vec::new(), Vec::new());
    for c in '\u{80}'..='\u{ffff}' {
        let is_left_out = matches!(c, '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}');
        if is_left_out || !c.to_lowercase().eq([c]) {
            continue;
        }
        let mut parts = Vec::new();
        decompose_canonical(c, |part| parts.extend(part.to_lowercase().filter(|&c| !is_mark(c))));
        match parts[..] {
            [part] if part == c => {}
            [part] => one.push(format!("({:#x}, {:#x}),", u32::from(c), u32::from(part))),
            // A mark alone.
            [] => {}
            _ => {
                let part = |at: usize| parts.get(at).copied().map_or(0, u32::from);
                assert!(parts.len() <= 3, "{c} has more than three parts");
                more.push(format!("({:#x}, [{:#x}, {:#x}, {:#x}]),", u32::from(c), part(0), part(1), part(2)));
            }
        }
    }
    println!(
        "//! Letters with marks: written by `core/examples/refresh_fold.rs` from the Unicode Character Database, edit it"
    );
    println!("//! there.");
    println!();
    println!("/// Lower-case letters and the one letter they are without marks, sorted.");
    println!("#[rustfmt::skip]");
    println!("pub(super) static ONE: &[(u16, u16)] = &[");
    print_packed(&one);
    println!("];");
    println!();
    println!("/// Letters that are several, in scripts whose marks are kept, sorted; filled up with zeros.");
    println!("#[rustfmt::skip]");
    println!("pub(super) static SEVERAL: &[(u16, [u16; 3])] = &[");
    print_packed(&more);
    println!("];");
}

/// Prints items, as many a line as fit.
fn print_packed(items: &[String]) {
    let mut line = String::from("   ");
    for item in items {
        if line.len() + item.len() > 118 {
            println!("{line}");
            line.truncate(3);
        }
        line.push(' ');
        line.push_str(item);
    }
    println!("{line}");
}
