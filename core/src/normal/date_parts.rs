//! The parts of a [`date`](super::date): its numbers, and the time of day behind them.
//!
//! *Input*: the text of a cell. *Output*: what is written there, before it is known to be in the calendar. *Invariant*: all
//! of the text is read, or it is a problem. *Source*: RFC 3339, ISO 8601 and the forms that CRMs export.

use time::{Date, Month, Time};

use super::date::{DateProblem, DayOrder, Precision};
use super::fold::trim;

/// The numbers of a date, and whether their order is known.
pub(super) enum DateParts {
    Clear { year: u32, month: u8, day: u8 },
    Slashed { first: u8, second: u8, year: u32 },
}

impl DateParts {
    /// The date that `text` begins with, and what follows it.
    pub(super) fn read(text: &str) -> Result<(Self, &str), DateProblem> {
        if !text.starts_with(|c: char| c.is_ascii_digit()) {
            return Self::read_month_name(text);
        }
        let (first, digits, rest) = number(text)?;
        let mark = rest.chars().next();
        if digits == 8 && !matches!(mark, Some('-' | '/' | '.')) {
            // `20240818`
            let (year, month, day) = (first / 10_000, first / 100 % 100, first % 100);
            return Ok((DateParts::Clear { year, month: small(month)?, day: small(day)? }, after_date(rest)?));
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
            return Ok((DateParts::Clear { year: first, month: small(second)?, day: small(third)? }, rest));
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

    /// The day that is meant, if there is one.
    pub(super) fn date(&self, order: Option<DayOrder>) -> Result<Date, DateProblem> {
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
        let year = i32::try_from(year).map_err(|_| DateProblem::Year)?;
        Date::from_calendar_date(year, named, day).map_err(|_| DateProblem::Day(day))
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

fn full_year(year: u32, digits: usize) -> Result<u32, DateProblem> {
    match digits {
        4 => Ok(year),
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
    let (_, month) = NAMES.iter().zip(1..).find(|(full, _)| is_it(full)).ok_or(DateProblem::Form)?;
    Ok((month, rest))
}

/// A time of day and its offset from UTC, in seconds.
pub(super) struct Clock {
    pub(super) seconds: u32,
    pub(super) precision: Precision,
    pub(super) offset: Option<i32>,
}

impl Clock {
    pub(super) fn read(text: &str) -> Result<Self, DateProblem> {
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
