//! Files read one by one and put together, so that a file that comes or goes leaves the others as they were read.
//!
//! Input: files, the contract that says how they are read. Output: a [`Part`] a file, and [`Data`] from all parts.
//! Invariant: data taken apart and put together is what reading all its files gives.

use super::{Arrival, Data, File, FileReport, Holds, Reading, recognise};
use crate::contract::Contract;
use crate::crm::{self, Options, ReadError, RecordKey};
use crate::id::FieldName;
use crate::map::Index;
use crate::order;
use crate::record::{Event, Object, Proposal, Table, TableNote};

/// What one file says.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    /// What became of it, whatever the other files hold.
    pub(crate) report: FileReport,
    table: Option<Table>,
    events: Vec<Event>,
    proposals: Vec<(RecordKey, Proposal)>,
}

/// What takes data apart again.
#[derive(Clone, Debug, Default)]
pub(super) struct Seams {
    files: Vec<FileSeam>,
    /// For each event the place of its file, and how many proposals it came with.
    events: Vec<(usize, usize)>,
}

#[derive(Clone, Debug)]
struct FileSeam {
    has_table: bool,
    proposals: Vec<(RecordKey, Proposal)>,
    notes: usize,
}

/// Reads all files.
#[must_use]
pub fn read(files: &[File], contract: &Contract, reading: Reading<'_>) -> Data {
    join(files.iter().map(|file| read_one(file, contract, reading)).collect(), reading.arrival)
}

/// Reads one file.
pub(crate) fn read_one(file: &File, contract: &Contract, reading: Reading<'_>) -> Part {
    let holds = file.holds.or_else(|| recognise(&file.bytes));
    let report = FileReport {
        file: file.name.clone(),
        holds,
        rows: 0,
        set_aside: Vec::new(),
        notes: Vec::new(),
        columns: Vec::new(),
        error: None,
    };
    let mut part = Part { report, table: None, events: Vec::new(), proposals: Vec::new() };
    part.report.error = fill(&mut part, file, contract, reading).err();
    part
}

fn fill(part: &mut Part, file: &File, contract: &Contract, reading: Reading<'_>) -> Result<(), ReadError> {
    let report = &mut part.report;
    match report.holds {
        Some(Holds::Contract) => {}
        Some(Holds::Proposals) => {
            (part.proposals, report.set_aside) = crm::read_proposals(&file.name, &file.bytes)?;
            report.rows = count(part.proposals.len());
        }
        Some(Holds::Events) => {
            (part.events, report.set_aside) = crm::read_events(&file.name, &file.bytes)?;
            report.rows = count(part.events.len());
        }
        holds => {
            let options = Options::of(contract, holds.and_then(Holds::object));
            let mut table = crm::read(&file.name, &file.bytes, &options)?;
            report.holds = table.object.map(Holds::of);
            report.rows = count(table.rows.len());
            if table.object == Some(Object::Lead) {
                let mut captured = crm::events(&table, reading.default_source, reading.as_of)?;
                part.events = captured.events;
                table.notes.append(&mut captured.notes);
            }
            report.set_aside = std::mem::take(&mut table.set_aside);
            report.notes = std::mem::take(&mut table.notes);
            report.columns.clone_from(&table.columns);
            part.table = Some(table);
        }
    }
    Ok(())
}

/// Puts parts together: events in order of arrival, each with the proposals for it.
pub(crate) fn join(parts: Vec<Part>, arrival: Arrival) -> Data {
    let mut data = Data::default();
    let mut events = Vec::with_capacity(parts.iter().map(|part| part.events.len()).sum());
    for (place, part) in parts.into_iter().enumerate() {
        events.extend(part.events.into_iter().map(|event| (place, event)));
        let (has_table, notes) = (part.table.is_some(), part.report.notes.len());
        data.tables.extend(part.table);
        data.seams.files.push(FileSeam { has_table, proposals: part.proposals, notes });
        data.reports.push(part.report);
    }
    if arrival == Arrival::Time {
        order::sort_by_key(&mut events, |(_, event)| event.at);
    }
    data.seams.events = events.iter().map(|(place, event)| (*place, event.proposals.len())).collect();
    data.events = events.into_iter().map(|(_, event)| event).collect();
    for (file, report) in data.seams.files.iter().zip(&mut data.reports) {
        let strays = attach(&mut data.events, &file.proposals);
        if strays > 0 {
            report.notes.push(TableNote {
                code: "stray-proposal",
                message: format!(
                    "{} for records that no lead file has",
                    crate::text::count(strays, "proposal", "proposals")
                ),
                help: Some("load the leads they are for, or check the ids in `record`".to_owned()),
            });
        }
    }
    data
}

/// The parts that data was put together from, in the order of their files.
pub(crate) fn apart(data: Data) -> Vec<Part> {
    let mut tables = data.tables.into_iter();
    let files = data.seams.files.into_iter().zip(data.reports);
    let parts = files.map(|(file, mut report)| {
        report.notes.truncate(file.notes);
        let table = if file.has_table { tables.next() } else { None };
        Part { report, table, events: Vec::new(), proposals: file.proposals }
    });
    let mut parts: Vec<Part> = parts.collect();
    for (mut event, (place, proposals)) in data.events.into_iter().zip(data.seams.events) {
        event.proposals.truncate(proposals);
        if let Some(part) = parts.get_mut(place) {
            part.events.push(event);
        }
    }
    parts
}

/// Gives each proposal to the leads it is for; returns how many are for nobody.
fn attach(events: &mut [Event], proposals: &[(RecordKey, Proposal)]) -> u64 {
    if proposals.is_empty() {
        return 0;
    }
    let mut leads = Vec::with_capacity(events.len());
    let email = FieldName::from("lead.email");
    for (place, event) in events.iter().enumerate() {
        leads.push((RecordKey::parse(event.record.id.as_str()), place));
        if let Some(address) = event.fields.get(&email).filter(|address| address.contains('@')) {
            leads.push((RecordKey::parse(address), place));
        }
    }
    let leads: Index<RecordKey, usize> = leads.into_iter().collect();
    let mut strays = 0;
    for (key, proposal) in proposals {
        let places = leads.get(key);
        if places.is_empty() {
            strays += 1;
        }
        for place in places {
            if let Some(event) = events.get_mut(*place) {
                event.proposals.push(proposal.clone());
            }
        }
    }
    strays
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Timestamp;

    fn file(name: &str, text: &str) -> File {
        File { name: name.to_owned(), bytes: text.as_bytes().to_vec(), holds: None }
    }

    #[test]
    fn data_taken_apart_and_put_together_is_the_same() {
        let proposal = |record: &str| {
            format!(
                "{{\"record\":\"{record}\",\"field\":\"lead.industry\",\"value\":\"x\",\"source\":\"s\",\"confidence\":900}}\n"
            )
        };
        let files = [
            file("a.csv", "lead.id,lead.email,lead.created_at\n1,a@b.com,2026-02-02\n2,b@b.com,2026-01-01\n"),
            file("p.jsonl", &(proposal("2") + &proposal("3") + &proposal("4"))),
            file("b.csv", "lead.id,lead.email,lead.created_at\n3,c@b.com,2026-01-15\n"),
            file("q.jsonl", &proposal("2")),
        ];
        let contract = Contract::empty();
        for arrival in [Arrival::Time, Arrival::File] {
            let reading = Reading { arrival, default_source: None, as_of: Timestamp::default() };
            let parts =
                |files: &[File]| files.iter().map(|file| read_one(file, &contract, reading)).collect::<Vec<_>>();
            let whole = read(&files, &contract, reading);
            assert_eq!(whole.events.len(), 3);
            assert!(whole.events.iter().any(|event| event.proposals.len() == 2));
            let mut grown = Data::default();
            for part in parts(&files) {
                let mut before = apart(grown);
                before.push(part);
                grown = join(before, arrival);
            }
            let mut fewer = apart(grown.clone());
            fewer.remove(0);
            for (one, other) in [(&grown, &whole), (&join(fewer, arrival), &read(&files[1..], &contract, reading))] {
                assert_eq!(format!("{one:?}"), format!("{other:?}"));
            }
        }
    }
}
