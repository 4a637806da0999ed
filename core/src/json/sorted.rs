//! Compact JSON brought into its canonical form.
//!
//! Input: JSON as `serde_json` writes it, without white space. Output: the same value as RFC 8785 writes it. Invariant:
//! only the order of keys (§3.2.3) and the layout of fractions (§3.2.2.3) differ between the two, for `serde_json`
//! escapes texts as §3.2.2.2 asks. Nothing passes through floating point: digits are kept as they were written, so a
//! fraction of 16 or 17 digits that is not the shortest for its double is not made shorter.

use std::borrow::Cow;
use std::ops::Range;

use super::tree::unquoted;
use crate::order;

/// The largest whole number every JSON reader reads exactly.
const MAX_INTEGER: u64 = 1 << 53;

/// How many digits tell any two doubles apart: no writer of doubles needs more.
const MAX_DIGITS: usize = 17;

/// Whether JSON readers share a number: an integer up to 2^53, or a fraction of a double's digits and size.
pub(super) fn is_shared(number: &str) -> bool {
    let digits = number.strip_prefix('-').unwrap_or(number);
    if digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return digits.parse::<u64>().is_ok_and(|number| number <= MAX_INTEGER);
    }
    let fraction = Fraction::read(digits);
    fraction.digits.is_empty() || fraction.digits.len() <= MAX_DIGITS && (-306..=308).contains(&fraction.point)
}

/// The canonical form, unless a number in it is not [shared](is_shared).
pub(super) fn sorted(text: &str) -> Option<String> {
    let mut walk = Walk { text, at: 0, exact: true };
    let mut out = String::with_capacity(text.len());
    walk.value(&mut out);
    walk.exact.then_some(out)
}

struct Walk<'t> {
    text: &'t str,
    at: usize,
    /// Whether every number so far is one that all readers share.
    exact: bool,
}

impl<'t> Walk<'t> {
    fn next(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or_default()
    }

    fn since(&self, start: usize) -> &'t str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// Whether there is another item; goes past what stands before it, or past the end of the list.
    fn goes_on(&mut self, end: u8) -> bool {
        let ends = self.next() == end;
        self.at += usize::from(ends || self.next() == b',');
        !ends && self.at < self.text.len()
    }

    fn value(&mut self, out: &mut String) {
        match self.next() {
            b'{' => self.object(out),
            b'[' => {
                self.at += 1;
                out.push('[');
                let start = out.len();
                while self.goes_on(b']') {
                    if out.len() > start {
                        out.push(',');
                    }
                    self.value(out);
                }
                out.push(']');
            }
            b'"' => out.push_str(self.quoted()),
            _ => {
                let start = self.at;
                while !matches!(self.next(), b',' | b']' | b'}' | 0) {
                    self.at += 1;
                }
                self.scalar(self.since(start), out);
            }
        }
    }

    fn object(&mut self, out: &mut String) {
        self.at += 1;
        out.push('{');
        let start = out.len();
        let mut members: Vec<(&str, Range<usize>)> = Vec::new();
        while self.goes_on(b'}') {
            if out.len() > start {
                out.push(',');
            }
            let from = out.len();
            let key = self.quoted();
            self.at += 1;
            out.push_str(key);
            out.push(':');
            self.value(out);
            members.push((key, from - start..out.len() - start));
        }
        if !members.is_sorted_by(|a, b| by_units(a.0, b.0).is_le()) {
            let unsorted = out.split_off(start);
            order::sort_by(&mut members, |a, b| by_units(a.0, b.0));
            for (_, member) in members {
                if out.len() > start {
                    out.push(',');
                }
                out.push_str(unsorted.get(member).unwrap_or_default());
            }
        }
        out.push('}');
    }

    /// A text with its quotes.
    fn quoted(&mut self) -> &'t str {
        let start = self.at;
        self.at += 1;
        loop {
            match self.next() {
                b'\\' => self.at += 2,
                b'"' | 0 => break,
                _ => self.at += 1,
            }
        }
        self.at += 1;
        self.since(start)
    }

    fn scalar(&mut self, word: &str, out: &mut String) {
        let digits = word.strip_prefix('-').unwrap_or(word);
        if !digits.starts_with(|c: char| c.is_ascii_digit()) {
            return out.push_str(word);
        }
        self.exact &= is_shared(word);
        if word == "-0" {
            out.push('0');
        } else if digits.bytes().all(|digit| digit.is_ascii_digit()) {
            out.push_str(word);
        } else {
            Fraction::read(digits).lay_out(word.len() > digits.len(), out);
        }
    }
}

/// The order of keys: by UTF-16 code units.
fn by_units(a: &str, b: &str) -> std::cmp::Ordering {
    let (a, b) = (unescaped(a), unescaped(b));
    match a.is_ascii() && b.is_ascii() {
        true => a.cmp(&b),
        false => a.encode_utf16().cmp(b.encode_utf16()),
    }
}

fn unescaped(quoted: &str) -> Cow<'_, str> {
    match quoted.contains('\\') {
        true => Cow::Owned(unquoted(quoted)),
        false => Cow::Borrowed(quoted.trim_matches('"')),
    }
}

/// A number with a fraction or an exponent: 0.`digits` times ten to the power of `point`.
struct Fraction {
    /// Without zeros at either end.
    digits: String,
    point: i32,
}

impl Fraction {
    fn read(text: &str) -> Self {
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = [whole, part].concat();
        let digits = all.trim_start_matches('0');
        let leading = all.len() - digits.len();
        // An exponent beyond any double's is as good as the largest.
        let beyond = if exponent.starts_with('-') { i32::MIN } else { i32::MAX };
        let point = exponent.parse().unwrap_or(beyond);
        let point = point.saturating_add(places(whole.len())).saturating_sub(places(leading));
        Self { digits: digits.trim_end_matches('0').to_owned(), point }
    }

    /// As ECMAScript lays out the same digits (ECMA-262, Number::toString).
    fn lay_out(&self, negative: bool, out: &mut String) {
        let Self { digits, point } = self;
        let (count, point) = (places(digits.len()), *point);
        if digits.is_empty() {
            // The sign of a zero is lost as well.
            return out.push('0');
        }
        if negative {
            out.push('-');
        }
        let zeros = |count: i32| std::iter::repeat_n('0', usize::try_from(count).unwrap_or(0));
        let at = |place: i32| digits.split_at_checked(usize::try_from(place).unwrap_or(0)).unwrap_or((digits, ""));
        if count <= point && point <= 21 {
            out.push_str(digits);
            out.extend(zeros(point - count));
        } else if 0 < point && point <= 21 {
            let (whole, part) = at(point);
            out.push_str(whole);
            out.push('.');
            out.push_str(part);
        } else if -6 < point && point <= 0 {
            out.push_str("0.");
            out.extend(zeros(-point));
            out.push_str(digits);
        } else {
            let (first, rest) = at(1);
            out.push_str(first);
            if !rest.is_empty() {
                out.push('.');
                out.push_str(rest);
            }
            out.push_str(if point > 0 { "e+" } else { "e-" });
            out.push_str(&point.saturating_sub(1).unsigned_abs().to_string());
        }
    }
}

fn places(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    #[track_caller]
    fn check(value: &Value) {
        let ours = sorted(&value.to_string()).unwrap();
        assert_eq!(ours, serde_json_canonicalizer::to_string(value).unwrap());
    }

    #[test]
    fn lays_out_fractions() {
        for number in [
            "0.0",
            "-0.0",
            "-0",
            "0.87",
            "0.870",
            "1e21",
            "1E20",
            "123e18",
            "1.5e300",
            "1e-6",
            "1e-7",
            "0.00125e-4",
            "0.30000000000000004",
            "1.7976931348623158e307",
            "1e5",
            "12.50",
            "-12.5e-1",
        ] {
            check(&serde_json::from_str(number).unwrap());
        }
    }

    #[test]
    fn refuses_what_readers_do_not_share() {
        for number in ["9007199254740993", "0.123456789012345678", "1e400", "1e-400", "1e99999999999"] {
            assert_eq!(sorted(number), None, "{number}");
        }
    }

    proptest! {
        #[test]
        fn agrees_with_another_writer(value in super::super::arbitrary::value(), key: String, text: String, number in -1e300..1e300) {
            check(&value);
            check(&json!({ "b": value, "a": { key: text }, "\\": number }));
        }
    }

    proptest! {
        #[test]
        fn sorts_any_keys(keys in prop::collection::vec(any::<String>(), 0..30)) {
            check(&keys.into_iter().map(|key| (key, Value::Null)).collect::<serde_json::Map<_, _>>().into());
        }
    }
}
