//! Undo and redo over the contract, not over the widgets.
//!
//! Input: edits with the time they were made. Output: the present contract. Invariant: undoing everything gives the
//! first contract back, byte for byte.

use std::sync::Arc;

use serde_json::Value;

use super::Unread;
use super::edit::{Edit, Refusal, apply};

/// How many steps can be taken back.
const DEPTH: usize = 500;

/// Edits of one value that follow each other faster than this are one step, in milliseconds.
const GESTURE: u64 = 900;

/// A contract at one moment.
#[derive(Clone, Debug)]
pub(crate) struct Snapshot {
    /// The contract.
    pub(crate) value: Arc<Value>,
    /// Its text: as it was typed or loaded, otherwise pretty-printed.
    pub(crate) text: Arc<str>,
}

impl Snapshot {
    /// Reads a text.
    pub(crate) fn read(text: &str) -> Result<Self, Unread> {
        Ok(Self { value: Arc::new(super::read(text)?), text: Arc::from(text) })
    }

    fn written(value: Value) -> Self {
        let text = serde_json::to_string_pretty(&value).unwrap_or_default();
        Self { value: Arc::new(value), text: Arc::from(text) }
    }
}

#[derive(Clone, Debug)]
struct Step {
    before: Snapshot,
    label: String,
    gesture: Option<String>,
    at: u64,
}

/// A contract and how it came to be.
#[derive(Clone, Debug)]
pub(crate) struct History {
    now: Snapshot,
    past: Vec<Step>,
    future: Vec<(Snapshot, Step)>,
}

impl History {
    /// A history that starts here.
    pub(crate) fn new(first: Snapshot) -> Self {
        Self { now: first, past: Vec::new(), future: Vec::new() }
    }

    /// The contract as it is.
    pub(crate) fn now(&self) -> &Snapshot {
        &self.now
    }

    /// Makes an edit at a time in milliseconds. Says whether anything changed.
    pub(crate) fn edit(&mut self, edit: &Edit, at: u64) -> Result<bool, Refusal> {
        let after = match edit {
            Edit::Text { text } => Snapshot::read(text).map_err(|unread| Refusal(unread.message))?,
            edit => {
                let mut value = (*self.now.value).clone();
                apply(&mut value, edit)?;
                // It was of the contract before; an export writes the new one.
                if let Some(members) = value.as_object_mut() {
                    members.shift_remove("digest");
                }
                Snapshot::written(value)
            }
        };
        // The typed text is kept even where only its white space changed.
        if after.value == self.now.value && after.text == self.now.text {
            return Ok(false);
        }
        let before = std::mem::replace(&mut self.now, after);
        self.future.clear();
        let gesture = edit.gesture().map(str::to_owned);
        if let Some(last) = self.past.last_mut()
            && gesture.is_some()
            && last.gesture == gesture
            && at.saturating_sub(last.at) < GESTURE
        {
            last.at = at;
            return Ok(true);
        }
        self.past.push(Step { before, label: edit.label(), gesture, at });
        if self.past.len() > DEPTH {
            self.past.remove(0);
        }
        Ok(true)
    }

    /// What undo would take back, in words.
    pub(crate) fn undo_label(&self) -> Option<&str> {
        self.past.last().map(|step| step.label.as_str())
    }

    /// What redo would do again, in words.
    pub(crate) fn redo_label(&self) -> Option<&str> {
        self.future.last().map(|(_, step)| step.label.as_str())
    }

    /// Takes the last step back. Says whether there was one.
    pub(crate) fn undo(&mut self) -> bool {
        let Some(step) = self.past.pop() else {
            return false;
        };
        let after = std::mem::replace(&mut self.now, step.before.clone());
        self.future.push((after, step));
        true
    }

    /// Does the last step taken back again. Says whether there was one.
    pub(crate) fn redo(&mut self) -> bool {
        let Some((after, mut step)) = self.future.pop() else {
            return false;
        };
        self.now = after;
        // A redone step is finished: further edits of the same value are a new one.
        step.gesture = None;
        self.past.push(step);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::{Edit, History, Snapshot};

    const FIRST: &str = r#"{ "version" : "1",  "n": 1 }"#;

    fn history() -> History {
        History::new(Snapshot::read(FIRST).unwrap())
    }

    #[test]
    fn undoing_everything_gives_the_first_text_back() {
        let mut history = history();
        for (n, at) in [(2, 0), (3, 5_000), (4, 10_000)] {
            assert!(history.edit(&Edit::set("/n", n), at).unwrap());
        }
        assert!(history.undo() && history.undo() && history.undo());
        assert!(!history.undo());
        assert_eq!(&*history.now().text, FIRST);
        assert!(history.redo() && history.redo() && history.redo());
        assert_eq!(history.now().value["n"], 4);
        assert!(!history.redo());
    }

    #[test]
    fn a_drag_is_one_step() {
        let mut history = history();
        for n in 0..50 {
            history.edit(&Edit::set("/n", n + 2), n * 20).unwrap();
        }
        assert_eq!(history.now().value["n"], 51);
        assert!(history.undo());
        assert_eq!(&*history.now().text, FIRST);
    }

    #[test]
    fn an_edit_that_changes_nothing_is_no_step() {
        let mut history = history();
        history.edit(&Edit::set("/n", 2), 0).unwrap();
        assert!(!history.edit(&Edit::set("/n", 2), 9_000).unwrap());
        assert!(history.undo());
        assert!(!history.undo());
    }

    #[test]
    fn a_new_edit_ends_what_could_be_redone() {
        let mut history = history();
        history.edit(&Edit::set("/n", 2), 0).unwrap();
        history.undo();
        history.edit(&Edit::set("/n", 3), 5_000).unwrap();
        assert!(!history.redo());
    }

    #[test]
    fn an_edited_contract_has_no_digest_of_another() {
        let mut history = History::new(Snapshot::read(r#"{"n": 1, "digest": "sha256:0"}"#).unwrap());
        history.edit(&Edit::set("/n", 2), 0).unwrap();
        assert_eq!(history.now().value.get("digest"), None);
        history.undo();
        assert_eq!(history.now().value["digest"], "sha256:0");
    }

    #[test]
    fn broken_text_leaves_the_last_good_contract() {
        let mut history = history();
        let text = "{\"version\": ".to_owned();
        assert!(history.edit(&Edit::Text { text }, 0).is_err());
        assert_eq!(&*history.now().text, FIRST);
    }
}
