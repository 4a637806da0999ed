//! The value of a text, from the events of its scan.
//!
//! Input: the events of a scan that ends well. Output: the value. Invariants: numbers keep the digits they are written
//! with; of a key that stands twice the last counts, as for serde_json. One pass gives value, places and slips: the
//! engine carries one reader of JSON, and a test compares it with serde_json's.

use std::ops::Range;

use serde_json::{Map, Number, Value};

use super::scan::Event;

/// A value while its text is being scanned.
#[derive(Default)]
pub(super) struct Tree {
    /// The open objects and lists, each with the key under which it will stand.
    open: Vec<(Value, String)>,
    key: String,
    whole: Option<Value>,
}

impl Tree {
    pub(super) fn see(&mut self, text: &str, event: &Event) {
        match event {
            Event::Key(bytes) => self.key = unquoted(text.get(bytes.clone()).unwrap_or_default()),
            Event::Scalar(bytes) => self.put(scalar(text, bytes)),
            Event::Object(_) => self.begin(Value::Object(Map::new())),
            Event::List(_) => self.begin(Value::Array(Vec::new())),
            Event::Close(_) => {
                if let Some((value, key)) = self.open.pop() {
                    self.key = key;
                    self.put(value);
                }
            }
        }
    }

    /// The value, once the scan has ended.
    pub(super) fn value(self) -> Option<Value> {
        self.whole
    }

    fn begin(&mut self, value: Value) {
        self.open.push((value, std::mem::take(&mut self.key)));
    }

    fn put(&mut self, value: Value) {
        match self.open.last_mut() {
            Some((Value::Object(keys), _)) => {
                keys.insert(std::mem::take(&mut self.key), value);
            }
            Some((Value::Array(items), _)) => items.push(value),
            _ => self.whole = Some(value),
        }
    }
}

fn scalar(text: &str, bytes: &Range<usize>) -> Value {
    match text.get(bytes.clone()).unwrap_or_default() {
        "null" => Value::Null,
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        token if token.starts_with('"') => Value::String(unquoted(token)),
        // The scan has seen that it is a number; serde_json, too, keeps `-0` as it is written.
        token => Value::Number(Number::from_string_unchecked(token.to_owned())),
    }
}

/// A text or key without its quotes and escapes.
pub(super) fn unquoted(token: &str) -> String {
    let inner = token.strip_prefix('"').and_then(|token| token.strip_suffix('"')).unwrap_or(token);
    let mut pieces = inner.split('\\');
    let mut out = String::with_capacity(inner.len());
    out.push_str(pieces.next().unwrap_or_default());
    let mut high = None;
    while let Some(piece) = pieces.next() {
        let mut rest = piece.chars();
        match rest.next() {
            // An escaped backslash: the piece between the two is empty, what follows is plain.
            None => {
                out.push('\\');
                out.push_str(pieces.next().unwrap_or_default());
                continue;
            }
            Some('b') => out.push('\u{8}'),
            Some('f') => out.push('\u{c}'),
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some('t') => out.push('\t'),
            Some('u') => {
                let unit = piece.get(1..5).and_then(|digits| u16::from_str_radix(digits, 16).ok()).unwrap_or(0xfffd);
                let units = high.take().into_iter().chain([unit]);
                if is_high_surrogate(unit) {
                    high = Some(unit);
                } else {
                    out.extend(char::decode_utf16(units).map(|read| read.unwrap_or(char::REPLACEMENT_CHARACTER)));
                }
                out.push_str(piece.get(5..).unwrap_or_default());
                continue;
            }
            Some(plain) => out.push(plain),
        }
        out.push_str(rest.as_str());
    }
    out
}

/// The first half of a character beyond U+FFFF.
pub(super) const fn is_high_surrogate(unit: u16) -> bool {
    matches!(unit, 0xd800..=0xdbff)
}

/// The second half.
pub(super) const fn is_low_surrogate(unit: u16) -> bool {
    matches!(unit, 0xdc00..=0xdfff)
}
