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

    pub(crate) fn pairs(&self) -> &Pairs {
        self.pairs.get_or_init(|| Pairs::of(&self.text))
    }
}

/// The neighbouring bytes of a text, a bit each; different pairs may share a bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pairs([u64; 4]);

impl Pairs {
    pub(crate) fn of(text: &str) -> Self {
        let mut bits = [0; 4];
        let bytes = text.as_bytes();
        for (one, next) in bytes.iter().zip(bytes.iter().skip(1)) {
            let bit = one.wrapping_mul(29).wrapping_add(*next);
            bits[usize::from(bit >> 6)] |= 1 << (bit & 63);
        }
        Self(bits)
    }

    /// Whether a text with these pairs can be part of one with `others`.
    pub(crate) fn are_in(&self, others: &Self) -> bool {
        self.0.iter().zip(&others.0).all(|(own, other)| own & !other == 0)
    }
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
                assert!(Pairs::of(&text[start..end]).are_in(&pairs), "{}", &text[start..end]);
            }
        }
        assert!(!Pairs::of("pipeline generation").are_in(&pairs));
        assert!(!Pairs::of("sap").are_in(&Pairs::of("")));
    }
}
