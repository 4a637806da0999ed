//! A dialog over the page, on the browser's own `<dialog>`: it keeps the focus in and gives it back, Esc closes.

use leptos::html;
use leptos::prelude::*;

use super::icon::{Icon, icon};
use crate::ui::live::click;

/// A modal dialog that is open as long as it is drawn.
pub(crate) fn dialog(
    title: impl Into<String>,
    class: &'static str,
    close: impl Fn() + Copy + 'static,
    body: impl IntoView + 'static,
) -> AnyView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        if let Some(dialog) = node.get()
            && !dialog.open()
        {
            let _ = dialog.show_modal();
        }
    });
    view! {
        <dialog
            node_ref=node
            class=format!("dialog {class}")
            aria-labelledby="dialog-title"
            on:close=move |_| close()
            on:click=click(move |event| {
                // A click on the backdrop hits the dialog itself.
                let target = event.target();
                if let (Some(target), Some(dialog)) = (target, node.get_untracked()) {
                    let dialog: &web_sys::EventTarget = dialog.as_ref();
                    if *dialog == target {
                        close();
                    }
                }
            })
        >
            <div class="dialog-box">
                <header class="dialog-head">
                    <h2 id="dialog-title">{title.into()}</h2>
                    <button class="icon-button" aria-label="Close" title="Close" on:click=click(move |_| close())>
                        {icon(Icon::Close)}
                    </button>
                </header>
                <div class="dialog-body">{body.into_any()}</div>
            </div>
        </dialog>
    }
    .into_any()
}
