//! Score distributions before and after, score by score.

use interlock_core::preview::view::Summary;
use leptos::prelude::*;

use crate::ui::histogram::{band_table, bucket_table, histogram};
use crate::ui::live::{click, live};

/// Draws the distribution of the chosen score; `shown` is which, `as_table` whether in figures.
pub(crate) fn scores(summary: &Summary, shown: RwSignal<usize>, as_table: RwSignal<bool>) -> AnyView {
    if summary.scores.is_empty() {
        return view! { <p class="empty">"Neither contract has a score."</p> }.into_any();
    }
    let names: Vec<String> = summary.scores.iter().map(|score| score.name.clone()).collect();
    let scores = StoredValue::new(summary.scores.clone());
    let several = names.len() > 1;
    let tabs = names
        .into_iter()
        .enumerate()
        .map(|(index, name)| {
            view! {
                <button
                    type="button"
                    class="segment"
                    aria-pressed=live(move || (shown.get() == index).to_string())
                    on:click=click(move |_| shown.set(index))
                >
                    {name}
                </button>
            }
        })
        .collect_view();
    view! {
        <div class="segments" class:hidden=!several role="group" aria-label="Score">
            {tabs}
        </div>
        {move || {
            let table = as_table.get();
            scores.with_value(|scores| {
                let chosen = scores.get(shown.get()).or_else(|| scores.first())?;
                let picture = if table { bucket_table(chosen) } else { histogram(chosen) };
                Some(view! {
                    {picture}
                    {band_table(chosen)}
                })
            })
        }}
    }
    .into_any()
}
