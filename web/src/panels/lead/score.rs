//! Each score of a lead as a waterfall from nought: what counts, what was found, what could still count.

use leptos::prelude::*;
use serde_json::Value;

use crate::desk::Desk;
use crate::state::text;
use crate::state::traced::{self, Row, Scored};
use crate::ui::badge::arrow;
use crate::ui::link::to_contract;
use crate::ui::waterfall::{Axis, Bar, Chart, Thresholds};

/// Draws all of them.
pub(super) fn scores(desk: Desk, before: &Value, after: &Value) -> Option<AnyView> {
    let scores = traced::scores(before, after);
    let drawn = scores.iter().map(|scored| score(desk, scored)).collect_view();
    (!scores.is_empty()).then(|| view! { <div class="found">{drawn}</div> }.into_any())
}

fn signed(points: i32) -> String {
    text::signed(points.into())
}

fn score(desk: Desk, scored: &Scored) -> AnyView {
    let same = scored.before == scored.after && scored.rows.iter().all(|row| row.before == row.after);
    let spans = scored.rows.iter().flat_map(|row| [row.before, row.after]).flatten();
    let mut sums: Vec<i32> = spans.flat_map(|(from, to)| [from, to]).collect();
    let points = |side: &Option<(i32, String)>| side.as_ref().map(|(points, _)| *points);
    let (was, is) = (points(&scored.before), points(&scored.after));
    sums.extend(was.into_iter().chain(is));
    let chart = Chart { axis: Axis::over(&sums, 1), thresholds: Thresholds::default(), figure: signed, pale: !same };
    let rows = scored.rows.iter().map(|row| drawn(desk, &chart, row, same)).collect();
    let name = text::words(&scored.id);
    let caption = format!("{name}: what each rule adds to the score or takes from it");
    let total = |points: Option<i32>| points.map(|points| (0, points));
    let before = total(was).filter(|_| !same);
    let foot = chart.row(Bar { what: "Score".into_any(), now: total(is), before }, true);
    let band = |side: &Option<(i32, String)>| match side {
        None => "no score".to_owned(),
        Some((points, band)) if band.is_empty() => points.to_string(),
        Some((points, band)) => format!("{points} {band}"),
    };
    let (old, new) = (band(&scored.before), band(&scored.after));
    let moved = (old != new).then(|| view! { <span class="before">{old}</span> {arrow()} });
    let missing = (!scored.missing.is_empty()).then(|| missing(desk, &scored.missing));
    view! {
        <details class="score-found" open=!same>
            <summary>
                <strong class="found-name">{name}</strong>
                <span class="found-weight">{moved} {new}</span>
            </summary>
            <div class="waterfall">{chart.table(caption, ["What counts", "Points"], rows, foot)} {missing}</div>
        </details>
    }
    .into_any()
}

fn drawn(desk: Desk, chart: &Chart, row: &Row, same: bool) -> AnyView {
    let how = (!row.how.is_empty()).then(|| view! { <span class="wf-how">{row.how.join("; ")}</span> });
    let what = view! {
        {to_contract(desk, row.address.clone(), "line-text", super::super::changed::code(&row.what))}
        {how}
    };
    chart.row(Bar { what: what.into_any(), now: row.after, before: row.before.filter(|_| !same) }, false)
}

fn missing(desk: Desk, missing: &[(String, String)]) -> AnyView {
    let all = missing
        .iter()
        .map(|(address, words)| {
            view! { <li>{to_contract(desk, address.clone(), "line-text", super::super::changed::code(words))}</li> }
        })
        .collect_view();
    view! {
        <div class="wf-missing">
            <p class="quiet">"What could still count:"</p>
            <ul class="could-count">{all}</ul>
        </div>
    }
    .into_any()
}
