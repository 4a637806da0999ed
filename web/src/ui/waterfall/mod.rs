//! A waterfall: how a sum comes about, step by step along one axis: the match weight of a pair of records in bits, a score in
//! points.
//!
//! Input: the steps, those of before where the baseline comes to others, and thresholds.
//! Output: one table that is the picture too: each row has its bar between where the sum stood and where it goes.
//! What speaks against has a bar that is hatched and goes left, and a minus. Invariant: the `data` elements of the rows
//! add up to that of the foot, exactly.

mod layout;

use interlock_core::contract::Attribute;
use interlock_core::identity::Waterfall;
use interlock_core::identity::waterfall::Step;
use leptos::prelude::*;

pub(crate) use self::layout::Axis;
use self::layout::axis;
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

/// What all rows of a chart share.
pub(crate) struct Chart {
    pub(crate) axis: Axis,
    pub(crate) thresholds: Thresholds,
    /// How a figure is written.
    pub(crate) figure: fn(i32) -> String,
    /// Whether the bars of before are drawn, pale, behind those of now.
    pub(crate) pale: bool,
}

/// A row of a chart: from which sum to which, now and before.
pub(crate) struct Bar {
    pub(crate) what: AnyView,
    pub(crate) now: Option<(i32, i32)>,
    pub(crate) before: Option<(i32, i32)>,
}

impl Chart {
    /// Draws a table that is the picture too.
    pub(crate) fn table(
        &self,
        caption: String,
        heads: [&'static str; 2],
        rows: Vec<AnyView>,
        foot: AnyView,
    ) -> AnyView {
        let [what, figures] = heads;
        let tick = |tick| {
            let style = self.axis.place(tick);
            view! { <span class="wf-tick" class:nought=tick == 0 style:left=style>{self.axis.text(tick)}</span> }
        };
        let ticks = self.axis.ticks().map(tick).collect_view();
        view! {
            <table class="wf">
                <caption class="sr">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{what}</th>
                        <td class="wf-axis" aria-hidden="true">{ticks}</td>
                        <th scope="col" class="num">{figures}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
                <tfoot>{foot}</tfoot>
            </table>
        }
        .into_any()
    }

    /// Draws a row; the last one is the total.
    pub(crate) fn row(&self, bar: Bar, total: bool) -> AnyView {
        let worth = |span: Option<(i32, i32)>| span.map(|(from, to)| to - from);
        let (now, before) = (worth(bar.now), worth(bar.before));
        let class = match now {
            _ if total => "wf-bar total",
            Some(..0) => "wf-bar less",
            _ => "wf-bar more",
        };
        let changed = !total && bar.before.is_some() && before != now;
        let earlier = bar.before.filter(|_| self.pale);
        view! {
            <tr class:changed=changed>
                <th scope="row">{bar.what}</th>
                {self.track(bar.now, class, earlier)}
                {self.figures(now, before)}
            </tr>
        }
        .into_any()
    }

    /// The cell of a bar, with the threshold lines that run through all of them.
    fn track(&self, now: Option<(i32, i32)>, class: &'static str, before: Option<(i32, i32)>) -> AnyView {
        let line = |threshold: Option<(i32, u16)>, class: &'static str| {
            threshold.map(|(at, _)| view! { <span class=class style:left=self.axis.place(at)></span> })
        };
        let bar = |span: Option<(i32, i32)>, class: &'static str| {
            span.map(|(from, to)| {
                let (low, high) = (from.min(to), from.max(to));
                view! { <span class=class style:left=self.axis.place(low) style:width=self.axis.width(low, high)></span> }
            })
        };
        view! {
            <td class="wf-track" aria-hidden="true">
                <span class="wf-line nought" style:left=self.axis.place(0)></span>
                {line(self.thresholds.review, "wf-line review")}
                {line(self.thresholds.probable, "wf-line probable")}
                {bar(before, "wf-was")}
                {bar(now, class)}
            </td>
        }
        .into_any()
    }

    fn figures(&self, now: Option<i32>, before: Option<i32>) -> AnyView {
        let earlier = before.filter(|before| Some(*before) != now).map(|before| {
            view! { <span class="before">{(self.figure)(before)}</span> {badge::arrow()} }
        });
        let value = now.unwrap_or_default();
        let words = now.map_or_else(|| "none".to_owned(), self.figure);
        view! { <td class="num wf-bits">{earlier} <data value=value.to_string()>{words}</data></td> }.into_any()
    }
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
    let chart = Chart { axis: axis(now, &lines), thresholds, figure: bits, pale: false };
    let shown = |step: &&Step| step.is != "missing" || step.weight.0 != 0;
    let missing: Vec<String> =
        now.steps.iter().filter(|step| !shown(step)).map(|step| attribute(step.of).to_lowercase()).collect();
    let mut sum = 0;
    let mut rows = Vec::new();
    let mut add = |what: AnyView, weight: i32, before: Option<i32>| {
        let from = sum;
        sum += weight;
        rows.push(chart.row(Bar { what, now: Some((from, sum)), before: before.map(|before| (0, before)) }, false));
    };
    add("Before anything is compared".into_any(), now.prior.0, before.map(|before| before.prior.0));
    for step in now.steps.iter().filter(shown) {
        let earlier = before.and_then(|before| before.steps.iter().find(|other| other.of == step.of));
        let what = view! { {attribute(step.of)} {how(step)} }.into_any();
        add(what, step.weight.0, earlier.map(|step| step.weight.0));
    }
    if let Some(exchanged) = now.exchanged {
        let earlier = before.map(|before| before.exchanged.map_or(0, |weight| weight.0));
        add("Given name and surname are exchanged".into_any(), exchanged.0, earlier);
    }
    let not_compared = (!missing.is_empty()).then(|| {
        view! {
            <p class="wf-missing quiet">
                {format!("Not compared, no value on one side: {}.", missing.join(", "))}
            </p>
        }
    });
    let probable = format!("{} % probable", percent_text(now.probability.get()));
    let earlier = before.map(|before| format!(" (before {} %)", percent_text(before.probability.get())));
    let what = view! { "Total" <span class="wf-how">{probable} {earlier}</span> }.into_any();
    let total = before.map(|before| (0, before.total.0));
    let foot = chart.row(Bar { what, now: Some((0, now.total.0)), before: total }, true);
    view! {
        <div class="waterfall">
            {chart.table(caption, ["What is compared", "Bits"], rows, foot)}
            {not_compared}
            {legend(thresholds)}
        </div>
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
