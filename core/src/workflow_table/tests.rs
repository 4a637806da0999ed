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
         Automatic: industry | Suggested: employees, revenue | For review: source | Besides fields: owner\n\
         Automatic: acts where policies, review rules and suppression let it | Only if: not converted | \
         Leaves alone: own people | Held back by: open opportunity | Stricter here: employees\n\
         Queue revops: unclear | Sales manager: strategic account"
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
    assert_eq!(row.update[0].head, "Suggested");
    assert_eq!(row.update[0].items, ["industry", "employees", "revenue"]);
    assert_eq!(row.control[0].head, "Suggestion mode");
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
