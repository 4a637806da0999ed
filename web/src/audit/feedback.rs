//! What a person knows better of an entry: the wrong owner, a false duplicate, what was missing, whether it was of use.

use interlock_core::audit::explore::Seen;
use interlock_core::audit::session::{Outcome, Saying};
use interlock_core::audit::{Entry, Says};
use interlock_core::contract::{ActionKind, EventKind};
use interlock_core::time::Timestamp;
use leptos::prelude::*;

use super::frame::{Frame, question};
use super::words;
use crate::state::report::Problem;
use crate::ui::icon::{Icon, icon};
use crate::ui::live::{change, click, live};

/// What can be said to an entry besides accepting and rejecting it.
fn choices(entry: &Entry) -> Vec<Says> {
    if entry.answer.is_some() && !entry.writes() {
        return Vec::new();
    }
    let mut all = vec![Says::MissingData];
    match entry.action {
        ActionKind::Assign => all.extend([Says::WrongRoute, Says::HandoffUseful, Says::HandoffUseless]),
        ActionKind::CreateTask if entry.writes() => {
            all.extend([Says::TaskDone, Says::HandoffUseful, Says::HandoffUseless]);
        }
        ActionKind::CreateTask => all.extend([Says::HandoffUseful, Says::HandoffUseless]),
        ActionKind::Link | ActionKind::Merge => all.push(Says::FalseDuplicate),
        _ if entry.trigger == EventKind::SimilarFound => all.push(Says::FalseDuplicate),
        _ => {}
    }
    all
}

/// Draws what can be said; `named` where the page asks already who decides.
pub(crate) fn feedback(frame: Frame, seen: &Seen, named: bool) -> AnyView {
    let choices = choices(&seen.entry);
    let digest = seen.digest.to_string();
    (!choices.is_empty())
        .then(|| {
            let chosen = RwSignal::new(choices.first().copied().unwrap_or(Says::MissingData));
            let value = RwSignal::new(String::new());
            let note = RwSignal::new(String::new());
            let wants = move || match chosen.get() {
                Says::MissingData => Some("What was missing"),
                Says::WrongRoute => Some("Whose it is"),
                _ => None,
            };
            let options =
                choices.into_iter().map(|says| view! { <option value=says.word()>{words::said(says)}</option> });
            view! {
                <details class="audit-feedback">
                    <summary>"Say what was wrong or of use"</summary>
                    <div class="audit-form">
                        <label class="labelled">
                            <span class="label">"What"</span>
                            <select
                                class="input select"
                                on:change=change(move |event| {
                                    if let Some(says) = Says::parse(&event_target_value(&event)) {
                                        chosen.set(says);
                                    }
                                })
                            >
                                {options.collect_view()}
                            </select>
                        </label>
                        <label class="labelled" class:hidden=live(move || wants().is_none())>
                            <span class="label">{move || wants().unwrap_or_default()}</span>
                            <input
                                class="input"
                                prop:value=move || value.get()
                                on:input=change(move |event| value.set(event_target_value(&event)))
                            />
                        </label>
                        <label class="labelled">
                            <span class="label">"Why (if you like)"</span>
                            <input
                                class="input"
                                prop:value=move || note.get()
                                on:input=change(move |event| note.set(event_target_value(&event)))
                            />
                        </label>
                        {(!named).then(|| who(frame))}
                        <button
                            type="button"
                            class="button small"
                            on:click=click(move |_| {
                                let saying = Saying {
                                    says: chosen.get_untracked().word().to_owned(),
                                    to: vec![digest.clone()],
                                    note: note.get_untracked(),
                                    value: if wants().is_some() { value.get_untracked() } else { String::new() },
                                    ..saying(frame)
                                };
                                leptos::task::spawn_local(async move {
                                    if let Some(outcome) = say(frame, &saying).await {
                                        told(frame, &outcome, words::said(chosen.get_untracked()));
                                    }
                                });
                            })
                        >
                            {icon(Icon::Add)}
                            "Add it to the answers"
                        </button>
                    </div>
                </details>
            }
        })
        .into_any()
}

/// The field for who decides: one for all pages.
pub(crate) fn who(frame: Frame) -> impl IntoView {
    view! {
        <label class="labelled">
            <span class="label">"You (name or e-mail, kept in the log)"</span>
            <input
                class="input who"
                autocomplete="email"
                prop:value=move || frame.by.get()
                on:input=change(move |event| frame.by.set(event_target_value(&event)))
            />
        </label>
    }
}

/// What is said now, by whom.
pub(crate) fn saying(frame: Frame) -> Saying {
    let at = Timestamp::parse(&frame.now()).unwrap_or_default();
    Saying { by: frame.by.get_untracked().trim().to_owned(), at, ..Saying::default() }
}

/// Says it; none where it could not be said at all.
pub(crate) async fn say(frame: Frame, saying: &Saying) -> Option<Outcome> {
    if saying.by.is_empty() {
        frame.fail(Problem::new(
            "nobody is named who decides",
            "write your name or e-mail address into the field “You”",
        ));
        return None;
    }
    match frame.ask::<Outcome>("say", &[question(saying)]).await {
        Ok(outcome) => {
            frame.counted().await;
            Some(outcome)
        }
        Err(problem) => {
            frame.fail(problem);
            None
        }
    }
}

/// Tells what came of it; those that were refused with why.
pub(crate) fn told(frame: Frame, outcome: &Outcome, what: &str) {
    let what = what.to_lowercase();
    match outcome.refused.as_slice() {
        [] if outcome.given == 1 => frame.tell(format!("1 entry {what}")),
        [] => frame.tell(format!("{} entries {what}", outcome.given)),
        refused => {
            let reasons =
                refused.iter().take(3).map(|not| format!("{} (line {}): {}", not.record, not.seq, not.message));
            let mut message = reasons.collect::<Vec<_>>().join("; ");
            if refused.len() > 3 {
                message.push_str(&format!("; and {} more", refused.len() - 3));
            }
            let help = refused.first().map(|not| not.help.clone()).unwrap_or_default();
            frame.fail(Problem::new(format!("{} {what}, {} refused: {message}", outcome.given, refused.len()), help));
        }
    }
}
