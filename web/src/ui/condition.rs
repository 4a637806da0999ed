//! A condition by its parts: groups of all, any or not, and tests of facts with completions.
//!
//! What cannot be taken apart is edited as JSON. Every change is one edit of the contract.

use leptos::prelude::*;
use serde_json::Value;

use super::field;
use super::icon::{Icon, icon};
use crate::panels::editor::{Slot, value_area};
use crate::state::condition::{Form, OPERATORS, fresh, operator_of, read, show, tests, with_form, with_operator};
use crate::state::edit::Edit;
use crate::ui::live::{change, click, live};

/// Groups deeper than this are edited as JSON.
const DEEPEST: usize = 6;

/// Draws the editor of the condition at a place.
pub(crate) fn editor(place: Slot) -> AnyView {
    let as_text = RwSignal::new(false);
    view! {
        <div class="condition">
            {move || if as_text.get() { value_area(place) } else { node(place, None, 0) }}
            <button
                type="button"
                class="link-button"
                on:click=click(move |_| as_text.update(|text| *text = !*text))
            >
                {move || if as_text.get() { "Edit by parts" } else { "Edit as JSON" }}
            </button>
        </div>
    }
    .into_any()
}

/// One condition; `remove` is how its group takes it out.
fn node(place: Slot, remove: Option<Slot>, depth: usize) -> AnyView {
    let form = Memo::new(move |_| place.now.with(|value| value.as_ref().map_or(Form::Other, Form::of)));
    (move || match form.get() {
        Form::Other => view! {
            <div class="cond-other">{value_area(place)} {remover(remove)}</div>
        }
        .into_any(),
        Form::Fact => fact(place, remove),
        _ if depth >= DEEPEST => value_area(place),
        group => self::group(place, group, remove, depth),
    })
    .into_any()
}

const FORMS: [(&str, &str, Form); 3] =
    [("all", "All of", Form::All), ("any", "Any of", Form::Any), ("not", "Not", Form::Not)];

fn group(place: Slot, form: Form, remove: Option<Slot>, depth: usize) -> AnyView {
    let parts = place.child(form.key());
    let count =
        Memo::new(move |_| parts.now.with(|value| value.as_ref().and_then(Value::as_array).map_or(0, Vec::len)));
    let choose = field::choice(
        format!("How the parts are joined, {}", place.address()),
        move || form.key().to_owned(),
        || FORMS.iter().map(|(value, name, _)| ((*value).to_owned(), (*name).to_owned())).collect(),
        move |chosen| {
            let form = FORMS.iter().find(|(value, ..)| *value == chosen);
            if let (Some((.., form)), Some(now)) = (form, place.now.get_untracked()) {
                place.set(with_form(&now, *form));
            }
        },
    );
    let inside = if form == Form::Not {
        view! { <li>{node(parts, None, depth + 1)}</li> }.into_any()
    } else {
        view! {
            <For
                each=move || 0..count.get()
                key=|index| *index
                children=move |index| {
                    let part = parts.child(&index.to_string());
                    view! { <li>{node(part, Some(part), depth + 1)}</li> }
                }
            />
        }
        .into_any()
    };
    let insert = move |item: Value| {
        parts.desk.edit(&Edit::Insert { list: parts.address(), index: count.get_untracked(), item });
    };
    let adders = (form != Form::Not).then(|| {
        view! {
            <div class="row cond-add">
                <button type="button" class="link-button" on:click=click(move |_| insert(fresh()))>
                    {icon(Icon::Add)}
                    "Test"
                </button>
                <button
                    type="button"
                    class="link-button"
                    on:click=click(move |_| insert(with_form(&fresh(), Form::Any)))
                >
                    {icon(Icon::Add)}
                    "Group"
                </button>
            </div>
        }
    });
    view! {
        <div class="cond-group">
            <div class="cond-head">{choose} {remover(remove)}</div>
            <ul class="cond-parts">{inside}</ul>
            {adders}
        </div>
    }
    .into_any()
}

fn fact(place: Slot, remove: Option<Slot>) -> AnyView {
    let name = place.child("fact");
    let keys = Memo::new(move |_| {
        place.now.with(|value| {
            value
                .as_ref()
                .map(|value| tests(value).into_iter().map(|(key, _)| key).collect::<Vec<_>>())
                .unwrap_or_default()
        })
    });
    let about = move || {
        let name = name.text("");
        place
            .desk
            .vocabulary
            .with(|known| known.facts.iter().find(|fact| fact.name == name).map(|fact| fact.about.clone()))
    };
    view! {
        <div class="cond-fact" class:changed=live(move || place.differs())>
            <div class="cond-head">
                <span class="cond-name" title=about>
                    {field::text(
                        format!("Fact, {}", place.address()),
                        move || name.text(""),
                        Some("facts"),
                        move |value| name.set(value.trim()),
                    )}
                </span>
                <button
                    type="button"
                    class="icon-button"
                    aria-label="Put this test into a group"
                    title="Put into a group"
                    on:click=click(move |_| {
                        if let Some(now) = place.now.get_untracked() {
                            place.set(with_form(&now, Form::All));
                        }
                    })
                >
                    {icon(Icon::Add)}
                </button>
                {remover(remove)}
            </div>
            <For
                each=move || keys.get()
                key=Clone::clone
                children=move |key| test(place, &key)
            />
        </div>
    }
    .into_any()
}

fn test(place: Slot, key: &str) -> AnyView {
    let Some(operator) = operator_of(key) else {
        return ().into_any();
    };
    let value = place.child(operator.key);
    let choose = field::choice(
        format!("Test, {}", place.address()),
        move || operator.key.to_owned(),
        || OPERATORS.iter().map(|operator| (operator.key.to_owned(), operator.name.to_owned())).collect(),
        move |chosen| {
            if let (Some(new), Some(now)) = (operator_of(&chosen), place.now.get_untracked()) {
                place.set(with_operator(&now, operator.key, new));
            }
        },
    );
    view! {
        <div class="cond-test">
            {choose}
            <input
                class="input"
                type="text"
                autocomplete="off"
                spellcheck="false"
                aria-label=format!("Value, {}", value.address())
                prop:value=live(move || value.now.with(|value| value.as_ref().map(show).unwrap_or_default()))
                on:change=change(move |event| value.set(read(operator.takes, &event_target_value(&event))))
            />
        </div>
    }
    .into_any()
}

fn remover(place: Option<Slot>) -> Option<AnyView> {
    let place = place?;
    Some(
        view! {
            <button
                type="button"
                class="icon-button"
                aria-label="Remove this part"
                title="Remove"
                on:click=click(move |_| place.clear())
            >
                {icon(Icon::Close)}
            </button>
        }
        .into_any(),
    )
}
