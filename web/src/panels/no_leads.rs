//! What stands in place of the table of leads where it has none: why, and the ways on.

use leptos::prelude::*;

use crate::desk::Desk;
use crate::ui::live::click;

/// Draws it.
pub(super) fn no_leads(desk: Desk) -> impl IntoView {
    let filtered = desk.filter.with(|filter| {
        filter.change.is_some() || filter.from.is_some() || filter.to.is_some() || !filter.text.is_empty()
    });
    view! {
        <div class="empty-state slim">
            {if filtered {
                let changed_only = !desk.filter.with(|filter| filter.unchanged_too);
                let among_all = changed_only.then(|| all_leads(desk, "Look among all leads"));
                view! {
                    <p class="empty-title">
                        {if changed_only { "No lead that changes fits these filters" } else { "No lead fits these filters" }}
                    </p>
                    {among_all}
                    <button
                        type="button"
                        class="button small"
                        on:click=click(move |_| desk.refilter(|filter| *filter = Default::default()))
                    >
                        "Clear the filters"
                    </button>
                }
                    .into_any()
            } else {
                let about = if desk.edits.with(Vec::is_empty) {
                    "Nothing is changed yet: baseline and candidate are the same."
                } else {
                    "Nothing you changed matters for the leads that are loaded."
                };
                view! {
                    <p class="empty-title">"No lead changes"</p>
                    <p>{about}</p>
                    {all_leads(desk, "List all leads")}
                }
                    .into_any()
            }}
        </div>
    }
}

/// A way to the leads that do not change.
fn all_leads(desk: Desk, words: &'static str) -> AnyView {
    view! {
        <button
            type="button"
            class="button small"
            on:click=click(move |_| desk.refilter(|filter| {
                filter.change = None;
                filter.unchanged_too = true;
            }))
        >
            {words}
        </button>
    }
    .into_any()
}
