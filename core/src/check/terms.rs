//! Term rules: words that can be found, in texts that can be read; and which activities are meant.

use std::sync::Arc;

use super::Context;
use crate::contract::{Activities, Contract, Motion, Negation};
use crate::id::FieldName;
use crate::map::Set;
use crate::normal::fold;
use crate::plan::{ActivityPlan, Fact, FactKind, NegationPlan, Plan, TermPlan};
use crate::record::{Kind, LeadField};
use crate::terms::Phrase;

pub(super) fn compile(contract: &Contract, context: &mut Context) -> Vec<TermPlan> {
    let Some(terms) = &contract.terms else { return Vec::new() };
    context.ids("/terms/rules", terms.rules.iter().map(|rule| rule.id.as_str()));
    let shared = terms.negation.as_ref().and_then(|written| negation(written, "/terms/negation", context));
    let mut all = Vec::new();
    for rule in &terms.rules {
        let address = format!("/terms/rules/{}", rule.id);
        let mut reads = Vec::new();
        for name in &rule.reads {
            let address = format!("{address}/reads/{name}");
            match context.names.get(name.as_str()).cloned() {
                Some(known) if is_text(known.fact, known.kind) => {
                    context.read(known.fact, name.as_str());
                    reads.push((known.fact, FieldName::from(name.as_str())));
                }
                Some(_) => {
                    let help = "name a text of the lead, the contact or the account, such as `lead.message`".to_owned();
                    context.error("not-a-text", address, format!("`{name}` is no text to look in"), help);
                }
                None => context.unknown_fact(name.as_str(), address),
            }
        }
        if rule.reads.is_empty() && rule.activities.is_none() {
            let help = "name text fields in `reads`, such as `lead.message`, or add `activities`".to_owned();
            context.error("reads-nothing", format!("{address}/reads"), "nothing says where to look".to_owned(), help);
        }
        if rule.words.is_empty() {
            let help = "add words or phrases, or remove the rule".to_owned();
            context.error("no-words", format!("{address}/words"), format!("`{}` looks for nothing", rule.id), help);
        }
        let words = phrases(&rule.words, &format!("{address}/words"), context);
        let own = rule.negation.as_ref();
        let negation = match own {
            Some(own) => negation(own, &format!("{address}/negation"), context),
            None => shared.clone(),
        };
        let plan = rule.activities.as_ref();
        let activities = plan.map(|plan| activities(plan, &format!("{address}/activities"), context));
        all.push(TermPlan { reads, activities, words, negation });
    }
    all
}

fn is_text(fact: Fact, kind: FactKind) -> bool {
    let field = matches!(fact, Fact::Lead(_) | Fact::Contact(_) | Fact::Account(_) | Fact::Custom(_));
    field && matches!(kind, FactKind::Field(Kind::Text | Kind::Company | Kind::Url))
}

fn negation(written: &Negation, address: &str, context: &mut Context) -> Option<Arc<NegationPlan>> {
    let mut of = |key: &str, words: &[String]| phrases(words, &format!("{address}/{key}"), context);
    let (words, ends, except) = (of("words", &written.words), of("ends", &written.ends), of("except", &written.except));
    (!words.is_empty())
        .then(|| Arc::new(NegationPlan { words, before: written.before, after: written.after, ends, except }))
}

/// Words as they are looked for: each has something left once it is folded, and stands there once.
fn phrases(written: &[String], address: &str, context: &mut Context) -> Vec<Phrase> {
    let (mut all, mut seen) = (Vec::new(), Set::new());
    for word in written {
        let Some(phrase) = Phrase::of(word) else {
            let help = "write a word or a phrase".to_owned();
            context.error("blank-word", address, format!("nothing is left of `{word}` to look for"), help);
            continue;
        };
        if !seen.insert(fold::fold(word).into_owned()) {
            let help = "remove one: case, diacritics and repeated spaces do not matter".to_owned();
            context.warn("same-word", address, format!("`{word}` stands there twice"), help);
        }
        all.push(phrase);
    }
    all
}

/// Compiles which activities are meant.
pub(super) fn activities(written: &Activities, address: &str, context: &mut Context) -> ActivityPlan {
    // The person is known by address.
    context.wanted = context.wanted.with(LeadField::Email.slot());
    let mut folded = |texts: &[String], key: &str| {
        let mut all = Vec::new();
        for text in texts {
            if fold::is_blank(text) {
                let help = "write what to look for".to_owned();
                context.error(
                    "blank-word",
                    format!("{address}/{key}"),
                    "an empty text is part of every text".to_owned(),
                    help,
                );
            }
            all.push((*fold::fold(text)).into());
        }
        all
    };
    let (types, contains) = (folded(&written.types, "types"), folded(&written.contains, "contains"));
    let from_us = written.direction.map(|direction| direction == Motion::Outbound);
    ActivityPlan { types, from_us, within_days: written.within_days, contains }
}

/// Term rules that no condition reads.
pub(super) fn unread(contract: &Contract, plan: &Plan, context: &mut Context) {
    let rules = contract.terms.iter().flat_map(|terms| &terms.rules);
    for (place, rule) in (0..).zip(rules) {
        let read = [Fact::Term(place), Fact::Negated(place)].iter().any(|fact| plan.reads.get(fact).is_some());
        if !read && context.whole {
            let help = format!("read `term.{}` in a condition, or remove the rule", rule.id);
            let message = format!("nothing follows from `{}`", rule.id);
            context.warn("unread-term", format!("/terms/rules/{}", rule.id), message, help);
        }
    }
}
