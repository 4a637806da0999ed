//! Findings: facts about a contract.

use serde::{Deserialize, Serialize};

use crate::json::Decode;

/// A fact about a contract. Not an error: checking always succeeds, and what it finds is its result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Finding {
    /// A stable code, `unknown-key`; documented in docs/findings.md.
    pub code: String,
    /// How grave it is.
    pub severity: Severity,
    /// Where: `/routing/rules/emea-enterprise/when`; empty for the whole file. Items of lists are named by id.
    pub address: String,
    /// What is so.
    pub message: String,
    /// What to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Where in the text, when the contract was read from text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<TextPlace>,
}

/// How grave a finding is, least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Good to know.
    Info,
    /// Probably not meant.
    Warning,
    /// The contract cannot be used.
    Error,
}

impl Severity {
    /// The word used in JSON, panel and command.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TextPlace {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// Offset in bytes, from 0.
    pub offset: u32,
    /// Length in bytes of what is meant; 0 when only the place is known.
    pub length: u32,
}
