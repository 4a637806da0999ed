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

use time::{Date, Month, OffsetDateTime, Time};

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

enum DateParts {
    Clear { year: u16, month: u8, day: u8 },
    Slashed { first: u8, second: u8, year: u16 },
}

impl DateParts {
    /// The date that `text` begins with, and what follows it.
    fn read(text: &str) -> Result<(Self, &str), DateProblem> {
        if !text.starts_with(|c: char| c.is_ascii_digit()) {
            return Self::read_month_name(text);
        }
        let (first, digits, rest) = number(text)?;
        let mark = rest.chars().next();
        if digits == 8 && !matches!(mark, Some('-' | '/' | '.')) {
            // `20240818`
            let (year, month, day) = (first / 10_000, first / 100 % 100, first % 100);
            return Ok((DateParts::Clear { year: year as u16, month: month as u8, day: day as u8 }, after_date(rest)?));
        }
        let mark = mark.ok_or(DateProblem::Form)?;
        let after = rest[mark.len_utf8()..].trim_start();
        if !after.starts_with(|c: char| c.is_ascii_digit()) {
            // `18 Aug 2024`, `18-Aug-2024`, `18. August 2024`
            let (month, rest) = month_name(after)?;
            let (year, digits, rest) = number(rest.trim_start_matches(['-', ' ', '.', ',', '/']))?;
            return Ok((
                DateParts::Clear { year: full_year(year, digits)?, month, day: small(first)? },
                after_date(rest)?,
            ));
        }
        if !matches!(mark, '-' | '/' | '.') {
            return Err(DateProblem::Form);
        }
        let (second, _, rest) = number(after)?;
        let rest = rest.strip_prefix(mark).ok_or(DateProblem::Form)?.trim_start();
        let (third, third_digits, rest) = number(rest)?;
        let rest = after_date(rest)?;
        if digits == 4 {
            return Ok((DateParts::Clear { year: first as u16, month: small(second)?, day: small(third)? }, rest));
        }
        let year = full_year(third, third_digits)?;
        let (first, second) = (small(first)?, small(second)?);
        Ok(match mark {
            // Points are written where the day comes first.
            '.' => (DateParts::Clear { year, month: second, day: first }, rest),
            _ => (DateParts::Slashed { first, second, year }, rest),
        })
    }

    /// `Aug 18, 2024`
    fn read_month_name(text: &str) -> Result<(Self, &str), DateProblem> {
        let (month, rest) = month_name(text)?;
        let (day, _, rest) = number(rest.trim_start_matches([' ', '.', '-']))?;
        let (year, digits, rest) = number(rest.trim_start_matches([' ', ',', '-']))?;
        Ok((DateParts::Clear { year: full_year(year, digits)?, month, day: small(day)? }, after_date(rest)?))
    }

    fn date(&self, order: Option<DayOrder>) -> Result<Date, DateProblem> {
        let (year, month, day) = match *self {
            DateParts::Clear { year, month, day } => (year, month, day),
            DateParts::Slashed { first, second, year } => match order {
                Some(DayOrder::DayFirst) => (year, second, first),
                Some(DayOrder::MonthFirst) => (year, first, second),
                None if first > 12 || first == second => (year, second, first),
                None if second > 12 => (year, first, second),
                None => return Err(DateProblem::Order),
            },
        };
        let named = Month::try_from(month).map_err(|_| DateProblem::Month(month))?;
        Date::from_calendar_date(i32::from(year), named, day).map_err(|_| DateProblem::Day(day))
    }
}

/// The number `text` begins with, how many digits it has, and the rest.
fn number(text: &str) -> Result<(u32, usize, &str), DateProblem> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 8 {
        return Err(DateProblem::Form);
    }
    let (number, rest) = text.split_at(digits);
    Ok((number.parse().map_err(|_| DateProblem::Form)?, digits, rest))
}

fn small(number: u32) -> Result<u8, DateProblem> {
    u8::try_from(number).map_err(|_| DateProblem::Form)
}

fn full_year(year: u32, digits: usize) -> Result<u16, DateProblem> {
    match digits {
        4 => Ok(year as u16),
        2 => Err(DateProblem::Year),
        _ => Err(DateProblem::Form),
    }
}

/// What follows a date must be set off from it.
fn after_date(rest: &str) -> Result<&str, DateProblem> {
    let time = rest.trim_start_matches([',', ' ', '\u{a0}', '\u{202f}', 'T', 't']);
    if rest.is_empty() || (time.len() < rest.len() && !time.is_empty()) { Ok(time) } else { Err(DateProblem::Form) }
}

/// The month whose name, or the beginning of it, `text` begins with, and the rest.
fn month_name(text: &str) -> Result<(u8, &str), DateProblem> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (name, rest) = text.split_at(letters);
    let name = name.to_ascii_lowercase();
    let is_it =
        |full: &&str| name.len() >= 3 && (full.starts_with(&name) || name == "sept" && full.starts_with("sept"));
    let at = NAMES.iter().position(|full| is_it(&full)).ok_or(DateProblem::Form)?;
    Ok((at as u8 + 1, rest))
}

/// A time of day and its offset from UTC, in seconds.
struct Clock {
    seconds: u32,
    precision: Precision,
    offset: Option<i32>,
}

impl Clock {
    fn read(text: &str) -> Result<Self, DateProblem> {
        let (hour, _, rest) = number(text)?;
        let rest = rest.strip_prefix(':').ok_or(DateProblem::Form)?;
        let (minute, digits, mut rest) = number(rest)?;
        let (mut second, mut precision) = (0, Precision::Minute);
        if digits != 2 {
            return Err(DateProblem::Time);
        }
        if let Some(after) = rest.strip_prefix(':') {
            precision = Precision::Second;
            (second, _, rest) = number(after)?;
            if let Some(fraction) = rest.strip_prefix(['.', ',']) {
                rest = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
                if rest.len() == fraction.len() {
                    return Err(DateProblem::Form);
                }
            }
        }
        let rest = trim(rest);
        let (hour, rest) = match half_day(rest) {
            Some(_) if !(1..=12).contains(&hour) => return Err(DateProblem::Time),
            Some((after_noon, rest)) => (hour % 12 + if after_noon { 12 } else { 0 }, rest),
            None => (hour, rest),
        };
        let (hour, minute, second) = (small(hour)?, small(minute)?, small(second)?);
        let time = Time::from_hms(hour, minute, second).map_err(|_| DateProblem::Time)?;
        let seconds = u32::from(time.hour()) * 3600 + u32::from(time.minute()) * 60 + u32::from(time.second());
        Ok(Clock { seconds, precision, offset: offset(rest)? })
    }
}

/// `AM` or `PM` at the beginning of `text`, and the rest.
fn half_day(text: &str) -> Option<(bool, &str)> {
    [("a.m.", false), ("p.m.", true), ("am", false), ("pm", true)]
        .into_iter()
        .find(|(mark, _)| text.get(..mark.len()).is_some_and(|head| head.eq_ignore_ascii_case(mark)))
        .map(|(mark, after_noon)| (after_noon, text[mark.len()..].trim_start()))
}

/// The offset in seconds: `Z`, `UTC`, `+02:00`, `-0530`, `+02`; nothing if there is none.
fn offset(text: &str) -> Result<Option<i32>, DateProblem> {
    let sign = match text.as_bytes() {
        [] => return Ok(None),
        [b'+', ..] => 1,
        [b'-', ..] => -1,
        _ if ["z", "utc", "gmt"].iter().any(|zero| text.eq_ignore_ascii_case(zero)) => {
            return Ok(Some(0));
        }
        _ => return Err(DateProblem::Form),
    };
    let (first, digits, rest) = number(&text[1..])?;
    let (hours, minutes) = match (digits, rest.strip_prefix(':')) {
        (2, None) if rest.is_empty() => (first, 0),
        (4, None) if rest.is_empty() => (first / 100, first % 100),
        (2, Some(rest)) => match number(rest)? {
            (minutes, 2, "") => (first, minutes),
            _ => return Err(DateProblem::Form),
        },
        _ => return Err(DateProblem::Form),
    };
    if hours > 23 || minutes > 59 {
        return Err(DateProblem::Time);
    }
    Ok(Some(sign * (hours as i32 * 3600 + minutes as i32 * 60)))
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
