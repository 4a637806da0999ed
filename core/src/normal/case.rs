//! Lower case, without the standard library's tables.
//!
//! *Input*: any text. *Output*: what [`char::to_lowercase`] makes of each character of it. *Invariant*: the two agree on
//! every character, which a test goes through. The standard library has both directions of case, character by character,
//! in 24 KB; lower case in steps is a tenth of it. *Source*: `core/src/tables/lower_case.txt`, which
//! `core/examples/refresh_case.rs` writes from the standard library.

use std::sync::OnceLock;

use crate::tables::LOWER_CASE;

/// The first upper-case letter, how many there are, the distance between them, and what to add.
type Step = [i32; 4];

/// The steps, sorted; read once.
fn steps() -> &'static [Step] {
    static STEPS: OnceLock<Vec<Step>> = OnceLock::new();
    STEPS.get_or_init(|| {
        let step = |line: &str| {
            let mut step = [0; 4];
            line.split(' ').zip(&mut step).for_each(|(number, place)| *place = number.parse().unwrap_or_default());
            step
        };
        LOWER_CASE.text().lines().map(step).collect()
    })
}

/// A character in lower case; `İ` alone becomes two.
pub(crate) fn lower(c: char) -> impl Iterator<Item = char> {
    let dot = (c == 'İ').then_some('\u{307}');
    std::iter::once(lower_one(c)).chain(dot)
}

/// A text in lower case. A sigma at the end of a word is not told from another.
pub(crate) fn lower_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        out.extend(lower(c));
    }
    out
}

/// The first character that it becomes.
fn lower_one(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let steps = steps();
    let code = u32::from(c).cast_signed();
    let place = steps.partition_point(|[first, ..]| *first <= code);
    let Some([first, count, stride, change]) = place.checked_sub(1).and_then(|place| steps.get(place)) else {
        return c;
    };
    let ahead = code - first;
    if ahead.checked_rem(*stride) != Some(0) || ahead / stride >= *count {
        return c;
    }
    char::from_u32((code + change).cast_unsigned()).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_standard_library() {
        for c in '\0'..=char::MAX {
            assert!(lower(c).eq(c.to_lowercase()), "{c:?}: write the table anew with the example refresh_case");
        }
    }

    #[test]
    fn lowers_texts() {
        assert_eq!(lower_text("ÄRGER İN LJUBLJANA ǅ"), "ärger i\u{307}n ljubljana ǆ");
        assert_eq!(lower_text("ΣΟΦΟΣ"), "σοφοσ");
    }
}
