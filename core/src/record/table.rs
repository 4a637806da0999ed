//! Tables: a file's rows with its columns recognised, nothing interpreted yet and nothing lost.

use std::fmt;

use serde::Serialize;

use super::Object;
use crate::id::FieldName;

/// A file, read: columns recognised, rows as text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Table {
    /// The file's name, for messages.
    pub file: String,
    /// What kind of record its rows are.
    pub object: Option<Object>,
    /// Its columns, in the file's order.
    pub columns: Vec<Column>,
    /// The rows that could be read; each has one cell a column.
    pub rows: Vec<Row>,
    /// The rows that could not be read, with the reason. `rows.len() + set_aside.len()` is the number of rows of the
    /// file.
    pub set_aside: Vec<SetAside>,
    /// What else there is to say of the file: duplicate columns, missing columns, columns without a field.
    pub notes: Vec<TableNote>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Column {
    /// The header as the file has it.
    pub header: String,
    /// The field it is, `lead.email`; none for a column nobody asked for, which is kept under its header.
    pub field: Option<FieldName>,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The line of the file it starts on, from 1.
    pub line: u64,
    /// The cells, one a column.
    pub cells: Vec<Box<str>>,
}

/// A row that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SetAside {
    /// The line of the file it starts on, from 1.
    pub line: u64,
    /// The column, where one is to blame.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// What was expected.
    pub expected: String,
    /// What was found.
    pub found: String,
    /// What to do.
    pub help: String,
    /// The row as far as it could be read, so that nothing is lost.
    pub raw: String,
}

/// Something to know about a file that stops nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TableNote {
    /// A stable code: `duplicate-column`, `unknown-column`, `missing-column`, `encoding`, `separator` …
    pub code: &'static str,
    /// What is so.
    pub message: String,
    /// What to do, where something can be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

/// What became of a file's rows and columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Rows of the file: those read and those set aside.
    pub rows: usize,
    /// Rows that were read.
    pub read: usize,
    /// Rows that were set aside.
    pub set_aside: usize,
    /// Columns of the file.
    pub columns: usize,
    /// Columns that are a field.
    pub fields: usize,
    /// Columns kept under their header.
    pub kept: usize,
}

impl Table {
    /// Accounts for every row and column.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let fields = self.columns.iter().filter(|column| column.field.is_some()).count();
        Summary {
            rows: self.rows.len() + self.set_aside.len(),
            read: self.rows.len(),
            set_aside: self.set_aside.len(),
            columns: self.columns.len(),
            fields,
            kept: self.columns.len() - fields,
        }
    }

    /// The place of a field's column: `lead.email`.
    #[must_use]
    pub fn column(&self, field: &str) -> Option<usize> {
        let is = |column: &Column| column.field.as_ref().is_some_and(|name| name.as_str() == field);
        self.columns.iter().position(is)
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} rows: {} read, {} set aside; {} columns: {} with a field, {} kept under their header",
            self.rows, self.read, self.set_aside, self.columns, self.fields, self.kept
        )
    }
}
