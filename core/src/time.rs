//! Points in time: seconds since 1970-01-01T00:00:00Z, written as RFC 3339.
//!
//! There is no clock here: every time is an argument or was read from data.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::json::{Decode, Node};

/// A point in time, to the second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// Seconds in a day.
pub const DAY: i64 = 86_400;

impl Timestamp {
    /// From seconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds)
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0
    }

    /// Reads RFC 3339 with an offset, or a date alone, which means its first second in UTC.
    ///
    /// ```
    /// use interlock_core::time::Timestamp;
    /// assert_eq!(Timestamp::parse("2026-11-22T10:00:00+02:00"), Timestamp::parse("2026-11-22T08:00:00Z"));
    /// assert_eq!(Timestamp::parse("2026-11-22"), Timestamp::parse("2026-11-22T00:00:00Z"));
    /// assert_eq!(Timestamp::parse("22.11.2026"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let parsed = match text.len() {
            10 => OffsetDateTime::parse(&format!("{text}T00:00:00Z"), &Rfc3339),
            _ => OffsetDateTime::parse(text, &Rfc3339),
        };
        parsed.ok().map(|time| Self(time.unix_timestamp()))
    }

    /// The same time, so many days later (earlier when negative).
    #[must_use]
    pub const fn plus_days(self, days: i64) -> Self {
        Self(self.0.saturating_add(days.saturating_mul(DAY)))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = OffsetDateTime::from_unix_timestamp(self.0).ok().and_then(|time| time.format(&Rfc3339).ok());
        f.write_str(text.as_deref().unwrap_or("a time outside years 0–9999"))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl Decode for Timestamp {
    fn decode(node: &Node<'_>) -> Option<Self> {
        let text = node.text()?;
        Self::parse(text).or_else(|| node.refuse(not_a_time(text)))
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::parse(&text).ok_or_else(|| de::Error::custom(not_a_time(&text)))
    }
}

fn not_a_time(text: &str) -> String {
    format!("`{text}` is not a time; write RFC 3339, `2026-11-22T09:30:00Z`")
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Timestamp {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Timestamp".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "format": "date-time"})
    }
}
