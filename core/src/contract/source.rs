//! Sources: where leads and values come from, and how far each is trusted.

use serde::{Deserialize, Serialize};

use super::Verdict;
use super::agent::Motion;
use crate::id::SourceId;
use crate::json::Decode;
use crate::scale::Confidence;

/// Where a lead or a value comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// How conditions and reasons refer to it.
    pub id: SourceId,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What sort of source it is.
    pub kind: SourceKind,
    /// How far it is trusted.
    pub trust: Trust,
    /// Whether leads from here came to us or we went to them; by default inbound, for outbound lists outbound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub motion: Option<Motion>,
    /// What the CRM writes for it in its lead source column; compared without regard to case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
}

/// What sort of source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each word is its own description")]
pub enum SourceKind {
    DemoRequest,
    Form,
    Chat,
    EmailReply,
    Linkedin,
    OutboundList,
    Enrichment,
    Calendar,
    CallNotes,
    Import,
    ProductSignal,
    Crm,
    Scoring,
    Other,
}

impl SourceKind {
    /// The word used in JSON, panel and command.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::DemoRequest => "demo_request",
            Self::Form => "form",
            Self::Chat => "chat",
            Self::EmailReply => "email_reply",
            Self::Linkedin => "linkedin",
            Self::OutboundList => "outbound_list",
            Self::Enrichment => "enrichment",
            Self::Calendar => "calendar",
            Self::CallNotes => "call_notes",
            Self::Import => "import",
            Self::ProductSignal => "product_signal",
            Self::Crm => "crm",
            Self::Scoring => "scoring",
            Self::Other => "other",
        }
    }
}

/// How far a source is trusted, lowest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Trust {
    /// Nothing is known of it: the level of a source the contract does not name.
    #[default]
    None,
    /// Doubtful.
    Low,
    /// Usable with care.
    Medium,
    /// Relied on.
    High,
}

impl Trust {
    /// The word used in JSON, panel and command.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// What each level of trust allows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct TrustLevels {
    /// For sources relied on.
    pub high: TrustRule,
    /// For sources used with care.
    pub medium: TrustRule,
    /// For doubtful sources.
    pub low: TrustRule,
    /// For sources the contract does not name.
    pub none: TrustRule,
}

/// What a proposal from a source of one level of trust may do at most.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TrustRule {
    /// A stated confidence above this counts as this.
    pub confidence_cap: Confidence,
    /// The laxest verdict such a proposal can get.
    pub at_most: Verdict,
}

impl Default for TrustLevels {
    /// High: no limit. Medium: no limit on the verdict, confidence counts up to 95 %. Low: suggested at most, up to
    /// 70 %. None: a person looks.
    fn default() -> Self {
        let rule = |cap: u16, at_most| TrustRule {
            confidence_cap: Confidence::per_mille(cap).unwrap_or(Confidence::NONE),
            at_most,
        };
        Self {
            high: rule(1000, Verdict::Auto),
            medium: rule(950, Verdict::Auto),
            low: rule(700, Verdict::Suggest),
            none: rule(500, Verdict::Review),
        }
    }
}

impl TrustLevels {
    /// The rule for one level.
    #[must_use]
    pub const fn rule(&self, trust: Trust) -> &TrustRule {
        match trust {
            Trust::High => &self.high,
            Trust::Medium => &self.medium,
            Trust::Low => &self.low,
            Trust::None => &self.none,
        }
    }

    pub(super) fn is_default(&self) -> bool {
        *self == Self::default()
    }
}
