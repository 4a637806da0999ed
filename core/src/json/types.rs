//! How the types of the standard library are read.

use std::sync::Arc;

use serde_json::Value;

use super::node::{Decode, Node};
use crate::map::Map;

impl Decode for String {
    fn decode(node: &Node<'_>) -> Option<Self> {
        node.text().map(str::to_owned)
    }
}

impl Decode for Arc<str> {
    fn decode(node: &Node<'_>) -> Option<Self> {
        node.text().map(Self::from)
    }
}

impl Decode for bool {
    fn decode(node: &Node<'_>) -> Option<Self> {
        node.flag()
    }
}

impl Decode for Value {
    fn decode(node: &Node<'_>) -> Option<Self> {
        Some(node.value().clone())
    }
}

impl<T: Decode> Decode for Option<T> {
    fn decode(node: &Node<'_>) -> Option<Self> {
        match node.value() {
            Value::Null => Some(None),
            _ => T::decode(node).map(Some),
        }
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(node: &Node<'_>) -> Option<Self> {
        T::decode(node).map(Self::new)
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(node: &Node<'_>) -> Option<Self> {
        node.items()
    }
}

impl<A: Decode, B: Decode> Decode for (A, B) {
    fn decode(node: &Node<'_>) -> Option<Self> {
        let [one, other] = node.pair()?;
        Some((A::decode(&one)?, B::decode(&other)?))
    }
}

impl<K: Ord + for<'k> From<&'k str>, T: Decode> Decode for Map<K, T> {
    fn decode(node: &Node<'_>) -> Option<Self> {
        let mut read = Self::new();
        for (key, value) in node.entries()? {
            if let Some(value) = T::decode(&value) {
                read.insert(K::from(key), value);
            }
        }
        Some(read)
    }
}

macro_rules! whole {
    ($($number:ident: $expected:literal;)*) => {$(
        impl Decode for $number {
            fn decode(node: &Node<'_>) -> Option<Self> {
                node.whole($number::MIN as i64, $number::MAX as u64, $expected).and_then(|number| number.try_into().ok())
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
