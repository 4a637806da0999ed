//! Calendars: when people work, by time zone, and the days on which they do not.

use serde::{Deserialize, Serialize};

use crate::id::{CalendarId, HolidaysId};
use crate::json::Decode;

/// When people work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    /// How pools, members and response times refer to it.
    pub id: CalendarId,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whose clocks: a name of the IANA database, `Europe/Berlin`. The contract's when not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// The working hours; every hour when none are said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<Hours>,
    /// The holidays that are free.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holidays: Vec<HolidaysId>,
}

/// The working hours of some days of the week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// The days.
    pub on: Vec<Weekday>,
    /// The blocks of each, `09:00-12:30`. What runs over midnight counts on, as in timetables: `22:00-30:00`.
    pub blocks: Vec<String>,
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each word is its own description")]
pub enum Weekday {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

/// Days on which nobody works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Holidays {
    /// How calendars refer to them.
    pub id: HolidaysId,
    /// What people call them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The days, `2026-12-25`.
    pub dates: Vec<String>,
}
