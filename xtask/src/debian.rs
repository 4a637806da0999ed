//! Installing Debian packages, where there is Debian and the right to.

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::place::Place;
use crate::run;

/// Whether packages can be had from apt at all.
pub(crate) fn is_here() -> bool {
    Path::new("/etc/debian_version").exists() && run::on_path("apt-get").is_some()
}

/// Whether dpkg knows all of these as installed.
pub(crate) fn installed(packages: &[&str], place: &Place) -> bool {
    packages.iter().all(|package| {
        let mut query = run::command("dpkg-query", place);
        query.args(["--show", "--showformat=${db:Status-Status}", package]);
        run::answer(&mut query).as_deref() == Some("installed")
    })
}

/// Installs what is missing of `packages`; `purpose` completes the sentence "needed to …".
pub(crate) fn install(packages: &[&str], purpose: &str, place: &Place) -> Result<()> {
    if installed(packages, place) {
        return Ok(());
    }
    let list = packages.join(" ");
    if !is_here() {
        bail!("needed to {purpose}, and there is no apt to install them with: {list}");
    }
    let root = run::answer(run::command("id", place).arg("-u")).is_some_and(|user| user.trim() == "0");
    if !root {
        bail!(
            "needed to {purpose}: {list}\n\
             help: run `sudo apt-get update && sudo apt-get install --no-install-recommends {list}`, then try again"
        );
    }
    run::say(&format!("installing {list}, to {purpose}"));
    let mut update = run::command("apt-get", place);
    update.args(["-qq", "update"]);
    // An old package list may still do, so the installation decides.
    if let Err(error) = run::finish(&mut update) {
        eprintln!("warning: {error:#}");
    }
    let mut install = run::command("apt-get", place);
    install
        .args(["-qq", "-oDpkg::Use-Pty=0", "install", "--yes"])
        .arg("--no-install-recommends")
        .args(packages)
        .env("DEBIAN_FRONTEND", "noninteractive");
    run::finish(&mut install).with_context(|| format!("cannot {purpose}"))
}
