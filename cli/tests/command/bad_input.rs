//! Bad input: a clear error each, exit code 2 (or 1 where checking is what was asked), never a panic.

use std::fs;

use crate::{demo, interlock, own_folder, with_input};

#[track_caller]
fn says(text: &str, words: &[&str]) {
    for word in words {
        assert!(text.contains(word), "no `{word}` in:\n{text}");
    }
}

/// Checks a contract and tries to use it; both say the same.
#[track_caller]
fn contract(text: &[u8], words: &[&str]) {
    let checked = with_input(demo(), &["check", "-"], text);
    assert!(checked.code == 1 || checked.code == 2, "{}", checked.code);
    says(&(checked.out + &checked.err), words);
    let used = with_input(demo(), &["preview", "-", "--leads", "leads.csv"], text);
    assert_eq!((used.code, used.out.as_str()), (2, ""));
    says(&used.err, words);
    assert!(used.err.contains("help"), "{}", used.err);
}

/// The demo's baseline with something replaced.
fn edited(edit: impl FnOnce(&mut serde_json::Value)) -> Vec<u8> {
    let mut value = serde_json::from_slice(&fs::read(demo().join("baseline.json")).unwrap()).unwrap();
    edit(&mut value);
    value.to_string().into_bytes()
}

#[test]
fn a_contract_that_is_broken() {
    contract(b"{\"interlock\": 1,, \"id\": \"a\"}", &["error[not-json]", "<stdin>:1:17"]);
    contract(b"", &["error[not-json]"]);
    contract(b"[]", &["expected an object"]);
    contract(b"{\"interlock\": 99}", &["error[unknown-format]", "format 99", "reads format 1"]);
    contract(b"{\"interlock\": 1, \"id\": \"\xff\"}", &["expected UTF-8", "0xff", "line 1"]);
}

#[test]
fn a_routing_table_that_is_cyclic_or_empty() {
    let cyclic = edited(|value| {
        let pools = value["routing"]["pools"].as_array_mut().unwrap();
        let ids: Vec<_> = pools.iter().map(|pool| pool["id"].clone()).collect();
        pools[0]["on_nobody"] = serde_json::json!({"pool": ids[1]});
        pools[1]["on_nobody"] = serde_json::json!({"pool": ids[0]});
    });
    contract(&cyclic, &["error[pool-circle]", "in a circle"]);
    let empty = edited(|value| {
        let routing = value["routing"].as_object_mut().unwrap();
        routing["rules"] = serde_json::json!([]);
        routing.shift_remove("fallback");
    });
    contract(&empty, &["error[empty-routing]"]);
}

#[test]
fn a_condition_nested_500_levels() {
    let deep = "{\"not\":".repeat(500) + "{\"fact\":\"lead.country\",\"is\":\"DE\"}" + &"}".repeat(500);
    let text = format!(
        "{{\"interlock\":1,\"id\":\"a\",\"version\":\"1\",\"territories\":[{{\"id\":\"t\",\"when\":{deep}}}]}}"
    );
    contract(text.as_bytes(), &["error[too-deep]", "levels"]);
}

#[test]
fn files_that_cannot_be_read() {
    let folder = own_folder("unreadable");
    fs::copy(demo().join("baseline.json"), folder.join("baseline.json")).unwrap();
    fs::write(folder.join("unknown.csv"), "colour,shape\nred,round\n").unwrap();
    fs::write(folder.join("line.csv"), "x".repeat(10 * 1024 * 1024)).unwrap();
    fs::write(folder.join("empty.csv"), "").unwrap();
    for (file, words) in [
        ("missing.csv", &["there is no file `missing.csv`"][..]),
        (".", &["`.` is a folder"]),
        ("unknown.csv", &["unknown.csv", "`colour`", "expected"]),
        ("line.csv", &["line.csv", "expected"]),
        ("empty.csv", &["empty.csv", "expected"]),
    ] {
        let run = interlock(&folder, &["preview", "baseline.json", "--leads", file]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{file}: {}", run.err);
        says(&run.err, words);
        says(&run.err, &["error: ", "help: "]);
        assert!(run.err.len() < 2000, "{file}: {} bytes", run.err.len());
    }
}

#[test]
fn rows_that_cannot_be_read_are_set_aside_and_told() {
    let folder = own_folder("aside");
    fs::copy(demo().join("baseline.json"), folder.join("baseline.json")).unwrap();
    let mut file = String::from("Lead ID,Last Name,Email,Lead Source\n");
    for row in 0..8 {
        file.push_str(&format!("00Q{row},Lima,ana{row}@acme.example,Web\n00Q{row}b,too,few\n"));
    }
    fs::write(folder.join("leads.csv"), file).unwrap();
    let run = interlock(&folder, &["preview", "baseline.json", "--leads", "leads.csv", "--as-of", "2026-11-23"]);
    says(
        &run.out,
        &[
            "leads.csv, line 3: expected 4 cells, found 3",
            "leads.csv: 3 rows more set aside",
            "8 rows could not be read",
        ],
    );
    let run = interlock(&folder, &["preview", "baseline.json", "--leads", "leads.csv", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(report["files"][0]["set_aside"].as_array().unwrap().len(), 8);
    assert_eq!((report["files"][0]["rows"].as_u64(), report["summary"]["leads"].as_u64()), (Some(8), Some(8)));
}

#[test]
fn bytes_that_are_not_utf_8_are_told() {
    let folder = own_folder("latin");
    fs::copy(demo().join("baseline.json"), folder.join("baseline.json")).unwrap();
    fs::write(folder.join("leads.csv"), b"Lead ID,Last Name,Email\n1,M\xfcller,a@acme.example\n").unwrap();
    let run = interlock(&folder, &["preview", "baseline.json", "--leads", "leads.csv", "--list", "all"]);
    says(&run.out, &["UTF-8", "line 2", "read as Windows-1252", "Müller"]);
    let arguments = ["decide", "baseline.json", "--as-of", "2026-11-23", "--event", "leads.csv"];
    let run = interlock(&folder, &arguments);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    says(&run.err, &["leads.csv", "line 1", "expected"]);
}

#[test]
fn usage_that_makes_no_sense() {
    for (arguments, words) in [
        (&["preview", "baseline.json"][..], &["no leads to preview", "--leads"][..]),
        (&["preview", "-", "-", "--leads", "leads.csv"], &["standard input can be read only once"]),
        (
            &["preview", "baseline.json", "--leads", "leads.csv", "--leads", "leads.csv"],
            &["`leads.csv` is named twice"],
        ),
        (&["preview", "baseline.json", "--leads", "leads.csv", "--as-of", "noon"], &["noon", "RFC 3339"]),
        (&["preview", "baseline.json", "--leads", "leads.csv", "--lead", "nobody"], &["no lead has the id `nobody`"]),
        (&["preview", "baseline.json", "--leads", "leads.csv", "--out", "moves.txt"], &["`.csv`", "`.jsonl`"]),
        (&["decide", "baseline.json", "--as-of", "2026-11-23"], &["--event", "--leads"]),
        (
            &["decide", "baseline.json", "--as-of", "2026-11-23", "--event", "baseline.json"],
            &["unknown key", "/workflows"],
        ),
        (&["decide", "baseline.json", "--as-of", "2026-11-23", "--event", "leads.csv"], &["leads.csv", "expected"]),
        (&["check"], &["CONTRACT"]),
        (&["diff", "baseline.json", "missing.json"], &["there is no file `missing.json`"]),
        (&["serve", "--frame-ancestors", "nonsense"], &["`nonsense` is not an origin"]),
        (&["fly"], &["fly"]),
    ] {
        let input = fs::read(demo().join("baseline.json")).unwrap();
        let run = with_input(demo(), arguments, &input);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments:?}: {}", run.err);
        says(&run.err, words);
    }
}
