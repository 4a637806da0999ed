//! Dates and times.
//!
//! *Input*: a cell as CRMs export it: RFC 3339, `2024-08-18`, `18.08.2024`, `8/18/2024 9:01 AM`, `18 Aug 2024`, epoch
//! milliseconds; and for dates with slashes which of day and month comes first. *Output*: seconds since the epoch in UTC, how
//! exact the cell was, and whether it named its offset. *Invariant*: what a [`When`] displays is read as itself.
//! *Source*: RFC 3339 and ISO 8601; calendar by the crate `time`.
//!
//! A time without offset is read as UTC and says so in [`When::assumed_utc`]. `08/09/2024` is not guessed: a column that
//! holds `08/18/2024` somewhere tells its order ([`detect_day_order`]), any other needs it stated. Years have four digits.
//! Fractions of a second are dropped.

use std::fmt;

use time::{Date, OffsetDateTime};

use super::date_parts::{Clock, DateParts};
use super::fold::trim;

/// Which comes first in a date with slashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DayOrder {
    /// `18/08/2024`
    DayFirst,
    /// `08/18/2024`
    MonthFirst,
}

/// What a column of dates tells of its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DayOrderEvidence {
    /// No date needs an order.
    NotNeeded,
    /// Some date fits this order alone, none the other alone.
    Order(DayOrder),
    /// Every date that needs an order fits both.
    Open,
    /// Some dates fit one order alone, some the other.
    Mixed,
}

/// How exact a cell was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// A date.
    Day,
    /// Hours and minutes.
    Minute,
    /// Seconds.
    Second,
}

/// A point in time, or a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct When {
    /// Seconds since 1970-01-01 in UTC; of a day, its beginning.
    pub seconds: i64,
    /// How exact the cell was.
    pub precision: Precision,
    /// A time of day without offset was read as UTC.
    pub assumed_utc: bool,
}

/// Why a text is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateProblem {
    /// There is nothing to read.
    Blank,
    /// None of the forms that are read.
    Form,
    /// Day and month could be either way round.
    Order,
    /// The year has two digits.
    Year,
    /// There is no such month.
    Month(u8),
    /// The month has no such day.
    Day(u8),
    /// There is no such time of day, or no such offset.
    Time,
}

impl When {
    /// Reads a date, with or without a time of day. `order` says how to read `08/09/2024`.
    ///
    /// # Errors
    /// What makes `raw` no date.
    pub fn parse(raw: &str, order: Option<DayOrder>) -> Result<Self, DateProblem> {
        let text = trim(raw);
        if text.is_empty() {
            return Err(DateProblem::Blank);
        }
        if let Some(when) = epoch_milliseconds(text) {
            return Ok(when);
        }
        let (parts, rest) = DateParts::read(text)?;
        let date = parts.date(order)?;
        let midnight = date.midnight().assume_utc().unix_timestamp();
        if rest.is_empty() {
            return Ok(When { seconds: midnight, precision: Precision::Day, assumed_utc: false });
        }
        let clock = Clock::read(rest)?;
        Ok(When {
            seconds: midnight + i64::from(clock.seconds) - i64::from(clock.offset.unwrap_or(0)),
            precision: clock.precision,
            assumed_utc: clock.offset.is_none(),
        })
    }
}

/// What the dates of a column tell of the order of day and month.
pub fn detect_day_order<'a>(samples: impl IntoIterator<Item = &'a str>) -> DayOrderEvidence {
    let (mut open, mut day_first, mut month_first) = (false, false, false);
    for sample in samples {
        if let Ok((DateParts::Slashed { first, second, .. }, _)) = DateParts::read(trim(sample)) {
            match (first > 12, second > 12) {
                (false, false) if first == second => {}
                (false, false) => open = true,
                (true, false) => day_first = true,
                (false, true) => month_first = true,
                (true, true) => {}
            }
        }
    }
    match (day_first, month_first) {
        (true, true) => DayOrderEvidence::Mixed,
        (true, false) => DayOrderEvidence::Order(DayOrder::DayFirst),
        (false, true) => DayOrderEvidence::Order(DayOrder::MonthFirst),
        (false, false) if open => DayOrderEvidence::Open,
        (false, false) => DayOrderEvidence::NotNeeded,
    }
}

/// A point in time as RFC 3339 in UTC: `2024-08-18T09:01:00Z`. Seconds beyond the years 0 to 9999, which RFC 3339 does not
/// have, are written as the nearest it has.
#[must_use]
pub fn rfc3339(seconds: i64) -> String {
    let at = instant(seconds);
    format!("{}T{:02}:{:02}:{:02}Z", DateText(at.date()), at.hour(), at.minute(), at.second())
}

/// The day of a point in time in UTC: `2024-08-18`.
#[must_use]
pub fn day(seconds: i64) -> String {
    DateText(instant(seconds).date()).to_string()
}

fn instant(seconds: i64) -> OffsetDateTime {
    // 0000-01-01 and 9999-12-31T23:59:59.
    let seconds = seconds.clamp(-62_167_219_200, 253_402_300_799);
    OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

struct DateText(Date);

impl fmt::Display for DateText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), u8::from(self.0.month()), self.0.day())
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.precision {
            Precision::Day => f.write_str(&day(self.seconds)),
            Precision::Minute | Precision::Second => f.write_str(&rfc3339(self.seconds)),
        }
    }
}

/// HubSpot's API gives times as milliseconds; twelve or thirteen digits reach from 1973 to 2286.
fn epoch_milliseconds(text: &str) -> Option<When> {
    if !(12..=13).contains(&text.len()) || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let milliseconds: i64 = text.parse().ok()?;
    Some(When { seconds: milliseconds / 1000, precision: Precision::Second, assumed_utc: false })
}

impl DateProblem {
    /// What to do about it.
    #[must_use]
    pub fn help(self) -> &'static str {
        match self {
            DateProblem::Order => "state whether the column's dates begin with the day or the month",
            DateProblem::Year => "write the year with four digits",
            DateProblem::Month(13..=31) => "state the other order of day and month, if the column has it",
            _ => "give a date such as `2024-08-18` or a time such as `2024-08-18T09:01:00Z`",
        }
    }
}

impl fmt::Display for DateProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DateProblem::Blank => f.write_str("no date given"),
            DateProblem::Form => f.write_str("not a date in a form that is read"),
            DateProblem::Order => f.write_str("it is not clear which is the day and which the month"),
            DateProblem::Year => f.write_str("a year of two digits"),
            DateProblem::Month(month) => write!(f, "there is no month {month}"),
            DateProblem::Day(day) => write!(f, "the month has no day {day}"),
            DateProblem::Time => f.write_str("there is no such time of day"),
        }
    }
}

#[cfg(test)]
#[path = "date_tests.rs"]
mod tests;
