//! Taking back what was done.

use wasm_bindgen::prelude::wasm_bindgen;

use super::{Trail, answer};
use crate::{Answer, json_text, read};

#[wasm_bindgen]
impl Trail {
    /// The names by which something can be chosen, with how many entries have each: of what AI did, or of rollbacks.
    ///
    /// # Errors
    /// None; the signature is that of all verbs.
    pub fn choosable(&self, rollbacks: bool) -> Answer {
        json_text(&self.0.choosable(rollbacks))
    }

    /// Plans a rollback: JSON text of the plan, for a question as JSON text.
    ///
    /// # Errors
    /// When the question cannot be read, nothing or nobody is named, or no contract is in force.
    pub fn plan_rollback(&self, asking: &str) -> Answer {
        answer(self.0.plan_rollback(&read(asking, "the question")?))
    }

    /// The entries that carry a plan out, as lines for `interlock audit append`: the text itself.
    ///
    /// # Errors
    /// As of planning, and when nothing goes back.
    pub fn rollback_lines(&self, asking: &str) -> Answer {
        super::told(self.0.rollback_lines(&read(asking, "the question")?))
    }

    /// What goes back, as files for a CRM's own import.
    ///
    /// # Errors
    /// As of planning.
    pub fn rollback_files(&self, asking: &str) -> Answer {
        answer(self.0.rollback_files(&read(asking, "the question")?))
    }
}
