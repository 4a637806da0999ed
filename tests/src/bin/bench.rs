//! Native benchmarks: `bench [decide|preview|metrics|identity|audit|scoring] [folder]`.
//!
//! They run on the demo workspace; `preview` with a folder of exports says what became of every record and whether the
//! forms of one export agree; `metrics` compares string metrics with the vectors in a folder,
//! `identity` matches the labelled sets in one, `scoring` learns from the leads in one or from a file of one's own. Each prints what it compares, the machine, and how to repeat it. A
//! figure is the median of several runs in one thread; the least and the greatest are beside it. Nothing is asserted:
//! figures belong in the README, not in tests.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use interlock_core::decide::{Detail, decide_next};
use interlock_core::preview::{When, preview};
use interlock_core::record::{Crm, Event, State};
use interlock_core::workspace::{self, Reading};
use interlock_tests::forms::{compare, forms};
use interlock_tests::identity::identity;
use interlock_tests::metrics::metrics;
use interlock_tests::rate::{print, rate};
use interlock_tests::scoring::scoring;
use interlock_tests::{Bench, SEED};

/// The command's.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next();
    if name.as_deref() == Some("scoring") {
        machine();
        return scoring(&arguments.collect::<Vec<_>>());
    }
    let folder = arguments.next().map(PathBuf::from);
    machine();
    match (name.as_deref(), folder) {
        (None, _) => {
            decide()?;
            previewed()
        }
        (Some("decide"), None) => decide(),
        (Some("preview"), None) => previewed(),
        (Some("preview"), Some(folder)) => exports(&folder),
        (Some("metrics"), Some(folder)) => metrics(&folder),
        (Some("metrics"), None) => {
            bail!("`metrics` takes a folder, with `metrics/jellyfish` and `metrics/dnb_names` in it")
        }
        (Some("identity"), Some(folder)) => identity(&folder),
        (Some("identity"), None) => bail!("`identity` takes a folder, with labelled sets in `linkage`"),
        (Some("audit"), None) => interlock_tests::trail::bench(),
        (Some("audit"), Some(file)) => interlock_tests::trail::write(&file),
        (Some("figures"), None) => figures(),
        (Some("decide"), Some(_)) => bail!("`decide` runs on the demo workspace; `preview` takes a folder"),
        (Some(other), _) => {
            bail!("no benchmark `{other}`; there are: decide, preview, metrics, identity, audit, scoring, hosts")
        }
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

/// How often the leads are decided in one run: the kernel counts processor time in steps of some milliseconds.
const ROUNDS: usize = 20;

fn decide() -> Result<()> {
    let bench = Bench::demo()?;
    let events = &bench.data.events;
    print(&format!(
        "\ndecide: {} leads under `{}` {}, one thread; repeat: cargo xtask bench decide",
        events.len(),
        bench.baseline.contract().id,
        bench.baseline.contract().version,
    ));
    let alone = Crm::default();
    let run = |crm: &Crm, detail: Detail| {
        let mut strictest = 0_usize;
        for _ in 0..ROUNDS {
            let mut state = State::default();
            for event in events {
                let decision = decide_next(&bench.baseline, event, crm, &mut state, bench.as_of, SEED, detail);
                strictest += usize::from(decision.outcome.for_review);
            }
        }
        strictest
    };
    let all = events.len() * ROUNDS;
    let first = rate("outcome, no CRM to match against", all, None, || run(&alone, Detail::Outcome));
    rate("outcome, matched against the CRM", all, Some(first), || run(&bench.crm, Detail::Outcome));
    rate("full trace, no CRM", all, Some(first), || run(&alone, Detail::Full));
    rate("full trace, matched against the CRM", all, Some(first), || run(&bench.crm, Detail::Full));
    rate("full trace as canonical JSON", events.len(), Some(first), || {
        let decisions = bench.decisions(bench.sides()[0].1, Detail::Full);
        decisions.iter().map(|decision| decision.canonical().map_or(0, |text| text.len())).sum::<usize>()
    });
    Ok(())
}

fn previewed() -> Result<()> {
    let bench = Bench::demo()?;
    let events: Vec<Event> = bench.repeated(10_000);
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

/// What `tests/bench/hosts.mjs` compares other hosts with, as JSON in the last line: nanoseconds a lead.
fn figures() -> Result<()> {
    let bench = Bench::demo()?;
    let [(_, before), (_, after)] = bench.sides();
    let decide = rate("full trace as canonical JSON", bench.data.events.len(), None, || {
        let decisions = bench.decisions(before, Detail::Full);
        decisions.iter().map(|decision| decision.canonical().map_or(0, |text| text.len())).sum::<usize>()
    });
    let events = bench.repeated(10_000);
    let when = When { as_of: bench.as_of, seed: SEED };
    let previewed = rate("preview and its figures", events.len(), None, || {
        preview(before, after, &events, when, &mut |_, _| {}).summary(before, after, &events, 0)
    });
    print(&format!("{{\"decide\":{decide},\"preview\":{previewed}}}"));
    Ok(())
}

/// Exports of one's own: every record accounted for, forms compared.
fn exports(folder: &Path) -> Result<()> {
    for (crm, forms) in forms(folder, interlock_demo::AS_OF)? {
        print(&format!("\n{crm}: examples/contracts/{crm}.json, arrivals in the order of the file"));
        for form in &forms {
            let bench = &form.bench;
            let decided = bench.data.events.len();
            let aside = form.records - decided;
            print(&format!("{}: {} records = {decided} decided + {aside} set aside", form.name, form.records));
            let [(_, before), (_, after)] = bench.sides();
            let when = When { as_of: bench.as_of, seed: SEED };
            rate("preview", decided, None, || preview(before, after, &bench.data.events, when, &mut |_, _| {}));
        }
        for pair in forms.windows(2) {
            let [one, other] = pair else { continue };
            let found = compare(one, other)?;
            print(&format!(
                "{} and {}: of {} leads, {} with another place, {} with other scores, {} with another verdict",
                one.name, other.name, found.leads, found.places, found.scores, found.verdicts
            ));
            for (title, names) in [("fields read differently", &found.fields), ("decisions differ in", &found.decision)]
            {
                let names: Vec<_> = names.iter().map(|(name, leads)| format!("{name} ({leads})")).collect();
                print(&format!("  {title}: {}", if names.is_empty() { "none".to_owned() } else { names.join(", ") }));
            }
        }
    }
    Ok(())
}
