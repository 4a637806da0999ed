//! The decision on one event: what was decided, by which rules, on which evidence, and what was passed over.
//!
//! Invariant: a decision is complete in itself. Everything in it is ordered, so that the same decision is the same
//! bytes everywhere (see [`Decision::canonical`]).

use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::audit::Entry;
use crate::classify::{Graded, Recommended, Scored};
use crate::contract::{EventKind, Mode, Motion, SourceKind, Trust, Verdict};
use crate::gate::Judged;
use crate::handoff::Note;
use crate::id::{EventId, RuleId, SourceId, WorkflowId};
use crate::identity::Match;
use crate::plan::Truth;
use crate::record::RecordRef;
use crate::route::{Destination, Route};
use crate::suppression::Suppressed;
use crate::terms::TermSeen;
use crate::time::Timestamp;

/// What was decided, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Decision {
    /// The event.
    pub event: EventId,
    /// What happened.
    pub kind: EventKind,
    /// The record it happened to.
    pub record: RecordRef,
    /// The time the decision was made for.
    pub as_of: Timestamp,
    /// The contract that decided.
    #[serde(serialize_with = "shared")]
    #[cfg_attr(feature = "schema", schemars(with = "Authority"))]
    pub contract: Arc<Authority>,
    /// The engine that decided.
    pub engine: &'static str,
    /// The result in short.
    pub outcome: Outcome,
    /// Where the lead came from.
    pub source: SourceSeen,
    /// What could not be read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<Unread>,
    /// Who it is.
    #[serde(rename = "match")]
    pub matched: Match,
    /// The workflows that were asked, and whether they started.
    pub workflows: Vec<WorkflowSeen>,
    /// What must not be done.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub suppressed: Vec<Suppressed>,
    /// Everything that was asked of the gate, in the order of the stages.
    pub judged: Vec<Judged>,
    /// What the term rules found in the lead's texts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<TermSeen>,
    /// The scores.
    pub scores: Vec<Scored>,
    /// The grades.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub grades: Vec<Graded>,
    /// The lifecycle stage that is recommended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lifecycle: Option<Recommended>,
    /// Who gets it; none where no started workflow assigns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub route: Option<Route>,
    /// What sales is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handoff: Option<Note>,
    /// What is kept.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub audit: Vec<Entry>,
    /// Bit n: the nth budget counts this lead. For previews; no part of the decision.
    #[serde(skip)]
    pub(crate) counted: u64,
}

fn shared<S: Serializer>(authority: &Arc<Authority>, to: S) -> Result<S::Ok, S::Error> {
    authority.as_ref().serialize(to)
}

/// The result in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Outcome {
    /// Where the lead ends up; none where no started workflow assigns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Destination>,
    /// The strictest verdict on anything that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strictest: Option<Verdict>,
    /// Whether a suppression holds.
    pub suppressed: bool,
    /// Whether anything waits for a reviewer.
    pub for_review: bool,
}

/// The contract that decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Authority {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// The digest of its canonical JSON.
    pub digest: String,
}

/// Where a lead came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SourceSeen {
    /// The contract's source; none where it names no such source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<SourceId>,
    /// What sort of source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<SourceKind>,
    /// What the event or the CRM calls it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// How far it is trusted.
    pub trust: Trust,
    /// Inbound or outbound.
    pub motion: Motion,
}

/// A value that could not be read as what its field holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Unread {
    /// The field.
    pub field: String,
    /// What stands there.
    pub found: String,
    /// What was expected.
    pub expected: String,
}

/// A workflow that listens to what happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WorkflowSeen {
    /// Which.
    pub workflow: WorkflowId,
    /// Its version.
    pub version: String,
    /// Whether it acts by itself.
    pub mode: Mode,
    /// The event it was asked about: the event itself, or `scored`.
    pub on: EventKind,
    /// What came of it.
    pub started: Started,
    /// What was missing, where something could not be decided.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
}

/// Whether a workflow started, and if not, why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Started {
    /// It started.
    Yes,
    /// It started, but whether this exclusion holds is not known: its actions go to a person.
    Doubtful(RuleId),
    /// Its trigger's condition does not hold, or cannot be decided.
    NotTriggered(Truth),
    /// The record is not eligible, or that cannot be decided.
    NotEligible(Truth),
    /// This exclusion holds.
    Excluded(RuleId),
}

impl Started {
    /// Whether it runs.
    #[must_use]
    pub const fn runs(&self) -> bool {
        matches!(self, Self::Yes | Self::Doubtful(_))
    }
}

impl Decision {
    /// The decision as canonical JSON (RFC 8785): what is compared and hashed.
    ///
    /// # Errors
    /// A number beyond 2^53, which no decision has unless its event did.
    pub fn canonical(&self) -> Result<String, crate::json::CanonicalError> {
        crate::json::canonical(self)
    }
}
