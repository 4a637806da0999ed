//! Whom identity found for a lead, person and account: the outcome, the waterfall of each candidate, and the candidates
//! beside the lead.

use interlock_core::contract::Attribute;
use interlock_core::identity::Waterfall;
use interlock_core::identity::bits::weight_of;
use interlock_core::identity::waterfall::Step;
use interlock_core::json::fitting;
use interlock_core::preview::view::{CandidateSeen, MatchPair, MatchSeen};
use interlock_core::scale::Confidence;
use leptos::prelude::*;

use crate::desk::Desk;
use crate::state::linkage::{self, Of, attribute, bits};
use crate::state::{Side, text};
use crate::ui::badge::arrow;
use crate::ui::field::percent_text;
use crate::ui::icon::{Icon, icon};
use crate::ui::waterfall::{Thresholds, shown_value, waterfall};

/// Candidates that stand beside the lead.
const BESIDE: usize = 3;

/// The thresholds of the candidate contract's model.
pub(super) fn thresholds(desk: Desk, of: Of) -> Thresholds {
    let model = untrack(|| desk.model(Side::Candidate, of));
    let Some(model) = model else { return Thresholds::default() };
    let line = |key: &str, default: u16| {
        let share = match model.get(key) {
            Some(value) => fitting::<Confidence>(value),
            None => Confidence::per_mille(default),
        };
        share.map(|share| (weight_of(share).0, share.get()))
    };
    Thresholds { review: line("review_at", 500), probable: line("probable_at", 950) }
}

/// Whether there is more to show than the stage's own lines.
pub(super) fn any(pairs: &[MatchPair]) -> bool {
    pairs.iter().any(|pair| {
        let sides = std::iter::once(&pair.after).chain(&pair.before);
        sides.into_iter().any(|side| !side.candidates.is_empty())
    })
}

/// Draws both.
pub(super) fn matched(desk: Desk, pairs: &[MatchPair]) -> AnyView {
    pairs.iter().map(|pair| one(desk, pair)).collect_view().into_any()
}

fn one(desk: Desk, pair: &MatchPair) -> AnyView {
    let (title, of) = if pair.of == "account" { ("Account", Of::Companies) } else { ("Person", Of::People) };
    let thresholds = thresholds(desk, of);
    let earlier = |id: &CandidateSeen| {
        let before = pair.before.as_ref()?;
        before.candidates.iter().find(|other| other.id == id.id && other.object == id.object)
    };
    let first = pair.after.candidates.iter().position(|one| one.waterfall.is_some());
    let candidates = pair
        .after
        .candidates
        .iter()
        .enumerate()
        .map(|(place, one)| {
            let before = earlier(one).and_then(|before| before.waterfall.as_ref());
            candidate(one, before, thresholds, Some(place) == first)
        })
        .collect_view();
    let gone: Vec<AnyView> = pair
        .before
        .iter()
        .flat_map(|before| &before.candidates)
        .filter(|one| !pair.after.candidates.iter().any(|other| other.id == one.id && other.object == one.object))
        .map(|one| {
            let weight = one.waterfall.as_ref().map(|waterfall| format!(", {} bits", bits(waterfall.total.0)));
            view! { <li class="found-gone quiet">"Only before: " {one.name.clone()} " " <code>{one.id.to_string()}</code> {weight}</li> }
                .into_any()
        })
        .collect();
    view! {
        <section class="found">
            <h4 class="found-head">
                {title}
                {match &pair.before {
                    Some(before) if before.outcome != pair.after.outcome || before.by != pair.after.by => view! {
                        <span class="delta"><span class="before">{outcome(before)}</span> {arrow()} {outcome(&pair.after)}</span>
                    }
                    .into_any(),
                    _ => outcome(&pair.after),
                }}
            </h4>
            <ul class="found-list">{candidates} {gone}</ul>
            {beside(&pair.after.candidates)}
        </section>
    }
    .into_any()
}

/// The outcome with icon and word, and by what.
fn outcome(seen: &MatchSeen) -> AnyView {
    let (class, sign) = match seen.outcome.as_str() {
        "exact" => ("badge auto", Icon::Auto),
        "probable" => ("badge suggest", Icon::Suggest),
        "ambiguous" => ("badge review", Icon::Review),
        _ => ("badge none", Icon::No),
    };
    let by = (!seen.by.is_empty()).then(|| {
        view! { <span class="found-by">"by " {super::changed::code(&seen.by)}</span> }
    });
    view! { <span class=class>{icon(sign)} {text::words(&seen.outcome)}</span> {by} }.into_any()
}

fn candidate(one: &CandidateSeen, before: Option<&Waterfall>, thresholds: Thresholds, open: bool) -> AnyView {
    let mark = if one.chosen {
        view! { <span class="badge moved">{icon(Icon::Yes)} "chosen"</span> }.into_any()
    } else {
        view! { <span class="badge none">"came into question"</span> }.into_any()
    };
    let name = if one.name.is_empty() { one.id.to_string() } else { one.name.clone() };
    let who = view! {
        <span class="found-name">
            <strong>{name.clone()}</strong>
            " "
            <span class="quiet">{text::words(&one.object).to_lowercase()} " " <code>{one.id.to_string()}</code></span>
        </span>
    };
    let Some(found) = &one.waterfall else {
        return view! { <li class="found-one plain">{who} {mark}</li> }.into_any();
    };
    let moved = before.filter(|before| before.total != found.total);
    let weight = view! {
        <span class="found-weight">
            {moved.map(|before| view! { <span class="before">{bits(before.total.0)}</span> {arrow()} })}
            {bits(found.total.0)} " bits, " {percent_text(found.probability.get())} " %"
        </span>
    };
    let caption = format!("The lead against {name}: what each comparison adds to the weight");
    view! {
        <li class="found-one">
            <details open=open>
                <summary>{who} {mark} {weight}</summary>
                {waterfall(found, before, thresholds, caption)}
            </details>
        </li>
    }
    .into_any()
}

/// The lead's values and those of its candidates in columns; where it is narrow, below each other.
fn beside(candidates: &[CandidateSeen]) -> AnyView {
    let weighed: Vec<(&CandidateSeen, &Waterfall)> =
        candidates.iter().filter_map(|one| Some((one, one.waterfall.as_ref()?))).take(BESIDE).collect();
    let Some((_, first)) = weighed.first() else { return ().into_any() };
    let names: Vec<String> = weighed
        .iter()
        .map(|(one, _)| if one.name.is_empty() { one.id.to_string() } else { one.name.clone() })
        .collect();
    let heads = names
        .iter()
        .zip(&weighed)
        .map(|(name, (one, _))| {
            view! { <th scope="col" role="columnheader">{name.clone()} <code>{one.id.to_string()}</code></th> }
        })
        .collect_view();
    let rows = first
        .steps
        .iter()
        .filter_map(|step| {
            let others: Vec<&Step> = weighed
                .iter()
                .map(|(_, waterfall)| waterfall.steps.iter().find(|other| other.of == step.of))
                .collect::<Option<_>>()?;
            (!step.ours.is_empty() || others.iter().any(|other| !other.theirs.is_empty()))
                .then(|| compared(step.of, &step.ours, &others, &names))
        })
        .collect_view();
    let many = weighed.len() > 1;
    view! {
        <details class="beside" open=many>
            <summary>{if many { "The candidates beside the lead" } else { "The candidate beside the lead" }}</summary>
            <table class="table small beside-table" role="table">
                <thead role="rowgroup">
                    <tr role="row">
                        <th scope="col" role="columnheader">"Normal form"</th>
                        <th scope="col" role="columnheader">"This lead"</th>
                        {heads}
                    </tr>
                </thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        </details>
    }
    .into_any()
}

fn compared(of: Attribute, ours: &str, others: &[&Step], names: &[String]) -> AnyView {
    let shown = |value: &str| {
        if value.is_empty() {
            view! { <span class="quiet">"blank"</span> }.into_any()
        } else {
            view! { <span>{shown_value(of, value)}</span> }.into_any()
        }
    };
    let cells = others
        .iter()
        .zip(names)
        .map(|(step, name)| {
            let mark = match &*step.is {
                "same" | "missing" => None,
                "otherwise" => Some(("cell-mark differs", Icon::Error, "differs".to_owned())),
                _ => Some(("cell-mark near", Icon::Info, linkage::agrees(step))),
            };
            let mark = mark.map(|(class, sign, word)| view! { <span class=class>{icon(sign)} {word}</span> });
            view! { <td role="cell" data-of=name.clone()>{shown(&step.theirs)} {mark}</td> }
        })
        .collect_view();
    view! {
        <tr role="row">
            <th scope="row" role="rowheader">{attribute(of)}</th>
            <td role="cell" data-of="This lead">{shown(ours)}</td>
            {cells}
        </tr>
    }
    .into_any()
}
