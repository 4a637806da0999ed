//! That the panel's own types read of real answers what serde reads of them, keys that they have no use for included.

use std::fmt::Debug;

use interlock_core::json::{Decode, text, typed};
use interlock_core::session::{Session, Which};
use interlock_core::time::Timestamp;
use serde::de::DeserializeOwned;

use super::decided::Decided;
use super::report::{CheckReport, FileReport, Manifest, Problem, Vocabulary};

fn alike<T: Decode + DeserializeOwned + PartialEq + Default + Debug>(answer: &str) -> T {
    let read: T = typed(answer).unwrap();
    assert_eq!(read, serde_json::from_str(answer).unwrap());
    assert_ne!(read, T::default(), "{answer}");
    read
}

#[test]
fn files_contracts_and_decisions() {
    let demo = interlock_demo::workspace();
    let file = |name: &str| String::from_utf8(demo.file(name).unwrap().to_vec()).unwrap();
    let mut session = Session::default();
    for (which, name) in [(Which::Baseline, "baseline.json"), (Which::Candidate, "candidate.json")] {
        let report: CheckReport = alike(&text(&session.set_contract(which, &file(name))));
        assert!(report.usable);
    }
    let broken = session.set_contract(Which::Candidate, r#"{"interlock": 1, "id": "c", "nme": "n", "routing": 5}"#);
    assert!(alike::<CheckReport>(&text(&broken)).findings.len() > 1);
    for file in demo.files.iter().filter(|file| !file.name.ends_with(".json")) {
        alike::<FileReport>(&text(&session.load(file.name, file.bytes.clone(), None)));
    }
    let torn = file("leads.csv").lines().next().unwrap().to_owned() + "\nx,y\n";
    let torn = session.load("torn.csv", torn.into_bytes(), None);
    assert!(!alike::<FileReport>(&text(&torn)).set_aside.is_empty());
    session.unload("torn.csv");
    alike::<Manifest>(&demo.manifest());

    session.preview(Timestamp::parse(demo.as_of).unwrap(), 1).unwrap();
    let mut shown = [0; 4];
    for index in (0..400).step_by(8) {
        let read: Decided = alike(&session.decision(index, Which::Candidate).unwrap());
        let proposed = read.judged.iter().any(|judged| judged.source.is_some());
        let reviewed = read.judged.iter().any(|judged| judged.reviewer.is_some());
        for (shown, is) in
            shown.iter_mut().zip([!read.suppressed.is_empty(), proposed, reviewed, read.route.is_object()])
        {
            *shown += u32::from(is);
        }
    }
    assert!(shown.iter().all(|shown| *shown > 0), "{shown:?}");
}

#[test]
fn words_and_problems() {
    let words: Vocabulary = alike(
        r#"{"facts": [{"name": "lead.country", "kind": "text", "about": "where it is"}],
            "owners": [{"id": "1", "name": "Dana", "email": "", "active": true}]}"#,
    );
    assert_eq!(words.owners[0].name, "Dana");
    let who = |by: &str| {
        alike::<Decided>(&format!(
            r#"{{"judged": [{{"action": "assign", "record": {{"object": "lead", "id": "1"}}, "by": {by},
                "verdict": "auto", "uncapped": "auto"}}]}}"#
        ))
    };
    for by in [r#"{"agent": "alim"}"#, r#"{"person": "dana"}"#, r#"{"system": "s"}"#, r#"{"provider": "p"}"#] {
        assert!(who(by).judged[0].by.is_some());
    }
    let problem: Problem = alike(r#"{"message": "no", "help": null, "line": 3, "code": "unknown to the panel"}"#);
    assert_eq!(problem.place(), "line 3");
    assert!(typed::<Problem>("the engine stopped").is_err());
}
