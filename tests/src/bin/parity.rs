//! The native half of the parity tests: what Node and Chromium must come to as well, byte for byte.
//!
//! `parity` decides every lead of the demo workspace under both contracts, in order of arrival, and prints JSON: the
//! time and seed it decided with, the names of the files it read, and for each side the SHA-256 of each decision's
//! canonical JSON, of the state after the last one, and over all of them. `parity SIDE INDEX` prints one decision.

use std::io::Write;

use anyhow::{Context, Result, bail};
use interlock_core::decide::{Detail, decide_next};
use interlock_core::record::State;
use interlock_tests::{Bench, SEED, sha256};
use serde_json::{Map, Value, json};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let bench = Bench::demo()?;
    let text = match arguments.as_slice() {
        [] => all(&bench)?,
        [side, index] => one(&bench, side, index)?,
        _ => bail!("expected no argument, or a side and the index of a lead"),
    };
    writeln!(std::io::stdout(), "{text}").context("cannot write")
}

fn all(bench: &Bench) -> Result<String> {
    let mut sides = Map::new();
    for (name, side) in bench.sides() {
        let mut state = State::default();
        let (mut everything, mut leads) = (String::new(), Vec::new());
        for event in &bench.data.events {
            let decision = decide_next(side.plan, event, side.crm, &mut state, bench.as_of, SEED, Detail::Full);
            let hash = sha256(decision.canonical()?.as_bytes());
            everything.push_str(&hash);
            leads.push(hash);
        }
        let state = sha256(serde_json::to_string(&state)?.as_bytes());
        everything.push_str(&state);
        sides.insert(name.to_owned(), json!({"all": sha256(everything.as_bytes()), "state": state, "leads": leads}));
    }
    let files: Vec<_> = bench.files.iter().map(|file| Value::from(file.name.as_str())).collect();
    let report = json!({"as_of": interlock_demo::AS_OF, "seed": SEED, "files": files, "sides": sides});
    Ok(report.to_string())
}

fn one(bench: &Bench, side: &str, index: &str) -> Result<String> {
    let index: usize = index.parse().with_context(|| format!("`{index}` is not an index"))?;
    let (_, side) = bench.sides().into_iter().find(|(name, _)| *name == side).context("no such side")?;
    let decision = bench.decisions(side, Detail::Full).into_iter().nth(index).context("no such lead")?;
    Ok(decision.canonical()?)
}
