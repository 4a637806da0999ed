//! A value of a contract as serde reads it, with the way to it, so that every fault has an address.
//!
//! Unknown keys are noted and passed over. Any other fault ends the run; its value is left out of the next one, a missing
//! key is a gap in it. The identity of a value is its place in memory: nothing is copied, and positions stay what they
//! are in the file.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use serde::de::{self, DeserializeSeed, IntoDeserializer, Visitor};
use serde_json::Value;

use super::MAX_DEPTH;
use super::address::{self, Step};
use super::fault::Fault;
use super::gap::Gap;
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
        self.left_out
            .extend(std::mem::take(&mut self.gaps).into_keys());
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
enum Hop<'v> {
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

    fn note(&self, fault: &Fault) {
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
        if let Fault::Unknown { found, .. }
        | Fault::Word {
            found: Some(found), ..
        } = fault
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
        self.decoding
            .notes
            .borrow_mut()
            .findings
            .push((path, finding));
    }

    /// A value that lost a part cannot be blamed for lacking it.
    fn follows_from_another(&self, fault: &Fault) -> bool {
        let notes = self.decoding.notes.borrow();
        let lost = |value: &Value| notes.left_out.contains(&std::ptr::from_ref(value));
        match fault {
            Fault::Missing(key) => {
                self.value.get(*key).is_some()
                    || notes
                        .misspelt
                        .contains(&(std::ptr::from_ref(self.value), *key))
            }
            _ => match self.value {
                Value::Array(items) => items.iter().any(lost),
                Value::Object(keys) => keys.values().any(lost),
                _ => false,
            },
        }
    }

    /// Notes the keys that are not in `known`.
    fn refuse_unknown(&self, known: &'static [&'static str]) {
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
            self.say(&Fault::Unknown {
                found: key.clone(),
                known,
            });
        }
    }

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
    fn read_child<S: DeserializeSeed<'v>>(
        &self,
        hop: Hop<'v>,
        value: &'v Value,
        seed: S,
    ) -> Result<S::Value, Fault> {
        let trail = Trail {
            before: self.trail,
            hop,
            depth: self.depth() + 1,
        };
        let child = Node {
            decoding: self.decoding,
            value,
            trail: Some(&trail),
        };
        if trail.depth > MAX_DEPTH {
            child.note(&Fault::Deep);
            return Err(Fault::Noted);
        }
        child.read(seed)
    }
}

impl<'v> de::Deserializer<'v> for Node<'v, '_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'v>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(number) => {
                if let Some(number) = number.as_u64() {
                    visitor.visit_u64(number)
                } else if let Some(number) = number.as_i64() {
                    visitor.visit_i64(number)
                } else {
                    visitor.visit_f64(number.as_f64().unwrap_or(f64::NAN))
                }
            }
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(items) => visitor.visit_seq(Items {
                node: self,
                items: items.iter().enumerate(),
            }),
            Value::Object(keys) => visitor.visit_map(Keys {
                node: self,
                keys: keys.iter(),
                fill: if self.trail.is_none() {
                    self.decoding.placeholders.iter()
                } else {
                    [].iter()
                },
                gap: 0,
                value: None,
            }),
        }
    }

    fn deserialize_option<V: Visitor<'v>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'v>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'v>>(
        self,
        _: &'static str,
        keys: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        if !self.value.is_object() {
            return Err(Fault::Type {
                expected: "an object".to_owned(),
            });
        }
        self.refuse_unknown(keys);
        self.deserialize_any(visitor)
    }

    fn deserialize_enum<V: Visitor<'v>>(
        self,
        _: &'static str,
        words: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let (word, content) = match self.value {
            Value::String(word) => (word, None),
            Value::Object(keys) => match (keys.len(), keys.iter().next()) {
                (1, Some((word, content))) => (word, Some(content)),
                _ => {
                    return Err(Fault::Word {
                        found: None,
                        known: words,
                    });
                }
            },
            _ => {
                return Err(Fault::Word {
                    found: None,
                    known: words,
                });
            }
        };
        visitor.visit_enum(Word {
            node: self,
            word,
            content,
        })
    }

    fn deserialize_ignored_any<V: Visitor<'v>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        <W: Visitor<'v>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map identifier
    }
}

struct Items<'v, 't> {
    node: Node<'v, 't>,
    items: std::iter::Enumerate<std::slice::Iter<'v, Value>>,
}

impl<'v> de::SeqAccess<'v> for Items<'v, '_> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'v>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        for (index, item) in self.items.by_ref() {
            if !self.node.is_left_out(item) {
                return self
                    .node
                    .read_child(Hop::Index(index), item, seed)
                    .map(Some);
            }
        }
        Ok(None)
    }
}

struct Keys<'v, 't> {
    node: Node<'v, 't>,
    keys: serde_json::map::Iter<'v>,
    fill: std::slice::Iter<'v, Placeholder>,
    gap: usize,
    value: Option<(&'v str, Option<&'v Value>)>,
}

impl<'v> Keys<'v, '_> {
    /// The next key, with its value or none where it is a gap.
    fn next(&mut self) -> Option<(&'v str, Option<&'v Value>)> {
        for (key, value) in self.keys.by_ref() {
            if !self.node.is_left_out(value) {
                return Some((key, Some(value)));
            }
        }
        let gap = {
            let notes = self.node.decoding.notes.borrow();
            let gaps = notes.gaps.get(&std::ptr::from_ref(self.node.value));
            gaps.and_then(|gaps| gaps.get(self.gap).copied())
        };
        if let Some(key) = gap {
            self.gap += 1;
            return Some((key, None));
        }
        for filler in self.fill.by_ref() {
            let given = self.node.value.get(filler.key);
            if given.is_some_and(|value| !self.node.is_left_out(value)) {
                continue;
            }
            let missing = Fault::Missing(filler.key);
            let said = !self
                .node
                .decoding
                .notes
                .borrow_mut()
                .said
                .insert(filler.key);
            if !said && !self.node.follows_from_another(&missing) {
                self.node.say(&missing);
                if let Some((_, finding)) =
                    self.node.decoding.notes.borrow_mut().findings.last_mut()
                {
                    filler.code.clone_into(&mut finding.code);
                    finding.help = Some(filler.help.to_owned());
                }
            }
            return Some((filler.key, Some(&filler.value)));
        }
        None
    }
}

impl<'v> de::MapAccess<'v> for Keys<'v, '_> {
    type Error = Fault;

    fn next_key_seed<S: DeserializeSeed<'v>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        self.value = self.next();
        match self.value {
            Some((key, _)) => seed
                .deserialize(de::value::BorrowedStrDeserializer::new(key))
                .map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<S: DeserializeSeed<'v>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        match self.value.take() {
            Some((key, Some(value))) => self.node.read_child(Hop::Key(key), value, seed),
            Some((_, None)) => seed.deserialize(Gap::EMPTY).map_err(|_| {
                let mut notes = self.node.decoding.notes.borrow_mut();
                notes.left_out.insert(self.node.value);
                Fault::Noted
            }),
            None => Err(de::Error::custom("a value was asked for before its key")),
        }
    }
}

struct Word<'v, 't> {
    node: Node<'v, 't>,
    word: &'v str,
    content: Option<&'v Value>,
}

impl<'v> de::EnumAccess<'v> for Word<'v, '_> {
    type Error = Fault;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'v>>(self, seed: S) -> Result<(S::Value, Self), Fault> {
        let word: de::value::StrDeserializer<'v, Fault> = self.word.into_deserializer();
        Ok((seed.deserialize(word)?, self))
    }
}

impl<'v> de::VariantAccess<'v> for Word<'v, '_> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        match self.content {
            None | Some(Value::Null) => Ok(()),
            Some(_) => Err(de::Error::custom(format_args!(
                "`{word}` takes no value; write \"{word}\" alone",
                word = self.word
            ))),
        }
    }

    fn newtype_variant_seed<S: DeserializeSeed<'v>>(self, seed: S) -> Result<S::Value, Fault> {
        match self.content {
            Some(content) => self.node.read_child(Hop::Key(self.word), content, seed),
            None => Err(Fault::Bare(self.word.to_owned())),
        }
    }

    fn tuple_variant<V: Visitor<'v>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        self.newtype_variant_seed(Visiting(visitor, &[]))
    }

    fn struct_variant<V: Visitor<'v>>(
        self,
        keys: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.newtype_variant_seed(Visiting(visitor, keys))
    }
}

/// The content of a variant, read by a visitor that is already there.
struct Visiting<V>(V, &'static [&'static str]);

impl<'v, V: Visitor<'v>> DeserializeSeed<'v> for Visiting<V> {
    type Value = V::Value;

    fn deserialize<D: de::Deserializer<'v>>(self, from: D) -> Result<V::Value, D::Error> {
        match self.1 {
            [] => from.deserialize_any(self.0),
            keys => from.deserialize_struct("", keys, self.0),
        }
    }
}
