//! Checking a contract never panics, makes a plan exactly where nothing is an error, and loses nothing it reads.
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

use std::sync::LazyLock;

use interlock_core::check::{Severity, check, check_text};
use interlock_core::contract::Contract;
use interlock_core::json::{canonical, decode};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

static CONTRACTS: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let demo = interlock_demo::workspace();
    let read = |name| serde_json::from_slice(demo.file(name).unwrap()).unwrap();
    vec![read("baseline.json"), read("candidate.json")]
});

fn arbitrary() -> impl Strategy<Value = Value> {
    const WORDS: [&str; 13] =
        ["fact", "all", "any", "is", "lead.email", "auto", "review", "scored", "pool", "emea", "", "\u{0}é😀", "1 EUR"];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        prop::sample::select(&WORDS[..]).prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    let keys = prop::sample::select(vec![
        "fact",
        "all",
        "not",
        "is",
        "in",
        "id",
        "when",
        "to",
        "rules",
        "members",
        "interlock",
        "x",
    ]);
    leaf.prop_recursive(4, 24, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((keys.clone(), inner), 0..5).prop_map(|pairs| Value::Object(
                pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
            )),
        ]
    })
}

/// All places in a value, as JSON pointers.
fn places(value: &Value, here: &str, found: &mut Vec<String>) {
    found.push(here.to_owned());
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                places(item, &format!("{here}/{index}"), found);
            }
        }
        Value::Object(keys) => {
            for (key, item) in keys {
                places(item, &format!("{here}/{}", key.replace('~', "~0").replace('/', "~1")), found);
            }
        }
        _ => {}
    }
}

static PLACES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut found = Vec::new();
    places(&CONTRACTS[0], "", &mut found);
    found
});

/// A demo contract of which a part is taken away, doubled, or something else.
fn spoilt() -> impl Strategy<Value = Value> {
    prop::collection::vec((any::<prop::sample::Index>(), 0..4_u8, arbitrary()), 1..4).prop_map(|spoils| {
        let mut contract = CONTRACTS[0].clone();
        for (place, how, value) in spoils {
            let place = place.get(&PLACES);
            let Some(part) = contract.pointer_mut(place) else { continue };
            match (how, part) {
                (0, part) => *part = value,
                (1, Value::Array(items)) => items.extend(items.first().cloned()),
                (1 | 2, Value::Object(keys)) => {
                    let last = keys.keys().next_back().cloned().unwrap_or_default();
                    keys.shift_remove(&last);
                }
                (2, Value::Array(items)) => items.clear(),
                (3, Value::Object(keys)) => {
                    keys.insert("stranger".to_owned(), value);
                }
                (_, part) => *part = json!([part.clone()]),
            }
        }
        contract
    })
}

fn plan_iff_no_error(value: &Value) -> Result<(), TestCaseError> {
    let checked = check(value);
    let errors = checked.findings.iter().filter(|finding| finding.severity >= Severity::Error).count();
    prop_assert_eq!(checked.plan.is_some(), errors == 0, "{:#?}", checked.findings);
    for finding in &checked.findings {
        prop_assert!(!finding.code.is_empty() && !finding.message.is_empty(), "{finding:#?}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn anything_at_all_is_checked(value in arbitrary()) {
        plan_iff_no_error(&value)?;
        let text = check_text(&value.to_string());
        prop_assert_eq!(text.plan.is_some(), text.findings.iter().all(|finding| finding.severity < Severity::Error));
    }

    #[test]
    fn a_spoilt_contract_is_checked(value in spoilt()) {
        plan_iff_no_error(&value)?;
    }

    #[test]
    fn a_contract_with_any_section_of_anything_is_checked(section in 0..24_usize, value in arbitrary()) {
        let mut contract: Map<String, Value> = CONTRACTS[1].as_object().unwrap().clone();
        let key = contract.keys().nth(section % contract.len()).unwrap().clone();
        contract.insert(key, value);
        plan_iff_no_error(&Value::Object(contract))?;
    }

    #[test]
    fn what_was_read_is_written(value in spoilt()) {
        if let Ok(read) = serde_json::from_value::<Contract>(value) {
            let written = serde_json::to_value(&read).unwrap();
            prop_assert_eq!(serde_json::from_value::<Contract>(written).unwrap(), read);
        }
    }
}

/// The engine's own decoder and serde's read the same attributes; they must read the same contract.
fn decoded_as_serde_does(value: &Value) -> Result<(), TestCaseError> {
    let mut findings = Vec::new();
    let decoded: Option<Contract> = decode(value, &mut findings);
    let read = serde_json::from_value::<Contract>(value.clone());
    if findings.is_empty() {
        prop_assert_eq!(decoded, read.ok());
    } else {
        // serde takes a list where an object belongs, a contract does not; else what has a fault, serde refuses.
        let lists = findings.iter().any(|finding| finding.message == "expected an object; found a list");
        prop_assert!(read.is_err() || lists, "{findings:#?}");
    }
    Ok(())
}

#[test]
fn the_demo_contracts_are_decoded_as_serde_does() {
    for contract in CONTRACTS.iter() {
        decoded_as_serde_does(contract).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_spoilt_contract_is_decoded_as_serde_does(value in spoilt()) {
        decoded_as_serde_does(&value)?;
    }
}

#[test]
fn the_demo_contracts_survive_reading_and_writing() {
    for contract in CONTRACTS.iter() {
        let read: Contract = serde_json::from_value(contract.clone()).unwrap();
        let written = serde_json::to_value(&read).unwrap();
        let again: Contract = serde_json::from_value(written.clone()).unwrap();
        assert_eq!(again, read);
        assert_eq!(canonical(&again).unwrap(), canonical(&read).unwrap());
        // Every list keeps its length and every text stays somewhere in its section.
        for (key, section) in contract.as_object().unwrap() {
            let mut texts = Vec::new();
            collect(section, &mut texts);
            let kept = written.get(key).unwrap_or_else(|| panic!("`{key}` is lost")).to_string();
            for text in texts {
                assert!(
                    kept.contains(&Value::from(text).to_string()) || kept.contains(text),
                    "`{text}` of `{key}` is lost"
                );
            }
            assert_eq!(written[key].as_array().map(Vec::len), section.as_array().map(Vec::len), "{key}");
        }
    }
}

fn collect<'v>(value: &'v Value, texts: &mut Vec<&'v str>) {
    match value {
        // Words that are a default need not be written.
        Value::String(text) if text.contains([' ', '-', '.']) => texts.push(text),
        Value::Array(items) => items.iter().for_each(|item| collect(item, texts)),
        Value::Object(keys) => keys.values().for_each(|item| collect(item, texts)),
        _ => {}
    }
}

#[test]
fn every_half_written_contract_is_checked() {
    let demo = interlock_demo::workspace();
    let text = std::str::from_utf8(demo.file("candidate.json").unwrap()).unwrap();
    let ends = (0..text.len()).filter(|end| text.is_char_boundary(*end));
    let mut tried = 0;
    for end in ends.filter(|end| *end < 1500 || end % 211 == 0) {
        let checked = check_text(&text[..end]);
        assert!(checked.plan.is_none() && !checked.findings.is_empty(), "the first {end} bytes");
        tried += 1;
    }
    assert!(tried > 1500);
}
