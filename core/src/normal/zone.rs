//! Time zones: what hour it is somewhere.
//!
//! *Input*: the name of a zone as IANA, or a CRM, writes it; or a country that has one time. *Output*: the rule by which its
//! clocks go, and with it the day and hour of an instant. *Invariant*: a rule is that of today: it holds for the
//! instants that automation decides about, not for the past. *Source*: `core/src/tables/time_zones.txt`, which
//! `core/examples/refresh_time_zones.rs` writes from the IANA time zone database (public domain).
//!
//! A line is a name or a country's alpha-2 code, and the rule: minutes east of Greenwich; then, where there is daylight
//! saving time, minutes east in it, and for its begin and its end the month, the week (5 is the last), the day of the
//! week (0 is Sunday) and the minute of the clock that goes until then. This is what POSIX writes as
//! `CET-1CEST,M3.5.0,M10.5.0/3`, in numbers.

use time::{Date, Month, OffsetDateTime};

use crate::tables::TIME_ZONES;
use crate::time::{DAY, Timestamp};

/// The days of a week as conditions write them.
pub const WEEKDAYS: &[&str] = &["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The rule by which clocks go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone([i64; 10]);

impl Zone {
    /// The zone of a name: `Europe/Berlin`, in any case, with spaces for underscores, or as HubSpot has it,
    /// `europe_slash_berlin`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        // Two letters are a country.
        let rule = (name.len() > 2).then(|| TIME_ZONES.get(name))?;
        if let Some(rule) = rule {
            return Self::read(rule);
        }
        let name = name.to_ascii_lowercase().replace("_slash_", "/").replace(' ', "_");
        let mut lines = TIME_ZONES.text().lines().filter_map(|line| line.split_once('='));
        Self::read(lines.find(|(known, _)| known.len() > 2 && known.eq_ignore_ascii_case(&name))?.1)
    }

    /// The zone of a country, by its alpha-2 code, where all its clocks show the same time.
    #[must_use]
    pub fn of_country(code: &str) -> Option<Self> {
        Self::read((code.len() == 2).then(|| TIME_ZONES.get(code))??)
    }

    /// The names there are.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        TIME_ZONES.text().lines().filter_map(|line| line.split('=').next()).filter(|name| name.len() > 2)
    }

    fn read(rule: &str) -> Option<Self> {
        let mut numbers = [0; 10];
        for (number, text) in numbers.iter_mut().zip(rule.split(',')) {
            *number = text.parse().ok()?;
        }
        Some(Self(numbers))
    }

    /// How many seconds its clocks are ahead of UTC.
    #[must_use]
    pub fn ahead(self, at: Timestamp) -> i64 {
        let [standard, summer, month, week, day, minute, end @ ..] = self.0;
        let begin = [month, week, day, minute];
        let year = OffsetDateTime::from_unix_timestamp(at.seconds() + standard * 60).map_or(0, OffsetDateTime::year);
        let turns = |rule: [i64; 4], ahead: i64| Some(local(year, rule)? - ahead * 60);
        let (Some(begin), Some(end)) = (turns(begin, standard), turns(end, summer)) else { return standard * 60 };
        let now = at.seconds();
        // In the south the year begins in summer.
        let is_summer = if begin < end { begin <= now && now < end } else { now < end || begin <= now };
        60 * if is_summer { summer } else { standard }
    }

    /// The day of the week and the hour that its clocks show.
    #[must_use]
    pub fn clock(self, at: Timestamp) -> (&'static str, i64) {
        let local = at.seconds() + self.ahead(at);
        // The epoch began on a Thursday.
        let day = usize::try_from((local.div_euclid(DAY) + 3).rem_euclid(7)).unwrap_or(0);
        (WEEKDAYS.get(day).copied().unwrap_or_default(), local.rem_euclid(DAY) / 3600)
    }
}

/// Seconds from the epoch to a turn of the clocks in a year, as those clocks show it; none where there is none.
fn local(year: i32, [month, week, day, minute]: [i64; 4]) -> Option<i64> {
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    let first = Date::from_calendar_date(year, month, 1).ok()?;
    let before = i64::from(first.weekday().number_days_from_sunday());
    let mut date = (day - before).rem_euclid(7) + (week - 1) * 7;
    if date >= i64::from(month.length(year)) {
        date -= 7;
    }
    Some(first.midnight().assume_utc().unix_timestamp() + date * DAY + minute * 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        TIME_ZONES.check();
        for (name, rule) in TIME_ZONES.iter() {
            assert!(Zone::read(rule).is_some(), "{name}");
            assert!(matches!(rule.split(',').count(), 1 | 10), "{name}");
            assert!(name.len() == 2 || Zone::named(name) == Zone::read(rule), "{name}");
        }
        assert!(Zone::names().all(|name| name.len() > 2));
    }
}
