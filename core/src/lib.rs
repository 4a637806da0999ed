//! The Interlock engine.
//!
//! Pure: no input or output, clock, randomness or JavaScript. Everything a decision depends on is an argument.

pub mod audit;
pub mod check;
pub mod classify;
pub mod contract;
pub mod crm;
pub mod decide;
pub mod decision;
pub mod diff;
pub mod gate;
pub mod handoff;
pub mod id;
pub mod identity;
pub mod intake;
pub mod json;
pub mod normal;
pub mod plan;
pub mod preview;
pub mod protected;
pub mod record;
pub mod route;
pub mod scale;
pub mod session;
pub mod suppression;
pub mod text;
pub mod time;
pub mod workspace;
