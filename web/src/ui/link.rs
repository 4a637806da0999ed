//! A button in a text that opens a place of the contract.

use leptos::prelude::*;

use crate::desk::Desk;
use crate::ui::live::click;

/// Opens `address`. `class` says how it looks besides being a link: `rule-link` for ids, `line-text` for sentences.
pub(crate) fn to_contract(desk: Desk, address: String, class: &'static str, words: impl IntoView) -> AnyView {
    view! {
        <button
            type="button"
            class=format!("link-button {class}")
            title=format!("Open {address} in the contract")
            on:click=click(move |_| desk.go_to(&address))
        >
            {words.into_any()}
        </button>
    }
    .into_any()
}
