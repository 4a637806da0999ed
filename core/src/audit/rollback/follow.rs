//! What a person must do where nothing can be undone, and what owners are told.
//!
//! Input: an entry, or a plan. Output: texts. Invariant: each names the record and what was done to it.

use super::plan::{RollbackPlan, Told};
use crate::audit::Entry;
use crate::contract::ActionKind;
use crate::id::OwnerId;
use crate::map::Map;
use crate::text::count;

/// More values than these are counted and not named.
const MOST_NAMED: usize = 10;
/// Longer values are cut in what owners are told.
const LONGEST: usize = 60;

/// The task that is left where an entry cannot be undone.
pub(super) fn up(entry: &Entry) -> String {
    let record = format!("{}/{}", entry.object, entry.record);
    let to = shown(Some(&entry.to).filter(|to| !to.is_empty()).map(String::as_str));
    match entry.action {
        ActionKind::SendMessage => {
            format!("tell the owner of {record}, and the recipient, that the message was sent by mistake")
        }
        ActionKind::AskQuestion => {
            format!("tell the owner of {record} that the buyer was asked, and may answer")
        }
        ActionKind::Enrol => format!("take {record} out of sequence {to} by hand before its next step"),
        ActionKind::AddToCampaign => format!("take {record} out of campaign {to} by hand"),
        ActionKind::Create => {
            format!("delete {record} by hand if nobody has worked with it, or merge it into the right record")
        }
        ActionKind::Merge => {
            format!("part {record} and {to} by hand, from the CRM's recycle bin or a backup")
        }
        ActionKind::CreateTask => format!("close the task of {record} by hand, if it is still open"),
        ActionKind::DraftMessage => format!("delete the draft for {record} before somebody sends it"),
        ActionKind::BookMeeting => format!("call off the meeting with {record} ({to}) and tell who was to come"),
        ActionKind::ResearchNote => format!("mark the note on {record} as wrong, or delete it"),
        ActionKind::UpdateField | ActionKind::Assign | ActionKind::ChangeStage | ActionKind::Link => {
            let what = super::CellRef::of(entry).map_or_else(|| "it".to_owned(), |cell| format!("`{}`", cell.field));
            let (old, new) = (shown(entry.old.as_deref()), shown(Some(&entry.new)));
            format!("look at {what} of {record} by hand: it became {new}, and was {old} before")
        }
    }
}

/// A value in a text, cut where it is long.
fn shown(value: Option<&str>) -> String {
    let Some(text) = value.filter(|text| !text.is_empty()) else { return "blank".to_owned() };
    let plain = |c: char| if crate::text::is_hidden(c) { ' ' } else { c };
    let short: String = text.chars().take(LONGEST).map(plain).collect();
    let more = if text.chars().nth(LONGEST).is_some() { "…" } else { "" };
    format!("`{short}{more}`")
}

/// What a plan tells each owner.
pub(super) fn told(plan: &RollbackPlan) -> Vec<Told> {
    let mut owners: Map<OwnerId, (Vec<String>, Vec<String>)> = Map::new();
    for back in &plan.back {
        let Some(owner) = &back.owner else { continue };
        let (lines, records) = owners.get_or_insert(owner.clone(), Default::default);
        let (from, to) = (shown(back.stands.as_deref()), shown(back.to.as_deref()));
        lines.push(format!("{}/{}: `{}` goes from {from} back to {to}", back.object, back.record, back.field));
        records.push(format!("{}/{}", back.object, back.record));
        // Whoever gets a record back is told as well.
        let again = back.to.as_deref().filter(|_| back.field.as_str().ends_with(".owner"));
        if let Some(again) = again.filter(|again| *again != owner.as_str()) {
            let (lines, records) = owners.get_or_insert(OwnerId::from(again), Default::default);
            lines.push(format!("{}/{}: it comes back to you from {from}", back.object, back.record));
            records.push(format!("{}/{}", back.object, back.record));
        }
    }
    for cannot in &plan.cannot {
        let Some(owner) = &cannot.owner else { continue };
        let (lines, records) = owners.get_or_insert(owner.clone(), Default::default);
        lines.push(format!("to do: {}", cannot.follow_up));
        records.push(format!("{}/{}", cannot.object, cannot.record));
    }
    let told = |(owner, (lines, mut records)): (OwnerId, (Vec<String>, Vec<String>))| {
        crate::order::sort_all(&mut records);
        records.dedup();
        let many = records.len() as u64;
        let mut text = format!("{} takes back what was done to {}", plan.by, count(many, "record", "records"));
        text.push_str(" of yours");
        if !plan.note.is_empty() {
            text.push_str(": ");
            text.push_str(&plan.note);
        }
        for line in lines.iter().take(MOST_NAMED) {
            text.push_str("\n- ");
            text.push_str(line);
        }
        if let Some(more) = lines.len().checked_sub(MOST_NAMED).filter(|more| *more > 0) {
            text.push_str(&format!("\n- and {more} more"));
        }
        Told { owner, records: many, text }
    };
    owners.into_iter().map(told).collect()
}
