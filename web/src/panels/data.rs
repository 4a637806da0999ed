//! The dialog of files: choosing them, and how each was read, with every row that could not be.

use leptos::html;
use leptos::prelude::*;

use crate::desk::{Desk, Dropped};
use crate::effects::files;
use crate::state::report::{FileReport, SetAside};
use crate::state::{Side, text};
use crate::ui::dialog::dialog;
use crate::ui::icon::{Icon, icon};
use crate::ui::live::{change, click};
use crate::ui::table::{Head, scrolled, table};

/// What a file's rows can be.
const KINDS: [(&str, &str); 8] = [
    ("lead", "Leads"),
    ("contact", "Contacts"),
    ("account", "Accounts"),
    ("opportunity", "Opportunities"),
    ("activity", "Activities"),
    ("owner", "Users"),
    ("proposals", "Proposals"),
    ("events", "Events"),
];

/// Rows set aside that are listed.
const LISTED: usize = 50;

/// Draws the dialog.
pub(crate) fn data(desk: Desk) -> AnyView {
    let picker = NodeRef::<html::Input>::new();
    let body = view! {
        <div class="drop-zone">
            {icon(Icon::Upload)}
            <p>
                <strong>"Drop files anywhere on this page"</strong>
                <br />
                "CSV exports of HubSpot or Salesforce, JSON Lines, or a contract as JSON; several at once"
            </p>
            <button
                type="button"
                class="button primary"
                on:click=click(move |_| {
                    if let Some(picker) = picker.get_untracked() {
                        picker.click();
                    }
                })
            >
                "Choose files"
            </button>
            <input
                node_ref=picker
                type="file"
                multiple=true
                class="sr"
                tabindex="-1"
                aria-label="Files to load"
                accept=".csv,.tsv,.txt,.json,.jsonl,.ndjson"
                on:change=change(move |_| {
                    if let Some(picker) = picker.get_untracked() {
                        desk.take_in(files::listed(picker.files().as_ref()));
                        picker.set_value("");
                    }
                })
            />
        </div>
        <p class="trust">{icon(Icon::Lock)} "Files are read in this page and go nowhere else. Lead data is never stored."</p>
        <Show when=move || desk.loading.get()>
            <p class="loading" role="status">"Reading …"</p>
        </Show>
        {move || desk.dropped.get().into_iter().map(|file| which_side(desk, file)).collect_view()}
        {contacts_as_leads(desk)}
        <ul class="file-list">
            <For
                each=move || desk.files.get()
                key=|file| serde_json::to_string(file).unwrap_or_else(|_| file.file.clone())
                children=move |file| report(desk, file)
            />
        </ul>
        <Show when=move || desk.files.with(Vec::is_empty)>
            <p class="empty">"No files are loaded."</p>
        </Show>
        <div class="row end">
            <button type="button" class="button" on:click=click(move |_| desk.reset())>
                {icon(Icon::Reset)}
                "Reset to demo"
            </button>
            <button type="button" class="button primary" on:click=click(move |_| desk.dialog.set(None))>
                "Done"
            </button>
        </div>
    };
    dialog("Data", "wide", move || desk.dialog.set(None), body)
}

/// A CRM that calls its leads contacts: offers to take them as leads where nothing else is one.
pub(crate) fn contacts_as_leads(desk: Desk) -> impl IntoView {
    let contacts = Memo::new(move |_| {
        desk.files.with(|files| {
            let holds = |file: &FileReport, kind: &str| file.holds.as_deref() == Some(kind);
            if files.iter().any(|file| holds(file, "lead") || holds(file, "events")) {
                return None;
            }
            files.iter().find(|file| holds(file, "contact")).map(|file| (file.file.clone(), file.rows))
        })
    });
    move || {
        contacts.get().map(|(name, rows)| {
            let file = name.clone();
            view! {
                <div class="callout">
                    {icon(Icon::Info)}
                    <div>
                        <p class="callout-text">
                            <strong>{name}</strong>
                            {match rows {
                                1 => " holds 1 contact, and no file holds leads.".to_owned(),
                                rows => format!(" holds {} contacts, and no file holds leads.", text::count(rows)),
                            }}
                        </p>
                        <div class="row">
                            <button
                                type="button"
                                class="button small primary"
                                on:click=click(move |_| desk.reread(&file, "lead"))
                            >
                                "Take the contacts as leads"
                            </button>
                        </div>
                    </div>
                </div>
            }
        })
    }
}

/// A contract was given: which of the two is it.
fn which_side(desk: Desk, file: Dropped) -> impl IntoView {
    let name = file.file.clone();
    let file = StoredValue::new(file);
    let done = move || {
        let name = file.with_value(|file| file.file.clone());
        desk.dropped.update(|waiting| waiting.retain(|waiting| waiting.file != name));
    };
    let take = move |sides: &'static [Side]| {
        let text = file.with_value(|file| file.text.clone());
        for side in sides {
            desk.replace(*side, &text);
        }
        done();
    };
    view! {
        <div class="callout">
            {icon(Icon::Info)}
            <div>
                <p class="callout-text">
                    <strong>{name}</strong>
                    " is a contract. What should it become?"
                </p>
                <div class="row">
                    <button
                        type="button"
                        class="button small primary"
                        on:click=click(move |_| take(&[Side::Candidate]))
                    >
                        "The candidate"
                    </button>
                    <button
                        type="button"
                        class="button small"
                        on:click=click(move |_| take(&[Side::Baseline]))
                    >
                        "The baseline"
                    </button>
                    <button
                        type="button"
                        class="button small"
                        on:click=click(move |_| take(&[Side::Baseline, Side::Candidate]))
                    >
                        "Both"
                    </button>
                    <button type="button" class="link-button" on:click=click(move |_| done())>
                        "Neither"
                    </button>
                </div>
            </div>
        </div>
    }
}

fn report(desk: Desk, file: FileReport) -> impl IntoView {
    let name = file.file.clone();
    let kind = file.holds.clone();
    let known = file.columns.iter().filter(|column| column.field.is_some()).count();
    let columns = file.columns.len();
    let set_aside = file.set_aside.len();
    let failed = file.failed.is_some();
    let kinds = {
        let kind = kind.clone();
        let name = name.clone();
        let options = KINDS
            .into_iter()
            .map(|(value, title)| {
                let chosen = kind.as_deref() == Some(value);
                view! {
                    <option value=value selected=chosen>
                        {title}
                    </option>
                }
            })
            .collect_view();
        view! {
            <select
                class="input select"
                aria-label=format!("What the rows of {name} are")
                on:change=change(move |event| {
                    let kind = event_target_value(&event);
                    if !kind.is_empty() {
                        desk.reread(&name, &kind);
                    }
                })
            >
                <option value="" selected=kind.is_none() disabled=true>
                    "What are these rows?"
                </option>
                {options}
            </select>
        }
    };
    let notes = file
        .notes
        .iter()
        .map(|note| {
            view! {
                <li>
                    {super::changed::code(&note.message)}
                    {note.help.clone().map(|help| view! { <span class="quiet">" " {help}</span> })}
                </li>
            }
        })
        .collect_view();
    let has_notes = !file.notes.is_empty();
    let note_count = file.notes.len();
    let remove = name.clone();
    view! {
        <li class="file" class:unclear=kind.is_none()>
            <div class="file-head">
                <strong class="file-name">{name.clone()}</strong>
                {kinds}
                <button
                    type="button"
                    class="icon-button"
                    aria-label=format!("Remove {name}")
                    title="Remove"
                    on:click=click(move |_| desk.unload(&remove))
                >
                    {icon(Icon::Remove)}
                </button>
            </div>
            {file.failed.as_ref().map(|problem| {
                view! {
                    <p class="file-failed">
                        {icon(Icon::Error)}
                        <span>
                            {super::changed::code(&problem.message)} " "
                            <span class="quiet">{problem.help.clone()}</span>
                        </span>
                    </p>
                }
            })}
            <p class="file-figures" class:hidden=failed>
                <span>{text::count(file.rows)} " rows read"</span>
                <span class:review-text={set_aside > 0}>
                    {text::count(i64::try_from(set_aside).unwrap_or(i64::MAX))}
                    " set aside"
                </span>
                <span class:hidden={columns == 0}>
                    {known} " of " {columns} " columns recognised"
                </span>
            </p>
            <Show when=move || { set_aside > 0 }>
                <details class="aside">
                    <summary>"Rows set aside"</summary>
                    {aside_table(&file.set_aside)}
                </details>
            </Show>
            {has_notes
                .then(|| {
                    view! {
                        <details class="file-notes">
                            <summary>{match note_count { 1 => "1 note".to_owned(), count => format!("{count} notes") }}</summary>
                            <ul>{notes}</ul>
                        </details>
                    }
                })}
        </li>
    }
}

fn aside_table(rows: &[SetAside]) -> AnyView {
    let more = rows.len().saturating_sub(LISTED);
    let rows = rows
        .iter()
        .take(LISTED)
        .map(|row| {
            view! {
                <tr>
                    <td class="num">{row.line}</td>
                    <td>{row.column.clone()}</td>
                    <td>{row.expected.clone()}</td>
                    <td>{row.found.clone()}</td>
                    <td class="quiet">{row.help.clone()}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        {scrolled("scroll-x", "Rows set aside", table("", &[Head::Number("Line"), Head::Text("Column"), Head::Text("Expected"), Head::Text("Found"), Head::Text("What to do")], rows.into_any()))}
        {(more > 0).then(|| view! { <p class="quiet">{format!("and {more} more")}</p> })}
    }
    .into_any()
}
