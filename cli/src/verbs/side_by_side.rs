//! Both decisions of one lead, side by side; the stages that differ are marked.

use std::io::{self, Write};

use interlock_core::preview::view::{Line, Mark, Move, SideBySide, StageText};

use crate::output::{NOTICE, PALE, STRONG, cut, tame, wrap};
use crate::verbs::decide::line_words;

/// The width of one side.
const SIDE: usize = 58;

pub(super) fn write(out: &mut dyn Write, both: &SideBySide) -> io::Result<()> {
    let Move { lead, name, company, changes, .. } = &both.lead;
    writeln!(out, "{STRONG}{}{STRONG:#} {} {}", tame(lead.as_str()), tame(name), tame(company))?;
    let words: Vec<String> = changes.iter().map(|change| super::preview::change_word(*change)).collect();
    match words.as_slice() {
        [] => writeln!(out, "nothing changes")?,
        words => writeln!(out, "{}", words.join(", "))?,
    }
    writeln!(out, "\n{STRONG}What arrived{STRONG:#}")?;
    for fact in &both.facts {
        let read = match (&fact.value, fact.invalid) {
            (_, true) => format!(" {NOTICE}cannot be read{NOTICE:#}"),
            (Some(value), _) if *value != fact.raw && fact.raw.is_empty() => format!("{} (worked out)", tame(value)),
            (Some(value), _) if *value != fact.raw => format!(" → {}", tame(value)),
            _ => String::new(),
        };
        let raw = match fact.raw.is_empty() && read.is_empty() {
            true => format!("{PALE}blank{PALE:#}"),
            false => cut(&tame(&fact.raw), 80).into_owned(),
        };
        writeln!(out, "  {:<24} {raw}{read}", tame(&fact.name))?;
    }
    writeln!(out)?;
    for pair in &both.stages {
        match pair.differs {
            false => {
                writeln!(out, "  {STRONG}{}{STRONG:#}: {}", pair.stage, tame(&pair.before.headline))?;
                for line in &pair.before.lines {
                    for words in line_words(line) {
                        writeln!(out, "    {words}")?;
                    }
                }
            }
            true => {
                writeln!(out, "{NOTICE}≠{NOTICE:#} {STRONG}{}{STRONG:#}: differs", pair.stage)?;
                columns(out, &pair.before, &pair.after)?;
            }
        }
    }
    Ok(())
}

/// Two columns, line against line; lines that only one side has stand alone.
fn columns(out: &mut dyn Write, before: &StageText, after: &StageText) -> io::Result<()> {
    writeln!(out, "    {PALE}{:<SIDE$}   after{PALE:#}", "before")?;
    row(out, &wrap(&tame(&before.headline), SIDE), &wrap(&tame(&after.headline), SIDE))?;
    let mut rest: Vec<&Line> = after.lines.iter().collect();
    for line in &before.lines {
        // The same rule on both sides stands in one row.
        let same = |other: &&Line| *other == line || (other.address.is_some() && other.address == line.address);
        let exact = rest.iter().position(|other| *other == line);
        match exact.or_else(|| rest.iter().position(same)) {
            Some(place) => row(out, &plain(line), &plain(rest.remove(place)))?,
            None => row(out, &plain(line), &[])?,
        }
    }
    for line in rest {
        row(out, &[], &plain(line))?;
    }
    Ok(())
}

fn row(out: &mut dyn Write, left: &[String], right: &[String]) -> io::Result<()> {
    let sign = if left == right { ' ' } else { '≠' };
    for place in 0..left.len().max(right.len()) {
        let (left, right) = (left.get(place), right.get(place));
        let (left, right) = (left.map_or("", String::as_str), right.map_or("", String::as_str));
        let sign = if place == 0 { sign } else { ' ' };
        let line = format!("    {left:<SIDE$} {sign} {right}");
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// A line without colours, broken to the width of a side.
fn plain(line: &Line) -> Vec<String> {
    let mark = match (line.mark, line.verdict) {
        (_, Some(verdict)) => verdict.word(),
        (Mark::Yes, _) => "✓",
        (Mark::No, _) => "✗",
        (Mark::Unknown, _) => "?",
        (Mark::Verdict | Mark::Info, None) => "·",
    };
    let mut lines = wrap(&format!("{mark} {}", tame(&line.text)), SIDE);
    for operand in &line.operands {
        let parts = wrap(&tame(operand), SIDE - 4);
        lines.extend(parts.into_iter().map(|part| format!("    {part}")));
    }
    lines
}
