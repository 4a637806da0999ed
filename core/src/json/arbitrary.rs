//! Generated values for tests.

use proptest::prelude::*;
use serde_json::{Map, Value};

/// Values in the shape of contracts: few names, so that lists have named, unnamed and doubly named items.
pub(crate) fn value() -> impl Strategy<Value = Value> {
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
