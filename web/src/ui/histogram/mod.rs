//! A score's distribution: before pale, after strong, with the lines where bands begin.

mod layout;

use interlock_core::preview::view::Distribution;
use leptos::prelude::*;

use super::badge::delta;
use crate::state::text;
use crate::ui::table::{Head, table};

/// Draws a distribution.
pub(crate) fn histogram(scores: &Distribution) -> AnyView {
    let bars = layout::bars(&scores.buckets)
        .into_iter()
        .map(|bar| {
            let (before, after) = split(bar.left, bar.width);
            view! {
                <rect
                    class="bar-before"
                    x=before.0
                    width=before.1
                    y=from_top(bar.before)
                    height=bar.before
                ></rect>
                <rect
                    class="bar-after"
                    x=after.0
                    width=after.1
                    y=from_top(bar.after)
                    height=bar.after
                ></rect>
            }
        })
        .collect_view();
    let thresholds = layout::thresholds(&scores.buckets, &scores.bands)
        .into_iter()
        .map(|line| {
            view! {
                <span
                    class="threshold"
                    class:old=line.old
                    style:left=format!("{:.2}%", line.left)
                >
                    <span class="threshold-label">
                        {if line.old { String::new() } else { format!("{} {}", line.band, line.at) }}
                    </span>
                </span>
            }
        })
        .collect_view();
    let grid = layout::count_ticks(&scores.buckets)
        .into_iter()
        .map(|tick| {
            view! {
                <span class="grid-line" style:bottom=format!("{:.2}%", tick.at)>
                    <span class="grid-label">{text::count(tick.value)}</span>
                </span>
            }
        })
        .collect_view();
    let ticks = layout::score_ticks(&scores.buckets)
        .into_iter()
        .map(|tick| {
            view! {
                <span class="tick" style:left=format!("{:.2}%", tick.at)>
                    {tick.value}
                </span>
            }
        })
        .collect_view();
    view! {
        <div class="histogram" aria-hidden="true">
            <div class="plot">
                {grid}
                <svg class="bars" viewBox="0 0 100 100" preserveAspectRatio="none">
                    {bars}
                </svg>
                {thresholds}
            </div>
            <div class="axis">{ticks}</div>
        </div>
    }
    .into_any()
}

/// The bands as a table: it says in figures what the picture shows.
pub(crate) fn band_table(scores: &Distribution) -> AnyView {
    let rows = scores
        .bands
        .iter()
        .rev()
        .map(|band| {
            let name = if band.band.is_empty() { "below every band".to_owned() } else { band.band.clone() };
            let starts = match (band.at_least_before, band.at_least_after) {
                (Some(before), Some(after)) => delta(before, after),
                (None, Some(only)) => view! { <span>{only} " (new)"</span> }.into_any(),
                (Some(only), None) => view! { <span>{only} " (gone)"</span> }.into_any(),
                (None, None) => view! { <span>"–"</span> }.into_any(),
            };
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td class="num">{starts}</td>
                    <td class="num">{delta(band.before, band.after)}</td>
                    <td class="num">{text::signed(i64::from(band.after) - i64::from(band.before))}</td>
                </tr>
            }
        })
        .collect_view();
    table(
        "",
        &[Head::Text("Band"), Head::Number("From"), Head::Number("Leads"), Head::Number("Change")],
        rows.into_any(),
    )
}

/// The ranges as a table.
pub(crate) fn bucket_table(scores: &Distribution) -> AnyView {
    let rows = scores
        .buckets
        .iter()
        .map(|bucket| {
            view! {
                <tr>
                    <th scope="row" class="num">{format!("{} to {}", bucket.from, bucket.to)}</th>
                    <td class="num">{text::count(bucket.before)}</td>
                    <td class="num">{text::count(bucket.after)}</td>
                    <td class="num">{text::signed(i64::from(bucket.after) - i64::from(bucket.before))}</td>
                </tr>
            }
        })
        .collect_view();
    table(
        "",
        &[Head::Number("Score"), Head::Number("Before"), Head::Number("After"), Head::Number("Change")],
        rows.into_any(),
    )
}

/// Room for the two bars of a range: the pale one wide behind, the strong one narrow before it.
#[expect(clippy::float_arithmetic, reason = "pixels, never hashed")]
fn split(left: f64, width: f64) -> ((f64, f64), (f64, f64)) {
    ((left + width * 0.06, width * 0.88), (left + width * 0.26, width * 0.48))
}

#[expect(clippy::float_arithmetic, reason = "pixels, never hashed")]
fn from_top(height: f64) -> f64 {
    100.0 - height
}
