//! Calendars: when somebody works.
//!
//! Input: a zone, the blocks of each day of the week, free days; an instant. Output: whether it lies in a block, when the
//! next one begins, and when so many seconds of work have passed. Invariant: a block is what the clocks on the wall
//! show: of a time that there is twice the first counts, and a time that the clocks leap over is as much later as they
//! leap. Work is counted in seconds that pass, so that a night with one hour less has one hour less of it. A block belongs
//! to the day on which it begins, over midnight too: that day's holiday frees all of it.

use crate::normal::zone::Zone;
use crate::time::{DAY, Timestamp};

/// How many days are looked ahead; who does not work in all of them is not waited for.
const HORIZON: i64 = 400;

/// When somebody works.
#[derive(Clone, Debug, Default)]
pub(crate) struct Calendar {
    pub(crate) zone: Option<Zone>,
    /// For each day from Monday on the blocks, in order: seconds from its first midnight.
    pub(crate) week: [Vec<(i64, i64)>; 7],
    /// Days counted from 1970-01-01, in order.
    pub(crate) free: Vec<i64>,
}

impl Calendar {
    /// The blocks of work that end after an instant, in order and apart.
    fn blocks(&self, from: Timestamp) -> impl Iterator<Item = (i64, i64)> {
        let today = day(self.zone, from);
        let mut passed = i64::MIN;
        // Yesterday's may run over midnight.
        (today - 1..today + HORIZON).flat_map(|day| self.of_day(day)).filter_map(move |(start, end)| {
            let start = start.max(passed);
            passed = passed.max(end);
            (start < end && from.seconds() < end).then_some((start, end))
        })
    }

    fn of_day(&self, day: i64) -> impl Iterator<Item = (i64, i64)> {
        let free = self.free.binary_search(&day).is_ok();
        let blocks = self.week.get(weekday(day)).filter(|_| !free).map_or(&[][..], Vec::as_slice);
        let at = move |second: i64| instant(self.zone, day * DAY + second).seconds();
        blocks.iter().map(move |(start, end)| (at(*start), at(*end)))
    }

    /// Whether an instant lies in a block.
    pub(crate) fn is_open(&self, at: Timestamp) -> bool {
        self.blocks(at).next().is_some_and(|(start, _)| start <= at.seconds())
    }

    /// The first instant of work, from an instant on.
    pub(crate) fn opens(&self, from: Timestamp) -> Option<Timestamp> {
        let (start, _) = self.blocks(from).next()?;
        Some(Timestamp::from_seconds(start.max(from.seconds())))
    }

    /// When so many seconds of work have passed.
    pub(crate) fn after(&self, from: Timestamp, seconds: i64) -> Option<Timestamp> {
        let mut left = seconds;
        for (start, end) in self.blocks(from) {
            let start = start.max(from.seconds());
            if left <= end - start {
                return Some(Timestamp::from_seconds(start + left));
            }
            left -= end - start;
        }
        None
    }
}

impl Calendar {
    /// How many seconds of work lie between two instants.
    pub(crate) fn between(&self, from: Timestamp, to: Timestamp) -> i64 {
        let blocks = self.blocks(from).take_while(|(start, _)| *start < to.seconds());
        blocks.map(|(start, end)| end.min(to.seconds()) - start.max(from.seconds())).sum()
    }
}

/// The day that clocks show, counted from 1970-01-01; UTC's where no zone is known.
pub(crate) fn day(zone: Option<Zone>, at: Timestamp) -> i64 {
    zone.map_or_else(|| at.seconds().div_euclid(DAY), |zone| zone.day(at))
}

/// The instant at which clocks show so many seconds since 1970-01-01.
pub(crate) fn instant(zone: Option<Zone>, local: i64) -> Timestamp {
    zone.map_or_else(|| Timestamp::from_seconds(local), |zone| zone.instant(local))
}

/// The place of a day in a week from Monday on. The epoch began on a Thursday.
fn weekday(day: i64) -> usize {
    usize::try_from((day + 3).rem_euclid(7)).unwrap_or(0)
}

/// A stretch of days after which counting begins anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Period {
    Day,
    Week,
    Month,
}

impl Period {
    /// When the period of an instant began, and when the next one does.
    pub(crate) fn around(self, zone: Option<Zone>, at: Timestamp) -> (Timestamp, Timestamp) {
        let today = day(zone, at);
        let (first, next) = match self {
            Self::Day => (today, today + 1),
            Self::Week => {
                let monday = today - (today + 3).rem_euclid(7);
                (monday, monday + 7)
            }
            Self::Month => {
                let date = time::OffsetDateTime::from_unix_timestamp(today.saturating_mul(DAY))
                    .map(time::OffsetDateTime::date);
                let (passed, length) = date
                    .map_or((0, 1), |date| (i64::from(date.day()) - 1, i64::from(date.month().length(date.year()))));
                (today - passed, today - passed + length)
            }
        };
        (instant(zone, first * DAY), instant(zone, next * DAY))
    }
}
