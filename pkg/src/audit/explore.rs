//! Looking into a log.

use wasm_bindgen::prelude::wasm_bindgen;

use super::{Trail, answer, told};
use crate::{Answer, read};

#[wasm_bindgen]
impl Trail {
    /// A page of entries and what the rest can be narrowed down by, for a query as JSON text.
    ///
    /// # Errors
    /// When the query cannot be read.
    pub fn page(&mut self, query: &str) -> Answer {
        answer(self.0.page(&read(query, "the query")?))
    }

    /// An entry with its answers and what became of its record, by its line.
    ///
    /// # Errors
    /// When it is not held.
    pub fn entry(&self, seq: u32) -> Answer {
        answer(self.0.entry(u64::from(seq)))
    }

    /// The proof of an entry, by its line, for whoever has the log's head.
    ///
    /// # Errors
    /// When the log is not sound.
    pub fn proof(&self, seq: u32) -> Answer {
        answer(self.0.proof(u64::from(seq)))
    }

    /// Everything that fits a filter, as `jsonl` or `csv`: the text itself.
    ///
    /// # Errors
    /// When the filter cannot be read, or there is no such form.
    pub fn export(&mut self, filter: &str, form: &str) -> Answer {
        told(self.0.export(&read(filter, "the filter")?, form))
    }
}
