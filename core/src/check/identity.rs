//! The identity section: match models that can find something, levels that can be reached, thresholds in order.

use super::Context;
use crate::contract::{Attribute, BlockingKey, Comparison, Contract, Level, Likeness, MatchModel};
use crate::identity::MOST_LEVELS;
use crate::identity::columns::Slot;
use crate::json::did_you_mean;
use crate::normal::case::lower_text;
use crate::normal::domain;
use crate::order;
use crate::plan::PassedOver;
use crate::record::Object;

/// The heaviest a level may be, in thousandths of a bit: more odds than there are pairs of anything.
const HEAVIEST: i32 = 64_000;

/// What `max_block` may be.
const BLOCKS: std::ops::RangeInclusive<u32> = 2..=10_000;

/// Checks the section; gives the domains and mailboxes that it passes over, in normal form.
pub(super) fn check(contract: &Contract, context: &mut Context) -> PassedOver {
    let Some(identity) = &contract.identity else { return PassedOver::default() };
    let mut ignored: Vec<Box<str>> = Vec::new();
    for (place, raw) in identity.ignore_domains.iter().enumerate() {
        match domain::registrable(raw) {
            Ok(domain) => ignored.push((*domain).into()),
            Err(problem) => {
                let help = "write the domain alone, such as `example.com`".to_owned();
                let at = format!("/identity/ignore_domains/{place}");
                context.error("wrong-value", at, format!("`{raw}` is not a domain: {problem}"), help);
            }
        }
    }
    let mut roles: Vec<Box<str>> = Vec::new();
    for (place, raw) in identity.role_mailboxes.iter().enumerate() {
        let mailbox = raw.trim();
        if mailbox.is_empty() || mailbox.contains(['@', ' ']) {
            let help = "write what stands before the `@`, such as `billing`".to_owned();
            let at = format!("/identity/role_mailboxes/{place}");
            context.error("wrong-value", at, format!("`{raw}` is not a mailbox"), help);
        } else {
            roles.push(lower_text(mailbox).into());
        }
    }
    for (name, model) in [("people", &identity.people), ("companies", &identity.companies)] {
        if let Some(model) = model {
            check_model(model, &format!("/identity/{name}"), context);
        }
    }
    for (name, headers) in &identity.columns {
        let at = format!("/identity/columns/{name}");
        if Slot::parse(name).is_none() {
            let help = did_you_mean(name, Slot::all().map(Slot::word)).unwrap_or_else(|| {
                "write `name` or an attribute that a match model compares, such as `surname`".to_owned()
            });
            context.error("wrong-value", at, format!("nothing that is compared is called `{name}`"), help);
        } else if headers.iter().all(|header| header.trim().is_empty()) {
            let help = "name the headers that may hold it".to_owned();
            context.error("wrong-value", at, format!("no column is named for `{name}`"), help);
        }
    }
    for (name, _) in &identity.survivorship_of {
        let known = [Object::Lead, Object::Contact, Object::Account].iter().any(|object| object.slot(name).is_some())
            || contract.custom_fields.iter().any(|field| field.id.as_str() == name);
        if !known {
            let names = [Object::Lead, Object::Contact, Object::Account];
            let names = names.iter().flat_map(|object| object.fields()).map(|field| field.name);
            let help = did_you_mean(name, names)
                .unwrap_or_else(|| "write the field's name without its object, such as `phone`".to_owned());
            let at = format!("/identity/survivorship_of/{name}");
            context.error("unknown-field", at, format!("no record has a field `{name}`"), help);
        }
    }
    PassedOver { domains: ignored.into(), roles: roles.into() }
}

fn check_model(model: &MatchModel, at: &str, context: &mut Context) {
    if model.prior.0 >= 0 || model.prior.0 < -HEAVIEST {
        let message = format!("the prior is {}: two records taken at random are not the same", model.prior.0);
        let help = "write log2 of the odds in thousandths of a bit: -13000 is one in 8,192".to_owned();
        context.error("wrong-value", format!("{at}/prior"), message, help);
    }
    if model.review_at > model.probable_at {
        let message = format!("`review_at` {} is above `probable_at` {}", model.review_at, model.probable_at);
        let help = "below `review_at` nobody looks, from `probable_at` on it is suggested".to_owned();
        context.error("thresholds-crossed", format!("{at}/review_at"), message, help);
    }
    if !BLOCKS.contains(&model.max_block) {
        let message = format!("`max_block` is {}", model.max_block);
        let help = format!("write a number from {} to {}", BLOCKS.start(), BLOCKS.end());
        context.error("wrong-value", format!("{at}/max_block"), message, help);
    }
    if model.margin.0 < 0 {
        let help = "write how much heavier the best candidate must be, 3000 for eight times the odds".to_owned();
        context.error("wrong-value", format!("{at}/margin"), format!("`margin` is {}", model.margin.0), help);
    }
    check_blocking(model, at, context);
    if model.comparisons.is_empty() {
        let help = "add comparisons, or take the starting contract's".to_owned();
        context.error("nothing-compared", format!("{at}/comparisons"), "nothing is compared".to_owned(), help);
    }
    let names: Vec<&str> = model.comparisons.iter().map(|comparison| comparison.of.word()).collect();
    for (name, twice) in names.iter().zip(order::repeated(&names)) {
        if twice {
            let message = format!("`{name}` is compared twice");
            context.error("duplicate-id", format!("{at}/comparisons/{name}"), message, "keep one of them".to_owned());
        }
    }
    for comparison in &model.comparisons {
        check_comparison(comparison, &format!("{at}/comparisons/{}", comparison.of.word()), context);
    }
}

fn check_blocking(model: &MatchModel, at: &str, context: &mut Context) {
    if model.blocking.is_empty() {
        let help = "add rules such as `{\"id\": \"email\", \"on\": [\"email\"]}`".to_owned();
        let message = "no pair is ever looked at: there is no blocking rule".to_owned();
        context.error("nothing-compared", format!("{at}/blocking"), message, help);
    }
    context.ids(&format!("{at}/blocking"), model.blocking.iter().map(|rule| rule.id.as_str()));
    for rule in &model.blocking {
        let address = format!("{at}/blocking/{}/on", rule.id);
        let several = rule.on.iter().filter(|key| key.is_several()).count();
        if rule.on.is_empty() {
            let help = "name the keys that must be equal".to_owned();
            context.error("nothing-compared", address, format!("`{}` asks for nothing to be equal", rule.id), help);
        } else if several > 1 {
            let help = "write a rule for each".to_owned();
            let message = format!("`{}` has two keys of which a company has several", rule.id);
            context.error("wrong-level", address, message, help);
        } else if let [key] = rule.on.as_slice()
            && key.is_broad()
        {
            let help = "add a second key: too many records share this one, and only neighbours are compared".to_owned();
            context.warn("broad-blocking", address, format!("`{}` alone tells few records apart", key.word()), help);
        }
    }
}

fn check_comparison(comparison: &Comparison, at: &str, context: &mut Context) {
    if comparison.of == Attribute::Mobile {
        let help = "compare `phone`: it looks at both numbers of both records".to_owned();
        context.error("wrong-level", at, "`mobile` is compared together with `phone`".to_owned(), help);
    }
    if comparison.levels.is_empty() || comparison.levels.len() > MOST_LEVELS {
        let message = format!("`{}` has {} levels", comparison.of.word(), comparison.levels.len());
        let help = format!("write from 1 to {MOST_LEVELS}");
        context.error("wrong-value", format!("{at}/levels"), message, help);
    }
    let weights = comparison.levels.iter().map(|level| level.weight).chain([comparison.otherwise, comparison.missing]);
    if let Some(weight) = weights.into_iter().find(|weight| weight.0.unsigned_abs() > HEAVIEST.unsigned_abs()) {
        let help = format!("write thousandths of a bit, from -{HEAVIEST} to {HEAVIEST}");
        context.error("wrong-value", at, format!("a level weighs {}", weight.0), help);
    }
    for (place, level) in comparison.levels.iter().enumerate() {
        let word = level.is.word();
        let address = || format!("{at}/levels");
        if !level.is.fits(comparison.of) {
            let message = format!("`{}` cannot be `{word}`", comparison.of.word());
            context.error("wrong-level", address(), message, "see the levels in the documentation".to_owned());
        }
        match (level.is.limit(), level.at) {
            (Some(most), None) => {
                let message = format!("`{word}` needs `at`");
                context.error("wrong-value", address(), message, format!("write a number from 1 to {most}"));
            }
            (Some(most), Some(limit)) if limit == 0 || limit > most => {
                let message = format!("`{word}` is at {limit}");
                context.error("wrong-value", address(), message, format!("write a number from 1 to {most}"));
            }
            (None, Some(_)) => {
                let message = format!("`{word}` takes no `at`");
                context.error("wrong-value", address(), message, "leave it out".to_owned());
            }
            _ => {}
        }
        if level.term_frequency && !level.is.has_frequency(comparison.of) {
            let message = format!("`{word}` of `{}` has no one value to be rare", comparison.of.word());
            let help = "leave `term_frequency` to `same`, or to words of a company's name".to_owned();
            context.error("wrong-level", address(), message, help);
        }
        let earlier = &comparison.levels[..place];
        if let Some(stricter) = earlier.iter().find(|earlier| takes_all_of(earlier, level)) {
            let message = format!("`{}` before it takes every pair of `{word}`", shown(stricter));
            context.warn("unreachable-level", address(), message, "put the stricter level first".to_owned());
        } else if let Some(stricter) =
            earlier.iter().find(|earlier| earlier.is == level.is && earlier.weight < level.weight)
        {
            let message = format!("`{}` is stricter than `{}` and weighs less", shown(stricter), shown(level));
            context.warn("level-out-of-order", address(), message, "what agrees more should weigh more".to_owned());
        }
    }
}

/// Whether no pair is left for `later`, because `earlier` holds wherever it would.
fn takes_all_of(earlier: &Level, later: &Level) -> bool {
    earlier.is == later.is
        && match later.is {
            Likeness::Close => earlier.at >= later.at,
            _ => earlier.at <= later.at,
        }
}

fn shown(level: &Level) -> String {
    level.at.map_or_else(|| level.is.word().to_owned(), |at| format!("{} at {at}", level.is.word()))
}

impl BlockingKey {
    /// Whether a record has several of it.
    const fn is_several(self) -> bool {
        matches!(self, Self::CompanyWord | Self::CompanyStart)
    }

    /// Whether many strangers share it.
    const fn is_broad(self) -> bool {
        matches!(self, Self::GivenInitial | Self::GivenName | Self::BirthYear | Self::City | Self::HouseNumber)
    }
}

impl Likeness {
    /// Whether values of this attribute can agree so.
    const fn fits(self, of: Attribute) -> bool {
        match self {
            Self::Same | Self::Similar | Self::Close => true,
            Self::SameMailbox | Self::SameUser => matches!(of, Attribute::Email),
            Self::Words | Self::Within => matches!(of, Attribute::Company),
            Self::TwoOfThree => matches!(of, Attribute::BirthDate),
            Self::Nickname | Self::Initial => matches!(of, Attribute::GivenName),
            Self::SameWords | Self::Begins => !matches!(of, Attribute::Email | Attribute::Phone | Attribute::BirthDate),
            Self::Sounds => matches!(of, Attribute::GivenName | Attribute::Surname),
        }
    }

    /// Whether what agrees can be rare.
    const fn has_frequency(self, of: Attribute) -> bool {
        match self {
            Self::Same => true,
            Self::SameWords | Self::Words | Self::Within => matches!(of, Attribute::Company),
            _ => false,
        }
    }
}
