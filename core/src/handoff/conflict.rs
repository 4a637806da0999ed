//! What contradicts what.
//!
//! Input: the route, the records, what was proposed. Output: sentences, each standing on both sides. Invariant: a value
//! that is only written otherwise is no contradiction.

use super::statement::{Evidence, Stated, named, reference, shown, words_of};
use crate::contract::{RoutingRule, Target};
use crate::decide::facts::{Facts, Read};
use crate::gate::Judged;
use crate::id::RuleId;
use crate::normal::fold;
use crate::record::AccountField;
use crate::route::{Destination, Route};

/// States every contradiction.
pub(super) fn conflicts(stated: &mut Stated<'_, '_>, route: &Route) {
    routing(stated, route);
    let facts = stated.facts;
    let lead = || Evidence::of(facts.lead().of.clone(), "lead.domain");
    if facts.matched.is_some_and(|matched| matched.conflict) {
        let company = Evidence::of(facts.lead().of.clone(), "lead.company");
        let text = "The e-mail domain and the company name point to different accounts.";
        stated.say("conflicts", text, vec![lead(), company]);
    }
    proposals(stated);
    for (lead, other) in PAIRS {
        values(stated, lead, other);
    }
}

/// What the lead says of itself and the CRM says of its company or contact.
const PAIRS: [(&str, &str); 4] = [
    ("lead.employees", "account.employees"),
    ("lead.industry", "account.industry"),
    ("lead.country", "account.country"),
    ("lead.title", "contact.title"),
];

/// Rules that disagree, and an account's owner whom the rules pass over.
fn routing(stated: &mut Stated<'_, '_>, route: &Route) {
    let facts = stated.facts;
    let crm = facts.crm();
    let rule = |id: &RuleId| Evidence::rule(format!("/routing/rules/{id}"));
    if let (Destination::Escalated(_), [first, second, ..]) = (&route.place, route.held.as_slice()) {
        let text = format!("Routing rules `{first}` and `{second}` both hold and disagree.");
        stated.say("conflicts", &text, vec![rule(first), rule(second)]);
    }
    let account = facts.matched.and_then(|matched| matched.account_record(crm));
    let owner = account.and_then(|account| account.text(AccountField::Owner.slot()));
    if let (Some(account), Some(owner), Destination::Owner(chosen)) = (account, owner, &route.place)
        && crm.owner_id(owner) != *chosen
        && !matches!(route.target, Some(Target::AccountOwner))
    {
        let (name, chosen) = (crm.owner_name(&crm.owner_id(owner)), route.rule.as_ref());
        let by = chosen.map_or_else(|| "the fallback".to_owned(), |rule| rule_name(facts, rule));
        let of = Evidence::of(reference(account), "account.owner");
        let by_rule = chosen.map_or_else(|| Evidence::rule("/routing/fallback".to_owned()), rule);
        let text = format!("The existing account owner, {name}, conflicts with {by}.");
        stated.say("conflicts", &text, vec![of.clone(), by_rule.clone()]);
        stated.say("conflicts.owner", &name, vec![of]);
        stated.say("conflicts.rule", &by, vec![by_rule]);
    }
}

/// What people call a routing rule, else its id.
pub(super) fn rule_name(facts: &Facts<'_>, id: &RuleId) -> String {
    let rules = facts.plan().contract.routing.as_ref().map_or(&[][..], |routing| &routing.rules);
    let written = rules.iter().find(|rule| rule.id == *id);
    written.map_or_else(|| format!("rule `{id}`"), words_for)
}

fn words_for(rule: &RoutingRule) -> String {
    match &rule.name {
        // What is more than a name is quoted.
        Some(name) if name.contains(',') => format!("the rule \"{name}\""),
        Some(name) if name.ends_with("rule") => format!("the {name}"),
        Some(name) => format!("the {name} rule"),
        None => format!("rule `{}`", rule.id),
    }
}

/// Values for one field that nothing tells apart.
fn proposals(stated: &mut Stated<'_, '_>) {
    let judged = stated.judged;
    let at_odds = |judged: &&Judged| judged.reasons.iter().any(|reason| reason.code == "conflicting-values");
    for (place, one) in judged.iter().enumerate().filter(|(_, judged)| at_odds(judged)) {
        let other = judged.iter().skip(place + 1).filter(at_odds).find(|other| other.field == one.field);
        let (Some(other), Some(field)) = (other, &one.field) else { continue };
        let evidence = |of: &Judged| Evidence {
            source: of.source.as_ref().map(ToString::to_string),
            confidence: of.confidence,
            ..Evidence::of(of.record.clone(), field.as_str())
        };
        let says = |of: &Judged| {
            format!("\"{}\" from {}", of.new, of.source.as_ref().map_or("nobody", |source| source.as_str()))
        };
        let text = format!("{}: {} and {} contradict each other.", label(field.as_str()), says(one), says(other));
        stated.say("conflicts", &text, vec![evidence(one), evidence(other)]);
    }
}

/// Two values of the same thing: numbers contradict each other where one is half as much again as the other, texts where
/// neither holds the other.
fn values(stated: &mut Stated<'_, '_>, lead: &str, other: &str) {
    let facts = stated.facts;
    let plan = facts.plan();
    let (Some(one), Some(two)) = (named(plan, lead), named(plan, other)) else { return };
    let differ = match (facts.read(one), facts.read(two)) {
        (Read::Int(one), Read::Int(two)) => one.max(two).saturating_mul(2) >= one.min(two).saturating_mul(3),
        (Read::Text(one), Read::Text(two)) => {
            let (one, two) = (fold::key(one), fold::key(two));
            !one.contains(&*two) && !two.contains(&*one)
        }
        _ => false,
    };
    let both = (shown(facts, one, facts.read(one)), shown(facts, two, facts.read(two)));
    if let ((Some(says), Some(stands)), true) = (both, differ) {
        let text = format!("{}: the lead says {says}, the CRM {stands}.", label(lead));
        let evidence = vec![stated.evidence(lead, one), stated.evidence(other, two)];
        stated.say("conflicts", &text, evidence);
    }
}

fn label(field: &str) -> String {
    let name = field.split_once('.').map_or(field, |(_, name)| name);
    super::template::capital(words_of(name))
}
