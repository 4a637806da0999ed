//! The one error of the readers: what stopped a whole file from being read.
//!
//! A row that cannot be read is no error: it is set aside ([`crate::record::SetAside`]) and the others go on.

use std::fmt;

use serde::Serialize;

/// Why a file could not be read: where, what was expected, what was found, what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReadError {
    /// The file's name.
    pub file: Box<str>,
    /// The line, from 1, where one is to blame.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// The column, where one is to blame.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<Box<str>>,
    /// What was expected.
    pub expected: Box<str>,
    /// What was found.
    pub found: Box<str>,
    /// What to do.
    pub help: Box<str>,
}

impl ReadError {
    pub(crate) fn new(
        file: &str,
        expected: impl Into<Box<str>>,
        found: impl Into<Box<str>>,
        help: impl Into<Box<str>>,
    ) -> Self {
        Self {
            file: file.into(),
            line: None,
            column: None,
            expected: expected.into(),
            found: found.into(),
            help: help.into(),
        }
    }

    pub(crate) fn at(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }
}

/// `leads.csv, line 7: expected 5 cells, found 6`; the remedy stands in [`ReadError::help`].
impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ", column {}", shown(column))?;
        }
        write!(f, ": expected {}, found {}", self.expected, self.found)
    }
}

impl std::error::Error for ReadError {}

/// A text from a file, fit for a message: in backticks, cut short, without control characters.
pub(super) fn shown(text: &str) -> String {
    const MOST: usize = 60;
    let mut out = String::from("`");
    for (count, c) in text.chars().enumerate() {
        if count == MOST {
            out.push('…');
            break;
        }
        if c.is_control() {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    out.push('`');
    out
}

/// Up to a dozen texts for a message, and how many more there are.
pub(crate) fn shown_list<'t>(texts: impl ExactSizeIterator<Item = &'t str>) -> String {
    const MOST: usize = 12;
    let more = texts.len().saturating_sub(MOST);
    let list: Vec<_> = texts.take(MOST).map(shown).collect();
    match more {
        0 => list.join(", "),
        _ => format!("{} and {more} more", list.join(", ")),
    }
}

/// `1 row`, `2 rows`.
pub(super) fn counted(count: usize, one: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        _ => format!("{count} {one}s"),
    }
}
