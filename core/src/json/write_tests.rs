//! The writer of JSON against `serde_json`.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::Serialize;
use serde_json::json;

use super::super::pretty;
use super::*;

#[track_caller]
fn check(value: &impl Serialize) {
    assert_eq!(text(value), serde_json::to_string(value).unwrap());
}

#[derive(Serialize)]
enum Shape {
    Unit,
    One(u8),
    Two(i64, f64),
    Named { a: Option<bool>, b: () },
}

#[derive(Serialize)]
struct All<'a> {
    shapes: [Shape; 4],
    pair: (u64, i32),
    words: BTreeMap<i32, char>,
    rest: &'a [&'a str],
    empty: [u8; 0],
}

#[test]
fn every_shape() {
    let shapes = [Shape::Unit, Shape::One(0), Shape::Two(i64::MIN, f64::NAN), Shape::Named { a: Some(true), b: () }];
    let words = [(-1, 'a'), (20, '"')].into_iter().collect();
    check(&All { shapes, pair: (u64::MAX, -7), words, rest: &["[", "{", ""], empty: [] });
    check(&json!({"": {}, "e": 1e21, "n": -0.5}));
}

proptest! {
    #[test]
    fn what_serde_json_writes(value in crate::json::arbitrary::value(), any_text: String, number: f64, whole: i64) {
        check(&value);
        prop_assert_eq!(pretty(&value.to_string()), format!("{value:#}"));
        check(&json!({ any_text.clone(): [any_text, number, whole] }));
        check(&"\u{1}\u{8}\u{c}\u{1f}\n\r\t\"\\/\u{7f}");
    }
}
