//! The literate corpus: one Markdown file a behaviour, run as it stands; `corpus/README.md` has its form.
//!
//! Input: the files below `tests/corpus`. Output: one report of every line that does not hold, with what was found.
//! Invariant: nothing in a case is passed over: a line that is not understood fails, and so does a row of the table that
//! nobody covers and nobody listed as such.
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

mod case;
mod coverage;
mod found;
mod person;
mod run;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use case::Case;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every case, and what is wrong with the form of the others; in order of area and name.
fn cases() -> (Vec<Case>, Vec<String>) {
    let mut files = Vec::new();
    for area in std::fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        files.extend(std::fs::read_dir(area).unwrap().map(|entry| entry.unwrap().path()));
    }
    files.sort();
    let (mut cases, mut faults) = (Vec::new(), Vec::new());
    for file in files {
        let name = file.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
        match case::parse(&name, &read(&file)) {
            Ok(case) => cases.push(case),
            Err(fault) => faults.push(fault),
        }
    }
    (cases, faults)
}

#[test]
fn every_case_holds() {
    let mut base: serde_json::Value = serde_json::from_str(&read(&root().join("base.json"))).unwrap();
    base["starting"] = serde_json::from_str(&read(&root().join("../../contracts/starting.json"))).unwrap();
    let (cases, mut faults) = cases();
    for case in &cases {
        faults.extend(run::run(case, &base));
    }
    let mut report = String::new();
    for fault in &faults {
        let _ = writeln!(report, "{fault}");
    }
    assert!(faults.is_empty(), "{} of the corpus's lines do not hold ({} cases)\n{report}", faults.len(), cases.len());
}

#[test]
fn the_table_says_what_is_covered() {
    let (cases, faults) = cases();
    assert!(faults.is_empty(), "{faults:#?}");
    let rows = coverage::rows(&read(&root().join("rows.md")));
    let table = coverage::table(&rows, &cases);
    let path = root().join("COVERAGE.md");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &table).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    let other = table.lines().zip(kept.lines()).find(|(made, kept)| made != kept);
    assert!(
        table == kept,
        "COVERAGE.md is not what the cases cover; renew it with UPDATE=1 and look at the difference, first: {other:#?}"
    );
}

/// A wrong expectation is noticed, whatever it is about: each of these lines is wrong for the case above it.
#[test]
fn what_does_not_hold_is_noticed() {
    let base = serde_json::from_str(&read(&root().join("base.json"))).unwrap();
    let event = r#"{"fields": {"lead.industry": ""}, "proposals": [
        {"field": "lead.industry", "value": "Software", "source": "form", "confidence": 850}]}"#;
    let faults = |lines: &str| {
        let text = format!(
            "---\nshows: x\n---\n# A title.\n\nWhy.\n\n```json event\n{event}\n```\n\n```expect\n{lines}\n```\n"
        );
        case::parse("x/x.md", &text).map_or_else(|fault| vec![fault], |case| run::run(&case, &base))
    };
    let right =
        "update_field lead.industry: suggest because below-threshold; old blank; new \"Software\"; under inbound";
    assert_eq!(faults(right), [""; 0]);
    for wrong in [
        "update_field lead.industry: auto",
        "update_field lead.industry: suggest",
        "update_field lead.industry: suggest because below-threshold, suggestion-mode",
        "update_field lead.industry: suggest because below-threshold; uncapped auto",
        "update_field lead.industry: suggest because below-threshold; nothing to do",
        "update_field lead.industry: suggest because below-threshold; old \"Retail\"",
        "update_field lead.industry: suggest because below-threshold; new \"Retail\"",
        "update_field lead.industry: suggest because below-threshold; whatever",
        "update_field lead.title: suggest because below-threshold",
        "assign: auto -> bob@example.com",
        "assign: suggest -> ann@example.com",
        "route: queue desk by fallback",
        "suppressed: opted-out (yes)",
        "stage: mql by active",
        "workflow inbound: not started",
        "workflow inbund: started",
        "match person: exact by email",
        "audit update_field lead.industry: change",
        "score fit: 0",
        "changes: none",
        "nothing else is asked",
        "not asked: assign",
        "no such line",
        "usable",
    ] {
        assert!(!faults(wrong).is_empty(), "`{wrong}` is taken for true");
    }
}
