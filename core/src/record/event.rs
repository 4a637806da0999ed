//! Events: what happened, to which record, with which raw fields and proposals.

use serde::{Deserialize, Serialize};

use super::{Object, RawName};
pub use crate::contract::EventKind;
use crate::contract::Motion;
use crate::id::{AgentId, EventId, FieldName, RecordId, SourceId, WorkflowId};
use crate::json::Decode;
use crate::map::Map;
use crate::scale::Confidence;
use crate::time::Timestamp;

/// Something that happened to a record, as it arrives: raw. A row of an export becomes a `lead_captured` event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Its own id; the record's when it has none.
    pub id: EventId,
    /// What happened.
    pub kind: EventKind,
    /// When.
    pub at: Timestamp,
    /// The record it happened to.
    pub record: RecordRef,
    /// Where it came from: a source of the contract by id, or what the CRM writes for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Whether the lead came to us or we went to it; by default what the source says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub motion: Option<Motion>,
    /// Who acts; by default the agent of the workflow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub principal: Option<Principal>,
    /// The raw fields: `lead.email` for standard fields, the column's header for others. Blank means the column is
    /// there and has nothing in it.
    #[serde(default)]
    pub fields: Map<RawName, String>,
    /// What AI and providers propose to write.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proposals: Vec<Proposal>,
}

/// Which record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RecordRef {
    /// What kind of record.
    pub object: Object,
    /// Its id in the CRM.
    pub id: RecordId,
}

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Principal {
    /// An AI agent of the contract.
    Agent(AgentId),
    /// A person, by name, e-mail address or id.
    Person(String),
    /// Another system, for example the consent system.
    System(String),
    /// A provider of data.
    Provider(String),
}

/// What AI or a provider proposes to write.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Proposal {
    /// The field: `lead.industry`.
    pub field: FieldName,
    /// The proposed value, as text; empty clears the field.
    pub value: String,
    /// Where it comes from: a source of the contract.
    pub source: SourceId,
    /// How sure the source is.
    pub confidence: Confidence,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// When it was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// The workflow that asks; by default the first that is triggered and may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workflow: Option<WorkflowId>,
}

/// Where a present value comes from, when that is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Provenance {
    /// Who delivered it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<SourceId>,
    /// How sure it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// Whether a person has confirmed it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub human_verified: bool,
}
