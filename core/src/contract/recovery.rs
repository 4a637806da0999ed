//! Audit, rollback and success: what is kept, how it is taken back, what should improve.

use serde::{Deserialize, Serialize};

use super::Reviewer;
use crate::json::Decode;
use crate::scale::Confidence;

/// What is kept of each change. The previous value, the rule and the contract's digest are always kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Audit {
    /// What is kept; a contract that keeps less than old value, new value, source and version cannot be rolled back.
    pub keep: Vec<AuditKeep>,
    /// How long, as an ISO 8601 duration such as `P400D`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retention: Option<String>,
}

/// Something an audit entry keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each word is its own description")]
pub enum AuditKeep {
    Source,
    OldValue,
    NewValue,
    Version,
    Confidence,
    Reason,
}

/// How bad updates are taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Rollback {
    /// What a rollback restores.
    pub restore: Restore,
    /// How long a change can be taken back, as an ISO 8601 duration such as `P30D`.
    pub window: String,
    /// Who is told.
    #[serde(default)]
    pub notify: Vec<Reviewer>,
}

/// What a rollback restores.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Restore {
    /// The value before the change, unless a person has changed it since.
    PreviousValue,
}

/// What improves if a workflow works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SuccessMetric {
    /// Which figure.
    pub metric: Metric,
    /// Where it should be, as a share.
    pub target: Confidence,
}

/// The figures Interlock measures. None counts raw AI activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each word is its own description")]
pub enum Metric {
    FieldCompletion,
    DuplicateRate,
    SuggestionAcceptance,
    RoutingCorrection,
    TaskCompletion,
    SuppressionBlockRate,
    RollbackCount,
    HandoffQuality,
}
