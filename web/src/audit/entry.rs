//! One entry with all that belongs to it: its fields, its reasons, what was said to it, what became of the record, its proof.

use interlock_core::audit::Entry;
use interlock_core::audit::explore::{Opened, Seen};
use interlock_core::audit::filter::{Facet, Filter, named};
use leptos::prelude::*;

use super::frame::{Frame, ticket};
use super::{feedback, words};
use crate::effects::{downloads, page};
use crate::state::report::Problem;
use crate::state::text;
use crate::ui::icon::{Icon, icon};
use crate::ui::live::click;

/// Its heading, which gets the focus.
pub(crate) const TITLE: &str = "audit-entry-title";

/// Draws the entry of a line.
pub(crate) fn opened(frame: Frame, seq: u64, filter: RwSignal<Filter>) -> impl IntoView {
    let found = RwSignal::new(None::<Opened>);
    let latest = StoredValue::new(0_u64);
    Effect::new(move |_| {
        frame.said.track();
        let mine = ticket();
        latest.set_value(mine);
        leptos::task::spawn_local(async move {
            let seq = u32::try_from(seq).unwrap_or(u32::MAX);
            let answer = frame.ask::<Opened>("entry", &[seq.into()]).await;
            if latest.try_get_value() != Some(mine) {
                return;
            }
            match answer {
                Ok(opened) => found.set(Some(opened)),
                Err(problem) => frame.fail(problem),
            }
        });
    });
    view! {
        <section class="card audit-entry" aria-labelledby=TITLE>
            <header class="card-head">
                <h3 id=TITLE tabindex="-1">{format!("Line {seq}")}</h3>
                <button
                    type="button"
                    class="icon-button"
                    aria-label="Close this entry"
                    title="Close (Esc)"
                    on:click=click(move |_| {
                        frame.opened.set(None);
                        page::focus_later(super::log::GRID);
                    })
                >
                    {icon(Icon::Close)}
                </button>
            </header>
            {move || found.get().map(|opened| whole(frame, opened, filter))}
        </section>
    }
}

fn whole(frame: Frame, opened: Opened, filter: RwSignal<Filter>) -> impl IntoView {
    let Opened { seen, hash, answers, timeline, earlier } = opened;
    let seq = seen.seq;
    let record = seen.entry.record_key();
    let only = record.clone();
    view! {
        <p class="row">{words::kind(&seen.entry)} <strong>{words::what(&seen.entry)}</strong></p>
        <p class="audit-big">{words::values(frame, &seen.entry)}</p>
        {reasons(&seen.entry)}
        {details(frame, &seen, hash.map(|hash| hash.to_string()))}
        {answers.map(|asked| {
            let to = asked.seq;
            view! {
                <p>
                    "Answers "
                    <button type="button" class="link-button" on:click=click(move |_| frame.open_entry(to))>
                        {format!("line {to}: {}", words::what(&asked.entry))}
                    </button>
                </p>
            }
        })}
        {(!seen.answers.is_empty()).then(|| said_to(frame, &seen))}
        {feedback::feedback(frame, &seen, false)}
        <h4>{format!("What happened to {record}")}</h4>
        {(earlier > 0).then(|| view! { <p class="quiet">{format!("{earlier} earlier entries are not listed")}</p> })}
        <ol class="timeline">{timeline.into_iter().map(|moment| moment_of(frame, seq, moment)).collect_view()}</ol>
        <div class="row">
            <button
                type="button"
                class="button small"
                on:click=click(move |_| filter.update(|filter| {
                    *filter = Filter::default();
                    filter.want(Facet::Record, &only);
                }))
            >
                {icon(Icon::Search)}
                "Only this record"
            </button>
            <button type="button" class="button small" on:click=click(move |_| prove(frame, seq))>
                {icon(Icon::Download)}
                "Proof of this entry"
            </button>
        </div>
    }
}

fn reasons(entry: &Entry) -> AnyView {
    let rows = entry.reasons.iter().map(|reason| view! { <li>{reason.clone()}</li> });
    view! { <ul class="reason-list">{rows.collect_view()}</ul> }.into_any()
}

fn details(frame: Frame, seen: &Seen, hash: Option<String>) -> AnyView {
    let entry = &seen.entry;
    let name = |text: Option<&str>| text.map(str::to_owned);
    let workflow = entry
        .workflow
        .as_ref()
        .map(|workflow| format!("{workflow} {}", entry.workflow_version.as_deref().unwrap_or_default()));
    let rules: Vec<&str> = entry.rules.iter().map(interlock_core::id::RuleId::as_str).collect();
    let rows = [
        ("Time", Some(entry.at.to_string())),
        ("Record", Some(entry.record_key())),
        ("Action", Some(text::words(entry.action.word()))),
        ("To", Some(entry.to.clone())),
        ("By", Some(words::actor(entry))),
        ("As", entry.actor.map(|actor| words::acting(actor).to_owned())),
        ("Verdict", entry.verdict.map(|verdict| text::verdict(verdict).to_owned())),
        ("Workflow", workflow),
        ("Reasons", Some(entry.codes.join(", "))),
        ("Rules", Some(rules.join(", "))),
        ("Source", name(entry.source.as_ref().map(interlock_core::id::SourceId::as_str))),
        ("Confidence", entry.confidence.map(|confidence| confidence.to_string())),
        ("Owner", entry.owner.as_ref().map(|id| frame.owner_and_id(id.as_str()))),
        ("Reviewer", entry.reviewer.as_ref().map(|reviewer| frame.reviewer(&named(reviewer)))),
        ("Due", entry.due.map(|due| due.to_string())),
        ("Event", Some(format!("{} ({})", entry.event, text::words(entry.trigger.word())))),
        ("Note", entry.answer.as_ref().map(|answer| answer.note.clone())),
        ("Confirmed by a person", Some(if entry.human_verified { "yes" } else { "no" }.to_owned())),
        ("Contract", Some(entry.contract.clone())),
        ("Engine", Some(entry.engine.to_string())),
        ("Digest", Some(seen.digest.to_string())),
        ("Line's hash", hash),
    ];
    let rows = rows.into_iter().filter_map(|(term, value)| Some((term, value.filter(|value| !value.is_empty())?)));
    view! {
        <dl class="entry-facts">
            {rows.map(|(term, value)| view! { <div><dt>{term}</dt><dd>{value}</dd></div> }).collect_view()}
        </dl>
    }
    .into_any()
}

fn said_to(frame: Frame, seen: &Seen) -> AnyView {
    let rows = seen.answers.iter().map(|heard| {
        let seq = heard.seq;
        let words = format!("{} by {}, {}", words::said(heard.says), heard.by, words::time(heard.at));
        view! {
            <li>
                <button type="button" class="link-button" on:click=click(move |_| frame.open_entry(seq))>{words}</button>
            </li>
        }
    });
    view! {
        <h4>"What was said to it"</h4>
        <ul>{rows.collect_view()}</ul>
    }
    .into_any()
}

fn moment_of(frame: Frame, here: u64, moment: Seen) -> impl IntoView {
    let seq = moment.seq;
    let entry = moment.entry;
    view! {
        <li class:here=seq == here>
            <span class="quiet">{words::time(entry.at)}</span>
            <span>{words::kind(&entry)} " " {words::what(&entry)}</span>
            <span>{words::values(frame, &entry)}</span>
            <span class="quiet">
                {words::actor(&entry)}
                " "
                {(seq != here).then(|| view! {
                    <button type="button" class="link-button" on:click=click(move |_| frame.open_entry(seq))>
                        {format!("line {seq}")}
                    </button>
                })}
            </span>
        </li>
    }
}

fn prove(frame: Frame, seq: u64) {
    leptos::task::spawn_local(async move {
        let line = u32::try_from(seq).unwrap_or(u32::MAX);
        match frame.ask_text("proof", &[line.into()]).await {
            Ok(proof) => match downloads::start(&format!("proof-{seq}.json"), &proof) {
                Ok(()) => frame.tell(format!("download of proof-{seq}.json started")),
                Err(why) => frame.fail(Problem::new(why, "the frame may forbid downloads")),
            },
            Err(problem) => frame.fail(problem),
        }
    });
}
