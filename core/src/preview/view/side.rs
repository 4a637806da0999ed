//! One lead, both decisions side by side: whom it could be, and each stage in words.

use serde::{Deserialize, Serialize};

use super::Move;
use crate::contract::Verdict;
use crate::id::RecordId;
use crate::identity::Waterfall;
use crate::json::Decode;

/// Both decisions of one lead, to be read side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SideBySide {
    /// What changed.
    pub lead: Move,
    /// What arrived, field by field, with what could not be read.
    pub facts: Vec<FactLine>,
    /// Stage by stage. Both sides have the same stages in the same order.
    pub stages: Vec<StagePair>,
    /// Whom the lead could be, and which company's it is, with what speaks for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub matches: Vec<MatchPair>,
}

/// Whom identity found under both contracts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MatchPair {
    /// `person` or `account`.
    pub of: String,
    /// Under the baseline; none where it is as after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<MatchSeen>,
    /// Under the candidate.
    pub after: MatchSeen,
}

/// Whom identity found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MatchSeen {
    /// `exact`, `probable`, `ambiguous` or `none`.
    pub outcome: String,
    /// By what, in words after "by"; empty where nobody was found.
    pub by: String,
    /// The record that was chosen first, then the others that came into question.
    pub candidates: Vec<CandidateSeen>,
}

/// A record that came into question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CandidateSeen {
    /// `lead`, `contact` or `account`.
    pub object: String,
    /// Its id in the CRM.
    pub id: RecordId,
    /// Its name.
    pub name: String,
    /// Whether it was chosen.
    pub chosen: bool,
    /// What speaks for it and against it, where the contract has a match model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waterfall: Option<Waterfall>,
}

/// One field of a lead as it arrived and as it is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FactLine {
    /// Its name, `lead.country`; the header for columns without a field.
    pub name: String,
    /// As it arrived; empty when it was blank, or when Interlock worked the value out.
    pub raw: String,
    /// In normal form; none where it is blank or cannot be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Whether it could not be read.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub invalid: bool,
}

/// One stage under both contracts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StagePair {
    /// Which stage: `intake`, `identity`, `suppression`, `enrichment`, `classification`, `routing`, `handoff`, `audit`.
    pub stage: String,
    /// Whether the two sides differ.
    pub differs: bool,
    /// Under the baseline.
    pub before: StageText,
    /// Under the candidate.
    pub after: StageText,
}

/// What one stage decided, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StageText {
    /// The result in one line: "goes to Dana Fischer by rule emea-enterprise".
    pub headline: String,
    /// Why, line by line.
    pub lines: Vec<Line>,
}

/// One reason, rule or fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Line {
    /// What sort of line it is.
    pub mark: Mark,
    /// In words.
    pub text: String,
    /// The verdict, where the line is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// The points, where the line is a contribution to a score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<i32>,
    /// Where the rule stands in the contract: `/routing/rules/emea-enterprise`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// What was read: "lead.country is DE (wanted: one of US, CA)".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub operands: Vec<String>,
}

/// What sort of line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// A rule that held.
    Yes,
    /// A rule that did not hold.
    No,
    /// A rule that could not be decided.
    Unknown,
    /// A verdict.
    Verdict,
    /// Something to know.
    Info,
}
