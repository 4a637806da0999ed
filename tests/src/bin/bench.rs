//! Native benchmarks: `bench [decide|preview|forms] [folder]`.
//!
//! Without a folder they run on the demo workspace. Each prints what it compares, the machine, and how to repeat it. A
//! figure is the median of several runs in one thread; the least and the greatest are beside it. Nothing is asserted:
//! figures belong in the README, not in tests.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use interlock_core::decide::{Detail, decide_next};
use interlock_core::preview::{When, preview};
use interlock_core::record::{Crm, Event, State};
use interlock_core::workspace::{self, Reading};
use interlock_tests::rate::{print, rate};
use interlock_tests::{Bench, SEED};

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (name, folder) = (arguments.next(), arguments.next().map(PathBuf::from));
    machine();
    match (name.as_deref(), folder) {
        (None, _) => {
            decide(None)?;
            previewed(None)
        }
        (Some("decide"), folder) => decide(folder.as_deref()),
        (Some("preview"), None) => previewed(None),
        (Some("preview"), Some(folder)) => previewed(Some(&folder)),
        (Some(other), _) => bail!("no benchmark `{other}`; there are: decide, preview"),
    }
}

fn machine() {
    let cpu = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": ").map(|(_, name)| name));
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    print(&format!(
        "{} ({}), {cores} cores, load {} before; engine {}",
        model.unwrap_or("unknown processor"),
        std::env::consts::ARCH,
        load.split(' ').next().unwrap_or("unknown"),
        interlock_core::audit::ENGINE,
    ));
}

fn open(folder: Option<&Path>) -> Result<Bench> {
    let Some(folder) = folder else { return Bench::demo() };
    bail!("cannot compare `{}`: benchmarks run on the demo workspace so far", folder.display())
}

fn decide(folder: Option<&Path>) -> Result<()> {
    let bench = open(folder)?;
    let events = &bench.data.events;
    print(&format!(
        "\ndecide: {} leads under `{}` {}, one thread; repeat: cargo xtask bench decide",
        events.len(),
        bench.baseline.contract().id,
        bench.baseline.contract().version,
    ));
    let alone = Crm::default();
    let run = |crm: &Crm, detail: Detail| {
        let mut state = State::default();
        let mut strictest = 0_usize;
        for event in events {
            let decision = decide_next(&bench.baseline, event, crm, &mut state, bench.as_of, SEED, detail);
            strictest += usize::from(decision.outcome.for_review);
        }
        strictest
    };
    let all = events.len();
    let first = rate("outcome, no CRM to match against", all, None, || run(&alone, Detail::Outcome));
    rate("outcome, matched against the CRM", all, Some(first), || run(&bench.crm, Detail::Outcome));
    rate("full trace, no CRM", all, Some(first), || run(&alone, Detail::Full));
    rate("full trace, matched against the CRM", all, Some(first), || run(&bench.crm, Detail::Full));
    rate("full trace as canonical JSON", all, Some(first), || {
        let decisions = bench.decisions(bench.sides()[0].1, Detail::Full);
        decisions.iter().map(|decision| decision.canonical().map_or(0, |text| text.len())).sum::<usize>()
    });
    Ok(())
}

fn previewed(folder: Option<&Path>) -> Result<()> {
    let bench = open(folder)?;
    let events: Vec<Event> = if folder.is_none() { bench.repeated(10_000) } else { bench.data.events.clone() };
    print(&format!(
        "\npreview: {} leads under both contracts, one thread; repeat: cargo xtask bench preview",
        events.len()
    ));
    let [(_, before), (_, after)] = bench.sides();
    let when = When { as_of: bench.as_of, seed: SEED };
    let first = rate("preview", events.len(), None, || preview(before, after, &events, when, &mut |_, _| {}));
    rate("preview and its figures", events.len(), Some(first), || {
        preview(before, after, &events, when, &mut |_, _| {}).summary(before, after, &events, 0)
    });
    let reading = Reading { as_of: bench.as_of, ..Reading::default() };
    let leads = bench.data.events.len();
    rate("reading the files", leads, Some(first), || workspace::read(&bench.files, bench.baseline.contract(), reading));
    rate("building the snapshot", leads, Some(first), || Crm::build(&bench.data.tables, &bench.baseline));
    Ok(())
}
