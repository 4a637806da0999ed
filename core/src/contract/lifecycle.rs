//! Lifecycle: the stages of a lead's life and who may move it.

use serde::{Deserialize, Serialize};

use super::Condition;
use crate::id::{RuleId, StageId};
use crate::json::Decode;

/// The stages of a lead's life and who may move it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Lifecycle {
    /// The stages, first to last.
    pub stages: Vec<Stage>,
    /// When another stage is recommended; the first that holds and moves forward decides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recommend: Vec<Recommendation>,
    /// Whether a record may be moved back to an earlier stage.
    #[serde(default)]
    pub allow_backward: bool,
}

/// One stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// How recommendations refer to it, for example `mql`.
    pub id: StageId,
    /// What the CRM writes for it; compared without regard to case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
}

/// When another stage is recommended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Recommendation {
    /// How reasons refer to it.
    pub id: RuleId,
    /// The stage.
    pub to: StageId,
    /// When; unknown counts as no.
    pub when: Condition,
    /// Why, as sales should read it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}
