//! Handoff: what sales is told.

use serde::{Deserialize, Serialize};

use super::Condition;
use crate::id::{FieldName, RuleId};
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
    /// The note in words of one's own, for whoever reads it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub templates: Vec<Template>,
    /// What is gathered before a meeting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting: Option<Meeting>,
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
    Review,
    Facts,
    History,
    Notes,
    Pain,
    Objections,
}

/// A note in words of one's own. A `{placeholder}` is replaced by what the records say; with a capital, as in
/// `{Missing}`, it begins with one. `{?missing} … {/missing}` is left out where there is nothing to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// How it is referred to.
    pub id: RuleId,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Who reads it.
    pub audience: Audience,
    /// What it is written in; `text` when not said.
    #[serde(default, skip_serializing_if = "Format::is_text")]
    pub format: Format,
    /// The words, with placeholders.
    pub text: String,
}

/// Who reads a note.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Whoever takes the lead from a pool or a queue.
    #[default]
    Sdr,
    /// Whoever decides where a lead goes that waits for a person.
    Manager,
    /// The person the lead or its account belongs to.
    Owner,
}

impl Audience {
    /// The word used in JSON, panel and command.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Sdr => "sdr",
            Self::Manager => "manager",
            Self::Owner => "owner",
        }
    }
}

/// What a note is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Plain text.
    #[default]
    Text,
    /// Markdown (`CommonMark`); what comes from records is escaped.
    Markdown,
}

impl Format {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
    const fn is_text(&self) -> bool {
        matches!(self, Self::Text)
    }
}

/// What is gathered before a meeting, as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Meeting {
    /// How many entries are listed before the rest is counted; 5 when not said.
    #[serde(default = "five", skip_serializing_if = "is_five")]
    pub at_most: u32,
    /// Where pain is recorded.
    #[serde(default)]
    pub pain: Recorded,
    /// Where objections are recorded.
    #[serde(default)]
    pub objections: Recorded,
}

/// Where something is recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Recorded {
    /// Fields of the lead, the contact or the account that hold it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldName>,
    /// Words with which a line of a note begins, before a colon: `Pain: leads wait for days`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<String>,
}

impl Meeting {
    /// What holds where the contract says nothing.
    #[must_use]
    pub fn usual() -> Self {
        let labels = |words: [&str; 2]| Recorded { fields: Vec::new(), labels: words.map(str::to_owned).into() };
        Self { at_most: five(), pain: labels(["pain", "pain points"]), objections: labels(["objection", "objections"]) }
    }
}

const fn five() -> u32 {
    5
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_five(value: &u32) -> bool {
    *value == five()
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
