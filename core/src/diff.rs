//! What differs between two contracts, addressed: one entry per thing a person would call an edit.
//!
//! Input: two contracts as JSON. Output: [`Difference`]s in the order of the candidate. Items of lists are matched by
//! `id` (field policies by `field`, tightenings too, pool members by `owner`), so that moving a rule is a move and not
//! a hundred changes. A condition that keeps its shape differs in its leaves, otherwise as a whole; a list of plain
//! values differs as a whole, and the summary says what came and went. Where items share a name or have none, the list
//! differs as a whole. `digest` and `$schema` say nothing about behaviour and never differ.
//!
//! Invariants: [`apply`] of every difference to the first contract gives the second, but for the order of keys, which
//! is never a difference; moves are the fewest that explain the order.

mod apply;
mod list;
mod words;

pub use apply::{ApplyError, alone, apply, revert};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::json::Decode;
use crate::json::address::join;

/// One addressed difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Difference {
    /// Where: `/routing/rules/emea-enterprise/when`. Items of lists are named by id.
    pub address: String,
    /// What happened there.
    pub kind: DifferenceKind,
    /// The value before; none where something was added.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    /// The value after; none where something was removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Value>,
    /// The position, from 0, of an item that was added to a list (there) or removed from one (where it was).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<u32>,
    /// In words: "`at_least` 1000 → 500".
    pub summary: String,
}

/// What happened at an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DifferenceKind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It has another value.
    Changed,
    /// It stands elsewhere in its list; `before` and `after` are the positions, from 0.
    Moved,
}

/// What differs between two contracts.
///
/// ```
/// use interlock_core::diff::diff;
/// use serde_json::json;
/// let rule = |id: &str, points: i32| json!({"id": id, "points": points});
/// let before = json!({"rules": [rule("a", 10), rule("b", 20), rule("c", 30)]});
/// let after = json!({"rules": [rule("c", 30), rule("a", 15), rule("b", 20)]});
/// let said: Vec<_> = diff(&before, &after).into_iter().map(|d| (d.address, d.summary)).collect();
/// assert_eq!(said, [
///     ("/rules/c".into(), "moved from place 3 to 1".into()),
///     ("/rules/a/points".into(), "`points` 10 → 15".into()),
/// ]);
/// ```
#[must_use]
pub fn diff(before: &Value, after: &Value) -> Vec<Difference> {
    let mut out = Vec::new();
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            let counts = |key: &str| !matches!(key, "digest" | "$schema");
            objects("", before, after, &counts, &mut out);
        }
        _ => values("", "", before, after, &mut out),
    }
    out
}

/// Compares what stands at `address` under `key`.
fn values(address: &str, key: &str, before: &Value, after: &Value, out: &mut Vec<Difference>) {
    if before == after {
        return;
    }
    match (before, after) {
        (Value::Object(b), Value::Object(a)) if !differ_as_a_whole(b, a) => {
            objects(address, b, a, &|_| true, out);
        }
        (Value::Array(b), Value::Array(a)) => {
            if list::are_named(key, b, a) {
                list::items(address, key, b, a, out);
            } else if is_positional(key, b, a) {
                for (index, (b, a)) in b.iter().zip(a).enumerate() {
                    values(&join(address, &index.to_string()), "", b, a, out);
                }
            } else {
                out.push(changed(address, key, before, after));
            }
        }
        _ => out.push(changed(address, key, before, after)),
    }
}

fn changed(address: &str, key: &str, before: &Value, after: &Value) -> Difference {
    Difference {
        address: address.to_owned(),
        kind: DifferenceKind::Changed,
        before: Some(before.clone()),
        after: Some(after.clone()),
        position: None,
        summary: words::changed(key, before, after),
    }
}

type Object = Map<String, Value>;

fn objects(address: &str, before: &Object, after: &Object, counts: &dyn Fn(&str) -> bool, out: &mut Vec<Difference>) {
    let absent = Vec::new();
    for (key, value) in after.iter().filter(|(key, _)| counts(key)) {
        let here = join(address, key);
        match (before.get(key), value) {
            (Some(was), _) => values(&here, key, was, value, out),
            // A list that starts to exist is no edit of its own; each item is.
            (None, Value::Array(items)) if list::are_named(key, &absent, items) => {
                list::items(&here, key, &absent, items, out);
            }
            (None, _) => out.push(Difference {
                address: here,
                kind: DifferenceKind::Added,
                before: None,
                after: Some(value.clone()),
                position: None,
                summary: words::added(key, value),
            }),
        }
    }
    for (key, was) in before.iter().filter(|(key, _)| counts(key)) {
        if !after.contains_key(key) {
            out.push(Difference {
                address: join(address, key),
                kind: DifferenceKind::Removed,
                before: Some(was.clone()),
                after: None,
                position: None,
                summary: words::removed(key, was),
            });
        }
    }
}

/// A target that becomes another kind of target, a condition that takes another shape: nobody reads these key by key.
fn differ_as_a_whole(before: &Object, after: &Object) -> bool {
    if is_condition(before) || is_condition(after) {
        return !same_shape(before, after);
    }
    !before.is_empty() && !after.is_empty() && !before.keys().any(|key| after.contains_key(key))
}

fn is_condition(keys: &Object) -> bool {
    ["all", "any", "not", "fact"].iter().any(|key| keys.contains_key(*key))
}

/// Whether two conditions ask the same tests of the same facts in the same order, whatever they compare with.
fn same_shape(before: &Object, after: &Object) -> bool {
    before.len() == after.len()
        && before.iter().all(|(key, b)| match (key.as_str(), after.get(key)) {
            (_, None) => false,
            ("all" | "any" | "not", Some(a)) => same_parts(b, a),
            ("fact", Some(a)) => a == b,
            _ => true,
        })
}

fn same_parts(before: &Value, after: &Value) -> bool {
    match (before, after) {
        (Value::Array(b), Value::Array(a)) => is_positional("all", b, a),
        (Value::Object(b), Value::Object(a)) => same_shape(b, a),
        _ => before == after,
    }
}

/// Whether two lists are the parts of conditions of one shape. Parts have no names.
fn is_positional(key: &str, before: &[Value], after: &[Value]) -> bool {
    let parts = |(b, a): (&Value, &Value)| match (b, a) {
        (Value::Object(b), Value::Object(a)) => {
            is_condition(b) && same_shape(b, a) && !b.contains_key("id") && !a.contains_key("id")
        }
        _ => false,
    };
    matches!(key, "all" | "any") && before.len() == after.len() && before.iter().zip(after).all(parts)
}

#[cfg(test)]
mod tests;
