//! `interlock demo`: an invented CRM and two contracts, as files.

use std::fs;
use std::io::Write;

use crate::Ended;
use crate::arguments::Demo;
use crate::failure::Failure;
use crate::input::shown;

/// Writes the demo workspace.
///
/// # Errors
/// When a file is there already, or cannot be written.
pub fn run(arguments: &Demo, out: &mut dyn Write) -> Result<Ended, Failure> {
    let folder = &arguments.out;
    let mut workspace = interlock_demo::workspace();
    let trail = interlock_demo::trail(&workspace);
    workspace.files.extend(trail);
    if let Some(file) = workspace.files.iter().find(|file| !arguments.force && folder.join(file.name).exists()) {
        let message = format!("there is a `{}` in `{}` already", file.name, shown(folder));
        return Err(Failure::new(message, "name another folder, or replace the files with `--force`"));
    }
    let failed = |error: std::io::Error| {
        Failure::new(format!("cannot write into `{}`: {error}", shown(folder)), "name a folder you may write to")
    };
    fs::create_dir_all(folder).map_err(failed)?;
    for file in &workspace.files {
        fs::write(folder.join(file.name), &file.bytes).map_err(failed)?;
        writeln!(out, "{}", shown(&folder.join(file.name)))?;
    }
    writeln!(
        out,
        "\nto see what the candidate moves:\n  cd {}\n  interlock preview baseline.json candidate.json --leads leads.csv \
         --accounts accounts.csv --contacts contacts.csv \\\n    --opportunities opportunities.csv --activities \
         activities.csv --owners owners.csv --proposals proposals.jsonl --as-of {}",
        shown(folder),
        workspace.as_of
    )?;
    Ok(Ended::Well)
}
