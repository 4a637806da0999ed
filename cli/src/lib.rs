//! The parts of the `interlock` command that can be used and tested without starting it.

pub mod panel;
pub mod serve;
