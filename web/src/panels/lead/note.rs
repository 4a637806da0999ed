//! The note as sales reads it, for each reader, to be copied; and what every statement of it stands on.

use std::sync::Arc;

use leptos::prelude::*;
use serde_json::Value;

use crate::desk::Desk;
use crate::effects::downloads;
use crate::state::text;
use crate::state::traced::{list, number, said};
use crate::ui::icon::{Icon, icon};
use crate::ui::link::to_contract;
use crate::ui::live::{click, live};
use crate::ui::table::{Head, table};

/// One way in which the note is worded.
struct Worded {
    title: String,
    markdown: bool,
    after: String,
    /// Under the baseline, where it is another.
    before: Option<String>,
}

/// Draws it.
pub(super) fn note(desk: Desk, before: &Value, after: &Value) -> Option<AnyView> {
    let audience = said(after, "audience");
    if audience.is_empty() {
        return None;
    }
    let written = list(after, "written");
    let shown = written.iter().position(|one| said(one, "audience") == audience);
    let all: Arc<Vec<Worded>> =
        Arc::new(written.iter().map(|one| worded(one, before)).chain([plain(before, after)]).collect());
    let chosen = RwSignal::new(shown.unwrap_or(written.len()));
    let tabs = all
        .iter()
        .enumerate()
        .map(|(place, one)| {
            view! {
                <button
                    type="button"
                    class="segment"
                    aria-pressed=live(move || (chosen.get() == place).to_string())
                    on:click=click(move |_| chosen.set(place))
                >
                    {one.title.clone()}
                </button>
            }
        })
        .collect_view();
    let (drawn, copied) = (Arc::clone(&all), all);
    let copy = move |_| {
        if let Some(one) = copied.get(chosen.get_untracked()) {
            take(desk, one.after.clone());
        }
    };
    Some(
        view! {
            <section class="found note" aria-label="Note for sales">
                <div class="note-head">
                    <div class="segments" role="group" aria-label="Who reads the note">{tabs}</div>
                    <button type="button" class="button small" on:click=click(copy)>
                        {icon(Icon::Copy)}
                        "Copy the note"
                    </button>
                </div>
                <p class="quiet">{format!("This lead's note is for the {}.", reader(audience))}</p>
                {live(move || drawn.get(chosen.get()).map(text_of))}
                {statements(desk, after)}
            </section>
        }
        .into_any(),
    )
}

fn reader(audience: &str) -> &str {
    if audience == "sdr" { "SDR" } else { audience }
}

fn worded(one: &Value, before: &Value) -> Worded {
    let id = said(one, "template");
    let old = list(before, "written").iter().find(|other| said(other, "template") == id);
    let after = said(one, "text").to_owned();
    let before = old.map(|old| said(old, "text").to_owned()).filter(|old| *old != after);
    let title = if id == "sdr" { "SDR".to_owned() } else { text::words(id) };
    Worded { title, markdown: said(one, "format") == "markdown", after, before }
}

fn plain(before: &Value, after: &Value) -> Worded {
    let after = said(after, "text").to_owned();
    let before = before.get("text").and_then(Value::as_str).filter(|old| *old != after).map(str::to_owned);
    Worded { title: "In short".to_owned(), markdown: false, after, before }
}

fn text_of(one: &Worded) -> AnyView {
    let markdown = one.markdown.then(|| view! { <span class="badge none">"Markdown"</span> });
    let before = one.before.clone().map(|before| {
        view! {
            <details class="note-was">
                <summary>"Before"</summary>
                <p class="note-text before">{before}</p>
            </details>
        }
    });
    view! {
        {markdown}
        <p class="note-text">{one.after.clone()}</p>
        {before}
    }
    .into_any()
}

/// Puts the note on the clipboard; where that is closed, offers it as a file.
fn take(desk: Desk, text: String) {
    leptos::task::spawn_local(async move {
        if downloads::copy(&text).await.is_ok() {
            desk.tell("Copied the note.", None);
        } else {
            let _ = downloads::start("note.txt", &text);
            let help = "Or select the note and copy it by hand: one click selects all of it.".to_owned();
            desk.tell("The clipboard is closed to this page; a download was started.", Some(help));
        }
    });
}

/// Everything that is stated, and where it stands.
fn statements(desk: Desk, note: &Value) -> AnyView {
    let all = list(note, "statements");
    let rows = all
        .iter()
        .map(|one| {
            let evidence = list(one, "evidence").iter().map(|evidence| stands_on(desk, evidence)).collect_view();
            view! {
                <tr>
                    <th scope="row">{said(one, "text").to_owned()}</th>
                    <td>{evidence}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <details class="stands-on">
            <summary>"What it stands on " <span class="tally">{all.len()}</span></summary>
            {table("", &[Head::Text("Statement"), Head::Text("Record or rule")], rows.into_any())}
        </details>
    }
    .into_any()
}

fn stands_on(desk: Desk, evidence: &Value) -> AnyView {
    let mut words: Vec<String> = Vec::new();
    if let Some(record) = evidence.get("record") {
        words.push(format!("{} {}", said(record, "object"), said(record, "id")));
    }
    let or = |key: &str, before: &str| {
        let said = said(evidence, key);
        (!said.is_empty()).then(|| format!("{before}{said}"))
    };
    words.extend(or("field", ""));
    words.extend(or("source", "from "));
    words.extend(number(evidence, "confidence").map(|sure| format!("{} %", sure / 10)));
    let rule = said(evidence, "address");
    let rule = (!rule.is_empty()).then(|| to_contract(desk, rule.to_owned(), "rule-link", rule.to_owned()));
    view! { <span class="evidence">{words.join(", ")} " " {rule}</span> }.into_any()
}
