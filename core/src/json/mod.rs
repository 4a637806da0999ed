//! JSON as people write it: addresses by id, places in the text, every fault of a half-written file at once.
//!
//! Input: the text of a contract, or its value. Output: values, findings with addresses and places, canonical bytes.
//! Invariant: no text makes it panic, and nothing that is read is dropped without a finding. Sources: RFC 8259 (JSON),
//! RFC 6901 (the escapes of addresses), RFC 8785 (canonical form).

pub mod address;
mod canonical;
mod decode;
mod fault;
mod gap;
mod node;
mod place;
mod reader;
mod scan;
mod suggest;
mod syntax;
mod walk;

pub use canonical::{CanonicalError, canonical, digest};
pub use decode::{decode, decode_contract};
pub use place::{Part, duplicates, locate, place_at, place_of, read};
pub use suggest::suggest;
pub use syntax::describe_syntax_error;

/// How deep a contract may be nested; deeper ones are refused before anything walks them.
pub const MAX_DEPTH: usize = 64;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Map, Value};

    /// Values in the shape of contracts: few names, so that lists have named, unnamed and doubly named items.
    pub(super) fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            (-(1_i64 << 53)..=1 << 53).prop_map(Value::from),
            "[a-z/~#0-9 é]{0,5}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 5, |inner| {
            let key = prop_oneof![
                Just("id"),
                Just("field"),
                Just("owner"),
                Just("fields"),
                Just("members"),
                Just("rules"),
                Just("a/b~c"),
            ];
            let name = "[#0-3ab]{1,2}".prop_map(Value::from);
            let object = prop::collection::vec((key, inner.clone()), 0..5).prop_map(|keys| {
                Value::Object(keys.into_iter().map(|(key, value)| (key.to_owned(), value)).collect::<Map<_, _>>())
            });
            let item = (prop_oneof![Just("id"), Just("owner"), Just("field")], name, object.clone()).prop_map(
                |(key, name, mut item)| {
                    item[key] = name;
                    item
                },
            );
            prop_oneof![object, prop::collection::vec(prop_oneof![item, inner], 0..5).prop_map(Value::from),]
        })
    }
}
