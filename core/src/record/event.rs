//! Events: what happened, to which record, with which raw fields and proposals.

use serde::{Deserialize, Deserializer, Serialize, de};

use super::{Object, RawName};
pub use crate::contract::EventKind;
use crate::contract::{ActionKind, Motion};
use crate::id::{AgentId, EventId, FieldName, RecordId, SourceId, WorkflowId};
use crate::json::{Decode, Node};
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
    /// Where the values that stand in the CRM come from, as far as that is known, by field: `account.industry`.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub present: Map<FieldName, Provenance>,
    /// What AI and providers propose to write.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proposals: Vec<Proposal>,
    /// What an agent, or a person, proposes to do besides writing fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<ActionProposal>,
}

impl Event {
    /// The agent that acts, where the event says so.
    pub(crate) const fn agent(&self) -> Option<&AgentId> {
        match &self.principal {
            Some(Principal::Agent(agent)) => Some(agent),
            _ => None,
        }
    }
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

/// What an agent, or a person, proposes to do, other than writing a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ActionProposal {
    /// What is to be done.
    pub action: Deed,
    /// The record it is done to; by default the event's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<RecordRef>,
    /// Where to: the campaign, sequence, owner, stage, record that is linked or stays after a merge, or the time of a
    /// meeting.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub to: String,
    /// The words of it: the task, the draft, the question, the note.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// What it states as fact, each with its evidence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<Statement>,
    /// The message, for `send_message`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<Message>,
    /// Where it comes from: a source of the contract.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
    /// How sure whoever proposes it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// When it was proposed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// The workflow that asks; by default the first that is triggered and may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workflow: Option<WorkflowId>,
    /// The agent that acts; by default the event's principal, else the workflow's agent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<AgentId>,
}

/// A kind of action other than writing a field, which is proposed under `proposals`, with the value's evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(transform = without_update_field))]
#[serde(transparent)]
pub struct Deed(ActionKind);

/// A schema of [`Deed`] lists what can be read as one.
#[cfg(feature = "schema")]
fn without_update_field(schema: &mut schemars::Schema) {
    schema.remove("$ref");
    let deeds = ActionKind::ALL.into_iter().filter(|kind| Deed::new(*kind).is_some());
    let words: Vec<&str> = deeds.map(ActionKind::word).collect();
    schema.insert("type".to_owned(), "string".into());
    schema.insert("enum".to_owned(), words.into());
}

impl Deed {
    const REFUSED: &'static str = "`update_field` is not proposed under `actions`; propose the value under `proposals`, \
                                   with `field`, `value`, `source` and `confidence`";

    /// The deed of a kind; none for `update_field`.
    #[must_use]
    pub const fn new(kind: ActionKind) -> Option<Self> {
        match kind {
            ActionKind::UpdateField => None,
            kind => Some(Self(kind)),
        }
    }

    /// The kind of action.
    #[must_use]
    pub const fn kind(self) -> ActionKind {
        self.0
    }
}

impl<'de> Deserialize<'de> for Deed {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::new(ActionKind::deserialize(from)?).ok_or_else(|| de::Error::custom(Self::REFUSED))
    }
}

impl Decode for Deed {
    fn blank() -> Self {
        Self(ActionKind::blank())
    }

    fn decode(&mut self, node: &Node<'_>) -> bool {
        self.0.decode(node) && (Self::new(self.0).is_some() || node.refuse(Self::REFUSED.to_owned()))
    }
}

/// Something that is stated as fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// The statement.
    pub text: String,
    /// What supports it: record ids, addresses of pages, calls. A statement without any is unsupported.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<String>,
}

/// A message as it would be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// The address it is sent from.
    pub from: String,
    /// The subject line.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub subject: String,
    /// The text.
    pub body: String,
    /// Its other headers: `List-Unsubscribe` and the like.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub headers: Map<String, String>,
    /// Whether it is advertising.
    pub category: MessageCategory,
}

/// What sort of message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum MessageCategory {
    /// It advertises or invites; every rule for bulk senders holds.
    Marketing,
    /// It answers what the receiver did or asked for.
    Transactional,
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
    /// What stood there before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous: Option<String>,
    /// Whether a person has confirmed it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub human_verified: bool,
}
