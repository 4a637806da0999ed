//! Readiness: the nine decisions that make a contract, and what a workflow needs before it may act by itself.
//!
//! Input: the contract. Output: a finding for each decision that is missing, and for each automatic workflow one for
//! each safeguard that is. Invariant: a plan with an automatic workflow has opt-out, customer and open-opportunity
//! suppression, a duplicate check, approval for strategic accounts, and a sender profile where mail is sent. Versions
//! and previous values are asked of every contract, whatever its mode.

use super::Context;
use crate::contract::{
    ActionKind, AuditKeep, Condition, Contract, MaxVerdict, Mode, ReviewTrigger, SuppressionKind, Workflow,
};
use crate::normal::duration;

pub(super) fn check(contract: &Contract, context: &mut Context) {
    // A part that could not be read is no missing part.
    if !context.whole {
        return;
    }
    let mut missing = |address: &str, item: &str, help: &str| {
        context.error("missing-item", address, format!("the contract does not decide: {item}"), help.to_owned());
    };
    if contract.workflows.is_empty() {
        missing("/workflows", "which event starts what (trigger)", "add a workflow");
    }
    if contract.fields.is_empty() {
        missing(
            "/fields",
            "which fields AI may update, suggest, or never touch (field permissions)",
            "add field policies",
        );
    }
    let thresholds = contract.fields.iter().any(|policy| policy.auto_at.is_some());
    if contract.fields.iter().any(|policy| policy.ai == MaxVerdict::Auto) && !thresholds {
        missing(
            "/fields",
            "what confidence an automatic update needs (confidence threshold)",
            "add `auto_at` to a policy",
        );
    }
    if contract.review.is_empty() && contract.workflows.iter().all(|workflow| workflow.review.is_empty()) {
        missing("/review", "which cases need a person, and whom (human approval)", "add a review rule");
    }
    if contract.audit.is_none() {
        missing("/audit", "what is kept of each change (audit)", "add `audit` with what to keep");
    }
    if contract.rollback.is_none() {
        missing("/rollback", "how bad updates are reversed (rollback)", "add `rollback` with its window");
    }
    for workflow in &contract.workflows {
        workflow_items(workflow, context);
        if workflow.mode == Mode::Automatic {
            safeguards(contract, workflow, context);
        }
    }
    if let Some(audit) = &contract.audit {
        for needed in [AuditKeep::Source, AuditKeep::OldValue, AuditKeep::NewValue, AuditKeep::Version] {
            if !audit.keep.contains(&needed) {
                let word = match needed {
                    AuditKeep::Source => "source",
                    AuditKeep::OldValue => "old_value",
                    AuditKeep::NewValue => "new_value",
                    _ => "version",
                };
                let message =
                    format!("the audit does not keep `{word}`, so that changes could not be taken back or explained");
                context.error("audit-keeps-too-little", "/audit/keep", message, format!("add `{word}`"));
            }
        }
        if let Some(text) = &audit.retention {
            check_duration(text, "/audit/retention", context);
        }
    }
    if let Some(rollback) = &contract.rollback {
        check_duration(&rollback.window, "/rollback/window", context);
        if rollback.notify.is_empty() {
            let message = "nobody is told of a rollback".to_owned();
            context.warn("nobody-told", "/rollback/notify", message, "name a role, an owner or a queue".to_owned());
        }
    }
}

fn workflow_items(workflow: &Workflow, context: &mut Context) {
    let address = format!("/workflows/{}", workflow.id);
    let mut missing = |item: &str, help: &str| {
        let message = format!("workflow `{}` does not decide: {item}", workflow.id);
        context.error("missing-item", &address, message, help.to_owned());
    };
    if workflow.trigger.is_none() {
        missing("which event starts it (trigger)", "add `trigger`");
    }
    if workflow.eligible.is_none() {
        missing("which records it may touch (eligible records)", "add `eligible`; `{\"all\": []}` means every record");
    }
    if workflow.exclusions.is_none() {
        missing(
            "which records it must leave alone (exclusions)",
            "add `exclusions`; an empty list says that there are none",
        );
    }
    if workflow.success_metric.is_none() {
        missing("what improves if it works (success metric)", "add `success_metric` with a metric and a target");
    }
    if workflow.mode == Mode::Automatic && workflow.agent.is_none() {
        let message = format!("workflow `{}` is automatic, but no agent answers for it", workflow.id);
        context.warn("no-agent", format!("{address}/agent"), message, "name the agent that acts".to_owned());
    }
}

/// What a workflow needs before it may act by itself; one finding for each thing that is missing.
fn safeguards(contract: &Contract, workflow: &Workflow, context: &mut Context) {
    let does = |action| workflow.actions.contains(&action);
    // What ends some day or never holds protects nobody.
    let lasting = contract.suppression.iter().filter(|suppression| {
        suppression.expires.is_none()
            && suppression.when != Condition::Any(Vec::new())
            && !(suppression.blocks.is_empty() && suppression.reviews.is_empty())
    });
    let has = |kind| lasting.clone().any(|suppression| suppression.kind == kind);
    let blocks_enrolment = lasting.clone().any(|suppression| {
        suppression.kind == SuppressionKind::OptOut && suppression.blocks.contains(&ActionKind::Enrol)
    });
    let opt_out = has(SuppressionKind::OptOut);
    let reviews = contract.review.iter().chain(&workflow.review);
    let strategic = has(SuppressionKind::StrategicAccount)
        || reviews.into_iter().any(|rule| rule.trigger == ReviewTrigger::StrategicAccount);
    for (there, what, help) in [
        (
            opt_out,
            "nothing suppresses people who opted out",
            "add a suppression of kind `opt_out` that blocks `send_message` and `enrol`",
        ),
        (
            !opt_out || blocks_enrolment || !does(ActionKind::Enrol),
            "people who opted out may be enrolled",
            "add `enrol` to what the suppression of kind `opt_out` blocks",
        ),
        (has(SuppressionKind::Customer), "nothing suppresses customers", "add a suppression of kind `customer`"),
        (
            has(SuppressionKind::OpenOpportunity),
            "nothing suppresses companies with an open opportunity",
            "add a suppression of kind `open_opportunity`",
        ),
        (
            contract.identity.is_some() || has(SuppressionKind::DuplicatePending),
            "nothing says how duplicates are found",
            "add `identity`, or a suppression of kind `duplicate_pending`",
        ),
        (
            strategic,
            "strategic accounts need nobody's approval",
            "add a review rule with trigger `strategic_account`, or a suppression of that kind",
        ),
    ] {
        if !there {
            let message = format!("workflow `{}` may not act by itself yet: {what}", workflow.id);
            context.error("not-ready", format!("/workflows/{}", workflow.id), message, help.to_owned());
        }
    }
}

pub(super) fn check_duration(text: &str, address: &str, context: &mut Context) {
    if let Err(problem) = duration::parse(text) {
        let message = format!("`{text}` is not a duration: {problem}");
        context.error(
            "bad-duration",
            address,
            message,
            "write an ISO 8601 duration such as `P30D` or `PT12H`".to_owned(),
        );
    }
}
