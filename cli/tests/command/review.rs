//! `interlock review`: what waits in a log is listed and answered.

use std::fs;
use std::path::{Path, PathBuf};

use interlock::schemas::Name;
use serde_json::{Value, json};

use crate::schemas::fits;
use crate::{Run, demo, interlock, own_folder, snapshot};

/// A folder with the demo's log and the contract in force.
fn kept(name: &str) -> PathBuf {
    let folder = own_folder(name);
    fs::copy(demo().join("baseline.json"), folder.join("contract.json")).unwrap();
    fs::write(folder.join("trail.jsonl"), interlock_demo::trail(&interlock_demo::workspace()).unwrap().bytes).unwrap();
    folder
}

fn done(folder: &Path, arguments: &[&str]) -> Run {
    let run = interlock(folder, arguments);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{arguments:?}: {}", run.out);
    run
}

fn listed(folder: &Path, more: &[&str]) -> Value {
    let arguments = [&["review", "list", "trail.jsonl", "--format", "json"], more].concat();
    serde_json::from_str(&done(folder, &arguments).out).unwrap()
}

fn open(folder: &Path, more: &[&str]) -> Vec<Value> {
    listed(folder, more)["open"].as_array().unwrap().clone()
}

const ANSWER: [&str; 6] = ["review", "answer", "trail.jsonl", "contract.json", "--by", "ann@example.com"];
const AT: [&str; 2] = ["--at", "2026-11-23T12:00:00Z"];

fn answer(folder: &Path, more: &[&str]) -> Run {
    interlock(folder, &[&ANSWER, &AT[..], more].concat())
}

#[test]
fn what_waits_is_listed_the_most_severe_first() {
    let folder = kept("review-list");
    let all = listed(&folder, &[]);
    fits(Name::Review, &all);
    let kinds: Vec<&str> =
        all["open"].as_array().unwrap().iter().map(|open| open["entry"]["kind"].as_str().unwrap()).collect();
    let reviews = kinds.iter().take_while(|kind| **kind == "review").count();
    assert!(reviews > 0 && kinds[reviews..].iter().all(|kind| *kind == "suggestion"), "{kinds:?}");
    let few = done(&folder, &["review", "list", "trail.jsonl", "--field", "lead.industry", "--limit", "3"]);
    snapshot("review-list.txt", &few.out);
    let one = open(&folder, &["--field", "lead.industry"]);
    assert!(!one.is_empty() && one.iter().all(|open| open["entry"]["field"] == "lead.industry"));
    assert!(open(&folder, &["--workflow", "no-such-workflow"]).is_empty());
}

#[test]
fn answers_by_filter_are_entries_of_their_own() {
    let folder = kept("review-bulk");
    let which = ["--field", "lead.industry"];
    let before = open(&folder, &which).len();
    let run =
        answer(&folder, &[&which[..], &["--accept", "--note", "looked at them all", "--format", "json"]].concat());
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let given: Value = serde_json::from_str(&run.out).unwrap();
    fits(Name::Answers, &given);
    let appended = given["appended"].as_array().unwrap();
    assert_eq!((appended.len(), given["refused"].as_array().unwrap().len()), (before, 0));
    for entry in appended {
        assert_eq!((&entry["kind"], &entry["actor"]), (&json!("change"), &json!("human_approved_ai")));
        assert_eq!(entry["answer"]["note"], "looked at them all");
    }
    assert!(open(&folder, &which).is_empty());
    done(&folder, &["audit", "verify", "trail.jsonl"]);
    // There is nothing left to answer, and nothing is written.
    let log = fs::read(folder.join("trail.jsonl")).unwrap();
    let again = answer(&folder, &[&which[..], &["--accept"]].concat());
    assert!(again.code == 2 && again.err.contains("nothing that waits"), "{}", again.err);
    assert_eq!(fs::read(folder.join("trail.jsonl")).unwrap(), log);
}

#[test]
fn a_rejection_is_kept_for_later_decisions() {
    let folder = kept("review-reject");
    let one = open(&folder, &["--action", "update_field"])[0].clone();
    let (digest, entry) = (one["digest"].as_str().unwrap(), &one["entry"]);
    let record = format!("{}/{}", entry["object"].as_str().unwrap(), entry["record"].as_str().unwrap());
    let pending = json!({"action": "update_field", "field": entry["field"]});
    fs::write(folder.join("state.json"), json!({"pending": {&record: [pending]}}).to_string()).unwrap();
    let run = answer(&folder, &["--entry", digest, "--reject", "--note", "wrong", "--state", "state.json"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(run.out.contains("1 entry: rejected by ann@example.com"), "{}", run.out);
    let state: Value = serde_json::from_slice(&fs::read(folder.join("state.json")).unwrap()).unwrap();
    assert_eq!(state["pending"], Value::Null);
    let refused = &state["refused"][&record][0];
    assert_eq!((&refused["value"], &refused["because"]), (&entry["new"], &json!("rejected")));
    // The same once more is said to be answered.
    let again = answer(&folder, &["--entry", digest, "--accept"]);
    assert!(again.code == 1 && again.out.contains("it was answered before"), "{}", again.out);
}

#[test]
fn what_stands_there_now_and_what_is_written_instead_are_said() {
    let folder = kept("review-present");
    let one = open(&folder, &["--field", "lead.industry"])[0].clone();
    let digest = one["digest"].as_str().unwrap();
    let stale = answer(&folder, &["--entry", digest, "--accept", "--present", "Something else"]);
    assert!(stale.code == 1 && stale.out.contains("`Something else` stands there now"), "{}", stale.out);
    let edited = answer(&folder, &["--entry", digest, "--edit", "=Fishing", "--format", "json"]);
    let given: Value = serde_json::from_str(&edited.out).unwrap();
    let entry = &given["appended"][0];
    assert_eq!((&entry["kind"], &entry["new"]), (&json!("correction"), &json!("=Fishing")));
    assert_eq!(entry["answer"]["says"], "edited");
}

#[test]
fn a_wrong_route_says_whose_it_is_and_writes_nothing() {
    let folder = kept("review-route");
    let log = fs::read_to_string(folder.join("trail.jsonl")).unwrap();
    let assigned = log.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let assigned = assigned
        .map(|line| line["entry"].clone())
        .find(|entry| entry["action"] == "assign" && entry["kind"] == "change" && entry["answer"].is_null());
    let record = format!("lead/{}", assigned.unwrap()["record"].as_str().unwrap());
    let which = ["--record", &record, "--action", "assign", "--kind", "change"];
    let said = ["--says", "wrong_route", "--value", "005B", "--format", "json"];
    let run = answer(&folder, &[&which[..], &said].concat());
    let given: Value = serde_json::from_str(&run.out).unwrap();
    let entry = &given["appended"][0];
    assert_eq!(
        (&entry["kind"], &entry["new"], &entry["actor"]),
        (&json!("correction"), &json!("005B"), &json!("human"))
    );
    assert_eq!(entry["answer"]["says"], "wrong_route");
}

#[test]
fn what_cannot_be_answered_is_said_and_writes_nothing() {
    let folder = kept("review-bad");
    let log = fs::read(folder.join("trail.jsonl")).unwrap();
    let digest = open(&folder, &[])[0]["digest"].as_str().unwrap().to_owned();
    let other = format!("sha256:{:064x}", 1);
    for (more, says) in [
        (&["--entry", "abc", "--accept"][..], "no digest of an entry"),
        (&["--entry", &other, "--accept"], "has no entry"),
        (&["--all", "--accept", "--present", "x"], "of a single entry"),
        (&["--entry", &digest, "--reject", "--state", "none.json"], "none.json"),
        (&["--accept"], "required"),
        (&["--entry", &digest], "required"),
        (&["--entry", &digest, "--accept", "--reject"], "cannot be used with"),
        (&["--entry", &digest, "--accept", "--value", "x"], "--says"),
    ] {
        let run = answer(&folder, more);
        assert!(run.code == 2 && run.err.contains(says), "{more:?}: {}", run.err);
    }
    let nobody = interlock(
        &folder,
        &["review", "answer", "trail.jsonl", "contract.json", "--by", " ", "--entry", &digest, "--accept"],
    );
    assert!(nobody.code == 1 && nobody.out.contains("no person is named"), "{}", nobody.out);
    let wrong = answer(&folder, &["--entry", &digest, "--says", "task_done"]);
    assert!(wrong.code == 1 && wrong.out.contains("is said to a task"), "{}", wrong.out);
    assert_eq!(fs::read(folder.join("trail.jsonl")).unwrap(), log);
    // Nothing is added to a log that is not sound.
    let text = String::from_utf8(log).unwrap().replacen("\"human_verified\":false", "\"human_verified\":true", 1);
    fs::write(folder.join("trail.jsonl"), &text).unwrap();
    for run in
        [answer(&folder, &["--entry", &digest, "--accept"]), interlock(&folder, &["review", "list", "trail.jsonl"])]
    {
        assert!(run.code == 2 && run.err.contains("is not sound"), "{}", run.err);
    }
    assert_eq!(fs::read_to_string(folder.join("trail.jsonl")).unwrap(), text);
}
