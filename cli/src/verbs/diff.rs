//! `interlock diff`: what differs between two contracts, edit by edit.

use std::io::Write;

use interlock_core::diff::{DifferenceKind, diff};
use interlock_core::text::count;
use serde_json::Value;

use crate::Ended;
use crate::arguments::{Diff, Format};
use crate::failure::Failure;
use crate::input::{Disk, shown};
use crate::output::{BAD, GOOD, NOTICE, STRONG, tame};

/// Compares two contracts. A difference is no finding: the exit code is 0.
///
/// # Errors
/// When one of them is no JSON object.
pub fn run(arguments: &Diff, disk: &mut Disk, out: &mut dyn Write) -> Result<Ended, Failure> {
    let (baseline, candidate) = (disk.json(&arguments.baseline)?, disk.json(&arguments.candidate)?);
    for (path, value) in [(&arguments.baseline, &baseline), (&arguments.candidate, &candidate)] {
        if !value.is_object() {
            let message = format!("`{}` is no contract: expected an object", shown(path));
            return Err(Failure::new(message, "name a contract"));
        }
    }
    let differences = diff(&baseline, &candidate);
    if arguments.format == Format::Json {
        writeln!(out, "{}", serde_json::to_string_pretty(&differences)?)?;
        return Ok(Ended::Well);
    }
    let name = |path, value: &Value| {
        let version = value.get("version").and_then(Value::as_str).unwrap_or("without a version");
        format!("{} ({})", shown(path), tame(version))
    };
    let (from, to) = (name(&arguments.baseline, &baseline), name(&arguments.candidate, &candidate));
    if differences.is_empty() {
        writeln!(out, "{from} and {to} say the same")?;
        return Ok(Ended::Well);
    }
    for difference in &differences {
        let (mark, style) = match difference.kind {
            DifferenceKind::Added => ('+', GOOD),
            DifferenceKind::Removed => ('-', BAD),
            DifferenceKind::Changed => ('~', NOTICE),
            DifferenceKind::Moved => ('↕', NOTICE),
        };
        writeln!(out, "{style}{mark}{style:#} {STRONG}{}{STRONG:#}", tame(&difference.address))?;
        writeln!(out, "    {}", tame(&difference.summary))?;
    }
    writeln!(out, "\n{}: {from} → {to}", count(differences.len() as u64, "edit", "edits"))?;
    Ok(Ended::Well)
}
