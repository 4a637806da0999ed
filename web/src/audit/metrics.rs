//! Metrics: the page of its own.

use leptos::prelude::*;

use super::frame::Frame;

/// Draws the page.
pub(crate) fn page(_frame: Frame) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="metrics-title">
            <h3 id="metrics-title">"Metrics"</h3>
            <p class="empty">"`interlock audit metrics` does this from the command line."</p>
        </section>
    }
}
