//! What a list is narrowed down by: text, time, and the values there are, with how many of each.

use interlock_core::audit::explore::Counts;
use interlock_core::audit::filter::Filter;
use leptos::prelude::*;

use super::days::days;
use super::frame::Frame;
use super::words;
use crate::state::text;
use crate::ui::icon::{Icon, icon};
use crate::ui::live::{change, click, live};

/// How many values of a facet are shown before one asks for more.
const FEW: usize = 6;

/// Draws the filters.
pub(crate) fn filters(frame: Frame, filter: RwSignal<Filter>, facets: Memo<Vec<Counts>>) -> impl IntoView {
    view! {
        <div class="audit-filters" role="search" aria-label="Filter the entries">
            <label class="search">
                {icon(Icon::Search)}
                <span class="sr">"Search values, reasons, records, people"</span>
                <input
                    type="search"
                    class="input"
                    placeholder="Value, reason, record, person"
                    prop:value=move || filter.with(|filter| filter.text.clone())
                    on:input=change(move |event| {
                        let text = event_target_value(&event);
                        filter.update(|filter| filter.text = text);
                    })
                />
            </label>
            {days(
                move || filter.with(|filter| (filter.from, filter.until)),
                move |from, until| filter.update(|filter| (filter.from, filter.until) = (from, until)),
            )}
            <button
                type="button"
                class="link-button"
                class:hidden=live(move || filter.with(Filter::is_empty))
                on:click=click(move |_| filter.set(Filter::default()))
            >
                {icon(Icon::Reset)}
                "Clear the filters"
            </button>
            <div class="audit-facets">
                {move || facets.get().into_iter().filter(worth).map(|counts| facet(frame, filter, counts)).collect_view()}
            </div>
        </div>
    }
}

/// Whether a facet tells entries apart.
fn worth(counts: &Counts) -> bool {
    counts.facet != "record" && (counts.values.len() > 1 || counts.values.iter().any(|(value, _)| !value.is_empty()))
}

fn facet(frame: Frame, filter: RwSignal<Filter>, counts: Counts) -> impl IntoView {
    let word = counts.facet.clone();
    let chosen = filter.with_untracked(|filter| filter.has.get(&*word).cloned().unwrap_or_default());
    let all = RwSignal::new(false);
    // What is chosen stays in sight, though nothing has it any more.
    let missing = chosen.iter().filter(|value| !counts.values.iter().any(|(known, _)| known == *value));
    let mut values: Vec<(String, u32)> = missing.map(|value| (value.clone(), 0)).collect();
    values.extend(counts.values);
    let many = values.len();
    let open = !chosen.is_empty() || matches!(&*word, "kind" | "workflow" | "field");
    let rows = values.into_iter().enumerate().map({
        let word = word.clone();
        move |(place, (value, count))| {
            let on = chosen.contains(&value);
            let (word, shown) = (word.clone(), words::value(frame, &word, &value));
            view! {
                <li class:hidden=live(move || place >= FEW && !on && !all.get())>
                    <button
                        type="button"
                        class="facet-value"
                        aria-pressed=on.to_string()
                        on:click=click(move |_| filter.update(|filter| toggle(filter, &word, &value)))
                    >
                        <span class="facet-name">{shown}</span>
                        <span class="tally">{text::count(count)}</span>
                    </button>
                </li>
            }
        }
    });
    view! {
        <details open=open>
            <summary>{words::facet(&word)}</summary>
            <ul>{rows.collect_view()}</ul>
            {(many > FEW).then(|| view! {
                <button
                    type="button"
                    class="link-button"
                    class:hidden=live(move || all.get())
                    on:click=click(move |_| all.set(true))
                >
                    {format!("{} more", many - FEW)}
                </button>
            })}
            {(counts.more > 0).then(|| view! { <p class="quiet">{format!("and {} rarer ones: search for them", counts.more)}</p> })}
        </details>
    }
}

fn toggle(filter: &mut Filter, word: &str, value: &str) {
    let list = filter.has.get_or_insert(word.to_owned(), Vec::new);
    let before = list.len();
    list.retain(|chosen| chosen != value);
    if list.len() == before {
        list.push(value.to_owned());
    }
    if list.is_empty() {
        filter.has.remove(word);
    }
}
