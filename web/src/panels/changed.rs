//! Part one, "What I changed": the edits, each with what it alone moves and a way back; and the contract's sections.

use interlock_core::diff::{Difference, DifferenceKind};
use interlock_core::preview::view::Counts;
use leptos::prelude::*;

use super::SECTIONS;
use crate::desk::Desk;
use crate::state::Side;
use crate::state::text;
use crate::ui::icon::{Icon, icon};
use crate::ui::live::{click, live};

/// Edits that are listed before one asks for all, so that the sections stay in sight.
const FEW: usize = 5;

/// Draws the part.
pub(crate) fn changed(desk: Desk) -> impl IntoView {
    let count = move || desk.edits.with(Vec::len);
    view! {
        <section class="part changed" aria-labelledby="changed-title">
            <header class="part-head">
                <h2 id="changed-title" tabindex="-1">
                    <span class="step" aria-hidden="true">"1"</span>
                    "What I changed"
                    <span class="tally">{move || count().to_string()}</span>
                </h2>
                {history(desk)}
            </header>
            {move || {
                if count() == 0 { same(desk).into_any() } else { edits(desk).into_any() }
            }}
            {sections(desk)}
        </section>
    }
}

/// Undo and redo.
pub(crate) fn history(desk: Desk) -> impl IntoView {
    let unread = move || desk.unread.with(Option::is_some);
    let undo = Memo::new(move |_| {
        if unread() {
            return Some("text that is not JSON".to_owned());
        }
        desk.work.with(|work| {
            let history = work.candidate.as_ref()?;
            history.undo_label().map(str::to_owned)
        })
    });
    let redo = Memo::new(move |_| {
        if unread() {
            return None;
        }
        desk.work.with(|work| {
            let history = work.candidate.as_ref()?;
            history.redo_label().map(str::to_owned)
        })
    });
    let title = |what: &str, label: Option<String>| match label {
        Some(label) => format!("{what}: {label}"),
        None => format!("Nothing to {}", what.to_lowercase()),
    };
    view! {
        <div class="history" role="group" aria-label="History">
            <button
                type="button"
                class="icon-button"
                aria-label="Undo"
                title=live(move || title("Undo", undo.get()))
                disabled=live(move || undo.with(Option::is_none))
                on:click=click(move |_| desk.step(true))
            >
                {icon(Icon::Undo)}
            </button>
            <button
                type="button"
                class="icon-button"
                aria-label="Redo"
                title=live(move || title("Redo", redo.get()))
                disabled=live(move || redo.with(Option::is_none))
                on:click=click(move |_| desk.step(false))
            >
                {icon(Icon::Redo)}
            </button>
        </div>
    }
}

fn same(desk: Desk) -> impl IntoView {
    view! {
        <div class="empty-state slim">
            <p class="empty-title">"Baseline and candidate are the same"</p>
            <p>"Change a threshold, a score or a rule, and see here what it moves."</p>
            <button type="button" class="button small" on:click=click(move |_| desk.open("thresholds", None))>
                {icon(Icon::Edit)}
                "Change a threshold"
            </button>
        </div>
    }
}

fn edits(desk: Desk) -> impl IntoView {
    let all = RwSignal::new(false);
    let count = Memo::new(move |_| desk.edits.with(Vec::len));
    view! {
        <ol class="edits">
            <For
                each=move || {
                    let shown = if all.get() { usize::MAX } else { FEW };
                    desk.edits.with(|edits| edits.iter().take(shown).cloned().collect::<Vec<_>>())
                }
                key=|edit| serde_json::to_string(edit).unwrap_or_default()
                children=move |edit| row(desk, edit)
            />
        </ol>
        <Show when=move || { count.get() > FEW }>
            <button
                type="button"
                class="button small all-edits"
                aria-expanded=live(move || all.get().to_string())
                on:click=click(move |_| all.update(|all| *all = !*all))
            >
                {move || {
                    if all.get() { "Show fewer".to_owned() } else { format!("Show all {}", count.get()) }
                }}
            </button>
        </Show>
        <div class="row edits-foot">
            <button
                type="button"
                class="link-button"
                title="Make the candidate the same as the baseline"
                on:click=click(move |_| desk.start_over())
            >
                "Revert all"
            </button>
            <button
                type="button"
                class="link-button"
                title="Make the candidate the new baseline"
                on:click=click(move |_| desk.accept())
            >
                "Make this the baseline"
            </button>
        </div>
    }
}

const fn kind(difference: DifferenceKind) -> (&'static str, &'static str) {
    match difference {
        DifferenceKind::Added => ("added", "Added"),
        DifferenceKind::Removed => ("removed", "Removed"),
        DifferenceKind::Changed => ("changed", "Changed"),
        DifferenceKind::Moved => ("moved", "Moved"),
    }
}

fn row(desk: Desk, edit: Difference) -> impl IntoView {
    let key = desk.effect_key(&edit);
    let effect = move || {
        desk.alone.with(|known| match known.get(&key) {
            None if desk.summary.with(Option::is_none) => view! { <span class="effect"></span> }.into_any(),
            None => view! { <span class="effect waiting">"…"</span> }.into_any(),
            Some(None) => view! {
                <span class="effect" title="The baseline with this edit alone is not a usable contract">
                    "works only with the others"
                </span>
            }
            .into_any(),
            Some(Some(counts)) => effect(counts),
        })
    };
    let (class, word) = kind(edit.kind);
    let address = edit.address.clone();
    let place = crumbs(shown_place(&edit));
    let summary = edit.summary.clone();
    view! {
        <li class=format!("edit {class}")>
            <button
                type="button"
                class="edit-main"
                title=format!("Open {address}")
                on:click=click(move |_| desk.go_to(&address))
            >
                <span class="edit-place">
                    <span class="edit-kind">{word}</span>
                    {place}
                </span>
                <span class="edit-summary">{code(&summary)}</span>
            </button>
            <span class="edit-foot">
                {effect}
                <button type="button" class="link-button" on:click=click(move |_| desk.revert(&edit))>
                    {icon(Icon::Undo)}
                    "Revert"
                </button>
            </span>
        </li>
    }
}

/// Where an edit is; without the last step where the summary names it anyway.
fn shown_place(edit: &Difference) -> &str {
    let parent = crate::state::address::split(&edit.address)
        .filter(|(parent, last)| !parent.is_empty() && edit.summary.contains(&format!("`{last}`")));
    parent.map_or(&edit.address, |(parent, _)| parent)
}

fn effect(counts: &Counts) -> AnyView {
    if counts.changed == 0 {
        return view! { <span class="effect none">"alone: moves nothing here"</span> }.into_any();
    }
    let parts: Vec<String> = [
        (counts.rerouted, "rerouted"),
        (counts.rescored, "rescored"),
        (counts.verdict_changed, "other verdict"),
        (counts.newly_for_review, "for review"),
        (counts.newly_suppressed, "suppressed"),
    ]
    .into_iter()
    .filter(|(leads, _)| *leads > 0)
    .map(|(leads, word)| format!("{} {word}", text::count(leads)))
    .collect();
    view! {
        <span class="effect" title=parts.join(", ")>
            "alone: "
            <strong>{text::count(counts.changed)}</strong>
            {if counts.changed == 1 { " lead" } else { " leads" }}
        </span>
    }
    .into_any()
}

/// An address as steps a person reads.
pub(crate) fn crumbs(address: &str) -> AnyView {
    let steps: Vec<String> = crate::state::address::steps(address).collect();
    let last = steps.len().saturating_sub(1);
    steps
        .into_iter()
        .enumerate()
        .map(|(index, step)| {
            view! {
                <span class="crumb" class:last={index == last}>{step}</span>
            }
        })
        .collect_view()
        .into_any()
}

/// A text with `code` in back quotes.
pub(crate) fn code(text: &str) -> AnyView {
    text.split('`')
        .enumerate()
        .map(|(index, part)| {
            let part = part.to_owned();
            if index % 2 == 1 {
                view! { <code>{part}</code> }.into_any()
            } else {
                view! { <span>{part}</span> }.into_any()
            }
        })
        .collect_view()
        .into_any()
}

/// The sections of the contract, as a way into the editors.
fn sections(desk: Desk) -> impl IntoView {
    let items = SECTIONS
        .iter()
        .map(|section| {
            let edited = move || {
                desk.edits
                    .with(|edits| edits.iter().filter(|edit| super::section_of(&edit.address) == section.id).count())
            };
            let found = move || {
                desk.checked.with(|checked| {
                    checked
                        .findings
                        .iter()
                        .filter(|finding| {
                            finding.severity == interlock_core::check::Severity::Error
                                && super::section_of(&finding.address) == section.id
                        })
                        .count()
                })
            };
            view! {
                <li>
                    <button
                        type="button"
                        class="section-link"
                        title=section.about
                        on:click=click(move |_| desk.open(section.id, None))
                    >
                        <span class="section-name">{section.title}</span>
                        <span class="section-size">{move || size(desk, section.keys)}</span>
                        <span class="tally error" class:hidden=live(move || found() == 0)>
                            {move || found().to_string()}
                            <span class="sr">" errors"</span>
                        </span>
                        <span class="tally" class:hidden=live(move || edited() == 0)>
                            {move || edited().to_string()}
                            <span class="sr">" edits"</span>
                        </span>
                        {icon(Icon::Next)}
                    </button>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="sections" aria-label="Sections of the contract">
            <h3>"Edit the contract"</h3>
            <ul>{items}</ul>
        </nav>
    }
}

/// How much there is in a section.
fn size(desk: Desk, keys: &[&str]) -> String {
    desk.work.with(|work| {
        let Some(contract) = work.candidate_value() else {
            return String::new();
        };
        // What a section is named for comes first: agents stand beside the workflows.
        let counted = if keys.first() == Some(&"workflows") { keys.get(..1).unwrap_or(keys) } else { keys };
        let items: usize = counted
            .iter()
            .filter_map(|key| match contract.get(*key)? {
                serde_json::Value::Array(items) => Some(items.len()),
                serde_json::Value::Object(members) => {
                    members.get("rules").and_then(|rules| Some(rules.as_array()?.len()))
                }
                _ => None,
            })
            .sum();
        match (items, keys.is_empty()) {
            (_, true) => work
                .text(Side::Candidate)
                .map(|lines| {
                    let lines = i64::try_from(lines.lines().count()).unwrap_or(i64::MAX);
                    format!("{} lines", text::count(lines))
                })
                .unwrap_or_default(),
            (0, false) => String::new(),
            (items, false) => items.to_string(),
        }
    })
}
