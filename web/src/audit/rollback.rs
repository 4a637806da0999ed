//! Rollback: the page of its own.

use leptos::prelude::*;

use super::frame::Frame;

/// Draws the page.
pub(crate) fn page(_frame: Frame) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="rollback-title">
            <h3 id="rollback-title">"Rollback"</h3>
            <p class="empty">"`interlock rollback` does this from the command line."</p>
        </section>
    }
}
