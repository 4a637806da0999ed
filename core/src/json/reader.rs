//! How serde reads a node: objects, lists and words, passing over what is left out.

use serde::de::{self, DeserializeSeed, IntoDeserializer, Visitor};
use serde_json::Value;

use super::fault::Fault;
use super::gap::Gap;
use super::node::{Hop, Node, Placeholder};

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
            Value::Array(items) => visitor.visit_seq(Items { node: self, items: items.iter().enumerate() }),
            Value::Object(keys) => visitor.visit_map(Keys {
                node: self,
                keys: keys.iter(),
                fill: if self.trail.is_none() { self.decoding.placeholders.iter() } else { [].iter() },
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

    fn deserialize_newtype_struct<V: Visitor<'v>>(self, _: &'static str, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'v>>(
        self,
        _: &'static str,
        keys: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        if !self.value.is_object() {
            return Err(Fault::Type { expected: "an object".to_owned() });
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
                    return Err(Fault::Word { found: None, known: words });
                }
            },
            _ => {
                return Err(Fault::Word { found: None, known: words });
            }
        };
        visitor.visit_enum(Word { node: self, word, content })
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

    fn next_element_seed<S: DeserializeSeed<'v>>(&mut self, seed: S) -> Result<Option<S::Value>, Fault> {
        for (index, item) in self.items.by_ref() {
            if !self.node.is_left_out(item) {
                return self.node.read_child(Hop::Index(index), item, seed).map(Some);
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
        if let Some(key) = self.node.gap(self.gap) {
            self.gap += 1;
            return Some((key, None));
        }
        for filler in self.fill.by_ref() {
            let given = self.node.value.get(filler.key);
            if given.is_some_and(|value| !self.node.is_left_out(value)) {
                continue;
            }
            self.node.miss(filler);
            return Some((filler.key, Some(&filler.value)));
        }
        None
    }
}

impl<'v> de::MapAccess<'v> for Keys<'v, '_> {
    type Error = Fault;

    fn next_key_seed<S: DeserializeSeed<'v>>(&mut self, seed: S) -> Result<Option<S::Value>, Fault> {
        self.value = self.next();
        match self.value {
            Some((key, _)) => seed.deserialize(de::value::BorrowedStrDeserializer::new(key)).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<S: DeserializeSeed<'v>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        match self.value.take() {
            Some((key, Some(value))) => self.node.read_child(Hop::Key(key), value, seed),
            Some((_, None)) => seed.deserialize(Gap::EMPTY).map_err(|_| {
                self.node.leave_out();
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

    fn struct_variant<V: Visitor<'v>>(self, keys: &'static [&'static str], visitor: V) -> Result<V::Value, Fault> {
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
