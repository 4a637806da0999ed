//! What is measured, in words.

use serde::{Deserialize, Serialize};

use crate::contract::Metric;
use crate::json::Decode;

/// What is measured: a share of something, or a rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Indicator {
    /// Filled cells of all cells of the material fields of eligible records.
    FieldCompletion,
    /// Records beyond the first of each set of duplicates, of all records.
    DuplicateRate,
    /// Suggestions accepted unchanged, of those that a person answered.
    SuggestionAcceptance,
    /// Suggestions accepted with another value, of those that a person answered.
    SuggestionEdited,
    /// What waited for a reviewer and was accepted unchanged, of what a reviewer answered.
    ReviewAcceptance,
    /// Assignments that a person changed within 14 days, of all.
    RoutingCorrection,
    /// Tasks done by their due time, of those that were due.
    TaskCompletion,
    /// Actions that suppression blocked or held, of those it looked at.
    SuppressionBlockRate,
    /// Entries rolled back, against changes.
    Rollbacks,
    /// Handoffs that the receiver called useful, of those rated.
    HandoffUseful,
    /// Required parts of handoff notes that are present, of those required.
    HandoffParts,
    /// Assignments by the fallback or a catch-all rule, of those that routing made.
    DefaultOwner,
    /// Assignments that would have to be somebody else's for each member of a pool to have their share, of all of pools.
    DistributionParity,
    /// Assignments whose response time was breached, of all.
    SlaBreach,
    /// Leads that no rule took and no fallback, of those that routing was asked about.
    Unrouted,
    /// What was done automatically and a person changed or took back within 14 days, of all that was.
    AutomaticCorrection,
}

/// How many indicators there are.
pub(super) const MANY: usize = Indicator::ALL.len();

/// What a figure is read in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// In percent.
    Percent,
    /// Of a thousand.
    PerThousand,
}

impl Indicator {
    /// All, in the order in which they are shown.
    pub const ALL: [Self; 16] = [
        Self::FieldCompletion,
        Self::DuplicateRate,
        Self::SuggestionAcceptance,
        Self::SuggestionEdited,
        Self::ReviewAcceptance,
        Self::RoutingCorrection,
        Self::TaskCompletion,
        Self::SuppressionBlockRate,
        Self::Rollbacks,
        Self::HandoffUseful,
        Self::HandoffParts,
        Self::DefaultOwner,
        Self::DistributionParity,
        Self::SlaBreach,
        Self::Unrouted,
        Self::AutomaticCorrection,
    ];

    /// Its word in JSON, its name for people, and what is counted of what.
    const fn words(self) -> [&'static str; 3] {
        match self {
            Self::FieldCompletion => ["field_completion", "Field completion", "filled cells / cells"],
            Self::DuplicateRate => ["duplicate_rate", "Duplicate rate", "records too many / records"],
            Self::SuggestionAcceptance => {
                ["suggestion_acceptance", "Suggestions accepted", "accepted unchanged / answered"]
            }
            Self::SuggestionEdited => ["suggestion_edited", "Suggestions edited", "accepted with edits / answered"],
            Self::ReviewAcceptance => ["review_acceptance", "Reviews accepted", "accepted unchanged / reviewed"],
            Self::RoutingCorrection => {
                ["routing_correction", "Routing corrected", "changed by a person in 14 days / assignments"]
            }
            Self::TaskCompletion => ["task_completion", "Tasks done in time", "done by their due time / due"],
            Self::SuppressionBlockRate => {
                ["suppression_block_rate", "Stopped by suppression", "blocked or held / looked at"]
            }
            Self::Rollbacks => ["rollbacks", "Rolled back per 1,000", "entries rolled back / changes"],
            Self::HandoffUseful => ["handoff_useful", "Handoffs useful", "rated useful / rated"],
            Self::HandoffParts => ["handoff_parts", "Handoff parts present", "present / required"],
            Self::DefaultOwner => ["default_owner", "Sent to the default", "by fallback or catch-all / assignments"],
            Self::DistributionParity => {
                ["distribution_parity", "Unevenly distributed", "beyond a member's share / pools' assignments"]
            }
            Self::SlaBreach => ["sla_breach", "Response time breached", "breached / assignments"],
            Self::Unrouted => ["unrouted", "Unrouted", "taken by no rule / asked about"],
            Self::AutomaticCorrection => {
                ["automatic_correction", "Automatic, then corrected", "changed or taken back in 14 days / automatic"]
            }
        }
    }

    /// The word used in JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        self.words()[0]
    }

    /// Its name for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.words()[1]
    }

    /// What is counted, of what.
    #[must_use]
    pub const fn counts(self) -> &'static str {
        self.words()[2]
    }

    /// What it is read in.
    #[must_use]
    pub const fn unit(self) -> Unit {
        match self {
            Self::Rollbacks => Unit::PerThousand,
            _ => Unit::Percent,
        }
    }

    /// A value in words, `87.3 %` or `12.3`.
    #[must_use]
    pub fn shown(self, value: u32) -> String {
        match self.unit() {
            Unit::Percent => super::percent(value),
            Unit::PerThousand => super::per_thousand(value),
        }
    }

    /// Whether more of it is better; none where neither is.
    #[must_use]
    pub const fn more_is_better(self) -> Option<bool> {
        match self {
            Self::FieldCompletion
            | Self::SuggestionAcceptance
            | Self::ReviewAcceptance
            | Self::TaskCompletion
            | Self::HandoffUseful
            | Self::HandoffParts => Some(true),
            Self::SuggestionEdited | Self::SuppressionBlockRate => None,
            _ => Some(false),
        }
    }

    /// The indicator that a contract's success metric names.
    #[must_use]
    pub const fn of(metric: Metric) -> Self {
        match metric {
            Metric::FieldCompletion => Self::FieldCompletion,
            Metric::DuplicateRate => Self::DuplicateRate,
            Metric::SuggestionAcceptance => Self::SuggestionAcceptance,
            Metric::RoutingCorrection => Self::RoutingCorrection,
            Metric::TaskCompletion => Self::TaskCompletion,
            Metric::SuppressionBlockRate => Self::SuppressionBlockRate,
            Metric::RollbackCount => Self::Rollbacks,
            Metric::HandoffQuality => Self::HandoffUseful,
        }
    }
}

/// What is counted beside the indicators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    /// Suggestions that a person rejected.
    Rejected,
    /// Rollbacks: entries taken back by one person at one time for one reason are one.
    RollbackOrders,
    /// Matches that a person called no duplicates.
    FalseDuplicates,
    /// Assignments, suggested ones too, that a person called wrong.
    WrongRoutes,
    /// Where a person missed something that mattered.
    MissingData,
    /// Assignments that may yet be corrected: they are not 14 days old.
    AssignmentsOpen,
    /// Leads that went to a person because rules disagree or say so, or nobody could take them.
    Escalated,
    /// Tasks that were done, but late.
    TasksLate,
    /// Tasks that are not due yet.
    TasksOpen,
    /// Tasks without a due time: no share counts them.
    TasksUndated,
}

/// How many there are of them.
pub(super) const COUNTED: usize = Counted::ALL.len();

impl Counted {
    /// All, in the order in which they are shown.
    pub const ALL: [Self; 10] = [
        Self::Rejected,
        Self::RollbackOrders,
        Self::FalseDuplicates,
        Self::WrongRoutes,
        Self::MissingData,
        Self::AssignmentsOpen,
        Self::Escalated,
        Self::TasksLate,
        Self::TasksOpen,
        Self::TasksUndated,
    ];

    /// For people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rejected => "suggestions rejected",
            Self::RollbackOrders => "rollbacks",
            Self::FalseDuplicates => "false duplicate alerts",
            Self::WrongRoutes => "assignments called wrong",
            Self::MissingData => "missing data reported",
            Self::AssignmentsOpen => "assignments not yet 14 days old",
            Self::Escalated => "leads escalated to a person",
            Self::TasksLate => "tasks done late",
            Self::TasksOpen => "tasks not yet due",
            Self::TasksUndated => "tasks without a due time",
        }
    }
}
