//! Packages from npm: the wasm optimiser and what the browser tests drive. `tests/package-lock.json` pins them.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::files;
use crate::place::Place;
use crate::run;

const OLDEST_NODE: u32 = 20;
const HELP: &str = "help: install Node.js 20 or newer together with npm";

/// Node, if a new enough one is here; the error says what is wrong otherwise.
pub(crate) fn node(place: &Place) -> Result<Command> {
    let version = run::answer(run::command("node", place).arg("--version"))
        .with_context(|| format!("`node` is not installed\n{HELP}"))?;
    let major = version.trim_start_matches('v').split('.').next().and_then(|number| number.parse::<u32>().ok());
    if major.is_none_or(|major| major < OLDEST_NODE) {
        bail!("`node` is {version}; {OLDEST_NODE} or newer is needed\n{HELP}");
    }
    Ok(run::command("node", place))
}

/// Makes `tests/node_modules` what the lock file says. Nothing is asked of a registry when it already is.
pub(crate) fn install(place: &Place) -> Result<PathBuf> {
    node(place)?;
    let folder = place.tests();
    let modules = folder.join("node_modules");
    let lock = files::read(&folder.join("package-lock.json"))?;
    let stamp = modules.join(".interlock-stamp");
    let key = files::digest([lock.as_slice()]);
    if files::is_fresh(&stamp, &key) {
        return Ok(modules);
    }
    run::say("npm ci in tests/");
    // `npm` is a script (`npm.cmd`) on Windows, which only a shell starts.
    let mut npm = if cfg!(windows) {
        let mut shell = run::command("cmd", place);
        shell.args(["/C", "npm"]);
        shell
    } else {
        run::command("npm", place)
    };
    npm.current_dir(&folder).args([
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--no-progress",
        "--loglevel=error",
    ]);
    run::finish(&mut npm).with_context(|| format!("cannot install the npm packages\n{HELP}"))?;
    files::set_stamp(&stamp, &key)?;
    Ok(modules)
}
