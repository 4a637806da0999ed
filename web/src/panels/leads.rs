//! The table of moved leads: drawn as far as it is seen, fetched page by page from the worker.

use interlock_core::json::fitting;
use interlock_core::preview::view::{Change, PlaceKind, Sort};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::lead_cells::cells;
use super::no_leads::no_leads;
use crate::desk::Desk;
use crate::effects::page;
use crate::state::text;
use crate::ui::icon::{Icon, icon};
use crate::ui::live::{change, click, live};
use crate::ui::window::{Window, reveal, window};

/// The heights of a row, wide and narrow; the style sheet has the same.
const HEIGHTS: (i32, i32) = (36, 62);

/// The height of the line of headers, which stays in sight.
const HEAD: i32 = 31;

/// The id of the grid, to give the focus back to.
pub(crate) const GRID: &str = "leads-grid";

/// What the filter is called that leaves no lead out.
const ALL: &str = "all";

/// Draws the table with its filters.
pub(crate) fn leads(desk: Desk) -> impl IntoView {
    Effect::new(move |_| {
        desk.generation.track();
        desk.filter.track();
        desk.reset_pages();
    });
    let total = Memo::new(move |_| desk.pages.with(|pages| pages.total));
    let title = move || {
        desk.filter.with(|filter| match (filter.change, filter.unchanged_too) {
            (_, true) => "All leads",
            (Some(_), _) => "Leads in this change",
            (None, false) => "Leads that change",
        })
    };
    view! {
        <section class="card leads" aria-labelledby="leads-title">
            <header class="card-head">
                <h3 id="leads-title">
                    {title} " " <span class="tally">{move || text::count(total.get())}</span>
                </h3>
                <span class="quiet lead-hint">"Choose one to see why"</span>
                {filters(desk)}
            </header>
            {chosen_filters(desk)}
            {grid(desk, total)}
        </section>
    }
}

fn filters(desk: Desk) -> impl IntoView {
    let changes = [
        Change::Rerouted,
        Change::ReroutedByRule,
        Change::ReroutedByRotation,
        Change::Rescored,
        Change::Rebanded,
        Change::VerdictChanged,
        Change::NewlyForReview,
        Change::NoLongerForReview,
        Change::NewlySuppressed,
        Change::Released,
        Change::NewlyEscalated,
    ];
    let word = |change: Change| {
        serde_json::to_value(change).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
    };
    let options = changes
        .map(|change| {
            let on = move || desk.filter.with(|filter| filter.change == Some(change));
            view! {
                <option value=word(change) selected=on>
                    {text::change(change)}
                </option>
            }
        })
        .collect_view();
    let every = move || desk.filter.with(|filter| filter.change.is_none() && !filter.unchanged_too);
    let all = move || desk.filter.with(|filter| filter.unchanged_too);
    view! {
        <div class="filters" role="search" aria-label="Filter the leads">
            <label class="search">
                {icon(Icon::Search)}
                <span class="sr">"Search name, company, e-mail, id, owner"</span>
                <input
                    type="search"
                    class="input"
                    placeholder="Name, company, e-mail, owner"
                    prop:value=live(move || desk.filter.with(|filter| filter.text.clone()))
                    on:input=change(move |event| {
                        let text = event_target_value(&event);
                        desk.refilter(|filter| filter.text = text);
                    })
                />
            </label>
            <select
                class="input select"
                aria-label="Kind of change"
                on:change=change(move |event| {
                    let chosen = event_target_value(&event);
                    desk.refilter(|filter| {
                        filter.unchanged_too = chosen == ALL;
                        filter.change = fitting(&chosen.into());
                    });
                })
            >
                <option value="" selected=every>
                    "Any change"
                </option>
                <option value=ALL selected=all>
                    "All leads, changed or not"
                </option>
                {options}
            </select>
        </div>
    }
}

/// The ends chosen in a picture, and a way to take them back.
fn chosen_filters(desk: Desk) -> impl IntoView {
    let label = |end: &(PlaceKind, String), desk: Desk| {
        desk.summary.with_untracked(|summary| {
            summary
                .iter()
                .flat_map(|summary| summary.flows.iter().flat_map(|flow| [&flow.from, &flow.to]))
                .find(|place| place.kind == end.0 && place.id == end.1)
                .map_or_else(|| end.1.clone(), text::place)
        })
    };
    move || {
        let (from, to) = desk.filter.with(|filter| (filter.from.clone(), filter.to.clone()));
        if from.is_none() && to.is_none() {
            return None;
        }
        let chips = [(from, "from", true), (to, "to", false)]
            .into_iter()
            .filter_map(|(end, word, is_from)| {
                let end = end?;
                Some(view! {
                    <button
                        type="button"
                        class="chip removable"
                        aria-label=format!("Remove the filter {word} {}", label(&end, desk))
                        on:click=click(move |_| {
                            desk.refilter(|filter| {
                                if is_from { filter.from = None } else { filter.to = None }
                            });
                        })
                    >
                        {word}
                        " "
                        <strong>{label(&end, desk)}</strong>
                        {icon(Icon::Close)}
                    </button>
                })
            })
            .collect_view();
        Some(view! { <div class="chosen">{chips}</div> })
    }
}

fn grid(desk: Desk, total: Memo<u32>) -> impl IntoView {
    let body = NodeRef::<html::Div>::new();
    let top = RwSignal::new(0);
    let view = RwSignal::new(420);
    let height = move || {
        if desk.narrow.get() { HEIGHTS.1 } else { HEIGHTS.0 }
    };
    let seen: Memo<Window> = Memo::new(move |_| window(top.get(), view.get(), height(), total.get()));
    Effect::new(move |_| {
        // A new preview or filter makes a new key, whose rows have to be asked for where one looks.
        desk.pages.with(|pages| pages.key);
        let seen = seen.get();
        if seen.to > seen.from {
            desk.want_rows(seen.from, seen.to);
        }
    });
    let scrolled = move || {
        if let Some(Some(body)) = body.try_get_untracked() {
            top.set(body.scroll_top());
            view.set(body.client_height());
        }
    };
    Effect::new(move |_| {
        desk.filter.track();
        if let Some(body) = body.get_untracked() {
            body.set_scroll_top(0);
        }
        scrolled();
    });
    let go = move |row: u32| {
        let last = total.get_untracked().saturating_sub(1);
        let row = row.min(last);
        desk.row.set(row);
        if let Some(body) = body.get_untracked()
            && let Some(to) = reveal(row, body.scroll_top(), body.client_height() - HEAD, height())
        {
            body.set_scroll_top(to);
        }
        if desk.chosen.with_untracked(Option::is_some) {
            desk.open_row(row);
        }
    };
    let keys = move |event: web_sys::KeyboardEvent| {
        let row = desk.row.get_untracked();
        let page = u32::try_from(view.get_untracked() / height().max(1)).unwrap_or(1);
        match event.key().as_str() {
            "ArrowDown" => go(row.saturating_add(1)),
            "ArrowUp" => go(row.saturating_sub(1)),
            "PageDown" => go(row.saturating_add(page)),
            "PageUp" => go(row.saturating_sub(page)),
            "Home" => go(0),
            "End" => go(u32::MAX),
            "Enter" => {
                desk.open_row(row);
                page::focus_later("why-title");
            }
            _ => return,
        }
        event.prevent_default();
    };
    // A grid has rows; without any, what says so stands in its place.
    let nobody = Memo::new(move |_| desk.pages.with(|pages| pages.ready) && total.get() == 0);
    Effect::new(move |_| {
        if !nobody.get() {
            // It has its height back once it is drawn.
            request_animation_frame(scrolled);
        }
    });
    view! {
        <div
            id=GRID
            class="grid"
            class:hidden=live(move || nobody.get())
            node_ref=body
            on:scroll=move |_| scrolled()
            role="grid"
            tabindex="0"
            aria-labelledby="leads-title"
            aria-rowcount=live(move || (total.get() + 1).to_string())
            aria-activedescendant=live(move || format!("lead-row-{}", desk.row.get()))
            on:keydown=keys
        >
            {head(desk)}
            <div
                class="grid-length"
                role="rowgroup"
                style:height=live(move || {
                    let total = i32::try_from(total.get()).unwrap_or(i32::MAX);
                    format!("{}px", total.saturating_mul(height()))
                })
            >
                <For
                    each=move || {
                        let seen = seen.get();
                        seen.from..seen.to
                    }
                    key=|row| *row
                    children=move |position| row(desk, position, height)
                />
            </div>
        </div>
        {move || nobody.get().then(|| no_leads(desk))}
    }
}

/// The columns: class, title and what a click sorts by.
const COLUMNS: [(&str, &str, Option<Sort>); 6] = [
    ("c-lead", "Lead", Some(Sort::Name)),
    ("c-from", "From", Some(Sort::From)),
    ("c-to", "To", Some(Sort::To)),
    ("c-rule", "Rule", None),
    ("c-score", "Score", Some(Sort::ScoreChange)),
    ("c-changes", "What changes", None),
];

fn head(desk: Desk) -> impl IntoView {
    let cells = COLUMNS
        .map(|(class, title, sort)| {
            let state = move || {
                let (now, down) = desk.filter.with(|filter| (Some(filter.sort), filter.descending));
                match (now == sort, down) {
                    (false, _) => "none",
                    (true, false) => "ascending",
                    (true, true) => "descending",
                }
            };
            let cell = match sort {
                None => view! { <span>{title}</span> }.into_any(),
                Some(sort) => view! {
                    <button type="button" class="sort" tabindex="-1" on:click=click(move |_| resort(desk, sort))>
                        {title}
                        <span class="sort-mark" aria-hidden="true">
                            {move || match state() {
                                "ascending" => "↑",
                                "descending" => "↓",
                                _ => "",
                            }}
                        </span>
                    </button>
                }
                .into_any(),
            };
            view! {
                <div class=format!("cell {class}") role="columnheader" aria-sort=state>
                    {cell}
                </div>
            }
        })
        .collect_view();
    view! {
        <div class="grid-head" role="row" aria-rowindex="1">
            {cells}
        </div>
    }
}

/// A first click sorts (figures largest first), a second turns, a third gives the order of arrival back.
fn resort(desk: Desk, sort: Sort) {
    let down_first = matches!(sort, Sort::ScoreChange | Sort::ScoreAfter);
    desk.refilter(|filter| {
        if filter.sort != sort {
            filter.sort = sort;
            filter.descending = down_first;
        } else if filter.descending == down_first {
            filter.descending = !down_first;
        } else {
            filter.sort = Sort::Order;
            filter.descending = false;
        }
    });
}

fn row(desk: Desk, position: u32, height: impl Fn() -> i32 + Copy + Send + Sync + 'static) -> impl IntoView {
    let found = Memo::new(move |_| desk.pages.with(|pages| pages.row(position).cloned()));
    let chosen = move || found.with(|row| row.as_ref().is_some_and(|row| desk.chosen.get() == Some(row.index)));
    let top = move || {
        let position = i32::try_from(position).unwrap_or(i32::MAX);
        format!("translateY({}px)", position.saturating_mul(height()))
    };
    view! {
        <div
            id=format!("lead-row-{position}")
            class="grid-row"
            role="row"
            aria-rowindex=(position + 2).to_string()
            aria-selected=live(move || chosen().to_string())
            class:active=live(move || desk.row.get() == position)
            style:transform=top
            on:click=click(move |event| {
                // A text that was just selected is not a click on the row.
                if event.detail() < 2 {
                    desk.open_row(position);
                    if desk.narrow.get_untracked() {
                        // The lead stands above the table there, out of sight.
                        page::reveal_later("why-title");
                    } else {
                        focus_grid(&event);
                    }
                }
            })
        >
            {move || found.with(|row| match row {
                Some(row) => cells(row),
                None => view! { <div class="cell c-lead waiting" role="gridcell">"…"</div> }.into_any(),
            })}
        </div>
    }
}

fn focus_grid(event: &web_sys::MouseEvent) {
    let grid = event
        .current_target()
        .and_then(|row| row.dyn_into::<web_sys::Element>().ok())
        .and_then(|row| row.closest(&format!("#{GRID}")).ok().flatten());
    if grid.is_some() {
        page::focus_quietly(GRID);
    }
}
