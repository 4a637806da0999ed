//! Normal forms: one value, one spelling.
//!
//! Pure functions from the text of a cell to a form that can be compared, used by intake and by identity. None of them
//! replaces the raw value: what a person typed is kept beside what it was read as. Every form is idempotent (the normal
//! form of a normal form is itself) and no input makes any of them panic; a value that cannot be read is a small
//! `…Problem` that says what is wrong in `Display` and what to do in `help`.
//!
//! In reading order: text, people and companies, addresses, places, numbers, times.
//!
//! Four tables are written by examples of this crate, and each says from what: the public-suffix list
//! (`refresh_public_suffix`), the calling codes (`refresh_phone_codes`), letters with marks (`refresh_fold`) and time zones
//! (`refresh_time_zones`). The others are kept by hand in `core/src/tables/`, one entry a line, sorted by bytes up to the `=`; the tests check them.

pub(crate) mod case;
mod compose;
pub mod fold;
mod fold_table;
pub(crate) mod lines;

pub mod company;
pub mod name;
pub mod nickname;

pub mod domain;
pub mod email;
pub mod free_mail;
pub mod public_suffix;
pub mod punycode;

pub mod address;
pub mod codes;
pub mod country;
pub mod phone;
mod phone_codes;
pub mod postal;
pub mod state;

pub mod boolean;
pub mod money;
pub mod number;

pub mod date;
mod date_parts;
pub mod duration;
pub mod zone;
