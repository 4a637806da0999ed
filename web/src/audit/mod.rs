//! The pages on audit logs, a module of their own: what happened, what waits for a person, what can be taken back, how well
//! it goes.
//!
//! Input: a log that a person opens, and the panel's [`Bridge`]. Output: answers, plans and reports as files. Invariant:
//! nothing is written anywhere but into files that the person takes along.

mod answers;
mod days;
mod entry;
mod feedback;
mod filters;
mod frame;
mod log;
mod metrics;
mod open;
mod owners;
mod print;
mod review;
mod rollback;
mod sound;
mod words;

use leptos::ev;
use leptos::prelude::*;

use self::frame::{Frame, Tab};
use crate::effects::bridge::Bridge;
use crate::effects::{files, page};
use crate::ui::icon::{Icon, icon};
use crate::ui::live::{click, live};

/// Draws the pages.
pub(crate) fn audit(bridge: Bridge) -> impl IntoView {
    let frame = Frame::new(bridge);
    let dragging = listen(frame);
    let open = Memo::new(move |_| frame.log.with(Option::is_some));
    view! {
        <div class="audit" role="main" aria-labelledby="audit-title">
            <div class="audit-head no-print">
                <h2 id="audit-title" tabindex="-1">"Audit"</h2>
                {move || open.get().then(|| tabs(frame))}
                <div class="row audit-actions">
                    {move || open.get().then(|| open::chooser(frame, "Open another log", "button"))}
                    <button type="button" class="button" on:click=click(move |_| frame.leave(None))>
                        {icon(Icon::Back)}
                        "Back to the preview"
                    </button>
                </div>
            </div>
            <p class="sr" role="status" aria-live="polite">{move || frame.status.get()}</p>
            {problem(frame)}
            {open::progress(frame)}
            {move || {
                if open.get() {
                    let generation = frame.generation;
                    view! {
                        {move || {
                            generation.track();
                            sound::sound(frame)
                        }}
                        {move || {
                            generation.track();
                            match frame.tab.get() {
                                Tab::Log => log::page(frame).into_any(),
                                Tab::Review => review::page(frame).into_any(),
                                Tab::Rollback => rollback::page(frame).into_any(),
                                Tab::Metrics => metrics::page(frame).into_any(),
                            }
                        }}
                    }
                    .into_any()
                } else {
                    open::first(frame).into_any()
                }
            }}
            <div class="drop-over" class:on=live(move || dragging.get()) aria-hidden="true">
                <p>{icon(Icon::Upload)} "Drop to open the log"</p>
            </div>
        </div>
    }
}

fn tabs(frame: Frame) -> impl IntoView {
    let buttons = Tab::ALL.map(|tab| {
        let on = move || frame.tab.get() == tab;
        view! {
            <button
                type="button"
                class="segment"
                aria-pressed=live(move || on().to_string())
                on:click=click(move |_| frame.show(tab))
            >
                {tab.title()}
                {(tab == Tab::Review).then(|| view! {
                    <span class="tally">{move || waiting(frame)}</span>
                })}
            </button>
        }
    });
    view! { <nav class="segments" aria-label="Pages on the log">{buttons.collect_view()}</nav> }
}

/// How many wait, less what was answered since.
fn waiting(frame: Frame) -> String {
    let open = frame.log.with(|log| log.as_ref().map_or(0, |log| log.read.open));
    let left = open.saturating_sub(u64::from(frame.decided.get()));
    crate::state::text::count(i64::try_from(left).unwrap_or(i64::MAX))
}

fn problem(frame: Frame) -> impl IntoView {
    move || {
        frame.problem.get().map(|problem| {
            let place = problem.place();
            view! {
                <div class="callout audit-problem" role="alert">
                    {icon(Icon::Error)}
                    <div class="callout-text">
                        <p>
                            {if place.is_empty() { String::new() } else { format!("{place}: ") }}
                            {problem.message}
                        </p>
                        <p class="quiet">{problem.help.unwrap_or_default()}</p>
                    </div>
                    <button
                        type="button"
                        class="icon-button"
                        aria-label="Close this message"
                        on:click=click(move |_| frame.problem.set(None))
                    >
                        {icon(Icon::Close)}
                    </button>
                </div>
            }
        })
    }
}

/// Keys and files for the pages as a whole. Answers whether files are over them.
fn listen(frame: Frame) -> RwSignal<bool> {
    let dragging = RwSignal::new(false);
    let shown = || page::route().audit.is_some();
    let keys = window_event_listener(ev::keydown, move |event| {
        if !shown() || event.key() != "Escape" || event.default_prevented() {
            return;
        }
        if frame.printing.get_untracked() {
            frame.printing.set(false);
        } else if frame.tab.get_untracked() == Tab::Log && frame.opened.get_untracked().is_some() {
            frame.opened.set(None);
            page::focus_later(log::GRID);
        } else if page::typing() {
            let review = frame.tab.get_untracked() == Tab::Review;
            page::focus_later(if review { review::LIST } else { "audit-title" });
        } else {
            frame.leave(None);
        }
    });
    let over = window_event_listener(ev::dragover, move |event| {
        if shown() && files::carries_files(event.data_transfer().as_ref()) {
            event.prevent_default();
            dragging.set(true);
        }
    });
    let leave = window_event_listener(ev::dragleave, move |event| {
        if event.related_target().is_none() {
            dragging.set(false);
        }
    });
    let drop = window_event_listener(ev::drop, move |event| {
        dragging.set(false);
        let mut files = files::dropped(event.data_transfer().as_ref());
        if shown() && !files.is_empty() {
            event.prevent_default();
            frame.open_file(files.swap_remove(0));
        }
    });
    std::mem::forget((keys, over, leave, drop));
    dragging
}
