//! The Interlock engine.

pub mod normal;
