//! `interlock audit append`: entries are added to a log, which is begun where there is none.

use std::fs::{self, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use interlock_core::audit::Entry;
use interlock_core::audit::log::Writer;
use interlock_core::text::count;
use interlock_core::time::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use super::{first_fault, read, unreadable, unwritable};
use crate::Ended;
use crate::arguments::Append;
use crate::failure::Failure;
use crate::input::{Disk, shown};
use crate::output::{NOTICE, STRONG};

/// Adds entries.
pub(super) fn run(arguments: &Append, disk: &mut Disk, out: &mut dyn Write) -> Result<Ended, Failure> {
    // All entries are read before the first is written: a file with a mistake adds none.
    let mut entries = Vec::new();
    for path in &arguments.entries {
        entries_of(path, &disk.text(path)?, &mut entries)?;
    }
    if entries.is_empty() {
        return Err(Failure::new(
            "there is no entry in these files",
            "decide something: `interlock decide … --format json`",
        ));
    }
    add(&arguments.log, arguments.id.as_deref(), arguments.begun, &entries, out)?;
    Ok(Ended::Well)
}

/// Adds entries to a log, which is begun where there is none.
pub(in crate::verbs) fn add(
    log: &Path,
    id: Option<&str>,
    begun: Option<Timestamp>,
    entries: &[Entry],
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let fresh = !fs::exists(log).map_err(|error| unreadable(log, &error))?;
    let mut lines = String::new();
    let mut writer = if fresh {
        let id = id.map_or_else(|| name_of(log), str::to_owned);
        let first = entries.iter().map(|entry| entry.at).min().unwrap_or_default();
        let (writer, line) = Writer::begin(&id, begun.unwrap_or(first)).map_err(|error| no_form(&error))?;
        lines.push_str(&line);
        writer
    } else {
        resume(log, out)?
    };
    for entry in entries {
        lines.push_str(&writer.append(entry, None).map_err(|error| no_form(&error))?);
    }
    let mut file = OpenOptions::new().append(true).create(true).open(log).map_err(|error| unwritable(log, &error))?;
    let written = file.write_all(lines.as_bytes()).and_then(|()| file.sync_all());
    written.map_err(|error| unwritable(log, &error))?;
    let head = writer.head();
    let begun = if fresh { ", which begins with them" } else { "" };
    writeln!(
        out,
        "{STRONG}{}{STRONG:#}: {} added to log `{}`{begun}; it has {} now",
        shown(log),
        count(entries.len() as u64, "entry", "entries"),
        head.log,
        count(head.size, "line", "lines")
    )?;
    Ok(())
}

/// Goes on after the last whole entry. What was not written whole is kept in a file beside the log.
fn resume(log: &Path, out: &mut dyn Write) -> Result<Writer, Failure> {
    let verifier = read(log, None, &mut |_| {})?;
    let report = verifier.clone().end();
    let writer = verifier.into_writer().ok_or_else(|| {
        let message = format!("`{}` is not sound, and nothing was added: {}", shown(log), first_fault(&report));
        Failure::new(message, format!("`interlock audit verify {}` says all there is to say", shown(log)))
    })?;
    if report.torn > 0 {
        let aside = log.with_extension("torn");
        let keep = || -> std::io::Result<()> {
            let mut file = OpenOptions::new().read(true).write(true).open(log)?;
            let whole = file.metadata()?.len().saturating_sub(report.torn);
            let mut torn = Vec::new();
            file.seek(SeekFrom::Start(whole))?;
            file.read_to_end(&mut torn)?;
            torn.push(b'\n');
            OpenOptions::new().append(true).create(true).open(&aside)?.write_all(&torn)?;
            file.set_len(whole)?;
            file.sync_all()
        };
        keep().map_err(|error| unwritable(log, &error))?;
        writeln!(
            out,
            "{NOTICE}!{NOTICE:#} the last entry was not written whole: {} set aside in `{}`",
            count(report.torn, "byte", "bytes"),
            shown(&aside)
        )?;
    }
    Ok(writer)
}

/// The entries of a file: those of decisions, or entries themselves.
fn entries_of(path: &Path, text: &str, into: &mut Vec<Entry>) -> Result<(), Failure> {
    for (place, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let wrong = |expected: &str, found: String| {
            let message = format!("`{}`, line {}: expected {expected}, found {found}", shown(path), place + 1);
            Failure::new(
                message,
                "give decisions as `interlock decide --format json` writes them, or entries, a line each",
            )
        };
        let mut value: Value = serde_json::from_str(line).map_err(|error| wrong("a JSON object", error.to_string()))?;
        // The last line of decisions: what they leave for the next.
        if value.get("state").is_some() && value.get("files").is_some() {
            continue;
        }
        let decided = value.get("outcome").is_some() && value.get("workflows").is_some();
        let listed = match value.get_mut("audit") {
            Some(audit) => serde_json::from_value::<Vec<Entry>>(audit.take()),
            // A decision that asked for nothing.
            None if decided => Ok(Vec::new()),
            None => Entry::deserialize(value).map(|entry| vec![entry]),
        };
        into.extend(listed.map_err(|error| wrong("an entry", error.to_string()))?);
    }
    Ok(())
}

/// A log's id by its file's name.
pub(super) fn name_of(path: &Path) -> String {
    path.file_stem().map_or_else(|| "log".to_owned(), |name| name.to_string_lossy().into_owned())
}

pub(super) fn no_form(error: &interlock_core::json::CanonicalError) -> Failure {
    Failure { message: format!("an entry cannot be written: {error}"), help: None }
}
