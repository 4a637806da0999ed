//! `interlock audit metrics` and `interlock audit report`.

use std::fs;
use std::path::{Path, PathBuf};

use interlock::schemas::Name;
use interlock_core::audit::Entry;
use serde_json::{Value, json};

use crate::schemas::fits;
use crate::{Run, demo, interlock, own_folder, snapshot};

/// A log of the demo's decisions that people have answered: two suggestions of three accepted, the third edited, one in a while
/// rejected with a word why.
fn answered(name: &str) -> PathBuf {
    let folder = own_folder(name);
    for file in ["baseline.json", "owners.csv"] {
        fs::copy(demo().join(file), folder.join(file)).unwrap();
    }
    let leads = fs::read_to_string(demo().join("leads.csv")).unwrap();
    let few: Vec<&str> = leads.lines().take(150).collect();
    fs::write(folder.join("leads.csv"), few.join("\n")).unwrap();
    let files = ["--leads", "leads.csv", "--owners", "owners.csv"];
    let decide = [&["decide", "baseline.json"][..], &files, &["--as-of", "2026-11-23", "--format", "json"]].concat();
    fs::write(folder.join("decisions.jsonl"), done(&folder, &decide).out).unwrap();
    done(&folder, &["audit", "append", "trail.jsonl", "decisions.jsonl", "--id", "trail"]);
    let decisions = fs::read_to_string(folder.join("decisions.jsonl")).unwrap();
    let mut answers = Vec::new();
    let asks = |entry: &&Value| entry["kind"] == "suggestion" || entry["kind"] == "review";
    for line in decisions.lines() {
        let value: Value = serde_json::from_str(line).unwrap();
        for asked in value["audit"].as_array().into_iter().flatten().filter(asks) {
            let digest = serde_json::from_value::<Entry>(asked.clone()).unwrap().digest().unwrap();
            let (says, kind, note) = match answers.len() % 6 {
                2 => ("edited", "correction", ""),
                5 => ("rejected", "correction", "not <b>ours</b>"),
                _ => ("accepted", "change", ""),
            };
            let mut answer = asked.clone();
            answer["kind"] = json!(kind);
            answer["actor"] = json!("human_approved_ai");
            answer["human_verified"] = json!(true);
            answer["at"] = json!(format!("2026-11-{:02}T10:00:00Z", 23 + answers.len() % 7));
            answer["answer"] = json!({"to": digest, "says": says, "by": "ann@example.com"});
            if !note.is_empty() {
                answer["answer"]["note"] = json!(note);
            }
            answers.push(answer.to_string());
        }
    }
    assert!(answers.len() > 10);
    fs::write(folder.join("answers.jsonl"), answers.join("\n") + "\n").unwrap();
    done(&folder, &["audit", "append", "trail.jsonl", "answers.jsonl"]);
    folder
}

fn done(folder: &Path, arguments: &[&str]) -> Run {
    let run = interlock(folder, arguments);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{arguments:?}: {}", run.out);
    run
}

/// The arguments with what is known besides the log.
fn with<'a>(first: &[&'a str]) -> Vec<&'a str> {
    let beside = [
        "--contract",
        "baseline.json",
        "--leads",
        "leads.csv",
        "--owners",
        "owners.csv",
        "--decisions",
        "decisions.jsonl",
    ];
    [first, &beside].concat()
}

fn refused(folder: &Path, arguments: &[&str], says: &str) {
    let run = interlock(folder, arguments);
    assert_eq!(run.code, 2, "{arguments:?}: {}", run.out);
    assert!(run.err.contains(says), "{arguments:?}: {}", run.err);
}

#[test]
fn figures_are_shown_with_intervals_targets_and_advice() {
    let folder = answered("metrics-human");
    let run = done(&folder, &with(&["audit", "metrics", "trail.jsonl", "--by", "workflow", "--calibration"]));
    snapshot("audit-metrics.txt", &run.out);
    let bare = done(&folder, &["audit", "metrics", "trail.jsonl"]);
    assert!(bare.out.contains("a contract and a CRM snapshot") && !bare.out.contains("Targets"), "{}", bare.out);
}

#[test]
fn figures_are_written_for_programs_and_spreadsheets() {
    let folder = answered("metrics-json");
    let run = done(&folder, &with(&["audit", "metrics", "trail.jsonl", "--format", "json"]));
    let value: Value = serde_json::from_str(&run.out).unwrap();
    fits(Name::Metrics, &value);
    let figure =
        |name: &str| value["overall"].as_array().unwrap().iter().find(|one| one["metric"] == name).unwrap().clone();
    assert!(figure("suggestion_acceptance")["of"].as_u64().unwrap() > 10);
    assert!(figure("field_completion")["of"].as_u64().unwrap() > 10);
    assert!(figure("handoff_parts")["of"].as_u64().unwrap() > 10);
    assert_eq!(figure("sla_breach")["value"], Value::Null);
    let csv = done(&folder, &with(&["audit", "metrics", "trail.jsonl", "--format", "csv"])).out;
    assert!(
        csv.starts_with("\u{feff}\"by\",\"key\",\"metric\"") || csv.starts_with("\"by\",\"key\",\"metric\""),
        "{csv}"
    );
    assert!(csv.contains("\"week\",\"2026-W48\",\"suggestion_acceptance\""), "{csv}");

    // An end before anything was answered, and a beginning after it.
    let before =
        done(&folder, &["audit", "metrics", "trail.jsonl", "--until", "2026-11-23T09:00:00Z", "--format", "json"]).out;
    let before: Value = serde_json::from_str(&before).unwrap();
    assert_eq!(before["as_of"], "2026-11-23T09:00:00Z");
    assert!(
        before["overall"].as_array().unwrap().iter().any(|one| one["needs"] == "a suggestion that a person answered")
    );
}

#[test]
fn a_week_is_reviewed() {
    let folder = answered("metrics-report");
    let run = done(&folder, &with(&["audit", "report", "trail.jsonl", "--week", "2026-W48", "--out", "review.md"]));
    assert!(run.out.contains("review.md: 2026-W48 of log `trail`"), "{}", run.out);
    snapshot("audit-review.md", &fs::read_to_string(folder.join("review.md")).unwrap());
    done(&folder, &with(&["audit", "report", "trail.jsonl", "--week", "2026-W48", "--out", "review.html"]));
    let html = fs::read_to_string(folder.join("review.html")).unwrap();
    assert!(html.contains("not &lt;b&gt;ours&lt;/b&gt;") && !html.contains("<script") && !html.contains("http:"));
    assert!(html.starts_with("<!doctype html>") && html.trim_end().ends_with("</html>"));
}

#[test]
fn what_cannot_be_measured_is_refused() {
    let folder = answered("metrics-bad");
    let report = |rest: &[&'static str]| [&["audit", "report", "trail.jsonl"][..], rest].concat();
    refused(&folder, &["audit", "metrics", "absent.jsonl"], "cannot read `absent.jsonl`");
    refused(&folder, &["audit", "metrics", "leads.csv"], "is not sound");
    refused(&folder, &["audit", "metrics", "trail.jsonl", "--leads", "leads.csv"], "read under a contract");
    refused(&folder, &["audit", "metrics", "trail.jsonl", "--decisions", "decisions.jsonl"], "--contract");
    refused(
        &folder,
        &["audit", "metrics", "trail.jsonl", "--from", "2026-11-24", "--until", "2026-11-23"],
        "nothing lies between",
    );
    refused(&folder, &["audit", "metrics", "trail.jsonl", "--calibration", "--precision", "120"], "from 0 to 100");
    refused(&folder, &["audit", "metrics", "trail.jsonl", "--precision", "90"], "--calibration");
    refused(&folder, &report(&["--week", "2026-47", "--out", "a.md"]), "ISO week");
    refused(&folder, &report(&["--week", "2026-W47", "--out", "a.pdf"]), "says not what to write");
    fs::write(folder.join("bad.jsonl"), "{\"as_of\": 3}\n").unwrap();
    let bad = ["audit", "metrics", "trail.jsonl", "--contract", "baseline.json", "--decisions", "bad.jsonl"];
    refused(&folder, &bad, "`bad.jsonl`, line 1: expected a decision");
    let log = fs::read_to_string(folder.join("trail.jsonl")).unwrap();
    fs::write(folder.join("cut.jsonl"), &log[..log.len() - 9]).unwrap();
    refused(&folder, &["audit", "metrics", "cut.jsonl"], "was not written whole");
    refused(&folder, &["audit", "report", "cut.jsonl", "--week", "2026-W48", "--out", "b.md"], "was not written whole");
    assert!(!folder.join("a.md").exists() && !folder.join("b.md").exists());
}
