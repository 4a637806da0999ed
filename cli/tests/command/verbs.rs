//! Each verb on good input: what it prints, as JSON too, and its exit code.

use std::fs;

use serde_json::Value;

use crate::{demo, demo_files, interlock, own_folder, snapshot, with_input};

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn check_says_what_is_wrong_and_where() {
    let folder = own_folder("check");
    fs::write(
        folder.join("half.json"),
        "{\n  \"interlock\": 1,\n  \"id\": \"half\",\n  \"vesion\": \"1\",\n  \"routing\": {\"rules\": [{\"id\": \"a\", \
         \"when\": {\"fact\": \"lead.contry\", \"is\": \"DE\"}, \"to\": {\"pool\": \"emea\"}}]}\n}\n",
    )
    .unwrap();
    let run = interlock(&folder, &["check", "half.json"]);
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    snapshot("check.txt", &run.out);
    let checks = json(&interlock(&folder, &["check", "half.json", "--format", "json"]).out);
    let finding = &checks["files"][0]["findings"][0];
    assert_eq!((finding["code"].as_str(), finding["place"]["line"].as_u64()), (Some("unknown-key"), Some(4)));
    assert_eq!(interlock(&folder, &["check", "half.json", "--fail-on", "never"]).code, 0);
}

#[test]
fn check_fails_on_the_severity_that_is_asked_for() {
    let contract = fs::read_to_string(demo().join("baseline.json")).unwrap();
    let mut contract = json(&contract);
    contract["routing"].as_object_mut().unwrap().shift_remove("fallback");
    let text = contract.to_string();
    for (limit, code) in [("error", 0), ("warning", 1), ("info", 1), ("never", 0)] {
        let run = with_input(demo(), &["check", "-", "--fail-on", limit], text.as_bytes());
        assert_eq!(run.code, code, "{limit}: {}", run.out);
        assert!(run.out.contains("warning[no-fallback]") && run.out.contains("<stdin>"), "{}", run.out);
        assert!(run.out.lines().all(|line| line.chars().count() < 200), "{}", run.out);
    }
    let good = interlock(demo(), &["check", "baseline.json", "candidate.json", "--fail-on", "info"]);
    assert_eq!(good.code, 0, "{}", good.out);
    assert!(good.out.ends_with("no findings in 2 files\n"), "{}", good.out);
}

#[test]
fn preview_says_what_moves() {
    let arguments = [vec!["preview", "baseline.json", "candidate.json"], demo_files()].concat();
    let run = interlock(demo(), &arguments);
    // The candidate breaks promises of its own.
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    snapshot("preview.txt", &run.out);

    let run = interlock(demo(), &[arguments.clone(), vec!["--format", "json", "--list", "rerouted"]].concat());
    let report = json(&run.out);
    let counts = &report["summary"]["counts"];
    assert_eq!(report["moves"].as_array().unwrap().len() as u64, counts["rerouted"].as_u64().unwrap());
    for file in report["files"].as_array().unwrap() {
        assert!(file["rows"].as_u64() > Some(0), "{file}");
    }

    let lead = report["moves"][0]["lead"].as_str().unwrap();
    let run = interlock(demo(), &[arguments.clone(), vec!["--lead", lead]].concat());
    assert_eq!(run.code, 0);
    snapshot("lead.txt", &run.out);
    let both = json(&interlock(demo(), &[arguments, vec!["--lead", lead, "--format", "json"]].concat()).out);
    assert!(both["stages"].as_array().unwrap().iter().any(|stage| stage["differs"] == true));
}

#[test]
fn preview_of_one_contract_with_itself_moves_nothing() {
    let run = interlock(demo(), &[vec!["preview", "baseline.json", "baseline.json"], demo_files()].concat());
    assert!(run.out.contains("nothing moves: every decision is the same"), "{}", run.out);
}

#[test]
fn preview_of_one_contract_says_where_leads_go() {
    let run = interlock(demo(), &[vec!["preview", "baseline.json"], demo_files()].concat());
    snapshot("places.txt", &run.out);
}

#[test]
fn preview_writes_the_leads_that_move() {
    let folder = own_folder("moves");
    let (csv, lines) = (folder.join("moves.csv"), folder.join("moves.jsonl"));
    for file in [&csv, &lines] {
        let out = ["--out", file.to_str().unwrap()];
        let run =
            interlock(demo(), &[vec!["preview", "baseline.json", "candidate.json"], demo_files(), out.into()].concat());
        assert_eq!(run.err, "");
    }
    let lines = fs::read_to_string(lines).unwrap();
    let csv = fs::read_to_string(csv).unwrap();
    assert_eq!(csv.lines().count(), lines.lines().count() + 1);
    assert!(csv.starts_with("\"lead\",\"name\",\"company\",\"from\",\"to\""), "{csv}");
    lines.lines().for_each(|line| assert!(json(line)["changes"].is_array()));
}

#[test]
fn preview_uses_the_clock_and_says_so() {
    let run = interlock(demo(), &["preview", "baseline.json", "--leads", "leads.csv"]);
    assert!(run.out.contains("Z, which is now; seed 0"), "{}", run.out);
}

#[test]
fn diff_lists_the_edits() {
    let run = interlock(demo(), &["diff", "baseline.json", "candidate.json"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    snapshot("diff.txt", &run.out);
    let edits = json(&interlock(demo(), &["diff", "baseline.json", "candidate.json", "--format", "json"]).out);
    assert!(edits.as_array().unwrap().iter().any(|edit| edit["address"] == "/routing/rules/dach"));
    let run = interlock(demo(), &["diff", "baseline.json", "baseline.json"]);
    assert!(run.out.contains("say the same"), "{}", run.out);
}

#[test]
fn decide_explains_a_lead() {
    let leads = fs::read_to_string(demo().join("leads.csv")).unwrap();
    let id = leads.lines().nth(1).unwrap().split('"').nth(1).unwrap();
    let arguments = [vec!["decide", "baseline.json", "--id", id], demo_files()].concat();
    let run = interlock(demo(), &arguments);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    snapshot("decide.txt", &run.out);
    let lines = interlock(demo(), &[arguments, vec!["--format", "json"]].concat()).out;
    let lines: Vec<Value> = lines.lines().map(json).collect();
    // Salesforce's long form of an id is known by its short one.
    assert_eq!((lines.len(), lines[0]["record"]["id"].as_str()), (2, id.get(..15)));
    assert!(lines[1]["state"].is_object());
}

#[test]
fn decide_takes_events_and_hands_its_state_on() {
    let folder = own_folder("decide");
    for file in ["baseline.json", "accounts.csv", "owners.csv"] {
        fs::copy(demo().join(file), folder.join(file)).unwrap();
    }
    let event = |id: &str| {
        format!(
            "{{\"id\": \"{id}\", \"kind\": \"lead_captured\", \"at\": \"2026-11-20T10:00:00Z\", \"record\": {{\"object\": \
             \"lead\", \"id\": \"{id}\"}}, \"source\": \"Web Form\", \"fields\": {{\"lead.email\": \
             \"ann.{id}@fennadel-labs.example\", \"lead.country\": \"US\", \"lead.state\": \"California\", \
             \"lead.employees\": \"40\", \"lead.converted\": \"false\"}}}}"
        )
    };
    fs::write(folder.join("events.jsonl"), format!("{}\n{}\n", event("e1"), event("e2"))).unwrap();
    fs::write(folder.join("one.json"), event("e1").replace(", ", ",\n")).unwrap();
    fs::write(folder.join("two.json"), event("e2")).unwrap();
    let decide = |more: &[&str]| {
        let run = interlock(
            &folder,
            &[&["decide", "baseline.json", "--as-of", "2026-11-23", "--format", "json"], more].concat(),
        );
        assert_eq!((run.code, run.err.as_str()), (0, ""));
        run.out.lines().filter(|line| !line.starts_with("{\"state\"")).map(str::to_owned).collect::<Vec<_>>()
    };
    let both = decide(&["--event", "events.jsonl", "--owners", "owners.csv"]);
    let first = decide(&["--event", "one.json", "--owners", "owners.csv", "--state-out", "state.json"]);
    let second = decide(&["--event", "two.json", "--owners", "owners.csv", "--state", "state.json"]);
    // One by one with the state handed on is the same as both at once.
    assert_eq!(both, [first, second].concat());
    assert_ne!(json(&both[0])["outcome"]["place"], json(&both[1])["outcome"]["place"]);
    assert_eq!(json(&both[0])["match"]["person"]["outcome"], "none");

    // Leads that arrive together are compared with each other.
    let same = [event("e1"), event("e2").replace("ann.e2@", "ann.e1@")].join("\n");
    fs::write(folder.join("same.jsonl"), same).unwrap();
    let same = decide(&["--event", "same.jsonl", "--owners", "owners.csv"]);
    for (line, other) in same.iter().zip(["e2", "e1"]) {
        let person = &json(line)["match"]["person"];
        assert_eq!((&person["outcome"], &person["record"]["id"]), (&"exact".into(), &other.into()), "{person}");
    }
}

#[test]
fn what_goes_to_a_person_holds_the_next_decision_on_its_record() {
    let folder = own_folder("hold");
    for file in ["baseline.json", "owners.csv"] {
        fs::copy(demo().join(file), folder.join(file)).unwrap();
    }
    let event = |more: &str| {
        format!(
            "{{\"id\": \"e1\", \"kind\": \"lead_captured\", \"at\": \"2026-11-20T10:00:00Z\", \"record\": {{\"object\": \
             \"lead\", \"id\": \"L1\"}}, \"source\": \"Web Form\", \"fields\": {{\"lead.email\": \
             \"ann@fennadel-labs.example\", \"lead.country\": \"US\", \"lead.state\": \"California\", \
             \"lead.employees\": \"40\", \"lead.converted\": \"false\"}}{more}}}\n"
        )
    };
    let merge = event(", \"principal\": {\"person\": \"ann\"}, \"actions\": [{\"action\": \"merge\", \"to\": \"L2\"}]");
    fs::write(folder.join("merge.jsonl"), merge).unwrap();
    fs::write(folder.join("again.jsonl"), event("")).unwrap();
    let decide = |more: &[&str]| {
        let fixed = ["decide", "baseline.json", "--as-of", "2026-11-23", "--format", "json", "--owners", "owners.csv"];
        let run = interlock(&folder, &[&fixed, more].concat());
        assert_eq!((run.code, run.err.as_str()), (0, ""));
        run.out.lines().map(json).collect::<Vec<_>>()
    };
    let held = |lines: &[Value]| lines[0]["judged"].to_string().contains("review-pending");
    let lines = decide(&["--event", "merge.jsonl", "--state-out", "state.json"]);
    assert!(lines[1]["state"].get("pending").is_none());
    assert!(!held(&decide(&["--event", "again.jsonl", "--state", "state.json"])));
    let lines = decide(&["--event", "merge.jsonl", "--state-out", "state.json", "--hold"]);
    assert!(lines[1]["state"]["pending"]["lead/L1"].to_string().contains("merge"));
    assert!(held(&decide(&["--event", "again.jsonl", "--state", "state.json"])));
}

#[test]
fn demo_writes_files_and_replaces_none_unasked() {
    let folder = own_folder("written");
    let run = interlock(&folder, &["demo", "--out", "crm"]);
    assert_eq!(run.code, 0);
    let leads = interlock_demo::workspace();
    assert_eq!(fs::read(folder.join("crm/leads.csv")).unwrap(), leads.file("leads.csv").unwrap());
    let run = interlock(&folder, &["demo", "--out", "crm"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("already") && run.err.contains("--force"), "{}", run.err);
    assert_eq!(interlock(&folder, &["demo", "--out", "crm", "--force"]).code, 0);
}

#[test]
fn start_writes_a_contract_that_can_be_used_and_replaces_none_unasked() {
    let folder = own_folder("start");
    let printed = interlock(&folder, &["start"]);
    assert_eq!((printed.code, printed.err.as_str()), (0, ""));
    let run = interlock(&folder, &["start", "--out", "contract.json"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("interlock check contract.json"), "{}", run.out);
    assert_eq!(fs::read_to_string(folder.join("contract.json")).unwrap(), printed.out);
    let check = interlock(&folder, &["check", "contract.json", "--fail-on", "info"]);
    assert_eq!(check.code, 0, "{}", check.out);

    fs::write(folder.join("contract.json"), "mine").unwrap();
    let run = interlock(&folder, &["start", "--out", "contract.json"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("already") && run.err.contains("--force"), "{}", run.err);
    assert_eq!(fs::read_to_string(folder.join("contract.json")).unwrap(), "mine");
    assert_eq!(interlock(&folder, &["start", "--out", "contract.json", "--force"]).code, 0);
    assert_eq!(fs::read_to_string(folder.join("contract.json")).unwrap(), printed.out);
    assert_eq!(interlock(&folder, &["start", "--out", "no/such/folder.json"]).code, 2);
}

#[test]
fn a_sweep_decides_what_the_clock_raises() {
    let folder = own_folder("sweep");
    assert_eq!(interlock(&folder, &["start", "--out", "contract.json"]).code, 0);
    let leads =
        "Id,Email,LeadSource,LastActivityDate\n1,eva@acme.com,Outbound List,2026-01-02\n2,bo@acme.com,Web,2026-11-20\n";
    fs::write(folder.join("leads.csv"), leads).unwrap();
    let sweep = |at: &str| {
        let arguments =
            ["decide", "contract.json", "--leads", "leads.csv", "--sweep", "--format", "json", "--as-of", at];
        interlock(&folder, &arguments)
    };
    let run = sweep("2026-11-23T09:00:00Z");
    assert_eq!(run.code, 0, "{}", run.err);
    let decisions: Vec<Value> = run.out.lines().map(json).filter(|line| line.get("kind").is_some()).collect();
    assert_eq!(decisions.len(), 1, "{}", run.out);
    assert_eq!((&decisions[0]["kind"], &decisions[0]["record"]["id"]), (&Value::from("dormant"), &Value::from("1")));
    let run = sweep("2026-01-03T09:00:00Z");
    assert!(run.code == 2 && run.err.contains("the clock raises nothing"), "{}", run.err);
}

#[test]
fn facts_of_a_contract_are_listed_with_its_own() {
    let run = interlock(demo(), &["schema", "--facts"]);
    assert!(run.out.contains("lead.country") && !run.out.contains("territory.dach"), "{}", run.out);
    let run = interlock(demo(), &["schema", "--facts", "candidate.json", "--format", "json"]);
    assert!(json(&run.out).as_array().unwrap().iter().any(|fact| fact["name"] == "territory.dach"));
}
