//! Company names.
//!
//! *Input*: a company's name as typed. *Output*: its words without case, accents, punctuation and legal form, and the
//! legal form beside them. *Invariant*: the name of a name is itself, and never empty unless the input has no word.
//!
//! *Source*: legal forms from the abbreviations of the ISO 20275 Entity Legal Forms list for the countries whose
//! companies CRMs hold, kept by hand. Words that say what a company does (`Group`, `Holding`, `Systems`) are no legal
//! forms and stay: subsidiaries differ in just such words.

mod tokens;

use std::borrow::Cow;
use std::sync::OnceLock;

use super::fold::{key, trim};
use crate::tables::{COMPANY_FORMS, PLACEHOLDERS};

pub use tokens::tokens;

/// A company's name in normal form.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CompanyName {
    /// Its words: `muller and sohne`.
    pub name: String,
    /// The legal form that was taken off, in words: `gmbh and co kg`; often empty.
    pub form: String,
}

/// Takes `raw` apart into name and legal form.
#[must_use]
pub fn split(raw: &str) -> CompanyName {
    let words = key(raw);
    let range = core_range(&words);
    let form = [words[..range.start].trim(), words[range.end..].trim()].join(" ").trim().to_owned();
    CompanyName { name: words[range].to_owned(), form }
}

/// The normal form of a company's name: [`split`] without the form. Borrowed when `raw` is in normal form already.
#[must_use]
pub fn normal(raw: &str) -> Cow<'_, str> {
    match key(raw) {
        Cow::Borrowed(words) => Cow::Borrowed(&words[core_range(words)]),
        Cow::Owned(mut words) => {
            let range = core_range(&words);
            words.truncate(range.end);
            words.drain(..range.start);
            Cow::Owned(words)
        }
    }
}

/// Where the name stands within `words`, between the legal forms before and after it.
fn core_range(words: &str) -> std::ops::Range<usize> {
    let (mut start, mut end) = (0, words.len());
    loop {
        let rest = &words[start..end];
        let shorter = if let Some(form) = form_after(rest) {
            (start, end - form)
        } else if let Some(form) = form_before(rest) {
            (start + form, end)
        } else {
            return start..end;
        };
        (start, end) = shorter;
    }
}

/// The length of the legal form that ends `words`, with the space before it, if a word is left.
fn form_after(words: &str) -> Option<usize> {
    let mut longest = None;
    let mut at = words.len();
    for _ in 0..WORDS_OF_FORM {
        at = match words[..at].rfind(' ') {
            Some(space) => space,
            None => break,
        };
        let form = &words[at + 1..];
        if form.len() > LONGEST_FORM {
            break;
        }
        if COMPANY_FORMS.contains(form) {
            longest = Some(words.len() - at);
        }
    }
    longest
}

/// The length of the legal form that begins `words`, with the space after it, if a word is left.
fn form_before(words: &str) -> Option<usize> {
    let (first, _) = words.split_once(' ')?;
    if BEFORE.contains(&first) {
        return Some(first.len() + 1);
    }
    if first.is_ascii() {
        return None;
    }
    // Where other alphabets are written, a form stands before the name as often as after it; a short one may be a word.
    let mut longest = None;
    let mut at = 0;
    for count in 1..=WORDS_OF_FORM {
        at += match words[at..].find(' ') {
            Some(space) => space,
            None => break,
        };
        let form = &words[..at];
        if form.len() > LONGEST_FORM {
            break;
        }
        if (count > 1 || form.starts_with(|c| c >= '\u{1100}')) && COMPANY_FORMS.contains(form) {
            longest = Some(at + 1);
        }
        at += 1;
    }
    longest
}

/// What no form of the table exceeds, in words and in bytes.
const WORDS_OF_FORM: usize = 6;
const LONGEST_FORM: usize = 80;

/// Legal forms before a name.
const BEFORE: &[&str] = &[
    "ooo", "oao", "zao", "pao", "ооо", "оао", "зао", "пао", "ао", "тоо", "тов", "нао", "прат", "пат", "ип", "чп",
    "фоп", "pt",
];

/// Whether `text` stands for "nothing here": blank, `-`, `n/a`, `[not provided]`, `unknown`, `test` … Such a text is
/// read as a blank cell where a company, a country or a choice is expected, and kept as raw value like any other. It is
/// not for people's names: there are families called Null and Test. Whoever asks for the normal form as well saves work
/// by taking the [`key`] once: both are the same for a text and for its key.
#[must_use]
pub fn is_placeholder(text: &str) -> bool {
    if !may_be_placeholder(text) {
        return false;
    }
    let words = key(trim(text));
    words.is_empty() || PLACEHOLDERS.contains(&words)
}

/// Whether some placeholder begins like `text` and is as long: few texts do.
fn may_be_placeholder(text: &str) -> bool {
    /// For each first and second letter how many letters and digits follow, a bit each.
    static LENGTHS: OnceLock<[[u16; 26]; 26]> = OnceLock::new();
    let begun = |first: usize, second: usize| {
        let row = LENGTHS.get_or_init(placeholder_lengths).get(first);
        row.and_then(|row| row.get(second)).copied().unwrap_or_default()
    };
    let place = |b: u8| usize::from(b.to_ascii_lowercase().wrapping_sub(b'a'));
    if let [a, b, ..] = text.as_bytes()
        && a.is_ascii_alphanumeric()
        && b.is_ascii_alphanumeric()
        && begun(place(*a), place(*b)) == 0
    {
        return false;
    }
    // Of what is beyond ASCII, and of `&`, a key has letters that are not seen here; but it keeps those of ASCII.
    let (mut whole, mut letters, mut first, mut lengths) = (true, 0, 0, u16::MAX);
    for b in text.bytes() {
        whole &= b < 0x80 && b != b'&';
        if !b.is_ascii_alphanumeric() {
            continue;
        }
        letters += 1;
        match letters {
            1 => first = place(b),
            2 => {
                lengths = begun(first, place(b));
                if whole && lengths == 0 {
                    return false;
                }
            }
            _ if letters > LONGEST_PLACEHOLDER => return false,
            _ => {}
        }
    }
    !whole || letters < 2 || lengths >> (letters - 2) & 1 != 0
}

fn placeholder_lengths() -> [[u16; 26]; 26] {
    let mut lengths = [[0; 26]; 26];
    for line in PLACEHOLDERS.text().lines() {
        let mut letters = line.bytes().filter(u8::is_ascii_lowercase).map(|b| usize::from(b - b'a'));
        let row = letters.next().and_then(|first| lengths.get_mut(first));
        let bits = letters.next().and_then(|second| row?.get_mut(second));
        if let Some(bits) = bits {
            *bits |= 1 << letters.take(LONGEST_PLACEHOLDER).count();
        }
    }
    lengths
}

/// What no placeholder exceeds, in letters and digits of ASCII.
const LONGEST_PLACEHOLDER: usize = 14;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_taken_off() {
        for (raw, name, form) in [
            ("Acme GmbH", "acme", "gmbh"),
            ("ACME, Inc.", "acme", "inc"),
            ("Müller & Söhne GmbH & Co. KG", "muller and sohne", "gmbh and co kg"),
            ("Foo GmbH&Co.KG", "foo", "gmbh and co kg"),
            ("Telefónica, S.A.", "telefonica", "sa"),
            ("Bar S.r.l.", "bar", "srl"),
            ("Orlen Sp. z o.o.", "orlen", "sp z oo"),
            ("Koninklijke Philips N.V.", "koninklijke philips", "nv"),
            ("Atlassian Pty Ltd", "atlassian", "pty ltd"),
            ("Sony K.K.", "sony", "kk"),
            ("株式会社トヨタ", "株式会社トヨタ", ""),
            ("株式会社 トヨタ", "トヨタ", "株式会社"),
            ("ООО Ромашка", "ромашка", "ооо"),
            ("Cemex S.A.B. de C.V.", "cemex", "sab de cv"),
            ("Huawei Technologies Co., Ltd.", "huawei technologies", "co ltd"),
            ("Volvo AB", "volvo", "ab"),
            ("Nokia Oyj", "nokia", "oyj"),
            ("Taylor, Gray and Henderson", "taylor gray and henderson", ""),
            ("Davis-Chang", "davis chang", ""),
            ("AT&T Inc", "at and t", "inc"),
            ("Amazon.com, Inc.", "amazon com", "inc"),
            ("Scott, Murray & Thomas LLP", "scott murray and thomas", "llp"),
            // A name that is only a form keeps it.
            ("AG", "ag", ""),
            ("Inc. LLC", "inc", "llc"),
            ("", "", ""),
            ("!!", "", ""),
        ] {
            assert_eq!(split(raw), CompanyName { name: name.into(), form: form.into() }, "{raw}");
            assert_eq!(normal(raw), name, "{raw}");
            assert_eq!(normal(name), name, "{raw}");
        }
        assert!(matches!(normal("acme"), Cow::Borrowed("acme")));
    }

    #[test]
    fn tables_are_sorted_and_in_normal_form() {
        for table in [&COMPANY_FORMS, &PLACEHOLDERS] {
            table.check();
            assert!(table.iter().all(|(words, _)| key(words) == words));
        }
        assert!(BEFORE.iter().all(|word| key(word) == *word && !word.contains(' ')));
        let letters = |text: &str| text.bytes().filter(u8::is_ascii_alphanumeric).count();
        assert!(PLACEHOLDERS.iter().all(|(text, _)| letters(text) <= LONGEST_PLACEHOLDER));
        assert!(PLACEHOLDERS.iter().all(|(text, _)| is_placeholder(text)));
        assert!(
            COMPANY_FORMS
                .iter()
                .all(|(form, _)| form.len() <= LONGEST_FORM && form.split(' ').count() <= WORDS_OF_FORM)
        );
    }

    #[test]
    fn placeholders() {
        for text in [
            "",
            " - ",
            "--",
            "n/a",
            "N/A",
            "NA",
            "none",
            "[not provided]",
            "(unknown)",
            "Test",
            "TBD",
            "null",
            "?",
            ".",
        ] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in ["Acme", "Testo AG", "Nanotech", "0", "None of the Above Ltd"] {
            assert!(!is_placeholder(text), "{text}");
        }
    }
}
