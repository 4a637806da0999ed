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
    /// When another stage is recommended; the first that holds and moves forward decides, or
    /// out of the running with a `reason`.
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
    /// What it means; by default what its id and names say. A stage called opportunity or customer is one, whatever stands
    /// here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<StageKind>,
}

/// What a stage means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum StageKind {
    /// A lead that is worked on.
    Open,
    /// Money is on the table: protected.
    Opportunity,
    /// A customer or partner, present or past: protected.
    Customer,
    /// Put back for later. A move there needs a reason, and every open stage is ahead of it.
    Recycled,
    /// Given up. A move there needs a reason, and the way back has to be allowed.
    Disqualified,
}

impl StageKind {
    /// Whether only a person moves a record there or away from there.
    #[must_use]
    pub const fn is_money(self) -> bool {
        matches!(self, Self::Opportunity | Self::Customer)
    }

    /// Whether it is out of the running.
    #[must_use]
    pub const fn is_out(self) -> bool {
        matches!(self, Self::Recycled | Self::Disqualified)
    }
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
