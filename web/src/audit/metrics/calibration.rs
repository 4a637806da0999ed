//! How far a stated confidence can be believed, by source and field, and from which one on it suffices.

use interlock_core::audit::metrics::{Calibration, Edit, Metrics, percent};
use interlock_core::scale::Confidence;
use leptos::prelude::*;

use super::figures::many;
use super::{advice, chart};
use crate::audit::frame::Frame;
use crate::ui::live::change;
use crate::ui::table::{Head, scrolled, table};

/// The least answers that a threshold may stand on.
const LEAST: u64 = 50;

/// Draws it.
pub(super) fn calibration(frame: Frame, metrics: &Metrics) -> impl IntoView {
    let all = metrics.calibration.clone();
    let chosen = RwSignal::new(0_usize);
    let wanted = RwSignal::new(95_u16);
    let options = all.iter().enumerate().map(|(place, one)| {
        let name = if place == 0 { "Everything".to_owned() } else { format!("{}: {}", source(one), one.field) };
        view! { <option value=place.to_string()>{name}</option> }
    });
    let options = options.collect_view();
    let empty = all.is_empty();
    let drawn = move || all.get(chosen.get()).map(|one| shown(frame, one, wanted.get()));
    (!empty).then(|| {
        view! {
            <section class="card" aria-labelledby="calibration-title">
                <header class="card-head">
                    <h3 id="calibration-title">"How often a stated confidence was right"</h3>
                    <div class="row">
                        <label class="row">
                            <span class="label">"Of"</span>
                            <select
                                class="input select"
                                on:change=change(move |event| {
                                    chosen.set(event_target_value(&event).parse().unwrap_or(0));
                                })
                            >
                                {options}
                            </select>
                        </label>
                        <label class="row">
                            <span class="label">"Wanted, in percent"</span>
                            <input
                                class="input measure-number"
                                type="number"
                                min="0"
                                max="100"
                                value="95"
                                on:input=change(move |event| {
                                    if let Ok(percent) = event_target_value(&event).parse::<u16>() {
                                        wanted.set(percent.min(100));
                                    }
                                })
                            />
                        </label>
                    </div>
                </header>
                {drawn}
            </section>
        }
    })
}

fn source(one: &Calibration) -> &str {
    if one.source.is_empty() { "no source" } else { &one.source }
}

fn shown(frame: Frame, one: &Calibration, wanted: u16) -> AnyView {
    let accepted = one.share.value().map_or_else(String::new, percent);
    let summary = format!(
        "{} answers: {} stated on average, {accepted} accepted unchanged; error {}, Brier score 0.{:04}.",
        many(one.share.of),
        percent(one.stated),
        percent(one.error),
        one.brier.min(9999)
    );
    let found = one.threshold(Confidence::per_mille(wanted * 10).unwrap_or_default(), LEAST);
    let suffices = match &found {
        Some(found) => format!(
            "From {} on at least {} are right with 95 in 100 ({} of {} accepted).",
            found.from,
            percent(found.interval.low),
            many(found.share.hits),
            many(found.share.of)
        ),
        None => {
            format!("Not enough evidence for {wanted} % from any confidence on: {LEAST} answers or more are needed.")
        }
    };
    // Of a field a threshold can be edited, of an action none stands in the contract.
    let edit = found.filter(|_| one.field.contains('.')).map(|found| {
        let address = format!("/fields/{}/auto_at", one.field);
        let edit = Edit { address, before: None, after: found.from.get().into() };
        let label = format!("{} from {}", one.field, source(one));
        advice::edits(frame, &label, vec![edit])
    });
    let rows = one.bins.iter().map(|bin| {
        let spread =
            bin.interval.map_or_else(String::new, |ends| format!("{} – {}", percent(ends.low), percent(ends.high)));
        view! {
            <tr>
                <th scope="row">{bin.from.to_string()}</th>
                <td class="num">{percent(bin.stated)}</td>
                <td class="num">{bin.share.value().map_or_else(String::new, percent)}</td>
                <td class="num">{spread}</td>
                <td class="num">{many(bin.share.of)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view().into_any();
    let heads = [
        Head::Text("From"),
        Head::Number("Stated"),
        Head::Number("Accepted"),
        Head::Number("95 in 100 between"),
        Head::Number("Answers"),
    ];
    view! {
        <p>{summary} " " {suffices}</p>
        {edit}
        <div class="measure-beside">
            {chart::reliability(one)}
            {scrolled("scroll-x", "Reliability as a table", table("", &heads, rows))}
        </div>
    }
    .into_any()
}
