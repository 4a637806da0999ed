//! Which fields a workflow is about, so that the telling ones are named first.
//!
//! Input: a workflow as JSON, a field with its source of truth. Output: a weight. Invariant: it decides the order alone,
//! never whether a field is listed. Source: what the contract says of both: names, actions, trigger, source of truth.

use serde_json::Value;

use super::words::{texts, written};

/// The field or its source is named as the workflow is.
const NAMED: usize = 8;

/// The workflow has a stricter policy for it.
const TIGHTENED: usize = 4;

/// The field is named as something that an action makes.
const MADE: usize = 2;

/// What a workflow is about.
pub(super) struct Subject<'v> {
    named: Vec<&'v str>,
    made: Vec<&'v str>,
    actions: Vec<&'v str>,
    events: Vec<&'v str>,
}

impl<'v> Subject<'v> {
    pub(super) fn of(workflow: &'v Value) -> Self {
        let id = workflow.get("id").and_then(Value::as_str).unwrap_or_default();
        let actions: Vec<&str> = texts(workflow.get("actions")).collect();
        // The other actions write owner, account and stage themselves, and say so.
        let makes = ["research_note", "enrol", "add_to_campaign", "create_task", "book_meeting"];
        let made = actions.iter().filter(|action| makes.contains(action));
        Self {
            named: id.split(['-', '_']).collect(),
            made: made.flat_map(|made| made.split('_').chain(written(made).unwrap_or_default().split(' '))).collect(),
            events: texts(workflow.get("trigger").and_then(|trigger| trigger.get("on"))).collect(),
            actions,
        }
    }

    /// How much a field has to do with it: a vote for each action and each event that brings its values besides.
    pub(super) fn bearing(&self, field: &str, truth: &str, tightened: bool) -> usize {
        let name = field.split_once('.').map_or(field, |(_, name)| name);
        let any = |known: &[&str]| name.split('_').chain(truth.split('_')).any(|word| known.contains(&word));
        let feeds =
            |action: &&&str| matches!((**action, truth), ("assign", "routing_table") | ("research_note", "enrichment"));
        usize::from(any(&self.named)) * NAMED
            + usize::from(tightened) * TIGHTENED
            + usize::from(any(&self.made)) * MADE
            + self.actions.iter().filter(feeds).count()
            + self.events.iter().filter(|event| brings(event) == truth).count()
    }
}

/// The source of truth from which an event brings values.
fn brings(event: &str) -> &'static str {
    match event {
        "form_submitted" | "lead_captured" => "form",
        "chat_message" | "email_reply" | "call_noted" => "conversation",
        "prospect_sourced" | "enrichment_received" => "enrichment",
        "scored" => "scoring_model",
        "no_reply" | "dormant" | "similar_found" | "record_updated" => "crm",
        _ => "none",
    }
}
