//! A compiler for wasm32-unknown-unknown: the project's own where it has the target, otherwise Debian's.
//!
//! Order: the target is there; Debian's compiler is there; `rustup target add`; `apt-get install` of Debian's. Debian's
//! `rustc-web` has no compiled standard library for the target, so it is built from `rust-web-src` (once, about 80 s), for
//! size: its modules are smaller than those of the project's own compiler, and are what the limits of size are held on.

use std::env;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::debian;
use crate::place::Place;
use crate::run;

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

const PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-22"];
const RUSTC: &str = "/usr/bin/rustc";
const CARGO: &str = "/usr/bin/cargo";
const CLIPPY: &str = "/usr/bin/cargo-clippy";
const PURPOSE: &str = "compile to wasm (rustup has no wasm32-unknown-unknown target and cannot fetch it)";

/// SHA-256 as a loop: 8 KB less, and what is hashed in a browser is a contract.
const COMPACT_SHA2: &str = "--cfg sha2_backend_soft=\"compact\"";

/// The stack stands before the data: an address of data below 1 MiB takes a byte less wherever it is named.
const STACK: &str = " -Clink-arg=-zstack-size=917504";

/// A panic is a trap without words; whoever started the module says that it died. The words and the places they name
/// would be a twentieth of the engine, and natively the same code says them. `{:?}` says nothing in such a module: it is
/// for tests and panics, never for a key or a message.
const WORDLESS_PANICS: &str = " -Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none";

/// Who compiles to wasm.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Toolchain {
    /// The project's compiler, whose installation has the target.
    Own,
    /// Debian's compiler, which builds the standard library from its source.
    Debian,
}

impl Toolchain {
    /// Finds one, installing it if it must. `INTERLOCK_WASM` picks one and forbids the other.
    pub(crate) fn find(place: &Place) -> Result<Self> {
        match env::var("INTERLOCK_WASM").as_deref() {
            Ok("debian") => return debian_compiler(place),
            Ok("rustup") => {
                return if has_target(place) || add_target(place) {
                    Ok(Self::Own)
                } else {
                    bail!("INTERLOCK_WASM=rustup, and `rustup target add {TARGET}` does not work here")
                };
            }
            Ok("") | Err(_) => {}
            Ok(other) => bail!("INTERLOCK_WASM is `{other}`; expected `rustup` or `debian`"),
        }
        if has_target(place) {
            return Ok(Self::Own);
        }
        if debian::is_here() && debian::installed(&PACKAGES, place) {
            return debian_compiler(place);
        }
        if add_target(place) {
            return Ok(Self::Own);
        }
        debian_compiler(place).with_context(|| {
            format!(
                "no compiler for {TARGET}\n\
                 help: run `rustup target add {TARGET}` where the network allows it, or use Debian with the packages {}\n",
                PACKAGES.join(" ")
            )
        })
    }

    /// `cargo <verb>` for the wasm target and a profile for it; the caller adds the packages.
    pub(crate) fn cargo(self, verb: &str, profile: &str, place: &Place) -> Command {
        let mut cargo = match self {
            Self::Own => run::cargo(place),
            Self::Debian => debian_cargo(verb, place),
        };
        cargo.args([verb, "--profile", profile, "--target", TARGET]);
        let mut flags = COMPACT_SHA2.to_owned() + STACK;
        if self == Self::Debian {
            cargo.args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"]);
            flags.push_str(WORDLESS_PANICS);
        }
        cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags);
        cargo
    }

    /// Makes sure that `cargo clippy` is there for this compiler.
    pub(crate) fn ensure_clippy(self, place: &Place) -> Result<()> {
        match self {
            Self::Own => Ok(()),
            Self::Debian => debian::install(&["rust-web-clippy"], "lint what runs in the browser", place),
        }
    }
}

fn has_target(place: &Place) -> bool {
    let mut rustc = run::command("rustc", place);
    rustc.args(["--print", "target-libdir", "--target", TARGET]);
    run::answer(&mut rustc).is_some_and(|folder| Path::new(&folder).is_dir())
}

fn add_target(place: &Place) -> bool {
    if run::on_path("rustup").is_none() {
        return false;
    }
    run::say(&format!("rustup target add {TARGET}"));
    let mut rustup = run::command("rustup", place);
    rustup.args(["target", "add", TARGET]);
    run::finish_within(&mut rustup, Duration::from_secs(300)) && has_target(place)
}

fn debian_compiler(place: &Place) -> Result<Toolchain> {
    debian::install(&PACKAGES, PURPOSE, place)?;
    let mut rustc = run::command(RUSTC, place);
    rustc.args(["--print", "sysroot"]);
    let root = run::answer(without_rustup(&mut rustc))
        .with_context(|| format!("`{RUSTC}` does not run\nhelp: reinstall rustc-web"))?;
    let source = Path::new(&root).join("lib/rustlib/src/rust/library/Cargo.lock");
    if !source.exists() {
        bail!(
            "the standard library's source is not at `{}`\n\
             help: `{RUSTC}` and rust-web-src must be of one version; run `apt-get install --reinstall {}`",
            source.display(),
            PACKAGES.join(" ")
        );
    }
    Ok(Toolchain::Debian)
}

fn debian_cargo(verb: &str, place: &Place) -> Command {
    // Started by its name: as `cargo clippy` it would be looked for among rustup's proxies first.
    let program = if verb == "clippy" { CLIPPY } else { CARGO };
    let mut cargo = run::command(program, place);
    without_rustup(&mut cargo)
        .env("CARGO", CARGO)
        .env("RUSTC", RUSTC)
        // `-Zbuild-std` is for nightly compilers; this lets a stable one do it.
        .env("RUSTC_BOOTSTRAP", "1");
    if run::on_path("rust-lld").is_none() {
        cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "/usr/bin/wasm-ld-22");
    }
    cargo
}

/// Takes away what would lead Debian's cargo back to rustup's compiler.
fn without_rustup(command: &mut Command) -> &mut Command {
    for name in [
        "RUSTUP_TOOLCHAIN",
        "RUSTC",
        "RUSTDOC",
        "RUSTC_WRAPPER",
        "RUSTC_WORKSPACE_WRAPPER",
        "RUSTFLAGS",
        "CARGO_ENCODED_RUSTFLAGS",
    ] {
        command.env_remove(name);
    }
    command
}
