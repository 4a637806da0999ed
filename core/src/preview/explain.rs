//! A decision in words, stage by stage: what the panel shows side by side and the command prints.
//!
//! Input: the decision as data. Output: [`StageText`]s. Invariant: words come from the decision alone, so that what is
//! said is what was decided.

use super::view::{FactLine, Line, Mark, StagePair, StageText};
use super::{Side, label};
use crate::contract::{ActionKind, Verdict};
use crate::decision::{Decision, Started};
use crate::gate::Judged;
use crate::identity::{self, Outcome};
use crate::plan::{Stage, Truth};
use crate::record::{Event, LeadField, Object};
use crate::route::{Destination, OperandTrace};
use crate::text;

/// What arrived, field by field.
pub(super) fn facts(event: &Event, side: Side<'_>) -> Vec<FactLine> {
    let lead = crate::intake::intake(side.plan, event);
    let mut lines = Vec::new();
    for (name, raw) in &event.fields {
        let cell = lead.record.cell(name.slot());
        let value = cell.known().map(ToString::to_string);
        let invalid = matches!(cell, crate::record::Cell::Invalid(_));
        lines.push(FactLine { name: name.to_string(), raw: raw.clone(), value, invalid });
    }
    for (slot, field) in Object::Lead.fields().iter().enumerate() {
        let name = format!("lead.{}", field.name);
        let worked_out = field.derived || slot == LeadField::Name.slot();
        if worked_out && let Some(value) = lead.record.cell(slot).known() {
            if lines.iter().any(|line| line.name == name) {
                continue;
            }
            lines.push(FactLine { name, raw: String::new(), value: Some(value.to_string()), invalid: false });
        }
    }
    lines
}

/// Both decisions, stage by stage.
pub(super) fn stages(before: &Decision, baseline: Side<'_>, after: &Decision, candidate: Side<'_>) -> Vec<StagePair> {
    let (before, after) = (explain(before, baseline), explain(after, candidate));
    let pairs = before.into_iter().zip(after);
    pairs
        .map(|((stage, before), (_, after))| StagePair {
            stage: stage.word().to_owned(),
            differs: before != after,
            before,
            after,
        })
        .collect()
}

/// One decision, stage by stage. Audit is left out of the words: it repeats what the gate judged.
#[must_use]
pub fn explain(decision: &Decision, side: Side<'_>) -> Vec<(Stage, StageText)> {
    vec![
        (Stage::Intake, intake(decision)),
        (Stage::Identity, identity(decision)),
        (Stage::Suppression, suppression(decision)),
        (Stage::Enrichment, enrichment(decision)),
        (Stage::Classification, classification(decision)),
        (Stage::Routing, routing(decision, side)),
        (Stage::Handoff, handoff(decision)),
    ]
}

fn line(mark: Mark, text: impl Into<String>) -> Line {
    Line { mark, text: text.into(), verdict: None, points: None, address: None, operands: Vec::new() }
}

fn intake(decision: &Decision) -> StageText {
    let source = &decision.source;
    let name = source.id.as_ref().map(ToString::to_string).or_else(|| source.text.clone());
    let name = name.unwrap_or_else(|| "no source".to_owned());
    let headline = format!("{}, {}, trust {}", source.motion.word(), name, source.trust.word());
    let mut lines = Vec::new();
    if source.id.is_none() {
        let text = match &source.text {
            Some(text) => format!("the contract names no source `{text}`; it is trusted least"),
            None => "the lead names no source; it is trusted least".to_owned(),
        };
        lines.push(Line { address: Some("/sources".to_owned()), ..line(Mark::Unknown, text) });
    }
    for unread in &decision.unread {
        let text = format!("`{}` cannot be read: expected {}, found `{}`", unread.field, unread.expected, unread.found);
        lines.push(line(Mark::Unknown, text));
    }
    StageText { headline, lines }
}

fn identity(decision: &Decision) -> StageText {
    let matched = &decision.matched;
    let headline = format!("person {}, account {}", matched.person.outcome.word(), matched.account.outcome.word());
    let mut lines = Vec::new();
    for (what, side) in [("person", &matched.person), ("account", &matched.account)] {
        lines.push(match (side.outcome, &side.record, side.by) {
            (Outcome::None, ..) => line(Mark::No, format!("{what}: nobody in the CRM")),
            (Outcome::Ambiguous, _, Some(by)) => {
                let names: Vec<String> = side.candidates.iter().map(candidate).collect();
                Line { operands: names, ..line(Mark::Unknown, format!("{what}: several by {}", by.words())) }
            }
            (_, Some(record), Some(by)) => line(Mark::Yes, format!("{what}: {}, by {}", candidate(record), by.words())),
            _ => line(Mark::Info, format!("{what}: {}", side.outcome.word())),
        });
    }
    if matched.conflict {
        lines.push(line(Mark::Unknown, "the e-mail domain and the company name point to different accounts"));
    }
    lines.extend(judged_lines(decision, |judged| judged.action == ActionKind::Link));
    StageText { headline, lines }
}

fn candidate(candidate: &identity::Candidate) -> String {
    let mut text = if candidate.name.is_empty() {
        format!("{} {}", candidate.object, candidate.id)
    } else {
        format!("{} {} ({})", candidate.object, candidate.name, candidate.id)
    };
    if let Some(waterfall) = &candidate.waterfall {
        text.push_str(&format!(", {} probable", waterfall.probability));
    }
    text
}

fn suppression(decision: &Decision) -> StageText {
    let mut lines = Vec::new();
    for seen in &decision.workflows {
        let address = Some(format!("/workflows/{}", seen.workflow));
        let (mark, text) = match &seen.started {
            Started::Yes => (Mark::Yes, format!("workflow `{}` runs ({})", seen.workflow, mode(seen.mode))),
            Started::Doubtful(rule) => (
                Mark::Unknown,
                format!("workflow `{}` runs, but whether exclusion `{rule}` holds is not known", seen.workflow),
            ),
            Started::NotTriggered(truth) => {
                (mark(*truth), format!("workflow `{}` is not triggered{}", seen.workflow, unsure(*truth)))
            }
            Started::NotEligible(truth) => {
                (mark(*truth), format!("workflow `{}`: the record is not eligible{}", seen.workflow, unsure(*truth)))
            }
            Started::Excluded(rule) => (Mark::No, format!("workflow `{}` is excluded by `{rule}`", seen.workflow)),
        };
        lines.push(Line { address, operands: seen.missing.clone(), ..line(mark, text) });
    }
    for suppressed in &decision.suppressed {
        let address = Some(format!("/suppression/{}", suppressed.rule));
        let (mark, text) = match suppressed.holds {
            Truth::Yes => (Mark::Yes, format!("suppressed by `{}`", suppressed.rule)),
            _ => (Mark::Unknown, format!("whether `{}` holds is not known", suppressed.rule)),
        };
        lines.push(Line { address, operands: suppressed.missing.clone(), ..line(mark, text) });
    }
    let running = decision.workflows.iter().filter(|seen| seen.started.runs()).count() as u64;
    let certain: Vec<&str> = decision
        .suppressed
        .iter()
        .filter(|suppressed| suppressed.holds == Truth::Yes)
        .map(|suppressed| suppressed.rule.as_str())
        .collect();
    let runs = format!("{} running", text::count(running, "workflow", "workflows"));
    let headline = match certain.as_slice() {
        [] => format!("not suppressed, {runs}"),
        rules => format!("suppressed by {}, {runs}", text::list(rules, "")),
    };
    StageText { headline, lines }
}

const fn mode(mode: crate::contract::Mode) -> &'static str {
    match mode {
        crate::contract::Mode::Suggest => "suggestion mode",
        crate::contract::Mode::Automatic => "automatic",
    }
}

const fn mark(truth: Truth) -> Mark {
    match truth {
        Truth::Yes => Mark::Yes,
        Truth::No => Mark::No,
        Truth::Unknown => Mark::Unknown,
    }
}

const fn unsure(truth: Truth) -> &'static str {
    match truth {
        Truth::Unknown => ": it cannot be decided",
        Truth::Yes | Truth::No => "",
    }
}

fn enrichment(decision: &Decision) -> StageText {
    let proposals = |judged: &Judged| judged.action == ActionKind::UpdateField && judged.source.is_some();
    let mut counts = [0_u64; 4];
    for judged in decision.judged.iter().filter(|judged| proposals(judged)) {
        counts[judged.verdict as usize] += 1;
    }
    let words: Vec<String> = Verdict::ALL
        .iter()
        .filter(|verdict| counts[**verdict as usize] > 0)
        .map(|verdict| format!("{} {verdict}", counts[*verdict as usize]))
        .collect();
    let headline = if words.is_empty() { "nothing was proposed".to_owned() } else { words.join(", ") };
    StageText { headline, lines: judged_lines(decision, proposals) }
}

/// Each thing that was judged, with its reasons.
fn judged_lines(decision: &Decision, wanted: impl Fn(&Judged) -> bool) -> Vec<Line> {
    let mut lines = Vec::new();
    for judged in decision.judged.iter().filter(|judged| wanted(judged)) {
        let what = match (&judged.field, judged.new.is_empty()) {
            (Some(field), false) => format!("{field} → {}", judged.new),
            (Some(field), true) => format!("clear {field}"),
            (None, false) => format!("{} → {}", judged.action, judged.new),
            (None, true) => judged.action.to_string(),
        };
        let old = judged.old.as_ref().map_or_else(String::new, |old| format!(" (now {old})"));
        let said = match (&judged.source, judged.confidence) {
            (Some(source), Some(confidence)) => format!(", by {source} at {confidence}"),
            (Some(source), None) => format!(", by {source}"),
            (None, _) => String::new(),
        };
        let already = if judged.no_op { ", stands there already" } else { "" };
        lines.push(Line {
            verdict: Some(judged.verdict),
            address: judged.field.as_ref().map(|field| format!("/fields/{field}")),
            operands: judged.reasons.iter().map(|reason| reason.message.clone()).collect(),
            ..line(Mark::Verdict, format!("{what}{old}{said}{already}"))
        });
    }
    lines
}

fn classification(decision: &Decision) -> StageText {
    let mut lines = Vec::new();
    let mut headlines = Vec::new();
    for scored in &decision.scores {
        let band = scored.band.as_ref().map_or_else(String::new, |band| format!(" {band}"));
        headlines.push(format!("{} {}{band}", scored.score, scored.points.0));
        for part in &scored.contributions {
            let why = part.reason.as_deref().unwrap_or(part.rule.as_str());
            lines.push(Line {
                points: Some(part.points.0),
                address: Some(format!("/scores/{}/rules/{}", scored.score, part.rule)),
                ..line(Mark::Yes, format!("{} {}: {why}", scored.score, part.points))
            });
        }
        for missing in &scored.missing {
            lines.push(Line {
                address: Some(format!("/scores/{}/rules/{}", scored.score, missing.rule)),
                operands: missing.facts.clone(),
                ..line(
                    Mark::Unknown,
                    format!("{} {} if `{}` could be decided", scored.score, missing.points, missing.rule),
                )
            });
        }
    }
    if let Some(recommended) = &decision.lifecycle {
        headlines.push(format!("stage {} recommended", recommended.to));
        lines.push(Line {
            address: Some(format!("/lifecycle/recommend/{}", recommended.rule)),
            ..line(
                Mark::Yes,
                format!(
                    "stage {} recommended: {}",
                    recommended.to,
                    recommended.reason.as_deref().unwrap_or(recommended.rule.as_str())
                ),
            )
        });
    }
    lines.extend(judged_lines(decision, |judged| {
        judged.action == ActionKind::ChangeStage
            || (judged.action == ActionKind::UpdateField && judged.source.is_none())
    }));
    let headline = if headlines.is_empty() { "no score".to_owned() } else { headlines.join(", ") };
    StageText { headline, lines }
}

fn routing(decision: &Decision, side: Side<'_>) -> StageText {
    let Some(route) = &decision.route else {
        return StageText { headline: "not routed: no running workflow assigns".to_owned(), lines: Vec::new() };
    };
    let place = label::place(Some(&route.place), side).label;
    let by = match (&route.rule, &route.target) {
        (Some(rule), _) => format!(" by rule {rule}"),
        (None, Some(_)) => " by the fallback".to_owned(),
        (None, None) => String::new(),
    };
    let fragile = if route.fragile { ", fragile: a rule above could not be decided" } else { "" };
    let headline = match &route.place {
        Destination::Owner(_) | Destination::Queue(_) => format!("goes to {place}{by}{fragile}"),
        Destination::Escalated(_) if route.held.len() > 1 => {
            let rules: Vec<&str> = route.held.iter().map(crate::id::RuleId::as_str).collect();
            format!("escalated: {} hold and disagree", text::list(&rules, ""))
        }
        Destination::Escalated(_) => format!("escalated{by}{fragile}"),
        Destination::Unrouted => "no rule holds and there is no fallback".to_owned(),
        Destination::Blocked => format!("the assignment is blocked{by}"),
    };
    let mut lines = Vec::new();
    for asked in &route.asked {
        lines.push(Line {
            address: Some(format!("/routing/rules/{}", asked.rule)),
            operands: asked.operands.iter().map(OperandTrace::words).collect(),
            ..line(mark(asked.holds), format!("{} ({})", asked.rule, asked.tier.word().replace('_', " ")))
        });
    }
    if let Some(pool) = &route.pool {
        let skipped = pool.members.iter().filter_map(|member| {
            let (who, why) = (side.crm.owner_name(&member.owner), member.skip?.words());
            let until = member.until.map_or_else(String::new, |until| format!(", until {until}"));
            Some(format!("{who}: {why}{until}"))
        });
        lines.push(Line {
            address: Some(format!("/routing/pools/{}", pool.pool)),
            operands: skipped.collect(),
            ..line(Mark::Info, format!("pool `{}` chose {place}", pool.pool))
        });
    }
    lines.extend(judged_lines(decision, |judged| judged.action == ActionKind::Assign));
    StageText { headline, lines }
}

fn handoff(decision: &Decision) -> StageText {
    let mut lines = Vec::new();
    let mut headline = "no handoff";
    if let Some(note) = &decision.handoff {
        headline = note.next_step.as_ref().map_or("no next step", |step| step.text.as_str());
        lines.push(line(Mark::Info, note.text.clone()));
    }
    // The task, and whatever else an agent proposes once everything is known; the stages before say the rest.
    lines.extend(judged_lines(decision, |judged| {
        use ActionKind::{Assign, ChangeStage, Link, UpdateField};
        !matches!(judged.action, Link | UpdateField | ChangeStage | Assign)
    }));
    StageText { headline: headline.to_owned(), lines }
}
