//! Expectations and budgets: what a preview must show before the contract may be deployed.

use serde::{Deserialize, Serialize};

use super::{Condition, Verdict};
use crate::id::{RuleId, ScoreId};
use crate::json::Decode;
use crate::map::Map;
use crate::record::RawName;
use crate::scale::Confidence;

/// A lead that must be decided as you say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    /// How findings refer to it.
    pub id: RuleId,
    /// The lead, field by field: `{"lead.email": "ann@example.com"}`.
    pub lead: Map<RawName, String>,
    /// What must come out.
    pub expect: Expected,
}

/// What must come out for a lead. Everything stated must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Expected {
    /// The owner, pool or queue it is routed to, as the rules name it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<super::Target>,
    /// The routing rule that decides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<RuleId>,
    /// The bands of its scores.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub bands: Map<ScoreId, RuleId>,
    /// The verdict on its assignment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assignment: Option<Verdict>,
}

/// How much a change may move.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Budget {
    /// How findings refer to it.
    pub id: RuleId,
    /// What is counted.
    pub measure: Measure,
    /// The share of the leads it may reach.
    pub at_most: Confidence,
    /// Only these leads are counted; unknown counts as one of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub among: Option<Condition>,
}

/// What a budget counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Leads with another owner, pool or queue.
    Rerouted,
    /// Leads with another score.
    Rescored,
    /// Leads with another verdict on any action.
    VerdictChanged,
    /// Leads suppressed that were not.
    NewlySuppressed,
    /// Leads held for a person that were not.
    NewlyForReview,
}
