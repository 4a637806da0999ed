//! prototype
#![allow(clippy::all, clippy::float_arithmetic, clippy::print_stdout, clippy::unwrap_used, missing_docs)]
use interlock_core::contract::{Attribute as A, Identity, MatchModel};
use interlock_core::identity::{
    cluster, estimate,
    forms::{Forms, Reading},
    index::Index,
    pairs,
};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

struct File {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}
fn file(path: &str) -> File {
    let mut r = csv::ReaderBuilder::new().trim(csv::Trim::All).flexible(true).from_path(path).unwrap();
    let header = r.headers().unwrap().iter().map(str::to_owned).collect();
    File { header, rows: r.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect() }
}
type Map = Vec<(&'static str, A)>;
fn build(f: &File, map: &Map, model: &MatchModel) -> Index {
    let cols: Vec<(usize, A)> = map.iter().map(|(h, a)| (f.header.iter().position(|x| x == h).unwrap(), *a)).collect();
    let mut at = 0;
    Index::build(model, |forms: &mut Forms| {
        let Some(row) = f.rows.get(at) else { return false };
        at += 1;
        for (c, a) in &cols {
            forms.set(*a, &row[*c], Reading::default());
        }
        true
    })
}
fn report(name: &str, time: f64, found: &BTreeSet<(u32, u32)>, truth: &BTreeSet<(u32, u32)>) {
    let tp = found.intersection(truth).count() as f64;
    let (p, r) = (tp / found.len().max(1) as f64, tp / truth.len() as f64);
    println!(
        "{name}: P {p:.4} R {r:.4} F1 {:.4}  {time:.3} s  (tp {tp} found {} truth {})",
        2.0 * p * r / (p + r),
        found.len(),
        truth.len()
    );
}
fn show(e: &estimate::Estimate) {
    println!("prior {} pairs {} matches {}", e.model.prior.0, e.pairs, e.matches);
    for (i, c) in e.model.comparisons.iter().enumerate() {
        let l: Vec<String> = c
            .levels
            .iter()
            .zip(&e.among_matches[i])
            .map(|(l, m)| {
                format!(
                    "{}{} {} (m {:.3})",
                    l.is.word(),
                    l.at.map_or(String::new(), |a| format!("@{a}")),
                    l.weight.0,
                    m
                )
            })
            .collect();
        println!("  {}: {} | else {}", c.of.word(), l.join(", "), c.otherwise.0);
    }
}
fn main() {
    let d = std::env::args().nth(1).unwrap();
    let id: Identity = serde_json::from_str(&std::fs::read_to_string("contracts/identity.json").unwrap()).unwrap();
    let (people, companies) = (id.people.unwrap(), id.companies.unwrap());
    let verbose = std::env::args().nth(2).is_some();
    let full: Map = vec![
        ("given_name", A::GivenName),
        ("surname", A::Surname),
        ("street_number", A::HouseNumber),
        ("address_1", A::Street),
        ("address_2", A::AddressLine),
        ("suburb", A::City),
        ("postcode", A::PostalCode),
        ("state", A::State),
        ("date_of_birth", A::BirthDate),
        ("soc_sec_id", A::Identifier),
    ];
    let names: Map = full[..8].to_vec();
    let (fa, fb) =
        (file(&format!("{d}/linkage/febrl/dataset4a.csv")), file(&format!("{d}/linkage/febrl/dataset4b.csv")));
    let rec = |s: &str| s.split('-').nth(1).unwrap().parse::<u32>().unwrap();
    for (name, map) in [("febrl4", &full), ("febrl4 names+addresses", &names)] {
        let t = Instant::now();
        let (a, b) = (build(&fa, map, &people), build(&fb, map, &people));
        let t1 = t.elapsed();
        let e = estimate::estimate(&b, Some(&a), 1);
        let t2 = t.elapsed();
        let b = b.with_model(&e.model);
        let edges = pairs::pairs(&b, Some(&a), -5000);
        let t3 = t.elapsed();
        if verbose {
            show(&e);
            println!("{t1:?} {t2:?} {t3:?}");
        }
        let truth: BTreeSet<(u32, u32)> = {
            let mut m = BTreeMap::new();
            for (i, r) in fa.rows.iter().enumerate() {
                m.insert(rec(&r[0]), i as u32);
            }
            fb.rows.iter().enumerate().filter_map(|(j, r)| Some((*m.get(&rec(&r[0]))?, j as u32))).collect()
        };
        let cand: BTreeSet<(u32, u32)> = pairs::pairs(&b, Some(&a), i32::MIN).iter().map(|e| (e.a, e.b)).collect();
        println!(
            "candidates {} blocking recall {:.4}",
            cand.len(),
            truth.intersection(&cand).count() as f64 / truth.len() as f64
        );
        // best per a with margin
        let mut best: BTreeMap<u32, Vec<(i32, u32)>> = BTreeMap::new();
        for e in &edges {
            best.entry(e.a).or_default().push((e.weight, e.b));
        }
        let found: BTreeSet<(u32, u32)> = best
            .iter_mut()
            .filter_map(|(a, v)| {
                v.sort();
                v.reverse();
                (v[0].0 >= 4248 && (v.len() < 2 || v[0].0 - v[1].0 >= 3000)).then(|| (*a, v[0].1))
            })
            .collect();
        report(name, t3.as_secs_f64(), &found, &truth);
    }
    let fake: Map = vec![
        ("first_name", A::GivenName),
        ("surname", A::Surname),
        ("dob", A::BirthDate),
        ("city", A::City),
        ("email", A::Email),
    ];
    let f1: Map = full.clone();
    for (name, path, map, key) in [
        ("fake_1000", "fake_1000/fake_1000.csv", &fake, "cluster"),
        ("febrl1", "febrl/dataset1.csv", &f1, "rec_id"),
        ("patstat", "patstat/patstat_reference.csv", &vec![("person_name", A::Company)], "leuven_id"),
    ] {
        let f = file(&format!("{d}/linkage/{path}"));
        let model = if name == "patstat" { &companies } else { &people };
        let t = Instant::now();
        let mut i = build(&f, map, model);
        if name != "patstat" {
            let e = estimate::estimate(&i, None, 1);
            i = i.with_model(&e.model);
            if verbose {
                show(&e);
            }
        }
        let edges = pairs::pairs(&i, None, -9000);
        let sure: Vec<_> = edges.iter().copied().filter(|e| e.weight >= 4248).collect();
        let groups =
            cluster::cluster(i.len(), &sure, std::env::var("APART").map_or(0, |x| x.parse().unwrap()), &mut |a, b| {
                i.weight(a, b)
            });
        let t3 = t.elapsed();
        let k = f.header.iter().position(|x| x == key).unwrap();
        let mut by: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (i, r) in f.rows.iter().enumerate() {
            let v = &r[k];
            by.entry(if name == "febrl1" { rec(v).to_string() } else { v.clone() }).or_default().push(i as u32);
        }
        let all = |gs: Vec<Vec<u32>>| {
            let mut s = BTreeSet::new();
            for g in gs {
                for x in 0..g.len() {
                    for y in x + 1..g.len() {
                        s.insert((g[x], g[y]));
                    }
                }
            }
            s
        };
        let truth = all(by.into_values().collect());
        let cand: BTreeSet<(u32, u32)> = pairs::pairs(&i, None, i32::MIN).iter().map(|e| (e.a, e.b)).collect();
        println!(
            "candidates {} blocking recall {:.4}",
            cand.len(),
            truth.intersection(&cand).count() as f64 / truth.len() as f64
        );
        let direct: BTreeSet<(u32, u32)> = edges.iter().filter(|e| e.weight >= 4248).map(|e| (e.a, e.b)).collect();
        report(&format!("{name} pairs"), 0.0, &direct, &truth);
        let found = all(groups);
        report(name, t3.as_secs_f64(), &found, &truth);
        if std::env::args().nth(2).as_deref() == Some(name) {
            let edges: BTreeMap<(u32, u32), i32> = edges.iter().map(|e| ((e.a, e.b), e.weight)).collect();
            for (tag, set) in [
                ("FP", found.difference(&truth).collect::<Vec<_>>()),
                ("FN", truth.difference(&found).collect::<Vec<_>>()),
            ] {
                for (n, (a, b)) in set.iter().enumerate() {
                    if n % (set.len() / 60 + 1) == 0 {
                        println!(
                            "{tag} {:?} {} | {}",
                            edges.get(&(*a, *b)),
                            f.rows[*a as usize].join(";"),
                            f.rows[*b as usize].join(";")
                        );
                    }
                }
            }
        }
    }
}
