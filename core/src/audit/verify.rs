//! Verifying a log: line by line, in memory that does not grow with it.
//!
//! Input: the bytes of a log, in pieces of any size, and perhaps the head it should have. Output: a [`Report`]: what is wrong,
//! each with its line and byte, what was expected and what was found; and the head. Invariant: a log in which any byte was
//! changed, a line taken away, put in or moved has a fault; an honest one has none. Lines cut off at the end are found
//! where the head is known.

use serde::{Deserialize, Serialize};

use super::log::{FORMAT, Head, Header, Root, Writer};
use super::strict::{self, Member};
use super::{Hash, merkle};
use crate::json::Decode;

/// Longer lines are refused.
pub const LONGEST_LINE: usize = 1024 * 1024;

/// More faults than these are counted and not listed.
pub const MOST_FAULTS: usize = 50;

/// What is wrong with a log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Fault {
    /// What sort: a stable word.
    pub code: String,
    /// The line, from 1; 0 for the log as a whole.
    pub line: u64,
    /// The byte of the line, from 1, where one is to blame.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub byte: Option<u64>,
    /// What was expected.
    pub expected: String,
    /// What was found.
    pub found: String,
}

/// What became of verifying.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Report {
    /// Lines that were read.
    pub lines: u64,
    /// Entries among them.
    pub entries: u64,
    /// Roots among them.
    pub roots: u64,
    /// How many faults there are.
    pub found: u64,
    /// The faults, in order; at most the first 50.
    pub faults: Vec<Fault>,
    /// The bytes after the last line feed: an entry that was not written whole. They are none of the lines.
    pub torn: u64,
    /// What the log is known by, as far as it was read; none where it does not begin as a log does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head: Option<Head>,
}

impl Report {
    /// Whether nothing is wrong: no fault and no torn end.
    #[must_use]
    pub const fn is_sound(&self) -> bool {
        self.found == 0 && self.torn == 0
    }
}

/// Reads a log and keeps what the next line is checked against.
#[derive(Clone, Debug)]
pub struct Verifier {
    id: Option<String>,
    last: Hash,
    tree: merkle::Tree,
    since: u64,
    /// The number that the last line says it has, and the one that the next should have.
    stated: u64,
    next: u64,
    /// The end of the last piece, which is no whole line yet.
    rest: Vec<u8>,
    /// The line is longer than any may be; what is left of it is passed over.
    passing: bool,
    wanted: Option<Head>,
    report: Report,
    members: Vec<Member>,
}

impl Default for Verifier {
    fn default() -> Self {
        Self::new(None)
    }
}

impl Verifier {
    /// Begins; `wanted` is the head that somebody kept, now or when the log was shorter.
    #[must_use]
    pub fn new(wanted: Option<Head>) -> Self {
        Self {
            id: None,
            last: Hash::of(b""),
            tree: merkle::Tree::default(),
            since: 0,
            stated: 0,
            next: 0,
            rest: Vec::new(),
            passing: false,
            wanted,
            report: Report::default(),
            members: Vec::new(),
        }
    }

    /// Reads on.
    pub fn feed(&mut self, mut bytes: &[u8]) {
        while let Some(end) = bytes.iter().position(|byte| *byte == b'\n') {
            let (line, after) = (&bytes[..end], &bytes[end + 1..]);
            bytes = after;
            if self.passing {
                self.passing = false;
            } else if self.rest.is_empty() {
                self.line(line);
            } else {
                let mut whole = std::mem::take(&mut self.rest);
                whole.extend_from_slice(line);
                self.line(&whole);
                whole.clear();
                self.rest = whole;
            }
        }
        if self.passing {
            return;
        }
        self.rest.extend_from_slice(bytes);
        if self.rest.len() > LONGEST_LINE {
            self.rest = Vec::new();
            self.passing = true;
            self.report.lines += 1;
            self.too_long();
        }
    }

    fn too_long(&mut self) {
        self.fault("too-long", None, &format!("a line of at most {LONGEST_LINE} bytes"), "a longer one");
    }

    /// Whether a fault was found so far.
    #[must_use]
    pub const fn is_faulty(&self) -> bool {
        self.report.found > 0
    }

    /// Ends.
    #[must_use]
    pub fn end(mut self) -> Report {
        self.report.torn = self.rest.len() as u64;
        self.report.head = self.head();
        if self.report.lines == 0 && self.report.torn == 0 {
            self.fault("no-log", None, "a log, which begins with a line that says which", "nothing");
        }
        if let Some(wanted) = self.wanted.take()
            && self.tree.size() < wanted.size
        {
            let expected = format!("{} lines, as the head says", wanted.size);
            let cut = format!("{}: lines were cut off at the end", self.tree.size());
            self.whole_fault("cut-off", &expected, &cut);
        }
        self.report
    }

    /// Goes on writing after the last whole line; none where the log is faulty.
    #[must_use]
    pub fn into_writer(self) -> Option<Writer> {
        let id = self.id.filter(|_| self.report.found == 0)?;
        Some(Writer::resume(id, self.last, self.tree, self.since))
    }

    /// What the log is known by, so far.
    #[must_use]
    pub fn head(&self) -> Option<Head> {
        let log = self.id.clone()?;
        Some(Head { log, size: self.tree.size(), tree: self.tree.root(), last: self.last })
    }

    /// The number and the hash of a line by itself, whatever stands around it.
    pub(super) fn alone(line: &[u8]) -> Result<(u64, Hash), Fault> {
        let mut verifier = Self::new(None);
        verifier.line(line);
        // What it says of the lines before it cannot be seen here.
        let of_others = ["wrong-number", "previous-differs", "no-log", "root-differs"];
        match verifier.report.faults.into_iter().find(|fault| !of_others.contains(&fault.code.as_str())) {
            Some(fault) => Err(fault),
            None => Ok((verifier.stated, verifier.last)),
        }
    }

    /// The hash of the line that was read last.
    #[must_use]
    pub const fn last(&self) -> &Hash {
        &self.last
    }

    fn line(&mut self, line: &[u8]) {
        self.report.lines += 1;
        if line.len() > LONGEST_LINE {
            self.too_long();
            return;
        }
        let mut members = std::mem::take(&mut self.members);
        let scanned = strict::members(line, &mut members);
        match scanned {
            Ok(()) => self.checked(line, &members),
            Err(slip) => {
                let found = shown(&line[slip.at.min(line.len())..]);
                self.fault("not-canonical", Some(slip.at), slip.expected, &found);
                // Go on from what the line says of itself, so that what follows is blamed for its own faults alone.
                self.next = self.next.saturating_add(1);
                self.last = stated_hash(line).unwrap_or(self.last);
                self.tree.push(&self.last.0);
                self.since += 1;
            }
        }
        self.members = members;
        if let Some(wanted) = &self.wanted
            && self.tree.size() == wanted.size
        {
            let (log, tree, last) = (self.id.clone().unwrap_or_default(), self.tree.root(), self.last);
            if (&log, &tree, &last) != (&wanted.log, &wanted.tree, &wanted.last) {
                let expected = format!("log `{}` with last line {} and tree {}", wanted.log, wanted.last, wanted.tree);
                let found = format!("log `{log}` with {last} and {tree}");
                self.fault("head-differs", None, &expected, &found);
            }
        }
    }

    fn checked(&mut self, line: &[u8], members: &[Member]) {
        let member =
            |key: &[u8]| members.iter().find(|(at, _)| line[at.clone()] == *key).map(|(_, value)| value.clone());
        let text = |key: &[u8]| {
            let value = line.get(member(key)?)?;
            std::str::from_utf8(value.strip_prefix(b"\"")?.strip_suffix(b"\"")?).ok()
        };
        let expected_seq = self.next;
        for (key, _) in members {
            if !matches!(&line[key.clone()], b"entry" | b"hash" | b"log" | b"origin" | b"previous" | b"root" | b"seq") {
                self.fault("unknown-key", Some(key.start), "no other key than a line has", &shown(&line[key.clone()]));
            }
        }
        let seq = member(b"seq").and_then(|at| std::str::from_utf8(&line[at]).ok()?.parse::<u64>().ok());
        self.stated = seq.unwrap_or(u64::MAX);
        // What follows is blamed for its own faults alone.
        self.next = seq.unwrap_or(expected_seq).saturating_add(1);
        match seq {
            Some(seq) if seq == expected_seq => {}
            Some(seq) => {
                let found = match seq {
                    seq if seq > expected_seq => {
                        format!("{seq}: {} missing, or lines were exchanged", missing(expected_seq, seq))
                    }
                    seq => format!("{seq}, which was there before: it is here twice, or lines were exchanged"),
                };
                self.fault(
                    "wrong-number",
                    member(b"seq").map(|at| at.start),
                    &format!("line number {expected_seq}"),
                    &found,
                );
            }
            None => self.fault("wrong-number", None, &format!("`seq`: {expected_seq}"), "none"),
        }
        let stated = text(b"hash").and_then(Hash::parse);
        let own = hash_without_own(line, members);
        match (stated, own) {
            (Some(stated), Some(own)) if stated == own => {}
            (Some(stated), Some(own)) => {
                let expected = format!("hash {own}, which is that of this line");
                self.fault("hash-differs", member(b"hash").map(|at| at.start), &expected, &stated.to_string());
            }
            _ => self.fault("hash-differs", None, "`hash`: `sha256:` and 64 digits", "none that can be read"),
        }
        let previous = text(b"previous").and_then(Hash::parse);
        if previous != Some(self.last) {
            let found = previous.map_or_else(|| "none that can be read".to_owned(), |hash| hash.to_string());
            let expected = format!("{}, the hash of the line before", self.last);
            self.fault("previous-differs", member(b"previous").map(|at| at.start), &expected, &found);
        }
        self.body(line, &member);
        self.last = stated.or(own).unwrap_or(self.last);
        self.tree.push(&self.last.0);
        self.since = if member(b"root").is_some() { 0 } else { self.since + 1 };
    }

    /// What the line is for: which log in the first, an entry or a root in the others.
    fn body(&mut self, line: &[u8], member: &dyn Fn(&[u8]) -> Option<std::ops::Range<usize>>) {
        let first = self.tree.size() == 0;
        match (member(b"log"), member(b"entry"), member(b"root")) {
            (Some(log), None, None) if first && member(b"origin").is_none() => {
                match serde_json::from_slice::<Header>(&line[log.clone()]) {
                    Ok(header) if header.format == FORMAT => self.id = Some(header.id),
                    Ok(header) => {
                        let expected = format!("a log of format {FORMAT}");
                        self.fault("no-log", Some(log.start), &expected, &format!("format {}", header.format));
                    }
                    Err(_) => self.fault("no-log", Some(log.start), "`format`, `id` and `at`", &shown(&line[log])),
                }
            }
            (None, Some(_), None) if !first => self.report.entries += 1,
            (None, None, Some(at)) if !first && member(b"origin").is_none() => {
                self.report.roots += 1;
                let own = Root { size: self.tree.size(), tree: self.tree.root() };
                let stated = serde_json::from_slice::<Root>(&line[at.clone()]).ok();
                if stated != Some(own) {
                    let expected = format!("the root of the {} lines before: {}", own.size, own.tree);
                    let found = stated
                        .map_or_else(|| shown(&line[at.clone()]), |root| format!("{} of {}", root.tree, root.size));
                    self.fault("root-differs", Some(at.start), &expected, &found);
                }
            }
            _ if first => self.fault("no-log", None, "a line that says which log this is", &shown(line)),
            _ => self.fault("wrong-line", None, "one of `entry` and `root`", &shown(line)),
        }
    }

    fn fault(&mut self, code: &str, at: Option<usize>, expected: &str, found: &str) {
        let line = self.report.lines;
        self.push(Fault {
            code: code.to_owned(),
            line,
            byte: at.map(|at| at as u64 + 1),
            expected: expected.to_owned(),
            found: found.to_owned(),
        });
    }

    fn whole_fault(&mut self, code: &str, expected: &str, found: &str) {
        self.push(Fault {
            code: code.to_owned(),
            line: 0,
            byte: None,
            expected: expected.to_owned(),
            found: found.to_owned(),
        });
    }

    fn push(&mut self, fault: Fault) {
        self.report.found += 1;
        if self.report.faults.len() < MOST_FAULTS {
            self.report.faults.push(fault);
        }
    }
}

/// The hash of a canonical line without its `hash`: taking a member out of canonical JSON leaves canonical JSON.
fn hash_without_own(line: &[u8], members: &[Member]) -> Option<Hash> {
    let place = members.iter().position(|(key, _)| line[key.clone()] == *b"hash")?;
    let (key, value) = &members[place];
    // With the comma after it; the last member takes the one before it along.
    let (start, end) = match (place, members.len()) {
        (0, 1) => (key.start - 1, value.end),
        (place, len) if place + 1 == len => (key.start - 2, value.end),
        _ => (key.start - 1, value.end + 1),
    };
    Some(Hash::of_parts(&[&line[..start], &line[end..]]))
}

/// The hash that a line states, found without reading the line. Of a line that is sound it is the right one.
#[must_use]
pub fn stated_hash(line: &[u8]) -> Option<Hash> {
    const KEY: &[u8] = b"\"hash\":\"";
    let at = line.windows(KEY.len()).rposition(|window| window == KEY)? + KEY.len();
    Hash::parse(std::str::from_utf8(line.get(at..at + Hash::WRITTEN)?).ok()?)
}

fn missing(from: u64, to: u64) -> String {
    match to - from {
        1 => format!("line number {from} is"),
        _ => format!("line numbers {from} to {} are", to - 1),
    }
}

/// The beginning of what was found, as text.
fn shown(bytes: &[u8]) -> String {
    const MOST: usize = 40;
    if bytes.is_empty() {
        return "the end of the line".to_owned();
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(MOST)]);
    let head: String = head.chars().flat_map(char::escape_debug).collect();
    let more = if bytes.len() > MOST { "…" } else { "" };
    format!("`{head}{more}`")
}
