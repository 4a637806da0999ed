//! From a table to events: each row of an export is a lead that came in. And events and proposals as they are.
//!
//! Input: a [`Table`] of leads, or of contacts, which then are read as leads; JSON Lines of [`Event`]s or
//! [`Proposal`]s. Output: those, in the file's order. Invariant: one event a row, and in it one field for each column,
//! blank where the cell is blank; columns without a field keep their header, made different where two are alike.

use serde::Deserialize;

use super::error::{ReadError, counted, shown};
use super::layout::Headers;
use super::recognise::plural;
use super::{id::record_id, json, text};
use crate::id::{EventId, FieldName, RecordId, SourceId, WorkflowId};
use crate::json::Decode;
use crate::map::{Map, Set};
use crate::normal::case::lower_text;
use crate::order;
use crate::record::{Column, Event, EventKind, Object, Proposal, RawName, RecordRef, Row, SetAside, Table, TableNote};
use crate::scale::Confidence;
use crate::time::Timestamp;

/// The events of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Captured {
    /// One `lead_captured` event a row, in the file's order.
    pub events: Vec<Event>,
    /// Rows without an id, ids that stand twice, rows without a readable date of creation.
    pub notes: Vec<TableNote>,
}

/// A count, and the line of the first.
#[derive(Default)]
struct Tally(usize, u64);

impl Tally {
    fn add(&mut self, line: u64) {
        if self.0 == 0 {
            self.1 = line;
        }
        self.0 += 1;
    }

    fn note(&self, code: &'static str, what: &str, help: &str) -> Option<TableNote> {
        (self.0 > 0).then(|| TableNote {
            code,
            message: format!("{} {what}, first line {}", counted(self.0, "row"), self.1),
            help: Some(help.to_owned()),
        })
    }
}

/// Makes a `lead_captured` event of each row of a table of leads or contacts.
///
/// The event's time is the record's date of creation, `at_fallback` where that is missing or unreadable; its source is
/// what the row's lead source says, `default_source` where that is blank. A row without an id gets one of file and
/// line; of several rows with one id the later ones get an event id of their own, with the line in it.
///
/// # Errors
/// When the table holds another kind of record.
pub fn events(table: &Table, default_source: Option<&str>, at_fallback: Timestamp) -> Result<Captured, ReadError> {
    let object = match table.object {
        Some(object @ (Object::Lead | Object::Contact)) => object,
        other => {
            let what = other.map_or("records of no known kind", plural);
            return Err(ReadError::new(
                &table.file,
                "leads or contacts",
                what,
                "load leads here; accounts, opportunities, activities and owners belong to the CRM snapshot",
            ));
        }
    };
    let names = match object {
        Object::Lead => field_names(&table.columns),
        _ => field_names(&as_leads(table)?),
    };
    let names: Vec<RawName> = names.into_iter().map(RawName::from).collect();
    let column = |name: &str| names.iter().position(|field| field.as_str() == name);
    let (id, created, source) = (column("lead.id"), column("lead.created_at"), column("lead.source"));
    let (mut nameless, mut again, mut undated) = (Tally::default(), Tally::default(), Tally::default());
    let records = table.rows.iter().map(|row| {
        cell(row, id).map(record_id).unwrap_or_else(|| {
            nameless.add(row.line);
            RecordId::from(format!("{}:{}", table.file, row.line))
        })
    });
    let records: Vec<RecordId> = records.collect();
    let repeated = order::repeated(&records);
    let mut events = Vec::with_capacity(table.rows.len());
    for ((row, record), repeats) in table.rows.iter().zip(records).zip(repeated) {
        let event = if repeats {
            again.add(row.line);
            EventId::from(format!("{record}@{}:{}", table.file, row.line))
        } else {
            EventId::from(record.as_str())
        };
        let at = cell(row, created).and_then(Timestamp::parse).unwrap_or_else(|| {
            undated.add(row.line);
            at_fallback
        });
        let cells = row.cells.iter().map(ToString::to_string);
        events.push(Event {
            id: event,
            kind: EventKind::LeadCaptured,
            at,
            record: RecordRef { object, id: record },
            source: cell(row, source).or(default_source).map(str::to_owned),
            motion: None,
            principal: None,
            fields: names.iter().cloned().zip(cells).collect(),
            present: Map::new(),
            proposals: Vec::new(),
            actions: Vec::new(),
        });
    }
    let notes = [
        nameless.note(
            "no-id",
            "without an id, named by file and line",
            "add the record id to the export, so that the same lead has the same id next time",
        ),
        again.note(
            "duplicate-id",
            "with an id that stood before, kept as leads of their own",
            "export each record once",
        ),
        undated.note(
            "no-date",
            &format!("without a readable date of creation, dated {at_fallback}"),
            "add the date of creation to the export",
        ),
    ];
    Ok(Captured { events, notes: notes.into_iter().flatten().collect() })
}

/// The columns of a table of contacts as those of leads: what only a lead has gets its field too.
fn as_leads(table: &Table) -> Result<Vec<Column>, ReadError> {
    let headers: Vec<String> = table.columns.iter().map(|column| column.header.clone()).collect();
    let known = Headers::new(&[]);
    let (recognised, _) = known.recognise(&table.file, &headers, Some(Object::Lead))?;
    Ok(known.assign(headers, Some(recognised), &mut Vec::new()))
}

/// What stands in a column, if anything does.
fn cell(row: &Row, column: Option<usize>) -> Option<&str> {
    let cell = row.cells.get(column?)?.trim();
    (!cell.is_empty()).then_some(cell)
}

/// What each column is called in an event: its field, or its header; no name twice.
fn field_names(columns: &[Column]) -> Vec<FieldName> {
    let mut used: Set<FieldName> = columns.iter().filter_map(|column| column.field.clone()).collect();
    let mut name = |(at, column): (usize, &Column)| {
        if let Some(field) = &column.field {
            return field.clone();
        }
        let header = match column.header.trim() {
            "" => format!("column {}", at + 1),
            header => header.to_owned(),
        };
        let mut name = FieldName::from(header.as_str());
        for n in 2.. {
            if used.insert(name.clone()) {
                break;
            }
            name = FieldName::from(format!("{header} ({n})"));
        }
        name
    };
    columns.iter().enumerate().map(&mut name).collect()
}

/// Reads [`Event`]s as JSON Lines. Lines that are none are set aside.
///
/// # Errors
/// When the file is no text, or no line of it is an event.
pub fn read_events(file: &str, bytes: &[u8]) -> Result<(Vec<Event>, Vec<SetAside>), ReadError> {
    let text = text::decode(file, bytes)?.text;
    let (events, set_aside) = json::typed(
        file,
        &text,
        "an event",
        "an event is `{\"id\": …, \"kind\": \"form_submitted\", \"at\": \"2026-11-22T09:30:00Z\", \"record\": \
         {\"object\": \"lead\", \"id\": …}, \"fields\": {\"lead.email\": …}}` on one line",
    )?;
    Ok((events.into_iter().map(|(_, event)| event).collect(), set_aside))
}

/// Which lead a proposal is for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordKey {
    /// By its id, comparable.
    Id(RecordId),
    /// By its e-mail address, in lower case.
    Email(Box<str>),
}

impl RecordKey {
    /// Reads an id or an e-mail address; what has an `@` in it is an address.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        if text.contains('@') { Self::Email(lower_text(text.trim()).into()) } else { Self::Id(record_id(text)) }
    }
}

/// A line of a file of proposals.
#[derive(Deserialize, Decode)]
#[serde(deny_unknown_fields)]
struct ProposalLine {
    record: String,
    field: FieldName,
    value: String,
    source: SourceId,
    confidence: Confidence,
    reason: Option<String>,
    at: Option<Timestamp>,
    workflow: Option<WorkflowId>,
}

/// The proposals of a file with the leads they are for, in its order, and the lines that are none.
pub type Proposals = (Vec<(RecordKey, Proposal)>, Vec<SetAside>);

/// Reads proposals as JSON Lines: a [`Proposal`] with the id or e-mail address of its lead as `record`.
///
/// # Errors
/// When the file is no text, or no line of it is a proposal.
pub fn read_proposals(file: &str, bytes: &[u8]) -> Result<Proposals, ReadError> {
    let text = text::decode(file, bytes)?.text;
    let help = "a proposal is `{\"record\": \"<lead id or e-mail address>\", \"field\": \"lead.industry\", \"value\": …, \
                \"source\": …, \"confidence\": 0.87}` on one line";
    let (lines, mut set_aside) = json::typed::<ProposalLine>(file, &text, "a proposal", help)?;
    let mut proposals = Vec::with_capacity(lines.len());
    for (line, read) in lines {
        if read.record.trim().is_empty() {
            let at = usize::try_from(line).unwrap_or_default();
            set_aside.push(SetAside {
                line,
                column: Some("record".to_owned()),
                expected: "the id or e-mail address of a lead".to_owned(),
                found: shown(&read.record),
                help: help.to_owned(),
                raw: text.lines().nth(at.saturating_sub(1)).unwrap_or_default().to_owned(),
            });
            continue;
        }
        proposals.push((
            RecordKey::parse(&read.record),
            Proposal {
                field: read.field,
                value: read.value,
                source: read.source,
                confidence: read.confidence,
                reason: read.reason,
                at: read.at,
                workflow: read.workflow,
            },
        ));
    }
    order::sort_by_key(&mut set_aside, |fault| fault.line);
    Ok((proposals, set_aside))
}
