//! The pages on audit logs, a module of their own: what happened, what waits for a person, what can be taken back, how well
//! it goes.
//!
//! Input: a log that a person opens, and the panel's [`Bridge`]. Output: answers, plans and reports as files. Invariant:
//! nothing is written anywhere but into files that the person takes along.

use leptos::prelude::*;

use crate::effects::bridge::Bridge;
use crate::ui::icon::{Icon, icon};
use crate::ui::live::click;

/// Draws the pages.
pub(crate) fn audit(bridge: Bridge) -> impl IntoView {
    let bridge = StoredValue::new_local(bridge);
    view! {
        <section class="audit" aria-labelledby="audit-title">
            <div class="audit-head">
                <h2 id="audit-title" tabindex="-1">"Audit"</h2>
                <button
                    type="button"
                    class="button"
                    on:click=click(move |_| bridge.with_value(|bridge| bridge.leave(None)))
                >
                    {icon(Icon::Back)}
                    "Back to the preview"
                </button>
            </div>
        </section>
    }
}
