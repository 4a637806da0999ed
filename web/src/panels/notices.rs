//! What is said in passing, and what is said to those who do not see the page.

use leptos::prelude::*;

use super::follows::headline;
use crate::desk::{Desk, Keeping};
use crate::ui::icon::{Icon, icon};
use crate::ui::live::click;

/// Draws the notices.
pub(crate) fn notices(desk: Desk) -> impl IntoView {
    view! {
        <div class="sr" role="status" aria-live="polite">
            {move || {
                desk.generation.track();
                headline(desk)
            }}
        </div>
        <div class="notices" role="status" aria-live="polite">
            <For
                each=move || desk.notices.get()
                key=|notice| notice.id
                children=move |notice| {
                    let id = notice.id;
                    let help = notice.help.filter(|help| !help.is_empty());
                    view! {
                        <div class="notice" class:stays=notice.stays>
                            <div>
                                <p>{notice.text}</p>
                                {help.map(|help| view! { <p class="quiet">{help}</p> })}
                            </div>
                            <button
                                type="button"
                                class="icon-button"
                                aria-label="Close this message"
                                on:click=click(move |_| desk.dismiss(id))
                            >
                                {icon(Icon::Close)}
                            </button>
                        </div>
                    }
                }
            />
        </div>
    }
}

/// The one place that says what this browser does not keep.
pub(crate) fn keeping(desk: Desk) -> impl IntoView {
    let closed = RwSignal::new(false);
    move || {
        let denied = desk.keeping.with(|keeping| *keeping == Keeping::Denied);
        (denied && !closed.get()).then(|| {
            view! {
                <div class="callout quiet-callout keeping" role="status">
                    {icon(Icon::Info)}
                    <p class="callout-text">
                        "Drafts are not kept here: this browser denies storage to the frame. Everything works until the page is closed; keep your changes with Export."
                    </p>
                    <button
                        type="button"
                        class="icon-button"
                        aria-label="Close this message"
                        on:click=click(move |_| closed.set(true))
                    >
                        {icon(Icon::Close)}
                    </button>
                </div>
            }
        })
    }
}
