//! How the types of the standard library are read.
//!
//! What does not fit leaves numbers, texts, lists and maps as they were and makes an option `None`: `#[derive(Decode)]`
//! counts on it where a key may be missing.

use std::borrow::Cow;
use std::sync::Arc;

use serde_json::Value;

use super::node::{Decode, Node};
use crate::map::Map;

/// What fits is put in place of what was there.
fn put<T>(place: &mut T, read: Option<T>) -> bool {
    let fits = read.is_some();
    if let Some(read) = read {
        *place = read;
    }
    fits
}

impl Decode for String {
    fn blank() -> Self {
        Self::new()
    }

    fn decode(&mut self, node: &Node<'_>) -> bool {
        put(self, node.text().map(str::to_owned))
    }
}

impl Decode for Arc<str> {
    fn blank() -> Self {
        Self::default()
    }

    fn decode(&mut self, node: &Node<'_>) -> bool {
        put(self, node.text().map(Self::from))
    }
}

impl Decode for Cow<'static, str> {
    fn blank() -> Self {
        Self::default()
    }

    fn decode(&mut self, node: &Node<'_>) -> bool {
        put(self, node.text().map(|text| text.to_owned().into()))
    }
}

impl Decode for bool {
    fn blank() -> Self {
        false
    }

    fn decode(&mut self, node: &Node<'_>) -> bool {
        put(self, node.flag())
    }
}

impl Decode for Value {
    fn blank() -> Self {
        Self::Null
    }

    fn decode(&mut self, node: &Node<'_>) -> bool {
        put(self, Some(node.value().clone()))
    }
}

impl<T: Decode> Decode for Option<T> {
    fn blank() -> Self {
        None
    }

    fn decode(&mut self, node: &Node<'_>) -> bool {
        *self = None;
        if node.value().is_null() {
            return true;
        }
        let fits = self.insert(T::blank()).decode(node);
        if !fits {
            *self = None;
        }
        fits
    }
}

impl<T: Decode> Decode for Box<T> {
    fn blank() -> Self {
        Self::new(T::blank())
    }

    fn decode(&mut self, node: &Node<'_>) -> bool {
        T::decode(self, node)
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn blank() -> Self {
        Self::new()
    }

    /// Leaves out items that cannot be read.
    fn decode(&mut self, node: &Node<'_>) -> bool {
        let Some(items) = node.items() else { return false };
        *self = Self::new();
        items.visit(&mut |node| {
            let mut item = T::blank();
            if item.decode(node) {
                self.push(item);
            }
        });
        true
    }
}

impl<A: Decode, B: Decode> Decode for (A, B) {
    fn blank() -> Self {
        (A::blank(), B::blank())
    }

    fn decode(&mut self, node: &Node<'_>) -> bool {
        node.pair(&mut self.0, &mut self.1)
    }
}

impl<K: Ord + for<'k> From<&'k str>, T: Decode> Decode for Map<K, T> {
    fn blank() -> Self {
        Self::new()
    }

    fn decode(&mut self, node: &Node<'_>) -> bool {
        let mut read = Self::new();
        let fits = node.entries(&mut |key, node| {
            let mut value = T::blank();
            if value.decode(node) {
                read.insert(K::from(key), value);
            }
        });
        put(self, fits.then_some(read))
    }
}

macro_rules! whole {
    ($($number:ident: $expected:literal;)*) => {$(
        impl Decode for $number {
            fn blank() -> Self {
                0
            }

            fn decode(&mut self, node: &Node<'_>) -> bool {
                let read = node.whole($number::MIN as i64, $number::MAX as u64, $expected);
                put(self, read.and_then(|number| number.try_into().ok()))
            }
        }
    )*};
}

whole! {
    u8: "a whole number from 0 to 255";
    u16: "a whole number from 0 to 65535";
    u32: "a whole number from 0 to 4294967295";
    u64: "a whole number, not negative";
    i32: "a whole number from -2147483648 to 2147483647";
    i64: "a whole number";
}
