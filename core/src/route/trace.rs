//! How routing came to its answer: each rule as it was asked, and each member of a pool as it stood.
//!
//! Only where a trace is wanted; a decision is the same with and without.

use serde::Serialize;

use crate::contract::{Method, Tier};
use crate::id::{FactName, OwnerId, PoolId, RuleId};
use crate::plan::Truth;
use crate::time::Timestamp;

/// One rule as it was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RuleTrace {
    /// The rule.
    pub rule: RuleId,
    /// Its rung.
    pub tier: Tier,
    /// Whether it holds.
    pub holds: Truth,
    /// What became of it.
    pub fate: Fate,
    /// What it read.
    pub operands: Vec<OperandTrace>,
}

/// What became of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It holds and decides.
    Decides,
    /// It holds and names the same target as the one that decides.
    Agrees,
    /// It holds and names another target than a rule of its tier: the lead escalates.
    Disagrees,
    /// It holds, and one that is about a part of its territory goes before it.
    Yields,
    /// It does not hold.
    Fails,
    /// It could not be decided.
    Unknown,
    /// A tier above decided, or a rule above under `first`: it plays no part.
    NotAsked,
}

/// One value that a rule read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OperandTrace {
    /// The fact.
    pub fact: FactName,
    /// What it is: `DE`, `blank`.
    pub value: String,
    /// What is wanted of it: `one of US, CA`.
    pub wanted: String,
    /// Whether it is as wanted.
    pub holds: Truth,
}

impl OperandTrace {
    /// In words: "lead.country is DE, wanted one of US, CA".
    #[must_use]
    pub fn words(&self) -> String {
        let Self { fact, value, wanted, holds } = self;
        if *holds == Truth::Yes { format!("{fact} is {value}") } else { format!("{fact} is {value}, wanted {wanted}") }
    }
}

/// How a pool chose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PoolTrace {
    /// The pool that chose; another than the rule's when that one had nobody.
    pub pool: PoolId,
    /// How it shares its work.
    pub method: Method,
    /// Whether the owner was asked before anybody's turn: they have the person, the company or the account.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub sticky: bool,
    /// Every member, in order of owners, of this pool and of those that had nobody before it.
    pub members: Vec<MemberTrace>,
}

/// A member of a pool as it stood when the pool chose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MemberTrace {
    /// The pool.
    pub pool: PoolId,
    /// Who.
    pub owner: OwnerId,
    /// Their share relative to the others.
    pub weight: u32,
    /// How many turns they had before this lead.
    pub turns: u64,
    /// How many leads they have open, where the pool looks at it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open: Option<u64>,
    /// Why they were passed over; none for whose turn it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skip: Option<SkipReason>,
    /// Until when that is so, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// Who takes the lead in their place while they are away.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backup: Option<OwnerId>,
}

/// Why a member was passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SkipReason {
    /// Takes no leads, by the contract.
    Inactive,
    /// No longer works here, by the directory.
    LeftTheCompany,
    /// Away, and nobody who stands in for them can take it.
    OutOfOffice,
    /// It is not one of their working hours.
    OutsideWorkingHours,
    /// Has as many leads as they may take.
    AtCap,
    /// Does not fit the lead: skill, language, region.
    NotEligible,
    /// Somebody decided against giving this lead to them.
    Excluded,
    /// Has the lead already.
    PreviousOwner,
    /// Must not get this lead: a conflict of interest.
    Conflict,
    /// It was another's turn.
    NotTheirTurn,
}

impl SkipReason {
    /// In words, after a name: "Bob: takes no leads".
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Inactive => "takes no leads",
            Self::LeftTheCompany => "is no longer active in the CRM",
            Self::OutOfOffice => "is out of office",
            Self::OutsideWorkingHours => "is outside working hours",
            Self::AtCap => "has as many as they may take",
            Self::NotEligible => "does not fit this lead",
            Self::Excluded => "was decided against",
            Self::PreviousOwner => "has it already",
            Self::Conflict => "must not get this lead",
            Self::NotTheirTurn => "not their turn",
        }
    }
}
