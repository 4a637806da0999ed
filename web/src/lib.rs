//! The panel: a page that shows what a contract does to leads.

use leptos::prelude::*;
use wasm_bindgen::prelude::wasm_bindgen;

/// Mounts the panel on the page. Runs once, when the module has loaded.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
    mount_to_body(Panel);
}

/// The whole page.
#[component]
fn Panel() -> impl IntoView {
    let (count, set_count) = signal(0);
    view! {
        <main>
            <h1>"Interlock"</h1>
            <button on:click=move |_| set_count.update(|n| *n += 1)>"Count"</button>
            <output>{count}</output>
        </main>
    }
}
