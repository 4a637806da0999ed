//! Making a plan.
//!
//! Input: a log that was read twice, the contract, what stands in the CRM, who takes back and when. Output: the plan.
//! Invariant: every chosen entry that was done stands in exactly one of its lists.

use super::choice::{Choice, Chosen};
use super::plan::{Back, Cannot, FORMAT, Kept, Later, PlanError, RollbackPlan, Step, Waiting};
use super::present::Present;
use super::survey::{Survey, Write};
use super::walk::{Walk, forbids, walk};
use super::{CellRef, follow};
use crate::audit::log::Head;
use crate::audit::{Entry, EntryKind};
use crate::gate::{Approval, Refusal};
use crate::order;
use crate::plan::Plan;
use crate::record::RecordRef;

/// The plan of a rollback, where all entries are at hand.
///
/// # Errors
/// Where the choice cannot be used, nobody is named, or the time is before what is taken back.
pub fn plan<'e>(
    entries: impl Iterator<Item = &'e Entry> + Clone,
    choice: &Choice,
    contract: &Plan,
    present: &dyn Present,
    order: &Approval,
) -> Result<RollbackPlan, PlanError> {
    make(Survey::of(choice, entries)?, contract, present, order, None)
}

/// The plan of a rollback of what a survey found; `log` is what the log was known by then.
///
/// # Errors
/// Where nobody is named, or the time is before what is taken back.
pub fn make(
    mut survey: Survey<'_>,
    contract: &Plan,
    present: &dyn Present,
    order: &Approval,
    log: Option<Head>,
) -> Result<RollbackPlan, PlanError> {
    if order.by.trim().is_empty() {
        return Err(PlanError::Nobody);
    }
    let histories = survey.histories();
    let mut plan = RollbackPlan {
        format: FORMAT,
        digest: None,
        log,
        contract: contract.digest().to_owned(),
        decided_by: Vec::new(),
        by: order.by.clone(),
        note: order.note.clone(),
        as_of: order.at,
        choice: survey.choice().clone(),
        back: Vec::new(),
        kept: Vec::new(),
        cannot: Vec::new(),
        withdrawn: survey.waiting().iter().map(waiting).collect(),
        told: Vec::new(),
        notify: contract.contract().rollback.as_ref().map(|rollback| rollback.notify.clone()).unwrap_or_default(),
    };
    let chosen = histories.iter().flat_map(|(_, writes)| writes).chain(&survey.others);
    for write in chosen.filter(|write| write.chosen == Some(Chosen::Done)) {
        let entry = &write.entry;
        if entry.at > order.at {
            let last = survey.others.iter().chain(histories.iter().flat_map(|(_, writes)| writes));
            let last = last.filter(|write| write.chosen.is_some()).map(|write| write.entry.at).max();
            return Err(PlanError::TooEarly { at: order.at, last: last.unwrap_or(entry.at) });
        }
        if entry.contract != plan.contract && !plan.decided_by.contains(&entry.contract) {
            plan.decided_by.push(entry.contract.clone());
        }
    }
    order::sort_all(&mut plan.decided_by);
    for (cell, writes) in &histories {
        add(&mut plan, cell, walk(cell, writes, contract, order, present), present);
    }
    for write in &survey.others {
        if write.chosen == Some(Chosen::Done) && write.entry.kind != EntryKind::Rollback {
            let refusal = forbids(write, contract, order).unwrap_or(Refusal::CannotBeUndone);
            plan.cannot.push(cannot(write, &refusal, present));
        }
    }
    plan.told = follow::told(&plan);
    plan.digest = Some(plan.fingerprint()?);
    Ok(plan)
}

/// What came of one cell.
fn add(plan: &mut RollbackPlan, cell: &CellRef, walk: Walk<'_>, present: &dyn Present) {
    for (write, why, later) in walk.kept {
        plan.kept.push(Kept {
            object: cell.object,
            record: cell.record.clone(),
            field: cell.field.clone(),
            step: Step::of(&write.entry, write.digest),
            why,
            stands: walk.stands.clone(),
            later: later.map(|later| Later::of(&later.entry, later.digest)),
        });
    }
    plan.cannot.extend(walk.cannot.iter().map(|(write, refusal)| cannot(write, refusal, present)));
    if let Some((last, _)) = walk.undone.first() {
        plan.back.push(Back {
            object: cell.object,
            record: cell.record.clone(),
            field: cell.field.clone(),
            stands: walk.stands,
            to: walk.to,
            seen: walk.seen,
            owner: present.owner(&cell.record()).or_else(|| last.entry.owner.clone()),
            undoes: walk.undone.iter().map(|(write, _)| Step::of(&write.entry, write.digest)).collect(),
        });
    }
}

fn cannot(write: &Write, refusal: &Refusal, present: &dyn Present) -> Cannot {
    let entry = &write.entry;
    let record = RecordRef { object: entry.object, id: entry.record.clone() };
    Cannot {
        object: entry.object,
        record: entry.record.clone(),
        field: CellRef::of(entry).map(|cell| cell.field),
        step: Step::of(entry, write.digest),
        code: refusal.code().into(),
        why: refusal.to_string(),
        follow_up: follow::up(entry),
        owner: present.owner(&record).or_else(|| entry.owner.clone()),
    }
}

fn waiting(write: &Write) -> Waiting {
    let entry = &write.entry;
    Waiting {
        object: entry.object,
        record: entry.record.clone(),
        field: entry.field.clone(),
        step: Step::of(entry, write.digest),
        reviewer: entry.reviewer.clone(),
    }
}
