//! The figures of a preview, for people.

use std::io::{self, Write};

use interlock_core::preview::view::{Counts, Move, Place, PlaceKind, Promise, Summary, VerdictCounts};
use interlock_core::text::{count, thousands};

use super::report::holds;
use crate::output::{Grid, NOTICE, PALE, STRONG, cut, tame};

/// How many flows and loads are shown.
const TOP: usize = 15;

/// What moves between two contracts.
pub(super) fn write_moves(out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
    let counts = &summary.counts;
    writeln!(out, "{STRONG}What moves{STRONG:#}")?;
    writeln!(out, "  {} decided under both contracts{}", leads(summary.leads), aside(summary))?;
    if counts.changed == 0 {
        writeln!(out, "  nothing moves: every decision is the same\n")?;
    } else {
        write_counts(out, counts, summary.leads)?;
        write_flows(out, summary)?;
        write_bands(out, summary, true)?;
        write_verdicts(out, summary, true)?;
    }
    write_promises(out, summary)
}

/// Where leads go under one contract.
pub(super) fn write_places(out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
    writeln!(out, "{STRONG}Where leads go{STRONG:#}")?;
    writeln!(out, "  {} decided{}", leads(summary.leads), aside(summary))?;
    let mut grid = Grid::new(&["place", ">leads"]);
    for load in summary.loads.iter().take(TOP) {
        grid.row([place(&load.place), number(load.after)]);
    }
    grid.write(out, "  ")?;
    more(out, summary.loads.len())?;
    writeln!(out)?;
    write_bands(out, summary, false)?;
    write_verdicts(out, summary, false)?;
    write_promises(out, summary)
}

fn write_counts(out: &mut dyn Write, counts: &Counts, all: u32) -> io::Result<()> {
    let mut grid = Grid::new(&["", ">leads", ">share", ""]);
    let mut row = |what: &str, number: u32, more: String| {
        if number > 0 {
            grid.row([what.to_owned(), thousands(u64::from(number)), share(number, all), more]);
        }
    };
    let ways = match counts.rerouted_by_rotation {
        0 => "by rule".to_owned(),
        turns => {
            format!("{} by rule, {} because another member's turn came", number(counts.rerouted_by_rule), number(turns))
        }
    };
    row("changed in any way", counts.changed, String::new());
    row("go elsewhere", counts.rerouted, ways);
    row("have another score", counts.rescored, String::new());
    row("have another band", counts.rebanded, String::new());
    row("have another verdict", counts.verdict_changed, String::new());
    row("newly suppressed", counts.newly_suppressed, String::new());
    row("no longer suppressed", counts.released, String::new());
    row("newly for review", counts.newly_for_review, String::new());
    row("no longer for review", counts.no_longer_for_review, String::new());
    grid.write(out, "  ")?;
    if (counts.escalated_before, counts.escalated_after) != (0, 0) {
        let (before, after) = (number(counts.escalated_before), number(counts.escalated_after));
        writeln!(out, "  escalated because rules disagree: {before} → {after}")?;
    }
    writeln!(out)
}

fn write_flows(out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
    let moved: Vec<_> = summary.flows.iter().filter(|flow| flow.from != flow.to).collect();
    if moved.is_empty() {
        return Ok(());
    }
    writeln!(out, "{STRONG}From where to where{STRONG:#}")?;
    let mut grid = Grid::new(&[">leads", "from", "to", ">by rotation"]);
    for flow in moved.iter().take(TOP) {
        let turns = if flow.by_rotation == 0 { String::new() } else { number(flow.by_rotation) };
        grid.row([number(flow.leads), place(&flow.from), format!("→ {}", place(&flow.to)), turns]);
    }
    grid.write(out, "  ")?;
    more(out, moved.len())?;
    writeln!(out, "\n{STRONG}Load{STRONG:#}")?;
    let mut grid = Grid::new(&["place", ">before", ">after", ">change"]);
    let changed: Vec<_> = summary.loads.iter().filter(|load| load.before != load.after).collect();
    for load in changed.iter().take(TOP) {
        grid.row([place(&load.place), number(load.before), number(load.after), change(load.before, load.after)]);
    }
    match grid.is_empty() {
        true => writeln!(out, "  the same everywhere")?,
        false => grid.write(out, "  ")?,
    }
    more(out, changed.len())?;
    writeln!(out)
}

fn write_bands(out: &mut dyn Write, summary: &Summary, both: bool) -> io::Result<()> {
    if summary.scores.is_empty() {
        return Ok(());
    }
    writeln!(out, "{STRONG}Scores{STRONG:#}")?;
    let mut grid = match both {
        true => Grid::new(&["score", "band", "from", ">before", ">after", ">change"]),
        false => Grid::new(&["score", "band", "from", ">leads"]),
    };
    for score in &summary.scores {
        for (place, band) in score.bands.iter().rev().enumerate() {
            let name = if place == 0 { score.name.clone() } else { String::new() };
            let word = if band.band.is_empty() { "none".to_owned() } else { band.band.clone() };
            let starts = |at: Option<i32>| at.map_or_else(String::new, |at| at.to_string());
            let start = match (band.at_least_before, band.at_least_after) {
                (before, after) if both && before != after => format!("{} → {}", starts(before), starts(after)),
                (_, after) => starts(after),
            };
            match both {
                true => {
                    let (before, after) = (band.before, band.after);
                    grid.row([name, word, start, number(before), number(after), change(before, after)]);
                }
                false => grid.row([name, word, start, number(band.after)]),
            }
        }
    }
    grid.write(out, "  ")?;
    writeln!(out)
}

fn write_verdicts(out: &mut dyn Write, summary: &Summary, both: bool) -> io::Result<()> {
    let rows: Vec<_> = summary.verdicts.iter().filter(|row| !both || row.changed > 0).collect();
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(out, "{STRONG}{}{STRONG:#}", if both { "Verdicts that change" } else { "Verdicts" })?;
    let mut grid = match both {
        true => Grid::new(&["action", ">auto", ">suggest", ">review", ">block", ">leads changed"]),
        false => Grid::new(&["action", ">auto", ">suggest", ">review", ">block"]),
    };
    for row in rows {
        let action = match &row.field {
            Some(field) => format!("{} {field}", row.action.word().replace('_', " ")),
            None => row.action.word().replace('_', " "),
        };
        let cell = |of: fn(&VerdictCounts) -> u32| match (of(&row.before), of(&row.after)) {
            (before, after) if both && before != after => format!("{} → {}", number(before), number(after)),
            (_, after) => number(after),
        };
        let mut cells = vec![action, cell(|c| c.auto), cell(|c| c.suggest), cell(|c| c.review), cell(|c| c.block)];
        if both {
            cells.push(number(row.changed));
        }
        grid.row(cells);
    }
    grid.write(out, "  ")?;
    writeln!(out)
}

fn write_promises(out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
    for (what, promises) in [("Budgets", &summary.budgets), ("Expectations", &summary.expectations)] {
        if promises.is_empty() {
            continue;
        }
        writeln!(out, "{STRONG}{what}{STRONG:#}")?;
        let width = promises.iter().map(|promise| promise.id.as_str().chars().count()).max().unwrap_or(0);
        for Promise { id, holds: kept, found } in promises {
            writeln!(out, "  {} {:<width$}  {}", holds(*kept), tame(id.as_str()), tame(found))?;
        }
        writeln!(out)?;
    }
    for note in &summary.notes {
        writeln!(out, "{NOTICE}note{NOTICE:#}: {}", tame(note))?;
    }
    if !summary.notes.is_empty() {
        writeln!(out)?;
    }
    Ok(())
}

/// Leads one by one.
pub(super) fn write_list(out: &mut dyn Write, moves: &[Move], total: u32) -> io::Result<()> {
    writeln!(out, "{STRONG}Leads{STRONG:#}")?;
    let mut grid = Grid::new(&["id", "name", "company", "from", "to", "scores", "what changes"]);
    for lead in moves {
        let scores =
            lead.scores.iter().filter(|score| score.before != score.after || score.band_before != score.band_after);
        let scores: Vec<String> = scores
            .map(|score| match score.band_before == score.band_after {
                true => format!("{} {} → {}", score.score, score.before, score.after),
                false => format!(
                    "{} {} {} → {} {}",
                    score.score, score.before, score.band_before, score.after, score.band_after
                ),
            })
            .collect();
        let to = if lead.from == lead.to { "stays".to_owned() } else { format!("→ {}", place(&lead.to)) };
        let mut what: Vec<String> = lead.changes.iter().map(|change| super::preview::change_word(*change)).collect();
        what.retain(|word| !matches!(word.as_str(), "rerouted" | "rescored" | "rebanded" | "verdict changed"));
        what.extend(verdict_words(lead));
        grid.row([
            lead.lead.to_string(),
            cut(&lead.name, 24).into_owned(),
            cut(&lead.company, 24).into_owned(),
            place(&lead.from),
            to,
            scores.join(", "),
            what.join(", "),
        ]);
    }
    grid.write(out, "  ")?;
    let listed = u32::try_from(moves.len()).unwrap_or(u32::MAX);
    if listed < total {
        writeln!(
            out,
            "  {PALE}{} of {}; `--limit` lists more, `--out FILE.csv` writes all{PALE:#}",
            number(listed),
            leads(total)
        )?;
    }
    writeln!(out)
}

/// Verdicts that changed, in words.
pub(super) fn verdict_words(lead: &Move) -> Vec<String> {
    let words = lead.verdicts.iter().map(|verdict| {
        let of =
            |verdict: Option<interlock_core::contract::Verdict>| verdict.map_or("not asked", |verdict| verdict.word());
        let what = verdict.field.as_ref().map_or_else(|| verdict.action.word().replace('_', " "), ToString::to_string);
        format!("{what} {} → {}", of(verdict.before), of(verdict.after))
    });
    words.collect()
}

fn more(out: &mut dyn Write, all: usize) -> io::Result<()> {
    match all.checked_sub(TOP).filter(|more| *more > 0) {
        Some(more) => writeln!(out, "  {PALE}and {more} more; `--format json` has them all{PALE:#}"),
        None => Ok(()),
    }
}

fn place(place: &Place) -> String {
    match place.kind {
        PlaceKind::Queue => format!("{} (queue)", cut(&place.label, 32)),
        _ => cut(&place.label, 40).into_owned(),
    }
}

fn leads(number: u32) -> String {
    count(u64::from(number), "lead", "leads")
}

fn number(number: u32) -> String {
    thousands(u64::from(number))
}

fn change(before: u32, after: u32) -> String {
    match i64::from(after) - i64::from(before) {
        0 => String::new(),
        change if change > 0 => format!("+{}", thousands(change.unsigned_abs())),
        change => format!("-{}", thousands(change.unsigned_abs())),
    }
}

fn share(part: u32, all: u32) -> String {
    match u64::from(all) {
        0 => String::new(),
        all => {
            let share = u64::from(part) * 1000 / all;
            format!("{}.{} %", share / 10, share % 10)
        }
    }
}

fn aside(summary: &Summary) -> String {
    match summary.set_aside {
        0 => String::new(),
        aside => format!(", {} could not be read", count(u64::from(aside), "row", "rows")),
    }
}
