//! The exports in a folder, under the contracts of `examples/`, and whether the forms of one export agree.
//!
//! Input: a folder with files such as `hubspot_contacts.csv` and `salesforce_leads_report.csv`: the CRM's name first, then
//! what the file holds. Output: for each CRM its forms (an API export, a report export), decided in the order of the
//! file. Invariant: every record of a file is decided or set aside; anything else is an error.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail};
use interlock_core::decide::Detail;
use interlock_core::decision::Decision;
use interlock_core::intake::intake;
use interlock_core::record::{Crm, Value};
use interlock_core::time::Timestamp;
use interlock_core::workspace::{self, Arrival, Data, File, Holds, Reading};
use serde_json::Value as Json;

use crate::{Bench, plan};

/// What a word in a file's name says of its rows. HubSpot keeps leads as contacts.
const WORDS: [(&str, Holds); 8] = [
    ("leads", Holds::Lead),
    ("contacts", Holds::Lead),
    ("companies", Holds::Account),
    ("accounts", Holds::Account),
    ("deals", Holds::Opportunity),
    ("opportunities", Holds::Opportunity),
    ("users", Holds::Owner),
    ("owners", Holds::Owner),
];

/// The CRMs and their contracts.
const CRMS: [(&str, &str); 2] = [
    ("hubspot", include_str!("../../examples/contracts/hubspot.json")),
    ("salesforce", include_str!("../../examples/contracts/salesforce.json")),
];

/// One file of leads with the files beside it.
#[derive(Debug)]
pub struct Form {
    /// The name of the file of leads.
    pub name: String,
    /// Records in the file, counted without the engine.
    pub records: usize,
    /// Everything that deciding them takes.
    pub bench: Bench,
}

/// The forms in a folder, by CRM.
///
/// # Errors
/// When a file cannot be read, or a record is neither decided nor set aside.
pub fn forms(folder: &Path, as_of: &str) -> Result<BTreeMap<&'static str, Vec<Form>>> {
    let mut all = BTreeMap::new();
    for (crm, contract) in CRMS {
        let files = files(folder, crm)?;
        let (leads, beside): (Vec<_>, Vec<_>) = files.into_iter().partition(|file| file.holds == Some(Holds::Lead));
        let forms: Result<Vec<_>> = leads.into_iter().map(|file| form(file, &beside, contract, as_of)).collect();
        let forms = forms?;
        if !forms.is_empty() {
            all.insert(crm, forms);
        }
    }
    if all.is_empty() {
        bail!("no `hubspot_*contacts*.csv` and no `salesforce_*leads*.csv` in `{}`", folder.display());
    }
    Ok(all)
}

fn files(folder: &Path, crm: &str) -> Result<Vec<File>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| format!("cannot list `{}`", folder.display()))? {
        let path = entry.with_context(|| format!("cannot list `{}`", folder.display()))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let holds = WORDS.iter().find(|(word, _)| name.contains(word)).map(|(_, holds)| *holds);
        if name.starts_with(crm) && name.to_ascii_lowercase().ends_with(".csv") && holds.is_some() {
            let bytes = std::fs::read(&path).with_context(|| format!("cannot read `{}`", path.display()))?;
            files.push(File { name, bytes, holds });
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
}

fn form(leads: File, beside: &[File], contract: &str, as_of: &str) -> Result<Form> {
    let (name, records) = (leads.name.clone(), records(&leads.bytes));
    let files: Vec<File> = std::iter::once(leads).chain(beside.iter().cloned()).collect();
    let as_of = Timestamp::parse(as_of).with_context(|| format!("`{as_of}` is not a time"))?;
    let (baseline, candidate) = (plan(contract)?, plan(contract)?);
    // A report has lost the time of day: only the file's order is in both forms.
    let reading = Reading { arrival: Arrival::File, default_source: None, as_of };
    let data = workspace::read(&files, baseline.contract(), reading);
    account_for(&name, records, &data)?;
    let crm = Crm::build(&data.tables, &baseline);
    Ok(Form { name, records, bench: Bench { files, data, baseline, candidate, crm, other: None, as_of } })
}

fn account_for(name: &str, records: usize, data: &Data) -> Result<()> {
    let report = data.reports.iter().find(|report| report.file == name);
    let report = report.with_context(|| format!("there is no report on `{name}`"))?;
    let (read, aside) = (report.rows as usize, report.set_aside.len());
    if read + aside != records || data.events.len() != read {
        bail!("`{name}` has {records} records: {read} read, {aside} set aside, {} decided", data.events.len());
    }
    Ok(())
}

/// The records of a CSV file after the headers: line ends outside of quotes.
fn records(bytes: &[u8]) -> usize {
    let text = match bytes {
        [0xFF, 0xFE, rest @ ..] => {
            let pairs = rest.chunks_exact(2).filter_map(|pair| Some(u16::from_le_bytes(pair.try_into().ok()?)));
            char::decode_utf16(pairs).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
        }
        _ => String::from_utf8_lossy(bytes).into_owned(),
    };
    let (mut quoted, mut lines) = (false, 0);
    for c in text.trim_end().chars() {
        quoted ^= c == '"';
        lines += usize::from(c == '\n' && !quoted);
    }
    lines
}

/// Where two forms of the same leads differ, lead by lead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    /// Leads compared.
    pub leads: usize,
    /// Leads with another owner, pool or queue.
    pub places: usize,
    /// Leads with other scores.
    pub scores: usize,
    /// Leads with another verdict on any action.
    pub verdicts: usize,
    /// Fields of the lead that are read differently, and for how many leads.
    pub fields: BTreeMap<String, usize>,
    /// Where the decisions differ as data, and for how many leads.
    pub decision: BTreeMap<String, usize>,
}

/// Compares two forms row by row.
///
/// # Errors
/// When they have different numbers of leads, or a decision cannot be written.
pub fn compare(one: &Form, other: &Form) -> Result<Differences> {
    let decisions = |form: &Form| form.bench.decisions(form.bench.sides()[0].1, Detail::Full);
    let (here, there) = (decisions(one), decisions(other));
    if here.len() != there.len() {
        bail!("`{}` has {} leads, `{}` {}", one.name, here.len(), other.name, there.len());
    }
    let mut differences = Differences { leads: here.len(), ..Differences::default() };
    for (place, (a, b)) in here.iter().zip(&there).enumerate() {
        differences.places += usize::from(a.outcome.place != b.outcome.place);
        differences.scores += usize::from(a.scores != b.scores);
        differences.verdicts += usize::from(verdicts(a) != verdicts(b));
        let mut paths = Vec::new();
        walk(&serde_json::to_value(a)?, &serde_json::to_value(b)?, String::new(), &mut paths);
        count(&mut differences.decision, paths);
        let (a, b) = (read(one, place), read(other, place));
        let names = a.keys().chain(b.keys()).filter(|name| a.get(*name) != b.get(*name));
        count(&mut differences.fields, names.map(|name| lost(name, a.get(name), b.get(name))).collect());
    }
    Ok(differences)
}

fn verdicts(decision: &Decision) -> Vec<String> {
    decision
        .judged
        .iter()
        .map(|judged| format!("{:?} {:?} {:?}", judged.action, judged.field, judged.verdict))
        .collect()
}

/// A field that differs, and how much of it where the rest is the same.
fn lost(name: &str, a: Option<&String>, b: Option<&String>) -> String {
    let both = |part: fn(&str) -> Option<&str>| {
        let (a, b) = (a.and_then(|a| part(a)), b.and_then(|b| part(b)));
        a.is_some() && a == b
    };
    if both(|text| text.lines().next()) {
        format!("{name}, after its first line")
    } else if both(|text| text.split_once('T').filter(|(day, _)| day.len() == 10).map(|(day, _)| day)) {
        format!("{name}, the time of day")
    } else {
        name.to_owned()
    }
}

/// A lead's fields in normal form, its owner by id, and when it came.
fn read(form: &Form, place: usize) -> BTreeMap<String, String> {
    let Some(event) = form.bench.data.events.get(place) else { return BTreeMap::new() };
    let lead = intake(&form.bench.baseline, event);
    let mut fields = BTreeMap::from([("time of arrival".to_owned(), lead.at.to_string())]);
    for (name, _, value) in lead.record.known() {
        let text = match value {
            Value::Text(text) if name == "owner" => form.bench.crm.owner_id(text).to_string(),
            Value::Text(text) => text.to_string(),
            Value::Time(time) => time.to_string(),
            other => format!("{other:?}"),
        };
        fields.insert(format!("lead.{name}"), text);
    }
    fields
}

fn count(counts: &mut BTreeMap<String, usize>, mut names: Vec<String>) {
    names.sort();
    names.dedup();
    for name in names {
        *counts.entry(name).or_default() += 1;
    }
}

/// The leaves in which two values differ, without the places in lists.
fn walk(a: &Json, b: &Json, at: String, paths: &mut Vec<String>) {
    match (a, b) {
        (Json::Object(a), Json::Object(b)) => {
            for key in a.keys().chain(b.keys().filter(|key| !a.contains_key(*key))) {
                let side = |value: Option<&Json>| value.cloned().unwrap_or_default();
                walk(&side(a.get(key)), &side(b.get(key)), format!("{at}/{key}"), paths);
            }
        }
        (Json::Array(a), Json::Array(b)) if a.len() == b.len() => {
            for (a, b) in a.iter().zip(b) {
                walk(a, b, format!("{at}/*"), paths);
            }
        }
        _ if a != b => paths.push(at),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    const API: &str = "Id,FirstName,LastName,Company,Email,Street,OwnerId,CreatedDate\n\
        00Q000000000001,Ann,Lee,Acme,ann@acme.example,1 Road,005000000000001,2026-11-02T09:00:00.000Z\n\
        00Q000000000002,Bo,Ray,Beta,bo@beta.example,2 Road,005000000000001,2026-11-02T10:00:00.000Z\n";
    const REPORT: &str = "Lead ID;First Name;Last Name;Company / Account;Email;Street;Lead Owner;Create Date\n\
        00Q000000000001;Ann;Lee;Acme;ann@acme.example;\"1 Road\nSuite 7\";Dana Fox;02.11.2026\n\
        00Q000000000002;Bo;Ray;Beta;bo@beta.example;\"2 Road\nSuite 8\";Dana Fox;02.11.2026\n";

    fn parsed(name: &str, text: &str) -> Result<Form> {
        let leads = File { name: name.to_owned(), bytes: text.as_bytes().to_vec(), holds: Some(Holds::Lead) };
        let users = "Id,Name,Email,IsActive\n005000000000001,Dana Fox,dana@us.example,true\n".as_bytes().to_vec();
        let users = File { name: "users.csv".to_owned(), bytes: users, holds: Some(Holds::Owner) };
        form(leads, &[users], CRMS[1].1, "2026-11-23T09:00:00Z")
    }

    #[test]
    fn only_what_a_report_loses_differs() {
        let (api, report) = (parsed("api.csv", API).unwrap(), parsed("report.csv", REPORT).unwrap());
        assert_eq!((api.records, report.records), (2, 2));
        let found = compare(&api, &report).unwrap();
        assert_eq!((found.leads, found.places, found.scores, found.verdicts), (2, 0, 0, 0));
        let names: Vec<_> = found.fields.keys().map(String::as_str).collect();
        assert_eq!(
            names,
            [
                "lead.created_at, the time of day",
                "lead.street, after its first line",
                "time of arrival, the time of day"
            ]
        );
    }

    #[test]
    fn another_lead_is_noticed() {
        let other =
            REPORT.replace("bo@beta.example", "bo@gamma.example").replace(";Dana Fox;02.11.2026\n", ";;02.11.2026\n");
        let (api, report) = (parsed("api.csv", API).unwrap(), parsed("report.csv", &other).unwrap());
        let found = compare(&api, &report).unwrap();
        assert!(found.fields.contains_key("lead.email"), "{found:?}");
        let mut paths = Vec::new();
        let value = |text: &str| serde_json::from_str(text).unwrap();
        walk(
            &value(r#"{"a":[{"b":1},{"b":2}],"c":0}"#),
            &value(r#"{"a":[{"b":1},{"b":3}]}"#),
            String::new(),
            &mut paths,
        );
        assert_eq!(paths, ["/a/*/b", "/c"]);
    }

    #[test]
    fn records_are_counted_by_quotes() {
        assert_eq!(records(b"a,b\n1,2\n\"x\ny\",\"\"\"\"\n"), 2);
        let wide: Vec<u8> = "a\n1\n2\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(records(&[&[0xFF, 0xFE], wide.as_slice()].concat()), 2);
    }
}
