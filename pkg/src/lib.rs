//! The engine for JavaScript: one thin function per verb of `interlock-core`.

use wasm_bindgen::prelude::wasm_bindgen;

/// The version of the engine.
#[must_use]
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
