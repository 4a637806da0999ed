//! Build, serve, test, bench: everything the project runs goes through `cargo xtask <verb>`.
//!
//! Input: the workspace. Output: `dist/` (what is served), `pkg/dist/` (the npm package), `target/release/interlock`
//! (the command with the panel inside). Invariant: a step whose inputs are unchanged is not done again.
//! Reading order: `verbs/`, one file each; then `toolchain`, `wasm`, `dist`, which they are made of.

mod alike;
mod browser;
mod count;
mod debian;
mod dist;
mod files;
mod npm;
mod place;
mod run;
mod toolchain;
mod verbs;
mod wasm;

use std::process::ExitCode;

use anyhow::{Result, bail};
use place::Place;

const USAGE: &str = "\
usage: cargo xtask <verb>

  build                    the panel, the npm package and target/release/interlock with the panel inside
  serve [--port N] [...]   build, then serve the panel and its demo workspace on localhost
  test [group ...]         everything that must hold; groups: fmt clippy wasm size native build node browser
  bench [name] [folder]    benchmarks, natively, in Node and in Chromium; all of them without a name
  size                     gzipped size of panel and engine against their limits
  wasm                     only the wasm modules, into dist/ and pkg/dist/

environment: CHROMIUM (a browser to test with), INTERLOCK_WASM (rustup or debian: which compiler makes the wasm),
CARGO_TARGET_DIR, CI (a test group that cannot run fails)";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<()> {
    let Some((verb, rest)) = arguments.split_first() else {
        run::print(USAGE);
        return Ok(());
    };
    let place = Place::find()?;
    match verb.as_str() {
        "wasm" => nothing_more(rest).and_then(|()| verbs::wasm(&place)),
        "size" => nothing_more(rest).and_then(|()| verbs::size(&place)),
        "build" => nothing_more(rest).and_then(|()| verbs::build(&place)),
        "serve" => verbs::serve(&place, rest),
        "test" => verbs::test(&place, rest),
        "bench" => verbs::bench(&place, rest),
        "help" | "--help" | "-h" => {
            run::print(USAGE);
            Ok(())
        }
        other => bail!("unknown verb `{other}`\n{USAGE}"),
    }
}

fn nothing_more(rest: &[String]) -> Result<()> {
    match rest.first() {
        Some(extra) => bail!("unexpected argument `{extra}`\n{USAGE}"),
        None => Ok(()),
    }
}
