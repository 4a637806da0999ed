//! Differences in words.

use serde_json::Value;

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

/// The first few values of a list; `item` stands for one that takes too many words.
fn some(values: &[Value], item: &str) -> String {
    const FEW: usize = 5;
    let mut out = String::new();
    for (i, value) in values.iter().take(FEW).enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        out.push_str(&plain(value).unwrap_or_else(|| format!("one {item}")));
    }
    match values.len().checked_sub(FEW) {
        None | Some(0) => out,
        Some(rest) => format!("{out} and {rest} more"),
    }
}

/// A value short enough for a line: `1000`, `DE, AT`, `pool emea`, `lead.country in DE, AT`.
fn plain(value: &Value) -> Option<String> {
    const LONGEST: usize = 60;
    let text = match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::String(text) if text.is_empty() => "an empty text".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(values) if values.is_empty() => "nothing".to_owned(),
        Value::Array(values) => match values.iter().any(|v| v.is_object() || v.is_array()) {
            true => return None,
            false => some(values, "item"),
        },
        Value::Object(keys) => {
            let mut words = Vec::new();
            for (key, value) in keys {
                match (key.as_str(), value) {
                    ("fact", Value::String(fact)) => words.insert(0, fact.clone()),
                    (_, Value::Object(_)) => return None,
                    (key, value) => {
                        words.push(format!("{} {}", key.replace('_', " "), plain(value)?));
                    }
                }
            }
            if words.is_empty() || (words.len() > 1 && !keys.contains_key("fact")) {
                return None;
            }
            words.join(" ")
        }
    };
    Some(match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    })
}
