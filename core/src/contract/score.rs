//! Scores: points with reasons, and bands; grades, which put two of them together.

use serde::{Deserialize, Serialize};

use super::{Activities, Condition};
use crate::id::{FactName, FieldName, RuleId, ScoreId};
use crate::json::Decode;
use crate::map::Map;
use crate::scale::{Confidence, Points};

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
    /// What rules of one group may come to together.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub caps: Vec<Cap>,
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
    /// When it holds. It may read the scores that stand before this one.
    pub when: Condition,
    /// What it adds, or takes when negative: once, for each of its activities, or for a hundred points of another score.
    pub points: Points,
    /// The points are for a hundred points of this score, which stands before this one; for fewer, as many fewer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_hundred_of: Option<ScoreId>,
    /// The points are for each of these activities.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activities: Option<Activities>,
    /// The most that its activities may add together, or take.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<Points>,
    /// How its points fade with time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decay: Option<Decay>,
    /// The group it counts in, one of the score's `caps`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<RuleId>,
    /// Why, as sales should read it: "asked for pricing".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What rules of one group may come to together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Cap {
    /// How rules refer to it, in `group`.
    pub id: RuleId,
    /// The most they may add together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Points>,
    /// The least they may come to together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<Points>,
}

/// How points fade with time: by halves, or in steps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Decay {
    /// The date from which time counts, such as `lead.last_activity_at`; activities count from their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<FactName>,
    /// After so many days half of the points are left, after twice as many a quarter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub half_life_days: Option<u32>,
    /// What is left from which day on; before the first step all of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<DecayStep>,
}

/// What is left of points from a day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DecayStep {
    /// After how many days.
    pub after_days: u32,
    /// How much is left: `"50 %"`.
    pub keeps: Confidence,
}

/// A grade: what the bands of two scores come to together. Makes the fact `grade.<id>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Grade {
    /// How conditions refer to it: `grade.<id>`.
    pub id: RuleId,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The score whose bands are the rows.
    pub rows: ScoreId,
    /// The score whose bands are the columns.
    pub columns: ScoreId,
    /// For each row and column the grade: `{"high": {"hot": "A", "cold": "C"}}`. Without any cell it is both bands, `a1`.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub cells: Map<RuleId, Map<RuleId, RuleId>>,
    /// The CRM field it is written to, through the gate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub writes: Option<FieldName>,
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
