//! What the gate answers: a verdict with every reason for it, and what may be written.
//!
//! Invariant: a [`Change`] is made by the gate alone: its fields are seen there and nowhere else, and it cannot be
//! deserialised.

use serde::Serialize;

use super::review;
use crate::contract::{ActionKind, Reviewer, Verdict};
use crate::decide::facts::Facts;
use crate::id::{FieldName, RuleId, SourceId, WorkflowId};
use crate::order;
use crate::record::{Because, Principal, RecordRef};
use crate::scale::Confidence;
use crate::time::Timestamp;

/// The gate's answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Judged {
    /// What was asked for.
    pub action: ActionKind,
    /// The field, for writes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<FieldName>,
    /// The record it is about.
    pub record: RecordRef,
    /// What stood there: none when blank or unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// What should stand there.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub new: String,
    /// Where to, for actions that are proposed: the campaign, the sequence, the time.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub to: String,
    /// Who acts, where the event or the proposal says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Principal>,
    /// Who says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
    /// How sure the source is, as far as its trust lets it count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    /// The workflow it was asked under.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workflow: Option<WorkflowId>,
    /// The answer.
    pub verdict: Verdict,
    /// The answer before the mode of its workflow, or of the routing rule that chose, capped it. Later stages go by this one.
    pub uncapped: Verdict,
    /// Every reason, strictest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Reason>,
    /// Who must look, where the verdict is `review`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviewer: Option<Reviewer>,
    /// Whether the value stands there already, so that nothing is to be done.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub no_op: bool,
    /// By when it is to be done, for tasks about a lead whose response time runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<Timestamp>,
    /// What may be written, where the verdict is `auto`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<Box<Change>>,
}

/// One reason for a verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reason {
    /// The verdict this reason alone asks for.
    pub verdict: Verdict,
    /// A stable code, `below-threshold`.
    pub code: &'static str,
    /// The rule, where one is to name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<RuleId>,
    /// Where it stands in the contract.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// In words.
    pub message: String,
}

/// A write that the gate has let through, bound to the value it replaces.
///
/// It can be made by the gate alone: there is no constructor, and no way to read one from a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Change {
    pub(super) action: ActionKind,
    pub(super) record: RecordRef,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) field: Option<FieldName>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) to: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) old: Option<String>,
    pub(super) new: String,
    /// The person who approved it or took it back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) by: Option<String>,
}

/// Nothing outside the gate makes one:
///
/// ```compile_fail,E0451
/// let record = interlock_core::record::RecordRef { object: interlock_core::record::Object::Lead, id: "1".into() };
/// let change = interlock_core::gate::Change {
///     action: interlock_core::contract::ActionKind::Merge,
///     record,
///     field: None,
///     to: String::new(),
///     old: None,
///     new: String::new(),
///     by: None,
/// };
/// ```
///
/// ```compile_fail,E0277
/// let change: interlock_core::gate::Change = serde_json::from_str("{}").unwrap();
/// ```
impl Change {
    /// What is to be done.
    #[must_use]
    pub const fn action(&self) -> ActionKind {
        self.action
    }

    /// Where to, for actions that were proposed with a target.
    #[must_use]
    pub fn to(&self) -> &str {
        &self.to
    }

    /// The person who approved it or took it back; none where it is automatic.
    #[must_use]
    pub fn by(&self) -> Option<&str> {
        self.by.as_deref()
    }

    /// The record to write to.
    #[must_use]
    pub const fn record(&self) -> &RecordRef {
        &self.record
    }

    /// The field to write, for field updates.
    #[must_use]
    pub const fn field(&self) -> Option<&FieldName> {
        self.field.as_ref()
    }

    /// The value that must still stand there; none for a blank.
    #[must_use]
    pub fn old(&self) -> Option<&str> {
        self.old.as_deref()
    }

    /// The value to write.
    #[must_use]
    pub fn new_value(&self) -> &str {
        &self.new
    }
}

impl Judged {
    /// Says what is to be written where that is known only after the verdict: which member of a pool it is depends on
    /// whether the assignment takes a turn.
    pub(crate) fn name_new(&mut self, new: &str) {
        new.clone_into(&mut self.new);
        if let Some(change) = &mut self.change {
            new.clone_into(&mut change.new);
        }
    }

    /// Whether a person must decide.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.verdict == Verdict::Review && !self.no_op
    }

    /// One more reason, which is known only after the verdict.
    pub(crate) fn restrict(
        &mut self,
        verdict: Verdict,
        code: &'static str,
        words: &str,
        facts: &Facts<'_>,
        full: bool,
    ) {
        self.verdict = self.verdict.max(verdict);
        self.uncapped = self.uncapped.max(verdict);
        self.change = None;
        if full {
            self.reasons.push(Reason { verdict, code, rule: None, address: None, message: words.to_owned() });
            order::sort_by_key(&mut self.reasons, |reason| std::cmp::Reverse(reason.verdict));
            self.reviewer = match (self.verdict, self.reviewer.take()) {
                (Verdict::Review, named) => Some(named.unwrap_or_else(|| review::reviewer(facts))),
                _ => None,
            };
        }
    }

    /// The same, where what is now known to be asked for was rejected or taken back before.
    pub(crate) fn refuse(&mut self, because: Because, facts: &Facts<'_>, full: bool) {
        self.restrict(Verdict::Block, "not-repeated", super::action::not_repeated(because), facts, full);
    }

    /// The value stands there already: nothing is changed, whatever the verdict.
    pub(crate) fn nothing_to_do(&mut self) {
        self.no_op = true;
        self.change = None;
    }
}
