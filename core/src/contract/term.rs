//! Term rules: words and phrases that classify free text.
//!
//! Each rule makes the facts `term.<id>` and `term.<id>.negated`. How words are found and what negates them is said in
//! [`crate::terms`]. Nothing in here belongs to a language: the words that negate are stated.

use serde::{Deserialize, Serialize};

use super::Motion;
use crate::id::{FactName, RuleId};
use crate::json::Decode;

/// What classifies free text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// What negates a term, where the rule does not say so itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub negation: Option<Negation>,
    /// The rules.
    pub rules: Vec<Term>,
}

/// Words that mean one thing, and where to look for them. Makes the facts `term.<id>`, true where one of them is found
/// and not negated, and `term.<id>.negated`, true where they are found negated only. Both are unknown without a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// How conditions refer to it: `term.<id>`.
    pub id: RuleId,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The text fields to look in, `lead.message`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reads: Vec<FactName>,
    /// Also the subjects and notes of these activities with the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activities: Option<Activities>,
    /// Words and phrases, whole unless a `*` at an end stands for the rest of a word. Case, diacritics and repeated spaces
    /// do not matter.
    pub words: Vec<String>,
    /// What negates it; without words, nothing does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub negation: Option<Negation>,
}

/// What negates a term, within one sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Negation {
    /// Words that negate: "not", "no", "kein*".
    pub words: Vec<String>,
    /// How many words may stand between one of them and the term after it.
    #[serde(default = "five")]
    pub before: u32,
    /// How many words may stand between the term and one of them after it; by default what follows negates nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<u32>,
    /// Words that end the reach of a negation: "but".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ends: Vec<String>,
    /// Phrases whose words negate nothing: "not only".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<String>,
}

/// Activities with the person, up to now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Activities {
    /// Their types contain one of these: "mail", "meeting"; none means any type.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub types: Vec<String>,
    /// From the person (`inbound`) or from us (`outbound`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<Motion>,
    /// Of the last so many days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within_days: Option<u32>,
    /// Subject or notes contain one of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contains: Vec<String>,
}

const fn five() -> u32 {
    5
}
