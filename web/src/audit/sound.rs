//! Whether the log is what was written: what verifying found, with every place; and the head that somebody kept.

use interlock_core::audit::verify::Fault;
use interlock_core::json::Decode;
use leptos::prelude::*;

use super::frame::{Frame, Log, is_file_input};
use crate::effects::files;
use crate::state::report::Problem;
use crate::state::text;
use crate::ui::icon::{Icon, icon};
use crate::ui::live::{change, click};

/// What the worker says of a head.
#[derive(Clone, Debug, Default, Decode)]
#[serde(default)]
#[decode(part)]
struct Matches {
    grown: u64,
}

/// What became of comparing with a head.
#[derive(Clone, Debug)]
enum Head {
    None,
    Fits(u64),
    Differs(Problem),
}

/// Draws what verifying found.
pub(crate) fn sound(frame: Frame) -> impl IntoView {
    let head = RwSignal::new(Head::None);
    let log = frame.log.get_untracked();
    log.map(|log| {
        let Log { name, read } = log;
        let report = read.report;
        let well = report.is_sound();
        let lines = text::count(i64::try_from(report.lines).unwrap_or(i64::MAX));
        let entries = text::count(i64::try_from(report.entries).unwrap_or(i64::MAX));
        let more = report.found - report.faults.len() as u64;
        let id = report.head.as_ref().map(|head| head.log.clone()).unwrap_or_default();
        let torn = report.torn;
        let faults = report.faults;
        let found = report.found;
        view! {
            <section class="card audit-sound no-print" class:broken=!well aria-labelledby="audit-log-name">
                <header class="card-head">
                    <h3 id="audit-log-name" tabindex="-1">{name}</h3>
                    {if well {
                        view! { <span class="badge auto">{icon(Icon::Yes)} "As it was written"</span> }.into_any()
                    } else {
                        view! { <span class="badge block">{icon(Icon::Error)} "Not as it was written"</span> }.into_any()
                    }}
                    <span class="quiet">{format!("log {id}: {lines} lines, {entries} entries")}</span>
                </header>
                {(found > 0).then(|| {
                    view! {
                        <details open=true>
                            <summary>{interlock_core::text::count(found, "fault", "faults")} ", each with its place"</summary>
                            <div class="scroll-y" tabindex="0" role="region" aria-label="Faults">
                                <ol class="fault-list">{faults.into_iter().map(fault).collect_view()}</ol>
                                {(more > 0).then(|| view! { <p class="quiet">{format!("and {more} more: `interlock audit verify` lists them")}</p> })}
                            </div>
                        </details>
                    }
                })}
                {(torn > 0).then(|| view! {
                    <p class="review-text">
                        {format!("The last entry was not written whole: {torn} bytes after the last line. `interlock audit append` sets them aside and goes on.")}
                    </p>
                })}
                {(read.unread > 0).then(|| view! {
                    <p class="review-text">{format!("{} entries cannot be read, and are not shown.", read.unread)}</p>
                })}
                {(read.let_go > 0).then(|| view! {
                    <p class="quiet">
                        {format!(
                            "The last {} entries are looked into here; the {} before them are verified, and what waits is found in all of them.",
                            text::count(i64::try_from(read.held).unwrap_or(i64::MAX)),
                            text::count(i64::try_from(read.let_go).unwrap_or(i64::MAX)),
                        )}
                    </p>
                })}
                {kept(frame, head)}
            </section>
        }
    })
}

fn fault(fault: Fault) -> impl IntoView {
    let byte = fault.byte.map_or_else(String::new, |byte| format!(", byte {byte}"));
    let place = if fault.line == 0 { "The whole".to_owned() } else { format!("Line {}{byte}", fault.line) };
    view! {
        <li>
            <p><strong>{place}</strong> " " <code>{fault.code}</code></p>
            <p class="quiet">"expected " {fault.expected}</p>
            <p class="quiet">"found " {fault.found}</p>
        </li>
    }
}

/// The head that somebody kept: only that tells whether lines were cut off at the end.
fn kept(frame: Frame, head: RwSignal<Head>) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let check = move |text: String| {
        if text.trim().is_empty() {
            return;
        }
        leptos::task::spawn_local(async move {
            head.set(match frame.ask::<Matches>("check_head", &[text.into()]).await {
                Ok(matches) => Head::Fits(matches.grown),
                Err(problem) => Head::Differs(problem),
            });
        });
    };
    view! {
        <details>
            <summary>"Were lines cut off at the end? Compare with a head that was kept"</summary>
            <div class="audit-kept">
                <label class="labelled">
                    <span class="label">"What " <code>"interlock audit head"</code> " wrote when the head was kept"</span>
                    <textarea
                        class="input code"
                        rows="3"
                        spellcheck="false"
                        prop:value=move || typed.get()
                        on:input=change(move |event| typed.set(event_target_value(&event)))
                    ></textarea>
                </label>
                <div class="row">
                    <button type="button" class="button small" on:click=click(move |_| check(typed.get_untracked()))>
                        "Compare"
                    </button>
                    <label class="file-label">
                        <span class="label">"or a file"</span>
                        <input
                            type="file"
                            accept=".json"
                            on:change=change(move |event| {
                                let Some(input) = is_file_input(event.target()) else { return };
                                let Some(file) = files::listed(input.files().as_ref()).into_iter().next() else { return };
                                leptos::task::spawn_local(async move {
                                    match files::read(file).await {
                                        Ok(file) => {
                                            let text = files::text(&file);
                                            typed.set(text.clone());
                                            check(text);
                                        }
                                        Err(problem) => head.set(Head::Differs(problem)),
                                    }
                                });
                            })
                        />
                    </label>
                </div>
                <div role="status">
                    {move || match head.get() {
                        Head::None => view! {
                            <p class="quiet">
                                "Whether the head is signed by your key is checked by "
                                <code>"interlock audit verify LOG --head head.json --key public.pem"</code> "."
                            </p>
                        }.into_any(),
                        Head::Fits(0) => view! {
                            <p><span class="badge auto">{icon(Icon::Yes)} "The log is the one of this head, whole"</span></p>
                        }.into_any(),
                        Head::Fits(grown) => view! {
                            <p>
                                <span class="badge auto">
                                    {icon(Icon::Yes)}
                                    {format!("The log begins as this head says, and has grown by {grown} lines since")}
                                </span>
                            </p>
                        }.into_any(),
                        Head::Differs(problem) => view! {
                            <p class="problem-text">{icon(Icon::Error)} {problem.message}</p>
                            <p class="quiet">{problem.help.unwrap_or_default()}</p>
                        }.into_any(),
                    }}
                </div>
            </div>
        </details>
    }
}
