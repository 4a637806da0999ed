//! Readers: files as CRMs export them, in; tables and events, out.
//!
//! Input: the bytes of a file and its name. Output: a [`Table`] (then [`events()`] of it), or typed events and proposals;
//! or a [`ReadError`] that says where, what was expected, what was found and what to do. Values are not interpreted
//! here, with one exception: dates are made ISO, because only a whole column tells `03/04` from `04/03`. Invariant:
//! nothing is lost silently. Each row of a file is read or set aside with its text and the reason; each column has a
//! field or keeps its header; what was guessed, left out or found twice is a note. No input makes a reader panic.
//! Sources: the export formats of Salesforce, HubSpot, Zoho CRM and Pipedrive; RFC 4180; JSON Lines.
//!
//! ```
//! use interlock_core::{crm, record::Object};
//!
//! let file = "Lead ID;First Name;Last Name;Company / Account;Email;Lead Owner;Create Date\r\n\
//!             00Q1;Ana;Lima;Acme;ana@acme.com;Pam Beesly;18.08.2024\r\n\
//!             00Q2;Bo\r\n";
//! let table = crm::read("leads.csv", file.as_bytes(), &crm::Options::default())?;
//! assert_eq!(table.object, Some(Object::Lead));
//! assert_eq!(&*table.rows[0].cells[6], "2024-08-18");
//! assert_eq!(table.set_aside[0].found, "2");
//! assert_eq!(table.summary().to_string(), "2 rows: 1 read, 1 set aside; 7 columns: 7 with a field, 0 kept under their header");
//!
//! let captured = crm::events(&table, None, interlock_core::time::Timestamp::default())?;
//! assert_eq!(captured.events[0].fields.get("lead.company").unwrap(), "Acme");
//! # Ok::<(), crm::ReadError>(())
//! ```

mod arrived;
mod columns;
mod dates;
mod error;
mod events;
mod id;
mod json;
mod layout;
mod recognise;
mod rows;
mod sheet;
mod text;
mod write;

pub use arrived::arrived;
pub use error::ReadError;
pub(crate) use error::shown_list;
pub use events::{Captured, Proposals, RecordKey, events, read_events, read_proposals};
pub(crate) use id::comparable;
pub use id::{record_id, record_ids};
pub use layout::fold_header;
pub(crate) use layout::{each_column, key as header_key};
pub use text::MAX_BYTES;
pub(crate) use write::is_safe;
pub use write::write_csv;

use crate::contract::{Contract, CustomField, DateOrder};
use crate::record::{Object, Table};

/// The most rows of a file.
pub const MAX_ROWS: usize = 200_000;
/// The most columns of a file.
pub const MAX_COLUMNS: usize = 512;
/// The most bytes of a cell; a row with more is set aside.
pub const MAX_CELL: usize = 64 * 1024;

/// What is known of a file beside its bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'c> {
    /// What its rows are; by default what the headers show. A contacts export can be read as leads.
    pub object: Option<Object>,
    /// The contract's custom fields: their columns are expected, and their dates are made ISO too.
    pub custom: &'c [CustomField],
    /// Which of day and month comes first; by default what the dates of the file show.
    pub date_order: Option<DateOrder>,
    /// Whether a file is read although its headers are of no CRM, or leave open what its rows are. Then its
    /// [`Table::object`] is none and each column is kept under its header.
    pub any: bool,
}

impl<'c> Options<'c> {
    /// What a contract says of files.
    #[must_use]
    pub fn of(contract: &'c Contract, object: Option<Object>) -> Self {
        Self { object, custom: &contract.custom_fields, date_order: contract.settings.date_order, any: false }
    }
}

/// Reads an export: CSV in any of its forms, or JSON Lines.
///
/// # Errors
/// When the file as a whole cannot be read: no text, too large, no known column, or a kind of record that the headers
/// leave open and `options` does not state.
pub fn read(file: &str, bytes: &[u8], options: &Options<'_>) -> Result<Table, ReadError> {
    let text::Text { text, notes } = text::decode(file, bytes)?;
    let known = layout::Headers::new(options.custom);
    let start: String = text.chars().filter(|c| !c.is_whitespace()).take(2).collect();
    let mut table = match start.as_str() {
        "[{" | "[]" => return Err(json::refuse_list(file)),
        "{\"" | "{}" => json::table(file, &text, &known, options, notes)?,
        _ => sheet::table(file, &text, &known, options, notes)?,
    };
    dates::make_iso(&mut table, &known, options.date_order);
    Ok(table)
}

#[cfg(test)]
mod tests;
