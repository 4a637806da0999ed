//! What is to be taken back: any combination of filters.
//!
//! Input: an entry. Output: whether it is chosen. Invariant: every filter that is given holds; within one list any value
//! does. A choice without a filter chooses nothing and is refused: it would mean everything.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::CellRef;
use super::survey::Seen;
use crate::audit::{Actor, Entry, EntryKind, Hash};
use crate::crm::comparable;
use crate::id::{AgentId, FieldName, RuleId, SourceId, WorkflowId};
use crate::json::{Decode, did_you_mean};
use crate::time::Timestamp;

/// What is to be taken back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Choice {
    /// What these workflows did.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub workflows: Vec<WorkflowId>,
    /// What workflows did in these versions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub versions: Vec<String>,
    /// What these rules were behind.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<RuleId>,
    /// What was done to these fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldName>,
    /// What these agents did.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub agents: Vec<AgentId>,
    /// What was done on the word of these sources.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<SourceId>,
    /// What was decided by contracts of these digests.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contracts: Vec<String>,
    /// What was done at that time or later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Timestamp>,
    /// What was done before that time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// What was done to these records: ids, or ids with the kind of record before them, `lead/123`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<String>,
    /// These entries, by their digest; here what a person did can be named too.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<Hash>,
    /// Whether rollbacks are taken back, and not what was done: that restores what they took back.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub rollbacks: bool,
}

/// Why a choice cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChoiceError {
    /// No filter is given.
    Empty,
    /// The window ends before it begins.
    EmptyWindow,
}

impl ChoiceError {
    /// What to do.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self {
            Self::Empty => {
                "name a workflow, a version, a rule, a field, an agent, a source, a contract, a time, records or entries"
            }
            Self::EmptyWindow => "`until` is the first moment that does not count: give a later one",
        }
    }
}

impl fmt::Display for ChoiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "nothing says what to take back",
            Self::EmptyWindow => "the time window is empty: it ends before it begins",
        })
    }
}

impl std::error::Error for ChoiceError {}

/// A chosen name that no entry of the log has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Unknown {
    /// What sort of name: `workflow`.
    pub what: &'static str,
    /// The name.
    pub name: String,
    /// What to do.
    pub help: String,
}

impl Choice {
    /// Whether it can be used.
    ///
    /// # Errors
    /// Where no filter is given, or the window is empty.
    pub fn check(&self) -> Result<(), ChoiceError> {
        let any = [
            self.workflows.is_empty(),
            self.versions.is_empty(),
            self.rules.is_empty(),
            self.fields.is_empty(),
            self.agents.is_empty(),
            self.sources.is_empty(),
            self.contracts.is_empty(),
            self.records.is_empty(),
            self.entries.is_empty(),
            self.from.is_none(),
            self.until.is_none(),
        ];
        if any.iter().all(|none| *none) {
            return Err(ChoiceError::Empty);
        }
        match (self.from, self.until) {
            (Some(from), Some(until)) if until <= from => Err(ChoiceError::EmptyWindow),
            _ => Ok(()),
        }
    }

    /// What it looks at, made quick.
    pub(super) fn filter(&self) -> Filter<'_> {
        let mut records: Vec<(Option<&str>, &str)> = self.records.iter().map(|record| split(record)).collect();
        crate::order::sort_all(&mut records);
        let mut entries = self.entries.clone();
        crate::order::sort_all(&mut entries);
        Filter { choice: self, records, entries }
    }

    /// The names in it that no entry of a log has, with the log's nearest.
    #[must_use]
    pub fn unknown(&self, seen: &Seen) -> Vec<Unknown> {
        let mut all = Vec::new();
        let mut look = |what: &'static str, names: &mut dyn Iterator<Item = &str>| {
            let has = |name: &&str| seen.of(what).is_none_or(|known| !known.contains_key(*name));
            for name in names.filter(has) {
                let mut known = seen.of(what).into_iter().flat_map(|known| known.keys().map(|name| &**name));
                let help = did_you_mean(name, known.clone()).unwrap_or_else(|| match known.next() {
                    Some(first) => {
                        let more = known.count();
                        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
                        format!("the log has `{first}`{more}")
                    }
                    None => "no entry of the log has one".to_owned(),
                });
                all.push(Unknown { what, name: name.to_owned(), help });
            }
        };
        look("workflow", &mut self.workflows.iter().map(WorkflowId::as_str));
        look("version", &mut self.versions.iter().map(String::as_str));
        look("rule", &mut self.rules.iter().map(RuleId::as_str));
        look("field", &mut self.fields.iter().map(FieldName::as_str));
        look("agent", &mut self.agents.iter().map(AgentId::as_str));
        look("source", &mut self.sources.iter().map(SourceId::as_str));
        look("contract", &mut self.contracts.iter().map(String::as_str));
        all
    }
}

/// The kind of record, where it is said, and the id.
fn split(record: &str) -> (Option<&str>, &str) {
    let object = |word: &str| crate::record::Object::ALL.iter().any(|object| object.word() == word);
    match record.split_once('/') {
        Some((word, id)) if object(word) => (Some(word), comparable(id)),
        _ => (None, comparable(record)),
    }
}

/// A choice, made quick.
#[derive(Debug)]
pub(super) struct Filter<'c> {
    pub(super) choice: &'c Choice,
    records: Vec<(Option<&'c str>, &'c str)>,
    entries: Vec<Hash>,
}

/// What an entry is chosen as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Chosen {
    /// To be taken back.
    Done,
    /// What a person put in place of what was suggested: kept, and said.
    Persons,
    /// A suggestion or a review, to be withdrawn where it still waits.
    Waiting,
}

impl Filter<'_> {
    /// Whether an entry is chosen, and as what.
    pub(super) fn of(&self, entry: &Entry) -> Option<Chosen> {
        let choice = self.choice;
        let named = !choice.entries.is_empty();
        let kind = match entry.kind {
            EntryKind::Change | EntryKind::Correction if !entry.writes() => return None,
            EntryKind::Rollback if !(named || choice.rollbacks) => return None,
            EntryKind::Change | EntryKind::Correction | EntryKind::Suggestion | EntryKind::Review
                if choice.rollbacks && !named =>
            {
                return None;
            }
            EntryKind::Suggestion | EntryKind::Review => Chosen::Waiting,
            EntryKind::Correction if !named => Chosen::Persons,
            EntryKind::Change if !named && entry.actor == Some(Actor::Human) => return None,
            EntryKind::Change | EntryKind::Correction | EntryKind::Rollback => Chosen::Done,
            EntryKind::Block | EntryKind::Observed => return None,
        };
        self.holds(entry).then_some(kind)
    }

    fn holds(&self, entry: &Entry) -> bool {
        fn any<T: PartialEq>(list: &[T], found: Option<&T>) -> bool {
            list.is_empty() || found.is_some_and(|found| list.contains(found))
        }
        let choice = self.choice;
        let (object, id) = (entry.object.word(), comparable(entry.record.as_str()));
        let record = |key: (Option<&str>, &str)| self.records.binary_search(&key).is_ok();
        any(&choice.workflows, entry.workflow.as_ref())
            && any(&choice.versions, entry.workflow_version.as_ref())
            && (choice.rules.is_empty() || entry.rules.iter().any(|rule| choice.rules.contains(rule)))
            && any(&choice.agents, entry.agent.as_ref())
            && any(&choice.sources, entry.source.as_ref())
            && any(&choice.contracts, Some(&entry.contract))
            && choice.from.is_none_or(|from| entry.at >= from)
            && choice.until.is_none_or(|until| entry.at < until)
            && (self.records.is_empty() || record((None, id)) || record((Some(object), id)))
            && (choice.fields.is_empty() || any(&choice.fields, CellRef::of(entry).map(|cell| cell.field).as_ref()))
            && (self.entries.is_empty()
                || entry.digest().is_ok_and(|digest| self.entries.binary_search(&digest).is_ok()))
    }
}
