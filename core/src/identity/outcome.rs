//! Outcomes: what follows from the weights of the records that a lead could be.
//!
//! Input: the candidates' weights, whether they have the lead's e-mail address, and a model's thresholds. Output: an
//! [`Outcome`] for each. Invariant: of the candidates of one lead at most one is exact or probable; equal personal
//! addresses that one record alone holds are exact whatever else differs.

use super::{Outcome, bits};
use crate::contract::MatchModel;

/// Whether a candidate has the lead's e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SameEmail {
    /// It has another address or none, or the lead has none.
    No,
    /// It has, and several records hold it or it belongs to a role.
    Held,
    /// It has, and it is a person's that no other record holds.
    Own,
}

/// The thresholds of a model as weights, in thousandths of a bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// From which weight on a pair is probably the same.
    pub probable: i32,
    /// From which weight on a person looks.
    pub review: i32,
    /// How much heavier the best candidate must be than the next.
    pub margin: i32,
}

impl Limits {
    /// The thresholds of a model.
    #[must_use]
    pub fn of(model: &MatchModel) -> Self {
        Self {
            probable: bits::weight_of(model.probable_at).0,
            review: bits::weight_of(model.review_at).0,
            margin: model.margin.0,
        }
    }

    /// The outcome of two records that are compared for their own sake, as in a search for duplicates: each record may
    /// have several.
    #[must_use]
    pub const fn of_pair(self, weight: i32, email: SameEmail) -> Outcome {
        match email {
            SameEmail::Own => Outcome::Exact,
            SameEmail::Held => Outcome::Ambiguous,
            SameEmail::No if weight >= self.probable => Outcome::Probable,
            SameEmail::No if weight >= self.review => Outcome::Ambiguous,
            SameEmail::No => Outcome::None,
        }
    }

    /// The outcomes of the candidates of one lead, of which it is one at most.
    pub fn of_candidates(self, candidates: &[(i32, SameEmail)], mut each: impl FnMut(usize, Outcome)) {
        let most = candidates.iter().map(|(_, email)| *email).max().unwrap_or(SameEmail::No);
        let best = candidates.iter().map(|(weight, _)| *weight).max().unwrap_or(i32::MIN);
        let near = |weight: i32| weight >= self.review && best.saturating_sub(weight) < self.margin;
        let alone = candidates.iter().filter(|(weight, _)| near(*weight)).count() == 1;
        for (place, (weight, email)) in candidates.iter().enumerate() {
            let outcome = match most {
                // Who has the address is the person, or one of those who share it; the others are not asked about.
                SameEmail::Own if *email == SameEmail::Own => Outcome::Exact,
                SameEmail::Held if *email == SameEmail::Held => Outcome::Ambiguous,
                SameEmail::No if near(*weight) && alone && *weight >= self.probable => Outcome::Probable,
                SameEmail::No if near(*weight) => Outcome::Ambiguous,
                _ => Outcome::None,
            };
            each(place, outcome);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::SameEmail::{Held, No, Own};
    use super::*;

    const LIMITS: Limits = Limits { probable: 4000, review: 0, margin: 3000 };

    fn outcomes(candidates: &[(i32, SameEmail)]) -> Vec<&'static str> {
        let mut words = Vec::new();
        LIMITS.of_candidates(candidates, |_, outcome| words.push(outcome.word()));
        words
    }

    #[test]
    fn the_best_must_lead() {
        assert_eq!(outcomes(&[]), [""; 0]);
        assert_eq!(outcomes(&[(4000, No)]), ["probable"]);
        assert_eq!(outcomes(&[(3999, No)]), ["ambiguous"]);
        assert_eq!(outcomes(&[(-1, No)]), ["none"]);
        assert_eq!(outcomes(&[(7000, No), (4000, No)]), ["probable", "none"]);
        assert_eq!(outcomes(&[(4001, No), (7000, No)]), ["ambiguous", "ambiguous"]);
        assert_eq!(outcomes(&[(4000, No), (1100, No), (-100, No)]), ["ambiguous", "ambiguous", "none"]);
    }

    #[test]
    fn the_address_speaks_first() {
        assert_eq!(outcomes(&[(9000, No), (-5000, Own)]), ["none", "exact"]);
        assert_eq!(outcomes(&[(9000, Held), (9000, Held), (9000, No)]), ["ambiguous", "ambiguous", "none"]);
        assert_eq!(outcomes(&[(9000, Held)]), ["ambiguous"]);
    }

    #[test]
    fn duplicates_may_be_several() {
        assert_eq!(LIMITS.of_pair(4000, No), Outcome::Probable);
        assert_eq!(LIMITS.of_pair(3999, No), Outcome::Ambiguous);
        assert_eq!(LIMITS.of_pair(-1, No), Outcome::None);
        assert_eq!(LIMITS.of_pair(-9000, Own), Outcome::Exact);
        assert_eq!(LIMITS.of_pair(9000, Held), Outcome::Ambiguous);
    }
}
