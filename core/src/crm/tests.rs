#![allow(clippy::unwrap_used)]

mod accounting;
mod forms;
mod lines;
mod properties;

use super::*;

/// Reads a file without anything said of it.
fn table(text: &str) -> Table {
    read("f.csv", text.as_bytes(), &Options::default()).unwrap()
}

fn read_as(object: Object, text: &str) -> Table {
    read("f.csv", text.as_bytes(), &Options { object: Some(object), ..Options::default() }).unwrap()
}

fn error(text: &str) -> ReadError {
    read("f.csv", text.as_bytes(), &Options::default()).unwrap_err()
}

/// `header→field` of each column.
fn columns(table: &Table) -> Vec<String> {
    let field = |column: &crate::record::Column| column.field.as_ref().map_or("-".to_owned(), ToString::to_string);
    table.columns.iter().map(|column| format!("{}→{}", column.header, field(column))).collect()
}

/// The cell of a field in a row.
fn cell<'t>(table: &'t Table, row: usize, field: &str) -> &'t str {
    &table.rows[row].cells[table.column(field).unwrap()]
}

/// The messages of the notes with a code.
fn notes<'t>(table: &'t Table, code: &str) -> Vec<&'t str> {
    table.notes.iter().filter(|note| note.code == code).map(|note| note.message.as_str()).collect()
}
