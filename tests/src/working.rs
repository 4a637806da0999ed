//! A log as work leaves it: what was judged, what people answered, corrected and took back, tasks, ratings, breaches. The same for
//! the same seed.

use std::borrow::Cow;

use interlock_core::audit::{Actor, Answer, ENGINE, Entry, EntryKind, Says};
use interlock_core::contract::{ActionKind, EventKind, Verdict};
use interlock_core::id::{AgentId, EventId, FieldName, OwnerId, RecordId, RuleId, SourceId, WorkflowId};
use interlock_core::json::CanonicalError;
use interlock_core::record::Object;
use interlock_core::scale::Confidence;
use interlock_core::time::Timestamp;
use serde_json::{Value, json};

use crate::random::Random;

/// 2026-05-25, a Monday, 00:00 UTC.
const BEGIN: i64 = 1_779_667_200;
const OWNERS: [&str; 6] = ["005A", "005B", "005C", "005D", "005E", "unassigned"];
const FIELDS: [&str; 6] =
    ["lead.industry", "lead.employees", "lead.timeline", "lead.summary", "account.domain", "lead.owner_note"];
const PEOPLE: [&str; 3] = ["ann@example.com", "ben@example.com", "Eve \"<b>\" O'Neil"];
const NOTES: [&str; 5] = ["", "", "", "wrong company", "<script>alert(1)</script> | too early"];

/// The contract that such a log is judged by. It is not whole: enough of it for metrics.
#[must_use]
pub fn contract() -> Value {
    let member = |owner: &str, weight: u32| json!({"owner": owner, "weight": weight});
    let workflow = |id: &str, metric: &str, target: u32| {
        json!({"id": id, "version": "1.0.0", "mode": "suggest", "actions": ["update_field", "assign", "create_task"],
               "success_metric": {"metric": metric, "target": target}})
    };
    let field = |field: &str, ai: &str, risk: &str| json!({"field": field, "ai": ai, "risk": risk, "auto_at": 900});
    json!({
        "interlock": 1, "id": "growth", "version": "1.0.0",
        "workflows": [
            workflow("inbound", "suggestion_acceptance", 600),
            workflow("routing", "routing_correction", 400),
            workflow("follow-up", "task_completion", 300),
        ],
        "fields": [field("lead.industry", "auto", "low"), field("lead.employees", "auto", "low"),
                   field("lead.timeline", "suggest", "medium"), field("lead.summary", "suggest", "low"),
                   field("account.domain", "auto", "low")],
        "suppression": [{"id": "customers", "kind": "customer", "when": {"fact": "account.customer", "is": true},
                         "blocks": ["assign"]}],
        "review": [{"id": "high-value", "trigger": "high_value", "when": {"fact": "lead.employees", "at_least": 1000},
                    "reviewer": {"role": "sales_manager"}}],
        "routing": {
            "rules": [
                {"id": "emea", "when": {"fact": "lead.country", "is": "DE"}, "to": {"pool": "emea"}},
                {"id": "amer", "when": {"fact": "lead.country", "is": "US"}, "to": {"pool": "amer"}},
                {"id": "rest", "tier": "catch_all", "when": {"all": []}, "to": {"owner": "005E"}},
            ],
            "pools": [
                {"id": "emea", "members": [member("005A", 2), member("005B", 1)]},
                {"id": "amer", "members": [member("005C", 1), member("005D", 1), member("005E", 3)]},
            ],
        },
    })
}

/// So many entries, in order of time.
///
/// # Errors
/// When an entry has no canonical form, which those here have.
pub fn entries(many: usize, seed: u64) -> Result<Vec<Entry>, CanonicalError> {
    let mut random = Random::new(seed);
    let random = &mut random;
    let (mut all, mut open, mut done) = (Vec::with_capacity(many), Vec::<Entry>::new(), Vec::<Entry>::new());
    let mut at = BEGIN;
    while all.len() < many {
        at += i64::try_from(random.below(320)).unwrap_or(0);
        let now = Timestamp::from_seconds(at);
        let entry = match random.below(100) {
            0..=44 => {
                let entry = judged(random, now, all.len());
                match entry.verdict {
                    Some(Verdict::Auto) => keep(random, &mut done, &entry),
                    Some(Verdict::Suggest | Verdict::Review) => keep(random, &mut open, &entry),
                    _ => {}
                }
                entry
            }
            45..=74 if !open.is_empty() => {
                let place = random.below(open.len());
                let asked = open[place].clone();
                // Now and then something is answered twice.
                if random.below(30) > 0 {
                    open.swap_remove(place);
                }
                let entry = answered(random, &asked, now)?;
                if entry.kind != EntryKind::Block {
                    keep(random, &mut done, &entry);
                }
                entry
            }
            75..=83 => observed(random, now, all.len()),
            84..=87 if !done.is_empty() => {
                let entry = random.of(&done).clone();
                let (old, new) = (Some(entry.new.clone()), entry.old.clone().unwrap_or_default());
                let mut back = said(random, &entry, Says::RolledBack, now)?;
                (back.kind, back.old, back.new, back.verdict) = (EntryKind::Rollback, old, new, None);
                back.codes.clear();
                back
            }
            88..=99 if !done.is_empty() => {
                let entry = random.of(&done).clone();
                let says = match entry.action {
                    ActionKind::CreateTask => Says::TaskDone,
                    ActionKind::Assign => {
                        *random.of(&[Says::HandoffUseful, Says::HandoffUseful, Says::HandoffUseless, Says::WrongRoute])
                    }
                    _ => *random.of(&[Says::MissingData, Says::FalseDuplicate]),
                };
                said(random, &entry, says, now)?
            }
            _ => continue,
        };
        all.push(entry);
    }
    Ok(all)
}

/// Keeps some of what there was to be referred to.
fn keep(random: &mut Random, list: &mut Vec<Entry>, entry: &Entry) {
    if list.len() < 800 {
        list.push(entry.clone());
    } else {
        let place = random.below(list.len());
        list[place] = entry.clone();
    }
}

fn judged(random: &mut Random, at: Timestamp, place: usize) -> Entry {
    let mut entry = blank(random, at, place);
    let verdict = *random.of(&[
        Verdict::Auto,
        Verdict::Auto,
        Verdict::Suggest,
        Verdict::Suggest,
        Verdict::Suggest,
        Verdict::Suggest,
        Verdict::Review,
        Verdict::Block,
    ]);
    (entry.verdict, entry.kind, entry.actor) = (Some(verdict), kind(verdict), Some(Actor::Ai));
    if random.below(20) == 0 {
        entry.actor = Some(Actor::Human);
    }
    let mut code = |code: &'static str| entry.codes.push(Cow::Borrowed(code));
    if verdict == Verdict::Suggest && random.below(2) == 0 {
        code("suggestion-mode");
    }
    if random.below(9) == 0 {
        code("suppressed");
    }
    match random.below(10) {
        0..=5 => {
            entry.action = ActionKind::UpdateField;
            entry.field = Some(FieldName::from(*random.of(&FIELDS)));
            entry.new = format!("value {}", random.below(6));
            entry.source = Some(SourceId::from(*random.of(&["web-form", "clearview", "call-notes"])));
            // Sources are right more often where they are surer.
            entry.confidence = Confidence::per_mille(u16::try_from(random.below(21)).unwrap_or(0) * 50);
        }
        6..=8 => {
            entry.action = ActionKind::Assign;
            entry.new = (*random.of(&OWNERS)).to_owned();
            entry.owner = Some(OwnerId::from(entry.new.as_str()));
            entry.rules.extend(
                random
                    .of(&[None, Some("emea"), Some("emea"), Some("amer"), Some("rest"), Some("retired")])
                    .map(RuleId::from),
            );
            match random.below(12) {
                0 => entry.codes.push(Cow::Borrowed("unrouted")),
                1 => entry.codes.push(Cow::Borrowed("rules-disagree")),
                2 => entry.to.clone_from(&entry.new),
                3 => entry.trigger = EventKind::SlaBreached,
                _ => {}
            }
        }
        _ => {
            entry.action = ActionKind::CreateTask;
            entry.new = "call them".to_owned();
            entry.due = (random.below(8) > 0).then(|| at.plus(i64::try_from(random.below(2_000_000)).unwrap_or(0)));
        }
    }
    if random.below(6) == 0 {
        entry.rules.push(RuleId::from(*random.of(&["high-value", "customers"])));
    }
    entry
}

const fn kind(verdict: Verdict) -> EntryKind {
    match verdict {
        Verdict::Auto => EntryKind::Change,
        Verdict::Suggest => EntryKind::Suggestion,
        Verdict::Review => EntryKind::Review,
        Verdict::Block => EntryKind::Block,
    }
}

fn answered(random: &mut Random, asked: &Entry, at: Timestamp) -> Result<Entry, CanonicalError> {
    let sure = usize::from(asked.confidence.map_or(700, Confidence::get));
    let says = if random.below(1000) < sure { Says::Accepted } else { *random.of(&[Says::Edited, Says::Rejected]) };
    let mut entry = said(random, asked, says, at)?;
    entry.kind = match says {
        Says::Accepted => EntryKind::Change,
        Says::Edited => EntryKind::Correction,
        _ => EntryKind::Block,
    };
    if says == Says::Edited {
        entry.new =
            if asked.action == ActionKind::Assign { (*random.of(&OWNERS)).to_owned() } else { "other".to_owned() };
    }
    Ok(entry)
}

fn said(random: &mut Random, to: &Entry, says: Says, at: Timestamp) -> Result<Entry, CanonicalError> {
    let (by, note) = (random.of(&PEOPLE), random.of(&NOTES));
    Ok(Entry {
        kind: EntryKind::Observed,
        at,
        actor: Some(if to.actor == Some(Actor::Human) { Actor::Human } else { Actor::HumanApprovedAi }),
        human_verified: true,
        answer: Some(Answer { to: to.digest()?, says, by: (*by).to_owned(), note: (*note).to_owned() }),
        ..to.clone()
    })
}

fn observed(random: &mut Random, at: Timestamp, place: usize) -> Entry {
    let mut entry = blank(random, at, place);
    (entry.kind, entry.workflow, entry.workflow_version, entry.agent) = (EntryKind::Observed, None, None, None);
    entry.actor = (random.below(4) > 0).then_some(Actor::Human);
    let owner = random.below(2) == 0;
    let field = if owner { format!("{}.owner", entry.object) } else { (*random.of(&FIELDS)).to_owned() };
    entry.new = if owner { (*random.of(&OWNERS)).to_owned() } else { format!("value {}", random.below(6)) };
    entry.field = Some(FieldName::from(field));
    entry
}

fn blank(random: &mut Random, at: Timestamp, place: usize) -> Entry {
    let workflow = *random.of(&["inbound", "routing", "follow-up"]);
    Entry {
        kind: EntryKind::Change,
        object: *random.of(&[Object::Lead, Object::Lead, Object::Lead, Object::Account]),
        record: RecordId::from(format!("00Q{:05}", random.below(3000))),
        workflow: Some(WorkflowId::from(workflow)),
        workflow_version: Some((*random.of(&["1.0.0", "1.1.0"])).to_owned()),
        agent: Some(AgentId::from("alim")),
        event: EventId::from(format!("e{place}")),
        trigger: *random.of(&[EventKind::LeadCaptured, EventKind::FormSubmitted]),
        action: ActionKind::UpdateField,
        field: None,
        to: String::new(),
        old: (random.below(2) == 0).then(|| format!("value {}", random.below(6))),
        new: String::new(),
        source: None,
        confidence: None,
        at,
        actor: None,
        verdict: None,
        reasons: Vec::new(),
        codes: Vec::new(),
        rules: Vec::new(),
        owner: (random.below(3) > 0).then(|| OwnerId::from(*random.of(&OWNERS))),
        due: None,
        reviewer: None,
        human_verified: false,
        answer: None,
        contract: "sha256:0".to_owned(),
        engine: Cow::Borrowed(ENGINE),
    }
}
