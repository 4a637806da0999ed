//! The normal forms against other people's readings of the same sources.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::str::FromStr;

use interlock_core::normal::country::CountryCode;
use interlock_core::normal::phone::Phone;
use interlock_core::normal::public_suffix::suffix_start;
use proptest::prelude::*;
use proptest::sample::select;

/// Every path of the table, and so every rule, as a host; a wildcard becomes `any`.
fn paths() -> Vec<String> {
    let table = include_str!("../src/tables/public_suffix.txt");
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

/// Where the crate (0.3.10) differs from libphonenumber itself: it takes the 8 of the national number for the trunk prefix
/// as well.
const THEIRS_IS_WRONG: &[(&str, &str)] = &[("8 800 555 35 35", "+78005553535")];

/// Numbers as they are typed in twenty countries. Left out is what is read otherwise on purpose: `001-308-928-7399`
/// dialled from the United States, where libphonenumber keeps all digits behind the 1 and gets no possible number.
const NUMBERS: &[(&str, &[&str])] = &[
    (
        "US",
        &[
            "416-810-9897x752",
            "(376)694-9481x10051",
            "913.249.5790",
            "+1-588-734-6947x37438",
            "9867280228",
            "1 781 948 6348",
            "+1 (212) 555-0123 ext. 4",
            "011 44 20 7946 0958",
        ],
    ),
    ("CA", &["(604) 555-0199", "1-416-555-0123", "+1 604 555 0199"]),
    (
        "GB",
        &[
            "020 7946 0958",
            "(0161) 496 0000",
            "07700 900123",
            "+44 (0)20 7946 0958",
            "+44 20 7946 0958",
            "0044 20 7946 0958",
            "0800 123 4567",
            "01632 960 001",
        ],
    ),
    (
        "DE",
        &[
            "030 1234567",
            "0170/1234567",
            "(089) 123 456 78",
            "+49 (0) 30 1234567",
            "0049-30-1234567",
            "+49 (0)30 1234567",
            "030/12345-67",
            "040 123456 x12",
        ],
    ),
    ("AT", &["01 5123456", "+43 1 5123456", "0664 1234567"]),
    ("CH", &["044 668 18 00", "+41 44 668 18 00", "079 123 45 67", "0041 44 668 18 00"]),
    ("FR", &["01 42 68 53 00", "+33 1 42 68 53 00", "0033 1 42 68 53 00", "06.12.34.56.78", "+33 (0)6 12 34 56 78"]),
    ("IT", &["06 698 83145", "+39 06 698 83145", "312 345 6789", "02 1234567"]),
    ("ES", &["912 345 678", "+34 912 345 678", "612345678"]),
    ("NL", &["020 123 4567", "+31 20 123 4567", "06-12345678", "+31 (0)6 12345678"]),
    ("SE", &["08-123 456 78", "+46 8 123 456 78", "070-123 45 67"]),
    ("PL", &["22 123 45 67", "+48 22 123 45 67", "512 345 678"]),
    ("AU", &["(02) 9374 4000", "+61 2 9374 4000", "0412 345 678", "0011 1 212 555 0123"]),
    ("IN", &["022 2778 0000", "098765 43210", "+91 98765 43210", "9876543210"]),
    ("JP", &["03-1234-5678", "090-1234-5678", "+81 3-1234-5678", "010 1 212 555 0123"]),
    ("BR", &["(11) 3071-0000", "(11) 96123-4567", "+55 11 96123 4567", "011 3071 0000"]),
    ("MX", &["55 1234 5678", "+52 55 1234 5678"]),
    ("RU", &["8 (495) 123-45-67", "+7 495 123-45-67", "8 800 555 35 35", "495 123 45 67"]),
    ("HU", &["06 1 234 5678", "+36 1 234 5678", "1 234 5678"]),
    ("SG", &["6123 4567", "+65 6123 4567"]),
    ("AR", &["011 4123 4567", "+54 11 4123 4567"]),
];

#[test]
fn telephone_numbers_are_read_as_libphonenumber_reads_them() {
    let mut differ = Vec::new();
    for (country, numbers) in NUMBERS {
        let default = CountryCode::from_alpha2(country);
        let theirs = phonenumber::country::Id::from_str(country).unwrap();
        for raw in *numbers {
            let ours = Phone::parse(raw, default).map(|phone| phone.to_string());
            let theirs = phonenumber::parse(Some(theirs), raw).map(|number| {
                let e164 = number.format().mode(phonenumber::Mode::E164).to_string();
                let e164 = e164.split([';', ' ']).next().unwrap_or_default().to_owned();
                number.extension().map_or(e164.clone(), |extension| format!("{e164};ext={extension}"))
            });
            if let Some((_, right)) = THEIRS_IS_WRONG.iter().find(|(wrong, _)| wrong == raw) {
                assert_eq!(ours.as_deref(), Ok(*right));
            } else if theirs.as_ref().ok() != ours.as_ref().ok() {
                differ.push(format!("{country} {raw}: {ours:?}, {theirs:?}"));
            }
        }
    }
    assert_eq!(differ, Vec::<String>::new());
}
