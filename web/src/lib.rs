//! The panel: one page that answers what happens if this contract is deployed.
//!
//! Two modules are built of this crate: the page itself, and the pages on audit logs, which load when they are opened.
//!
//! Reading order: `state` (what there is, plain data), `desk` (the same as signals, and what a person can do),
//! `panels` (the parts of the page), `ui` (widgets), `effects` (the only code that touches the browser).

#![cfg_attr(
    not(all(feature = "panel", feature = "audit")),
    allow(dead_code, reason = "each of the two modules is built of what it reaches from its own entry")
)]

mod audit;
mod desk;
mod effects;
mod panels;
mod state;
mod ui;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::desk::{Desk, Phase};
use crate::effects::{files, page};
use crate::state::report::Problem;
use crate::ui::icon::{Icon, icon};
use crate::ui::live::{click, live};

/// Below this width the parts stack.
const NARROW: &str = "(max-width: 1099.98px)";

/// Mounts the panel on the page. Runs once, when the module has loaded.
#[cfg_attr(feature = "panel", wasm_bindgen(start))]
pub fn start() {
    console_error_panic_hook::set_once();
    mount_to_body(panel);
    page::remove_shell();
}

/// Mounts the pages on audit logs in an element of the panel's page, once. They stay there while they are not shown.
#[cfg_attr(feature = "audit", wasm_bindgen)]
pub fn mount_audit(host: web_sys::HtmlElement, bridge: effects::bridge::Bridge) {
    console_error_panic_hook::set_once();
    mount_to(host, move || audit::audit(bridge)).forget();
}

/// The whole page.
fn panel() -> impl IntoView {
    let desk = Desk::new();
    desk.narrow.set(page::watch_media(NARROW, move |narrow| desk.narrow.set(narrow)));
    follow_address(desk);
    let dragging = listen(desk);
    desk.start();
    view! {
        <a
            class="skip"
            href="#follows-title"
            on:click=click(move |event| {
                event.prevent_default();
                page::focus_later("follows-title");
            })
        >
            "Skip to what follows"
        </a>
        {panels::bar::bar(desk)}
        {panels::notices::keeping(desk)}
        <main class=live(move || shape(desk)) aria-busy=live(move || desk.busy.get().to_string())>
            {move || match desk.phase.get() {
                Phase::Open => parts(desk).into_any(),
                Phase::Opening(what) => opening(what).into_any(),
                Phase::Failed(problem) => failed(desk, &problem).into_any(),
            }}
        </main>
        {panels::audit::audit(desk)}
        {panels::bar::foot(desk)}
        {panels::export::dialogs(desk)}
        {panels::notices::notices(desk)}
        {completions(desk)}
        <div class="drop-over" class:on=live(move || dragging.get()) aria-hidden="true">
            <p>{icon(Icon::Upload)} "Drop to load"</p>
        </div>
    }
}

/// The page's columns follow what is open.
fn shape(desk: Desk) -> String {
    let editor = desk.route.with(|route| route.section.is_some());
    let lead = desk.chosen.with(Option::is_some);
    let mut class = "desk".to_owned();
    if editor {
        class.push_str(" with-editor");
    }
    if desk.route.with(|route| route.section.as_deref() == Some("workflows")) {
        // A table of six columns wants more than half of the page.
        class.push_str(" with-table");
    }
    if lead {
        class.push_str(" with-lead");
    }
    class
}

/// The three parts in reading order. Where they stack, the chosen lead comes first.
fn parts(desk: Desk) -> impl IntoView {
    let editing = Memo::new(move |_| desk.route.with(|route| route.section.is_some()));
    let lead_first = Memo::new(move |_| desk.narrow.get() && desk.chosen.with(Option::is_some));
    let narrow = Memo::new(move |_| desk.narrow.get());
    let lead = Memo::new(move |_| desk.chosen.with(Option::is_some));
    view! {
        {move || lead_first.get().then(|| panels::why::why(desk))}
        {move || {
            if editing.get() && !narrow.get() {
                panels::editor::editor(desk).into_any()
            } else {
                panels::changed::changed(desk).into_any()
            }
        }}
        {panels::follows::follows(desk)}
        {move || {
            let beside = if narrow.get() { !lead.get() } else { lead.get() };
            beside.then(|| panels::why::why(desk))
        }}
        {move || (editing.get() && narrow.get()).then(|| panels::editor::editor(desk))}
    }
}

fn opening(what: &'static str) -> impl IntoView {
    view! {
        <div class="opening" role="status">
            <div class="opening-rows" aria-hidden="true">
                <span></span>
                <span></span>
                <span></span>
            </div>
            <p>{what} " …"</p>
        </div>
    }
}

fn failed(desk: Desk, problem: &Problem) -> impl IntoView {
    let place = problem.place();
    view! {
        <div class="empty-state" role="alert">
            <p class="empty-title">"The page could not open its workspace"</p>
            <p>
                {if place.is_empty() { String::new() } else { format!("{place}: ") }}
                {problem.message.clone()}
            </p>
            <p class="quiet">{problem.help.clone()}</p>
            <div class="row">
                <button type="button" class="button primary" on:click=click(move |_| desk.reset())>
                    {icon(Icon::Reset)}
                    "Try again"
                </button>
                <button type="button" class="button" on:click=click(move |_| desk.open_empty())>
                    {icon(Icon::Upload)}
                    "Load own files"
                </button>
            </div>
        </div>
    }
}

/// What inputs complete: facts, owners, pools, queues.
fn completions(desk: Desk) -> impl IntoView {
    let named = move |key: &'static str| {
        desk.work.with(|work| {
            let contract = work.candidate_value();
            let items = contract.as_ref().and_then(|contract| contract.get("routing")?.get(key)?.as_array());
            items
                .into_iter()
                .flatten()
                .filter_map(|item| state::address::name_of(item).map(str::to_owned))
                .collect::<Vec<_>>()
        })
    };
    let pools = Memo::new(move |_| named("pools"));
    let queues = Memo::new(move |_| named("queues"));
    let options =
        |names: Vec<String>| names.into_iter().map(|name| view! { <option value=name></option> }).collect_view();
    view! {
        <datalist id="facts">
            {move || desk.vocabulary.with(|known| {
                known
                    .facts
                    .iter()
                    .map(|fact| view! { <option value=fact.name.clone()>{fact.about.clone()}</option> })
                    .collect_view()
            })}
        </datalist>
        <datalist id="owners">
            {move || desk.vocabulary.with(|known| {
                known
                    .owners
                    .iter()
                    .map(|owner| {
                        let value = if owner.email.is_empty() { &owner.id } else { &owner.email };
                        view! { <option value=value.clone()>{owner.name.clone()}</option> }
                    })
                    .collect_view()
            })}
        </datalist>
        <datalist id="pools">{move || options(pools.get())}</datalist>
        <datalist id="queues">{move || options(queues.get())}</datalist>
    }
}

/// The address bar and the page follow each other.
fn follow_address(desk: Desk) {
    Effect::new(move |_| desk.route.with(page::set_route));
    let handle = window_event_listener(ev::hashchange, move |_| {
        let route = page::route();
        if desk.route.with_untracked(|now| *now != route) {
            let lead = route.lead.clone();
            let other = desk.route.with_untracked(|now| now.lead != lead);
            desk.route.set(route);
            match lead {
                Some(lead) if other => {
                    leptos::task::spawn_local(async move { desk.choose_by_id(&lead).await });
                }
                None if other => desk.unchoose(),
                _ => {}
            }
        }
    });
    // The page lives as long as its listeners.
    std::mem::forget(handle);
}

/// Whether something lies over the three parts.
fn covered(desk: Desk) -> bool {
    desk.dialog.with_untracked(Option::is_some) || desk.route.with_untracked(|route| route.audit.is_some())
}

/// Keys and files for the page as a whole. Answers whether files are over it.
fn listen(desk: Desk) -> RwSignal<bool> {
    let dragging = RwSignal::new(false);
    let keys = window_event_listener(ev::keydown, move |event| {
        let modifier = event.ctrl_key() || event.meta_key();
        let key = event.key().to_lowercase();
        if desk.route.with_untracked(|route| route.audit.is_some()) {
            return;
        }
        if modifier && (key == "z" || key == "y") && !page::typing() {
            event.prevent_default();
            desk.step(key == "z" && !event.shift_key());
        } else if key == "escape" && covered(desk) {
            // What lies under a dialog or the audit pages is not meant.
        } else if key == "escape" {
            if desk.route.with_untracked(|route| route.section.is_some()) {
                desk.close_editor();
            } else if desk.chosen.with_untracked(Option::is_some) {
                desk.unchoose();
                page::focus_later(panels::leads::GRID);
            }
        }
    });
    let audits = move || desk.route.with_untracked(|route| route.audit.is_some());
    let over = window_event_listener(ev::dragover, move |event| {
        if !audits() && files::carries_files(event.data_transfer().as_ref()) {
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
        let files = files::dropped(event.data_transfer().as_ref());
        if !audits() && !files.is_empty() {
            event.prevent_default();
            desk.take_in(files);
        }
    });
    std::mem::forget((keys, over, leave, drop));
    dragging
}
