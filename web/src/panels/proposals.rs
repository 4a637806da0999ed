//! What automation would do to one lead: suppressions first, then every proposal and every step of the engine's own,
//! each with its verdict and all reasons, before and after side by side.

use std::sync::Arc;

use interlock_core::contract::{ActionKind, Verdict};
use interlock_core::json::address;
use interlock_core::workflow_table::{agent_name, reviewer, stage, suppression, workflow_name};
use leptos::prelude::*;
use serde_json::Value;

use crate::desk::Desk;
use crate::state::decided::{Decided, Judged, Matched, Pair, Principal, Reason, Suppressed, judged, suppressed};
use crate::state::{Workbench, text};
use crate::ui::badge;
use crate::ui::field::percent_text;
use crate::ui::icon::{Icon, icon};
use crate::ui::link::to_contract;

/// Up to this many stand open; of more, only those that differ.
const FEW: usize = 4;

/// What ids are called.
struct Names {
    contract: Arc<Value>,
    matched: Matched,
}

/// Draws the part.
pub(super) fn proposals(desk: Desk, before: &Decided, after: &Decided) -> AnyView {
    let contract = desk.work.with_untracked(Workbench::candidate_value);
    let names = Names { contract: contract.unwrap_or_default(), matched: after.matched.clone() };
    let pairs = judged(before, after);
    let suppressions = suppressions(desk, &names, &suppressed(before, after), &pairs);
    let (proposed, steps): (Vec<_>, Vec<_>) =
        pairs.into_iter().partition(|pair| pair.either().is_some_and(Judged::proposed));
    let steps = (!steps.is_empty()).then(|| {
        let tally = steps.len();
        view! {
            <section class="judged" aria-labelledby="steps-title">
                <h3 id="steps-title">"Steps of the workflows " <span class="tally">{tally}</span></h3>
                {list(desk, &names, &steps)}
            </section>
        }
    });
    let tally = proposed.len();
    let proposed = if proposed.is_empty() {
        view! { <p class="quiet">"Nothing was proposed for this lead."</p> }.into_any()
    } else {
        list(desk, &names, &proposed)
    };
    view! {
        {suppressions}
        <section class="judged" aria-labelledby="proposals-title">
            <h3 id="proposals-title">"Proposals " <span class="tally">{tally}</span></h3>
            {proposed}
        </section>
        {steps}
    }
    .into_any()
}

/// Those that hold, or that something waits for, stand out; what nobody knows and nothing depends on is folded away.
fn suppressions(desk: Desk, names: &Names, pairs: &[Pair<Suppressed>], judged: &[Pair<Judged>]) -> AnyView {
    let sides = |pair: &Pair<Suppressed>, word: &str| {
        [&pair.before, &pair.after].into_iter().flatten().any(|found| found.holds == word)
    };
    let matters = |pair: &Pair<Suppressed>| {
        let reasons =
            judged.iter().flat_map(|pair| [&pair.before, &pair.after]).flatten().flat_map(|side| &side.reasons);
        let mut rules = reasons.filter_map(|reason| reason.rule.as_ref());
        sides(pair, "yes") || pair.differs() || pair.either().is_some_and(|found| rules.any(|rule| *rule == found.rule))
    };
    let (first, rest): (Vec<_>, Vec<_>) = pairs.iter().partition(|pair| matters(pair));
    let first = if first.is_empty() {
        view! {
            <h3 id="suppressed-title">"Suppression"</h3>
            <p class="quiet">"No suppression holds for this lead."</p>
        }
        .into_any()
    } else {
        let certain = first.iter().any(|pair| sides(pair, "yes"));
        let class = if certain { "callout block" } else { "callout review" };
        let sign = if certain { Icon::Block } else { Icon::Unknown };
        view! {
            <div class=class>
                {icon(sign)}
                <div>
                    <h3 id="suppressed-title">"Suppression"</h3>
                    {rules(desk, &first, Some(names))}
                </div>
            </div>
        }
        .into_any()
    };
    let rest = (!rest.is_empty()).then(|| {
        let title = match rest.len() {
            1 => "1 cannot be decided; nothing here depends on it".to_owned(),
            many => format!("{many} cannot be decided; nothing here depends on them"),
        };
        view! {
            <details class="undecided">
                <summary>{title}</summary>
                {rules(desk, &rest, None)}
            </details>
        }
    });
    view! { <section class="judged" aria-labelledby="suppressed-title">{first} {rest}</section> }.into_any()
}

/// Rules with what they say of this lead; and with what they stop, where the names for that are given.
fn rules(desk: Desk, pairs: &[&Pair<Suppressed>], names: Option<&Names>) -> AnyView {
    let rows = pairs
        .iter()
        .filter_map(|pair| {
            let found = pair.either()?;
            let when = match (&pair.before, &pair.after) {
                (Some(before), Some(after)) if before.holds == after.holds => holds(after),
                (Some(before), Some(after)) => format!("before: {}; after: {}", holds(before), holds(after)),
                (None, Some(after)) => format!("{}, new with the candidate", holds(after)),
                (Some(before), None) => format!("{}, only under the baseline", holds(before)),
                (None, None) => String::new(),
            };
            let stops = names.map(|names| interlock_core::text::capital(&suppression(&names.contract, &found.rule)));
            let stops = stops.map(|stops| view! { <span class="suppressed-stops">{stops}</span> });
            Some(view! {
                <li class:differs=pair.differs()>
                    {to_contract(desk, address::join("/suppression", &found.rule), "rule-link", found.rule.clone())}
                    " "
                    <span>{when}</span>
                    " "
                    {pair.differs().then(differs)}
                    {stops}
                </li>
            })
        })
        .collect_view();
    view! { <ul class="suppressed">{rows}</ul> }.into_any()
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

fn list(desk: Desk, names: &Names, pairs: &[Pair<Judged>]) -> AnyView {
    let few = pairs.len() <= FEW;
    let alike = !pairs.iter().any(Pair::differs);
    let rows = pairs.iter().map(|pair| row(desk, names, pair, few)).collect_view();
    view! {
        {alike.then(|| view! { <p class="quiet judged-alike">"Before and after alike."</p> })}
        <ol class="stages proposals">{rows}</ol>
    }
    .into_any()
}

fn row(desk: Desk, names: &Names, pair: &Pair<Judged>, few: bool) -> AnyView {
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
                    {side(desk, names, pair.before.as_ref(), pair.after.as_ref(), false)}
                </div>
                <div class="side-text after">
                    <p class="side-label">"After"</p>
                    {side(desk, names, pair.after.as_ref(), pair.before.as_ref(), false)}
                </div>
            </div>
        }
        .into_any()
    } else {
        view! { <div class="side-text">{side(desk, names, Some(shown), None, true)}</div> }.into_any()
    };
    view! {
        <li class="stage" class:differs=pair.differs()>
            <details open=few || pair.differs()>
                <summary>
                    <span class="stage-name">{name}</span>
                    <span class="proposal-new">{named(desk, names, shown.action, &shown.new)}</span>
                    <span class="proposal-answer">{answer} {pair.differs().then(differs)}</span>
                </summary>
                {body}
            </details>
        </li>
    }
    .into_any()
}

/// One side: what, by whom, the verdict and every reason. Reasons the other side lacks are marked. A side that stands
/// for both has its verdict in the line above.
fn side(desk: Desk, names: &Names, found: Option<&Judged>, other: Option<&Judged>, both: bool) -> AnyView {
    let Some(found) = found else {
        return view! { <p class="quiet">"Not asked for."</p> }.into_any();
    };
    let capped = (found.uncapped != found.verdict).then(|| {
        view! {
            <span class="proposal-capped">
                "without the mode: "
                {badge::verdict(found.uncapped)}
            </span>
        }
    });
    let verdict = (!both).then(|| badge::verdict(found.verdict));
    let verdict = (!both || capped.is_some()).then(|| view! { <p class="proposal-verdict">{verdict} {capped}</p> });
    let workflow = found.workflow.as_ref().map(|workflow| {
        let name = workflow_name(&names.contract, workflow);
        view! {
            <div class="fact-pair">
                <dt>"Workflow"</dt>
                <dd>{to_contract(desk, address::join("/workflows", workflow), "fact-link", name)}</dd>
            </div>
        }
    });
    let reviewer = found.reviewer.as_ref().map(|who| fact("Reviewer", looks(desk, who)));
    let source = found.source.as_ref().map(|source| {
        let sure = found.confidence.map_or_else(String::new, |mille| format!(" at {} %", percent_text(mille)));
        fact("Said by", format!("{source}{sure}"))
    });
    let by = found.by.as_ref().map(|by| {
        let who = match by {
            Principal::Agent(id) => agent_name(&names.contract, id),
            Principal::Person(who) | Principal::System(who) | Principal::Provider(who) => who.clone(),
        };
        fact("Asked by", who)
    });
    let to = (!found.to.is_empty() && found.to != found.new).then(|| fact("To", found.to.clone()));
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
        {verdict}
        <p class="proposal-value">{value(desk, names, found)}</p>
        <dl class="proposal-facts">{by} {source} {to} {record} {workflow} {reviewer}</dl>
        {reasons}
    }
    .into_any()
}

/// Who must look, in words: an owner by name, a role, a queue.
fn looks(desk: Desk, who: &Value) -> String {
    let named = who.get("owner").and_then(Value::as_str).and_then(|id| owner_name(desk, id));
    named.unwrap_or_else(|| interlock_core::text::capital(&reviewer(who)))
}

/// What an owner is called, by id or by e-mail address.
fn owner_name(desk: Desk, id: &str) -> Option<String> {
    desk.vocabulary.with_untracked(|words| {
        let found = words.owners.iter().find(|owner| owner.id == id || owner.email.eq_ignore_ascii_case(id));
        found.map(|owner| owner.name.clone()).filter(|name| !name.is_empty())
    })
}

/// A value as people call it: owners, matched records and stages by their names.
fn named(desk: Desk, names: &Names, action: ActionKind, value: &str) -> String {
    let name = match action {
        ActionKind::Assign => owner_name(desk, value),
        ActionKind::Link | ActionKind::Merge => names.matched.name_of(value).map(str::to_owned),
        ActionKind::ChangeStage if !value.is_empty() => Some(stage(&names.contract, value)),
        _ => None,
    };
    name.unwrap_or_else(|| value.to_owned())
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

/// The value before and after.
fn value(desk: Desk, names: &Names, found: &Judged) -> AnyView {
    let named = |value: &String| named(desk, names, found.action, value);
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
    let place = cause.address.clone().or_else(|| match (cause.code.as_str(), &found.workflow) {
        // What the mode does is a choice of the workflow.
        ("suggestion-mode", Some(workflow)) => Some(address::join("/workflows", workflow)),
        _ => None,
    });
    let rule = place.map(|place| {
        let words = cause.rule.clone().unwrap_or_else(|| place.clone());
        to_contract(desk, place, "rule-link", words)
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
