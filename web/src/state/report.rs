//! What the engine says of files and contracts, as the panel reads it.

use interlock_core::check::Finding;
use interlock_core::json::Decode;
use serde::{Deserialize, Serialize};

/// What became of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[serde(default)]
#[decode(part)]
pub(crate) struct FileReport {
    /// Its name.
    pub(crate) file: String,
    /// What it holds: `lead`, `account`, `proposals`, `contract` …; none where that is not clear.
    #[serde(rename = "object")]
    pub(crate) holds: Option<String>,
    /// Rows read.
    pub(crate) rows: u32,
    /// Rows that could not be read.
    pub(crate) set_aside: Vec<SetAside>,
    /// What else there is to say.
    pub(crate) notes: Vec<Note>,
    /// Its columns.
    pub(crate) columns: Vec<Column>,
    /// Why it could not be read at all; set by the panel, for the engine does not keep such a file.
    #[serde(skip_deserializing)]
    pub(crate) failed: Option<Problem>,
}

/// A row that could not be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[serde(default)]
#[decode(part)]
pub(crate) struct SetAside {
    pub(crate) line: u64,
    pub(crate) column: Option<String>,
    pub(crate) expected: String,
    pub(crate) found: String,
    pub(crate) help: String,
    pub(crate) raw: String,
}

/// Something to know about a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[serde(default)]
#[decode(part)]
pub(crate) struct Note {
    pub(crate) code: String,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
}

/// A column and the field it was recognised as.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[serde(default)]
#[decode(part)]
pub(crate) struct Column {
    pub(crate) header: String,
    pub(crate) field: Option<String>,
}

/// What checking a contract found.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Decode)]
#[serde(default)]
#[decode(part)]
pub(crate) struct CheckReport {
    /// Every finding.
    pub(crate) findings: Vec<Finding>,
    /// Whether leads can be decided under it.
    pub(crate) usable: bool,
    /// Its digest.
    pub(crate) digest: Option<String>,
}

/// Why something could not be done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[serde(default)]
#[decode(part)]
pub(crate) struct Problem {
    /// What is so.
    pub(crate) message: String,
    /// What to do.
    pub(crate) help: Option<String>,
    /// The file it is about.
    pub(crate) file: Option<String>,
    pub(crate) line: Option<u64>,
    pub(crate) column: Option<u64>,
    /// The engine stopped and was started anew.
    pub(crate) died: bool,
}

impl Problem {
    /// A problem without a place.
    pub(crate) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: Some(help.into()), ..Self::default() }
    }

    /// Where it is, in words; empty where there is no place.
    pub(crate) fn place(&self) -> String {
        let mut parts: Vec<String> = self.file.iter().cloned().collect();
        parts.extend(self.line.map(|line| format!("line {line}")));
        parts.extend(self.column.map(|column| format!("column {column}")));
        parts.join(", ")
    }
}

/// What editors complete.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Decode)]
#[serde(default)]
#[decode(part)]
pub(crate) struct Vocabulary {
    pub(crate) facts: Vec<Fact>,
    pub(crate) owners: Vec<Owner>,
}

/// A fact that conditions can read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Decode)]
#[serde(default)]
#[decode(part)]
pub(crate) struct Fact {
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) about: String,
}

/// A person who can own leads.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[serde(default)]
#[decode(part)]
pub(crate) struct Owner {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) active: bool,
}

/// The demo workspace's table of contents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Decode)]
#[serde(default)]
#[decode(part)]
pub(crate) struct Manifest {
    pub(crate) as_of: String,
    pub(crate) files: Vec<String>,
    pub(crate) baseline: String,
    pub(crate) candidate: String,
}
