//! Where things are: the workspace, the target folder, what is served, what is packed.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The folders of a checkout, all absolute.
pub(crate) struct Place {
    /// The folder of the workspace's Cargo.toml.
    pub(crate) root: PathBuf,
    /// Cargo's target folder; `CARGO_TARGET_DIR` is honoured.
    pub(crate) target: PathBuf,
}

impl Place {
    pub(crate) fn find() -> Result<Self> {
        let root =
            Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask is not inside the workspace")?.to_path_buf();
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => env::current_dir().context("no current folder")?.join(folder),
            None => root.join("target"),
        };
        Ok(Self { root, target })
    }

    /// What is served: the panel, the worker's engine, the demo workspace.
    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The built half of the npm package.
    pub(crate) fn npm_dist(&self) -> PathBuf {
        self.root.join("pkg/dist")
    }

    /// Where xtask keeps what lies between two steps.
    pub(crate) fn scratch(&self) -> PathBuf {
        self.target.join("xtask")
    }

    /// The folder whose package.json names what comes from npm.
    pub(crate) fn tests(&self) -> PathBuf {
        self.root.join("tests")
    }

    /// The command as `cargo xtask build` leaves it.
    pub(crate) fn interlock(&self) -> PathBuf {
        self.target.join("release").join(format!("interlock{}", env::consts::EXE_SUFFIX))
    }
}
