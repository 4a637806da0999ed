//! Routing: tiers, hit policies, escalation, unknowns, turns.

use std::collections::BTreeMap;

use interlock_core::decide::{Detail, decide_next};
use interlock_core::id::RuleId;
use interlock_core::record::{Crm, Object, State};
use interlock_core::route::Destination;
use serde_json::{Value, json};

use crate::{as_of, contract, decided, event, plan, snapshot};

fn rules(rules: Value) -> Value {
    contract(&[("/routing/rules", rules)])
}

fn rule(id: &str, tier: &str, country: &str, to: Value) -> Value {
    json!({"id": id, "tier": tier, "when": {"fact": "lead.country", "is": country}, "to": to})
}

#[track_caller]
fn check(contract: &Value, fields: &[(&str, &str)], place: &str, rule: Option<&str>, fragile: bool) {
    let route = decided(contract, &[], &event("1", fields)).route.unwrap();
    let found = (route.place.word(), route.rule.as_ref().map(RuleId::as_str), route.fragile);
    assert_eq!(found, (place, rule, fragile), "{route:#?}");
}

#[test]
fn the_first_tier_with_a_match_decides() {
    let contract = rules(json!([
        rule("germany", "territory", "DE", json!({"queue": "desk"})),
        rule("named", "named_account", "Germany", json!({"owner": "ann@example.com"})),
    ]));
    check(&contract, &[("lead.country", "Deutschland")], "owner", Some("named"), false);
}

#[test]
fn rules_that_disagree_escalate_and_both_are_named() {
    let contract = rules(json!([
        rule("one", "territory", "DE", json!({"queue": "desk"})),
        rule("two", "territory", "DE", json!({"pool": "team"})),
    ]));
    let decision = decided(&contract, &[], &event("1", &[("lead.country", "DE")]));
    let route = decision.route.unwrap();
    assert_eq!(route.place, Destination::Escalated(Some("desk".into())));
    assert_eq!(route.held.iter().map(RuleId::as_str).collect::<Vec<_>>(), ["one", "two"]);
    assert!(decision.handoff.unwrap().text.contains("Routing rules `one` and `two` both hold and disagree."));
}

#[test]
fn rules_that_agree_do_not_escalate() {
    let contract = rules(json!([
        rule("one", "territory", "DE", json!({"queue": "desk"})),
        rule("two", "territory", "DE", json!({"queue": "desk"})),
    ]));
    check(&contract, &[("lead.country", "DE")], "queue", Some("one"), false);
}

#[test]
fn under_first_the_first_match_decides_and_an_unknown_above_makes_it_fragile() {
    let mut contract = rules(json!([
        {"id": "large", "when": {"fact": "lead.employees", "at_least": 500}, "to": {"owner": "ann@example.com"}},
        rule("germany", "territory", "DE", json!({"queue": "desk"})),
        rule("other", "territory", "DE", json!({"pool": "team"})),
    ]));
    contract["routing"]["hit_policy"] = json!("first");
    check(&contract, &[("lead.country", "DE"), ("lead.employees", "")], "queue", Some("germany"), true);
    check(&contract, &[("lead.country", "DE"), ("lead.employees", "10")], "queue", Some("germany"), false);
    check(&contract, &[("lead.country", "DE"), ("lead.employees", "1,200")], "owner", Some("large"), false);
}

#[test]
fn under_unique_an_unknown_rule_does_not_conflict_and_is_listed() {
    let contract = rules(json!([
        rule("germany", "territory", "DE", json!({"queue": "desk"})),
        {"id": "large", "when": {"fact": "lead.employees", "at_least": 500}, "to": {"pool": "team"}},
    ]));
    let decision = decided(&contract, &[], &event("1", &[("lead.country", "DE"), ("lead.employees", "many")]));
    let route = decision.route.unwrap();
    assert_eq!(route.place.word(), "queue");
    assert_eq!(route.undecided.len(), 1);
    assert_eq!(route.undecided[0].missing, ["lead.employees is unreadable (`many`)"]);
}

#[test]
fn the_fallback_takes_what_no_rule_takes() {
    let contract = rules(json!([rule("germany", "territory", "DE", json!({"pool": "team"}))]));
    check(&contract, &[("lead.country", "FR")], "queue", None, false);
}

#[test]
fn the_account_owner_gets_the_lead_unless_they_have_left() {
    let mut contract =
        rules(json!([{"id": "owner", "when": {"fact": "account.owner", "exists": true}, "to": "account_owner"}]));
    contract["routing"]["escalation"] = json!("desk");
    let accounts = "Id,Name,Website,OwnerId\na1,Acme,acme.com,u1\na2,Beta,beta.com,u2\n";
    let users = "Id,Username,Email,Name,IsActive\nu1,ann@example.com,ann@example.com,Ann Lee,true\nu2,bob@example.com,bob@example.com,Bob Ray,false\n";
    let place = |email: &str| {
        let tables = [(accounts, Object::Account), (users, Object::Owner)];
        decided(&contract, &tables, &event("1", &[("lead.email", email)])).route.unwrap().place
    };
    assert_eq!(place("x@acme.com"), Destination::Owner("u1".into()));
    assert_eq!(place("x@beta.com"), Destination::Escalated(Some("desk".into())));
}

/// Gives a number of leads to a pool of weights; returns how many each member got, and the state.
fn share(members: Value, leads: usize, state: &mut State) -> BTreeMap<String, usize> {
    let contract = contract(&[("/routing/pools/team/members", members)]);
    let (plan, crm) = (plan(&contract), Crm::default());
    let mut shares = BTreeMap::new();
    for number in 0..leads {
        let event = event(&number.to_string(), &[]);
        let decision = decide_next(&plan, &event, &crm, state, as_of(), 7, Detail::Outcome);
        let Some(Destination::Owner(owner)) = decision.outcome.place else { panic!("{:?}", decision.outcome) };
        *shares.entry(owner.to_string()).or_default() += 1;
    }
    shares
}

#[test]
fn equal_members_differ_by_at_most_one() {
    let members = json!([{"owner": "a"}, {"owner": "b"}, {"owner": "c"}]);
    for leads in [1, 2, 3, 7, 100] {
        let shares = share(members.clone(), leads, &mut State::default());
        let counts = ["a", "b", "c"].map(|owner| shares.get(owner).copied().unwrap_or(0));
        assert!(counts.iter().max().unwrap() - counts.iter().min().unwrap() <= 1, "{counts:?}");
    }
}

#[test]
fn weights_are_met() {
    let shares = share(json!([{"owner": "a", "weight": 3}, {"owner": "b"}]), 40, &mut State::default());
    assert_eq!((shares["a"], shares["b"]), (30, 10));
}

#[test]
fn inactive_members_get_nothing_and_who_joins_starts_level() {
    let mut state = State::default();
    let shares = share(json!([{"owner": "a"}, {"owner": "b", "active": false}]), 10, &mut state);
    assert_eq!(shares.len(), 1);
    let shares = share(json!([{"owner": "a"}, {"owner": "b"}]), 10, &mut state);
    assert_eq!((shares["a"], shares["b"]), (5, 5), "nobody catches up on leads from before they came");
}

#[test]
fn removing_a_member_keeps_everyones_turn() {
    let mut state = State::default();
    share(json!([{"owner": "a"}, {"owner": "b"}, {"owner": "c"}]), 4, &mut state);
    let before = state.clone();
    share(json!([{"owner": "a"}, {"owner": "b"}]), 0, &mut state);
    assert_eq!(state, before);
}

#[test]
fn a_pool_with_nobody_falls_back_and_a_blocked_assignment_takes_no_turn() {
    let contract = contract(&[(
        "/routing/pools",
        json!([
            {"id": "team", "members": [{"owner": "u2"}], "on_nobody": {"queue": "desk"}},
        ]),
    )]);
    let users = "Id,Username,Email,Name,IsActive\nu2,bob@example.com,bob@example.com,Bob Ray,false\n";
    let route = decided(&contract, &[(users, Object::Owner)], &event("1", &[])).route.unwrap();
    assert_eq!(route.place, Destination::Queue("desk".into()));

    let all = json!([{"id": "stop", "kind": "custom", "when": {"all": []}, "blocks": ["assign"]}]);
    let plan = plan(&crate::contract(&[("/suppression", all)]));
    let (mut state, crm) = (State::default(), snapshot(&[], &plan));
    let decision = decide_next(&plan, &event("1", &[]), &crm, &mut state, as_of(), 7, Detail::Outcome);
    assert_eq!((decision.outcome.place, state), (Some(Destination::Blocked), State::default()));
}
