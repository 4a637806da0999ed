//! Names of people.
//!
//! *Input*: a full name as typed (`Dr. Anna van der Berg, PhD`, `Smith, John`), or a first and a last name. *Output*:
//! its parts, as slices of what was typed: titles, given names, family name, suffixes. *Invariant*: every word of the
//! input is in exactly one part, and no name is all titles. Nothing is repaired: the normal form is for comparison, what
//! is shown is what was typed. *Source*: titles and suffixes kept by hand, from the salutations that CRMs offer and the
//! academic ones of Central Europe.
//!
//! A full name of one word is a family name. Western order is assumed where no comma says otherwise, and a name in Han,
//! kana or Hangul without a space is one word. Words that are also names (`Ma`, `Nat`, `Ing`) count as titles or suffixes
//! only where their place or their dot says so.

use super::fold::{key, trim};

/// The parts of a name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct PersonName<'a> {
    /// `Dr.`, `Frau`, `Prof.`, in the order they were typed.
    pub titles: Vec<&'a str>,
    /// First and middle names: `Anna Maria`.
    pub given: &'a str,
    /// `van der Berg`.
    pub family: &'a str,
    /// `Jr.`, `PhD`, in the order they were typed; and what a further comma set off that is neither.
    pub suffixes: Vec<&'a str>,
}

impl<'a> PersonName<'a> {
    /// Takes a full name apart: `Given Family` or `Family, Given`.
    #[must_use]
    pub fn parse(raw: &'a str) -> Self {
        let mut name = PersonName::default();
        let mut pieces = pieces(raw);
        let first = name.take_affixes(pieces.next().unwrap_or_default());
        let mut given = "";
        for piece in pieces {
            let rest = name.take_piece(piece);
            if given.is_empty() {
                given = rest;
            } else if !rest.is_empty() {
                name.suffixes.push(rest);
            }
        }
        (name.given, name.family) = if given.is_empty() { split_family(first) } else { (given, first) };
        name
    }

    /// Takes titles and suffixes from a first and a last name that are known apart.
    #[must_use]
    pub fn from_parts(first: &'a str, last: &'a str) -> Self {
        let mut name = PersonName::default();
        name.given = name.take_part(first);
        name.family = name.take_part(last);
        name
    }

    /// Given and family name in their comparison form, without titles and suffixes: `anna van der berg`.
    #[must_use]
    pub fn normal(&self) -> String {
        let mut out = key(self.given).into_owned();
        let family = key(self.family);
        if !out.is_empty() && !family.is_empty() {
            out.push(' ');
        }
        out.push_str(&family);
        out
    }

    fn take_part(&mut self, typed: &'a str) -> &'a str {
        let mut pieces = pieces(typed);
        let name = self.take_affixes(pieces.next().unwrap_or_default());
        for piece in pieces {
            let rest = self.take_piece(piece);
            if !rest.is_empty() {
                self.suffixes.push(rest);
            }
        }
        name
    }

    /// Takes titles before and suffixes after the name in `text`; a word of it stays.
    fn take_affixes(&mut self, text: &'a str) -> &'a str {
        let mut rest = text;
        while let Some((word, after)) = rest.split_once(char::is_whitespace)
            && is_title(word, !self.titles.is_empty())
        {
            self.titles.push(word);
            rest = after.trim_start();
        }
        let at = self.suffixes.len();
        while let Some(start) = suffix_start(rest, false) {
            self.suffixes.insert(at, &rest[start..]);
            rest = rest[..start].trim_end();
        }
        rest
    }

    /// Takes what stands after a comma: it may be nothing but titles or suffixes.
    fn take_piece(&mut self, piece: &'a str) -> &'a str {
        let mut rest = piece;
        let at = self.suffixes.len();
        while let Some(start) = suffix_start(rest, true) {
            self.suffixes.insert(at, &rest[start..]);
            rest = rest[..start].trim_end();
        }
        let rest = self.take_affixes(rest);
        self.title_alone(rest)
    }

    fn title_alone(&mut self, word: &'a str) -> &'a str {
        if !word.is_empty() && !word.contains(char::is_whitespace) && is_title(word, !self.titles.is_empty()) {
            self.titles.push(word);
            return "";
        }
        word
    }
}

/// The comparison form of a full name: [`PersonName::normal`], taken until it stays. A word that a comma kept in the name
/// may be a title without it.
#[must_use]
pub fn normal(raw: &str) -> String {
    let mut form = PersonName::parse(raw).normal();
    loop {
        let next = PersonName::parse(&form).normal();
        if next == form {
            return form;
        }
        form = next;
    }
}

fn pieces(raw: &str) -> impl Iterator<Item = &str> {
    raw.split(',').map(trim).filter(|piece| !piece.is_empty())
}

/// Where the family name begins: at the particles before the last word.
fn split_family(name: &str) -> (&str, &str) {
    let word_before = |end: usize| {
        let end = name[..end].trim_end().len();
        name[..end].rfind(char::is_whitespace).map(|at| (at + name[at..].chars().next().map_or(1, char::len_utf8), end))
    };
    let Some((mut start, _)) = word_before(name.len()) else {
        return ("", name);
    };
    // The first word is never a particle: it is all that is left for a given name.
    while let Some((before, end)) = word_before(start)
        && PARTICLES.contains(&&*key(&name[before..end]))
    {
        start = before;
    }
    (name[..start].trim_end(), &name[start..])
}

/// Whether `word` is a title, `after` another one or not.
fn is_title(word: &str, after: bool) -> bool {
    let dotted = word.ends_with('.');
    let word = key(word);
    TITLES.contains(&&*word) || (dotted && (DOTTED_TITLES.contains(&&*word) || (after && DEGREES.contains(&&*word))))
}

/// Where the suffix begins that ends `text`; the suffix may be all of it after a comma.
fn suffix_start(text: &str, after_comma: bool) -> Option<usize> {
    let start_of_last = |text: &str| {
        let trimmed = text.trim_end();
        trimmed.rfind(char::is_whitespace).map_or(0, |at| at + trimmed[at..].chars().next().map_or(1, char::len_utf8))
    };
    let mut start = start_of_last(text);
    if text.is_empty() || (start == 0 && !after_comma) {
        return None;
    }
    let word = &text[start..];
    let mut known = key(word);
    if known == "d" && start > 0 {
        // `Ph. D.`
        let before = start_of_last(&text[..start]);
        if key(&text[before..start]) == "ph" {
            start = before;
            known = "phd".into();
        }
    }
    let listed = SUFFIXES.contains(&&*known)
        || (NUMERALS.contains(&&*known) && !word.chars().any(char::is_lowercase))
        || (after_comma && DEGREES_AFTER_COMMA.contains(&&*known) && !word.chars().any(char::is_lowercase));
    (listed && (start > 0 || after_comma)).then_some(start)
}

#[rustfmt::skip]
const TITLES: &[&str] = &[
    "mr", "mrs", "ms", "miss", "mx", "mister", "dr", "drs", "doctor", "doktor", "prof", "professor", "sir", "dame", "lady",
    "lord", "frau", "herr", "herrn", "mme", "mlle", "monsieur", "madame", "mademoiselle", "sra", "srta", "senor", "senora",
    "dott", "dottssa", "dottore", "dottoressa", "signor", "signora", "dhr", "mevr", "mevrouw", "dipl ing", "dipl kfm",
    "dipl inf", "dipl phys", "dipl oec", "dr ing", "dr med", "dr phil", "dr rer nat", "mag dr", "univ prof", "reverend", "capt",
    "captain", "colonel", "sgt",
];

/// Titles that are also names or words, so that only their dot tells them.
#[rustfmt::skip]
const DOTTED_TITLES: &[&str] = &[
    "sr", "ing", "mag", "fr", "hr", "hrn", "gen", "col", "maj", "lt", "hon", "rev", "sig", "sigra", "dipl", "univ", "pd", "ir", "mw",
    "avv", "arch", "mgr", "judr", "mudr", "phdr", "rndr", "bc", "eng",
];

/// What follows `Dr.`: `Dr. rer. nat.`.
const DEGREES: &[&str] = &[
    "rer", "nat", "med", "dent", "vet", "phil", "jur", "iur", "oec", "pol", "ing", "habil", "h c", "hc", "mult",
    "techn", "theol",
];

const SUFFIXES: &[&str] = &[
    "jr", "sr", "junior", "phd", "ph d", "mba", "esq", "esquire", "cpa", "cfa", "pmp", "dds", "dmd", "dvm", "llm",
    "llb", "msc", "bsc", "dphil",
];

const NUMERALS: &[&str] = &["ii", "iii", "iv", "md", "m d"];

/// Degrees that are also names: `Jack Ma`.
const DEGREES_AFTER_COMMA: &[&str] = &[
    "ma", "ba", "bs", "ms", "jd", "rn", "pe", "do", "ma ed", "med", "mph", "obe", "mbe", "cbe", "frcs", "b a", "m a",
    "m sc", "b sc", "fh",
];

const PARTICLES: &[&str] = &[
    "van", "von", "vom", "der", "den", "de", "del", "della", "dela", "di", "da", "dos", "das", "do", "du", "la", "le",
    "los", "las", "ter", "ten", "te", "zu", "zum", "zur", "af", "av", "bin", "binti", "bint", "ibn", "al", "el", "st",
    "san", "santa", "t", "und",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_names_are_taken_apart() {
        let none: [&str; 0] = [];
        for (raw, titles, given, family, suffixes) in [
            ("Anna Lee", &none[..], "Anna", "Lee", &none[..]),
            ("Lee, Anna Maria", &none, "Anna Maria", "Lee", &none),
            ("Dr. Anna van der Berg, PhD", &["Dr."], "Anna", "van der Berg", &["PhD"]),
            ("Frau Prof. Dr. rer. nat. Anna Lee", &["Frau", "Prof.", "Dr.", "rer.", "nat."], "Anna", "Lee", &none),
            ("Smith Jr., John", &none, "John", "Smith", &["Jr."]),
            ("John Smith, Jr., Ph. D.", &none, "John", "Smith", &["Jr.", "Ph. D."]),
            ("Smith, Dr. John, MBA", &["Dr."], "John", "Smith", &["MBA"]),
            ("Smith, MA", &none, "", "Smith", &["MA"]),
            ("Smith, Dr.", &["Dr."], "", "Smith", &none),
            ("Jack Ma", &none, "Jack", "Ma", &none),
            ("JACK MA", &none, "JACK", "MA", &none),
            ("Nat King Cole", &none, "Nat King", "Cole", &none),
            ("Henry Ford II", &none, "Henry", "Ford", &["II"]),
            ("Madonna", &none, "", "Madonna", &none),
            ("Dr.", &none, "", "Dr.", &none),
            ("Van Morrison", &none, "Van", "Morrison", &none),
            ("Dick Van Dyke", &none, "Dick", "Van Dyke", &none),
            ("Smith, John, of Kent", &none, "John", "Smith", &["of Kent"]),
            ("山田太郎", &none, "", "山田太郎", &none),
            ("", &none, "", "", &none),
            (" , ", &none, "", "", &none),
        ] {
            let want = PersonName { titles: titles.to_vec(), given, family, suffixes: suffixes.to_vec() };
            assert_eq!(PersonName::parse(raw), want, "{raw}");
        }
    }

    #[test]
    fn parts_known_apart_stay_apart() {
        let name = PersonName::from_parts("Dr. Anna", "van der Berg, PhD");
        assert_eq!((name.given, name.family), ("Anna", "van der Berg"));
        assert_eq!((name.titles, name.suffixes), (vec!["Dr."], vec!["PhD"]));
        assert_eq!(PersonName::from_parts("Mary Ann", "").given, "Mary Ann");
    }

    #[test]
    fn the_normal_form_is_for_comparison() {
        let normal = |raw| PersonName::parse(raw).normal();
        assert_eq!(normal("Prof. MÜLLER-O’Neil, José"), "jose muller oneil");
        assert_eq!(normal("José Müller-O'Neil"), "jose muller oneil");
        assert_eq!(normal("Madonna"), "madonna");
        assert_eq!(super::normal("Lee, Anna PhD, Mr"), "anna lee");
        assert_eq!((super::normal("Phd, Anna"), normal("Phd, Anna")), ("anna".into(), "anna phd".into()));
        assert!(
            [TITLES, DOTTED_TITLES, DEGREES, SUFFIXES, NUMERALS, DEGREES_AFTER_COMMA, PARTICLES]
                .concat()
                .iter()
                .all(|word| key(word) == *word)
        );
    }
}
