//! A small table: its headers and its rows. Numbers stand at the right, their unit once in the header.

use leptos::prelude::*;

/// A header.
#[derive(Clone, Copy)]
pub(crate) enum Head {
    /// Of texts.
    Text(&'static str),
    /// Of numbers.
    Number(&'static str),
}

/// Draws a table of `rows`; `class` says of which sort beside `table small`.
pub(crate) fn table(class: &'static str, heads: &[Head], rows: AnyView) -> AnyView {
    let heads = heads
        .iter()
        .map(|head| {
            let (text, number) = match head {
                Head::Text(text) => (*text, false),
                Head::Number(text) => (*text, true),
            };
            view! { <th scope="col" class:num=number>{text}</th> }
        })
        .collect_view();
    view! {
        <table class=format!("table small {class}")>
            <thead>
                <tr>{heads}</tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

/// A table that may be wider (`scroll-x`) or longer (`scroll-y`) than its place: it is scrolled by keyboard too.
pub(crate) fn scrolled(class: &'static str, label: &'static str, table: AnyView) -> AnyView {
    view! { <div class=class tabindex="0" role="region" aria-label=label>{table}</div> }.into_any()
}
