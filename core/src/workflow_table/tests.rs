//! What the table says of whole and of half-written contracts.

use serde_json::{Value, json};

use super::{Row, condition, reviewer, workflow_table};

fn contract() -> Value {
    json!({
        "agents": [{"id": "alim", "name": "Alim", "motion": "inbound"}],
        "fields": [
            {"field": "lead.industry", "ai": "auto", "risk": "low", "auto_at": 0.8, "block_below": "50 %"},
            {"field": "lead.employees", "ai": "auto", "risk": "low", "auto_at": 850},
            {"field": "lead.revenue", "ai": "suggest", "risk": "medium"},
            {"field": "lead.source", "ai": "auto", "risk": "high"},
            {"field": "lead.opted_out", "ai": "never", "risk": "high"},
        ],
        "suppression": [
            {"id": "opt-out", "kind": "opt_out", "when": {"fact": "lead.opted_out", "is": true}, "blocks": ["send_message"]},
            {"id": "open-opportunity", "when": {"fact": "account.open_opportunities", "at_least": 1},
             "blocks": ["enrol"], "reviews": ["assign"], "reviewer": {"role": "sales_manager"}},
        ],
        "review": [
            {"id": "named", "trigger": "strategic_account", "when": {"fact": "list.named-accounts", "is": true},
             "actions": ["assign"], "reviewer": {"role": "sales_manager"}},
            {"id": "mail", "trigger": "brand_sensitive", "when": {"all": []}, "actions": ["send_message"],
             "reviewer": {"role": "communications"}},
        ],
        "workflows": [{
            "id": "inbound-qualification", "name": "Inbound lead qualification", "version": "1.2.0", "agent": "alim",
            "mode": "automatic", "actions": ["update_field", "assign"],
            "trigger": {"on": ["form_submitted"], "when": {"fact": "event.motion", "is": "inbound"}},
            "eligible": {"fact": "lead.converted", "is": false},
            "exclusions": [{"id": "own-people", "when": {"fact": "lead.email", "domain_is": "a.example"}}],
            "fields": [{"field": "lead.employees", "ai": "suggest"}],
            "review": [{"id": "unclear", "trigger": "custom", "when": {"fact": "source.trust", "is": "none"},
                        "reviewer": {"queue": "revops"}}],
            "success_metric": {"metric": "routing_correction", "target": 50},
        }],
    })
}

fn shown(row: &Row) -> String {
    let groups = |groups: &[super::Group]| {
        groups.iter().map(|group| format!("{}: {}", group.head, group.items.join(", "))).collect::<Vec<_>>().join(" | ")
    };
    [
        format!("{} ({}) {}", row.name, row.agent, row.mode),
        row.trigger.join(", "),
        row.action.join(", "),
        groups(&row.update),
        groups(&row.control),
        groups(&row.handoff),
    ]
    .join("\n")
}

#[test]
fn a_workflow_is_a_row_in_plain_words() {
    let rows = workflow_table(&contract());
    assert_eq!(
        shown(&rows[0]),
        "Inbound lead qualification (Alim, inbound) automatic\n\
         a form is sent, only if motion is inbound\n\
         fill in fields, assign an owner\n\
         Writes: owner | Automatic: industry | Suggested: employees, revenue | For review: source\n\
         Automatic: acts where policies, review rules and suppression let it | Only if: not converted | \
         Leaves alone: own people | Held back by: open opportunity | Stricter here: employees\n\
         Queue revops: unclear | Shared rules: strategic account"
    );
    assert_eq!(rows[0].metric.as_deref(), Some("routing correction, at most 5 %"));
    let fields: Vec<&str> = rows[0].fields.iter().map(|said| said.text.as_str()).collect();
    assert_eq!(fields, ["automatic from 80 %, blocked below 50 %", "suggested", "suggested", "always for review"]);
    assert_eq!(rows[0].fields[1].address, "/workflows/inbound-qualification/fields/lead.employees");
}

#[test]
fn in_suggestion_mode_nothing_is_automatic() {
    let mut contract = contract();
    contract["workflows"][0]["mode"] = json!("suggest");
    let row = &workflow_table(&contract)[0];
    assert_eq!(row.update[1].head, "Suggested");
    assert_eq!(
        row.update[1].items,
        ["employees", "industry", "revenue"],
        "what it has a policy of its own for is first"
    );
    assert_eq!(row.control[0].head, "Suggestion mode");
}

#[test]
fn routing_rules_that_only_suggest_are_said_where_it_assigns_by_itself() {
    let mut contract = contract();
    contract["routing"] = json!({"rules": [{"id": "emea-inbound", "mode": "suggest"}, {"id": "apac"}]});
    let heads = |contract: &Value| -> Vec<(String, String)> {
        let control = &workflow_table(contract)[0].control;
        control.iter().map(|group| (group.head.clone(), group.items.join(", "))).collect()
    };
    assert_eq!(heads(&contract)[1], ("Only suggests owners by".to_owned(), "emea inbound".to_owned()));
    contract["workflows"][0]["mode"] = json!("suggest");
    assert_eq!(heads(&contract)[1].0, "Only if");
}

#[test]
fn what_concerns_none_of_its_actions_is_left_out() {
    let row = &workflow_table(&contract())[0];
    assert_eq!(row.suppressions.len(), 1);
    assert!(row.suppressions[0].text.ends_with("; looked at by: sales manager"), "{}", row.suppressions[0].text);
    assert_eq!(
        row.reviews.iter().map(|said| (said.id.as_str(), said.own)).collect::<Vec<_>>(),
        [("unclear", true), ("named", false)]
    );
}

/// What the page shows before it counts the rest.
fn first_shown(groups: &[super::Group]) -> String {
    let shown = groups.iter().map(|group| {
        let first: Vec<&str> = group.items.iter().take(4).map(String::as_str).collect();
        format!("{}: {}", group.head, first.join(", "))
    });
    shown.collect::<Vec<_>>().join(" | ")
}

#[test]
fn of_the_starting_contract_each_workflow_says_what_it_is_for() {
    let contract: Value = serde_json::from_str(include_str!("../../../contracts/starting.json")).unwrap();
    let rows = workflow_table(&contract);
    let updates: Vec<String> = rows.iter().map(|row| format!("{}: {}", row.name, first_shown(&row.update))).collect();
    assert_eq!(
        updates,
        [
            "Inbound lead qualification: Writes: link to contact or account, owner, draft, meeting | \
             Suggested: language, product interest, summary, timeline | For review: email",
            "Hot lead routing: Writes: owner, task | \
             Suggested: owner, SLA status, fit score, urgency score | For review: email",
            "Outbound lead creation: Writes: new record, link to contact or account, owner, campaign member | \
             Suggested: employees, phone, campaign, website | For review: email",
            "Outbound research: Writes: note | \
             Suggested: research summary, website, industry, account industry | For review: email",
            "Follow-up: Writes: task, draft, sequence enrolment, sent message | \
             Suggested: sequence status, language, product interest, summary | For review: email",
            "Lifecycle recommendation: Writes: stage (Opportunity, SQL or MQL)",
            "Duplicate clean-up: Writes: link to contact or account, one record of two | \
             Suggested: duplicate flag, owner",
            "Dormant reactivation: Writes: note, draft | \
             Suggested: reactivation status, research summary, website, industry | For review: email",
        ]
    );
    let handoffs: Vec<String> = rows.iter().map(|row| format!("{}: {}", row.name, first_shown(&row.handoff))).collect();
    assert_eq!(
        handoffs,
        [
            "Inbound lead qualification: Queue revops-review: unclear source | \
             Shared rules: low confidence, high value, strategic account, ambiguous identity",
            "Hot lead routing: Sales manager: owned by somebody else | \
             Shared rules: low confidence, high value, strategic account, ambiguous identity",
            "Outbound lead creation: Queue revops-review: which company, who is it outbound | \
             SDR lead: sample before scale | Shared rules: low confidence, high value, strategic account, ambiguous identity",
            "Outbound research: The account's owner: sensitive account | \
             Shared rules: ambiguous identity",
            "Follow-up: The account's owner: message of ones own, valuable follow up | \
             Shared rules: low confidence, high value, strategic account, ambiguous identity",
            "Lifecycle recommendation: Sales manager: forecast impact | Shared rules: high value, stage change",
            "Duplicate clean-up: Queue revops-review: not the same address | \
             Shared rules: low confidence, high value, strategic account, ambiguous identity",
            "Dormant reactivation: The account's owner: account owner approves | \
             Shared rules: strategic account, ambiguous identity, sensitive question, brand sensitive",
        ]
    );
    assert_eq!(rows[0].agent, "Alim, inbound");
    let never = rows[6].control.iter().find(|group| group.head == "Never writes").unwrap();
    assert!(never.items.contains(&"industry".to_owned()), "what a stricter policy takes away is no permission");
    assert!(rows.iter().any(|row| row.trigger.contains(&"nothing happens for 90 days".to_owned())));
}

#[test]
fn without_rules_of_its_own_the_shared_ones_reviewers_are_named() {
    let mut contract = contract();
    contract["workflows"][0]["review"] = json!([]);
    assert_eq!(first_shown(&workflow_table(&contract)[0].handoff), "Sales manager: strategic account");
}

#[test]
fn a_suppression_says_what_it_stops() {
    let contract = contract();
    assert_eq!(
        super::suppression(&contract, "open-opportunity"),
        "blocks: enrol in a sequence; sends to review: assign an owner; looked at by: sales manager"
    );
    assert_eq!(super::suppression(&contract, "nobody"), "");
    assert_eq!(super::workflow_name(&contract, "inbound-qualification"), "Inbound lead qualification");
    assert_eq!(super::workflow_name(&contract, "other"), "other");
    assert_eq!(super::agent_name(&json!({"agents": [{"id": "a", "name": "Alim, inbound: answers"}]}), "a"), "Alim");
}

#[test]
fn half_written_contracts_have_half_a_row() {
    for (contract, rows) in [
        (json!(null), 0),
        (json!({"workflows": 3}), 0),
        (json!({"workflows": [3, null, {}, {"id": 7, "actions": "x", "trigger": [], "fields": {}}]}), 4),
        (
            json!({"workflows": [{"id": "a", "actions": ["fly"], "trigger": {"on": ["full_moon"]}, "exclusions": [{}]}]}),
            1,
        ),
    ] {
        assert_eq!(workflow_table(&contract).len(), rows, "{contract}");
    }
    let row = &workflow_table(&json!({"workflows": [{"id": "a-b", "actions": ["fly_high"]}]}))[0];
    assert_eq!((row.name.as_str(), row.action.join("")), ("a b", "fly high".to_owned()));
}

#[test]
fn conditions_read_as_sentences() {
    for (when, text) in [
        (json!({"all": []}), "always"),
        (json!({"any": []}), "never"),
        (json!({"fact": "lead.country", "in": ["DE", "AT", "CH"]}), "country is DE, AT or CH"),
        (
            json!({"fact": "lead.employees", "at_least": 50, "below": 200}),
            "employees is at least 50 and employees is below 200",
        ),
        (json!({"fact": "score.fit.band", "is": "high"}), "fit band is high"),
        (json!({"fact": "source.kind", "is": "outbound_list"}), "source kind is outbound list"),
        (json!({"not": {"fact": "lead.email", "exists": true}}), "not (email has a value)"),
        (
            json!({"all": [{"fact": "match.account", "in": ["exact", "probable"]}, {"any": [{"fact": "territory.emea", "is": true}, {"fact": "list.named-accounts", "is": false}]}]}),
            "account match is exact or probable and (in territory emea or not in list named accounts)",
        ),
        (json!({"fact": "lead.x", "in": [1, 2, 3, 4, 5, 6]}), "x is 1, 2, 3, 4 or 2 more"),
        (json!(7), "a condition that is not written yet"),
    ] {
        assert_eq!(condition(&when), text);
    }
}

#[test]
fn reviewers_have_names() {
    for (who, text) in [
        (json!({"role": "sales_manager"}), "sales manager"),
        (json!({"role": "sdr_lead"}), "SDR lead"),
        (json!({"queue": "revops-review"}), "queue revops-review"),
        (json!("account_owner"), "the account's owner"),
        (json!({"owner": "dana@a.example"}), "dana@a.example"),
        (json!(null), "nobody named"),
    ] {
        assert_eq!(reviewer(&who), text);
    }
}
