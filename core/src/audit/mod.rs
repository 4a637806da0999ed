//! Stage 7, audit: one entry for each thing that was changed, suggested, held or blocked.
//!
//! Input: what the gate judged. Output: [`Entry`] values with everything needed to explain and to undo. Invariant: an
//! entry always has the previous value. Entries are chained when they are appended to a log, not here, so that a
//! decision does not depend on what was logged before.

use serde::Serialize;

use crate::contract::{EventKind, Reviewer, Verdict};
use crate::gate::Judged;
use crate::id::{EventId, FieldName, RecordId, SourceId, WorkflowId};
use crate::plan::Plan;
use crate::record::Object;
use crate::scale::Confidence;
use crate::time::Timestamp;

/// One entry of the audit log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Entry {
    /// What sort of entry.
    pub kind: EntryKind,
    /// The kind of record.
    pub object: Object,
    /// The record.
    pub record: RecordId,
    /// The workflow; none where no workflow allowed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workflow: Option<WorkflowId>,
    /// The workflow's version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workflow_version: Option<String>,
    /// The event that led to it.
    pub event: EventId,
    /// What sort of event.
    pub trigger: EventKind,
    /// What was to be done.
    pub action: crate::contract::ActionKind,
    /// The field, for writes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<FieldName>,
    /// The value before; null when blank or not known.
    pub old: Option<String>,
    /// The value after.
    pub new: String,
    /// Where the new value comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
    /// How sure that source is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    /// When it was decided.
    pub at: Timestamp,
    /// Who acted.
    pub actor: Actor,
    /// The gate's answer.
    pub verdict: Verdict,
    /// Why, strictest first.
    pub reasons: Vec<String>,
    /// Who must look, where somebody must.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviewer: Option<Reviewer>,
    /// Whether a person has confirmed the new value.
    pub human_verified: bool,
    /// The digest of the contract that decided.
    pub contract: String,
    /// The version of the engine that decided.
    pub engine: &'static str,
}

/// What sort of entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// It was done.
    Change,
    /// It was offered.
    Suggestion,
    /// It waits for a reviewer.
    Review,
    /// It was refused.
    Block,
    /// Another system did it.
    Observed,
    /// A person corrected it.
    Correction,
    /// It was taken back.
    Rollback,
}

/// Who acted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// An AI, by itself.
    Ai,
    /// An AI, with a person's approval.
    HumanApprovedAi,
    /// A person.
    Human,
}

/// The version of this engine, as entries record it.
pub const ENGINE: &str = concat!("interlock ", env!("CARGO_PKG_VERSION"));

/// The event that decisions were made on.
pub(crate) struct Cause<'a> {
    pub(crate) event: &'a EventId,
    pub(crate) trigger: EventKind,
    pub(crate) at: Timestamp,
}

/// One entry for each thing that was judged.
pub(crate) fn entries(plan: &Plan, cause: &Cause<'_>, judged: &[Judged]) -> Vec<Entry> {
    let version = |id: &WorkflowId| {
        plan.contract.workflows.iter().find(|workflow| workflow.id == *id).map(|workflow| workflow.version.clone())
    };
    let done = judged.iter().filter(|judged| !judged.no_op);
    done.map(|judged| Entry {
        kind: match judged.verdict {
            Verdict::Auto => EntryKind::Change,
            Verdict::Suggest => EntryKind::Suggestion,
            Verdict::Review => EntryKind::Review,
            Verdict::Block => EntryKind::Block,
        },
        object: judged.record.object,
        record: judged.record.id.clone(),
        workflow: judged.workflow.clone(),
        workflow_version: judged.workflow.as_ref().and_then(version),
        event: cause.event.clone(),
        trigger: cause.trigger,
        action: judged.action,
        field: judged.field.clone(),
        old: judged.old.clone(),
        new: judged.new.clone(),
        source: judged.source.clone(),
        confidence: judged.confidence,
        at: cause.at,
        actor: Actor::Ai,
        verdict: judged.verdict,
        reasons: judged.reasons.iter().map(|reason| reason.message.clone()).collect(),
        reviewer: judged.reviewer.clone(),
        human_verified: false,
        contract: plan.digest.clone(),
        engine: ENGINE,
    })
    .collect()
}
