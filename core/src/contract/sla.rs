//! Response times: how soon somebody must accept a lead and respond to it, and what happens when nobody does.

use serde::{Deserialize, Serialize};

use super::{Condition, Target};
use crate::id::{CalendarId, RuleId};
use crate::json::Decode;

/// How soon somebody must accept a lead and respond to it. Both clocks start when the lead is assigned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Sla {
    /// How reasons refer to it.
    pub id: RuleId,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// For which leads; unknown counts as no.
    pub when: Condition,
    /// How soon the owner must accept it: an ISO 8601 duration, `PT15M`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accept_within: Option<String>,
    /// How soon the buyer must hear from somebody: `PT4H`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub respond_within: Option<String>,
    /// Which time counts; `calendar` when not said.
    #[serde(default, skip_serializing_if = "Clock::is_calendar")]
    pub clock: Clock,
    /// The working hours that count under `business`; those of whoever gets the lead when not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<CalendarId>,
    /// What happens when it is breached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_breach: Option<OnBreach>,
}

/// Which time counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Clock {
    /// Every hour.
    #[default]
    Calendar,
    /// Working hours alone.
    Business,
}

impl Clock {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
    fn is_calendar(&self) -> bool {
        *self == Self::Calendar
    }
}

/// What happens when a response time is breached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OnBreach {
    /// How long after the due time: `PT0S` when not said. By the same clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Who gets it then.
    pub to: Target,
    /// How often at most one lead is given to somebody else; 1 when not said.
    #[serde(default = "once", skip_serializing_if = "is_once")]
    pub at_most: u32,
}

const fn once() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_once(value: &u32) -> bool {
    *value == 1
}
