//! Calendars: zones, blocks and holidays that can be read, in order and apart.

use super::Context;
use crate::contract::{Calendar as Written, Contract, Routing, Weekday};
use crate::normal::zone::Zone;
use crate::order;
use crate::route::calendar::Calendar;
use crate::time::{DAY, Timestamp};

pub(super) fn compile(contract: &Contract, routing: &Routing, context: &mut Context) -> Vec<Calendar> {
    context.ids("/routing/calendars", routing.calendars.iter().map(|calendar| calendar.id.as_str()));
    context.ids("/routing/holidays", routing.holidays.iter().map(|holidays| holidays.id.as_str()));
    let free: Vec<Vec<i64>> =
        routing.holidays.iter().map(|holidays| days(&holidays.dates, holidays.id.as_str(), context)).collect();
    let mut all = Vec::new();
    for written in &routing.calendars {
        let address = format!("/routing/calendars/{}", written.id);
        let zone = match &written.time_zone {
            Some(name) => zone(name, &format!("{address}/time_zone"), context),
            None => context.zone,
        };
        let mut calendar = Calendar { zone, ..Calendar::default() };
        if written.time_zone.is_none() && contract.settings.time_zone.is_none() {
            let message = format!("nothing says by whose clocks `{}` goes: it goes by UTC", written.id);
            let help = "add `time_zone`, such as `Europe/Berlin`".to_owned();
            context.warn("calendar-without-zone", &address, message, help);
        }
        hours(written, &mut calendar, &address, context);
        for id in &written.holidays {
            match routing.holidays.iter().position(|holidays| holidays.id == *id) {
                Some(place) => calendar.free.extend(free.get(place).into_iter().flatten()),
                None => {
                    let known = routing.holidays.iter().map(|holidays| holidays.id.as_str());
                    let help = crate::json::suggest(id.as_str(), known).map_or_else(
                        || "add them to `/routing/holidays`".to_owned(),
                        |near| format!("did you mean `{near}`?"),
                    );
                    let message = format!("there are no holidays `{id}`");
                    context.error("unknown-holidays", format!("{address}/holidays"), message, help);
                }
            }
        }
        order::sort_all(&mut calendar.free);
        all.push(calendar);
    }
    all
}

/// The zone of a name, which the database must have.
pub(super) fn zone(name: &str, address: &str, context: &mut Context) -> Option<Zone> {
    let zone = Zone::named(name);
    if zone.is_none() {
        let help = crate::json::suggest(name, Zone::names()).map_or_else(
            || "write its name in the IANA database, such as `Europe/Berlin`".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        context.error("unknown-time-zone", address, format!("`{name}` is not a time zone"), help);
    }
    zone
}

/// Days counted from 1970-01-01.
fn days(dates: &[String], id: &str, context: &mut Context) -> Vec<i64> {
    let mut all = Vec::new();
    for date in dates {
        match Timestamp::parse(date).filter(|_| date.trim().len() == 10) {
            Some(day) => all.push(day.seconds().div_euclid(DAY)),
            None => {
                let help = "write a day, `2026-12-25`".to_owned();
                let address = format!("/routing/holidays/{id}/dates");
                context.error("bad-time", address, format!("`{date}` is not a day"), help);
            }
        }
    }
    all
}

fn hours(written: &Written, calendar: &mut Calendar, address: &str, context: &mut Context) {
    if written.hours.is_empty() {
        calendar.week = std::array::from_fn(|_| vec![(0, DAY)]);
        return;
    }
    for (place, hours) in written.hours.iter().enumerate() {
        let address = format!("{address}/hours/{place}");
        if hours.on.is_empty() || hours.blocks.is_empty() {
            let message = "these hours name no day or no block".to_owned();
            let help = "write `{\"on\": [\"mon\"], \"blocks\": [\"09:00-17:00\"]}`, or remove them".to_owned();
            context.warn("empty-hours", &address, message, help);
        }
        for text in &hours.blocks {
            let address = format!("{address}/blocks");
            match block(text) {
                None => {
                    let help = "write `09:00-12:30`; over midnight, `22:00-30:00`".to_owned();
                    context.error("bad-hours", address, format!("`{text}` is not a block of hours"), help);
                }
                Some((start, end)) if end <= start => {
                    let message = format!("the block `{text}` ends before it begins");
                    let help = match text.split_once('-') {
                        Some((start, _)) if end + DAY <= 2 * DAY => {
                            let (hour, minute) = (end / 3600 + 24, end % 3600 / 60);
                            format!("exchange the two; or over midnight, write `{}-{hour}:{minute:02}`", start.trim())
                        }
                        _ => "exchange the two".to_owned(),
                    };
                    context.error("block-ends-first", address, message, help);
                }
                Some(block) => {
                    for day in &hours.on {
                        if let Some(blocks) = calendar.week.get_mut(*day as usize) {
                            blocks.push(block);
                        }
                    }
                }
            }
        }
    }
    overlaps(calendar, address, context);
}

/// Two blocks at one time, on one day or over midnight into the next.
fn overlaps(calendar: &mut Calendar, address: &str, context: &mut Context) {
    for blocks in &mut calendar.week {
        order::sort_all(blocks);
    }
    for (day, blocks) in calendar.week.iter().enumerate() {
        let next = calendar.week.get((day + 1) % 7).and_then(|blocks| blocks.first());
        let after = blocks.iter().skip(1).copied().chain(next.map(|(start, end)| (start + DAY, end + DAY)));
        if blocks.iter().zip(after).any(|((_, end), (start, _))| start < *end) {
            let word = DAYS.get(day).copied().unwrap_or_default();
            let message = format!("two blocks of {word} lie over each other");
            let help = "join them into one, or let one end where the next begins".to_owned();
            context.error("blocks-overlap", format!("{address}/hours"), message, help);
        }
    }
}

const DAYS: &[&str] = crate::normal::zone::WEEKDAYS;

/// Seconds from midnight; the end up to the midnight after next.
fn block(text: &str) -> Option<(i64, i64)> {
    let (start, end) = text.split_once('-')?;
    let (start, end) = (clock(start)?, clock(end)?);
    (start < DAY && end <= 2 * DAY).then_some((start, end))
}

fn clock(text: &str) -> Option<i64> {
    let (hour, minute) = text.trim().split_once(':')?;
    let number = |text: &str| {
        let digits = !text.is_empty() && text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| text.parse::<i64>().ok())?
    };
    let minute = number(minute).filter(|value| *value < 60 && minute.len() == 2)?;
    Some(number(hour)? * 3600 + minute * 60)
}

const _: () = assert!(Weekday::Mon as usize == 0 && Weekday::Sun as usize == 6);
