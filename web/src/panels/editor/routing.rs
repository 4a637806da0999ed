//! Routing: ordered rules by tier, where leads go otherwise, pools and queues.

use leptos::prelude::*;
use serde_json::{Value, json};

use super::items::{add, add_button, free_name, items, list_at};
use super::pools;
use super::slot::{Slot, slot};
use crate::desk::Desk;
use crate::state::condition::{show, summary};
use crate::state::text;
use crate::ui::icon::{Icon, icon};
use crate::ui::live::{change, live};
use crate::ui::{condition, field};

const HIT_POLICY: &[(&str, &str)] =
    &[("unique", "Rules must agree, or it escalates"), ("first", "The first rule that holds")];

/// The tiers of the precedence ladder, highest first. The one that holds where none is said comes first in choices.
const TIERS: &[(&str, &str)] = &[
    ("territory", "Territory"),
    ("legal", "Legal and consent"),
    ("named_account", "Named account"),
    ("open_opportunity", "Open opportunity"),
    ("account_owner", "Account owner"),
    ("skill", "Skill or language"),
    ("capacity", "Capacity"),
    ("fair_distribution", "Fair distribution"),
    ("catch_all", "Catch-all"),
];

/// What comes of a rule that holds. The one that holds where none is said comes first.
const MODES: &[(&str, &str)] = &[("automatic", "Assigns"), ("suggest", "Suggests")];

pub(super) const TARGETS: &[(&str, &str)] = &[
    ("pool", "Pool"),
    ("owner", "Person"),
    ("queue", "Queue"),
    ("account_owner", "Owner of the account"),
    ("list_owner", "Whom a list names"),
    ("record_owner", "Owner of the record"),
    ("escalate", "Escalation"),
];

/// Where a lead goes that no member of a pool can take.
pub(super) const ON_NOBODY: &[(&str, &str)] = &[
    ("", "Escalation"),
    ("pool", "Pool"),
    ("queue", "Queue"),
    ("owner", "Person"),
    ("hold", "Held in a queue until somebody can"),
    ("route_anyway", "Whose turn it is, outside hours too"),
    ("fail", "Nowhere: it is blocked"),
];

/// Draws the section.
pub(crate) fn routing(desk: Desk) -> AnyView {
    let rules = list_at(desk, "/routing/rules");
    let at = |at: &str| slot(desk, at);
    view! {
        <div class="form">
            {at("/routing/hit_policy").choice("When several rules of a tier hold", HIT_POLICY)}
            {target_field(at("/routing/fallback"), "When no rule holds", TARGETS)}
            {at("/routing/escalation").line_with("Escalation queue", true, Some("queues"))}
        </div>
        <h3>"Rules"</h3>
        <p class="hint">
            "Tiers are asked from legal to catch-all, whatever the order here; within a tier, in this order."
        </p>
        {items(rules, "rules", head, body)}
        {add_button(
            "Add a rule",
            move || {
                let id = free_name(rules, "new-rule");
                add(
                    rules,
                    json!({"id": id, "tier": "territory", "when": crate::state::condition::fresh(), "to": "escalate"}),
                );
            },
        )}
        {pools::pools(desk)}
    }
    .into_any()
}

fn head(rule: Slot) -> AnyView {
    let (when, to, tier, name) = (rule.child("when"), rule.child("to"), rule.child("tier"), rule.child("name"));
    let mode = rule.child("mode");
    let assigns = move || mode.now.with(|mode| mode.as_ref().is_none_or(|mode| *mode != "suggest"));
    let tier_name = move || {
        let word = tier.text("territory");
        TIERS.iter().find(|(value, _)| *value == word).map_or(word, |(_, name)| (*name).to_owned())
    };
    view! {
        <span class="chip tier">{tier_name}</span>
        <span class="badge suggest" class:hidden=live(assigns)>{icon(Icon::Suggest)} "Suggests"</span>
        <p class="item-line rule-name" class:hidden=live(move || name.text("").is_empty())>
            {move || name.text("")}
        </p>
        <p class="item-line summary">
            {move || when.now.with(|value| value.as_ref().map(summary).unwrap_or_default())}
        </p>
        <p class="item-line target">
            <span class="arrow" aria-hidden="true">"→"</span>
            {move || to.now.with(|value| value.as_ref().map(target_text).unwrap_or_default())}
        </p>
    }
    .into_any()
}

fn body(rule: Slot) -> AnyView {
    view! {
        <div class="form">
            {rule.child("id").line("Id", false)}
            {rule.child("name").line("Name", true)}
            {rule.child("tier").choice("Tier", TIERS)}
            {target_field(rule.child("to"), "Goes to", TARGETS)}
            {mode(rule.child("mode"))}
        </div>
        <div class="condition-box">
            <span class="label">"When"</span>
            {condition::editor(rule.child("when"))}
        </div>
    }
    .into_any()
}

/// Whether the rule assigns or suggests. Going back to what holds where nothing is said leaves no trace in the contract.
fn mode(place: Slot) -> AnyView {
    let name = format!("Where its workflow is automatic, {}", place.address());
    view! {
        <div class="labelled" class:changed=live(move || place.differs())>
            <span class="label" aria-hidden="true">"Where its workflow is automatic"</span>
            {field::choice(
                name,
                move || place.text("automatic"),
                || field::options(MODES),
                move |mode| {
                    if mode == "automatic" && place.before.with_untracked(Option::is_none) {
                        place.clear();
                    } else {
                        place.set(mode);
                    }
                },
            )}
            {place.was(mode_words)}
        </div>
    }
    .into_any()
}

fn mode_words(mode: &Value) -> String {
    let word = mode.as_str().unwrap_or_default();
    MODES.iter().find(|(known, _)| *known == word).map_or_else(|| text::words(word), |(_, words)| (*words).to_owned())
}

/// Kind and id of a target.
fn parts(target: &Value) -> (String, String) {
    match target {
        Value::String(word) => (word.clone(), String::new()),
        Value::Object(members) => {
            members.iter().next().map(|(kind, value)| (kind.clone(), show(value))).unwrap_or_default()
        }
        _ => (String::new(), String::new()),
    }
}

/// Whether a kind of target says which.
fn named(kind: &str) -> bool {
    matches!(kind, "pool" | "owner" | "queue" | "hold" | "list_owner")
}

fn target(kind: &str, id: &str) -> Value {
    match kind {
        kind if named(kind) => json!({ kind: id }),
        word => Value::from(word),
    }
}

/// A target in words.
pub(crate) fn target_text(target: &Value) -> String {
    let (kind, id) = parts(target);
    let name = TARGETS
        .iter()
        .find(|(value, _)| *value == kind)
        .map_or_else(|| text::words(&kind), |(_, name)| (*name).to_owned());
    if id.is_empty() { name } else { format!("{name} {id}") }
}

/// A labelled target: its kind, one of `kinds`, and which. The kind without a word is what holds where none is said.
pub(super) fn target_field(
    place: Slot,
    label: &'static str,
    kinds: &'static [(&'static str, &'static str)],
) -> AnyView {
    let now = Memo::new(move |_| place.now.with(|value| value.as_ref().map(parts).unwrap_or_default()));
    let name = format!("{label}, {}", place.address());
    let which = format!("Which, {}", place.address());
    let named = move || now.with(|(kind, _)| named(kind));
    let list = move || {
        now.with(|(kind, _)| match kind.as_str() {
            "pool" => "pools",
            "queue" | "hold" => "queues",
            "list_owner" => "",
            _ => "owners",
        })
    };
    view! {
        <div class="labelled" class:changed=live(move || place.differs())>
            <span class="label" aria-hidden="true">{label}</span>
            <span class="pair">
                {field::choice(
                    name,
                    move || now.with(|(kind, _)| kind.clone()),
                    move || field::options(kinds),
                    move |kind| {
                        if kind.is_empty() {
                            place.clear();
                        } else {
                            let first = first_of(place.desk, &kind);
                            place.set(target(&kind, &first));
                        }
                    },
                )}
                <input
                    class="input"
                    class:hidden=live(move || !named())
                    type="text"
                    autocomplete="off"
                    aria-label=which
                    list=list
                    prop:value=live(move || now.with(|(_, id)| id.clone()))
                    on:change=change(move |event| {
                        let kind = now.with_untracked(|(kind, _)| kind.clone());
                        place.set(target(&kind, event_target_value(&event).trim()));
                    })
                />
            </span>
            {place.was(target_text)}
        </div>
    }
    .into_any()
}

/// What to propose when a kind of target is chosen.
fn first_of(desk: Desk, kind: &str) -> String {
    let list = match kind {
        "pool" => "/routing/pools",
        "queue" | "hold" => "/routing/queues",
        "list_owner" => "/lists",
        "owner" => {
            return desk
                .vocabulary
                .with_untracked(|known| known.owners.first().map(|owner| owner.email.clone()))
                .unwrap_or_default();
        }
        _ => return String::new(),
    };
    untrack(|| super::items::steps(slot(desk, list))).into_iter().next().unwrap_or_default()
}
