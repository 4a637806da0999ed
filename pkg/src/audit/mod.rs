//! What reads audit logs, in a worker or in a backend.
//!
//! Input: a log in pieces, as a file gives them. Output: JSON text of what was found. Invariant: verifying reads a log without
//! holding it; of entries the last are held, at most as many as `interlock_core::audit::trail` says.

mod explore;
mod host;
mod metrics;
mod review;
mod rollback;

use interlock_core::audit::log::Head;
use interlock_core::audit::session::{Session, Trouble};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

pub use self::host::Host;
use crate::{Answer, has_tables, json_text, problem, thrown};

/// One log and what was found in it; the contract in force; answers that are not written yet.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Trail(Session);

/// A head, alone or as `interlock audit head` writes it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Kept {
    Signed { head: Head },
    Bare(Head),
}

fn head(text: &str) -> Result<Head, JsValue> {
    match serde_json::from_str(text) {
        Ok(Kept::Signed { head } | Kept::Bare(head)) => Ok(head),
        Err(_) => {
            let help = "take the file that `interlock audit head` writes";
            Err(problem("this is no head of a log: expected `log`, `size`, `tree` and `last`", help))
        }
    }
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

    /// Begins to read a log, from its first byte; what was kept of another is let go once this one has ended. `head` is JSON text of what it must be
    /// known by, where that is at hand; with `hold` false it is verified and cannot be looked into.
    ///
    /// # Errors
    /// When the head cannot be read.
    pub fn open(&mut self, head: Option<String>, hold: Option<bool>) -> Answer {
        self.0.open(head.map(|text| self::head(&text)).transpose()?, hold != Some(false));
        json_text(&())
    }

    /// The next piece of the log; lines may be cut anywhere.
    ///
    /// # Errors
    /// None; the signature is that of all verbs.
    pub fn feed(&mut self, bytes: &[u8]) -> Answer {
        self.0.feed(bytes);
        json_text(&())
    }

    /// The log has ended: JSON text of the report on it, and of how much is held.
    ///
    /// # Errors
    /// When it is no log at all: what was read before it is kept.
    pub fn end(&mut self) -> Answer {
        answer(self.0.end())
    }

    /// Whether the log is the one a head was kept of: JSON text of how many lines it has grown by, and of what was signed, in
    /// hexadecimal, for whoever has the key.
    ///
    /// # Errors
    /// When it is another log, was cut off or written anew.
    pub fn check_head(&self, head: &str) -> Answer {
        let head = self::head(head)?;
        let grown = told(self.0.check_head(&head))?;
        let signed =
            head.signed_bytes().map_err(|error| problem(&error.to_string(), "take the file as it was written"))?;
        json_text(&Matches { grown, signed: signed.iter().map(|byte| format!("{byte:02x}")).collect() })
    }

    /// Sets the contract in force: JSON text of what checking it found.
    ///
    /// # Errors
    /// None; the signature is that of all verbs.
    pub fn set_contract(&mut self, text: &str) -> Answer {
        json_text(&self.0.set_contract(text))
    }
}

#[derive(Serialize)]
struct Matches {
    grown: u64,
    signed: String,
}

/// An answer, or the trouble as it is thrown.
fn told<T>(result: Result<T, Trouble>) -> Result<T, JsValue> {
    result.map_err(|trouble| thrown(&trouble))
}

fn answer<T: Serialize>(result: Result<T, Trouble>) -> Answer {
    json_text(&told(result)?)
}
