//! Rollback: what was done wrong is taken back, as far as it can be, and is not done again.
//!
//! Input: the entries of a log, a [`Choice`] among them, the contract, what stands in the CRM now, a time and a person. Output:
//! a [`RollbackPlan`]: what goes back, what is kept and why, what cannot be undone and what to do instead, who is told. Then
//! the [`Applied`] entries that carry it out, and a [`Verification`] of what came of it. Invariant: every step back passes
//! [`crate::gate::roll_back`], bound to the value that stands there; nothing is written over that the chosen changes did not
//! write; the same input gives the same plan.
//!
//! # What goes back, exactly
//!
//! A *cell* is one field of one record. Its *writes* are the entries that were done to it: changes, corrections, rollbacks, and
//! what other systems and people did, in order of time, of equal times in the order of the log. An assignment writes the
//! record's owner, a link its account, a change of stage its stage. What a CRM remembers of a write that the log has already
//! (the same value from the same value, or by no person) is that write's echo and counts as none.
//!
//! A cell is walked from its last write to its first, beginning with what stands there:
//!
//! - A chosen write goes back: what stands is then what stood before it.
//! - A rollback that was not chosen is passed over together with the write that it took back and all between them: they
//!   come to nothing. Where one of those is a rollback that is chosen, it is a later change like any other instead.
//! - At any other write the walk ends: it is a later change than the chosen ones before it, and it stays.
//! - It ends as well where the gate refuses: something stands there that the log does not know of, or the contract does not
//!   let that write be taken back.
//!
//! So of a run of chosen writes at the end, the value before the first comes back, whoever's they are. With `x → y` by one
//! workflow and `y → z` by another: the second alone chosen gives `y`; both give `x`; the first alone leaves `z`, and is
//! listed as kept for the sake of a later change. Where that comes to what stands there already, nothing is done.
//!
//! Filters choose what AI did, by itself or with a person's approval. What a person did in their own name, or put in place of
//! what was suggested, is kept; naming the entry takes it back all the same. Rollbacks are chosen only where that is asked
//! for, and taking them back restores what they took back.

mod apply;
mod choice;
mod export;
mod follow;
mod make;
mod plan;
mod present;
mod session;
mod survey;
mod verify;
mod walk;

pub use apply::{Applied, Settled, apply};
pub use choice::{Choice, ChoiceError, Unknown};
pub use export::{Exported, ImportFile, System, export};
pub use make::{make, plan};
pub use plan::{Back, Cannot, FORMAT, Kept, Later, PlanError, RollbackPlan, Step, Told, Waiting, Why};
pub use present::{InTables, LogAlone, Present, Standing};
pub use session::{Asking, Choosable, Planned};
pub use survey::{Seen, Survey};
pub use verify::{Checked, Status, Verification, verify};

use serde::{Deserialize, Serialize};

use super::Entry;
use crate::contract::ActionKind;
use crate::crm::comparable;
use crate::id::{FieldName, RecordId};
use crate::record::{Object, RecordRef};

/// One field of one record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CellRef {
    /// The kind of record.
    pub object: Object,
    /// The record.
    pub record: RecordId,
    /// The field.
    pub field: FieldName,
}

impl CellRef {
    /// The cell that an entry writes; none where it writes none.
    #[must_use]
    pub fn of(entry: &Entry) -> Option<Self> {
        let object = entry.object.word();
        let field = match entry.action {
            ActionKind::UpdateField => entry.field.clone()?,
            ActionKind::Assign => FieldName::from(format!("{object}.owner")),
            ActionKind::Link => FieldName::from(format!("{object}.account")),
            ActionKind::ChangeStage if entry.object == Object::Opportunity => FieldName::from("opportunity.stage"),
            ActionKind::ChangeStage => FieldName::from(format!("{object}.lifecycle_stage")),
            _ => return None,
        };
        // One CRM writes an id in two ways.
        Some(Self { object: entry.object, record: RecordId::from(comparable(entry.record.as_str())), field })
    }

    /// The record it is in.
    #[must_use]
    pub fn record(&self) -> RecordRef {
        RecordRef { object: self.object, id: self.record.clone() }
    }
}
