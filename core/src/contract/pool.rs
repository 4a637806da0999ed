//! Pools: owners that share work, how it is shared, and when each of them takes leads.

use serde::{Deserialize, Serialize};

use super::Condition;
use crate::id::{CalendarId, PoolId, QueueId};
use crate::json::Decode;

/// Owners that share work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Pool {
    /// How rules refer to it.
    pub id: PoolId,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// How the work is shared; `round_robin` when not said.
    #[serde(default, skip_serializing_if = "Method::is_round_robin")]
    pub method: Method,
    /// Who is asked before anybody's turn, in this order: whoever had this person or company before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sticky: Vec<Sticky>,
    /// Whether a lead never goes back to the member who has it already.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub skip_previous_owner: bool,
    /// The working hours of members who have none of their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<CalendarId>,
    /// Who is in it.
    pub members: Vec<Member>,
    /// What happens when no member can take a lead; by default it waits in the escalation queue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_nobody: Option<OnNobody>,
    /// How many turns a returned lead gives back to its member; 1 when not said.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub return_credit: u32,
}

/// How a pool shares its work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// In turn, by weight, among the members who can take the lead now.
    #[default]
    RoundRobin,
    /// In turn, by weight, and nobody is skipped for being away, out of hours or at a cap: then the pool has nobody.
    StrictRoundRobin,
    /// To the member with the fewest open leads for their weight.
    LeastLoaded,
    /// To the members of the lowest `priority` number who can take it, in turn; to the next only when none of them can.
    Priority,
    /// In proportion to what each may take in a month, `per_month`; turns begin anew each month.
    Quota,
}

impl Method {
    /// The word used in JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::RoundRobin => "round_robin",
            Self::StrictRoundRobin => "strict_round_robin",
            Self::LeastLoaded => "least_loaded",
            Self::Priority => "priority",
            Self::Quota => "quota",
        }
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
    fn is_round_robin(&self) -> bool {
        *self == Self::RoundRobin
    }
}

/// Who is asked before anybody's turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Sticky {
    /// The owner of the matched account.
    AccountOwner,
    /// Whoever has the same person: by the record that identity found, or by what this pool gave before.
    Person,
    /// Whoever was given somebody of the same company by this pool, by domain.
    Company,
}

/// A member of a pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// Who: e-mail address, name or CRM id.
    pub owner: String,
    /// The share of work relative to the others; 1 when not said.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub weight: u32,
    /// Whether new leads go to this member.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub active: bool,
    /// The level under the method `priority`; 1 is asked first.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub priority: u32,
    /// Their working hours; those of the pool when not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<CalendarId>,
    /// When they are away.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub out_of_office: Vec<Absence>,
    /// The most they take.
    #[serde(default, skip_serializing_if = "Caps::is_none")]
    pub caps: Caps,
    /// Which leads they can take: skills, languages, regions. Unknown counts as no.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// Which leads they must not get: conflicts of interest. Unknown counts as yes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unless: Option<Condition>,
}

/// A time in which a member is away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Absence {
    /// The first day, `2026-12-21`, by the member's clocks; or a time, `2026-12-21T12:00:00Z`.
    pub from: String,
    /// The last day, or the time at which they are back.
    pub to: String,
    /// Who takes their leads meanwhile, in their turn; without one their turns pass.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backup: Option<String>,
}

/// The most a member takes. Days, weeks (from Monday) and months are those of the member's clocks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Caps {
    /// Leads from this pool in a day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_day: Option<u32>,
    /// Leads from this pool in a week.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_week: Option<u32>,
    /// Leads from this pool in a month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_month: Option<u32>,
    /// Open leads at a time, from wherever they came.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open: Option<u32>,
}

impl Caps {
    fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// What happens when no member of a pool can take a lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OnNobody {
    /// Another pool takes it.
    Pool(PoolId),
    /// It waits in a queue.
    Queue(QueueId),
    /// A fallback owner takes it.
    Owner(String),
    /// It waits in a queue until the first member can take it, and is routed again then.
    Hold(QueueId),
    /// It goes to whose turn it is outside working hours too; never to one who is inactive, away or at a cap.
    RouteAnyway,
    /// The assignment fails: it is blocked.
    Fail,
}

const fn one() -> u32 {
    1
}

const fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_one(value: &u32) -> bool {
    *value == 1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_yes(value: &bool) -> bool {
    *value
}
