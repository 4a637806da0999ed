use super::DateProblem as P;
use super::DayOrder::{DayFirst, MonthFirst};
use super::*;

fn read(raw: &str, order: Option<DayOrder>) -> Result<String, DateProblem> {
    When::parse(raw, order).map(|when| when.to_string())
}

#[test]
fn dates_as_they_are_exported() {
    for (raw, order, want) in [
        ("2024-08-18", None, "2024-08-18"),
        ("2024/08/18", None, "2024-08-18"),
        ("20240818", None, "2024-08-18"),
        ("18.08.2024", None, "2024-08-18"),
        ("8.9.2024", Some(MonthFirst), "2024-09-08"),
        ("18. 8. 2024", None, "2024-08-18"),
        ("08/18/2024", None, "2024-08-18"),
        ("18/08/2024", None, "2024-08-18"),
        ("08/09/2024", Some(MonthFirst), "2024-08-09"),
        ("08/09/2024", Some(DayFirst), "2024-09-08"),
        ("08-09-2024", Some(DayFirst), "2024-09-08"),
        ("08/08/2024", None, "2024-08-08"),
        ("Aug 18, 2024", None, "2024-08-18"),
        ("18 Aug 2024", None, "2024-08-18"),
        ("18-Sept-2024", None, "2024-09-18"),
        ("18. August 2024", None, "2024-08-18"),
        ("2024-02-29", None, "2024-02-29"),
        ("2024-08-18T09:01:00.000Z", None, "2024-08-18T09:01:00Z"),
        ("2024-08-18T09:01:00+02:00", None, "2024-08-18T07:01:00Z"),
        ("2024-08-18T09:01:00-0530", None, "2024-08-18T14:31:00Z"),
        ("2024-08-18t09:01:00.123456z", None, "2024-08-18T09:01:00Z"),
        ("2024-08-18 09:01", None, "2024-08-18T09:01:00Z"),
        ("2024-08-18 09:01:07 UTC", None, "2024-08-18T09:01:07Z"),
        ("8/18/2024 9:01 AM", None, "2024-08-18T09:01:00Z"),
        ("8/18/2024, 12:00 a.m.", None, "2024-08-18T00:00:00Z"),
        ("8/18/2024 12:30\u{202f}PM", None, "2024-08-18T12:30:00Z"),
        ("18.08.2024 21:15", None, "2024-08-18T21:15:00Z"),
        ("Aug 18, 2024 9:01 PM", None, "2024-08-18T21:01:00Z"),
        ("1723971660000", None, "2024-08-18T09:01:00Z"),
        ("1969-12-31T23:59:59Z", None, "1969-12-31T23:59:59Z"),
        ("0000-01-01", None, "0000-01-01"),
        ("9999-12-31T23:59:59Z", None, "9999-12-31T23:59:59Z"),
    ] {
        assert_eq!(read(raw, order).as_deref(), Ok(want), "{raw}");
        assert_eq!(read(want, None).as_deref(), Ok(want), "{raw}");
    }
}

#[test]
fn precision_and_offset_are_told() {
    let when = |raw| When::parse(raw, None).map(|when| (when.precision, when.assumed_utc));
    assert_eq!(when("2024-08-18"), Ok((Precision::Day, false)));
    assert_eq!(when("2024-08-18 09:01"), Ok((Precision::Minute, true)));
    assert_eq!(when("2024-08-18 09:01:00"), Ok((Precision::Second, true)));
    assert_eq!(when("2024-08-18T09:01Z"), Ok((Precision::Minute, false)));
    assert_eq!(when("1723971660000"), Ok((Precision::Second, false)));
}

#[test]
fn what_is_no_date_says_why() {
    for (raw, order, want) in [
        (" ", None, P::Blank),
        ("08/09/2024", None, P::Order),
        ("18/08/2024", Some(MonthFirst), P::Month(18)),
        ("31/31/2024", None, P::Month(31)),
        ("2023-02-29", None, P::Day(29)),
        ("2024-13-01", None, P::Month(13)),
        ("0.0.2024", None, P::Month(0)),
        ("08/18/24", None, P::Year),
        ("2024-08-18T24:00:00Z", None, P::Time),
        ("2024-08-18T23:59:60Z", None, P::Time),
        ("2024-08-18 13:00 PM", None, P::Time),
        ("2024-08-18T09:01+99:00", None, P::Time),
        ("2024-08-18T", None, P::Form),
        ("2024-08-18x", None, P::Form),
        ("2024-08", None, P::Form),
        ("45522", None, P::Form),
        ("yesterday", None, P::Form),
        ("Foo 18, 2024", None, P::Form),
        ("2024-08-18T09:01:00 Berlin", None, P::Form),
    ] {
        assert_eq!(read(raw, order), Err(want), "{raw}");
    }
    assert_eq!(P::Month(18).help(), "state the other order of day and month, if the column has it");
}

#[test]
fn the_order_of_a_column() {
    let detect = |samples: &[&str]| detect_day_order(samples.iter().copied());
    assert_eq!(detect(&["08/09/2024", "08/18/2024", ""]), DayOrderEvidence::Order(MonthFirst));
    assert_eq!(detect(&["08/09/2024", "18/08/2024 09:00"]), DayOrderEvidence::Order(DayFirst));
    assert_eq!(detect(&["08/09/2024", "01/02/2024"]), DayOrderEvidence::Open);
    assert_eq!(detect(&["18/08/2024", "08/18/2024"]), DayOrderEvidence::Mixed);
    assert_eq!(detect(&["2024-08-18", "x", "8/8/2024"]), DayOrderEvidence::NotNeeded);
}

#[test]
fn rendering_stays_within_rfc_3339() {
    assert_eq!(rfc3339(0), "1970-01-01T00:00:00Z");
    assert_eq!(rfc3339(i64::MAX), "9999-12-31T23:59:59Z");
    assert_eq!(rfc3339(i64::MIN), "0000-01-01T00:00:00Z");
    assert_eq!(day(86_399), "1970-01-01");
}
