//! JSON Lines, events and proposals.

use super::*;
use crate::record::EventKind;
use crate::time::Timestamp;

fn read_error<T: std::fmt::Debug>(result: Result<T, ReadError>) -> String {
    result.unwrap_err().to_string()
}

#[test]
fn records_of_every_api_become_the_same_table() {
    for (line, object, cells) in [
        (
            r#"{"id":"7","properties":{"email":"a@b.com","firstname":"Ana","hs_object_id":"7","hubspot_owner_id":null,"associatedcompanyid":"12"},"createdAt":"2024-08-18T09:01:00Z"}"#,
            Object::Contact,
            vec![("contact.id", "7"), ("contact.email", "a@b.com"), ("contact.owner", ""), ("contact.account", "12")],
        ),
        (
            r#"{"attributes":{"type":"Lead"},"Id":"00Q1","Company":"Acme","IsConverted":false,"AnnualRevenue":49999.50,"Owner":{"Name":"Pam"}}"#,
            Object::Lead,
            vec![
                ("lead.company", "Acme"),
                ("lead.converted", "false"),
                ("lead.revenue", "49999.50"),
                ("lead.owner", "Pam"),
            ],
        ),
        (
            r#"{"id":3,"name":"Ana","email":[{"label":"home","value":"x@y.com"},{"label":"work","value":"a@b.com","primary":true}],"org_id":{"name":"Acme","value":9},"add_time":"2024-08-18 09:01:00","marketing_status":"subscribed"}"#,
            Object::Contact,
            vec![("contact.id", "3"), ("contact.email", "a@b.com"), ("contact.created_at", "2024-08-18T09:01:00Z")],
        ),
        (
            r#"{"id":"4","Company":"Acme","First_Name":"Ana","Lead_Status":"New","Owner":{"id":"9","name":"Pam"},"Email_Opt_Out":true}"#,
            Object::Lead,
            vec![("lead.owner", "9"), ("lead.first_name", "Ana"), ("lead.opted_out", "true")],
        ),
        (
            r#"{"lead.id":"1","lead.email":"a@b.com","employees":120}"#,
            Object::Lead,
            vec![("lead.id", "1"), ("lead.email", "a@b.com"), ("lead.employees", "120")],
        ),
    ] {
        let table = table(line);
        assert_eq!(table.object, Some(object), "{line}");
        for (field, text) in cells {
            assert_eq!(cell(&table, 0, field), text, "{field} in {line}");
        }
    }
}

#[test]
fn rows_may_have_different_keys_and_lists_are_kept() {
    let text = "{\"lead.id\":\"1\",\"tags\":[\"a\",\"b\"]}\n\n{\"lead.email\":\"x@y.com\",\"lead.id\":\"2\",\"deep\":[[1]]}\r\n";
    let table = table(text);
    let header: Vec<_> = table.columns.iter().map(|column| column.header.as_str()).collect();
    assert_eq!(header, ["lead.id", "tags", "lead.email", "deep"]);
    let rows: Vec<_> = table.rows.iter().map(|row| (row.line, row.cells.join("|"))).collect();
    assert_eq!(rows, [(1, "1|a;b||".to_owned()), (3, "2||x@y.com|[[1]]".to_owned())]);
}

#[test]
fn lines_that_are_no_object_are_set_aside() {
    let text = "{\"lead.id\":\"1\"}\n{\"lead.id\":\n7\n{\"a\":1,\"a\":2}\n{\"p\":{\"q\":1},\"p.q\":2}\n{}\n{\"lead.id\":\"2\"}";
    let table = table(text);
    let aside: Vec<_> =
        table.set_aside.iter().map(|row| format!("{}: {} | {}", row.line, row.found, row.raw)).collect();
    assert_eq!(
        aside,
        [
            "2: the text ends before this `{` is closed at character 1 | {\"lead.id\":",
            "3: the number `7` | 7",
            "4: the key `a` stands twice at character 8 | {\"a\":1,\"a\":2}",
            "5: two values for `p.q` | {\"p\":{\"q\":1},\"p.q\":2}",
            "6: an object without values | {}",
        ]
    );
    assert_eq!(table.summary().rows, 7);
}

#[test]
fn json_that_is_not_one_object_a_line_is_refused() {
    let list = read("f.json", b"[\n {\"lead.id\": 1}\n]", &Options::default());
    assert_eq!(list.unwrap_err().to_string(), "f.json, line 1: expected one JSON object a line, found a JSON list");
    let pretty = read("f.json", b"{\n \"lead.id\": 1\n}", &Options::default()).unwrap_err();
    assert_eq!(pretty.line, Some(1));
    assert!(pretty.help.contains("on a line of its own"));
    let event =
        br#"{"id":"e","kind":"form_submitted","at":"2026-01-01","record":{"object":"lead","id":"1"},"fields":{}}"#;
    assert!(read_error(read("f.json", event, &Options::default())).ends_with("found events"));
}

#[test]
fn rows_become_events() {
    let table = table(
        "Lead ID,Email,Lead Source,Create Date,,Note,Note\n\
         00QA0000006Vm9uMAC,a@b.com,Web,2024-08-18T10:00:00+02:00,p,q,r\n\
         00QA0000006Vm9u,,,soon,,,\n\
         ,c@d.com,,2024-08-19,,,\n",
    );
    let at = Timestamp::parse("2026-11-22").unwrap();
    let captured = events(&table, Some("import"), at).unwrap();
    let said: Vec<_> = captured
        .events
        .iter()
        .map(|e| format!("{} {} {} {}", e.id, e.record.id, e.at, e.source.as_deref().unwrap()))
        .collect();
    assert_eq!(
        said,
        [
            "00QA0000006Vm9u 00QA0000006Vm9u 2024-08-18T08:00:00Z Web",
            "00QA0000006Vm9u@f.csv:3 00QA0000006Vm9u 2026-11-22T00:00:00Z import",
            "f.csv:4 f.csv:4 2024-08-19T00:00:00Z import",
        ]
    );
    let first: Vec<_> = captured.events[0].fields.iter().map(|(name, text)| format!("{name}={text}")).collect();
    assert_eq!(
        first,
        [
            "Note=q",
            "Note (2)=r",
            "column 5=p",
            "lead.created_at=2024-08-18T10:00:00+02:00",
            "lead.email=a@b.com",
            "lead.id=00QA0000006Vm9uMAC",
            "lead.source=Web"
        ]
    );
    let codes: Vec<_> = captured.notes.iter().map(|note| note.code).collect();
    assert_eq!(codes, ["no-id", "duplicate-id", "no-date"]);
    assert_eq!(
        captured.notes[1].message,
        "1 row with an id that stood before, kept as leads of their own, first line 3"
    );
}

#[test]
fn contacts_become_events_with_the_fields_of_leads() {
    let table = table("Contact ID,Email,Lead Source,Contact Owner\n1,a@b.com,Web,Pam\n");
    let event = &events(&table, None, Timestamp::default()).unwrap().events[0];
    assert_eq!((event.record.object, event.kind), (Object::Contact, EventKind::LeadCaptured));
    assert_eq!(event.fields.get("lead.source").unwrap(), "Web");
    let accounts = read_as(Object::Account, "Account ID,Account Name\n1,Acme\n");
    assert_eq!(
        read_error(events(&accounts, None, Timestamp::default())),
        "f.csv: expected leads or contacts, found accounts"
    );
}

#[test]
fn events_are_read_and_errors_name_the_place() {
    let good = r#"{"id":"e1","kind":"form_submitted","at":"2026-01-01T00:00:00Z","record":{"object":"lead","id":"1"},"fields":{"lead.email":"a@b.com"}}"#;
    let bad = good.replace("form_submitted", "form_sent");
    let (events, aside) = read_events("e.jsonl", format!("{good}\n{bad}\n{good} x\n").as_bytes()).unwrap();
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].fields.get("lead.email").unwrap(), "a@b.com");
    assert_eq!((aside[0].line, aside[0].column.as_deref()), (2, Some("kind")));
    assert!(aside[0].found.contains("`form_sent`") && aside[0].found.contains("`lead_captured`"), "{}", aside[0].found);
    assert_eq!(aside[1].line, 3);
    assert!(!aside[1].found.is_empty());
    assert!(
        read_error(read_events("e.jsonl", bad.as_bytes()))
            .starts_with("e.jsonl, line 1, column `kind`: expected an event")
    );
}

#[test]
fn proposals_are_read_by_id_or_address() {
    let text = r#"{"record":"00QA0000006Vm9uMAC","field":"lead.industry","value":"Retail","source":"enricher","confidence":0.87,"reason":"site","at":"2026-01-01T00:00:00Z"}
{"record":" Ana@B.com ","field":"lead.industry","value":"","source":"enricher","confidence":"90 %"}
{"record":"1","field":"lead.industry","value":"x","source":"enricher","confidence":12000}
{"record":"1","field":"lead.industry","value":"x","source":"enricher","confidence":1,"note":"?"}
{"record":" ","field":"lead.industry","value":"x","source":"enricher","confidence":1}"#;
    let (proposals, aside) = read_proposals("p.jsonl", text.as_bytes()).unwrap();
    assert_eq!(proposals.len(), 2);
    assert_eq!(proposals[0].0, RecordKey::Id("00QA0000006Vm9u".into()));
    assert_eq!((proposals[0].1.confidence.get(), proposals[0].1.reason.as_deref()), (870, Some("site")));
    assert_eq!(proposals[1].0, RecordKey::Email("ana@b.com".into()));
    let said: Vec<_> = aside.iter().map(|row| format!("{} {}", row.line, row.column.as_deref().unwrap())).collect();
    assert_eq!(said, ["3 confidence", "4 note", "5 record"]);
    assert!(aside[1].found.contains("`note`"));
}
