//! Field policies: every field known, thresholds in order, nothing protected made automatic.

use super::{Context, condition};
use crate::contract::{Contract, FieldPolicy, MaxVerdict, Overwrite, Risk};
use crate::id::FieldName;
use crate::plan::words::Words;
use crate::plan::{Fact, FieldPlan, Stage};
use crate::protected;
use crate::record::Object;

pub(super) fn compile(contract: &Contract, context: &mut Context) -> (Vec<FieldPlan>, Words) {
    let (mut all, mut places) = (Vec::new(), Words::new());
    for (place, policy) in (0..).zip(&contract.fields) {
        let address = format!("/fields/{}", policy.field);
        let fact = known_field(&policy.field, format!("{address}/field"), context);
        let (guard, witness) = protected::guard(contract, policy.field.as_str());
        thresholds(policy, &address, context);
        if let Some(kind) = guard.always()
            && policy.ai == MaxVerdict::Auto
        {
            let field = &policy.field;
            let witness = witness.map_or_else(String::new, |name| format!("`{name}` says what it is: "));
            let message =
                format!("{witness}{kind} is never changed without a person, but `{field}` is to be automatic");
            let help = "set `ai` to `suggest` or `never`".to_owned();
            context.error("protected-auto", format!("{address}/ai"), message, help);
        }
        for (key, sources) in [("updaters", &policy.updaters), ("precedence", &policy.precedence)] {
            for named in sources.iter().filter(|named| contract.sources.iter().all(|source| source.id != **named)) {
                let known = contract.sources.iter().map(|source| source.id.as_str());
                let help = crate::json::suggest(named.as_str(), known).map(|near| format!("did you mean `{near}`?"));
                let message = format!("there is no source `{named}`");
                context.error("unknown-source", format!("{address}/{key}"), message, help);
            }
        }
        let written_by_score = contract.scores.iter().any(|score| score.writes.as_ref() == Some(&policy.field));
        let latest = if written_by_score { Stage::Classification } else { Stage::Identity };
        let review_when = policy.review_when.as_ref();
        let review_when = review_when
            .map(|condition| condition::compile(condition, &format!("{address}/review_when"), latest, context));
        all.push(FieldPlan { place: usize::from(place), fact, guard, review_when });
        if places.insert(policy.field.as_str(), place) != place {
            let message = format!("`{}` has two policies", policy.field);
            context.error("duplicate-id", &address, message, "keep one of them".to_owned());
        }
    }
    for field in &contract.protected {
        known_field(field, "/protected".to_owned(), context);
    }
    (all, places)
}

fn known_field(field: &FieldName, address: String, context: &mut Context) -> Option<Fact> {
    let name = field.as_str();
    if let Some(known) = context.names.get(name)
        && matches!(known.fact, Fact::Lead(_) | Fact::Contact(_) | Fact::Account(_) | Fact::Custom(_))
    {
        return Some(known.fact);
    }
    // Opportunities can be written though conditions cannot read them.
    let readable = name.split_once('.').is_some_and(|(object, field)| {
        Object::ALL.into_iter().any(|known| known.word() == object && known.slot(field).is_some())
    });
    if !readable {
        let help = context.names.nearest(name).map_or_else(
            || "declare it in `/custom_fields`, or name a standard field".to_owned(),
            |near| format!("did you mean `{near}`? otherwise declare it in `/custom_fields`"),
        );
        context.error("unknown-field", address, format!("no record has a field `{name}`"), help);
    }
    None
}

fn thresholds(policy: &FieldPolicy, address: &str, context: &mut Context) {
    let field = &policy.field;
    if let (Some(auto_at), Some(block_below)) = (policy.auto_at, policy.block_below)
        && auto_at < block_below
    {
        let message = format!("proposals are blocked below {block_below} but automatic from {auto_at}");
        let help = "let `auto_at` be at or above `block_below`".to_owned();
        context.error("thresholds-crossed", format!("{address}/auto_at"), message, help);
    }
    for (key, value) in [("auto_at", policy.auto_at), ("block_below", policy.block_below)] {
        if let Some(value) = value.filter(|value| (1..=100).contains(&value.get())) {
            let message = format!("{} per mille is {value}", value.get());
            let help = format!("for a percentage write `\"{} %\"`", value.get());
            context.warn("tiny-confidence", format!("{address}/{key}"), message, help);
        }
    }
    let may_be_automatic = policy.ai == MaxVerdict::Auto && policy.risk == Risk::Low;
    if may_be_automatic && policy.auto_at.is_none() {
        let message = format!("`{field}` may be automatic, but nothing says from which confidence on");
        context.error("no-threshold", address, message, "add `auto_at`, for example `\"90 %\"`".to_owned());
    }
    if policy.ai == MaxVerdict::Auto && policy.risk != Risk::Low {
        let message = format!("`{field}` is to be automatic, but its risk allows at most `{}`", policy.risk.floor());
        let help = "set `ai` to `suggest`, or `risk` to `low`".to_owned();
        context.warn("risk-caps-ai", format!("{address}/ai"), message, help);
    }
    if policy.overwrite == Overwrite::Never && policy.ai != MaxVerdict::Never {
        let message = format!("`{field}` is never overwritten, not even when blank");
        let help = "use `if_empty` to let blanks be filled, or set `ai` to `never`".to_owned();
        context.warn("never-written", format!("{address}/overwrite"), message, help);
    }
}
