//! Carrying a plan out: the entries to append, and what a state keeps of it.
//!
//! Input: a plan, the log as it is now, the contract, what stands in the CRM now, who and when. Output: one entry for each
//! one undone, the last first, through the gate; what became stale is kept. Invariant: a cell goes back whole, to the value
//! that the plan says, or not at all. Applying a plan twice does nothing the second time.

use serde::Serialize;

use super::plan::{Back, Kept, Later, PlanError, RollbackPlan, Step, Why};
use super::present::Present;
use super::survey::{Survey, Write};
use super::walk::walk;
use crate::audit::{Entry, EntryKind, Hash, rolled_back, withdrawn};
use crate::contract::ActionKind;
use crate::gate::Approval;
use crate::id::FieldName;
use crate::plan::Plan;
use crate::record::{Because, RecordRef, Refused, State};

/// What comes of applying a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Applied {
    /// The plan, by its digest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<Hash>,
    /// What goes back: to be written to the CRM.
    pub back: Vec<Back>,
    /// The entries to append to the log, in this order.
    pub entries: Vec<Entry>,
    /// What the plan would take back and stays, since something has changed.
    pub kept: Vec<Kept>,
    /// What is not to be repeated from now on, by record.
    pub refused: Vec<(RecordRef, Refused)>,
    /// What may be done again, since its rollback was taken back.
    pub allowed: Vec<(RecordRef, Refused)>,
    /// What waits no more, by record.
    pub settled: Vec<Settled>,
}

/// Something that waits no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Settled {
    /// The record.
    pub record: RecordRef,
    /// What was asked.
    pub action: ActionKind,
    /// The field, for writes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<FieldName>,
}

impl Applied {
    /// Keeps in a state what is not to be repeated, what may be done again, and what waits no more.
    pub fn keep(&self, state: &mut State) {
        for (record, refused) in &self.refused {
            state.keep_refused(record, refused.clone());
        }
        for (record, refused) in &self.allowed {
            state.allow_again(record, refused);
        }
        for settled in &self.settled {
            state.settle(&settled.record, settled.action, settled.field.as_ref());
        }
    }
}

/// Applies a plan. `survey` is of [`RollbackPlan::entries`] over the log as it is now.
///
/// # Errors
/// Where nobody is named.
pub fn apply(
    plan: &RollbackPlan,
    mut survey: Survey<'_>,
    contract: &Plan,
    present: &dyn Present,
    order: &Approval,
) -> Result<Applied, PlanError> {
    if order.by.trim().is_empty() {
        return Err(PlanError::Nobody);
    }
    let mut applied = Applied { plan: plan.digest, ..Applied::default() };
    let histories = survey.histories();
    for back in &plan.back {
        let cell = back.cell();
        let found = histories.binary_search_by(|(known, _)| known.cmp(&cell)).ok();
        let writes = found.and_then(|place| histories.get(place)).map_or(&[][..], |(_, writes)| writes);
        let last = writes.iter().map(|write| write.entry.at).max();
        if last.is_some_and(|last| last > order.at) {
            return Err(PlanError::TooEarly { at: order.at, last: last.unwrap_or_default() });
        }
        let walked = walk(&cell, writes, contract, order, present);
        let planned = back.undoes.iter().map(|step| step.entry);
        let same = walked.undone.iter().map(|(write, _)| write.digest).eq(planned);
        if !same || walked.to != back.to {
            let known = |step: &Step| walked.kept.iter().find(|(write, ..)| write.digest == step.entry);
            for step in &back.undoes {
                let kept = known(step);
                applied.kept.push(Kept {
                    object: back.object,
                    record: back.record.clone(),
                    field: back.field.clone(),
                    step: step.clone(),
                    why: kept.map_or(Why::Stale, |(_, why, _)| *why),
                    stands: walked.stands.clone(),
                    later: kept.and_then(|kept| kept.2).map(|later| Later::of(&later.entry, later.digest)),
                });
            }
            continue;
        }
        for (write, change) in &walked.undone {
            let mut entry = rolled_back(&write.entry, order, change);
            if let Some(digest) = plan.digest {
                entry.reasons.push(format!("rollback plan `{digest}`"));
            }
            applied.entries.push(entry);
            applied.note(write);
        }
        applied.back.push(Back { stands: walked.stands, seen: walked.seen, ..back.clone() });
    }
    for write in survey.waiting() {
        applied.entries.push(withdrawn(&write.entry, order));
        applied.settled.push(Settled {
            record: record(&write.entry),
            action: write.entry.action,
            field: write.entry.field.clone(),
        });
    }
    Ok(applied)
}

fn record(entry: &Entry) -> RecordRef {
    RecordRef { object: entry.object, id: entry.record.clone() }
}

impl Applied {
    /// What is undone is not to be repeated; what a rollback took back may be done again once that is undone.
    fn note(&mut self, write: &Write) {
        let entry = &write.entry;
        let lifts = entry.kind == EntryKind::Rollback && !entry.restores();
        let value = if lifts { entry.old.clone().unwrap_or_default() } else { entry.new.clone() };
        let (action, field) = (entry.action, entry.field.clone());
        let refused = Refused { action, field, value, because: Because::RolledBack };
        let list = if lifts { &mut self.allowed } else { &mut self.refused };
        list.push((record(entry), refused));
    }
}
