//! What automation would do to one lead: suppressions first, then every proposal and every step of the engine's own,
//! each with its verdict and all reasons, before and after side by side.

use interlock_core::contract::{ActionKind, Verdict};
use interlock_core::workflow_table::reviewer;
use leptos::prelude::*;

use crate::desk::Desk;
use crate::state::decided::{Decided, Judged, Pair, Reason, Suppressed, judged, suppressed};
use crate::state::text;
use crate::ui::badge;
use crate::ui::field::percent_text;
use crate::ui::icon::{Icon, icon};
use crate::ui::live::click;

/// Up to this many stand open; of more, only those that differ.
const FEW: usize = 4;

/// Draws the part.
pub(super) fn proposals(desk: Desk, before: &Decided, after: &Decided) -> AnyView {
    let (proposed, steps): (Vec<_>, Vec<_>) =
        judged(before, after).into_iter().partition(|pair| pair.either().is_some_and(Judged::proposed));
    let steps = (!steps.is_empty()).then(|| {
        let tally = steps.len();
        view! {
            <section class="judged" aria-labelledby="steps-title">
                <h3 id="steps-title">"Steps of the workflows " <span class="tally">{tally}</span></h3>
                {list(desk, &steps)}
            </section>
        }
    });
    let tally = proposed.len();
    let proposed = if proposed.is_empty() {
        view! { <p class="quiet">"Nothing was proposed for this lead."</p> }.into_any()
    } else {
        list(desk, &proposed)
    };
    view! {
        {suppressions(desk, &suppressed(before, after))}
        <section class="judged" aria-labelledby="proposals-title">
            <h3 id="proposals-title">"Proposals " <span class="tally">{tally}</span></h3>
            {proposed}
        </section>
        {steps}
    }
    .into_any()
}

fn suppressions(desk: Desk, pairs: &[Pair<Suppressed>]) -> AnyView {
    if pairs.is_empty() {
        return view! {
            <section class="judged" aria-labelledby="suppressed-title">
                <h3 id="suppressed-title">"Suppression"</h3>
                <p class="quiet">"No suppression holds for this lead."</p>
            </section>
        }
        .into_any();
    }
    let certain = pairs.iter().any(|pair| pair.either().is_some_and(|found| found.holds == "yes"));
    let class = if certain { "callout block" } else { "callout review" };
    let sign = if certain { Icon::Block } else { Icon::Unknown };
    let rows = pairs
        .iter()
        .filter_map(|pair| {
            let found = pair.either()?;
            let address = interlock_core::json::address::join("/suppression", &found.rule);
            let when = match (&pair.before, &pair.after) {
                (Some(before), Some(after)) if before.holds == after.holds => holds(after),
                (Some(before), Some(after)) => format!("before: {}; after: {}", holds(before), holds(after)),
                (None, Some(after)) => format!("{}, new with the candidate", holds(after)),
                (Some(before), None) => format!("{}, only under the baseline", holds(before)),
                (None, None) => String::new(),
            };
            Some(view! {
                <li class:differs=pair.differs()>
                    {link(desk, address, &found.rule)}
                    " "
                    <span>{when}</span>
                    " "
                    {pair.differs().then(differs)}
                </li>
            })
        })
        .collect_view();
    view! {
        <section class="judged" aria-labelledby="suppressed-title">
            <div class=class>
                {icon(sign)}
                <div>
                    <h3 id="suppressed-title">"Suppression"</h3>
                    <ul class="suppressed">{rows}</ul>
                </div>
            </div>
        </section>
    }
    .into_any()
}

fn holds(found: &Suppressed) -> String {
    match (found.holds.as_str(), found.missing.as_slice()) {
        ("yes", _) => "holds".to_owned(),
        (_, []) => "cannot be decided".to_owned(),
        (_, missing) => format!("cannot be decided: {}", missing.join(", ")),
    }
}

fn differs() -> AnyView {
    view! { <span class="badge moved">{icon(Icon::Edit)} "differs"</span> }.into_any()
}

/// A button that opens a place in the contract.
fn link(desk: Desk, address: String, words: &str) -> AnyView {
    let words = words.to_owned();
    view! {
        <button
            type="button"
            class="link-button rule-link"
            title=format!("Open {address} in the contract")
            on:click=click(move |_| desk.go_to(&address))
        >
            {words}
        </button>
    }
    .into_any()
}

fn list(desk: Desk, pairs: &[Pair<Judged>]) -> AnyView {
    let few = pairs.len() <= FEW;
    let rows = pairs.iter().map(|pair| row(desk, pair, few)).collect_view();
    view! { <ol class="stages proposals">{rows}</ol> }.into_any()
}

fn row(desk: Desk, pair: &Pair<Judged>, few: bool) -> AnyView {
    let Some(shown) = pair.either() else {
        return ().into_any();
    };
    let name = match &shown.field {
        Some(field) => field.strip_prefix("lead.").unwrap_or(field).replace(['_', '.'], " "),
        None => text::action(shown.action, None),
    };
    let name = text::words(&name);
    let verdict = |side: &Option<Judged>| side.as_ref().map(|side| side.verdict);
    let (old, new) = (verdict(&pair.before), verdict(&pair.after));
    let answer = match new {
        Some(new) if old == Some(new) => badge::verdict(new),
        _ => badge::verdicts(old, new),
    };
    let body = if pair.differs() {
        view! {
            <div class="sides">
                <div class="side-text before">
                    <p class="side-label">"Before"</p>
                    {side(desk, pair.before.as_ref(), pair.after.as_ref())}
                </div>
                <div class="side-text after">
                    <p class="side-label">"After"</p>
                    {side(desk, pair.after.as_ref(), pair.before.as_ref())}
                </div>
            </div>
        }
        .into_any()
    } else {
        view! {
            <div class="side-text">
                <p class="side-label">"Before and after alike"</p>
                {side(desk, Some(shown), None)}
            </div>
        }
        .into_any()
    };
    view! {
        <li class="stage" class:differs=pair.differs()>
            <details open=few || pair.differs()>
                <summary>
                    <span class="stage-name">{name}</span>
                    <span class="proposal-answer">{answer}</span>
                    {pair.differs().then(differs)}
                </summary>
                {body}
            </details>
        </li>
    }
    .into_any()
}

/// One side: what, by whom, the verdict and every reason. Reasons the other side lacks are marked.
fn side(desk: Desk, found: Option<&Judged>, other: Option<&Judged>) -> AnyView {
    let Some(found) = found else {
        return view! { <p class="quiet">"Not asked for."</p> }.into_any();
    };
    let capped = (found.uncapped != found.verdict).then(|| {
        view! {
            <span class="proposal-capped">
                "without its workflow's mode: "
                {badge::verdict(found.uncapped)}
            </span>
        }
    });
    let workflow = found.workflow.as_ref().map(|workflow| {
        let address = interlock_core::json::address::join("/workflows", workflow);
        view! {
            <div class="fact-pair">
                <dt>"Workflow"</dt>
                <dd>{link(desk, address, workflow)}</dd>
            </div>
        }
    });
    let reviewer = found.reviewer.as_ref().map(|who| fact("Reviewer", interlock_core::text::capital(&reviewer(who))));
    let source = found.source.as_ref().map(|source| {
        let sure = found.confidence.map_or_else(String::new, |mille| format!(" at {} %", percent_text(mille)));
        fact("Said by", format!("{source}{sure}"))
    });
    let record = (found.record.object != "lead" && !found.record.object.is_empty())
        .then(|| fact("Record", format!("{} {}", text::words(&found.record.object), found.record.id)));
    let reasons = found
        .reasons
        .iter()
        .map(|cause| reason(desk, found, cause, other.is_some_and(|other| !other.reasons.contains(cause))))
        .collect_view();
    let reasons = if found.reasons.is_empty() {
        view! { <p class="quiet">"No rule, policy or suppression speaks against it."</p> }.into_any()
    } else {
        view! { <ul class="lines reasons" aria-label="Reasons, most severe first">{reasons}</ul> }.into_any()
    };
    view! {
        <p class="proposal-verdict">{badge::verdict(found.verdict)} {capped}</p>
        <p class="proposal-value">{value(desk, found)}</p>
        <dl class="proposal-facts">{source} {record} {workflow} {reviewer}</dl>
        {reasons}
    }
    .into_any()
}

fn fact(name: &'static str, value: String) -> AnyView {
    view! {
        <div class="fact-pair">
            <dt>{name}</dt>
            <dd>{value}</dd>
        </div>
    }
    .into_any()
}

/// The value before and after; owners by their names.
fn value(desk: Desk, found: &Judged) -> AnyView {
    let named = |id: &String| {
        let name = (found.action == ActionKind::Assign).then(|| {
            desk.vocabulary.with_untracked(|words| {
                words.owners.iter().find(|owner| owner.id == *id).map(|owner| owner.name.clone())
            })
        });
        name.flatten().unwrap_or_else(|| id.clone())
    };
    let now = named(&found.new);
    let old = match found.old.as_ref().map(named) {
        Some(old) => view! { <span class="before">{old}</span> }.into_any(),
        None => view! { <span class="before">"blank"</span> }.into_any(),
    };
    if found.no_op {
        return view! { <strong>{now}</strong> " " <span class="quiet">"stands there already"</span> }.into_any();
    }
    if found.field.is_none() && found.old.is_none() {
        return view! { <strong>{now}</strong> }.into_any();
    }
    let new = if now.is_empty() { "blank".to_owned() } else { now };
    view! { {old} " " {badge::arrow()} " " <strong>{new}</strong> }.into_any()
}

fn reason(desk: Desk, found: &Judged, cause: &Reason, new: bool) -> AnyView {
    let address = cause.address.clone().or_else(|| match (cause.code.as_str(), &found.workflow) {
        // What the mode does is a choice of the workflow.
        ("suggestion-mode", Some(workflow)) => Some(interlock_core::json::address::join("/workflows", workflow)),
        _ => None,
    });
    let rule = address.map(|address| {
        let words = cause.rule.clone().unwrap_or_else(|| address.clone());
        link(desk, address, &words)
    });
    let (sign, class) = match cause.verdict {
        Verdict::Auto => (Icon::Auto, "mark auto"),
        Verdict::Suggest => (Icon::Suggest, "mark suggest"),
        Verdict::Review => (Icon::Review, "mark review"),
        Verdict::Block => (Icon::Block, "mark block"),
    };
    view! {
        <li class="line" class:new=new>
            <span class=class title=text::verdict(cause.verdict)>
                {icon(sign)}
                <span class="sr">{text::verdict(cause.verdict)} ": "</span>
            </span>
            <span class="reason">
                <span>{super::changed::code(&cause.message)}</span>
                <span class="reason-foot">
                    <code>{cause.code.clone()}</code>
                    {rule}
                </span>
            </span>
        </li>
    }
    .into_any()
}
