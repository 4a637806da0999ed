//! Every code has its section in `docs/findings.md`, and no section is left over.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::root;

/// The codes in the sources: texts of the form of a code behind a call that makes a finding.
fn codes() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for folder in ["core/src/check", "core/src/json"] {
        for entry in fs::read_dir(root().join(folder)).unwrap() {
            read_codes(&entry.unwrap().path(), &mut codes);
        }
    }
    codes
}

fn read_codes(path: &Path, codes: &mut BTreeSet<String>) {
    if path.extension().is_none_or(|ending| ending != "rs") {
        return;
    }
    let text = fs::read_to_string(path).unwrap();
    let text = text.split("#[cfg(test)]").next().unwrap();
    for call in ["context.error(", "context.warn(", "context.say(", "self.error(", "self.warn(", "said(", "code: "] {
        for (at, _) in text.match_indices(call) {
            let rest = &text[at + call.len()..];
            // Some calls choose between two codes.
            let end = rest.find("format!").into_iter().chain(rest.find("address")).chain(rest.find("severity")).min();
            let mut found = rest[..end.unwrap_or(rest.len()).min(120)].split('"').skip(1).step_by(2);
            match call {
                "said(" | "code: " => codes.extend(found.filter(|text| is_code(text)).map(str::to_owned)),
                _ => codes.extend(found.next().filter(|text| is_code(text)).map(str::to_owned)),
            }
        }
    }
}

fn is_code(text: &str) -> bool {
    text.len() > 3
        && text.chars().all(|c| c.is_ascii_lowercase() || c == '-')
        && (text.contains('-') || text == "loosens")
}

#[test]
fn every_code_is_documented_and_every_section_is_of_a_code() {
    let text = fs::read_to_string(root().join("docs/findings.md")).unwrap();
    let sections: Vec<&str> = text.split("\n## ").skip(1).collect();
    let documented: BTreeSet<String> =
        sections.iter().map(|section| section.lines().next().unwrap().to_owned()).collect();
    assert_eq!(documented.len(), sections.len(), "a section stands twice");
    let codes = codes();
    let missing: Vec<_> = codes.difference(&documented).collect();
    let stale: Vec<_> = documented.difference(&codes).collect();
    assert!(missing.is_empty() && stale.is_empty(), "without a section: {missing:?}; without a code: {stale:?}");
    for section in sections {
        let headings: Vec<_> = section.lines().filter(|line| line.starts_with("### ")).collect();
        let wanted = ["### What it means", "### Why it matters", "### How to mend it", "### Example"];
        assert_eq!(headings, wanted, "{section}");
    }
}
