//! Scores: contributions that sum, limits, bands, missing evidence; the derived event they raise.

use serde_json::{Value, json};

use crate::{contract, decided, event};

fn fit(max: i32) -> Value {
    json!([{"id": "fit", "max": max,
        "rules": [
            {"id": "large", "when": {"fact": "lead.employees", "at_least": 200}, "points": 30, "reason": "200 people or more"},
            {"id": "title", "when": {"fact": "lead.title", "contains": ["vp", "head of"]}, "points": 25},
            {"id": "free-mail", "when": {"fact": "lead.free_mail", "is": true}, "points": -10},
        ],
        "bands": [{"id": "cold", "at_least": 0}, {"id": "hot", "at_least": 50}]}])
}

#[track_caller]
fn check(max: i32, fields: &[(&str, &str)], points: i32, band: &str, missing: &[&str]) {
    let decision = decided(&contract(&[("/scores", fit(max))]), &[], &event("1", fields));
    let scored = &decision.scores[0];
    assert_eq!((scored.points.0, scored.band.as_ref().map_or("", |band| band.as_str())), (points, band), "{scored:#?}");
    let sum: i32 = scored.contributions.iter().map(|part| part.points.0).sum();
    assert_eq!(sum, points, "contributions sum to the score");
    assert_eq!(scored.missing.iter().map(|part| part.rule.as_str()).collect::<Vec<_>>(), missing);
}

#[test]
fn points_sum_and_bands_follow() {
    check(100, &[("lead.employees", "350"), ("lead.title", "VP Sales"), ("lead.email", "a@acme.com")], 55, "hot", &[]);
    check(100, &[("lead.employees", "50"), ("lead.title", "Intern"), ("lead.email", "a@acme.com")], 0, "cold", &[]);
}

#[test]
fn limits_hold_and_are_said() {
    check(
        40,
        &[("lead.employees", "350"), ("lead.title", "Head of IT"), ("lead.email", "a@acme.com")],
        40,
        "cold",
        &[],
    );
    check(100, &[("lead.employees", "5"), ("lead.title", ""), ("lead.email", "a@gmail.com")], 0, "cold", &["title"]);
}

#[test]
fn missing_evidence_is_named() {
    check(100, &[("lead.employees", ""), ("lead.title", "VP"), ("lead.email", "a@acme.com")], 25, "cold", &["large"]);
}

#[test]
fn a_score_can_start_a_workflow() {
    let mut value = contract(&[("/scores", fit(100)), ("/workflows/inbound/actions", json!(["update_field"]))]);
    let hot = json!({
        "id": "hot", "version": "1.0.0", "mode": "automatic", "agent": "alim", "actions": ["assign"],
        "trigger": {"on": ["scored"], "when": {"fact": "score.fit.band", "is": "hot"}},
        "eligible": {"all": []}, "exclusions": [],
        "success_metric": {"metric": "routing_correction", "target": 50},
    });
    value["workflows"].as_array_mut().unwrap().push(hot);
    let place = |employees: &str| {
        let lead = event("1", &[("lead.employees", employees), ("lead.title", "VP"), ("lead.email", "a@acme.com")]);
        decided(&value, &[], &lead).outcome.place.map(|place| place.word())
    };
    assert_eq!(place("500"), Some("owner"));
    assert_eq!(place("50"), None, "no running workflow assigns");
}
