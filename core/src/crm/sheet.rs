//! From the text of a CSV file to a table.
//!
//! Input: text. Output: a [`Table`]. Invariant: each row of the file is either in `rows`, with one cell a column, or in
//! `set_aside`, with its text and the reason; a row is a line with something on it, or several lines held together by
//! quotes. Empty lines are no rows.

use super::error::{ReadError, counted, shown};
use super::layout::Headers;
use super::rows::{Record, Records, shape};
use super::write::plain;
use super::{MAX_CELL, MAX_COLUMNS, MAX_ROWS, Options};
use crate::record::{Row, SetAside, Table, TableNote};

/// Oddities that do not stop a row, counted so that one note says them all.
#[derive(Default)]
struct Oddities {
    loose_quotes: (usize, u64),
    surplus_blanks: (usize, u64),
}

fn count(of: &mut (usize, u64), line: u64) {
    if of.0 == 0 {
        of.1 = line;
    }
    of.0 += 1;
}

/// Reads a CSV file.
pub(super) fn table(
    file: &str,
    text: &str,
    known: &Headers<'_>,
    options: &Options<'_>,
    mut notes: Vec<TableNote>,
) -> Result<Table, ReadError> {
    let shape = shape(file, text, |header| known.know(header))?;
    notes.extend(shape.note);
    let mut records = Records::new(text, shape.start, shape.separator);
    let headers = header_line(file, records.next())?;
    let recognised = known.look(file, &headers, options, &mut notes)?;

    let (mut rows, mut set_aside) = (Vec::new(), Vec::new());
    let mut odd = Oddities::default();
    while let Some(record) = records.next() {
        if rows.len() + set_aside.len() == MAX_ROWS {
            return Err(ReadError::new(
                file,
                format!("at most {MAX_ROWS} rows"),
                "more",
                "split the file, or export fewer records",
            )
            .at(record.line));
        }
        if record.torn() {
            let whole = !records.go_on_after_first_line(&record);
            set_aside.push(torn(&record, whole));
        } else {
            match row(&record, &headers, &mut odd) {
                Ok(row) => rows.push(row),
                Err(why) => set_aside.push(*why),
            }
        }
    }
    notes.extend(odd.notes());
    if rows.is_empty() {
        notes.push(no_rows(set_aside.len()));
    }
    Ok(Table {
        file: file.to_owned(),
        object: recognised.map(|recognised| recognised.object),
        columns: known.assign(headers, recognised, &mut notes),
        rows,
        set_aside,
        notes,
    })
}

fn header_line(file: &str, record: Option<Record<'_>>) -> Result<Vec<String>, ReadError> {
    let Some(record) = record else {
        return Err(ReadError::new(
            file,
            "a header line and rows",
            "no line with something on it",
            "export the records again, with the column names in the first line",
        ));
    };
    let fault =
        |expected: String, found: String, help: &str| Err(ReadError::new(file, expected, found, help).at(record.line));
    if record.cells.len() > MAX_COLUMNS {
        return fault(
            format!("at most {MAX_COLUMNS} columns"),
            format!("{} in the first line", record.cells.len()),
            "export fewer columns; if the file has fewer, its line breaks are lost: export it again",
        );
    }
    if record.torn() {
        return fault(
            "a header line in which every quote is closed".to_owned(),
            shown(record.first_line()),
            "close the quote, or export the file again",
        );
    }
    Ok(record.cells.iter().map(|cell| plain(cell.trim()).to_owned()).collect())
}

fn no_rows(set_aside: usize) -> TableNote {
    TableNote {
        code: "no-rows",
        message: match set_aside {
            0 => "the file has a header line and no rows".to_owned(),
            count => format!("no row of {count} could be read"),
        },
        help: Some("export again, with the records you want to see".to_owned()),
    }
}

fn torn(record: &Record<'_>, whole: bool) -> SetAside {
    SetAside {
        line: record.line,
        column: None,
        expected: "quotes that are closed where their cell ends".to_owned(),
        found: "a quote that is not, and reaches into the next line".to_owned(),
        help: "close the quote, or write a quote within a cell twice".to_owned(),
        raw: if whole { record.raw } else { record.first_line() }.to_owned(),
    }
}

fn row(record: &Record<'_>, headers: &[String], odd: &mut Oddities) -> Result<Row, Box<SetAside>> {
    let fault = |column: Option<&String>, expected: String, found: String, help: &str| {
        Err(Box::new(SetAside {
            line: record.line,
            column: column.cloned(),
            expected,
            found,
            help: help.to_owned(),
            raw: record.raw.to_owned(),
        }))
    };
    if record.raw.contains('\0') {
        let column = record.cells.iter().position(|cell| cell.contains('\0'));
        return fault(
            column.and_then(|at| headers.get(at)),
            "text".to_owned(),
            "a zero byte".to_owned(),
            "the file is damaged here: export it again",
        );
    }
    let mut surplus = record.cells.iter().skip(headers.len());
    if record.cells.len() < headers.len() || surplus.any(|cell| !plain(cell).trim().is_empty()) {
        return fault(
            None,
            counted(headers.len(), "cell"),
            record.cells.len().to_string(),
            "put cells that hold the separator or a line break in quotes, or export the file again",
        );
    }
    if let Some((at, cell)) = record.cells.iter().enumerate().find(|(_, cell)| cell.len() > MAX_CELL) {
        return fault(
            headers.get(at),
            format!("at most {} KiB in a cell", MAX_CELL >> 10),
            format!("{} KiB", cell.len().div_ceil(1 << 10)),
            "leave the column out of the export, or shorten the text",
        );
    }
    let cells: Vec<Box<str>> = record.cells.iter().take(headers.len()).map(|cell| plain(cell).into()).collect();
    if cells.iter().all(|cell| cell.trim().is_empty()) {
        return fault(
            None,
            "a record".to_owned(),
            "a row of blank cells".to_owned(),
            "delete the row, if it was not meant to be there",
        );
    }
    if record.cells.len() > headers.len() {
        count(&mut odd.surplus_blanks, record.line);
    }
    if !record.well_quoted {
        count(&mut odd.loose_quotes, record.line);
    }
    Ok(Row { line: record.line, cells })
}

impl Oddities {
    fn notes(&self) -> impl Iterator<Item = TableNote> + use<> {
        let note = |code, (count, line): (usize, u64), what: &str, help: &str| {
            (count > 0).then(|| TableNote {
                code,
                message: format!("{} {what}, first line {line}", counted(count, "row")),
                help: Some(help.to_owned()),
            })
        };
        [
            note(
                "quotes",
                self.loose_quotes,
                "with a quote inside a quoted cell, or not closed: read as far as the separator",
                "write a quote within a cell twice",
            ),
            note(
                "surplus-cells",
                self.surplus_blanks,
                "with more cells than the header, all of them blank and left out",
                "nothing is lost; the export ends its rows with separators",
            ),
        ]
        .into_iter()
        .flatten()
    }
}
