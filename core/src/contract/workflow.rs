//! Workflows: which event starts what, for which records, by which agent.

use serde::{Deserialize, Serialize};

use super::{ActionKind, Condition, MaxVerdict, ReviewRule, SuccessMetric, WhenUnknown};
use crate::id::{AgentId, FieldName, RuleId, WorkflowId};
use crate::json::Decode;
use crate::scale::Confidence;

/// One automation: trigger, eligible records, exclusions, what it does, how it is judged.
///
/// The shared sections (field policies, suppression, review …) hold for every workflow; a workflow may only tighten.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Workflow {
    /// How the contract and its logs refer to it.
    pub id: WorkflowId,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The version of this workflow, kept with every change it makes.
    pub version: String,
    /// The agent that acts; without one, only the system's own steps run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<AgentId>,
    /// `suggest` (the default) or `automatic`. Caps what is automatic; never changes where a lead goes.
    #[serde(default)]
    pub mode: Mode,
    /// What it may do. An action no triggered workflow lists is blocked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<ActionKind>,
    /// Which event starts it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trigger: Option<Trigger>,
    /// Which records it may touch; unknown counts as no.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub eligible: Option<Condition>,
    /// Which records it must leave alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exclusions: Option<Vec<Exclusion>>,
    /// Field policies that are stricter here than in the shared section.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Tightening>,
    /// Review rules that hold for this workflow only, besides the shared ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub review: Vec<ReviewRule>,
    /// What improves if it works.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub success_metric: Option<SuccessMetric>,
}

/// Whether a workflow may act by itself, or a routing rule assign.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Everything is offered, nothing is done.
    #[default]
    Suggest,
    /// What the gate lets through is done.
    Automatic,
}

/// Which event starts a workflow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Trigger {
    /// Any of these events.
    pub on: Vec<EventKind>,
    /// And only when this holds; unknown counts as no.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// For `dormant` and `no_reply`: after how many days; 90 and 5 when not said. Where several workflows wait for the
    /// same event, the fewest days count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after_days: Option<u32>,
}

/// What can happen. The last five are derived: raised by a decision, or by a sweep over the records for the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// A lead came in, by an import or an export's row.
    LeadCaptured,
    /// A form was sent.
    FormSubmitted,
    /// A chat message came.
    ChatMessage,
    /// The buyer answered by e-mail.
    EmailReply,
    /// Activity on a social network.
    SocialActivity,
    /// A prospect was sourced.
    ProspectSourced,
    /// A provider delivered values.
    EnrichmentReceived,
    /// A meeting was booked, moved or held.
    CalendarEvent,
    /// A call was noted.
    CallNoted,
    /// The product was used.
    ProductSignal,
    /// A record was changed by somebody else.
    RecordUpdated,
    /// Derived: a score was computed.
    Scored,
    /// Derived: another stage is recommended.
    StageIndicated,
    /// Derived: somebody like this is in the CRM already, for certain, probably or perhaps.
    SimilarFound,
    /// Derived from the clock: what we wrote was not answered for a while.
    NoReply,
    /// Derived from the clock: no activity for a while.
    Dormant,
    /// Derived from the clock: nobody accepted a lead, or responded to it, in time.
    SlaBreached,
}

impl EventKind {
    /// The word used in JSON, panel and command.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::LeadCaptured => "lead_captured",
            Self::FormSubmitted => "form_submitted",
            Self::ChatMessage => "chat_message",
            Self::EmailReply => "email_reply",
            Self::SocialActivity => "social_activity",
            Self::ProspectSourced => "prospect_sourced",
            Self::EnrichmentReceived => "enrichment_received",
            Self::CalendarEvent => "calendar_event",
            Self::CallNoted => "call_noted",
            Self::ProductSignal => "product_signal",
            Self::RecordUpdated => "record_updated",
            Self::Scored => "scored",
            Self::StageIndicated => "stage_indicated",
            Self::SimilarFound => "similar_found",
            Self::NoReply => "no_reply",
            Self::Dormant => "dormant",
            Self::SlaBreached => "sla_breached",
        }
    }
}

/// Records a workflow must leave alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Exclusion {
    /// How reasons refer to it.
    pub id: RuleId,
    /// Which records.
    pub when: Condition,
    /// What happens where the condition cannot be decided; by default a person looks.
    #[serde(default)]
    pub when_unknown: WhenUnknown,
}

/// A field policy made stricter for one workflow. What it does not name stays as shared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Tightening {
    /// The field.
    pub field: FieldName,
    /// The most AI may do here; not more than the shared policy allows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ai: Option<MaxVerdict>,
    /// The confidence an automatic update needs here; not less than in the shared policy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auto_at: Option<Confidence>,
    /// The confidence under which a proposal is blocked here; not less than in the shared policy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub block_below: Option<Confidence>,
}
