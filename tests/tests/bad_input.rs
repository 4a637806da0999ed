//! What cannot be used is refused with what is wrong, where, and what to do; what can be read beside it is kept.
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

use interlock_core::check::{Finding, Severity, check_text};
use interlock_core::contract::Contract;
use interlock_core::session::{Session, Which};
use interlock_core::time::Timestamp;
use interlock_core::workspace::{File, FileReport, Holds, Reading, read};
use serde_json::{Value, json};

fn baseline() -> Value {
    serde_json::from_slice(interlock_demo::workspace().file("baseline.json").unwrap()).unwrap()
}

/// The one error that `code` names.
#[track_caller]
fn error(text: &str, code: &str) -> Finding {
    let checked = check_text(text);
    assert!(checked.plan.is_none(), "it can be used");
    let errors: Vec<_> = checked.findings.into_iter().filter(|finding| finding.severity >= Severity::Error).collect();
    let codes: Vec<_> = errors.iter().map(|finding| finding.code.clone()).collect();
    let found = errors.into_iter().find(|finding| finding.code == code);
    found.unwrap_or_else(|| panic!("no `{code}` among {codes:?}"))
}

#[test]
fn broken_json_is_told_with_its_place() {
    let text = "{\n  \"interlock\": 1,\n  \"id\": \"x\"\n  \"version\": \"1\"\n}";
    let checked = check_text(text);
    assert!(checked.plan.is_none());
    let finding = checked.findings.first().unwrap();
    assert_eq!(finding.severity, Severity::Error, "{finding:?}");
    let place = finding.place.as_ref().expect("no place");
    assert!((3..=4).contains(&place.line), "{finding:?}");
    assert!(finding.message.contains(','), "{finding:?}");
}

#[test]
fn a_foreign_format_is_not_read() {
    let mut contract = baseline();
    contract["interlock"] = json!(99);
    let finding = error(&contract.to_string(), "unknown-format");
    assert!(finding.message.contains("99") && finding.help.is_some(), "{finding:?}");
    assert_eq!(finding.address, "/interlock");
}

#[test]
fn pools_that_fall_back_in_a_circle_are_refused() {
    let mut contract = baseline();
    let pools = contract["routing"]["pools"].as_array_mut().unwrap();
    let ids: Vec<Value> = pools.iter().take(2).map(|pool| pool["id"].clone()).collect();
    pools[0]["on_nobody"] = json!({"pool": ids[1]});
    pools[1]["on_nobody"] = json!({"pool": ids[0]});
    let checked = check_text(&contract.to_string());
    assert!(checked.plan.is_none());
    let named = |finding: &Finding| ids.iter().any(|id| finding.address.contains(id.as_str().unwrap()));
    let finding = checked.findings.iter().find(|finding| finding.severity >= Severity::Error && named(finding));
    assert!(finding.is_some_and(|finding| finding.help.is_some()), "{:#?}", checked.findings);
}

#[test]
fn an_empty_routing_table_is_told() {
    let mut contract = baseline();
    contract["routing"]["rules"] = json!([]);
    contract["routing"].as_object_mut().unwrap().shift_remove("fallback");
    let checked = check_text(&contract.to_string());
    let told =
        checked.findings.iter().any(|finding| finding.address.starts_with("/routing") && !finding.message.is_empty());
    assert!(told, "{:#?}", checked.findings);
}

#[test]
fn a_condition_of_500_levels_is_refused_or_read_but_never_overflows() {
    for levels in [500, 5_000, 100_000] {
        let deep = format!(
            "{}{}{}",
            r#"{"not":"#.repeat(levels),
            r#"{"fact":"lead.email","exists":true}"#,
            "}".repeat(levels)
        );
        let text = format!(r#"{{"interlock":1,"id":"deep","version":"1","territories":[{{"id":"t","when":{deep}}}]}}"#);
        let checked = check_text(&text);
        assert!(checked.plan.is_none(), "{levels} levels");
        let finding = checked.findings.iter().find(|finding| finding.severity >= Severity::Error).unwrap();
        assert!(finding.message.contains("deep") || finding.message.contains("level"), "{finding:?}");
    }
}

fn report(name: &str, bytes: Vec<u8>, holds: Option<Holds>) -> FileReport {
    let files = [File { name: name.to_owned(), bytes, holds }];
    let mut data = read(&files, &Contract::empty(), Reading::default());
    assert!(data.events.is_empty() || data.reports[0].error.is_none());
    data.reports.remove(0)
}

#[test]
fn ten_megabytes_in_one_line_are_told() {
    let report = report("long.csv", b"Email,".repeat(10_000_000 / 6), Some(Holds::Lead));
    let told = report.error.is_some() || !report.notes.is_empty() || !report.set_aside.is_empty();
    assert!(told && report.rows == 0, "{report:?}");
}

#[test]
fn a_table_without_a_known_column_is_told() {
    let report = report("strange.csv", b"Foo,Bar\n1,2\n3,4\n".to_vec(), None);
    let error = report.error.expect("no error");
    assert!(error.to_string().contains("strange.csv") || &*error.file == "strange.csv", "{error:?}");
    assert!(!error.help.is_empty(), "{error:?}");
}

#[test]
fn invalid_utf8_is_told_or_read_as_what_it_is() {
    let mut bytes = b"Lead ID,Email,Company,Created Date\n00Q000000000001,a@acme.example,".to_vec();
    bytes.extend([0xff, 0xfe, 0xfd]);
    bytes.extend(b",2026-01-01\n00Q000000000002,b@acme.example,Acme,2026-01-02\n");
    let report = report("leads.csv", bytes, None);
    let told = report.error.is_some() || !report.set_aside.is_empty() || !report.notes.is_empty();
    assert!(told, "{report:?}");
    assert!(
        report.error.is_some() || report.rows + u32::try_from(report.set_aside.len()).unwrap() == 2,
        "a row is lost: {report:?}"
    );
}

#[test]
fn a_session_goes_on_with_what_it_had() {
    let demo = interlock_demo::workspace();
    let text = |name: &str| String::from_utf8(demo.file(name).unwrap().to_vec()).unwrap();
    let mut session = Session::default();
    assert!(session.set_contract(Which::Baseline, &text("baseline.json")).usable);
    assert!(session.set_contract(Which::Candidate, &text("candidate.json")).usable);
    let nothing = session.preview(Timestamp::parse(demo.as_of).unwrap(), 1).unwrap_err();
    assert!(nothing.help.is_some(), "{nothing:?}");
    assert!(session.load("leads.csv", demo.file("leads.csv").unwrap().to_vec(), None).error.is_none());
    let before = session.preview(Timestamp::parse(demo.as_of).unwrap(), 1).unwrap();
    assert!(!session.set_contract(Which::Candidate, "{\"interlock\": 1,").usable);
    assert!(session.load("noise.csv", vec![0, 159, 146, 150], None).error.is_some());
    assert_eq!(session.preview(Timestamp::parse(demo.as_of).unwrap(), 1).unwrap(), before);
    assert!(session.lead(before.leads as usize).is_err());
}
