//! The leads of a batch of events, as a table: so that leads that arrive together are compared with each other.
//!
//! Input: events in order, and the tables there are. Output: a table of the leads that no table has, each as its first
//! event brought it. Invariant: a lead that is in the CRM already is not in it twice; events about other records add nothing.

use super::comparable;
use crate::id::FieldName;
use crate::map::{Map, Set};
use crate::record::{Column, Event, Object, Row, Table};

/// The leads that events bring and no table of leads has; none where there are no such events.
#[must_use]
pub fn arrived(events: &[Event], tables: &[Table]) -> Option<Table> {
    let mut known: Set<&str> = Set::new();
    for table in tables.iter().filter(|table| table.object == Some(Object::Lead)) {
        let is_id = |column: &Column| column.field.as_ref().is_some_and(|field| field.as_str() == "lead.id");
        let Some(at) = table.columns.iter().position(is_id) else { continue };
        for cell in table.rows.iter().filter_map(|row| row.cells.get(at)) {
            known.insert(comparable(cell));
        }
    }
    let new: Vec<&Event> = events
        .iter()
        .filter(|event| event.record.object == Object::Lead && known.insert(comparable(event.record.id.as_str())))
        .collect();
    if new.is_empty() {
        return None;
    }
    let mut names: Map<&str, ()> = Map::new();
    for (name, _) in new.iter().flat_map(|event| event.fields.iter()) {
        names.insert(name.as_str(), ());
    }
    let names: Vec<&str> = names.iter().map(|(name, ())| *name).filter(|name| *name != "lead.id").collect();
    let column = |name: &str| Column {
        header: name.to_owned(),
        field: name.starts_with("lead.").then(|| FieldName::from(name)),
    };
    let rows = new.iter().zip(1..).map(|(event, line)| {
        let cell = |name: &&str| event.fields.get(*name).map_or("", String::as_str).into();
        Row { line, cells: std::iter::once(event.record.id.as_str().into()).chain(names.iter().map(cell)).collect() }
    });
    Some(Table {
        file: "events".to_owned(),
        object: Some(Object::Lead),
        columns: std::iter::once("lead.id").chain(names.iter().copied()).map(column).collect(),
        rows: rows.collect(),
        ..Table::default()
    })
}
