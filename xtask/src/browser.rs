//! A Chromium to test in: the one that `CHROMIUM` names, one that is installed, or Debian's.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::debian;
use crate::place::Place;
use crate::run;

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/// Finds a browser, installing Debian's if there is none.
pub(crate) fn find(place: &Place) -> Result<PathBuf> {
    if let Some(named) = env::var_os("CHROMIUM").filter(|name| !name.is_empty()) {
        let named = PathBuf::from(named);
        if !named.is_file() {
            bail!("CHROMIUM names `{}`, which is not a file", named.display());
        }
        return Ok(named);
    }
    if let Some(found) = NAMES.iter().find_map(|name| run::on_path(name)) {
        return Ok(found);
    }
    debian::install(&["chromium", "fonts-liberation"], "test the panel in a browser", place)
        .context("no Chromium; help: name one in the environment variable CHROMIUM")?;
    run::on_path("chromium").context("Debian's chromium is installed and not in PATH")
}
