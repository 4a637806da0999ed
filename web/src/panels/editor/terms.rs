//! Term rules: the words that classify free text, and what negates them.

use leptos::prelude::*;
use serde_json::json;

use super::forms::{Field, Kind, inputs, named};
use super::slot::Slot;

const NEGATION: &[Field] = &[
    ("negation/before", "Words between, before", Kind::Number),
    ("negation/after", "Words between, after", Kind::Number),
    ("negation/words", "What negates a term", Kind::Lines),
    ("negation/ends", "What ends a negation", Kind::Lines),
    ("negation/except", "What negates nothing", Kind::Lines),
];

const TERM: &[Field] = &[
    ("name", "Name", Kind::Line(None)),
    ("words", "Words and phrases", Kind::Lines),
    ("reads", "Text fields to look in", Kind::Lines),
];

/// Draws the section.
pub(super) fn terms(place: Slot) -> AnyView {
    view! {
        <section class="group">
            <h3>"Terms"</h3>
            {named(
                place.child("rules"),
                "term",
                "Add a term",
                TERM,
                |id| json!({"id": id, "reads": ["lead.message"], "words": []}),
            )}
            <details class="as-json">
                <summary>"Negation, where a term says nothing else"</summary>
                {inputs(place, NEGATION)}
            </details>
        </section>
    }
    .into_any()
}
