//! Where the pages on audit logs stand: over the rest of the page, in a module of their own that loads when they are
//! opened. They stay where they are while they are not shown, so that nothing done there is lost.

use leptos::html::Div;
use leptos::prelude::*;
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};

use crate::desk::Desk;
use crate::effects::{bridge, page};
use crate::state::edit::Edit;
use crate::state::{self, Side};
use crate::ui::icon::{Icon, icon};
use crate::ui::live::{click, live};

/// The heading that the focus goes to.
const TITLE: &str = "audit-title";

/// Draws the place.
pub(crate) fn audit(desk: Desk) -> impl IntoView {
    let open = Memo::new(move |_| desk.route.with(|route| route.audit.is_some()));
    let host = NodeRef::<Div>::new();
    let problem = RwSignal::new(None::<String>);
    let asked = RwSignal::new(false);
    let load = move || {
        let Some(element) = host.get_untracked() else { return };
        asked.set(true);
        problem.set(None);
        leptos::task::spawn_local(async move {
            match bridge::open(element.unchecked_ref(), panel(desk)).await {
                Ok(()) => page::focus_later(TITLE),
                Err(message) => problem.set(Some(message)),
            }
        });
    };
    Effect::new(move |_| {
        if open.get() && host.get().is_some() {
            if asked.get_untracked() { page::focus_later(TITLE) } else { load() }
        }
    });
    view! {
        <div class="audit-place" class:on=live(move || open.get())>
            <div node_ref=host></div>
            {move || problem.get().map(|message| view! {
                <div class="empty-state" role="alert">
                    <p class="empty-title">"The audit pages could not be loaded"</p>
                    <p>{message}</p>
                    <div class="row">
                        <button type="button" class="button primary" on:click=click(move |_| load())>
                            {icon(Icon::Reset)}
                            "Try again"
                        </button>
                        <button type="button" class="button" on:click=click(move |_| leave(desk, None))>
                            {icon(Icon::Back)}
                            "Back to the preview"
                        </button>
                    </div>
                </div>
            })}
        </div>
    }
}

/// What the pages may ask of the panel.
fn panel(desk: Desk) -> bridge::Panel {
    bridge::Panel {
        contract: Box::new(move |side| {
            let side = if side == "baseline" { Side::Baseline } else { Side::Candidate };
            desk.work.with_untracked(|work| work.text(side)).map(|text| text.to_string())
        }),
        edit: Box::new(move |text| {
            let edit: Value = match state::read(&text) {
                Ok(edit) => edit,
                Err(unread) => return Some(unread.message),
            };
            let Some(at) = edit["at"].as_str() else { return Some("the edit names no place".to_owned()) };
            desk.try_edit(&Edit::set(at, edit["value"].clone())).err()
        }),
        owners: Box::new(move || {
            desk.vocabulary.with_untracked(|known| serde_json::to_string(&known.owners)).unwrap_or_default()
        }),
        standing: Box::new(move || {
            wasm_bindgen_futures::future_to_promise(async move {
                // Without leads there is nothing to say, which is no trouble.
                Ok(desk.standing().await.map_or(JsValue::NULL, JsValue::from))
            })
        }),
        leave: Box::new(move |section| leave(desk, section)),
    }
}

fn leave(desk: Desk, section: Option<String>) {
    desk.route.update(|route| {
        route.audit = None;
        if section.is_some() {
            route.section = section;
            route.at = None;
        }
    });
    page::focus_later("audit-button");
}
