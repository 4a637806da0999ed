//! Time zones against `jiff`, which reads the compiled files of the time zone database with all their turns.
#![allow(clippy::unwrap_used, clippy::panic)]

use interlock_core::normal::zone::Zone;
use interlock_core::time::Timestamp;
use jiff::tz::TimeZone;

/// What the rule of today does not say: zones, the days between which they differ, and why.
const EXCEPTIONS: &[(&[&str], &str, &str, &str)] = &[
    (&["Asia/Almaty", "Asia/Qostanay"], "2024-01-01", "2024-03-01", "Kazakhstan took one time on 1 March 2024"),
    (&["America/Scoresbysund"], "2024-01-01", "2024-04-01", "took the time of Nuuk on 31 March 2024"),
    (&["America/Asuncion"], "2024-03-24", "2024-10-07", "Paraguay keeps summer time since October 2024"),
    (&["America/Coyhaique"], "2024-04-07", "2024-09-09", "Aysén keeps summer time since 2025"),
    (
        &["America/Edmonton", "America/Inuvik", "America/Yellowknife", "Canada/Mountain"],
        "2024-01-01",
        "2026-03-09",
        "keep summer time since March 2026",
    ),
    (&["America/Vancouver", "Canada/Pacific"], "2024-01-01", "2026-03-09", "keep summer time since March 2026"),
    (
        &["America/Rainy_River", "America/Winnipeg", "Canada/Central"],
        "2024-01-01",
        "2026-03-09",
        "keep summer time since March 2026",
    ),
    (
        &["Africa/Casablanca", "Africa/El_Aaiun"],
        "2024-01-01",
        "2026-09-21",
        "Morocco put its clocks back in Ramadan until 2026, by the moon, and keeps UTC since",
    ),
    (&["America/Havana", "Cuba"], "2026-11-01", "2027-03-15", "Cuba keeps summer time through one winter"),
    (
        &["Asia/Gaza", "Asia/Hebron"],
        "2024-01-01",
        "2038-01-01",
        "Palestine puts its clocks back in Ramadan, by the moon, and begins summer time after it",
    ),
];

fn seconds(text: &str) -> i64 {
    Timestamp::parse(text).unwrap().seconds()
}

fn names() -> impl Iterator<Item = &'static str> {
    let lines = include_str!("../src/tables/time_zones.txt").lines();
    lines.map(|line| line.split('=').next().unwrap()).filter(|name| name.len() > 2)
}

/// The first and the last instant at which the rule of a zone and the database disagree.
fn disagreement(name: &str, from: i64, to: i64) -> Option<(i64, i64)> {
    let (zone, theirs) = (Zone::named(name).unwrap(), TimeZone::get(name).unwrap());
    let at = |seconds: i64| jiff::Timestamp::from_second(seconds).unwrap();
    let days = (from..to).step_by(86_400);
    let turns = theirs.following(at(from)).map(|turn| turn.timestamp().as_second()).take_while(|turn| *turn < to);
    let around = turns.flat_map(|turn| (-30..30).map(move |hour| turn + hour * 3600).chain([turn - 1]));
    let mut wrong = None;
    for instant in days.chain(around) {
        if i64::from(theirs.to_offset(at(instant)).seconds()) != zone.ahead(Timestamp::from_seconds(instant)) {
            let (first, last) = wrong.unwrap_or((instant, instant));
            wrong = Some((instant.min(first), instant.max(last)));
        }
    }
    wrong
}

#[test]
fn every_zone_shows_the_hour_that_the_database_says() {
    let (from, to) = (seconds("2024-01-01"), seconds("2038-01-01"));
    let mut count = 0;
    for name in names() {
        count += 1;
        let found = disagreement(name, from, to);
        let known = EXCEPTIONS.iter().find(|(names, ..)| names.contains(&name));
        match (found, known) {
            (None, None) => {}
            (Some((first, last)), Some((_, begin, end, why))) => {
                assert!(
                    seconds(begin) <= first && last < seconds(end),
                    "{name} differs at other times than these: {why}"
                );
            }
            (Some((first, last)), None) => {
                let [first, last] = [first, last].map(Timestamp::from_seconds);
                panic!("{name} is wrong between {first} and {last}");
            }
            (None, Some((.., why))) => panic!("{name} is no exception: {why}"),
        }
    }
    assert!(count > 590, "{count} zones");
}

#[test]
fn a_time_on_the_clock_is_the_instant_that_the_library_finds() {
    let (from, to) = (seconds("2026-12-01"), seconds("2028-01-01"));
    for name in names().filter(|name| !EXCEPTIONS.iter().any(|(names, ..)| names.contains(name))) {
        let (zone, theirs) = (Zone::named(name).unwrap(), TimeZone::get(name).unwrap());
        let start = jiff::Timestamp::from_second(from).unwrap();
        let turns = theirs.following(start).map(|turn| turn.timestamp().as_second()).take_while(|turn| *turn < to);
        // Clocks around a turn show what lies within a day of it.
        let shown = turns.flat_map(|turn| (-60..60).map(move |half| turn + half * 1800)).chain([from, to]);
        for local in shown {
            let civil = TimeZone::UTC.to_datetime(jiff::Timestamp::from_second(local).unwrap());
            let wanted = theirs.to_ambiguous_timestamp(civil).compatible().unwrap().as_second();
            assert_eq!(zone.instant(local).seconds(), wanted, "{name} at {civil}");
        }
    }
}

#[test]
fn every_name_of_the_database_is_known() {
    for name in jiff::tz::db().available() {
        let name = name.to_string();
        assert!(name.len() == 2 || Zone::named(&name).is_some(), "{name}");
    }
}

#[test]
fn a_country_has_a_zone_where_all_its_clocks_agree() {
    for (country, zone) in [
        ("DE", "Europe/Berlin"),
        ("GB", "Europe/London"),
        ("IE", "Europe/Dublin"),
        ("JP", "Asia/Tokyo"),
        ("IN", "Asia/Kolkata"),
        ("AR", "America/Argentina/Buenos_Aires"),
        ("KZ", "Asia/Almaty"),
    ] {
        assert_eq!(Zone::of_country(country), Zone::named(zone), "{country}");
        assert!(Zone::of_country(country).is_some(), "{country}");
        assert_eq!(Zone::named(country), None, "{country} is no name of a zone");
    }
    for country in ["US", "CA", "BR", "AU", "RU", "MX", "ES", "PT", "CL", "ID", "NZ", "XX", "", "Europe/Berlin"] {
        assert_eq!(Zone::of_country(country), None, "{country}");
    }
}

#[test]
fn names_are_read_as_people_and_crms_write_them() {
    let berlin = Zone::named("Europe/Berlin");
    for name in ["europe/berlin", "EUROPE/BERLIN", "europe_slash_berlin", "Arctic/Longyearbyen"] {
        assert_eq!(Zone::named(name), berlin, "{name}");
    }
    assert_eq!(Zone::named("America/New York"), Zone::named("US/Eastern"));
    for name in ["", "Berlin", "Europe/Berli", "CET1", "Europe/Berlin=60", "Europe/Berlin\n", "\n", "="] {
        assert_eq!(Zone::named(name), None, "{name}");
    }
}

#[test]
fn the_clock_shows_day_and_hour() {
    let clock = |zone: &str, at: &str| Zone::named(zone).unwrap().clock(Timestamp::parse(at).unwrap());
    assert_eq!(clock("UTC", "1970-01-01T00:00:00Z"), ("thu", 0));
    assert_eq!(clock("America/New_York", "1969-12-31T23:59:59Z"), ("wed", 18));
    assert_eq!(clock("Europe/Berlin", "2026-03-29T00:59:59Z"), ("sun", 1));
    assert_eq!(clock("Europe/Berlin", "2026-03-29T01:00:00Z"), ("sun", 3), "no hour from two to three");
    assert_eq!(clock("Europe/Berlin", "2026-10-25T00:59:59Z"), ("sun", 2));
    assert_eq!(clock("Europe/Berlin", "2026-10-25T01:00:00Z"), ("sun", 2), "the hour from two to three twice");
    assert_eq!(clock("Australia/Sydney", "2026-12-31T13:30:00Z"), ("fri", 0), "summer in January");
    assert_eq!(clock("Asia/Kathmandu", "2026-11-22T18:14:59Z"), ("sun", 23));
    assert_eq!(clock("Asia/Kathmandu", "2026-11-22T18:15:00Z"), ("mon", 0), "a quarter of an hour counts");
}
