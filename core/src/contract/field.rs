//! Field policies: which fields AI may update, suggest, or never touch, and from which confidence on.

use serde::{Deserialize, Serialize};

use super::{Condition, Reviewer, SourceKind, Verdict, WhenUnknown};
use crate::id::{FieldName, SourceId};
use crate::json::Decode;
use crate::scale::Confidence;

/// The policy of one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FieldPolicy {
    /// The field, `lead.industry`.
    pub field: FieldName,
    /// The most AI may do here.
    pub ai: MaxVerdict,
    /// `low` may be automatic, `medium` is at most suggested, `high` is always reviewed.
    pub risk: Risk,
    /// Who is right when sources disagree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_of_truth: Option<SourceOfTruth>,
    /// Of several proposals, whose goes first; sources that are not listed come after these. By default the source of truth.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub precedence: Vec<SourceId>,
    /// The only sources that may write it; empty means any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub updaters: Vec<SourceId>,
    /// The confidence an automatic update needs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auto_at: Option<Confidence>,
    /// Proposals under this confidence are blocked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub block_below: Option<Confidence>,
    /// What happens to a proposal between the two.
    #[serde(default)]
    pub between: Between,
    /// When an existing value may be replaced.
    #[serde(default)]
    pub overwrite: Overwrite,
    /// What happens when the overwrite rule forbids the replacement.
    #[serde(default)]
    pub otherwise: Otherwise,
    /// After how many days a value counts as weaker: the confidence of a present one counts half, under `if_empty` its
    /// replacement may be suggested, and a proposal that was found longer ago is suggested at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stale_after_days: Option<u32>,
    /// When a person must look, whatever the confidence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review_when: Option<Condition>,
    /// What follows when that cannot be decided.
    #[serde(default, skip_serializing_if = "WhenUnknown::is_default")]
    pub review_when_unknown: WhenUnknown,
    /// Who looks; by default the rule that asks for the review names them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewer: Option<Reviewer>,
    /// Whether a rollback may restore this field's previous value.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub rollback: bool,
}

/// The most AI may do with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum MaxVerdict {
    /// Write it, where the thresholds allow.
    Auto,
    /// Offer it.
    Suggest,
    /// Nothing.
    Never,
}

impl MaxVerdict {
    /// The word used in JSON, panel and command.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Suggest => "suggest",
            Self::Never => "never",
        }
    }

    /// The laxest verdict this allows.
    #[must_use]
    pub const fn floor(self) -> Verdict {
        match self {
            Self::Auto => Verdict::Auto,
            Self::Suggest => Verdict::Suggest,
            Self::Never => Verdict::Block,
        }
    }
}

/// What it costs to get a field wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Risk {
    /// May be automatic.
    Low,
    /// Is at most suggested.
    Medium,
    /// Is always reviewed.
    High,
}

impl Risk {
    /// The laxest verdict this allows.
    #[must_use]
    pub const fn floor(self) -> Verdict {
        match self {
            Self::Low => Verdict::Auto,
            Self::Medium => Verdict::Suggest,
            Self::High => Verdict::Review,
        }
    }
}

/// Who is right when sources disagree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each word is its own description")]
pub enum SourceOfTruth {
    VerifiedEmail,
    Enrichment,
    Human,
    ScoringModel,
    Conversation,
    RoutingTable,
    ConsentSystem,
    Crm,
    Form,
}

impl SourceOfTruth {
    /// Whether values of such a source are of this kind. Routing and consent come through none.
    #[must_use]
    pub const fn is_of(self, kind: SourceKind) -> bool {
        match self {
            Self::VerifiedEmail => matches!(kind, SourceKind::EmailReply),
            Self::Enrichment => matches!(kind, SourceKind::Enrichment),
            Self::ScoringModel => matches!(kind, SourceKind::Scoring),
            Self::Conversation => {
                matches!(kind, SourceKind::Chat | SourceKind::EmailReply | SourceKind::CallNotes | SourceKind::Calendar)
            }
            // People write into the CRM itself.
            Self::Crm | Self::Human => matches!(kind, SourceKind::Crm),
            Self::Form => matches!(kind, SourceKind::Form | SourceKind::DemoRequest),
            // Routing and consent are nobody's to propose.
            Self::RoutingTable | Self::ConsentSystem => false,
        }
    }
}

/// What happens to a proposal between `block_below` and `auto_at`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Between {
    /// It is offered.
    #[default]
    Suggest,
    /// A person must decide.
    Review,
}

/// When an existing value may be replaced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Overwrite {
    /// Never, not even when blank.
    Never,
    /// Only a blank may be filled.
    #[default]
    IfEmpty,
    /// Only by a value more certain than the present one, where it is known how certain that is.
    IfHigherConfidence,
    /// Always, where it is known what stands there.
    Always,
}

/// What happens when the overwrite rule forbids the replacement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Otherwise {
    /// It is offered.
    Suggest,
    /// A person must decide.
    #[default]
    Review,
    /// It is refused.
    Block,
}

impl Otherwise {
    /// As a verdict.
    #[must_use]
    pub const fn verdict(self) -> Verdict {
        match self {
            Self::Suggest => Verdict::Suggest,
            Self::Review => Verdict::Review,
            Self::Block => Verdict::Block,
        }
    }
}

const fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_yes(value: &bool) -> bool {
    *value
}
