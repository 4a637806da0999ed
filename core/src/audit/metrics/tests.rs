//! Logs small enough to be worked out by hand.
#![allow(clippy::unwrap_used, clippy::panic)]

use serde_json::{Value, json};

use super::report::Weekly;
use super::*;
use crate::audit::{Entry, Hash};
use crate::check::check;
use crate::contract::Contract;

/// An entry of the starting contract's first workflow, with what is said of it.
fn entry(at: &str, said: &Value) -> Entry {
    let mut all = json!({
        "kind": "suggestion", "object": "lead", "record": "1", "workflow": "inbound-lead-qualification",
        "workflow_version": "1.0.0", "event": "e1", "trigger": "form_submitted", "action": "update_field",
        "old": null, "new": "SaaS", "at": at, "actor": "ai", "verdict": "suggest", "reasons": [],
        "human_verified": false, "contract": "sha256:0", "engine": "interlock 0.1.0",
    });
    for (key, value) in said.as_object().unwrap() {
        all[key] = value.clone();
    }
    serde_json::from_value(all).unwrap()
}

fn answer(to: &Entry, says: &str) -> Value {
    json!({"to": to.digest().unwrap(), "says": says, "by": "ann@example.com"})
}

fn starting() -> Value {
    serde_json::from_str(include_str!("../../../../contracts/starting.json")).unwrap()
}

fn contract(value: &Value) -> Contract {
    (*check(value).contract.unwrap()).clone()
}

fn measured(log: &[Entry], contract: Option<&Contract>) -> Metrics {
    let mut tally = Tally::new(None, None);
    log.iter().for_each(|entry| tally.add(entry));
    tally.finish(Given { contract, ..Given::default() })
}

fn share(metrics: &Metrics, metric: Indicator) -> (u64, u64) {
    let figure = metrics.overall.iter().find(|figure| figure.metric == metric).unwrap();
    (figure.share.hits, figure.share.of)
}

fn counted(metrics: &Metrics, what: Counted) -> u64 {
    metrics.counts.iter().find(|one| one.what == what).unwrap().count
}

#[test]
fn an_assignment_is_corrected_within_fourteen_days_and_before_the_next() {
    let assign = |record: &str, at: &str, to: &str| {
        entry(
            at,
            &json!({"kind": "change", "verdict": "auto", "action": "assign", "record": record, "new": to, "rules": ["emea"]}),
        )
    };
    let wrote = |record: &str, at: &str, to: &str| {
        let said = json!({"kind": "observed", "verdict": null, "actor": "human", "field": "lead.owner", "record": record, "new": to});
        entry(at, &said)
    };
    let wrong = assign("6", "2026-06-01", "ann");
    let log = [
        assign("1", "2026-06-01", "ann"),
        wrote("1", "2026-06-15", "bob"), // the last second of the fourteenth day
        assign("2", "2026-06-01", "ann"),
        wrote("2", "2026-06-15T00:00:01Z", "bob"), // too late
        assign("3", "2026-06-01", "ann"),
        wrote("3", "2026-06-02", " ann "), // the same owner
        assign("4", "2026-06-01", "ann"),
        assign("4", "2026-06-03", "bob"),
        wrote("4", "2026-06-04", "ann"), // it was no longer the first that stood there
        assign("5", "2026-06-01", "ann"),
        entry(
            "2026-06-05",
            &json!({"kind": "rollback", "verdict": null, "actor": "human", "action": "assign", "record": "5", "new": ""}),
        ),
        wrong.clone(),
        entry(
            "2026-06-03",
            &json!({"kind": "correction", "actor": "human", "action": "assign", "record": "6", "new": "eve",
                                    "answer": answer(&wrong, "wrong_route")}),
        ),
        assign("7", "2026-06-10", "ann"),
    ];
    let found = measured(&log, Some(&contract(&starting())));
    // Records 1, 5 and 6, and the second of record 4, of eight.
    assert_eq!(share(&found, Indicator::RoutingCorrection), (4, 8));
    // The log ends on the fifteenth: what was made on the third and on the tenth may yet be corrected.
    assert_eq!(counted(&found, Counted::AssignmentsOpen), 2);
    assert_eq!((counted(&found, Counted::WrongRoutes), counted(&found, Counted::RollbackOrders)), (1, 0));
    assert_eq!(share(&found, Indicator::AutomaticCorrection), (4, 8));
    assert_eq!(share(&found, Indicator::DefaultOwner), (0, 8));
    assert_eq!(share(&found, Indicator::Rollbacks), (1, 8));
}

#[test]
fn the_later_answer_counts_and_reviews_are_apart() {
    let asked: Vec<Entry> = (0..4)
        .map(|place| entry("2026-06-01", &json!({"field": "lead.industry", "event": format!("e{place}")})))
        .collect();
    let said = |place: usize, at: &str, says: &str, verdict: &str| {
        let kind = if says == "accepted" { "change" } else { "correction" };
        entry(
            at,
            &json!({"kind": kind, "field": "lead.industry", "verdict": verdict, "actor": "human_approved_ai",
                          "answer": answer(&asked[place], says)}),
        )
    };
    let mut log = asked.clone();
    log.extend([
        said(0, "2026-06-02", "accepted", "suggest"),
        said(1, "2026-06-02", "accepted", "suggest"),
        said(1, "2026-06-03", "rejected", "suggest"),
        said(2, "2026-06-03", "edited", "suggest"),
        said(3, "2026-06-03", "accepted", "review"),
    ]);
    let found = measured(&log, None);
    assert_eq!(share(&found, Indicator::SuggestionAcceptance), (1, 3));
    assert_eq!(share(&found, Indicator::SuggestionEdited), (1, 3));
    assert_eq!(share(&found, Indicator::ReviewAcceptance), (1, 1));
    assert_eq!(counted(&found, Counted::Rejected), 1);
}

/// A contract with one workflow in suggestion mode, one field, and so many suggestions of which the first were accepted.
fn advised(edit: impl Fn(&mut Value), accepted: usize, of: usize, said: &Value) -> Vec<Advice> {
    let mut value = starting();
    edit(&mut value);
    let mut log = Vec::new();
    for place in 0..of {
        let at = format!("2026-06-{:02}T10:00:00Z", 1 + place * 28 / of);
        let says = if place < accepted { "accepted" } else { "rejected" };
        let to = Hash::of(place.to_string().as_bytes());
        let mut entry = json!({"kind": "change", "field": "lead.industry", "confidence": 800, "codes": ["suggestion-mode"],
                               "answer": {"to": to, "says": says, "by": "ann"}});
        said.as_object().unwrap().iter().for_each(|(key, value)| entry[key] = value.clone());
        log.push(self::entry(&at, &entry));
    }
    measured(&log, Some(&contract(&value))).advice
}

fn of_field(advice: &[Advice], field: &str) -> (Course, String, Vec<String>) {
    let one = advice.iter().find(|one| one.id == field).unwrap();
    let edits = one.edits.iter().map(|edit| format!("{} {}", edit.address, edit.after)).collect();
    (one.course, one.reason.clone(), edits)
}

#[test]
fn what_people_accept_is_to_be_automatic_from_a_lower_confidence() {
    let advice = advised(|_| {}, 60, 60, &json!({}));
    let (course, reason, edits) = of_field(&advice, "lead.industry");
    assert_eq!((course, edits), (Course::Automate, vec!["/fields/lead.industry/auto_at 800".to_owned()]));
    assert_eq!(reason, "from 80 % on 60 of 60 were accepted unchanged; it is automatic from 90 %");
    let (course, _, edits) = of_field(&advice, "inbound-lead-qualification");
    assert_eq!(
        (course, edits),
        (Course::Automate, vec!["/workflows/inbound-lead-qualification/mode \"automatic\"".to_owned()])
    );
}

#[test]
fn too_little_too_few_and_getting_worse_are_kept() {
    let (course, reason, edits) = of_field(&advised(|_| {}, 40, 40, &json!({})), "inbound-lead-qualification");
    assert_eq!((course, edits.len()), (Course::Keep, 0));
    assert_eq!(reason, "40 answers in 90 days, 50 are needed");
    // 57 of 60: at least 86.3 %.
    let (course, reason, _) = of_field(&advised(|_| {}, 57, 60, &json!({})), "inbound-lead-qualification");
    assert_eq!(course, Course::Keep);
    assert_eq!(reason, "57 of 60 accepted unchanged: at least 86.3 % with 95 in 100, 90 % are asked");
    let worse = advised(|_| {}, 376, 400, &json!({}));
    let (course, reason, _) = of_field(&worse, "inbound-lead-qualification");
    assert_eq!(course, Course::Keep);
    assert!(reason.starts_with("it gets worse: 200 of 200 accepted in the earlier half, 176 of 200"), "{reason}");
    // What the contract asks can be less.
    let easy = |value: &mut Value| value["promotion"] = json!({"min_resolved": 20, "at_least": 800});
    assert_eq!(of_field(&advised(easy, 40, 40, &json!({})), "inbound-lead-qualification").0, Course::Automate);
}

#[test]
fn protected_risky_and_unready_stay_as_they_are() {
    for (field, why) in [
        ("lead.timeline", "its risk is medium"),
        ("lead.email", "its risk is high"),
        ("account.owner", "it is protected"),
    ] {
        let (course, reason, edits) = of_field(&advised(|_| {}, 200, 200, &json!({"field": field})), field);
        assert_eq!((course, edits.len()), (Course::Keep, 0), "{field}");
        assert!(reason.starts_with(why), "{reason}");
    }
    // Without an opt-out, or without a rollback, nothing is automated.
    for (without, says) in [("suppression", "opted out"), ("rollback", "rollback")] {
        let edit = |value: &mut Value| drop(value.as_object_mut().unwrap().remove(without));
        let (course, reason, edits) = of_field(&advised(edit, 200, 200, &json!({})), "inbound-lead-qualification");
        assert_eq!((course, edits.len()), (Course::Keep, 0));
        assert!(reason.contains("`check` refuses it") && reason.contains(says), "{without}: {reason}");
    }
}

#[test]
fn what_people_take_back_is_to_be_suggested_again() {
    let mut value = starting();
    let workflows = value["workflows"].as_array_mut().unwrap();
    workflows[0]["mode"] = json!("automatic");
    let mut log = Vec::new();
    for place in 0..100 {
        let record = place.to_string();
        log.push(entry(
            "2026-06-01",
            &json!({"kind": "change", "verdict": "auto", "field": "lead.industry", "record": record}),
        ));
        if place < 20 {
            log.push(entry(
                "2026-06-02",
                &json!({"kind": "rollback", "verdict": null, "actor": "human", "record": record,
                                                 "field": "lead.industry", "new": "Retail"}),
            ));
        }
    }
    let advice = measured(&log, Some(&contract(&value))).advice;
    let (course, reason, edits) = of_field(&advice, "lead.industry");
    assert_eq!((course, edits), (Course::TakeBack, vec!["/fields/lead.industry/ai \"suggest\"".to_owned()]));
    assert_eq!(reason, "people corrected or took back 20 of 100: at least 13.3 % with 95 in 100, 5 % are borne");
    let (course, _, edits) = of_field(&advice, "inbound-lead-qualification");
    assert_eq!(
        (course, edits),
        (Course::TakeBack, vec!["/workflows/inbound-lead-qualification/mode \"suggest\"".to_owned()])
    );
}

/// The starting contract with its first workflow in a mode and the rule `emea` as it is edited, and what is advised of that.
fn of_emea(mode: &str, edit: &Value, log: &[Entry]) -> (Course, &'static str, String, Vec<Edit>) {
    let mut value = starting();
    value["workflows"][0]["mode"] = json!(mode);
    let rules = value["routing"]["rules"].as_array_mut().unwrap();
    let rule = rules.iter_mut().find(|rule| rule["id"] == "emea").unwrap();
    edit.as_object().unwrap().iter().for_each(|(key, value)| rule[key] = value.clone());
    let advice = measured(log, Some(&contract(&value))).advice;
    let one = advice.into_iter().find(|one| one.id == "emea").unwrap();
    (one.course, one.words(), one.reason.clone(), one.edits)
}

/// A hundred assignments by `emea`, of which the first twenty were taken back.
fn corrected(said: &Value) -> Vec<Entry> {
    let mut log = Vec::new();
    for place in 0..100 {
        let record = place.to_string();
        let mut assign =
            json!({"kind": "change", "verdict": "auto", "action": "assign", "new": "ann", "rules": ["emea"]});
        said.as_object().unwrap().iter().for_each(|(key, value)| assign[key] = value.clone());
        assign["record"] = json!(record);
        if let Some(answer) = assign.get_mut("answer") {
            answer["to"] = json!(Hash::of(record.as_bytes()));
        }
        log.push(entry("2026-06-01", &assign));
        if place < 20 {
            let back =
                json!({"kind": "rollback", "verdict": null, "actor": "human", "action": "assign", "record": record});
            log.push(entry("2026-06-02", &back));
        }
    }
    log
}

#[test]
fn a_rule_whose_assignments_people_change_is_to_suggest() {
    let log = corrected(&json!({}));
    let why = "people corrected or took back 20 of 100: at least 13.3 % with 95 in 100, 5 % are borne; look at what it matches";
    let edit = |before: &str, after: &str| {
        let address = "/routing/rules/emea/mode".to_owned();
        vec![Edit { address, before: Some(json!(before)), after: json!(after) }]
    };
    let back = (Course::TakeBack, "take back", why.to_owned(), edit("automatic", "suggest"));
    assert_eq!(of_emea("automatic", &json!({}), &log), back);
    // Where no workflow assigns by itself, or a person decides in any mode, the switch would do nothing.
    let look = (Course::TakeBack, "look again", why.to_owned(), Vec::new());
    assert_eq!(of_emea("suggest", &json!({}), &log), look);
    assert_eq!(of_emea("automatic", &json!({"to": "escalate"}), &log), look);
    // Nothing of that speaks of what it suggests since; what people approved, and then took back, does.
    let since = [&*log, &[offered(0, "accepted", &["rule-suggests"])]].concat();
    let (course, _, reason, edits) = of_emea("automatic", &json!({"mode": "suggest"}), &since);
    assert_eq!((course, reason, edits.len()), (Course::Keep, "1 answer in 90 days, 50 are needed".to_owned(), 0));
    let approved = corrected(&json!({"verdict": "suggest", "codes": ["rule-suggests"], "actor": "human_approved_ai",
                                     "answer": {"to": "", "says": "accepted", "by": "ann"}}));
    assert_eq!(of_emea("automatic", &json!({"mode": "suggest"}), &approved), look);
}

/// An answered suggestion of an assignment by `emea`.
fn offered(place: usize, says: &str, codes: &[&str]) -> Entry {
    let at = format!("2026-06-{:02}T10:00:00Z", 1 + place * 28 / 60);
    let to = Hash::of(place.to_string().as_bytes());
    entry(
        &at,
        &json!({"kind": "change", "action": "assign", "record": format!("offered-{place}"), "new": "ann", "rules": ["emea"],
                "codes": codes, "actor": "human_approved_ai", "answer": {"to": to, "says": says, "by": "ann"}}),
    )
}

#[test]
fn a_rule_whose_suggestions_people_take_is_to_assign() {
    let suggests = json!({"mode": "suggest"});
    let log = |many: usize, codes: &[&str]| -> Vec<Entry> {
        (0..many).map(|place| offered(place, "accepted", codes)).collect()
    };
    let all = log(60, &["rule-suggests"]);
    let why = "60 of 60 accepted unchanged, at least 94.0 % with 95 in 100, and not getting worse";
    let address = "/routing/rules/emea/mode".to_owned();
    let edit = vec![Edit { address, before: Some(json!("suggest")), after: json!("automatic") }];
    assert_eq!(of_emea("automatic", &suggests, &all), (Course::Automate, "supports automation", why.to_owned(), edit));
    let kept = |mode: &str, log: &[Entry]| {
        let (course, words, reason, edits) = of_emea(mode, &suggests, log);
        assert_eq!((course, words, edits.len()), (Course::Keep, "keep", 0));
        reason
    };
    assert_eq!(kept("suggest", &all), format!("{why}, but no workflow that assigns is automatic"));
    assert_eq!(kept("automatic", &log(40, &["rule-suggests"])), "40 answers in 90 days, 50 are needed");
    // What its workflow's mode alone held back is not the rule's.
    assert_eq!(kept("automatic", &log(60, &["suggestion-mode"])), "0 answers in 90 days, 50 are needed");
    // Nor is what the rule held back the workflow's.
    let both = log(60, &["suggestion-mode", "rule-suggests"]);
    let advice = measured(&both, Some(&contract(&starting()))).advice;
    assert!(advice.iter().all(|one| one.about != About::Workflow), "{advice:#?}");
    let worse: Vec<Entry> = (0..60)
        .map(|place| offered(place, if place < 50 { "accepted" } else { "rejected" }, &["rule-suggests"]))
        .collect();
    assert!(kept("automatic", &worse).starts_with("50 of 60 accepted unchanged"), "{}", kept("automatic", &worse));
}

#[test]
fn a_review_escapes_what_comes_from_data() {
    let evil = "<img src=x onerror=alert(1)> | `x` & \"y\"";
    let asked = entry("2026-06-02", &json!({"field": "lead.industry", "new": evil, "rules": [evil]}));
    let mut said = answer(&asked, "edited");
    said["note"] = json!(evil);
    said["by"] = json!(evil);
    let answered = entry(
        "2026-06-03",
        &json!({"kind": "correction", "field": "lead.industry", "old": evil, "new": evil,
                                               "rules": [evil], "actor": "human_approved_ai", "answer": said}),
    );
    let mut weekly = Weekly::new(Week::parse("2026-W23").unwrap());
    for entry in [&asked, &answered] {
        weekly.add(entry);
    }
    let review = weekly.finish(evil, Given::default());
    let (html, markdown) = (review.html(), review.markdown());
    assert!(html.contains("&lt;img src=x onerror=alert(1)&gt; | `x` &amp; &quot;y&quot;"));
    assert!(
        !html.contains("<img") && !html.contains("<script") && !html.contains("http://") && !html.contains("https://")
    );
    assert!(markdown.contains("\\<img src=x onerror=alert(1)\\> \\| \\`x\\` \\& \"y\""));
    assert!(html.contains("<h2>What was corrected</h2>") && markdown.contains("## What was corrected"));
    let text = serde_json::to_string(&review).unwrap();
    assert_eq!(serde_json::from_str::<report::Review>(&text).unwrap(), review);
}
