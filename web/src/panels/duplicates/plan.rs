//! Taking the merge plan along: as JSON or CSV, of the groups that the filters show.

use interlock_core::identity::duplicates::Group;
use leptos::prelude::*;
use serde_json::json;

use crate::desk::Desk;
use crate::effects::downloads;
use crate::state::{merge_plan, text, title};
use crate::ui::icon::{Icon, icon};
use crate::ui::live::click;

/// Draws the buttons.
pub(super) fn plan(desk: Desk, fitting: Memo<Vec<usize>>) -> AnyView {
    let said = RwSignal::new(String::new());
    let written = move |as_json: bool| -> Option<(String, usize)> {
        let found = desk.duplicates.get_untracked();
        let now = found.now?;
        let groups: Vec<&Group> =
            fitting.with_untracked(|fitting| fitting.iter().filter_map(|place| now.groups.get(*place)).collect());
        let many = groups.len();
        if !as_json {
            return Some((merge_plan::csv(&groups), many));
        }
        let about = desk.work.with_untracked(|work| {
            let contract = work.candidate_value();
            let called = contract.as_deref().map(title).unwrap_or_default();
            json!({
                "of": found.of.word(),
                "contract": called.name,
                "version": called.version,
                "as_of": work.as_of,
                "files": desk.files.with_untracked(|files| files.iter().map(|file| file.file.clone()).collect::<Vec<_>>()),
                "groups_found": now.found,
            })
        });
        Some((merge_plan::json(&groups, &about), many))
    };
    let save = move |as_json: bool| {
        let Some((plan, many)) = written(as_json) else { return };
        let of = desk.duplicates.with_untracked(|found| found.of);
        let name = format!("merge-plan-{}.{}", of.word(), if as_json { "json" } else { "csv" });
        let many = text::count(i64::try_from(many).unwrap_or(i64::MAX));
        said.set(match downloads::start(&name, &plan) {
            Ok(()) => format!("Download of {name} with {many} groups started. If no file appears, this frame blocks downloads: copy the plan instead."),
            Err(why) => format!("The download could not start: {why}. Copy the plan instead."),
        });
    };
    let copy = move || {
        let Some((plan, many)) = written(true) else { return };
        leptos::task::spawn_local(async move {
            said.set(match downloads::copy(&plan).await {
                Ok(()) => format!("Copied the plan of {many} groups as JSON."),
                Err(why) => format!("The clipboard is closed to this page ({why})."),
            });
        });
    };
    let none = move || fitting.with(Vec::is_empty);
    view! {
        <div class="row dup-plan" role="group" aria-label="Merge plan">
            <span class="label">"Merge plan, with what every record holds now"</span>
            <button type="button" class="button small" disabled=none on:click=click(move |_| save(true))>
                {icon(Icon::Download)}
                "JSON"
            </button>
            <button type="button" class="button small" disabled=none on:click=click(move |_| save(false))>
                {icon(Icon::Download)}
                "CSV"
            </button>
            <button type="button" class="button small" disabled=none on:click=click(move |_| copy())>
                {icon(Icon::Copy)}
                "Copy"
            </button>
        </div>
        <p class="said" role="status" aria-live="polite">{said}</p>
    }
    .into_any()
}
