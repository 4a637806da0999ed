//! Agents and workflows: every agent known, every trigger possible, tightenings that do tighten.

use super::{Context, condition, sections};
use crate::contract::{Contract, EventKind, Tightening, Workflow};
use crate::map::Map;
use crate::plan::{Actions, AgentPlan, Stage, WorkflowPlan};
use crate::record::LeadFields;

pub(super) fn compile(contract: &Contract, context: &mut Context) -> Vec<WorkflowPlan> {
    context.ids("/agents", contract.agents.iter().map(|agent| agent.id.as_str()));
    context.ids("/workflows", contract.workflows.iter().map(|workflow| workflow.id.as_str()));
    contract.workflows.iter().map(|workflow| one(workflow, contract, context)).collect()
}

fn one(workflow: &Workflow, contract: &Contract, context: &mut Context) -> WorkflowPlan {
    let address = format!("/workflows/{}", workflow.id);
    let agent = workflow.agent.as_ref().and_then(|id| {
        let agent = contract.agents.iter().find(|agent| agent.id == *id);
        if agent.is_none() {
            let known = contract.agents.iter().map(|agent| agent.id.as_str());
            let help = crate::json::suggest(id.as_str(), known).map(|near| format!("did you mean `{near}`?"));
            context.error("unknown-agent", format!("{address}/agent"), format!("there is no agent `{id}`"), help);
        }
        agent.map(|agent| AgentPlan { motion: agent.motion, capabilities: Actions::of(&agent.capabilities) })
    });
    if workflow.actions.is_empty() && context.whole {
        let message = format!("workflow `{}` does nothing", workflow.id);
        let help = "list what it may do in `actions`".to_owned();
        context.warn("does-nothing", format!("{address}/actions"), message, help);
    }
    let events = workflow.trigger.as_ref().map_or(&[][..], |trigger| &trigger.on);
    if workflow.trigger.is_some() && events.is_empty() {
        let help = "name at least one event, such as `lead_captured`".to_owned();
        context.error("never-started", format!("{address}/trigger/on"), "no event starts it".to_owned(), help);
    }
    let waits = |event: &EventKind| matches!(event, EventKind::NoReply | EventKind::Dormant);
    if workflow.trigger.as_ref().is_some_and(|trigger| trigger.after_days.is_some()) && !events.iter().any(waits) {
        let help = "listen to `no_reply` or `dormant`, or remove it".to_owned();
        context.warn("waits-for-nothing", format!("{address}/trigger/after_days"), "nothing waits".to_owned(), help);
    }
    // A workflow started by scores may read them; any other is asked before scores are there.
    let scored = |event: &EventKind| matches!(event, EventKind::Scored | EventKind::StageIndicated);
    let latest = if !events.is_empty() && events.iter().all(scored) { Stage::Classification } else { Stage::Identity };
    let shared = std::mem::replace(&mut context.wanted, LeadFields::of(&[]));
    let compiled = |part: Option<&crate::contract::Condition>, key: &str, context: &mut Context| {
        part.map(|part| condition::compile(part, &format!("{address}/{key}"), latest, context))
    };
    let when = workflow.trigger.as_ref().and_then(|trigger| trigger.when.as_ref());
    let when = compiled(when, "trigger/when", context);
    let eligible = compiled(workflow.eligible.as_ref(), "eligible", context);
    let exclusions = workflow.exclusions.as_deref().unwrap_or_default();
    context.ids(&format!("{address}/exclusions"), exclusions.iter().map(|rule| rule.id.as_str()));
    let exclusions = exclusions
        .iter()
        .map(|rule| {
            let address = format!("{address}/exclusions/{}/when", rule.id);
            (condition::compile(&rule.when, &address, latest, context), rule.when_unknown)
        })
        .collect();
    let mut tightenings = Map::new();
    for (place, tightening) in workflow.fields.iter().enumerate() {
        if let Some(policy) = tighten(tightening, &address, contract, context) {
            tightenings.insert(policy, place);
        }
    }
    let reviews = sections::reviews(&workflow.review, &format!("{address}/review"), context);
    WorkflowPlan {
        on: events.iter().fold(0, |bits, event| bits | 1 << *event as u32),
        when,
        eligible,
        exclusions,
        actions: Actions::of(&workflow.actions),
        agent,
        reviews,
        wanted: std::mem::replace(&mut context.wanted, shared),
        tightenings,
    }
}

/// A workflow may only be stricter than the shared policy. Returns that one's place.
fn tighten(tightening: &Tightening, address: &str, contract: &Contract, context: &mut Context) -> Option<usize> {
    let address = format!("{address}/fields/{}", tightening.field);
    let place = contract.fields.iter().position(|policy| policy.field == tightening.field);
    let Some(shared) = place.and_then(|place| contract.fields.get(place)) else {
        let message = format!("there is no shared policy for `{}` to tighten", tightening.field);
        context.error("no-policy", address, message, "add one to `/fields`".to_owned());
        return None;
    };
    let mut looser = |key: &str, here: String, there: String| {
        let message = format!("`{key}` is {here} here but {there} in the shared policy");
        let help = "a workflow may only tighten; change the shared policy instead".to_owned();
        context.error("loosens", format!("{address}/{key}"), message, help);
    };
    if let Some(ai) = tightening.ai.filter(|ai| *ai < shared.ai) {
        looser("ai", ai.word().to_owned(), shared.ai.word().to_owned());
    }
    for (key, here, there) in
        [("auto_at", tightening.auto_at, shared.auto_at), ("block_below", tightening.block_below, shared.block_below)]
    {
        if let (Some(here), Some(there)) = (here, there)
            && here < there
        {
            looser(key, here.to_string(), there.to_string());
        }
    }
    place
}
