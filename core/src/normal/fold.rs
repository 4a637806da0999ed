//! Text folding: two spellings of the same text become the same string.
//!
//! *Input*: any text. *Output*: [`fold`] trims, makes every run of white space one space, lowers case, drops
//! diacritics and zero-width characters, and writes full-width forms, ligatures, typographic quotes and dashes as plain
//! ones; [`key`] goes on to words of letters and digits alone. *Invariant*: both are idempotent, and text that is
//! folded already is borrowed, not copied.
//!
//! *Source*: canonical decompositions of the Unicode Character Database, see [`fold_table`](super::fold_table), lower case from
//! [`case`]. The tables of NFKD would be a fifth of the engine's size, so the decomposition is the canonical one
//! of the Basic Multilingual Plane without CJK compatibility ideographs, and the compatibility characters that names meet
//! in practice are listed here. Marks are dropped from the blocks that Latin, Greek and Cyrillic use; the vowel signs of
//! Indic scripts, Thai or Hebrew and the voicing marks of kana are letters' worth of difference and stay. A mark is not an
//! "e": `ü` folds to `u`, not to `ue`.

use std::borrow::Cow;

use super::case;
use super::fold_table::{Letters, letters};

/// `text` without white space, byte order marks and zero-width characters at either end.
#[must_use]
pub fn trim(text: &str) -> &str {
    let bytes = text.as_bytes();
    match (bytes.first(), bytes.last()) {
        (Some(b'!'..=b'~'), Some(b'!'..=b'~')) => text,
        _ => text.trim_matches(|c: char| c.is_whitespace() || is_ignorable(c)),
    }
}

/// Whether nothing of `text` can be seen.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    trim(text).is_empty()
}

/// The folded form of `text`; see the [module](self).
#[must_use]
pub fn fold(text: &str) -> Cow<'_, str> {
    match ascii_form(text.as_bytes()) {
        AsciiForm::Folded => return Cow::Borrowed(text),
        AsciiForm::Cased => return Cow::Owned(text.to_ascii_lowercase()),
        AsciiForm::Other => {}
    }
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let (run, after) = rest.split_at(plain_run(rest.as_bytes()));
        if !run.is_empty() {
            if std::mem::take(&mut space) && !out.is_empty() {
                out.push(' ');
            }
            let start = out.len();
            out.push_str(run);
            out[start..].make_ascii_lowercase();
            rest = after;
            continue;
        }
        rest = &rest[c.len_utf8()..];
        if c.is_whitespace() {
            space = true;
            continue;
        }
        let before = out.len();
        if space && before > 0 {
            out.push(' ');
        }
        let start = out.len();
        push_folded(c, &mut out);
        if out.len() == start {
            // A mark or a zero-width character alone: as if it were not there, and the space is still owed.
            out.truncate(before);
        } else {
            space = false;
        }
    }
    Cow::Owned(out)
}

/// How many bytes from the start are graphic ASCII with single spaces between.
fn plain_run(bytes: &[u8]) -> usize {
    let mut end = 0;
    for (at, b) in bytes.iter().enumerate() {
        match b {
            b'!'..=b'~' => end = at + 1,
            b' ' if end == at && at > 0 => {}
            _ => break,
        }
    }
    end
}

/// Whether `a` and `b` fold to the same text. Does not allocate when both are ASCII.
#[must_use]
pub fn eq_folded(a: &str, b: &str) -> bool {
    if begin_apart(a, b) {
        false
    } else if a.eq_ignore_ascii_case(b) {
        true
    } else if a.is_ascii() && b.is_ascii() {
        AsciiFold::new(a).eq(AsciiFold::new(b))
    } else {
        fold(a) == fold(b)
    }
}

/// Whether `a` and `b` begin with different ASCII letters or signs, which folding keeps but for their case: most texts
/// that differ do so there.
#[inline]
pub(crate) fn begin_apart(a: &str, b: &str) -> bool {
    match (a.as_bytes().first(), b.as_bytes().first()) {
        (Some(a), Some(b)) => a.is_ascii_graphic() && b.is_ascii_graphic() && !a.eq_ignore_ascii_case(b),
        _ => false,
    }
}

/// The folded words of `text`, parted by single spaces: punctuation parts words, except that apostrophes and the dots
/// of abbreviations vanish (`S.p.A.` is `spa`, `O'Brien` is `obrien`) and `&` is the word `and`.
#[must_use]
pub fn key(text: &str) -> Cow<'_, str> {
    match key_form(text.as_bytes()) {
        AsciiForm::Folded => return Cow::Borrowed(text),
        AsciiForm::Cased => return Cow::Owned(text.to_ascii_lowercase()),
        AsciiForm::Other => {}
    }
    // Of ASCII, folding only lowers letters and joins spaces, which is done on the way.
    let folded = if text.is_ascii() { Cow::Borrowed(text) } else { fold(text) };
    let mut out = String::with_capacity(folded.len() + 4);
    // Letters since the last boundary, to know the dot of an initial.
    let mut run = 0usize;
    let mut space = false;
    let mut push = |c: char, space: &mut bool| {
        if *space && !out.is_empty() {
            out.push(' ');
        }
        *space = false;
        out.push(c.to_ascii_lowercase());
    };
    for (at, c) in folded.char_indices() {
        match c {
            '\'' | '`' => {}
            '.' => {
                let next = folded[at + 1..].chars().take_while(|&c| is_word(c)).take(2).count();
                space |= !(next == 0 || (run <= 1 && next == 1));
                run = 0;
            }
            '&' => {
                space = true;
                "and".chars().for_each(|c| push(c, &mut space));
                space = true;
                run = 0;
            }
            c if is_word(c) => {
                push(c, &mut space);
                run += 1;
            }
            _ => {
                space = true;
                run = 0;
            }
        }
    }
    Cow::Owned(out)
}

/// Whether `c`, out of a folded text, belongs to a word.
pub(crate) fn is_word(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphanumeric(),
        // Latin-1 signs, general punctuation and symbols, CJK punctuation.
        '\u{80}'..='\u{a9}'
        | '\u{ab}'..='\u{b4}'
        | '\u{b6}'..='\u{b9}'
        | '\u{bb}'..='\u{bf}'
        | '\u{d7}'
        | '\u{f7}'
        | '\u{2010}'..='\u{2bff}'
        | '\u{3001}'..='\u{3004}'
        | '\u{3008}'..='\u{3020}'
        | '\u{30fb}' => false,
        _ => true,
    }
}

/// What is left to do to fold a text.
enum AsciiForm {
    /// Nothing.
    Folded,
    /// To lower its letters: it is ASCII, its words parted by single spaces.
    Cased,
    /// More.
    Other,
}

fn ascii_form(bytes: &[u8]) -> AsciiForm {
    const CASED: u8 = 1;
    const OTHER: u8 = 2;
    let (Some(b'!'..=b'~'), Some((last, start))) = (bytes.first(), bytes.split_last()) else {
        return if bytes.is_empty() { AsciiForm::Folded } else { AsciiForm::Other };
    };
    let of = |b: u8| u8::from(b.is_ascii_uppercase()) | (u8::from(!matches!(b, b' '..=b'~')) * OTHER);
    // Goes through the text without a branch, eight bytes at a time; the last eight may have been seen already.
    let nexts = &bytes[1..];
    let both = |any: &mut u8, (one, next): (&u8, &u8)| *any |= of(*one) | (u8::from(*one | *next == b' ') * OTHER);
    let mut all = [0; 8];
    let eights = start.as_chunks::<8>().0.iter().zip(nexts.as_chunks::<8>().0);
    for (ones, nexts) in eights.chain(start.last_chunk::<8>().zip(nexts.last_chunk::<8>())) {
        all.iter_mut().zip(ones.iter().zip(nexts)).for_each(|(any, pair)| both(any, pair));
    }
    let mut any = all.iter().fold(of(*last), |any, more| any | more);
    if start.len() < 8 {
        start.iter().zip(nexts).for_each(|pair| both(&mut any, pair));
    }
    if any >= OTHER || *last == b' ' {
        AsciiForm::Other
    } else if any == CASED {
        AsciiForm::Cased
    } else {
        AsciiForm::Folded
    }
}

/// The same for a key, of letters and digits.
fn key_form(bytes: &[u8]) -> AsciiForm {
    let (mut space, mut cased) = (true, false);
    for b in bytes {
        match b {
            b'a'..=b'z' | b'0'..=b'9' => space = false,
            b'A'..=b'Z' => (space, cased) = (false, true),
            b' ' if !space => space = true,
            _ => return AsciiForm::Other,
        }
    }
    match (space, cased) {
        (true, _) if !bytes.is_empty() => AsciiForm::Other,
        (_, true) => AsciiForm::Cased,
        _ => AsciiForm::Folded,
    }
}

/// The folded bytes of an ASCII text.
struct AsciiFold<'a> {
    rest: &'a [u8],
}

impl<'a> AsciiFold<'a> {
    fn new(text: &'a str) -> Self {
        AsciiFold { rest: text.trim_matches(is_ascii_space).as_bytes() }
    }
}

impl Iterator for AsciiFold<'_> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        let (&first, mut rest) = self.rest.split_first()?;
        let out = if is_ascii_space(char::from(first)) {
            while let [b, tail @ ..] = rest
                && is_ascii_space(char::from(*b))
            {
                rest = tail;
            }
            b' '
        } else {
            first.to_ascii_lowercase()
        };
        self.rest = rest;
        Some(out)
    }
}

/// What `char::is_whitespace` accepts of ASCII (`is_ascii_whitespace` leaves out the vertical tab).
fn is_ascii_space(c: char) -> bool {
    matches!(c, '\t'..='\r' | ' ')
}

/// Characters that take no room: zero-width spaces and joiners, soft hyphen, direction marks, byte order mark,
/// variation selectors.
fn is_ignorable(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Whether `c` is a mark that Latin, Greek and Cyrillic letters carry.
#[must_use]
pub fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{487}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

fn push_folded(c: char, out: &mut String) {
    match c {
        '\0'..='\x7f' => out.push(c.to_ascii_lowercase()),
        // Full-width forms stand 0xfee0 above their ASCII twins.
        '\u{ff01}'..='\u{ff5e}' => {
            out.extend(char::from_u32(u32::from(c) - 0xfee0).map(|narrow| narrow.to_ascii_lowercase()));
        }
        _ if is_ignorable(c) => {}
        _ => case::lower(c).for_each(|c| push_parts(c, out)),
    }
}

/// Pushes what a lower-case letter is without marks.
fn push_parts(c: char, out: &mut String) {
    let push = |code: u16, out: &mut String| {
        if let Some(part) = char::from_u32(code.into()) {
            push_plain(part, out);
        }
    };
    if is_mark(c) {
        return;
    }
    let Ok(code) = u16::try_from(u32::from(c)) else { return push_plain(c, out) };
    let Letters { one, several } = letters();
    if let 0xac00..=0xd7a3 = code {
        // A Hangul syllable is its letters (Unicode, section 3.12).
        let place = code - 0xac00;
        push(0x1100 + place / 588, out);
        push(0x1161 + place % 588 / 28, out);
        if place % 28 > 0 {
            push(0x11a7 + place % 28, out);
        }
    } else if let Ok(at) = one.binary_search_by_key(&code, |(letter, _)| *letter) {
        push(one[at].1, out);
    } else if let Ok(at) = several.binary_search_by_key(&code, |(letter, _)| *letter) {
        several[at].1.iter().filter(|part| **part != 0).for_each(|part| push(*part, out));
    } else {
        push_plain(c, out);
    }
}

/// Pushes a lower-case letter without mark in its plain spelling.
fn push_plain(c: char, out: &mut String) {
    let plain = match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ı' => "i",
        'ĳ' => "ij",
        'ł' => "l",
        'ſ' => "s",
        'ŧ' => "t",
        'þ' => "th",
        'ς' => "σ",
        'ª' => "a",
        'ø' | 'º' => "o",
        '\u{fb00}' => "ff",
        '\u{fb01}' => "fi",
        '\u{fb02}' => "fl",
        '\u{fb03}' => "ffi",
        '\u{fb04}' => "ffl",
        '\u{fb05}' | '\u{fb06}' => "st",
        '\u{2018}'..='\u{201b}' | '\u{2b9}' | '\u{2bc}' | '\u{2032}' | '\u{b4}' => "'",
        '\u{201c}'..='\u{201f}' | '\u{2033}' => "\"",
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => "-",
        _ => return out.push(c),
    };
    out.push_str(plain);
}

#[cfg(test)]
#[path = "fold_tests.rs"]
mod tests;
