//! Opening a log: what the pages show first, and how far a file was read.

use leptos::html::Input;
use leptos::prelude::*;

use super::frame::{Frame, is_file_input};
use crate::effects::files;
use crate::ui::icon::{Icon, icon};
use crate::ui::live::{change, click, live};

/// What there is to see before a log is open.
pub(crate) fn first(frame: Frame) -> impl IntoView {
    view! {
        <div class="audit-first" class:hidden=live(move || frame.reading.with(Option::is_some))>
            <p class="empty-title">"Open the log that your backend keeps"</p>
            <p>
                "A log has one line for each thing that was changed, suggested, held or blocked, with its reasons, the value before \
                 and the hash of the line before it. Here it is verified, looked through and answered: what waits for a person, \
                 what should be taken back, how well each rule does."
            </p>
            <p class="quiet">
                "The file is read in this browser and goes nowhere. Answers and plans leave as files that you take along: "
                <code>"interlock audit append"</code>
                " adds them to the log."
            </p>
            <div class="row">
                {chooser(frame, "Choose a log", "button primary")}
                <button type="button" class="button" on:click=click(move |_| frame.open_demo())>
                    {icon(Icon::Audit)}
                    "Try the demo's log"
                </button>
            </div>
            <p class="quiet">
                "Or drop the file anywhere on this page. A log is JSON Lines, " <code>"trail.jsonl"</code>
                ", as " <code>"interlock audit append"</code> ", " <code>"import"</code> " and " <code>"merge"</code> " write it."
            </p>
        </div>
    }
}

/// A button that lets a person choose a file.
pub(crate) fn chooser(frame: Frame, label: &'static str, class: &'static str) -> impl IntoView {
    let input = NodeRef::<Input>::new();
    view! {
        <input
            type="file"
            class="hidden"
            tabindex="-1"
            aria-hidden="true"
            accept=".jsonl,.json,.ndjson,.log,.txt"
            node_ref=input
            on:change=change(move |event| {
                if let Some(input) = is_file_input(event.target()) {
                    let mut chosen = files::listed(input.files().as_ref());
                    if !chosen.is_empty() {
                        frame.open_file(chosen.swap_remove(0));
                    }
                    // The same file can be chosen again.
                    input.set_value("");
                }
            })
        />
        <button
            type="button"
            class=class
            on:click=click(move |_| {
                if let Some(input) = input.get_untracked() {
                    input.click();
                }
            })
        >
            {icon(Icon::Upload)}
            {label}
        </button>
    }
}

/// How far a file was read.
pub(crate) fn progress(frame: Frame) -> impl IntoView {
    move || {
        frame.reading.get().map(|(name, percent)| {
            view! {
                <div class="audit-progress" role="status">
                    <label>
                        <span>{format!("Verifying {name} …")}</span>
                        <progress max="100" value=percent.to_string()></progress>
                    </label>
                </div>
            }
        })
    }
}
