//! JSON Lines: records, events and proposals, one JSON object a line.
//!
//! Input: text. Output: a [`Table`] of records, as a CSV file gives it, or typed events and proposals. Objects within an
//! object become columns with a `.` in their name; what HubSpot puts under `properties` stands where it would without;
//! of a list of `{"value": …, "primary": …}` (Pipedrive's e-mail addresses) the primary value is the cell and the whole
//! list is kept beside it. Numbers keep the digits they are written with. Invariant: each line with something on it is
//! a row or is set aside with its text.

use serde_json::Value;

use super::error::{ReadError, shown};
use super::layout::Headers;
use super::{MAX_CELL, MAX_COLUMNS, MAX_ROWS, Options};
use crate::map::Map;
use crate::order;
use crate::record::{Row, SetAside, Table, TableNote};

/// How deep objects within objects are taken apart; what lies deeper stays JSON.
const MAX_DEPTH: usize = 4;

type Cells = Vec<(String, Box<str>)>;

fn flatten(name: &str, value: &Value, depth: usize, cells: &mut Cells) {
    let cell: Box<str> = match value {
        Value::Null => "".into(),
        Value::String(text) => text.as_str().into(),
        Value::Object(members) if depth < MAX_DEPTH => {
            for (member, value) in members {
                match name {
                    "" | "properties" => flatten(member, value, depth + 1, cells),
                    _ => flatten(&format!("{name}.{member}"), value, depth + 1, cells),
                }
            }
            return;
        }
        Value::Array(items) => {
            if let Some(values) = items.iter().map(labelled).collect::<Option<Vec<_>>>() {
                if values.len() > 1 {
                    cells.push((format!("{name} (all)"), written(value)));
                }
                let primary = values.iter().find(|(_, primary)| *primary).or(values.first());
                primary.map_or("", |(text, _)| *text).into()
            } else if let Some(texts) = items.iter().map(Value::as_str).collect::<Option<Vec<_>>>() {
                texts.join(";").into()
            } else {
                written(value)
            }
        }
        other => written(other),
    };
    cells.push((name.to_owned(), cell));
}

fn written(value: &Value) -> Box<str> {
    crate::json::text(value).into()
}

/// One entry of Pipedrive's lists of addresses and numbers: its value, and whether it is the primary one.
fn labelled(entry: &Value) -> Option<(&str, bool)> {
    let members = entry.as_object()?;
    let text = match members.get("value") {
        None | Some(Value::Null) => "",
        Some(value) => value.as_str()?,
    };
    let primary = members.get("primary").map_or(Some(false), Value::as_bool)?;
    Some((text, primary))
}

/// The cells of a line, or what was found instead of an object with each key once.
fn record(line: &str) -> Result<Cells, String> {
    let mut faults = Vec::new();
    let value = crate::json::read(line, &mut faults);
    if let Some(fault) = faults.first() {
        // Each line is its own text here: "on line 1" would mislead.
        let message = fault.message.split(" in one object").next().unwrap_or_default();
        return Err(match fault.place {
            Some(place) => format!("{message} at character {}", place.column),
            None => message.to_owned(),
        });
    }
    let mut cells = Vec::new();
    match value {
        Some(Value::Object(members)) => {
            for (name, value) in &members {
                flatten(name, value, 1, &mut cells);
            }
        }
        value => return Err(crate::json::shown(&value.unwrap_or_default())),
    }
    let mut names: Vec<_> = cells.iter().map(|(name, _)| name.as_str()).collect();
    order::sort_all(&mut names);
    match names.windows(2).find(|two| two[0] == two[1]) {
        Some(two) => Err(format!("two values for {}", shown(two[0]))),
        None => Ok(cells),
    }
}

fn aside(line: usize, raw: &str, expected: &str, found: String, help: &str) -> SetAside {
    SetAside {
        line: line as u64 + 1,
        column: None,
        expected: expected.to_owned(),
        found,
        help: help.to_owned(),
        raw: raw.to_owned(),
    }
}

fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().map(str::trim).enumerate();
    lines.filter(|(_, line)| !line.is_empty())
}

const ONE_A_LINE: &str = "write each object on a line of its own; `jq -c .` does it";

/// When nothing could be read, the first reason is the file's.
fn refused(file: &str, why: &SetAside) -> ReadError {
    ReadError::new(file, why.expected.as_str(), why.found.as_str(), why.help.as_str()).at(why.line)
}

/// A JSON list instead of JSON Lines.
pub(super) fn refuse_list(file: &str) -> ReadError {
    ReadError::new(
        file,
        "one JSON object a line",
        "a JSON list",
        "write each object on a line of its own; `jq -c '.[]'` does it",
    )
    .at(1)
}

/// Reads records as JSON Lines.
pub(super) fn table(
    file: &str,
    text: &str,
    known: &Headers<'_>,
    options: &Options<'_>,
    mut notes: Vec<TableNote>,
) -> Result<Table, ReadError> {
    let (mut rows, mut set_aside) = (Vec::new(), Vec::new());
    let mut headers: Vec<String> = Vec::new();
    let mut places: Map<String, usize> = Map::new();
    for (at, line) in lines(text) {
        let line_number = at as u64 + 1;
        if rows.len() + set_aside.len() == MAX_ROWS {
            return Err(
                ReadError::new(file, format!("at most {MAX_ROWS} rows"), "more", "split the file").at(line_number)
            );
        }
        let cells = match record(line) {
            Ok(cells) => cells,
            Err(found) => {
                set_aside.push(aside(at, line, "a JSON object", found, ONE_A_LINE));
                continue;
            }
        };
        if cells.iter().any(|(name, _)| name == "kind") && cells.iter().any(|(name, _)| name == "record.id") {
            return Err(ReadError::new(
                file,
                "records: objects with the names of CRM columns or fields",
                "events",
                "load the file as events",
            )
            .at(line_number));
        }
        if let Some((name, cell)) = cells.iter().find(|(_, cell)| cell.len() > MAX_CELL || cell.contains('\0')) {
            let (expected, found) = match cell.len() {
                length if length > MAX_CELL => {
                    (format!("at most {} KiB in a value", MAX_CELL >> 10), format!("{} KiB", length.div_ceil(1 << 10)))
                }
                _ => ("text".to_owned(), "a zero character".to_owned()),
            };
            let mut fault = aside(at, line, &expected, found, "shorten or mend the value, or leave it out");
            fault.column = Some(name.clone());
            set_aside.push(fault);
            continue;
        }
        if cells.iter().all(|(_, cell)| cell.trim().is_empty()) {
            set_aside.push(aside(at, line, "a record", "an object without values".to_owned(), "delete the line"));
            continue;
        }
        let mut row: Vec<Box<str>> = vec!["".into(); headers.len()];
        for (name, cell) in cells {
            let place = *places.get_or_insert(name.clone(), || {
                headers.push(name);
                headers.len() - 1
            });
            row.resize(headers.len().max(row.len()), "".into());
            row[place] = cell;
        }
        if headers.len() > MAX_COLUMNS {
            return Err(ReadError::new(
                file,
                format!("at most {MAX_COLUMNS} different keys"),
                "more",
                "export fewer fields",
            )
            .at(line_number));
        }
        rows.push(Row { line: line_number, cells: row });
    }
    if rows.is_empty()
        && let Some(first) = set_aside.first()
    {
        return Err(refused(file, first));
    }
    for row in &mut rows {
        row.cells.resize(headers.len(), "".into());
    }
    let recognised = known.look(file, &headers, options, &mut notes)?;
    Ok(Table {
        file: file.to_owned(),
        object: recognised.map(|recognised| recognised.object),
        columns: known.assign(headers, recognised, &mut notes),
        rows,
        set_aside,
        notes,
    })
}

/// What was read, with the lines it stood on.
type Numbered<T> = Vec<(u64, T)>;

/// Reads typed objects, one a line; those that are none are set aside.
pub(super) fn typed<T: crate::json::Decode>(
    file: &str,
    text: &str,
    expected: &str,
    help: &str,
) -> Result<(Numbered<T>, Vec<SetAside>), ReadError> {
    let (mut read, mut set_aside) = (Vec::new(), Vec::new());
    for (at, line) in lines(text) {
        // The decoder of contracts reads these too: its faults have addresses, and the engine carries one reader.
        let mut faults = Vec::new();
        let value = crate::json::read(line, &mut faults);
        let typed = value.and_then(|value| crate::json::decode::<T>(&value, &mut faults));
        let (path, found) = match (typed, faults.into_iter().next()) {
            (Some(typed), None) => {
                read.push((at as u64 + 1, typed));
                continue;
            }
            (_, Some(fault)) => (fault.address.trim_start_matches('/').replace('/', "."), fault.message),
            (None, None) => (String::new(), "another kind of value".to_owned()),
        };
        let mut fault = aside(at, line, expected, found, help);
        fault.column = (!path.is_empty()).then_some(path);
        set_aside.push(fault);
    }
    match set_aside.first() {
        Some(first) if read.is_empty() => {
            Err(ReadError { column: first.column.as_deref().map(Into::into), ..refused(file, first) })
        }
        _ => Ok((read, set_aside)),
    }
}
