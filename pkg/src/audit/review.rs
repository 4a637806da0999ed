//! Answering what waits.

use wasm_bindgen::prelude::wasm_bindgen;

use super::{Trail, answer};
use crate::{Answer, json_text, read};

#[wasm_bindgen]
impl Trail {
    /// A part of what waits for a person, for a question as JSON text.
    ///
    /// # Errors
    /// When the question cannot be read.
    pub fn waiting(&self, wanted: &str) -> Answer {
        answer(self.0.waiting(&read(wanted, "the question")?))
    }

    /// Answers entries: JSON text of what is said and to which, and of what came of it.
    ///
    /// # Errors
    /// When it cannot be read, or there is nothing to answer.
    pub fn say(&mut self, saying: &str) -> Answer {
        answer(self.0.say(&read(saying, "the answer")?))
    }

    /// Takes back what was said last: JSON text of how many answers that were.
    ///
    /// # Errors
    /// None; the signature is that of all verbs.
    pub fn undo(&mut self) -> Answer {
        json_text(&self.0.undo())
    }

    /// Takes back what was said to one entry, by its digest.
    ///
    /// # Errors
    /// None; the signature is that of all verbs.
    pub fn take_back(&mut self, digest: &str) -> Answer {
        json_text(&self.0.take_back(digest))
    }

    /// The answers that are not written yet.
    ///
    /// # Errors
    /// None; the signature is that of all verbs.
    pub fn answers(&self) -> Answer {
        json_text(&self.0.answers())
    }

    /// The answers as lines for `interlock audit append`: the text itself.
    ///
    /// # Errors
    /// None; the signature is that of all verbs.
    pub fn answer_lines(&self) -> Answer {
        Ok(self.0.lines())
    }

    /// The answers were taken along, and are written by whoever keeps the log.
    ///
    /// # Errors
    /// None; the signature is that of all verbs.
    pub fn written(&mut self) -> Answer {
        self.0.written();
        json_text(&())
    }
}
