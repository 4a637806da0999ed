//! The precedence ladder of one lead: each tier with its rules in order, passed, failed or unknown, with what they read; the
//! deciding rung stands out, and those below it were not asked.

use interlock_core::json::address;
use leptos::prelude::*;
use serde_json::Value;

use crate::desk::Desk;
use crate::state::text;
use crate::state::traced::{self, Asked, Operand, Rung, RungState, said};
use crate::ui::badge::arrow;
use crate::ui::icon::{Icon, icon};
use crate::ui::link::to_contract;

/// Draws it.
pub(super) fn ladder(desk: Desk, before: &Value, after: &Value) -> Option<AnyView> {
    let rungs = traced::ladder(before, after);
    let drawn = rungs.iter().map(|rung| self::rung(desk, rung)).collect_view();
    (!rungs.is_empty()).then(|| {
        view! {
            <section class="found">
                <h4 class="found-head">"The ladder, tier by tier"</h4>
                <ol class="ladder">{drawn}</ol>
                {due(desk, after)}
            </section>
        }
        .into_any()
    })
}

fn rung(desk: Desk, rung: &Rung) -> AnyView {
    let (class, mark, sign, words) = match rung.state {
        RungState::Decides => ("rung decides", "badge moved", Icon::Yes, "decides"),
        RungState::Escalates => ("rung decides", "badge review", Icon::Review, "rules disagree"),
        RungState::Nothing => ("rung", "badge none", Icon::No, "no rule holds"),
        RungState::NotAsked => ("rung below", "badge none", Icon::No, "not asked"),
    };
    let rules = rung.rules.iter().map(|rule| asked(desk, rule)).collect_view();
    view! {
        <li class=class>
            <p class="rung-head">
                <strong>{text::words(&rung.tier)}</strong>
                <span class=mark>{icon(sign)} {words}</span>
            </p>
            <ul class="lines">{rules}</ul>
        </li>
    }
    .into_any()
}

/// What became of a rule, in words.
fn fate(word: Option<&str>) -> &'static str {
    match word {
        None => "not in the contract",
        Some("decides") => "decides",
        Some("agrees") => "holds and agrees",
        Some("disagrees") => "holds and disagrees",
        Some("yields") => "holds, and gives way to the narrower territory",
        Some("unknown") => "could not be decided",
        Some("not_asked") => "not asked",
        Some(_) => "did not hold",
    }
}

fn asked(desk: Desk, rule: &Asked) -> AnyView {
    let (before, after) = (rule.before.as_deref(), rule.after.as_deref());
    let (class, sign) = match after {
        Some("decides" | "agrees" | "disagrees" | "yields") => ("line yes", Icon::Yes),
        Some("unknown") => ("line unknown", Icon::Unknown),
        Some("not_asked") | None => ("line no below", Icon::No),
        Some(_) => ("line no", Icon::Close),
    };
    let moved = (before != after).then(|| view! { <span class="before">{fate(before)}</span> {arrow()} });
    let operands = (!rule.operands.is_empty() && after != Some("not_asked")).then(|| {
        let operands = rule.operands.iter().map(operand).collect_view();
        view! { <ul class="operands">{operands}</ul> }
    });
    let link = to_contract(desk, address::join("/routing/rules", &rule.rule), "rule-link", rule.rule.clone());
    view! {
        <li class=class class:new=before != after>
            <span class="mark">{icon(sign)}</span>
            <span class="line-body">
                <span>{link} " " <span class="delta fate">{moved} {fate(after)}</span></span>
                {operands}
            </span>
        </li>
    }
    .into_any()
}

/// What a rule read, and what it wanted.
fn operand(one: &Operand) -> AnyView {
    let words = match one.holds.as_str() {
        "yes" => format!("{} is {}", one.fact, one.value),
        "no" => format!("{} is {}, wanted {}", one.fact, one.value, one.wanted),
        _ => format!("{} is {}, so that it is not known whether it is {}", one.fact, one.value, one.wanted),
    };
    let sign = match one.holds.as_str() {
        "yes" => Icon::Yes,
        "no" => Icon::Close,
        _ => Icon::Unknown,
    };
    view! { <li class="operand">{icon(sign)} <span>{words}</span></li> }.into_any()
}

/// Until when it is held, and how soon somebody must act.
fn due(desk: Desk, route: &Value) -> AnyView {
    let nothing = Value::Null;
    let at = |of: &Value, key: &str, words: &str| of.get(key).map(|at| format!("{words} {}", super::minute(at)));
    let sla = route.get("sla").unwrap_or(&nothing);
    let held =
        at(route, "held_until", "Held until").map(|words| view! { <p class="due">{icon(Icon::Lock)} {words}</p> });
    let times: Vec<String> =
        [at(sla, "accept_by", "accept by"), at(sla, "respond_by", "respond by")].into_iter().flatten().collect();
    let times = (!times.is_empty()).then(|| {
        let rule = said(sla, "rule").to_owned();
        let clock = if said(sla, "clock") == "business" { "working hours count" } else { "every hour counts" };
        let words = format!("{} ({clock}), by ", text::words(&times.join(", ")));
        view! { <p class="due">{words} {to_contract(desk, address::join("/routing/sla", &rule), "rule-link", rule)}</p> }
    });
    view! { {held} {times} }.into_any()
}
