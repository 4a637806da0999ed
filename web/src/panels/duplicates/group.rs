//! One group of duplicates: its records with the master marked, why they are the same, and what a merge would keep.

use std::sync::Arc;

use interlock_core::identity::duplicates::{Group, Member, PairEvidence, Survivor};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::desk::Desk;
use crate::panels::matched::thresholds;
use crate::state::linkage::{bits, tie_breaker};
use crate::state::text;
use crate::ui::field::percent_text;
use crate::ui::icon::{Icon, icon};
use crate::ui::live::live;
use crate::ui::waterfall::waterfall;

/// Draws a group; its inside once it is opened.
pub(super) fn group(desk: Desk, group: &Arc<Group>) -> AnyView {
    let open = RwSignal::new(false);
    let names: Vec<&str> = group.members.iter().map(name).collect();
    let mut distinct = names.clone();
    distinct.dedup();
    let title = distinct.join(" · ");
    let flagged = if group.automatic {
        view! { <span class="badge auto">{icon(Icon::Auto)} "Flagged automatically"</span> }
    } else {
        view! { <span class="badge review">{icon(Icon::Review)} "For review"</span> }
    };
    let strongest = group.evidence.first().map(|pair| {
        format!("{} bits, {} %", bits(pair.waterfall.total.0), percent_text(pair.waterfall.probability.get()))
    });
    let conflicts = group.merge.iter().filter(|field| field.conflict).count();
    let records = group.members.len();
    let inside = Arc::clone(group);
    view! {
        <li class="group-item">
            <details on:toggle=toggled(open)>
                <summary>
                    <span class="group-title">{title}</span>
                    <span class="group-facts">
                        {flagged}
                        <span>{format!("{records} records")}</span>
                        <span class="quiet">{strongest}</span>
                        {(conflicts > 0).then(|| {
                            view! {
                                <span class="quiet">
                                    {match conflicts {
                                        1 => "1 field in conflict".to_owned(),
                                        many => format!("{many} fields in conflict"),
                                    }}
                                </span>
                            }
                        })}
                    </span>
                </summary>
                <Show when=move || open.get()>{body(desk, &inside)}</Show>
            </details>
        </li>
    }
    .into_any()
}

/// Follows whether a `details` is open.
fn toggled(open: RwSignal<bool>) -> impl Fn(leptos::ev::Event) + 'static {
    move |event| {
        // What lies within has its own and tells this one too where it bubbles; only one's own counts.
        let target = event.current_target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        if let Some(target) = target {
            open.set(target.has_attribute("open"));
        }
    }
}

fn name(member: &Member) -> &str {
    if member.name.is_empty() { member.id.as_str() } else { &member.name }
}

fn who(group: &Group, place: u32) -> String {
    let member = usize::try_from(place).ok().and_then(|place| group.members.get(place));
    member.map(|member| format!("{} ({})", name(member), member.id)).unwrap_or_default()
}

fn body(desk: Desk, group: &Arc<Group>) -> AnyView {
    let pairs = group.evidence.iter().map(|pair| evidence(desk, group, pair)).collect_view();
    view! {
        <div class="group-body">
            <h4>"Records"</h4>
            <ul class="group-members">{members(group)}</ul>
            <h4>"Why they are the same"</h4>
            <ul class="found-list">{pairs}</ul>
            {merge(group)}
        </div>
    }
    .into_any()
}

fn members(group: &Group) -> AnyView {
    let why = match group.master_by {
        Some(by) => format!("master record, chosen by: {}", tie_breaker(by).to_lowercase()),
        None => "master record; nothing tells them apart, so the first id".to_owned(),
    };
    group
        .members
        .iter()
        .enumerate()
        .map(|(place, member)| {
            let role = if place == 0 {
                view! { <span class="badge moved">{icon(Icon::Yes)} {why.clone()}</span> }.into_any()
            } else {
                view! { <span class="badge none">"merged into it"</span> }.into_any()
            };
            view! {
                <li class="group-member" class:master=place == 0>
                    <span class="found-name">
                        <strong>{name(member).to_owned()}</strong>
                        " "
                        <span class="quiet">
                            {text::words(member.object.word()).to_lowercase()} " " <code>{member.id.to_string()}</code>
                        </span>
                    </span>
                    {role}
                </li>
            }
        })
        .collect_view()
        .into_any()
}

fn evidence(desk: Desk, group: &Arc<Group>, pair: &PairEvidence) -> AnyView {
    let open = RwSignal::new(false);
    let (a, b) = (who(group, pair.between.0), who(group, pair.between.1));
    let caption = format!("{a} against {b}: what each comparison adds to the weight");
    let weight = format!("{} bits, {} %", bits(pair.waterfall.total.0), percent_text(pair.waterfall.probability.get()));
    let found = pair.waterfall.clone();
    let inside = move || {
        let of = desk.duplicates.with_untracked(|found| found.of);
        waterfall(&found, None, thresholds(desk, of), caption.clone())
    };
    view! {
        <li class="found-one">
            <details on:toggle=toggled(open)>
                <summary>
                    <span class="found-name">{a} <span class="quiet">" and "</span> {b}</span>
                    <span class="found-weight">{weight}</span>
                </summary>
                {move || open.get().then(&inside)}
            </details>
        </li>
    }
    .into_any()
}

/// What each field would hold; those in which all agree are counted and folded away.
fn merge(group: &Arc<Group>) -> AnyView {
    let changes = |field: &&Survivor| field.conflict || field.now.iter().any(|now| *now != field.value);
    let (differing, same): (Vec<&Survivor>, Vec<&Survivor>) = group.merge.iter().partition(changes);
    let conflicts = group.merge.iter().filter(|field| field.conflict).count();
    let all = RwSignal::new(differing.is_empty());
    let others = same.len();
    let rows = differing.into_iter().map(|field| row(group, field)).collect_view();
    let inside = Arc::clone(group);
    let rest = move || {
        all.get().then(|| {
            let same = inside.merge.iter().filter(|field| !changes(field));
            same.map(|field| row(&inside, field)).collect_view()
        })
    };
    view! {
        <h4>
            "What a merge keeps "
            {(conflicts > 0).then(|| view! { <span class="tally">{conflicts} " in conflict"</span> })}
        </h4>
        <table class="table small merge" role="table">
            <thead role="rowgroup">
                <tr role="row">
                    <th scope="col" role="columnheader">"Field"</th>
                    <th scope="col" role="columnheader">"Survives"</th>
                    <th scope="col" role="columnheader">"Replaces"</th>
                </tr>
            </thead>
            <tbody role="rowgroup">{rows} {rest}</tbody>
        </table>
        <Show when=move || { others > 0 }>
            <button
                type="button"
                class="link-button"
                aria-expanded=live(move || all.get().to_string())
                on:click=crate::ui::live::click(move |_| all.update(|all| *all = !*all))
            >
                {move || match (all.get(), others) {
                    (true, _) => "Hide fields in which all agree".to_owned(),
                    (false, 1) => "Show 1 field in which all agree".to_owned(),
                    (false, others) => format!("Show {others} fields in which all agree"),
                }}
            </button>
        </Show>
    }
    .into_any()
}

fn row(group: &Group, field: &Survivor) -> AnyView {
    let mark = field.conflict.then(|| view! { <span class="badge review">{icon(Icon::Warning)} "conflict"</span> });
    let replaced: Vec<AnyView> = field
        .now
        .iter()
        .zip(&group.members)
        .filter(|(now, _)| **now != field.value)
        .map(|(now, member)| {
            let value = if now.is_empty() {
                view! { <span class="quiet">"blank"</span> }.into_any()
            } else {
                view! { <span>{now.clone()}</span> }.into_any()
            };
            view! { <li>{value} " " <span class="quiet">"in " <code>{member.id.to_string()}</code></span></li> }
                .into_any()
        })
        .collect();
    let from = usize::try_from(field.from).ok().and_then(|from| group.members.get(from));
    let from = from.map(|member| member.id.to_string()).unwrap_or_default();
    let source = if field.from == 0 { " of the master" } else { "" };
    view! {
        <tr role="row" class:conflict=field.conflict>
            <th scope="row" role="rowheader"><code>{field.field.clone()}</code> {mark}</th>
            <td role="cell" data-of="Survives">
                <strong>{field.value.clone()}</strong>
                <span class="merge-from quiet">{source} " from " <code>{from}</code></span>
            </td>
            <td role="cell" data-of="Replaces">
                {if replaced.is_empty() {
                    view! { <span class="quiet">"nothing, all agree"</span> }.into_any()
                } else {
                    view! { <ul>{replaced}</ul> }.into_any()
                }}
            </td>
        </tr>
    }
    .into_any()
}
