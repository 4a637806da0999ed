//! Figures: tiles, the trend by week, what they are by workflow, version, rule, source and owner, and what is not measured.

use interlock_core::audit::metrics::{By, Figure, Indicator, Metrics, Slice};
use leptos::prelude::*;

use super::super::frame::Frame;
use super::chart::{self, Point};
use crate::state::text;
use crate::ui::live::{change, click, live};
use crate::ui::table::{Head, scrolled, table};

/// How many weeks the trend goes back.
const WEEKS: usize = 26;

/// A count as it is shown.
pub(super) fn many(number: u64) -> String {
    text::count(i64::try_from(number).unwrap_or(i64::MAX))
}

/// The interval of a figure.
pub(super) fn between(figure: &Figure) -> String {
    let shown = |value| figure.metric.shown(value);
    figure.interval.map_or_else(String::new, |interval| format!("{} – {}", shown(interval.low), shown(interval.high)))
}

/// A tile for each figure that was measured.
pub(super) fn tiles(metrics: &Metrics) -> impl IntoView {
    let tiles = metrics.overall.iter().filter_map(|figure| {
        let value = figure.metric.shown(figure.value?);
        let targets = metrics.targets.iter().filter(|target| target.figure.metric == figure.metric);
        let targets = targets.map(|target| {
            let least = if figure.metric.more_is_better() == Some(false) { "at most" } else { "at least" };
            let wanted = figure.metric.shown(u32::from(target.target.get()) * 10);
            let now = target.figure.value.map_or_else(String::new, |value| format!("{}, ", figure.metric.shown(value)));
            let reached = target.reached.words();
            view! { <li>{format!("{}: {least} {wanted}: {now}{reached}", target.workflow)}</li> }
        });
        let of = format!("{} of {}", many(figure.share.hits), many(figure.share.of));
        let spread = between(figure);
        let spread = (!spread.is_empty()).then(|| view! { <span class="measure-note">"95 in 100: " {spread}</span> });
        let few = figure.few.then(|| view! { <span class="measure-note">"Too few to conclude anything"</span> });
        Some(view! {
            <li class="measure">
                <span class="measure-name">{figure.metric.name()}</span>
                <span class="measure-value">{value}</span>
                {spread}
                <span class="measure-note">{of} ": " {figure.metric.counts()}</span>
                {few}
                <ul class="measure-targets">{targets.collect_view()}</ul>
            </li>
        })
    });
    let counts = metrics.counts.iter().filter(|one| one.count > 0);
    let counts: Vec<String> = counts.map(|one| format!("{} {}", many(one.count), one.what.name())).collect();
    view! {
        <section class="card" aria-labelledby="figures-title">
            <header class="card-head"><h3 id="figures-title">"Figures"</h3></header>
            <ul class="measure-tiles">{tiles.collect_view()}</ul>
            <p class="quiet">{if counts.is_empty() { String::new() } else { format!("Also: {}.", counts.join(", ")) }}</p>
        </section>
    }
}

/// What has no value, and what it needs.
pub(super) fn missing(metrics: &Metrics) -> impl IntoView {
    let rows = metrics.overall.iter().filter_map(|figure| {
        let needs = figure.needs.clone()?;
        Some(view! { <li><strong>{figure.metric.name()}</strong> ": " {needs}</li> })
    });
    let rows = rows.collect_view();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="missing-title">
                <header class="card-head"><h3 id="missing-title">"Not measured, and what it needs"</h3></header>
                <ul class="measure-list">{rows}</ul>
            </section>
        }
    })
}

fn of(slice: &Slice, metric: Indicator) -> Option<&Figure> {
    slice.figures.iter().find(|figure| figure.metric == metric && figure.value.is_some())
}

/// One figure over the weeks, and its table.
pub(super) fn trend(metrics: &Metrics) -> impl IntoView {
    let weeks: Vec<Slice> = metrics.slices.iter().filter(|slice| slice.by == By::Week).cloned().collect();
    let weeks: Vec<Slice> = weeks.get(weeks.len().saturating_sub(WEEKS)..).unwrap_or_default().to_vec();
    let there: Vec<Indicator> =
        Indicator::ALL.into_iter().filter(|metric| weeks.iter().any(|week| of(week, *metric).is_some())).collect();
    let first = [Indicator::SuggestionAcceptance, Indicator::RoutingCorrection];
    let first = first.into_iter().find(|metric| there.contains(metric)).or_else(|| there.first().copied())?;
    let chosen = RwSignal::new(first);
    let options = there.iter().map(|metric| {
        let word = metric.word();
        view! { <option value=word selected=*metric == first>{metric.name()}</option> }
    });
    let options = options.collect_view();
    let drawn = move || {
        let metric = chosen.get();
        let points = weeks.iter().filter_map(|week| {
            let figure = of(week, metric)?;
            Some(Point { name: week.key.clone(), figure: figure.clone() })
        });
        let points: Vec<Point> = points.collect();
        let rows = points.iter().map(|point| row(&point.name, &point.figure, false)).collect_view().into_any();
        let heads = [
            Head::Text("Week"),
            Head::Number("Value"),
            Head::Number("95 in 100 between"),
            Head::Number("Hits"),
            Head::Number("Of"),
        ];
        view! {
            {chart::line(metric, &points)}
            {scrolled("scroll-x", "The trend as a table", table("", &heads, rows))}
        }
    };
    Some(view! {
        <section class="card" aria-labelledby="trend-title">
            <header class="card-head">
                <h3 id="trend-title">"By week (ISO, UTC)"</h3>
                <label class="row">
                    <span class="label">"Figure"</span>
                    <select
                        class="input select"
                        on:change=change(move |event| {
                            let word = event_target_value(&event);
                            if let Some(metric) = Indicator::ALL.into_iter().find(|metric| metric.word() == word) {
                                chosen.set(metric);
                            }
                        })
                    >
                        {options}
                    </select>
                </label>
            </header>
            {drawn}
        </section>
    })
}

fn row(name: &str, figure: &Figure, with_metric: bool) -> AnyView {
    let value = figure.value.map_or_else(String::new, |value| figure.metric.shown(value));
    let few = if figure.few { " (few)" } else { "" };
    view! {
        <tr>
            <th scope="row">{name.to_owned()}</th>
            {with_metric.then(|| view! { <td>{figure.metric.name()}</td> })}
            <td class="num">{value}</td>
            <td class="num">{between(figure)}</td>
            <td class="num">{many(figure.share.hits)}</td>
            <td class="num">{many(figure.share.of)} {few}</td>
        </tr>
    }
    .into_any()
}

/// The same by something else.
pub(super) fn slices(frame: Frame, metrics: &Metrics) -> impl IntoView {
    let all: Vec<Slice> = metrics.slices.iter().filter(|slice| slice.by != By::Week).cloned().collect();
    let chosen = RwSignal::new(By::Workflow);
    let buttons = By::ALL.into_iter().filter(|by| *by != By::Week).map(|by| {
        view! {
            <button
                type="button"
                class="segment"
                aria-pressed=live(move || (chosen.get() == by).to_string())
                on:click=click(move |_| chosen.set(by))
            >
                {text::words(by.word())}
            </button>
        }
    });
    let buttons = buttons.collect_view();
    let rows = move || {
        let by = chosen.get();
        let some = all.iter().filter(|slice| slice.by == by);
        let rows = some.flat_map(|slice| {
            let name = match by {
                _ if slice.key.is_empty() => "(none)".to_owned(),
                By::Owner => frame.owner(&slice.key),
                _ => slice.key.clone(),
            };
            slice.figures.iter().filter(|figure| figure.value.is_some()).map(move |figure| row(&name, figure, true))
        });
        rows.collect_view().into_any()
    };
    let heads = [
        Head::Text("Which"),
        Head::Text("Figure"),
        Head::Number("Value"),
        Head::Number("95 in 100 between"),
        Head::Number("Hits"),
        Head::Number("Of"),
    ];
    view! {
        <section class="card" aria-labelledby="slices-title">
            <header class="card-head">
                <h3 id="slices-title">"Cut up by"</h3>
                <div class="segments" role="group" aria-label="Cut up by">{buttons}</div>
            </header>
            {move || scrolled("scroll-x scroll-y measure-slices", "Figures cut up", table("", &heads, rows()))}
        </section>
    }
}
