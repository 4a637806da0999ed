//! `interlock audit`: a log is kept, verified, proved and merged, and says what was done to it.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::{Run, demo, interlock, own_folder, snapshot};

/// A folder with the decisions of a few demo leads, and a log of them.
fn kept(name: &str) -> PathBuf {
    let folder = own_folder(name);
    for file in ["baseline.json", "leads.csv", "owners.csv"] {
        fs::copy(demo().join(file), folder.join(file)).unwrap();
    }
    let leads = fs::read_to_string(folder.join("leads.csv")).unwrap();
    let few: Vec<&str> = leads.lines().take(12).collect();
    fs::write(folder.join("leads.csv"), few.join("\n")).unwrap();
    let decided = done(
        &folder,
        &[
            "decide",
            "baseline.json",
            "--leads",
            "leads.csv",
            "--owners",
            "owners.csv",
            "--as-of",
            "2026-11-23",
            "--format",
            "json",
        ],
    );
    fs::write(folder.join("decisions.jsonl"), decided.out).unwrap();
    done(&folder, &["audit", "append", "trail.jsonl", "decisions.jsonl", "--id", "trail"]);
    folder
}

fn done(folder: &Path, arguments: &[&str]) -> Run {
    let run = interlock(folder, arguments);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{arguments:?}: {}", run.out);
    run
}

fn lines(folder: &Path) -> Vec<String> {
    fs::read_to_string(folder.join("trail.jsonl")).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn a_log_is_begun_and_gone_on_with() {
    let folder = kept("audit-append");
    let first = lines(&folder);
    assert_eq!(serde_json::from_str::<Value>(&first[0]).unwrap()["log"]["id"], "trail");
    let again = done(&folder, &["audit", "append", "trail.jsonl", "decisions.jsonl"]);
    assert!(again.out.contains("added to log `trail`"), "{}", again.out);
    let both = lines(&folder);
    assert_eq!(both[..first.len()], first[..], "what was written is not written over");
    assert_eq!(both.len(), 2 * first.len() - 1);
    snapshot("audit-verify.txt", &done(&folder, &["audit", "verify", "trail.jsonl"]).out);
}

#[test]
fn what_was_changed_is_named_with_its_place() {
    let folder = kept("audit-changed");
    done(&folder, &["audit", "head", "trail.jsonl", "--out", "head.json"]);
    let whole = lines(&folder);
    let mut changed = whole.clone();
    changed[3] = changed[3].replacen("\"human_verified\":false", "\"human_verified\":true", 1);
    changed.remove(6);
    changed.truncate(changed.len() - 2);
    fs::write(folder.join("trail.jsonl"), changed.join("\n") + "\n").unwrap();
    let run = interlock(&folder, &["audit", "verify", "trail.jsonl", "--head", "head.json"]);
    assert_eq!(run.code, 1);
    snapshot("audit-changed.txt", &run.out);
    let run = interlock(&folder, &["audit", "verify", "trail.jsonl", "--format", "json"]);
    let report: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((run.code, &report["log"]["faults"][0]["line"]), (1, &json!(4)));
    // Nothing is added to it, or proved by it.
    for arguments in [
        &["audit", "append", "trail.jsonl", "decisions.jsonl"][..],
        &["audit", "prove", "trail.jsonl", "--seq", "1"],
        &["audit", "head", "trail.jsonl"],
    ] {
        let run = interlock(&folder, arguments);
        assert_eq!(run.code, 2);
        assert!(run.err.contains("is not sound") && run.err.contains("line 4"), "{}", run.err);
    }
    assert_eq!(lines(&folder), changed);
}

#[test]
fn a_torn_end_is_set_aside() {
    let folder = kept("audit-torn");
    let log = folder.join("trail.jsonl");
    let whole = fs::read_to_string(&log).unwrap();
    fs::write(&log, &whole[..whole.len() - 100]).unwrap();
    let run = interlock(&folder, &["audit", "verify", "trail.jsonl"]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("was not written whole"), "{}", run.out);
    let run = done(&folder, &["audit", "append", "trail.jsonl", "decisions.jsonl"]);
    assert!(run.out.contains("set aside in `trail.torn`"), "{}", run.out);
    let torn = fs::read_to_string(folder.join("trail.torn")).unwrap();
    assert!(whole.contains(torn.trim_end()) && torn.len() > 100, "{torn}");
    done(&folder, &["audit", "verify", "trail.jsonl"]);
}

#[test]
fn an_entry_is_proved_by_a_signed_head() {
    let folder = kept("audit-proof");
    // Keys as `openssl genpkey -algorithm ed25519` writes them: those of RFC 8410, section 10.3, and another's public one.
    let private = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n";
    let public = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n";
    let other = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n-----END PUBLIC KEY-----\n";
    for (name, text) in [("key.pem", private), ("public.pem", public), ("other.pem", other)] {
        fs::write(folder.join(name), text).unwrap();
    }
    done(&folder, &["audit", "head", "trail.jsonl", "--key", "key.pem", "--out", "head.json"]);
    done(&folder, &["audit", "prove", "trail.jsonl", "--seq", "5", "--out", "proof.json"]);
    let by = |key: &str| {
        interlock(&folder, &["audit", "verify", "--proof", "proof.json", "--head", "head.json", "--key", key])
    };
    let proved = by("public.pem");
    assert_eq!(proved.code, 0, "{}", proved.out);
    assert!(proved.out.contains("line number 5 of") && proved.out.contains("log `trail`"), "{}", proved.out);
    assert_eq!(by("other.pem").code, 1);
    let whole = interlock(&folder, &["audit", "verify", "trail.jsonl", "--head", "head.json", "--key", "public.pem"]);
    assert!(whole.code == 0 && whole.out.contains("of the signed head"), "{}", whole.out);

    // A proof that was changed, and a head that was.
    let proof = fs::read_to_string(folder.join("proof.json")).unwrap();
    fs::write(
        folder.join("lied.json"),
        proof.replacen("\\\"human_verified\\\":false", "\\\"human_verified\\\":true", 1),
    )
    .unwrap();
    let run = interlock(&folder, &["audit", "verify", "--proof", "lied.json", "--head", "head.json"]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("not what its own hash says"), "{}", run.out);
    let head = fs::read_to_string(folder.join("head.json")).unwrap();
    fs::write(folder.join("head.json"), head.replacen("\"log\": \"trail\"", "\"log\": \"trial\"", 1)).unwrap();
    assert_eq!(by("public.pem").code, 1);
}

#[test]
fn logs_are_merged_in_order_of_time() {
    let folder = kept("audit-merge");
    done(&folder, &["audit", "append", "second.jsonl", "decisions.jsonl"]);
    let run = done(&folder, &["audit", "merge", "trail.jsonl", "second.jsonl", "--out", "all.jsonl"]);
    assert!(run.out.contains("of 2 logs, in order of time"), "{}", run.out);
    done(&folder, &["audit", "verify", "all.jsonl"]);
    let all = fs::read_to_string(folder.join("all.jsonl")).unwrap();
    let origins: Vec<Value> =
        all.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["origin"].take()).collect();
    let of = |log: &str| origins.iter().filter(|origin| origin["log"] == log).count();
    assert_eq!((of("trail"), of("second")), (lines(&folder).len() - 1, lines(&folder).len() - 1));
    // An origin can be found and proved where it says.
    let origin = origins.iter().rfind(|origin| origin["log"] == "trail").unwrap();
    let there: Value =
        serde_json::from_str(&lines(&folder)[usize::try_from(origin["seq"].as_u64().unwrap()).unwrap()]).unwrap();
    assert_eq!(there["hash"], origin["hash"]);

    let twice = interlock(&folder, &["audit", "merge", "trail.jsonl", "trail.jsonl", "--out", "no.jsonl"]);
    assert!(twice.code == 2 && twice.err.contains("named before"), "{}", twice.err);
    let over = interlock(&folder, &["audit", "merge", "trail.jsonl", "second.jsonl", "--out", "all.jsonl"]);
    assert!(over.code == 2 && over.err.contains("never written over"), "{}", over.err);
}

#[test]
fn what_is_no_log_is_said() {
    let folder = kept("audit-bad");
    for (file, text, arguments, says) in [
        ("empty.jsonl", "", &["audit", "verify", "empty.jsonl"][..], "no-log"),
        ("leads.csv", "a,b\n1,2\n", &["audit", "verify", "leads.csv"], "not-canonical"),
        (
            "e.jsonl",
            "{\"audit\": [{\"kind\": \"chnage\"}]}\n",
            &["audit", "append", "n.jsonl", "e.jsonl"],
            "line 1: expected an entry",
        ),
        ("f.jsonl", "nonsense\n", &["audit", "append", "n.jsonl", "f.jsonl"], "line 1: expected a JSON object"),
        ("g.jsonl", "\n", &["audit", "append", "n.jsonl", "g.jsonl"], "there is no entry"),
        ("h.json", "{}", &["audit", "verify", "trail.jsonl", "--head", "h.json"], "is no head"),
        ("i.pem", "x", &["audit", "head", "trail.jsonl", "--key", "i.pem"], "is no private key"),
        ("j.json", "[]", &["audit", "verify", "--proof", "j.json"], "is no proof"),
        ("k", "", &["audit", "prove", "trail.jsonl", "--seq", "99999"], "numbered from 0 to"),
        ("l", "", &["audit", "verify", "absent.jsonl"], "cannot read `absent.jsonl`"),
    ] {
        fs::write(folder.join(file), text).unwrap();
        let run = interlock(&folder, arguments);
        assert!(
            run.code > 0 && [&*run.out, &*run.err].concat().contains(says),
            "{arguments:?}: {}{}",
            run.out,
            run.err
        );
        assert!(!folder.join("n.jsonl").exists());
    }
}

#[test]
fn the_history_of_a_crm_is_taken_in() {
    let folder = kept("audit-import");
    let history = "Id,LeadId,Field,OldValue,NewValue,CreatedById,CreatedDate\n\
        017A,00Q5j000001AAAAEA4,Industry,SaaS,Retail,0055j000001BBBB,2026-02-03T10:00:00.000+0000\n\
        017B,00Q5j000001AAAAEA4,Company,,Acme,0055j000001CCCC,yesterday\n";
    fs::write(folder.join("LeadHistory.csv"), history).unwrap();
    let run = done(&folder, &["audit", "import", "trail.jsonl", "LeadHistory.csv"]);
    assert!(run.out.contains("LeadHistory.csv, line 3, column `CreatedDate`: set aside"), "{}", run.out);
    assert!(run.out.contains("1 change read, 1 row set aside"), "{}", run.out);
    let last: Value = serde_json::from_str(lines(&folder).last().unwrap()).unwrap();
    assert_eq!((&last["entry"]["kind"], &last["entry"]["field"]), (&json!("observed"), &json!("lead.industry")));
    done(&folder, &["audit", "verify", "trail.jsonl"]);
    let run = interlock(&folder, &["audit", "import", "trail.jsonl", "owners.csv"]);
    assert!(run.code == 2 && run.err.contains("a column for the"), "{}", run.err);
}
