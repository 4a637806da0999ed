//! The precedence ladder: which rule decides.
//!
//! Input: the facts after classification. Output: a [`Route`] with its target, before distribution. Invariant: tiers are
//! asked in order and the first with a rule that holds decides; under hit policy `unique` its rules must come to the same
//! target, but a rule about a part of a territory outranks one about the whole; what cannot be decided does not hold.

use super::sla::Overdue;
use super::{Destination, Fate, Route, RuleTrace, Undecided};
use crate::contract::{HitPolicy, Target};
use crate::decide::facts::Facts;
use crate::id::{OwnerId, PoolId, RuleId};
use crate::plan::{RoutePlan, Truth};
use crate::record::{AccountField, ContactField, Crm, LeadField, Object};

/// What the rules choose; distribution has not run yet.
pub(crate) fn choose(facts: &Facts<'_>, full: bool) -> Route {
    let plan = facts.plan();
    let mut route = nowhere();
    let Some(routing) = &plan.contract.routing else { return route };
    let mut held: Vec<Held<'_>> = Vec::new();
    for compiled in &plan.routing.rules {
        let first = compiled.hit_policy == HitPolicy::First;
        let done = held.first().is_some_and(|held| held.rule.tier < compiled.tier || first);
        if done && !full {
            break;
        }
        let Some(rule) = routing.rules.get(compiled.place) else { continue };
        let asked = route.asked.len();
        let holds = if full {
            let (holds, operands) = facts.trace(&compiled.when);
            let fate = match holds {
                _ if done => Fate::NotAsked,
                Truth::Unknown => Fate::Unknown,
                Truth::No | Truth::Yes => Fate::Fails,
            };
            route.asked.push(RuleTrace { rule: rule.id.clone(), tier: compiled.tier, holds, fate, operands });
            holds
        } else {
            compiled.when.holds(facts)
        };
        match holds {
            _ if done => {}
            Truth::No => {}
            Truth::Unknown => {
                route.fragile |= held.is_empty();
                if full {
                    let missing = facts.missing(&compiled.when);
                    route.undecided.push(Undecided { rule: rule.id.clone(), missing });
                }
            }
            Truth::Yes => held.push(Held { rule: compiled, id: &rule.id, target: listed(&compiled.to, facts), asked }),
        }
    }
    // The rule about a part goes before the one about the whole.
    if held.len() > 1 {
        let rules: Vec<&RoutePlan> = held.iter().map(|held| held.rule).collect();
        held.retain(|one| {
            let yields = rules.iter().any(|other| other.outranks(one.rule));
            if let Some(asked) = route.asked.get_mut(one.asked).filter(|_| yields) {
                asked.fate = Fate::Yields;
            }
            !yields
        });
    }
    let conflict = held.iter().skip(1).any(|one| held.first().is_some_and(|first| first.target != one.target));
    for (place, one) in held.iter().enumerate() {
        route.held.push(one.id.clone());
        if let Some(asked) = route.asked.get_mut(one.asked) {
            asked.fate = match (conflict, place) {
                (true, _) => Fate::Disagrees,
                (false, 0) => Fate::Decides,
                (false, _) => Fate::Agrees,
            };
        }
    }
    let first = held.first();
    route.tier = first.map(|first| first.rule.tier);
    if conflict {
        route.place = Destination::Escalated(routing.escalation.clone());
        return route;
    }
    route.rule = first.map(|first| first.id.clone());
    route.target = match first {
        Some(first) => Some(first.target.clone()),
        None => routing.fallback.as_ref().map(|target| listed(target, facts).clone()),
    };
    route
}

/// Where a lead goes whose response time was breached: no rule is asked but that one's.
pub(crate) fn reassign(over: &Overdue, facts: &Facts<'_>) -> Route {
    let target = match &over.to {
        Target::ListOwner(list) => facts.entry(list).unwrap_or(&Target::Escalate).clone(),
        target => target.clone(),
    };
    Route { target: Some(target), rule: Some(over.rule.clone()), ..nowhere() }
}

const fn nowhere() -> Route {
    Route {
        place: Destination::Unrouted,
        target: None,
        rule: None,
        tier: None,
        held: Vec::new(),
        fragile: false,
        undecided: Vec::new(),
        asked: Vec::new(),
        pool: None,
        held_until: None,
        sla: None,
    }
}

/// A rule that holds.
struct Held<'a> {
    rule: &'a RoutePlan,
    id: &'a RuleId,
    target: &'a Target,
    /// Its place in the trace, where there is one.
    asked: usize,
}

/// The target that a look-up list names; any other target as it is.
fn listed<'a>(target: &'a Target, facts: &Facts<'a>) -> &'a Target {
    let Target::ListOwner(list) = target else { return target };
    facts.entry(list).unwrap_or(&Target::Escalate)
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
        Target::Escalate | Target::Pool(_) | Target::ListOwner(_) => Destination::Escalated(escalation()),
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
pub(super) fn working(reference: Option<&str>, crm: &Crm) -> Option<OwnerId> {
    let reference = reference?;
    crm.owner(reference).is_none_or(|owner| owner.active).then(|| crm.owner_id(reference))
}
