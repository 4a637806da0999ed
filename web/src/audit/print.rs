//! What fits, laid out to be printed: one table, in place of the list.

use interlock_core::audit::explore::Seen;
use leptos::prelude::*;

use super::frame::Frame;
use super::words;
use crate::state::text;
use crate::ui::icon::{Icon, icon};
use crate::ui::live::click;

/// How many entries are printed at most.
pub(crate) const MOST: u32 = 1000;

/// Its heading.
pub(crate) const TITLE: &str = "audit-print-title";

/// Draws the sheet.
pub(crate) fn sheet(frame: Frame, rows: RwSignal<Vec<Seen>>, total: u32) -> impl IntoView {
    let log = frame.log.get_untracked();
    let name = log.as_ref().map(|log| log.name.clone()).unwrap_or_default();
    let report = log.map(|log| log.read.report).unwrap_or_default();
    let sound = if report.is_sound() {
        "verified: as it was written".to_owned()
    } else {
        format!("not as it was written: {} faults, {} bytes torn", report.found, report.torn)
    };
    let head = report
        .head
        .map_or_else(String::new, |head| format!("log {}, {} lines, tree {}", head.log, head.size, head.tree));
    let body = rows.with_untracked(|rows| {
        rows.iter()
            .map(|seen| {
                let entry = &seen.entry;
                let why = entry.reasons.first().cloned().unwrap_or_default();
                view! {
                    <tr>
                        <td class="num">{seen.seq.to_string()}</td>
                        <td>{words::time(entry.at)}</td>
                        <td>{words::kind(entry)}</td>
                        <td>{entry.record_key()}</td>
                        <td>{words::what(entry)}</td>
                        <td>{words::values(frame, entry)}</td>
                        <td>{words::actor(entry)}</td>
                        <td>{why}</td>
                    </tr>
                }
            })
            .collect_view()
    });
    let close = move || {
        frame.printing.set(false);
        crate::effects::page::focus_later(super::log::GRID);
    };
    view! {
        <section class="audit-print" aria-labelledby=TITLE>
            <div class="row no-print">
                <button type="button" class="button primary" on:click=click(move |_| _ = window().print())>
                    {icon(Icon::Audit)}
                    "Print or save as PDF"
                </button>
                <button type="button" class="button" on:click=click(move |_| close())>
                    {icon(Icon::Close)}
                    "Close the report"
                </button>
            </div>
            <h2 id=TITLE tabindex="-1">{format!("Audit report: {name}")}</h2>
            <p>{sound} "; " {head}</p>
            <p>
                {format!("{} entries fit", text::count(total))}
                {(total > MOST).then(|| format!(", the first {} are listed: take the CSV for all", text::count(MOST)))}
            </p>
            <div class="scroll-x" tabindex="0" role="region" aria-label="Entries">
                <table class="table small">
                    <thead>
                        <tr>
                            <th scope="col" class="num">"Line"</th>
                            <th scope="col">"Time"</th>
                            <th scope="col">"What"</th>
                            <th scope="col">"Record"</th>
                            <th scope="col">"Field or action"</th>
                            <th scope="col">"Before → after"</th>
                            <th scope="col">"By"</th>
                            <th scope="col">"Why"</th>
                        </tr>
                    </thead>
                    <tbody>{body}</tbody>
                </table>
            </div>
        </section>
    }
}
