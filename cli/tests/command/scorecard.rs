//! `interlock scorecard`: points from outcomes, the same for the same file and seed, and nothing learned from the future.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use interlock::schemas::Name;
use serde_json::Value;

use crate::schemas::fits;
use crate::{interlock, own_folder, root, snapshot};

/// Numbers that look drawn.
struct Drawn(u64);

impl Drawn {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
}

/// Leads of which software companies with many people buy most; the last columns are known only once they have.
fn rows(many: usize) -> Vec<String> {
    let mut drawn = Drawn(7);
    let mut all = Vec::new();
    for id in 0..many {
        let industry = ["Software", "Retail", "Logistics"][usize::try_from(drawn.next(3)).unwrap()];
        let employees = [12, 48, 90, 240, 700, 3000][usize::try_from(drawn.next(6)).unwrap()] + drawn.next(9);
        let demo = drawn.next(2) == 0;
        let chance = 10
            + if industry == "Software" { 25 } else { 0 }
            + if employees >= 200 { 20 } else { 0 }
            + if demo { 15 } else { 0 };
        let won = drawn.next(100) < chance;
        let shown = if drawn.next(10) == 0 { String::new() } else { employees.to_string() };
        let noise = drawn.next(40);
        let message =
            ["We would like to see how your product handles our orders", "Please call us about prices and terms soon"]
                [usize::try_from(drawn.next(2)).unwrap()];
        all.push(format!(
            "L{id:04},{industry},{shown},{},{noise},{message} {id},2026-0{}-1{},{},{}",
            if demo { "yes" } else { "no" },
            1 + drawn.next(9),
            drawn.next(9),
            if won { (1000 + drawn.next(9000)).to_string() } else { String::new() },
            if won { "Won" } else { "Lost" },
        ));
    }
    all
}

const HEADER: &str = "Lead ID,Industry,Number Of People,Asked for a demo,Newsletters opened,What they wrote,Came on,Deal Amount,How it ended";

fn write(folder: &Path, name: &str, rows: &[String]) -> PathBuf {
    let mut text = String::from(HEADER);
    rows.iter().for_each(|row| write!(text, "\n{row}").unwrap());
    let file = folder.join(name);
    fs::write(&file, text + "\n").unwrap();
    file
}

#[track_caller]
fn card(folder: &Path, more: &[&str]) -> Value {
    let base = ["scorecard", "leads.csv", "--outcome", "How it ended", "--format", "json"];
    let run = interlock(folder, &[&base[..], more].concat());
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    serde_json::from_str(&run.out).unwrap()
}

#[test]
fn a_card_as_people_read_it() {
    let folder = own_folder("scorecard");
    write(&folder, "leads.csv", &rows(900));
    let run =
        interlock(&folder, &["scorecard", "leads.csv", "--outcome", "how it ended", "--write-score", "score.json"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    snapshot("scorecard.txt", &run.out);
    let score: Value = serde_json::from_slice(&fs::read(folder.join("score.json")).unwrap()).unwrap();
    assert!(score["scores"][0]["rules"].as_array().unwrap().len() > 4);
}

#[test]
fn the_same_file_and_seed_give_the_same_card_in_any_order_of_rows() {
    let (one, other) = (own_folder("scorecard-order"), own_folder("scorecard-turned"));
    let mut all = rows(400);
    write(&one, "leads.csv", &all);
    all.reverse();
    all.swap(3, 200);
    write(&other, "leads.csv", &all);
    let first = card(&one, &[]);
    fits(Name::Scorecard, &first);
    assert_eq!(first, card(&one, &[]));
    assert_eq!(first, card(&other, &[]));
    assert_eq!(first["fields"], card(&one, &["--seed", "9"])["fields"], "the seed draws folds, not points");
    assert_ne!(first["auc"], card(&one, &["--seed", "9"])["auc"]);
}

#[test]
fn what_is_known_only_afterwards_is_left_out_or_warned_of() {
    let folder = own_folder("scorecard-leaks");
    write(&folder, "leads.csv", &rows(500));
    let found = card(&folder, &[]);
    let left_out = |column: &str| {
        let all = found["left_out"].as_array().unwrap();
        all.iter().find(|one| one["column"] == column).map_or("", |one| one["code"].as_str().unwrap()).to_owned()
    };
    assert_eq!(left_out("Deal Amount"), "leak");
    assert_eq!(left_out("Lead ID"), "identifier");
    assert_eq!(left_out("Came on"), "date");
    assert!(["text", "identifier"].contains(&&*left_out("What they wrote")));
    assert_eq!(found["warnings"][0]["code"], "leak-by-blanks");
    let auc = |card: &Value| card["auc"]["mean"].as_u64().unwrap();
    assert!((6000..8000).contains(&auc(&found)), "{}", found["auc"]);

    // Named, it is used, and the figure without it stands beside.
    let kept = card(&folder, &["--columns", "Deal Amount,Industry,Number Of People"]);
    assert!(auc(&kept) > 9900, "{}", kept["auc"]);
    assert!(kept["auc_without"]["mean"].as_u64().unwrap() < 8000);
    assert_eq!(kept["warnings"][0]["column"], "Deal Amount");
}

#[test]
fn the_suggested_score_gives_each_lead_the_points_of_the_card() {
    let folder = own_folder("scorecard-contract");
    write(&folder, "leads.csv", &rows(500));
    let found = card(&folder, &["--leave-out", "Newsletters opened"]);
    let mut contract: Value =
        serde_json::from_slice(&fs::read(root().join("contracts/starting.json")).unwrap()).unwrap();
    for key in ["custom_fields", "scores"] {
        let more = found["suggestion"][key].as_array().unwrap().clone();
        contract[key].as_array_mut().unwrap().extend(more);
    }
    fs::write(folder.join("contract.json"), contract.to_string()).unwrap();
    let checked = interlock(&folder, &["check", "contract.json"]);
    assert_eq!(checked.code, 0, "{}", checked.out);
    let again = card(&folder, &["--leave-out", "Newsletters opened", "--contract", "contract.json"]);
    let present = again["present"].as_array().unwrap();
    let of = |id: &str| present.iter().find(|one| one["score"] == id).unwrap();
    assert_eq!(of("learned")["auc"], found["auc_seen"]);
    assert!(of("learned")["auc"].as_u64() > of("fit")["auc"].as_u64());
    assert_eq!(again["points"], found["points"]);
    // Of what the contract reads now, nothing has to be added.
    assert!(again["suggestion"].get("custom_fields").is_none(), "{}", again["suggestion"]);
}

#[test]
fn points_are_whole_and_sum_to_the_most() {
    let folder = own_folder("scorecard-points");
    write(&folder, "leads.csv", &rows(500));
    let found = card(&folder, &["--doubling", "40", "--repeats", "0"]);
    let score = &found["suggestion"]["scores"][0];
    assert!(score["rules"].as_array().unwrap().iter().all(|rule| rule["points"].is_i64()));
    assert_eq!((&score["min"], found.get("auc")), (&Value::from(0), None));
    let field =
        |name: &str| found["fields"].as_array().unwrap().iter().find(|field| field["column"] == name).cloned().unwrap();
    let points = |field: &Value, values: &str| {
        let bins = field["bins"].as_array().unwrap();
        bins.iter().find(|bin| bin["values"] == values).unwrap()["points"].as_i64().unwrap()
    };
    let industry = field("Industry");
    assert!(points(&industry, "Software") > points(&industry, "Retail") + 10);
    let people = field("Number Of People");
    let bins = people["bins"].as_array().unwrap();
    assert!(bins[0]["points"].as_i64() < bins[bins.len() - 2]["points"].as_i64());
}

#[track_caller]
fn refused(folder: &Path, more: &[&str], words: &[&str]) {
    let run = interlock(folder, &[&["scorecard", "leads.csv"][..], more].concat());
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    for word in words {
        assert!(run.err.contains(word), "no `{word}` in:\n{}", run.err);
    }
}

#[test]
fn what_cannot_be_learned_from_is_said_with_the_remedy() {
    let folder = own_folder("scorecard-bad");
    let all = rows(200);
    let ended = ["--outcome", "How it ended"];
    write(&folder, "leads.csv", &all);
    refused(
        &folder,
        &["--outcome", "How it endet"],
        &["expected a column `How it endet`", "did you mean `How it ended`?"],
    );
    refused(
        &folder,
        &["--outcome", "Industry"],
        &["column `Industry`", "expected two outcomes", "`Retail`", "--positive"],
    );
    refused(&folder, &[&ended[..], &["--positive", "Sold"]].concat(), &["`Sold` in some row", "`Lost`, `Won`"]);
    refused(
        &folder,
        &[&ended[..], &["--columns", "Lead ID"]].concat(),
        &["at least one column", "Lead ID (it names the record"],
    );
    refused(&folder, &[&ended[..], &["--leave-out", "Nobody"]].concat(), &["a column `Nobody`", "--leave-out"]);
    write(&folder, "leads.csv", &all[..30]);
    refused(&folder, &ended, &["50 rows or more", "found 30 rows"]);
    let won: Vec<String> = all.iter().filter(|row| row.ends_with("Won")).cloned().collect();
    write(&folder, "leads.csv", &won);
    refused(&folder, &ended, &["expected two outcomes", "`Won` alone"]);
    let odd: Vec<String> = all.iter().map(|row| row.replace("Won", "Alpha").replace("Lost", "Beta")).collect();
    write(&folder, "leads.csv", &odd);
    refused(&folder, &ended, &["words that say which is good", "--positive"]);
    write(&folder, "leads.csv", &[]);
    refused(&folder, &ended, &["no row", "help"]);
    fs::write(folder.join("leads.csv"), "").unwrap();
    refused(&folder, &ended, &["leads.csv", "help"]);
    fs::remove_file(folder.join("leads.csv")).unwrap();
    refused(&folder, &ended, &["there is no file `leads.csv`"]);
}
