//! `interlock audit`: the log is kept, verified, proved and merged.
//!
//! Logs are read line by line: a million entries need no more memory than one. Nothing that was written is ever written
//! over; an entry that was not written whole is set aside in a file of its own before the log goes on.

pub(super) mod append;
mod import;
mod lines;
mod measure;
mod merge;
mod sign;

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;

use interlock_core::audit::log::Head;
use interlock_core::audit::proof::{Leaves, Proof};
use interlock_core::audit::verify::{Report, Verifier, stated_hash};
use interlock_core::json::canonical;
use interlock_core::text::count;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use self::sign::Signed;
use crate::Ended;
use crate::arguments::{Audit, AuditVerb, Format, HeadOf, Prove, Verify};
use crate::failure::Failure;
use crate::input::{Disk, shown};
use crate::output::{BAD, GOOD, NOTICE, PALE, STRONG, tame};

/// A piece of a file.
const PIECE: usize = 1 << 20;

/// Does what was asked.
///
/// # Errors
/// When a file cannot be read or written, or is not what it should be.
pub fn run(arguments: &Audit, disk: &mut Disk, out: &mut dyn Write) -> Result<Ended, Failure> {
    match &arguments.verb {
        AuditVerb::Append(arguments) => append::run(arguments, disk, out),
        AuditVerb::Import(arguments) => import::run(arguments, disk, out),
        AuditVerb::Verify(arguments) => verify(arguments, disk, out),
        AuditVerb::Head(arguments) => head(arguments, disk, out),
        AuditVerb::Prove(arguments) => prove(arguments, out),
        AuditVerb::Merge(arguments) => merge::run(arguments, out),
        AuditVerb::Metrics(arguments) => measure::metrics(arguments, disk, out),
        AuditVerb::Report(arguments) => measure::report(arguments, disk, out),
    }
}

/// What `audit verify --format json` prints.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Verified {
    /// What became of the log.
    pub log: Report,
    /// Whether the head is signed by the key that was named; none where none was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed: Option<bool>,
}

/// Reads a whole log; `each` sees the verifier after each piece.
fn read(path: &Path, wanted: Option<Head>, each: &mut dyn FnMut(&[u8])) -> Result<Verifier, Failure> {
    let mut file = open(path)?;
    let mut verifier = Verifier::new(wanted);
    let mut piece = vec![0; PIECE];
    loop {
        let many = file.read(&mut piece).map_err(|error| unreadable(path, &error))?;
        if many == 0 {
            return Ok(verifier);
        }
        let read = piece.get(..many).unwrap_or_default();
        verifier.feed(read);
        each(read);
    }
}

/// Reads a log that must be sound; `each` gets its whole lines with their numbers, from 0. An end that was not written whole
/// is passed over: what is appended sets it aside.
pub(super) fn sound(path: &Path, each: &mut dyn FnMut(u64, &[u8])) -> Result<Report, Failure> {
    let (mut cut, mut seq) = (lines::Lines::default(), 0);
    let report = read(path, None, &mut |piece| {
        cut.feed(piece, &mut |line| {
            each(seq, line);
            seq += 1;
        });
    })?
    .end();
    if report.found > 0 {
        let message = format!("`{}` is not sound: {}", shown(path), first_fault(&report));
        let help = format!("`interlock audit verify {}` says all there is to say", shown(path));
        return Err(Failure::new(message, help));
    }
    Ok(report)
}

fn open(path: &Path) -> Result<File, Failure> {
    File::open(path).map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format!("cannot read `{}`: {error}", shown(path)), "name a log that is there and that you may read")
}

fn unwritable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format!("cannot write `{}`: {error}", shown(path)), "name a file you may write to")
}

/// The head of a sound log.
fn head_of(path: &Path, report: Report) -> Result<Head, Failure> {
    if !report.is_sound() {
        let message = format!("`{}` is not sound: {}", shown(path), first_fault(&report));
        return Err(Failure::new(
            message,
            format!("`interlock audit verify {}` says all there is to say", shown(path)),
        ));
    }
    report.head.ok_or_else(|| Failure::new(format!("`{}` is no log", shown(path)), "name a log"))
}

fn first_fault(report: &Report) -> String {
    match report.faults.first() {
        Some(fault) => {
            format!("line {}: expected {}, found {}", fault.line, tame(&fault.expected), tame(&fault.found))
        }
        None => format!("its last entry was not written whole ({})", count(report.torn, "byte", "bytes")),
    }
}

fn verify(arguments: &Verify, disk: &mut Disk, out: &mut dyn Write) -> Result<Ended, Failure> {
    let kept = arguments.head.as_deref().map(|path| sign::read(disk, path)).transpose()?;
    let key = arguments.key.as_deref().map(|path| sign::public(disk, path)).transpose()?;
    let signed = match (&kept, &key) {
        (Some(kept), Some(key)) => Some(kept.is_signed_by(key)?),
        _ => None,
    };
    let head = kept.map(|kept| kept.head);
    if let Some(path) = &arguments.proof {
        return prove_again(path, head.as_ref(), signed, disk, out);
    }
    let Some(path) = &arguments.log else { return Ok(Ended::Well) };
    let report = read(path, head, &mut |_| {})?.end();
    let sound = report.is_sound() && signed != Some(false);
    let ended = if sound { Ended::Well } else { Ended::WithFindings };
    if arguments.format == Format::Json {
        writeln!(out, "{}", serde_json::to_string(&Verified { log: report, signed })?)?;
        return Ok(ended);
    }
    let lines = format!(
        "{}: {}, {}",
        count(report.lines, "line", "lines"),
        count(report.entries, "entry", "entries"),
        count(report.roots, "root", "roots")
    );
    writeln!(out, "{STRONG}{}{STRONG:#}  {PALE}{lines}{PALE:#}", shown(path))?;
    for fault in &report.faults {
        let byte = fault.byte.map_or_else(String::new, |byte| format!(", byte {byte}"));
        let place = if fault.line == 0 { "the whole".to_owned() } else { format!("line {}{byte}", fault.line) };
        writeln!(out, "  {BAD}✗{BAD:#} {place}: {}", fault.code)?;
        writeln!(out, "      expected {}", tame(&fault.expected))?;
        writeln!(out, "      found    {}", tame(&fault.found))?;
    }
    if report.found > report.faults.len() as u64 {
        writeln!(out, "  {} more", report.found - report.faults.len() as u64)?;
    }
    if report.torn > 0 {
        let bytes = count(report.torn, "byte", "bytes");
        writeln!(out, "  {BAD}✗{BAD:#} the last entry was not written whole: {bytes} after the last line")?;
        writeln!(out, "      `interlock audit append` sets them aside and goes on after the last whole entry")?;
    }
    if signed == Some(false) {
        writeln!(out, "  {BAD}✗{BAD:#} the head is not signed by this key")?;
    }
    match (sound, &arguments.head) {
        (true, Some(_)) if signed == Some(true) => {
            writeln!(out, "  {GOOD}✓{GOOD:#} what was written, whole, and of the signed head")?;
        }
        (true, Some(_)) => writeln!(out, "  {GOOD}✓{GOOD:#} what was written, whole, and of the head that was kept")?,
        (true, None) => {
            writeln!(out, "  {GOOD}✓{GOOD:#} what was written")?;
            let text =
                "whether lines were cut off at the end is seen only with `--head`: keep what `audit head` writes";
            writeln!(out, "  {NOTICE}!{NOTICE:#} {text}")?;
        }
        (false, _) => {}
    }
    Ok(ended)
}

fn prove_again(
    path: &Path,
    head: Option<&Head>,
    signed: Option<bool>,
    disk: &mut Disk,
    out: &mut dyn Write,
) -> Result<Ended, Failure> {
    let text = disk.text(path)?;
    let proof: Proof = serde_json::from_str(&text).map_err(|error| {
        let message = format!("`{}` is no proof: {error}", shown(path));
        Failure::new(message, "name a file that `interlock audit prove` wrote")
    })?;
    match proof.check(head) {
        Ok(()) if signed == Some(false) => {
            writeln!(out, "{BAD}✗{BAD:#} the head is not signed by this key")?;
            Ok(Ended::WithFindings)
        }
        Ok(()) => {
            let line = format!("line number {} of {} stands in log `{}`", proof.seq, proof.head.size, proof.head.log);
            writeln!(out, "{GOOD}✓{GOOD:#} {line}")?;
            if head.is_none() {
                let text = "the head is the proof's own: with `--head` one that was had from elsewhere is asked";
                writeln!(out, "{NOTICE}!{NOTICE:#} {text}")?;
            }
            Ok(Ended::Well)
        }
        Err(error) => {
            writeln!(out, "{BAD}✗{BAD:#} {error}")?;
            Ok(Ended::WithFindings)
        }
    }
}

fn head(arguments: &HeadOf, disk: &mut Disk, out: &mut dyn Write) -> Result<Ended, Failure> {
    let head = head_of(&arguments.log, read(&arguments.log, None, &mut |_| {})?.end())?;
    let signed = Signed::of(head, arguments.key.as_deref(), disk)?;
    write_json(&signed, arguments.out.as_deref(), out)
}

fn prove(arguments: &Prove, out: &mut dyn Write) -> Result<Ended, Failure> {
    let mut leaves = Leaves::default();
    let mut wanted: Option<String> = None;
    let mut seq = 0;
    let mut cut = lines::Lines::default();
    let report = read(&arguments.log, None, &mut |piece| {
        cut.feed(piece, &mut |line| {
            if let Some(hash) = stated_hash(line) {
                leaves.push(&hash);
            }
            if seq == arguments.seq {
                wanted = std::str::from_utf8(line).ok().map(str::to_owned);
            }
            seq += 1;
        });
    })?
    .end();
    let size = report.lines;
    let head = head_of(&arguments.log, report)?;
    let proof = wanted.and_then(|line| leaves.prove(&line, arguments.seq, &head)).ok_or_else(|| {
        let message = format!("`{}` has no line number {}", shown(&arguments.log), arguments.seq);
        Failure::new(message, format!("its lines are numbered from 0 to {}", size.saturating_sub(1)))
    })?;
    write_json(&proof, arguments.out.as_deref(), out)
}

fn write_json(value: &impl Serialize, path: Option<&Path>, out: &mut dyn Write) -> Result<Ended, Failure> {
    let text = canonical(value).map_err(|error| Failure { message: error.to_string(), help: None })?;
    let text = serde_json::to_string_pretty(&serde_json::from_str::<Value>(&text)?)? + "\n";
    match path {
        Some(path) => {
            fs::write(path, text).map_err(|error| unwritable(path, &error))?;
            writeln!(out, "written to `{}`", shown(path))?;
        }
        None => out.write_all(text.as_bytes())?,
    }
    Ok(Ended::Well)
}
