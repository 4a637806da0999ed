//! The days that a choice is narrowed down by: from the start of one up to the end of another, both by UTC.

use interlock_core::time::Timestamp;
use leptos::prelude::*;

use crate::ui::live::change;

/// Draws the two days: `get` answers the first moment and the one after the last, `set` is given one of them anew.
pub(crate) fn days(
    get: impl Fn() -> (Option<Timestamp>, Option<Timestamp>) + Copy + Send + Sync + 'static,
    set: impl Fn(Option<Timestamp>, Option<Timestamp>) + Copy + 'static,
) -> impl IntoView {
    let day = |event: &web_sys::Event| Timestamp::parse(&format!("{}T00:00:00Z", event_target_value(event)));
    let written = |at: Option<Timestamp>| at.map_or_else(String::new, |at| at.to_string().chars().take(10).collect());
    view! {
        <div class="audit-days">
            <label class="labelled">
                <span class="label">"From"</span>
                <input
                    type="date"
                    class="input"
                    prop:value=move || written(get().0)
                    on:change=change(move |event| set(day(&event), untrack(get).1))
                />
            </label>
            <label class="labelled">
                <span class="label">"Up to"</span>
                <input
                    type="date"
                    class="input"
                    prop:value=move || written(get().1.map(|at| at.plus_days(-1)))
                    on:change=change(move |event| set(untrack(get).0, day(&event).map(|at| at.plus_days(1))))
                />
            </label>
        </div>
    }
}
