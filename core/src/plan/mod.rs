//! The plan: a contract that was checked and compiled, ready to decide.
//!
//! Only [`crate::check`] makes one, and only from a contract without an error; it cannot be deserialised into being.
//! Invariant: every name in it is resolved, so that deciding cannot fail.

pub(crate) mod condition;
pub(crate) mod fact;
mod truth;
pub(crate) mod words;

use std::sync::Arc;

pub use fact::{Fact, FactKind, Stage};
pub use truth::Truth;

use crate::contract::{
    ActionKind, Contract, EventKind, FieldPolicy, HitPolicy, Motion, Source, StageKind, Target, Tier, Trust,
    WhenUnknown,
};
use crate::decision::Authority;
use crate::id::{FieldName, OwnerId, PoolId, SourceId};
use crate::map::Map;
use crate::normal::country::CountryCode;
use crate::normal::date::DayOrder;
use crate::normal::zone::Zone;
use crate::protected::Guard;
use crate::record::{Kind, LeadFields, Object};
use crate::route::calendar::Calendar;
use crate::scale::{Confidence, Currency, Points};
use crate::terms::Phrase;
use crate::time::Timestamp;
use condition::Cond;
use words::Words;

/// A checked, compiled contract.
#[derive(Clone, Debug)]
pub struct Plan {
    pub(crate) contract: Arc<Contract>,
    pub(crate) digest: String,
    /// What every decision says of the contract.
    pub(crate) authority: Arc<Authority>,
    pub(crate) currency: Currency,
    /// The country of phone numbers that name none.
    pub(crate) country: Option<CountryCode>,
    /// What `03/04/2025` means.
    pub(crate) day_order: Option<DayOrder>,
    /// How the clocks go where the contract is from.
    pub(crate) zone: Option<Zone>,
    /// The fields of a lead that deciding reads whoever it is and whatever happened. Whoever wants the outcome alone
    /// leaves the others unread, but for those that workflows read.
    pub(crate) wanted: LeadFields,
    /// Folded source names and ids, to the source's place in the contract.
    pub(crate) sources: Words,
    pub(crate) custom: Vec<Custom>,
    pub(crate) passed_over: PassedOver,
    pub(crate) lists: Vec<Lookup>,
    pub(crate) territories: Vec<Cond>,
    /// How many answers of conditions are kept: of territories, of different tests, and from `reviews_kept` on of
    /// review rules, which are asked for every action.
    pub(crate) kept: usize,
    pub(crate) reviews_kept: usize,
    pub(crate) workflows: Vec<WorkflowPlan>,
    /// One a field policy, in the contract's order.
    pub(crate) fields: Vec<FieldPlan>,
    /// The fields that have a policy, to its place.
    pub(crate) policies: Words,
    pub(crate) terms: Vec<TermPlan>,
    pub(crate) scores: Vec<ScorePlan>,
    pub(crate) grades: Vec<GradePlan>,
    pub(crate) suppression: Vec<SuppressionPlan>,
    pub(crate) reviews: Vec<ReviewPlan>,
    /// Whether any review rule looks at a sample, shared or of a workflow.
    pub(crate) samples: bool,
    /// Whether any condition counts how often somebody was reached out to.
    pub(crate) touches: bool,
    pub(crate) routing: RoutingPlan,
    pub(crate) lifecycle: Option<LifecyclePlan>,
    pub(crate) next_steps: Vec<Cond>,
    /// Conditions of the budgets that have one, by place in the contract.
    pub(crate) budgets: Vec<Option<Cond>>,
    /// Facts any condition reads, with the name it uses: to say which columns are missing.
    pub(crate) reads: Map<Fact, FieldName>,
}

/// What identity passes over, besides what is on the kept lists.
#[derive(Clone, Debug, Default)]
pub(crate) struct PassedOver {
    /// Registrable domains that say nothing about the company.
    pub(crate) domains: Arc<[Box<str>]>,
    /// Mailboxes that belong to a role, in lower case.
    pub(crate) roles: Box<[Box<str>]>,
}

impl Plan {
    /// The contract this plan was made from.
    #[must_use]
    pub const fn contract(&self) -> &Arc<Contract> {
        &self.contract
    }

    /// `sha256:` and the digest of the contract's canonical JSON.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// What a field reads as, where conditions can read it.
    pub(crate) fn fact_of(&self, field: &FieldName) -> Option<Fact> {
        match self.policy(field) {
            Some((plan, _)) => plan.fact,
            None => {
                let (object, name) = field.as_str().split_once('.')?;
                let object = Object::ALL.into_iter().find(|known| known.word() == object)?;
                Fact::of_field(object, name)
            }
        }
    }

    /// The place of the source that a text means: its id, or one of the names the CRM has for it.
    pub(crate) fn source(&self, text: &str) -> Option<u16> {
        self.sources.get_folded(text)
    }

    /// How far a source is trusted; one that the contract does not name is not.
    pub(crate) fn trust_of(&self, source: &str) -> Trust {
        self.source_called(source).map_or(Trust::None, |source| source.trust)
    }

    /// What the contract says of a source, by its id or one of its names.
    pub(crate) fn source_called(&self, source: &str) -> Option<&Source> {
        self.source(source).and_then(|place| self.contract.sources.get(usize::from(place)))
    }

    /// How much of a stated confidence counts, from this source.
    pub(crate) fn counted(&self, source: &SourceId, stated: Confidence) -> Confidence {
        stated.min(self.contract.trust.rule(self.trust_of(source.as_str())).confidence_cap)
    }

    pub(crate) fn policy(&self, field: &FieldName) -> Option<(&FieldPlan, &FieldPolicy)> {
        let place = usize::from(self.policies.get(field.as_str())?);
        Some((self.fields.get(place)?, self.contract.fields.get(place)?))
    }

    pub(crate) fn list(&self, place: u16) -> &Lookup {
        static NOTHING: Lookup = Lookup { key: Fact::SourceId, values: Words::new() };
        self.lists.get(usize::from(place)).unwrap_or(&NOTHING)
    }
}

/// A custom field: which columns it is read from.
#[derive(Clone, Debug)]
pub(crate) struct Custom {
    pub(crate) object: Object,
    pub(crate) kind: Kind,
    /// Folded headers.
    pub(crate) columns: Vec<Box<str>>,
}

/// A look-up list.
#[derive(Clone, Debug)]
pub(crate) struct Lookup {
    pub(crate) key: Fact,
    /// Folded values.
    pub(crate) values: Words,
}

impl Lookup {
    pub(crate) fn contains_folded(&self, text: &str) -> bool {
        self.values.get(text).is_some()
    }
}

/// A set of actions, one bit a kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Actions(u16);

impl Actions {
    pub(crate) fn of(kinds: &[ActionKind]) -> Self {
        Self(kinds.iter().fold(0, |bits, kind| bits | 1 << *kind as u16))
    }

    pub(crate) const fn has(self, kind: ActionKind) -> bool {
        self.0 & 1 << kind as u16 != 0
    }

    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

#[derive(Clone, Debug)]
pub(crate) struct WorkflowPlan {
    /// One bit an event kind.
    pub(crate) on: u32,
    pub(crate) when: Option<Cond>,
    pub(crate) eligible: Option<Cond>,
    pub(crate) exclusions: Vec<(Cond, WhenUnknown)>,
    pub(crate) actions: Actions,
    pub(crate) agent: Option<AgentPlan>,
    pub(crate) reviews: Vec<ReviewPlan>,
    /// The fields of a lead that its conditions read.
    pub(crate) wanted: LeadFields,
    /// The place in `Workflow::fields` of the tightening of a field, by the place of the field's policy in the contract.
    pub(crate) tightenings: Map<usize, usize>,
}

impl WorkflowPlan {
    pub(crate) const fn starts_on(&self, kind: EventKind) -> bool {
        self.on & 1 << kind as u32 != 0
    }

    /// Whether only what a decision makes after enrichment starts it.
    pub(crate) const fn starts_late(&self) -> bool {
        self.on & !(1 << EventKind::Scored as u32 | 1 << EventKind::StageIndicated as u32) == 0
    }
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct AgentPlan {
    pub(crate) motion: Motion,
    pub(crate) capabilities: Actions,
}

#[derive(Clone, Debug)]
pub(crate) struct FieldPlan {
    /// Place in the contract.
    pub(crate) place: usize,
    /// What it reads as, where conditions can read it.
    pub(crate) fact: Option<Fact>,
    pub(crate) guard: Guard,
    pub(crate) review_when: Option<Cond>,
}

#[derive(Clone, Debug)]
pub(crate) struct ScorePlan {
    /// One a rule, in the contract's order.
    pub(crate) rules: Vec<RulePlan>,
    /// What the field that it is written to reads as.
    pub(crate) writes: Option<Fact>,
    /// Band starts, highest first, with the band's place in the contract.
    pub(crate) bands: Vec<(Points, usize)>,
}

#[derive(Clone, Debug)]
pub(crate) struct RulePlan {
    pub(crate) when: Cond,
    /// The place of the group's cap.
    pub(crate) group: Option<usize>,
    /// What its points are worth, where that is more than their number.
    pub(crate) worth: Option<Box<WorthPlan>>,
}

#[derive(Clone, Debug)]
pub(crate) struct WorthPlan {
    /// The place of the score of which a hundred points make the rule's.
    pub(crate) per: Option<usize>,
    pub(crate) activities: Option<ActivityPlan>,
    /// The date from which points fade.
    pub(crate) since: Option<(Fact, FieldName)>,
}

/// Which activities are meant. Texts are folded.
#[derive(Clone, Debug)]
pub(crate) struct ActivityPlan {
    pub(crate) types: Vec<Box<str>>,
    pub(crate) from_us: Option<bool>,
    pub(crate) within_days: Option<u32>,
    pub(crate) contains: Vec<Box<str>>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct GradePlan {
    /// The places of both scores.
    pub(crate) rows: usize,
    pub(crate) columns: usize,
    /// What the field that it is written to reads as.
    pub(crate) writes: Option<Fact>,
}

#[derive(Clone, Debug)]
pub(crate) struct TermPlan {
    pub(crate) reads: Vec<(Fact, FieldName)>,
    pub(crate) activities: Option<ActivityPlan>,
    pub(crate) words: Vec<Phrase>,
    pub(crate) negation: Option<Arc<NegationPlan>>,
}

#[derive(Clone, Debug)]
pub(crate) struct NegationPlan {
    pub(crate) words: Vec<Phrase>,
    pub(crate) before: u32,
    pub(crate) after: Option<u32>,
    pub(crate) ends: Vec<Phrase>,
    pub(crate) except: Vec<Phrase>,
}

#[derive(Clone, Debug)]
pub(crate) struct SuppressionPlan {
    pub(crate) when: Cond,
    pub(crate) blocks: Actions,
    pub(crate) reviews: Actions,
    pub(crate) expires: Option<Timestamp>,
}

#[derive(Clone, Debug)]
pub(crate) struct ReviewPlan {
    pub(crate) when: Cond,
    /// Empty means every action.
    pub(crate) actions: Actions,
    /// The latest stage whose facts it reads.
    pub(crate) reads: Stage,
    /// Where its answer is kept, among those of review rules.
    pub(crate) memo: usize,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct RoutingPlan {
    /// In order of the precedence ladder, then of the contract; with the rule's place in the contract.
    pub(crate) rules: Vec<RoutePlan>,
    /// Whether any rule only suggests.
    pub(crate) suggests: bool,
    pub(crate) pools: Map<PoolId, usize>,
    /// One a pool, in the contract's order.
    pub(crate) shares: Vec<PoolPlan>,
    pub(crate) calendars: Vec<Calendar>,
    pub(crate) sla: Vec<SlaPlan>,
    /// Whether any pool looks at how many leads are open.
    pub(crate) counts_open: bool,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct PoolPlan {
    /// In the contract's order.
    pub(crate) members: Vec<MemberPlan>,
    /// Whether whoever is active takes any lead at any time.
    pub(crate) plain: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct MemberPlan {
    /// Who that is where no directory knows them.
    pub(crate) unlisted: OwnerId,
    /// Their working hours, by place.
    pub(crate) calendar: Option<usize>,
    pub(crate) zone: Option<Zone>,
    pub(crate) away: Vec<AwayPlan>,
    pub(crate) when: Option<Cond>,
    pub(crate) unless: Option<Cond>,
}

#[derive(Clone, Debug)]
pub(crate) struct AwayPlan {
    pub(crate) from: Timestamp,
    /// When they are back.
    pub(crate) to: Timestamp,
    /// As written, and who that is where no directory knows them.
    pub(crate) backup: Option<(String, OwnerId)>,
}

/// A response time; durations in seconds.
#[derive(Clone, Debug)]
pub(crate) struct SlaPlan {
    pub(crate) when: Cond,
    pub(crate) accept: Option<i64>,
    pub(crate) respond: Option<i64>,
    pub(crate) grace: i64,
    /// The working hours that count, by place, where the rule names them.
    pub(crate) calendar: Option<usize>,
}

#[derive(Clone, Debug)]
pub(crate) struct RoutePlan {
    pub(crate) place: usize,
    pub(crate) tier: Tier,
    /// That of its tier.
    pub(crate) hit_policy: HitPolicy,
    pub(crate) when: Cond,
    pub(crate) to: Target,
    /// The territories it is about, by place, and all that they are part of.
    pub(crate) about: Vec<u16>,
    pub(crate) part_of: Vec<u16>,
}

impl RoutePlan {
    /// Whether this rule is about a part of what the other is about.
    pub(crate) fn outranks(&self, other: &Self) -> bool {
        let within = |part: &Self, whole: &Self| part.part_of.iter().any(|place| whole.about.contains(place));
        within(self, other) && !within(other, self)
    }
}

#[derive(Clone, Debug)]
pub(crate) struct LifecyclePlan {
    /// Names that the CRM has for the stages, and their ids, to their place in `names`.
    pub(crate) stages: Words,
    /// The stage of each name by its place, and what it means under that name.
    pub(crate) names: Vec<(u16, StageKind)>,
    /// Condition and the place of the stage it recommends.
    pub(crate) recommend: Vec<(Cond, u16)>,
    /// What each stage means, by place.
    pub(crate) kinds: Vec<StageKind>,
}
