//! The demo is the same everywhere, can be read, and has in it what it says.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use std::collections::{BTreeMap, BTreeSet};

use interlock_core::contract::{ActionKind, Contract};
use interlock_core::record::Proposal;
use interlock_demo::{Mess, Workspace, workspace};

type Rows = Vec<BTreeMap<String, String>>;

fn rows(demo: &Workspace, name: &str) -> Rows {
    csv::Reader::from_reader(demo.file(name).unwrap()).deserialize().map(Result::unwrap).collect()
}

fn contract(demo: &Workspace, name: &str) -> Contract {
    serde_json::from_slice(demo.file(name).unwrap()).unwrap()
}

/// FNV-1a, 64 bits: enough to notice a changed byte.
fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}

#[test]
fn gives_the_same_bytes_as_ever() {
    let demo = workspace();
    assert_eq!(demo, workspace());
    let found: Vec<(&str, usize, u64)> = demo
        .files
        .iter()
        .filter(|file| !file.name.ends_with(".json"))
        .map(|file| (file.name, file.bytes.len(), fingerprint(&file.bytes)))
        .collect();
    // A change here is a change of the demo: tests elsewhere that count on it have to follow.
    let expected = [
        ("leads.csv", 853712, 0x1744_7E2C_C470_E57A),
        ("accounts.csv", 109060, 0x04E1_D89F_8AAE_3B9D),
        ("contacts.csv", 263390, 0xA403_0717_57D1_E35C),
        ("opportunities.csv", 61518, 0x085B_8934_B76A_9CBE),
        ("activities.csv", 222327, 0x9D2D_FD3A_76AD_3223),
        ("owners.csv", 4248, 0xECD0_848F_72EE_9132),
        ("proposals.jsonl", 445262, 0x4EA5_E98E_B7E1_5490),
    ];
    assert_eq!(found, expected);
}

#[test]
fn every_file_can_be_read_and_is_complete() {
    let demo = workspace();
    for (name, count, id) in [
        ("leads.csv", 2000, "Lead ID"),
        ("accounts.csv", 400, "Id"),
        ("contacts.csv", 900, "Id"),
        ("opportunities.csv", 250, "Id"),
        ("activities.csv", 1500, "Id"),
        ("owners.csv", 25, "Id"),
    ] {
        let rows = rows(&demo, name);
        assert_eq!(rows.len(), count, "{name}");
        let ids: BTreeSet<&str> = rows.iter().map(|row| row[id].as_str()).collect();
        assert_eq!(ids.len(), count, "ids of {name} are unique");
        assert!(ids.iter().all(|id| id.len() == 18), "{name}");
    }
}

#[test]
fn references_point_to_records() {
    let demo = workspace();
    let ids = |name: &str, column: &str| -> BTreeSet<String> {
        rows(&demo, name).iter().map(|row| row[column].clone()).collect()
    };
    let (accounts, owners) = (ids("accounts.csv", "Id"), ids("owners.csv", "Id"));
    let mut people = ids("leads.csv", "Lead ID");
    people.extend(ids("contacts.csv", "Id"));
    let mut optional_accounts = accounts.clone();
    optional_accounts.insert(String::new());
    for (file, column, known) in [
        ("accounts.csv", "ParentId", &optional_accounts),
        ("accounts.csv", "OwnerId", &owners),
        ("contacts.csv", "AccountId", &accounts),
        ("opportunities.csv", "AccountId", &accounts),
        ("activities.csv", "AccountId", &optional_accounts),
        ("activities.csv", "WhoId", &people),
        ("activities.csv", "OwnerId", &owners),
    ] {
        let found = ids(file, column);
        assert!(found.is_subset(known), "{file} {column}");
    }
    let mut names = ids("owners.csv", "Name");
    names.insert("Unassigned Leads".to_owned());
    assert!(ids("leads.csv", "Lead Owner").is_subset(&names));
    let inactive = rows(&demo, "owners.csv").iter().filter(|row| row["IsActive"] == "false").count();
    assert_eq!(inactive, 2);
}

#[test]
fn nobody_real_is_in_it() {
    let demo = workspace();
    let free = [
        "gmail.com",
        "outlook.com",
        "hotmail.com",
        "yahoo.com",
        "icloud.com",
        "gmx.de",
        "web.de",
        "t-online.de",
        "orange.fr",
        "libero.it",
        "proton.me",
        "qq.com",
    ];
    for file in ["leads.csv", "contacts.csv"] {
        for row in rows(&demo, file) {
            let email = row["Email"].to_lowercase();
            let Some((mailbox, domain)) = email.split_once('@') else {
                assert_eq!(email, "");
                continue;
            };
            let invented = domain.is_empty() || domain.ends_with(".example") || domain.ends_with(".test");
            assert!(invented || (free.contains(&domain) && mailbox.contains(".lf")), "{email}");
        }
    }
}

#[test]
fn the_planted_mess_is_there() {
    let demo = workspace();
    let leads: BTreeMap<String, BTreeMap<String, String>> =
        rows(&demo, "leads.csv").into_iter().map(|row| (row["Lead ID"].clone(), row)).collect();
    let holds = |mess: Mess, column: &str, test: &dyn Fn(&str) -> bool| {
        let expected: BTreeSet<&String> =
            leads.iter().filter(|(_, row)| test(&row[column])).map(|(id, _)| id).collect();
        let planted: BTreeSet<&String> = demo.planted.ids(mess).iter().collect();
        assert_eq!(planted, expected, "{mess:?}");
    };
    let blank = |text: &str| text.is_empty();
    holds(Mess::NoEmail, "Email", &blank);
    holds(Mess::NoCompany, "Company / Account", &blank);
    holds(Mess::NoEmployees, "No. of Employees", &blank);
    holds(Mess::NoIndustry, "Industry", &blank);
    holds(Mess::NoCountry, "Country", &blank);
    holds(Mess::NoSource, "Lead Source", &blank);
    holds(Mess::OptedOut, "Email Opt Out", &|text| text == "1");
    holds(Mess::DoNotCall, "Do Not Call", &|text| text == "1");
    holds(Mess::Converted, "Converted", &|text| text == "1");
    holds(Mess::Bounced, "Is Email Bounced", &|text| text == "1");
    holds(Mess::MultiLine, "Message", &|text| text.contains('\n'));
    holds(Mess::OtherCurrency, "Annual Revenue", &|text| text.starts_with("EUR"));
    holds(Mess::PlusTag, "Email", &|text| text.contains('+'));
    holds(Mess::BrokenEmail, "Email", &|text| text.ends_with('@'));
    holds(Mess::UnreadableNumber, "No. of Employees", &|text| {
        !text.is_empty() && !text.chars().all(|c| c.is_ascii_digit() || c == ',')
    });
    for id in demo.planted.ids(Mess::SameEmailOtherCase) {
        let email = &leads[id]["Email"];
        assert!(
            leads.values().any(|row| row["Email"] != *email && row["Email"].to_lowercase() == email.to_lowercase()),
            "{email}"
        );
    }
}

#[test]
fn every_kind_of_mess_is_planted() {
    let demo = workspace();
    let least = |mess: Mess| match mess {
        Mess::NoEmployees | Mess::NoIndustry | Mess::Diacritics => 500,
        Mess::FreeMail | Mess::NoCountry | Mess::CountrySpelling | Mess::CompanyVariant | Mess::AsksIntegration => 200,
        Mess::Customer | Mess::OpenOpportunity | Mess::NamedAccount => 100,
        _ => 8,
    };
    let counts: Vec<(Mess, usize)> = demo.planted.all().map(|(mess, ids)| (mess, ids.len())).collect();
    for &(mess, count) in &counts {
        assert!(count >= least(mess), "{mess:?}: {count}");
    }
    // Every variant of the enumeration, which ends with this one.
    assert_eq!(counts.len(), Mess::SharedContactAddress as usize + 1);
}

#[test]
fn proposals_can_be_read() {
    let demo = workspace();
    let ids: BTreeSet<String> = rows(&demo, "leads.csv").iter().map(|row| row["Lead ID"].clone()).collect();
    let sources: BTreeSet<String> =
        contract(&demo, "baseline.json").sources.iter().map(|source| source.id.to_string()).collect();
    let text = std::str::from_utf8(demo.file("proposals.jsonl").unwrap()).unwrap();
    let mut leads = BTreeSet::new();
    for line in text.lines() {
        let mut line: serde_json::Map<String, serde_json::Value> = serde_json::from_str(line).unwrap();
        let record = line.remove("record").unwrap();
        let record = record.as_str().unwrap();
        assert!(ids.contains(record));
        leads.insert(record.to_owned());
        let proposal: Proposal = serde_json::from_value(line.into()).unwrap();
        assert!(sources.contains(proposal.source.as_str()), "{}", proposal.source);
        assert!((350..=990).contains(&proposal.confidence.get()));
    }
    assert!((1100..=1300).contains(&leads.len()), "{}", leads.len());
}

#[test]
fn contracts_read_and_write_the_same() {
    let demo = workspace();
    for name in ["baseline.json", "candidate.json"] {
        let before: serde_json::Value = serde_json::from_slice(demo.file(name).unwrap()).unwrap();
        let contract = contract(&demo, name);
        assert_eq!(serde_json::to_value(&contract).unwrap(), before, "{name}");
    }
}

#[test]
fn contracts_are_complete() {
    let demo = workspace();
    for name in ["baseline.json", "candidate.json"] {
        let contract = contract(&demo, name);
        assert_eq!(contract.workflows.len(), 8, "{name}");
        for workflow in &contract.workflows {
            let id = &workflow.id;
            assert!(workflow.trigger.is_some(), "{id}");
            assert!(workflow.eligible.is_some(), "{id}");
            assert!(workflow.exclusions.is_some(), "{id}");
            assert!(workflow.success_metric.is_some(), "{id}");
            let agent = contract.agents.iter().find(|agent| Some(&agent.id) == workflow.agent.as_ref());
            for action in &workflow.actions {
                assert!(agent.is_none_or(|agent| agent.capabilities.contains(action)), "{id} {action}");
            }
        }
        assert!(contract.workflows.iter().any(|workflow| workflow.actions.contains(&ActionKind::Assign)));
        assert!(contract.audit.is_some() && contract.rollback.is_some() && contract.handoff.is_some());
        assert!(contract.lifecycle.is_some() && contract.routing.is_some() && contract.identity.is_some());
        let owners: BTreeSet<String> = rows(&demo, "owners.csv").iter().map(|row| row["Email"].clone()).collect();
        for pool in contract.routing.unwrap().pools {
            for member in pool.members {
                assert!(owners.contains(&member.owner), "{}", member.owner);
            }
        }
    }
}

#[test]
fn lists_name_the_watched_accounts() {
    let demo = workspace();
    let leads = rows(&demo, "leads.csv");
    for (list, mess) in [("strategic-accounts", Mess::StrategicAccount), ("named-accounts", Mess::NamedAccount)] {
        let contract = contract(&demo, "baseline.json");
        let list = contract.lists.iter().find(|known| known.id.as_str() == list).unwrap();
        let found: Vec<&str> = leads
            .iter()
            .filter(|lead| {
                let domain = lead["Email"].to_lowercase();
                let domain = domain.split_once('@').map_or("", |(_, domain)| domain);
                list.values.iter().any(|value| value == domain)
            })
            .map(|lead| lead["Lead ID"].as_str())
            .collect();
        assert_eq!(demo.planted.ids(mess), found);
    }
}
