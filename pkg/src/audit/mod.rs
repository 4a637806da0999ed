//! What reads audit logs, in a worker or in a backend.
//!
//! Input: a log in pieces, as a file gives them. Output: JSON text of what was found. Invariant: a log is read without ever
//! being held as a whole.

mod host;

use interlock_core::audit::log::Head;
use interlock_core::audit::verify::Verifier;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

pub use self::host::Host;
use crate::{Answer, has_tables, json_text, problem};

/// One log and what was found in it.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Trail {
    verifier: Option<Verifier>,
}

#[wasm_bindgen]
impl Trail {
    /// No log yet.
    ///
    /// # Errors
    /// When the word lists are not there.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Result<Self, JsValue> {
        has_tables()?;
        Ok(Self::default())
    }

    /// Begins to read a log, from its first byte. `head` is JSON text of what it must be known by, where that is at hand.
    ///
    /// # Errors
    /// When the head cannot be read.
    pub fn open(&mut self, head: Option<String>) -> Answer {
        let read = |text: String| {
            let help = "take the file that `interlock audit head` writes";
            serde_json::from_str::<Head>(&text)
                .map_err(|error| problem(&format!("the head cannot be read: {error}"), help))
        };
        self.verifier = Some(Verifier::new(head.map(read).transpose()?));
        json_text(&())
    }

    /// The next piece of the log; lines may be cut anywhere.
    ///
    /// # Errors
    /// When no log was opened.
    pub fn feed(&mut self, bytes: &[u8]) -> Answer {
        self.verifier.as_mut().ok_or_else(not_open)?.feed(bytes);
        json_text(&())
    }

    /// The log has ended: JSON text of the report on it.
    ///
    /// # Errors
    /// When no log was opened.
    pub fn end(&mut self) -> Answer {
        let verifier = self.verifier.take().ok_or_else(not_open)?;
        json_text(&verifier.end())
    }
}

fn not_open() -> JsValue {
    problem("no log was opened", "call `open` first")
}
