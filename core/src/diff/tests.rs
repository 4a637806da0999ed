#![allow(clippy::needless_pass_by_value, reason = "values are written where they are passed")]

use proptest::prelude::*;
use serde_json::json;

use super::*;

fn said(before: &Value, after: &Value) -> String {
    let line = |d: &Difference| {
        let kind = serde_json::to_value(d.kind).unwrap();
        format!("{} {}: {}", kind.as_str().unwrap(), d.address, d.summary)
    };
    diff(before, after).iter().map(line).collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn check(before: Value, after: Value, expect: &[&str]) {
    assert_eq!(said(&before, &after), expect.join("\n"));
    round_trip(&before, &after).unwrap();
}

fn rule(id: &str, when: Value) -> Value {
    json!({"id": id, "when": when, "to": {"pool": "p"}})
}

fn rules(ids: &[&str]) -> Value {
    json!({"routing": {"rules": ids.iter().map(|id| rule(id, json!({"all": []}))).collect::<Vec<_>>()}})
}

#[test]
fn moving_one_rule_is_one_move() {
    check(
        rules(&["a", "b", "c", "d"]),
        rules(&["d", "a", "b", "c"]),
        &["moved /routing/rules/d: moved from place 4 to 1"],
    );
    check(
        rules(&["a", "b", "c", "d"]),
        rules(&["b", "c", "d", "a"]),
        &["moved /routing/rules/a: moved from place 1 to 4"],
    );
}

#[test]
fn items_come_and_go_without_moving_the_others() {
    check(
        rules(&["a", "b", "c"]),
        rules(&["new", "b", "c", "last"]),
        &[
            "added /routing/rules/new: rule added",
            "added /routing/rules/last: rule added",
            "removed /routing/rules/a: rule removed",
        ],
    );
    check(
        json!({}),
        json!({"suppression": [{"id": "a"}, {"id": "b"}]}),
        &["added /suppression/a: suppression added", "added /suppression/b: suppression added"],
    );
    check(json!({"suppression": [{"id": "a"}]}), json!({}), &["removed /suppression: `suppression` removed"]);
}

#[test]
fn each_list_has_its_names() {
    check(
        json!({"fields": [{"field": "lead.industry", "auto_at": 800}], "routing": {"pools": [{"id": "p", "members": [{"owner": "ann"}, {"owner": "bob", "weight": 2}]}]}}),
        json!({"fields": [{"field": "lead.industry", "auto_at": 900, "ai": "auto"}], "routing": {"pools": [{"id": "p", "members": [{"owner": "bob"}, {"owner": "cy"}]}]}}),
        &[
            "changed /fields/lead.industry/auto_at: `auto_at` 800 → 900",
            "added /fields/lead.industry/ai: `ai` added: auto",
            "removed /routing/pools/p/members/bob/weight: `weight` removed, it was 2",
            "added /routing/pools/p/members/cy: member added",
            "removed /routing/pools/p/members/ann: member removed",
        ],
    );
}

#[test]
fn a_condition_differs_in_its_leaves_or_as_a_whole() {
    let employees = |least: i32| json!({"fact": "account.employees", "at_least": least});
    let country = |countries: Value| json!({"fact": "lead.country", "in": countries});
    let contract = |when: Value| json!({"routing": {"rules": [rule("x", when)]}});
    check(
        contract(json!({"all": [country(json!(["DE", "FR"])), employees(1000)]})),
        contract(json!({"all": [country(json!(["DE", "AT", "CH"])), employees(500)]})),
        &[
            "changed /routing/rules/x/when/all/0/in: `in` added AT, CH, removed FR",
            "changed /routing/rules/x/when/all/1/at_least: `at_least` 1000 → 500",
        ],
    );
    check(
        contract(json!({"all": [employees(1000)]})),
        contract(json!({"all": [employees(1000), country(json!(["DE"]))]})),
        &["changed /routing/rules/x/when: `when` added lead.country in DE"],
    );
    check(
        contract(json!({"all": [employees(1000), country(json!(["DE"]))]})),
        contract(json!({"all": [country(json!(["DE"])), employees(1000)]})),
        &["changed /routing/rules/x/when: `when` in another order"],
    );
    check(
        contract(employees(1000)),
        contract(json!({"fact": "account.employees", "above": 1000})),
        &["changed /routing/rules/x/when: `when` account.employees at least 1000 → account.employees above 1000"],
    );
    check(
        contract(json!({"not": employees(1)})),
        contract(json!({"any": [employees(1)]})),
        &["changed /routing/rules/x/when: `when` not account.employees at least 1 → account.employees at least 1"],
    );
}

#[test]
fn long_conditions_are_cut_short_or_counted() {
    let fact = |n: i32| json!({"fact": "lead.country", "is": format!("country number {n}")});
    check(
        json!({"when": {"all": [fact(0)]}}),
        json!({"when": {"all": [{"any": [fact(1), {"not": fact(2)}]}, {"any": []}, {"all": []}]}}),
        &[
            "changed /when: `when` added lead.country is country number 1 or (not lead.country is country number 2) and 2 conditions, removed lead.country is country number 0",
        ],
    );
    check(
        json!({"values": ["a"]}),
        json!({"values": ["b", "c", "d", "e", "f", "g", "h", "a"]}),
        &["changed /values: `values` added b, c, d, e, f and 2 more"],
    );
}

#[test]
fn a_target_differs_as_a_whole() {
    check(
        json!({"routing": {"rules": [{"id": "x", "to": {"pool": "emea"}}], "fallback": "escalate"}}),
        json!({"routing": {"rules": [{"id": "x", "to": {"queue": "desk"}}], "fallback": {"owner": "ann"}}}),
        &[
            "changed /routing/rules/x/to: `to` pool emea → queue desk",
            "changed /routing/fallback: `fallback` escalate → owner ann",
        ],
    );
    check(json!({"to": {"pool": "emea"}}), json!({"to": {"pool": "apac"}}), &["changed /to/pool: `pool` emea → apac"]);
}

#[test]
fn what_says_nothing_about_behaviour_does_not_differ() {
    check(
        json!({"digest": "a", "$schema": "b", "id": "c", "x": {"p": 1, "q": 2}}),
        json!({"x": {"q": 2, "p": 1}, "id": "c", "digest": "z"}),
        &[],
    );
}

#[test]
fn items_that_share_a_name_differ_as_one_list() {
    check(
        rules(&["a", "b"]),
        rules(&["a", "a"]),
        &["changed /routing/rules: `rules` added one rule, removed one rule"],
    );
}

#[test]
fn one_difference_is_taken_back_or_made_alone() {
    let (base, candidate) = (rules(&["a", "b", "c", "d"]), rules(&["d", "x", "a", "c"]));
    let names = |value: &Value| {
        let rules = value["routing"]["rules"].as_array().unwrap().clone();
        rules.iter().map(|rule| rule["id"].as_str().unwrap().to_owned()).collect::<String>()
    };
    let outcome: Vec<_> = diff(&base, &candidate)
        .iter()
        .map(|d| (names(&revert(&base, &candidate, d).unwrap()), names(&alone(&base, &candidate, d).unwrap())))
        .collect();
    let expect = [("xacd", "dabc"), ("dac", "xabcd"), ("dxabc", "acd")];
    assert_eq!(outcome, expect.map(|(revert, alone)| (revert.to_owned(), alone.to_owned())));
}

#[test]
fn a_stale_difference_is_refused() {
    let (base, candidate) = (json!({"a": 1, "l": [{"id": "x"}]}), json!({"a": 2, "l": []}));
    let differences = diff(&base, &candidate);
    let error = apply(&json!({"a": 3}), &differences).unwrap_err();
    assert_eq!(error.to_string(), "`/a` is no longer what this difference starts from; compare the contracts again");
    assert!(apply(&json!({"a": 1, "l": [{"id": "x", "n": 1}]}), &differences).is_err());
    let incomplete = Difference { after: None, ..differences[0].clone() };
    assert_eq!(apply(&base, &[incomplete]), Err(ApplyError::Incomplete("/a".to_owned())));
}

/// Everything that must hold of two contracts and their differences.
fn round_trip(before: &Value, after: &Value) -> Result<(), TestCaseError> {
    let differences = diff(before, after);
    let mut reached = apply(before, &differences).map_err(|e| TestCaseError::fail(e.to_string()))?;
    // What is no difference stays as it was.
    for key in ["digest", "$schema"] {
        if let (Some(reached), Some(after)) = (reached.as_object_mut(), after.as_object()) {
            reached.shift_remove(key);
            reached.extend(after.get(key).map(|value| (key.to_owned(), value.clone())));
        }
    }
    prop_assert_eq!(&reached, after);
    prop_assert_eq!(diff(after, after), []);
    for difference in &differences {
        let without = revert(before, after, difference).map_err(|e| TestCaseError::fail(e.to_string()))?;
        let left = diff(before, &without);
        prop_assert_eq!(left.len() + 1, differences.len(), "{:?} {:?}", difference, left);
        let alone = alone(before, after, difference).map_err(|e| TestCaseError::fail(e.to_string()))?;
        let made = diff(before, &alone);
        prop_assert_eq!(made.len(), 1);
        let made = &made[0];
        prop_assert_eq!(made.kind, difference.kind);
        // Of two neighbours that change places, either may be said to have moved.
        if difference.kind != DifferenceKind::Moved {
            prop_assert_eq!((&made.address, &made.after), (&difference.address, &difference.after));
        }
    }
    Ok(())
}

fn turned(value: &Value) -> Value {
    match value {
        Value::Object(keys) => {
            Value::Object(keys.iter().rev().map(|(key, value)| (key.clone(), turned(value))).collect())
        }
        Value::Array(items) => items.iter().map(turned).collect(),
        other => other.clone(),
    }
}

/// A small contract with the lists and conditions that make differences interesting.
fn contract() -> impl Strategy<Value = Value> {
    let leaf = || {
        (prop_oneof![Just("a"), Just("b")], prop_oneof![Just("is"), Just("at_least")], 0..3)
            .prop_map(|(fact, test, value)| json!({"fact": fact, test: value}))
    };
    let condition = leaf().prop_recursive(2, 8, 3, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(|parts| json!({"all": parts})),
            prop::collection::vec(inner.clone(), 0..3).prop_map(|parts| json!({"any": parts})),
            inner.prop_map(|part| json!({"not": part})),
            leaf(),
        ]
    });
    let target = prop_oneof![
        Just(json!("escalate")),
        "[pq]".prop_map(|id| json!({"pool": id})),
        "[pq]".prop_map(|id| json!({"queue": id}))
    ];
    let rule = ("[a-f1]", condition, target).prop_map(|(id, when, to)| json!({"id": id, "when": when, "to": to}));
    let rules = prop::collection::vec(rule, 0..6).prop_map(|mut rules| {
        let mut seen = Vec::new();
        // Mostly as contracts are, now and then with an id twice.
        if rules.len() < 5 {
            rules.retain(|rule| {
                !seen.contains(&rule["id"]) && {
                    seen.push(rule["id"].clone());
                    true
                }
            });
        }
        rules
    });
    let members = prop::collection::btree_map("[a-d]", 1..3, 0..4)
        .prop_map(|m| m.iter().map(|(o, w)| json!({"owner": o, "weight": w})).collect::<Vec<_>>())
        .prop_shuffle();
    let countries = prop::option::of(prop::collection::vec("[A-C]", 0..3));
    (rules, members, countries, prop::option::of("[xy]")).prop_map(|(rules, members, countries, name)| {
        let mut contract =
            json!({"digest": "d", "routing": {"rules": rules, "pools": [{"id": "p", "members": members}]}});
        if let Some(countries) = countries {
            contract["countries"] = json!(countries);
        }
        if let Some(name) = name {
            contract["name"] = json!(name);
            contract["fields"] = json!([{"field": name}]);
        }
        contract
    })
}

proptest! {
    #[test]
    fn differences_lead_from_one_to_the_other(before in contract(), after in contract()) {
        round_trip(&before, &after)?;
    }

    #[test]
    fn any_two_values_differ_by_their_differences(before in crate::json::arbitrary::value(), after in crate::json::arbitrary::value()) {
        let reached = apply(&before, &diff(&before, &after)).map_err(|e| TestCaseError::fail(e.to_string()))?;
        prop_assert_eq!(reached, after);
    }

    #[test]
    fn the_order_of_keys_is_no_difference(value in contract()) {
        prop_assert_eq!(diff(&value, &turned(&value)), []);
    }
}
