//! What a person lets through, and what a person takes back: both pass the gate again.
//!
//! Input: what was judged, or its entry in the audit log; who decides; what stands there now. Output: a [`Change`], or
//! why not. Invariant: both are bound to the value they were decided on: where something else stands by now, nothing
//! is written. What is blocked stays blocked; what is protected may be changed this way, and only this way.

use super::{Change, Judged};
use crate::audit::{Entry, EntryKind};
use crate::contract::{ActionKind, MaxVerdict, Verdict};
use crate::id::FieldName;
use crate::normal::duration;
use crate::plan::Plan;
use crate::record::RecordRef;
use crate::time::Timestamp;

/// A person's approval, or their order to take something back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// Who: name, e-mail address or id. An agent does not approve.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// What they would have instead of what was proposed; none to take it as it is.
    pub instead: Option<String>,
    /// Why, in their words.
    pub note: String,
}

/// Why nothing is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nobody is named.
    Nobody,
    /// It is blocked, or the contract forbids it by now.
    Blocked(String),
    /// It was done already, or nothing is to be done.
    NothingToDo,
    /// Something else stands there by now.
    Stale {
        /// What was to be replaced; none for a blank.
        expected: Option<String>,
        /// What stands there now; none for a blank.
        present: Option<String>,
    },
    /// It cannot be taken back: a message is out, records are one.
    CannotBeUndone,
    /// The contract does not let this be taken back, or not any more.
    NoRollback(&'static str),
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let shown =
            |value: &Option<String>| value.as_ref().map_or_else(|| "a blank".to_owned(), |text| format!("`{text}`"));
        match self {
            Self::Nobody => f.write_str("no person is named who decides"),
            Self::Blocked(why) => write!(f, "it is blocked: {why}"),
            Self::NothingToDo => f.write_str("nothing is to be done"),
            Self::Stale { expected, present } => {
                write!(f, "it was decided on {}, but {} stands there now", shown(expected), shown(present))
            }
            Self::CannotBeUndone => f.write_str("it cannot be undone"),
            Self::NoRollback(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for Refusal {}

/// What a person may let through: what was judged, or its entry.
struct Offer<'o> {
    action: ActionKind,
    record: RecordRef,
    field: Option<&'o FieldName>,
    to: &'o str,
    old: Option<&'o str>,
    new: &'o str,
    /// The words of what blocks it.
    blocked: Option<String>,
    /// Whether it waits for somebody's word.
    open: bool,
}

/// Lets through what was suggested or sent to a person. `present` is what stands there now; none for a blank.
///
/// # Errors
/// Where nobody is named, it is blocked, nothing is to be done, or something else stands there by now.
pub fn approve(plan: &Plan, judged: &Judged, approval: &Approval, present: Option<&str>) -> Result<Change, Refusal> {
    let why = || judged.reasons.first().map_or_else(String::new, |reason| reason.message.clone());
    let offer = Offer {
        action: judged.action,
        record: judged.record.clone(),
        field: judged.field.as_ref(),
        to: &judged.to,
        old: judged.old.as_deref(),
        new: &judged.new,
        blocked: (judged.verdict == Verdict::Block).then(why),
        open: judged.verdict != Verdict::Auto && !judged.no_op,
    };
    let_through(plan, &offer, approval, present)
}

/// The same for an entry of the audit log.
///
/// # Errors
/// As of [`approve`].
pub fn approve_entry(
    plan: &Plan,
    entry: &Entry,
    approval: &Approval,
    present: Option<&str>,
) -> Result<Change, Refusal> {
    let why = || entry.reasons.first().cloned().unwrap_or_default();
    let offer = Offer {
        action: entry.action,
        record: RecordRef { object: entry.object, id: entry.record.clone() },
        field: entry.field.as_ref(),
        to: &entry.to,
        old: entry.old.as_deref(),
        new: &entry.new,
        blocked: (entry.kind == EntryKind::Block).then(why),
        open: entry.asks(),
    };
    let_through(plan, &offer, approval, present)
}

fn let_through(plan: &Plan, offer: &Offer<'_>, approval: &Approval, present: Option<&str>) -> Result<Change, Refusal> {
    if approval.by.trim().is_empty() {
        return Err(Refusal::Nobody);
    }
    if let Some(why) = &offer.blocked {
        return Err(Refusal::Blocked(why.clone()));
    }
    if !offer.open {
        return Err(Refusal::NothingToDo);
    }
    if let Some(field) = offer.field.filter(|_| offer.action == ActionKind::UpdateField) {
        let forbids = plan.policy(field).is_none_or(|(_, policy)| policy.ai == MaxVerdict::Never);
        if forbids {
            return Err(Refusal::Blocked(format!("the contract does not let `{field}` be written")));
        }
    }
    let new = approval.instead.clone().unwrap_or_else(|| offer.new.to_owned());
    let old = standing(offer.old, present)?;
    if offer.field.is_some() && old.as_deref() == Some(&*new) {
        return Err(Refusal::NothingToDo);
    }
    Ok(Change {
        action: offer.action,
        record: offer.record.clone(),
        field: offer.field.cloned(),
        to: offer.to.to_owned(),
        old,
        new,
        by: Some(approval.by.clone()),
    })
}

/// Takes back what an entry of the audit log did. `present` is what stands there now; none for a blank.
///
/// # Errors
/// Where nobody is named, the entry changed nothing, the contract does not let it be taken back, or a person has changed
/// the value since.
pub fn roll_back(plan: &Plan, entry: &Entry, order: &Approval, present: Option<&str>) -> Result<Change, Refusal> {
    if order.by.trim().is_empty() {
        return Err(Refusal::Nobody);
    }
    // A correction that only says something, a rejection, wrote nothing.
    if !matches!(entry.kind, EntryKind::Change | EntryKind::Correction) || !entry.writes() {
        return Err(Refusal::NothingToDo);
    }
    let undoable = matches!(
        entry.action,
        ActionKind::UpdateField | ActionKind::Assign | ActionKind::ChangeStage | ActionKind::Link
    );
    if !undoable {
        return Err(Refusal::CannotBeUndone);
    }
    let rollback = plan.contract.rollback.as_ref();
    let rollback = rollback.ok_or(Refusal::NoRollback("the contract has no rollback"))?;
    let kept = |field: &FieldName| plan.policy(field).is_none_or(|(_, policy)| policy.rollback);
    if !entry.field.as_ref().is_none_or(kept) {
        return Err(Refusal::NoRollback("the field's policy does not let it be taken back"));
    }
    let window = duration::parse(&rollback.window).unwrap_or_default();
    if order.at.seconds() - entry.at.seconds() > window {
        return Err(Refusal::NoRollback("the contract's time for taking changes back is over"));
    }
    let old = standing(Some(&entry.new), present)?;
    Ok(Change {
        action: entry.action,
        record: RecordRef { object: entry.object, id: entry.record.clone() },
        field: entry.field.clone(),
        to: String::new(),
        old,
        new: entry.old.clone().unwrap_or_default(),
        by: Some(order.by.clone()),
    })
}

/// What stands there, where it is what was expected. A blank is nothing.
fn standing(expected: Option<&str>, present: Option<&str>) -> Result<Option<String>, Refusal> {
    let there = |value: Option<&str>| value.filter(|value| !value.is_empty()).map(str::to_owned);
    let (expected, present) = (there(expected), there(present));
    if expected == present { Ok(present) } else { Err(Refusal::Stale { expected, present }) }
}
