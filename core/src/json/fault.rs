//! What is wrong with one value, and how that is said.

use std::fmt::{self, Display};

use serde::de;
use serde_json::Value;

use super::suggest::did_you_mean;

/// What a type says about a value that does not fit it.
#[derive(Debug)]
pub(super) enum Fault {
    /// A key the type does not have.
    Unknown { found: String, known: &'static [&'static str] },
    /// A key the type needs.
    Missing(&'static str),
    /// Another kind of value.
    Type { expected: String },
    /// The right kind, out of range.
    Value { expected: String },
    /// Not one of the words.
    Word { found: Option<String>, known: &'static [&'static str] },
    /// One of the words, without the value that belongs to it.
    Bare(String),
    /// Nested deeper than is read.
    Deep,
    /// What the type itself says.
    Custom(String),
    /// A finding has been made of it.
    Noted,
}

impl de::Error for Fault {
    fn custom<T: Display>(message: T) -> Self {
        Self::Custom(message.to_string())
    }

    fn invalid_type(_: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        let mut expected = in_words(&expected.to_string());
        // The limits matter to a number out of them, not to a text.
        if expected.starts_with("a whole number") {
            "a whole number".clone_into(&mut expected);
        }
        Self::Type { expected }
    }

    fn invalid_value(_: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::Value { expected: in_words(&expected.to_string()) }
    }

    fn invalid_length(_: usize, expected: &dyn de::Expected) -> Self {
        Self::Value { expected: in_words(&expected.to_string()) }
    }

    fn unknown_variant(found: &str, known: &'static [&'static str]) -> Self {
        Self::Word { found: Some(found.to_owned()), known }
    }

    fn unknown_field(found: &str, known: &'static [&'static str]) -> Self {
        Self::Unknown { found: found.to_owned(), known }
    }

    fn missing_field(key: &'static str) -> Self {
        Self::Missing(key)
    }
}

impl Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(&Value::Null).message)
    }
}

impl std::error::Error for Fault {}

/// A fault in words.
pub(super) struct Said {
    pub(super) code: &'static str,
    pub(super) message: String,
    pub(super) help: Option<String>,
}

impl Fault {
    /// The fault of `value` in words.
    pub(super) fn say(&self, value: &Value) -> Said {
        let said = |code, message, help| Said { code, message, help };
        match self {
            Self::Unknown { found, known } => said(
                "unknown-key",
                format!("unknown key `{found}`"),
                did_you_mean(found, known.iter().copied()).or_else(|| Some(format!("known here: {}", listed(known)))),
            ),
            Self::Missing(key) => {
                said("missing-key", format!("`{key}` is missing"), Some(format!("add the key `{key}`")))
            }
            Self::Type { expected } => {
                said("wrong-type", format!("expected {expected}; found {}", shown(value)), remedy(expected, value))
            }
            Self::Value { expected } => {
                said("wrong-value", format!("expected {expected}; found {}", shown(value)), remedy(expected, value))
            }
            Self::Word { found, known } => said(
                if found.is_some() { "unknown-word" } else { "wrong-type" },
                format!(
                    "expected one of {}; found {}",
                    listed(known),
                    found.as_ref().map_or_else(|| shown(value), |found| quoted(found)),
                ),
                found.as_ref().and_then(|found| did_you_mean(found, known.iter().copied())),
            ),
            Self::Bare(word) => said(
                "wrong-type",
                format!("`{word}` stands without its value"),
                Some(format!("write {{\"{word}\": …}}")),
            ),
            Self::Deep => said(
                "too-deep",
                format!("nested deeper than {} levels", super::MAX_DEPTH),
                Some("name parts of it, for example as territories or lists".to_owned()),
            ),
            Self::Custom(message) if message.starts_with("expected ") => {
                said("wrong-type", format!("{message}; found {}", shown(value)), remedy(message, value))
            }
            Self::Custom(message) => {
                // The project's own messages put the remedy behind a semicolon.
                let (what, remedy) = match message.split_once("; ") {
                    Some((what, remedy)) => (what, Some(remedy.to_owned())),
                    None => (message.as_str(), None),
                };
                said("wrong-value", what.to_owned(), remedy)
            }
            Self::Noted => said("wrong-value", "see the other findings".to_owned(), None),
        }
    }
}

/// `a`, `b`, `c`.
fn listed(words: &[&str]) -> String {
    let mut out = String::new();
    for (i, word) in words.iter().enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        out.push('`');
        out.push_str(word);
        out.push('`');
    }
    out
}

fn quoted(text: &str) -> String {
    const LONGEST: usize = 40;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("`{}…`", &text[..end]),
        None if text.is_empty() => "an empty text".to_owned(),
        None => format!("`{text}`"),
    }
}

/// What was found, short enough for a message.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "`null`".to_owned(),
        Value::Bool(value) => format!("`{value}`"),
        Value::Number(value) => format!("the number `{value}`"),
        Value::String(text) if text.is_empty() => "an empty text".to_owned(),
        Value::String(text) => format!("the text {}", quoted(text)),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

/// How to turn what was found into what was expected, where that is plain.
fn remedy(expected: &str, value: &Value) -> Option<String> {
    match value {
        Value::Null => Some("leave the key out to use the default".to_owned()),
        Value::String(text)
            if expected.contains("number") && !expected.contains("text") && text.parse::<i64>().is_ok() =>
        {
            Some(format!("write {text} without quotes"))
        }
        Value::String(text) if expected.contains("true or false") && matches!(text.as_str(), "true" | "false") => {
            Some(format!("write {text} without quotes"))
        }
        Value::Number(_) | Value::Bool(_) if expected == "a text" => Some(format!("write \"{value}\" in quotes")),
        Value::String(_) | Value::Number(_) if expected == "a list" => {
            let text = value.to_string();
            (text.len() <= 60).then(|| format!("write [{text}]"))
        }
        _ => None,
    }
}

/// Rust's words for types in the words of a contract's author.
fn in_words(expected: &str) -> String {
    let words = match expected {
        "a string" | "a borrowed string" | "str" | "string" => "a text",
        "a boolean" => "true or false",
        "a sequence" => "a list",
        "a map" => "an object",
        "u8" => "a whole number from 0 to 255",
        "u16" => "a whole number from 0 to 65535",
        "u32" => "a whole number from 0 to 4294967295",
        "i8" => "a whole number from -128 to 127",
        "i16" => "a whole number from -32768 to 32767",
        "i32" => "a whole number from -2147483648 to 2147483647",
        "u64" | "usize" => "a whole number, not negative",
        "i64" | "isize" => "a whole number",
        "f32" | "f64" => "a number",
        "unit" => "null",
        other if other.starts_with("struct ") => "an object",
        other if other.starts_with("an array of length") => "a list of another length",
        other => other,
    };
    words.to_owned()
}
