//! The log: entries in a chain, with a Merkle root now and then.
//!
//! Input: entries in order. Output: lines of JSON, each its own canonical bytes with a line feed after it. The first line says
//! which log it is; then come entries, and after every so many lines a root over all before it. Invariant: every line holds
//! its number, the hash of the line before it and its own (SHA-256 of its canonical JSON without `hash`); nothing here
//! changes a line once it is written: what was wrong is corrected by another entry.
//! Source: RFC 8785 (canonical JSON), RFC 6962, section 2.1 (the tree; its leaves are the lines' hashes).

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{Entry, Hash, merkle};
use crate::json::{CanonicalError, Decode, canonical};
use crate::time::Timestamp;

/// The format of the log.
pub const FORMAT: u32 = 1;

/// After how many lines a root is written.
pub const ROOT_EVERY: u64 = 1024;

/// Which log it is: its first line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The format: 1.
    pub format: u32,
    /// What the log is called; stays the same as long as it grows.
    pub id: String,
    /// When it was begun.
    pub at: Timestamp,
}

/// The tree over the lines before this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Root {
    /// How many lines.
    pub size: u64,
    /// The root of the tree over their hashes.
    pub tree: Hash,
}

/// Where an entry was before it came into this log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// The log's id, or the file's name where it was no log.
    pub log: String,
    /// Its line, from 0; of a file from 1.
    pub seq: u64,
    /// The line's hash there; none where it was no log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hash: Option<Hash>,
}

/// What a line is for: one of the three.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Line<'e> {
    /// An entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<Cow<'e, Entry>>,
    /// The hash of this line's canonical JSON without this key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hash: Option<Hash>,
    /// Which log this is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log: Option<Header>,
    /// Where the entry was before, in a log that was made of others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// The hash of the line before; of the first line that of nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<Hash>,
    /// The tree so far.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub root: Option<Root>,
    /// The line's number, from 0.
    pub seq: u64,
}

/// What a log is known by when it is not at hand: whoever has it finds that lines were cut off at the end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The log's id.
    pub log: String,
    /// How many lines it has.
    pub size: u64,
    /// The root of the tree over their hashes.
    pub tree: Hash,
    /// The hash of the last.
    pub last: Hash,
}

impl Head {
    /// What is signed: a fixed word, so that a signature for this is one for nothing else, and the canonical JSON.
    ///
    /// # Errors
    /// When it has no canonical JSON: more than 2^53 lines.
    pub fn signed_bytes(&self) -> Result<Vec<u8>, CanonicalError> {
        Ok([b"interlock log head 1\n", canonical(self)?.as_bytes()].concat())
    }
}

/// Writes lines: all that must be known of a log to go on with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Writer {
    id: String,
    last: Hash,
    tree: merkle::Tree,
    every: u64,
    /// Lines since the last root.
    since: u64,
}

impl Writer {
    /// Begins a log. Gives its first line with it.
    ///
    /// # Errors
    /// None that can happen: such a line has a canonical form.
    pub fn begin(id: &str, at: Timestamp) -> Result<(Self, String), CanonicalError> {
        let mut writer =
            Self { id: id.to_owned(), last: Hash::of(b""), tree: merkle::Tree::default(), every: ROOT_EVERY, since: 0 };
        let mut out = String::new();
        writer
            .line(Line { log: Some(Header { format: FORMAT, id: id.to_owned(), at }), ..Line::default() }, &mut out)?;
        Ok((writer, out))
    }

    /// Goes on with a log that was read to its end.
    pub(super) const fn resume(id: String, last: Hash, tree: merkle::Tree, since: u64) -> Self {
        Self { id, last, tree, every: ROOT_EVERY, since }
    }

    /// Writes a root after every so many lines; at least two.
    #[must_use]
    pub const fn with_root_every(mut self, lines: u64) -> Self {
        self.every = if lines < 2 { 2 } else { lines };
        self
    }

    /// The lines for an entry: its own, and a root where one is due.
    ///
    /// # Errors
    /// When the entry has no canonical form.
    pub fn append(&mut self, entry: &Entry, origin: Option<Origin>) -> Result<String, CanonicalError> {
        let mut out = String::new();
        self.line(Line { entry: Some(Cow::Borrowed(entry)), origin, ..Line::default() }, &mut out)?;
        if self.since + 1 >= self.every {
            self.root(&mut out)?;
        }
        Ok(out)
    }

    fn root(&mut self, out: &mut String) -> Result<(), CanonicalError> {
        let root = Root { size: self.tree.size(), tree: self.tree.root() };
        self.line(Line { root: Some(root), ..Line::default() }, out)?;
        self.since = 0;
        Ok(())
    }

    fn line(&mut self, mut line: Line<'_>, out: &mut String) -> Result<(), CanonicalError> {
        line.seq = self.tree.size();
        line.previous = Some(self.last);
        let hash = Hash::of(canonical(&line)?.as_bytes());
        line.hash = Some(hash);
        out.push_str(&canonical(&line)?);
        out.push('\n');
        self.last = hash;
        self.tree.push(&hash.0);
        self.since += 1;
        Ok(())
    }

    /// What the log is known by now.
    #[must_use]
    pub fn head(&self) -> Head {
        Head { log: self.id.clone(), size: self.tree.size(), tree: self.tree.root(), last: self.last }
    }
}
