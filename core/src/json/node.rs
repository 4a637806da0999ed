//! A value with the way to it, so that every fault has an address, and what types ask of it.
//!
//! Every value is visited once. A fault is noted where it is found and its value left out; whatever contains it goes on
//! without. The identity of a value is its place in memory: nothing is copied, and positions stay what they are in the
//! file. Nothing here is generic over the type that is read but [`Object::may`], [`Object::must`] and the lists:
//! what types share is compiled once.

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
pub trait Decode: Sized {
    /// Reads the value; `None` if it does not fit, which has then been noted, or follows from what was noted.
    fn decode(node: &Node<'_>) -> Option<Self>;
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
    pub(crate) const fn value(&self) -> &'t Value {
        self.value
    }

    /// The value as a text.
    pub(crate) fn text(&self) -> Option<&'t str> {
        match self.value {
            Value::String(text) => Some(text),
            _ => self.fault(&Fault::Type { expected: "a text" }),
        }
    }

    /// The value as true or false.
    pub(crate) fn flag(&self) -> Option<bool> {
        match self.value {
            Value::Bool(flag) => Some(*flag),
            _ => self.fault(&Fault::Type { expected: "true or false" }),
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
            Some(_) => self.fault(&Fault::Value { expected }),
            // The limits matter to a number out of them, not to a text.
            None => self.fault(&Fault::Type { expected: "a whole number" }),
        }
    }

    /// The value as an object that has no other keys than these.
    pub(crate) fn object(&self, known: &'static [&'static str]) -> Option<Object<'_>> {
        let keys = self.keys("an object")?;
        for (key, value) in keys.iter().filter(|(key, _)| !known.contains(&key.as_str())) {
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
        Some(Object { node: self, keys })
    }

    fn keys(&self, expected: &'static str) -> Option<&'t Map<String, Value>> {
        match self.value {
            Value::Object(keys) => Some(keys),
            _ => self.fault(&Fault::Type { expected }),
        }
    }

    /// The entries of a map whose keys are the author's.
    pub(crate) fn entries(&self) -> Option<impl Iterator<Item = (&str, Node<'_>)>> {
        let keys = self.keys("an object")?;
        Some(keys.iter().filter_map(|(key, value)| Some((key.as_str(), self.child(Hop::Key(key), value)?))))
    }

    /// Reads the items of a list and leaves out those that cannot be read.
    pub(crate) fn items<T: Decode>(&self) -> Option<Vec<T>> {
        let mut read = Vec::new();
        self.each(&mut |node| {
            if let Some(item) = T::decode(node) {
                read.push(item);
            }
        })?;
        Some(read)
    }

    fn each(&self, visit: &mut dyn FnMut(&Node<'_>)) -> Option<()> {
        let Value::Array(items) = self.value else {
            return self.fault(&Fault::Type { expected: "a list" });
        };
        for (index, item) in items.iter().enumerate() {
            if let Some(node) = self.child(Hop::Index(index), item) {
                visit(&node);
            }
        }
        Some(())
    }

    /// The two items of a list of two.
    pub(crate) fn pair(&self) -> Option<[Node<'_>; 2]> {
        match self.value {
            Value::Array(items) if let [one, other] = items.as_slice() => {
                Some([self.child(Hop::Index(0), one)?, self.child(Hop::Index(1), other)?])
            }
            _ => self.fault(&Fault::Type { expected: "a list of two" }),
        }
    }

    /// The value as one of some words, alone or as the only key of an object.
    pub(crate) fn word(&self, known: &'static [&'static str]) -> Option<Word<'_>> {
        let (word, content) = match self.value {
            Value::String(word) => (word.as_str(), None),
            Value::Object(keys) if keys.len() == 1 => {
                let (word, content) = keys.iter().next()?;
                (word.as_str(), Some(content))
            }
            _ => return self.fault(&Fault::Word { found: None, known }),
        };
        match known.iter().position(|known| *known == word) {
            Some(at) => Some(Word { at, node: self, word, content }),
            None => self.fault(&Fault::Word { found: Some(word.to_owned()), known }),
        }
    }

    /// Notes what the type itself says of the value; what stands behind a semicolon is the remedy.
    pub(crate) fn refuse<T>(&self, message: String) -> Option<T> {
        self.fault(&Fault::Custom(message))
    }

    /// Notes that the value does not fit `expected`.
    pub(crate) fn unfit<T>(&self, expected: &'static str) -> Option<T> {
        match self.value {
            Value::Number(_) | Value::String(_) => self.fault(&Fault::Value { expected }),
            _ => self.fault(&Fault::Type { expected }),
        }
    }

    fn fault<T>(&self, fault: &Fault) -> Option<T> {
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
        if child.depth > MAX_DEPTH { child.fault(&Fault::Deep) } else { Some(child) }
    }
}

/// An object whose keys have been looked at.
pub(crate) struct Object<'t> {
    node: &'t Node<'t>,
    keys: &'t Map<String, Value>,
}

impl Object<'_> {
    /// What stands under a key that may be missing.
    pub(crate) fn may<T: Decode>(&self, key: &'static str) -> Option<T> {
        let child = self.node.child(Hop::Key(key), self.keys.get(key)?)?;
        let read = T::decode(&child);
        if read.is_none() {
            child.leave_out();
        }
        read
    }

    /// What stands under a key that must be there.
    pub(crate) fn must<T: Decode>(&self, key: &'static str) -> Option<T> {
        if !self.keys.contains_key(key) {
            self.miss(key);
        }
        match self.may(key) {
            None => T::decode(&self.filler(key)?),
            read => read,
        }
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
pub(crate) struct Word<'t> {
    /// Which of them.
    pub(crate) at: usize,
    node: &'t Node<'t>,
    word: &'t str,
    content: Option<&'t Value>,
}

impl Word<'_> {
    /// Nothing may belong to the word.
    pub(crate) fn alone(&self) -> Option<()> {
        match self.content {
            None | Some(Value::Null) => Some(()),
            Some(_) => self.node.refuse(format!("`{word}` takes no value; write \"{word}\" alone", word = self.word)),
        }
    }

    /// What belongs to the word.
    pub(crate) fn content(&self) -> Option<Node<'_>> {
        match self.content {
            Some(content) => self.node.child(Hop::Key(self.word), content),
            None => self.node.fault(&Fault::Bare(self.word.to_owned())),
        }
    }
}
