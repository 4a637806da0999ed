//! What the evidence supports, and the edits that follow, made in the candidate at a click.

use interlock_core::audit::metrics::{About, Advice, Course, Edit, Metrics, percent};
use leptos::prelude::*;

use super::figures::many;
use crate::audit::frame::Frame;
use crate::state::report::Problem;
use crate::ui::icon::{Icon, icon};
use crate::ui::live::click;

/// Draws all advice: what to change first, what to keep folded.
pub(super) fn advice(frame: Frame, metrics: &Metrics) -> impl IntoView {
    let (act, keep): (Vec<&Advice>, Vec<&Advice>) =
        metrics.advice.iter().partition(|advice| advice.course != Course::Keep);
    let empty = act.is_empty();
    let kept = keep.len();
    let act = act.into_iter().map(|advice| item(frame, advice)).collect_view();
    let keep = keep.into_iter().map(|advice| item(frame, advice)).collect_view();
    (!metrics.advice.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="advice-title">
                <header class="card-head"><h3 id="advice-title">"What the evidence supports"</h3></header>
                {empty.then(|| view! { <p class="quiet">"Nothing is to be changed."</p> })}
                <ul class="measure-list">{act}</ul>
                {(kept > 0).then(|| view! {
                    <details>
                        <summary>{format!("{kept} to keep as they are")}</summary>
                        <ul class="measure-list">{keep}</ul>
                    </details>
                })}
            </section>
        }
    })
}

fn item(frame: Frame, advice: &Advice) -> AnyView {
    let (class, sign) = match advice.course {
        Course::TakeBack => ("badge review", Icon::Undo),
        Course::Automate => ("badge auto", Icon::Auto),
        Course::Keep => ("badge none", Icon::Lock),
    };
    let about = match advice.about {
        About::Workflow => "Workflow",
        About::Field => "Field",
        About::Rule => "Rule",
    };
    let evidence = &advice.evidence;
    let mut stands = Vec::new();
    for (share, ends, words) in [
        (evidence.accepted, evidence.interval, "accepted unchanged"),
        (evidence.corrected, evidence.corrected_interval, "corrected or taken back"),
    ] {
        if let Some(ends) = ends {
            let (low, high) = (percent(ends.low), percent(ends.high));
            stands.push(format!("{} of {} {words} (95 in 100: {low} – {high})", many(share.hits), many(share.of)));
        }
    }
    let edits = (!advice.edits.is_empty()).then(|| edits(frame, &advice.id, advice.edits.clone()));
    view! {
        <li class="measure-advice">
            <p>
                <span class=class>{icon(sign)} {advice.words()}</span>
                " "
                <strong>{about} " " {advice.id.clone()}</strong>
                ": "
                {advice.reason.clone()}
            </p>
            <p class="quiet">{stands.join("; ")}</p>
            {edits}
        </li>
    }
    .into_any()
}

/// Edits as they would be made, and the button that makes them.
pub(super) fn edits(frame: Frame, id: &str, edits: Vec<Edit>) -> AnyView {
    let said: Vec<String> = edits
        .iter()
        .map(|edit| {
            let before = edit.before.as_ref().map_or_else(|| "not said".to_owned(), ToString::to_string);
            format!("{} {before} → {}", edit.address, edit.after)
        })
        .collect();
    let made = RwSignal::new(false);
    let label = format!("Make this edit in the candidate: {id}");
    let act = move || {
        for edit in &edits {
            if let Err(why) = frame.edit(&edit.address, &edit.after) {
                frame.fail(Problem::new(why, "open a contract in the panel as candidate, and try again"));
                return;
            }
        }
        made.set(true);
        frame.tell("the edit stands in the candidate: go back to the preview to see what it moves");
    };
    view! {
        <div class="row">
            <code>{said.join("; ")}</code>
            {move || if made.get() {
                view! { <span class="badge auto">{icon(Icon::Yes)} "In the candidate"</span> }.into_any()
            } else {
                let act = act.clone();
                view! {
                    <button type="button" class="button small" aria-label=label.clone() on:click=click(move |_| act())>
                        {icon(Icon::Edit)}
                        "Make this edit in the candidate"
                    </button>
                }
                .into_any()
            }}
        </div>
    }
    .into_any()
}
