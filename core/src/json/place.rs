//! Where in the text: places of addresses, keys that stand twice.
//!
//! Input: the text, and the value made of it. Output: lines, columns in characters, bytes. Invariant: a
//! place lies within the text and on the borders of characters. Where an object has a key twice the last counts, as
//! it does for serde_json; [`read`] makes a finding of the others.

use serde_json::Value;

use super::address;
use super::scan::{BOM, scan};
use super::syntax::of_slip;
use super::tree::Tree;
use super::walk::{Twice, find};
use crate::check::{Finding, Severity, TextPlace};

/// What of an address is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The value; of an object or list, all of it.
    Value,
    /// The key it stands under; an item of a list has none, and its value is meant.
    Key,
}

/// Reads JSON text, with a finding where it is no JSON, nested too deep, or has a key twice in one object.
///
/// A byte order mark is passed over. With a key twice there is a value still; its finding is an error.
pub fn read(text: &str, findings: &mut Vec<Finding>) -> Option<Value> {
    let (mut twice, mut tree) = (Twice::default(), Tree::default());
    let scanned = scan(text, &mut |event| {
        tree.see(text, &event);
        twice.see(text, event);
    });
    if let Err(found) = scanned {
        findings.push(of_slip(text, &found));
        return None;
    }
    let value = tree.value()?;
    for (path, first, second) in twice.found() {
        findings.push(Finding {
            code: "duplicate-key".to_owned(),
            severity: Severity::Error,
            address: address::of_path(&value, &path),
            message: format!(
                "the key {} stands twice in one object, first on line {}",
                text.get(second.clone()).unwrap_or_default().replace('"', "`"),
                line_of(text, first.start)
            ),
            help: Some("remove one of the two".to_owned()),
            place: Some(place_at(text, second.start, second.len())),
        });
    }
    Some(value)
}

/// Keys that stand twice in one object, with the address and the place of the second.
#[must_use]
pub fn duplicates(text: &str) -> Vec<(String, TextPlace)> {
    let mut findings = Vec::new();
    read(text, &mut findings);
    findings
        .into_iter()
        .filter(|finding| finding.code == "duplicate-key")
        .filter_map(|finding| Some((finding.address, finding.place?)))
        .collect()
}

/// Where what stands at an address stands in the text `root` was read from.
#[must_use]
pub fn place_of(text: &str, root: &Value, address: &str, part: Part) -> Option<TextPlace> {
    let path = address::resolve(root, address)?;
    let found = find(text, std::slice::from_ref(&path)).pop().flatten()?;
    let bytes = match (part, found.key) {
        (Part::Key, Some(key)) => key,
        _ => found.value,
    };
    Some(place_at(text, bytes.start, bytes.len()))
}

/// Gives findings their places in the text `root` was read from.
///
/// A finding about a key is placed on it; one about an object or list, on its key or opening bracket, so that a mark
/// does not cover half the file; one about something absent, on the nearest thing around it.
pub fn locate(text: &str, root: &Value, findings: &mut [Finding]) {
    let mut without: Vec<&mut Finding> = findings.iter_mut().filter(|f| f.place.is_none()).collect();
    let nearest = |finding: &&mut Finding| {
        let mut address = finding.address.as_str();
        loop {
            match (address::resolve(root, address), address.rsplit_once('/')) {
                (Some(path), _) => return path,
                (None, Some((parent, _))) => address = parent,
                (None, None) => return Vec::new(),
            }
        }
    };
    let paths: Vec<_> = without.iter().map(nearest).collect();
    for (finding, found) in without.iter_mut().zip(find(text, &paths)) {
        let Some(found) = found else { continue };
        let opens = text.get(found.value.clone()).is_some_and(|value| value.starts_with(['{', '[']));
        let bytes = match found.key {
            Some(key) if opens || finding.code == "unknown-key" => key,
            _ if opens => found.value.start..found.value.start + 1,
            _ => found.value,
        };
        finding.place = Some(place_at(text, bytes.start, bytes.len()));
    }
}

/// The place of some bytes; what lies outside the text is drawn into it.
#[must_use]
pub fn place_at(text: &str, offset: usize, length: usize) -> TextPlace {
    let start = floor(text, offset);
    let end = floor(text, offset.saturating_add(length)).max(start);
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    TextPlace {
        line: small(line_of(text, start)),
        column: small(text[line_start..start].chars().filter(|c| *c != BOM).count() + 1),
        offset: small(start),
        length: small(end - start),
    }
}

/// The line of a byte, from 1.
pub(super) fn line_of(text: &str, offset: usize) -> usize {
    let before = &text.as_bytes()[..offset.min(text.len())];
    before.iter().filter(|byte| **byte == b'\n').count() + 1
}

fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::super::address::Step;
    use super::*;

    const TEXT: &str = r#"{
  "é": 1, "name": "n",
  "rules": [
    {"id": "a", "when": {"all": []}},
    {"id": "b",
     "when": {"fact": "x", "is": "é"}}
  ]
}"#;

    fn marked(place: TextPlace) -> String {
        let bytes = place.offset as usize..(place.offset + place.length) as usize;
        format!("{}:{} {}", place.line, place.column, &TEXT[bytes])
    }

    #[track_caller]
    fn check(address: &str, part: Part, expect: &str) {
        let value = serde_json::from_str(TEXT).unwrap();
        assert_eq!(marked(place_of(TEXT, &value, address, part).unwrap()), expect);
    }

    #[test]
    fn places_are_found_by_address() {
        check("/name", Part::Value, "2:19 \"n\"");
        check("/name", Part::Key, "2:11 \"name\"");
        check("/rules/b/when/is", Part::Value, "6:34 \"é\"");
        check("/rules/a", Part::Value, "4:5 {\"id\": \"a\", \"when\": {\"all\": []}}");
        check("/rules/a", Part::Key, "4:5 {\"id\": \"a\", \"when\": {\"all\": []}}");
        check("/rules/a/when", Part::Key, "4:17 \"when\"");
        assert_eq!(place_of(TEXT, &json!({}), "/none", Part::Value), None);
    }

    #[test]
    fn findings_get_the_nearest_place() {
        let value = serde_json::from_str(TEXT).unwrap();
        let finding = |code: &str, address: &str| Finding {
            code: code.to_owned(),
            severity: Severity::Error,
            address: address.to_owned(),
            message: String::new(),
            help: None,
            place: None,
        };
        let mut findings = [
            finding("wrong-type", "/rules/b/when/is"),
            finding("unknown-key", "/rules/b/when/is"),
            finding("missing-key", "/rules/a"),
            finding("x", "/rules/a/when"),
            finding("x", "/rules/a/to/pool"),
            finding("missing-key", "/routing"),
        ];
        locate(TEXT, &value, &mut findings);
        let places: Vec<_> = findings.iter().map(|f| marked(f.place.unwrap())).collect();
        assert_eq!(places, ["6:34 \"é\"", "6:28 \"is\"", "4:5 {", "4:17 \"when\"", "4:5 {", "1:1 {"]);
    }

    #[test]
    fn no_key_is_lost_silently() {
        let text = "{\"rules\": [{\"id\": \"a\", \"n\": 1,\n \"n\": 2, \"\\u006e\": 3}], \"rules\": []}";
        let mut findings = Vec::new();
        assert_eq!(read(text, &mut findings), Some(json!({"rules": []})));
        let said: Vec<_> = findings.iter().map(|f| (f.address.as_str(), f.place.unwrap().line)).collect();
        assert_eq!(said, [("/rules/0/n", 2), ("/rules/0/n", 2), ("/rules", 2)]);
        assert_eq!(findings[0].message, "the key `n` stands twice in one object, first on line 1");
        assert_eq!(duplicates(text).len(), 3);
        assert_eq!(duplicates(r#"{"a": {"b": 1}, "c": {"b": 1}, "b": ["a", "a"]}"#), []);
    }

    #[test]
    fn a_byte_order_mark_is_passed_over() {
        let mut findings = Vec::new();
        assert_eq!(read("\u{feff}{}", &mut findings), Some(json!({})));
        assert_eq!(findings, []);
        assert_eq!(read("\u{feff}[\"\\ud800\"]", &mut findings), None);
        assert_eq!(findings[0].place.map(|p| (p.line, p.column, p.offset)), Some((1, 3, 5)));
        assert_eq!(read("\u{feff}[1,]", &mut findings), None);
        assert_eq!(findings[1].place.map(|p| (p.line, p.column, p.offset)), Some((1, 3, 5)));
    }

    proptest! {
        #[test]
        fn what_stands_there_is_the_value(value in super::super::arbitrary::value(), pretty: bool) {
            let text = if pretty { format!("{value:#}") } else { value.to_string() };
            let mut todo = vec![Vec::new()];
            while let Some(path) = todo.pop() {
                let address = address::of_path(&value, &path);
                let here = address::get(&value, &address).unwrap();
                let slice = |part| {
                    let place = place_of(&text, &value, &address, part).unwrap();
                    serde_json::from_str::<Value>(&text[place.offset as usize..][..place.length as usize]).unwrap()
                };
                prop_assert_eq!(&slice(Part::Value), here);
                if let Some(Step::Key(key)) = path.last() {
                    prop_assert_eq!(slice(Part::Key), json!(key));
                }
                let steps: Vec<Step> = match here {
                    Value::Array(items) => (0..items.len()).map(Step::Index).collect(),
                    Value::Object(keys) => keys.keys().cloned().map(Step::Key).collect(),
                    _ => Vec::new(),
                };
                todo.extend(steps.into_iter().map(|step| [path.clone(), vec![step]].concat()));
            }
        }

        #[test]
        fn every_text_is_read_or_refused(text in "[\\[\\]{}:,\"a-c0-2.\\\\ \n\u{e9}]{0,30}|\\PC{0,40}") {
            let mut findings = Vec::new();
            let value = read(&text, &mut findings);
            prop_assert_eq!(value, serde_json::from_str(&text).ok());
            for finding in findings {
                let place = finding.place.unwrap();
                prop_assert!(text.get(place.offset as usize..(place.offset + place.length) as usize).is_some());
            }
        }
    }
}
