//! Addresses into a contract: `/routing/rules/emea-enterprise/when`.
//!
//! Input: a contract as JSON. Output: the value at an address. Items of lists are named by their `id` (field policies
//! by `field`, pool members by `owner`), and by their position where they have no name or share it with an earlier
//! item. `~1` stands for `/` and `~0` for `~`, as in RFC 6901.

use serde_json::Value;

/// What an item of a list is called, if anything.
pub(crate) fn name_of(item: &Value) -> Option<&str> {
    ["id", "field", "owner"].iter().find_map(|key| item.get(key)?.as_str())
}

/// One step of an address for `text`.
pub(crate) fn escape(text: &str) -> String {
    text.replace('~', "~0").replace('/', "~1")
}

/// The steps of an address.
pub(crate) fn steps(address: &str) -> impl Iterator<Item = String> + '_ {
    address.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~"))
}

/// The address of what holds `address`, and the last step.
pub(crate) fn split(address: &str) -> Option<(&str, String)> {
    let (parent, last) = address.rsplit_once('/')?;
    Some((parent, last.replace("~1", "/").replace("~0", "~")))
}

/// The address one step further.
pub(crate) fn join(address: &str, step: &str) -> String {
    format!("{address}/{}", escape(step))
}

/// Where in a list the item called `step` stands.
pub(crate) fn position(items: &[Value], step: &str) -> Option<usize> {
    items
        .iter()
        .position(|item| name_of(item) == Some(step))
        .or_else(|| step.parse().ok().filter(|index| *index < items.len()))
}

/// The step under which each item of a list is found again.
pub(crate) fn item_steps(items: &[Value]) -> Vec<String> {
    items
        .iter()
        .enumerate()
        .map(|(index, item)| match name_of(item) {
            Some(name) if position(items, name) == Some(index) => name.to_owned(),
            _ => index.to_string(),
        })
        .collect()
}

/// The value at an address.
pub(crate) fn get<'a>(root: &'a Value, address: &str) -> Option<&'a Value> {
    steps(address).try_fold(root, |value, step| match value {
        Value::Object(members) => members.get(&step),
        Value::Array(items) => items.get(position(items, &step)?),
        _ => None,
    })
}

/// The value at an address, to be changed.
pub(crate) fn get_mut<'a>(root: &'a mut Value, address: &str) -> Option<&'a mut Value> {
    steps(address).try_fold(root, |value, step| match value {
        Value::Object(members) => members.get_mut(&step),
        Value::Array(items) => {
            let index = position(items, &step)?;
            items.get_mut(index)
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{get, item_steps, steps};

    #[test]
    fn items_are_found_by_name_and_otherwise_by_position() {
        let root = json!({"a": [{"id": "x", "v": 1}, {"v": 2}, {"id": "x", "v": 3}, {"field": "lead.email", "v": 4}]});
        let items = root["a"].as_array().unwrap();
        assert_eq!(item_steps(items), ["x", "1", "2", "lead.email"]);
        for (address, value) in [("/a/x/v", 1), ("/a/1/v", 2), ("/a/2/v", 3), ("/a/lead.email/v", 4)] {
            assert_eq!(get(&root, address), Some(&json!(value)), "{address}");
        }
        assert_eq!(get(&root, "/a/y"), None);
        assert_eq!(get(&root, ""), Some(&root));
    }

    #[test]
    fn slashes_in_names_are_escaped() {
        assert_eq!(steps("/a~1b/c~0d").collect::<Vec<_>>(), ["a/b", "c~d"]);
    }
}
