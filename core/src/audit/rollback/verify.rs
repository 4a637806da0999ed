//! Whether a plan was carried out.
//!
//! Input: a plan, the log as it is now, what stands in the CRM now. Output: for each cell of the plan whether it is done, in
//! the log and in the CRM, or what is missing or differs. Invariant: nothing counts as done that only one of the two says.

use serde::{Deserialize, Serialize};

use super::plan::{Later, RollbackPlan};
use super::present::{Present, Standing};
use super::survey::{Survey, Write};
use super::walk::filled;
use crate::audit::{EntryKind, Hash};
use crate::id::{FieldName, RecordId};
use crate::json::Decode;
use crate::record::Object;

/// What has been done of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Verification {
    /// The plan, by its digest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<Hash>,
    /// Cells that went back.
    pub done: u64,
    /// Cells of which something is still to be done.
    pub missing: u64,
    /// Cells in which something else stands by now.
    pub differs: u64,
    /// Cells of which only the log was asked: no file of the CRM has them.
    pub unseen: u64,
    /// Each cell of the plan, in its order.
    pub cells: Vec<Checked>,
}

/// One cell of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Checked {
    /// The kind of record.
    pub object: Object,
    /// The record.
    pub record: RecordId,
    /// The field.
    pub field: FieldName,
    /// What became of it.
    pub status: Status,
    /// What was to stand there; none for a blank.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// What stands there now; none for a blank.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stands: Option<String>,
    /// What was done there last, where the log knows of something after the rollback.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub later: Option<Later>,
}

/// What became of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// It went back.
    Done,
    /// Nothing was done.
    Missing,
    /// The log says that it went back, but the CRM still has what stood there.
    NotWritten,
    /// The CRM has the value, but the log does not say that it went back.
    NotLogged,
    /// Something else stands there by now.
    Differs,
    /// The record is not among the CRM's.
    Gone,
}

/// Verifies a plan. `survey` is of [`RollbackPlan::entries`] over the log as it is now.
#[must_use]
pub fn verify(plan: &RollbackPlan, mut survey: Survey<'_>, present: &dyn Present) -> Verification {
    let histories = survey.histories();
    let mut all = Verification { plan: plan.digest, ..Verification::default() };
    for back in &plan.back {
        let cell = back.cell();
        let found = histories.binary_search_by(|(known, _)| known.cmp(&cell)).ok();
        let writes = found.and_then(|place| histories.get(place)).map_or(&[][..], |(_, writes)| writes);
        let undone = |entry: Hash| {
            let says = |write: &&Write| write.entry.answer.as_ref().is_some_and(|answer| answer.to == entry);
            writes.iter().rev().find(says).filter(|write| write.entry.kind == EntryKind::Rollback)
        };
        let logged = back.undoes.iter().all(|step| undone(step.entry).is_some());
        let last = writes.last();
        let by_log = last.and_then(|last| filled(&last.entry.new)).map(str::to_owned);
        let same = |one: Option<&str>, other: Option<&str>| present.same(&cell, one, other);
        let standing = present.standing(&cell);
        let (seen, stands) = match standing {
            Standing::Unknown => (false, by_log),
            Standing::Gone => (true, None),
            Standing::Value(ref value) => (true, value.clone()),
        };
        let (goal, before) = (back.to.as_deref(), back.stands.as_deref());
        let status = match (logged, stands.as_deref()) {
            _ if standing == Standing::Gone => Status::Gone,
            (true, now) if same(now, goal) => Status::Done,
            (false, now) if same(now, goal) => Status::NotLogged,
            (false, now) if same(now, before) => Status::Missing,
            // Where the log itself says that it was done again, it is no matter of writing.
            (true, now) if seen && same(now, before) && !again(writes, before) => Status::NotWritten,
            _ => Status::Differs,
        };
        match status {
            Status::Done => all.done += 1,
            Status::Missing | Status::NotWritten | Status::NotLogged => all.missing += 1,
            Status::Differs | Status::Gone => all.differs += 1,
        }
        all.unseen += u64::from(!seen);
        let chosen = |write: &&Write| write.chosen.is_none() && status == Status::Differs;
        all.cells.push(Checked {
            object: back.object,
            record: back.record.clone(),
            field: back.field.clone(),
            status,
            to: back.to.clone(),
            stands,
            later: last.filter(chosen).map(|last| Later::of(&last.entry, last.digest)),
        });
    }
    all
}

/// Whether the last thing that the log knows of a cell is this value.
fn again(writes: &[Write], value: Option<&str>) -> bool {
    writes.last().is_some_and(|last| filled(&last.entry.new) == value)
}
