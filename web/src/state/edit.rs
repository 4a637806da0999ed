//! Edits: the only way the candidate changes.
//!
//! Input: a contract as JSON and one [`Edit`]. Output: the contract with the edit made, or a [`Refusal`] that leaves it
//! as it was. Invariant: the order of keys is kept, so an export differs from its source only where it was edited.

use serde_json::{Map, Value};

use super::address;

/// One edit of a contract.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Edit {
    /// Puts a value at an address; what holds it is made where it is missing.
    Set { at: String, value: Value },
    /// Takes a key or an item away.
    Remove { at: String },
    /// Puts an item into a list, before the item that stands at `index`.
    Insert { list: String, index: usize, item: Value },
    /// Puts an item of a list elsewhere in it; `to` is its position afterwards.
    Move { at: String, to: usize },
    /// Replaces the whole contract by a text that was typed; the text is kept as it is.
    Text { text: String },
    /// Replaces the whole contract, as taking a difference back does; `label` says what was done.
    Whole { value: Value, label: String },
}

impl Edit {
    /// An edit that sets one value.
    pub(crate) fn set(at: impl Into<String>, value: impl Into<Value>) -> Self {
        Self::Set { at: at.into(), value: value.into() }
    }

    /// An edit that takes one thing away.
    pub(crate) fn remove(at: impl Into<String>) -> Self {
        Self::Remove { at: at.into() }
    }

    /// What is being changed, so that a gesture of many edits is one step of history.
    pub(crate) fn gesture(&self) -> Option<&str> {
        match self {
            Self::Set { at, .. } => Some(at),
            Self::Text { .. } => Some(""),
            Self::Remove { .. } | Self::Insert { .. } | Self::Move { .. } | Self::Whole { .. } => None,
        }
    }

    /// The edit in words, for the history.
    pub(crate) fn label(&self) -> String {
        match self {
            Self::Set { at, .. } => format!("change {at}"),
            Self::Remove { at } => format!("remove {at}"),
            Self::Insert { list, item, .. } => match address::name_of(item) {
                Some(name) => format!("add {list}/{name}"),
                None => format!("add to {list}"),
            },
            Self::Move { at, .. } => format!("move {at}"),
            Self::Text { .. } => "edit the text".to_owned(),
            Self::Whole { label, .. } => label.clone(),
        }
    }
}

/// An edit that could not be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal(pub(crate) String);

fn nothing_at(address: &str) -> Refusal {
    Refusal(format!("there is nothing at `{address}` any more"))
}

/// Makes an edit.
pub(crate) fn apply(contract: &mut Value, edit: &Edit) -> Result<(), Refusal> {
    match edit {
        Edit::Set { at, value } => set(contract, at, value.clone()),
        Edit::Remove { at } => {
            let (parent, step) = address::split(at).ok_or_else(|| nothing_at(at))?;
            match address::get_mut(contract, parent) {
                Some(Value::Object(members)) => members.shift_remove(&step).map(drop),
                Some(Value::Array(items)) => address::position(items, &step).map(|index| drop(items.remove(index))),
                _ => None,
            }
            .ok_or_else(|| nothing_at(at))
        }
        Edit::Insert { list, index, item } => {
            if address::get(contract, list).is_none() {
                set(contract, list, Value::Array(Vec::new()))?;
            }
            let Some(Value::Array(items)) = address::get_mut(contract, list) else {
                return Err(Refusal(format!("`{list}` is not a list")));
            };
            items.insert((*index).min(items.len()), item.clone());
            Ok(())
        }
        Edit::Move { at, to } => {
            let (parent, step) = address::split(at).ok_or_else(|| nothing_at(at))?;
            let Some(Value::Array(items)) = address::get_mut(contract, parent) else {
                return Err(nothing_at(parent));
            };
            let from = address::position(items, &step).ok_or_else(|| nothing_at(at))?;
            let item = items.remove(from);
            items.insert((*to).min(items.len()), item);
            Ok(())
        }
        Edit::Text { text } => {
            *contract = super::read(text).map_err(|unread| Refusal(unread.message))?;
            Ok(())
        }
        Edit::Whole { value, .. } => {
            *contract = value.clone();
            Ok(())
        }
    }
}

fn set(root: &mut Value, at: &str, value: Value) -> Result<(), Refusal> {
    let mut place = root;
    for step in address::steps(at) {
        if place.is_null() {
            *place = Value::Object(Map::new());
        }
        place = match place {
            Value::Object(members) => members.entry(step).or_insert(Value::Null),
            Value::Array(items) => {
                let index = address::position(items, &step).ok_or_else(|| nothing_at(at))?;
                items.get_mut(index).ok_or_else(|| nothing_at(at))?
            }
            _ => return Err(nothing_at(at)),
        };
    }
    *place = value;
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Edit, apply};

    fn rules() -> Value {
        json!({"version": "1", "routing": {"rules": [{"id": "a", "n": 1}, {"id": "b", "n": 2}, {"id": "c", "n": 3}]}})
    }

    #[track_caller]
    fn check(edit: &Edit, expect: &str) {
        let mut contract = rules();
        let refused = apply(&mut contract, edit).err();
        let ids: Vec<&str> =
            contract["routing"]["rules"].as_array().unwrap().iter().filter_map(|rule| rule["id"].as_str()).collect();
        let found = refused.map_or_else(|| ids.join(" "), |refusal| refusal.0);
        assert_eq!(found, expect);
    }

    #[test]
    fn edits_a_list_by_name() {
        check(&Edit::remove("/routing/rules/b"), "a c");
        let at = "/routing/rules/c".to_owned();
        check(&Edit::Move { at, to: 0 }, "c a b");
        let item = json!({"id": "d"});
        let list = "/routing/rules".to_owned();
        check(&Edit::Insert { list, index: 1, item }, "a d b c");
        check(&Edit::set("/routing/rules/a/id", "z"), "z b c");
        check(&Edit::remove("/routing/rules/x"), "there is nothing at `/routing/rules/x` any more");
    }

    #[test]
    fn makes_what_is_missing_on_the_way() {
        let mut contract = rules();
        apply(&mut contract, &Edit::set("/routing/fallback/queue", "triage")).unwrap();
        assert_eq!(contract["routing"]["fallback"], json!({"queue": "triage"}));
        let list = "/review".to_owned();
        let item = json!({"id": "r"});
        apply(&mut contract, &Edit::Insert { list, index: 9, item }).unwrap();
        assert_eq!(contract["review"], json!([{"id": "r"}]));
    }

    #[test]
    fn a_refused_edit_changes_nothing_that_was_there() {
        let mut contract = rules();
        assert!(apply(&mut contract, &Edit::set("/version/x", 1)).is_err());
        assert_eq!(contract, rules());
    }
}
