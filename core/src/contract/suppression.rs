//! Suppression: what must not be done to whom, asked before every write.

use serde::{Deserialize, Serialize};

use super::{ActionKind, Condition, Reviewer, Verdict};
use crate::id::RuleId;
use crate::json::Decode;

/// One reason to leave somebody alone. Runs once identity has said who this is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Suppression {
    /// How reasons refer to it.
    pub id: RuleId,
    /// What sort of suppression it is.
    pub kind: SuppressionKind,
    /// Whom it protects.
    pub when: Condition,
    /// What happens where that cannot be decided. An unknown opt-out restricts sending and enrolment only.
    #[serde(default)]
    pub when_unknown: WhenUnknown,
    /// The actions it blocks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<ActionKind>,
    /// The actions it sends to a person.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reviews: Vec<ActionKind>,
    /// Who looks at what it sends to a person; by default whom a review rule or a field policy names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewer: Option<Reviewer>,
    /// From when on it no longer holds (RFC 3339).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
}

/// What sort of suppression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each word is its own description")]
pub enum SuppressionKind {
    OptOut,
    DoNotCall,
    Customer,
    OpenOpportunity,
    StrategicAccount,
    Competitor,
    Partner,
    Investor,
    RegulatedAccount,
    DuplicatePending,
    Bounced,
    FrequencyCap,
    QuietHours,
    Custom,
}

/// What follows where a restricting condition cannot be decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum WhenUnknown {
    /// As if it did not hold; the gap is said.
    Ignore,
    /// A person looks.
    #[default]
    Review,
    /// As if it held.
    Block,
}

impl WhenUnknown {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
    pub(crate) const fn is_default(&self) -> bool {
        matches!(self, Self::Review)
    }

    /// The verdict this asks for.
    #[must_use]
    pub const fn verdict(self) -> Verdict {
        match self {
            Self::Ignore => Verdict::Auto,
            Self::Review => Verdict::Review,
            Self::Block => Verdict::Block,
        }
    }
}
