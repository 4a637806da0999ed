//! What the gate answers, action by action, and how the load of owners, pools and queues shifts.

use interlock_core::contract::Verdict;
use interlock_core::preview::view::{Load, Place, Summary, VerdictCounts, VerdictRow};
use leptos::prelude::*;

use crate::desk::Desk;
use crate::state::text;
use crate::ui::badge::{self, delta, place_class};
use crate::ui::live::click;

/// Loads that are shown before one asks for all.
const FEW: usize = 8;

const fn of(counts: VerdictCounts, verdict: Verdict) -> u32 {
    match verdict {
        Verdict::Auto => counts.auto,
        Verdict::Suggest => counts.suggest,
        Verdict::Review => counts.review,
        Verdict::Block => counts.block,
    }
}

/// The matrix of verdicts: a row an action, a column a verdict.
pub(crate) fn matrix(_: Desk, summary: &Summary) -> AnyView {
    if summary.verdicts.is_empty() {
        return view! { <p class="empty">"No workflow asks for an action."</p> }.into_any();
    }
    let (changed, same): (Vec<VerdictRow>, Vec<VerdictRow>) =
        summary.verdicts.iter().cloned().partition(|row| row.changed > 0);
    let all = RwSignal::new(changed.is_empty());
    let others = same.len();
    let changed = verdict_rows(&changed);
    let same = StoredValue::new(same);
    let rows = move || all.get().then(|| same.with_value(|same| verdict_rows(same)));
    let heads = Verdict::ALL
        .into_iter()
        .map(
            |verdict| view! { <th scope="col" class="num" title=text::verdict(verdict)>{badge::verdict(verdict)}</th> },
        )
        .collect_view();
    view! {
        <div class="scroll-x" tabindex="0" role="region" aria-label="Verdicts by action">
            <table class="table matrix">
                <thead>
                    <tr>
                        <th scope="col">"Action"</th>
                        {heads}
                        <th scope="col" class="num">"Changed"</th>
                    </tr>
                </thead>
                <tbody>{changed} {rows}</tbody>
            </table>
        </div>
        <Show when=move || { others > 0 }>
            <button type="button" class="link-button" on:click=click(move |_| all.update(|all| *all = !*all))>
                {move || match (all.get(), others) {
                    (true, _) => "Show only what changes".to_owned(),
                    (false, 1) => "Show 1 more that does not change".to_owned(),
                    (false, others) => format!("Show {others} more that do not change"),
                }}
            </button>
        </Show>
    }
    .into_any()
}

fn verdict_rows(rows: &[VerdictRow]) -> AnyView {
    rows.iter()
        .map(|row| {
            let cells = Verdict::ALL
                .into_iter()
                .map(|verdict| {
                    let (before, after) = (of(row.before, verdict), of(row.after, verdict));
                    let empty = before == 0 && after == 0;
                    view! {
                        <td class="num" class:zero=empty>
                            {delta(before, after)}
                        </td>
                    }
                })
                .collect_view();
            let name = text::action(row.action, row.field.as_ref().map(interlock_core::id::FieldName::as_str));
            view! {
                <tr class:quiet={row.changed == 0}>
                    <th scope="row">
                        {name}
                        <span class="stack" aria-hidden="true">
                            {stack(row.before, "pale")} {stack(row.after, "strong")}
                        </span>
                    </th>
                    {cells}
                    <td class="num">{text::count(row.changed)}</td>
                </tr>
            }
        })
        .collect_view()
        .into_any()
}

/// The verdicts of one action as one bar.
fn stack(counts: VerdictCounts, class: &'static str) -> impl IntoView {
    let total = Verdict::ALL.into_iter().map(|verdict| of(counts, verdict)).sum::<u32>().max(1);
    let parts = Verdict::ALL
        .into_iter()
        .filter(|verdict| of(counts, *verdict) > 0)
        .map(|verdict| {
            let width = share(of(counts, verdict), total);
            view! { <span class=format!("stack-part {}", verdict.word()) style:width=width></span> }
        })
        .collect_view();
    view! { <span class=format!("stack-bar {class}")>{parts}</span> }
}

/// A share as a width.
pub(crate) fn share(part: u32, whole: u32) -> String {
    let tenths = u64::from(part) * 1000 / u64::from(whole.max(1));
    format!("{}.{}%", tenths / 10, tenths % 10)
}

/// How many leads each owner, pool or queue ends up with; the largest shifts first.
pub(crate) fn loads(desk: Desk, summary: &Summary) -> AnyView {
    if summary.loads.is_empty() {
        return view! { <p class="empty">"No lead is routed."</p> }.into_any();
    }
    let mut loads = summary.loads.clone();
    loads.sort_by_key(|load| std::cmp::Reverse((load.before.abs_diff(load.after), load.after)));
    let most = loads.iter().map(|load| load.before.max(load.after)).max().unwrap_or(1);
    let count = loads.len();
    let all = RwSignal::new(false);
    let loads = StoredValue::new(loads);
    let rows = move || {
        let shown = if all.get() { count } else { FEW };
        loads.with_value(|loads| loads.iter().take(shown).map(|load| row(desk, load, most)).collect_view())
    };
    view! {
        <table class="table loads">
            <thead>
                <tr>
                    <th scope="col">"Owner, pool or queue"</th>
                    <th scope="col" class="wide-only">
                        <span class="sr">"Picture of the load"</span>
                    </th>
                    <th scope="col" class="num">"Leads"</th>
                    <th scope="col" class="num">"Change"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        <Show when=move || { count > FEW }>
            <button type="button" class="link-button" on:click=click(move |_| all.update(|all| *all = !*all))>
                {move || if all.get() { "Show fewer".to_owned() } else { format!("Show all {count}") }}
            </button>
        </Show>
    }
    .into_any()
}

fn row(desk: Desk, load: &Load, most: u32) -> impl IntoView + use<> {
    let place: Place = load.place.clone();
    let end = (place.kind, place.id.clone());
    let change = i64::from(load.after) - i64::from(load.before);
    let class = match change {
        0 => "num same",
        1.. => "num more",
        _ => "num less",
    };
    view! {
        <tr>
            <th scope="row">
                <button
                    type="button"
                    class=format!("link-button place {}", place_class(place.kind))
                    title="List the leads that end up here"
                    on:click=click(move |_| {
                        desk.refilter(|filter| {
                            filter.from = None;
                            filter.to = Some(end.clone());
                        });
                    })
                >
                    {text::place(&place)}
                </button>
            </th>
            <td class="wide-only load-bars" aria-hidden="true">
                <span class="load-bar pale" style:width=share(load.before, most)></span>
                <span class="load-bar strong" style:width=share(load.after, most)></span>
            </td>
            <td class="num">{delta(load.before, load.after)}</td>
            <td class=class>{text::signed(change)}</td>
        </tr>
    }
}
