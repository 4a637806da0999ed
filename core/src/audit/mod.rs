//! Stage 7, audit: one entry for each thing that was changed, suggested, held or blocked.
//!
//! Input: what the gate judged, what other systems wrote, what people let through and took back. Output: [`Entry`]
//! values with everything needed to explain and to undo. Invariant: an entry always has the previous value; an observed
//! one, whose writer did not say, has none. Entries are chained when they are appended to a log, not here, so that a
//! decision does not depend on what was logged before.

mod hash;
pub mod history;
pub mod log;
pub mod merkle;
pub mod proof;
mod strict;
pub mod verify;

pub use hash::Hash;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::contract::{ActionKind, EventKind, Reviewer, Verdict};
use crate::decision::Decision;
use crate::gate::{Approval, Change, Judged};
use crate::id::{EventId, FieldName, RecordId, SourceId, WorkflowId};
use crate::plan::Plan;
use crate::record::{Event, Object, Principal};
use crate::scale::Confidence;
use crate::time::Timestamp;

/// One entry of the audit log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// What sort of entry.
    pub kind: EntryKind,
    /// The kind of record.
    pub object: Object,
    /// The record.
    pub record: RecordId,
    /// The workflow; none where no workflow allowed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workflow: Option<WorkflowId>,
    /// The workflow's version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workflow_version: Option<String>,
    /// The event that led to it.
    pub event: EventId,
    /// What sort of event.
    pub trigger: EventKind,
    /// What was to be done.
    pub action: ActionKind,
    /// The field, for writes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<FieldName>,
    /// Where to, for actions that were proposed with a target.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub to: String,
    /// The value before; null when blank or not known.
    pub old: Option<String>,
    /// The value after.
    pub new: String,
    /// Where the new value comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
    /// How sure that source is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    /// When it was decided.
    pub at: Timestamp,
    /// Who acted; none where another system did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<Actor>,
    /// The gate's answer; none where it was not asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// Why, strictest first.
    pub reasons: Vec<String>,
    /// Who must look, where somebody must.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewer: Option<Reviewer>,
    /// Whether a person has confirmed the new value.
    pub human_verified: bool,
    /// The digest of the contract that decided.
    pub contract: String,
    /// The version of the engine that decided.
    pub engine: Cow<'static, str>,
}

/// What sort of entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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
    pub(crate) event: &'a Event,
    pub(crate) at: Timestamp,
}

/// One entry for each thing that was judged, and for each value another system wrote.
pub(crate) fn entries(plan: &Plan, cause: &Cause<'_>, judged: &[Judged]) -> Vec<Entry> {
    let version = |id: &WorkflowId| {
        plan.contract.workflows.iter().find(|workflow| workflow.id == *id).map(|workflow| workflow.version.clone())
    };
    let mut all = observed(plan, cause);
    for judged in judged.iter().filter(|judged| !judged.no_op) {
        let version = judged.workflow.as_ref().and_then(version);
        all.push(entry(judged, cause.event.id.clone(), cause.event.kind, version, cause.at, &plan.digest));
    }
    all
}

fn entry(
    judged: &Judged,
    event: EventId,
    trigger: EventKind,
    workflow_version: Option<String>,
    at: Timestamp,
    contract: &str,
) -> Entry {
    Entry {
        kind: match judged.verdict {
            Verdict::Auto => EntryKind::Change,
            Verdict::Suggest => EntryKind::Suggestion,
            Verdict::Review => EntryKind::Review,
            Verdict::Block => EntryKind::Block,
        },
        object: judged.record.object,
        record: judged.record.id.clone(),
        workflow: judged.workflow.clone(),
        workflow_version,
        event,
        trigger,
        action: judged.action,
        field: judged.field.clone(),
        to: judged.to.clone(),
        old: judged.old.clone(),
        new: judged.new.clone(),
        source: judged.source.clone(),
        confidence: judged.confidence,
        at,
        actor: Some(match judged.by {
            Some(Principal::Person(_)) => Actor::Human,
            _ => Actor::Ai,
        }),
        verdict: Some(judged.verdict),
        reasons: judged.reasons.iter().map(|reason| reason.message.clone()).collect(),
        reviewer: judged.reviewer.clone(),
        human_verified: false,
        contract: contract.to_owned(),
        engine: Cow::Borrowed(ENGINE),
    }
}

/// What another system, a provider or a person wrote into the record by themselves.
fn observed(plan: &Plan, cause: &Cause<'_>) -> Vec<Entry> {
    let event = cause.event;
    let person = match event.principal {
        Some(Principal::System(_) | Principal::Provider(_)) => false,
        Some(Principal::Person(_)) => true,
        Some(Principal::Agent(_)) | None => return Vec::new(),
    };
    if event.kind != EventKind::RecordUpdated {
        return Vec::new();
    }
    let written = event.fields.iter().filter(|(_, value)| !value.trim().is_empty());
    let source = event.source.as_deref().map(SourceId::from);
    written
        .map(|(field, value)| Entry {
            kind: EntryKind::Observed,
            object: event.record.object,
            record: event.record.id.clone(),
            workflow: None,
            workflow_version: None,
            event: event.id.clone(),
            trigger: event.kind,
            action: ActionKind::UpdateField,
            field: Some(FieldName::from(field.as_str())),
            to: String::new(),
            old: None,
            new: value.clone(),
            source: source.clone(),
            confidence: None,
            at: event.at,
            actor: person.then_some(Actor::Human),
            verdict: None,
            reasons: Vec::new(),
            reviewer: None,
            human_verified: person,
            contract: plan.digest.clone(),
            engine: Cow::Borrowed(ENGINE),
        })
        .collect()
}

/// The entry of what a person let through, as it stands or as they would have it: `change` is what [`crate::gate::approve`]
/// gave for it.
#[must_use]
pub fn approved(decision: &Decision, judged: &Judged, approval: &Approval, change: &Change) -> Entry {
    let version = decision.workflows.iter().find(|seen| Some(&seen.workflow) == judged.workflow.as_ref());
    let version = version.map(|seen| seen.version.clone());
    let asked = entry(judged, decision.event.clone(), decision.kind, version, approval.at, &decision.contract.digest);
    let mut reasons = vec![format!("approved by `{}`", approval.by)];
    reasons.extend(asked.reasons);
    Entry {
        kind: if change.new_value() == judged.new { EntryKind::Change } else { EntryKind::Correction },
        old: change.old().map(str::to_owned),
        new: change.new_value().to_owned(),
        actor: Some(if asked.actor == Some(Actor::Human) { Actor::Human } else { Actor::HumanApprovedAi }),
        reasons,
        reviewer: None,
        human_verified: true,
        ..asked
    }
}

/// The entry of what a person took back: `change` is what [`crate::gate::roll_back`] gave for `entry`.
#[must_use]
pub fn rolled_back(entry: &Entry, order: &Approval, change: &Change) -> Entry {
    Entry {
        kind: EntryKind::Rollback,
        old: change.old().map(str::to_owned),
        new: change.new_value().to_owned(),
        at: order.at,
        actor: Some(Actor::Human),
        verdict: None,
        reasons: vec![format!("taken back by `{}`", order.by)],
        reviewer: None,
        human_verified: true,
        ..entry.clone()
    }
}
