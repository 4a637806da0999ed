//! A log in memory: verified as it is read, its entries held to be looked at.
//!
//! Input: the bytes of a log, in pieces. Output: the [`Report`] of verifying all of it, the last [`MOST_HELD`] entries, what
//! waits for a person. Invariant: verifying, what waits and the hashes for proofs go over the whole log; of entries at most so
//! many are held, and it is said how many are not. A line is held as it stands, so that it can be proved; what is asked of many
//! entries at once is kept beside it in numbers.

use std::collections::VecDeque;

use super::filter::Facet;
use super::log::{Head, Line};
use super::proof::{Leaves, Proof};
use super::review::Queue;
use super::verify::{LONGEST_LINE, Report, Verifier, stated_hash};
use super::{Entry, Hash};
use crate::identity::dictionary::Dictionary;
use crate::order;

/// How many entries are held at most: the last of the log.
pub const MOST_HELD: usize = 200_000;

/// How many bytes of lines are held at most.
pub const MOST_BYTES: usize = 256 << 20;

/// An entry as it is held.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) seq: u64,
    pub(super) at: i64,
    pub(super) digest: Hash,
    /// The number of its text in each facet.
    pub(super) facets: [u32; Facet::ALL.len()],
    pub(super) line: Box<str>,
}

/// A log in memory.
#[derive(Clone, Debug)]
pub struct Trail {
    verifier: Verifier,
    report: Option<Report>,
    leaves: Leaves,
    rest: Vec<u8>,
    /// The line is longer than any may be; what is left of it is passed over.
    passing: bool,
    seq: u64,
    most: usize,
    bytes: usize,
    pub(super) rows: VecDeque<Row>,
    pub(super) texts: [Dictionary; Facet::ALL.len()],
    /// Entries that are not held any more.
    let_go: u64,
    /// Lines that hold an entry which cannot be read.
    unread: u64,
    queue: Queue,
    /// Which entries answer which, among those held.
    pub(super) answers: Vec<(Hash, u64)>,
}

impl Default for Trail {
    fn default() -> Self {
        Self::new(None, MOST_HELD)
    }
}

impl Trail {
    /// Begins; `wanted` is the head that somebody kept. At most so many entries are held; where none are, the log is verified and
    /// nothing else.
    #[must_use]
    pub fn new(wanted: Option<Head>, most: usize) -> Self {
        Self {
            verifier: Verifier::new(wanted),
            report: None,
            leaves: Leaves::default(),
            rest: Vec::new(),
            passing: false,
            seq: 0,
            most,
            bytes: 0,
            rows: VecDeque::new(),
            texts: std::array::from_fn(|_| Dictionary::default()),
            let_go: 0,
            unread: 0,
            queue: Queue::default(),
            answers: Vec::new(),
        }
    }

    /// Reads on.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.verifier.feed(bytes);
        if self.most == 0 {
            return;
        }
        let mut left = bytes;
        while let Some(end) = left.iter().position(|byte| *byte == b'\n') {
            let (line, after) = left.split_at(end);
            left = after.get(1..).unwrap_or_default();
            let mut whole = std::mem::take(&mut self.rest);
            if std::mem::take(&mut self.passing) {
                whole.clear();
            }
            if whole.is_empty() {
                self.line(line);
            } else {
                whole.extend_from_slice(line);
                self.line(&whole);
                whole.clear();
            }
            self.rest = whole;
        }
        if self.passing || self.rest.len() + left.len() > LONGEST_LINE {
            self.passing = true;
            self.rest.clear();
        } else {
            self.rest.extend_from_slice(left);
        }
    }

    fn line(&mut self, line: &[u8]) {
        let seq = self.seq;
        self.seq += 1;
        // A log that is not sound can still be looked at, but nothing of it proved.
        self.leaves.push(&stated_hash(line).unwrap_or(Hash([0; 32])));
        let Ok(text) = std::str::from_utf8(line) else {
            self.unread += 1;
            return;
        };
        let entry = match serde_json::from_str::<Line<'_>>(text) {
            Ok(line) => line.entry,
            Err(_) => None,
        };
        let Some(entry) = entry else {
            if text.contains("\"entry\":") {
                self.unread += 1;
            }
            return;
        };
        let Ok(digest) = entry.digest() else {
            self.unread += 1;
            return;
        };
        self.queue.feed(seq, digest, &entry);
        if let Some(answer) = &entry.answer {
            self.answers.push((answer.to, seq));
        }
        let mut facets = [0; Facet::ALL.len()];
        let mut list = String::new();
        for (place, facet) in Facet::ALL.into_iter().enumerate() {
            list.clear();
            facet.of(&entry, &mut |value| {
                if !list.is_empty() {
                    list.push('\n');
                }
                list.push_str(value);
            });
            facets[place] = self.texts[place].add(&list);
        }
        self.bytes += text.len();
        self.rows.push_back(Row { seq, at: entry.at.seconds(), digest, facets, line: text.into() });
        while self.rows.len() > self.most || self.bytes > MOST_BYTES {
            let Some(first) = self.rows.pop_front() else { break };
            self.bytes -= first.line.len();
            self.let_go += 1;
        }
    }

    /// The log has ended: what verifying it found.
    pub fn end(&mut self) -> &Report {
        order::sort_all(&mut self.answers);
        let report = self.verifier.clone().end();
        self.report.insert(report)
    }

    /// What verifying found, once the log has ended.
    #[must_use]
    pub const fn report(&self) -> Option<&Report> {
        self.report.as_ref()
    }

    /// What the log is known by, where it is sound.
    #[must_use]
    pub fn head(&self) -> Option<&Head> {
        self.report.as_ref().filter(|report| report.is_sound())?.head.as_ref()
    }

    /// Whether the log is the one that a head was kept of, or has grown since: gives by how many lines.
    ///
    /// # Errors
    /// What differs, in words.
    pub fn begins_as(&self, kept: &Head) -> Result<u64, String> {
        let own = self.report.as_ref().and_then(|report| report.head.as_ref());
        let Some(own) = own else { return Err("this is no log".to_owned()) };
        if own.log != kept.log {
            return Err(format!("the head is of log `{}`, this is `{}`", kept.log, own.log));
        }
        if kept.size > own.size {
            let cut = kept.size - own.size;
            return Err(format!(
                "the head is of {} lines, the log has {}: {cut} cut off at the end",
                kept.size, own.size
            ));
        }
        if !self.leaves.begins_as(kept) {
            return Err(format!("the first {} lines are not those that the head is of", kept.size));
        }
        Ok(own.size - kept.size)
    }

    /// How many entries are held, how many came before them, and how many could not be read.
    #[must_use]
    pub fn held(&self) -> (u64, u64, u64) {
        (self.rows.len() as u64, self.let_go, self.unread)
    }

    /// What waits for a person, in the whole log.
    #[must_use]
    pub const fn queue(&self) -> &Queue {
        &self.queue
    }

    /// The entries that are held, in the log's order, with their lines and digests.
    pub fn entries(&self) -> impl Iterator<Item = (u64, Hash, Entry)> + '_ {
        self.rows.iter().filter_map(|row| Some((row.seq, row.digest, row.entry()?)))
    }

    /// An entry that is held, by its line.
    pub(super) fn row(&self, seq: u64) -> Option<&Row> {
        let place = self.rows.binary_search_by_key(&seq, |row| row.seq).ok()?;
        self.rows.get(place)
    }

    /// An entry that is held, by its digest: the first of that digest.
    #[must_use]
    pub fn find(&self, digest: &Hash) -> Option<(u64, Entry)> {
        let row = self.rows.iter().find(|row| row.digest == *digest)?;
        Some((row.seq, row.entry()?))
    }

    /// The proof that a line stands in the log; none where the log is not sound, or the line is not held.
    #[must_use]
    pub fn prove(&self, seq: u64) -> Option<Proof> {
        self.leaves.prove(&self.row(seq)?.line, seq, self.head()?)
    }
}

impl Row {
    /// The entry.
    pub(super) fn entry(&self) -> Option<Entry> {
        Some(serde_json::from_str::<Line<'_>>(&self.line).ok()?.entry?.into_owned())
    }
}
