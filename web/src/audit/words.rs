//! Entries in words.

use interlock_core::audit::explore::Seen;
use interlock_core::audit::{Actor, Entry, EntryKind, Says};
use interlock_core::time::Timestamp;
use leptos::prelude::*;

use super::frame::Frame;
use crate::state::text;
use crate::ui::icon::{Icon, icon};

/// A kind of entry: icon, word and colour.
pub(crate) fn kind(entry: &Entry) -> AnyView {
    let (sign, class, word) = match (entry.kind, entry.answer.as_ref().map(|answer| answer.says)) {
        (EntryKind::Correction, Some(says)) => (Icon::Edit, "badge none", said(says)),
        (EntryKind::Change, Some(says)) => (Icon::Yes, "badge auto", said(says)),
        (EntryKind::Change, None) => (Icon::Auto, "badge auto", "Changed"),
        (EntryKind::Suggestion, _) => (Icon::Suggest, "badge suggest", "Suggested"),
        (EntryKind::Review, _) => (Icon::Review, "badge review", "For review"),
        (EntryKind::Block, _) => (Icon::Block, "badge block", "Blocked"),
        (EntryKind::Observed, _) => (Icon::Eye, "badge none", "Observed"),
        (EntryKind::Correction, None) => (Icon::Edit, "badge none", "Corrected"),
        (EntryKind::Rollback, _) => (Icon::Undo, "badge review", "Rolled back"),
    };
    view! { <span class=class>{icon(sign)} {word}</span> }.into_any()
}

/// What a person said.
pub(crate) const fn said(says: Says) -> &'static str {
    match says {
        Says::Accepted => "Accepted",
        Says::Edited => "Edited",
        Says::Rejected => "Rejected",
        Says::RolledBack => "Rolled back",
        Says::FalseDuplicate => "False duplicate",
        Says::WrongRoute => "Wrong route",
        Says::MissingData => "Missing data",
        Says::HandoffUseful => "Handoff useful",
        Says::HandoffUseless => "Handoff of no use",
        Says::TaskDone => "Task done",
    }
}

/// What was to be done.
pub(crate) fn what(entry: &Entry) -> String {
    let action = text::words(entry.action.word());
    match &entry.field {
        Some(field) => field.to_string(),
        None => action,
    }
}

/// What stood there and what is to stand there.
pub(crate) fn values(frame: Frame, entry: &Entry) -> AnyView {
    let old = frame.value(entry, entry.old.as_deref().unwrap_or_default());
    let new = frame.value(entry, &entry.new);
    let blank = || view! { <span class="quiet">"blank"</span> }.into_any();
    let shown = |value: String| if value.is_empty() { blank() } else { view! { <span>{value}</span> }.into_any() };
    if !entry.writes() && !entry.asks() && entry.kind != EntryKind::Block {
        let nothing = new.is_empty() || old == new;
        return if nothing {
            view! { <span class="quiet">"nothing written"</span> }.into_any()
        } else {
            view! { <span>{new}</span> }.into_any()
        };
    }
    let plain = old.is_empty() && entry.field.is_none();
    let before = (!plain).then(|| {
        view! {
            <span class="before">{shown(old)}</span>
            {crate::ui::badge::arrow()}
        }
    });
    view! { <span class="entry-values">{before}<span class="after">{shown(new)}</span></span> }.into_any()
}

/// Who acted.
pub(crate) fn actor(entry: &Entry) -> String {
    match (&entry.answer, entry.actor) {
        (Some(answer), _) => answer.by.clone(),
        (None, Some(actor)) => match (actor, &entry.agent) {
            (Actor::Ai, Some(agent)) => agent.to_string(),
            _ => acting(actor).to_owned(),
        },
        (None, None) => "another system".to_owned(),
    }
}

/// Who acted, by sort.
pub(crate) const fn acting(actor: Actor) -> &'static str {
    match actor {
        Actor::Ai => "AI",
        Actor::HumanApprovedAi => "AI, approved by a person",
        Actor::Human => "A person",
    }
}

/// A time, short: the day and the minute.
pub(crate) fn time(at: Timestamp) -> String {
    let text = at.to_string();
    match (text.get(..10), text.get(11..16)) {
        (Some(day), Some(minute)) => format!("{day} {minute}"),
        _ => text,
    }
}

/// What was said to an entry, in a few words.
pub(crate) fn heard(seen: &Seen) -> Option<AnyView> {
    let last = seen.answers.last()?;
    let by = last.by.clone();
    Some(view! { <span class="chip" title=format!("by {by}")>{said(last.says)}</span> }.into_any())
}

/// The words of a facet and of its values.
pub(crate) fn facet(word: &str) -> &'static str {
    match word {
        "kind" => "Kind",
        "verdict" => "Verdict",
        "action" => "Action",
        "workflow" => "Workflow",
        "rule" => "Rule",
        "field" => "Field",
        "record" => "Record",
        "actor" => "Actor",
        "agent" => "Agent",
        "source" => "Source",
        "owner" => "Owner",
        "code" => "Reason",
        "reviewer" => "Reviewer",
        _ => "Answer",
    }
}

/// A value of a facet as it is shown.
pub(crate) fn value(frame: Frame, facet: &str, value: &str) -> String {
    match (facet, value) {
        (_, "") => "none".to_owned(),
        ("actor", "ai") => acting(Actor::Ai).to_owned(),
        ("actor", "human_approved_ai") => acting(Actor::HumanApprovedAi).to_owned(),
        ("actor", "human") => acting(Actor::Human).to_owned(),
        ("owner", id) => frame.owner(id),
        ("reviewer", word) => frame.reviewer(word),
        ("kind" | "verdict" | "action" | "says", value) => text::words(value),
        (_, value) => value.to_owned(),
    }
}
