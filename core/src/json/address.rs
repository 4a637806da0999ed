//! Addresses: `/routing/rules/emea-enterprise/when`.
//!
//! An address is a JSON pointer (RFC 6901, with its escapes `~0` and `~1`) in which items of a list go by name: by their
//! `id`, in a list of `fields` by `field`, in a list of `members` by `owner`. An item without a name, or with one that
//! another item of its list has too, goes by its position from 0; where that number is some other item's name, `#`
//! stands before it. The empty address is the whole value.
//!
//! Invariant: `resolve(v, of_path(v, p)) == Some(p)` for every path `p` that exists in `v`, and no other text resolves:
//! an address that is out of date means nothing rather than something else.

use std::fmt::Write;

use serde_json::Value;
use thiserror::Error;

/// One step into a value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Into an object, by key.
    Key(String),
    /// Into a list, by position.
    Index(usize),
}

/// Why a value could not be changed at an address.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AddressError {
    /// Nothing stands there.
    #[error("nothing stands at `{0}`")]
    Missing(String),
    /// What stands there is not a list.
    #[error("`{0}` is not a list")]
    NotAList(String),
    /// The address does not start with `/`.
    #[error("`{0}` is not an address; write `/` before every step, as in `/routing/rules`")]
    Malformed(String),
}

/// The key by which the items of the list called `list` are named.
fn name_key(list: Option<&str>) -> &'static str {
    match list {
        Some("fields") => "field",
        Some("members") => "owner",
        Some("tiers") => "tier",
        Some("domains") => "domain",
        Some("comparisons") => "of",
        _ => "id",
    }
}

/// The name of an item of the list called `list`, whether or not another item has it too.
pub(crate) fn name_of<'v>(list: Option<&str>, item: &'v Value) -> Option<&'v str> {
    item.get(name_key(list))?.as_str()
}

/// The only item of that name.
fn named(list: Option<&str>, items: &[Value], name: &str) -> Option<usize> {
    let mut found = items.iter().enumerate().filter(|(_, item)| name_of(list, item) == Some(name));
    match (found.next(), found.next()) {
        (Some((index, _)), None) => Some(index),
        _ => None,
    }
}

/// How the address of an item of a list ends, without escapes.
pub(crate) fn segment(list: Option<&str>, items: &[Value], index: usize) -> String {
    if let Some(name) = items.get(index).and_then(|item| name_of(list, item))
        && named(list, items, name).is_some()
    {
        return name.to_owned();
    }
    let mut segment = index.to_string();
    while named(list, items, &segment).is_some() {
        segment.insert(0, '#');
    }
    segment
}

/// `address` with one more step, escaped.
#[must_use]
pub fn join(address: &str, step: &str) -> String {
    let mut out = String::with_capacity(address.len() + step.len() + 1);
    out.push_str(address);
    out.push('/');
    for c in step.chars() {
        match c {
            '~' => out.push_str("~0"),
            '/' => out.push_str("~1"),
            c => out.push(c),
        }
    }
    out
}

/// The address without its last step, and that step, unescaped. `None` for the whole value.
#[must_use]
pub fn split_last(address: &str) -> Option<(&str, String)> {
    let (parent, last) = address.rsplit_once('/')?;
    Some((parent, unescape(last)))
}

fn unescape(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}

/// The address of a path. Steps that do not exist in `root` are written as they are.
#[must_use]
pub fn of_path(root: &Value, path: &[Step]) -> String {
    let (mut here, mut list, mut out) = (Some(root), None, String::new());
    for step in path {
        match step {
            Step::Key(key) => {
                out = join(&out, key);
                here = here.and_then(|value| value.get(key));
                list = Some(key.as_str());
            }
            Step::Index(index) => {
                match here.and_then(Value::as_array) {
                    Some(items) => out = join(&out, &segment(list, items, *index)),
                    None => {
                        // Writing to a String cannot fail.
                        let _ = write!(out, "/{index}");
                    }
                }
                here = here.and_then(|value| value.get(index));
                list = None;
            }
        }
    }
    out
}

/// The path an address means, if something stands there.
#[must_use]
pub fn resolve(root: &Value, address: &str) -> Option<Vec<Step>> {
    let mut path = Vec::new();
    if address.is_empty() {
        return Some(path);
    }
    let mut here = root;
    let mut list: Option<&str> = None;
    for segment in address.strip_prefix('/')?.split('/') {
        let segment = unescape(segment);
        match here {
            Value::Object(keys) => {
                let (key, value) = keys.get_key_value(&segment)?;
                here = value;
                list = Some(key.as_str());
                path.push(Step::Key(segment));
            }
            Value::Array(items) => {
                let index = named(list, items, &segment).or_else(|| {
                    let index = segment.trim_start_matches('#').parse().ok()?;
                    // An address has one spelling: what has a name does not go by its position.
                    (self::segment(list, items, index) == segment).then_some(index)
                })?;
                (here, list) = (items.get(index)?, None);
                path.push(Step::Index(index));
            }
            _ => return None,
        }
    }
    Some(path)
}

/// What stands at an address.
#[must_use]
pub fn get<'v>(root: &'v Value, address: &str) -> Option<&'v Value> {
    resolve(root, address)?.iter().try_fold(root, |here, step| match step {
        Step::Key(key) => here.get(key),
        Step::Index(index) => here.get(index),
    })
}

/// What stands at an address, to be changed.
#[must_use]
pub fn get_mut<'v>(root: &'v mut Value, address: &str) -> Option<&'v mut Value> {
    resolve(root, address)?.iter().try_fold(root, |here, step| match step {
        Step::Key(key) => here.get_mut(key),
        Step::Index(index) => here.get_mut(index),
    })
}

/// Puts a value at an address and gives back what stood there. A key that an object lacks is added, and so are the
/// objects on the way; a list's items are added with [`insert`].
pub fn set(root: &mut Value, address: &str, value: Value) -> Result<Option<Value>, AddressError> {
    if let Some(place) = get_mut(root, address) {
        return Ok(Some(std::mem::replace(place, value)));
    }
    let (parent, key) = split_last(address).ok_or_else(|| AddressError::Malformed(address.to_owned()))?;
    if get(root, parent).is_none() {
        set(root, parent, Value::Object(serde_json::Map::new()))?;
    }
    match get_mut(root, parent) {
        Some(Value::Object(keys)) => Ok(keys.insert(key, value)),
        _ => Err(AddressError::Missing(address.to_owned())),
    }
}

/// Takes out what stands at an address; the rest keeps its order.
pub fn remove(root: &mut Value, address: &str) -> Result<Value, AddressError> {
    let missing = || AddressError::Missing(address.to_owned());
    let last = resolve(root, address).ok_or_else(missing)?.pop();
    let parent = address.rsplit_once('/').map_or("", |(parent, _)| parent);
    match (get_mut(root, parent), last) {
        (Some(Value::Object(keys)), Some(Step::Key(key))) => keys.shift_remove(&key).ok_or_else(missing),
        (Some(Value::Array(items)), Some(Step::Index(index))) if index < items.len() => Ok(items.remove(index)),
        _ => Err(missing()),
    }
}

/// Puts an item into the list at an address, at a position from 0 or, beyond its end, last. An object without the list
/// gets it.
pub fn insert(root: &mut Value, list: &str, position: usize, item: Value) -> Result<(), AddressError> {
    if get(root, list).is_none() {
        set(root, list, Value::Array(Vec::new()))?;
    }
    match get_mut(root, list) {
        Some(Value::Array(items)) => {
            items.insert(position.min(items.len()), item);
            Ok(())
        }
        _ => Err(AddressError::NotAList(list.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn sample() -> Value {
        json!({
            "routing": {"rules": [
                {"id": "emea/dach", "when": {"all": [{"fact": "a"}, {"fact": "b", "at_least": 1}]}},
                {"id": "twice"}, {"id": "twice"}, {"id": "1"}, {"name": "x"},
            ], "pools": [{"id": "p", "members": [{"owner": "ann@example.com"}, {"owner": "77"}]}]},
            "fields": [{"field": "lead.industry", "ai": "auto"}],
        })
    }

    #[track_caller]
    fn check(address: &str, expect: Option<&str>) {
        let found = get(&sample(), address).map(Value::to_string);
        assert_eq!(found.as_deref(), expect, "{address}");
    }

    #[test]
    fn finds_by_name_then_by_position() {
        check("/fields/lead.industry/ai", Some("\"auto\""));
        check("/routing/rules/emea~1dach/when/all/1/at_least", Some("1"));
        check("/routing/rules/emea~1dach/when/all/0/fact", Some("\"a\""));
        check("/routing/rules/0", None);
        check("/routing/rules/1/id", Some("\"1\""));
        check("/routing/rules/#1/id", Some("\"twice\""));
        check("/routing/rules/2/id", Some("\"twice\""));
        check("/routing/pools/p/members/77/owner", Some("\"77\""));
        for nowhere in [
            "/routing/rules/twice",
            "/routing/rules/9",
            "/routing/rules/+0",
            "routing",
            "/",
            "/fields/lead.industry/ai/x",
        ] {
            check(nowhere, None);
        }
    }

    #[test]
    fn changes_what_it_finds_and_says_what_it_does_not() {
        let mut value = sample();
        assert_eq!(set(&mut value, "/fields/lead.industry/ai", json!("never")), Ok(Some(json!("auto"))));
        assert_eq!(set(&mut value, "/settings/currency", json!("EUR")), Ok(None));
        assert_eq!(get(&value, "/settings"), Some(&json!({"currency": "EUR"})));
        assert_eq!(remove(&mut value, "/routing/rules/1"), Ok(json!({"id": "1"})));
        assert_eq!(insert(&mut value, "/routing/queues", 7, json!({"id": "q"})), Ok(()));
        assert_eq!(get(&value, "/routing/queues/q/id"), Some(&json!("q")));
        let missing = |address: &str| AddressError::Missing(address.to_owned());
        assert_eq!(remove(&mut value, "/routing/rules/none"), Err(missing("/routing/rules/none")));
        assert_eq!(set(&mut value, "/routing/rules/none", json!(1)), Err(missing("/routing/rules/none")));
        assert_eq!(insert(&mut value, "/routing", 0, json!(1)), Err(AddressError::NotAList("/routing".to_owned())));
        assert!(matches!(set(&mut value, "x", json!(1)), Err(AddressError::Malformed(_))));
        assert!(remove(&mut value, "").is_err());
    }

    fn paths(value: &Value, here: &mut Vec<Step>, out: &mut Vec<Vec<Step>>) {
        out.push(here.clone());
        let children: Vec<(Step, &Value)> = match value {
            Value::Array(items) => items.iter().enumerate().map(|(i, item)| (Step::Index(i), item)).collect(),
            Value::Object(keys) => keys.iter().map(|(key, item)| (Step::Key(key.clone()), item)).collect(),
            _ => Vec::new(),
        };
        for (step, child) in children {
            here.push(step);
            paths(child, here, out);
            here.pop();
        }
    }

    proptest! {
        #[test]
        fn every_place_has_an_address_of_its_own(value in super::super::arbitrary::value()) {
            let mut all = Vec::new();
            paths(&value, &mut Vec::new(), &mut all);
            for path in all {
                prop_assert_eq!(resolve(&value, &of_path(&value, &path)), Some(path));
            }
        }

        #[test]
        fn no_text_is_an_address_that_panics(address in "[/~#a-z0-9.]{0,12}", value in super::super::arbitrary::value()) {
            let mut value = value;
            let _ = get(&value, &address);
            let _ = remove(&mut value, &address);
            let _ = insert(&mut value, &address, 3, json!(1));
            if set(&mut value, &address, json!(7)).is_ok() && !value.is_array() {
                let parent = address.rsplit_once('/').map_or("", |(parent, _)| parent);
                // What loses its name in a list goes by its position from then on.
                if get(&value, parent).is_none_or(Value::is_object) {
                    prop_assert_eq!(get(&value, &address), Some(&json!(7)));
                }
            }
        }
    }
}
