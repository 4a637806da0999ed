//! The gate: thresholds, overwriting, trust, mode, suppression, protection.

use interlock_core::contract::{ActionKind, Verdict};
use interlock_core::record::Object;
use serde_json::json;

use crate::{contract, decided, event, proposal, propose, verdict_on};

#[track_caller]
fn check(
    edits: &[(&str, serde_json::Value)],
    present: Option<&str>,
    source: &str,
    confidence: u16,
    expect: (&str, &[&str]),
) {
    let fields: Vec<(&str, &str)> = present.map(|text| ("lead.industry", text)).into_iter().collect();
    let event = propose(event("1", &fields), &[proposal("lead.industry", "Software", source, confidence)]);
    let decision = decided(&contract(edits), &[], &event);
    let (verdict, codes) = verdict_on(&decision, "lead.industry");
    assert_eq!((verdict.as_str(), codes.as_slice()), expect);
}

#[test]
fn confidence_decides_between_the_thresholds() {
    check(&[], Some(""), "form", 900, ("auto", &[]));
    check(&[], Some(""), "form", 899, ("suggest", &["below-threshold"]));
    check(
        &[("/fields/lead.industry/between", json!("review"))],
        Some(""),
        "form",
        899,
        ("review", &["below-threshold"]),
    );
    check(&[], Some(""), "form", 400, ("suggest", &["below-threshold"]));
    check(&[], Some(""), "form", 399, ("block", &["blocked-below"]));
}

#[test]
fn a_present_value_is_not_overwritten_silently() {
    check(&[], Some("Retail"), "form", 990, ("review", &["would-overwrite"]));
    check(
        &[("/fields/lead.industry/otherwise", json!("block"))],
        Some("Retail"),
        "form",
        990,
        ("block", &["would-overwrite"]),
    );
    check(&[("/fields/lead.industry/overwrite", json!("always"))], Some("Retail"), "form", 990, ("auto", &[]));
    // The data has no such column: whether it is empty is not known.
    check(&[], None, "form", 990, ("review", &["present-unknown"]));
}

#[test]
fn trust_caps_what_a_source_may_do() {
    // Medium trust counts up to 95 %, low trust is suggested at most, an unknown source is looked at.
    check(&[], Some(""), "enrich", 1000, ("auto", &[]));
    check(
        &[("/fields/lead.industry/auto_at", json!(960))],
        Some(""),
        "enrich",
        1000,
        ("suggest", &["below-threshold"]),
    );
    check(&[], Some(""), "rumour", 1000, ("suggest", &["source-trust", "below-threshold"]));
    check(&[], Some(""), "stranger", 1000, ("review", &["source-trust", "below-threshold"]));
}

#[test]
fn risk_and_policy_cap_the_verdict() {
    check(&[("/fields/lead.industry/risk", json!("high"))], Some(""), "form", 990, ("review", &["risk"]));
    check(&[("/fields/lead.industry/ai", json!("never"))], Some(""), "form", 990, ("block", &["never"]));
    let only = ("/fields/lead.industry/updaters", json!(["enrich"]));
    check(&[only], Some(""), "form", 990, ("block", &["not-an-updater"]));
}

#[test]
fn the_mode_caps_last_and_both_verdicts_are_kept() {
    let suggest = contract(&[("/workflows/inbound/mode", json!("suggest"))]);
    let event = propose(event("1", &[("lead.industry", "")]), &[proposal("lead.industry", "Software", "form", 990)]);
    let (capped, free) = (decided(&suggest, &[], &event), decided(&contract(&[]), &[], &event));
    let judged = &capped.judged[0];
    assert_eq!((judged.verdict, judged.uncapped), (Verdict::Suggest, Verdict::Auto));
    assert!(judged.change.is_none());
    assert_eq!(capped.route, free.route, "switching the mode never reroutes");
    assert!(
        free.judged[0].change.as_ref().is_some_and(|change| change.new_value() == "Software" && change.old().is_none())
    );
}

#[test]
fn a_field_without_a_policy_is_blocked() {
    let event = propose(event("1", &[("lead.title", "")]), &[proposal("lead.title", "CEO", "form", 990)]);
    let decision = decided(&contract(&[]), &[], &event);
    assert_eq!(verdict_on(&decision, "lead.title"), ("block".to_owned(), vec!["no-policy"]));
}

#[test]
fn a_value_that_stands_there_already_changes_nothing() {
    let event =
        propose(event("1", &[("lead.industry", "Software")]), &[proposal("lead.industry", "Software", "form", 990)]);
    let decision = decided(&contract(&[]), &[], &event);
    assert!(decision.judged[0].no_op && decision.judged[0].change.is_none());
    assert!(decision.audit.iter().all(|entry| entry.field.is_none()));
}

#[test]
fn of_several_proposals_the_most_confident_is_taken() {
    let both = [proposal("lead.industry", "Retail", "form", 910), proposal("lead.industry", "Software", "form", 950)];
    let decision = decided(&contract(&[]), &[], &propose(event("1", &[("lead.industry", "")]), &both));
    let verdicts: Vec<_> =
        decision.judged.iter().filter(|j| j.field.is_some()).map(|j| (j.new.as_str(), j.verdict)).collect();
    assert_eq!(verdicts, [("Retail", Verdict::Block), ("Software", Verdict::Auto)]);
}

#[test]
fn an_opt_out_is_never_cleared_by_ai() {
    let policy = json!([{"field": "lead.opted_out", "ai": "suggest", "risk": "low", "overwrite": "always"}]);
    let event =
        propose(event("1", &[("lead.opted_out", "true")]), &[proposal("lead.opted_out", "false", "form", 1000)]);
    let decision = decided(&contract(&[("/fields", policy)]), &[], &event);
    let (verdict, codes) = verdict_on(&decision, "lead.opted_out");
    assert_eq!(verdict, "block");
    assert!(codes.contains(&"opt-out-cleared"), "{codes:?}");
}

#[test]
fn suppression_blocks_reviews_and_says_so() {
    let customers = json!([{"id": "customers", "kind": "customer", "when": {"fact": "account.customer", "is": true},
        "blocks": ["assign"], "reviews": ["update_field"]}]);
    let accounts = "Id,Name,Website,Type\n1,Acme,https://acme.com,Customer\n2,Beta,https://beta.com,Prospect\n";
    let contract = contract(&[("/suppression", customers)]);
    let lead = |email: &str| {
        let event = event("1", &[("lead.email", email), ("lead.industry", "")]);
        let event = propose(event, &[proposal("lead.industry", "Software", "form", 990)]);
        decided(&contract, &[(accounts, Object::Account)], &event)
    };
    let customer = lead("ann@acme.com");
    assert!(customer.outcome.suppressed);
    assert_eq!(verdict_on(&customer, "lead.industry").0, "review");
    assert_eq!(customer.route.as_ref().map(|route| route.place.word()), Some("blocked"));
    for email in ["ann@beta.com", "ann@nobody-knows.com"] {
        let other = lead(email);
        assert!(!other.outcome.suppressed, "{email}");
        assert_eq!(verdict_on(&other, "lead.industry").0, "auto", "{email}");
    }
}

#[test]
fn an_unknown_opt_out_restricts_sending_and_enrolment_only() {
    let opt_out = json!([{"id": "opt-out", "kind": "opt_out", "when": {"fact": "lead.opted_out", "is": true},
        "blocks": ["send_message", "enrol", "assign", "update_field"]}]);
    let contract = contract(&[("/suppression", opt_out)]);
    let assigned = |opted_out: &str| {
        let decision = decided(&contract, &[], &event("1", &[("lead.opted_out", opted_out)]));
        decision.judged.iter().find(|judged| judged.action == ActionKind::Assign).map(|judged| judged.verdict)
    };
    assert_eq!(assigned(""), Some(Verdict::Auto));
    assert_eq!(assigned("yes"), Some(Verdict::Block));
}

#[test]
fn an_agent_outside_its_motion_is_blocked() {
    let outbound = json!([{"id": "alim", "motion": "outbound", "capabilities": ["update_field"]}]);
    let event = propose(event("1", &[("lead.industry", "")]), &[proposal("lead.industry", "Software", "form", 990)]);
    let decision = decided(&contract(&[("/agents", outbound)]), &[], &event);
    assert_eq!(verdict_on(&decision, "lead.industry"), ("block".to_owned(), vec!["outside-motion"]));
}
