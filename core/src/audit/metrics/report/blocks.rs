//! What stands in a review, whatever it is written in.

use super::Review;
use crate::audit::Says;
use crate::audit::metrics::{
    About, By, Course, Figure, Indicator, Interval, Share, Slice, WHOLE, is_worse, per_thousand, percent,
};
use crate::order;
use crate::text::{count, thousands};

/// At most so many rows of what can be long.
const MOST: usize = 15;

/// How many weeks a trend goes back.
const TREND: usize = 12;

/// A part of a review.
pub(super) enum Block {
    Heading(&'static str),
    Text(String),
    Table(Table),
    Chart(Chart),
}

/// A table. Columns whose header begins with `>` hold numbers.
pub(super) struct Table {
    pub(super) headers: &'static [&'static str],
    pub(super) rows: Vec<Vec<String>>,
}

/// A figure over weeks.
pub(super) struct Chart {
    pub(super) name: &'static str,
    pub(super) metric: Indicator,
    pub(super) points: Vec<Point>,
    /// What the top stands for, in ten-thousandths.
    pub(super) top: u32,
}

/// One week of it.
pub(super) struct Point {
    pub(super) week: String,
    pub(super) value: u32,
    pub(super) interval: Option<Interval>,
    pub(super) of: u64,
}

/// Everything, in reading order.
pub(super) fn of(review: &Review) -> Vec<Block> {
    let mut all = vec![Block::Text(intro(review)), Block::Heading("Figures, beside the week before")];
    all.push(table(&["Figure", ">This week", ">95 in 100 between", ">Of", ">Week before", "Change"], figures(review)));
    let missing: Vec<Vec<String>> = review
        .alone
        .overall
        .iter()
        .filter_map(|figure| Some(vec![figure.metric.name().to_owned(), figure.needs.clone()?]))
        .collect();
    if !missing.is_empty() {
        all.push(Block::Heading("Not measured"));
        all.push(table(&["Figure", "What it needs"], missing));
    }
    let charts: Vec<Block> = charts(review).into_iter().map(Block::Chart).collect();
    if !charts.is_empty() {
        all.push(Block::Heading("Trend"));
        all.extend(charts);
    }
    part(
        &mut all,
        "Targets",
        table(&["Workflow", "Figure", ">Target", ">Now", ">Of", "Reached"], targets(review)),
        "No workflow of the contract states one, or there was no contract.",
    );
    part(
        &mut all,
        "What was corrected",
        table(&["Workflow", "What", ">Edited", ">Rejected", ">Taken back", "The last: from", "to"], corrected(review)),
        "Nothing was edited, rejected or taken back this week.",
    );
    part(
        &mut all,
        "Which rules caused doubt",
        table(&["Rule", ">Answered", ">Not accepted unchanged", ">Assignments", ">Corrected"], doubts(review)),
        "Nothing that names a rule was edited, rejected or corrected this week.",
    );
    part(
        &mut all,
        "Which handoffs helped",
        table(&["By", "Which", ">Useful", ">Rated"], handoffs(review)),
        "Nobody rated a handoff this week.",
    );
    part(
        &mut all,
        "Which workflows should stay in review",
        table(&["Workflow", "Advice", "Why"], advice(review, |about, _| about == About::Workflow)),
        "No workflow has evidence yet, or there was no contract.",
    );
    part(
        &mut all,
        "Fields and rules to look at",
        table(
            &["About", "Which", "Advice", "Why", "Edit"],
            advice_in_full(review, |about, course| about != About::Workflow && course != Course::Keep),
        ),
        "The evidence asks for no change.",
    );
    part(
        &mut all,
        "What people said",
        table(&["When", "Said", "Of", "By", "Note"], said(review)),
        "Nobody left a note this week.",
    );
    let counts = review.alone.counts.iter().filter(|one| one.count > 0);
    let counts = counts.map(|one| vec![one.what.name().to_owned(), thousands(one.count)]).collect();
    part(&mut all, "Also counted", table(&["What", ">This week"], counts), "Nothing.");
    all.push(Block::Text(
        "Every figure is defined in docs/metrics.md. Intervals are Wilson's (rollbacks: a Poisson count's); on fewer than 30 \
         nothing is concluded."
            .to_owned(),
    ));
    all
}

fn table(headers: &'static [&'static str], rows: Vec<Vec<String>>) -> Block {
    Block::Table(Table { headers, rows })
}

/// A heading, and what stands under it or why nothing does.
fn part(all: &mut Vec<Block>, heading: &'static str, block: Block, otherwise: &str) {
    all.push(Block::Heading(heading));
    match block {
        Block::Table(table) if table.rows.is_empty() => all.push(Block::Text(otherwise.to_owned())),
        block => all.push(block),
    }
}

fn intro(review: &Review) -> String {
    let day = |at: crate::time::Timestamp| at.to_string().split('T').next().unwrap_or_default().to_owned();
    let contract = review
        .contract
        .as_ref()
        .map_or_else(|| "judged without a contract".to_owned(), |contract| format!("judged by contract {contract}"));
    format!(
        "Log {}, {} to {} (UTC), {} until then, {contract}.",
        review.log,
        day(review.from),
        day(review.until.plus(-1)),
        count(review.whole.entries, "entry", "entries"),
    )
}

fn between(figure: &Figure) -> String {
    let shown = |value| figure.metric.shown(value);
    figure.interval.map_or_else(String::new, |interval| format!("{} – {}", shown(interval.low), shown(interval.high)))
}

fn figures(review: &Review) -> Vec<Vec<String>> {
    let measured = review.alone.overall.iter().filter_map(|figure| Some((figure, figure.value?)));
    let rows = measured.map(|(figure, value)| {
        let metric = figure.metric;
        let before = review.of_week(&review.before, metric);
        let was = before.and_then(|before| before.value);
        let few = if figure.few { " (few)" } else { "" };
        vec![
            metric.name().to_owned(),
            metric.shown(value),
            between(figure),
            format!("{}{few}", thousands(figure.share.of)),
            was.map_or_else(|| "–".to_owned(), |was| metric.shown(was)),
            before.map_or_else(String::new, |before| change(figure, before)),
        ]
    });
    rows.collect()
}

/// What became of a figure.
fn change(now: &Figure, before: &Figure) -> String {
    let (Some(value), Some(was)) = (now.value, before.value) else { return String::new() };
    let apart = value.abs_diff(was);
    let sign = match value.cmp(&was) {
        std::cmp::Ordering::Less => "−",
        std::cmp::Ordering::Equal => return "the same".to_owned(),
        std::cmp::Ordering::Greater => "+",
    };
    let shown = match now.metric {
        Indicator::Rollbacks => per_thousand(apart),
        _ => percent(apart).replace(" %", " points"),
    };
    let drawn = now.interval.is_some() && now.metric != Indicator::Rollbacks;
    let sure = drawn && (is_worse(before.share, now.share) || is_worse(now.share, before.share));
    let better = match (now.metric.more_is_better(), value > was) {
        (None, _) => "",
        (Some(more), up) if more == up => ", better",
        _ => ", worse",
    };
    let sure = if sure { better } else { ", within chance" };
    format!("{sign}{shown}{}", if drawn { sure } else { "" })
}

fn charts(review: &Review) -> Vec<Chart> {
    let weeks: Vec<&Slice> = review.whole.slices.iter().filter(|slice| slice.by == By::Week).collect();
    let last = weeks.get(weeks.len().saturating_sub(TREND)..).unwrap_or_default();
    let shown = [
        Indicator::SuggestionAcceptance,
        Indicator::RoutingCorrection,
        Indicator::TaskCompletion,
        Indicator::SuppressionBlockRate,
        Indicator::Rollbacks,
        Indicator::HandoffUseful,
    ];
    let charts = shown.into_iter().map(|metric| {
        let points: Vec<Point> = last
            .iter()
            .filter_map(|slice| {
                let figure = slice.figures.iter().find(|figure| figure.metric == metric)?;
                let (value, of) = (figure.value?, figure.share.of);
                Some(Point { week: slice.key.clone(), value, interval: figure.interval, of })
            })
            .collect();
        let most = points.iter().map(|point| point.interval.map_or(point.value, |interval| interval.high)).max();
        // Shares are drawn on the whole scale, rates on one that holds them.
        let top = if metric == Indicator::Rollbacks { most.unwrap_or(0).max(10) } else { WHOLE };
        Chart { name: metric.name(), metric, points, top }
    });
    charts.filter(|chart| chart.points.len() > 1).collect()
}

fn targets(review: &Review) -> Vec<Vec<String>> {
    let rows = review.whole.targets.iter().map(|target| {
        let metric = target.figure.metric;
        let least = if metric.more_is_better() == Some(false) { "at most" } else { "at least" };
        vec![
            target.workflow.to_string(),
            metric.name().to_owned(),
            format!("{least} {}", metric.shown(u32::from(target.target.get()) * 10)),
            target.figure.value.map_or_else(|| "–".to_owned(), |value| metric.shown(value)),
            thousands(target.figure.share.of),
            target.reached.words().to_owned(),
        ]
    });
    rows.collect()
}

fn corrected(review: &Review) -> Vec<Vec<String>> {
    let rows = review.alone.notes.corrected.iter().take(MOST).map(|one| {
        let [edited, rejected, back] = [one.edited, one.rejected, one.rolled_back].map(thousands);
        vec![one.workflow.clone(), one.what.clone(), edited, rejected, back, one.from.clone(), one.to.clone()]
    });
    rows.collect()
}

fn share(slice: &Slice, metric: Indicator) -> Share {
    slice.figures.iter().find(|figure| figure.metric == metric).map(|figure| figure.share).unwrap_or_default()
}

fn doubts(review: &Review) -> Vec<Vec<String>> {
    let rules = review.alone.slices.iter().filter(|slice| slice.by == By::Rule && !slice.key.is_empty());
    let mut all: Vec<(u64, &str, Share, Share)> = rules
        .map(|slice| {
            let mut answered = share(slice, Indicator::SuggestionAcceptance);
            answered.join(share(slice, Indicator::ReviewAcceptance));
            let corrected = share(slice, Indicator::RoutingCorrection);
            (answered.of - answered.hits + corrected.hits, slice.key.as_str(), answered, corrected)
        })
        .filter(|one| one.0 > 0)
        .collect();
    order::sort_by(&mut all, |a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    let rows = all.into_iter().take(MOST).map(|(_, rule, answered, corrected)| {
        let numbers = [answered.of, answered.of - answered.hits, corrected.of, corrected.hits].map(thousands);
        std::iter::once(rule.to_owned()).chain(numbers).collect()
    });
    rows.collect()
}

fn handoffs(review: &Review) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for by in [By::Workflow, By::Rule, By::Owner] {
        let slices = review.alone.slices.iter().filter(|slice| slice.by == by);
        let mut rated: Vec<(&str, Share)> =
            slices.map(|slice| (slice.key.as_str(), share(slice, Indicator::HandoffUseful))).collect();
        rated.retain(|(key, share)| share.of > 0 && !key.is_empty());
        order::sort_by(&mut rated, |a, b| b.1.of.cmp(&a.1.of).then_with(|| a.0.cmp(b.0)));
        rows.extend(rated.into_iter().take(MOST).map(|(key, share)| {
            vec![by.word().to_owned(), key.to_owned(), thousands(share.hits), thousands(share.of)]
        }));
    }
    rows
}

fn advice(review: &Review, which: fn(About, Course) -> bool) -> Vec<Vec<String>> {
    let some = review.whole.advice.iter().filter(|advice| which(advice.about, advice.course));
    some.map(|advice| vec![advice.id.clone(), advice.words().to_owned(), advice.reason.clone()]).collect()
}

fn advice_in_full(review: &Review, which: fn(About, Course) -> bool) -> Vec<Vec<String>> {
    let some = review.whole.advice.iter().filter(|advice| which(advice.about, advice.course));
    let rows = some.map(|advice| {
        let edits: Vec<String> = advice.edits.iter().map(|edit| format!("{} = {}", edit.address, edit.after)).collect();
        let about = advice.about.word().to_owned();
        vec![about, advice.id.clone(), advice.words().to_owned(), advice.reason.clone(), edits.join("; ")]
    });
    rows.collect()
}

fn said(review: &Review) -> Vec<Vec<String>> {
    let rows = review.alone.notes.said.iter().take(2 * MOST).map(|one| {
        let of = format!("{}, {}", one.record, one.what);
        vec![one.at.to_string(), words(one.says).to_owned(), of, one.by.clone(), one.note.clone()]
    });
    rows.collect()
}

const fn words(says: Says) -> &'static str {
    match says {
        Says::Accepted => "accepted",
        Says::Edited => "accepted with another value",
        Says::Rejected => "rejected",
        Says::RolledBack => "taken back",
        Says::FalseDuplicate => "no duplicate",
        Says::WrongRoute => "belongs to somebody else",
        Says::MissingData => "something was missing",
        Says::HandoffUseful => "handoff useful",
        Says::HandoffUseless => "handoff of no use",
        Says::TaskDone => "task done",
    }
}
