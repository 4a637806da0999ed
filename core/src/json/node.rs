//! A value with the way to it, so that every fault has an address, and what types ask of it.
//!
//! Every value is visited once. A fault is noted where it is found and its value left out; whatever contains it goes on
//! without. The identity of a value is its place in memory: nothing is copied, and positions stay what they are in the
//! file. A type is read in place, into a blank of its own, so that nothing here is generic over it: what types share is
//! compiled once.

use std::cell::RefCell;

use serde_json::{Map, Value};

use super::MAX_DEPTH;
use super::address::{self, Step};
use super::fault::Fault;
use super::suggest::suggest;
use crate::check::{Finding, Severity};

/// More findings than anybody reads at once.
pub(super) const MAX_FINDINGS: usize = 200;

/// A type that is read from JSON, with every fault noted.
///
/// `#[derive(Decode)]` implements it from serde's attributes. Without a finding it reads what serde reads.
pub trait Decode {
    /// What a value is read into.
    fn blank() -> Self
    where
        Self: Sized;

    /// Reads the value into `self`. False if it does not fit, which has then been noted, or follows from what was
    /// noted; `self` may then be read in part.
    fn decode(&mut self, node: &Node<'_>) -> bool;
}

/// A key of the topmost object that is filled in where it is missing or unreadable.
pub(super) struct Placeholder {
    pub(super) key: &'static str,
    pub(super) value: Value,
    /// The finding when it is missing.
    pub(super) code: &'static str,
    pub(super) help: &'static str,
}

/// What all nodes of one value share.
pub(super) struct Decoding<'t> {
    pub(super) root: &'t Value,
    pub(super) placeholders: &'t [Placeholder],
    pub(super) notes: RefCell<Notes>,
}

/// What was found.
#[derive(Default)]
pub(super) struct Notes {
    /// Findings, each with the path it is about.
    pub(super) findings: Vec<(Vec<Step>, Finding)>,
    /// There are more than [`MAX_FINDINGS`].
    pub(super) overflown: bool,
    /// Values that nothing was made of.
    left_out: Vec<*const Value>,
    /// Keys that are missing because they are misspelt, by object.
    misspelt: Vec<(*const Value, &'static str)>,
}

/// A value and the way to it.
#[derive(Clone, Copy)]
pub struct Node<'t> {
    decoding: &'t Decoding<'t>,
    value: &'t Value,
    /// The value around it, and the step from there.
    up: Option<(&'t Node<'t>, Hop<'t>)>,
    depth: usize,
}

#[derive(Clone, Copy)]
enum Hop<'t> {
    Key(&'t str),
    Index(usize),
}

impl<'t> Node<'t> {
    pub(super) const fn root(decoding: &'t Decoding<'t>) -> Self {
        Self { decoding, value: decoding.root, up: None, depth: 0 }
    }

    /// The value.
    pub const fn value(&self) -> &'t Value {
        self.value
    }

    /// The value as a text.
    pub fn text(&self) -> Option<&'t str> {
        match self.value {
            Value::String(text) => Some(text),
            _ => self.none(&Fault::Type { expected: "a text" }),
        }
    }

    /// The value as true or false.
    pub fn flag(&self) -> Option<bool> {
        match self.value {
            Value::Bool(flag) => Some(*flag),
            _ => self.none(&Fault::Type { expected: "true or false" }),
        }
    }

    /// The value as a whole number within limits; `expected` says them, `a whole number from 0 to 255`.
    pub(crate) fn whole(&self, least: i64, most: u64, expected: &'static str) -> Option<i128> {
        let number = match self.value {
            Value::Number(number) => number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from)),
            _ => None,
        };
        match number {
            Some(number) if (i128::from(least)..=i128::from(most)).contains(&number) => Some(number),
            Some(_) => self.none(&Fault::Value { expected }),
            // The limits matter to a number out of them, not to a text.
            None => self.none(&Fault::Type { expected: "a whole number" }),
        }
    }

    /// The value as an object that has no other keys than these.
    pub fn object(&self, known: &'static [&'static str]) -> Option<Object<'_>> {
        let object = self.part(known)?;
        for (key, value) in object.keys.iter().filter(|(key, _)| !known.contains(&key.as_str())) {
            let mut notes = self.decoding.notes.borrow_mut();
            if notes.overflown {
                break;
            }
            notes.left_out.push(value);
            if let Some(meant) = suggest(key, known.iter().copied()) {
                notes.misspelt.push((self.value, meant));
            }
            drop(notes);
            self.say(&Fault::Unknown { found: key.clone(), known });
        }
        Some(object)
    }

    /// The value as an object of which these keys are read.
    pub fn part(&self, known: &'static [&'static str]) -> Option<Object<'_>> {
        Some(Object { node: self, keys: self.keys("an object")?, left: known.iter(), whole: true })
    }

    fn keys(&self, expected: &'static str) -> Option<&'t Map<String, Value>> {
        match self.value {
            Value::Object(keys) => Some(keys),
            _ => self.none(&Fault::Type { expected }),
        }
    }

    /// Visits the entries of a map whose keys are the author's.
    pub(crate) fn entries(&self, visit: &mut dyn FnMut(&str, &Node<'_>)) -> bool {
        let Some(keys) = self.keys("an object") else { return false };
        for (key, value) in keys {
            if let Some(node) = self.child(Hop::Key(key), value) {
                visit(key, &node);
            }
        }
        true
    }

    /// The items of a list.
    pub(crate) fn items(&self) -> Option<Items<'_>> {
        match self.value {
            Value::Array(items) => Some(Items { node: self, items }),
            _ => self.none(&Fault::Type { expected: "a list" }),
        }
    }

    /// Reads a list of two.
    pub(crate) fn pair(&self, one: &mut dyn Decode, other: &mut dyn Decode) -> bool {
        match self.value {
            Value::Array(items) if let [first, second] = items.as_slice() => {
                self.step(Hop::Index(0), first, one) && self.step(Hop::Index(1), second, other)
            }
            _ => self.fault(&Fault::Type { expected: "a list of two" }),
        }
    }

    fn step(&self, hop: Hop<'_>, value: &Value, into: &mut dyn Decode) -> bool {
        self.child(hop, value).is_some_and(|child| into.decode(&child))
    }

    /// The value as one of some words, alone or as the only key of an object.
    pub fn word(&self, known: &'static [&'static str]) -> Option<Word<'_>> {
        let (word, content) = match self.value {
            Value::String(word) => (word.as_str(), None),
            Value::Object(keys) if keys.len() == 1 => {
                let (word, content) = keys.iter().next()?;
                (word.as_str(), Some(content))
            }
            _ => return self.none(&Fault::Word { found: None, known }),
        };
        match known.iter().position(|known| *known == word) {
            Some(at) => Some(Word { at, node: self, word, content }),
            None => self.none(&Fault::Word { found: Some(word.to_owned()), known }),
        }
    }

    /// Notes what the type itself says of the value; what stands behind a semicolon is the remedy.
    pub(crate) fn refuse(&self, message: String) -> bool {
        self.fault(&Fault::Custom(message))
    }

    /// Notes that the value does not fit `expected`.
    pub(crate) fn unfit(&self, expected: &'static str) -> bool {
        match self.value {
            Value::Number(_) | Value::String(_) => self.fault(&Fault::Value { expected }),
            _ => self.fault(&Fault::Type { expected }),
        }
    }

    fn fault(&self, fault: &Fault) -> bool {
        self.note(fault);
        false
    }

    fn none<T>(&self, fault: &Fault) -> Option<T> {
        self.note(fault);
        None
    }

    /// Notes a fault, unless it only follows from another: a value that lost a part cannot be blamed for lacking it.
    fn note(&self, fault: &Fault) {
        let follows = match self.value {
            Value::Object(keys) if matches!(fault, Fault::Custom(_)) => {
                let notes = self.decoding.notes.borrow();
                keys.values().any(|value| notes.left_out.contains(&std::ptr::from_ref(value)))
            }
            _ => false,
        };
        if !follows {
            self.say(fault);
        }
        self.leave_out();
    }

    fn leave_out(&self) {
        let notes = &mut *self.decoding.notes.borrow_mut();
        // Nothing is read any more, and what is looked through for every fault must not grow with the text.
        if !notes.overflown {
            notes.left_out.push(self.value);
        }
    }

    fn path(&self) -> Vec<Step> {
        let mut path = Vec::new();
        let mut up = self.up;
        while let Some((node, hop)) = up {
            path.push(match hop {
                Hop::Key(key) => Step::Key(key.to_owned()),
                Hop::Index(index) => Step::Index(index),
            });
            up = node.up;
        }
        path.reverse();
        path
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
        let notes = &mut *self.decoding.notes.borrow_mut();
        if notes.findings.len() >= MAX_FINDINGS {
            notes.overflown = true;
            return;
        }
        let finding = Finding {
            code: said.code.to_owned(),
            severity: Severity::Error,
            address: address::of_path(self.decoding.root, &path),
            message: said.message,
            help: said.help,
            place: None,
        };
        notes.findings.push((path, finding));
    }

    fn child<'n>(&'n self, hop: Hop<'n>, value: &'n Value) -> Option<Node<'n>> {
        let child = Node { decoding: self.decoding, value, up: Some((self, hop)), depth: self.depth + 1 };
        if child.depth > MAX_DEPTH { child.none(&Fault::Deep) } else { Some(child) }
    }
}

/// The items of a list.
pub(crate) struct Items<'t> {
    node: &'t Node<'t>,
    items: &'t [Value],
}

impl Items<'_> {
    pub(crate) fn visit(&self, visit: &mut dyn FnMut(&Node<'_>)) {
        for (index, item) in self.items.iter().enumerate() {
            if let Some(node) = self.node.child(Hop::Index(index), item) {
                visit(&node);
            }
        }
    }
}

/// An object whose keys have been looked at. Its fields are read in the order in which the keys were named.
pub struct Object<'t> {
    node: &'t Node<'t>,
    keys: &'t Map<String, Value>,
    left: std::slice::Iter<'static, &'static str>,
    /// Whether all that must be there was read.
    pub whole: bool,
}

impl Object<'_> {
    /// Reads what stands under the next key, which may be missing; whether it was read.
    pub fn may(&mut self, field: &mut dyn Decode) -> bool {
        let key = self.left.next().copied().unwrap_or_default();
        self.read(key, field)
    }

    /// Reads what stands under the next key, which must be there.
    pub fn must(&mut self, field: &mut dyn Decode) {
        let key = self.left.next().copied().unwrap_or_default();
        if !self.keys.contains_key(key) {
            self.miss(key);
        }
        self.whole &= self.read(key, field) || self.filler(key).is_some_and(|filler| field.decode(&filler));
    }

    fn read(&self, key: &str, field: &mut dyn Decode) -> bool {
        let child = self.keys.get(key).and_then(|value| self.node.child(Hop::Key(key), value));
        child.is_some_and(|child| {
            let fits = field.decode(&child);
            if !fits {
                child.leave_out();
            }
            fits
        })
    }

    fn filler(&self, key: &str) -> Option<Node<'_>> {
        let filler = self.node.up.is_none().then(|| self.placeholder(key))??;
        Some(Node { value: &filler.value, ..*self.node })
    }

    fn placeholder(&self, key: &str) -> Option<&Placeholder> {
        self.node.decoding.placeholders.iter().find(|filler| filler.key == key)
    }

    fn miss(&self, key: &'static str) {
        let node = self.node;
        let misspelt = node.decoding.notes.borrow().misspelt.contains(&(std::ptr::from_ref(node.value), key));
        if misspelt {
            return;
        }
        node.say(&Fault::Missing(key));
        let Some(filler) = node.up.is_none().then(|| self.placeholder(key)).flatten() else { return };
        if let Some((_, finding)) = node.decoding.notes.borrow_mut().findings.last_mut() {
            filler.code.clone_into(&mut finding.code);
            finding.help = Some(filler.help.to_owned());
        }
    }
}

/// One of the words of a type.
pub struct Word<'t> {
    /// Which of them.
    pub at: usize,
    node: &'t Node<'t>,
    word: &'t str,
    content: Option<&'t Value>,
}

impl Word<'_> {
    /// Nothing may belong to the word.
    pub fn alone(&self) -> bool {
        match self.content {
            None | Some(Value::Null) => true,
            Some(_) => self.node.refuse(format!("`{word}` takes no value; write \"{word}\" alone", word = self.word)),
        }
    }

    /// Reads what belongs to the word.
    pub fn content(&self, into: &mut dyn Decode) -> bool {
        match self.content {
            Some(content) => self.node.step(Hop::Key(self.word), content, into),
            None => self.node.fault(&Fault::Bare(self.word.to_owned())),
        }
    }
}
