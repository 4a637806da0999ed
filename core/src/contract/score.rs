//! Scores: points with reasons, and bands.

use serde::{Deserialize, Serialize};

use super::Condition;
use crate::id::{FieldName, RuleId, ScoreId};
use crate::json::Decode;
use crate::scale::Points;

/// A score: the sum of the points of the rules that hold, within limits. Makes the facts `score.<id>` and
/// `score.<id>.band`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Score {
    /// How conditions refer to it, for example `fit`.
    pub id: ScoreId,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The least it can be.
    #[serde(default)]
    pub min: Points,
    /// The most it can be.
    #[serde(default = "hundred")]
    pub max: Points,
    /// What adds or takes points; unknown adds nothing, and what was missing is said.
    pub rules: Vec<ScoreRule>,
    /// Named ranges, for example `hot` from 70 on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bands: Vec<Band>,
    /// The CRM field this score is written to, through the gate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub writes: Option<FieldName>,
}

/// What adds or takes points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ScoreRule {
    /// How reasons refer to it.
    pub id: RuleId,
    /// When it holds.
    pub when: Condition,
    /// What it adds, or takes when negative.
    pub points: Points,
    /// Why, as sales should read it: "asked for pricing".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A named range of a score: from `at_least` up to the next band.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// Its name: `hot`, `warm`, `cold`, `A` … `F`.
    pub id: RuleId,
    /// Where it starts.
    pub at_least: Points,
}

const fn hundred() -> Points {
    Points(100)
}
