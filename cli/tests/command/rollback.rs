//! `interlock rollback`: a plan is made, carried out and verified, and taken back itself.

use std::fs;
use std::path::{Path, PathBuf};

use interlock::schemas::Name;
use serde_json::{Value, json};

use crate::schemas::fits;
use crate::{Run, demo, interlock, own_folder, snapshot};

/// A folder with a log of what the demo's contract does to a few leads.
fn kept(name: &str) -> PathBuf {
    let folder = own_folder(name);
    for file in ["baseline.json", "candidate.json", "leads.csv", "owners.csv", "proposals.jsonl"] {
        fs::copy(demo().join(file), folder.join(file)).unwrap();
    }
    let leads = fs::read_to_string(folder.join("leads.csv")).unwrap();
    let few: Vec<&str> = leads.lines().take(40).collect();
    fs::write(folder.join("leads.csv"), few.join("\n")).unwrap();
    let mut decide = vec!["decide", "baseline.json", "--leads", "leads.csv", "--owners", "owners.csv"];
    decide.extend(["--proposals", "proposals.jsonl", "--as-of", "2026-11-23", "--format", "json"]);
    fs::write(folder.join("decisions.jsonl"), done(&folder, &decide).out).unwrap();
    done(&folder, &["audit", "append", "trail.jsonl", "decisions.jsonl", "--id", "trail"]);
    folder
}

fn done(folder: &Path, arguments: &[&str]) -> Run {
    let run = interlock(folder, arguments);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{arguments:?}: {}", run.out);
    run
}

const PLAN: [&str; 9] =
    ["rollback", "plan", "trail.jsonl", "baseline.json", "--by", "ann@example.com", "--as-of", "2026-11-24", "--note"];

fn plan<'a>(more: &[&'a str]) -> Vec<&'a str> {
    let mut all: Vec<&str> = PLAN.to_vec();
    all.push("the source was wrong");
    all.extend(more);
    all
}

fn json_of(run: &Run) -> Value {
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}", run.out))
}

fn lines(folder: &Path) -> usize {
    fs::read_to_string(folder.join("trail.jsonl")).unwrap().lines().count()
}

#[test]
fn a_plan_is_made_carried_out_and_taken_back() {
    let folder = kept("rollback");
    let before = lines(&folder);
    let choice = ["--workflow", "inbound-qualification", "--field", "lead.industry", "--field", "lead.owner"];
    let made = done(&folder, &plan(&[&choice[..], &["--out", "plan.json", "--csv", "csv"]].concat()));
    snapshot("rollback-plan.txt", &without_digests(&made.out));
    assert_eq!(lines(&folder), before, "a plan changes nothing");
    let printed = json_of(&done(&folder, &plan(&[&choice[..], &["--format", "json"]].concat())));
    fits(Name::RollbackPlan, &printed);
    let written: Value = serde_json::from_str(&fs::read_to_string(folder.join("plan.json")).unwrap()).unwrap();
    assert_eq!(printed, written, "the same plan, whoever reads it");
    let imported = fs::read_to_string(folder.join("csv/lead.csv")).unwrap();
    assert!(imported.starts_with("\"Id\",") && imported.contains("\"OwnerId\""), "{imported}");

    // Nothing of it is done yet.
    let look = ["rollback", "verify", "plan.json", "trail.jsonl", "baseline.json"];
    let missing = interlock(&folder, &look);
    assert_eq!((missing.code, missing.err.as_str()), (1, ""));
    assert!(missing.out.contains("not done"), "{}", missing.out);

    let carry = ["rollback", "apply", "plan.json", "trail.jsonl", "baseline.json", "--state", "state.json"];
    let applied = done(&folder, &[&carry[..], &["--as-of", "2026-11-24T01:00:00Z", "--csv", "csv"]].concat());
    snapshot("rollback-apply.txt", &applied.out);
    assert_eq!(lines(&folder), before + written["back"].as_array().unwrap().len() + withdrawn(&written));
    done(&folder, &["audit", "verify", "trail.jsonl"]);
    done(&folder, &look);
    let verified = json_of(&done(&folder, &[&look[..], &["--format", "json"]].concat()));
    fits(Name::RollbackVerify, &verified);
    let state: Value = serde_json::from_str(&fs::read_to_string(folder.join("state.json")).unwrap()).unwrap();
    assert_eq!(state["refused"].as_object().unwrap().len(), records(&written).len());

    // What the engine decides with that state does not do it again.
    let mut decide = vec!["decide", "baseline.json", "--leads", "leads.csv", "--owners", "owners.csv"];
    decide.extend(["--proposals", "proposals.jsonl", "--as-of", "2026-11-24", "--format", "json"]);
    let again = done(&folder, &[&decide[..], &["--state", "state.json"]].concat());
    assert!(again.out.contains("\"not-repeated\""));

    // A second time nothing is left to do.
    let twice = interlock(&folder, &[&carry[..], &["--as-of", "2026-11-24T02:00:00Z", "--format", "json"]].concat());
    fits(Name::RollbackApply, &json_of(&twice));
    assert_eq!((twice.code, &json_of(&twice)["entries"]), (1, &json!([])));
    assert_eq!(json_of(&twice)["kept"][0]["why"], "taken-back");

    // The rollback is taken back itself.
    let mut redo = plan(&["--rollbacks", "--from", "2026-11-24", "--out", "redo.json"]);
    redo[7] = "2026-11-25";
    let redo = done(&folder, &redo);
    assert!(redo.out.contains("Goes back"), "{}", redo.out);
    let carry = ["rollback", "apply", "redo.json", "trail.jsonl", "baseline.json", "--state", "state.json"];
    done(&folder, &[&carry[..], &["--as-of", "2026-11-25"]].concat());
    let state: Value = serde_json::from_str(&fs::read_to_string(folder.join("state.json")).unwrap()).unwrap();
    assert_eq!(state.get("refused"), None, "{state}");
    let other = interlock(&folder, &look);
    assert!(other.code == 1 && other.out.contains("by a rollback by `ann@example.com`"), "{}", other.out);
}

/// The digest of a plan follows the demo and the engine's version.
fn without_digests(text: &str) -> String {
    let mut parts = text.split("sha256:");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| all + "sha256:…" + part.trim_start_matches(|c: char| c.is_ascii_hexdigit()))
}

fn withdrawn(plan: &Value) -> usize {
    plan["withdrawn"].as_array().unwrap().len()
}

fn records(plan: &Value) -> std::collections::BTreeSet<&str> {
    plan["back"].as_array().unwrap().iter().map(|back| back["record"].as_str().unwrap()).collect()
}

#[test]
fn what_stands_in_the_crm_counts() {
    let folder = kept("rollback-crm");
    // The CRM never had any of it written, so it stands as before already.
    let made = done(
        &folder,
        &plan(&["--field", "lead.owner", "--leads", "leads.csv", "--owners", "owners.csv", "--format", "json"]),
    );
    let made = json_of(&made);
    assert_eq!(made["back"], json!([]));
    let why: std::collections::BTreeSet<&str> =
        made["kept"].as_array().unwrap().iter().map(|kept| kept["why"].as_str().unwrap()).collect();
    assert_eq!(why.into_iter().collect::<Vec<_>>(), ["as-before"]);
}

#[test]
fn bad_input_is_named_with_what_to_do() {
    let folder = kept("rollback-bad");
    let before = lines(&folder);
    let refused = |arguments: &[&str], words: &[&str]| {
        let run = interlock(&folder, arguments);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments:?}");
        for word in words {
            assert!(run.err.contains(word), "no `{word}` in:\n{}", run.err);
        }
        assert_eq!(lines(&folder), before);
    };
    refused(&plan(&[]), &["nothing says what to take back", "help: name a workflow"]);
    refused(
        &plan(&["--workflow", "inbound-qualificaton"]),
        &["no entry of `trail.jsonl` has the workflow `inbound-qualificaton`", "did you mean `inbound-qualification`?"],
    );
    refused(&plan(&["--field", "lead.owner", "--from", "2027-01-01"]), &["no entry of `trail.jsonl` is chosen"]);
    refused(&plan(&["--from", "2026-11-24", "--until", "2026-11-23"]), &["the time window is empty"]);
    refused(&plan(&["--entry", "sha256:1"]), &["64 lower-case hexadecimal digits"]);
    let mut early = plan(&["--field", "lead.owner"]);
    early[7] = "2026-11-01";
    refused(&early, &["the rollback would be at 2026-11-01", "help: take things back at a later time"]);
    let mut nobody = plan(&["--field", "lead.owner"]);
    nobody[5] = " ";
    refused(&nobody, &["no person is named who takes it back"]);
    fs::write(folder.join("empty.csv"), "Id,Name\n").unwrap();
    refused(&plan(&["--records", "empty.csv"]), &["`empty.csv` names no record"]);

    // Another contract than the one that decided is allowed, and said.
    let mut other = plan(&["--field", "lead.owner"]);
    other[3] = "candidate.json";
    assert!(done(&folder, &other).out.contains("decided by 1 other contract"));

    // A plan that was changed, and a log that is not the plan's.
    done(&folder, &plan(&["--field", "lead.owner", "--out", "plan.json"]));
    let text = fs::read_to_string(folder.join("plan.json")).unwrap();
    fs::write(folder.join("changed.json"), text.replacen("\"seen\": false", "\"seen\": true", 1)).unwrap();
    let apply = |plan: &'static str, log: &'static str| {
        ["rollback", "apply", plan, log, "baseline.json", "--state", "state.json", "--as-of", "2026-11-24"]
    };
    refused(&apply("changed.json", "trail.jsonl"), &["`changed.json`: the plan was changed since it was made"]);
    refused(&apply("baseline.json", "trail.jsonl"), &["`baseline.json`: this is no rollback plan"]);
    let first = fs::read_to_string(folder.join("decisions.jsonl")).unwrap();
    fs::write(folder.join("first.jsonl"), first.lines().next().unwrap()).unwrap();
    done(&folder, &["audit", "append", "other.jsonl", "first.jsonl"]);
    refused(&apply("plan.json", "other.jsonl"), &["does not have all entries", "made on log `trail`"]);

    // A log that is not sound, or torn.
    let whole = fs::read_to_string(folder.join("trail.jsonl")).unwrap();
    fs::write(folder.join("torn.jsonl"), &whole[..whole.len() - 20]).unwrap();
    refused(&apply("plan.json", "torn.jsonl"), &["`torn.jsonl` is not sound", "not written whole"]);
    fs::write(folder.join("forged.jsonl"), whole.replacen("\"human_verified\":false", "\"human_verified\":true", 1))
        .unwrap();
    refused(&apply("plan.json", "forged.jsonl"), &["`forged.jsonl` is not sound"]);
    assert!(!folder.join("state.json").exists(), "nothing is written where something is refused");
}

#[test]
fn records_come_from_a_file() {
    let folder = kept("rollback-records");
    let all = json_of(&done(&folder, &plan(&["--field", "lead.owner", "--format", "json"])));
    let two: Vec<&str> = records(&all).into_iter().take(2).collect();
    fs::write(folder.join("records.csv"), format!("\u{feff}Record ID;Name\n\"{}\";a\n{};b\n", two[0], two[1])).unwrap();
    let some = plan(&["--field", "lead.owner", "--records", "records.csv", "--format", "json"]);
    let some = json_of(&done(&folder, &some));
    assert_eq!(records(&some).into_iter().collect::<Vec<_>>(), two);
}
