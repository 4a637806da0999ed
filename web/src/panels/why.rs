//! Part three, "Why, for this lead": both decisions stage by stage, the differing stages marked.

use std::sync::Arc;

use interlock_core::preview::view::{FactLine, Line, Mark, Move, SideBySide, StagePair, StageText};
use leptos::prelude::*;

use super::leads::GRID;
use crate::desk::Desk;
use crate::effects::{downloads, page};
use crate::state::{Side, text};
use crate::ui::badge::{self, arrow, place_class};
use crate::ui::icon::{Icon, icon};
use crate::ui::link::to_contract;
use crate::ui::live::{click, live};

/// Draws the part; an invitation where no lead is chosen.
pub(crate) fn why(desk: Desk) -> impl IntoView {
    let some = Memo::new(move |_| desk.side_by_side.with(Option::is_some));
    view! {
        <section
            class="part why"
            aria-labelledby="why-title"
            class:stale=live(move || desk.behind())
        >
            <header class="part-head">
                <h2 id="why-title" tabindex="-1">
                    <span class="step" aria-hidden="true">"3"</span>
                    "Why, for this lead"
                </h2>
                <Show when=move || some.get()>{walk(desk)}</Show>
            </header>
            {move || match desk.side_by_side.get() {
                Some(lead) => whole(desk, &lead),
                None => view! {
                    <p class="empty">
                        "Choose a lead in the table to see both decisions side by side, with every rule that was asked and what it read."
                    </p>
                }
                .into_any(),
            }}
        </section>
    }
}

/// Previous, next, close.
fn walk(desk: Desk) -> impl IntoView {
    let total = move || desk.pages.with(|pages| pages.total);
    view! {
        <div class="walk" role="group" aria-label="Leads of the table">
            <button
                type="button"
                class="icon-button"
                aria-label="Previous lead"
                title="Previous lead"
                disabled=live(move || desk.row.get() == 0)
                on:click=click(move |_| desk.open_row(desk.row.get_untracked().saturating_sub(1)))
            >
                {icon(Icon::Up)}
            </button>
            <button
                type="button"
                class="icon-button"
                aria-label="Next lead"
                title="Next lead"
                disabled=live(move || { desk.row.get() + 1 >= total() })
                on:click=click(move |_| desk.open_row(desk.row.get_untracked() + 1))
            >
                {icon(Icon::Down)}
            </button>
            <button
                type="button"
                class="icon-button"
                aria-label="Close this lead"
                title="Close (Esc)"
                on:click=click(move |_| {
                    desk.unchoose();
                    page::focus_later(GRID);
                })
            >
                {icon(Icon::Close)}
            </button>
        </div>
    }
}

fn whole(desk: Desk, lead: &Arc<SideBySide>) -> AnyView {
    let judged = desk.decided.get_untracked();
    let stages = lead
        .stages
        .iter()
        .map(|pair| {
            let mut open = false;
            let mut below = judged.as_ref().and_then(|both| super::lead::below(desk, &pair.stage, &both.0, &both.1));
            if pair.stage == "identity" && super::matched::any(&lead.matches) {
                below = Some(super::matched::matched(desk, &lead.matches));
                open = lead.matches.iter().any(|found| found.before.is_some());
            }
            // The note is what the reader of a lead came for.
            stage(desk, pair, below, open || pair.stage == "handoff")
        })
        .collect_view();
    let judged = judged.map(|both| super::proposals::proposals(desk, &both.0, &both.1));
    view! {
        {identity(&lead.lead)}
        {judged}
        <section class="judged" aria-labelledby="stages-title">
            <h3 id="stages-title">"Stage by stage"</h3>
            <ol class="stages">{stages}</ol>
        </section>
        {facts(&lead.facts)}
        {decisions(desk)}
    }
    .into_any()
}

fn identity(lead: &Move) -> impl IntoView {
    let changes = lead.changes.iter().map(|change| badge::change(*change)).collect_view();
    let place = |place: &interlock_core::preview::view::Place| {
        view! { <span class=format!("place {}", place_class(place.kind))>{text::place(place)}</span> }
    };
    let route = if lead.from == lead.to {
        view! { {place(&lead.to)} <span class="quiet">" in both"</span> }.into_any()
    } else {
        view! {
            <span class="before">{place(&lead.from)}</span>
            {arrow()}
            {place(&lead.to)}
        }
        .into_any()
    };
    let scores = lead
        .scores
        .iter()
        .map(|score| {
            let bands = match (score.band_before.as_str(), score.band_after.as_str()) {
                ("", "") => String::new(),
                (before, after) if before == after => after.to_owned(),
                (before, after) => format!(
                    "{} → {}",
                    if before.is_empty() { "none" } else { before },
                    if after.is_empty() { "none" } else { after }
                ),
            };
            view! {
                <div class="fact-pair">
                    <dt>{text::words(score.score.as_str())}</dt>
                    <dd>
                        {badge::delta(score.before, score.after)}
                        <span class="quiet">{bands}</span>
                    </dd>
                </div>
            }
        })
        .collect_view();
    let verdicts = lead
        .verdicts
        .iter()
        .map(|verdict| {
            view! {
                <div class="fact-pair">
                    <dt>
                        {text::action(
                            verdict.action,
                            verdict.field.as_ref().map(interlock_core::id::FieldName::as_str),
                        )}
                    </dt>
                    <dd>{badge::verdicts(verdict.before, verdict.after)}</dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <div class="lead-card">
            <p class="lead-title">{lead.name.clone()}</p>
            <p class="lead-sub">
                {lead.company.clone()} <code title="Id in the CRM">{lead.lead.to_string()}</code>
            </p>
            <div class="chips">{changes}</div>
            <dl class="lead-facts">
                <div class="fact-pair">
                    <dt>"Goes to"</dt>
                    <dd>{route}</dd>
                </div>
                {scores}
                {verdicts}
            </dl>
        </div>
    }
}

/// A side without what stands elsewhere: what the gate judged, suppressions, and what is `drawn` below its stage.
fn rest(side: &StageText, stage: &str, drawn: bool) -> StageText {
    let elsewhere = |line: &Line| {
        let starts = |list: &str| line.address.as_ref().is_some_and(|address| address.starts_with(list));
        let below = match stage {
            "classification" => starts("/scores/"),
            "routing" => starts("/routing/"),
            "handoff" => line.mark == Mark::Info,
            _ => false,
        };
        line.verdict.is_some() || starts("/suppression/") || (drawn && below)
    };
    StageText {
        headline: side.headline.clone(),
        lines: side.lines.iter().filter(|line| !elsewhere(line)).cloned().collect(),
    }
}

/// One stage; `found` is drawn below its lines.
fn stage(desk: Desk, pair: &StagePair, found: Option<AnyView>, open: bool) -> AnyView {
    let name = text::words(&pair.stage);
    let side = |side: &StageText, drawn: bool| rest(side, &pair.stage, drawn);
    let differs = side(&pair.before, false) != side(&pair.after, false);
    let drawn = found.is_some();
    let (before, after) = (side(&pair.before, drawn), side(&pair.after, drawn));
    let pair = StagePair { stage: pair.stage.clone(), differs, before, after };
    let plain = !pair.differs && pair.after.lines.is_empty() && found.is_none();
    let body = if pair.differs {
        view! {
            <div class="sides">
                <div class="side-text before">
                    <p class="side-label">"Before"</p>
                    <p class="side-headline">{pair.before.headline.clone()}</p>
                    {lines(desk, &pair.before, Some(&pair.after))}
                </div>
                <div class="side-text after">
                    <p class="side-label">"After"</p>
                    <p class="side-headline">{pair.after.headline.clone()}</p>
                    {lines(desk, &pair.after, Some(&pair.before))}
                </div>
            </div>
        }
        .into_any()
    } else {
        view! { <div class="side-text">{lines(desk, &pair.after, None)}</div> }.into_any()
    };
    let headline = if pair.differs {
        view! { <span class="badge moved">{icon(Icon::Edit)} "differs"</span> }.into_any()
    } else {
        view! { <span class="stage-headline">{pair.after.headline.clone()}</span> }.into_any()
    };
    if plain {
        return view! {
            <li class="stage">
                <p class="stage-plain">
                    <span class="stage-name">{name}</span>
                    {headline}
                </p>
            </li>
        }
        .into_any();
    }
    view! {
        <li class="stage" class:differs=pair.differs>
            <details open=pair.differs || open>
                <summary>
                    <span class="stage-name">{name}</span>
                    {headline}
                </summary>
                {body}
                {found}
            </details>
        </li>
    }
    .into_any()
}

/// The lines of one side; those the other side lacks are marked.
fn lines(desk: Desk, side: &StageText, other: Option<&StageText>) -> AnyView {
    if side.lines.is_empty() {
        return ().into_any();
    }
    let lines = side
        .lines
        .iter()
        .map(|line| {
            let new = other.is_some_and(|other| !other.lines.contains(line));
            self::line(desk, line, new)
        })
        .collect_view();
    view! { <ul class="lines">{lines}</ul> }.into_any()
}

fn line(desk: Desk, line: &Line, new: bool) -> AnyView {
    let (class, sign, word) = match line.mark {
        Mark::Yes => ("line yes", Icon::Yes, "held"),
        Mark::No => ("line no", Icon::No, "did not hold"),
        Mark::Unknown => ("line unknown", Icon::Unknown, "could not be decided"),
        Mark::Verdict => ("line verdict", Icon::Review, "verdict"),
        Mark::Info => ("line info", Icon::Info, "note"),
    };
    let sign = match line.verdict {
        Some(verdict) => badge::verdict(verdict),
        None => view! {
            <span class="mark" title=word>
                {icon(sign)}
                <span class="sr">{word} ": "</span>
            </span>
        }
        .into_any(),
    };
    let points = line.points.map(|points| {
        let class = if points < 0 { "line-points less" } else { "line-points more" };
        view! { <span class=class>{text::signed(i64::from(points))}</span> }
    });
    let operands = (!line.operands.is_empty()).then(|| {
        let operands =
            line.operands.iter().map(|operand| view! { <li>{super::changed::code(operand)}</li> }).collect_view();
        view! { <ul class="operands">{operands}</ul> }
    });
    let body = super::changed::code(&line.text);
    let body = match line.address.clone() {
        Some(address) => to_contract(desk, address, "line-text", body),
        None => view! { <span class="line-text">{body}</span> }.into_any(),
    };
    view! {
        <li class=class class:new=new>
            {sign}
            <span class="line-body">{body} {points} {operands}</span>
        </li>
    }
    .into_any()
}

/// What arrived, field by field.
fn facts(facts: &[FactLine]) -> AnyView {
    if facts.is_empty() {
        return ().into_any();
    }
    let filled = facts.iter().filter(|fact| fact.value.is_some()).count();
    let rows = facts
        .iter()
        .map(|fact| {
            let value = match (&fact.value, fact.invalid) {
                (_, true) => view! {
                    <span class="badge review">{icon(Icon::Warning)} "cannot be read"</span>
                }
                .into_any(),
                (Some(value), _) => view! { <span>{value.clone()}</span> }.into_any(),
                (None, _) => view! { <span class="quiet">"blank"</span> }.into_any(),
            };
            let raw = (!fact.raw.is_empty() && fact.value.as_deref() != Some(&fact.raw))
                .then(|| view! { <span class="raw" title="As it arrived">{fact.raw.clone()}</span> });
            view! {
                <tr class:quiet=fact.value.is_none() && !fact.invalid>
                    <th scope="row"><code>{fact.name.clone()}</code></th>
                    <td>{value} {raw}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <details class="facts">
            <summary>
                "Facts as they arrived "
                <span class="quiet">{format!("{filled} of {} filled", facts.len())}</span>
            </summary>
            <table class="table small">
                <thead class="sr">
                    <tr>
                        <th scope="col">"Field"</th>
                        <th scope="col">"Value"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </details>
    }
    .into_any()
}

/// The decisions as canonical JSON, to take along.
fn decisions(desk: Desk) -> impl IntoView {
    let copy = move |side: Side| {
        leptos::task::spawn_local(async move {
            match desk.decision(side).await {
                Err(problem) => desk.tell_problem(&problem),
                Ok(text) => match downloads::copy(&text).await {
                    Ok(()) => desk.tell(format!("Copied the decision of the {}.", side.word()), None),
                    Err(_) => {
                        let _ = downloads::start(&format!("decision-{}.json", side.word()), &text);
                        desk.tell("The clipboard is closed to this page; a download was started.", None);
                    }
                },
            }
        });
    };
    view! {
        <div class="row">
            <button type="button" class="button small" on:click=click(move |_| copy(Side::Baseline))>
                {icon(Icon::Copy)}
                "Copy decision before"
            </button>
            <button type="button" class="button small" on:click=click(move |_| copy(Side::Candidate))>
                {icon(Icon::Copy)}
                "Copy decision after"
            </button>
        </div>
    }
}
