//! A value of a contract as serde reads it, with the way to it, so that every fault has an address.
//!
//! Unknown keys are noted and passed over. Any other fault ends the run; its value is left out of the next one, a missing
//! key is a gap in it. The identity of a value is its place in memory: nothing is copied, and positions stay what they
//! are in the file.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use serde::de::DeserializeSeed;
use serde_json::Value;

use super::MAX_DEPTH;
use super::address::{self, Step};
use super::fault::Fault;
use super::suggest::suggest;
use crate::check::{Finding, Severity};

/// A key of the topmost object that is filled in where it is missing or unreadable.
pub(super) struct Placeholder {
    pub(super) key: &'static str,
    pub(super) value: Value,
    /// The finding when it is missing.
    pub(super) code: &'static str,
    pub(super) help: &'static str,
}

/// What all runs over one value share.
pub(super) struct Decoding<'v> {
    pub(super) root: &'v Value,
    pub(super) placeholders: &'v [Placeholder],
    pub(super) notes: RefCell<Notes>,
}

/// What the runs have found.
#[derive(Default)]
pub(super) struct Notes {
    /// Findings, each with the path it is about.
    pub(super) findings: Vec<(Vec<Step>, Finding)>,
    /// Values left out of further runs.
    left_out: BTreeSet<*const Value>,
    /// Keys that an object needs and does not have.
    gaps: BTreeMap<*const Value, Vec<&'static str>>,
    /// Keys that are missing because they are misspelt, by object.
    misspelt: BTreeSet<(*const Value, &'static str)>,
    /// Placeholders whose absence has been said.
    said: BTreeSet<&'static str>,
}

impl Notes {
    /// Leaves out the objects that were read with gaps. False if there are none.
    pub(super) fn leave_out_gaps(&mut self) -> bool {
        let some = !self.gaps.is_empty();
        self.left_out.extend(std::mem::take(&mut self.gaps).into_keys());
        some
    }
}

/// A value and the way to it.
#[derive(Clone, Copy)]
pub(super) struct Node<'v, 't> {
    pub(super) decoding: &'t Decoding<'v>,
    pub(super) value: &'v Value,
    pub(super) trail: Option<&'t Trail<'v, 't>>,
}

/// The last step of the way, and the steps before it.
#[derive(Clone, Copy)]
pub(super) struct Trail<'v, 't> {
    before: Option<&'t Trail<'v, 't>>,
    hop: Hop<'v>,
    depth: usize,
}

#[derive(Clone, Copy)]
pub(super) enum Hop<'v> {
    Key(&'v str),
    Index(usize),
}

impl<'v> Node<'v, '_> {
    /// Reads the value; a fault becomes a finding, unless it only follows from another.
    pub(super) fn read<S: DeserializeSeed<'v>>(self, seed: S) -> Result<S::Value, Fault> {
        let fault = match seed.deserialize(self) {
            Err(fault) => fault,
            Ok(read) => return Ok(read),
        };
        if !matches!(fault, Fault::Noted) {
            self.note(&fault);
        }
        Err(Fault::Noted)
    }

    fn path(&self) -> Vec<Step> {
        let mut path = Vec::new();
        let mut trail = self.trail;
        while let Some(last) = trail {
            path.push(match last.hop {
                Hop::Key(key) => Step::Key(key.to_owned()),
                Hop::Index(index) => Step::Index(index),
            });
            trail = last.before;
        }
        path.reverse();
        path
    }

    pub(super) fn note(&self, fault: &Fault) {
        if !self.follows_from_another(fault) {
            self.say(fault);
        }
        let notes = &mut *self.decoding.notes.borrow_mut();
        if let Fault::Missing(key) = fault {
            let gaps = notes.gaps.entry(self.value).or_default();
            if !gaps.contains(key) {
                gaps.push(key);
                return;
            }
        }
        notes.left_out.insert(self.value);
    }

    fn say(&self, fault: &Fault) {
        let mut path = self.path();
        // Where a key is at fault, the finding is about the key.
        if let Fault::Unknown { found, .. } | Fault::Word { found: Some(found), .. } = fault
            && self.value.get(found.as_str()).is_some()
        {
            path.push(Step::Key(found.clone()));
        }
        let said = fault.say(self.value);
        let finding = Finding {
            code: said.code.to_owned(),
            severity: Severity::Error,
            address: address::of_path(self.decoding.root, &path),
            message: said.message,
            help: said.help,
            place: None,
        };
        self.decoding.notes.borrow_mut().findings.push((path, finding));
    }

    /// Says once that a key is missing which is filled in.
    pub(super) fn miss(&self, filler: &Placeholder) {
        let missing = Fault::Missing(filler.key);
        let first = self.decoding.notes.borrow_mut().said.insert(filler.key);
        if !first || self.follows_from_another(&missing) {
            return;
        }
        self.say(&missing);
        let findings = &mut self.decoding.notes.borrow_mut().findings;
        if let Some((_, finding)) = findings.last_mut() {
            filler.code.clone_into(&mut finding.code);
            finding.help = Some(filler.help.to_owned());
        }
    }

    /// A value that lost a part cannot be blamed for lacking it.
    fn follows_from_another(&self, fault: &Fault) -> bool {
        let notes = self.decoding.notes.borrow();
        let lost = |value: &Value| notes.left_out.contains(&std::ptr::from_ref(value));
        match fault {
            Fault::Missing(key) => {
                self.value.get(*key).is_some() || notes.misspelt.contains(&(std::ptr::from_ref(self.value), *key))
            }
            _ => match self.value {
                Value::Array(items) => items.iter().any(lost),
                Value::Object(keys) => keys.values().any(lost),
                _ => false,
            },
        }
    }

    /// Notes the keys that are not in `known`.
    pub(super) fn refuse_unknown(&self, known: &'static [&'static str]) {
        let Value::Object(keys) = self.value else {
            return;
        };
        for (key, value) in keys {
            if known.contains(&key.as_str()) {
                continue;
            }
            let mut notes = self.decoding.notes.borrow_mut();
            if !notes.left_out.insert(value) {
                continue;
            }
            if let Some(meant) = suggest(key, known.iter().copied()) {
                notes.misspelt.insert((self.value, meant));
            }
            drop(notes);
            self.say(&Fault::Unknown { found: key.clone(), known });
        }
    }

    /// A key that the object needs and does not have.
    pub(super) fn gap(&self, nth: usize) -> Option<&'static str> {
        let notes = self.decoding.notes.borrow();
        let gaps = notes.gaps.get(&std::ptr::from_ref(self.value))?;
        gaps.get(nth).copied()
    }

    /// Leaves the value out of further runs.
    pub(super) fn leave_out(&self) {
        self.decoding.notes.borrow_mut().left_out.insert(self.value);
    }

    /// Whether the value is left out.
    pub(super) fn is_left_out(&self, value: &Value) -> bool {
        let notes = self.decoding.notes.borrow();
        notes.left_out.contains(&std::ptr::from_ref(value))
    }

    fn depth(&self) -> usize {
        self.trail.map_or(0, |trail| trail.depth)
    }
}

impl<'v, 't> Node<'v, 't> {
    /// Reads what stands one step further.
    pub(super) fn read_child<S: DeserializeSeed<'v>>(
        &self,
        hop: Hop<'v>,
        value: &'v Value,
        seed: S,
    ) -> Result<S::Value, Fault> {
        let trail = Trail { before: self.trail, hop, depth: self.depth() + 1 };
        let child = Node { decoding: self.decoding, value, trail: Some(&trail) };
        if trail.depth > MAX_DEPTH {
            child.note(&Fault::Deep);
            return Err(Fault::Noted);
        }
        child.read(seed)
    }
}
