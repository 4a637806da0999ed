//! `cargo xtask test [group ...]`: everything that must hold, group by group, and one line that sums it up.
//!
//! Invariant: nothing is left out silently. A group that cannot run says why, and fails in CI; a group whose need
//! failed is a failure too.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::browser;
use crate::count::{self, Count};
use crate::files;
use crate::npm;
use crate::place::Place;
use crate::run;
use crate::toolchain::Toolchain;
use crate::verbs;

/// What a group came to.
enum Outcome {
    Ran(Count),
    /// The reason it could not run.
    CouldNot(String),
}

type Check = fn(&Place) -> Result<Outcome>;

struct Group {
    name: &'static str,
    /// Groups whose products this one uses.
    needs: &'static [&'static str],
    check: Check,
}

/// In this order: the quick ones first, and `dist/` before what carries it.
const GROUPS: [Group; 8] = [
    Group { name: "fmt", needs: &[], check: fmt },
    Group { name: "clippy", needs: &[], check: clippy },
    Group { name: "wasm", needs: &[], check: |place| once(verbs::wasm(place)) },
    Group { name: "size", needs: &["wasm"], check: |place| once(verbs::size(place)) },
    Group { name: "native", needs: &[], check: native },
    Group { name: "build", needs: &["wasm"], check: |place| once(verbs::build_command(place)) },
    Group { name: "node", needs: &["wasm"], check: node },
    Group { name: "browser", needs: &["wasm", "build"], check: in_browser },
];

/// Runs the groups named, with what they need, or all of them.
pub(crate) fn test(place: &Place, wanted: &[String]) -> Result<()> {
    for name in wanted {
        if !GROUPS.iter().any(|group| group.name == name) {
            let names = GROUPS.map(|group| group.name).join(", ");
            bail!("unknown test group `{name}`; expected one of {names}");
        }
    }
    let is_wanted = |group: &Group| {
        wanted.is_empty()
            || wanted.iter().any(|name| {
                name == group.name || GROUPS.iter().any(|other| other.name == name && other.needs.contains(&group.name))
            })
    };
    let mut done: Vec<&str> = Vec::new();
    let mut total = Count::default();
    let mut skipped = 0;
    let mut report = String::new();
    let start = Instant::now();
    for group in GROUPS.iter().filter(|group| is_wanted(group)) {
        run::say(&format!("test group `{}`", group.name));
        let began = Instant::now();
        let missing = group.needs.iter().find(|need| !done.contains(need));
        let outcome = match missing {
            Some(need) => Err(anyhow::anyhow!("not run: it needs the group `{need}`, which failed")),
            None => (group.check)(place),
        };
        let verdict = match outcome {
            Ok(Outcome::Ran(count)) => {
                total += count;
                if count.failed == 0 {
                    done.push(group.name);
                }
                format!("{} passed, {} failed", count.passed, count.failed)
            }
            Ok(Outcome::CouldNot(reason)) if !run::in_ci() => {
                skipped += 1;
                format!("could not run: {reason}")
            }
            Ok(Outcome::CouldNot(reason)) => {
                total.failed += 1;
                format!("FAILED, could not run: {reason}")
            }
            Err(error) => {
                total.failed += 1;
                format!("FAILED, {error:#}")
            }
        };
        eprintln!("{}: {verdict}", group.name);
        let _ = writeln!(report, "{:<8} {:>7}  {verdict}", group.name, seconds(began.elapsed()));
    }
    run::print(&format!("\n{report}in {}", seconds(start.elapsed())));
    let left_out = if skipped > 0 { format!(", {skipped} skipped") } else { String::new() };
    run::print(&format!("{} passed, {} failed{left_out}", total.passed, total.failed));
    if total.failed > 0 {
        bail!("{} tests or checks failed", total.failed);
    }
    Ok(())
}

fn seconds(time: Duration) -> String {
    let tenths = time.as_millis() / 100;
    format!("{}.{} s", tenths / 10, tenths % 10)
}

/// A check without tests of its own counts as one.
fn once(result: Result<()>) -> Result<Outcome> {
    result.map(|()| Outcome::Ran(Count { passed: 1, failed: 0 }))
}

fn fmt(place: &Place) -> Result<Outcome> {
    once(run::finish(run::cargo(place).args(["fmt", "--all", "--check"])))
}

/// xtask is linted apart from the rest: together, cargo would build its dependencies with other features once more.
fn clippy(place: &Place) -> Result<Outcome> {
    let mut native = run::cargo(place);
    native.args(["clippy", "--workspace", "--exclude", "xtask", "--all-targets"]);
    run::finish(native.args(["--", "--deny", "warnings"]))?;
    let mut xtask = run::cargo(place);
    xtask.args(["clippy", "--package", "xtask", "--all-targets"]);
    run::finish(xtask.args(["--", "--deny", "warnings"]))?;
    let toolchain = Toolchain::find(place)?;
    toolchain.ensure_clippy(place)?;
    let mut wasm = toolchain.cargo("clippy", "wasm", place);
    wasm.args(["--package", "interlock-web", "--package", "interlock-pkg", "--lib"]);
    run::finish(wasm.args(["--", "--deny", "warnings"]))?;
    Ok(Outcome::Ran(Count { passed: 3, failed: 0 }))
}

fn native(place: &Place) -> Result<Outcome> {
    let packages = ["--workspace", "--exclude", "xtask"];
    let mut total = Count::default();
    let nextest = run::answer(run::cargo(place).args(["nextest", "--version"])).is_some();
    let mut tests = run::cargo(place);
    if nextest {
        tests.args(["nextest", "run", "--no-fail-fast"]).args(packages);
    } else {
        tests.args(["test", "--no-fail-fast", "--lib", "--bins", "--tests"]).args(packages);
    }
    total += count::tests(&mut tests)?;
    let mut documented = run::cargo(place);
    documented.args(["test", "--doc", "--no-fail-fast"]).args(packages);
    total += count::tests(&mut documented)?;
    total += count::tests(run::cargo(place).args(["test", "--package", "xtask"]))?;
    Ok(Outcome::Ran(total))
}

fn node(place: &Place) -> Result<Outcome> {
    match npm::node(place).and_then(|_| npm::install(place)) {
        Ok(_) => node_tests("node", place, &[]),
        Err(error) => Ok(Outcome::CouldNot(format!("{error:#}"))),
    }
}

fn in_browser(place: &Place) -> Result<Outcome> {
    let here = npm::install(place).and_then(|_| browser::find(place));
    match here {
        Ok(browser) => {
            let browser = browser.to_string_lossy();
            let interlock = place.interlock();
            let interlock = interlock.to_string_lossy();
            node_tests("browser", place, &[("CHROMIUM", &browser), ("INTERLOCK", &interlock)])
        }
        Err(error) => Ok(Outcome::CouldNot(format!("{error:#}"))),
    }
}

/// Runs `tests/<folder>/*.test.mjs`.
fn node_tests(folder: &str, place: &Place, environment: &[(&str, &str)]) -> Result<Outcome> {
    let folder = place.tests().join(folder);
    let mut node = npm::node(place)?;
    node.args(["--test", "--test-reporter=spec", "--test-timeout=300000"]);
    node.envs(environment.iter().copied());
    let mut found = false;
    for name in files::below(&folder)? {
        if name.to_string_lossy().ends_with(".test.mjs") {
            found = true;
            node.arg(folder.join(name));
        }
    }
    if !found {
        bail!("there are no tests in `{}`", folder.display());
    }
    count::tests(&mut node).map(Outcome::Ran)
}
