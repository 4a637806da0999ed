//! Values into types, with every fault at once.
//!
//! Input: a value, half-written as it may be. Output: findings, and the type made of what remains when faulty parts
//! are left out: an optional key that cannot be read, a list's item that lacks what it needs. Invariants: what was left
//! out is never blamed for the gap it makes; unknown keys are refused in every object, whatever its type says; it ends
//! after a bounded number of runs.
//!
//! A remainder is good for finding more faults, not for conclusions from absence ("this pool is never used"): those
//! are only true of a contract that was read whole.

use std::cell::RefCell;

use serde_json::Value;

use super::address::Step;
use super::node::{Decode, Decoding, Node, Notes, Placeholder};
use super::place::read;
use crate::check::{Finding, Severity};
use crate::contract::{Contract, FORMAT};

/// Reads a `T`, with a finding for each fault, in the order of the file.
///
/// `None` where nothing remains: the value itself is of another kind, or there are more faults than are looked for.
///
/// ```
/// use interlock_core::contract::RoutingRule;
/// let value = serde_json::json!([{"id": "emea", "tir": "legal", "to": "escalate"}]);
/// let mut findings = Vec::new();
/// let rules: Option<Vec<RoutingRule>> = interlock_core::json::decode(&value, &mut findings);
/// let codes: Vec<_> = findings.iter().map(|f| (f.code.as_str(), f.address.as_str())).collect();
/// assert_eq!(codes, [("missing-key", "/emea"), ("unknown-key", "/emea/tir")]);
/// assert_eq!(rules, Some(vec![]));
/// ```
pub fn decode<T: Decode>(value: &Value, findings: &mut Vec<Finding>) -> Option<T> {
    let mut read = T::blank();
    decode_into(&mut read, value, &[], findings).then_some(read)
}

/// Reads a `T` that stands there whole, from a text; the first fault in words, with its address.
///
/// # Errors
/// When the text is no JSON, or is not all of what a `T` asks for.
///
/// ```
/// use interlock_core::json::typed;
/// assert_eq!(typed::<Vec<u8>>("[1, 2]"), Ok(vec![1, 2]));
/// let fault = typed::<Vec<u8>>("[1, 256]").unwrap_err();
/// assert_eq!(fault, "expected a whole number from 0 to 255; found the number `256` at `/1`");
/// ```
pub fn typed<T: Decode>(text: &str) -> Result<T, String> {
    let mut typed = T::blank();
    typed_into(&mut typed, text).map(|()| typed)
}

fn typed_into(typed: &mut dyn Decode, text: &str) -> Result<(), String> {
    let mut findings = Vec::new();
    let fits = read(text, &mut findings).is_some_and(|value| decode_into(typed, &value, &[], &mut findings));
    match findings.into_iter().next() {
        Some(Finding { message, address, .. }) if address.is_empty() => Err(message),
        Some(Finding { message, address, .. }) => Err(format!("{message} at `{address}`")),
        None if fits => Ok(()),
        None => Err("it does not fit".to_owned()),
    }
}

/// Reads a `T` from a value that has all of it and nothing else.
#[must_use]
pub fn fitting<T: Decode>(value: &Value) -> Option<T> {
    let (mut typed, mut findings) = (T::blank(), Vec::new());
    let fits = decode_into(&mut typed, value, &[], &mut findings);
    (fits && findings.is_empty()).then_some(typed)
}

/// Reads a contract. A missing or unreadable `interlock`, `id` or `version` is a finding and is filled in; of another
/// format nothing is read.
pub fn decode_contract(value: &Value, findings: &mut Vec<Finding>) -> Option<Contract> {
    if let Some(Value::Number(format)) = value.get("interlock")
        && format.as_u64() != Some(u64::from(FORMAT))
    {
        findings.push(Finding {
            code: "unknown-format".to_owned(),
            severity: Severity::Error,
            address: "/interlock".to_owned(),
            message: format!("this is format {format}; this engine reads format {FORMAT}"),
            help: Some(format!("update Interlock, or export the contract as format {FORMAT}")),
            place: None,
        });
        return None;
    }
    let placeholders = [
        Placeholder {
            key: "interlock",
            value: Value::from(FORMAT),
            code: "missing-format",
            help: "add `\"interlock\": 1` as the first key",
        },
        Placeholder {
            key: "id",
            value: Value::from("unnamed"),
            code: "missing-key",
            help: "add an `id`, for example `\"acme-inbound\"`; it stays the same across versions",
        },
        Placeholder {
            key: "version",
            value: Value::from("0"),
            code: "missing-key",
            help: "add a `version`, for example `\"1.0.0\"`",
        },
    ];
    let mut read = Contract::blank();
    decode_into(&mut read, value, &placeholders, findings).then_some(read)
}

fn decode_into(
    read: &mut dyn Decode,
    value: &Value,
    placeholders: &[Placeholder],
    findings: &mut Vec<Finding>,
) -> bool {
    let decoding = Decoding { root: value, placeholders, notes: RefCell::new(Notes::default()) };
    let fits = read.decode(&Node::root(&decoding));
    let gave_up = report(value, decoding.notes.into_inner(), findings);
    fits && !gave_up
}

/// Hands over the findings in the order of the file; true if there are more.
fn report(value: &Value, notes: Notes, findings: &mut Vec<Finding>) -> bool {
    let mut found: Vec<_> =
        notes.findings.into_iter().map(|(path, finding)| (positions(value, &path), finding)).collect();
    crate::order::sort_by(&mut found, |(one, _), (other, _)| one.cmp(other));
    findings.extend(found.into_iter().map(|(_, finding)| finding));
    if notes.overflown {
        findings.push(Finding {
            code: "too-many-findings".to_owned(),
            severity: Severity::Error,
            address: String::new(),
            message: "there are more faults than are listed here".to_owned(),
            help: Some("mend these first, then check again".to_owned()),
            place: None,
        });
    }
    notes.overflown
}

/// Where a path leads, as positions: in this order things stand in the file.
fn positions(root: &Value, path: &[Step]) -> Vec<usize> {
    let mut here = Some(root);
    path.iter()
        .map(|step| match step {
            Step::Index(index) => {
                here = here.and_then(|value| value.get(index));
                *index
            }
            Step::Key(key) => {
                let keys = here.and_then(Value::as_object);
                here = keys.and_then(|keys| keys.get(key));
                keys.and_then(|keys| keys.keys().position(|k| k == key)).unwrap_or(usize::MAX)
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::node::MAX_FINDINGS;
    use super::*;

    /// Every finding as `code address: message (help)`, one a line.
    fn report(findings: &[Finding]) -> String {
        let line = |f: &Finding| {
            let help = f.help.as_ref().map(|help| format!(" ({help})"));
            format!("{} {}: {}{}", f.code, f.address, f.message, help.unwrap_or_default())
        };
        findings.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    /// Reads `sections` within a contract that is whole otherwise.
    fn read(mut sections: Value) -> (Option<Contract>, String) {
        for (key, value) in [("interlock", json!(1)), ("id", json!("c")), ("version", json!("1"))] {
            if sections.get(key).is_none() {
                sections[key] = value;
            }
        }
        let mut findings = Vec::new();
        let contract = decode_contract(&sections, &mut findings);
        (contract, report(&findings))
    }

    #[track_caller]
    fn check(sections: Value, expect: &[&str]) {
        let (contract, report) = read(sections);
        assert_eq!(report, expect.join("\n"));
        assert!(contract.is_some());
    }

    #[test]
    fn reads_a_whole_contract_without_a_finding() {
        check(
            json!({"routing": {"rules": [{"id": "a", "when": {"fact": "lead.country", "is": "DE"}, "to": {"pool": "p"}}]}}),
            &[],
        );
    }

    #[test]
    fn names_unknown_keys_once_and_what_was_meant() {
        check(
            json!({"routng": {}, "routing": {"rules": [
                {"id": "a", "wehn": {"fact": "x", "is": 1}, "to": "escalate"},
                {"id": "b", "when": {"fact": "x", "is": 1, "iss": 2}, "to": "escalate"},
            ], "colour": 1}}),
            &[
                "unknown-key /routng: unknown key `routng` (did you mean `routing`?)",
                "unknown-key /routing/rules/a/wehn: unknown key `wehn` (did you mean `when`?)",
                "unknown-key /routing/rules/b/when/iss: unknown key `iss` (did you mean `is`?)",
                "unknown-key /routing/colour: unknown key `colour` (known here: `hit_policy`, `tiers`, `rules`, `pools`, `calendars`, `holidays`, `sla`, `queues`, `fallback`, `escalation`)",
            ],
        );
    }

    #[test]
    fn says_what_is_missing_and_keeps_the_rest() {
        let (contract, report) = read(json!({"routing": {"rules": [
            {"id": "a"},
            {"id": "b", "when": {"all": []}, "to": "escalate"},
        ]}}));
        assert_eq!(
            report,
            "missing-key /routing/rules/a: `when` is missing (add the key `when`)\n\
             missing-key /routing/rules/a: `to` is missing (add the key `to`)"
        );
        let rules = contract.unwrap().routing.unwrap().rules;
        assert_eq!(rules.iter().map(|rule| rule.id.as_str()).collect::<Vec<_>>(), ["b"]);
    }

    #[test]
    fn what_was_left_out_is_not_missed_and_the_rest_still_is() {
        check(
            json!({
                "fields": [{"ai": "always", "rsik": "low"}],
                "lifecycle": {"stages": [{}], "recommend": [{"reason": "r"}]},
                "budgets": [{"among": {"fact": "x"}}],
                "workflows": [{"id": "w", "version": 1, "success_metric": {}, "trigger": {"on": "scored"}}],
            }),
            &[
                "missing-key /fields/0: `field` is missing (add the key `field`)",
                "unknown-word /fields/0/ai: expected one of `auto`, `suggest`, `never`; found `always`",
                "unknown-key /fields/0/rsik: unknown key `rsik` (did you mean `risk`?)",
                "missing-key /lifecycle/stages/0: `id` is missing (add the key `id`)",
                "missing-key /lifecycle/recommend/0: `id` is missing (add the key `id`)",
                "missing-key /lifecycle/recommend/0: `to` is missing (add the key `to`)",
                "missing-key /lifecycle/recommend/0: `when` is missing (add the key `when`)",
                "missing-key /budgets/0: `id` is missing (add the key `id`)",
                "missing-key /budgets/0: `measure` is missing (add the key `measure`)",
                "missing-key /budgets/0: `at_most` is missing (add the key `at_most`)",
                "wrong-value /budgets/0/among: a `fact` without a test (add one such as `is`, `in`, `at_least` or `exists`)",
                "wrong-type /workflows/w/version: expected a text; found the number `1` (write \"1\" in quotes)",
                "missing-key /workflows/w/success_metric: `metric` is missing (add the key `metric`)",
                "missing-key /workflows/w/success_metric: `target` is missing (add the key `target`)",
                "wrong-type /workflows/w/trigger/on: expected a list; found the text `scored` (write [\"scored\"])",
            ],
        );
    }

    #[test]
    fn says_which_words_are_known() {
        check(
            json!({"fields": [
                {"field": "lead.industry", "ai": "auto", "risk": "lo"},
                {"field": "lead.owner", "ai": 5, "risk": "low"},
            ], "routing": {"rules": [
                {"id": "a", "when": {"all": []}, "to": {"ownr": "ann"}},
                {"id": "b", "when": {"all": []}, "to": "pool"},
                {"id": "c", "when": {"all": []}, "to": {"escalate": true}},
                {"id": "d", "when": {"all": []}, "to": {"pool": "p", "queue": "q"}},
            ]}}),
            &[
                "unknown-word /fields/lead.industry/risk: expected one of `low`, `medium`, `high`; found `lo` (did you mean `low`?)",
                "wrong-type /fields/lead.owner/ai: expected one of `auto`, `suggest`, `never`; found the number `5`",
                "unknown-word /routing/rules/a/to/ownr: expected one of `owner`, `pool`, `queue`, `list_owner`, `account_owner`, `record_owner`, `escalate`; found `ownr` (did you mean `owner`?)",
                "wrong-type /routing/rules/b/to: `pool` stands without its value (write {\"pool\": …})",
                "wrong-value /routing/rules/c/to: `escalate` takes no value (write \"escalate\" alone)",
                "wrong-type /routing/rules/d/to: expected one of `owner`, `pool`, `queue`, `list_owner`, `account_owner`, `record_owner`, `escalate`; found an object",
            ],
        );
    }

    #[test]
    fn says_what_kind_of_value_is_wanted() {
        check(
            json!({
                "name": 5,
                "scores": [{"id": "fit", "min": "0", "max": 99_999_999_999_i64, "rules": [
                    {"id": "a", "points": 1.5, "when": {"fact": "x", "at_least": 1.5}},
                    {"id": "b", "points": 1, "when": {"fact": "x", "contains": 5}},
                ]}],
                "lists": [{"id": "l", "key": "lead.domain", "values": "a.example"}],
                "budgets": [{"id": "b", "measure": "rerouted", "at_most": 2000}],
                "settings": [],
                "identity": {"exact_email": "true", "account_by": null},
            }),
            &[
                "wrong-type /name: expected a text; found the number `5` (write \"5\" in quotes)",
                "wrong-type /scores/fit/min: expected a whole number; found the text `0` (write 0 without quotes)",
                "wrong-value /scores/fit/max: expected a whole number from -2147483648 to 2147483647; found the number `99999999999`",
                "wrong-type /scores/fit/rules/a/points: expected a whole number; found the number `1.5`",
                "wrong-type /scores/fit/rules/a/when/at_least: expected true, false, a whole number or a text; found the number `1.5`",
                "wrong-type /scores/fit/rules/b/when/contains: expected a text or a list of texts; found the number `5`",
                "wrong-type /lists/l/values: expected a list; found the text `a.example` (write [\"a.example\"])",
                "wrong-value /budgets/b/at_most: expected a confidence: per mille from 0 to 1000, a fraction such as 0.87, or \"87 %\"; found the number `2000`",
                "wrong-type /settings: expected an object; found a list",
                "wrong-type /identity/exact_email: expected true or false; found the text `true` (write true without quotes)",
                "wrong-type /identity/account_by: expected a list; found `null` (leave the key out to use the default)",
            ],
        );
    }

    #[test]
    fn a_bad_condition_is_said_where_it_stands_and_once() {
        check(
            json!({"territories": [
                {"id": "a", "when": {"all": [{"fact": "x", "is": 1}, {"not": {}}, {"fact": "y"}]}},
                {"id": "b", "when": {"any": [], "all": []}},
                {"id": "c", "when": {"all": [{"is": 1}]}},
            ]}),
            &[
                "wrong-value /territories/a/when/all/1/not: an empty condition (write `all`, `any`, `not`, or `fact` with a test)",
                "wrong-value /territories/a/when/all/2: a `fact` without a test (add one such as `is`, `in`, `at_least` or `exists`)",
                "wrong-value /territories/b/when: more than one of `all`, `any`, `not` and `fact` (nest them instead)",
                "wrong-value /territories/c/when/all/0: a test without a `fact` to read",
            ],
        );
    }

    #[test]
    fn fills_in_what_every_contract_needs() {
        let mut findings = Vec::new();
        let contract = decode_contract(&json!({"id": 5, "vesion": "1", "name": "n"}), &mut findings).unwrap();
        assert_eq!(
            report(&findings),
            "missing-format : `interlock` is missing (add `\"interlock\": 1` as the first key)\n\
             wrong-type /id: expected a text; found the number `5` (write \"5\" in quotes)\n\
             unknown-key /vesion: unknown key `vesion` (did you mean `version`?)"
        );
        assert_eq!((contract.id.as_str(), contract.version.as_str()), ("unnamed", "0"));
        assert_eq!(contract.name.as_deref(), Some("n"));
    }

    #[test]
    fn reads_nothing_of_another_format_or_kind() {
        for (value, expect) in [
            (
                json!({"interlock": 99, "routes": {}}),
                "unknown-format /interlock: this is format 99; this engine reads format 1 (update Interlock, or export the contract as format 1)",
            ),
            (json!([]), "wrong-type : expected an object; found a list"),
            (json!("x"), "wrong-type : expected an object; found the text `x`"),
        ] {
            let mut findings = Vec::new();
            assert_eq!(decode_contract(&value, &mut findings), None);
            assert_eq!(report(&findings), expect);
        }
    }

    #[test]
    fn depth_and_number_of_faults_are_bounded() {
        let mut when = json!({"fact": "x", "is": 1});
        for _ in 0..500 {
            when = json!({"not": when});
        }
        let (contract, report) = read(json!({"territories": [{"id": "a", "when": when}]}));
        assert_eq!(report.lines().count(), 1);
        assert!(report.starts_with("too-deep /territories/a/when/not/not/"), "{report}");
        assert_eq!(contract.unwrap().territories, []);

        let rules: Vec<_> = (0..1000).map(|i| json!({"id": format!("r{i}")})).collect();
        let (contract, report) = read(json!({"routing": {"rules": rules}}));
        assert_eq!(report.lines().count(), MAX_FINDINGS + 1);
        assert!(report.contains("too-many-findings"));
        assert_eq!(contract, None);
    }

    proptest::proptest! {
        #[test]
        fn no_value_is_too_odd(value in super::super::arbitrary::value(), section in "routing|fields|scores|settings|territories") {
            let mut findings = Vec::new();
            let read = decode_contract(&json!({"interlock": 1, "id": "c", "version": "1", section: value}), &mut findings);
            proptest::prop_assert!(read.is_some());
        }

        #[test]
        fn without_a_finding_serde_reads_the_same(value in super::super::arbitrary::value()) {
            let mut findings = Vec::new();
            let read: Option<Vec<crate::contract::Member>> = decode(&value, &mut findings);
            // serde takes a list for an object, too; a contract does not.
            if findings.is_empty() {
                proptest::prop_assert_eq!(read, serde_json::from_value(value).ok());
            }
        }
    }
}
