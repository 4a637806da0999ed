//! Normal forms: one value, one spelling.
//!
//! Pure functions from the text of a cell to a form that can be compared, used by intake and by identity. None of them
//! replaces the raw value: what a person typed is kept beside what it was read as. Every form is idempotent (the normal
//! form of a normal form is itself) and no input makes any of them panic; a value that cannot be read is a small
//! `…Problem` that says what is wrong in `Display` and what to do in `help`.
//!
//! In reading order: text first, then what is made of it.

pub mod boolean;
pub mod company;
pub mod country;
mod country_names;
pub mod date;
pub mod domain;
pub mod duration;
pub mod email;
pub mod fold;
pub mod free_mail;
pub mod money;
pub mod name;
pub mod number;
pub mod phone;
mod phone_codes;
pub mod public_suffix;
pub mod punycode;
pub mod state;
