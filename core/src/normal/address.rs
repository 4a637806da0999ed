//! Street addresses and cities.
//!
//! *Input*: the street lines of an address, in one text; a city. *Output*: its parts as they are compared: the house number
//! (`12b`, `12-14`), the words of the street with abbreviations written out, the unit within the house and the post-office
//! box, both without the word before them. *Invariant*: the form of a form is itself, and every letter and digit that is no
//! marker of a part is in one. *Source*: `core/src/tables/address_words.txt`, kept by hand from USPS Publication 28, appendix C, the
//! Australian standard AS 4590 and the usual abbreviations of continental Europe.
//!
//! A number at the beginning is the house's, else the last one is: `12 High St`, `Hauptstr. 12`. `3/45 High St` is unit 3 of
//! number 45, `Hauptstr. 45/3` is too. Where a text has no spaces, as in Japanese, it is one word, but for a number at
//! its end. It is for comparison:
//! nothing is looked up, and what is shown is what was typed.

use super::fold::{fold, key};
use crate::tables::ADDRESS_WORDS;

/// The parts of an address in normal form, each empty where there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    /// `12b`, `12-14`.
    pub number: String,
    /// `high street`.
    pub street: String,
    /// Of flat, suite, floor and the like, in the order they were typed: `4`, `2 b`.
    pub unit: String,
    /// `1234`.
    pub po_box: String,
}

/// What is looked at of an address, in characters and in words.
const LETTERS: usize = 512;
const WORDS: usize = 48;

impl Address {
    /// Takes an address apart.
    ///
    /// ```
    /// use interlock_core::normal::address::Address;
    /// let address = Address::parse("Suite 4, 12 St. John's Rd.");
    /// assert_eq!((&*address.number, &*address.street, &*address.unit), ("12", "saint johns road", "4"));
    /// ```
    #[must_use]
    pub fn parse(raw: &str) -> Self {
        let mut address = Address::read(raw);
        // What was taken out may have stood between a marker and a number.
        for _ in 0..WORDS {
            if !has_marker(&address.street) {
                break;
            }
            let next = Address::read(&address.normal());
            if next == address {
                break;
            }
            address = next;
        }
        address
    }

    /// Takes a street apart that came of taking one apart. Without a digit in it, it is all there is.
    pub(crate) fn parse_rest(street: String) -> Self {
        if street.chars().any(char::is_numeric) {
            return Self::parse(&street);
        }
        Self { street, ..Self::default() }
    }

    fn read(raw: &str) -> Self {
        let end = raw.char_indices().nth(LETTERS).map_or(raw.len(), |(end, _)| end);
        let mut address = Address::default();
        let mut street = address.without_units(&words(&fold(&raw[..end])));
        if let Some((at, count)) = house_number(&street) {
            let taken: Vec<String> = street.drain(at..at + count).collect();
            address.take_number(&taken.concat(), at == 0);
        }
        address.street = written_out(&street);
        address
    }

    /// The parts in one text: `12 high street unit 4 box 1234`.
    #[must_use]
    pub fn normal(&self) -> String {
        let mut out = String::new();
        push(&mut out, &self.number);
        push(&mut out, &self.street);
        for unit in self.unit.split(' ').filter(|unit| !unit.is_empty()) {
            push(&mut out, "unit");
            push(&mut out, unit);
        }
        if !self.po_box.is_empty() {
            push(&mut out, "box");
            push(&mut out, &self.po_box);
        }
        out
    }

    /// Takes units and boxes out of `words`.
    fn without_units(&mut self, words: &[String]) -> Vec<String> {
        let mut rest = Vec::with_capacity(words.len());
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let after = |count: usize| words.get(at + count).map_or("", String::as_str);
            let boxed = box_words(word, after(1), after(2));
            if boxed > 0 && is_box(after(boxed)) {
                self.po_box.push_str(after(boxed));
                at += boxed + 1;
                // `Postfach 12 34`
                while matches!(&**word, "postfach" | "pf") && words.get(at).is_some_and(|word| is_pair(word)) {
                    self.po_box.push_str(&words[at]);
                    at += 1;
                }
                continue;
            }
            // `# 4`, `#4`, `unit 4`, `unit no 4`.
            let (marked, id) = match word.strip_prefix('#') {
                Some("") => (1, after(1)),
                Some(id) => (0, id.trim_start_matches('#')),
                None if may_name_unit(after(1)) && UNITS.contains(&&**word) => {
                    let numbered = usize::from(matches!(after(1), "no" | "nr" | "number" | "#"));
                    (1 + numbered, after(1 + numbered).trim_start_matches('#'))
                }
                None => (0, ""),
            };
            if is_unit(id) {
                push(&mut self.unit, id);
                at += marked + 1;
                continue;
            }
            if marked > 0 && id.contains('/') {
                // `Unit 3/45`: the number says it.
                at += marked;
                continue;
            }
            let word = word.trim_start_matches('#');
            if !word.is_empty() {
                rest.push(word.to_owned());
            }
            at += 1;
        }
        rest
    }

    /// Takes `12b`, `3/45` at the beginning, `45/3` behind a street.
    fn take_number(&mut self, typed: &str, first: bool) {
        let mut parts: Vec<&str> = typed.split('/').filter(|part| !part.is_empty()).collect();
        let number = if first { parts.pop() } else { (!parts.is_empty()).then(|| parts.remove(0)) };
        number.unwrap_or_default().clone_into(&mut self.number);
        parts.iter().for_each(|part| push(&mut self.unit, part));
    }
}

/// A city in normal form: its words, `St` and `Mt` and the like written out.
///
/// ```
/// use interlock_core::normal::address::city;
/// assert_eq!(city("St. Louis"), city("SAINT LOUIS"));
/// ```
#[must_use]
pub fn city(raw: &str) -> String {
    let end = raw.char_indices().nth(LETTERS).map_or(raw.len(), |(end, _)| end);
    let mut out = String::new();
    for word in key(&raw[..end]).split(' ') {
        push(&mut out, ADDRESS_WORDS.get(word).map_or(word, |full| full.split('|').next_back().unwrap_or(full)));
    }
    out
}

/// Appends a word.
fn push(out: &mut String, word: &str) {
    if !out.is_empty() && !word.is_empty() {
        out.push(' ');
    }
    out.push_str(word);
}

/// The words of a folded text: those with a digit keep their `-` and `/`, and `#` before a word stays.
fn words(folded: &str) -> Vec<String> {
    let mut out = Vec::new();
    // `丸の内1-9-1` is a name and a number.
    let mut spaced = String::with_capacity(folded.len() + 4);
    let mut east_asian = false;
    for c in folded.chars() {
        if c.is_ascii_digit() && east_asian {
            spaced.push(' ');
        }
        spaced.push(c);
        // These vanish from words.
        east_asian = c >= '\u{1100}' || (east_asian && matches!(c, '.' | '\'' | '`'));
    }
    for piece in spaced.split([' ', ',', ';', '|', '(', ')']) {
        let (sign, piece) = piece.strip_prefix('#').map_or(("", piece), |rest| ("#", rest));
        if is_number(piece.trim_end_matches('.')) {
            out.push([sign, piece.trim_end_matches('.')].concat());
            continue;
        }
        let key = key(piece);
        let mut words = key.split(' ').filter(|word| !word.is_empty()).peekable();
        if words.peek().is_none() && !sign.is_empty() {
            out.push(sign.to_owned());
        }
        for (at, word) in words.enumerate() {
            out.push(if at == 0 { [sign, word].concat() } else { word.to_owned() });
        }
    }
    out.truncate(WORDS);
    out
}

/// Whether `word` can be a house number: digits, with a letter after them, a range, or parts with slashes. `5th` is none.
fn is_number(word: &str) -> bool {
    !word.is_empty()
        && word.split(['-', '/']).all(|part| {
            let letters = part.trim_start_matches(|c: char| c.is_ascii_digit());
            (letters.len() < part.len()
                && (letters.len() < 2 || matches!(letters, "bis" | "ter"))
                && letters.is_ascii())
                && letters.bytes().all(|b| b.is_ascii_lowercase())
        })
}

/// Where the house number stands, and in how many words.
fn house_number(words: &[String]) -> Option<(usize, usize)> {
    if words.first().is_some_and(|word| is_number(word)) {
        return Some((0, 1));
    }
    let at = words.iter().rposition(|word| is_number(word))?;
    // `Hauptstr. 12 b`, at the end alone.
    let letter = words.get(at + 1).filter(|word| {
        at + 2 == words.len()
            && words[at].bytes().all(|b| b.is_ascii_digit())
            && (matches!(word.as_bytes(), [b'a'..=b'z']) || matches!(&***word, "bis" | "ter"))
    });
    Some((at, 1 + usize::from(letter.is_some())))
}

/// The words with abbreviations written out.
fn written_out(words: &[String]) -> String {
    let mut out = String::new();
    for (at, word) in words.iter().enumerate() {
        let after = words.get(at + 1).map(String::as_str);
        let ends = at > 0 && after.is_none_or(|after| DIRECTIONS.contains(&after));
        write_out(word, ends, &mut out);
    }
    out
}

fn write_out(word: &str, ends: bool, out: &mut String) {
    // `hauptstr` is two words as `haupt-str.` is.
    if let Some(name) = word.strip_suffix("strasse").or_else(|| word.strip_suffix("str"))
        && name.len() > 2
        && !name.bytes().any(|b| b.is_ascii_digit())
    {
        write_out(name, false, out);
        return push(out, "strasse");
    }
    let full = ADDRESS_WORDS.get(word).unwrap_or(word);
    let (ending, elsewhere) = full.split_once('|').unwrap_or((full, full));
    push(out, if ends { ending } else { elsewhere });
}

const DIRECTIONS: &[&str] = &[
    "n",
    "s",
    "e",
    "w",
    "ne",
    "nw",
    "se",
    "sw",
    "north",
    "south",
    "east",
    "west",
    "northeast",
    "northwest",
    "southeast",
    "southwest",
];

/// How many words from here say that a post-office box follows.
fn box_words(first: &str, second: &str, third: &str) -> usize {
    match (first, second, third) {
        ("p", "o", "box") | ("post", "office", "box") => 3,
        ("po" | "gpo" | "post", "box", _)
        | ("private" | "locked", "bag", _)
        | ("caixa" | "apartado" | "casilla" | "apdo", "postal", _)
        | ("boite", "postale", _) => 2,
        (
            "box" | "pob" | "pobox" | "postfach" | "pf" | "postbus" | "postboks" | "bp" | "apartado" | "apdo"
            | "casilla" | "cp",
            ..,
        ) => 1,
        _ => 0,
    }
}

/// Whether a word of `street` says that a unit or a box follows.
fn has_marker(street: &str) -> bool {
    let words: Vec<&str> = street.split(' ').collect();
    let word = |at: usize| words.get(at).copied().unwrap_or_default();
    (0..words.len()).any(|at| UNITS.contains(&word(at)) || box_words(word(at), word(at + 1), word(at + 2)) > 0)
}

/// Whether `word` is the number of a box.
fn is_box(word: &str) -> bool {
    is_unit(word) && word.bytes().any(|b| b.is_ascii_digit())
}

fn is_pair(word: &str) -> bool {
    word.len() == 2 && word.bytes().all(|b| b.is_ascii_digit())
}

/// Whether `word` names a unit: a number, a letter, or a few of both.
fn is_unit(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let plain = word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    plain && (digits > 0 || word.len() == 1)
}

/// Whether `word` is, or is before, what [`is_unit`] accepts: few are, and the list of markers is long.
fn may_name_unit(word: &str) -> bool {
    word.len() < 2 || matches!(word, "no" | "nr" | "number") || word.bytes().any(|b| b == b'#' || b.is_ascii_digit())
}

/// Words before the number of a flat, a floor, an office.
#[rustfmt::skip]
const UNITS: &[&str] = &[
    "apartment", "apartments", "appartement", "app", "appt", "apt", "apto", "unit", "units", "unt", "suite", "suites", "ste", "flat",
    "flt", "room", "rm", "floor", "flr", "fl", "level", "lvl", "lev", "wohnung", "whg", "etage", "piso", "puerta", "interno", "int",
    "lot", "shop", "shp", "kiosk", "boite", "bte", "batiment", "bat", "building", "bldg", "bldgs", "tower", "twr", "block", "blk", "oficina", "office",
    "depto", "dpto", "sala", "andar", "кв", "квартира", "оф", "офис", "stiege", "top", "space",
];

#[cfg(test)]
#[path = "address_tests.rs"]
mod tests;
