//! Differences in words.

use serde_json::{Map, Value};

/// What one item of the list called `key` is.
pub(super) fn noun(key: &str) -> &str {
    match key {
        "agents" => "agent",
        "workflows" => "workflow",
        "sources" => "source",
        "custom_fields" => "custom field",
        "lists" => "list",
        "territories" => "territory",
        "fields" => "field policy",
        "scores" => "score",
        "rules" => "rule",
        "bands" => "band",
        "suppression" => "suppression",
        "exclusions" => "exclusion",
        "pools" => "pool",
        "members" => "member",
        "queues" => "queue",
        "stages" => "stage",
        "recommend" => "recommendation",
        "review" => "review rule",
        "next_steps" => "next step",
        "expectations" => "expectation",
        "budgets" => "budget",
        _ => "item",
    }
}

pub(super) fn added(key: &str, value: &Value) -> String {
    match plain(value) {
        Some(value) => format!("`{key}` added: {value}"),
        None => format!("`{key}` added"),
    }
}

pub(super) fn removed(key: &str, value: &Value) -> String {
    match plain(value) {
        Some(value) => format!("`{key}` removed, it was {value}"),
        None => format!("`{key}` removed"),
    }
}

pub(super) fn changed(key: &str, before: &Value, after: &Value) -> String {
    let name = if key.is_empty() { String::new() } else { format!("`{key}` ") };
    let before_is_list = before.is_array();
    if let Some((before, after)) = parts(before, after) {
        let item = match (before_is_list, key) {
            (false, _) | (true, "all" | "any") => "condition",
            (true, key) => noun(key),
        };
        return format!("{name}{}", came_and_went(before, after, item));
    }
    match (plain(before), plain(after)) {
        (Some(before), Some(after)) => format!("{name}{before} → {after}"),
        _ => format!("{name}rewritten"),
    }
}

/// The lists that two values are, or that two conditions of one kind hold.
fn parts<'v>(before: &'v Value, after: &'v Value) -> Option<(&'v [Value], &'v [Value])> {
    match (before, after) {
        (Value::Array(b), Value::Array(a)) => Some((b, a)),
        (Value::Object(b), Value::Object(a)) if b.len() == 1 && a.len() == 1 => {
            let both = |key: &str| Some((b.get(key)?.as_array()?, a.get(key)?.as_array()?));
            let (b, a) = both("all").or_else(|| both("any"))?;
            Some((b, a))
        }
        _ => None,
    }
}

/// What the second list has besides the first, and the other way round.
fn came_and_went(before: &[Value], after: &[Value], item: &str) -> String {
    let surplus = |of: &[Value], over: &[Value]| {
        let mut over: Vec<&Value> = over.iter().collect();
        let mut surplus = Vec::new();
        for value in of {
            match over.iter().position(|other| *other == value) {
                Some(at) => {
                    over.swap_remove(at);
                }
                None => surplus.push(value.clone()),
            }
        }
        surplus
    };
    let (came, went) = (surplus(after, before), surplus(before, after));
    match (came.is_empty(), went.is_empty()) {
        (true, true) => "in another order".to_owned(),
        (false, true) => format!("added {}", some(&came, item)),
        (true, false) => format!("removed {}", some(&went, item)),
        (false, false) => format!("added {}, removed {}", some(&came, item), some(&went, item)),
    }
}

/// The first few values of a list; those that take too many words are counted as so many `item`s.
fn some(values: &[Value], item: &str) -> String {
    const FEW: usize = 5;
    let told: Vec<String> = values.iter().filter_map(plain).collect();
    let (few, rest) = told.split_at(told.len().min(FEW));
    let mut out = few.join(", ");
    let untold = match values.len() - told.len() {
        0 => None,
        1 => Some(format!("one {item}")),
        count => Some(format!("{count} {item}s")),
    };
    for more in [untold, (!rest.is_empty()).then(|| format!("{} more", rest.len()))].into_iter().flatten() {
        out = if out.is_empty() { more } else { format!("{out} and {more}") };
    }
    out
}

/// A value short enough for a line: `1000`, `DE, AT`, `pool emea`, `lead.country in DE, AT`.
fn plain(value: &Value) -> Option<String> {
    const LONGEST: usize = 80;
    let text = match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => crate::json::text(value),
        Value::String(text) if text.is_empty() => "an empty text".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(values) if values.is_empty() => "nothing".to_owned(),
        Value::Array(values) => match values.iter().any(|v| v.is_object() || v.is_array()) {
            true => return None,
            false => some(values, "item"),
        },
        Value::Object(keys) => object(keys)?,
    };
    Some(match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    })
}

/// An object of one key, or a condition: `lead.country in DE or (account.employees at least 200 and not …)`.
fn object(keys: &Map<String, Value>) -> Option<String> {
    let joined = |parts: &Value, word: &str| {
        let part = |part: &Value| match (plain(part)?, part.get("fact")) {
            (text, Some(_)) => Some(text),
            (text, None) => Some(format!("({text})")),
        };
        let parts: Option<Vec<String>> = parts.as_array()?.iter().map(part).collect();
        parts.filter(|parts| !parts.is_empty()).map(|parts| parts.join(word))
    };
    if keys.len() == 1 {
        if let Some(parts) = keys.get("all") {
            return joined(parts, " and ");
        }
        if let Some(parts) = keys.get("any") {
            return joined(parts, " or ");
        }
        if let Some(part) = keys.get("not") {
            return Some(format!("not {}", plain(part)?));
        }
    }
    let mut words = Vec::new();
    for (key, value) in keys {
        match (key.as_str(), value) {
            ("fact", Value::String(fact)) => words.insert(0, fact.clone()),
            (_, Value::Object(_)) => return None,
            (key, value) => words.push(format!("{} {}", key.replace('_', " "), plain(value)?)),
        }
    }
    let is_told = keys.len() == 1 || keys.contains_key("fact");
    is_told.then(|| words.join(" "))
}
