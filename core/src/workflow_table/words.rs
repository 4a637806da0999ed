//! What a contract's words mean to those who do not write it.
//!
//! Input: JSON, whole or half-written. Output: plain words. Invariant: what is not known is shown as it is written.

use serde_json::Value;

use super::Said;
use crate::json::{address, fitting};
use crate::scale::Confidence;
use crate::text;

/// Values that are listed before the rest is counted.
const FEW: usize = 4;

pub(super) fn said(id: &str, text: String, parent: &str, own: bool) -> Said {
    Said { id: id.to_owned(), text, address: address::join(parent, id), own }
}

/// The texts of a list; one text counts as a list of one.
pub(super) fn texts(value: Option<&Value>) -> impl Iterator<Item = &str> {
    let list = value.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    value.and_then(Value::as_str).into_iter().chain(list.iter().filter_map(Value::as_str))
}

/// `own-people` as `own people`.
pub(super) fn id_words(id: &str) -> String {
    id.replace(['-', '_'], " ")
}

/// `lead.product_interest` as `product interest`, `lead.sla_status` as `SLA status`; fields of other records keep their
/// record.
pub(super) fn field(name: &str) -> String {
    spelt(name.strip_prefix("lead.").unwrap_or(name), &['_', '.'])
}

/// A key's words, short ones of the trade in capitals.
fn spelt(key: &str, between: &[char]) -> String {
    let words = key.split(between).map(|word| match word {
        "sdr" | "bdr" | "ae" | "csm" | "crm" | "vp" | "sla" | "mql" | "sql" => word.to_ascii_uppercase(),
        word => word.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// A confidence as a percentage.
pub(super) fn mille(value: &Value) -> Option<String> {
    let mille = fitting::<Confidence>(value)?.get();
    Some(match mille % 10 {
        0 => format!("{} %", mille / 10),
        tenth => format!("{}.{tenth} %", mille / 10),
    })
}

/// What happened; `days` is how long nothing has, where the trigger says so.
pub(super) fn event(word: &str, days: Option<u64>) -> String {
    match (word, days) {
        ("no_reply", Some(days)) => return format!("nobody answers for {}", text::count(days, "day", "days")),
        ("dormant", Some(days)) => return format!("nothing happens for {}", text::count(days, "day", "days")),
        _ => {}
    }
    match word {
        "lead_captured" => "a lead comes in",
        "form_submitted" => "a form is sent",
        "chat_message" => "a chat message comes",
        "email_reply" => "the buyer answers by e-mail",
        "social_activity" => "the buyer is active on a social network",
        "prospect_sourced" => "a prospect is sourced",
        "enrichment_received" => "a provider delivers values",
        "calendar_event" => "a meeting is booked, moved or held",
        "call_noted" => "a call is noted",
        "product_signal" => "the product is used",
        "record_updated" => "somebody else changes the record",
        "scored" => "the lead is scored",
        "stage_indicated" => "activity indicates another stage",
        "similar_found" => "a similar record is found",
        "no_reply" => "nobody answers for a while",
        "dormant" => "nothing happens for a while",
        other => return id_words(other),
    }
    .to_owned()
}

/// What the AI does.
pub(super) fn action(word: &str) -> String {
    match word {
        "update_field" => "fill in fields",
        "create" => "create records",
        "link" => "link to person and account",
        "merge" => "merge records",
        "assign" => "assign an owner",
        "change_stage" => "move the stage",
        "create_task" => "create a task",
        "add_to_campaign" => "add to a campaign",
        "enrol" => "enrol in a sequence",
        "draft_message" => "draft a message",
        "send_message" => "send a message",
        "ask_question" => "ask the buyer a question",
        "book_meeting" => "book a meeting",
        "research_note" => "write a research note",
        other => return id_words(other),
    }
    .to_owned()
}

/// What an action leaves in the CRM besides fields; none for those that leave nothing else.
pub(super) fn written(word: &str) -> Option<&'static str> {
    Some(match word {
        "create" => "new record",
        "link" => "link to contact or account",
        "merge" => "one record of two",
        "assign" => "owner",
        "change_stage" => "stage",
        "create_task" => "task",
        "add_to_campaign" => "campaign member",
        "enrol" => "sequence enrolment",
        "draft_message" => "draft",
        "send_message" => "sent message",
        "book_meeting" => "meeting",
        "research_note" => "note",
        _ => return None,
    })
}

/// Who acts.
pub(super) fn agent<'v>(id: &str, mut agents: impl Iterator<Item = &'v Value>) -> String {
    if id.is_empty() {
        return "No agent, the engine's own steps".to_owned();
    }
    let found = agents.find(|agent| agent.get("id").and_then(Value::as_str) == Some(id));
    let of = |key: &str| found.and_then(|agent| agent.get(key)).and_then(Value::as_str);
    match (short(of("name").unwrap_or(id)), of("motion")) {
        (name, Some(motion)) => format!("{name}, {motion}"),
        (name, None) => name.to_owned(),
    }
}

/// What people call an agent of the contract, without what its name says of its work.
#[must_use]
pub fn agent_name(contract: &Value, id: &str) -> String {
    let agents = contract.get("agents").and_then(Value::as_array);
    let found = agents.into_iter().flatten().find(|agent| agent.get("id").and_then(Value::as_str) == Some(id));
    short(found.and_then(|agent| agent.get("name")?.as_str()).unwrap_or(id)).to_owned()
}

/// `Alim, inbound: responds and routes` as `Alim`.
fn short(name: &str) -> &str {
    match name.split([',', ':', '(']).next().map(str::trim) {
        Some(short) if !short.is_empty() => short,
        _ => name,
    }
}

/// What a lifecycle stage is called: the first of its names in the CRM.
#[must_use]
pub fn stage(contract: &Value, id: &str) -> String {
    let stages = contract.get("lifecycle").and_then(|lifecycle| lifecycle.get("stages")).and_then(Value::as_array);
    let found = stages.into_iter().flatten().find(|stage| stage.get("id").and_then(Value::as_str) == Some(id));
    match found.and_then(|stage| texts(stage.get("names")).next()) {
        Some(name) => name.to_owned(),
        None => spelt(id, &['_', '-']),
    }
}

/// Who looks: `sales manager`, `queue revops-review`, `the account's owner`.
#[must_use]
pub fn reviewer(reviewer: &Value) -> String {
    let of = |key: &str| reviewer.get(key).and_then(Value::as_str);
    match (reviewer.as_str(), of("role"), of("queue"), of("owner")) {
        (Some("account_owner"), ..) => "the account's owner".to_owned(),
        (_, Some(role), ..) => spelt(role, &['_', '-']),
        (_, _, Some(queue), _) => format!("queue {queue}"),
        (_, _, _, Some(owner)) => owner.to_owned(),
        (Some(other), ..) => id_words(other),
        _ => "nobody named".to_owned(),
    }
}

/// Which records it may touch.
pub(super) fn eligible(when: Option<&Value>) -> String {
    when.map_or_else(|| "every record".to_owned(), condition)
}

/// What should improve: `suggestion acceptance, at least 85 %`.
pub(super) fn metric(metric: &Value) -> String {
    let name = metric.get("metric").and_then(Value::as_str).unwrap_or_default();
    let bound = match name {
        "duplicate_rate" | "routing_correction" | "rollback_count" => "at most",
        "suppression_block_rate" => "about",
        _ => "at least",
    };
    match metric.get("target").and_then(mille) {
        Some(target) => format!("{}, {bound} {target}", id_words(name)),
        None => id_words(name),
    }
}

/// A condition in plain words: `employees is at least 200 and country is DE or AT`.
#[must_use]
pub fn condition(when: &Value) -> String {
    part(when, false)
}

fn part(when: &Value, inside: bool) -> String {
    for (key, joined, none) in [("all", " and ", "always"), ("any", " or ", "never")] {
        if let Some(parts) = when.get(key).and_then(Value::as_array) {
            let several = parts.len() > 1;
            let said: Vec<String> = parts.iter().map(|each| part(each, several)).collect();
            return match said.len() {
                0 => none.to_owned(),
                2.. if inside => format!("({})", said.join(joined)),
                _ => said.join(joined),
            };
        }
    }
    if let Some(other) = when.get("not") {
        return format!("not ({})", part(other, false));
    }
    match (when.get("fact").and_then(Value::as_str), when.as_object()) {
        (Some(name), Some(members)) => {
            let tests: Vec<String> =
                members.iter().filter(|(key, _)| *key != "fact").map(|(key, value)| test(name, key, value)).collect();
            if tests.is_empty() { fact(name) } else { tests.join(" and ") }
        }
        _ => "a condition that is not written yet".to_owned(),
    }
}

fn test(name: &str, key: &str, value: &Value) -> String {
    let name = fact(name);
    match (key, value) {
        ("is", Value::Bool(true)) => name,
        ("is", Value::Bool(false)) => format!("not {name}"),
        ("exists", Value::Bool(false)) => format!("{name} is blank"),
        ("exists", _) => format!("{name} has a value"),
        ("is" | "in", value) => format!("{name} is {}", values(value)),
        ("domain_is", value) => format!("{name} is at {}", values(value)),
        ("within_days", value) => format!("{name} is within {} days", values(value)),
        ("in_list", value) => format!("{name} is in the list {}", values(value)),
        ("at_least" | "at_most" | "above" | "below" | "before" | "after", value) => {
            format!("{name} is {} {}", id_words(key), values(value))
        }
        (key, value) => format!("{name} {} {}", id_words(key), values(value)),
    }
}

/// `lead.free_mail` as `free mail`, `list.named-accounts` as `in list named accounts`, `score.fit.band` as `fit band`.
fn fact(name: &str) -> String {
    let words = |name: &str| name.replace(['_', '.', '-'], " ");
    match name.split_once('.') {
        Some(("lead", rest)) => words(rest),
        Some(("match", rest @ ("person" | "account"))) => format!("{rest} match"),
        Some(("list", rest)) => format!("in list {}", words(rest)),
        Some(("term", rest)) => match rest.strip_suffix(".negated") {
            Some(rest) => format!("denies {}", words(rest)),
            None => format!("says {}", words(rest)),
        },
        Some(("territory", rest)) => format!("in territory {}", words(rest)),
        Some(("score", rest)) => words(rest.strip_suffix(".points").unwrap_or(rest)),
        Some(("event", "motion")) => "motion".to_owned(),
        _ => words(name),
    }
}

/// `DE, AT or CH`; a long list is cut.
fn values(value: &Value) -> String {
    let is_key = |text: &str| text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let one = |value: &Value| match value {
        Value::String(text) if is_key(text) => text.replace('_', " "),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match value.as_array() {
        None => one(value),
        Some(items) if items.len() > FEW + 1 => {
            let first: Vec<String> = items.iter().take(FEW).map(one).collect();
            format!("{} or {} more", first.join(", "), items.len() - FEW)
        }
        Some(items) => either(&items.iter().map(one).collect::<Vec<_>>()),
    }
}

/// `a, b or c`.
pub(super) fn either(all: &[String]) -> String {
    match all.split_last() {
        Some((last, first)) if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        _ => text::list(all, "nothing"),
    }
}
