//! Checking a contract: every finding at once, and a plan when there is no error.

mod finding;

pub use finding::{Finding, Severity, TextPlace};
