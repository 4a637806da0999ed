//! Stage 5, routing: who gets the lead.
//!
//! Two steps. Rules choose an owner, a pool or a queue, and keep no state; distribution picks the member of a pool,
//! by turns, in the order in which leads arrive. Input: the facts after classification; the state. Output: a
//! [`Route`]. Invariant: when the rules of a tier disagree under hit policy `unique`, nobody is guessed: the lead
//! escalates and both rules are named. A rule that cannot be decided does not hold, and is listed.

mod distribution;

pub(crate) use distribution::distribute;

use serde::Serialize;

use crate::contract::{HitPolicy, Target, Tier};
use crate::decide::facts::Facts;
use crate::id::{OwnerId, PoolId, QueueId, RuleId};
use crate::plan::{Plan, Truth};
use crate::record::{AccountField, ContactField, Crm, LeadField, Object};

/// Who gets the lead, and why not the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Route {
    /// Where the lead ends up.
    pub place: Destination,
    /// What the rules chose; none where none held and there is no fallback, or where they disagree.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    /// The rule that decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<RuleId>,
    /// Its rung on the precedence ladder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<Tier>,
    /// The rules that hold on the deciding tier; more than one where they agree or disagree.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub held: Vec<RuleId>,
    /// Whether a rule above the deciding one could not be decided: more data could send the lead elsewhere.
    pub fragile: bool,
    /// Rules that could not be decided, with what they lacked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub undecided: Vec<Undecided>,
    /// Every rule as it was asked, in order of precedence; only where a trace is wanted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub asked: Vec<RuleTrace>,
    /// The pool that chose the owner, and the members it passed over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pool: Option<PoolTrace>,
}

/// Where a lead ends up.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Destination {
    /// With a person.
    Owner(OwnerId),
    /// In a queue.
    Queue(QueueId),
    /// Rules disagree, or say so: it waits for a person's decision, in a queue where there is one.
    Escalated(Option<QueueId>),
    /// No rule holds and there is no fallback.
    Unrouted,
    /// The assignment is blocked: it stays where it is.
    Blocked,
}

impl Destination {
    /// The word used in conditions.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Owner(_) => "owner",
            Self::Queue(_) => "queue",
            Self::Escalated(_) => "escalated",
            Self::Unrouted => "unrouted",
            Self::Blocked => "blocked",
        }
    }
}

/// A routing rule that could not be decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Undecided {
    /// The rule.
    pub rule: RuleId,
    /// What it lacked.
    pub missing: Vec<String>,
}

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
    /// What it read: "lead.country is DE, wanted one of US, CA".
    pub operands: Vec<String>,
}

/// How a pool chose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PoolTrace {
    /// The pool that chose; another than the rule's when that one had nobody.
    pub pool: PoolId,
    /// The members it passed over.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub skipped: Vec<Skipped>,
}

/// A member that was passed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Skipped {
    /// Who.
    pub owner: OwnerId,
    /// Why.
    pub reason: SkipReason,
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
    /// It was another's turn.
    NotTheirTurn,
}

/// What the rules choose; distribution has not run yet.
pub(crate) fn choose(plan: &Plan, facts: &Facts<'_>, full: bool) -> Route {
    let mut route = Route {
        place: Destination::Unrouted,
        target: None,
        rule: None,
        tier: None,
        held: Vec::new(),
        fragile: false,
        undecided: Vec::new(),
        asked: Vec::new(),
        pool: None,
    };
    let Some(routing) = &plan.contract.routing else { return route };
    let mut decided = None;
    let mut conflict = false;
    for compiled in &plan.routing.rules {
        let done = decided.is_some_and(|(tier, _)| tier < compiled.tier || plan.routing.hit_policy == HitPolicy::First);
        if done && !full {
            break;
        }
        let Some(rule) = routing.rules.get(compiled.place) else { continue };
        let holds = if full {
            let (holds, operands) = facts.trace(&compiled.when);
            route.asked.push(RuleTrace { rule: rule.id.clone(), tier: compiled.tier, holds, operands });
            holds
        } else {
            compiled.when.holds(facts)
        };
        if done {
            continue;
        }
        match (holds, decided) {
            (Truth::No, _) => {}
            (Truth::Unknown, _) => {
                if decided.is_none() {
                    route.fragile = true;
                }
                if full {
                    let missing = facts.missing(&compiled.when);
                    route.undecided.push(Undecided { rule: rule.id.clone(), missing });
                }
            }
            (Truth::Yes, None) => {
                decided = Some((compiled.tier, &compiled.to));
                route.rule = Some(rule.id.clone());
                route.tier = Some(compiled.tier);
            }
            (Truth::Yes, Some((_, target))) => conflict |= *target != compiled.to,
        }
        if holds == Truth::Yes {
            route.held.push(rule.id.clone());
        }
    }
    if conflict {
        route.rule = None;
        route.place = Destination::Escalated(routing.escalation.clone());
        return route;
    }
    route.target = decided.map(|(_, target)| target.clone()).or_else(|| routing.fallback.clone());
    route
}

/// Whether a target needs the state of a pool to become a person.
pub(crate) const fn is_pool(target: &Target) -> Option<&PoolId> {
    match target {
        Target::Pool(pool) => Some(pool),
        _ => None,
    }
}

/// Where a target other than a pool leads.
pub(crate) fn settle(target: &Target, facts: &Facts<'_>) -> Destination {
    let crm = facts.crm();
    let escalation = || facts.plan().contract.routing.as_ref().and_then(|routing| routing.escalation.clone());
    match target {
        Target::Owner(reference) => Destination::Owner(crm.owner_id(reference)),
        Target::Queue(queue) => Destination::Queue(queue.clone()),
        Target::Escalate | Target::Pool(_) => Destination::Escalated(escalation()),
        Target::AccountOwner => {
            let account = facts.matched.and_then(|matched| matched.account_record(crm));
            let owner = account.and_then(|account| account.text(AccountField::Owner.slot()));
            working(owner, crm).map_or_else(|| Destination::Escalated(escalation()), Destination::Owner)
        }
        Target::RecordOwner => {
            let own = facts.lead().record.text(LeadField::Owner.slot());
            let contact = facts.matched.and_then(|matched| matched.person_record(crm, Object::Contact));
            let owner = own.or_else(|| contact.and_then(|contact| contact.text(ContactField::Owner.slot())));
            working(owner, crm).map_or_else(|| Destination::Escalated(escalation()), Destination::Owner)
        }
    }
}

/// The owner a record names, unless the directory says that they have left.
fn working(reference: Option<&str>, crm: &Crm) -> Option<OwnerId> {
    let reference = reference?;
    crm.owner(reference).is_none_or(|owner| owner.active).then(|| crm.owner_id(reference))
}
