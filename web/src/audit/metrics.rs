//! Metrics: how well it works, what follows for the contract, how far stated confidences can be believed, the weekly review.
//!
//! Input: the figures of the log that is open, by the panel's baseline. Output: edits of the candidate that a person clicks,
//! reports as files. Invariant: every figure has its interval and of how many it is; every chart has its table.

mod advice;
mod calibration;
mod chart;
mod figures;

use interlock_core::audit::metrics::{By, Metrics};
use leptos::prelude::*;

use super::frame::Frame;
use crate::effects::downloads;
use crate::state::report::Problem;
use crate::state::text;
use crate::ui::icon::{Icon, icon};
use crate::ui::live::{change, click};

/// Draws the page.
pub(crate) fn page(frame: Frame) -> impl IntoView {
    let found = RwSignal::new(None::<Metrics>);
    Effect::new(move |_| {
        let _ = (frame.generation.get(), frame.force.get());
        leptos::task::spawn_local(async move {
            frame.look_at_crm().await;
            match frame.ask::<Metrics>("metrics", &[]).await {
                Ok(metrics) => found.set(Some(metrics)),
                Err(problem) => frame.fail(problem),
            }
        });
    });
    view! {
        <div class="measures">
            {move || match found.get() {
                None => view! { <p class="empty" role="status">"Measuring the log…"</p> }.into_any(),
                Some(metrics) => shown(frame, &metrics),
            }}
        </div>
    }
}

fn shown(frame: Frame, metrics: &Metrics) -> AnyView {
    let let_go = frame.log.with(|log| log.as_ref().map_or(0, |log| log.read.let_go));
    let cut = (let_go > 0).then(|| {
        view! {
            <div class="callout">
                {icon(Icon::Info)}
                <p class="callout-text">
                    {text::count(i64::try_from(let_go).unwrap_or(i64::MAX))}
                    " earlier entries are not held here and not counted. `interlock audit metrics` measures whole logs."
                </p>
            </div>
        }
    });
    let no_contract = frame.force.with(Option::is_none).then(|| {
        view! {
            <p class="quiet">"Open a contract in the panel to see targets, pools and advice."</p>
        }
    });
    view! {
        {cut}
        {no_contract}
        {reports(frame, metrics)}
        {figures::tiles(metrics)}
        {figures::trend(metrics)}
        {advice::advice(frame, metrics)}
        {figures::slices(frame, metrics)}
        {calibration::calibration(frame, metrics)}
        {figures::missing(metrics)}
    }
    .into_any()
}

/// The weekly review as a file.
fn reports(frame: Frame, metrics: &Metrics) -> impl IntoView {
    let weeks: Vec<String> =
        metrics.slices.iter().filter(|slice| slice.by == By::Week).map(|slice| slice.key.clone()).rev().collect();
    let week = RwSignal::new(weeks.first().cloned().unwrap_or_default());
    let save = move |form: &'static str| {
        leptos::task::spawn_local(async move {
            let week = week.get_untracked();
            let name = frame.log.with_untracked(|log| log.as_ref().map(|log| log.name.clone()).unwrap_or_default());
            match frame.ask_text("weekly", &[week.clone().into(), name.into(), form.into()]).await {
                Ok(text) => {
                    let file = format!("review-{week}.{form}");
                    match downloads::start(&file, &text) {
                        Ok(()) => frame.tell(format!("download of {file} started")),
                        Err(why) => frame.fail(Problem::new(why, "the frame may forbid downloads")),
                    }
                }
                Err(problem) => frame.fail(problem),
            }
        });
    };
    (!weeks.is_empty()).then(|| {
        let options = weeks.into_iter().map(|week| view! { <option value=week.clone()>{week.clone()}</option> });
        view! {
            <section class="card" aria-labelledby="weekly-title">
                <header class="card-head">
                    <h3 id="weekly-title">"Weekly review"</h3>
                    <div class="row">
                        <label class="row">
                            <span class="label">"Week"</span>
                            <select
                                class="input select"
                                on:change=change(move |event| week.set(event_target_value(&event)))
                            >
                                {options.collect_view()}
                            </select>
                        </label>
                        <button type="button" class="button small" on:click=click(move |_| save("html"))>
                            {icon(Icon::Download)}
                            "HTML"
                        </button>
                        <button type="button" class="button small" on:click=click(move |_| save("md"))>
                            {icon(Icon::Download)}
                            "Markdown"
                        </button>
                    </div>
                </header>
            </section>
        }
    })
}
