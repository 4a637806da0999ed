//! The sections that are short: settings, custom fields, sources, suppression, review, lifecycle, expectations and
//! budgets.

use super::names::custom_kind;
use super::routing::is_queue;
use super::{Context, Settled, condition};
use crate::contract::{ActionKind, Contract, DateOrder, ReviewRule, Reviewer, SuppressionKind};
use crate::map::Set;
use crate::normal::country::CountryCode;
use crate::normal::date::DayOrder;
use crate::normal::fold;
use crate::plan::condition::Cond;
use crate::plan::fact::FIXED;
use crate::plan::words::Words;
use crate::plan::{Actions, Custom, Fact, LifecyclePlan, ReviewPlan, Stage, SuppressionPlan};
use crate::scale::Currency;
use crate::time::Timestamp;

pub(super) fn settings(contract: &Contract, context: &mut Context) -> Settled {
    let settings = &contract.settings;
    let country = settings.default_country.as_deref().and_then(|text| {
        let code = CountryCode::parse(text).ok();
        if code.is_none() {
            let help = "write an ISO 3166 code such as `DE`".to_owned();
            context.error("unknown-country", "/settings/default_country", format!("`{text}` is not a country"), help);
        }
        code
    });
    let currency = settings.currency.as_deref().and_then(|text| {
        let code = Currency::from_code(text);
        if code.is_none() {
            let help = "write an ISO 4217 code such as `EUR`".to_owned();
            context.error("unknown-currency", "/settings/currency", format!("`{text}` is not a currency"), help);
        }
        code
    });
    let day_order = settings.date_order.map(|order| match order {
        DateOrder::DayFirst => DayOrder::DayFirst,
        DateOrder::MonthFirst => DayOrder::MonthFirst,
    });
    let zone = settings.time_zone.as_deref();
    let zone = zone.and_then(|text| super::calendars::zone(text, "/settings/time_zone", context));
    Settled { currency: currency.unwrap_or(Currency::USD), country, day_order, zone }
}

pub(super) fn custom_fields(contract: &Contract, context: &mut Context) -> Vec<Custom> {
    let mut seen = Set::new();
    let mut all = Vec::new();
    for field in &contract.custom_fields {
        let object = field.object.object();
        let address = format!("/custom_fields/{}", field.id);
        let fixed = |(name, ..): &(&str, _, _)| name.split_once('.') == Some((object.word(), field.id.as_str()));
        if object.slot(field.id.as_str()).is_some() || FIXED.iter().any(fixed) {
            let message = format!("`{object}.{}` is a standard field already", field.id);
            context.error("name-taken", &address, message, "give it another id".to_owned());
        }
        if !seen.insert((object, field.id.clone())) {
            let message = format!("`{object}.{}` stands twice in `/custom_fields`", field.id);
            context.error("duplicate-id", &address, message, "give one of them another id".to_owned());
        }
        if field.columns.is_empty() {
            let help = "name the column headers it is read from".to_owned();
            context.error(
                "no-columns",
                format!("{address}/columns"),
                "nothing says where it is read from".to_owned(),
                help,
            );
        }
        let columns = field.columns.iter().map(|column| (*fold::fold(column)).into()).collect();
        all.push(Custom { object, kind: custom_kind(field.kind), columns });
    }
    all
}

pub(super) fn sources(contract: &Contract, context: &mut Context) -> Words {
    context.ids("/sources", contract.sources.iter().map(|source| source.id.as_str()));
    let mut places = Words::new();
    for (place, source) in (0..).zip(&contract.sources) {
        for name in std::iter::once(source.id.as_str()).chain(source.names.iter().map(String::as_str)) {
            let other = contract.sources.get(usize::from(places.insert_both(name, place)));
            if let Some(other) = other.filter(|other| other.id != source.id) {
                let message = format!("`{name}` means both `{}` and `{}`", other.id, source.id);
                let help = "leave the name with one of them".to_owned();
                context.error("ambiguous-source", format!("/sources/{}/names", source.id), message, help);
            }
        }
    }
    places
}

pub(super) fn suppression(contract: &Contract, context: &mut Context) -> Vec<SuppressionPlan> {
    context.ids("/suppression", contract.suppression.iter().map(|suppression| suppression.id.as_str()));
    let mut all = Vec::new();
    for suppression in &contract.suppression {
        let address = format!("/suppression/{}", suppression.id);
        if suppression.blocks.is_empty() && suppression.reviews.is_empty() {
            let message = "this suppression blocks nothing and sends nothing to a person".to_owned();
            let help = "list actions in `blocks` or `reviews`".to_owned();
            context.warn("suppresses-nothing", &address, message, help);
        }
        if suppression.kind == SuppressionKind::OptOut && !suppression.blocks.contains(&ActionKind::SendMessage) {
            let message = "an opt-out that does not block `send_message`".to_owned();
            let help = "add `send_message` to `blocks`".to_owned();
            context.error("opt-out-may-send", format!("{address}/blocks"), message, help);
        }
        if let (Some(Reviewer::Queue(queue)), Some(routing)) = (&suppression.reviewer, &contract.routing) {
            is_queue(queue.as_str(), &format!("{address}/reviewer/queue"), routing, context);
        }
        let expires = suppression.expires.as_deref().and_then(|text| {
            let time = Timestamp::parse(text);
            if time.is_none() {
                let help = "write `2026-11-22` or `2026-11-22T09:00:00Z`".to_owned();
                context.error("bad-time", format!("{address}/expires"), format!("`{text}` is not a time"), help);
            }
            time
        });
        all.push(SuppressionPlan {
            when: condition::compile(&suppression.when, &format!("{address}/when"), Stage::Identity, context),
            blocks: Actions::of(&suppression.blocks),
            reviews: Actions::of(&suppression.reviews),
            expires,
        });
    }
    all
}

pub(super) fn reviews(rules: &[ReviewRule], list: &str, context: &mut Context) -> Vec<ReviewPlan> {
    context.ids(list, rules.iter().map(|rule| rule.id.as_str()));
    let mut all = Vec::new();
    for rule in rules {
        let address = format!("{list}/{}", rule.id);
        if rule.sample.is_some_and(|sample| sample.first == 0 && sample.then_one_in.unwrap_or(0) == 0) {
            let help = "say how many first ones in `first`, or one in how many in `then_one_in`".to_owned();
            context.warn("samples-nothing", format!("{address}/sample"), "this sample takes nothing".to_owned(), help);
        }
        all.push(ReviewPlan {
            when: condition::compile(&rule.when, &format!("{address}/when"), Stage::Handoff, context),
            actions: Actions::of(&rule.actions),
            reads: condition::reads(&rule.when, context),
            memo: context.reviews,
        });
        context.reviews += 1;
    }
    all
}

pub(super) fn lifecycle(contract: &Contract, context: &mut Context) -> Option<LifecyclePlan> {
    let lifecycle = contract.lifecycle.as_ref()?;
    context.ids("/lifecycle/stages", lifecycle.stages.iter().map(|stage| stage.id.as_str()));
    context.ids("/lifecycle/recommend", lifecycle.recommend.iter().map(|rule| rule.id.as_str()));
    let (mut stages, mut names) = (Words::new(), Vec::new());
    for (place, stage) in (0..).zip(&lifecycle.stages) {
        for name in std::iter::once(stage.id.as_str()).chain(stage.names.iter().map(String::as_str)) {
            stages.insert_both(name, u16::try_from(names.len()).unwrap_or(u16::MAX));
            names.push((place, crate::lifecycle::kind_under(stage, name)));
        }
    }
    let mut recommend = Vec::new();
    for rule in &lifecycle.recommend {
        let address = format!("/lifecycle/recommend/{}", rule.id);
        let compiled = condition::compile(&rule.when, &format!("{address}/when"), Stage::Classification, context);
        match lifecycle.stages.iter().position(|stage| stage.id == rule.to) {
            Some(place) => {
                let out = lifecycle.stages.get(place).is_some_and(|stage| crate::lifecycle::kind_of(stage).is_out());
                if out && rule.reason.is_none() {
                    let message = format!("`{}` takes a lead out of the running, but nothing says why", rule.id);
                    let help = "add `reason`, as sales should read it".to_owned();
                    context.error("stage-without-reason", format!("{address}/reason"), message, help);
                }
                recommend.push((compiled, u16::try_from(place).unwrap_or(u16::MAX)));
            }
            None => {
                let known = lifecycle.stages.iter().map(|stage| stage.id.as_str());
                let help = crate::json::suggest(rule.to.as_str(), known).map(|near| format!("did you mean `{near}`?"));
                context.error(
                    "unknown-stage",
                    format!("{address}/to"),
                    format!("there is no stage `{}`", rule.to),
                    help,
                );
            }
        }
    }
    Some(LifecyclePlan { stages, names, recommend, kinds: crate::lifecycle::kinds(lifecycle) })
}

/// Expectations and budgets; returns the budgets' conditions.
pub(super) fn promises(contract: &Contract, context: &mut Context) -> Vec<Option<Cond>> {
    context.ids("/expectations", contract.expectations.iter().map(|expectation| expectation.id.as_str()));
    context.ids("/budgets", contract.budgets.iter().map(|budget| budget.id.as_str()));
    for expectation in &contract.expectations {
        for field in expectation.lead.keys() {
            let known = context.names.get(field.as_str());
            if !known.is_some_and(|known| matches!(known.fact, Fact::Lead(_) | Fact::Custom(_))) {
                let help = context.names.nearest(field.as_str()).map(|near| format!("did you mean `{near}`?"));
                let address = format!("/expectations/{}/lead/{field}", expectation.id);
                context.error("unknown-fact", address, format!("`{field}` is not a field of a lead"), help);
            }
        }
    }
    let compile = |budget: &crate::contract::Budget, context: &mut Context| {
        let address = format!("/budgets/{}/among", budget.id);
        Some(condition::compile(budget.among.as_ref()?, &address, Stage::Routing, context))
    };
    contract.budgets.iter().map(|budget| compile(budget, context)).collect()
}
