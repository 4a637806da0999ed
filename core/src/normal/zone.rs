//! Time zones: what hour it is somewhere.
//!
//! *Input*: the name of a zone as IANA, or a CRM, writes it; or a country that has one time. *Output*: the rule by which its
//! clocks go, and with it the day and hour of an instant. *Invariant*: a rule is that of today: it holds for the
//! instants that automation decides about, not for the past. What a rule means, in gaps and folds too, `jiff-core` works
//! out. *Source*: `core/src/tables/time_zones.txt`, which
//! `core/examples/refresh_time_zones.rs` writes from the IANA time zone database (public domain).
//!
//! A line is a name or a country's alpha-2 code, and the rule: minutes east of Greenwich; then, where there is daylight
//! saving time, minutes east in it, and for its begin and its end the month, the week (5 is the last), the day of the
//! week (0 is Sunday) and the minute of the clock that goes until then. This is what POSIX writes as
//! `CET-1CEST,M3.5.0,M10.5.0/3`, in numbers.

use jiff_core::civil::Weekday;
use jiff_core::tz::posix::{Day, DayTime, Dst, Rule, TimeZone, TransitionCivilTime};
use jiff_core::tz::{Abbreviation, Offset};

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
        let offset = jiff_core::Timestamp::from_second(at.seconds()).map(|at| self.rule().to_offset(at));
        offset.map_or(0, |offset| offset.seconds().into())
    }

    /// The instant at which its clocks show a time, given as seconds from 1970-01-01T00:00:00 on those clocks. Of a time
    /// that there is twice it is the first; a time that the clocks leap over is as much later as they leap (what RFC 5545,
    /// section 3.3.5, asks for).
    #[must_use]
    pub fn instant(self, local: i64) -> Timestamp {
        let shown = jiff_core::Timestamp::from_second(local).map(|shown| shown.to_datetime(Offset::UTC));
        let instant = shown.ok().and_then(|shown| self.rule().to_ambiguous_timestamp(shown).compatible().ok());
        Timestamp::from_seconds(instant.map_or(local, jiff_core::Timestamp::as_second))
    }

    /// The day that its clocks show, counted from 1970-01-01.
    #[must_use]
    pub fn day(self, at: Timestamp) -> i64 {
        (at.seconds() + self.ahead(at)).div_euclid(DAY)
    }

    fn rule(self) -> TimeZone {
        let [standard, summer, begin @ .., _, _, _, _] = self.0;
        let [.., end_month, end_week, end_day, end_minute] = self.0;
        let offset = |minutes: i64| Offset::from_seconds(small(minutes * 60)).unwrap_or(Offset::UTC);
        let turn = |[month, week, day, minute]: [i64; 4]| DayTime {
            date: Day::WeekdayOfMonth {
                month: small(month),
                week: small(week),
                weekday: Weekday::from_sunday_zero_offset(small(day)).unwrap_or(Weekday::Sunday),
            },
            time: TransitionCivilTime { second: small(minute * 60) },
        };
        let name = || Abbreviation::statik("");
        let rule = Rule { start: turn(begin), end: turn([end_month, end_week, end_day, end_minute]) };
        let dst = (begin != [0; 4]).then(|| Dst { abbrev: name(), offset: offset(summer), rule });
        TimeZone { std_abbrev: name(), std_offset: offset(standard), dst }
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

fn small<N: TryFrom<i64> + Default>(number: i64) -> N {
    N::try_from(number).unwrap_or_default()
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
