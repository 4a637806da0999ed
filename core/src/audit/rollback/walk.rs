//! Walking one cell back from what stands there.
//!
//! Input: the writes of a cell in order of time, the chosen ones marked. Output: which of them are undone and what then
//! stands; why each other chosen one is not. Invariant: see the module above; every chosen write is in exactly one of the
//! lists.

use super::CellRef;
use super::choice::Chosen;
use super::plan::Why;
use super::present::{Present, Standing};
use super::survey::Write;
use crate::audit::history::NO_CONTRACT;
use crate::audit::{Actor, EntryKind};
use crate::gate::{Approval, Change, Refusal, roll_back};
use crate::plan::Plan;

/// What came of a walk.
#[derive(Debug, Default)]
pub(super) struct Walk<'w> {
    /// What is undone, the last first, each with what the gate let through.
    pub(super) undone: Vec<(&'w Write, Change)>,
    /// What stands there; none for a blank.
    pub(super) stands: Option<String>,
    /// What stands there afterwards.
    pub(super) to: Option<String>,
    /// Whether what stands was read from the CRM.
    pub(super) seen: bool,
    pub(super) kept: Vec<(&'w Write, Why, Option<&'w Write>)>,
    pub(super) cannot: Vec<(&'w Write, Refusal)>,
}

/// A blank is nothing.
pub(super) fn filled(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

/// Walks one cell.
pub(super) fn walk<'w>(
    cell: &CellRef,
    writes: &'w [Write],
    contract: &Plan,
    order: &Approval,
    present: &dyn Present,
) -> Walk<'w> {
    let writes = without_echoes(cell, writes, present);
    let undone_by = cancelled(&writes);
    let mut walk = Walk::default();
    let mut standing = writes.last().and_then(|write| filled(&write.entry.new)).map(str::to_owned);
    let (mut at, mut ended): (usize, Option<&Write>) = (writes.len(), None);
    while let Some(write) = at.checked_sub(1).and_then(|last| writes.get(last)).copied() {
        at -= 1;
        if write.chosen == Some(Chosen::Done) {
            if let Some(refusal) = forbids(write, contract, order) {
                walk.cannot.push((write, refusal));
                ended = ended.or(Some(write));
            } else if let Some(later) = ended {
                walk.kept.push((write, why(later), Some(later)));
            } else if let Ok(change) = roll_back(contract, &write.entry, order, standing.as_deref()) {
                standing = filled(change.new_value()).map(str::to_owned);
                walk.undone.push((write, change));
            } else {
                // Somebody wrote there between this one and the next, and the log does not know who.
                let unlogged = writes.get(at + 1).copied();
                walk.kept.push((write, Why::LaterChange, unlogged));
                ended = ended.or(unlogged).or(Some(write));
            }
            continue;
        }
        if write.chosen == Some(Chosen::Persons) {
            walk.kept.push((write, Why::PersonsOwn, None));
        }
        match undone_by.get(at).copied().flatten() {
            Some(first) => {
                let between = writes.get(first..at).unwrap_or_default().iter().rev();
                let chosen = between.filter(|earlier| earlier.chosen == Some(Chosen::Done));
                walk.kept.extend(chosen.map(|earlier| (*earlier, Why::TakenBack, Some(write))));
                at = first;
            }
            None => ended = ended.or(Some(write)),
        }
    }
    settle(cell, &writes, standing, present, walk)
}

/// Compares with what stands in the CRM, and leaves out what would change nothing.
fn settle<'w>(
    cell: &CellRef,
    writes: &[&'w Write],
    to: Option<String>,
    present: &dyn Present,
    mut walk: Walk<'w>,
) -> Walk<'w> {
    let logged = writes.last().and_then(|write| filled(&write.entry.new)).map(str::to_owned);
    let found = present.standing(cell);
    walk.seen = found != Standing::Unknown;
    let reason = match &found {
        Standing::Gone => Some(Why::Gone),
        Standing::Value(value) if !present.same(cell, value.as_deref(), logged.as_deref()) => {
            let already = present.same(cell, value.as_deref(), to.as_deref());
            Some(if already { Why::AsBefore } else { Why::Differs })
        }
        _ => present.same(cell, logged.as_deref(), to.as_deref()).then_some(Why::AsBefore),
    };
    walk.stands = match found {
        Standing::Value(value) => value,
        Standing::Gone => None,
        Standing::Unknown => logged,
    };
    walk.to = to;
    if let Some(reason) = reason {
        let undone = std::mem::take(&mut walk.undone);
        walk.kept.extend(undone.into_iter().map(|(write, _)| (write, reason, None)));
        walk.to.clone_from(&walk.stands);
    }
    walk
}

/// Why the contract, or what it was, lets something never be taken back; none where it may be.
pub(super) fn forbids(write: &Write, contract: &Plan, order: &Approval) -> Option<Refusal> {
    roll_back(contract, &write.entry, order, Some(&write.entry.new)).err()
}

/// What a later write means for the chosen ones before it.
fn why(later: &Write) -> Why {
    let person = later.entry.actor == Some(Actor::Human) || later.entry.kind == EntryKind::Correction;
    if person { Why::Person } else { Why::LaterChange }
}

/// The writes without what the CRM remembers of them.
fn without_echoes<'w>(cell: &CellRef, writes: &'w [Write], present: &dyn Present) -> Vec<&'w Write> {
    let mut all: Vec<&Write> = Vec::with_capacity(writes.len());
    for write in writes {
        let (entry, last) = (&write.entry, all.last());
        let echo = entry.kind == EntryKind::Observed
            && last.is_some_and(|last| {
                let from = entry.old.as_deref().and_then(filled) == last.entry.old.as_deref().and_then(filled);
                let remembered = entry.actor.is_none() || (entry.contract == NO_CONTRACT && from);
                remembered && present.same(cell, filled(&entry.new), filled(&last.entry.new))
            });
        if !echo {
            all.push(write);
        }
    }
    all
}

/// For each rollback that was not chosen: the place of the first of those that it brings to nothing.
fn cancelled(writes: &[&Write]) -> Vec<Option<usize>> {
    let mut all: Vec<Option<usize>> = Vec::with_capacity(writes.len());
    for (place, write) in writes.iter().enumerate() {
        let rollback = write.entry.kind == EntryKind::Rollback && write.chosen != Some(Chosen::Done);
        let to = write.entry.answer.as_ref().filter(|_| rollback).map(|answer| answer.to);
        let mut at = place;
        let first = loop {
            let (Some(to), Some(before)) = (to, at.checked_sub(1)) else { break None };
            if writes.get(before).is_some_and(|write| write.digest == to) {
                break Some(before);
            }
            match all.get(before).copied().flatten() {
                Some(first) => at = first,
                None => break None,
            }
        };
        all.push(first);
    }
    all
}
