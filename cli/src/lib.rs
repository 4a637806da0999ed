//! The parts of the `interlock` command that can be used and tested without starting it.
//!
//! Input: arguments, named files, standard input. Output: text for people or JSON for programs on standard output, what
//! went wrong and progress on standard error, and one of the exit codes of [`Ended`]. The engine is
//! [`interlock_core`]; nothing is decided here.

pub mod arguments;
pub mod failure;
pub mod input;
pub mod output;
pub mod panel;
pub mod progress;
pub mod schemas;
pub mod serve;
pub mod verbs;

/// How a command that could run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Done: exit code 0.
    Well,
    /// Done, with findings that fail it, a budget exceeded or an expectation missed: exit code 1.
    WithFindings,
}
