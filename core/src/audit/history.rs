//! What CRMs remember of their fields, as entries of a log.
//!
//! Input: the field history that Salesforce exports, or the property history that HubSpot does, read as a table. Output: an
//! observed entry for each change, in order of time. Invariant: each row becomes an entry or is set aside with the reason;
//! nobody is called a person whom the file does not show to be one.
//! Source: Salesforce's history objects (`LeadHistory`: `Field`, `OldValue`, `NewValue`, `CreatedById`, `CreatedDate`) and the
//! reports on them; HubSpot's property history (`value`, `timestamp`, `sourceType`, `sourceId`, `updatedByUserId`).

use std::borrow::Cow;

use super::{Actor, ENGINE, Entry, EntryKind};
use crate::contract::{ActionKind, EventKind};
use crate::crm::{ReadError, each_column, header_key, record_id, shown_list};
use crate::id::{EventId, FieldName, SourceId};
use crate::map::Map;
use crate::normal::date::{DayOrderEvidence, When, detect_day_order};
use crate::order;
use crate::record::{Object, Row, SetAside, Table};
use crate::time::Timestamp;

/// What became of a history.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// The changes, in order of time.
    pub entries: Vec<Entry>,
    /// Rows that could not be read.
    pub set_aside: Vec<SetAside>,
}

/// The contract of what no contract decided.
pub(super) const NO_CONTRACT: &str = "none";

/// What a column of a history holds, by the headers it may have, as letters and digits alone.
const COLUMNS: [(&str, &[&str]); 8] = [
    (
        "record",
        &[
            "leadid",
            "contactid",
            "accountid",
            "opportunityid",
            "parentid",
            "objectid",
            "recordid",
            "hsobjectid",
            "vid",
            "id",
        ],
    ),
    ("field", &["field", "fieldevent", "property", "propertyname", "propertyinternalname"]),
    ("old", &["oldvalue", "oldvaluetext", "previousvalue"]),
    ("new", &["newvalue", "newvaluetext", "value", "propertyvalue"]),
    ("at", &["createddate", "editdate", "timestamp", "changedate", "occurredat", "changedat"]),
    ("by", &["createdbyid", "createdby", "editedby", "updatedbyuserid", "updatedby", "changedby"]),
    ("source", &["sourcetype", "changesource", "source", "sourcelabel"]),
    ("event", &["historyid"]),
];

/// How HubSpot calls what a person did in its pages or on a telephone.
const BY_HAND: [&str; 4] = ["crmui", "mobileios", "mobileandroid", "crmuibulkaction"];

/// Reads a history. `of` says of which records it is, where its columns do not; `systems` names users that are none of
/// people, by name or id.
///
/// # Errors
/// When the table has no column of records, fields, values or times, or does not show of which records it is.
pub fn history(table: &Table, of: Option<Object>, systems: &[String]) -> Result<History, ReadError> {
    let columns = Columns::find(table)?;
    let of = of.or(columns.of).ok_or_else(|| {
        ReadError::new(
            &table.file,
            "a column that shows of which records it is, such as `LeadId`",
            shown_list(table.columns.iter().map(|column| column.header.as_str())),
            "say it: lead, contact, account or opportunity",
        )
    })?;
    let cell =
        |row: &Row, at: Option<usize>| at.and_then(|at| row.cells.get(at)).map_or("", |cell| cell.trim()).to_owned();
    let day_order =
        match detect_day_order(table.rows.iter().filter_map(|row| row.cells.get(columns.at)).map(|cell| &**cell)) {
            DayOrderEvidence::Order(order) => Some(order),
            _ => None,
        };
    let mut known: Map<String, String> = Map::new();
    each_column(&mut |object, header, field| {
        if object == of && known.get(&header_key(header)).is_none() {
            known.insert(header_key(header), field.to_owned());
        }
    });
    let mut result = History::default();
    for row in &table.rows {
        let (record, field) = (cell(row, Some(columns.record)), cell(row, Some(columns.field)));
        let at = When::parse(&cell(row, Some(columns.at)), day_order);
        let missing = [("a record's id", columns.record, &record), ("a field's name", columns.field, &field)];
        if let Some((what, place, _)) = missing.into_iter().find(|(.., text)| text.is_empty()) {
            result.set_aside.push(aside(table, row, place, what, "nothing"));
            continue;
        }
        let Ok(at) = at else {
            let found = cell(row, Some(columns.at));
            result.set_aside.push(aside(
                table,
                row,
                columns.at,
                "a time",
                if found.is_empty() { "nothing" } else { &found },
            ));
            continue;
        };
        let (by, source) = (cell(row, columns.by), cell(row, columns.source));
        let is_system = systems.iter().any(|name| !by.is_empty() && header_key(name) == header_key(&by));
        let by_hand = if source.is_empty() { !by.is_empty() } else { BY_HAND.contains(&header_key(&source).as_str()) };
        let name = known.get(&header_key(&field)).map_or(field.as_str(), String::as_str);
        let event = cell(row, columns.event);
        let old = columns.old.map(|at| cell(row, Some(at)));
        result.entries.push(Entry {
            kind: EntryKind::Observed,
            object: of,
            record: record_id(&record),
            workflow: None,
            workflow_version: None,
            agent: None,
            event: EventId::from(if event.is_empty() { format!("{}:{}", table.file, row.line) } else { event }),
            trigger: EventKind::RecordUpdated,
            action: ActionKind::UpdateField,
            field: Some(FieldName::from(format!("{}.{name}", of.word()))),
            to: String::new(),
            old: old.filter(|old| !old.is_empty()),
            new: cell(row, Some(columns.new)),
            source: (!source.is_empty()).then(|| SourceId::from(source)),
            confidence: None,
            at: Timestamp::from_seconds(at.seconds),
            actor: (by_hand && !is_system).then_some(Actor::Human),
            verdict: None,
            reasons: if by.is_empty() { Vec::new() } else { vec![format!("written by `{by}`")] },
            codes: Vec::new(),
            rules: Vec::new(),
            owner: None,
            due: None,
            reviewer: None,
            human_verified: by_hand && !is_system,
            answer: None,
            contract: NO_CONTRACT.to_owned(),
            engine: Cow::Borrowed(ENGINE),
        });
    }
    order::sort_by(&mut result.entries, |a, b| a.at.cmp(&b.at));
    if columns.old.is_none() {
        follow(&mut result.entries);
    }
    Ok(result)
}

/// Where a history says only what a field became, the value before is the one it became before.
fn follow(entries: &mut [Entry]) {
    let mut stands: Map<(String, String), String> = Map::new();
    for entry in entries {
        let field = entry.field.as_ref().map_or_else(String::new, ToString::to_string);
        let key = (entry.record.to_string(), field);
        entry.old = stands.insert(key, entry.new.clone()).filter(|old| !old.is_empty());
    }
}

/// Where the columns of a history stand.
struct Columns {
    record: usize,
    field: usize,
    new: usize,
    at: usize,
    old: Option<usize>,
    by: Option<usize>,
    source: Option<usize>,
    event: Option<usize>,
    /// Of which records it is, by the name of their id.
    of: Option<Object>,
}

impl Columns {
    fn find(table: &Table) -> Result<Self, ReadError> {
        let headers: Vec<String> = table.columns.iter().map(|column| header_key(&column.header)).collect();
        let place = |what: &str| {
            let (_, names) = COLUMNS.iter().find(|(name, _)| *name == what)?;
            names.iter().find_map(|name| headers.iter().position(|header| header == name))
        };
        let must = |what: &str, like: &str| {
            place(what).ok_or_else(|| {
                ReadError::new(
                    &table.file,
                    format!("a column for the {what}, such as `{like}`"),
                    shown_list(table.columns.iter().map(|column| column.header.as_str())),
                    "export the field history of Salesforce or the property history of HubSpot with all its columns",
                )
                .at(1)
            })
        };
        let record = must("record", "LeadId")?;
        let of = headers
            .get(record)
            .and_then(|header| Object::ALL.into_iter().find(|object| *header == format!("{}id", object.word())));
        Ok(Self {
            record,
            field: must("field", "Field")?,
            new: must("new", "NewValue")?,
            at: must("at", "CreatedDate")?,
            old: place("old"),
            by: place("by"),
            source: place("source"),
            event: place("event"),
            of,
        })
    }
}

fn aside(table: &Table, row: &Row, place: usize, expected: &str, found: &str) -> SetAside {
    SetAside {
        line: row.line,
        column: table.columns.get(place).map(|column| column.header.clone()),
        expected: expected.to_owned(),
        found: found.to_owned(),
        help: "write it into the file, a time as in `2026-01-31T10:00:00Z`, or leave the row out".to_owned(),
        raw: row.cells.join(","),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::crm::{Options, read};

    fn of(file: &str, of: Option<Object>, systems: &[&str]) -> Result<History, ReadError> {
        let table = read("history.csv", file.as_bytes(), &Options { any: true, ..Options::default() }).unwrap();
        history(&table, of, &systems.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())
    }

    fn seen(history: &History) -> Vec<String> {
        let line = |entry: &Entry| {
            let field = entry.field.as_ref().unwrap();
            let who = if entry.actor == Some(Actor::Human) { "human" } else { "-" };
            format!(
                "{} {field} {:?} {:?} {who} {}",
                entry.record,
                entry.old.as_deref().unwrap_or(""),
                entry.new,
                entry.at
            )
        };
        history.entries.iter().map(line).collect()
    }

    #[test]
    fn the_field_history_of_salesforce() {
        let file = "Id,LeadId,Field,OldValue,NewValue,CreatedById,CreatedDate\n\
            017A,00Q5j000001AAAAEA4,Industry,SaaS,Retail,0055j000001BBBB,2026-02-03T10:00:00.000+0000\n\
            017B,00Q5j000001AAAAEA4,Company,,Acme,0055j000001CCCC,2026-02-01T10:00:00.000+0000\n\
            017C,,Company,,Acme,0055j000001CCCC,2026-02-01T10:00:00.000+0000\n\
            017D,00Q5j000001AAAAEA4,Rating,Warm,Hot,0055j000001CCCC,soon\n";
        let found = of(file, None, &["0055j000001CCCC"]).unwrap();
        assert_eq!(
            seen(&found),
            [
                "00Q5j000001AAAA lead.company \"\" \"Acme\" - 2026-02-01T10:00:00Z",
                "00Q5j000001AAAA lead.industry \"SaaS\" \"Retail\" human 2026-02-03T10:00:00Z",
            ]
        );
        let aside: Vec<_> =
            found.set_aside.iter().map(|one| (one.line, one.column.as_deref().unwrap(), &*one.found)).collect();
        assert_eq!(aside, [(4, "LeadId", "nothing"), (5, "CreatedDate", "soon")]);
    }

    #[test]
    fn the_property_history_of_hubspot_says_what_stood_there_before() {
        let file = "Object ID,Property,Value,Timestamp,Source type,Updated by user ID\n\
            51,industry,SaaS,1767571200000,FORM,\n\
            51,industry,Retail,1767657600000,CRM_UI,77\n\
            52,industry,Media,1767657600000,INTEGRATION,78\n\
            51,favourite_colour,green,1767744000000,CRM_UI,77\n";
        assert!(of(file, None, &[]).unwrap_err().to_string().contains("of which records it is"));
        let found = of(file, Some(Object::Contact), &[]).unwrap();
        assert_eq!(
            seen(&found),
            [
                "51 contact.industry \"\" \"SaaS\" - 2026-01-05T00:00:00Z",
                "51 contact.industry \"SaaS\" \"Retail\" human 2026-01-06T00:00:00Z",
                "52 contact.industry \"\" \"Media\" - 2026-01-06T00:00:00Z",
                "51 contact.favourite_colour \"\" \"green\" human 2026-01-07T00:00:00Z",
            ]
        );
    }

    #[test]
    fn a_table_without_a_history_is_refused() {
        let error = of("Lead ID,Email\n1,a@b.c\n", None, &[]).unwrap_err();
        assert!(error.to_string().contains("a column for the field"), "{error}");
    }
}
