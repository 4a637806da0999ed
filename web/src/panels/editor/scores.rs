//! Scores: what adds or takes points and why, and where the bands begin.

use leptos::prelude::*;
use serde_json::json;

use super::forms::{Field, Kind, inputs, named};
use super::items::{add, add_button, free_name, items, list_at, steps};
use super::slot::Slot;
use crate::desk::Desk;
use crate::state::condition::summary;
use crate::state::text;
use crate::ui::condition;
use crate::ui::live::click;

/// What a rule may say besides its points and its reason.
const MORE: &[Field] = &[
    ("group", "Group, one of the caps", Kind::Line(None)),
    ("decay/half_life_days", "Half is left after days", Kind::Number),
    ("decay/since", "Counted from the date", Kind::Line(Some("facts"))),
    ("most", "Most of its activities", Kind::Number),
];

const CAP: &[Field] = &[
    ("id", "Group", Kind::Line(None)),
    ("at_most", "At most together", Kind::Number),
    ("at_least", "At least together", Kind::Number),
];

/// Draws the section.
pub(crate) fn scores(desk: Desk) -> AnyView {
    let list = list_at(desk, "/scores");
    view! {
        <For
            each=move || steps(list)
            key=Clone::clone
            children=move |step| score(list.child(&step), &step)
        />
        {add_button(
            "Add a score",
            move || {
                let id = free_name(list, "score");
                add(list, json!({"id": id, "min": 0, "max": 100, "rules": [], "bands": []}));
            },
        )}
    }
    .into_any()
}

fn score(score: Slot, step: &str) -> AnyView {
    let rules = score.child("rules");
    let bands = score.child("bands");
    let name = score.child("name");
    let id = text::words(step);
    view! {
        <section class="group">
            <header class="group-head">
                <h3>{move || { let name = name.text(""); if name.is_empty() { id.clone() } else { name } }}</h3>
                <div class="form inline">
                    {score.child("min").number("Least", 0, (None, None))}
                    {score.child("max").number("Most", 100, (None, None))}
                </div>
            </header>
            <h4>"Bands"</h4>
            <ul class="bands">
                <For
                    each=move || steps(bands)
                    key=Clone::clone
                    children=move |step| {
                        let band = bands.child(&step);
                        let title = step.clone();
                        view! {
                            <li class="band">
                                <span class="band-name">{title}</span>
                                <span class="quiet">"from"</span>
                                {band.child("at_least").stepper("Band starts at", 5)}
                                <button
                                    type="button"
                                    class="icon-button"
                                    aria-label=format!("Remove band {step}")
                                    title="Remove"
                                    on:click=click(move |_| band.clear())
                                >
                                    {crate::ui::icon::icon(crate::ui::icon::Icon::Close)}
                                </button>
                            </li>
                        }
                    }
                />
            </ul>
            {add_button(
                "Add a band",
                move || {
                    let id = free_name(bands, "band");
                    add(bands, json!({"id": id, "at_least": 50}));
                },
            )}
            <h4>"Caps of groups"</h4>
            {named(score.child("caps"), "cap", "Add a cap", CAP, |id| json!({"id": id, "at_most": 30}))}
            <h4>"Points"</h4>
            {items(rules, "points", head, body)}
            {add_button(
                "Add a rule",
                move || {
                    let id = free_name(rules, "rule");
                    add(
                        rules,
                        json!({"id": id, "when": crate::state::condition::fresh(), "points": 5}),
                    );
                },
            )}
        </section>
    }
    .into_any()
}

fn head(rule: Slot) -> AnyView {
    let when = rule.child("when");
    view! {
        {rule.child("points").stepper("Points", 5)}
        <p class="item-line summary">
            {move || when.now.with(|value| value.as_ref().map(summary).unwrap_or_default())}
        </p>
    }
    .into_any()
}

fn body(rule: Slot) -> AnyView {
    view! {
        <div class="form">
            {rule.child("id").line("Id", false)}
            {rule.child("reason").line("Reason, as sales reads it", true)}
        </div>
        {inputs(rule, MORE)}
        <div class="condition-box">
            <span class="label">"When"</span>
            {condition::editor(rule.child("when"))}
        </div>
    }
    .into_any()
}
