//! Handoff: the parts of the note, what to do next, its wording for each reader, and what is gathered before a meeting.

use leptos::prelude::*;
use serde_json::json;

use super::forms::{Field, Kind, inputs, named};
use super::slot::slot;
use crate::desk::Desk;

const AUDIENCES: &[(&str, &str)] = &[("sdr", "SDR"), ("manager", "Manager"), ("owner", "Owner")];
const FORMATS: &[(&str, &str)] = &[("text", "Plain text"), ("markdown", "Markdown")];

const NOTE: &[Field] = &[("parts", "Parts of the note, in order", Kind::Lines)];

const STEP: &[Field] = &[("text", "What to do", Kind::Prose), ("when", "When", Kind::When)];

const TEMPLATE: &[Field] = &[
    ("name", "Name", Kind::Line(None)),
    ("audience", "Who reads it", Kind::Choice(AUDIENCES)),
    ("format", "Written in", Kind::Choice(FORMATS)),
    ("text", "Words, with placeholders such as {lead.name}", Kind::Prose),
];

const MEETING: &[Field] = &[
    ("at_most", "Entries in a list", Kind::Number),
    ("pain/fields", "Pain: fields", Kind::Lines),
    ("pain/labels", "Pain: labels in notes", Kind::Lines),
    ("objections/fields", "Objections: fields", Kind::Lines),
    ("objections/labels", "Objections: labels in notes", Kind::Lines),
];

/// Draws the section.
pub(super) fn handoff(desk: Desk) -> AnyView {
    let at = |at: &str| slot(desk, at);
    view! {
        {inputs(at("/handoff"), NOTE)}
        <h3>"Wording for each reader"</h3>
        <p class="hint">
            "{?missing} … {/missing} is left out where nothing is missing; {Missing} begins with a capital."
        </p>
        {named(
            at("/handoff/templates"),
            "template",
            "Add a wording",
            TEMPLATE,
            |id| json!({"id": id, "audience": "sdr", "text": "{lead.name}, {company}. {?missing}Missing: {missing}.{/missing}"}),
        )}
        <h3>"What to do next"</h3>
        <p class="hint">"The first that holds."</p>
        {named(
            at("/handoff/next_steps"),
            "next-step",
            "Add a next step",
            STEP,
            |id| json!({"id": id, "when": {"all": []}, "text": "Call."}),
        )}
        <h3>"Before a meeting"</h3>
        {inputs(at("/handoff/meeting"), MEETING)}
    }
    .into_any()
}
