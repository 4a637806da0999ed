//! Duplicate clean-up of a snapshot: who is grouped, which record is the master, what survives, and what undoes it.
#![allow(clippy::unwrap_used, clippy::panic)]

use interlock_core::check::check;
use interlock_core::contract::CustomField;
use interlock_core::crm;
use interlock_core::identity::duplicates;
use interlock_core::identity::duplicates::Duplicates;
use interlock_core::plan::Plan;
use interlock_core::record::{Crm, Object};
use serde_json::{Value, json};

const CONTACTS: &str = "\
Id,FirstName,LastName,Email,Phone,Title,MailingCity,LastModifiedDate,CreatedDate,HasOptedOutOfEmail
c1,Jonathan,Meyer,jon.meyer@acme.com,+1 415 555 0142,,Denver,2026-03-01T00:00:00Z,2021-01-01T00:00:00Z,true
c2,Jonathn,Meyer,j.meyer@other.com,+1 415 555 0142,CTO,Boulder,2026-05-01T00:00:00Z,2022-01-01T00:00:00Z,false
c3,Anna,Okafor,anna@acme.com,+1 415 555 0100,VP,Austin,2026-01-01T00:00:00Z,2020-01-01T00:00:00Z,false
c4,A.,Okafor,ANNA@acme.com,,,,2026-02-01T00:00:00Z,2024-01-01T00:00:00Z,true
c5,Office,Acme,info@acme.com,,,,2026-02-01T00:00:00Z,2024-01-01T00:00:00Z,false
c6,Front,Desk,info@acme.com,,,,2026-02-01T00:00:00Z,2024-01-01T00:00:00Z,false
c7,Wei,Zhang,wei@acme.com,+1 415 555 0180,Buyer,Reno,2026-02-01T00:00:00Z,2024-01-01T00:00:00Z,false
";

fn plan(identity: &Value) -> Plan {
    let mut base: Value = serde_json::from_str(include_str!("../corpus/base.json")).unwrap();
    let mut contract = base["contract"].take();
    let shipped: Value = serde_json::from_str(include_str!("../../contracts/identity.json")).unwrap();
    contract["identity"] = shipped;
    for (key, value) in identity.as_object().unwrap() {
        contract["identity"][key] = value.clone();
    }
    let checked = check(&contract);
    checked.plan.unwrap_or_else(|| panic!("{:#?}", checked.findings))
}

fn found(identity: &Value) -> Duplicates {
    let plan = plan(identity);
    let options = crm::Options { object: Some(Object::Contact), ..crm::Options::default() };
    let table = crm::read("contacts.csv", CONTACTS.as_bytes(), &options).unwrap();
    duplicates(&plan, &Crm::build(&[table], &plan), Object::Contact).unwrap()
}

fn ids(found: &Duplicates) -> Vec<Vec<&str>> {
    found.groups.iter().map(|group| group.members.iter().map(|member| member.id.as_str()).collect()).collect()
}

fn survivor<'f>(found: &'f Duplicates, of: &str, field: &str) -> (&'f str, Vec<&'f str>) {
    let group = found.groups.iter().find(|group| group.members.iter().any(|member| member.id.as_str() == of)).unwrap();
    let survivor = group.merge.iter().find(|survivor| survivor.field == field).unwrap();
    (&survivor.value, survivor.now.iter().map(String::as_str).collect())
}

#[test]
fn equal_personal_addresses_are_flagged_and_likenesses_are_for_a_person() {
    let found = found(&json!({}));
    assert_eq!(ids(&found), [vec!["c3", "c4"], vec!["c2", "c1"]], "{:#?}", found.groups);
    assert_eq!(found.groups.iter().map(|group| group.automatic).collect::<Vec<_>>(), [true, false]);
    assert_eq!((found.records, found.found, found.surplus), (7, 2, 2));
    for group in &found.groups {
        let evidence = &group.evidence[0].waterfall;
        let sum = evidence.prior.0 + evidence.steps.iter().map(|step| step.weight.0).sum::<i32>();
        assert_eq!(sum, evidence.total.0, "the waterfall adds up");
    }
}

#[test]
fn the_contract_says_which_record_survives_and_which_values() {
    let by_master = found(&json!({"master": ["oldest"]}));
    assert_eq!(ids(&by_master), [vec!["c3", "c4"], vec!["c1", "c2"]]);
    assert_eq!(by_master.groups[1].master_by.map(interlock_core::contract::TieBreaker::word), Some("oldest"));
    let newest = found(&json!({"master": ["newest"], "survivorship": "newest"}));
    assert_eq!(ids(&newest), [vec!["c4", "c3"], vec!["c2", "c1"]]);

    // The master's value survives, and where it has none the other's does.
    assert_eq!(survivor(&by_master, "c1", "city"), ("Denver", vec!["Denver", "Boulder"]));
    assert_eq!(survivor(&by_master, "c1", "title"), ("CTO", vec!["", "CTO"]));
    // What was changed last survives, whoever the master is.
    let old = found(&json!({"master": ["oldest"], "survivorship": "newest"}));
    assert_eq!(survivor(&old, "c1", "city"), ("Boulder", vec!["Denver", "Boulder"]));
    let frequent = found(&json!({"master": ["oldest"], "survivorship": "most_frequent"}));
    assert_eq!(survivor(&frequent, "c1", "city"), ("Denver", vec!["Denver", "Boulder"]));
    assert_eq!(survivor(&frequent, "c1", "phone").0, "+14155550142");
}

#[test]
fn a_field_may_have_a_rule_of_its_own() {
    let found = found(&json!({"master": ["oldest"], "survivorship": "master", "survivorship_of": {"city": "newest"}}));
    assert_eq!(survivor(&found, "c1", "city"), ("Boulder", vec!["Denver", "Boulder"]));
    assert_eq!(survivor(&found, "c1", "created_at").0, "2021-01-01T00:00:00Z");
}

#[test]
fn an_opt_out_survives_whatever_the_contract_says() {
    for survivorship in ["master", "newest", "most_frequent"] {
        for master in ["oldest", "newest"] {
            let found = found(&json!({"master": [master], "survivorship": survivorship}));
            assert_eq!(survivor(&found, "c1", "opted_out").0, "true", "{survivorship}, {master}");
            assert_eq!(survivor(&found, "c3", "opted_out").0, "true", "{survivorship}, {master}");
        }
    }
}

#[test]
fn a_merge_can_be_undone_from_what_the_plan_holds() {
    let found = found(&json!({}));
    for group in &found.groups {
        for survivor in &group.merge {
            assert_eq!(survivor.now.len(), group.members.len(), "{survivor:?}");
            assert_eq!(survivor.now[survivor.from as usize], survivor.value);
            let known: Vec<_> = survivor.now.iter().filter(|value| !value.is_empty()).collect();
            assert_eq!(survivor.conflict, known.iter().any(|value| *value != known[0]));
        }
    }
    // Every value of every record is in it.
    let (_, titles) = survivor(&found, "c3", "title");
    assert_eq!(titles, ["VP", ""]);
}

#[test]
fn fields_of_ones_own_and_what_cannot_be_read_are_in_the_plan() {
    let mut base: Value = serde_json::from_str(include_str!("../corpus/base.json")).unwrap();
    let mut contract = base["contract"].take();
    contract["identity"] = serde_json::from_str(include_str!("../../contracts/identity.json")).unwrap();
    let own = json!([
        {"id": "desk", "object": "contact", "kind": "text", "columns": ["Desk"]},
        {"id": "seats", "object": "contact", "kind": "number", "columns": ["Seats"]},
        {"id": "region", "object": "account", "kind": "text", "columns": ["Region"]},
    ]);
    contract["custom_fields"] = own.clone();
    let checked = check(&contract);
    let plan = checked.plan.unwrap_or_else(|| panic!("{:#?}", checked.findings));
    let contacts = "\
Id,LastName,Email,Phone,HasOptedOutOfEmail,Desk,Seats
c1,Okafor,anna@acme.com,call me,false,North,a dozen
c2,Okafor,anna@acme.com,,perhaps,,12
";
    let own: Vec<CustomField> = serde_json::from_value(own).unwrap();
    let options = crm::Options { object: Some(Object::Contact), custom: &own, ..crm::Options::default() };
    let table = crm::read("contacts.csv", contacts.as_bytes(), &options).unwrap();
    let found = duplicates(&plan, &Crm::build(&[table], &plan), Object::Contact).unwrap();
    assert_eq!(survivor(&found, "c1", "desk"), ("North", vec!["North", ""]));
    assert_eq!(survivor(&found, "c1", "seats"), ("12", vec!["a dozen", "12"]), "readable survives");
    assert_eq!(survivor(&found, "c1", "phone"), ("call me", vec!["call me", ""]));
    assert_eq!(survivor(&found, "c1", "opted_out"), ("false", vec!["false", "perhaps"]));
}

#[test]
fn an_address_that_a_contract_calls_shared_flags_nothing() {
    let found = found(&json!({"role_mailboxes": ["anna"]}));
    assert!(found.groups.iter().all(|group| !group.automatic), "{:?}", ids(&found));
    let found = self::found(&json!({"exact_email": false}));
    assert!(found.groups.iter().all(|group| !group.automatic), "{:?}", ids(&found));
}

#[test]
fn without_a_model_there_are_no_duplicates_to_list() {
    let plan = plan(&json!({"people": null}));
    let options = crm::Options { object: Some(Object::Contact), ..crm::Options::default() };
    let table = crm::read("contacts.csv", CONTACTS.as_bytes(), &options).unwrap();
    assert!(duplicates(&plan, &Crm::build(&[table], &plan), Object::Contact).is_none());
}
