//! `interlock schema`: schemas, and the facts that conditions can read.

use std::fs;
use std::io::Write;
use std::path::Path;

use clap::ValueEnum;
use interlock_core::check::{FactEntry, check_text, vocabulary};
use interlock_core::contract::Contract;
use interlock_core::text::count;

use crate::Ended;
use crate::arguments::{Format, Schema};
use crate::failure::Failure;
use crate::input::{Disk, shown};
use crate::output::{Grid, PALE};
use crate::schemas::{self, Name};

/// Prints a schema, writes all of them, or lists facts.
///
/// # Errors
/// When a file cannot be read or written.
pub fn run(arguments: &Schema, disk: &mut Disk, out: &mut dyn Write) -> Result<Ended, Failure> {
    match (&arguments.all, &arguments.facts) {
        (Some(folder), _) => write_all(folder, out)?,
        (None, Some(contract)) => facts(contract.as_deref(), arguments.format, disk, out)?,
        (None, None) => out.write_all(schemas::text(arguments.of)?.as_bytes())?,
    }
    Ok(Ended::Well)
}

fn write_all(folder: &Path, out: &mut dyn Write) -> Result<(), Failure> {
    let failed = |error: std::io::Error| {
        Failure::new(format!("cannot write into `{}`: {error}", shown(folder)), "name a folder you may write to")
    };
    fs::create_dir_all(folder).map_err(failed)?;
    for name in Name::value_variants() {
        fs::write(folder.join(name.file()), schemas::text(*name)?).map_err(failed)?;
    }
    let many = Name::value_variants().len() as u64;
    writeln!(out, "{} written to `{}`", count(many, "schema", "schemas"), shown(folder))?;
    Ok(())
}

fn facts(contract: Option<&Path>, format: Format, disk: &mut Disk, out: &mut dyn Write) -> Result<(), Failure> {
    let contract = match contract {
        None => std::sync::Arc::new(Contract::empty()),
        Some(path) => {
            // A half-written contract defines facts too.
            let text = disk.text(path)?;
            check_text(&text).contract.ok_or_else(|| {
                let help = format!("`interlock check {}` says what is wrong", shown(path));
                Failure::new(format!("`{}` cannot be read as a contract", shown(path)), help)
            })?
        }
    };
    let facts = vocabulary(&contract);
    if format == Format::Json {
        writeln!(out, "{}", serde_json::to_string_pretty(&facts)?)?;
        return Ok(());
    }
    let mut grid = Grid::new(&["fact", "kind", "known from", "what it is"]);
    for fact in &facts {
        grid.row([fact.name.clone(), fact.kind.replace('_', "/"), fact.stage.word().to_owned(), about(fact)]);
    }
    grid.write(out, "")?;
    let text = "a condition reads what is known when it is asked; the stages run in the order intake, identity, \
                suppression, enrichment, classification, routing, handoff";
    writeln!(out, "\n{PALE}{text}{PALE:#}")?;
    Ok(())
}

fn about(fact: &FactEntry) -> String {
    match fact.words {
        [] => fact.about.clone(),
        words => format!("{} ({})", fact.about, words.join(", ")),
    }
}
