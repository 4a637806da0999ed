//! The page itself: its address, its theme, its width, where the focus is.

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{HtmlElement, MediaQueryListEvent};

use crate::state::route::Route;

/// How far down a heading may stand before one scrolls to it, as a share of the window.
const LOW: f64 = 0.7;

/// What the address bar says.
pub(crate) fn route() -> Route {
    let location = window().location();
    Route::read(&location.hash().unwrap_or_default(), &location.search().unwrap_or_default())
}

/// Writes the route into the address bar. A sandbox that forbids it loses the deep link and nothing else.
pub(crate) fn set_route(route: &Route) {
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&route.hash()));
    }
}

/// Whether a media query holds now; `changed` is called whenever that changes, as long as the page lives.
pub(crate) fn watch_media(query: &str, changed: impl Fn(bool) + 'static) -> bool {
    let Ok(Some(list)) = window().match_media(query) else {
        return false;
    };
    let listener = Closure::<dyn Fn(MediaQueryListEvent)>::new(move |event: MediaQueryListEvent| {
        changed(event.matches());
    });
    list.set_onchange(Some(listener.as_ref().unchecked_ref()));
    let holds = list.matches();
    listener.forget();
    // The list must live as long as its listener.
    std::mem::forget(list);
    holds
}

/// Sets the theme: `light`, `dark`, or nothing for the system's.
pub(crate) fn set_theme(theme: &str) {
    if let Some(root) = document().document_element() {
        let _ = match theme {
            "light" | "dark" => root.set_attribute("data-theme", theme),
            _ => root.remove_attribute("data-theme"),
        };
    }
}

/// Moves the focus, once what is being drawn is there.
pub(crate) fn focus_later(id: &str) {
    let id = id.to_owned();
    leptos::prelude::request_animation_frame(move || {
        if let Some(element) = document().get_element_by_id(&id) {
            let _ = element.unchecked_into::<HtmlElement>().focus();
        }
    });
}

/// Brings an element into view and gives it the focus, once it is there.
pub(crate) fn reveal_later(id: &str) {
    let id = id.to_owned();
    leptos::prelude::set_timeout(
        move || {
            if let Some(element) = document().get_element_by_id(&id) {
                element.scroll_into_view();
                let _ = element.unchecked_into::<HtmlElement>().focus();
            }
        },
        std::time::Duration::from_millis(30),
    );
}

/// Takes the static shell away.
pub(crate) fn remove_shell() {
    if let Some(shell) = document().get_element_by_id("shell") {
        shell.remove();
    }
}

/// What has the focus takes typed text, so single keys and undo belong to it.
pub(crate) fn typing() -> bool {
    document().active_element().is_some_and(|element| {
        let tag = element.tag_name();
        tag == "TEXTAREA"
            || (tag == "INPUT"
                && !matches!(
                    element.get_attribute("type").as_deref(),
                    Some("range" | "checkbox" | "radio" | "button" | "file")
                ))
    })
}

/// The language's word for the modifier key of shortcuts.
pub(crate) fn modifier() -> &'static str {
    let agent = window().navigator().user_agent().unwrap_or_default();
    if agent.contains("Mac") { "⌘" } else { "Ctrl" }
}

/// Moves the focus without scrolling.
pub(crate) fn focus_quietly(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let element: HtmlElement = element.unchecked_into();
        let _ = element.focus_with_options(&options);
    }
}

/// Scrolls to an element unless it can be seen already.
#[expect(clippy::float_arithmetic, reason = "pixels, never hashed")]
pub(crate) fn bring_into_view(id: &str) {
    let Some(element) = document().get_element_by_id(id) else {
        return;
    };
    let place = element.get_bounding_client_rect();
    let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
    // A heading low on the page is seen, what it heads is not.
    if place.top() < 0.0 || place.bottom() > height * LOW {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Start);
        options.set_behavior(if calm() { web_sys::ScrollBehavior::Auto } else { web_sys::ScrollBehavior::Smooth });
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Scrolls no further than needed to see an element whole.
pub(crate) fn bring_near(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Whether the person asked for less motion.
fn calm() -> bool {
    window().match_media("(prefers-reduced-motion: reduce)").ok().flatten().is_some_and(|list| list.matches())
}
