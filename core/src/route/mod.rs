//! Stage 5, routing: who gets the lead.
//!
//! Two steps. Rules choose an owner, a pool or a queue, and keep no state; distribution picks the member of a pool,
//! by turns, in the order in which leads arrive. Input: the facts after classification; the state. Output: a
//! [`Route`]. Invariant: when the rules of a tier disagree under hit policy `unique`, nobody is guessed: the lead
//! escalates and both rules are named. A rule that cannot be decided does not hold, and is listed.

pub(crate) mod calendar;
mod distribution;
mod ladder;
mod sla;
mod trace;

pub(crate) use distribution::distribute;
pub(crate) use ladder::{choose, is_pool, reassign, settle};
pub use sla::{Breach, Promised, breaches};
pub(crate) use sla::{due, keep, overdue};
pub use trace::{Fate, MemberTrace, OperandTrace, PoolTrace, RuleTrace, SkipReason};

use serde::Serialize;

use crate::contract::{Clock, Target, Tier};
use crate::id::{CalendarId, OwnerId, QueueId, RuleId};
use crate::time::Timestamp;

/// Who gets the lead, and why not the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Route {
    /// Where the lead ends up.
    pub place: Destination,
    /// What the rules chose; none where none held and there is no fallback, or where they disagree.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    /// The rule that decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<RuleId>,
    /// Its rung on the precedence ladder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<Tier>,
    /// The rules that hold on the deciding tier; more than one where they agree or disagree.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub held: Vec<RuleId>,
    /// Whether a rule above the deciding one could not be decided: more data could send the lead elsewhere.
    pub fragile: bool,
    /// Rules that could not be decided, with what they lacked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub undecided: Vec<Undecided>,
    /// Every rule as it was asked, in order of precedence; only where a trace is wanted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub asked: Vec<RuleTrace>,
    /// The pool that chose the owner, with every member as it stood; only where a trace is wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pool: Option<PoolTrace>,
    /// Until when the lead is held in its queue: it is to be routed again then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held_until: Option<Timestamp>,
    /// How soon whoever gets it must accept it and respond.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sla: Option<Due>,
}

/// How soon somebody must accept a lead and respond to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Due {
    /// The rule of the contract's `sla`.
    pub rule: RuleId,
    /// Which time counts.
    pub clock: Clock,
    /// The working hours that count, under `business`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calendar: Option<CalendarId>,
    /// When the clocks started.
    pub from: Timestamp,
    /// When the owner must have accepted it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accept_by: Option<Timestamp>,
    /// When the buyer must have heard from somebody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub respond_by: Option<Timestamp>,
}

/// Where a lead ends up.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Destination {
    /// With a person.
    Owner(OwnerId),
    /// In a queue.
    Queue(QueueId),
    /// Rules disagree, or say so: it waits for a person's decision, in a queue where there is one.
    Escalated(Option<QueueId>),
    /// No rule holds and there is no fallback.
    Unrouted,
    /// The assignment is blocked: it stays where it is.
    Blocked,
}

impl Destination {
    /// The word used in conditions.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Owner(_) => "owner",
            Self::Queue(_) => "queue",
            Self::Escalated(_) => "escalated",
            Self::Unrouted => "unrouted",
            Self::Blocked => "blocked",
        }
    }
}

/// A routing rule that could not be decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Undecided {
    /// The rule.
    pub rule: RuleId,
    /// What it lacked.
    pub missing: Vec<String>,
}
