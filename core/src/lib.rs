//! The Interlock engine.
//!
//! Pure: no input or output, clock, randomness or JavaScript. Everything a decision depends on is an argument.

pub mod check;
pub mod contract;
pub mod diff;
pub mod id;
pub mod json;
pub mod preview;
pub mod record;
pub mod scale;
pub mod time;
