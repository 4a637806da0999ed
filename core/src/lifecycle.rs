//! What a lifecycle stage means, and where a move between two leads.
//!
//! Input: stages of the contract, or the text a CRM has for one. Output: a [`StageKind`], a [`Move`]. Invariant: what a stage is
//! called counts besides what the contract says of it, so that a stage called customer stays one whatever its `kind`.
//!
//! Source: the default stages and statuses of HubSpot, Salesforce, Pipedrive and Zoho.

use crate::contract::{Lifecycle, Stage, StageKind};
use crate::normal::fold;
use crate::plan::Plan;

/// Where a move leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Move {
    /// On, or to where nothing is known of the order.
    On,
    /// To an earlier stage.
    Back,
    /// Out of the running: recycled or disqualified.
    Out,
}

/// What a stage means: what the contract says, or else what it is called. Money on the table outranks the contract.
pub(crate) fn kind_of(stage: &Stage) -> StageKind {
    let names = || std::iter::once(stage.id.as_str()).chain(stage.names.iter().map(String::as_str)).map(called);
    match names().find(|kind| kind.is_money()) {
        Some(money) => money,
        None => stage.kind.unwrap_or_else(|| names().max_by_key(|kind| *kind as u8).unwrap_or(StageKind::Open)),
    }
}

/// What a stage means under one of its names: a name that speaks of money says which.
pub(crate) fn kind_under(stage: &Stage, name: &str) -> StageKind {
    let said = called(name);
    if said.is_money() { said } else { kind_of(stage) }
}

/// The kinds of a contract's stages, by place.
pub(crate) fn kinds(lifecycle: &Lifecycle) -> Vec<StageKind> {
    lifecycle.stages.iter().map(kind_of).collect()
}

/// What a text means that stands for a stage, under this contract.
pub(crate) fn kind(plan: &Plan, text: &str) -> StageKind {
    named(plan, text).map_or_else(|| called(text), |(_, kind)| kind)
}

/// Where a move between two texts leads; nothing is known of a text that is no stage, but for what it is called.
pub(crate) fn moves(plan: &Plan, old: Option<&str>, new: &str) -> Move {
    let read = |text: &str| match named(plan, text) {
        Some((place, kind)) => (Some(place), kind),
        None => (None, called(text)),
    };
    let (there, to) = read(new);
    let (here, from) = old.map_or((None, StageKind::Open), read);
    if to.is_out() && !from.is_out() {
        return Move::Out;
    }
    if from == StageKind::Disqualified && !to.is_out() {
        return Move::Back;
    }
    match (here, there) {
        (Some(old), Some(new)) if goes_back(plan, old, new) => Move::Back,
        // An emptied stage is the beginning again.
        (Some(_), None) if new.trim().is_empty() => Move::Back,
        _ => Move::On,
    }
}

/// Why a move must not be made at all, if it must not: code and words.
pub(crate) fn forbids(
    plan: &Plan,
    old: Option<&str>,
    new: &str,
    reason: Option<&str>,
) -> Option<(&'static str, &'static str)> {
    let allowed = plan.contract.lifecycle.as_ref().is_some_and(|lifecycle| lifecycle.allow_backward);
    let reason = reason.is_some_and(|reason| !reason.trim().is_empty());
    match moves(plan, old, new) {
        Move::Back if !allowed => Some(("stage-backward", "it would go back to an earlier stage")),
        Move::Back | Move::Out if !reason => Some(("reason-required", "nobody is moved back or out without a reason")),
        Move::On | Move::Back | Move::Out => None,
    }
}

/// Whether the step between two places of the contract leads back. From a recycled stage every open one is ahead; from a
/// disqualified one none is.
pub(crate) fn goes_back(plan: &Plan, old: u16, new: u16) -> bool {
    let kind = |place: u16| plan.lifecycle.as_ref().and_then(|plan| plan.kinds.get(usize::from(place))).copied();
    match kind(old) {
        _ if old == new || kind(new).is_some_and(StageKind::is_out) => false,
        Some(StageKind::Recycled) => false,
        Some(StageKind::Disqualified) => true,
        _ => new < old,
    }
}

/// The stage that a text names, by its place, and what it means under that name.
pub(crate) fn named(plan: &Plan, text: &str) -> Option<(u16, StageKind)> {
    let lifecycle = plan.lifecycle.as_ref()?;
    lifecycle.names.get(usize::from(lifecycle.stages.get_folded(text)?)).copied()
}

/// What the name of a stage or of a status says.
pub(crate) fn called(name: &str) -> StageKind {
    let name: String = fold::fold(name).chars().filter(|c| c.is_alphanumeric()).collect();
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if has(&["notconverted", "unconverted"]) {
        StageKind::Disqualified
    } else if has(&["customer", "client", "kunde", "evangelist", "partner", "won"]) {
        StageKind::Customer
    } else if has(&["opportunit", "opendeal", "converted", "closedlost", "negotiation", "contractsent"]) {
        StageKind::Opportunity
    } else if has(&["disqualif", "unqualif", "notqualif", "junk", "badfit", "reject", "spam"]) {
        StageKind::Disqualified
    } else if has(&["recycl", "nurtur", "badtiming"]) {
        StageKind::Recycled
    } else {
        StageKind::Open
    }
}
