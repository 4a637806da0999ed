//! Field policies: which fields AI may write, and from which confidence on.

use leptos::prelude::*;
use serde_json::{Value, json};

use super::items::{add, add_button, free_name, items, list_at};
use super::slot::Slot;
use crate::desk::Desk;
use crate::ui::condition;
use crate::ui::live::click;

const AI: &[(&str, &str)] = &[("auto", "Automatic"), ("suggest", "Suggested"), ("never", "Never")];
const RISK: &[(&str, &str)] = &[("low", "Low"), ("medium", "Medium"), ("high", "High")];
const BETWEEN: &[(&str, &str)] = &[("suggest", "Suggested"), ("review", "For review")];
const OVERWRITE: &[(&str, &str)] = &[
    ("if_empty", "Only a blank"),
    ("if_higher_confidence", "If more certain"),
    ("always", "Always"),
    ("never", "Never"),
];
const OTHERWISE: &[(&str, &str)] = &[("review", "For review"), ("suggest", "Suggested"), ("block", "Blocked")];

/// Draws the section.
pub(crate) fn thresholds(desk: Desk) -> AnyView {
    let list = list_at(desk, "/fields");
    view! {
        <p class="hint">
            "At or above the upper threshold a value is written automatically, where AI and risk allow it; below the lower one it is blocked. What lies between follows your choice."
        </p>
        {items(list, "policies", head, body)}
        {add_button(
            "Add a field",
            move || {
                let field = free_name(list, "lead.industry");
                add(
                    list,
                    json!({"field": field, "ai": "suggest", "risk": "medium", "auto_at": 900, "block_below": 500}),
                );
            },
        )}
    }
    .into_any()
}

fn head(policy: Slot) -> AnyView {
    view! {
        <div class="item-line policy-line">
            {policy.child("auto_at").share("Automatic from")}
        </div>
    }
    .into_any()
}

fn body(policy: Slot) -> AnyView {
    let review = policy.child("review_when");
    view! {
        <div class="form">
            {policy.child("block_below").share("Blocked below")}
            {policy.child("ai").choice("AI may at most", AI)}
            {policy.child("risk").choice("Risk", RISK)}
            {policy.child("between").choice("In between", BETWEEN)}
            {policy.child("overwrite").choice("Overwrite", OVERWRITE)}
            {policy.child("otherwise").choice("Otherwise", OTHERWISE)}
        </div>
        {optional_condition(review, "A person must look when")}
    }
    .into_any()
}

/// A condition that may be missing.
pub(crate) fn optional_condition(place: Slot, label: &'static str) -> AnyView {
    let there = Memo::new(move |_| place.now.with(|value| value.as_ref().is_some_and(Value::is_object)));
    view! {
        <div class="condition-box">
            <span class="label">{label}</span>
            <Show
                when=move || there.get()
                fallback=move || {
                    add_button(
                        "Add a condition",
                        move || place.set(crate::state::condition::fresh()),
                    )
                }
            >
                {condition::editor(place)}
                <button type="button" class="link-button" on:click=click(move |_| place.clear())>
                    "Remove the condition"
                </button>
            </Show>
        </div>
    }
    .into_any()
}
