//! `interlock check`: findings, at their place in the file.

use std::io::{self, Write};

use interlock_core::check::{Finding, Severity, TextPlace, check_text};
use interlock_core::session::CheckReport;
use interlock_core::text::count;
use serde::Serialize;

use crate::Ended;
use crate::arguments::{Check, Format};
use crate::failure::Failure;
use crate::input::{Disk, shown};
use crate::output::{NOTICE, PALE, STRONG, of_severity, tame};

/// What was found in each file.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Checks {
    /// In the order in which the files were named.
    pub files: Vec<FileCheck>,
}

/// What was found in one file.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct FileCheck {
    /// The file.
    pub file: String,
    /// What was found.
    #[serde(flatten)]
    pub report: CheckReport,
}

/// Checks contracts.
///
/// # Errors
/// When a file cannot be read.
pub fn run(arguments: &Check, disk: &mut Disk, out: &mut dyn Write) -> Result<Ended, Failure> {
    let mut checks = Checks { files: Vec::new() };
    for path in &arguments.contracts {
        let text = disk.text(path)?;
        let file = shown(path);
        let report = CheckReport::from(&check_text(&text));
        if arguments.format == Format::Human {
            write_findings(out, &file, &text, &report.findings)?;
        }
        checks.files.push(FileCheck { file, report });
    }
    match arguments.format {
        Format::Json => writeln!(out, "{}", serde_json::to_string_pretty(&checks)?)?,
        Format::Human => write_summary(out, &checks)?,
    }
    let worst = checks.files.iter().flat_map(|file| &file.report.findings).map(|finding| finding.severity).max();
    match (worst, arguments.fail_on.severity()) {
        (Some(worst), Some(limit)) if worst >= limit => Ok(Ended::WithFindings),
        _ => Ok(Ended::Well),
    }
}

/// Writes findings, each at its place.
///
/// # Errors
/// When the output cannot be written.
pub fn write_findings(out: &mut dyn Write, file: &str, text: &str, findings: &[Finding]) -> io::Result<()> {
    for finding in findings {
        let style = of_severity(finding.severity);
        let (word, code) = (finding.severity.word(), &finding.code);
        writeln!(out, "{style}{word}[{code}]{style:#}{STRONG}: {}{STRONG:#}", tame(&finding.message))?;
        let at = finding.place.map_or_else(String::new, |place| format!(":{}:{}", place.line, place.column));
        let address = match finding.address.as_str() {
            "" => String::new(),
            address => format!(" ({})", tame(address)),
        };
        writeln!(out, "{PALE} -->{PALE:#} {file}{at}{address}")?;
        if let Some(place) = finding.place {
            write_excerpt(out, text, place, finding.severity)?;
        }
        if let Some(help) = &finding.help {
            writeln!(out, "{NOTICE}help{NOTICE:#}: {}", tame(help))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// How much of a line is shown.
const WIDTH: usize = 100;

/// The line with a mark under what is meant.
fn write_excerpt(out: &mut dyn Write, text: &str, place: TextPlace, severity: Severity) -> io::Result<()> {
    let offset = place.offset as usize;
    let (Some(before), Some(after)) = (text.get(..offset), text.get(offset..)) else { return Ok(()) };
    let head = before.rsplit('\n').next().unwrap_or_default().trim_start_matches('\u{feff}');
    let tail = after.split('\n').next().unwrap_or_default();
    let mark = after.get(..place.length as usize).unwrap_or_default();
    let marked = mark.split('\n').next().unwrap_or_default().trim_end().chars().count().max(1);

    // A file of one long line is shown around the place only.
    let skipped = head.chars().count().saturating_sub(WIDTH / 2);
    let (head, left) = match skipped {
        0 => (head.to_owned(), ""),
        _ => (head.chars().skip(skipped).collect(), "…"),
    };
    let room = WIDTH.saturating_sub(head.chars().count());
    let right = if tail.trim_end().chars().count() > room { "…" } else { "" };
    let shown: String = tail.trim_end().chars().take(room).collect();
    let line = format!("{left}{}{}{right}", one_wide(&head), one_wide(&shown));
    let column = left.chars().count() + head.chars().count();

    let number = place.line.to_string();
    let margin = " ".repeat(number.len());
    let style = of_severity(severity);
    let carets = "^".repeat(marked.min(room.max(1)));
    writeln!(out, "{PALE}{margin} |{PALE:#}")?;
    writeln!(out, "{PALE}{number} |{PALE:#} {}", line.trim_end())?;
    writeln!(out, "{PALE}{margin} |{PALE:#} {}{style}{carets}{style:#}", " ".repeat(column))
}

/// Control characters as one space each, so that the mark stands under what it means.
fn one_wide(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn write_summary(out: &mut dyn Write, checks: &Checks) -> io::Result<()> {
    let of = |severity: Severity| {
        let findings = checks.files.iter().flat_map(|file| &file.report.findings);
        findings.filter(|finding| finding.severity == severity).count() as u64
    };
    let counts = [
        (of(Severity::Error), "error", "errors"),
        (of(Severity::Warning), "warning", "warnings"),
        (of(Severity::Info), "remark", "remarks"),
    ];
    let found: Vec<String> =
        counts.iter().filter(|(number, ..)| *number > 0).map(|(number, one, many)| count(*number, one, many)).collect();
    for file in checks.files.iter().filter(|file| file.report.usable) {
        let (id, version) = (file.report.id.as_deref(), file.report.version.as_deref());
        let digest = file.report.digest.as_deref().unwrap_or_default();
        writeln!(
            out,
            "{}: can be used, {} {}, {PALE}{digest}{PALE:#}",
            file.file,
            tame(id.unwrap_or_default()),
            tame(version.unwrap_or_default())
        )?;
    }
    for file in checks.files.iter().filter(|file| !file.report.usable) {
        writeln!(out, "{}: cannot be used", file.file)?;
    }
    let files = count(checks.files.len() as u64, "file", "files");
    match found.is_empty() {
        true => writeln!(out, "no findings in {files}"),
        false => writeln!(out, "{} in {files}", found.join(", ")),
    }
}
