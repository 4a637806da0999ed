//! Metrics: what a log says of how well the automation works, and how far that can be relied on.
//!
//! Input: the entries of a log, one after the other in any order ([`Tally`]); perhaps the contract, a CRM snapshot and
//! decisions. Output: [`Metrics`]: each [`Indicator`] as so many of so many, with its interval, overall and by week, workflow,
//! version, rule, source and owner; what follows for the contract ([`Advice`]), how far stated confidences can be believed
//! ([`Calibration`]), and the weekly review ([`report`]). Invariant: whole numbers alone; what cannot be measured says which
//! input it needs and is never 0. None counts how much an AI did. Every definition stands in `docs/metrics.md`.

mod advice;
mod board;
mod calibration;
mod finish;
mod indicator;
mod interval;
mod parity;
pub mod report;
mod standing;
mod tally;
#[cfg(test)]
mod tests;
mod week;

pub use advice::{About, Advice, Course, Edit, Evidence};
pub use calibration::{Bin, Calibration, Reliability, Threshold};
pub use finish::Given;
pub use indicator::{Counted, Indicator, Unit};
pub use interval::{FEW, Interval, Share, WHOLE, is_worse, per_thousand, percent};
pub use standing::{FieldCompletion, Standing};
pub use tally::Tally;
pub use week::Week;

use serde::{Deserialize, Serialize};

use crate::contract::Metric;
use crate::id::{PoolId, WorkflowId};
use crate::json::{Decode, Node};
use crate::scale::Confidence;
use crate::time::Timestamp;

/// How long an assignment, and what was done automatically, may be corrected before it counts as right.
pub const CORRECTED_WITHIN_DAYS: i64 = 14;

/// What a log says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Metrics {
    /// From when on things count; from the beginning where nothing stands here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Timestamp>,
    /// Until when, exclusively.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// The time by which tasks are due and corrections are over: the last of the log, or `until`.
    pub as_of: Timestamp,
    /// Entries that were read.
    pub entries: u64,
    /// Each indicator, in a fixed order, measured or not.
    pub overall: Vec<Figure>,
    /// What is counted beside them.
    pub counts: Vec<Count>,
    /// The same by week, workflow, version, rule, source and owner; what no entry fell into is left out.
    pub slices: Vec<Slice>,
    /// The targets of the contract's workflows, where there is a contract.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<Target>,
    /// How evenly pools share their work, where there is a contract.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pools: Vec<PoolShare>,
    /// How full each material field is, where there is a snapshot.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldCompletion>,
    /// What the evidence supports, where there is a contract.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub advice: Vec<Advice>,
    /// How far stated confidences can be believed: overall, then by source and field.
    pub calibration: Vec<Calibration>,
    /// What people said in words, and what was corrected: what a weekly review reads.
    pub notes: Notes,
}

/// An indicator, measured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Figure {
    /// Which.
    pub metric: Indicator,
    /// So many of so many.
    #[serde(flatten)]
    pub share: Share,
    /// The share in ten-thousandths; none where nothing was there to measure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<u32>,
    /// Where it lies with 95 in 100; none where nothing was drawn but all counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<Interval>,
    /// Whether it stands on fewer than 30, too few to conclude anything from.
    pub few: bool,
    /// What is needed to measure it, where it could not be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needs: Option<String>,
}

impl Decode for Figure {
    fn blank() -> Self {
        Self { metric: Decode::blank(), share: Share::default(), value: None, interval: None, few: false, needs: None }
    }

    /// The share stands among the other keys.
    fn decode(&mut self, node: &Node<'_>) -> bool {
        #[derive(Decode)]
        struct Flat {
            metric: Indicator,
            hits: u64,
            of: u64,
            value: Option<u32>,
            interval: Option<Interval>,
            few: bool,
            needs: Option<String>,
        }
        let mut flat = Flat::blank();
        let fits = flat.decode(node);
        let Flat { metric, hits, of, value, interval, few, needs } = flat;
        *self = Self { metric, share: Share { hits, of }, value, interval, few, needs };
        fits
    }
}

impl Figure {
    /// Of a share.
    #[must_use]
    pub fn of(metric: Indicator, share: Share) -> Self {
        let interval = match metric {
            Indicator::Rollbacks => share.poisson(),
            // All there are: nothing is drawn.
            Indicator::DistributionParity | Indicator::FieldCompletion | Indicator::DuplicateRate => None,
            _ => share.wilson(),
        };
        let few = interval.is_some() && share.is_few();
        Self { metric, share, value: share.value(), interval, few, needs: None }
    }
}

/// Something counted that is no share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Count {
    /// What.
    pub what: Counted,
    /// How many.
    pub count: u64,
}

/// By what figures are cut up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// ISO weeks in UTC.
    Week,
    /// Workflows.
    Workflow,
    /// Versions of workflows: the workflow, a space, the version.
    Version,
    /// Rules: an entry counts under each rule that it names.
    Rule,
    /// Sources of values.
    Source,
    /// Owners of the records.
    Owner,
}

impl By {
    /// All, in order.
    pub const ALL: [Self; 6] = [Self::Week, Self::Workflow, Self::Version, Self::Rule, Self::Source, Self::Owner];

    /// The word used in JSON, panel and command.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Workflow => "workflow",
            Self::Version => "version",
            Self::Rule => "rule",
            Self::Source => "source",
            Self::Owner => "owner",
        }
    }
}

/// The figures of one week, workflow, version, rule, source or owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Slice {
    /// What it is.
    pub by: By,
    /// Which one; empty for entries that name none.
    pub key: String,
    /// What was measured in it.
    pub figures: Vec<Figure>,
    /// What was counted in it, where anything was.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counts: Vec<Count>,
}

/// Whether a target is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reached {
    /// The whole interval is on the right side.
    Met,
    /// The whole interval is on the wrong side.
    Missed,
    /// The interval lies across the target, or there is nothing to measure.
    TooFew,
}

impl Reached {
    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Missed => "missed",
            Self::TooFew => "too few to say",
        }
    }
}

/// What a workflow is to reach, and what it does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Target {
    /// The workflow.
    pub workflow: WorkflowId,
    /// Its success metric.
    pub metric: Metric,
    /// Where it should be.
    pub target: Confidence,
    /// Where it is: of the workflow alone, or of the whole snapshot where that is what is measured.
    pub figure: Figure,
    /// Whether it is there.
    pub reached: Reached,
}

/// How evenly a pool shares its work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PoolShare {
    /// The pool.
    pub pool: PoolId,
    /// The assignments that would have to be somebody else's, of all of the pool's.
    pub share: Share,
    /// Those that went to nobody who is a member now.
    pub others: u64,
    /// What each member got.
    pub members: Vec<MemberShare>,
}

/// What a member of a pool got.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MemberShare {
    /// Who, as the contract has it.
    pub owner: String,
    /// Their weight: what they should get relative to the others.
    pub weight: u32,
    /// What they got.
    pub assignments: u64,
}

/// What people said, and what was corrected; at most a hundred of each, the latest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Notes {
    /// What was corrected, by workflow and field or action, the most frequent first.
    pub corrected: Vec<Corrected>,
    /// What was said with a note.
    pub said: Vec<Said>,
}

/// Corrections of one sort.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Corrected {
    /// The workflow, where one is known.
    pub workflow: String,
    /// The field, or the action where it is none of a field.
    pub what: String,
    /// Suggestions that were accepted with another value.
    pub edited: u64,
    /// Suggestions that were rejected.
    pub rejected: u64,
    /// What was taken back.
    pub rolled_back: u64,
    /// The last of them: from this,
    pub from: String,
    /// to this; empty where it was rejected.
    pub to: String,
}

/// Something a person said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Said {
    /// When.
    pub at: Timestamp,
    /// What they said.
    pub says: super::Says,
    /// Of which record.
    pub record: String,
    /// The field, or the action.
    pub what: String,
    /// Who.
    pub by: String,
    /// Why, in their words.
    pub note: String,
}
