//! Files of records to be matched: read, and their columns found.

use std::collections::BTreeMap;
use std::path::Path;

use interlock_core::contract::MatchModel;
use interlock_core::crm;
use interlock_core::identity::columns::{Mapping, Stated};
use interlock_core::identity::forms::Reading;
use interlock_core::identity::index::Index;
use interlock_core::map::Map;
use interlock_core::record::{SetAside, Table, TableNote};
use schemars::JsonSchema;
use serde::Serialize;

use crate::failure::Failure;
use crate::input::{Disk, shown};

/// A file of records.
#[derive(Debug)]
pub(super) struct Source {
    table: Table,
    mapping: Mapping,
    /// By which each record is known.
    pub(super) ids: Vec<String>,
}

/// What became of a file.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SourceReport {
    /// Its name.
    pub file: String,
    /// Rows that were read.
    pub rows: usize,
    /// Rows that could not be read.
    pub set_aside: Vec<SetAside>,
    /// What else there is to say.
    pub notes: Vec<TableNote>,
    /// The column of ids; none where records are known by their line.
    pub id: Option<String>,
    /// What is compared, and which columns hold it.
    pub columns: Vec<Used>,
    /// Columns that are not used.
    pub unused: Vec<String>,
}

/// Columns that hold one thing.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Used {
    /// What: an attribute's word, or `name`.
    pub of: &'static str,
    /// Their headers.
    pub columns: Vec<String>,
}

/// What is said of a file beside its name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said<'a> {
    pub(super) columns: &'a [Stated],
    pub(super) id: Option<&'a str>,
    /// What the contract says of columns.
    pub(super) kept: &'a Map<String, Vec<String>>,
    /// The flag that says its columns.
    pub(super) flag: &'static str,
}

impl Source {
    pub(super) fn read(
        disk: &mut Disk,
        path: &Path,
        said: Said<'_>,
        model: &MatchModel,
        reading: Reading,
    ) -> Result<Self, Failure> {
        let bytes = disk.read(path)?;
        let options = crm::Options { any: true, ..crm::Options::default() };
        let mut table = crm::read(&shown(path), &bytes, &options).map_err(|error| Failure::from(&error))?;
        // What a decision would miss is not missed here.
        let of_fields = ["missing-column", "unknown-column", "duplicate-column", "other-object"];
        table.notes.retain(|note| !of_fields.contains(&note.code));
        let mapping = Mapping::find(&table, said.columns, said.kept, said.id, model, reading).map_err(|error| {
            let failure = Failure::from(&error);
            Failure { help: failure.help.map(|help| format!("{help} (`{}`)", said.flag)), ..failure }
        })?;
        if table.rows.is_empty() {
            let what = format!("`{}` has no row that can be read", table.file);
            return Err(Failure::new(what, "export the records again"));
        }
        let ids: Vec<String> = table.rows.iter().map(|row| mapping.id(row)).collect();
        if let Some(note) = repeated(&ids) {
            table.notes.push(note);
        }
        Ok(Self { table, mapping, ids })
    }

    /// Indexes its records.
    pub(super) fn index(&self, model: &MatchModel) -> Index {
        let mut rows = self.table.rows.iter();
        Index::build(model, |forms| match rows.next() {
            Some(row) => {
                self.mapping.fill(row, forms);
                true
            }
            None => false,
        })
    }

    pub(super) fn id(&self, record: u32) -> &str {
        self.ids.get(record as usize).map_or("", String::as_str)
    }

    pub(super) fn report(&self) -> SourceReport {
        let header = |at: &usize| self.table.columns.get(*at).map_or_else(String::new, |column| column.header.clone());
        SourceReport {
            file: self.table.file.clone(),
            rows: self.table.rows.len(),
            set_aside: self.table.set_aside.clone(),
            notes: self.table.notes.clone(),
            id: self.mapping.id.as_ref().map(header),
            columns: self
                .mapping
                .parts
                .iter()
                .map(|part| Used { of: part.of.word(), columns: part.columns.iter().map(header).collect() })
                .collect(),
            unused: self.mapping.unused.iter().map(header).collect(),
        }
    }
}

/// Says that several rows have one id.
fn repeated(ids: &[String]) -> Option<TableNote> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for id in ids {
        *counts.entry(id).or_default() += 1;
    }
    let repeated: Vec<&str> = counts.iter().filter(|(_, count)| **count > 1).map(|(id, _)| *id).collect();
    let first = repeated.first()?;
    Some(TableNote {
        code: "repeated-id",
        message: format!("several rows have one id: {} such ids, the first is `{first}`", repeated.len()),
        help: Some("name the column of ids that no two rows share".to_owned()),
    })
}
