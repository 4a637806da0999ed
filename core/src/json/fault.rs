//! What is wrong with one value, and how that is said.

use serde_json::Value;

use super::suggest::did_you_mean;

/// What a type says about a value that does not fit it.
pub(super) enum Fault {
    /// A key the type does not have.
    Unknown { found: String, known: &'static [&'static str] },
    /// A key the type needs.
    Missing(&'static str),
    /// Another kind of value.
    Type { expected: &'static str },
    /// The right kind, out of range.
    Value { expected: &'static str },
    /// Not one of the words.
    Word { found: Option<String>, known: &'static [&'static str] },
    /// One of the words, without the value that belongs to it.
    Bare(String),
    /// Nested deeper than is read.
    Deep,
    /// What the type itself says.
    Custom(String),
}

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
pub(crate) fn shown(value: &Value) -> String {
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
        Value::Number(_) | Value::Bool(_) if expected == "a text" => {
            Some(format!("write \"{}\" in quotes", super::text(value)))
        }
        Value::String(_) | Value::Number(_) if expected == "a list" => {
            let text = super::text(value);
            (text.len() <= 60).then(|| format!("write [{text}]"))
        }
        _ => None,
    }
}
