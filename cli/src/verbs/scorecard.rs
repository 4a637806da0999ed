//! `interlock scorecard`: points learned from leads whose outcome is known.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use interlock_core::contract::Contract;
use interlock_core::crm;
use interlock_core::decide::{Detail, decide_next};
use interlock_core::plan::Plan;
use interlock_core::record::{Crm, Object, State, Table};
use interlock_core::scorecard::{self, Auc, Card, Present, Question, Scorecard};
use interlock_core::text::{count, thousands};
use interlock_core::time::Timestamp;

use crate::Ended;
use crate::arguments::{self, Format};
use crate::failure::Failure;
use crate::input::{Disk, shown};
use crate::output::{BAD, Grid, NOTICE, PALE, STRONG, cut, tame};

/// Learns a scorecard. Nothing is applied.
///
/// # Errors
/// When the file or the contract cannot be read, or there is nothing to learn from.
pub fn run(arguments: &arguments::Scorecard, disk: &mut Disk, out: &mut dyn Write) -> Result<Ended, Failure> {
    let contract = arguments.contract.as_ref().map(|path| disk.contract(path)).transpose()?;
    let plan = contract.as_ref().map(|usable| &usable.plan);
    let written: Option<&Contract> = plan.map(|plan| &**plan.contract());
    let bytes = disk.read(&arguments.leads)?;
    let empty = Contract::empty();
    let options = crm::Options { any: true, ..crm::Options::of(written.unwrap_or(&empty), Some(Object::Lead)) };
    let table = crm::read(&shown(&arguments.leads), &bytes, &options).map_err(|error| Failure::from(&error))?;
    if table.rows.is_empty() {
        let what = format!("`{}` has no row that can be read", table.file);
        return Err(Failure::new(what, "export the leads again, with how each ended"));
    }
    let question = Question {
        outcome: &arguments.outcome,
        positive: arguments.positive.as_deref(),
        columns: &arguments.columns,
        leave_out: &arguments.leave_out,
        seed: arguments.seed,
        doubling: arguments.doubling,
        repeats: arguments.repeats,
    };
    let mut card = scorecard::learn(&table, &question, written).map_err(|error| Failure::from(&error))?;
    if let Some(plan) = plan {
        let points = present(&table, plan)?;
        card.present = scorecard::present(&table, &question, &points).map_err(|error| Failure::from(&error))?;
    }
    if let Some(path) = &arguments.write_score {
        write_score(path, &card)?;
    }
    match (arguments.format, arguments.json) {
        (Format::Human, false) => write(out, &card, &table, arguments.write_score.as_deref())?,
        _ => writeln!(out, "{}", serde_json::to_string_pretty(&card)?)?,
    }
    Ok(Ended::Well)
}

/// The points that the scores of a contract give each row, decided alone: without a CRM to match against.
fn present(table: &Table, plan: &Plan) -> Result<Vec<(String, Vec<i32>)>, Failure> {
    let captured = crm::events(table, None, Timestamp::default()).map_err(|error| Failure::from(&error))?;
    let names = plan.contract().scores.iter().map(|score| (score.id.to_string(), Vec::new()));
    let mut points: Vec<(String, Vec<i32>)> = names.collect();
    let (crm, mut state) = (Crm::default(), State::default());
    for event in &captured.events {
        let decision = decide_next(plan, event, &crm, &mut state, event.at, 0, Detail::Outcome);
        for ((_, points), scored) in points.iter_mut().zip(&decision.scores) {
            points.push(scored.points.0);
        }
    }
    Ok(points)
}

fn write_score(path: &Path, card: &Scorecard) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(&card.suggestion)? + "\n";
    fs::write(path, text).map_err(|error| {
        Failure::new(format!("cannot write `{}`: {error}", shown(path)), "name a file you may write to")
    })
}

fn write(out: &mut dyn Write, card: &Scorecard, table: &Table, to: Option<&Path>) -> io::Result<()> {
    let share = |part: u64, all: u64| per_cent(part * 1000 / all.max(1));
    writeln!(
        out,
        "{STRONG}{}{STRONG:#} {}, of which {} ({}) say `{}` in `{}`",
        tame(&card.file),
        count(card.rows, "row", "rows"),
        thousands(card.positives),
        share(card.positives, card.rows),
        tame(&card.positive),
        tame(&card.outcome),
    )?;
    if card.unknown > 0 {
        writeln!(
            out,
            "  {} not say how it ended and {} left out",
            rows(card.unknown, "does", "do"),
            were(card.unknown)
        )?;
    }
    if !table.set_aside.is_empty() {
        let aside = table.set_aside.len() as u64;
        let first = table.set_aside.first().map_or(0, |row| row.line);
        writeln!(
            out,
            "  {NOTICE}{} could not be read{NOTICE:#}, the first in line {first}",
            count(aside, "row", "rows")
        )?;
    }
    for warning in &card.warnings {
        let column = warning.column.as_ref().map_or_else(String::new, |column| format!("`{}`: ", tame(column)));
        writeln!(out, "{NOTICE}warning{NOTICE:#} {column}{} {PALE}[{}]{PALE:#}", tame(&warning.message), warning.code)?;
        writeln!(out, "  {PALE}{}{PALE:#}", warning.help)?;
    }
    quality(out, card)?;
    writeln!(out, "\n{STRONG}Points{STRONG:#} {} double the odds; everybody starts with {}", card.doubling, card.base)?;
    for field in &card.fields {
        write_field(out, field, card)?;
    }
    calibration(out, card)?;
    if !card.left_out.is_empty() {
        writeln!(out, "\n{STRONG}Left out{STRONG:#}")?;
        let mut grid = Grid::new(&["column", "why"]);
        for one in &card.left_out {
            grid.row([cut(&tame(&one.column), 40).into_owned(), tame(&one.why).into_owned()]);
        }
        grid.write(out, "  ")?;
    }
    writeln!(out)?;
    for remark in &card.remarks {
        writeln!(out, "{NOTICE}note{NOTICE:#} {}", tame(remark))?;
    }
    match to {
        Some(path) => writeln!(
            out,
            "The suggested score is in `{}`. It is not applied: read it, change it, put it into the contract, and preview it.",
            shown(path)
        ),
        None => writeln!(
            out,
            "{PALE}`--write-score FILE` writes it as a score for a contract, to be read and changed.{PALE:#}"
        ),
    }
}

fn quality(out: &mut dyn Write, card: &Scorecard) -> io::Result<()> {
    writeln!(out, "\n{STRONG}How well it tells{STRONG:#} AUC: 0.500 is a coin, 1.000 tells all")?;
    let mut grid = Grid::new(&["", ">AUC", "95 in 100 between", ""]);
    let mut line = |what: &str, auc: &Auc, about: &str| {
        let between = format!("{} and {}", area(auc.low), area(auc.high));
        grid.row([what.to_owned(), area(auc.mean), between, about.to_owned()]);
    };
    if let Some(auc) = &card.auc {
        line("on rows it has not seen", auc, &format!("{} folds", auc.folds));
        if auc.low <= 5000 {
            line("", auc, "no better than a coin, for all this file shows");
        }
    }
    if let Some(auc) = &card.auc_without {
        line("without what is warned of", auc, "the honest figure, if those are known only afterwards");
    }
    grid.row(["on the rows it learned from".into(), area(card.auc_seen), String::new(), "always too good".into()]);
    for Present { score, auc, same } in &card.present {
        let about = match *same == card.rows {
            true => "reads none of these columns: all have the same points".to_owned(),
            false => "of the contract".to_owned(),
        };
        grid.row([format!("present score `{}`", tame(score)), area(*auc), String::new(), about]);
    }
    grid.write(out, "  ")
}

fn write_field(out: &mut dyn Write, field: &Card, card: &Scorecard) -> io::Result<()> {
    let usual = card.positives * 1000 / card.rows.max(1);
    writeln!(
        out,
        "  {STRONG}{}{STRONG:#} {PALE}{}, AUC by itself {}{PALE:#}",
        cut(&tame(&field.column), 50),
        tame(&field.fact),
        area(field.alone)
    )?;
    let mut grid = Grid::new(&["", ">points", ">rows", &format!(">bought (of all {})", per_cent(usual))]);
    for bin in &field.bins {
        let bought = (bin.positives * 1000).checked_div(bin.rows).map_or_else(String::new, per_cent);
        grid.row([cut(&tame(&bin.values), 50).into_owned(), format!("{:+}", bin.points), thousands(bin.rows), bought]);
    }
    grid.write(out, "    ")
}

fn calibration(out: &mut dyn Write, card: &Scorecard) -> io::Result<()> {
    if card.calibration.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{STRONG}Whether it comes true{STRONG:#} rows it has not seen, in bands of like points")?;
    let mut grid = Grid::new(&[">predicted", ">bought", ">rows", ""]);
    for band in &card.calibration {
        let far = far_off(band.predicted, band.observed, band.rows);
        let note = if far { format!("{BAD}off{BAD:#}") } else { String::new() };
        grid.row([per_cent(band.predicted.into()), per_cent(band.observed.into()), thousands(band.rows), note]);
    }
    grid.write(out, "  ")
}

/// Whether what came of a band is further from the prediction than chance would have it 19 times in 20.
fn far_off(predicted: u32, observed: u32, rows: u64) -> bool {
    let (predicted, observed) = (u64::from(predicted.min(1000)), u64::from(observed));
    // Twice the deviation of a share: (p - o)^2 n > 4 p (1 - p), in thousandths.
    predicted.abs_diff(observed).pow(2) * rows > 4 * predicted * (1000 - predicted)
}

fn area(ten_thousandths: u32) -> String {
    let thousandths = (ten_thousandths + 5) / 10;
    format!("{}.{:03}", thousandths / 1000, thousandths % 1000)
}

fn per_cent(per_mille: u64) -> String {
    format!("{}.{} %", per_mille / 10, per_mille % 10)
}

fn rows(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(number, "row", "rows"), if number == 1 { one } else { many })
}

const fn were(number: u64) -> &'static str {
    if number == 1 { "was" } else { "were" }
}
