//! What the panel reads of the engine's answers: with `Decode` what serde reads, and neither more nor less.
//!
//! Input: answers to everything the panel asks, on the demo workspace and its log. Invariant: a value is read back as it
//! was; with a key left out or `null` in its place, both refuse or both read the same.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fmt::Debug;

use interlock_core::audit::explore::Query as Sought;
use interlock_core::audit::filter::Filter;
use interlock_core::audit::rollback::{Asking, Checked, Choice, Status, Verification};
use interlock_core::audit::session::{Saying, Session as Logs, Wanted};
use interlock_core::json::{Decode, text, typed};
use interlock_core::preview::view::Query;
use interlock_core::record::Object;
use interlock_core::session::{Session, Which};
use interlock_core::time::Timestamp;
use interlock_demo::Workspace;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// So many places of an answer are spoilt.
const SPOILT: usize = 400;

fn both<T: Decode + DeserializeOwned>(text: &str) -> (Result<T, String>, Result<T, serde_json::Error>) {
    (typed(text), serde_json::from_str(text))
}

fn alike<T: Decode + DeserializeOwned + Serialize + PartialEq + Debug>(answer: &T) {
    let written = text(answer);
    let (ours, serdes) = both::<T>(&written);
    assert_eq!(ours.as_ref(), Ok(answer), "{written}");
    assert_eq!(&serdes.unwrap(), answer, "{written}");

    let value: Value = serde_json::from_str(&written).unwrap();
    let mut places = BTreeSet::new();
    paths(&value, &mut Vec::new(), &mut BTreeSet::new(), &mut places);
    for path in places.iter().take(SPOILT) {
        for spoil in [Spoil::LeaveOut, Spoil::Null] {
            let spoilt = spoilt(&value, path, spoil).to_string();
            match both::<T>(&spoilt) {
                (Ok(ours), Ok(serdes)) => assert_eq!(ours, serdes, "{path:?}"),
                (Err(_), Err(_)) => {}
                (ours, serdes) => panic!("{path:?} {spoil:?}: {:?} {:?}", ours.err(), serdes.err()),
            }
        }
    }
}

/// The first place of every shape: `rows`, then `rows/0/name`, and not the second row's.
fn paths(value: &Value, path: &mut Vec<String>, shapes: &mut BTreeSet<String>, out: &mut BTreeSet<Vec<String>>) {
    let Value::Object(keys) = value else {
        for (place, item) in value.as_array().into_iter().flatten().enumerate() {
            path.push(place.to_string());
            paths(item, path, shapes, out);
            path.pop();
        }
        return;
    };
    for (key, value) in keys {
        path.push(key.clone());
        let shape: Vec<&str> =
            path.iter().map(|step| if step.parse::<usize>().is_ok() { "*" } else { step.as_str() }).collect();
        if shapes.insert(shape.join("/")) {
            out.insert(path.clone());
        }
        paths(value, path, shapes, out);
        path.pop();
    }
}

#[derive(Clone, Copy, Debug)]
enum Spoil {
    LeaveOut,
    Null,
}

fn spoilt(value: &Value, path: &[String], spoil: Spoil) -> Value {
    let mut spoilt = value.clone();
    let (last, around) = path.split_last().unwrap();
    let mut here = &mut spoilt;
    for step in around {
        here = match step.parse::<usize>() {
            Ok(place) if here.is_array() => &mut here[place],
            _ => &mut here[step],
        };
    }
    let keys = here.as_object_mut().unwrap();
    match spoil {
        Spoil::LeaveOut => drop(keys.shift_remove(last)),
        Spoil::Null => keys[last] = Value::Null,
    }
    spoilt
}

fn contract(demo: &Workspace, name: &str) -> String {
    String::from_utf8(demo.file(name).unwrap().to_vec()).unwrap()
}

#[test]
fn previews_and_leads() {
    let demo = interlock_demo::workspace();
    let mut session = Session::default();
    for (which, name) in [(Which::Baseline, "baseline.json"), (Which::Candidate, "candidate.json")] {
        assert!(session.set_contract(which, &contract(&demo, name)).usable);
    }
    for file in demo.files.iter().filter(|file| !file.name.ends_with(".json")) {
        session.load(file.name, file.bytes.clone(), None);
    }
    alike(&session.preview(Timestamp::parse(demo.as_of).unwrap(), 1).unwrap());
    let page = session.moves(&Query { limit: 25, ..Query::default() }).unwrap();
    alike(&page);
    for row in page.rows.iter().step_by(5) {
        alike(&session.lead(row.index as usize).unwrap());
    }
    for edit in 0..session.diff().unwrap().len() {
        alike(&session.effect(edit).unwrap());
    }
    for of in [Object::Lead, Object::Account] {
        let mut duplicates = session.duplicates(of, Which::Candidate).unwrap();
        duplicates.groups.truncate(20);
        assert!(!duplicates.groups.is_empty());
        alike(&duplicates);
    }
    let broken =
        session.set_contract(Which::Candidate, r#"{"interlock": 1, "id": "c", "nme": "n", "routing": {"rules": 5}}"#);
    assert!(broken.findings.len() > 1);
    alike(&broken.findings);
}

#[test]
fn logs() {
    let demo = interlock_demo::workspace();
    let log = interlock_demo::trail(&demo).unwrap();
    let mut session = Logs::default();
    assert!(session.set_contract(&contract(&demo, "baseline.json")).usable);

    session.open(None, true);
    session.feed(b"no log");
    session.feed(&log.bytes[..2000]);
    alike(&session.end().unwrap());
    session.open(None, true);
    session.feed(&log.bytes);
    alike(&session.end().unwrap());

    let page = session.page(&Sought { newest: true, limit: 60, ..Sought::default() }).unwrap();
    assert!(page.rows.len() == 60 && page.rows.iter().any(|seen| !seen.answers.is_empty()));
    alike(&page);
    for seen in page.rows.iter().step_by(20) {
        alike(&session.entry(seen.seq).unwrap());
    }
    alike(&session.metrics());

    let waiting = session.waiting(&Wanted { limit: 50, ..Wanted::default() }).unwrap();
    assert!(!waiting.rows.is_empty());
    alike(&waiting);
    let to: Vec<String> = waiting.rows.iter().take(4).map(|seen| seen.digest.to_string()).collect();
    let saying = |by: &str, to: Vec<String>| Saying {
        says: "rejected".to_owned(),
        to,
        by: by.to_owned(),
        at: Timestamp::parse(demo.as_of).unwrap(),
        note: "not \"ours\"".to_owned(),
        ..Saying::default()
    };
    alike(&session.say(&saying("dana@a.example", to.clone())).unwrap());
    let again = session.say(&saying("dana@a.example", to)).unwrap();
    alike(&again);
    alike(&session.answers());

    for rollbacks in [false, true] {
        alike(&session.choosable(rollbacks));
    }
    let asking = |rollbacks| Asking {
        choice: Choice { until: Timestamp::parse(demo.as_of), rollbacks, ..Choice::default() },
        by: "dana@a.example".to_owned(),
        at: Timestamp::parse(demo.as_of).unwrap(),
        ..Asking::default()
    };
    let planned = session.plan_rollback(&asking(false)).unwrap();
    let plan = &planned.plan;
    assert!(!plan.back.is_empty() && !plan.kept.is_empty() && !plan.cannot.is_empty());
    alike(&planned);
    alike(&session.rollback_files(&asking(false)).unwrap());
    let back = &plan.back[0];
    let cells = [Status::Done, Status::NotWritten].map(|status| Checked {
        object: back.object,
        record: back.record.clone(),
        field: back.field.clone(),
        status,
        to: back.to.clone(),
        stands: None,
        later: plan.kept.iter().find_map(|kept| kept.later.clone()),
    });
    alike(&Verification { plan: plan.digest, done: 1, missing: 1, cells: cells.into(), ..Verification::default() });
    // What a filter finds nothing by.
    let nothing = Filter { text: "nobody of this name".to_owned(), ..Filter::default() };
    alike(&session.page(&Sought { filter: nothing, limit: 5, ..Sought::default() }).unwrap());
}
