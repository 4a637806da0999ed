//! What a backend decides with: a contract, a snapshot of its CRM, one event after the other.

use interlock_core::check::{Finding, check_text};
use interlock_core::decide::decide;
use interlock_core::plan::Plan;
use interlock_core::record::{Crm as Snapshot, Event, State};
use interlock_core::workspace::{self, Data, File, Reading};
use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::session::holds;
use crate::{has_tables, json_text, problem, read, thrown, time};

/// A contract that was checked and can decide.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Contract(Plan);

#[wasm_bindgen]
impl Contract {
    /// Reads and checks a contract.
    ///
    /// # Errors
    /// When it cannot be used: `{message, help, findings}`.
    #[wasm_bindgen(constructor)]
    pub fn new(text: &str) -> Result<Self, JsValue> {
        has_tables()?;
        let checked = check_text(text);
        let findings = checked.findings;
        checked.plan.map(Self).ok_or_else(|| {
            let help = "mend the findings that are errors";
            thrown(&Unusable { message: "the contract cannot be used", help, findings: &findings })
        })
    }

    /// `sha256:` and the digest of its canonical JSON.
    #[must_use]
    #[wasm_bindgen(getter)]
    pub fn digest(&self) -> String {
        self.0.digest().to_owned()
    }

    /// Decides one event. `state` is the one that the last decision gave back, or empty. Returns JSON text of
    /// `{decision, state}`; `decision` is canonical JSON. With `hold`, what goes to a person is kept in the state's
    /// `pending`, and what depends on it is held until it is taken out there.
    ///
    /// # Errors
    /// When the event, the state or the time cannot be read.
    pub fn decide(
        &self,
        event: &str,
        crm: &Crm,
        state: &str,
        as_of: &str,
        seed: u32,
        hold: Option<bool>,
    ) -> Result<String, JsValue> {
        let event: Event = read(event, "the event")?;
        let state = if state.is_empty() {
            let mut state = State::default();
            state.count_open(&self.0, &crm.snapshot);
            state
        } else {
            read(state, "the state")?
        };
        let (decision, mut state) = decide(&self.0, &event, &crm.snapshot, state, time(as_of)?, u64::from(seed));
        if hold == Some(true) {
            state.wait(&decision);
        }
        let decision = decision.canonical().map_err(|error| problem(&error.to_string(), "write it as a text"))?;
        let state = json_text(&state)?;
        Ok(format!(r#"{{"decision":{decision},"state":{state}}}"#))
    }
}

#[derive(Serialize)]
struct Unusable<'c> {
    message: &'c str,
    help: &'c str,
    findings: &'c [Finding],
}

/// A snapshot of the CRM, from its exports.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Crm {
    files: Vec<File>,
    data: Data,
    snapshot: Snapshot,
}

#[wasm_bindgen]
impl Crm {
    /// An empty snapshot.
    ///
    /// # Errors
    /// When the word lists are not there.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Result<Self, JsValue> {
        has_tables()?;
        Ok(Self::default())
    }

    /// Adds an export; it counts once [`Crm::build`] has run.
    ///
    /// # Errors
    /// When `hint` is no kind of record.
    pub fn add(&mut self, file_name: &str, bytes: Vec<u8>, hint: Option<String>) -> Result<(), JsValue> {
        self.files.push(File { name: file_name.to_owned(), bytes, holds: holds(hint)? });
        Ok(())
    }

    /// Reads what was added and builds the snapshot: JSON text of what became of each file.
    ///
    /// # Errors
    /// When the time cannot be read.
    pub fn build(&mut self, contract: &Contract, as_of: &str) -> Result<String, JsValue> {
        let reading = Reading { as_of: time(as_of)?, ..Reading::default() };
        self.data = workspace::read(&self.files, contract.0.contract(), reading);
        self.snapshot = Snapshot::build(&self.data.tables, &contract.0);
        json_text(&self.data.reports)
    }

    /// The leads of the exports as events, in order of arrival: JSON text of a list.
    ///
    /// # Errors
    /// None; the signature is that of all verbs.
    pub fn events(&self) -> Result<String, JsValue> {
        json_text(&self.data.events)
    }
}
