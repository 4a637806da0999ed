//! Missing evidence in words.
//!
//! Input: a condition that could not be decided. Output: what would have to be known, and to be how, for it to hold.
//! Invariant: only what is unknown is named; what is known already neither helps nor hinders.

use crate::decide::facts::Facts;
use crate::plan::condition::{Cond, Op, Operand};
use crate::plan::{Fact, Truth};
use crate::scale::Points;

/// "+15 if employees were known to be 200 or more".
pub(super) fn missing(points: Points, condition: &Cond, facts: &Facts<'_>) -> String {
    [&sign(points), " if ", &wanted(condition, facts, false)].concat()
}

/// What a rule that holds could add, were something else known.
pub(super) fn given(points: Points, lacks: &str) -> String {
    [&sign(points), " perhaps: ", lacks].concat()
}

fn sign(points: Points) -> String {
    format!("{:+}", points.0)
}

/// What is unknown of a condition, joined as the condition joins it.
fn wanted(condition: &Cond, facts: &Facts<'_>, not: bool) -> String {
    let (parts, all) = match condition {
        Cond::All(parts) => (parts, !not),
        Cond::Any(parts) => (parts, not),
        Cond::Not(part) => return wanted(part, facts, !not),
        Cond::Test(_, operand) => return known(operand, facts, not),
    };
    let unknown = parts.iter().filter(|part| part.holds(facts) == Truth::Unknown);
    let mut words: Vec<String> = unknown.map(|part| wanted(part, facts, not)).collect();
    words.dedup();
    words.join(if all { " and " } else { " or " })
}

fn known(operand: &Operand, facts: &Facts<'_>, not: bool) -> String {
    let name = name(operand, facts);
    let not = if not { "not " } else { "" };
    let wanted = &*operand.wanted;
    match (&operand.op, operand.fact) {
        (Op::Exists(_), _) => format!("{name} were in the data"),
        (_, Fact::Term(_) | Fact::Negated(_)) => format!("there were a text that says {name}"),
        (Op::Contains(_) | Op::StartsWith(_) | Op::EndsWith(_), _) => format!("{name} were known, {not}{wanted}"),
        _ => format!("{name} were known to be {not}{wanted}"),
    }
}

/// What people call a fact.
fn name(operand: &Operand, facts: &Facts<'_>) -> String {
    let name = operand.name.as_str();
    if let (Fact::Term(place) | Fact::Negated(place), Some(terms)) = (operand.fact, &facts.plan().contract.terms)
        && let Some(rule) = terms.rules.get(usize::from(place))
    {
        return ["`", rule.name.as_deref().unwrap_or(rule.id.as_str()), "`"].concat();
    }
    match name.split_once('.') {
        Some(("lead", field)) => field.replace('_', " "),
        Some((object @ ("account" | "contact"), field)) => ["the ", object, "'s ", &field.replace('_', " ")].concat(),
        _ => name.to_owned(),
    }
}
