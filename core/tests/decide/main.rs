//! What the stages decide, one behaviour a test: a contract, an event, what must come out.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::needless_pass_by_value)]

mod fairness;
mod gate;
mod handoff;
mod identity;
mod routing;
mod scores;
mod sweep;

use interlock_core::check;
use interlock_core::crm;
use interlock_core::decide::decide;
use interlock_core::decision::Decision;
use interlock_core::json::address;
use interlock_core::map::Map;
use interlock_core::plan::Plan;
use interlock_core::record::{Crm, Event, EventKind, Object, RecordRef, State, Table};
use interlock_core::time::Timestamp;
use serde_json::{Value, json};

/// A contract that decides everything it must, and little else.
fn base() -> Value {
    json!({
        "interlock": 1, "id": "test", "version": "1.0.0",
        "settings": {"default_country": "US", "currency": "USD"},
        "agents": [{"id": "alim", "motion": "inbound", "capabilities": ["update_field", "create_task"]}],
        "sources": [
            {"id": "form", "kind": "form", "trust": "high", "names": ["Web Form"]},
            {"id": "enrich", "kind": "enrichment", "trust": "medium"},
            {"id": "rumour", "kind": "other", "trust": "low"},
        ],
        "workflows": [{
            "id": "inbound", "version": "1.0.0", "agent": "alim", "mode": "automatic",
            "actions": ["update_field", "link", "assign", "create_task", "change_stage"],
            "trigger": {"on": ["lead_captured"]},
            "eligible": {"all": []}, "exclusions": [],
            "success_metric": {"metric": "suggestion_acceptance", "target": "80 %"},
        }],
        "fields": [{"field": "lead.industry", "ai": "auto", "risk": "low", "auto_at": 900, "block_below": 400,
                    "overwrite": "if_empty", "otherwise": "review"}],
        "scores": [],
        "suppression": safeguards(),
        "routing": {
            "rules": [{"id": "all", "when": {"all": []}, "to": {"pool": "team"}}],
            "pools": [{"id": "team", "members": [{"owner": "ann@example.com"}, {"owner": "bob@example.com"}]}],
            "queues": [{"id": "desk"}],
            "fallback": {"queue": "desk"}, "escalation": "desk",
        },
        "review": [{"id": "never", "trigger": "custom", "when": {"any": [{"not": {"all": []}}]},
                    "reviewer": {"role": "revops"}}],
        "handoff": {"parts": ["source", "company", "missing", "conflicts"]},
        "audit": {"keep": ["source", "old_value", "new_value", "version"]},
        "rollback": {"restore": "previous_value", "window": "P30D", "notify": [{"role": "revops"}]},
    })
}

/// What a workflow must have around it before it may be automatic; holds for no event of these tests.
fn safeguards() -> Value {
    let safeguard = |kind: &str| {
        json!({"id": format!("safe-{}", kind.replace('_', "-")), "kind": kind, "when": {"fact": "event.at", "before": "2000-01-01"},
               "blocks": ["send_message", "enrol"]})
    };
    let kinds = ["opt_out", "customer", "open_opportunity", "duplicate_pending", "strategic_account"];
    kinds.into_iter().map(safeguard).collect()
}

/// The base contract with some addresses set to other values; suppressions come beside the safeguards.
fn contract(edits: &[(&str, Value)]) -> Value {
    let mut value = base();
    for (at, new) in edits {
        if let ("/suppression", Some(more)) = (*at, new.as_array()) {
            value["suppression"].as_array_mut().unwrap().extend(more.iter().cloned());
            continue;
        }
        address::set(&mut value, at, new.clone()).unwrap_or_else(|error| panic!("{at}: {error}"));
    }
    value
}

#[track_caller]
fn plan(contract: &Value) -> Plan {
    let checked = check::check(contract);
    let errors: Vec<_> = checked.findings.iter().filter(|f| f.severity == check::Severity::Error).collect();
    checked.plan.unwrap_or_else(|| panic!("{errors:#?}"))
}

fn as_of() -> Timestamp {
    Timestamp::parse("2026-11-23T09:00:00Z").unwrap()
}

fn event(id: &str, fields: &[(&str, &str)]) -> Event {
    let fields = fields.iter().map(|(name, text)| ((*name).into(), (*text).to_owned())).collect();
    Event {
        id: id.into(),
        kind: EventKind::LeadCaptured,
        at: as_of(),
        record: RecordRef { object: Object::Lead, id: id.into() },
        source: Some("form".to_owned()),
        motion: None,
        principal: None,
        fields,
        present: Map::new(),
        proposals: Vec::new(),
        actions: Vec::new(),
    }
}

fn proposal(field: &str, value: &str, source: &str, confidence: u16) -> Value {
    json!({"field": field, "value": value, "source": source, "confidence": confidence})
}

fn propose(mut event: Event, proposals: &[Value]) -> Event {
    event.proposals = proposals.iter().map(|one| serde_json::from_value(one.clone()).unwrap()).collect();
    event
}

fn table(text: &str, object: Object) -> Table {
    let options = crm::Options { object: Some(object), ..crm::Options::default() };
    crm::read("test.csv", text.as_bytes(), &options).unwrap()
}

fn snapshot(tables: &[(&str, Object)], plan: &Plan) -> Crm {
    let tables: Vec<Table> = tables.iter().map(|(text, object)| table(text, *object)).collect();
    Crm::build(&tables, plan)
}

fn decided(contract: &Value, tables: &[(&str, Object)], event: &Event) -> Decision {
    let plan = plan(contract);
    let crm = snapshot(tables, &plan);
    decide(&plan, event, &crm, State::default(), as_of(), 7).0
}

/// The verdict on a field, and the codes of its reasons.
fn verdict_on(decision: &Decision, field: &str) -> (String, Vec<&'static str>) {
    let judged = decision.judged.iter().find(|judged| judged.field.as_ref().is_some_and(|f| f.as_str() == field));
    let judged = judged.unwrap_or_else(|| panic!("nothing was asked of {field}"));
    (judged.verdict.to_string(), judged.reasons.iter().map(|reason| reason.code).collect())
}
