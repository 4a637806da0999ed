//! Comparisons: which level of agreement two records reach in one attribute.
//!
//! Input: the forms of two records, a comparison, and how frequent values are. Output: the level reached and what the
//! frequency of the value adds. Invariant: the same whichever record comes first; time bounded by the length of a form.
//! *Source*: levels as Splink's comparison library has them; term frequencies after Winkler, *Frequency-based matching
//! in the Fellegi–Sunter model* (1989); words weighted by rarity after Cohen, Ravikumar and Fienberg, *A comparison of
//! string distance metrics for name-matching tasks* (2003), soft TF-IDF.

use super::bits;
use super::forms::Values;
use super::metric;
use super::store::Store;
use crate::contract::{Attribute, Comparison, Level, Likeness};
use crate::normal::email::Email;
use crate::normal::nickname;
use crate::tables::COMPANY_COMMON;

/// The level of a comparison that two records reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reached {
    /// Its place among the levels; their number where none holds, one more where a value is missing.
    pub(crate) level: u8,
    /// What the frequency of the value adds, in thousandths of a bit.
    pub(crate) adjustment: i32,
}

/// Which level of a comparison two records reach.
pub(crate) fn compare(comparison: &Comparison, a: &Values<'_>, b: &Values<'_>, store: &Store) -> Reached {
    let place = comparison.of as usize;
    if comparison.of == Attribute::Phone {
        let other = Attribute::Mobile as usize;
        let pairs = [(a[place], b[place]), (a[place], b[other]), (a[other], b[place]), (a[other], b[other])];
        return pairs
            .map(|(a, b)| texts(comparison, a, b, store))
            .into_iter()
            // Of two equal numbers the rarer says more.
            .min_by_key(|one| (one.level, -one.adjustment))
            .unwrap_or_default();
    }
    texts(comparison, a[place], b[place], store)
}

/// Which level of a comparison two texts reach.
pub(crate) fn texts(comparison: &Comparison, a: &str, b: &str, store: &Store) -> Reached {
    let levels = &comparison.levels;
    let number = |place: usize| u8::try_from(place).unwrap_or(u8::MAX);
    if a.is_empty() || b.is_empty() {
        return Reached { level: number(levels.len() + 1), adjustment: 0 };
    }
    // Jaro's measure and the choice of the words' partners depend on which comes first in rare cases.
    let (a, b) = if a <= b { (a, b) } else { (b, a) };
    let mut shared = None;
    let mut similar = None;
    for (place, level) in levels.iter().enumerate() {
        let holds = match level.is {
            Likeness::Words | Likeness::Within => {
                let shared = *shared.get_or_insert_with(|| Shared::of(a, b, store));
                let share = if level.is == Likeness::Words { shared.of_all() } else { shared.of_shorter() };
                share >= i64::from(level.at.unwrap_or(1000))
            }
            // Asked at several thresholds, worked out once.
            Likeness::Similar => {
                *similar.get_or_insert_with(|| similarity(comparison.of, a, b)) >= level.at.unwrap_or(1000)
            }
            _ => holds(level, a, b),
        };
        if holds {
            let adjustment = if !level.term_frequency {
                0
            } else if level.is == Likeness::Same {
                rarity(comparison.of, a, store)
            } else {
                shared.get_or_insert_with(|| Shared::of(a, b, store)).rarity()
            };
            return Reached { level: number(place), adjustment };
        }
    }
    Reached { level: number(levels.len()), adjustment: 0 }
}

fn holds(level: &Level, a: &str, b: &str) -> bool {
    let at = level.at.unwrap_or(0);
    match level.is {
        Likeness::Same => a == b,
        Likeness::SameMailbox => mailbox(a) == mailbox(b),
        Likeness::SameUser => user(a) == user(b) && user(a).len() > 3,
        Likeness::SameWords => {
            a.len() == b.len()
                && a.split(' ').all(|word| b.split(' ').any(|other| other == word))
                && b.split(' ').all(|word| a.split(' ').any(|other| other == word))
        }
        Likeness::Nickname => first(a) != first(b) && nickname::same_group(first(a), first(b)),
        Likeness::Initial => {
            let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
            first(short).chars().count() == 1 && long.starts_with(first(short))
        }
        Likeness::Begins => {
            let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
            long.strip_prefix(short).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        }
        Likeness::Close => metric::osa_within(a, b, at),
        Likeness::Sounds => {
            may_sound_alike(a, b) && metric::nysiis(a).is_some_and(|sound| metric::nysiis(b) == Some(sound))
        }
        Likeness::TwoOfThree => two_of_three(a, b),
        Likeness::Similar | Likeness::Words | Likeness::Within => false,
    }
}

fn similarity(of: Attribute, a: &str, b: &str) -> u16 {
    match of {
        // What follows the `@` is mostly the same for everybody at a company.
        Attribute::Email => metric::jaro_winkler(user(a), user(b)),
        _ => metric::jaro_winkler(a, b),
    }
}

/// Whether the sound of two names can be the same: a code begins with the name's first letter, but for `k`, `kn`, `ph` and
/// `pf`.
fn may_sound_alike(a: &str, b: &str) -> bool {
    let start = |name: &str| match name.as_bytes() {
        [b'k', b'n', ..] => b'n',
        [b'k', ..] => b'c',
        [b'p', b'h' | b'f', ..] => b'f',
        [first, ..] if first.is_ascii_lowercase() => *first,
        // It has signs before its first letter.
        _ => 0,
    };
    let (a, b) = (start(a), start(b));
    a == b || a == 0 || b == 0
}

fn mailbox(address: &str) -> String {
    if address.contains('@') { Email::of_normal(address).provider_form().into_owned() } else { address.to_owned() }
}

/// The part of an address before the `@`.
pub(crate) fn user(address: &str) -> &str {
    address.split_once('@').map_or(address, |(user, _)| user)
}

/// The first word.
pub(crate) fn first(words: &str) -> &str {
    words.split(' ').next().unwrap_or(words)
}

/// Whether two dates, `19720504`, share two of their three parts, or have day and month exchanged.
fn two_of_three(a: &str, b: &str) -> bool {
    let (Some((year, month, day)), Some((year_b, month_b, day_b))) = (parts(a), parts(b)) else { return false };
    let same = u8::from(year == year_b) + u8::from(month == month_b) + u8::from(day == day_b);
    same >= 2 || (year == year_b && month == day_b && day == month_b)
}

fn parts(date: &str) -> Option<(&str, &str, &str)> {
    if date.len() == 8 && date.is_ascii() { Some((&date[..4], &date[4..6], &date[6..])) } else { None }
}

/// log2 of how often two values of the column agree by chance over how often this one does.
fn rarity(of: Attribute, text: &str, store: &Store) -> i32 {
    let frequency = store.frequency(of, text);
    let own = u64::from(frequency.total) * u64::from(frequency.count.max(1));
    bits::log2(frequency.squares) - bits::log2(own)
}

/// What two companies' names share.
#[derive(Clone, Copy, Debug, Default)]
struct Shared {
    /// What the words say that both have.
    both: i64,
    a: i64,
    b: i64,
    /// How many names have the rarest telling word that both have; 0 where they share none.
    names: u32,
}

/// Words that differ only by a slip count this much, per mille.
const SLIP: i64 = 900;

/// Longer names are cut here.
const MOST_WORDS: usize = 12;

impl Shared {
    fn of(a: &str, b: &str, store: &Store) -> Self {
        let mut words_b = [("", 0_i64); MOST_WORDS];
        let mut len = 0;
        for (slot, word) in words_b.iter_mut().zip(b.split(' ')) {
            *slot = (word, weight(word));
            len += 1;
        }
        let mut taken = [false; MOST_WORDS];
        let mut shared = Self { b: words_b[..len].iter().map(|(_, weight)| weight).sum(), ..Self::default() };
        for word in a.split(' ').take(MOST_WORDS) {
            let own = weight(word);
            shared.a += own;
            let mut best = (0, None);
            for (place, (other, weight)) in words_b[..len].iter().enumerate() {
                let worth = if taken[place] { 0 } else { own.min(*weight) * like(word, other) / 1000 };
                if worth > best.0 {
                    best = (worth, Some(place));
                }
            }
            if let (worth, Some(place)) = best {
                taken[place] = true;
                shared.both += worth;
                if worth > COMMON {
                    let names = store.word(word).max(store.word(words_b[place].0)).max(1);
                    shared.names = if shared.names == 0 { names } else { shared.names.min(names) };
                }
            }
        }
        shared
    }

    /// Of all words, how much is shared, per mille.
    fn of_all(self) -> i64 {
        if self.names == 0 { 0 } else { 2000 * self.both / (self.a + self.b).max(1) }
    }

    /// Of the words of the shorter name, how much is shared, per mille.
    fn of_shorter(self) -> i64 {
        if self.names == 0 { 0 } else { 1000 * self.both / self.a.min(self.b).max(1) }
    }

    /// What is lost because many names have even the rarest of the words shared: a quarter of a bit for each doubling.
    fn rarity(self) -> i32 {
        -bits::log2(u64::from(self.names.max(1))) / 4
    }
}

/// How alike two words are, per mille.
fn like(a: &str, b: &str) -> i64 {
    if a == b {
        return 1000;
    }
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let slip = short.len() >= 5 && metric::osa_within(a, b, 1 + u16::from(short.len() >= 9));
    if slip || (short.len() >= 4 && long.starts_with(short)) { SLIP } else { 0 }
}

/// What a word says that many companies have in their names.
const COMMON: i64 = 200;

/// What a word says: a thousand, or less where it names what a company does or where it is.
fn weight(word: &str) -> i64 {
    if is_common(word) { COMMON } else { 1000 }
}

/// Whether a word says what a company does or where it is, and not which it is.
pub(crate) fn is_common(word: &str) -> bool {
    COMPANY_COMMON.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reached(of: Attribute, levels: &str, a: &str, b: &str) -> u8 {
        let levels = serde_json::from_str(levels).unwrap();
        let comparison =
            Comparison { of, levels, otherwise: crate::scale::MatchWeight(-1), missing: crate::scale::MatchWeight(0) };
        let store = Store::default();
        let there = texts(&comparison, a, b, &store).level;
        assert_eq!(there, texts(&comparison, b, a, &store).level, "{a} and {b}, the other way round");
        there
    }

    #[test]
    fn the_list_of_common_words_is_in_order() {
        COMPANY_COMMON.check();
    }

    #[test]
    fn the_strictest_level_that_holds_counts() {
        let names = r#"[{"is": "same", "weight": 5}, {"is": "nickname", "weight": 4}, {"is": "begins", "weight": 3},
            {"is": "similar", "at": 880, "weight": 2}, {"is": "initial", "weight": 1}]"#;
        for (a, b, level) in [
            ("anna", "anna", 0),
            ("bob", "robert", 1),
            ("anna", "anna maria", 2),
            ("jonathan", "jonathn", 3),
            ("j", "jonathan", 4),
            ("kim", "wei", 5),
            ("", "wei", 6),
        ] {
            assert_eq!(reached(Attribute::GivenName, names, a, b), level, "{a} and {b}");
        }
    }

    proptest::proptest! {
        #[test]
        fn names_that_sound_alike_may(a in "(k|kn|p|ph|pf|mac|sch|[a-z ' ])[a-z]{0,4}", b in "(c|n|f|k|ph|[a-z])[a-z]{0,4}") {
            let alike = metric::nysiis(&a).is_some_and(|sound| metric::nysiis(&b) == Some(sound));
            proptest::prop_assert!(!alike || may_sound_alike(&a, &b));
        }
    }

    #[test]
    fn dates_agree_in_parts() {
        let dates = r#"[{"is": "same", "weight": 3}, {"is": "two_of_three", "weight": 1}]"#;
        for (a, b, level) in [
            ("19720504", "19720504", 0),
            ("19720504", "19720405", 1),
            ("19720504", "19710504", 1),
            ("19720504", "19810911", 2),
            ("1972", "1972050", 2),
        ] {
            assert_eq!(reached(Attribute::BirthDate, dates, a, b), level, "{a} and {b}");
        }
    }

    #[test]
    fn addresses_agree_in_their_mailbox_or_their_user() {
        let levels = r#"[{"is": "same", "weight": 4}, {"is": "same_mailbox", "weight": 3}, {"is": "same_user", "weight": 2},
            {"is": "similar", "at": 880, "weight": 1}]"#;
        for (a, b, level) in [
            ("ann.lee@gmail.com", "annlee+news@gmail.com", 1),
            ("ann.lee@acme.com", "ann.lee@other.com", 2),
            ("ann.lee@acme.com", "ann.leee@acme.com", 3),
            ("kim@acme.com", "wei@acme.com", 4),
        ] {
            assert_eq!(reached(Attribute::Email, levels, a, b), level, "{a} and {b}");
        }
    }

    #[test]
    fn words_that_say_what_a_company_does_count_little() {
        let levels = r#"[{"is": "same", "weight": 4}, {"is": "words", "at": 850, "weight": 3}, {"is": "within", "at": 980, "weight": 2}]"#;
        for (a, b, level) in [
            ("novaterra", "novaterra systems", 1),
            ("novaterra", "novaterra orchard", 2),
            ("novaterra systems", "novatera systems", 1),
            ("novaterra systems", "brightwater systems", 3),
            ("international systems", "global systems", 3),
        ] {
            assert_eq!(reached(Attribute::Company, levels, a, b), level, "{a} and {b}");
        }
    }
}
