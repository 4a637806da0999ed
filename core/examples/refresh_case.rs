//! Writes the table of lower case from the standard library.
//!
//! ```text
//! cargo run -p interlock-core --example refresh_case > core/src/normal/case_table.rs
//! ```
//!
//! `İ` becomes two characters: the table has the first.
#![allow(clippy::print_stdout)]

/// First, last, stride and what to add.
type Step = (u32, u32, u32, i64);

fn main() {
    let mut steps: Vec<Step> = Vec::new();
    for c in '\u{80}'..=char::MAX {
        let Some(lower) = c.to_lowercase().next().filter(|lower| *lower != c) else { continue };
        let (code, change) = (u32::from(c), i64::from(u32::from(lower)) - i64::from(u32::from(c)));
        match steps.last_mut() {
            Some((first, last, stride, same))
                if *same == change && (code - *last == *stride || first == last && code - *last <= 2) =>
            {
                *stride = code - *last;
                *last = code;
            }
            _ => steps.push((code, code, 1, change)),
        }
    }
    println!("//! Lower case: written by `core/examples/refresh_case.rs` from the standard library, edit it there.");
    println!();
    println!("/// First upper-case letter, how many there are, the distance between them, and what to add; sorted.");
    println!("#[rustfmt::skip]");
    println!("pub(super) static STEPS: &[(u32, u16, u8, i32)] = &[");
    let mut line = String::from("   ");
    for (first, last, stride, change) in steps {
        let item = format!("({first:#x}, {}, {stride}, {change}),", (last - first) / stride + 1);
        if line.len() + item.len() > 118 {
            println!("{line}");
            line.truncate(3);
        }
        line.push(' ');
        line.push_str(&item);
    }
    println!("{line}");
    println!("];");
}
