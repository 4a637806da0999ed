//! What a preview shows: plain values that the panel draws and the command prints.
//!
//! Every figure counts leads unless it says otherwise. "Before" is the baseline, "after" the candidate.

mod side;

pub use side::{CandidateSeen, FactLine, Line, Mark, MatchPair, MatchSeen, SideBySide, StagePair, StageText};

use serde::{Deserialize, Serialize};

use crate::contract::{ActionKind, Verdict};
use crate::diff::Difference;
use crate::id::{FieldName, RecordId, RuleId, ScoreId};
use crate::json::Decode;

/// The whole preview but for the list of moved leads, which is asked for in pages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Summary {
    /// Leads decided under both contracts.
    pub leads: u32,
    /// Rows of the lead files that could not be read; they are listed with their files.
    pub set_aside: u32,
    /// How many leads changed, and how.
    pub counts: Counts,
    /// Who leads went from and to, largest first; leads that stay are in it too (`from` equals `to`).
    pub flows: Vec<Flow>,
    /// The distribution of each score.
    pub scores: Vec<Distribution>,
    /// The verdicts of each kind of action.
    pub verdicts: Vec<VerdictRow>,
    /// How many leads each owner, pool or queue ends up with.
    pub loads: Vec<Load>,
    /// The candidate's expectations and whether they hold.
    pub expectations: Vec<Promise>,
    /// The candidate's budgets and whether they hold.
    pub budgets: Vec<Promise>,
    /// What there is to know about the data: columns that rules ask for and no file has.
    pub notes: Vec<String>,
}

/// How many leads changed, and how. A lead can count in several.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Counts {
    /// Leads for which anything at all changed.
    pub changed: u32,
    /// Leads with another owner, pool or queue.
    pub rerouted: u32,
    /// Of these, leads that the rules send elsewhere.
    pub rerouted_by_rule: u32,
    /// Of these, leads that the rules send to the same pool but another member's turn came.
    pub rerouted_by_rotation: u32,
    /// Leads with another score.
    pub rescored: u32,
    /// Leads with another band in any score.
    pub rebanded: u32,
    /// Leads with another verdict on any action.
    pub verdict_changed: u32,
    /// Leads suppressed that were not.
    pub newly_suppressed: u32,
    /// Leads no longer suppressed.
    pub released: u32,
    /// Leads held for a person that were not.
    pub newly_for_review: u32,
    /// Leads no longer held for a person.
    pub no_longer_for_review: u32,
    /// Leads whose routing rules disagree, before.
    pub escalated_before: u32,
    /// Leads whose routing rules disagree, after.
    pub escalated_after: u32,
}

/// An owner, pool, queue or the want of one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Place {
    /// What it is.
    pub kind: PlaceKind,
    /// Its id; empty for `unrouted` and `not_eligible`.
    pub id: String,
    /// What people call it.
    pub label: String,
}

/// What sort of place a lead ends up in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// A person.
    Owner,
    /// A queue.
    Queue,
    /// Rules disagreed: it waits for a person's decision.
    Escalated,
    /// No rule held and there is no fallback.
    Unrouted,
    /// The assignment is blocked, by a suppression or a policy: it stays where it is.
    Blocked,
    /// No workflow that assigns takes it.
    NotEligible,
}

/// Leads that went from one place to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Flow {
    /// Where they are under the baseline.
    pub from: Place,
    /// Where they are under the candidate.
    pub to: Place,
    /// How many.
    pub leads: u32,
    /// Of these, how many move by rotation alone.
    pub by_rotation: u32,
}

/// The distribution of one score.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Distribution {
    /// Which score.
    pub score: ScoreId,
    /// What people call it.
    pub name: String,
    /// Equal-width ranges from the least to the most.
    pub buckets: Vec<Bucket>,
    /// Leads in each band, lowest band first.
    pub bands: Vec<BandCount>,
}

/// A range of a score, both ends included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Bucket {
    /// First value.
    pub from: i32,
    /// Last value.
    pub to: i32,
    /// Leads in it before.
    pub before: u32,
    /// Leads in it after.
    pub after: u32,
}

/// Leads in one band.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BandCount {
    /// The band; empty for leads under every band.
    pub band: String,
    /// Leads in it before.
    pub before: u32,
    /// Leads in it after.
    pub after: u32,
    /// Where it starts before, where the baseline has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least_before: Option<i32>,
    /// Where it starts after, where the candidate has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least_after: Option<i32>,
}

/// The verdicts of one kind of action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VerdictRow {
    /// The action.
    pub action: ActionKind,
    /// The field, for field updates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<FieldName>,
    /// Before.
    pub before: VerdictCounts,
    /// After.
    pub after: VerdictCounts,
    /// Leads for which it changed.
    pub changed: u32,
}

/// How often each verdict was given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[expect(missing_docs, reason = "each word is its own description")]
pub struct VerdictCounts {
    pub auto: u32,
    pub suggest: u32,
    pub review: u32,
    pub block: u32,
}

impl VerdictCounts {
    /// Counts one more.
    pub fn add(&mut self, verdict: Verdict) {
        let count = match verdict {
            Verdict::Auto => &mut self.auto,
            Verdict::Suggest => &mut self.suggest,
            Verdict::Review => &mut self.review,
            Verdict::Block => &mut self.block,
        };
        *count += 1;
    }
}

/// How many leads one place ends up with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Load {
    /// Which.
    pub place: Place,
    /// Before.
    pub before: u32,
    /// After.
    pub after: u32,
}

/// An expectation or a budget, and whether it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Promise {
    /// Which.
    pub id: RuleId,
    /// Whether it holds.
    pub holds: bool,
    /// What was found, in words: "62 of 2,000 leads rerouted (3.1 %), at most 5 % allowed".
    pub found: String,
}

/// What to list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[serde(default, deny_unknown_fields)]
pub struct Query {
    /// Only leads that changed in this way; none means any change.
    pub change: Option<Change>,
    /// Also leads for which nothing changed.
    pub unchanged_too: bool,
    /// Only leads with this text in id, name, company, e-mail, from or to (folded).
    pub text: String,
    /// Only leads that go from this place (by kind and id).
    pub from: Option<(PlaceKind, String)>,
    /// Only leads that go to this place (by kind and id).
    pub to: Option<(PlaceKind, String)>,
    /// The column to sort by.
    pub sort: Sort,
    /// Largest or last first.
    pub descending: bool,
    /// The first row wanted.
    pub offset: u32,
    /// How many rows at most.
    pub limit: u32,
}

impl Default for Query {
    fn default() -> Self {
        Self {
            change: None,
            unchanged_too: false,
            text: String::new(),
            from: None,
            to: None,
            sort: Sort::Order,
            descending: false,
            offset: 0,
            limit: 100,
        }
    }
}

/// A way in which a lead can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each word is its own description")]
pub enum Change {
    Rerouted,
    ReroutedByRule,
    ReroutedByRotation,
    Rescored,
    Rebanded,
    VerdictChanged,
    NewlySuppressed,
    Released,
    NewlyForReview,
    NoLongerForReview,
    NewlyEscalated,
}

/// A column to sort by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each word is its own description")]
pub enum Sort {
    /// The order in which the leads arrived.
    #[default]
    Order,
    Name,
    Company,
    From,
    To,
    ScoreAfter,
    ScoreChange,
}

/// A page of moved leads.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
pub struct Page {
    /// How many leads the query finds in all.
    pub total: u32,
    /// The first row of this page.
    pub offset: u32,
    /// The rows.
    pub rows: Vec<Move>,
}

/// One lead's change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Move {
    /// Its place in the order of arrival, from 0; how it is asked for.
    pub index: u32,
    /// Its id in the CRM.
    pub lead: RecordId,
    /// The person; the e-mail address where there is no name.
    pub name: String,
    /// The company, or empty.
    pub company: String,
    /// Where it goes before.
    pub from: Place,
    /// Where it goes after.
    pub to: Place,
    /// The routing rule that decides before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule_before: Option<RuleId>,
    /// The routing rule that decides after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule_after: Option<RuleId>,
    /// Its scores, those that both contracts have.
    pub scores: Vec<ScoreMove>,
    /// The ways in which it changed, in the order of [`Change`].
    pub changes: Vec<Change>,
    /// Verdicts that changed: action, before, after.
    pub verdicts: Vec<VerdictMove>,
}

/// One score of one lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ScoreMove {
    /// Which score.
    pub score: ScoreId,
    /// Before.
    pub before: i32,
    /// After.
    pub after: i32,
    /// The band before, or empty.
    pub band_before: String,
    /// The band after, or empty.
    pub band_after: String,
}

/// One verdict of one lead that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VerdictMove {
    /// The action.
    pub action: ActionKind,
    /// The field, for field updates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<FieldName>,
    /// Before; none where the baseline asked for no such action.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Verdict>,
    /// After; none where the candidate asks for no such action.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Verdict>,
}

/// One edit and what it alone does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EditEffect {
    /// The edit.
    pub edit: Difference,
    /// How many leads change when this edit alone is made to the baseline; none where the baseline with this edit
    /// alone is not a valid contract.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alone: Option<Counts>,
}
