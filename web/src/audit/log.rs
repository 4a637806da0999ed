//! The log: everything that happened, narrowed down, drawn as far as it is seen.

use interlock_core::audit::explore::{Page, Query, Seen};
use interlock_core::audit::filter::Filter;
use leptos::html;
use leptos::prelude::*;

use super::frame::{Frame, question, ticket};
use super::{entry, filters, print, words};
use crate::effects::{downloads, page};
use crate::state::text;
use crate::ui::icon::{Icon, icon};
use crate::ui::live::{click, live};
use crate::ui::window::{Window, reveal, window};

/// The id of the list, to give the focus back to.
pub(crate) const GRID: &str = "audit-grid";

/// The heights of a row, wide and narrow; the style sheet has the same.
const HEIGHTS: (i32, i32) = (36, 62);

/// Draws the page.
pub(crate) fn page(frame: Frame) -> impl IntoView {
    let filter = RwSignal::new(Filter::default());
    let newest = RwSignal::new(true);
    let found = RwSignal::new(None::<Page>);
    let facets =
        Memo::new(move |_| found.with(|found| found.as_ref().map(|page| page.facets.clone()).unwrap_or_default()));
    let total = Memo::new(move |_| found.with(|found| found.as_ref().map_or(0, |page| page.total)));
    let printed = RwSignal::new(Vec::<Seen>::new());
    let columns = move || {
        view! {
            <div class="audit-columns" class:with-entry=live(move || frame.opened.get().is_some())>
                <aside class="card audit-side" aria-label="Filters">
                    <details open=!frame.narrow.get_untracked() class="audit-side-fold">
                        <summary>"Filters"</summary>
                        {filters::filters(frame, filter, facets)}
                    </details>
                </aside>
                <section class="card audit-list" aria-labelledby="audit-list-title">
                    <header class="card-head">
                        <h3 id="audit-list-title">
                            "Entries " <span class="tally">{move || text::count(total.get())}</span>
                        </h3>
                        {order(newest)}
                        {exports(frame, filter, printed)}
                    </header>
                    {grid(frame, filter, newest, found, total)}
                </section>
                {move || frame.opened.get().map(|seq| entry::opened(frame, seq, filter))}
            </div>
        }
    };
    move || {
        if frame.printing.get() {
            print::sheet(frame, printed, total.get_untracked()).into_any()
        } else {
            columns().into_any()
        }
    }
}

fn order(newest: RwSignal<bool>) -> impl IntoView {
    let buttons = [(true, "Newest first"), (false, "Oldest first")].map(|(is, label)| {
        view! {
            <button
                type="button"
                class="segment"
                aria-pressed=live(move || (newest.get() == is).to_string())
                on:click=click(move |_| newest.set(is))
            >
                {label}
            </button>
        }
    });
    view! { <div class="segments" role="group" aria-label="Order">{buttons.collect_view()}</div> }
}

fn exports(frame: Frame, filter: RwSignal<Filter>, printed: RwSignal<Vec<Seen>>) -> impl IntoView {
    let export = move |form: &'static str| {
        leptos::task::spawn_local(async move {
            let args = [question(&filter.get_untracked()), form.into()];
            match frame.ask_text("export", &args).await {
                Ok(text) => match downloads::start(&format!("entries.{form}"), &text) {
                    Ok(()) => frame.tell(format!("download of entries.{form} started")),
                    Err(why) => frame.fail(crate::state::report::Problem::new(why, "the frame may forbid downloads")),
                },
                Err(problem) => frame.fail(problem),
            }
        });
    };
    let print = move || {
        leptos::task::spawn_local(async move {
            let query = Query { filter: filter.get_untracked(), newest: false, from: 0, limit: print::MOST };
            match frame.ask::<Page>("page", &[question(&query)]).await {
                Ok(page) => {
                    printed.set(page.rows);
                    frame.printing.set(true);
                    page::focus_later(print::TITLE);
                }
                Err(problem) => frame.fail(problem),
            }
        });
    };
    view! {
        <div class="row audit-exports">
            <button type="button" class="button small" title="What fits, as JSON Lines" on:click=click(move |_| export("jsonl"))>
                {icon(Icon::Download)}
                "JSON Lines"
            </button>
            <button type="button" class="button small" title="What fits, as CSV that no spreadsheet runs" on:click=click(move |_| export("csv"))>
                {icon(Icon::Download)}
                "CSV"
            </button>
            <button type="button" class="button small" on:click=click(move |_| print())>
                {icon(Icon::Audit)}
                "Report"
            </button>
        </div>
    }
}

fn grid(
    frame: Frame,
    filter: RwSignal<Filter>,
    newest: RwSignal<bool>,
    found: RwSignal<Option<Page>>,
    total: Memo<u32>,
) -> impl IntoView {
    let body = NodeRef::<html::Div>::new();
    let narrow = frame.narrow;
    let (top, view, row) = (RwSignal::new(0), RwSignal::new(600), RwSignal::new(0_u32));
    let height = move || if narrow.get() { HEIGHTS.1 } else { HEIGHTS.0 };
    // Of a list that is not counted yet, what may be seen is asked for.
    let seen: Memo<Window> = Memo::new(move |_| window(top.get(), view.get(), height(), u32::MAX));
    let rows = RwSignal::new((0_u32, Vec::<Seen>::new()));
    let latest = StoredValue::new(0_u64);
    Effect::new(move |_| {
        frame.said.track();
        let seen = seen.get();
        // In leaps, so that not every pixel is a question.
        let from = seen.from / 20 * 20;
        let query = Query { filter: filter.get(), newest: newest.get(), from, limit: (seen.to - from).min(400) + 20 };
        let mine = ticket();
        latest.set_value(mine);
        leptos::task::spawn_local(async move {
            let answer = frame.ask::<Page>("page", &[question(&query)]).await;
            if latest.try_get_value() != Some(mine) {
                return;
            }
            match answer {
                Ok(mut page) => {
                    rows.set((query.from, std::mem::take(&mut page.rows)));
                    found.set(Some(page));
                }
                Err(problem) => frame.fail(problem),
            }
        });
    });
    let scrolled = move || {
        if let Some(Some(body)) = body.try_get_untracked() {
            top.set(body.scroll_top());
            view.set(body.client_height());
        }
    };
    Effect::new(move |_| {
        filter.track();
        newest.track();
        row.set(0);
        if let Some(body) = body.get() {
            body.set_scroll_top(0);
        }
        scrolled();
    });
    let at = move |place: u32| {
        rows.with_untracked(|(from, rows)| rows.get(place.checked_sub(*from)? as usize).map(|seen| seen.seq))
    };
    let go = move |place: u32| {
        let place = place.min(total.get_untracked().saturating_sub(1));
        row.set(place);
        if let Some(body) = body.get_untracked()
            && let Some(to) = reveal(place, body.scroll_top(), body.client_height(), height())
        {
            body.set_scroll_top(to);
        }
        if frame.opened.get_untracked().is_some()
            && let Some(seq) = at(place)
        {
            frame.opened.set(Some(seq));
        }
    };
    let keys = move |event: web_sys::KeyboardEvent| {
        let place = row.get_untracked();
        let page = u32::try_from(view.get_untracked() / height().max(1)).unwrap_or(1);
        match event.key().as_str() {
            "ArrowDown" | "j" => go(place.saturating_add(1)),
            "ArrowUp" | "k" => go(place.saturating_sub(1)),
            "PageDown" => go(place.saturating_add(page)),
            "PageUp" => go(place.saturating_sub(page)),
            "Home" => go(0),
            "End" => go(u32::MAX),
            "Enter" => {
                if let Some(seq) = at(place) {
                    frame.open_entry(seq);
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    let none = Memo::new(move |_| found.with(Option::is_some) && total.get() == 0);
    view! {
        <div
            id=GRID
            class="audit-grid"
            class:hidden=live(move || none.get())
            node_ref=body
            on:scroll=move |_| scrolled()
            role="listbox"
            tabindex="0"
            aria-label="Entries"
            aria-activedescendant=live(move || format!("audit-row-{}", row.get()))
            on:keydown=keys
        >
            <div class="audit-length" role="presentation" style:height=move || format!("{}px", i64::from(total.get()) * i64::from(height()))>
                {move || {
                    let high = height();
                    let all = total.get();
                    rows.with(|(from, rows)| {
                        rows.iter()
                            .enumerate()
                            .map(|(place, seen)| {
                                let place = from + u32::try_from(place).unwrap_or_default();
                                one(frame, row, place, i64::from(place) * i64::from(high), all, seen)
                            })
                            .collect_view()
                    })
                }}
            </div>
        </div>
        {move || none.get().then(|| view! {
            <div class="empty-state slim">
                <p class="empty-title">"No entry fits"</p>
                <button type="button" class="button" on:click=click(move |_| filter.set(Filter::default()))>
                    {icon(Icon::Reset)}
                    "Clear the filters"
                </button>
            </div>
        })}
    }
}

fn one(frame: Frame, row: RwSignal<u32>, place: u32, top: i64, all: u32, seen: &Seen) -> AnyView {
    let entry = &seen.entry;
    let seq = seen.seq;
    let context = entry.workflow.as_ref().map_or_else(String::new, ToString::to_string);
    view! {
        <div
            class="audit-row"
            class:active=live(move || row.get() == place)
            id=format!("audit-row-{place}")
            role="option"
            aria-selected=live(move || (frame.opened.get() == Some(seq)).to_string())
            aria-posinset=(place + 1).to_string()
            aria-setsize=all.to_string()
            style:transform=format!("translateY({top}px)")
            on:click=click(move |_| {
                row.set(place);
                frame.opened.set(Some(seq));
            })
        >
            <span class="cell a-time">{words::time(entry.at)}</span>
            <span class="cell a-kind">{words::kind(entry)}</span>
            <span class="cell a-record" title=entry.record_key()>{entry.record_key()}</span>
            <span class="cell a-what">{words::what(entry)}</span>
            <span class="cell a-values">{words::values(frame, entry)}</span>
            <span class="cell a-by">{words::actor(entry)} " " <span class="quiet">{context}</span></span>
            <span class="cell a-heard">{words::heard(seen)}</span>
        </div>
    }
    .into_any()
}
