//! JSON as people write it: addresses by id, places in the text, every fault of a half-written file at once.
//!
//! Input: the text of a contract, or its value. Output: values, findings with addresses and places, canonical bytes.
//! Invariant: no text makes it panic, and nothing that is read is dropped without a finding. Sources: RFC 8259 (JSON),
//! RFC 6901 (the escapes of addresses), RFC 8785 (canonical form).

pub mod address;
#[cfg(test)]
pub(crate) mod arbitrary;
mod canonical;
mod decode;
mod fault;
mod node;
mod place;
mod pretty;
mod scan;
mod sorted;
mod suggest;
mod syntax;
mod tree;
mod types;
mod walk;
mod write;

pub use canonical::{CanonicalError, canonical, digest};
pub use decode::{decode, decode_contract, fitting, typed};
pub(crate) use fault::shown;
pub use interlock_derive::Decode;
pub use node::{Decode, Node};
pub use place::{Part, duplicates, locate, place_at, place_of, read};
pub(crate) use pretty::pretty;
pub(crate) use suggest::did_you_mean;
pub use suggest::suggest;
pub use write::text;

/// How deep a contract may be nested; deeper ones are refused before anything walks them.
pub const MAX_DEPTH: usize = 64;
