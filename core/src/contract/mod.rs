//! The contract: the file RevOps edits, format 1.
//!
//! Input: JSON. Output: serde types, one file a section, in the order in which a decision reads them. These types
//! accept a half-written contract wherever a missing part can be *said* by [`crate::check`]; unknown keys are refused.
//! Invariant: reading and writing again keeps every value; items of a list are addressed by their `id`, never by
//! their index.

mod agent;
mod calendar;
mod condition;
mod field;
mod handoff;
mod identity;
mod lifecycle;
mod linkage;
mod pool;
mod preview;
mod promotion;
mod recovery;
mod review;
mod routing;
mod score;
mod sender;
mod settings;
mod sla;
mod source;
mod suppression;
mod term;
mod verdict;
mod workflow;

pub use agent::{Agent, Capability, Motion};
pub use calendar::{Calendar, Holidays, Hours, Weekday};
pub use condition::{Condition, FactTest, Scalar, Test};
pub use field::{Between, FieldPolicy, MaxVerdict, Otherwise, Overwrite, Risk, SourceOfTruth};
pub use handoff::{Audience, Format, Handoff, HandoffPart, Meeting, NextStep, Recorded, Template};
pub use identity::{AccountMatch, Identity};
pub use lifecycle::{Lifecycle, Recommendation, Stage, StageKind};
pub use linkage::{
    Attribute, BlockingKey, BlockingRule, Comparison, Level, Likeness, MatchModel, Survivorship, TieBreaker,
};
pub use pool::{Absence, Caps, Member, Method, OnNobody, Pool, Sticky};
pub use preview::{Budget, Expectation, Expected, Measure};
pub use promotion::Promotion;
pub use recovery::{Audit, AuditKeep, Metric, Restore, Rollback, SuccessMetric};
pub use review::{ReviewRule, ReviewTrigger, Reviewer, Sample};
pub use routing::{HitPolicy, Queue, Routing, RoutingRule, Target, Tier, TierPolicy};
pub use score::{Band, Cap, Decay, DecayStep, Grade, Score, ScoreRule};
pub use sender::{Alignment, Dmarc, ListSource, Sender, SenderDomain};
pub use settings::{CustomField, CustomKind, CustomObject, DateOrder, List, Settings, Territory};
pub use sla::{Clock, OnBreach, Sla};
pub use source::{Source, SourceKind, Trust, TrustLevels, TrustRule};
pub use suppression::{Suppression, SuppressionKind, WhenUnknown};
pub use term::{Activities, Negation, Term, Terms};
pub use verdict::{ActionKind, Verdict};
pub use workflow::{EventKind, Exclusion, Mode, Tightening, Trigger, Workflow};

use serde::{Deserialize, Serialize};

use crate::id::{ContractId, FieldName};
use crate::json::Decode;

/// The contract format this engine reads and writes.
pub const FORMAT: u32 = 1;

impl Contract {
    /// A contract that decides nothing: what files are read with before there is one.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            schema: None,
            interlock: FORMAT,
            id: ContractId::from("none"),
            name: None,
            version: "0".to_owned(),
            digest: None,
            description: None,
            settings: Settings::default(),
            agents: Vec::new(),
            workflows: Vec::new(),
            sources: Vec::new(),
            trust: TrustLevels::default(),
            custom_fields: Vec::new(),
            lists: Vec::new(),
            territories: Vec::new(),
            identity: None,
            fields: Vec::new(),
            protected: Vec::new(),
            terms: None,
            scores: Vec::new(),
            grades: Vec::new(),
            suppression: Vec::new(),
            sender: None,
            routing: None,
            lifecycle: None,
            review: Vec::new(),
            handoff: None,
            audit: None,
            rollback: None,
            promotion: None,
            expectations: Vec::new(),
            budgets: Vec::new(),
        }
    }
}

/// A contract: the rules by which an AI may touch a CRM.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Contract {
    /// Where editors find the JSON Schema; not read by the engine.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// The format of this file: 1.
    pub interlock: u32,
    /// What this contract is called in logs; stays the same across versions.
    pub id: ContractId,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The version of this contract, `2.4.0`; changes whenever its behaviour does.
    pub version: String,
    /// `sha256:` and the SHA-256 of the canonical JSON without this key. Written by an export, checked when read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// Free text for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What holds for the whole contract: country, currency, order of day and month.
    #[serde(default, skip_serializing_if = "Settings::is_default")]
    pub settings: Settings,
    /// The AI agents that act, and what they may do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub agents: Vec<Agent>,
    /// Which event starts what, for which records, by which agent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub workflows: Vec<Workflow>,
    /// Where leads and values come from, and how far each is trusted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    /// What each level of trust allows.
    #[serde(default, skip_serializing_if = "TrustLevels::is_default")]
    pub trust: TrustLevels,
    /// Fields of your own, read from columns of your own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub custom_fields: Vec<CustomField>,
    /// Look-up lists, for example named accounts by domain. Each makes the fact `list.<id>`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lists: Vec<List>,
    /// Territories. Each makes the fact `territory.<id>`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub territories: Vec<Territory>,
    /// How people and companies are recognised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<Identity>,
    /// Which fields AI may update, suggest, or never touch.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldPolicy>,
    /// Fields that a person must always approve, besides those that Interlock protects whatever stands here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub protected: Vec<FieldName>,
    /// Words and phrases that classify free text. Each rule makes the fact `term.<id>`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<Terms>,
    /// Scores: points with reasons, and bands.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scores: Vec<Score>,
    /// Grades: what two scores come to together. Each makes the fact `grade.<id>`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grades: Vec<Grade>,
    /// What must be suppressed before any write.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suppression: Vec<Suppression>,
    /// The domains that mail is sent from, and what is known of them. Without it nothing is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender: Option<Sender>,
    /// Who gets which lead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub routing: Option<Routing>,
    /// The stages of a lead's life and who may move it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lifecycle: Option<Lifecycle>,
    /// When a person must look, and who.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub review: Vec<ReviewRule>,
    /// What sales is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handoff: Option<Handoff>,
    /// What is kept of each change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audit: Option<Audit>,
    /// How bad updates are taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rollback: Option<Rollback>,
    /// What evidence it takes to automate what is suggested, and to take it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promotion: Option<Promotion>,
    /// Leads that must go where you say; a preview fails when they do not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub expectations: Vec<Expectation>,
    /// How much a change may move; a preview fails when it moves more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub budgets: Vec<Budget>,
}
