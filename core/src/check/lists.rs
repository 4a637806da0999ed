//! Look-up lists: a key that can be looked up, values in their normal form, and targets that are there.

use super::Context;
use crate::contract::{Contract, Target};
use crate::normal::{domain, fold};
use crate::plan::words::Words;
use crate::plan::{Fact, Lookup, Stage};
use crate::record::Kind;

pub(super) fn compile(contract: &Contract, context: &mut Context) -> Vec<Lookup> {
    context.ids("/lists", contract.lists.iter().map(|list| list.id.as_str()));
    let mut all = Vec::new();
    for list in &contract.lists {
        let address = format!("/lists/{}", list.id);
        let known = context.names.get(list.key.as_str()).cloned();
        let (key, kind) = match &known {
            Some(known)
                if known.made_at <= Stage::Identity && !matches!(known.fact, Fact::List(_) | Fact::Territory(_)) =>
            {
                context.read(known.fact, list.key.as_str());
                (known.fact, known.kind)
            }
            Some(_) => {
                let message = format!("`{}` cannot be looked up here", list.key);
                let help = "look up a field of the lead, the contact or the account".to_owned();
                context.error("wrong-key", format!("{address}/key"), message, help);
                continue;
            }
            None => {
                let help = context.names.nearest(list.key.as_str()).map(|near| format!("did you mean `{near}`?"));
                context.error(
                    "unknown-fact",
                    format!("{address}/key"),
                    format!("nothing is called `{}`", list.key),
                    help,
                );
                continue;
            }
        };
        if list.values.is_empty() && list.entries.is_empty() {
            let help = "add values, or remove the list".to_owned();
            context.warn("empty-list", format!("{address}/values"), format!("list `{}` is empty", list.id), help);
        }
        let is_domain = kind == crate::plan::FactKind::Field(Kind::Domain);
        let mut values = Words::new();
        let normal = |value: &str| {
            let domain = if is_domain { domain::registrable(value).ok() } else { None };
            fold::fold(domain.as_deref().unwrap_or(value)).into_owned()
        };
        // Entries first, so that a value that stands in both has its target.
        for ((value, target), place) in list.entries.iter().zip(0..) {
            let address = format!("{address}/entries/{value}");
            match target {
                Target::Owner(_) | Target::Pool(_) | Target::Queue(_) => {
                    if let Some(routing) = &contract.routing {
                        super::routing::target(target, &address, contract, routing, context);
                    }
                }
                _ => {
                    let message = format!("`{value}` names no owner, pool or queue");
                    let help = "write `{\"owner\": …}`, `{\"pool\": …}` or `{\"queue\": …}`".to_owned();
                    context.error("wrong-entry", &address, message, help);
                }
            }
            let normal = normal(value);
            if values.get(&normal).is_some() {
                let message = format!("`{value}` stands twice in list `{}`", list.id);
                context.error("duplicate-id", &address, message, "keep one of the two".to_owned());
            }
            values.insert(&normal, place);
        }
        for value in &list.values {
            values.insert(&normal(value), u16::MAX);
        }
        all.push(Lookup { key, values });
    }
    all
}
