//! What the clock raises: silence and dormancy, counted from what the CRM holds.

use interlock_core::contract::{EventKind, Motion};
use interlock_core::crm;
use interlock_core::decide::sweep;
use interlock_core::plan::Plan;
use interlock_core::record::{Crm, Event, Object, Table};
use serde_json::{Value, json};

use crate::{as_of, contract, plan};

fn table(object: Object, text: &str) -> Table {
    crm::read("t.csv", text.as_bytes(), &crm::Options { object: Some(object), ..crm::Options::default() }).unwrap()
}

fn listening(trigger: Value) -> Plan {
    plan(&contract(&[("/workflows/inbound/trigger", trigger)]))
}

fn swept(plan: &Plan, leads: &str, activities: &str) -> Vec<Event> {
    let tables = [table(Object::Lead, leads), table(Object::Activity, activities)];
    sweep(plan, &Crm::build(&tables, plan), as_of())
}

fn said(events: &[Event]) -> Vec<String> {
    events.iter().map(|event| event.id.to_string()).collect()
}

const NOTHING: &str = "Id,ActivityDate,WhoId,Direction\n";

#[test]
fn dormant_after_the_days_a_trigger_says() {
    let leads = "Id,Email,LastActivityDate,CreatedDate\n1,a@acme.com,2026-11-13,\n2,b@acme.com,2026-11-14,\n3,c@acme.com,,2026-11-01\n4,d@acme.com,,\n";
    let plan = listening(json!({"on": ["dormant"], "after_days": 10}));
    // Who was never heard of counts from their creation; of the fourth nothing is known.
    assert_eq!(said(&swept(&plan, leads, NOTHING)), ["dormant-1", "dormant-3"]);
    let plan = listening(json!({"on": ["dormant"]}));
    assert!(swept(&plan, leads, NOTHING).is_empty(), "90 days when not said");
    let plan = listening(json!({"on": ["lead_captured"]}));
    assert!(swept(&plan, "Id,LastActivityDate\n1,2020-01-01\n", NOTHING).is_empty(), "nobody listens");
}

#[test]
fn the_fewest_days_count_where_several_wait() {
    let mut second = contract(&[])["workflows"][0].clone();
    second["id"] = json!("second");
    second["trigger"] = json!({"on": ["dormant"], "after_days": 3});
    let mut whole = contract(&[("/workflows/inbound/trigger", json!({"on": ["dormant"], "after_days": 30}))]);
    whole["workflows"].as_array_mut().unwrap().push(second);
    assert_eq!(said(&swept(&plan(&whole), "Id,LastActivityDate\n1,2026-11-15\n", NOTHING)), ["dormant-1"]);
}

#[test]
fn no_reply_where_the_last_word_was_ours() {
    let plan = listening(json!({"on": ["no_reply"], "after_days": 5}));
    let leads = "Id,Email\n1,a@acme.com\n2,b@acme.com\n3,c@acme.com\n4,d@acme.com\n5,e@acme.com\n";
    let activities = "Id,ActivityDate,WhoId,Direction\n\
                      x1,2026-11-10,1,Outbound\nx2,2026-11-01,1,Inbound\n\
                      x3,2026-11-10,2,Outbound\nx4,2026-11-12,2,Inbound\n\
                      x5,2026-11-21,3,Outbound\n\
                      x6,2026-11-10,4,\n\
                      x7,2026-11-10,5,Outbound\nx8,2026-12-24,5,Inbound\n";
    // The second answered, the third was written to lately, of the fourth nobody knows who wrote; a planned call of the
    // fifth has not happened.
    let events = swept(&plan, leads, activities);
    assert_eq!(said(&events), ["no_reply-1", "no_reply-5"]);
    assert_eq!((events[0].kind, events[0].motion), (EventKind::NoReply, Some(Motion::Outbound)));
}

#[test]
fn a_dormant_lead_is_not_reminded_as_well() {
    let plan = listening(json!({"on": ["no_reply", "dormant"], "after_days": 5}));
    let activities = "Id,ActivityDate,WhoId,Direction\nx1,2026-01-10,1,Outbound\n";
    assert_eq!(said(&swept(&plan, "Id\n1\n", activities)), ["dormant-1"]);
}

#[test]
fn the_event_says_what_the_record_holds() {
    let trigger = json!({"on": ["dormant"], "after_days": 1});
    let field = json!([{"id": "angle", "object": "lead", "kind": "text", "columns": ["Angle"]}]);
    let plan = plan(&contract(&[("/workflows/inbound/trigger", trigger), ("/custom_fields", field)]));
    let leads = "Id,Email,NumberOfEmployees,LeadSource,Title,LastActivityDate,Angle\n1,a@acme.com,240,Web Form,,2026-11-01,price\n";
    let events = swept(&plan, leads, NOTHING);
    let fields = &events[0].fields;
    let text = |name: &str| fields.get(name).map(String::as_str);
    assert_eq!(text("lead.email"), Some("a@acme.com"));
    assert_eq!(text("lead.employees"), Some("240"));
    assert_eq!(text("lead.title"), Some(""), "blank, not absent");
    assert_eq!(text("lead.phone"), None, "no such column");
    assert_eq!(text("Angle"), Some("price"));
    assert_eq!(events[0].source.as_deref(), Some("Web Form"));
    assert_eq!(events, swept(&plan, leads, NOTHING));
}
