//! One entry proved without the whole log.
//!
//! Input: the lines of a log, and the number of one. Output: a [`Proof`]: the line, its way up the tree, and the head; then,
//! with the head that somebody trusts, whether it holds. Invariant: a proof holds for the very bytes of one line, at its place
//! in the log that the head is of.

use serde::{Deserialize, Serialize};

use super::log::Head;
use super::verify::{Fault, Verifier};
use super::{Hash, merkle};

/// That a line stands in a log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// The line, without its line feed.
    pub line: String,
    /// Its number, from 0.
    pub seq: u64,
    /// The hashes beside its way to the root, from below.
    pub path: Vec<Hash>,
    /// The head of the log it stands in.
    pub head: Head,
}

/// Why a proof does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotProved {
    /// The line is not what its own hash says.
    #[error("the line is not what its own hash says: expected {}, found {}", .0.expected, .0.found)]
    Line(Fault),
    /// The line has another number than the proof.
    #[error("the line does not say that its number is {0}")]
    Number(u64),
    /// The proof is of another head.
    #[error("the proof is of another head than the one given: expected {expected}, found {found}")]
    Head {
        /// The root of the head given.
        expected: Hash,
        /// The root of the proof's.
        found: Hash,
    },
    /// The way up does not end in the root.
    #[error("the way from the line does not end in the root of the tree")]
    Path,
}

/// The hashes of a log's lines, kept to prove any of them: 32 bytes a line.
#[derive(Clone, Debug, Default)]
pub struct Leaves(Vec<Hash>);

impl Leaves {
    /// Adds a line by its hash.
    pub fn push(&mut self, hash: &Hash) {
        self.0.push(merkle::leaf(&hash.0));
    }

    /// The proof that `line`, the one of number `seq`, stands in the log of these lines; none where it has not so many.
    #[must_use]
    pub fn prove(&self, line: &str, seq: u64, head: &Head) -> Option<Proof> {
        let path = merkle::inclusion(&self.0, usize::try_from(seq).ok()?)?;
        Some(Proof { line: line.to_owned(), seq, path, head: head.clone() })
    }

    /// Whether this log begins as a head says.
    #[must_use]
    pub fn begins_as(&self, head: &Head) -> bool {
        let lines = usize::try_from(head.size).ok().and_then(|size| self.0.get(..size)).unwrap_or_default();
        lines.last() == Some(&merkle::leaf(&head.last.0)) && merkle::root(lines) == head.tree
    }

    /// The proof that this log begins with its first `size` lines as they were.
    #[must_use]
    pub fn begins_with(&self, size: u64) -> Option<Vec<Hash>> {
        merkle::consistency(&self.0, usize::try_from(size).ok()?)
    }
}

impl Proof {
    /// Whether it holds, for a head that was had from elsewhere, or else for its own.
    ///
    /// # Errors
    /// Why it does not.
    pub fn check(&self, trusted: Option<&Head>) -> Result<(), NotProved> {
        let (seq, hash) = Verifier::alone(self.line.as_bytes()).map_err(NotProved::Line)?;
        if seq != self.seq {
            return Err(NotProved::Number(self.seq));
        }
        if let Some(trusted) = trusted
            && *trusted != self.head
        {
            return Err(NotProved::Head { expected: trusted.tree, found: self.head.tree });
        }
        let leaf = merkle::leaf(&hash.0);
        if merkle::includes(&leaf, self.seq, self.head.size, &self.path, &self.head.tree) {
            Ok(())
        } else {
            Err(NotProved::Path)
        }
    }
}
