//! Handoff: what sales is told.

use serde::{Deserialize, Serialize};

use super::Condition;
use crate::id::RuleId;
use crate::json::Decode;

/// What sales is told when a lead changes hands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Handoff {
    /// What every note must have; what cannot be said is named as missing.
    pub parts: Vec<HandoffPart>,
    /// What to do next: the first that holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub next_steps: Vec<NextStep>,
}

/// A part of a handoff note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each word is its own description")]
pub enum HandoffPart {
    Source,
    Company,
    Fit,
    Urgency,
    Missing,
    Conflicts,
    NextStep,
}

/// What to do next, when it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NextStep {
    /// How reasons refer to it.
    pub id: RuleId,
    /// When it holds; unknown counts as no.
    pub when: Condition,
    /// What to do, as sales should read it.
    pub text: String,
}
