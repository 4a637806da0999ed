//! What the panel's worker and other interactive hosts use: files, two contracts, and the preview between them.

use interlock_core::check::{FactEntry, check_text, vocabulary};
use interlock_core::record::Object;
use interlock_core::session::{CheckReport, Session as Core, Trouble, Which};
use interlock_core::workspace::{Arrival, Holds};
use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::{Answer, has_tables, json_text, problem, read, thrown, time};

/// Checks a contract: JSON text of `{findings, usable, id?, version?, digest?}`.
///
/// # Errors
/// None; the signature is that of all verbs.
#[wasm_bindgen]
pub fn check(text: &str) -> Result<String, JsValue> {
    json_text(&CheckReport::from(&check_text(text)))
}

pub(crate) fn holds(word: Option<String>) -> Result<Option<Holds>, JsValue> {
    let Some(word) = word.filter(|word| !word.is_empty()) else { return Ok(None) };
    let help = "one of lead, contact, account, opportunity, activity, owner, proposals, events";
    Holds::parse(&word).map(Some).ok_or_else(|| problem(&format!("no file holds `{word}`"), help))
}

fn which(word: &str) -> Result<Which, JsValue> {
    Which::parse(word).ok_or_else(|| problem(&format!("there is no side `{word}`"), "`baseline` or `candidate`"))
}

fn answer<T: Serialize>(result: Result<T, Trouble>) -> Answer {
    result.map_err(|trouble| thrown(&trouble)).and_then(|value| json_text(&value))
}

/// Files, two contracts, and the preview between them.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Session(Core);

#[wasm_bindgen]
impl Session {
    /// An empty session.
    ///
    /// # Errors
    /// When the word lists are not there.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Result<Self, JsValue> {
        has_tables()?;
        Ok(Self::default())
    }

    /// Adds a file, or replaces the one of the same name: JSON text of what became of it.
    ///
    /// # Errors
    /// When it cannot be read at all.
    pub fn load(&mut self, file_name: &str, bytes: Vec<u8>, hint: Option<String>) -> Answer {
        let report = self.0.load(file_name, bytes, holds(hint)?);
        match &report.error {
            Some(error) => {
                let message = error.to_string();
                Err(thrown(&Unread { message: &message, file: &error.file, help: &error.help, line: error.line }))
            }
            None => json_text(&report),
        }
    }

    /// Takes a file away: JSON text of what is left.
    ///
    /// # Errors
    /// None; the signature is that of all verbs.
    pub fn unload(&mut self, file_name: &str) -> Answer {
        self.0.unload(file_name);
        json_text(&self.0.files())
    }

    /// Takes every file away but the named one: JSON text of what is left.
    ///
    /// # Errors
    /// None; the signature is that of all verbs.
    pub fn keep_only(&mut self, file_name: &str) -> Answer {
        for report in self.0.files() {
            if report.file != file_name {
                self.0.unload(&report.file);
            }
        }
        json_text(&self.0.files())
    }

    /// What became of each file, as JSON text.
    ///
    /// # Errors
    /// None; the signature is that of all verbs.
    pub fn files(&mut self) -> Answer {
        json_text(&self.0.files())
    }

    /// The duplicates among the people (`people`) or the companies (`companies`) of the files, by the match model of the
    /// contract of `side`: JSON text.
    ///
    /// # Errors
    /// When there is no such side, or its contract has no such model.
    pub fn duplicates(&mut self, of: &str, side: &str) -> Answer {
        let of = match of {
            "people" => Object::Lead,
            "companies" => Object::Account,
            _ => return Err(problem(&format!("there are no duplicates of `{of}`"), "`people` or `companies`")),
        };
        answer(self.0.duplicates(of, which(side)?))
    }

    /// How full the material fields are, and how many records are there twice, under the baseline: JSON text for
    /// `Trail.set_standing`.
    ///
    /// # Errors
    /// When a contract or the leads are missing.
    pub fn standing(&mut self) -> Answer {
        answer(self.0.standing())
    }

    /// Lets leads arrive by `time` (the default) or as they stand in the `file`.
    ///
    /// # Errors
    /// When it is neither.
    pub fn set_arrival(&mut self, order: &str) -> Answer {
        let arrival = match order {
            "time" => Arrival::Time,
            "file" => Arrival::File,
            _ => return Err(problem(&format!("leads do not arrive by `{order}`"), "`time` or `file`")),
        };
        self.0.set_arrival(arrival);
        json_text(&())
    }

    /// Sets the baseline or the candidate, if it can be used: JSON text of what checking found.
    ///
    /// # Errors
    /// When `side` is neither.
    pub fn set_contract(&mut self, side: &str, text: &str) -> Answer {
        json_text(&self.0.set_contract(which(side)?, text))
    }

    /// Checks a contract without setting it.
    ///
    /// # Errors
    /// None; the signature is that of all verbs.
    pub fn check(&self, text: &str) -> Answer {
        check(text)
    }

    /// Runs the preview: JSON text of its figures.
    ///
    /// # Errors
    /// When a contract or the leads are missing.
    pub fn preview(&mut self, as_of: &str, seed: u32) -> Answer {
        answer(self.0.preview(time(as_of)?, u64::from(seed)))
    }

    /// A page of leads, for a query as JSON text.
    ///
    /// # Errors
    /// When the query cannot be read or there is no preview.
    pub fn moves(&self, query: &str) -> Answer {
        answer(self.0.moves(&read(query, "the query")?))
    }

    /// Both decisions of one lead in words.
    ///
    /// # Errors
    /// When there is no preview or no such lead.
    pub fn lead(&self, index: u32) -> Answer {
        answer(self.0.lead(index as usize))
    }

    /// The place of a lead by its id in the CRM; nothing where no file has it.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<u32> {
        self.0.find(id).and_then(|place| u32::try_from(place).ok())
    }

    /// One decision of one lead: canonical JSON.
    ///
    /// # Errors
    /// When there is no preview or no such lead.
    pub fn decision(&self, index: u32, side: &str) -> Answer {
        self.0.decision(index as usize, which(side)?).map_err(|trouble| thrown(&trouble))
    }

    /// What differs between the contracts.
    ///
    /// # Errors
    /// When one of them is missing.
    pub fn diff(&self) -> Answer {
        answer(self.0.diff())
    }

    /// What one of the differences does alone.
    ///
    /// # Errors
    /// When there is no preview or no such difference.
    pub fn effect(&mut self, edit_index: u32, as_of: &str, seed: u32) -> Answer {
        let (as_of, seed) = (time(as_of)?, u64::from(seed));
        self.0.preview(as_of, seed).map_err(|trouble| thrown(&trouble))?;
        answer(self.0.effect(edit_index as usize))
    }

    /// One contract as its author wrote it, with its digest.
    ///
    /// # Errors
    /// When it is missing.
    pub fn export(&self, side: &str) -> Answer {
        self.0.export(which(side)?).map_err(|trouble| thrown(&trouble))
    }

    /// What editors complete: facts and owners.
    ///
    /// # Errors
    /// None; the signature is that of all verbs.
    pub fn vocabulary(&self) -> Answer {
        let facts = self.0.contract().map(|contract| vocabulary(contract)).unwrap_or_default();
        let owners = self.0.owners().iter().map(|owner| OwnerEntry {
            id: owner.id.as_str(),
            name: &owner.name,
            email: owner.email.as_deref().unwrap_or_default(),
            active: owner.active,
        });
        json_text(&Vocabulary { facts, owners: owners.collect() })
    }
}

#[derive(Serialize)]
struct Unread<'e> {
    message: &'e str,
    file: &'e str,
    help: &'e str,
    line: Option<u64>,
}

#[derive(Serialize)]
struct Vocabulary<'s> {
    facts: Vec<FactEntry>,
    owners: Vec<OwnerEntry<'s>>,
}

#[derive(Serialize)]
struct OwnerEntry<'s> {
    id: &'s str,
    name: &'s str,
    email: &'s str,
    active: bool,
}
