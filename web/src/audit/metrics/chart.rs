//! A line over weeks and a reliability diagram, as plain SVG. The tables beside them say the same.

use interlock_core::audit::metrics::{Calibration, Figure, Indicator, WHOLE};
use leptos::prelude::*;

/// One week of a trend.
pub(super) struct Point {
    pub(super) name: String,
    pub(super) figure: Figure,
}

/// Width and height of a plot, and the margin around it.
const WIDTH: u64 = 600;
const HEIGHT: u64 = 120;
const MARGIN: u64 = 8;

fn up(value: u32, top: u32) -> u64 {
    MARGIN + HEIGHT - u64::from(value.min(top)) * HEIGHT / u64::from(top.max(1))
}

/// Values with their intervals, from left to right.
pub(super) fn line(metric: Indicator, points: &[Point]) -> AnyView {
    let value = |point: &Point| point.figure.value.unwrap_or(0);
    let most = points.iter().map(|point| point.figure.interval.map_or(value(point), |ends| ends.high)).max();
    let top = if metric == Indicator::Rollbacks { most.unwrap_or(0).max(10) } else { WHOLE };
    let steps = u64::try_from(points.len()).unwrap_or(1).saturating_sub(1).max(1);
    let across = |place: usize| MARGIN + u64::try_from(place).unwrap_or(0) * WIDTH / steps;
    let mut path = String::new();
    let mut spread = String::new();
    let mut dots = Vec::new();
    for (place, point) in points.iter().enumerate() {
        let (x, y) = (across(place), up(value(point), top));
        path.push_str(&format!("{}{x} {y}", if place == 0 { 'M' } else { 'L' }));
        if let Some(ends) = point.figure.interval {
            spread.push_str(&format!("M{x} {}V{}", up(ends.high, top), up(ends.low, top)));
        }
        let says = format!("{}: {}", point.name, metric.shown(value(point)));
        dots.push(view! { <circle cx=x.to_string() cy=y.to_string() r="3"><title>{says}</title></circle> });
    }
    let label = format!("{} over {} weeks; the table below has the figures", metric.name(), points.len());
    view! {
        <svg
            class="measure-chart"
            viewBox=format!("0 0 {} {}", WIDTH + 2 * MARGIN, HEIGHT + 2 * MARGIN)
            role="img"
            aria-label=label
        >
            <path class="axis" d=format!("M{MARGIN} {}H{}", MARGIN + HEIGHT, MARGIN + WIDTH)></path>
            <path class="spread" d=spread></path>
            <path class="line" d=path></path>
            <g class="dots">{dots}</g>
        </svg>
    }
    .into_any()
}

/// Stated against accepted: on the diagonal they are the same.
pub(super) fn reliability(one: &Calibration) -> AnyView {
    const SIDE: u64 = 220;
    let at = |value: u32| u64::from(value.min(WHOLE)) * SIDE / u64::from(WHOLE);
    let mut spread = String::new();
    let mut dots = Vec::new();
    for bin in &one.bins {
        let x = MARGIN + at(bin.stated);
        let y = |value: u32| MARGIN + SIDE - at(value);
        if let Some(ends) = bin.interval {
            spread.push_str(&format!("M{x} {}V{}", y(ends.high), y(ends.low)));
        }
        let cy = y(bin.share.value().unwrap_or(0));
        dots.push(view! { <circle cx=x.to_string() cy=cy.to_string() r="4"></circle> });
    }
    let (low, high) = (MARGIN, MARGIN + SIDE);
    view! {
        <svg
            class="measure-reliability"
            viewBox=format!("0 0 {0} {0}", SIDE + 2 * MARGIN)
            role="img"
            aria-label="Reliability diagram: stated confidence to the right, accepted upwards; the table beside it has the figures"
        >
            <path class="axis" d=format!("M{low} {low}V{high}H{high}")></path>
            <path class="diagonal" d=format!("M{low} {high}L{high} {low}")></path>
            <path class="spread" d=spread></path>
            <g class="dots">{dots}</g>
        </svg>
    }
    .into_any()
}
