//! Advice on rules: routing rules whose assignments people change, or whose suggestions they take; review rules that hold
//! what people accept.
//!
//! Input: as of all advice. Output: the same. Invariant: a routing rule's mode is the only switch; where it would change
//! nothing, nothing is edited.

use serde_json::json;

use super::{About, Advice, Course, Edit, Evidence, Fate, Names, Resolved, kept, refused};
use crate::contract::{ActionKind, Contract, Mode, Promotion, RoutingRule, Target};

pub(super) fn advise(
    contract: &Contract,
    resolved: &[&Resolved],
    fates: &[&Fate<'_>],
    names: &Names,
    asked: &Promotion,
    all: &mut Vec<Advice>,
) {
    let mut add = |id: &str, (course, reason, edits), evidence| {
        all.push(Advice { about: About::Rule, id: id.to_owned(), course, reason, evidence, edits });
    };
    for rule in contract.routing.iter().flat_map(|routing| &routing.rules) {
        let Some(id) = names.find(rule.id.as_str()) else { continue };
        // What it did before it was to suggest says nothing about its suggestions.
        let suggests = rule.mode == Mode::Suggest;
        let offered = |one: &&Resolved| !suggests || (one.by_rule && !one.review);
        let answers = resolved.iter().copied().filter(|one| !one.is_field && one.belongs.rules.contains(&id));
        let mut done = fates.iter().copied().filter(|fate| {
            fate.done.assign && fate.done.belongs.rules.contains(&id) && !(suggests && fate.done.automatic)
        });
        let evidence = Evidence::of(answers.filter(offered), &mut done);
        if !evidence.is_none() {
            add(rule.id.as_str(), routing(contract, rule, &evidence, asked), evidence);
        }
    }
    let own = contract.workflows.iter().flat_map(|workflow| &workflow.review);
    for rule in contract.review.iter().chain(own) {
        let Some(id) = names.find(rule.id.as_str()) else { continue };
        let answers = resolved.iter().copied().filter(|one| one.review && one.belongs.rules.contains(&id));
        let evidence = Evidence::of(answers, &mut std::iter::empty());
        let why = match evidence.lacks(asked) {
            _ if evidence.is_none() => continue,
            Some(why) => why,
            None => format!("{}: it may hold more than it must", evidence.supports()),
        };
        add(rule.id.as_str(), (Course::Keep, why, Vec::new()), evidence);
    }
}

fn routing(
    contract: &Contract,
    rule: &RoutingRule,
    evidence: &Evidence,
    asked: &Promotion,
) -> (Course, String, Vec<Edit>) {
    let keep = |why: String| (Course::Keep, why, Vec::new());
    let edit = |before: &str, after: &str| {
        let address = format!("/routing/rules/{}/mode", rule.id);
        vec![Edit { address, before: Some(json!(before)), after: json!(after) }]
    };
    // In suggestion mode of every workflow that assigns, the rule's own makes no difference.
    let acts = contract
        .workflows
        .iter()
        .any(|workflow| workflow.mode == Mode::Automatic && workflow.actions.contains(&ActionKind::Assign));
    if let Some(why) = evidence.against(asked) {
        let switch = rule.mode == Mode::Automatic && acts && rule.to != Target::Escalate;
        let edits = if switch { edit("automatic", "suggest") } else { Vec::new() };
        return (Course::TakeBack, format!("{why}; look at what it matches"), edits);
    }
    if rule.mode == Mode::Automatic {
        return keep(kept(evidence));
    }
    if let Some(why) = evidence.lacks(asked) {
        return keep(why);
    }
    if !acts {
        return keep(format!("{}, but no workflow that assigns is automatic", evidence.supports()));
    }
    let mut edited = contract.clone();
    let rules = edited.routing.iter_mut().flat_map(|routing| &mut routing.rules);
    rules.filter(|one| one.id == rule.id).for_each(|one| one.mode = Mode::Automatic);
    match refused(edited) {
        Some(why) => keep(format!("{}, but {why}", evidence.supports())),
        None => (Course::Automate, evidence.supports(), edit("suggest", "automatic")),
    }
}
