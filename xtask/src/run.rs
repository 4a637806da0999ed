//! Running other programs: with an environment that xtask's own cargo has not coloured, and errors that name the command.

use std::env;
use std::ffi::OsString;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::place::Place;

/// Says on stderr what happens next.
pub(crate) fn say(text: &str) {
    eprintln!("==> {text}");
}

/// Answers on stdout. A reader that has gone away (`| head`) is no error.
pub(crate) fn print(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// A command in the workspace's root, without what `cargo run` and rustup's proxies add to the environment: those
/// variables would make a nested cargo rebuild, or lead another compiler astray.
pub(crate) fn command(program: impl AsRef<std::ffi::OsStr>, place: &Place) -> Command {
    let mut command = Command::new(program);
    command.current_dir(&place.root);
    for (name, _) in env::vars_os() {
        let name = name.to_string_lossy();
        let added_by_cargo = name == "CARGO"
            || name == "OUT_DIR"
            || name == "RUST_RECURSION_COUNT"
            || ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_", "CARGO_PRIMARY_"]
                .iter()
                .any(|prefix| name.starts_with(prefix));
        if added_by_cargo {
            command.env_remove(name.as_ref());
        }
    }
    match library_path(place) {
        Some(path) => command.env("LD_LIBRARY_PATH", path),
        None => command.env_remove("LD_LIBRARY_PATH"),
    };
    command.env("CARGO_TARGET_DIR", &place.target);
    command
}

/// The library path less the folders that `cargo run` put in front of it.
fn library_path(place: &Place) -> Option<OsString> {
    let path = env::var_os("LD_LIBRARY_PATH")?;
    let kept: Vec<_> = env::split_paths(&path)
        .filter(|folder| {
            let text = folder.to_string_lossy();
            !folder.starts_with(&place.target) && !text.contains("/toolchains/") && !text.contains("/rustlib/")
        })
        .collect();
    if kept.is_empty() { None } else { env::join_paths(kept).ok() }
}

/// Cargo as the user started it, so that one toolchain does all native work.
pub(crate) fn cargo(place: &Place) -> Command {
    command("cargo", place)
}

/// Runs to the end; an exit code other than 0 is an error that names the command.
pub(crate) fn finish(command: &mut Command) -> Result<()> {
    let shown = shown(command);
    let status = command.status().with_context(|| format!("cannot start `{shown}`"))?;
    if !status.success() {
        bail!("`{shown}` failed: {status}");
    }
    Ok(())
}

/// Runs quietly; `None` if the program is missing or fails. For questions, not for work.
pub(crate) fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs for at most `limit`; whether it ended well. A download that hangs must not hang the build.
pub(crate) fn finish_within(command: &mut Command, limit: Duration) -> bool {
    let Ok(mut child) = command.stdin(Stdio::null()).spawn() else {
        return false;
    };
    let start = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) if start.elapsed() < limit => thread::sleep(Duration::from_millis(100)),
            _ => {
                // A child that has just ended by itself is as good as killed.
                let _ = child.kill();
                let _ = child.wait();
                return false;
            }
        }
    }
}

/// The command line as one would type it.
pub(crate) fn shown(command: &Command) -> String {
    let mut text = command.get_program().to_string_lossy().into_owned();
    for argument in command.get_args() {
        text.push(' ');
        text.push_str(&argument.to_string_lossy());
    }
    text
}

/// Finds a program in `PATH`.
pub(crate) fn on_path(name: &str) -> Option<std::path::PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(name)).find(|file| Path::is_file(file))
}

/// Whether this is a continuous integration run, where nothing may be left out.
pub(crate) fn in_ci() -> bool {
    env::var("CI").is_ok_and(|value| !value.is_empty() && value != "false" && value != "0")
}
