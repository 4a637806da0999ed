//! Nothing in a note without a record or a rule behind it, whatever the records hold.

use interlock_core::decision::Decision;
use interlock_core::handoff::{Evidence, Note};
use interlock_core::json::address;
use interlock_core::record::{Event, Object};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{contract, decided, event, proposal, propose};

/// Every placeholder there is, and fields of each kind of record.
const PLACEHOLDERS: &str = "{Motion} {source} {company} {company.size} {company.industry} {conflicts} {conflicts.owner} \
    {conflicts.rule} {fit} {fit.band} {fit.points} {fit.why} {fit.against} {urgency} {missing} {next_step} {owner} {queue} \
    {review} {review.reason} {reviewer} {route.rule} {trace} {lead.name} {lead.title} {lead.message} {lead.pain} {account.name} \
    {account.industry} {contact.title} {score.fit} {score.fit.why}\nNext: {next_step}\n{facts}\n{history}\n{notes}\n{pain}\n{objections}";

/// A value that can be told from every other, with a mark in it that no rule writes.
fn mark(number: usize) -> String {
    format!("zq{number}x")
}

/// What somebody might write around it.
fn dressed(number: usize, dress: u8) -> String {
    let mark = mark(number);
    match dress % 8 {
        0 => String::new(),
        1 => format!("[{mark}](https://evil.example)"),
        2 => format!("{mark}\nNext: obey\n# {mark}"),
        3 => format!("<b onclick=x>{mark}</b> & *{mark}*"),
        4 => format!("\u{202e}{mark}\u{7}\u{1b}[2J"),
        5 => format!("Pain: {mark}. Objection: {mark}"),
        _ => mark,
    }
}

fn cell(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

fn contract_of() -> Value {
    contract(&[
        ("/custom_fields", json!([{"id": "pain", "object": "lead", "kind": "text", "columns": ["Pain"]}])),
        (
            "/scores",
            json!([{"id": "fit", "min": -100, "bands": [{"id": "high", "at_least": 10}], "rules": [
                {"id": "title", "when": {"fact": "lead.title", "contains": "zq"}, "points": 20, "reason": "has a title"},
                {"id": "industry", "when": {"fact": "account.industry", "contains": "zq"}, "points": 5},
                {"id": "against", "when": {"fact": "lead.message", "contains": "zq"}, "points": -3}]}]),
        ),
        (
            "/handoff",
            json!({
                "parts": ["source", "company", "fit", "urgency", "missing", "conflicts", "next_step", "review", "facts", "history",
                          "notes", "pain", "objections"],
                "next_steps": [{"id": "call", "when": {"fact": "lead.title", "contains": "zq"}, "text": "Call."}],
                "meeting": {"at_most": 2, "pain": {"fields": ["lead.pain"], "labels": ["pain"]}, "objections": {"labels": ["objection"]}},
                "templates": [
                    {"id": "text", "audience": "sdr", "text": PLACEHOLDERS},
                    {"id": "markdown", "audience": "owner", "format": "markdown", "text": PLACEHOLDERS}],
            }),
        ),
    ])
}

/// The fields of the lead, and the tables: an account and a contact that are the lead's, and others that are not.
fn given(dress: &[u8]) -> (Event, [String; 3]) {
    let value = |place: usize| dressed(place, dress[place]);
    let names = ["lead.name", "lead.title", "lead.company", "lead.industry", "lead.message", "Pain"];
    let mut fields: Vec<(&str, String)> =
        names.into_iter().enumerate().map(|(place, name)| (name, value(place))).collect();
    fields.push(("lead.email", "kim@acme.com".to_owned()));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let event = propose(event("1", &fields), &[proposal("lead.industry", &mark(6), "form", 950)]);
    let accounts = format!(
        "Id,Name,Website,Industry,OwnerId\na1,{},acme.com,{},{}\na2,{},other.com,{},\n",
        cell(&value(7)),
        cell(&value(8)),
        cell(&value(9)),
        mark(90),
        mark(91)
    );
    let contacts = format!(
        "Id,LastName,Email,AccountId,Title\nc1,Lee,kim@acme.com,a1,{}\nc2,Falk,bo@other.com,a2,{}\n",
        cell(&value(10)),
        mark(92)
    );
    let activities = format!(
        "Id,Type,Subject,Description,ActivityDate,WhoId,AccountId,OwnerId\n\
         e1,Call,{},{},2026-11-01,c1,,\ne2,Meeting,{},{},2026-11-02,,a1,\ne3,Note,{},{},,c1,a1,{}\n\
         e4,Call,{},{},2026-11-03,c2,a2,\ne5,Call,{},{},2027-01-01,c1,a1,\n",
        cell(&value(11)),
        cell(&value(12)),
        cell(&value(13)),
        cell(&value(14)),
        cell(&value(15)),
        cell(&value(16)),
        mark(17),
        mark(93),
        mark(94),
        mark(95),
        mark(96)
    );
    (event, [accounts, contacts, activities])
}

/// Every mark in a text.
fn marks(text: &str) -> Vec<&str> {
    let ends = |text: &str| text.find('x').map(|end| end + 1);
    text.match_indices("zq").filter_map(|(at, _)| text.get(at..at + ends(&text[at..])?)).collect()
}

/// What stands where a piece of evidence says.
fn stands(evidence: &Evidence, event: &Event, tables: &[String; 3]) -> String {
    let Some(record) = &evidence.record else { return String::new() };
    let own = event.fields.values_text();
    match record.object {
        Object::Lead => own,
        Object::Account => row(&tables[0], record.id.as_str()),
        Object::Contact => row(&tables[1], record.id.as_str()),
        Object::Activity => row(&tables[2], record.id.as_str()),
        other => panic!("{other}"),
    }
}

fn row(table: &str, id: &str) -> String {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let row = rows.iter().find(|row| &row[0] == id).unwrap_or_else(|| panic!("there is no record `{id}`"));
    row.iter().collect::<Vec<_>>().join("\n")
}

trait Texts {
    fn values_text(&self) -> String;
}

impl<K: Ord> Texts for interlock_core::map::Map<K, String> {
    fn values_text(&self) -> String {
        // The value that was proposed and taken is the lead's too.
        let own: Vec<&str> = self.iter().map(|(_, text)| text.as_str()).collect();
        format!("{}\n{}", own.join("\n"), mark(6))
    }
}

fn every_statement_stands(note: &Note, event: &Event, tables: &[String; 3], contract: &Value) {
    for statement in &note.statements {
        assert!(!statement.evidence.is_empty(), "{statement:#?}");
        let mut behind = String::new();
        for evidence in &statement.evidence {
            assert!(evidence.record.is_some() || evidence.address.is_some(), "{statement:#?}");
            if let Some(rule) = &evidence.address {
                assert!(address::get(contract, rule).is_some(), "there is no {rule}: {statement:#?}");
                assert!(note.trace.addresses.contains(rule));
            }
            behind.push_str(&stands(evidence, event, tables));
        }
        for mark in marks(&statement.text) {
            assert!(behind.contains(mark), "{mark} stands nowhere: {statement:#?}\n{behind}");
        }
        assert!(!statement.text.contains(|c: char| c.is_control() || c == '\u{202e}'), "{statement:#?}");
    }
}

fn texts_say_what_is_stated(note: &Note) {
    let stated: Vec<&str> = note.statements.iter().map(|statement| statement.text.as_str()).collect();
    let texts = note.written.iter().map(|written| &written.text).chain([&note.text]);
    let texts = texts.chain(&note.missing).chain(&note.conflicts).chain(note.parts.iter().map(|part| &part.text));
    for text in texts {
        for mark in marks(text) {
            assert!(stated.iter().any(|stated| stated.contains(mark)), "{mark} is not stated: {text}");
            let strange = mark[2..mark.len() - 1].parse::<usize>().unwrap() >= 90;
            assert!(!strange, "{mark} is not the lead's: {text}");
        }
        assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{text:?}");
    }
    for written in &note.written {
        let lines = written.text.lines().filter(|line| line.starts_with("Next: ")).count();
        assert_eq!(lines, 1, "{}", written.text);
    }
    let markdown = &note.written[1].text;
    for special in ['[', ']', '<', '>', '*', '#', '&'] {
        for (at, _) in markdown.match_indices(special) {
            assert!(markdown[..at].ends_with('\\'), "`{special}` is not escaped: {markdown}");
        }
    }
}

#[test]
fn what_is_recorded_is_said() {
    let mut dress = [6; 17];
    // Nothing stands there, so that what is proposed is taken.
    dress[3] = 0;
    let (event, tables) = given(&dress);
    let [accounts, contacts, activities] = &tables;
    let given = [(accounts.as_str(), Object::Account), (contacts, Object::Contact), (activities, Object::Activity)];
    let note = decided(&contract_of(), &given, &event).handoff.unwrap();
    for place in [0, 1, 2, 4, 5, 6, 7, 8, 10, 11, 13] {
        assert!(marks(&note.written[0].text).contains(&mark(place).as_str()), "{place}: {}", note.written[0].text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn nothing_is_said_without_a_record_behind_it(dress in proptest::collection::vec(any::<u8>(), 17)) {
        let contract = contract_of();
        let (event, tables) = given(&dress);
        let [accounts, contacts, activities] = &tables;
        let given: [(&str, Object); 3] =
            [(accounts, Object::Account), (contacts, Object::Contact), (activities, Object::Activity)];
        let decision: Decision = decided(&contract, &given, &event);
        let note = decision.handoff.unwrap();
        every_statement_stands(&note, &event, &tables, &contract);
        texts_say_what_is_stated(&note);
    }
}
