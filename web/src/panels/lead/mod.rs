//! How one lead came to its scores, its place and its note: drawn below the lines of their stages.

mod ladder;
mod note;
mod pool;
mod score;

use leptos::prelude::*;
use serde_json::Value;

use crate::desk::Desk;
use crate::state::decided::Decided;

/// What is drawn below a stage; nothing where the decisions say nothing of it.
pub(super) fn below(desk: Desk, stage: &str, before: &Decided, after: &Decided) -> Option<AnyView> {
    match stage {
        "classification" => score::scores(desk, &before.scores, &after.scores),
        "routing" => {
            let ladder = ladder::ladder(desk, &before.route, &after.route)?;
            let pool = pool::pool(desk, &before.route, &after.route);
            Some(view! { {ladder} {pool} }.into_any())
        }
        "handoff" => note::note(desk, &before.handoff, &after.handoff),
        _ => None,
    }
}

/// What people call an owner.
fn owner(desk: Desk, id: &str) -> String {
    let name = desk
        .vocabulary
        .with_untracked(|known| known.owners.iter().find(|owner| owner.id == id).map(|owner| owner.name.clone()));
    name.unwrap_or_else(|| id.to_owned())
}

/// A time as its day and minute.
fn minute(of: &Value) -> String {
    let at = of.as_str().unwrap_or_default();
    match (at.get(..10), at.get(11..16)) {
        (Some(day), Some(minute)) => format!("{day} {minute} UTC"),
        _ => at.to_owned(),
    }
}
