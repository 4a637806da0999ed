//! `interlock match`: any table, linked or searched for duplicates, with evidence.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::{demo, interlock, own_folder, snapshot};

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

/// Leads in a table of nobody's making, and contacts as a CRM writes them.
fn files(name: &str) -> PathBuf {
    let folder = own_folder(name);
    let leads = "\u{feff}Nr;Vorname;Familienname;Straße;Ort;E-Mail;Notiz\n\
                 1;Katharina;Schmidt;Hauptstr. 5;Köln;k.schmidt@web.de;\"zwei\nZeilen\"\n\
                 2;Jon;Wozniak;;;info@acme-labs.com;\n\
                 3;Peter;Wozniack;Ringweg 7;Bonn;;\n\
                 4;Anna\n\
                 5;Maria;Meyer;;;maria@meyer-werke.de;\n\
                 6;Ina;Gunst;;;shared@gunst.de;\n";
    let contacts = "Contact ID,First Name,Last Name,Email,Street Address,City,Phone Number\n\
                    c1,Kate,Schmitt,K.Schmidt@web.de,,,\n\
                    c2,Katharina,Schmidt,,Hauptstr. 5,Köln,\n\
                    c3,John,Wozniak,info@acme-labs.com,,,\n\
                    c4,Peter,Wozniak,,Ringweg 7,Bonn,\n\
                    c5,Otto,Klein,otto@klein.de,Am See 1,Ulm,\n\
                    c6,Ina,Gunst,shared@gunst.de,,,\n\
                    c7,Udo,Gunst,shared@gunst.de,,,\n";
    fs::write(folder.join("leads.csv"), leads).unwrap();
    fs::write(folder.join("contacts.csv"), contacts).unwrap();
    folder
}

const MAPPED: [&str; 9] = [
    "match",
    "--leads",
    "leads.csv",
    "--crm",
    "contacts.csv",
    "--id-leads",
    "Nr",
    "--map-leads",
    "given_name=Vorname,surname=Familienname,street=Straße,city=Ort,email=E-Mail",
];

#[test]
fn a_contract_keeps_the_columns_of_files_that_come_again() {
    let folder = files("match-kept");
    let mut contract: Value = serde_json::from_str(include_str!("../../../contracts/starting.json")).unwrap();
    contract["identity"]["columns"] = json!({
        "given_name": ["First", "Vorname"], "surname": ["Familienname"], "street": ["Straße"], "city": ["Ort"], "email": ["E-Mail"],
    });
    fs::write(folder.join("contract.json"), contract.to_string()).unwrap();
    let kept = ["match", "--leads", "leads.csv", "--crm", "contacts.csv", "--id-leads", "Nr", "--format", "csv"];
    let kept = interlock(&folder, &[&kept[..], &["--contract", "contract.json"]].concat());
    let stated = interlock(&folder, &[&MAPPED[..], &["--format", "csv", "--contract", "contract.json"]].concat());
    assert_eq!((kept.code, stated.code), (0, 0), "{}", kept.err);
    assert!(stated.out.lines().count() > 3, "{}", stated.out);
    assert_eq!(kept.out, stated.out);
}

#[test]
fn leads_are_found_among_contacts() {
    let folder = files("match");
    let run = interlock(&folder, &MAPPED);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    snapshot("match.txt", &run.out);

    let run = interlock(&folder, &[&MAPPED[..], &["--format", "jsonl", "--all-candidates"]].concat());
    assert_eq!(run.code, 0);
    assert!(run.err.contains("set aside line 6") || run.err.contains("line 6"), "{}", run.err);
    let pairs = lines(&run.out);
    for pair in &pairs {
        let steps = pair["evidence"].as_array().unwrap().iter().map(|step| step["weight"].as_i64().unwrap());
        let sum = pair["prior"].as_i64().unwrap() + pair["exchanged"].as_i64().unwrap_or(0) + steps.sum::<i64>();
        assert_eq!(sum, pair["weight"].as_i64().unwrap(), "{pair}");
    }
    let outcome = |lead: &str, candidate: &str| {
        let found = pairs.iter().find(|pair| pair["lead"] == lead && pair["candidate"] == candidate);
        found.map_or("no pair", |pair| pair["outcome"].as_str().unwrap())
    };
    // Equal personal addresses link although the names differ, and whatever weighs more.
    assert_eq!((outcome("1", "c1"), outcome("1", "c2")), ("exact", "none"));
    // A role's address and one that two contacts hold go to a person.
    assert_eq!((outcome("2", "c3"), outcome("6", "c6"), outcome("6", "c7")), ("ambiguous", "ambiguous", "ambiguous"));
    assert_eq!(outcome("3", "c4"), "probable");
    assert!(pairs.iter().all(|pair| pair["lead"] != "5"));
}

#[test]
fn duplicates_are_grouped() {
    let folder = own_folder("duplicates");
    let people = "id,full_name,email,dob,city\n\
                  1,Ana Lima,ana@lima.pt,1980-02-03,Porto\n\
                  2,Lima Ana,,1980-02-03,Porto\n\
                  3,Bo Berg,bo@berg.se,1975-12-31,Lund\n\
                  4,B. Berg,BO@BERG.SE,,\n\
                  5,Cy Wu,cy@wu.cn,1990-05-05,\n";
    fs::write(folder.join("people.csv"), people).unwrap();
    let arguments =
        ["match", "--leads", "people.csv", "--out", "pairs.csv", "--clusters", "clusters.json", "--report", "r.json"];
    let run = interlock(&folder, &arguments);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    snapshot("duplicates.txt", &run.out);
    let read = |name: &str| serde_json::from_str::<Value>(&fs::read_to_string(folder.join(name)).unwrap()).unwrap();
    let groups: Vec<Value> =
        read("clusters.json")["clusters"].as_array().unwrap().iter().map(|one| one["records"].clone()).collect();
    assert_eq!(groups, [json!(["1", "2"]), json!(["3", "4"])]);
    assert_eq!((&read("r.json")["pairs"]["exact"], &read("r.json")["leads"]["exact"]), (&json!(1), &json!(2)));
    let rows = fs::read_to_string(folder.join("pairs.csv")).unwrap();
    assert!(rows.starts_with("\"lead\",\"candidate\",\"outcome\"") && rows.lines().count() == 3, "{rows}");
}

#[test]
fn the_same_records_as_json_lines_give_the_same() {
    let folder = own_folder("jsonl");
    let people = [
        json!({"id": "1", "first_name": "Ana", "last_name": "Lima", "email": "ana@lima.pt"}),
        json!({"id": "2", "first_name": "Anna", "last_name": "Lima", "email": "ana@lima.pt"}),
    ];
    fs::write(folder.join("people.jsonl"), people.map(|one| one.to_string()).join("\n")).unwrap();
    fs::write(
        folder.join("people.csv"),
        "id,first_name,last_name,email\n1,Ana,Lima,ana@lima.pt\n2,Anna,Lima,ana@lima.pt\n",
    )
    .unwrap();
    let pairs = |file: &str| interlock(&folder, &["match", "--leads", file, "--format", "jsonl"]).out;
    assert_eq!(pairs("people.jsonl"), pairs("people.csv"));
    assert_eq!(lines(&pairs("people.csv"))[0]["outcome"], "exact");
}

#[test]
fn companies_are_matched_by_their_own_model() {
    let folder = own_folder("companies");
    let names = "no,name\n1,Fennadel Laboratories GmbH\n2,FENNADEL LABORATORIES\n3,Ostwind Logistik AG\n";
    fs::write(folder.join("names.csv"), names).unwrap();
    let run = interlock(&folder, &["match", "--leads", "names.csv", "--model", "companies", "--format", "csv"]);
    assert_eq!(run.code, 0);
    assert!(run.err.contains("company from `name`"), "{}", run.err);
    let rows: Vec<&str> = run.out.lines().skip(1).collect();
    assert!(rows.len() == 1 && rows[0].contains("\"probable\""), "{}", run.out);
}

/// Enough people for weights to be estimated: two files of the same with slips in one.
fn many(folder: &Path) {
    let names = ["Adler", "Brandt", "Conrad", "Dietz", "Ebert", "Fuchs", "Graf", "Huber", "Imhof", "Jung"];
    let (mut one, mut other) = (String::from("id,first_name,last_name,city,dob\n"), String::new());
    other.push_str(&one);
    let mut judged = String::from("left,right,score\n");
    for (at, (first, last)) in names.iter().flat_map(|first| names.iter().map(move |last| (first, last))).enumerate() {
        let (city, day) = (["Ulm", "Bonn", "Kiel"][at % 3], at % 28 + 1);
        let row = |id: String, last: &str| {
            format!("{id},{first}a,{last},{city},19{:02}-0{}-{day:02}\n", 40 + at % 50, at % 9 + 1)
        };
        one.push_str(&row(format!("a{at}"), last));
        other.push_str(&row(format!("b{at}"), if at % 7 == 0 { &last[1..] } else { last }));
        judged.push_str(&format!("a{at},b{at},0.97\na{at},b{},0\n", (at + 1) % 100));
    }
    for (name, text) in [("one.csv", one), ("other.csv", other), ("judged.csv", judged)] {
        fs::write(folder.join(name), text).unwrap();
    }
}

#[test]
fn weights_are_estimated_and_go_into_a_contract() {
    let folder = own_folder("estimate");
    many(&folder);
    let both = ["match", "--leads", "one.csv", "--crm", "other.csv", "--format", "jsonl"];
    for (way, more) in [("estimate", vec!["--estimate"]), ("labels", vec!["--labels", "judged.csv"])] {
        let run = interlock(&folder, &[&both[..], &more, &["--write-model", "model.json"]].concat());
        assert_eq!(run.code, 0, "{}", run.err);
        let right = lines(&run.out).into_iter().filter(|pair| pair["outcome"] == "probable").collect::<Vec<_>>();
        let same = |pair: &Value| pair["lead"].as_str().unwrap()[1..] == pair["candidate"].as_str().unwrap()[1..];
        assert!(right.len() > 95 && right.iter().all(same), "{way}: {} of 100\n{}", right.len(), run.err);

        let model: Value = serde_json::from_str(&fs::read_to_string(folder.join("model.json")).unwrap()).unwrap();
        let mut contract: Value = serde_json::from_slice(&fs::read(demo().join("baseline.json")).unwrap()).unwrap();
        contract["identity"]["people"] = model;
        fs::write(folder.join("contract.json"), contract.to_string()).unwrap();
        assert_eq!(interlock(&folder, &["check", "contract.json"]).code, 0);
        let again = interlock(&folder, &[&both[..], &["--contract", "contract.json"]].concat());
        assert!(again.err.contains("weights of the contract"), "{}", again.err);
        assert_eq!(again.out, run.out, "{way}");
    }
}

#[test]
fn what_cannot_be_matched_is_said() {
    let folder = files("unmatched");
    fs::write(folder.join("other.csv"), "colour,size\nred,5\n").unwrap();
    fs::write(folder.join("judged.csv"), "left,right\nc1,c2\n").unwrap();
    for (arguments, words) in [
        (vec!["--leads", "other.csv"], vec!["`colour`, `size`", "surname=HEADER", "--map-leads"]),
        (vec!["--leads", "other.csv", "--model", "companies"], vec!["company=HEADER"]),
        (vec!["--leads", "leads.csv", "--map-leads", "city=Ort"], vec!["city alone among its columns"]),
        (
            vec!["--leads", "leads.csv", "--map-leads", "surname=Nachname"],
            vec!["a column `Nachname`", "`Familienname`"],
        ),
        (vec!["--leads", "leads.csv", "--map-leads", "sirname=Nr"], vec!["`sirname` is no attribute", "birth_date"]),
        (vec!["--leads", "leads.csv", "--id-leads", "Nummer"], vec!["a column `Nummer`"]),
        (vec!["--leads", "nowhere.csv"], vec!["there is no file `nowhere.csv`"]),
        (vec!["--leads", "contacts.csv", "--labels", "judged.csv"], vec!["no column that says whether", "yes or no"]),
        (vec!["--leads", "contacts.csv", "--out", "pairs.txt"], vec![".jsonl"]),
        (vec!["--leads", "contacts.csv", "--country", "Atlantis"], vec!["`Atlantis` is no country"]),
        (vec!["--leads", "contacts.csv", "--map-crm", "city=City"], vec!["--crm"]),
    ] {
        let run = interlock(&folder, &[&["match"][..], &arguments].concat());
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments:?}");
        for word in words {
            assert!(run.err.contains(word), "no `{word}` in:\n{}", run.err);
        }
    }
}

/// The demo's contract with the shipped models.
fn weighing(folder: &Path) -> PathBuf {
    let read = |path: PathBuf| serde_json::from_slice::<Value>(&fs::read(path).unwrap()).unwrap();
    let mut contract = read(demo().join("baseline.json"));
    let models = read(crate::root().join("contracts/identity.json"));
    for of in ["people", "companies"] {
        contract["identity"][of] = models[of].clone();
    }
    contract.as_object_mut().unwrap().shift_remove("digest");
    let path = folder.join("weighing.json");
    fs::write(&path, contract.to_string()).unwrap();
    path
}

#[test]
fn duplicates_of_a_crm_have_a_master_and_what_a_merge_would_keep() {
    let contract = weighing(&own_folder("clean-up"));
    let files = ["--leads", "leads.csv", "--contacts", "contacts.csv", "--accounts", "accounts.csv"];
    let arguments = [&["duplicates", contract.to_str().unwrap()], &files[..]].concat();
    let run = interlock(demo(), &[&arguments[..], &["--limit", "6"]].concat());
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    snapshot("clean-up.txt", &run.out);
    for of in ["people", "companies"] {
        let run = interlock(demo(), &[&arguments[..], &["--of", of, "--format", "json"]].concat());
        let found: Value = serde_json::from_str(&run.out).unwrap();
        let groups = found["duplicates"]["groups"].as_array().unwrap();
        assert!(groups.iter().all(|group| group["members"].as_array().unwrap().len() > 1), "{of}");
        crate::schemas::fits(interlock::schemas::Name::Duplicates, &found);
    }
    let mut unweighed: Value = serde_json::from_slice(&fs::read(&contract).unwrap()).unwrap();
    unweighed["identity"].as_object_mut().unwrap().shift_remove("people");
    let path = own_folder("clean-up-unweighed").join("unweighed.json");
    fs::write(&path, unweighed.to_string()).unwrap();
    let run = interlock(demo(), &[&["duplicates", path.to_str().unwrap()], &files[..]].concat());
    assert!(run.code == 2 && run.err.contains("how people are weighed"), "{}", run.err);
}
