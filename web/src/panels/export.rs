//! The dialog of the export: the candidate as a file, on the clipboard, or as text to copy by hand.

use interlock_core::check::Severity;
use leptos::html;
use leptos::prelude::*;

use crate::desk::{Desk, Dialog};
use crate::effects::{downloads, page};
use crate::state::Side;
use crate::state::edit::Edit;
use crate::state::report::Problem;
use crate::ui::dialog::dialog;
use crate::ui::icon::{Icon, icon};
use crate::ui::live::{change, click, live};

/// Draws the dialog.
pub(crate) fn export(desk: Desk) -> AnyView {
    let text = RwSignal::new(None::<Result<String, Problem>>);
    let said = RwSignal::new(String::new());
    let anyway = RwSignal::new(false);
    let shown = RwSignal::new(false);
    Effect::new(move |_| {
        desk.work.track();
        leptos::task::spawn_local(async move {
            let exported = desk.export().await;
            text.set(Some(exported));
        });
    });
    let broken = Memo::new(move |_| broken_promises(desk));
    let ready = move || text.with(|text| matches!(text, Some(Ok(_)))) && (broken.get() == 0 || anyway.get());
    let exported = move || text.with_untracked(|text| text.clone().and_then(Result::ok));
    let download = move |_| {
        if let Some(text) = exported() {
            let name = file_name(desk);
            said.set(match downloads::start(&name, &text) {
                Ok(()) => format!("Download of {name} started. If no file appears, this frame blocks downloads: copy the text instead."),
                Err(why) => format!("The download could not start: {why}. Copy the text instead."),
            });
        }
    };
    let copy = move |_| {
        if let Some(text) = exported() {
            leptos::task::spawn_local(async move {
                match downloads::copy(&text).await {
                    Ok(()) => said.set("Copied.".to_owned()),
                    Err(why) => {
                        shown.set(true);
                        said.set(format!(
                            "The clipboard is closed to this page ({why}). Select the text below and copy it."
                        ));
                    }
                }
            });
        }
    };
    let body = view! {
        <p>
            "The candidate as one readable JSON file, with its digest. Your backend runs it with the same engine."
        </p>
        {version(desk)}
        <Show when=move || desk.unread.with(Option::is_some)>
            <div class="callout review">
                {icon(Icon::Warning)}
                <p class="callout-text">
                    "The text in the JSON editor is not JSON. What is exported is the last text that could be read."
                </p>
            </div>
        </Show>
        {findings(desk)}
        <Show when=move || { broken.get() > 0 }>
            <div class="callout block">
                {icon(Icon::Error)}
                <div>
                    <p class="callout-text">
                        {move || match broken.get() {
                            1 => "One expectation or budget of this contract is broken.".to_owned(),
                            broken => format!("{broken} expectations or budgets of this contract are broken."),
                        }}
                    </p>
                    <label class="check">
                        <input
                            type="checkbox"
                            prop:checked=live(move || anyway.get())
                            on:change=change(move |event| anyway.set(event_target_checked(&event)))
                        />
                        "Export it nevertheless"
                    </label>
                </div>
            </div>
        </Show>
        <div class="row">
            <button type="button" class="button primary" disabled=live(move || !ready()) on:click=download>
                {icon(Icon::Download)}
                "Download"
            </button>
            <button type="button" class="button" disabled=live(move || !ready()) on:click=copy>
                {icon(Icon::Copy)}
                "Copy"
            </button>
            <button
                type="button"
                class="button"
                aria-expanded=live(move || shown.get().to_string())
                disabled=live(move || !ready())
                on:click=click(move |_| shown.update(|shown| *shown = !*shown))
            >
                "Show text to copy"
            </button>
        </div>
        <p class="said" role="status" aria-live="polite">{said}</p>
        <Show when=move || shown.get() && ready()>{text_to_copy(exported().unwrap_or_default())}</Show>
        {move || {
            text.with(|text| match text {
                None => Some(view! { <p class="loading">"Preparing …"</p> }.into_any()),
                Some(Err(problem)) => Some(
                    view! {
                        <div class="callout block" role="alert">
                            {icon(Icon::Error)}
                            <p class="callout-text">
                                {problem.message.clone()} " " {problem.help.clone()}
                            </p>
                        </div>
                    }
                    .into_any(),
                ),
                Some(Ok(_)) => None,
            })
        }}
    };
    dialog("Export the contract", "", move || desk.dialog.set(None), body)
}

fn text_to_copy(text: String) -> impl IntoView {
    let area = NodeRef::<html::Textarea>::new();
    Effect::new(move |_| {
        if let Some(area) = area.get() {
            let _ = area.focus();
            area.select();
        }
    });
    view! {
        <textarea
            node_ref=area
            class="export-text"
            readonly=true
            rows="12"
            aria-label="The contract as text"
            prop:value=text
        ></textarea>
    }
}

fn broken_promises(desk: Desk) -> usize {
    desk.summary.with(|summary| {
        summary.as_ref().map_or(0, |summary| {
            summary.expectations.iter().chain(&summary.budgets).filter(|promise| !promise.holds).count()
        })
    })
}

/// A contract that behaves differently has another version.
fn version(desk: Desk) -> impl IntoView {
    let version = move |side: Side| {
        desk.work.with(|work| {
            let contract = match side {
                Side::Baseline => work.baseline_value(),
                Side::Candidate => work.candidate_value(),
            }?;
            Some(contract.get("version")?.as_str()?.to_owned())
        })
    };
    let same = move || version(Side::Baseline) == version(Side::Candidate) && !desk.edits.with(Vec::is_empty);
    view! {
        <div class="row field-row">
            <label class="labelled">
                <span>"Version"</span>
                <input
                    class="input"
                    type="text"
                    prop:value=live(move || version(Side::Candidate).unwrap_or_default())
                    on:change=change(move |event| desk.edit(&Edit::set("/version", event_target_value(&event))))
                />
            </label>
            <Show when=same>
                <p class="review-text">
                    "The baseline has this version too. Give the candidate a new one, so that the audit can tell them apart."
                </p>
            </Show>
        </div>
    }
}

fn findings(desk: Desk) -> impl IntoView {
    let errors = move || {
        desk.checked
            .with(|checked| checked.findings.iter().filter(|finding| finding.severity == Severity::Error).count())
    };
    view! {
        <Show when=move || { errors() > 0 }>
            <div class="callout block">
                {icon(Icon::Error)}
                <div>
                    <p class="callout-text">
                        {move || format!("The candidate has {} errors; a backend will refuse it.", errors())}
                    </p>
                    <button
                        type="button"
                        class="button small"
                        on:click=click(move |_| {
                            desk.dialog.set(None);
                            desk.open("findings", None);
                        })
                    >
                        "Show findings"
                    </button>
                </div>
            </div>
        </Show>
    }
}

fn file_name(desk: Desk) -> String {
    let name = desk.work.with_untracked(|work| {
        let contract = work.candidate_value()?;
        let text = |key: &str| Some(contract.get(key)?.as_str()?.to_owned());
        Some(format!("{}-{}", text("id")?, text("version")?))
    });
    let name: String = name
        .unwrap_or_else(|| "contract".to_owned())
        .chars()
        .map(|c| if c.is_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '-' })
        .collect();
    format!("{name}.json")
}

/// The dialog of the keyboard's keys.
pub(crate) fn keys(desk: Desk) -> AnyView {
    let modifier = page::modifier();
    let rows = [
        (format!("{modifier} Z"), "Undo the last edit"),
        (format!("{modifier} Shift Z"), "Redo"),
        ("↑ ↓ Page Home End".to_owned(), "Move through the leads of the table"),
        ("Enter".to_owned(), "Open the lead"),
        ("Esc".to_owned(), "Close the dialog, the lead or the editor"),
    ]
    .map(|(keys, what)| {
        view! {
            <tr>
                <th scope="row"><kbd>{keys}</kbd></th>
                <td>{what}</td>
            </tr>
        }
    })
    .collect_view();
    let body = view! {
        <table class="table small">
            <tbody>{rows}</tbody>
        </table>
    };
    dialog("Keys", "", move || desk.dialog.set(None), body)
}

/// The dialog that is open, if any.
pub(crate) fn dialogs(desk: Desk) -> impl IntoView {
    move || match desk.dialog.get() {
        Some(Dialog::Data) => super::data::data(desk),
        Some(Dialog::Export) => export(desk),
        Some(Dialog::Keys) => keys(desk),
        None => ().into_any(),
    }
}
