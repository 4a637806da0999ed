//! The words of a company's name that tell it from others.
//!
//! *Input*: a name as typed. *Output*: its words as `key` writes them, with single letters joined (`a b b` is `abb`),
//! without legal forms, abbreviations and other languages' spellings written as one word, without words that tell none
//! apart (`and`, `the`). *Invariant*: the form of a form is itself, and it is empty only if the input has no word.
//! *Source*: `core/src/tables/company_words.txt`, kept by hand from the abbreviations of registers and directories.
//!
//! It is for comparison alone: `Acme Technologies Intl.` and `ACME Technology International, Inc.` are both
//! `acme technology international`, and may still be two companies.

use super::{core_range, key};
use crate::tables::{COMPANY_FORMS, COMPANY_WORDS};

/// What is looked at: words, and characters of each.
const WORDS: usize = 32;
const LETTERS: usize = 64;

/// The words of `raw`, parted by spaces; see the [module](self).
///
/// ```
/// use interlock_core::normal::company::tokens;
/// assert_eq!(tokens("A.B.B. Mfg. & Tech Co. N.V."), "abb manufacturing technology");
/// ```
#[must_use]
pub fn tokens(raw: &str) -> String {
    let mut words = join(key(raw).split(' ').take(WORDS).map(|word| {
        let end = word.char_indices().nth(LETTERS).map_or(word.len(), |(at, _)| at);
        &word[..end]
    }));
    // Each turn makes it shorter or writes abbreviations out, whose full words are none.
    loop {
        let next = shorten(&words);
        if next == words {
            return words;
        }
        words = next;
    }
}

fn join<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut out = String::new();
    for word in words.filter(|word| !word.is_empty()) {
        push(&mut out, word);
    }
    out
}

fn push(out: &mut String, word: &str) {
    if !out.is_empty() {
        out.push(' ');
    }
    out.push_str(word);
}

/// One turn.
fn shorten(words: &str) -> String {
    let joined = letters_joined(words);
    let core = &joined[core_range(&joined)];
    // `AB Volvo`, `Oy Karl Fazer Ab`
    let core = core.strip_prefix("ab ").or_else(|| core.strip_prefix("oy ")).unwrap_or(core);
    let mut out = String::with_capacity(core.len() + 16);
    let mut rest = core;
    while !rest.is_empty() {
        let (word, after) = rest.split_once(' ').unwrap_or((rest, ""));
        let inner = !out.is_empty() && !after.is_empty();
        rest = after;
        let word = without_forms(word);
        match COMPANY_WORDS.get(word) {
            // `y` and the like are words between words only.
            Some("") if inner || word.chars().nth(1).is_some() => {}
            None | Some("") => push(&mut out, word),
            Some(full) => push(&mut out, full),
        }
    }
    if out.is_empty() { core.to_owned() } else { out }
}

/// Letters and digits that stand alone, joined to those beside them.
fn letters_joined(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut last_alone = false;
    for word in words.split(' ') {
        let alone = word.chars().nth(1).is_none();
        if !(out.is_empty() || (alone && last_alone)) {
            out.push(' ');
        }
        out.push_str(word);
        last_alone = alone;
    }
    out
}

/// `word` without the legal forms that East Asian names write in one with it.
fn without_forms(word: &str) -> &str {
    let mut rest = word;
    while let Some(shorter) = without_form(rest) {
        rest = shorter;
    }
    rest
}

fn without_form(word: &str) -> Option<&str> {
    let is_east_asian = |c: char| c >= '\u{1100}';
    if !word.ends_with(is_east_asian) && !word.starts_with(is_east_asian) {
        return None;
    }
    // A form has four letters, or is one that holds a word in parentheses.
    let is_form = |form: &str, count: usize| {
        (count > 3 || form.starts_with(|c| ('\u{3200}'..'\u{3400}').contains(&c)))
            && form.starts_with(is_east_asian)
            && COMPANY_FORMS.contains(form)
    };
    let ends = word.char_indices().map(|(at, c)| at + c.len_utf8()).take(LONGEST);
    let before = ends.enumerate().filter(|(at, end)| *end < word.len() && is_form(&word[..*end], at + 1)).last();
    if let Some((_, end)) = before {
        return Some(&word[end..]);
    }
    let starts = word.char_indices().rev().map(|(at, _)| at).take(LONGEST);
    let after = starts.enumerate().filter(|(at, start)| *start > 0 && is_form(&word[*start..], at + 1)).last();
    after.map(|(_, start)| &word[..start])
}

/// What no such form exceeds, in characters; Hangul is counted in its letters.
const LONGEST: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_tell_companies_apart() {
        for (raw, want) in [
            ("Acme Technologies Intl., Inc.", "acme technology international"),
            ("ACME Technology International", "acme technology international"),
            ("A B B Ltd", "abb"),
            ("ABB", "abb"),
            ("N. V. Philips' Gloeilampenfabrieken", "philips gloeilampenfabrieken"),
            ("Akzo Nobel N. V., Arnhem", "akzo nobel arnhem"),
            ("Akzo Nobel NV Naamlooze Vennootschap", "akzo nobel"),
            ("Müller und Söhne G m b H & Co. KG", "muller sohne"),
            ("Mueller & Söhne", "mueller sohne"),
            ("García y Hermanos, S. de R.L. de C.V.", "garcia brothers"),
            ("Orlen Sp. z o. o.", "orlen"),
            ("Carlsberg A/S", "carlsberg"),
            ("AB Volvo", "volvo"),
            ("Oy Karl Fazer Ab", "karl fazer"),
            ("Sony Kabushiki Kaisha", "sony"),
            ("株式会社トヨタ", "トヨタ"),
            ("トヨタ自動車株式会社", "トヨタ自動車"),
            ("㈱日立製作所", "日立製作所"),
            ("华为技术有限公司", "华为技术"),
            ("주식회사 카카오", &key("카카오")),
            ("카카오주식회사", &key("카카오")),
            ("Общество с ограниченной ответственностью «Ромашка»", "ромашка"),
            ("شركة النور", "شركة النور"),
            ("The Coca-Cola Company", "coca cola"),
            ("Coca-Cola Co. Germany", "coca cola company germany"),
            ("B & Q", "bq"),
            ("AT&T", "at t"),
            ("3 M Co", "3m"),
            ("University Hosp. Dept. of Med.", "university hospital department of medical"),
            // What is left may not be nothing.
            ("The", "the"),
            ("GmbH & Co. KG", "gmbh"),
            ("Limited Inc", "limited"),
            ("Y", "y"),
            ("", ""),
            ("!!", ""),
        ] {
            assert_eq!(tokens(raw), want, "{raw}");
            assert_eq!(tokens(want), want, "{raw}");
        }
    }

    #[test]
    fn the_table_leads_to_words_that_stay() {
        COMPANY_WORDS.check();
        for (word, full) in COMPANY_WORDS.iter() {
            assert!(key(word) == word && !word.contains(' '), "{word}");
            assert!(key(full) == full && !full.contains(' ') && COMPANY_WORDS.get(full).is_none(), "{word} {full}");
        }
    }
}
