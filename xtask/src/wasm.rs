//! Rust to wasm modules with their JavaScript: compile two crates twice, bind, optimise and minify.
//!
//! Input: the crates `interlock-web` and `interlock-pkg`, whose features say which module they become: page and engine, or
//! what loads when audit logs are opened. Output: for each module a folder with `NAME.js`, `NAME.d.ts` and
//! `NAME_bg.wasm`. Invariant: rustc makes each module once; page, worker, Node and bundlers get the same bytes.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::alike;
use crate::files;
use crate::npm;
use crate::place::Place;
use crate::run;
use crate::toolchain::{TARGET, Toolchain};

/// A wasm module and how it is made.
struct Module {
    /// The crate.
    package: &'static str,
    /// The crate's feature.
    feature: &'static str,
    /// What its files are called.
    name: &'static str,
}

const PANEL: Module = Module { package: "interlock-web", feature: "panel", name: "panel" };
const ENGINE: Module = Module { package: "interlock-pkg", feature: "engine", name: "engine" };
const AUDIT_PANEL: Module = Module { package: "interlock-web", feature: "audit", name: "audit_panel" };
const AUDIT: Module = Module { package: "interlock-pkg", feature: "audit", name: "audit" };

/// What wasm-opt does. LLVM has optimised already; what is left to gain is size after gzip, which is what is counted.
/// Measured on the engine, `-O2` to `-O4`, `-Os` and `-Oz` make the module smaller by a tenth and its gzip larger by a
/// tenth: they rename locals until alike functions no longer look alike. Alignments are hints that processors do without,
/// and differ for nothing.
/// Rust puts its stack first, so the lowest addresses are never data's.
const PASSES: [&str; 13] = [
    "--converge",
    "-O1",
    "--low-memory-unused",
    "--dae-optimizing",
    "--duplicate-function-elimination",
    "--rse",
    "--vacuum",
    "--remove-unused-module-elements",
    "--precompute-propagate",
    "--dealign",
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
];

/// Then alike functions are brought together; see [`alike`].
const ORDER: [&str; 2] = ["--reorder-functions-by-name", "--strip-debug"];

/// What the compiler emits beyond the first version of wasm, so that wasm-opt accepts and keeps it.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// The folders of the finished modules.
pub(crate) struct Modules {
    pub(crate) panel: PathBuf,
    pub(crate) engine: PathBuf,
    pub(crate) audit_panel: PathBuf,
    pub(crate) audit: PathBuf,
}

/// Makes all modules.
pub(crate) fn modules(place: &Place) -> Result<Modules> {
    same_bindgen(place)?;
    let toolchain = Toolchain::find(place)?;
    let panel = compiled([&PANEL, &ENGINE], toolchain, place)?;
    let audit = compiled([&AUDIT_PANEL, &AUDIT], toolchain, place)?;
    let optimiser = optimiser(place)?;
    let optimiser = optimiser.as_deref();
    let [first, second] = thread::scope(|scope| {
        let [first, second] = [panel, audit].map(|pair| {
            scope.spawn(move || {
                let [page, engine] = pair;
                Ok::<_, anyhow::Error>([finish(page, optimiser, place)?, finish(engine, optimiser, place)?])
            })
        });
        [first.join(), second.join()]
    });
    let [panel, engine] = first.unwrap_or_else(|_| bail!("binding the panel panicked"))?;
    let [audit_panel, audit] = second.unwrap_or_else(|_| bail!("binding the audit pages panicked"))?;
    Ok(Modules { panel, engine, audit_panel, audit })
}

/// A module with the bytes that the compiler made of it.
type Compiled = (&'static Module, Vec<u8>);

/// The profile of Cargo.toml that modules are compiled with.
const PROFILE: &str = "wasm";

/// Compiles two crates, each with its feature.
fn compiled(pair: [&'static Module; 2], toolchain: Toolchain, place: &Place) -> Result<[Compiled; 2]> {
    run::say(&format!("compiling {} and {} to wasm", pair[0].name, pair[1].name));
    let mut cargo = toolchain.cargo("build", PROFILE, place);
    // cargo calls a module by its crate, whatever the features, so each of two builds would undo the other; asked so, it
    // puts them apart, as it does with every other crate. A cargo that does not know it compiles more, and the same.
    cargo.env("__CARGO_DEFAULT_LIB_METADATA", "interlock");
    cargo.arg("--no-default-features");
    for module in pair {
        cargo.args(["--package", module.package, "--features", &format!("{}/{}", module.package, module.feature)]);
    }
    run::finish(&mut cargo)?;
    let bytes = |module: &'static Module| -> Result<Compiled> {
        let file = format!("{}.wasm", module.package.replace('-', "_"));
        Ok((module, files::read(&place.target.join(TARGET).join(PROFILE).join(file))?))
    };
    Ok([bytes(pair[0])?, bytes(pair[1])?])
}

/// Binds and optimises one compiled module.
fn finish((module, bytes): Compiled, optimiser: Option<&Path>, place: &Place) -> Result<PathBuf> {
    let name = module.name;
    let folder = place.scratch().join(name);
    let stamp = place.scratch().join(format!("{name}.stamp"));
    // Whatever decides the result: how it is done (this file), with which tools, on which bytes.
    let how = format!("{optimiser:?} {} {}", include_str!("wasm.rs"), include_str!("alike.rs"));
    let lock = files::read(&place.root.join("Cargo.lock"))?;
    let npm = files::read(&place.tests().join("package-lock.json"))?;
    let key = files::digest([bytes.as_slice(), how.as_bytes(), &lock, &npm]);
    if files::is_fresh(&stamp, &key) && folder.is_dir() {
        return Ok(folder);
    }
    run::say(&format!("binding {name}"));
    files::empty_folder(&folder)?;
    Bindgen::new()
        .input_bytes(name, bytes)
        .out_name(name)
        .web(true)
        .and_then(|bindgen| {
            bindgen
                .typescript(true)
                // The module is found beside its JavaScript, also by bundlers.
                .omit_default_module_path(false)
                .remove_name_section(true)
                .remove_producers_section(true)
                .generate(&folder)
        })
        .with_context(|| format!("cannot bind `{}`", module.package))?;
    if let Some(program) = optimiser {
        run::say(&format!("optimising {name}"));
        let wasm = folder.join(format!("{name}_bg.wasm"));
        let raw = folder.join(format!("{name}_bg.raw.wasm"));
        let optimise = |passes: &[&str]| -> Result<()> {
            fs::rename(&wasm, &raw).with_context(|| format!("cannot move `{}`", wasm.display()))?;
            let mut node = npm::node(place)?;
            node.arg(program).arg(&raw).arg("-o").arg(&wasm).args(passes).args(FEATURES);
            run::finish(&mut node)?;
            fs::remove_file(&raw).with_context(|| format!("cannot remove `{}`", raw.display()))
        };
        optimise(&PASSES)?;
        let ordered = alike::with_order_as_names(&files::read(&wasm)?)?;
        fs::write(&wasm, ordered).with_context(|| format!("cannot write `{}`", wasm.display()))?;
        optimise(&ORDER)?;
        let script = folder.join(format!("{name}.js"));
        let mut node = npm::node(place)?;
        node.arg(esbuild(program)).arg(&script);
        node.args(["--minify", "--format=esm", "--allow-overwrite", "--log-level=warning"]);
        node.arg(format!("--outfile={}", script.display()));
        run::finish(&mut node)?;
    }
    files::set_stamp(&stamp, &key)?;
    Ok(folder)
}

/// The minifier lies beside the optimiser, in `node_modules`.
fn esbuild(optimiser: &Path) -> PathBuf {
    let modules = optimiser.ancestors().nth(3).unwrap_or(optimiser);
    modules.join("esbuild/bin/esbuild")
}

/// wasm-opt from npm. Without Node the modules work and are larger, so only CI insists.
fn optimiser(place: &Place) -> Result<Option<PathBuf>> {
    match npm::install(place) {
        Ok(modules) => Ok(Some(modules.join("binaryen/bin/wasm-opt"))),
        Err(error) if run::in_ci() => Err(error),
        Err(error) => {
            eprintln!("warning: the wasm modules stay unoptimised: {error:#}");
            Ok(None)
        }
    }
}

/// The binding generator is a library of xtask; it must be of the version whose macros the crates use.
fn same_bindgen(place: &Place) -> Result<()> {
    let lock = fs::read_to_string(place.root.join("Cargo.lock")).context("cannot read Cargo.lock")?;
    let macros = locked(&lock, "wasm-bindgen")?;
    let generator = locked(&lock, "wasm-bindgen-cli-support")?;
    if macros != generator {
        bail!(
            "wasm-bindgen is {macros} and wasm-bindgen-cli-support {generator} in Cargo.lock; they must be equal\n\
             help: cargo update --package wasm-bindgen-cli-support --precise {macros}"
        );
    }
    Ok(())
}

/// The version of a package in Cargo.lock.
fn locked<'a>(lock: &'a str, package: &str) -> Result<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines
        .nth(1)
        .and_then(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
        .with_context(|| format!("Cargo.lock has no `{package}`"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::locked;

    const LOCK: &str = "[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"x\"\n\n\
                        [[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.2.9\"\n";

    #[test]
    fn reads_a_locked_version_by_its_whole_name() {
        assert_eq!(locked(LOCK, "wasm-bindgen").unwrap(), "0.2.130");
        assert_eq!(locked(LOCK, "wasm-bindgen-macro").unwrap(), "0.2.9");
        assert!(locked(LOCK, "wasm").is_err());
    }
}
