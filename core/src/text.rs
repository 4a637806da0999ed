//! Words for people: lists, counts and characters.

use crate::normal::fold;

/// `a`, `b` and `c`; `otherwise` when there is nothing to list.
pub(crate) fn list<T: AsRef<str>>(items: &[T], otherwise: &str) -> String {
    match items {
        [] => otherwise.to_owned(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

/// `1 lead`, `2 leads`, `12,000 leads`.
#[must_use]
pub fn count(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", thousands(number), if number == 1 { one } else { many })
}

/// `1,234,567`.
#[must_use]
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A character fit for a message: what cannot be seen alone is written as Rust writes it.
pub(crate) fn shown(c: char) -> String {
    match c {
        '\0' => "\\0".to_owned(),
        '\'' | '"' | '\\' => c.escape_default().collect(),
        ' ' => c.to_string(),
        _ if is_seen(c) => c.to_string(),
        _ => c.escape_default().collect(),
    }
}

/// Whether a character cannot be seen in a text, and may hide or turn what stands around it: controls, marks of direction,
/// zero-width ones but for the joiners that scripts and emoji need, and tags.
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn is_seen(c: char) -> bool {
    // Beside what folding drops: private use, signs that only begin or end something, and what is no character.
    let rare = matches!(c, '\u{61c}' | '\u{180e}' | '\u{2060}'..='\u{206f}' | '\u{e000}'..='\u{f8ff}' | '\u{fff0}'..='\u{fffb}'
        | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..);
    !(rare || c.is_control() || fold::is_mark(c) || fold::is_blank(c.encode_utf8(&mut [0; 4])))
}

/// The first letter large.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
