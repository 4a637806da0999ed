//! Territories: conditions that build on those before them, and what is part of what.
//!
//! Invariant: a lead in a part is in the whole, whatever the condition of the whole says.

use super::{Context, condition};
use crate::contract::{Condition, Contract, Scalar, Test};
use crate::plan::condition::Cond;
use crate::plan::{Fact, Stage};

pub(super) fn compile(contract: &Contract, context: &mut Context) -> Vec<Cond> {
    context.ids("/territories", contract.territories.iter().map(|territory| territory.id.as_str()));
    let mut all = Vec::new();
    for (place, territory) in contract.territories.iter().enumerate() {
        let address = format!("/territories/{}/when", territory.id);
        // A territory may build on those before it, so that none can build on itself.
        for name in facts_of(&territory.when) {
            let later = |known: &super::names::Known| matches!(known.fact, Fact::Territory(other) if usize::from(other) >= place);
            if context.names.get(name).is_some_and(later) {
                let message = format!("`{name}` stands at or after this territory");
                let help =
                    "a territory may build on those before it; move it down, or write out the condition".to_owned();
                context.error("territory-cycle", &address, message, help);
            }
        }
        all.push(condition::compile(&territory.when, &address, Stage::Identity, context));
    }
    hierarchy(contract, &mut all, context);
    all
}

/// Whoever belongs to a part belongs to the whole.
fn hierarchy(contract: &Contract, all: &mut [Cond], context: &mut Context) {
    let mut parts: Vec<Vec<Cond>> = vec![Vec::new(); all.len()];
    for (place, territory) in (0..).zip(&contract.territories) {
        let Some(parent) = &territory.parent else { continue };
        let address = format!("/territories/{}/parent", territory.id);
        if !contract.territories.iter().any(|known| known.id == *parent) {
            let known = contract.territories.iter().map(|known| known.id.as_str());
            let help = crate::json::suggest(parent.as_str(), known).map(|near| format!("did you mean `{near}`?"));
            context.error("unknown-territory", address, format!("there is no territory `{parent}`"), help);
            continue;
        }
        let above = above(contract, place);
        if above.contains(&place) {
            let message = format!("`{}` is part of itself", territory.id);
            let help = "let the widest of them have no `parent`".to_owned();
            context.error("territory-cycle", address, message, help);
            continue;
        }
        for whole in above {
            let own = all.get(usize::from(place)).cloned();
            if let Some(parts) = parts.get_mut(usize::from(whole)) {
                parts.extend(own);
            }
        }
    }
    for (whole, mut parts) in all.iter_mut().zip(parts).filter(|(_, parts)| !parts.is_empty()) {
        parts.insert(0, whole.clone());
        *whole = Cond::Any(parts.into());
    }
}

/// All that a territory is part of, by place; a circle comes back to the territory itself.
pub(super) fn above(contract: &Contract, place: u16) -> Vec<u16> {
    let mut above: Vec<u16> = Vec::new();
    let mut at = place;
    while let Some(parent) = contract.territories.get(usize::from(at)).and_then(|one| one.parent.as_ref())
        && let Some(next) = (0..).zip(&contract.territories).find(|(_, one)| one.id == *parent)
        && !above.contains(&next.0)
    {
        at = next.0;
        above.push(at);
    }
    above
}

/// The territories that a condition is about, by place: those it asks the lead to belong to.
pub(super) fn about(condition: &Condition, context: &Context) -> Vec<u16> {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().flat_map(|part| about(part, context)).collect(),
        Condition::Not(_) => Vec::new(),
        Condition::Fact(test) => match context.names.get(test.fact.as_str()).map(|known| known.fact) {
            Some(Fact::Territory(place)) if test.tests.contains(&Test::Is(Scalar::Bool(true))) => vec![place],
            _ => Vec::new(),
        },
    }
}

fn facts_of(condition: &Condition) -> Vec<&str> {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().flat_map(facts_of).collect(),
        Condition::Not(part) => facts_of(part),
        Condition::Fact(test) => vec![test.fact.as_str()],
    }
}
