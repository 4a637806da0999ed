//! Folded texts, kept while a lead is decided: many rules ask about one message.
//!
//! Input: the text behind a fact. Output: its folded form, and which pairs of letters it has, so that most texts it does
//! not contain are told at once. Invariant: pairs only ever rule out; what they let through is looked for.

use std::borrow::Cow;
use std::cell::OnceCell;

use crate::normal::fold;
use crate::plan::Fact;

/// A folded text and the fact it was read from.
pub(crate) struct Folded<'a> {
    pub(super) fact: Fact,
    pub(crate) text: Cow<'a, str>,
    pairs: OnceCell<Pairs>,
}

impl<'a> Folded<'a> {
    pub(super) fn new(fact: Fact, text: &'a str) -> Self {
        Self { fact, text: fold::fold(text), pairs: OnceCell::new() }
    }

    /// Of a text that is folded as it stands.
    pub(super) const fn word(fact: Fact, text: &'a str) -> Self {
        Self { fact, text: Cow::Borrowed(text), pairs: OnceCell::new() }
    }

    /// Whether any of these is part of it.
    pub(crate) fn contains_any(&self, parts: &[Part]) -> bool {
        let pairs = self.pairs.get_or_init(|| Pairs::of(&self.text));
        parts.iter().any(|part| pairs.may_have(part) && self.text.contains(&*part.text))
    }
}

/// A text, folded, that is looked for in others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    text: Box<str>,
    /// Its first pairs, or `ANY` where it has no more.
    pairs: [u16; 3],
}

impl Part {
    pub(crate) fn of(text: &str) -> Self {
        let mut pairs = [ANY; 3];
        pairs.iter_mut().zip(places(text)).for_each(|(pair, place)| *pair = place.into());
        Self { text: text.into(), pairs }
    }
}

/// The place of a pair that every text has.
const ANY: u16 = 256;

/// Which neighbouring bytes a text has; different pairs may share a place.
struct Pairs(Box<[bool; 257]>);

impl Pairs {
    fn of(text: &str) -> Self {
        let mut pairs = Box::new([false; 257]);
        pairs[usize::from(ANY)] = true;
        places(text).for_each(|place| pairs[usize::from(place)] = true);
        Self(pairs)
    }

    /// Whether a text with these pairs can have `part` in it.
    fn may_have(&self, part: &Part) -> bool {
        part.pairs.iter().all(|pair| self.0.get(usize::from(*pair)) == Some(&true))
    }
}

fn places(text: &str) -> impl Iterator<Item = u8> {
    let bytes = text.as_bytes();
    bytes.iter().zip(bytes.iter().skip(1)).map(|(one, next)| one.wrapping_mul(8).wrapping_add(*next))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_rule_out_only_what_is_not_there() {
        let text = "wir suchen eine crm-integration für 40 leute";
        let pairs = Pairs::of(text);
        for (start, _) in text.char_indices() {
            for (end, _) in text.char_indices().filter(|(end, _)| *end >= start) {
                assert!(pairs.may_have(&Part::of(&text[start..end])), "{}", &text[start..end]);
            }
        }
        assert!(!pairs.may_have(&Part::of("pipeline generation")));
        assert!(!Pairs::of("").may_have(&Part::of("sap")));
    }
}
