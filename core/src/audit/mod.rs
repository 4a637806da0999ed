//! Stage 7, audit: one entry for each thing that was changed, suggested, held or blocked.
//!
//! Input: what the gate judged, what other systems wrote, what people let through and took back. Output: [`Entry`]
//! values with everything needed to explain and to undo. Invariant: an entry always has the previous value; an observed
//! one, whose writer did not say, has none. Entries are chained when they are appended to a log, not here, so that a
//! decision does not depend on what was logged before.

pub mod explore;
pub mod filter;
mod hash;
pub mod history;
pub mod log;
pub mod merkle;
pub mod metrics;
pub mod proof;
pub mod review;
pub mod rollback;
pub mod session;
mod strict;
pub mod trail;
pub mod verify;
mod words;

pub use hash::Hash;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::contract::{ActionKind, EventKind, Reviewer, Verdict};
use crate::gate::{Approval, Change, Judged};
use crate::id::{AgentId, EventId, FieldName, OwnerId, RecordId, RuleId, SourceId, WorkflowId};
use crate::json::{CanonicalError, Decode, canonical};
use crate::plan::Plan;
use crate::record::{Event, Object, Principal};
use crate::route::{Destination, Route};
use crate::scale::Confidence;
use crate::time::Timestamp;

/// One entry of the audit log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
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
    /// The agent that acted or asked; none where the workflow names none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<AgentId>,
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
    /// The codes of these reasons, `below-threshold`, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<Cow<'static, str>>,
    /// The contract's rules behind it: those that the reasons name, and the routing rules that chose.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<RuleId>,
    /// Whose the record is once this is done: the person who gets the lead, otherwise the owner it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<OwnerId>,
    /// By when it is to be done, for tasks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Timestamp>,
    /// Who must look, where somebody must.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewer: Option<Reviewer>,
    /// Whether a person has confirmed the new value.
    pub human_verified: bool,
    /// What a person said to an earlier entry, where this is that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
    /// The digest of the contract that decided.
    pub contract: String,
    /// The version of the engine that decided.
    pub engine: Cow<'static, str>,
}

/// What a person said to an earlier entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The [`Entry::digest`] of that entry: it stays the same when logs are merged.
    pub to: Hash,
    /// What they said.
    pub says: Says,
    /// Who: name, e-mail address or id.
    pub by: String,
    /// Why, in their words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// What a person can say to an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Says {
    /// To a suggestion or a review: do it.
    Accepted,
    /// To a suggestion or a review: do it with another value.
    Edited,
    /// To a suggestion or a review: do not do it.
    Rejected,
    /// To a change: take it back.
    RolledBack,
    /// To a match: these are not the same.
    FalseDuplicate,
    /// To an assignment: it belongs to somebody else.
    WrongRoute,
    /// To anything: something that mattered was not known.
    MissingData,
    /// To a handoff: it was of use.
    HandoffUseful,
    /// To a handoff: it was of no use.
    HandoffUseless,
    /// To a task: it is done.
    TaskDone,
}

/// What sort of entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Decode)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Decode)]
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

/// The code of a rollback that took a rollback back.
const RESTORED: &str = "restored";

impl Entry {
    /// The SHA-256 of its canonical JSON: what answers name it by. The same entry written twice has it twice.
    ///
    /// # Errors
    /// When a number in it is beyond 2^53.
    pub fn digest(&self) -> Result<Hash, CanonicalError> {
        canonical(self).map(|text| Hash::of(text.as_bytes()))
    }

    /// Whether something stands otherwise since. What was offered, held or refused changed nothing, nor did what a person only
    /// said: a rejection is a correction that writes nothing.
    #[must_use]
    pub fn writes(&self) -> bool {
        let done = matches!(
            self.answer.as_ref().map(|answer| answer.says),
            None | Some(Says::Accepted | Says::Edited | Says::RolledBack)
        );
        done && matches!(
            self.kind,
            EntryKind::Change | EntryKind::Correction | EntryKind::Rollback | EntryKind::Observed
        )
    }

    /// Whether it took a rollback back, and so did again what that had undone.
    #[must_use]
    pub fn restores(&self) -> bool {
        self.codes.iter().any(|code| code == RESTORED)
    }

    /// Whether it was offered or held, and asks for an answer.
    #[must_use]
    pub const fn asks(&self) -> bool {
        matches!(self.kind, EntryKind::Suggestion | EntryKind::Review)
    }
}

/// The event that decisions were made on.
pub(crate) struct Cause<'a> {
    pub(crate) event: &'a Event,
    pub(crate) at: Timestamp,
    /// Where it was sent.
    pub(crate) route: Option<&'a Route>,
    /// Whose it is in the CRM.
    pub(crate) owner: Option<OwnerId>,
}

/// One entry for each thing that was judged, and for each value another system wrote.
pub(crate) fn entries(plan: &Plan, cause: &Cause<'_>, judged: &[Judged]) -> Vec<Entry> {
    let mut all = observed(plan, cause);
    let sent = cause.route.and_then(|route| match &route.place {
        Destination::Owner(owner) => Some(owner),
        _ => None,
    });
    for judged in judged.iter().filter(|judged| !judged.no_op) {
        let workflow = judged.workflow.as_ref();
        let workflow = workflow.and_then(|id| plan.contract.workflows.iter().find(|workflow| workflow.id == *id));
        let asked = Asked {
            event: &cause.event.id,
            trigger: cause.event.kind,
            version: workflow.map(|workflow| workflow.version.clone()),
            agent: workflow.and_then(|workflow| workflow.agent.clone()),
            at: cause.at,
            contract: &plan.digest,
        };
        let mut entry = entry(judged, asked);
        if judged.action == ActionKind::Assign {
            for rule in cause.route.iter().flat_map(|route| route.rule.iter().chain(&route.held)) {
                keep(&mut entry.rules, rule);
            }
        }
        if judged.record == cause.event.record {
            entry.owner = sent.or(cause.owner.as_ref()).cloned();
        }
        all.push(entry);
    }
    all
}

fn keep<T: PartialEq + Clone>(list: &mut Vec<T>, one: &T) {
    if !list.contains(one) {
        list.push(one.clone());
    }
}

/// Under what it was judged.
struct Asked<'a> {
    event: &'a EventId,
    trigger: EventKind,
    version: Option<String>,
    agent: Option<AgentId>,
    at: Timestamp,
    contract: &'a str,
}

fn entry(judged: &Judged, asked: Asked<'_>) -> Entry {
    let (mut codes, mut rules) = (Vec::new(), Vec::new());
    for reason in &judged.reasons {
        keep(&mut codes, &Cow::Borrowed(reason.code));
        if let Some(rule) = &reason.rule {
            keep(&mut rules, rule);
        }
    }
    let agent = match &judged.by {
        Some(Principal::Agent(agent)) => Some(agent.clone()),
        Some(_) => None,
        None => asked.agent,
    };
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
        workflow_version: asked.version,
        agent,
        event: asked.event.clone(),
        trigger: asked.trigger,
        action: judged.action,
        field: judged.field.clone(),
        to: judged.to.clone(),
        old: judged.old.clone(),
        new: judged.new.clone(),
        source: judged.source.clone(),
        confidence: judged.confidence,
        at: asked.at,
        actor: Some(match judged.by {
            Some(Principal::Person(_)) => Actor::Human,
            _ => Actor::Ai,
        }),
        verdict: Some(judged.verdict),
        reasons: judged.reasons.iter().map(|reason| reason.message.clone()).collect(),
        codes,
        rules,
        owner: None,
        due: judged.due,
        reviewer: judged.reviewer.clone(),
        human_verified: false,
        answer: None,
        contract: asked.contract.to_owned(),
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
            agent: None,
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
            codes: Vec::new(),
            rules: Vec::new(),
            owner: cause.owner.clone().filter(|_| event.record.object == Object::Lead),
            due: None,
            reviewer: None,
            human_verified: person,
            answer: None,
            contract: plan.digest.clone(),
            engine: Cow::Borrowed(ENGINE),
        })
        .collect()
}

/// The entry of what a person let through, as it stands or as they would have it: `asked` is the entry of what was
/// suggested or held, `change` is what [`crate::gate::approve`] gave for it.
#[must_use]
pub fn approved(asked: &Entry, approval: &Approval, change: &Change) -> Entry {
    let edited = change.new_value() != asked.new;
    let mut reasons = vec![format!("approved by `{}`", approval.by)];
    reasons.extend_from_slice(&asked.reasons);
    Entry {
        kind: if edited { EntryKind::Correction } else { EntryKind::Change },
        old: change.old().map(str::to_owned),
        new: change.new_value().to_owned(),
        at: approval.at,
        actor: Some(if asked.actor == Some(Actor::Human) { Actor::Human } else { Actor::HumanApprovedAi }),
        reasons,
        reviewer: None,
        human_verified: true,
        answer: answer(asked, if edited { Says::Edited } else { Says::Accepted }, approval),
        ..asked.clone()
    }
}

/// The entry of what a person took back: `change` is what [`crate::gate::roll_back`] gave for `entry`.
#[must_use]
pub fn rolled_back(entry: &Entry, order: &Approval, change: &Change) -> Entry {
    let restores = entry.kind == EntryKind::Rollback && !entry.restores();
    Entry {
        kind: EntryKind::Rollback,
        codes: if restores { vec![Cow::Borrowed(RESTORED)] } else { Vec::new() },
        old: change.old().map(str::to_owned),
        new: change.new_value().to_owned(),
        at: order.at,
        actor: Some(Actor::Human),
        verdict: None,
        reasons: vec![format!("{} by `{}`", if restores { "restored" } else { "taken back" }, order.by)],
        reviewer: None,
        human_verified: true,
        answer: answer(entry, Says::RolledBack, order),
        ..entry.clone()
    }
}

/// The entry of what was suggested or held and waits no more, since what its like did was taken back: nothing is written.
#[must_use]
pub fn withdrawn(entry: &Entry, order: &Approval) -> Entry {
    Entry {
        kind: EntryKind::Correction,
        new: entry.old.clone().unwrap_or_default(),
        at: order.at,
        actor: Some(Actor::Human),
        reasons: vec![format!("withdrawn by `{}`, since what its like did was taken back", order.by)],
        codes: Vec::new(),
        reviewer: None,
        answer: answer(entry, Says::Rejected, order),
        ..entry.clone()
    }
}

fn answer(to: &Entry, says: Says, approval: &Approval) -> Option<Answer> {
    let to = to.digest().ok()?;
    Some(Answer { to, says, by: approval.by.clone(), note: approval.note.clone() })
}
