//! What entries are looked for by.
//!
//! Input: a [`Filter`]. Output: whether an entry fits it. Invariant: within a [`Facet`] any of the values asked for will do,
//! between facets all must fit; an entry that has nothing there has the empty text. Text is looked for without regard to
//! case, in what people read of an entry: values, reasons, notes, names and ids.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::Entry;
use crate::contract::Reviewer;
use crate::json::Decode;
use crate::map::Map;
use crate::time::Timestamp;

/// What entries are told apart by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Facet {
    /// What sort of entry.
    Kind,
    /// The gate's answer.
    Verdict,
    /// What was to be done.
    Action,
    /// The workflow.
    Workflow,
    /// The rules behind it.
    Rule,
    /// The field.
    Field,
    /// The kind of record and its id, `lead/1`.
    Record,
    /// Who acted.
    Actor,
    /// The agent.
    Agent,
    /// Where the value comes from.
    Source,
    /// Whose the record is.
    Owner,
    /// Why: the codes of the reasons.
    Code,
    /// Who must look.
    Reviewer,
    /// What a person said.
    Says,
}

impl Facet {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 14] = [
        Self::Kind,
        Self::Verdict,
        Self::Action,
        Self::Workflow,
        Self::Rule,
        Self::Field,
        Self::Source,
        Self::Owner,
        Self::Actor,
        Self::Agent,
        Self::Reviewer,
        Self::Code,
        Self::Says,
        Self::Record,
    ];

    /// The word used in JSON and by the command.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Verdict => "verdict",
            Self::Action => "action",
            Self::Workflow => "workflow",
            Self::Rule => "rule",
            Self::Field => "field",
            Self::Record => "record",
            Self::Actor => "actor",
            Self::Agent => "agent",
            Self::Source => "source",
            Self::Owner => "owner",
            Self::Code => "code",
            Self::Reviewer => "reviewer",
            Self::Says => "says",
        }
    }

    /// What is called so.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|facet| facet.word() == word)
    }

    /// Calls `each` with what an entry has there: once with the empty text where it has nothing.
    pub fn of(self, entry: &Entry, each: &mut dyn FnMut(&str)) {
        fn id<T: AsRef<str>>(id: Option<&T>) -> &str {
            id.map_or("", T::as_ref)
        }
        match self {
            Self::Kind => each(entry.kind.word()),
            Self::Verdict => each(entry.verdict.map_or("", |verdict| verdict.word())),
            Self::Action => each(entry.action.word()),
            Self::Workflow => each(entry.workflow.as_ref().map_or("", |id| id.as_str())),
            Self::Field => each(entry.field.as_ref().map_or("", |id| id.as_str())),
            Self::Record => each(&entry.record_key()),
            Self::Actor => each(entry.actor.map_or("", super::Actor::word)),
            Self::Agent => each(entry.agent.as_ref().map_or("", |id| id.as_str())),
            Self::Source => each(entry.source.as_ref().map_or("", |id| id.as_str())),
            Self::Owner => each(entry.owner.as_ref().map_or("", |id| id.as_str())),
            Self::Reviewer => each(&entry.reviewer.as_ref().map_or(Cow::Borrowed(""), named)),
            Self::Says => each(entry.answer.as_ref().map_or("", |answer| answer.says.word())),
            Self::Rule if entry.rules.is_empty() => each(""),
            Self::Rule => entry.rules.iter().for_each(|rule| each(rule.as_str())),
            Self::Code if entry.codes.is_empty() => each(""),
            Self::Code => entry.codes.iter().for_each(|code| each(id(Some(code)))),
        }
    }
}

/// A reviewer as one word: `role:sales_manager`.
#[must_use]
pub fn named(reviewer: &Reviewer) -> Cow<'static, str> {
    match reviewer {
        Reviewer::Role(role) => ["role:", role].concat().into(),
        Reviewer::Owner(owner) => ["owner:", owner].concat().into(),
        Reviewer::Queue(queue) => ["queue:", queue.as_str()].concat().into(),
        Reviewer::AccountOwner => Cow::Borrowed("account_owner"),
    }
}

impl Entry {
    /// The record with its kind, `lead/1`.
    #[must_use]
    pub fn record_key(&self) -> String {
        [self.object.word(), "/", self.record.as_str()].concat()
    }
}

/// What is looked for. All of it must fit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Filter {
    /// A text that stands in it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// What it must have, by the word of the facet: one of these values.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub has: Map<String, Vec<String>>,
    /// Not before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Timestamp>,
    /// Before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

impl Filter {
    /// Wants one more value.
    pub fn want(&mut self, facet: Facet, value: &str) {
        self.has.get_or_insert(facet.word().to_owned(), Vec::new).push(value.to_owned());
    }

    /// Whether anything is asked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The word of a facet that there is none of.
    #[must_use]
    pub fn unknown(&self) -> Option<&str> {
        self.has.keys().map(String::as_str).find(|word| Facet::parse(word).is_none())
    }

    /// Whether an entry fits.
    #[must_use]
    pub fn fits(&self, entry: &Entry) -> bool {
        self.in_time(entry.at)
            && self.has.iter().all(|(word, wanted)| {
                let mut found = wanted.is_empty();
                if let Some(facet) = Facet::parse(word) {
                    facet.of(entry, &mut |value| found |= wanted.iter().any(|wanted| wanted == value));
                }
                found
            })
            && (self.text.is_empty() || says(entry, &self.text.to_lowercase()))
    }

    /// Whether a time is within.
    #[must_use]
    pub fn in_time(&self, at: Timestamp) -> bool {
        self.from.is_none_or(|from| at >= from) && self.until.is_none_or(|until| at < until)
    }
}

/// Whether a text stands in what people read of an entry. `text` is in lower case.
pub(super) fn says(entry: &Entry, text: &str) -> bool {
    let mut found = false;
    let mut look = |read: &str| found = found || read.to_lowercase().contains(text);
    for facet in Facet::ALL {
        facet.of(entry, &mut look);
    }
    look(&entry.new);
    look(entry.old.as_deref().unwrap_or_default());
    look(&entry.to);
    look(entry.event.as_str());
    entry.reasons.iter().for_each(|reason| look(reason));
    if let Some(answer) = &entry.answer {
        look(&answer.by);
        look(&answer.note);
    }
    found
}
