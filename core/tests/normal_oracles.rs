//! The normal forms against other people's readings of the same sources.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use interlock_core::normal::public_suffix::suffix_start;
use proptest::prelude::*;
use proptest::sample::select;

/// Every path of the table, and so every rule, as a host; a wildcard becomes `any`.
fn paths() -> Vec<String> {
    let table = include_str!("../src/normal/tables/public_suffix.txt");
    let mut out = BTreeSet::new();
    for line in table.lines().filter(|line| !line.starts_with("//")) {
        let mut above: Vec<String> = Vec::new();
        let mut last = String::new();
        let mut label = String::new();
        for c in line.chars().chain([',']) {
            match c {
                '(' | ')' | ',' => {
                    if !label.is_empty() {
                        let name = label.trim_matches(['!', '?']).replace('*', "any");
                        last = above.last().map_or(name.clone(), |above| format!("{name}.{above}"));
                        out.insert(last.clone());
                        label.clear();
                    }
                    match c {
                        '(' => above.push(last.clone()),
                        ')' => drop(above.pop()),
                        _ => {}
                    }
                }
                c => label.push(c),
            }
        }
    }
    out.into_iter().collect()
}

/// The crate's list is two weeks newer than the table's and differs in these rules.
fn lists_differ(host: &str) -> bool {
    ["helsinki", "pagelemon.dev"].iter().any(|rule| host == *rule || host.ends_with(&format!(".{rule}")))
}

/// Where `*.foo` and `*.x.foo` are rules, `x.foo` matches the first; psl (2.1.247) follows the second rule's path and
/// does not come back. The list's algorithm, and PyPI's publicsuffixlist, say `x.foo`.
fn below_a_wildcard_and_on_the_way_to_another(suffix: &str) -> bool {
    ["int.apple", "futurecms.at", "firenet.ch", "replit.dev", "customer-oci.com", "run.app", "snowflake.app"]
        .iter()
        .any(|parent| suffix.ends_with(&format!(".{parent}")))
}

fn same_suffix(host: &str) {
    let ours = &host[suffix_start(host)..];
    if !lists_differ(host) && !below_a_wildcard_and_on_the_way_to_another(ours) {
        let theirs = psl::suffix_str(host).unwrap();
        assert_eq!(ours, theirs, "{host}");
    }
}

#[test]
fn every_rule_of_the_public_suffix_list_is_read_as_psl_reads_it() {
    let paths = paths();
    assert!(paths.len() > 10_000);
    for path in &paths {
        for before in ["", "acme.", "www.acme.", "a.b.c."] {
            same_suffix(&format!("{before}{path}"));
        }
        // And every tail of it with another name in front.
        let mut rest = path.as_str();
        while let Some((_, tail)) = rest.split_once('.') {
            same_suffix(&format!("x.{tail}"));
            same_suffix(&format!("y.x.{tail}"));
            rest = tail;
        }
    }
}

proptest! {
    #[test]
    fn hosts_of_known_labels_are_read_as_psl_reads_them(labels in labels()) {
        same_suffix(&labels.join("."));
    }
}

/// Labels of the list in any order: mostly nonsense, and near every rule.
fn labels() -> impl Strategy<Value = Vec<String>> {
    let labels: BTreeSet<String> =
        paths().iter().flat_map(|path| path.split('.').map(String::from).collect::<Vec<_>>()).collect();
    prop::collection::vec(select(labels.into_iter().collect::<Vec<_>>()), 1..6)
}
