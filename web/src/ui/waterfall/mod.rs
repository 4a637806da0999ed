//! A waterfall: how a pair of records comes to its match weight, step by step along one axis of bits.
//!
//! Input: a waterfall of the engine, one of before where the baseline weighs otherwise, and the contract's thresholds.
//! Output: one table that is the picture too: each row has its bar between where the sum stood and where it goes.
//! What speaks against has a bar that is hatched and goes left, and a minus. Invariant: the `data` elements of the rows
//! add up to that of the foot, exactly.

mod layout;

use interlock_core::contract::Attribute;
use interlock_core::identity::Waterfall;
use interlock_core::identity::waterfall::Step;
use leptos::prelude::*;

use self::layout::{Axis, axis};
use super::badge;
use super::icon::{Icon, icon};
use crate::state::linkage::{agrees, attribute, bits};
use crate::ui::field::percent_text;

/// From which weight on a person looks, and from which on it is probable, in thousandths of a bit; with the
/// probabilities the contract states, per mille.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Thresholds {
    pub(crate) review: Option<(i32, u16)>,
    pub(crate) probable: Option<(i32, u16)>,
}

/// Draws a waterfall. `caption` says which pair it is of.
pub(crate) fn waterfall(
    now: &Waterfall,
    before: Option<&Waterfall>,
    thresholds: Thresholds,
    caption: String,
) -> AnyView {
    let before = before.filter(|before| *before != now);
    let lines: Vec<i32> = [thresholds.review, thresholds.probable].into_iter().flatten().map(|(at, _)| at).collect();
    let axis = axis(now, &lines);
    let shown = |step: &&Step| step.is != "missing" || step.weight.0 != 0;
    let missing: Vec<String> =
        now.steps.iter().filter(|step| !shown(step)).map(|step| attribute(step.of).to_lowercase()).collect();
    let mut sum = now.prior.0;
    let mut rows = vec![row(
        "Before anything is compared".to_owned(),
        ().into_any(),
        (0, sum),
        before.map(|before| before.prior.0),
        &axis,
        thresholds,
    )];
    for step in now.steps.iter().filter(shown) {
        let from = sum;
        sum += step.weight.0;
        let earlier = before.and_then(|before| before.steps.iter().find(|other| other.of == step.of));
        let earlier = earlier.map(|step| step.weight.0);
        rows.push(row(attribute(step.of), how(step), (from, sum), earlier, &axis, thresholds));
    }
    if let Some(exchanged) = now.exchanged {
        let from = sum;
        sum += exchanged.0;
        let what = "Given name and surname are exchanged".to_owned();
        let earlier = before.map(|before| before.exchanged.map_or(0, |weight| weight.0));
        rows.push(row(what, ().into_any(), (from, sum), earlier, &axis, thresholds));
    }
    let not_compared = (!missing.is_empty()).then(|| {
        view! {
            <p class="wf-missing quiet">
                {format!("Not compared, no value on one side: {}.", missing.join(", "))}
            </p>
        }
    });
    let ticks = axis
        .ticks()
        .map(|tick| {
            let style = axis.place(tick);
            let text = (tick / 1000).to_string().replace('-', "−");
            view! { <span class="wf-tick" class:nought=tick == 0 style:left=style>{text}</span> }
        })
        .collect_view();
    view! {
        <div class="waterfall">
            <table class="wf">
                <caption class="sr">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">"What is compared"</th>
                        <td class="wf-axis" aria-hidden="true">{ticks}</td>
                        <th scope="col" class="num">"Bits"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
                <tfoot>
                    <tr>
                        <th scope="row">
                            "Total"
                            <span class="wf-how">
                                {format!("{} % probable", percent_text(now.probability.get()))}
                                {before.map(|before| {
                                    format!(" (before {} %)", percent_text(before.probability.get()))
                                })}
                            </span>
                        </th>
                        {track((0, now.total.0), "wf-bar total", &axis, thresholds)}
                        {weight(now.total.0, before.map(|before| before.total.0))}
                    </tr>
                </tfoot>
            </table>
            {not_compared}
            {legend(thresholds)}
        </div>
    }
    .into_any()
}

fn row(
    what: String,
    how: AnyView,
    (from, to): (i32, i32),
    before: Option<i32>,
    axis: &Axis,
    thresholds: Thresholds,
) -> AnyView {
    let class = if to < from { "wf-bar less" } else { "wf-bar more" };
    let changed = before.is_some_and(|before| before != to - from);
    view! {
        <tr class:changed=changed>
            <th scope="row">{what} {how}</th>
            {track((from, to), class, axis, thresholds)}
            {weight(to - from, before)}
        </tr>
    }
    .into_any()
}

/// How two values agree, and the values.
fn how(step: &Step) -> AnyView {
    let rarity = step.rarity.map(|rarity| {
        let (sign, word) = if rarity.0 < 0 { (Icon::Down, "frequent value") } else { (Icon::Up, "rare value") };
        view! { <span class="wf-rarity">{icon(sign)} {word} " " {bits(rarity.0)}</span> }
    });
    let value = |value: &str| if value.is_empty() { "blank".to_owned() } else { shown_value(step.of, value) };
    let values = if step.ours == step.theirs {
        view! { <span class="wf-values">{value(&step.ours)}</span> }.into_any()
    } else {
        view! {
            <span class="wf-values">
                {value(&step.ours)} <span class="wf-against" aria-hidden="true">"↔"</span>
                <span class="sr">" against "</span> {value(&step.theirs)}
            </span>
        }
        .into_any()
    };
    view! { <span class="wf-how">{agrees(step)} {rarity}</span> {values} }.into_any()
}

/// A value in normal form as a person reads it.
pub(crate) fn shown_value(of: Attribute, value: &str) -> String {
    match of {
        Attribute::Country | Attribute::State if value.len() <= 3 => value.to_uppercase(),
        _ => value.to_owned(),
    }
}

/// The cell of a bar, with the threshold lines that run through all of them.
fn track((from, to): (i32, i32), class: &'static str, axis: &Axis, thresholds: Thresholds) -> AnyView {
    let line = |threshold: Option<(i32, u16)>, class: &'static str| {
        threshold.map(|(at, _)| view! { <span class=class style:left=axis.place(at)></span> })
    };
    let (low, high) = (from.min(to), from.max(to));
    view! {
        <td class="wf-track" aria-hidden="true">
            <span class="wf-line nought" style:left=axis.place(0)></span>
            {line(thresholds.review, "wf-line review")}
            {line(thresholds.probable, "wf-line probable")}
            <span class=class style:left=axis.place(low) style:width=axis.width(low, high)></span>
        </td>
    }
    .into_any()
}

fn weight(now: i32, before: Option<i32>) -> AnyView {
    let earlier = before.filter(|before| *before != now).map(|before| {
        view! { <span class="before">{bits(before)}</span> {badge::arrow()} }
    });
    view! { <td class="num wf-bits">{earlier} <data value=now.to_string()>{bits(now)}</data></td> }.into_any()
}

fn legend(thresholds: Thresholds) -> AnyView {
    let line = |threshold: Option<(i32, u16)>, class: &'static str, word: &'static str| {
        threshold.map(|(at, share)| {
            view! {
                <span class=class>
                    {format!("{word} from {} bits ({} %)", bits(at), percent_text(share))}
                </span>
            }
        })
    };
    view! {
        <p class="wf-legend">
            {line(thresholds.review, "wf-key review", "for review")}
            {line(thresholds.probable, "wf-key probable", "probable")}
        </p>
    }
    .into_any()
}
