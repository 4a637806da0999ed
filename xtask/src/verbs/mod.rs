//! The verbs, one file each.

mod bench;
mod build;
mod serve;
mod size;
mod test;
mod wasm;

pub(crate) use bench::bench;
pub(crate) use build::{build, command as build_command};
pub(crate) use serve::serve;
pub(crate) use size::size;
pub(crate) use test::test;
pub(crate) use wasm::wasm;
