//! Forms for items by a list of their fields: one drawing for all of them, so that a field costs a line.
//!
//! Input: the item's place, and which keys it has. Output: labelled inputs, each of which says where it differs from the
//! baseline. What no field shows stays as it is, and can be edited as JSON below.

use leptos::prelude::*;
use serde_json::{Value, json};

use super::general::value_area;
use super::items::{add, add_button, items, steps};
use super::routing::{TARGETS, target_field};
use super::slot::Slot;
use super::thresholds::optional_condition;
use crate::state::{condition, hours};
use crate::ui::field::area_value;
use crate::ui::icon::{Icon, icon};
use crate::ui::live::{change, click, live};

/// What sort of field.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// A short text that may be left out, with the list of its completions.
    Line(Option<&'static str>),
    /// A whole number that may be left out.
    Number,
    /// One of several words; the first holds where none is said.
    Choice(&'static [(&'static str, &'static str)]),
    /// Texts, one a line.
    Lines,
    /// Working hours, one line for days that are alike.
    Hours,
    /// Several sentences.
    Prose,
    /// A condition that may be left out.
    When,
    /// Where a lead goes.
    Target,
}

/// A field: its key (or the way to it), its label, its sort.
pub(super) type Field = (&'static str, &'static str, Kind);

/// Draws the fields of an item, and the item as JSON.
pub(super) fn form(item: Slot, fields: &'static [Field]) -> AnyView {
    view! {
        {inputs(item, fields)}
        <details class="as-json">
            <summary>"As JSON"</summary>
            {value_area(item)}
        </details>
    }
    .into_any()
}

/// Draws the fields alone.
pub(super) fn inputs(item: Slot, fields: &'static [Field]) -> AnyView {
    let (wide, narrow): (Vec<&Field>, Vec<&Field>) =
        fields.iter().partition(|(.., kind)| matches!(kind, Kind::When | Kind::Lines | Kind::Hours | Kind::Prose));
    let narrow = narrow.into_iter().map(|field| input(item, *field)).collect_view();
    let wide = wide.into_iter().map(|field| input(item, *field)).collect_view();
    view! { <div class="form">{narrow}</div> {wide} }.into_any()
}

fn input(item: Slot, (key, label, kind): Field) -> AnyView {
    let place = key.split('/').fold(item, Slot::child);
    match kind {
        Kind::Line(list) => place.line_with(label, true, list),
        Kind::Number => place.line_number(label),
        Kind::Choice(options) => place.choice(label, options),
        Kind::Lines => area(place, label, lines_of, read_lines),
        Kind::Hours => area(place, label, hours::show, hours::read),
        Kind::Prose => place.prose(label),
        Kind::When => optional_condition(place, label),
        Kind::Target => target_field(place, label, TARGETS),
    }
}

fn lines_of(value: &Value) -> String {
    let lines = value.as_array().map(|all| all.iter().map(condition::show).collect::<Vec<_>>());
    lines.unwrap_or_default().join("\n")
}

fn read_lines(text: &str) -> Result<Value, String> {
    Ok(text.lines().map(str::trim).filter(|line| !line.is_empty()).collect())
}

/// A value as lines of text, taken when the field is left; emptied, it is taken away.
fn area(
    place: Slot,
    label: &'static str,
    show: fn(&Value) -> String,
    read: fn(&str) -> Result<Value, String>,
) -> AnyView {
    let error = RwSignal::new(None::<String>);
    let text = move || place.now.with(|value| value.as_ref().map(show).unwrap_or_default());
    let rows = move || (text().lines().count() + 1).clamp(2, 12).to_string();
    view! {
        <div class="labelled wide" class:changed=live(move || place.differs())>
            <span class="label" aria-hidden="true">{label}</span>
            <textarea
                class="input prose"
                spellcheck="false"
                aria-label=format!("{label}, {}", place.address())
                aria-invalid=live(move || error.with(Option::is_some).to_string())
                rows=live(rows)
                prop:value=live(text)
                on:change=change(move |event| {
                    let text = area_value(&event);
                    match read(&text) {
                        Err(says) => error.set(Some(says)),
                        Ok(value) => {
                            error.set(None);
                            if text.trim().is_empty() { place.clear() } else { place.set(value) }
                        }
                    }
                })
            ></textarea>
            <p class="field-error" role="status" class:hidden=live(move || error.with(Option::is_none))>
                {live(move || error.get())}
            </p>
        </div>
    }
    .into_any()
}

/// A list of items that have a name, each with its fields.
pub(super) fn named(
    list: Slot,
    class: &'static str,
    label: &'static str,
    fields: &'static [Field],
    fresh: fn(&str) -> Value,
) -> AnyView {
    let add_one = move || {
        let id = super::items::free_name(list, class);
        add(list, fresh(&id));
    };
    view! {
        {items(list, class, summary, move |item| form(item, fields))}
        {add_button(label, add_one)}
    }
    .into_any()
}

fn summary(item: Slot) -> AnyView {
    let line = live(move || item.now.with(|value| value.as_ref().map(super::general::line).unwrap_or_default()));
    view! { <p class="item-line summary">{line}</p> }.into_any()
}

/// A list whose items have no name, each with its fields.
pub(super) fn unnamed(list: Slot, label: &'static str, fields: &'static [Field]) -> AnyView {
    view! {
        <ul class="unnamed">
            <For
                each=move || steps(list)
                key=Clone::clone
                children=move |step| {
                    let item = list.child(&step);
                    view! {
                        <li>
                            {inputs(item, fields)}
                            <button
                                type="button"
                                class="icon-button"
                                aria-label=format!("Remove {}", item.address())
                                title="Remove"
                                on:click=click(move |_| item.clear())
                            >
                                {icon(Icon::Close)}
                            </button>
                        </li>
                    }
                }
            />
        </ul>
        {add_button(label, move || add(list, json!({})))}
    }
    .into_any()
}
