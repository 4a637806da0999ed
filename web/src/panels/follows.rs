//! Part two, "What follows": for the leads, tiles, flows, scores, verdicts, loads and the moved leads; for the records
//! that are there already, the duplicates among them.

use std::sync::Arc;

use interlock_core::preview::view::{Flow, Promise, Summary};
use leptos::prelude::*;

use super::{duplicates, leads, scores, tiles, verdicts};
use crate::desk::{Desk, Dialog};
use crate::state::linkage::Of;
use crate::state::text;
use crate::ui::badge::arrow;
use crate::ui::icon::{Icon, icon};
use crate::ui::live::{change, click, live};
use crate::ui::sankey::sankey;
use crate::ui::table::{Head, scrolled, table};

/// Draws the part.
pub(crate) fn follows(desk: Desk) -> impl IntoView {
    let some = Memo::new(move |_| desk.summary.with(Option::is_some));
    let duplicates = Memo::new(move |_| desk.looks_at().is_some());
    view! {
        <section
            class="part follows"
            aria-labelledby="follows-title"
            class:stale=live(move || desk.behind())
        >
            <header class="part-head">
                <h2 id="follows-title" tabindex="-1">
                    <span class="step" aria-hidden="true">"2"</span>
                    "What follows"
                </h2>
                {views(desk)}
                <p class="headline">{move || (!duplicates.get()).then(|| headline(desk))}</p>
            </header>
            {unread(desk)}
            {trouble(desk)}
            {move || {
                if duplicates.get() {
                    duplicates::duplicates(desk)
                } else if some.get() {
                    full(desk).into_any()
                } else {
                    no_leads(desk).into_any()
                }
            }}
        </section>
    }
}

/// What follows for the leads, or for the records that are there already.
fn views(desk: Desk) -> impl IntoView {
    let button = move |word: &'static str, of: Option<Of>| {
        let open = move || desk.looks_at().is_some() == of.is_some();
        view! {
            <button
                type="button"
                class="segment"
                aria-pressed=live(move || open().to_string())
                on:click=click(move |_| {
                    if !untrack(open) {
                        desk.route.update(|route| route.duplicates = of.map(|of| of.word().to_owned()));
                    }
                })
            >
                {word}
            </button>
        }
    };
    view! {
        <div class="segments" role="group" aria-label="What follows for">
            {button("Leads", None)}
            {button("Duplicates", Some(Of::People))}
        </div>
    }
}

/// The preview in one sentence.
pub(crate) fn headline(desk: Desk) -> String {
    desk.summary.with(|summary| {
        let Some(summary) = summary else {
            return String::new();
        };
        if desk.edits.with(Vec::is_empty) {
            return "Baseline and candidate are the same.".to_owned();
        }
        match summary.counts.changed {
            0 => format!(
                "None of {} changes. The edits may matter for leads that are not here.",
                text::leads(summary.leads)
            ),
            changed => format!(
                "{} of {} change ({}).",
                text::count(changed),
                text::leads(summary.leads),
                text::percent(changed, summary.leads)
            ),
        }
    })
}

/// The typed JSON cannot be read, so the figures are of the text before.
fn unread(desk: Desk) -> impl IntoView {
    move || {
        desk.unread.get().map(|unread| {
            view! {
                <div class="callout review" role="status">
                    {icon(Icon::Warning)}
                    <div>
                        <p class="callout-text">
                            {super::changed::code(
                                &format!(
                                    "the text in the JSON editor is not JSON: line {}, column {}: {}",
                                    unread.line,
                                    unread.column,
                                    unread.message,
                                ),
                            )}
                        </p>
                        <p class="callout-help">
                            {unread.help.as_ref().map(|help| {
                                view! { {super::changed::code(help)} "; " }
                            })}
                            "the figures below are of the last text that could be read"
                        </p>
                    </div>
                    <div class="row">
                        <button type="button" class="button small" on:click=click(move |_| desk.open("json", None))>
                            "Show the text"
                        </button>
                        <button type="button" class="button small" on:click=click(move |_| desk.forget_typed())>
                            "Discard it"
                        </button>
                    </div>
                </div>
            }
        })
    }
}

fn trouble(desk: Desk) -> impl IntoView {
    move || {
        desk.trouble.get().map(|problem| {
            let place = problem.place();
            view! {
                <div class="callout review" role="status">
                    {icon(Icon::Warning)}
                    <div>
                        <p class="callout-text">
                            {if place.is_empty() { String::new() } else { format!("{place}: ") }}
                            {problem.message.clone()}
                        </p>
                        <p class="callout-help">{problem.help.clone()}</p>
                    </div>
                    <button type="button" class="button small" on:click=click(move |_| desk.open("findings", None))>
                        "Show findings"
                    </button>
                </div>
            }
        })
    }
}

fn no_leads(desk: Desk) -> impl IntoView {
    view! {
        <div class="empty-state">
            {super::data::contacts_as_leads(desk)}
            <p class="empty-title">"No leads to try the contract on"</p>
            <p>
                "Load an export of leads from HubSpot, Salesforce or a JSON Lines file. Accounts, contacts, opportunities, activities and users make the preview more exact. Nothing leaves this page."
            </p>
            <div class="row">
                <button
                    type="button"
                    class="button primary"
                    on:click=click(move |_| desk.dialog.set(Some(Dialog::Data)))
                >
                    {icon(Icon::Upload)}
                    "Load data"
                </button>
                <button type="button" class="button" on:click=click(move |_| desk.reset())>
                    {icon(Icon::Reset)}
                    "Open the demo"
                </button>
            </div>
        </div>
    }
}

fn full(desk: Desk) -> impl IntoView {
    let staying = RwSignal::new(false);
    let flows_as_table = RwSignal::new(false);
    let score = RwSignal::new(0);
    let scores_as_table = RwSignal::new(false);
    let with = move |draw: fn(Desk, &Summary) -> AnyView| {
        move || {
            let summary: Option<Arc<Summary>> = desk.summary.get();
            summary.map(|summary| draw(desk, &summary))
        }
    };
    view! {
        {with(|desk, summary| tiles::tiles(desk, summary).into_any())}
        {with(|_, summary| promises(summary))}
        <div class="cards">
            <section class="card flows" aria-labelledby="flows-title">
                <header class="card-head">
                    <h3 id="flows-title">"Who gives and who receives"</h3>
                    <label class="check">
                        <input
                            type="checkbox"
                            prop:checked=live(move || staying.get())
                            on:change=change(move |event| staying.set(event_target_checked(&event)))
                        />
                        "with leads that stay"
                    </label>
                    {table_switch(flows_as_table)}
                </header>
                <div class="legend" aria-hidden="true">
                    <span class="key rule">"by rule"</span>
                    <span class="key rotation">"by rotation"</span>
                    <span class="ends">"before → after"</span>
                </div>
                {move || {
                    let summary = desk.summary.get()?;
                    let (staying, table) = (staying.get(), flows_as_table.get());
                    let pick = move |from, to| {
                        desk.refilter(|filter| {
                            filter.from = from;
                            filter.to = to;
                            filter.unchanged_too = staying;
                        });
                    };
                    Some(if table {
                        flow_table(desk, &summary.flows, staying)
                    } else {
                        sankey(&summary.flows, staying, pick)
                    })
                }}
            </section>
            <section class="card" aria-labelledby="scores-title">
                <header class="card-head">
                    <h3 id="scores-title">"Distribution of scores"</h3>
                    {table_switch(scores_as_table)}
                </header>
                <div class="legend" aria-hidden="true">
                    <span class="key before">"before"</span>
                    <span class="key after">"after"</span>
                </div>
                {move || {
                    let summary = desk.summary.get()?;
                    Some(scores::scores(&summary, score, scores_as_table))
                }}
            </section>
        </div>
        {leads::leads(desk)}
        <div class="cards">
            <section class="card" aria-labelledby="verdicts-title">
                <header class="card-head">
                    <h3 id="verdicts-title">"What the gate answers"</h3>
                </header>
                {with(verdicts::matrix)}
            </section>
            <section class="card" aria-labelledby="loads-title">
                <header class="card-head">
                    <h3 id="loads-title">"Load"</h3>
                </header>
                {with(verdicts::loads)}
            </section>
        </div>
        {with(|_, summary| notes(summary))}
    }
}

fn table_switch(as_table: RwSignal<bool>) -> impl IntoView {
    view! {
        <button
            type="button"
            class="icon-button"
            aria-pressed=live(move || as_table.get().to_string())
            aria-label="Show as table"
            title="Show as table"
            on:click=click(move |_| as_table.update(|table| *table = !*table))
        >
            {move || icon(if as_table.get() { Icon::Chart } else { Icon::Table })}
        </button>
    }
}

/// The flows in figures; each row lists its leads.
fn flow_table(desk: Desk, flows: &[Flow], staying: bool) -> AnyView {
    let rows: Vec<_> = flows
        .iter()
        .filter(|flow| staying || flow.from != flow.to)
        .map(|flow| {
            let ends = ((flow.from.kind, flow.from.id.clone()), (flow.to.kind, flow.to.id.clone()));
            view! {
                <tr>
                    <th scope="row">
                        <button
                            type="button"
                            class="link-button"
                            on:click=click(move |_| {
                                let ends = ends.clone();
                                desk.refilter(|filter| {
                                    filter.from = Some(ends.0);
                                    filter.to = Some(ends.1);
                                    filter.unchanged_too = staying;
                                });
                            })
                        >
                            {text::place(&flow.from)}
                            {arrow()}
                            {text::place(&flow.to)}
                        </button>
                    </th>
                    <td class="num">{text::count(flow.leads)}</td>
                    <td class="num">{text::count(flow.leads - flow.by_rotation.min(flow.leads))}</td>
                    <td class="num">{text::count(flow.by_rotation)}</td>
                </tr>
            }
        })
        .collect();
    if rows.is_empty() {
        return view! { <p class="empty">"No lead goes to another place."</p> }.into_any();
    }
    scrolled(
        "scroll-y",
        "Flows",
        table(
            "",
            &[Head::Text("From and to"), Head::Number("Leads"), Head::Number("By rule"), Head::Number("By rotation")],
            rows.into_any(),
        ),
    )
}

/// Expectations and budgets of the candidate: what must hold before it is deployed.
fn promises(summary: &Summary) -> AnyView {
    let all: Vec<(&str, &Promise)> = summary
        .expectations
        .iter()
        .map(|promise| ("Expectation", promise))
        .chain(summary.budgets.iter().map(|promise| ("Budget", promise)))
        .collect();
    if all.is_empty() {
        return ().into_any();
    }
    let row = |(kind, promise): &(&str, &Promise)| {
        let (class, sign, word) =
            if promise.holds { ("badge auto", Icon::Yes, "holds") } else { ("badge block", Icon::Error, "broken") };
        view! {
            <li class="promise">
                <span class=class>{icon(sign)} {word}</span>
                <span class="promise-name">{kind.to_string()} " " <code>{promise.id.to_string()}</code></span>
                <span class="promise-found">{super::changed::code(&promise.found)}</span>
            </li>
        }
    };
    let (held, lost): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, promise)| promise.holds);
    let lost_rows = lost.iter().map(row).collect_view();
    let held_rows = held.iter().map(row).collect_view();
    let title = match (lost.is_empty(), held.len()) {
        (true, kept) => format!("Expectations and budgets: all {kept} hold"),
        (false, kept) => format!("{kept} more hold"),
    };
    view! {
        <div class="promises">
            <ul>{lost_rows}</ul>
            {(!held.is_empty())
                .then(|| {
                    view! {
                        <details>
                            <summary>{title}</summary>
                            <ul>{held_rows}</ul>
                        </details>
                    }
                })}
        </div>
    }
    .into_any()
}

fn notes(summary: &Summary) -> AnyView {
    if summary.notes.is_empty() && summary.set_aside == 0 {
        return ().into_any();
    }
    let notes = summary.notes.iter().map(|note| view! { <li>{note.clone()}</li> }).collect_view();
    let aside = (summary.set_aside > 0).then(|| {
        view! {
            <li>
                {text::count(summary.set_aside)}
                " rows could not be read and were set aside; they are listed under Load data."
            </li>
        }
    });
    view! {
        <details class="notes">
            <summary>"About the data"</summary>
            <ul>{aside} {notes}</ul>
        </details>
    }
    .into_any()
}
