//! The kept schemas are current; the contract's schema and the engine agree on what a contract is.

use std::fs;

use clap::ValueEnum;
use interlock::schemas::{Name, schema, text};
use interlock_core::check::check;
use serde_json::{Value, json};

use crate::{demo, demo_files, interlock, own_folder, root};

#[track_caller]
pub(crate) fn fits(name: Name, value: &Value) {
    let errors: Vec<String> = validator(name).iter_errors(value).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{}: {errors:#?}", name.word());
}

fn validator(name: Name) -> jsonschema::Validator {
    jsonschema::validator_for(&schema(name)).unwrap()
}

fn contract(file: &str) -> Value {
    serde_json::from_slice(&fs::read(file).unwrap()).unwrap()
}

#[test]
fn the_kept_schemas_are_current() {
    let folder = root().join("docs/schemas");
    for name in Name::value_variants() {
        let file = folder.join(name.file());
        let now = text(*name).unwrap();
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&file, &now).unwrap();
        }
        let kept = fs::read_to_string(&file).unwrap_or_default();
        assert!(kept == now, "{} is not current: `cargo run -p interlock -- schema --all docs/schemas`", name.file());
    }
    assert_eq!(fs::read_dir(folder).unwrap().count(), Name::value_variants().len());
}

fn good_contracts() -> Vec<Value> {
    let examples = root().join("examples/contracts");
    let files = [
        demo().join("baseline.json"),
        demo().join("candidate.json"),
        examples.join("hubspot.json"),
        examples.join("salesforce.json"),
    ];
    files.iter().map(|file| contract(file.to_str().unwrap())).collect()
}

#[test]
fn good_contracts_fit_the_schema() {
    let validator = validator(Name::Contract);
    for value in good_contracts() {
        let errors: Vec<String> =
            validator.iter_errors(&value).map(|error| format!("{} {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{}: {errors:#?}", value["id"]);
        assert!(check(&value).is_usable(), "{}", value["id"]);
    }
}

#[test]
fn what_the_schema_refuses_the_engine_refuses_too() {
    let validator = validator(Name::Contract);
    let good = contract(demo().join("baseline.json").to_str().unwrap());
    let edits: [(&str, Value); 11] = [
        ("/interlock", json!(99)),
        ("/id", json!(5)),
        ("/settings", json!({"curency": "EUR"})),
        ("/fields/0/ai", json!("automatic")),
        ("/fields/0/auto_at", json!("high")),
        ("/routing/rules/0/to", json!({"pol": "a"})),
        ("/routing/rules/0/to", json!({"pool": "a", "queue": "b"})),
        ("/routing/rules/0/when", json!({"fact": "lead.country", "equals": "DE"})),
        ("/routing/rules/0/when", json!("always")),
        ("/scores/0/rules/0/points", json!(1.5)),
        ("/workflows/0/trigger/on", json!("lead_captured")),
    ];
    for (pointer, value) in edits {
        let mut bad = good.clone();
        *bad.pointer_mut(pointer).unwrap() = value.clone();
        assert!(!validator.is_valid(&bad), "the schema takes {value} at {pointer}");
        assert!(!check(&bad).is_usable(), "the engine takes {value} at {pointer}");
    }
    let mut bad = good;
    bad["rooting"] = json!({});
    assert!(!validator.is_valid(&bad) && !check(&bad).is_usable());
}

#[test]
fn output_fits_its_schema() {
    let read = |arguments: &[&str]| -> Value {
        let out = interlock(demo(), arguments).out;
        serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}"))
    };
    fits(Name::Check, &read(&["check", "baseline.json", "--format", "json"]));
    fits(Name::Fact, &read(&["schema", "--facts", "--format", "json"])[0]);
    for difference in read(&["diff", "baseline.json", "candidate.json", "--format", "json"]).as_array().unwrap() {
        fits(Name::Difference, difference);
    }
    let both = ["preview", "baseline.json", "candidate.json", "--format", "json"].to_vec();
    let report = read(&[both.clone(), vec!["--list", "rerouted"], demo_files()].concat());
    fits(Name::Preview, &report);
    fits(Name::Move, &report["moves"][0]);
    let lead = report["moves"][0]["lead"].as_str().unwrap();
    fits(Name::Lead, &read(&[both, vec!["--lead", lead], demo_files()].concat()));
    let arguments = [vec!["decide", "baseline.json", "--id", lead, "--format", "json"], demo_files()].concat();
    let lines: Vec<Value> =
        interlock(demo(), &arguments).out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    fits(Name::Decision, &lines[0]);
    fits(Name::Left, &lines[1]);
    fits(Name::State, &lines[1]["state"]);
    let folder = own_folder("match-schemas");
    let [report, clusters] = ["report.json", "clusters.json"].map(|name| folder.join(name));
    let names = [report.to_str().unwrap(), clusters.to_str().unwrap()];
    let arguments = ["match", "--leads", "contacts.csv", "--format", "jsonl", "--all-candidates"];
    let more = ["--report", names[0], "--clusters", names[1]];
    let lines = interlock(demo(), &[&arguments[..], &more].concat()).out;
    let pairs: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(!pairs.is_empty());
    pairs.iter().for_each(|pair| fits(Name::Match, pair));
    fits(Name::MatchReport, &contract(names[0]));
    fits(Name::Clusters, &contract(names[1]));
}
