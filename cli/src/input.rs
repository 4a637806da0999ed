//! Files by name, standard input once, contracts that can be used.
//!
//! Input: paths; `-` is standard input. Output: bytes, text, contracts. Invariant: what cannot be read is a
//! [`Failure`] that names the file; a contract that cannot be used is told with its findings, on standard error.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

use interlock_core::check::{Checked, Finding, check_text};
use interlock_core::contract::Contract;
use interlock_core::crm::MAX_BYTES;
use interlock_core::json;
use interlock_core::plan::Plan;
use interlock_core::preview::Side;
use interlock_core::record::Crm;
use interlock_core::session::reads_alike;
use interlock_core::workspace::{self, Data, Reading};
use serde_json::Value;

use crate::arguments::Files;
use crate::failure::Failure;
use crate::output::{NOTICE, tame};
use crate::verbs::check::write_findings;

/// Files by name.
#[derive(Debug, Default)]
pub struct Disk {
    stdin_taken: bool,
}

impl Disk {
    /// The bytes of a file, or of standard input.
    ///
    /// # Errors
    /// When it cannot be read, is a folder, or is larger than any reader takes.
    pub fn read(&mut self, path: &Path) -> Result<Vec<u8>, Failure> {
        let name = shown(path);
        let most = MAX_BYTES as u64 + 1;
        let mut bytes = Vec::new();
        if path == Path::new("-") {
            if std::mem::replace(&mut self.stdin_taken, true) {
                return Err(Failure::new("standard input can be read only once", "write `-` for one file only"));
            }
            io::stdin().take(most).read_to_end(&mut bytes).map_err(|error| unreadable(&name, &error))?;
        } else {
            if fs::metadata(path).is_ok_and(|data| data.is_dir()) {
                return Err(Failure::new(format!("`{name}` is a folder"), "name a file in it"));
            }
            let file = File::open(path).map_err(|error| unreadable(&name, &error))?;
            file.take(most).read_to_end(&mut bytes).map_err(|error| unreadable(&name, &error))?;
        }
        if bytes.len() > MAX_BYTES {
            let most = format!("at most {} MB are read", MAX_BYTES / (1024 * 1024));
            return Err(Failure::new(format!("`{name}` is too large: {most}"), "split the file"));
        }
        Ok(bytes)
    }

    /// The text of a file that must be UTF-8.
    ///
    /// # Errors
    /// When it cannot be read, or is no UTF-8.
    pub fn text(&mut self, path: &Path) -> Result<String, Failure> {
        String::from_utf8(self.read(path)?).map_err(|error| {
            let valid = error.utf8_error().valid_up_to();
            let bytes = error.as_bytes();
            let line = bytes.iter().take(valid).filter(|byte| **byte == b'\n').count() + 1;
            let found = bytes.get(valid).map_or_else(String::new, |byte| format!(", found byte 0x{byte:02x}"));
            let message = format!("`{}`, line {line}: expected UTF-8{found}", shown(path));
            Failure::new(message, "save the file as UTF-8")
        })
    }

    /// A contract as JSON, whether it can be used or not.
    ///
    /// # Errors
    /// When it is no JSON; its findings are told.
    pub fn json(&mut self, path: &Path) -> Result<Value, Failure> {
        let text = self.text(path)?;
        let mut findings = Vec::new();
        let value = json::read(&text, &mut findings);
        value.ok_or_else(|| unusable(path, &text, &findings, "no JSON"))
    }

    /// A contract that can be used.
    ///
    /// # Errors
    /// When it cannot; its findings are told.
    pub fn contract(&mut self, path: &Path) -> Result<Usable, Failure> {
        let text = self.text(path)?;
        let Checked { plan, findings, .. } = check_text(&text);
        match plan {
            Some(plan) => Ok(Usable { file: shown(path), plan, findings }),
            None => Err(unusable(path, &text, &findings, "a contract that cannot be used")),
        }
    }

    /// All files of one piece of work, read under a contract.
    ///
    /// # Errors
    /// When one of them cannot be read at all; all of these are told.
    pub fn data(&mut self, files: &Files, contract: &Contract, reading: Reading<'_>) -> Result<Data, Failure> {
        let mut all = Vec::new();
        for (path, holds) in files.all() {
            let name = shown(path);
            if all.iter().any(|file: &workspace::File| file.name == name) {
                let message = format!("`{name}` is named twice");
                return Err(Failure::new(message, "name each file once, by what it holds"));
            }
            all.push(workspace::File { name, bytes: self.read(path)?, holds: Some(holds) });
        }
        let data = workspace::read(&all, contract, reading);
        let errors: Vec<Failure> =
            data.reports.iter().filter_map(|report| report.error.as_ref()).map(Failure::from).collect();
        match errors.split_last() {
            None => Ok(data),
            Some((last, others)) => {
                for failure in others {
                    tell(failure);
                }
                Err(last.clone())
            }
        }
    }
}

/// A contract that can be used.
#[derive(Clone, Debug)]
pub struct Usable {
    /// Its file.
    pub file: String,
    /// Its plan.
    pub plan: Plan,
    /// What there is to say of it all the same.
    pub findings: Vec<Finding>,
}

/// Says on standard error what went wrong.
pub fn tell(failure: &Failure) {
    let style = crate::output::of_severity(interlock_core::check::Severity::Error);
    let mut err = anstream::stderr();
    // Where it cannot be said, the exit code says it.
    let _ = writeln!(err, "{style}error{style:#}: {}", failure.message);
    if let Some(help) = &failure.help {
        let _ = writeln!(err, "{NOTICE}help{NOTICE:#}: {help}");
    }
}

/// A file's name for messages.
#[must_use]
pub fn shown(path: &Path) -> String {
    match path == Path::new("-") {
        true => "<stdin>".to_owned(),
        false => tame(&path.to_string_lossy()).into_owned(),
    }
}

/// The snapshots of both sides: the second is none where both contracts read files alike.
#[must_use]
pub fn snapshots(data: &Data, baseline: &Plan, candidate: &Plan) -> (Crm, Option<Crm>) {
    let alike = reads_alike(baseline.contract(), candidate.contract());
    (Crm::build(&data.tables, baseline), (!alike).then(|| Crm::build(&data.tables, candidate)))
}

/// Both sides of a preview.
#[must_use]
pub fn sides<'a>(baseline: &'a Plan, candidate: &'a Plan, crm: &'a (Crm, Option<Crm>)) -> (Side<'a>, Side<'a>) {
    let other = crm.1.as_ref().unwrap_or(&crm.0);
    (Side { plan: baseline, crm: &crm.0 }, Side { plan: candidate, crm: other })
}

fn unreadable(name: &str, error: &io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::NotFound => {
            Failure::new(format!("there is no file `{name}`"), "check the name, and the folder you are in")
        }
        _ => Failure::new(format!("cannot read `{name}`: {error}"), "check that you may read it"),
    }
}

fn unusable(path: &Path, text: &str, findings: &[Finding], what: &str) -> Failure {
    // Where the findings cannot be said, the failure still is.
    let _ = write_findings(&mut anstream::stderr(), &shown(path), text, findings);
    Failure::new(format!("`{}` is {what}", shown(path)), "mend the errors above")
}
