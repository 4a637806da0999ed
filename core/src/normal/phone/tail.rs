//! The end of a number, which is the same whether the country is said or not.
//!
//! *Input*: a number as typed, or in E.164 form. *Output*: the last nine digits of its national number, as a number.
//! *Invariant*: a number with its calling code and without it, with its trunk prefix and without it, end alike, as long as
//! the calling code is marked by `+` or `00`. Numbers of different countries may end alike: it is for finding and for
//! weighing, not for telling who it is.

use super::{E164, Typed, calling_code};

/// The fewest digits that are compared, and the most.
const FEWEST: u32 = 1_000_000;
const MOST: usize = 9;

/// The end of the number in `raw`; nothing where fewer than seven digits are left without the zeros before them.
///
/// ```
/// use interlock_core::normal::phone::tail;
/// assert_eq!(tail("+49 30 1234567"), tail("(030) 123 45 67"));
/// assert_eq!(tail("555-01"), None);
/// ```
#[must_use]
pub fn tail(raw: &str) -> Option<u32> {
    let typed = Typed::read(super::text_of(raw)).ok()?;
    let digits = &typed.digits[..typed.len];
    let marked = if typed.plus { Some(digits) } else { digits.strip_prefix(b"00") };
    let national = marked.and_then(calling_code).map_or(digits, |(_, rest)| rest);
    end_of(national)
}

impl E164 {
    /// As [`tail`] says of the number.
    #[must_use]
    pub fn tail(self) -> Option<u32> {
        let digits = self.digits().to_string();
        calling_code(digits.as_bytes()).and_then(|(_, rest)| end_of(rest))
    }
}

fn end_of(national: &[u8]) -> Option<u32> {
    let end = &national[national.len().saturating_sub(MOST)..];
    let number = end.iter().fold(0, |number: u32, digit| number * 10 + u32::from(digit - b'0'));
    (number >= FEWEST).then_some(number)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::Phone;
    use super::*;
    use crate::normal::country::CountryCode;

    #[test]
    fn ends_are_alike_with_and_without_country() {
        for (a, b, country) in [
            ("+49 30 1234567", "030 1234567", "DE"),
            ("0049 (0)30 1234567", "030/1234567", "DE"),
            ("+1 (415) 555-2671", "415.555.2671", "US"),
            ("+1 (415) 555-2671 x12", "1-415-555-2671", "US"),
            ("+7 495 123-45-67", "8 (495) 123-45-67", "RU"),
            ("+61 2 9374 4000", "(02) 9374 4000", "AU"),
            ("+33 1 42 68 53 00", "01 42 68 53 00", "FR"),
        ] {
            assert_eq!(tail(a), tail(b), "{a} {b}");
            let phone = Phone::parse(b, CountryCode::from_alpha2(country)).unwrap();
            assert_eq!(phone.e164.tail(), tail(a), "{a}");
            assert_eq!(tail(&tail(a).unwrap().to_string()), tail(a), "{a}");
        }
        for none in ["", "12345", "n/a", "+49", "000 000 000"] {
            assert_eq!(tail(none), None, "{none}");
        }
    }
}
