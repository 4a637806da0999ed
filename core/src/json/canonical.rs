//! Canonical bytes: what is compared and hashed.
//!
//! Input: anything that serialises. Output: its RFC 8785 form, the same on every platform. Invariant: a number is
//! written exactly or refused: JSON readers share no integers beyond 2^53.

use std::fmt::Write;

use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::address::{self, Step};
use super::place::read;
use super::sorted::{is_shared, sorted};
use super::write::text;

/// Why something has no canonical form.
#[derive(Debug, Error)]
pub enum CanonicalError {
    /// An integer that not every reader reads exactly.
    #[error("`{number}` at `{address}` is beyond 2^53 (9007199254740992); write it as a text")]
    TooLarge {
        /// Where it stands.
        address: String,
        /// The integer.
        number: String,
    },
    /// A fraction that not every reader reads exactly.
    #[error(
        "`{number}` at `{address}` is more than a double holds (17 digits, up to 10^308); round it, or write it as a text"
    )]
    TooFine {
        /// Where it stands.
        address: String,
        /// The fraction.
        number: String,
    },
}

/// The canonical JSON (RFC 8785) of `value`.
pub fn canonical(value: &impl Serialize) -> Result<String, CanonicalError> {
    let text = text(value);
    match sorted(&text) {
        Some(canonical) => Ok(canonical),
        None => Err(beyond(&read(&text, &mut Vec::new()).unwrap_or_default())),
    }
}

/// `sha256:` and the SHA-256, in hexadecimal, of the canonical JSON of a contract without its `digest` key.
pub fn digest(contract: &Value) -> Result<String, CanonicalError> {
    let text = match contract {
        Value::Object(keys) if keys.contains_key("digest") => {
            let mut keys = keys.clone();
            keys.shift_remove("digest");
            canonical(&Value::Object(keys))?
        }
        _ => canonical(contract)?,
    };
    let mut out = String::from("sha256:");
    for byte in Sha256::digest(text.as_bytes()) {
        // Writing to a String cannot fail.
        let _ = write!(out, "{byte:02x}");
    }
    Ok(out)
}

/// Says which number readers do not share.
fn beyond(value: &Value) -> CanonicalError {
    let (path, number) = unshared(value).unwrap_or_default();
    let address = address::of_path(value, &path);
    match number.contains(['.', 'e', 'E']) {
        true => CanonicalError::TooFine { address, number },
        false => CanonicalError::TooLarge { address, number },
    }
}

/// The first number that readers do not share, with the way to it.
fn unshared(value: &Value) -> Option<(Vec<Step>, String)> {
    let (step, (mut path, number)) = match value {
        Value::Number(number) => {
            let number = number.as_str();
            return (!is_shared(number)).then(|| (Vec::new(), number.to_owned()));
        }
        Value::Array(items) => {
            items.iter().enumerate().find_map(|(i, item)| Some((Step::Index(i), unshared(item)?)))?
        }
        Value::Object(keys) => keys.iter().find_map(|(key, item)| Some((Step::Key(key.clone()), unshared(item)?)))?,
        _ => return None,
    };
    path.insert(0, step);
    Some((path, number))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(value: &Value, expect: &str) {
        assert_eq!(canonical(value).unwrap(), expect);
    }

    #[test]
    fn writes_rfc_8785() {
        check(&json!({"b": 1, "a": [true, null, "é\n\u{1}"]}), r#"{"a":[true,null,"é\n\u0001"],"b":1}"#);
        check(&json!({"n": 0.87, "e": 1e21, "z": -0.0}), r#"{"e":1e+21,"n":0.87,"z":0}"#);
        // Sorted by UTF-16 code units, where U+1F600 comes before U+FB33 (RFC 8785, §3.2.3).
        check(&json!({"\u{fb33}": 1, "\u{1f600}": 2}), "{\"\u{1f600}\":2,\"\u{fb33}\":1}");
        check(&json!(9_007_199_254_740_992_u64), "9007199254740992");
    }

    #[test]
    fn refuses_integers_no_other_reader_can_hold() {
        let value = json!({"rules": [{"id": "a", "n": -9_007_199_254_740_993_i64}]});
        let error = canonical(&value).unwrap_err().to_string();
        assert!(error.contains("`-9007199254740993` at `/rules/a/n`"), "{error}");
        assert!(digest(&value).is_err());
        let value: Value = serde_json::from_str(r#"{"n": 0.1234567890123456789}"#).unwrap();
        let error = canonical(&value).unwrap_err().to_string();
        assert!(error.contains("`0.1234567890123456789` at `/n`"), "{error}");
    }

    #[test]
    fn the_digest_ignores_itself_and_the_order_of_keys() {
        let plain = digest(&json!({"interlock": 1, "id": "a"})).unwrap();
        assert_eq!(plain, digest(&json!({"id": "a", "digest": "old", "interlock": 1})).unwrap());
        assert_ne!(plain, digest(&json!({"id": "b", "interlock": 1})).unwrap());
        // Made independently: printf '%s' '{"id":"a","interlock":1}' | sha256sum
        assert_eq!(plain, "sha256:71702c2cb3c707ea6101c52471ebe22c1dcd327f772732de4a836a922221d20e");
    }

    proptest! {
        #[test]
        fn is_json_of_the_same_value(value in super::super::arbitrary::value()) {
            let text = canonical(&value).unwrap();
            let read: Value = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(&read, &value);
            prop_assert_eq!(canonical(&read).unwrap(), text);
        }
    }
}
