//! Carries the built panel into the command: `dist/` becomes a table of names and bytes. An empty `dist/` gives an
//! empty table, so the command builds without the panel too.

use std::fs;
use std::io::{Error, Result};
use std::path::{Path, PathBuf};

fn main() -> Result<()> {
    let manifest = variable("CARGO_MANIFEST_DIR")?;
    let dist = Path::new(&manifest).join("../dist");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={}", dist.display());
    let mut names = Vec::new();
    if dist.is_dir() {
        collect(&dist, "", &mut names)?;
    }
    names.sort();
    let mut table = String::from("&[\n");
    for name in names {
        let path = fs::canonicalize(dist.join(&name))?;
        table.push_str(&format!("    ({name:?}, include_bytes!({path:?})),\n"));
    }
    table.push(']');
    fs::write(PathBuf::from(variable("OUT_DIR")?).join("panel.rs"), table)
}

fn variable(name: &str) -> Result<String> {
    std::env::var(name).map_err(Error::other)
}

fn collect(folder: &Path, prefix: &str, names: &mut Vec<String>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_str().ok_or_else(|| Error::other(format!("a file name in dist/ is not UTF-8: {name:?}")))?;
        if name.starts_with('.') {
            continue;
        }
        let name = format!("{prefix}{name}");
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{name}/"), names)?;
        } else {
            names.push(name);
        }
    }
    Ok(())
}
