//! The plan of a rollback: what goes back, what is kept, what cannot be undone, who is told.
//!
//! Invariant: a plan is known by its digest, the SHA-256 of its canonical JSON without the digest; one that was changed is
//! refused. It holds no value that the log and the CRM do not have, and what it says of entries is said by their digests.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::{CellRef, Choice, ChoiceError};
use crate::audit::log::Head;
use crate::audit::{Actor, Entry, EntryKind, Hash};
use crate::contract::{ActionKind, Reviewer};
use crate::id::{FieldName, OwnerId, RecordId, WorkflowId};
use crate::json::{Decode, canonical};
use crate::record::Object;
use crate::time::Timestamp;

/// The format of plans.
pub const FORMAT: u32 = 1;

/// What a rollback would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RollbackPlan {
    /// The format: 1.
    pub format: u32,
    /// The SHA-256 of this plan's canonical JSON without this key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Hash>,
    /// What the log was known by when the plan was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log: Option<Head>,
    /// The digest of the contract whose rollback section and field policies count.
    pub contract: String,
    /// Other contracts that decided what was chosen, by their digests.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decided_by: Vec<String>,
    /// Who takes it back.
    pub by: String,
    /// Why, in their words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// For which time.
    pub as_of: Timestamp,
    /// What was chosen.
    pub choice: Choice,
    /// What goes back.
    pub back: Vec<Back>,
    /// What was chosen and stays as it is.
    pub kept: Vec<Kept>,
    /// What was done and cannot be undone, each with what to do instead.
    pub cannot: Vec<Cannot>,
    /// What was suggested or held, and waits no more.
    pub withdrawn: Vec<Waiting>,
    /// Which owners are told what.
    pub told: Vec<Told>,
    /// Whom the contract has told of every rollback.
    pub notify: Vec<Reviewer>,
}

/// An entry that was chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Its digest.
    pub entry: Hash,
    /// What sort of entry.
    pub kind: EntryKind,
    /// What was done.
    pub action: ActionKind,
    /// Where to, for actions that were proposed with a target.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub to: String,
    /// When.
    pub at: Timestamp,
    /// By which workflow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workflow: Option<WorkflowId>,
    /// In which version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The value before; none for a blank.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// The value after.
    pub new: String,
}

impl Step {
    pub(super) fn of(entry: &Entry, digest: Hash) -> Self {
        Self {
            entry: digest,
            kind: entry.kind,
            action: entry.action,
            to: entry.to.clone(),
            at: entry.at,
            workflow: entry.workflow.clone(),
            version: entry.workflow_version.clone(),
            old: entry.old.clone(),
            new: entry.new.clone(),
        }
    }
}

/// A cell that goes back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Back {
    /// The kind of record.
    pub object: Object,
    /// The record.
    pub record: RecordId,
    /// The field.
    pub field: FieldName,
    /// What stands there and must still stand when it is written; none for a blank.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stands: Option<String>,
    /// What is to stand there; none for a blank.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Whether what stands there was read from the CRM; otherwise it is the last that the log knows of.
    pub seen: bool,
    /// Whose the record is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<OwnerId>,
    /// The entries that are undone, the last first.
    pub undoes: Vec<Step>,
}

impl Back {
    /// The cell.
    #[must_use]
    pub fn cell(&self) -> CellRef {
        CellRef { object: self.object, record: self.record.clone(), field: self.field.clone() }
    }
}

/// Why something that was chosen stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// A person has changed it since, or confirmed it.
    Person,
    /// Another change came after it.
    LaterChange,
    /// Something else stands in the CRM than the log says.
    Differs,
    /// The record is not among the CRM's.
    Gone,
    /// What stood there before stands there already.
    AsBefore,
    /// It is what a person put in place of what was suggested.
    PersonsOwn,
    /// It was taken back already.
    TakenBack,
    /// Since the plan was made, something has changed.
    Stale,
}

/// Something that was chosen and stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// The kind of record.
    pub object: Object,
    /// The record.
    pub record: RecordId,
    /// The field.
    pub field: FieldName,
    /// What was chosen.
    pub step: Step,
    /// Why it stays.
    pub why: Why,
    /// What stands there, and stays; none for a blank.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stands: Option<String>,
    /// What came after it, where the log knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub later: Option<Later>,
}

/// What came after something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Later {
    /// The entry.
    pub entry: Hash,
    /// What sort of entry.
    pub kind: EntryKind,
    /// When.
    pub at: Timestamp,
    /// Who acted; none where another system did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<Actor>,
    /// The person, where they are named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// By which workflow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workflow: Option<WorkflowId>,
    /// The value it wrote.
    pub value: String,
}

impl Later {
    pub(super) fn of(entry: &Entry, digest: Hash) -> Self {
        Self {
            entry: digest,
            kind: entry.kind,
            at: entry.at,
            actor: entry.actor,
            by: entry.answer.as_ref().map(|answer| answer.by.clone()),
            workflow: entry.workflow.clone(),
            value: entry.new.clone(),
        }
    }
}

/// Something that was done and cannot be undone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Cannot {
    /// The kind of record.
    pub object: Object,
    /// The record.
    pub record: RecordId,
    /// The field, for writes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<FieldName>,
    /// What was done.
    pub step: Step,
    /// A stable code: `cannot-be-undone`, `rollback-window-over`.
    pub code: Cow<'static, str>,
    /// Why, in words.
    pub why: String,
    /// What to do instead.
    pub follow_up: String,
    /// Whose the record is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<OwnerId>,
}

/// A suggestion or a review that waits no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Waiting {
    /// The kind of record.
    pub object: Object,
    /// The record.
    pub record: RecordId,
    /// The field, for writes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<FieldName>,
    /// What was asked.
    pub step: Step,
    /// Who was to look.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewer: Option<Reviewer>,
}

/// An owner who is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// The owner.
    pub owner: OwnerId,
    /// How many of their records it is about.
    pub records: u64,
    /// What they are told.
    pub text: String,
}

/// Why there is no plan, or why one cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlanError {
    /// The choice cannot be used.
    Choice(ChoiceError),
    /// Nobody is named who takes it back.
    Nobody,
    /// The plan's time is before something that it would take back.
    TooEarly {
        /// The plan's time.
        at: Timestamp,
        /// The last of what was chosen.
        last: Timestamp,
    },
    /// It is no plan.
    Unread(String),
    /// It is of a format that is not known here.
    Format(u32),
    /// It was changed since it was made: its digest does not fit.
    Changed,
    /// It has no canonical form.
    Canonical(String),
}

impl PlanError {
    /// What to do.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self {
            Self::Choice(error) => error.help(),
            Self::Nobody => "say who takes it back: a name, an e-mail address or an id",
            Self::TooEarly { .. } => "take things back at a later time than they were done",
            Self::Unread(_) | Self::Format(_) => "name a file that `interlock rollback plan` wrote",
            Self::Changed | Self::Canonical(_) => "make the plan again: `interlock rollback plan`",
        }
    }
}

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Choice(error) => error.fmt(f),
            Self::Nobody => f.write_str("no person is named who takes it back"),
            Self::TooEarly { at, last } => {
                write!(f, "the rollback would be at {at}, but what it takes back was done until {last}")
            }
            Self::Unread(why) => write!(f, "this is no rollback plan: {why}"),
            Self::Format(format) => write!(f, "expected a rollback plan of format {FORMAT}, found format {format}"),
            Self::Changed => f.write_str("the plan was changed since it was made: its digest does not fit"),
            Self::Canonical(error) => f.write_str(error),
        }
    }
}

impl std::error::Error for PlanError {}

impl From<ChoiceError> for PlanError {
    fn from(error: ChoiceError) -> Self {
        Self::Choice(error)
    }
}

impl RollbackPlan {
    /// The SHA-256 of its canonical JSON without its digest.
    ///
    /// # Errors
    /// When it has no canonical form.
    pub fn fingerprint(&self) -> Result<Hash, PlanError> {
        let plain = Self { digest: None, ..self.clone() };
        canonical(&plain).map(|text| Hash::of(text.as_bytes())).map_err(|error| PlanError::Canonical(error.to_string()))
    }

    /// Reads a plan, as it was made and no other.
    ///
    /// # Errors
    /// When it is none, of another format, or was changed.
    pub fn read(text: &str) -> Result<Self, PlanError> {
        let plan: Self = serde_json::from_str(text).map_err(|error| PlanError::Unread(error.to_string()))?;
        if plan.format != FORMAT {
            return Err(PlanError::Format(plan.format));
        }
        if plan.digest != Some(plan.fingerprint()?) {
            return Err(PlanError::Changed);
        }
        Ok(plan)
    }

    /// How many entries are undone.
    #[must_use]
    pub fn undone(&self) -> u64 {
        self.back.iter().map(|back| back.undoes.len() as u64).sum()
    }

    /// The choice of exactly the entries that it undoes and withdraws: what a log is surveyed with to apply or verify it.
    #[must_use]
    pub fn entries(&self) -> Choice {
        let record = |object: Object, id: &RecordId| format!("{object}/{id}");
        let (mut records, mut entries) = (Vec::new(), Vec::new());
        for back in &self.back {
            records.push(record(back.object, &back.record));
            entries.extend(back.undoes.iter().map(|step| step.entry));
        }
        for waiting in &self.withdrawn {
            records.push(record(waiting.object, &waiting.record));
            entries.push(waiting.step.entry);
        }
        records.dedup();
        Choice { records, entries, ..Choice::default() }
    }
}
