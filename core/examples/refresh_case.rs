//! Writes the table of lower case from the standard library.
//!
//! ```text
//! cargo run -p interlock-core --example refresh_case > core/src/tables/lower_case.txt
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
    for (first, last, stride, change) in steps {
        println!("{first} {} {stride} {change}", (last - first) / stride + 1);
    }
}
