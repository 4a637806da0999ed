//! How well it works.

use wasm_bindgen::prelude::wasm_bindgen;

use super::{Trail, told};
use crate::{Answer, json_text, read};

#[wasm_bindgen]
impl Trail {
    /// Every figure of the entries that are held, by the contract in force: JSON text.
    ///
    /// # Errors
    /// None; the signature is that of all verbs.
    pub fn metrics(&self) -> Answer {
        json_text(&self.0.metrics())
    }

    /// Sets how the CRM stands, as `Session.standing` says it; without it, that is not measured.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn set_standing(&mut self, standing: Option<String>) -> Answer {
        self.0.set_standing(standing.map(|text| read(&text, "the standing")).transpose()?);
        json_text(&())
    }

    /// The review of a week, `2026-W47`, of a log called so, as `html` or `md`: the text itself.
    ///
    /// # Errors
    /// When there is no such week or form.
    pub fn weekly(&self, week: &str, name: &str, form: &str) -> Answer {
        told(self.0.weekly(week, name, form))
    }
}
