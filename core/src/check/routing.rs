//! Routing: every target there, no pool without members, no circle of pools.

use super::{Context, calendars, condition, pools, sla, territories};
use crate::contract::{Contract, Method, Mode, OnNobody, Pool, Routing, Target};
use crate::map::Set;
use crate::order;
use crate::plan::{RoutePlan, RoutingPlan, Stage};

pub(super) fn compile(contract: &Contract, context: &mut Context) -> RoutingPlan {
    let Some(routing) = &contract.routing else { return RoutingPlan::default() };
    context.ids("/routing/rules", routing.rules.iter().map(|rule| rule.id.as_str()));
    context.ids("/routing/pools", routing.pools.iter().map(|pool| pool.id.as_str()));
    context.ids("/routing/queues", routing.queues.iter().map(|queue| queue.id.as_str()));
    if routing.rules.is_empty() && context.whole {
        let message = "the routing table is empty: every lead goes to the fallback".to_owned();
        let help = "add a rule to `/routing/rules`".to_owned();
        if routing.fallback.is_some() {
            context.warn("empty-routing", "/routing/rules", message, help);
        } else {
            let message = "the routing table is empty and there is no fallback: no lead goes anywhere".to_owned();
            context.error("empty-routing", "/routing/rules", message, help);
        }
    }
    let mut rules = Vec::new();
    for (place, rule) in routing.rules.iter().enumerate() {
        let address = format!("/routing/rules/{}", rule.id);
        target(&rule.to, &format!("{address}/to"), contract, routing, context);
        if rule.mode == Mode::Suggest && rule.to == Target::Escalate {
            let message = "what goes to a person's decision is for review in any mode".to_owned();
            let help = "leave `mode` out, or send the lead somewhere".to_owned();
            context.warn("suggests-nothing", format!("{address}/mode"), message, help);
        }
        let when = condition::compile(&rule.when, &format!("{address}/when"), Stage::Classification, context);
        let own = routing.tiers.iter().find(|policy| policy.tier == rule.tier);
        let hit_policy = own.map_or(routing.hit_policy, |policy| policy.hit_policy);
        let about = territories::about(&rule.when, context);
        let part_of = about.iter().flat_map(|place| territories::above(contract, *place)).collect();
        rules.push(RoutePlan { place, tier: rule.tier, hit_policy, when, to: rule.to.clone(), about, part_of });
    }
    // Stable: within a tier the contract's order stays.
    order::sort_by_key(&mut rules, |rule| rule.tier);
    if let Some(fallback) = &routing.fallback {
        target(fallback, "/routing/fallback", contract, routing, context);
    } else if context.whole && !routing.rules.is_empty() {
        let message = "a lead that no rule takes goes nowhere".to_owned();
        context.warn("no-fallback", "/routing", message, "add `fallback`, for example a queue".to_owned());
    }
    match &routing.escalation {
        Some(queue) => is_queue(queue.as_str(), "/routing/escalation", routing, context),
        None if context.whole => {
            let message = "when rules disagree, the lead waits nowhere in particular".to_owned();
            let help = "add `escalation` with the id of a queue that somebody reads".to_owned();
            context.warn("no-escalation", "/routing", message, help);
        }
        None => {}
    }
    for policy in routing
        .tiers
        .iter()
        .enumerate()
        .filter(|(place, policy)| routing.tiers.iter().take(*place).any(|before| before.tier == policy.tier))
    {
        let word = policy.1.tier.word();
        let message = format!("tier `{word}` stands twice in `/routing/tiers`");
        context.error("duplicate-id", format!("/routing/tiers/{word}"), message, "keep one of the two".to_owned());
    }
    let calendars = calendars::compile(contract, routing, context);
    let shares = pools::compile(routing, &calendars, context);
    circles(routing, context);
    let sla = sla::compile(contract, routing, context);
    let pools = routing.pools.iter().enumerate().map(|(place, pool)| (pool.id.clone(), place)).collect();
    let looks = |pool: &Pool| {
        pool.method == Method::LeastLoaded || pool.members.iter().any(|member| member.caps.open.is_some())
    };
    let counts_open = routing.pools.iter().any(looks);
    let suggests = routing.rules.iter().any(|rule| rule.mode == Mode::Suggest);
    RoutingPlan { rules, suggests, pools, shares, calendars, sla, counts_open }
}

/// Everything a target names is there.
pub(super) fn target(target: &Target, address: &str, contract: &Contract, routing: &Routing, context: &mut Context) {
    match target {
        Target::ListOwner(list) => {
            let known = || contract.lists.iter().map(|list| list.id.as_str());
            match contract.lists.iter().find(|known| known.id == *list) {
                None => {
                    let help =
                        crate::json::suggest(list.as_str(), known()).map(|near| format!("did you mean `{near}`?"));
                    context.error("unknown-list", address, format!("there is no list `{list}`"), help);
                }
                Some(list) if list.entries.is_empty() => {
                    let message = format!("list `{}` says nobody's name: it has no `entries`", list.id);
                    let help = "add entries such as `{\"acme.com\": {\"owner\": \"ann@example.com\"}}`".to_owned();
                    context.error("list-without-owners", address, message, help);
                }
                Some(_) => {}
            }
        }
        Target::Pool(pool) => is_pool(pool.as_str(), address, routing, context),
        Target::Queue(queue) => is_queue(queue.as_str(), address, routing, context),
        Target::Owner(owner) if owner.trim().is_empty() => {
            let help = "write an e-mail address, a name or a CRM id".to_owned();
            context.error("no-owner", address, "the owner is blank".to_owned(), help);
        }
        Target::Owner(_) | Target::AccountOwner | Target::RecordOwner | Target::Escalate => {}
    }
}

pub(super) fn is_pool(id: &str, address: &str, routing: &Routing, context: &mut Context) {
    let known = || routing.pools.iter().map(|pool| pool.id.as_str());
    if !known().any(|pool| pool == id) {
        let help = crate::json::suggest(id, known()).map(|near| format!("did you mean `{near}`?"));
        context.error("unknown-pool", address, format!("there is no pool `{id}`"), help);
    }
}

pub(super) fn is_queue(id: &str, address: &str, routing: &Routing, context: &mut Context) {
    let known = || routing.queues.iter().map(|queue| queue.id.as_str());
    if !known().any(|queue| queue == id) {
        let help = crate::json::suggest(id, known()).map(|near| format!("did you mean `{near}`?"));
        context.error("unknown-queue", address, format!("there is no queue `{id}`"), help);
    }
}

/// Pools that fall back on one another in a circle would never come to an end.
fn circles(routing: &Routing, context: &mut Context) {
    let next = |pool: &Pool| match &pool.on_nobody {
        Some(OnNobody::Pool(other)) => routing.pools.iter().find(|pool| pool.id == *other),
        _ => None,
    };
    let mut reported = Set::new();
    for start in &routing.pools {
        let mut way = vec![start.id.as_str()];
        let mut pool = start;
        while let Some(other) = next(pool) {
            if let Some(from) = way.iter().position(|id| *id == other.id.as_str()) {
                let mut circle: Vec<&str> = way.iter().skip(from).copied().collect();
                order::sort_all(&mut circle);
                if reported.insert(circle) {
                    way.push(other.id.as_str());
                    let shown: Vec<String> = way.iter().skip(from).map(|id| format!("`{id}`")).collect();
                    let message = format!("pools fall back on one another in a circle: {}", shown.join(" → "));
                    let help = "let the last one fall back on a queue".to_owned();
                    context.error("pool-circle", format!("/routing/pools/{}/on_nobody", other.id), message, help);
                }
                break;
            }
            way.push(other.id.as_str());
            pool = other;
        }
    }
}
