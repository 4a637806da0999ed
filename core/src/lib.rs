//! The Interlock engine.
//!
//! Pure: no input or output, clock, randomness or JavaScript. Everything a decision depends on is an argument.

pub mod contract;
pub mod id;
pub mod record;
pub mod scale;
pub mod time;
