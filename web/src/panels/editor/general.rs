//! Sections without an editor of their own: their items as a list, conditions by parts, the rest as JSON.

use leptos::prelude::*;
use serde_json::{Value, json};

use super::forms::{Field, Kind, inputs};
use super::items::{add, add_button, free_name, items};
use super::slot::{Slot, percent, slot};
use super::thresholds::optional_condition;
use crate::desk::Desk;
use crate::panels::Section;
use crate::state::Unread;
use crate::state::condition::{Form, show, summary};
use crate::state::text;
use crate::ui::field::area_value;
use crate::ui::live::{change, live};

/// Draws a section.
pub(crate) fn general(desk: Desk, section: &'static Section) -> AnyView {
    section.keys.iter().map(|key| part(slot(desk, format!("/{key}")), key)).collect_view().into_any()
}

/// Keys whose values are short texts.
const LINES: [&str; 4] = ["id", "name", "version", "description"];

/// Keys whose values are lists of items.
const LISTS: [&str; 10] = [
    "suppression",
    "review",
    "workflows",
    "agents",
    "sources",
    "lists",
    "territories",
    "custom_fields",
    "expectations",
    "budgets",
];

fn part(place: Slot, key: &'static str) -> AnyView {
    let title = text::words(key);
    if key == "terms" {
        return super::terms::terms(place);
    }
    if LINES.contains(&key) {
        let label = match key {
            "id" => "Id",
            "name" => "Name",
            "version" => "Version",
            _ => "Description",
        };
        return view! {
            <div class="form">
                {if key == "description" { place.prose(label) } else { place.line(label, key == "name") }}
            </div>
        }
        .into_any();
    }
    if LISTS.contains(&key) {
        return view! {
            <section class="group">
                <h3>{title}</h3>
                {items(place, key, head, body)}
                {add_button("Add", move || add(place, fresh(place, key)))}
            </section>
        }
        .into_any();
    }
    view! {
        <section class="group">
            <h3>{title}</h3>
            {value_area(place)}
        </section>
    }
    .into_any()
}

/// What a new item starts as; `check` says what it still lacks.
fn fresh(list: Slot, key: &str) -> Value {
    let id = free_name(list, "new");
    let when = crate::state::condition::fresh();
    match key {
        "suppression" => {
            json!({"id": id, "kind": "custom", "when": when, "when_unknown": "review", "blocks": ["send_message"]})
        }
        "review" => {
            json!({"id": id, "trigger": "custom", "when": when, "reviewer": {"role": "sales_manager"}})
        }
        "workflows" => {
            json!({"id": id, "version": "1.0.0", "mode": "suggest", "actions": ["assign"], "trigger": {"on": ["lead_captured"]}})
        }
        "agents" => json!({"id": id, "motion": "inbound", "capabilities": ["update_field"]}),
        "sources" => json!({"id": id, "kind": "other", "trust": "low", "names": []}),
        "lists" => json!({"id": id, "key": "lead.domain", "values": []}),
        "territories" => json!({"id": id, "when": when}),
        "custom_fields" => json!({"id": id, "object": "lead", "kind": "text", "columns": []}),
        "expectations" => json!({"id": id, "lead": {}, "expect": {}}),
        "budgets" => json!({"id": id, "measure": "rerouted", "at_most": 50}),
        _ => json!({ "id": id }),
    }
}

/// An item in one line.
pub(super) fn line(item: &Value) -> String {
    let mut parts: Vec<String> = ["name", "kind", "trigger", "measure", "mode", "trust", "key"]
        .iter()
        .filter_map(|key| match item.get(*key)? {
            Value::String(word) => Some(word.replace('_', " ")),
            _ => None,
        })
        .take(2)
        .collect();
    if let Some(most) = item.get("at_most") {
        parts.push(format!("at most {}", percent(most)));
    }
    if let Some(Value::Object(expected)) = item.get("expect") {
        parts.extend(expected.iter().map(|(key, value)| format!("{}: {}", key.replace('_', " "), expectation(value))));
    }
    if let Some(when) = item.get("when").or_else(|| item.get("eligible")) {
        parts.push(summary(when));
    }
    if let Some(Value::Array(values)) = item.get("values") {
        parts.push(format!("{} values", values.len()));
    }
    if let Some(actions) = item.get("blocks").or_else(|| item.get("actions")) {
        parts.push(show(actions).replace('_', " "));
    }
    parts.join(" · ")
}

/// `{"pool": "sales-emea"}` as `pool sales-emea`.
fn expectation(value: &Value) -> String {
    match value.as_object() {
        Some(members) => {
            members.iter().map(|(key, value)| format!("{key} {}", show(value))).collect::<Vec<_>>().join(", ")
        }
        None => show(value),
    }
}

fn head(item: Slot) -> AnyView {
    view! {
        <p class="item-line summary">
            {move || item.now.with(|value| value.as_ref().map(line).unwrap_or_default())}
        </p>
    }
    .into_any()
}

fn body(item: Slot) -> AnyView {
    let has = move |key: &'static str| {
        let place = item.child(key);
        let there =
            place.now.with_untracked(|value| value.as_ref().is_some_and(|value| Form::of(value) != Form::Other));
        there.then(|| {
            let label = match key {
                "when" => "When",
                "among" => "Among",
                _ => "Eligible",
            };
            optional_condition(place, label)
        })
    };
    view! {
        {has("when")}
        {has("eligible")}
        {has("among")}
        {inputs(item, fields_of(&item.address()))}
        <span class="label">"As JSON"</span>
        {value_area(item)}
    }
    .into_any()
}

/// The fields that items of a list have besides their condition, where they have a form.
fn fields_of(address: &str) -> &'static [Field] {
    match address.split('/').nth(1) {
        Some("lists") => &[
            ("name", "Name", Kind::Line(None)),
            ("key", "What is looked up", Kind::Line(Some("facts"))),
            ("values", "What stands in it", Kind::Lines),
        ],
        Some("territories") => {
            &[("name", "Name", Kind::Line(None)), ("parent", "Part of the territory", Kind::Line(None))]
        }
        _ => &[],
    }
}

/// A value as JSON text: taken as soon as it parses, with the place of the error where it does not.
pub(crate) fn value_area(place: Slot) -> AnyView {
    let typed = RwSignal::new(None::<String>);
    let error = RwSignal::new(None::<String>);
    let written = Memo::new(move |_| {
        place
            .now
            .with(|value| value.as_ref().and_then(|value| serde_json::to_string_pretty(value).ok()).unwrap_or_default())
    });
    let text = move || typed.get().unwrap_or_else(|| written.get());
    let rows = move || (text().lines().count() + 1).clamp(3, 24).to_string();
    view! {
        <textarea
            class="code value-area"
            spellcheck="false"
            autocomplete="off"
            aria-label=format!("{} as JSON", place.address())
            aria-invalid=live(move || error.with(Option::is_some).to_string())
            rows=rows
            prop:value=text
            on:input=change(move |event| {
                let text = area_value(&event);
                match crate::state::read(&text) {
                    Ok(value) => {
                        error.set(None);
                        place.set(value);
                    }
                    Err(Unread { message, line, column, .. }) => {
                        error.set(Some(format!("Line {line}, column {column}: {message}")));
                    }
                }
                typed.set(Some(text));
            })
            on:blur=move |_| {
                // An area that is taken away while it has the focus is left after its signals are gone.
                if error.try_with_untracked(Option::is_none) == Some(true) {
                    typed.try_set(None);
                }
            }
        ></textarea>
        <p class="field-error" role="status" class:hidden=live(move || error.with(Option::is_none))>
            {move || error.get().map(|error| format!("{error}. The last readable text is used."))}
        </p>
    }
    .into_any()
}
