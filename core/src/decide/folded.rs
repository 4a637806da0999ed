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
    pairs: OnceCell<Box<Pairs>>,
}

impl<'a> Folded<'a> {
    pub(super) fn new(fact: Fact, text: &'a str) -> Self {
        Self { fact, text: fold::fold(text), pairs: OnceCell::new() }
    }

    /// Of a text that is folded as it stands.
    pub(super) const fn word(fact: Fact, text: &'a str) -> Self {
        Self { fact, text: Cow::Borrowed(text), pairs: OnceCell::new() }
    }

    /// Whether a folded text is part of it.
    pub(crate) fn contains(&self, part: &str) -> bool {
        self.pairs.get_or_init(|| Pairs::of(&self.text)).may_have(part) && self.text.contains(part)
    }
}

/// Which neighbouring bytes a text has; different pairs may share a place.
struct Pairs([bool; 256]);

impl Pairs {
    fn of(text: &str) -> Box<Self> {
        let mut pairs = Box::new(Self([false; 256]));
        places(text).for_each(|place| pairs.0[usize::from(place)] = true);
        pairs
    }

    /// Whether a text with these pairs can have `part` in it.
    fn may_have(&self, part: &str) -> bool {
        places(part).all(|place| self.0[usize::from(place)])
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
                assert!(pairs.may_have(&text[start..end]), "{}", &text[start..end]);
            }
        }
        assert!(!pairs.may_have("pipeline generation"));
        assert!(!Pairs::of("").may_have("sap"));
    }
}
