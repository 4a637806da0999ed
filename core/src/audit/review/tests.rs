//! What can be said to an entry, what waits, and what is refused.

use super::super::filter::{Facet, Filter};
use super::super::log::Writer;
use super::super::trail::Trail;
use super::super::{Entry, EntryKind, Hash, Says};
use super::*;
use crate::check::check_text;
use crate::plan::Plan;

fn plan() -> Plan {
    let text = include_str!("../../../../contracts/starting.json");
    check_text(text).plan.unwrap()
}

fn entry(kind: &str, seq: u64) -> Entry {
    let text = format!(
        r#"{{"kind":"{kind}","object":"lead","record":"1","workflow":"inbound-lead-qualification","workflow_version":"1.0.0",
        "event":"e{seq}","trigger":"form_submitted","action":"update_field","field":"lead.industry","old":null,"new":"SaaS",
        "source":"enrichment","at":"2026-11-23T09:00:{:02}Z","actor":"ai","verdict":"suggest","reasons":["because"],
        "codes":["suggestion-mode"],"rules":["a-rule"],"human_verified":false,"contract":"sha256:0","engine":"test"}}"#,
        seq % 60
    );
    serde_json::from_str(&text).unwrap()
}

fn said(says: Says) -> Said {
    let at = Timestamp::parse("2026-11-23T12:00:00Z").unwrap();
    Said { says, by: "ann@example.com".to_owned(), at, note: "why not".to_owned(), value: String::new() }
}

fn log(entries: &[Entry]) -> String {
    let (mut writer, mut text) = Writer::begin("trail", Timestamp::default()).unwrap();
    for entry in entries {
        text.push_str(&writer.append(entry, None).unwrap());
    }
    text
}

fn trail(entries: &[Entry]) -> Trail {
    let mut trail = Trail::default();
    for piece in log(entries).as_bytes().chunks(7) {
        trail.feed(piece);
    }
    assert!(trail.end().is_sound());
    trail
}

fn open(trail: &Trail) -> Vec<u64> {
    trail.queue().open(&Filter::default(), false).iter().map(|(item, _)| item.seq).collect()
}

#[test]
fn accepting_writes_with_who_and_why() {
    let asked = entry("suggestion", 1);
    let given = answer(Some(&plan()), &asked, &said(Says::Accepted), Present::NotSaid).unwrap();
    assert_eq!((given.kind, &*given.new, given.writes()), (EntryKind::Change, "SaaS", true));
    let answer = given.answer.unwrap();
    assert_eq!((answer.to, answer.says, &*answer.note), (asked.digest().unwrap(), Says::Accepted, "why not"));
}

#[test]
fn an_edit_is_a_correction_and_needs_its_value() {
    let asked = entry("review", 1);
    let mut edit = said(Says::Edited);
    let wanting = answer(Some(&plan()), &asked, &edit, Present::NotSaid);
    assert!(matches!(wanting, Err(NotAnswered::Wanting(_))));
    edit.value = "Retail".to_owned();
    let given = answer(Some(&plan()), &asked, &edit, Present::NotSaid).unwrap();
    assert_eq!((given.kind, &*given.new, given.writes()), (EntryKind::Correction, "Retail", true));
    assert_eq!(given.answer.map(|answer| answer.says), Some(Says::Edited));
}

#[test]
fn what_names_nobody_is_not_accepted_as_it_is() {
    let mut asked = entry("review", 1);
    (asked.action, asked.field, asked.new) = (ActionKind::Link, None, String::new());
    let bare = answer(Some(&plan()), &asked, &said(Says::Accepted), Present::NotSaid);
    assert!(matches!(bare, Err(NotAnswered::Wanting(_))));
    let which = Said { value: "001A".to_owned(), ..said(Says::Edited) };
    assert_eq!(answer(Some(&plan()), &asked, &which, Present::NotSaid).unwrap().new, "001A");
    assert!(answer(None, &asked, &said(Says::Rejected), Present::NotSaid).is_ok());
}

#[test]
fn a_rejection_writes_nothing_and_cannot_be_rolled_back() {
    let mut asked = entry("suggestion", 1);
    asked.old = Some("Banking".to_owned());
    let given = answer(None, &asked, &said(Says::Rejected), Present::NotSaid).unwrap();
    assert_eq!((given.kind, given.old.as_deref(), &*given.new), (EntryKind::Correction, Some("Banking"), "Banking"));
    assert!(!given.writes());
    let order = Approval { by: "ann".to_owned(), at: given.at, instead: None, note: String::new() };
    let back = crate::gate::roll_back(&plan(), &given, &order, Some("Banking"));
    assert_eq!(back, Err(Refusal::NothingToDo));
}

#[test]
fn what_stands_there_now_is_asked_for() {
    let asked = entry("suggestion", 1);
    let present = Present::Value("Retail");
    let found = answer(Some(&plan()), &asked, &said(Says::Accepted), present);
    let stale = Refusal::Stale { expected: None, present: Some("Retail".to_owned()) };
    assert_eq!(found, Err(NotAnswered::Refused(stale)));
}

#[test]
fn each_word_is_for_its_own_entries() {
    let refused = |says, of: &Entry| answer(None, of, &said(says), Present::NotSaid).is_err();
    let update = entry("suggestion", 1);
    for says in [Says::FalseDuplicate, Says::WrongRoute, Says::HandoffUseful, Says::TaskDone, Says::RolledBack] {
        assert!(refused(says, &update), "{}", says.word());
    }
    assert!(!refused(Says::MissingData, &update));
    assert!(refused(Says::Rejected, &entry("change", 1)));
    let mut assign = entry("change", 2);
    (assign.action, assign.field, assign.new) = (ActionKind::Assign, None, "005A".to_owned());
    let mut wrong = said(Says::WrongRoute);
    wrong.value = "005B".to_owned();
    let given = answer(None, &assign, &wrong, Present::NotSaid).unwrap();
    assert_eq!((given.old.as_deref(), &*given.new, given.writes()), (Some("005A"), "005B", false));
    assert!(!refused(Says::HandoffUseless, &assign));
    let mut task = entry("change", 3);
    (task.action, task.field) = (ActionKind::CreateTask, None);
    assert!(!refused(Says::TaskDone, &task));
    task.kind = EntryKind::Suggestion;
    assert!(refused(Says::TaskDone, &task));
    let mut nobody = said(Says::MissingData);
    nobody.by = " ".to_owned();
    assert_eq!(answer(None, &update, &nobody, Present::NotSaid), Err(NotAnswered::Refused(Refusal::Nobody)));
}

#[test]
fn what_is_answered_or_overtaken_waits_no_more() {
    let first = entry("suggestion", 1);
    let rejected = answer(None, &first, &said(Says::Rejected), Present::NotSaid).unwrap();
    assert_eq!(open(&trail(std::slice::from_ref(&first))), [1]);
    assert_eq!(open(&trail(&[first.clone(), rejected.clone()])), [0; 0]);
    // A rejection says nothing of what was asked since.
    let second = entry("suggestion", 2);
    assert_eq!(open(&trail(&[first.clone(), second.clone(), rejected.clone()])), [2]);
    // Logs that were made of others may have the answer first.
    assert_eq!(open(&trail(&[rejected, first.clone()])), [0; 0]);
    let both = trail(&[first.clone(), entry("change", 3)]);
    assert_eq!(open(&both), [0; 0]);
    let standing = both.queue().find(&first.digest().unwrap()).unwrap().standing;
    assert_eq!(standing, Standing::Overtaken(2, true));
    // What a person only said about something else of the record changes nothing.
    let missing = answer(None, &first, &said(Says::MissingData), Present::NotSaid).unwrap();
    assert_eq!(open(&trail(&[first.clone(), missing])), [1]);
    let mut other = entry("change", 4);
    other.field = Some("lead.country".into());
    assert_eq!(open(&trail(&[first, other])), [1]);
}

#[test]
fn an_owner_is_one_however_it_is_written() {
    let mut assign = entry("suggestion", 1);
    (assign.action, assign.field, assign.new) = (ActionKind::Assign, None, "005A".to_owned());
    let mut seen = entry("observed", 2);
    seen.field = Some("lead.owner".into());
    assert_eq!(open(&trail(&[assign, seen])), [0; 0]);
}

#[test]
fn tasks_wait_each_for_itself() {
    let task = |seq, text: &str| {
        let mut task = entry("suggestion", seq);
        (task.action, task.field, task.new) = (ActionKind::CreateTask, None, text.to_owned());
        task
    };
    assert_eq!(open(&trail(&[task(1, "call"), task(2, "write")])), [1, 2]);
    assert_eq!(open(&trail(&[task(1, "call"), task(2, "call")])), [2]);
}

#[test]
fn the_most_severe_comes_first_then_the_oldest() {
    let (mut mild, mut later) = (entry("suggestion", 1), entry("review", 5));
    mild.record = "2".into();
    later.verdict = Some(crate::contract::Verdict::Review);
    let mut earlier = later.clone();
    (earlier.record, earlier.at) = ("3".into(), Timestamp::parse("2026-11-23T09:00:02Z").unwrap());
    let trail = trail(&[mild, later, earlier]);
    assert_eq!(open(&trail), [3, 2, 1]);
    let oldest = trail.queue().open(&Filter::default(), true);
    assert_eq!(oldest.iter().map(|(item, _)| item.seq).collect::<Vec<_>>(), [1, 3, 2]);
    let entries = oldest.iter().map(|(_, entry)| *entry);
    assert_eq!(groups(entries, Facet::Rule), [Group { value: "a-rule".to_owned(), open: 3 }]);
}

#[test]
fn many_at_once_are_answered_each_for_itself_and_taken_back_together() {
    let (first, mut second) = (entry("suggestion", 1), entry("suggestion", 2));
    second.record = "2".into();
    let mut forbidden = entry("review", 3);
    forbidden.field = Some("lead.email_opt_out".into());
    let trail = trail(&[first, second, forbidden]);
    let asked = || -> Vec<Asked<'static>> {
        let open = trail.queue().open(&Filter::default(), true);
        open.iter()
            .map(|(item, entry)| Asked {
                seq: item.seq,
                digest: item.digest,
                entry: (*entry).clone(),
                present: Present::NotSaid,
            })
            .collect()
    };
    let mut answers = Answers::default();
    let plan = plan();
    let (given, not) = answers.give(Some(&plan), trail.queue(), asked(), &said(Says::Accepted));
    assert_eq!((given, not.len()), (2, 1));
    assert_eq!((not[0].seq, not[0].message.contains("does not let")), (3, true));
    assert_eq!(answers.give(Some(&plan), trail.queue(), asked(), &said(Says::Rejected)).0, 1);
    assert_eq!((answers.undo(), answers.given().len()), (1, 2));
    assert!(answers.take_back(&asked()[0].digest));
    assert_eq!((answers.undo(), answers.undo()), (1, 0));
}

#[test]
fn a_head_finds_what_was_cut_off() {
    let entries: Vec<Entry> = (0..5).map(|seq| entry("change", seq)).collect();
    let (all, some) = (trail(&entries), trail(&entries[..3]));
    let (whole, part) = (all.head().unwrap(), some.head().unwrap());
    assert_eq!((all.begins_as(whole), all.begins_as(part)), (Ok(0), Ok(2)));
    assert!(some.begins_as(whole).unwrap_err().contains("2 cut off"));
    let mut forged = part.clone();
    forged.last = Hash::of(b"other");
    assert!(all.begins_as(&forged).is_err());
    assert!(all.prove(2).unwrap().check(Some(whole)).is_ok());
}
