//! `cargo xtask bench [name] [folder or flags]`: the benchmarks, optimised, on data of one's own if a folder is named.
//!
//! Native ones are in the program `bench` of `interlock-tests`, which is given name and folder and runs all without a
//! name. Those of Node and Chromium are `tests/bench/NAME.mjs`, given the folder as their argument.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::browser;
use crate::files;
use crate::npm;
use crate::place::Place;
use crate::run;
use crate::verbs::build;

/// Runs one benchmark, or all.
pub(crate) fn bench(place: &Place, arguments: &[String]) -> Result<()> {
    let (name, folder) = match arguments {
        [] => (None, None),
        [name] => (Some(name.as_str()), None),
        // What begins with a dash is the benchmark's own to read.
        [name, flag, ..] if flag.starts_with('-') => return native_with(place, arguments, name),
        [name, folder] => (Some(name.as_str()), Some(absolute(folder)?)),
        [_, _, extra, ..] => {
            bail!("unexpected argument `{extra}`; expected `bench [name] [folder]`")
        }
    };
    let scripts = scripts(place)?;
    let chosen: Vec<_> = match name {
        None => scripts.iter().collect(),
        Some(name) => scripts.iter().filter(|script| stem(script) == name).collect(),
    };
    if name.is_none() || chosen.is_empty() {
        native(place, name, folder.as_deref(), &scripts)?;
    }
    if chosen.is_empty() {
        return Ok(());
    }
    build(place)?;
    npm::install(place)?;
    let browser = browser::find(place)?;
    for script in chosen {
        run::say(&format!("benchmark `{}`", stem(script)));
        let mut node = npm::node(place)?;
        node.arg(script).args(folder.as_deref()).env("CHROMIUM", &browser).env("INTERLOCK", place.interlock());
        run::finish(&mut node)?;
    }
    Ok(())
}

fn native_with(place: &Place, arguments: &[String], name: &str) -> Result<()> {
    if scripts(place)?.iter().any(|script| stem(script) == name) {
        bail!("`{name}` takes no flags; expected `bench [name] [folder]`");
    }
    let mut cargo = run::cargo(place);
    cargo.args(["run", "--release", "--package", "interlock-tests", "--bin", "bench", "--"]).args(arguments);
    run::finish(&mut cargo)
}

fn native(place: &Place, name: Option<&str>, folder: Option<&Path>, scripts: &[PathBuf]) -> Result<()> {
    if !place.tests().join("src/bin/bench.rs").exists() {
        let known = scripts.iter().map(|script| stem(script)).collect::<Vec<_>>().join(", ");
        return match name {
            Some(name) => bail!("no benchmark `{name}`; expected one of: {known}"),
            None => {
                eprintln!("there are no native benchmarks in this checkout");
                Ok(())
            }
        };
    }
    let mut cargo = run::cargo(place);
    cargo.args(["run", "--release", "--package", "interlock-tests", "--bin", "bench", "--"]).args(name).args(folder);
    run::finish(&mut cargo)
}

fn scripts(place: &Place) -> Result<Vec<PathBuf>> {
    let folder = place.tests().join("bench");
    let mut scripts = files::below(&folder)?;
    scripts.retain(|name| name.extension().is_some_and(|ending| ending == "mjs"));
    Ok(scripts.into_iter().map(|name| folder.join(name)).collect())
}

fn stem(script: &Path) -> String {
    script.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn absolute(folder: &str) -> Result<PathBuf> {
    let path = std::path::absolute(folder).with_context(|| format!("no folder `{folder}`"))?;
    if !path.is_dir() {
        bail!("`{folder}` is not a folder");
    }
    Ok(path)
}
