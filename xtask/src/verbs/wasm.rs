//! `cargo xtask wasm`: the wasm modules, in `dist/` and `pkg/dist/`.

use anyhow::Result;

use crate::dist;
use crate::place::Place;
use crate::wasm::modules;

/// Builds all modules and puts them where they are served and packed from.
pub(crate) fn wasm(place: &Place) -> Result<()> {
    let modules = modules(place)?;
    dist::assemble(&modules, place)
}
