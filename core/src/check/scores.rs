//! Scores and grades: rules that can be worked out, caps and bands that can be reached, and no score that reads itself.

use super::terms::activities;
use super::{Context, condition};
use crate::contract::{Contract, Decay, Score, ScoreRule};
use crate::id::{FieldName, ScoreId};
use crate::order;
use crate::plan::{Fact, FactKind, GradePlan, RulePlan, ScorePlan, Stage, WorthPlan};
use crate::record::Kind;
use crate::scale::Points;

pub(super) fn compile(contract: &Contract, context: &mut Context) -> Vec<ScorePlan> {
    context.ids("/scores", contract.scores.iter().map(|score| score.id.as_str()));
    let mut all = Vec::new();
    for (place, score) in contract.scores.iter().enumerate() {
        context.scores = place;
        let address = format!("/scores/{}", score.id);
        context.ids(&format!("{address}/rules"), score.rules.iter().map(|rule| rule.id.as_str()));
        if score.min > score.max {
            let message = format!("the least, {}, is above the most, {}", score.min.0, score.max.0);
            context.error("empty-range", format!("{address}/min"), message, "exchange them".to_owned());
        }
        if score.rules.is_empty() && context.whole {
            let message = format!("score `{}` has no rule and is always {}", score.id, Points(0).max(score.min).0);
            context.warn("empty-score", format!("{address}/rules"), message, "add a rule".to_owned());
        }
        let mut rules = Vec::new();
        for rule in &score.rules {
            let address = format!("{address}/rules/{}", rule.id);
            if rule.points == Points(0) {
                let help = "give it points, or remove it".to_owned();
                context.warn("no-points", format!("{address}/points"), "this rule changes nothing".to_owned(), help);
            }
            let when = condition::compile(&rule.when, &format!("{address}/when"), Stage::Enrichment, context);
            let group = rule.group.as_ref().and_then(|group| {
                let place = score.caps.iter().position(|cap| cap.id == *group);
                if place.is_none() {
                    let help = "add it to the score's `caps`, or remove it".to_owned();
                    let message = format!("the score has no group `{group}`");
                    context.error("unknown-group", format!("{address}/group"), message, help);
                }
                place
            });
            let worth = worth(rule, contract, &address, context);
            rules.push(RulePlan { when, group, worth });
        }
        caps(score, &address, context);
        let mut bands: Vec<_> = score.bands.iter().enumerate().map(|(place, band)| (band.at_least, place)).collect();
        order::sort_by_key(&mut bands, |(start, _)| std::cmp::Reverse(*start));
        for pair in bands.windows(2) {
            if let [(one, upper), (other, _)] = pair
                && one == other
            {
                let id = score.bands.get(*upper).map_or("", |band| band.id.as_str());
                let message = format!("two bands start at {}", one.0);
                let help = "let every band start elsewhere".to_owned();
                context.error("same-band", format!("{address}/bands/{id}/at_least"), message, help);
            }
        }
        for band in &score.bands {
            if band.at_least > score.max {
                let message =
                    format!("band `{}` starts at {}, the score is at most {}", band.id, band.at_least.0, score.max.0);
                let help = "lower the band, or raise the score's `max`".to_owned();
                context.warn("unreachable-band", format!("{address}/bands/{}/at_least", band.id), message, help);
            }
        }
        written(score.writes.as_ref(), contract, &address, context);
        all.push(ScorePlan { writes: None, rules, bands });
    }
    context.scores = 0;
    all
}

/// Whether a field policy allows the write.
fn written(field: Option<&FieldName>, contract: &Contract, address: &str, context: &mut Context) {
    if let Some(field) = field
        && context.whole
        && !contract.fields.iter().any(|policy| policy.field == *field)
    {
        let message = format!("no field policy allows writing `{field}`");
        let help = format!("add a policy for `{field}` to `/fields`");
        context.error("no-policy", format!("{address}/writes"), message, help);
    }
}

fn caps(score: &Score, address: &str, context: &mut Context) {
    context.ids(&format!("{address}/caps"), score.caps.iter().map(|cap| cap.id.as_str()));
    for cap in &score.caps {
        let address = format!("{address}/caps/{}", cap.id);
        if let (Some(least), Some(most)) = (cap.at_least, cap.at_most)
            && least > most
        {
            let message = format!("the least, {}, is above the most, {}", least.0, most.0);
            context.error("empty-range", format!("{address}/at_least"), message, "exchange them".to_owned());
        }
        if cap.at_least.is_none() && cap.at_most.is_none() {
            let help = "add `at_most`, or `at_least` for what takes points".to_owned();
            context.warn("no-limit", &address, format!("`{}` limits nothing", cap.id), help);
        }
        if !score.rules.iter().any(|rule| rule.group.as_ref() == Some(&cap.id)) && context.whole {
            let help = "name it in the `group` of rules, or remove it".to_owned();
            context.warn("empty-group", &address, format!("no rule counts in `{}`", cap.id), help);
        }
    }
}

/// What a rule's points are worth, where that is more than their number.
fn worth(rule: &ScoreRule, contract: &Contract, address: &str, context: &mut Context) -> Option<Box<WorthPlan>> {
    let per = rule.per_hundred_of.as_ref().map(|id| earlier(id, contract, address, context));
    let plan = rule.activities.as_ref();
    let plan = plan.map(|written| activities(written, &format!("{address}/activities"), context));
    let opposite = rule.most.is_some_and(|most| most.0.signum() * rule.points.0.signum() < 0);
    if rule.most.is_some() && (plan.is_none() || opposite) {
        let message = "`most` limits what activities add or take together".to_owned();
        let help = if opposite { "give it the sign of `points`" } else { "add `activities`, or remove it" };
        context.error("wrong-most", format!("{address}/most"), message, help.to_owned());
    }
    let since = rule.decay.as_ref().and_then(|decay| since(decay, rule, &format!("{address}/decay"), context));
    let plain = per.is_none() && plan.is_none() && since.is_none();
    (!plain).then(|| Box::new(WorthPlan { per: per.flatten(), activities: plan, since }))
}

/// The place of a score that stands before the one that is compiled.
fn earlier(id: &ScoreId, contract: &Contract, address: &str, context: &mut Context) -> Option<usize> {
    let place = contract.scores.iter().position(|score| score.id == *id);
    let address = format!("{address}/per_hundred_of");
    if place.is_some_and(|place| place >= context.scores) {
        let message = format!("`{id}` stands at or after this score");
        let help = "a score may build on those before it; move it down".to_owned();
        context.error("score-cycle", address, message, help);
    } else if place.is_none() {
        unknown_score(id, contract, address, context);
    }
    place.filter(|place| *place < context.scores)
}

fn unknown_score(id: &ScoreId, contract: &Contract, address: String, context: &mut Context) {
    let known = contract.scores.iter().map(|score| score.id.as_str());
    let help = crate::json::suggest(id.as_str(), known).map(|near| format!("did you mean `{near}`?"));
    context.error("unknown-score", address, format!("there is no score `{id}`"), help);
}

/// The date from which points fade.
fn since(decay: &Decay, rule: &ScoreRule, address: &str, context: &mut Context) -> Option<(Fact, FieldName)> {
    let rising = decay
        .steps
        .windows(2)
        .any(|pair| matches!(pair, [one, next] if one.after_days >= next.after_days || one.keeps < next.keeps));
    if rising {
        let message = "points fade from step to step, each on a later day".to_owned();
        let help = "order the steps by `after_days`, with ever less in `keeps`".to_owned();
        context.error("wrong-decay", format!("{address}/steps"), message, help);
    }
    if decay.half_life_days.is_some_and(|days| days > 0) != decay.steps.is_empty() {
        let help = "state either `half_life_days`, of a day or more, or `steps`".to_owned();
        context.error("wrong-decay", address, "nothing, or too much, says how the points fade".to_owned(), help);
    }
    match (&decay.since, &rule.activities) {
        (None, Some(_)) => None,
        (Some(_), Some(_)) => {
            let help = "remove `since`".to_owned();
            let message = "activities fade from their own dates".to_owned();
            context.error("wrong-decay", format!("{address}/since"), message, help);
            None
        }
        (None, None) => {
            let help = "name a date, such as `lead.last_activity_at`".to_owned();
            context.error("wrong-decay", address, "nothing says from when on the points fade".to_owned(), help);
            None
        }
        (Some(name), None) => {
            let address = format!("{address}/since");
            let known = context.names.get(name.as_str()).cloned();
            match known {
                Some(known) if known.kind == FactKind::Field(Kind::Time) => {
                    context.read(known.fact, name.as_str());
                    Some((known.fact, FieldName::from(name.as_str())))
                }
                Some(_) => {
                    let help = "name a date, such as `lead.last_activity_at`".to_owned();
                    context.error("not-a-date", address, format!("`{name}` is not a date"), help);
                    None
                }
                None => {
                    context.unknown_fact(name.as_str(), address);
                    None
                }
            }
        }
    }
}

pub(super) fn grades(contract: &Contract, context: &mut Context) -> Vec<GradePlan> {
    context.ids("/grades", contract.grades.iter().map(|grade| grade.id.as_str()));
    let mut all = Vec::new();
    for grade in &contract.grades {
        let address = format!("/grades/{}", grade.id);
        let mut of = |id: &ScoreId, key: &str| {
            let place = contract.scores.iter().position(|score| score.id == *id);
            let address = format!("{address}/{key}");
            match place.and_then(|place| contract.scores.get(place)) {
                None => unknown_score(id, contract, address, context),
                Some(score) if score.bands.is_empty() => {
                    let help = "give it bands, or take another score".to_owned();
                    context.error("no-bands", address, format!("score `{id}` has no bands"), help);
                }
                Some(_) => {}
            }
            place
        };
        let (rows, columns) = (of(&grade.rows, "rows"), of(&grade.columns, "columns"));
        written(grade.writes.as_ref(), contract, &address, context);
        if let (Some(rows), Some(columns)) = (rows, columns) {
            all.push(GradePlan { rows, columns, writes: None });
            if let (Some(rows), Some(columns)) = (contract.scores.get(rows), contract.scores.get(columns))
                && !grade.cells.is_empty()
            {
                cells(grade, rows, columns, &address, context);
            }
        }
    }
    all
}

/// Whether every cell is of two bands, and every two bands have a cell.
fn cells(grade: &crate::contract::Grade, rows: &Score, columns: &Score, address: &str, context: &mut Context) {
    let has = |score: &Score, id: &str| score.bands.iter().any(|band| band.id.as_str() == id);
    let mut unknown = |score: &Score, id: &str, address: String| {
        let known = score.bands.iter().map(|band| band.id.as_str());
        let help = crate::json::suggest(id, known).map(|near| format!("did you mean `{near}`?"));
        context.error("unknown-band", address, format!("score `{}` has no band `{id}`", score.id), help);
    };
    for (row, cells) in &grade.cells {
        if !has(rows, row.as_str()) {
            unknown(rows, row.as_str(), format!("{address}/cells/{row}"));
        }
        for column in cells.keys().filter(|column| !has(columns, column.as_str())) {
            unknown(columns, column.as_str(), format!("{address}/cells/{row}/{column}"));
        }
    }
    let mut gaps = Vec::new();
    for row in &rows.bands {
        for column in &columns.bands {
            if grade.cells.get(&row.id).and_then(|cells| cells.get(&column.id)).is_none() {
                gaps.push(format!("`{}` with `{}`", row.id, column.id));
            }
        }
    }
    if !gaps.is_empty() {
        let message = format!("no grade for {}", crate::text::list(&gaps, ""));
        let help = "add the cells; without them such leads have no grade".to_owned();
        context.warn("grade-gap", format!("{address}/cells"), message, help);
    }
}
