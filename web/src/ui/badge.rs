//! Small marks: verdicts with icon and word, ways of changing, figures before and after.

use interlock_core::check::Severity;
use interlock_core::contract::Verdict;
use interlock_core::preview::view::{Change, PlaceKind};
use leptos::prelude::*;

use super::icon::{Icon, icon};
use crate::state::text;

/// A verdict: icon, word and colour.
pub(crate) fn verdict(verdict: Verdict) -> AnyView {
    let (sign, class) = match verdict {
        Verdict::Auto => (Icon::Auto, "badge auto"),
        Verdict::Suggest => (Icon::Suggest, "badge suggest"),
        Verdict::Review => (Icon::Review, "badge review"),
        Verdict::Block => (Icon::Block, "badge block"),
    };
    view! { <span class=class>{icon(sign)} {text::verdict(verdict)}</span> }.into_any()
}

/// A verdict before and after; one side may be missing.
pub(crate) fn verdicts(before: Option<Verdict>, after: Option<Verdict>) -> AnyView {
    let side = |side: Option<Verdict>| match side {
        Some(found) => verdict(found),
        None => view! { <span class="badge none">"not asked"</span> }.into_any(),
    };
    view! {
        <span class="delta">
            <span class="before">{side(before)}</span>
            {arrow()}
            {side(after)}
        </span>
    }
    .into_any()
}

/// The arrow between before and after.
pub(crate) fn arrow() -> impl IntoView {
    view! {
        <span class="arrow" aria-hidden="true">
            "→"
        </span>
        <span class="sr">" to "</span>
    }
}

/// A figure before and after; one figure where nothing changed.
pub(crate) fn delta(before: impl Into<i64>, after: impl Into<i64>) -> AnyView {
    let (before, after) = (before.into(), after.into());
    if before == after {
        return view! { <span class="delta same">{text::count(after)}</span> }.into_any();
    }
    view! {
        <span class="delta">
            <span class="before">{text::count(before)}</span>
            {arrow()}
            <span class="after">{text::count(after)}</span>
        </span>
    }
    .into_any()
}

/// A way of changing.
pub(crate) fn change(kind: Change) -> AnyView {
    let class = match kind {
        Change::Rerouted | Change::ReroutedByRule => "chip moved",
        Change::ReroutedByRotation => "chip turned",
        Change::Rescored | Change::Rebanded => "chip",
        Change::VerdictChanged => "chip suggest",
        Change::NewlySuppressed => "chip block",
        Change::NewlyForReview | Change::NewlyEscalated => "chip review",
        Change::Released | Change::NoLongerForReview => "chip auto",
    };
    view! { <span class=class>{text::change(kind)}</span> }.into_any()
}

/// How a place is coloured.
pub(crate) const fn place_class(kind: PlaceKind) -> &'static str {
    match kind {
        PlaceKind::Owner => "owner",
        PlaceKind::Queue => "queue",
        PlaceKind::Escalated => "escalated",
        PlaceKind::Unrouted => "unrouted",
        PlaceKind::Blocked => "blocked",
        PlaceKind::NotEligible => "not-eligible",
    }
}

/// How grave a finding is: icon, word and colour.
pub(crate) fn severity(severity: Severity) -> AnyView {
    let (sign, class, word) = match severity {
        Severity::Error => (Icon::Error, "badge block", "Error"),
        Severity::Warning => (Icon::Warning, "badge review", "Warning"),
        Severity::Info => (Icon::Info, "badge none", "Note"),
    };
    view! { <span class=class>{icon(sign)} {word}</span> }.into_any()
}
