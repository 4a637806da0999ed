//! Review rules: when a person must look, and who.

use serde::{Deserialize, Serialize};

use super::{ActionKind, Condition, WhenUnknown};
use crate::id::{QueueId, RuleId};
use crate::json::Decode;

/// When a person must look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ReviewRule {
    /// How reasons refer to it.
    pub id: RuleId,
    /// What sort of trigger it is.
    pub trigger: ReviewTrigger,
    /// When it holds.
    pub when: Condition,
    /// What happens where that cannot be decided; by default a person looks.
    #[serde(default)]
    pub when_unknown: WhenUnknown,
    /// The actions it holds; empty means every action.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<ActionKind>,
    /// Look at a sample only: of the actions it speaks of, the first so many and then one in so many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sample: Option<Sample>,
    /// Who looks.
    pub reviewer: Reviewer,
    /// Why, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Which of the actions a person looks at. What somebody must look at or what is blocked anyway is not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Sample {
    /// So many first ones.
    pub first: u64,
    /// After these, one in so many; none where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub then_one_in: Option<u64>,
}

impl Sample {
    /// Whether somebody looks at an action before which `seen` were counted.
    #[must_use]
    pub fn takes(self, seen: u64) -> bool {
        match (seen.checked_sub(self.first), self.then_one_in) {
            (None, _) => true,
            (Some(after), Some(one_in)) if one_in > 0 => after % one_in == one_in - 1,
            _ => false,
        }
    }
}

/// What sort of review trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each word is its own description")]
pub enum ReviewTrigger {
    LowConfidence,
    HighValue,
    StrategicAccount,
    AmbiguousIdentity,
    StageChange,
    SensitiveQuestion,
    BrandSensitive,
    ConflictingData,
    Suppression,
    Sampling,
    Custom,
}

/// Who looks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reviewer {
    /// Whoever has this role, for example `sales_manager`.
    Role(String),
    /// One person: e-mail address, name or CRM id.
    Owner(String),
    /// A queue.
    Queue(QueueId),
    /// Whoever owns the account.
    AccountOwner,
}
