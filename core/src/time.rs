//! Points in time: seconds since 1970-01-01T00:00:00Z, written as RFC 3339.
//!
//! There is no clock here: every time is an argument or was read from data.

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use time::{Date, Month, OffsetDateTime};

use crate::json::{Decode, Node};

/// A point in time, to the second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// Seconds in a day.
pub const DAY: i64 = 86_400;

impl Timestamp {
    /// From seconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds)
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0
    }

    /// Reads RFC 3339 with an offset, or a date alone, which means its first second in UTC.
    ///
    /// ```
    /// use interlock_core::time::Timestamp;
    /// assert_eq!(Timestamp::parse("2026-11-22T10:00:00+02:00"), Timestamp::parse("2026-11-22T08:00:00Z"));
    /// assert_eq!(Timestamp::parse("2026-11-22"), Timestamp::parse("2026-11-22T00:00:00Z"));
    /// assert_eq!(Timestamp::parse("22.11.2026"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let month = Month::try_from(u8::try_from(digits(text, 5..7)?).ok()?).ok()?;
        let year = i32::try_from(digits(text, 0..4)?).ok()?;
        let date = Date::from_calendar_date(year, month, u8::try_from(digits(text, 8..10)?).ok()?).ok()?;
        if text.get(4..5)? != "-" || text.get(7..8)? != "-" {
            return None;
        }
        let midnight = date.midnight().assume_utc().unix_timestamp();
        match text.get(10..)? {
            "" => Some(Self(midnight)),
            rest => {
                let (seconds, leap) = time_of_day(rest)?;
                let read = midnight + seconds;
                let time = OffsetDateTime::from_unix_timestamp(read + i64::from(leap)).ok()?;
                let begins_a_month = (time.day(), time.to_hms()) == (1, (0, 0, 0));
                (in_range(read) && (!leap || begins_a_month)).then_some(Self(read))
            }
        }
    }

    /// So many seconds later.
    #[must_use]
    pub const fn plus(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }

    /// The same time, so many days later (earlier when negative).
    #[must_use]
    pub const fn plus_days(self, days: i64) -> Self {
        Self(self.0.saturating_add(days.saturating_mul(DAY)))
    }
}

/// The number that the digits at some bytes of `text` are.
fn digits(text: &str, at: Range<usize>) -> Option<i64> {
    let digits = text.get(at)?;
    digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())?
}

/// Seconds from midnight in UTC: `T10:00:00.5+02:00`, as RFC 3339, section 5.6, writes it. A fraction is dropped; a leap
/// second is taken for the one before it, and said: it can only be the last of a month.
fn time_of_day(text: &str) -> Option<(i64, bool)> {
    let rest = text.strip_prefix(['T', 't', ' '])?;
    let (hour, minute, second) = (digits(rest, 0..2)?, digits(rest, 3..5)?, digits(rest, 6..8)?);
    let mut zone = rest.get(8..)?;
    if let Some(fraction) = zone.strip_prefix('.') {
        zone = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
        if zone.len() == fraction.len() {
            return None;
        }
    }
    let offset = match zone {
        "Z" | "z" => 0,
        zone => {
            let (hours, minutes) = (digits(zone, 1..3)?, digits(zone, 4..6)?);
            let sign = match zone.get(..1)? {
                "+" => 1,
                "-" => -1,
                _ => return None,
            };
            if zone.get(3..4)? != ":" || zone.len() != 6 || hours > 23 || minutes > 59 {
                return None;
            }
            sign * (hours * 3600 + minutes * 60)
        }
    };
    let leap = second == 60;
    let second = if leap { 59 } else { second };
    let colons = rest.get(2..3)? == ":" && rest.get(5..6)? == ":";
    (colons && hour < 24 && minute < 60 && second < 60).then_some((hour * 3600 + minute * 60 + second - offset, leap))
}

/// Within the years that four digits write.
fn in_range(seconds: i64) -> bool {
    OffsetDateTime::from_unix_timestamp(seconds).is_ok_and(|time| (0..=9999).contains(&time.year()))
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match OffsetDateTime::from_unix_timestamp(self.0) {
            Ok(time) if (0..=9999).contains(&time.year()) => {
                let (hour, minute, second) = time.to_hms();
                let (month, day) = (u8::from(time.month()), time.day());
                write!(f, "{:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z", time.year())
            }
            _ => f.write_str("a time outside years 0–9999"),
        }
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl Decode for Timestamp {
    fn blank() -> Self {
        Self::default()
    }

    fn decode(&mut self, node: &Node<'_>) -> bool {
        let Some(text) = node.text() else { return false };
        match Self::parse(text) {
            Some(time) => *self = time,
            None => return node.refuse(not_a_time(text)),
        }
        true
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::parse(&text).ok_or_else(|| de::Error::custom(not_a_time(&text)))
    }
}

fn not_a_time(text: &str) -> String {
    format!("`{text}` is not a time; write RFC 3339, `2026-11-22T09:30:00Z`")
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Timestamp {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Timestamp".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "format": "date-time"})
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::format_description::well_known::Rfc3339;

    use super::*;

    /// As the library reads and writes it.
    fn oracle(text: &str) -> Option<Timestamp> {
        OffsetDateTime::parse(text, &Rfc3339).ok().map(|time| Timestamp(time.unix_timestamp()))
    }

    #[test]
    fn rarer_forms_are_read_and_slips_are_not() {
        for text in [
            "2026-11-22t10:00:00.25z",
            "2026-11-22 10:00:00-00:00",
            "2016-12-31T23:59:60Z",
            "2017-01-01T00:59:60+01:00",
            "2000-02-29T00:00:00+23:59",
        ] {
            assert!(oracle(text).is_some() && Timestamp::parse(text) == oracle(text), "{text}");
        }
        for text in [
            "2026-02-29",
            "2026-13-01",
            "2026-11-22T24:00:00Z",
            "2026-11-22T10:60:00Z",
            "2026-11-22T10:00:61Z",
            "2026-11-22T10:00:60Z",
            "2026-11-22T10:00Z",
            "2026-11-22T10:00:00",
            "2026-11-22T10:00:00.Z",
            "2026-11-22T10:00:00+2:00",
            "2026-11-22T10:00:00+24:00",
            "2026/11/22",
            "0000-01-01T00:00:00+01:00",
            "9999-12-31T23:59:59-00:01",
            "+026-11-22",
            "",
        ] {
            assert_eq!(Timestamp::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn reads_and_writes_what_the_library_does(
            text in "[0-9]{4}-(0[0-9]|1[0-3])-[0-3][0-9][Tt ]([01][0-9]|2[0-4]):[0-6][0-9]:[0-6][0-9](\\.[0-9]{0,3})?(Z|z|[+-][0-2][0-9]:[0-6][0-9])",
            seconds in any::<i64>().prop_map(|n| n % 400_000_000_000),
        ) {
            let read = oracle(&text).filter(|read| in_range(read.0));
            prop_assert_eq!(Timestamp::parse(&text), read);
            let time = OffsetDateTime::from_unix_timestamp(seconds).ok().and_then(|time| time.format(&Rfc3339).ok());
            let written = Timestamp(seconds).to_string();
            prop_assert_eq!(written, time.unwrap_or_else(|| "a time outside years 0–9999".to_owned()));
        }
    }
}
