//! Weeks as ISO 8601 counts them, in UTC: from Monday, the first of a year being the one with its first Thursday.

use std::fmt;

use time::{Date, OffsetDateTime, Weekday};

use crate::time::{DAY, Timestamp};

/// A week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Week(i64);

impl Week {
    /// The week of a time.
    #[must_use]
    pub const fn of(at: Timestamp) -> Self {
        // 1970-01-01 was a Thursday.
        Self((at.seconds().div_euclid(DAY) + 3).div_euclid(7))
    }

    /// Its first second.
    #[must_use]
    pub const fn begins(self) -> Timestamp {
        Timestamp::from_seconds((self.0 * 7 - 3) * DAY)
    }

    /// The first second after it.
    #[must_use]
    pub const fn ends(self) -> Timestamp {
        self.before(-1).begins()
    }

    pub(super) const fn number(self) -> i64 {
        self.0
    }

    pub(super) const fn numbered(number: i64) -> Self {
        Self(number)
    }

    /// So many weeks earlier.
    #[must_use]
    pub const fn before(self, weeks: i64) -> Self {
        Self(self.0 - weeks)
    }

    /// Reads `2026-W47`.
    ///
    /// ```
    /// use interlock_core::audit::metrics::Week;
    /// use interlock_core::time::Timestamp;
    /// let week = Week::parse("2026-W47").unwrap();
    /// assert_eq!(Some(week.begins()), Timestamp::parse("2026-11-16"));
    /// assert_eq!(week.to_string(), "2026-W47");
    /// assert_eq!(Week::parse("2026-W54"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (year, week) = text.split_once("-W")?;
        let digits = |text: &str, many: usize| text.len() == many && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(year, 4) || !digits(week, 2) {
            return None;
        }
        let monday = Date::from_iso_week_date(year.parse().ok()?, week.parse().ok()?, Weekday::Monday).ok()?;
        Some(Self::of(Timestamp::from_seconds(monday.midnight().assume_utc().unix_timestamp())))
    }
}

impl fmt::Display for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let begins = OffsetDateTime::from_unix_timestamp(self.begins().seconds()).map_err(|_| fmt::Error)?;
        let (year, week, _) = begins.to_iso_week_date();
        write!(f, "{year:04}-W{week:02}")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn weeks_at_the_turn_of_the_year() {
        for (day, week) in [
            ("2026-01-01", "2026-W01"),
            ("2025-12-29", "2026-W01"),
            ("2025-12-28", "2025-W52"),
            ("2027-01-03", "2026-W53"),
            ("2027-01-04", "2027-W01"),
            ("1969-12-31", "1970-W01"),
        ] {
            let of = Week::of(Timestamp::parse(day).unwrap());
            assert_eq!(of.to_string(), week, "{day}");
            assert_eq!(Week::parse(week), Some(of));
            assert!(of.begins() <= Timestamp::parse(day).unwrap() && Timestamp::parse(day).unwrap() < of.ends());
        }
        assert_eq!(Week::of(Timestamp::parse("2026-11-22T23:59:59Z").unwrap()).to_string(), "2026-W47");
        for wrong in ["2026-47", "26-W47", "2026-W5", "2025-W53", "2026-W00", "W47", ""] {
            assert_eq!(Week::parse(wrong), None, "{wrong}");
        }
    }
}
