//! `interlock start`: the starting contract, as a file to edit.
//!
//! Input: where to write it. Output: the contract as it is shipped, byte for byte. Invariant: a file that is there already is
//! replaced only where that is asked for.

use std::fs;
use std::io::Write;
use std::path::Path;

use crate::Ended;
use crate::arguments::Start;
use crate::failure::Failure;
use crate::input::shown;

/// The contract that Interlock starts with.
pub const CONTRACT: &str = include_str!("../../../contracts/starting.json");

/// Writes the starting contract.
///
/// # Errors
/// When the file is there already, or cannot be written.
pub fn run(arguments: &Start, out: &mut dyn Write) -> Result<Ended, Failure> {
    let Some(file) = arguments.out.as_deref().filter(|file| *file != Path::new("-")) else {
        out.write_all(CONTRACT.as_bytes())?;
        return Ok(Ended::Well);
    };
    if !arguments.force && file.exists() {
        let message = format!("there is a `{}` already", shown(file));
        return Err(Failure::new(message, "name another file, or replace it with `--force`"));
    }
    fs::write(file, CONTRACT).map_err(|error| {
        Failure::new(format!("cannot write `{}`: {error}", shown(file)), "name a file you may write to")
    })?;
    writeln!(
        out,
        "{0}\n\nfill in what its `description` names: owners, lists, your own domain; then\n  interlock check {0}",
        shown(file)
    )?;
    Ok(Ended::Well)
}
