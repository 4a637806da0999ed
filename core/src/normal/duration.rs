//! ISO 8601 durations of a fixed length.
//!
//! *Input*: `P30D`, `PT1H30M`, `P2W`, `P1DT12H`. *Output*: seconds, and back ([`format()`]). *Invariant*: what is written is
//! read as itself. *Source*: ISO 8601-1:2019, section 5.5.2.
//!
//! Years and months are refused, they are not of one length; a day is 24 hours, so a duration does not shift with
//! daylight saving. Fractions and signs are refused.

use std::fmt;

/// Why a text is no duration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DurationProblem {
    /// Not `P…` with numbers and their units in order.
    Form,
    /// Years or months.
    Calendar,
    /// A fraction.
    Fraction,
    /// More than 2^53 seconds.
    TooLarge,
}

/// Seconds in each unit, in the order units are written; the bool is whether they follow the `T`.
const UNITS: [(u8, bool, i64); 5] =
    [(b'W', false, 604_800), (b'D', false, 86_400), (b'H', true, 3_600), (b'M', true, 60), (b'S', true, 1)];

/// The seconds of a duration.
///
/// # Errors
/// What makes `text` no duration of a fixed length.
pub fn parse(text: &str) -> Result<i64, DurationProblem> {
    let mut rest = text.strip_prefix('P').ok_or(DurationProblem::Form)?.as_bytes();
    let mut total = 0i64;
    let mut in_time = false;
    let mut next_unit = 0;
    let mut weeks = false;
    loop {
        if let [b'T', after @ ..] = rest
            && !in_time
        {
            in_time = true;
            rest = after;
            if rest.is_empty() {
                return Err(DurationProblem::Form);
            }
        }
        let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
        let (&[.., _], [unit, after @ ..]) = rest.split_at(digits) else {
            return Err(DurationProblem::Form);
        };
        match (unit, in_time) {
            (b'Y', _) | (b'M', false) => return Err(DurationProblem::Calendar),
            (b'.' | b',', _) => return Err(DurationProblem::Fraction),
            _ => {}
        }
        let at = UNITS.iter().position(|(name, time, _)| name == unit && *time == in_time);
        let at = at.filter(|&at| at >= next_unit && !weeks).ok_or(DurationProblem::Form)?;
        next_unit = at + 1;
        weeks = at == 0;
        let number = rest[..digits].iter().try_fold(0i64, |number, digit| {
            number.checked_mul(10).and_then(|number| number.checked_add(i64::from(digit - b'0')))
        });
        let seconds = number.and_then(|number| number.checked_mul(UNITS[at].2)).and_then(|n| n.checked_add(total));
        total = seconds.filter(|n| *n <= super::number::LARGEST).ok_or(DurationProblem::TooLarge)?;
        rest = after;
        if rest.is_empty() {
            return Ok(total);
        }
    }
}

/// The duration of so many seconds, in days, hours, minutes and seconds: `P14D`, `PT1H30M`. Below zero there is none, and
/// `PT0S` is written.
#[must_use]
pub fn format(seconds: i64) -> String {
    let mut rest = seconds.max(0);
    let mut out = String::from("P");
    let mut in_time = false;
    for (unit, time, length) in &UNITS[1..] {
        let number = rest / length;
        rest %= length;
        if number > 0 {
            if *time && !in_time {
                out.push('T');
                in_time = true;
            }
            out.push_str(&number.to_string());
            out.push(char::from(*unit));
        }
    }
    if out.len() == 1 {
        out.push_str("T0S");
    }
    out
}

impl DurationProblem {
    /// What to do about it.
    #[must_use]
    pub fn help(self) -> &'static str {
        match self {
            DurationProblem::Calendar => "write days, such as `P30D` or `P365D`",
            DurationProblem::Fraction => "write a smaller unit, such as `PT90M` for one and a half hours",
            _ => "write a duration such as `P30D`, `P2W` or `PT4H`",
        }
    }
}

impl fmt::Display for DurationProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            DurationProblem::Form => "not an ISO 8601 duration",
            DurationProblem::Calendar => "months and years are not of one length",
            DurationProblem::Fraction => "a fraction in a duration",
            DurationProblem::TooLarge => "a duration too long to be held exactly",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::DurationProblem as P;
    use super::*;

    #[test]
    fn durations_there_and_back() {
        for (text, seconds, canonical) in [
            ("P30D", 2_592_000, "P30D"),
            ("PT1H", 3_600, "PT1H"),
            ("P2W", 1_209_600, "P14D"),
            ("P1DT12H", 129_600, "P1DT12H"),
            ("PT90M", 5_400, "PT1H30M"),
            ("PT36H", 129_600, "P1DT12H"),
            ("PT0S", 0, "PT0S"),
            ("P0D", 0, "PT0S"),
            ("P1DT2H3M4S", 93_784, "P1DT2H3M4S"),
        ] {
            assert_eq!(parse(text), Ok(seconds), "{text}");
            assert_eq!(format(seconds), canonical, "{text}");
            assert_eq!(parse(canonical), Ok(seconds), "{text}");
        }
        assert_eq!(format(-5), "PT0S");
    }

    #[test]
    fn what_is_no_fixed_duration_says_why() {
        for (text, want) in [
            ("", P::Form),
            ("P", P::Form),
            ("PT", P::Form),
            ("P1", P::Form),
            ("1D", P::Form),
            ("P1DT", P::Form),
            ("PD", P::Form),
            ("P1H", P::Form),
            ("PT1D", P::Form),
            ("P1D1D", P::Form),
            ("PT1S1M", P::Form),
            ("P1W1D", P::Form),
            ("P1W2W", P::Form),
            ("p1d", P::Form),
            ("-P1D", P::Form),
            ("P1D ", P::Form),
            ("P1M", P::Calendar),
            ("P1Y", P::Calendar),
            ("P1DT1.5H", P::Fraction),
            ("P99999999999999999999D", P::TooLarge),
        ] {
            assert_eq!(parse(text), Err(want), "{text}");
        }
    }
}
