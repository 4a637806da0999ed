//! Routing: who gets which lead. Rules choose an owner, a pool or a queue; pools choose the person.

use serde::{Deserialize, Serialize};

use super::{Calendar, Condition, Holidays, Mode, Pool, Sla};
use crate::id::{ListId, PoolId, QueueId, RuleId};
use crate::json::Decode;

/// Who gets which lead.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Routing {
    /// What happens when several rules of one tier hold: `unique` (they must agree, or it escalates) or `first`.
    #[serde(default)]
    pub hit_policy: HitPolicy,
    /// The tiers that have a hit policy of their own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tiers: Vec<TierPolicy>,
    /// The rules. Tiers are asked in the order of the precedence ladder; within a tier, in this order.
    #[serde(default)]
    pub rules: Vec<RoutingRule>,
    /// Groups of owners that share work.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pools: Vec<Pool>,
    /// Working hours, by time zone, that pools, their members and response times refer to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calendars: Vec<Calendar>,
    /// Days on which nobody works, that calendars refer to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holidays: Vec<Holidays>,
    /// How soon somebody must accept a lead and respond to it: the first that holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sla: Vec<Sla>,
    /// Places where leads wait for a person.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub queues: Vec<Queue>,
    /// Where a lead goes when no rule holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallback: Option<Target>,
    /// Where a lead waits when rules disagree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escalation: Option<QueueId>,
}

/// What happens when several rules hold (the words are DMN's, OMG *Decision Model and Notation* 1.5, §8.2.8).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum HitPolicy {
    /// Rules that hold must name the same target; otherwise the lead escalates.
    #[default]
    Unique,
    /// The first rule that holds decides.
    First,
}

/// The hit policy of one tier, where it is not that of the routing table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TierPolicy {
    /// The tier.
    pub tier: Tier,
    /// What happens when several of its rules hold.
    pub hit_policy: HitPolicy,
}

/// The precedence ladder: the first tier with a rule that holds decides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each word is its own description")]
pub enum Tier {
    Legal,
    NamedAccount,
    OpenOpportunity,
    AccountOwner,
    #[default]
    Territory,
    Skill,
    Capacity,
    FairDistribution,
    CatchAll,
}

impl Tier {
    /// All tiers, in order of precedence.
    pub const ALL: [Self; 9] = [
        Self::Legal,
        Self::NamedAccount,
        Self::OpenOpportunity,
        Self::AccountOwner,
        Self::Territory,
        Self::Skill,
        Self::Capacity,
        Self::FairDistribution,
        Self::CatchAll,
    ];

    /// The word used in JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Legal => "legal",
            Self::NamedAccount => "named_account",
            Self::OpenOpportunity => "open_opportunity",
            Self::AccountOwner => "account_owner",
            Self::Territory => "territory",
            Self::Skill => "skill",
            Self::Capacity => "capacity",
            Self::FairDistribution => "fair_distribution",
            Self::CatchAll => "catch_all",
        }
    }
}

/// One routing rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RoutingRule {
    /// How reasons refer to it.
    pub id: RuleId,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its rung on the precedence ladder; `territory` when not said.
    #[serde(default)]
    pub tier: Tier,
    /// `automatic` (the default) or `suggest`: what it assigns is at most suggested. Never changes where a lead goes.
    #[serde(default = "automatic", skip_serializing_if = "is_automatic")]
    pub mode: Mode,
    /// When it holds; unknown counts as no, and is listed.
    pub when: Condition,
    /// Where the lead goes.
    pub to: Target,
}

const fn automatic() -> Mode {
    Mode::Automatic
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_automatic(mode: &Mode) -> bool {
    *mode == Mode::Automatic
}

/// Where a lead goes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// To one person: e-mail address, name or CRM id.
    Owner(String),
    /// To the next member of a pool.
    Pool(PoolId),
    /// To a queue.
    Queue(QueueId),
    /// To whom a look-up list's `entries` name; to a person's decision where it names nobody.
    ListOwner(ListId),
    /// To whoever owns the matched account.
    AccountOwner,
    /// To whoever owns the lead or contact already.
    RecordOwner,
    /// To a person's decision: the escalation queue.
    Escalate,
}

/// A place where leads wait for a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Queue {
    /// How rules refer to it.
    pub id: QueueId,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}
