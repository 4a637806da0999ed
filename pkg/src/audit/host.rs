//! What a backend does between decisions: who accepted a lead, who gave one back, what a person refused, which response
//! times were not kept.
//!
//! Input: a contract, the state that the last decision gave, what happened. Output: the state after it, or the breaches.
//! Invariant: nothing happened where anything of it cannot be read: the state stays as it was.

use interlock_core::audit::{Entry, review};
use interlock_core::check::check_text;
use interlock_core::contract::ActionKind;
use interlock_core::id::{FieldName, OwnerId, PoolId};
use interlock_core::plan::Plan;
use interlock_core::record::{Because, RecordRef, Refused, State};
use interlock_core::route;
use interlock_core::time::Timestamp;
use serde::Deserialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::{Answer, has_tables, json_text, problem, read, time};

/// A contract, for what happens between decisions.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Host(Plan);

/// What happened.
#[derive(Deserialize)]
#[serde(tag = "what", rename_all = "snake_case", deny_unknown_fields)]
enum Happened {
    /// The owner took the lead on.
    Accepted { record: RecordRef },
    /// The buyer heard from somebody.
    Responded { record: RecordRef },
    /// The clocks of its response times stand still.
    Paused { record: RecordRef, at: Timestamp },
    /// They go on.
    Resumed { record: RecordRef, at: Timestamp },
    /// An owner has one open lead less.
    Closed { owner: OwnerId },
    /// A lead that a pool gave at a time came back; `names` are what the pool remembers it by, e-mail address and domain.
    GivenBack {
        pool: PoolId,
        owner: OwnerId,
        at: Timestamp,
        #[serde(default)]
        names: Vec<String>,
    },
    /// What waited for a person was decided.
    Settled { record: RecordRef, action: ActionKind, field: Option<FieldName> },
    /// It is not to be done or offered again.
    Refused { record: RecordRef, action: ActionKind, field: Option<FieldName>, value: String, because: Because },
    /// A person answered an entry of the log: what follows for what waits, is refused, or took a turn.
    Answered { asked: Box<Entry>, answer: Box<Entry> },
    /// Something went out to somebody, by address or id.
    Touched { who: String, at: Timestamp },
}

#[wasm_bindgen]
impl Host {
    /// Reads and checks a contract.
    ///
    /// # Errors
    /// When it cannot be used.
    #[wasm_bindgen(constructor)]
    pub fn new(contract: &str) -> Result<Self, JsValue> {
        has_tables()?;
        let plan = check_text(contract).plan;
        plan.map(Self).ok_or_else(|| problem("the contract cannot be used", "`check` says what is wrong with it"))
    }

    /// Every response time that is not kept at a time: JSON text of a list. Each is worth an event `sla_breached` of its
    /// record, which routes the lead anew where the rule says so.
    ///
    /// # Errors
    /// When the state or the time cannot be read.
    pub fn breaches(&self, state: &str, as_of: &str) -> Answer {
        let state = stated(state)?;
        json_text(&route::breaches(&self.0, &state, time(as_of)?))
    }

    /// The state after what happened, a JSON text of a list, in order: `[{"what": "accepted", "record": …}]`.
    ///
    /// # Errors
    /// When state or list cannot be read, or name a pool that the contract does not have.
    pub fn after(&self, state: &str, happened: &str) -> Answer {
        let mut state = stated(state)?;
        let happened: Vec<Happened> = serde_json::from_str(happened).map_err(|error| {
            problem(&format!("what happened cannot be read: {error}"), "see `Happened` in the types of this package")
        })?;
        for one in happened {
            self.take(&mut state, one)?;
        }
        json_text(&state)
    }

    fn take(&self, state: &mut State, happened: Happened) -> Result<(), JsValue> {
        match happened {
            Happened::Accepted { record } => _ = state.accept(&record),
            Happened::Responded { record } => _ = state.respond(&record),
            Happened::Paused { record, at } => state.pause(&record, at),
            Happened::Resumed { record, at } => state.resume(&self.0, &record, at),
            Happened::Closed { owner } => state.close(&owner),
            Happened::GivenBack { pool, owner, at, names } => {
                let mut pools = self.0.contract().routing.iter().flat_map(|routing| &routing.pools);
                let Some(known) = pools.find(|known| known.id == pool) else {
                    return Err(problem(&format!("the contract has no pool `{pool}`"), "name one of its pools"));
                };
                state.give_back(known, &owner, at);
                names.iter().for_each(|name| state.forget(&pool, name));
            }
            Happened::Settled { record, action, field } => _ = state.settle(&record, action, field.as_ref()),
            Happened::Refused { record, action, field, value, because } => {
                state.settle(&record, action, field.as_ref());
                state.keep_refused(&record, Refused { action, field, value, because });
            }
            Happened::Answered { asked, answer } => review::keep(&self.0, &asked, &answer, state),
            Happened::Touched { who, at } => state.touch(&who, at),
        }
        Ok(())
    }
}

fn stated(text: &str) -> Result<State, JsValue> {
    if text.is_empty() { Ok(State::default()) } else { read(text, "the state") }
}
