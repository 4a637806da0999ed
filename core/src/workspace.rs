//! The files of one piece of work: exports, proposals and events, read together.
//!
//! Input: named bytes, each with what it is where the headers leave that open, and the contract whose custom fields
//! and date order say how they are read. Output: [`Data`]: tables for the snapshot, events in order of arrival, and a
//! [`FileReport`] a file. Invariant: every row of every file is an event, a record, a proposal, or set aside with the
//! reason; a file that cannot be read at all is reported and the others go on.

use serde::{Deserialize, Serialize};

mod parts;

pub use parts::read;
pub(crate) use parts::{Part, apart, join, read_one};

use crate::crm::ReadError;
use crate::normal::case::lower_text;
use crate::record::{Column, Event, Object, SetAside, Table, TableNote};
use crate::time::Timestamp;
use parts::Seams;

/// A file as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name, for messages; unique within one piece of work.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// What it holds, where somebody said so.
    pub holds: Option<Holds>,
}

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each word is its own description")]
pub enum Holds {
    Lead,
    Contact,
    Account,
    Opportunity,
    Activity,
    Owner,
    /// What AI and providers propose, as JSON Lines.
    Proposals,
    /// Whole events, as JSON Lines.
    Events,
    /// A contract, as JSON.
    Contract,
}

impl Holds {
    /// The word used in JSON, panel and command.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Contact => "contact",
            Self::Account => "account",
            Self::Opportunity => "opportunity",
            Self::Activity => "activity",
            Self::Owner => "owner",
            Self::Proposals => "proposals",
            Self::Events => "events",
            Self::Contract => "contract",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        const ALL: [Holds; 9] = [
            Holds::Lead,
            Holds::Contact,
            Holds::Account,
            Holds::Opportunity,
            Holds::Activity,
            Holds::Owner,
            Holds::Proposals,
            Holds::Events,
            Holds::Contract,
        ];
        ALL.into_iter()
            .find(|holds| holds.word() == lower_text(word.trim()).trim_end_matches('s') || holds.word() == word)
    }

    const fn object(self) -> Option<Object> {
        match self {
            Self::Lead => Some(Object::Lead),
            Self::Contact => Some(Object::Contact),
            Self::Account => Some(Object::Account),
            Self::Opportunity => Some(Object::Opportunity),
            Self::Activity => Some(Object::Activity),
            Self::Owner => Some(Object::Owner),
            Self::Proposals | Self::Events | Self::Contract => None,
        }
    }

    const fn of(object: Object) -> Self {
        match object {
            Object::Lead => Self::Lead,
            Object::Contact => Self::Contact,
            Object::Account => Self::Account,
            Object::Opportunity => Self::Opportunity,
            Object::Activity => Self::Activity,
            Object::Owner => Self::Owner,
        }
    }
}

/// The order in which leads arrive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Arrival {
    /// By the time they were created; of equal times, the order of the file.
    #[default]
    Time,
    /// As they stand in the file.
    File,
}

/// What became of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FileReport {
    /// Its name.
    pub file: String,
    /// What it holds; none where that is not known.
    #[serde(rename = "object", skip_serializing_if = "Option::is_none")]
    pub holds: Option<Holds>,
    /// Rows that were read.
    pub rows: u32,
    /// Rows that could not be read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub set_aside: Vec<SetAside>,
    /// What else there is to say.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<TableNote>,
    /// Its columns.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<Column>,
    /// Why it could not be read at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<ReadError>,
}

/// Everything the files say.
#[derive(Clone, Debug, Default)]
pub struct Data {
    /// The tables of the snapshot, leads included.
    pub tables: Vec<Table>,
    /// The leads, in order of arrival, with their proposals.
    pub events: Vec<Event>,
    /// What became of each file, in the order in which they were given.
    pub reports: Vec<FileReport>,
    seams: Seams,
}

impl Data {
    /// How many rows of lead files could not be read.
    #[must_use]
    pub fn leads_set_aside(&self) -> u32 {
        let leads = self.reports.iter().filter(|report| matches!(report.holds, Some(Holds::Lead | Holds::Events)));
        leads.map(|report| u32::try_from(report.set_aside.len()).unwrap_or(u32::MAX)).sum()
    }
}

/// How the files are read beside what the contract says.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reading<'a> {
    /// The order in which leads arrive.
    pub arrival: Arrival,
    /// The source of leads whose own is blank.
    pub default_source: Option<&'a str>,
    /// The time of leads whose own cannot be read.
    pub as_of: Timestamp,
}

/// What a file holds by its first line, where that is not a table.
fn recognise(bytes: &[u8]) -> Option<Holds> {
    let start = std::str::from_utf8(bytes.get(..bytes.len().min(4096))?.trim_ascii_start());
    let start = match start {
        Ok(text) => text,
        // The cut may fall into a character.
        Err(error) => std::str::from_utf8(bytes.trim_ascii_start().get(..error.valid_up_to())?).ok()?,
    };
    let start = start.trim_start_matches('\u{feff}').trim_start();
    if !start.starts_with('{') {
        return None;
    }
    let line = start.lines().next().unwrap_or_default();
    let has = |key: &str| line.contains(&format!("\"{key}\""));
    if start.contains("\"interlock\"") {
        Some(Holds::Contract)
    } else if has("confidence") && has("field") {
        Some(Holds::Proposals)
    } else if has("kind") && has("record") && has("fields") {
        Some(Holds::Events)
    } else {
        None
    }
}
