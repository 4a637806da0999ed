//! Conditions in words, and the pieces an editor makes them of.
//!
//! Input: a condition as JSON, whole or half-written. Output: a line of text, the operators, values read from what a
//! person typed. Invariant: a value that was shown and read again is the same value.

use serde_json::{Map, Value, json};

/// A test of a fact: its key, how it is asked, and what its value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Operator {
    pub(crate) key: &'static str,
    pub(crate) name: &'static str,
    pub(crate) short: &'static str,
    pub(crate) takes: Takes,
}

/// What a test compares with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Takes {
    /// True, false, a whole number or a text.
    One,
    /// Several of these.
    Several,
    /// One text or several.
    Texts,
    /// A text.
    Text,
    /// Days.
    Days,
    /// Yes or no.
    YesNo,
}

const fn operator(key: &'static str, name: &'static str, short: &'static str, takes: Takes) -> Operator {
    Operator { key, name, short, takes }
}

/// All tests.
pub(crate) const OPERATORS: [Operator; 16] = [
    operator("is", "is", "=", Takes::One),
    operator("in", "is one of", "in", Takes::Several),
    operator("at_least", "is at least", "≥", Takes::One),
    operator("at_most", "is at most", "≤", Takes::One),
    operator("above", "is above", ">", Takes::One),
    operator("below", "is below", "<", Takes::One),
    operator("exists", "has a value", "has a value", Takes::YesNo),
    operator("contains", "contains", "contains", Takes::Texts),
    operator("starts_with", "starts with", "starts with", Takes::Texts),
    operator("ends_with", "ends with", "ends with", Takes::Texts),
    operator("in_range", "is in a range of codes", "is in", Takes::Texts),
    operator("domain_is", "is of the domain", "at", Takes::Texts),
    operator("before", "is before", "before", Takes::Text),
    operator("after", "is after", "after", Takes::Text),
    operator("within_days", "is within days", "within days", Takes::Days),
    operator("in_list", "stands in the list", "in list", Takes::Text),
];

/// The operator of a key.
pub(crate) fn operator_of(key: &str) -> Option<&'static Operator> {
    OPERATORS.iter().find(|operator| operator.key == key)
}

/// What a condition is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    All,
    Any,
    Not,
    Fact,
    /// It cannot be edited by parts.
    Other,
}

impl Form {
    /// The form of a condition as JSON.
    pub(crate) fn of(condition: &Value) -> Self {
        let Some(members) = condition.as_object() else {
            return Self::Other;
        };
        let only = members.len() == 1;
        if only && members.get("all").is_some_and(Value::is_array) {
            Self::All
        } else if only && members.get("any").is_some_and(Value::is_array) {
            Self::Any
        } else if only && members.contains_key("not") {
            Self::Not
        } else if members.get("fact").is_some_and(Value::is_string)
            && members.keys().all(|key| key == "fact" || operator_of(key).is_some())
        {
            Self::Fact
        } else {
            Self::Other
        }
    }

    /// The key under which the parts stand.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Any => "any",
            Self::Not => "not",
            Self::Fact | Self::Other => "fact",
        }
    }
}

/// A test to start with.
pub(crate) fn fresh() -> Value {
    json!({"fact": "lead.country", "exists": true})
}

/// The same parts under another form.
pub(crate) fn with_form(condition: &Value, form: Form) -> Value {
    let parts = match Form::of(condition) {
        Form::All => condition.get("all").cloned(),
        Form::Any => condition.get("any").cloned(),
        Form::Not => condition.get("not").cloned().map(|part| json!([part])),
        Form::Fact | Form::Other => Some(json!([condition])),
    }
    .unwrap_or_else(|| json!([]));
    let list = parts.as_array().cloned().unwrap_or_default();
    match form {
        Form::All => json!({"all": list}),
        Form::Any => json!({"any": list}),
        Form::Not if list.len() == 1 => json!({"not": list.first()}),
        Form::Not => json!({"not": {"all": list}}),
        Form::Fact | Form::Other => list.into_iter().next().unwrap_or_else(fresh),
    }
}

/// The tests of a fact condition, in their order.
pub(crate) fn tests(condition: &Value) -> Vec<(String, Value)> {
    condition
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(key, _)| *key != "fact")
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}

/// The condition with one test's operator replaced; its place among the tests is kept.
pub(crate) fn with_operator(condition: &Value, old: &str, new: &Operator) -> Value {
    let Some(members) = condition.as_object() else {
        return condition.clone();
    };
    let members: Map<String, Value> = members
        .iter()
        .map(|(key, value)| {
            if key == old { (new.key.to_owned(), read(new.takes, &show(value))) } else { (key.clone(), value.clone()) }
        })
        .collect();
    Value::Object(members)
}

/// A value as a person types it.
pub(crate) fn show(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(show).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

fn scalar(text: &str) -> Value {
    match text.trim() {
        "true" | "yes" => Value::Bool(true),
        "false" | "no" => Value::Bool(false),
        text => text.parse::<i64>().map_or_else(|_| Value::from(text), Value::from),
    }
}

fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|part| !part.is_empty())
}

/// What a person typed, as the value a test takes.
pub(crate) fn read(takes: Takes, text: &str) -> Value {
    match takes {
        Takes::One => scalar(text),
        Takes::Several => list(text).map(scalar).collect(),
        Takes::Text => Value::from(text.trim()),
        Takes::Texts => {
            let mut texts: Vec<Value> = list(text).map(Value::from).collect();
            match (texts.len(), texts.pop()) {
                (_, None) => Value::from(""),
                (1, Some(only)) => only,
                (_, Some(last)) => {
                    texts.push(last);
                    Value::Array(texts)
                }
            }
        }
        Takes::Days => Value::from(text.trim().parse::<i32>().unwrap_or(30)),
        Takes::YesNo => Value::Bool(!matches!(text.trim(), "false" | "no")),
    }
}

/// A condition in one line: `country in DE, AT and employees ≥ 200`.
pub(crate) fn summary(condition: &Value) -> String {
    let parts = |key: &str, word: &str| {
        let parts = condition.get(key).and_then(Value::as_array);
        parts.map_or_else(String::new, |parts| parts.iter().map(inner).collect::<Vec<_>>().join(word))
    };
    match Form::of(condition) {
        Form::All => match parts("all", " and ") {
            text if text.is_empty() => "always".to_owned(),
            text => text,
        },
        Form::Any => match parts("any", " or ") {
            text if text.is_empty() => "never".to_owned(),
            text => text,
        },
        Form::Not => format!("not {}", condition.get("not").map(inner).unwrap_or_default()),
        Form::Fact => fact(condition),
        Form::Other => "written as JSON".to_owned(),
    }
}

fn inner(condition: &Value) -> String {
    match Form::of(condition) {
        Form::All | Form::Any => format!("({})", summary(condition)),
        Form::Not | Form::Fact | Form::Other => summary(condition),
    }
}

fn fact(condition: &Value) -> String {
    let name = condition.get("fact").and_then(Value::as_str).unwrap_or("?");
    let tests: Vec<String> = tests(condition)
        .iter()
        .map(|(key, value)| match (key.as_str(), value) {
            ("exists", Value::Bool(true)) => "has a value".to_owned(),
            ("exists", _) => "is blank".to_owned(),
            ("is", Value::Bool(true)) => String::new(),
            ("is", Value::Bool(false)) => "is not so".to_owned(),
            (key, value) => {
                let short = operator_of(key).map_or(key, |operator| operator.short);
                format!("{short} {}", short_list(value))
            }
        })
        .collect();
    format!("{name} {}", tests.join(" and ")).trim_end().to_owned()
}

/// A list is cut where a line would be too long.
fn short_list(value: &Value) -> String {
    const FEW: usize = 6;
    match value.as_array() {
        Some(items) if items.len() > FEW => {
            let first: Vec<String> = items.iter().take(FEW).map(show).collect();
            format!("{} and {} more", first.join(", "), items.len() - FEW)
        }
        _ => show(value),
    }
}

#[cfg(test)]
mod tests {
    use interlock_core::contract::Condition;
    use serde_json::{Value, json};

    use super::{Form, OPERATORS, Takes, fresh, operator_of, read, show, summary, with_form, with_operator};

    #[test]
    fn conditions_read_as_a_line() {
        for (condition, text) in [
            (json!({"all": []}), "always"),
            (json!({"any": []}), "never"),
            (json!({"fact": "lead.country", "in": ["DE", "AT"]}), "lead.country in DE, AT"),
            (json!({"fact": "lead.employees", "at_least": 50, "below": 200}), "lead.employees ≥ 50 and < 200"),
            (json!({"fact": "territory.emea", "is": true}), "territory.emea"),
            (json!({"not": {"fact": "lead.email", "exists": true}}), "not lead.email has a value"),
            (
                json!({"all": [{"fact": "a.b", "is": 1}, {"any": [{"fact": "c.d", "is": "x"}, {"fact": "c.d", "is": "y"}]}]}),
                "a.b = 1 and (c.d = x or c.d = y)",
            ),
            (json!({"fact": "a"}), "a"),
            (json!(3), "written as JSON"),
            (json!({"fact": "a", "iss": 1}), "written as JSON"),
        ] {
            assert_eq!(summary(&condition), text);
        }
    }

    #[test]
    fn what_is_shown_is_read_again_as_the_same() {
        for (takes, value) in [
            (Takes::One, json!("50000 EUR")),
            (Takes::One, json!(200)),
            (Takes::One, json!(true)),
            (Takes::Several, json!(["DE", 7, false])),
            (Takes::Texts, json!("vp")),
            (Takes::Texts, json!(["vp", "head of"])),
            (Takes::Text, json!("named-accounts")),
            (Takes::Days, json!(-3)),
            (Takes::YesNo, json!(false)),
        ] {
            assert_eq!(read(takes, &show(&value)), value);
        }
    }

    #[test]
    fn every_operator_makes_a_condition_the_engine_reads() {
        for operator in &OPERATORS {
            let condition = with_operator(&fresh(), "exists", operator);
            let read: Result<Condition, _> = serde_json::from_value(condition.clone());
            assert!(read.is_ok(), "{condition}");
            assert_eq!(Form::of(&condition), Form::Fact);
        }
        assert_eq!(operator_of("iss"), None);
    }

    #[test]
    fn changing_the_form_keeps_the_parts() {
        let all = json!({"all": [{"fact": "a.b", "is": 1}, {"fact": "a.c", "is": 2}]});
        assert_eq!(with_form(&all, Form::Any), json!({"any": all["all"]}));
        assert_eq!(with_form(&all, Form::Not), json!({"not": all}));
        assert_eq!(with_form(&fresh(), Form::All), json!({"all": [fresh()]}));
        let none: Value = json!({"any": []});
        assert_eq!(with_form(&none, Form::Fact), fresh());
    }
}
