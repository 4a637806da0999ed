//! The engine for JavaScript: one thin method per verb of `interlock-core`.
//!
//! With the feature `engine` it is the engine: [`Session`] is what the panel's worker and other interactive hosts use;
//! [`Contract`] and [`Crm`] are what a backend decides with. With the feature `audit` it is what reads logs, [`Trail`]: a
//! module of its own, so that nobody loads it who only tries a change. Everything large crosses the boundary as JSON text:
//! what core wrote is what JavaScript gets, byte for byte. What cannot be done is thrown as JSON text of
//! `{message, help?, …}`.

#![cfg_attr(
    not(all(feature = "engine", feature = "audit")),
    allow(dead_code, reason = "what the two modules share is not needed whole by either")
)]

#[cfg(feature = "audit")]
mod audit;
#[cfg(feature = "engine")]
mod backend;
#[cfg(feature = "engine")]
mod session;

use interlock_core::json::{Decode, text, typed};
use interlock_core::tables;
use interlock_core::time::Timestamp;
use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[cfg(feature = "audit")]
pub use audit::{Host, Trail};
#[cfg(feature = "engine")]
pub use backend::{Contract, Crm};
#[cfg(feature = "engine")]
pub use session::{Session, check};

/// The version of the engine.
#[must_use]
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

type Answer = Result<String, JsValue>;

pub(crate) fn json_text(value: &impl Serialize) -> Answer {
    Ok(text(value))
}

pub(crate) fn thrown(error: &impl Serialize) -> JsValue {
    JsValue::from_str(&text(error))
}

pub(crate) fn problem(message: &str, help: &str) -> JsValue {
    thrown(&Problem { message, help })
}

#[derive(Serialize)]
struct Problem<'t> {
    message: &'t str,
    help: &'t str,
}

/// Reads JSON text with the decoder of contracts, so that the engine carries one reader.
pub(crate) fn read<T: Decode>(text: &str, what: &str) -> Result<T, JsValue> {
    typed(text).map_err(|fault| problem(&format!("{what} cannot be read: {fault}"), "see the types of this package"))
}

/// Hands the engine its word lists, the default export of `tables.js`. The package does so by itself.
///
/// # Errors
/// When a list is missing or is of another build.
#[wasm_bindgen]
pub fn install_tables(pack: &str) -> Result<(), JsValue> {
    tables::install(pack).map_err(|message| problem(&message, "take `tables.js` and the engine from one build"))
}

/// Nothing is read before the word lists are there: it would be read otherwise.
pub(crate) fn has_tables() -> Result<(), JsValue> {
    if tables::ready() {
        Ok(())
    } else {
        Err(problem("the engine has no word lists yet", "call `install_tables` with the default export of `tables.js`"))
    }
}

pub(crate) fn time(text: &str) -> Result<Timestamp, JsValue> {
    let help = "write RFC 3339, `2026-11-22T09:30:00Z`";
    Timestamp::parse(text).ok_or_else(|| problem(&format!("`{text}` is not a time"), help))
}
