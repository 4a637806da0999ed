//! Lower case, without the standard library's tables.
//!
//! *Input*: any text. *Output*: what [`char::to_lowercase`] makes of each character of it. *Invariant*: the two agree on
//! every character, which a test goes through. The standard library has both directions of case, character by character,
//! in 24 KB; lower case in steps ([`case_table`](super::case_table)) is a tenth of it.

use super::case_table::STEPS;

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
    let code = u32::from(c);
    let place = STEPS.partition_point(|step| step.0 <= code);
    let Some((first, count, stride, change)) = place.checked_sub(1).and_then(|place| STEPS.get(place)) else {
        return c;
    };
    let (steps, stride) = (code - first, u32::from(*stride));
    if steps % stride != 0 || steps / stride >= u32::from(*count) {
        return c;
    }
    code.checked_add_signed(*change).and_then(char::from_u32).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_standard_library() {
        for c in '\0'..=char::MAX {
            assert!(lower(c).eq(c.to_lowercase()), "{c:?}: write the table anew with the example refresh_fold");
        }
    }

    #[test]
    fn lowers_texts() {
        assert_eq!(lower_text("ÄRGER İN LJUBLJANA ǅ"), "ärger i\u{307}n ljubljana ǆ");
        assert_eq!(lower_text("ΣΟΦΟΣ"), "σοφοσ");
    }
}
