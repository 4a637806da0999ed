//! Tiles: how many leads change, and how. Each filters the table.

use interlock_core::preview::view::{Change, Counts, Summary};
use leptos::prelude::*;

use crate::desk::Desk;
use crate::state::text;
use crate::ui::badge::delta;
use crate::ui::live::{click, live};

/// One tile's figure.
struct Tile {
    label: &'static str,
    about: &'static str,
    change: Change,
    leads: u32,
    class: &'static str,
    parts: Vec<(&'static str, Change, u32)>,
}

fn figures(counts: &Counts) -> Vec<Tile> {
    let tile = |label, about, change, leads, class, parts| Tile { label, about, change, leads, class, parts };
    vec![
        tile(
            "Rerouted",
            "Leads with another owner, pool or queue",
            Change::Rerouted,
            counts.rerouted,
            "moved",
            vec![
                ("by rule", Change::ReroutedByRule, counts.rerouted_by_rule),
                ("by rotation", Change::ReroutedByRotation, counts.rerouted_by_rotation),
            ],
        ),
        tile(
            "Rescored",
            "Leads with another score",
            Change::Rescored,
            counts.rescored,
            "moved",
            vec![("other band", Change::Rebanded, counts.rebanded)],
        ),
        tile(
            "Verdict changed",
            "Leads with another verdict on any action",
            Change::VerdictChanged,
            counts.verdict_changed,
            "suggest",
            Vec::new(),
        ),
        tile(
            "Newly for review",
            "Leads held for a person that were not",
            Change::NewlyForReview,
            counts.newly_for_review,
            "review",
            vec![("no longer", Change::NoLongerForReview, counts.no_longer_for_review)],
        ),
        tile(
            "Newly suppressed",
            "Leads automation must now leave alone",
            Change::NewlySuppressed,
            counts.newly_suppressed,
            "block",
            vec![("released", Change::Released, counts.released)],
        ),
    ]
}

/// Draws the tiles.
pub(crate) fn tiles(desk: Desk, summary: &Summary) -> impl IntoView {
    let total = summary.leads;
    let counts = &summary.counts;
    let pick = move |change: Change| {
        desk.refilter(|filter| {
            filter.unchanged_too = false;
            filter.change = (filter.change != Some(change)).then_some(change);
        });
    };
    let pressed = move |change: Change| move || desk.filter.with(|filter| filter.change == Some(change));
    let tiles = figures(counts)
        .into_iter()
        .map(|tile| {
            let on = pressed(tile.change);
            let parts = tile
                .parts
                .into_iter()
                .map(|(label, change, leads)| {
                    let on = pressed(change);
                    view! {
                        <button
                            type="button"
                            class="part-count"
                            aria-pressed=live(move || on().to_string())
                            disabled={leads == 0}
                            on:click=click(move |_| pick(change))
                        >
                            <span class="figure">{text::count(leads)}</span>
                            " "
                            {label}
                        </button>
                    }
                })
                .collect_view();
            view! {
                <li class=format!("tile {}", tile.class) class:zero={tile.leads == 0}>
                    <button
                        type="button"
                        class="tile-main"
                        title=tile.about
                        aria-pressed=live(move || on().to_string())
                        on:click=click(move |_| pick(tile.change))
                    >
                        <span class="tile-label">{tile.label}</span>
                        <span class="tile-figure">{text::count(tile.leads)}</span>
                        <span class="tile-share">{text::percent(tile.leads, total)}</span>
                    </button>
                    <div class="tile-parts">{parts}</div>
                </li>
            }
        })
        .collect_view();
    let escalated = pressed(Change::NewlyEscalated);
    let unchanged = total.saturating_sub(counts.changed);
    let everything = move || desk.filter.with(|filter| filter.unchanged_too);
    view! {
        <ul class="tiles" aria-label="Counts of leads; each filters the table below">
            {tiles}
            <li class="tile review" class:zero={counts.escalated_before == counts.escalated_after}>
                <button
                    type="button"
                    class="tile-main"
                    title="Leads whose routing rules disagree or escalate by themselves, so that a person must decide"
                    aria-pressed=live(move || escalated().to_string())
                    on:click=click(move |_| pick(Change::NewlyEscalated))
                >
                    <span class="tile-label">"Escalated"</span>
                    <span class="tile-figure">
                        {delta(counts.escalated_before, counts.escalated_after)}
                    </span>
                    <span class="tile-share">"a person decides"</span>
                </button>
            </li>
            <li class="tile calm">
                <button
                    type="button"
                    class="tile-main"
                    title="Leads for which nothing changes; click to list all leads"
                    aria-pressed=live(move || everything().to_string())
                    on:click=click(move |_| {
                        desk.refilter(|filter| {
                            filter.change = None;
                            filter.unchanged_too = !filter.unchanged_too;
                        });
                    })
                >
                    <span class="tile-label">"Unchanged"</span>
                    <span class="tile-figure">{text::count(unchanged)}</span>
                    <span class="tile-share">{text::percent(unchanged, total)}</span>
                </button>
            </li>
        </ul>
    }
}
