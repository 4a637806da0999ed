//! One row of the table of moved leads.

use interlock_core::preview::view::{Change, Move, ScoreMove};
use leptos::prelude::*;

use crate::state::text;
use crate::ui::badge::{self, arrow, place_class};

/// The cells of a row.
pub(super) fn cells(lead: &Move) -> AnyView {
    let place = |place: &interlock_core::preview::view::Place| {
        view! {
            <span class=format!("place {}", place_class(place.kind))>{text::place(place)}</span>
        }
        .into_any()
    };
    let stays = lead.from == lead.to;
    let rule = match (&lead.rule_before, &lead.rule_after) {
        (before, after) if before == after => {
            after.as_ref().map(|rule| view! { <code>{rule.to_string()}</code> }.into_any())
        }
        (before, after) => Some(
            view! {
                <span class="delta">
                    <code class="before">{rule_name(before.as_ref())}</code>
                    {arrow()}
                    <code>{rule_name(after.as_ref())}</code>
                </span>
            }
            .into_any(),
        ),
    };
    let title = match (&lead.rule_before, &lead.rule_after) {
        (Some(before), Some(after)) if before != after => format!("{before} → {after}"),
        (_, Some(after)) => after.to_string(),
        (_, None) => String::new(),
    };
    let changes = lead
        .changes
        .iter()
        .filter(|change| {
            // Said by the finer ones.
            !matches!(change, Change::Rerouted)
                || !lead
                    .changes
                    .iter()
                    .any(|other| matches!(other, Change::ReroutedByRule | Change::ReroutedByRotation))
        })
        .map(|change| badge::change(*change))
        .collect_view();
    view! {
        <div class="cell c-lead" role="gridcell">
            <span class="lead-name">{lead.name.clone()}</span>
            <span class="lead-company">{lead.company.clone()}</span>
        </div>
        <div class="cell c-from" class:same=stays role="gridcell">{place(&lead.from)}</div>
        <div class="cell c-to" class:same=stays role="gridcell">
            <span class="only-narrow">{arrow()}</span>
            {place(&lead.to)}
        </div>
        <div class="cell c-rule" role="gridcell" title=title>{rule}</div>
        <div class="cell c-score num" role="gridcell">{largest(&lead.scores).map(score)}</div>
        <div class="cell c-changes" role="gridcell">{changes}</div>
    }
    .into_any()
}

fn rule_name(rule: Option<&interlock_core::id::RuleId>) -> String {
    rule.map_or_else(|| "none".to_owned(), ToString::to_string)
}

/// The score that changes most.
fn largest(scores: &[ScoreMove]) -> Option<&ScoreMove> {
    scores.iter().reduce(|a, b| if b.after.abs_diff(b.before) > a.after.abs_diff(a.before) { b } else { a })
}

fn score(score: &ScoreMove) -> AnyView {
    view! {
        <span class="score-name">{score.score.to_string()}</span>
        {badge::delta(score.before, score.after)}
    }
    .into_any()
}
