//! Records: what stands in the CRM and what arrives from outside.
//!
//! Input: tables of text as the readers of [`crate::crm`] make them, or JSON events. Output: typed [`Record`]s in a
//! [`Crm`] snapshot with its indexes, and [`Event`]s. Invariant: the text a value was read from is never lost; a cell
//! that cannot be read is kept as [`Cell::Invalid`] and counts as unknown.

mod cell;
mod event;
mod field;
mod raw;
mod snapshot;
mod state;
mod table;

pub use cell::{Cell, Record, Value};
pub use event::{
    ActionProposal, Deed, Event, EventKind, Message, MessageCategory, Principal, Proposal, Provenance, RecordRef,
    Statement,
};
pub(crate) use field::LeadFields;
pub use field::{
    AccountField, ActivityField, ContactField, FieldDef, Kind, LeadField, Object, OpportunityField, OwnerField,
};
pub use raw::RawName;
pub use snapshot::{Crm, Owner};
pub(crate) use snapshot::{Place, person_key};
pub use state::{Because, Count, Given, Pending, PoolState, Promise, Refused, State};
pub(crate) use state::{Kept, key};
pub use table::{Column, Row, SetAside, Summary, Table, TableNote};
