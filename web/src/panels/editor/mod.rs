//! The editor: one section of the contract, open beside its consequences.

mod findings;
mod forms;
mod general;
mod handoff;
mod identity;
mod items;
mod json;
mod pools;
mod routing;
mod scores;
mod slot;
mod terms;
mod thresholds;
mod workflows;

use leptos::prelude::*;

pub(crate) use self::general::value_area;
pub(crate) use self::slot::Slot;
use super::{SECTIONS, by_id};
use crate::desk::Desk;
use crate::state::text;
use crate::ui::icon::{Icon, icon};
use crate::ui::live::{change, click, live};

/// Draws the section that the address bar names.
pub(crate) fn editor(desk: Desk) -> impl IntoView {
    let section = Memo::new(move |_| desk.route.with(|route| route.section.clone()));
    let title = move || {
        section.with(|id| match id.as_deref() {
            Some("findings") => "Findings",
            Some(id) => by_id(id).map_or("Contract", |section| section.title),
            None => "",
        })
    };
    let about = move || {
        section.with(|id| match id.as_deref() {
            Some("findings") => "What there is to know about the candidate",
            Some(id) => by_id(id).map_or("", |section| section.about),
            None => "",
        })
    };
    crate::effects::page::focus_later("editor-title");
    view! {
        <section
            class="part editor"
            aria-labelledby="editor-title"
            role=live(move || if desk.narrow.get() { "dialog" } else { "region" })
        >
            <header class="part-head editor-head">
                <button type="button" class="link-button back" on:click=click(move |_| desk.close_editor())>
                    {icon(Icon::Back)}
                    "Changes "
                    <span class="tally">{move || desk.edits.with(Vec::len).to_string()}</span>
                </button>
                {super::changed::history(desk)}
                <div class="editor-title">
                    <h2 id="editor-title" tabindex="-1">{title}</h2>
                    <p class="quiet">{about}</p>
                </div>
                {chooser(desk, section)}
            </header>
            <div class="editor-body">
                {move || {
                    section
                        .with(|id| match id.as_deref() {
                            Some("thresholds") => thresholds::thresholds(desk),
                            Some("scores") => scores::scores(desk),
                            Some("routing") => routing::routing(desk),
                            Some("handoff") => handoff::handoff(desk),
                            Some("identity") => identity::identity(desk),
                            Some("findings") => findings::findings(desk),
                            Some("json") => json::json(desk),
                            Some("workflows") => view! {
                                {workflows::workflows(desk)}
                                {by_id("workflows").map(|section| general::general(desk, section))}
                            }
                            .into_any(),
                            Some(id) => match by_id(id) {
                                Some(section) => general::general(desk, section),
                                None => unknown(desk, id),
                            },
                            None => ().into_any(),
                        })
                }}
            </div>
            <footer class="editor-foot" aria-live="off">{move || consequences(desk)}</footer>
        </section>
    }
}

fn unknown(desk: Desk, id: &str) -> AnyView {
    view! {
        <div class="empty-state slim">
            <p class="empty-title">{format!("There is no section `{id}`")}</p>
            <button type="button" class="button small" on:click=click(move |_| desk.close_editor())>
                "Back to the changes"
            </button>
        </div>
    }
    .into_any()
}

fn chooser(desk: Desk, section: Memo<Option<String>>) -> impl IntoView {
    let options = SECTIONS
        .iter()
        .map(|each| (each.id, each.title))
        .chain([("findings", "Findings")])
        .map(|(id, title)| {
            let chosen = move || section.with(|now| now.as_deref() == Some(id));
            view! {
                <option value=id selected=chosen>
                    {title}
                </option>
            }
        })
        .collect_view();
    view! {
        <select
            class="input select"
            aria-label="Section"
            on:change=change(move |event| desk.open(&event_target_value(&event), None))
        >
            {options}
        </select>
    }
}

/// What the edits do so far, for where the figures themselves are out of sight.
fn consequences(desk: Desk) -> String {
    desk.summary.with(|summary| {
        summary.as_ref().map_or_else(String::new, |summary| {
            let counts = &summary.counts;
            format!(
                "{} rerouted · {} rescored · {} newly for review · {} newly suppressed",
                text::count(counts.rerouted),
                text::count(counts.rescored),
                text::count(counts.newly_for_review),
                text::count(counts.newly_suppressed)
            )
        })
    })
}
