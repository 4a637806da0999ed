//! `cargo xtask build`: the wasm modules, then the command with the panel inside.

use anyhow::Result;

use crate::place::Place;
use crate::run;
use crate::verbs::wasm;

/// Builds everything that is handed out.
pub(crate) fn build(place: &Place) -> Result<()> {
    wasm(place)?;
    command(place)
}

/// Builds the command alone, around the panel that is in `dist/`.
pub(crate) fn command(place: &Place) -> Result<()> {
    run::say("building the interlock command");
    let mut cargo = run::cargo(place);
    cargo.args(["build", "--release", "--package", "interlock"]);
    run::finish(&mut cargo)?;
    run::print(&format!("{}", place.interlock().display()));
    Ok(())
}
