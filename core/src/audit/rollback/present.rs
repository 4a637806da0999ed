//! What stands in the CRM now.
//!
//! Input: the CRM's tables, or nothing. Output: what stands in a cell, as text. Invariant: what is not known is said to be
//! unknown; two texts are the same value where the field's kind reads them as the same.

use super::CellRef;
use crate::crm::{comparable, fold_header};
use crate::id::OwnerId;
use crate::intake::read_cell;
use crate::order;
use crate::plan::Plan;
use crate::record::{Cell, Crm, Kind, Object, RecordRef, Table};

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nobody has looked, or the file has no such column: the last that the log knows of counts.
    Unknown,
    /// The records were given, and this is none of them.
    Gone,
    /// This; none for a blank.
    Value(Option<String>),
}

/// What stands in the CRM now.
pub trait Present {
    /// What stands in a cell.
    fn standing(&self, cell: &CellRef) -> Standing;

    /// Whether two texts are the same value of a field.
    fn same(&self, _cell: &CellRef, one: Option<&str>, other: Option<&str>) -> bool {
        one == other
    }

    /// Whose a record is, where that is known.
    fn owner(&self, _record: &RecordRef) -> Option<OwnerId> {
        None
    }
}

/// Nothing but the log: its own last value counts.
#[derive(Clone, Copy, Debug, Default)]
pub struct LogAlone;

impl Present for LogAlone {
    fn standing(&self, _: &CellRef) -> Standing {
        Standing::Unknown
    }
}

/// A record of the tables.
type Id<'t> = (Object, &'t str);

/// The CRM's tables, as read from its exports.
#[derive(Debug)]
pub struct InTables<'t> {
    tables: &'t [Table],
    plan: &'t Plan,
    crm: &'t Crm,
    /// Where each record stands: its table and its row there.
    rows: Vec<(Id<'t>, (usize, usize))>,
}

impl<'t> InTables<'t> {
    /// Finds the records of the tables. `crm` is the snapshot of the same tables: it knows the owners by all their names.
    #[must_use]
    pub fn new(tables: &'t [Table], plan: &'t Plan, crm: &'t Crm) -> Self {
        let mut rows = Vec::new();
        for (place, table) in tables.iter().enumerate() {
            let Some(object) = table.object else { continue };
            let Some(id) = table.column(&format!("{object}.id")) else { continue };
            let ids = table.rows.iter().enumerate().filter_map(|(row, cells)| Some((row, cells.cells.get(id)?)));
            rows.extend(ids.map(|(row, id)| ((object, comparable(id)), (place, row))));
        }
        order::sort_all(&mut rows);
        Self { tables, plan, crm, rows }
    }

    /// The rows of a record: in several files it may stand in each.
    fn rows(&self, object: Object, id: &str) -> impl Iterator<Item = (&'t Table, usize)> {
        let key = (object, comparable(id));
        let first = self.rows.partition_point(|(known, _)| *known < key);
        let rows = self.rows.get(first..).unwrap_or_default().iter();
        rows.take_while(move |(known, _)| *known == key)
            .filter_map(|(_, (table, row))| Some((self.tables.get(*table)?, *row)))
    }

    /// The text of a cell, where its file has such a column.
    fn text(&self, object: Object, id: &str, field: &str) -> Option<&'t str> {
        self.rows(object, id).find_map(|(table, row)| {
            let column = table.column(field).or_else(|| self.custom_column(table, field))?;
            Some(table.rows.get(row)?.cells.get(column)?.trim())
        })
    }

    /// The column of a custom field, or of one that is called as its header is.
    fn custom_column(&self, table: &Table, field: &str) -> Option<usize> {
        let (object, name) = field.split_once('.')?;
        let custom = self.plan.contract().custom_fields.iter();
        let custom = custom.filter(|custom| custom.object.object().word() == object && custom.id.as_str() == name);
        let names: Vec<String> = custom
            .flat_map(|custom| custom.columns.iter().map(String::as_str))
            .chain([name])
            .map(fold_header)
            .collect();
        table.columns.iter().position(|column| names.contains(&fold_header(&column.header)))
    }

    fn kind(&self, cell: &CellRef) -> Kind {
        let Some((word, name)) = cell.field.as_str().split_once('.') else { return Kind::Text };
        let object = Object::ALL.into_iter().find(|object| object.word() == word);
        let own = object.and_then(|object| object.fields().get(object.slot(name)?)).map(|field| field.kind);
        let contract = self.plan.contract();
        let mut custom = contract.custom_fields.iter().zip(&self.plan.custom);
        own.or_else(|| {
            let named = custom.find(|(custom, _)| custom.object.object().word() == word && custom.id.as_str() == name);
            named.map(|(_, compiled)| compiled.kind)
        })
        .unwrap_or(Kind::Text)
    }
}

impl Present for InTables<'_> {
    fn standing(&self, cell: &CellRef) -> Standing {
        let id = cell.record.as_str();
        match self.text(cell.object, id, cell.field.as_str()) {
            Some("") => Standing::Value(None),
            Some(text) => Standing::Value(Some(text.to_owned())),
            None if self.rows(cell.object, id).next().is_some() => Standing::Unknown,
            None if self.crm.has(cell.object) => Standing::Gone,
            None => Standing::Unknown,
        }
    }

    fn same(&self, cell: &CellRef, one: Option<&str>, other: Option<&str>) -> bool {
        let (Some(one), Some(other)) = (one, other) else { return one == other };
        if one == other {
            return true;
        }
        match self.kind(cell) {
            Kind::Owner => self.crm.owner_id(one) == self.crm.owner_id(other),
            Kind::Reference => comparable(one) == comparable(other),
            kind => match (read_cell(kind, one, self.plan), read_cell(kind, other, self.plan)) {
                (Cell::Known(one), Cell::Known(other)) => one == other,
                _ => one.trim() == other.trim(),
            },
        }
    }

    fn owner(&self, record: &RecordRef) -> Option<OwnerId> {
        let field = format!("{}.owner", record.object);
        let text = self.text(record.object, record.id.as_str(), &field).filter(|text| !text.is_empty())?;
        Some(self.crm.owner_id(text))
    }
}
