//! The scales on which Interlock measures. All are integers, so that every platform computes the same.

use std::fmt;

use serde::de;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

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

    /// Half of it, rounded down.
    #[must_use]
    pub const fn half(self) -> Self {
        Self(self.0 / 2)
    }

    fn of_value(value: &Value) -> Option<Self> {
        match value {
            Value::String(text) => Self::from_percent(text),
            Value::Number(number) if number.is_i64() || number.is_u64() => {
                Self::per_mille(u16::try_from(number.as_u64()?).ok()?)
            }
            Value::Number(number) => Self::from_fraction(number.as_str()),
            _ => None,
        }
    }

    /// From a fraction of one as JSON writes it, `0.87` or `8.7e-1`; halves of a per mille are rounded up.
    fn from_fraction(text: &str) -> Option<Self> {
        let (digits, exponent) = match text.split_once(['e', 'E']) {
            Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        // Where the decimal point stands once the number is in per mille, counted from the first digit.
        let point = i32::try_from(whole.len()).ok()?.checked_add(exponent)?.checked_add(3)?;
        let mut all = whole.bytes().chain(fraction.bytes());
        let mut value = 0_u16;
        for at in 0..point {
            let digit = all.next().unwrap_or(b'0');
            if !digit.is_ascii_digit() {
                return None;
            }
            value = value * 10 + u16::from(digit - b'0');
            if value > 1000 || at > 400 {
                return None;
            }
        }
        let rest = if point < 0 { None } else { all.next() };
        let more = all.any(|digit| digit != b'0') && value == 1000;
        let up = rest.is_some_and(|digit| digit >= b'5');
        if more || (value == 1000 && rest.is_some_and(|digit| digit != b'0')) {
            return None;
        }
        Self::per_mille(value + u16::from(up))
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
        let value = Value::deserialize(from)?;
        Self::of_value(&value).ok_or_else(|| de::Error::custom(format_args!("expected {EXPECTED}; found `{value}`")))
    }
}

impl Decode for Confidence {
    fn blank() -> Self {
        Self::default()
    }

    fn decode(&mut self, node: &Node<'_>) -> bool {
        match Self::of_value(node.value()) {
            Some(confidence) => *self = confidence,
            None => return node.unfit(EXPECTED),
        }
        true
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
        for text in
            ["870", "0.87", "0.8700", "0.8695", "8.7e-1", "87E-2", "0.087e+1", "\"87 %\"", "\"87%\"", "\"87.0 %\""]
        {
            let read: Confidence = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&read).unwrap(), "870", "{text}");
        }
        for (text, per_mille) in [("0.0", 0), ("1.0", 1000), ("1e0", 1000), ("1e-9", 0), ("0.0005", 1), ("0.00049", 0)]
        {
            assert_eq!(serde_json::from_str::<Confidence>(text).unwrap().get(), per_mille, "{text}");
        }
        for text in [
            "1.0001",
            "-0.5",
            "1e3",
            "1e999",
            "1.00000000001",
            "1001",
            "-1",
            "1.5",
            "\"101 %\"",
            "\"high\"",
            "\"87.55 %\"",
        ] {
            assert!(serde_json::from_str::<Confidence>(text).is_err(), "{text}");
        }
    }
}
