//! The scales on which Interlock measures. All are integers, so that every platform computes the same.

use std::fmt;

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::json::{Decode, Node};

/// How sure a source or a match is, in per mille (0–1000).
///
/// Reads `870`, `0.87` and `"87 %"`; writes `870`. A whole number is always per mille, a number with a decimal point
/// always a fraction of one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Confidence(#[cfg_attr(feature = "schema", schemars(with = "ConfidenceForm"))] u16);

/// What a confidence may be written as.
#[cfg(feature = "schema")]
#[derive(schemars::JsonSchema)]
#[schemars(untagged, inline)]
#[allow(dead_code, reason = "stands for the written forms in the schema")]
enum ConfidenceForm {
    /// Per mille, 0–1000.
    PerMille(#[schemars(range(min = 0, max = 1000))] u16),
    /// A fraction of one, 0.0–1.0.
    Fraction(#[schemars(range(min = 0.0, max = 1.0))] f64),
    /// A percentage, `"87 %"`.
    Percent(#[schemars(regex(pattern = r"^\d{1,3}(\.\d)? ?%$"))] String),
}

impl Confidence {
    /// Certainty.
    pub const FULL: Self = Self(1000);
    /// No confidence at all.
    pub const NONE: Self = Self(0);

    /// From per mille; `None` above 1000.
    #[must_use]
    pub const fn per_mille(value: u16) -> Option<Self> {
        if value <= 1000 { Some(Self(value)) } else { None }
    }

    /// The value in per mille.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }

    /// The lower of two confidences.
    #[must_use]
    pub const fn min(self, other: Self) -> Self {
        if self.0 < other.0 { self } else { other }
    }

    fn from_percent(text: &str) -> Option<Self> {
        let number = text.trim().strip_suffix('%')?.trim_end();
        let (whole, tenth) = match number.split_once('.') {
            None => (number, 0),
            Some((whole, tenth)) if tenth.len() == 1 => (whole, tenth.parse().ok()?),
            Some(_) => return None,
        };
        Self::per_mille(whole.parse::<u16>().ok()?.checked_mul(10)?.checked_add(tenth)?)
    }
}

/// As a percentage: `87 %`, `87.5 %`.
impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 % 10 {
            0 => write!(f, "{} %", self.0 / 10),
            tenth => write!(f, "{}.{tenth} %", self.0 / 10),
        }
    }
}

const EXPECTED: &str = "a confidence: per mille from 0 to 1000, a fraction such as 0.87, or \"87 %\"";

impl<'de> Deserialize<'de> for Confidence {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Reader;
        impl Visitor<'_> for Reader {
            type Value = Confidence;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(EXPECTED)
            }

            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Confidence, E> {
                u16::try_from(value)
                    .ok()
                    .and_then(Confidence::per_mille)
                    .ok_or_else(|| E::invalid_value(de::Unexpected::Unsigned(value), &self))
            }

            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Confidence, E> {
                u64::try_from(value)
                    .map_err(|_| E::invalid_value(de::Unexpected::Signed(value), &self))
                    .and_then(|value| self.visit_u64(value))
            }

            #[expect(clippy::float_arithmetic, reason = "one exact product, rounded at once to an integer")]
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0..=1000 by the test above")]
            fn visit_f64<E: de::Error>(self, value: f64) -> Result<Confidence, E> {
                if (0.0..=1.0).contains(&value) {
                    Ok(Confidence((value * 1000.0).round() as u16))
                } else {
                    Err(E::invalid_value(de::Unexpected::Float(value), &self))
                }
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Confidence, E> {
                Confidence::from_percent(text).ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
            }
        }
        from.deserialize_any(Reader)
    }
}

impl Decode for Confidence {
    fn decode(node: &Node<'_>) -> Option<Self> {
        match Self::deserialize(node.value()) {
            Ok(read) => Some(read),
            Err(_) => node.unfit(EXPECTED),
        }
    }
}

/// Points of a score.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Points(pub i32);

impl Points {
    /// The sum, held at the limits of the type.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

/// With its sign: `+15`, `-20`, `0`.
impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 > 0 { write!(f, "+{}", self.0) } else { write!(f, "{}", self.0) }
    }
}

/// Evidence for or against two records being the same thing: log2 of the Bayes factor, in thousandths of a bit.
///
/// Source: Fellegi and Sunter, *A Theory for Record Linkage* (1969); the word is Splink's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct MatchWeight(pub i32);

pub use crate::normal::money::{Currency, Money};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn confidence_reads_three_forms_and_writes_one() {
        for text in ["870", "0.87", "\"87 %\"", "\"87%\"", "\"87.0 %\""] {
            let read: Confidence = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&read).unwrap(), "870", "{text}");
        }
        for text in ["1001", "-1", "1.5", "\"101 %\"", "\"high\"", "\"87.55 %\""] {
            assert!(serde_json::from_str::<Confidence>(text).is_err(), "{text}");
        }
    }
}
