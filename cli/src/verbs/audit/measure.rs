//! `interlock audit metrics`, `interlock audit report`: how well it works, as figures and as a weekly review.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use interlock_core::audit::Entry;
use interlock_core::audit::log::Line;
use interlock_core::audit::metrics::report::Weekly;
use interlock_core::audit::metrics::{By, Figure, Given, Metrics, Slice, Standing, Tally, percent};
use interlock_core::contract::Contract;
use interlock_core::crm::write_csv;
use interlock_core::plan::Plan;
use interlock_core::record::{Crm, Object};
use interlock_core::text::{count, thousands};
use interlock_core::time::Timestamp;
use interlock_core::workspace::Reading;
use serde::Deserialize;

use super::{head_of, lines, read, unwritable};
use crate::Ended;
use crate::arguments::{self, As, Beside};
use crate::failure::Failure;
use crate::input::{Disk, Usable, shown};
use crate::output::{BAD, GOOD, Grid, NOTICE, PALE, STRONG, cut, tame};

/// As many slices are shown to people.
const MOST_SHOWN: usize = 40;

/// Measures.
pub(super) fn metrics(arguments: &arguments::Metrics, disk: &mut Disk, out: &mut dyn Write) -> Result<Ended, Failure> {
    if let (Some(from), Some(until)) = (arguments.from, arguments.until)
        && from >= until
    {
        return Err(Failure::new(
            format!("nothing lies between {from} and {until}"),
            "let `--from` be before `--until`",
        ));
    }
    let known = Known::read(&arguments.beside, disk)?;
    let mut tally = Tally::new(arguments.from, arguments.until);
    entries(&arguments.log, &mut |entry| tally.add(entry))?;
    known.notes.iter().for_each(|note| tally.handoff(note.0, note.1, note.2));
    let found = tally.finish(known.given());
    match arguments.format {
        As::Json => writeln!(out, "{}", serde_json::to_string_pretty(&found)?)?,
        As::Csv => write!(out, "{}", csv(&found))?,
        As::Human => write(out, arguments, &found)?,
    }
    Ok(Ended::Well)
}

/// Writes the weekly review.
pub(super) fn report(arguments: &arguments::Report, disk: &mut Disk, out: &mut dyn Write) -> Result<Ended, Failure> {
    let to = &arguments.out;
    let ending = to.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let html = match ending {
        "html" | "htm" => true,
        "md" | "markdown" => false,
        _ => {
            let message = format!("`{}` says not what to write", shown(to));
            return Err(Failure::new(message, "name a file that ends in `.html` or `.md`"));
        }
    };
    let known = Known::read(&arguments.beside, disk)?;
    let mut weekly = Weekly::new(arguments.week);
    let log = entries(&arguments.log, &mut |entry| weekly.add(entry))?;
    known.notes.iter().for_each(|note| weekly.handoff(note.0, note.1, note.2));
    let review = weekly.finish(&log, known.given());
    let text = if html { review.html() } else { review.markdown() };
    fs::write(to, text).map_err(|error| unwritable(to, &error))?;
    let many = count(review.alone.overall.iter().filter(|one| one.value.is_some()).count() as u64, "figure", "figures");
    writeln!(out, "{STRONG}{}{STRONG:#}: {} of log `{}`, {many}", shown(to), review.week, tame(&log))?;
    Ok(Ended::Well)
}

/// Reads the entries of a log, which must be sound; gives what it is called.
fn entries(path: &Path, each: &mut dyn FnMut(&Entry)) -> Result<String, Failure> {
    let mut cut = lines::Lines::default();
    let mut unread = None;
    let report = read(path, None, &mut |piece| {
        cut.feed(piece, &mut |line| match serde_json::from_slice::<Line<'_>>(line) {
            Ok(Line { entry: Some(entry), .. }) => each(&entry),
            Ok(_) => {}
            Err(error) => unread = unread.take().or(Some(error)),
        });
    })?
    .end();
    let head = head_of(path, report)?;
    match unread {
        None => Ok(head.log),
        Some(error) => {
            let message = format!("`{}` has an entry that this version does not read: {error}", shown(path));
            Err(Failure::new(message, "take the version of `interlock` that wrote it, or a later one"))
        }
    }
}

/// What is known besides the log.
struct Known {
    contract: Option<Usable>,
    crm: Option<Crm>,
    standing: Option<Standing>,
    /// Handoff notes: when, parts present, parts required.
    notes: Vec<(Timestamp, u64, u64)>,
}

impl Known {
    fn read(beside: &Beside, disk: &mut Disk) -> Result<Self, Failure> {
        let mut known = Self { contract: None, crm: None, standing: None, notes: Vec::new() };
        let files = beside.files.all().next().is_some();
        let Some(path) = &beside.contract else {
            if files {
                let help = "name it: `--contract contract.json`";
                return Err(Failure::new("the CRM's files are read under a contract", help));
            }
            return Ok(known);
        };
        let contract = disk.contract(path)?;
        let decided = match &beside.decisions {
            Some(path) => Some(Decided::read(path, &disk.text(path)?, contract.plan.contract())?),
            None => None,
        };
        if files {
            let data = disk.data(&beside.files, contract.plan.contract(), Reading::default())?;
            let crm = Crm::build(&data.tables, &contract.plan);
            known.standing = Some(standing(&contract.plan, &crm, decided.as_ref()));
            known.crm = Some(crm);
        }
        known.notes = decided.map_or_else(Vec::new, |decided| decided.notes);
        known.contract = Some(contract);
        Ok(known)
    }

    fn given(&self) -> Given<'_> {
        Given {
            contract: self.contract.as_ref().map(|contract| &**contract.plan.contract()),
            crm: self.crm.as_ref(),
            standing: self.standing.as_ref(),
        }
    }
}

fn standing(plan: &Plan, crm: &Crm, decided: Option<&Decided>) -> Standing {
    Standing::of(plan, crm, &|object, id| {
        // Without decisions every record is one that somebody cares for.
        object != Object::Lead || decided.is_none_or(|decided| decided.started.contains(id))
    })
}

/// What decisions say that the log does not.
#[derive(Default)]
struct Decided {
    /// Leads for which a workflow started.
    started: BTreeSet<String>,
    notes: Vec<(Timestamp, u64, u64)>,
}

impl Decided {
    fn read(path: &Path, text: &str, contract: &Contract) -> Result<Self, Failure> {
        #[derive(Deserialize)]
        struct Seen {
            started: serde_json::Value,
        }
        #[derive(Deserialize)]
        struct Note {
            parts: Vec<serde_json::Value>,
        }
        #[derive(Deserialize)]
        struct Decision {
            as_of: Timestamp,
            record: interlock_core::record::RecordRef,
            workflows: Vec<Seen>,
            handoff: Option<Note>,
        }
        let required = contract.handoff.as_ref().map_or(0, |handoff| handoff.parts.len() as u64);
        let mut decided = Self::default();
        for (place, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let wrong = |error: serde_json::Error| {
                let message = format!("`{}`, line {}: expected a decision, found {error}", shown(path), place + 1);
                Failure::new(message, "give decisions as `interlock decide --format json` writes them")
            };
            let value: serde_json::Value = serde_json::from_str(line).map_err(wrong)?;
            // The last line: what the decisions leave for the next.
            if value.get("state").is_some() && value.get("files").is_some() {
                continue;
            }
            let decision = Decision::deserialize(value).map_err(wrong)?;
            let runs = |seen: &Seen| seen.started == "yes" || seen.started.get("doubtful").is_some();
            if decision.record.object == Object::Lead && decision.workflows.iter().any(runs) {
                decided.started.insert(decision.record.id.to_string());
            }
            if let Some(note) = decision.handoff.filter(|_| required > 0) {
                decided.notes.push((decision.as_of, note.parts.len() as u64, required));
            }
        }
        Ok(decided)
    }
}

fn write(out: &mut dyn Write, arguments: &arguments::Metrics, found: &Metrics) -> io::Result<()> {
    let entries = count(found.entries, "entry", "entries");
    let from = found.from.map_or_else(String::new, |from| format!(" from {from}"));
    writeln!(
        out,
        "{STRONG}{}{STRONG:#}  {PALE}{entries}{from} until {}{PALE:#}\n",
        shown(&arguments.log),
        found.as_of
    )?;
    writeln!(out, "{STRONG}Figures{STRONG:#}")?;
    let mut grid = Grid::new(&["figure", ">value", ">95 in 100 between", ">hits", ">of", "that is", ""]);
    for figure in found.overall.iter().filter(|figure| figure.value.is_some()) {
        let metric = figure.metric;
        let (hits, of) = (thousands(figure.share.hits), thousands(figure.share.of));
        let few = if figure.few { "few" } else { "" };
        grid.row([
            metric.name().to_owned(),
            value(figure),
            between(figure),
            hits,
            of,
            metric.counts().to_owned(),
            few.to_owned(),
        ]);
    }
    grid.write(out, "  ")?;
    if grid.is_empty() {
        writeln!(out, "  {PALE}nothing to measure{PALE:#}")?;
    }
    if found.overall.iter().any(|figure| figure.few && figure.value.is_some()) {
        writeln!(out, "  {PALE}few: on fewer than 30, from which nothing is concluded{PALE:#}")?;
    }
    let counts = found.counts.iter().filter(|one| one.count > 0);
    let counts: Vec<String> = counts.map(|one| format!("{} {}", thousands(one.count), one.what.name())).collect();
    if !counts.is_empty() {
        writeln!(out, "\n{STRONG}Also counted{STRONG:#}\n  {}", counts.join(", "))?;
    }
    let missing: Vec<&Figure> = found.overall.iter().filter(|figure| figure.needs.is_some()).collect();
    if !missing.is_empty() {
        writeln!(out, "\n{STRONG}Not measured{STRONG:#}")?;
        let mut grid = Grid::new(&["figure", "what it needs"]);
        for figure in missing {
            grid.row([figure.metric.name(), figure.needs.as_deref().unwrap_or_default()]);
        }
        grid.write(out, "  ")?;
    }
    write_targets(out, found)?;
    if let Some(by) = arguments.by {
        write_slices(out, found, by.by())?;
    }
    write_advice(out, found)?;
    if arguments.calibration {
        write_calibration(out, arguments, found)?;
    }
    Ok(())
}

fn value(figure: &Figure) -> String {
    figure.value.map_or_else(String::new, |value| figure.metric.shown(value))
}

fn between(figure: &Figure) -> String {
    let shown = |value| figure.metric.shown(value);
    figure.interval.map_or_else(String::new, |interval| format!("{} – {}", shown(interval.low), shown(interval.high)))
}

fn write_targets(out: &mut dyn Write, found: &Metrics) -> io::Result<()> {
    if found.targets.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{STRONG}Targets{STRONG:#}")?;
    let mut grid = Grid::new(&["workflow", "figure", ">target", ">now", ">95 in 100 between", ">of", "reached"]);
    for target in &found.targets {
        let metric = target.figure.metric;
        let least = if metric.more_is_better() == Some(false) { "≤" } else { "≥" };
        grid.row([
            target.workflow.to_string(),
            metric.name().to_owned(),
            format!("{least} {}", metric.shown(u32::from(target.target.get()) * 10)),
            value(&target.figure),
            between(&target.figure),
            thousands(target.figure.share.of),
            target.reached.words().to_owned(),
        ]);
    }
    grid.write(out, "  ")
}

fn write_slices(out: &mut dyn Write, found: &Metrics, by: By) -> io::Result<()> {
    writeln!(out, "\n{STRONG}By {}{STRONG:#}", by.word())?;
    let slices: Vec<&Slice> = found.slices.iter().filter(|slice| slice.by == by).collect();
    let mut grid = Grid::new(&[by.word(), "figure", ">value", ">95 in 100 between", ">hits", ">of", ""]);
    // Of many weeks the last are looked for.
    let skipped = if by == By::Week { slices.len().saturating_sub(MOST_SHOWN) } else { 0 };
    for slice in slices.iter().skip(skipped).take(MOST_SHOWN) {
        let key = if slice.key.is_empty() { "(none)".into() } else { cut(&slice.key, 40) };
        for (place, figure) in slice.figures.iter().filter(|figure| figure.share.of > 0).enumerate() {
            let key = if place == 0 { &*key } else { "" };
            let (hits, of) = (thousands(figure.share.hits), thousands(figure.share.of));
            let few = if figure.few { "few" } else { "" };
            grid.row([key, figure.metric.name(), &value(figure), &between(figure), &hits, &of, few]);
        }
    }
    grid.write(out, "  ")?;
    match slices.len().saturating_sub(MOST_SHOWN) {
        0 => Ok(()),
        more => {
            let more = thousands(more as u64);
            writeln!(out, "  {PALE}and {more} more: `--format csv` has them all{PALE:#}")
        }
    }
}

fn write_advice(out: &mut dyn Write, found: &Metrics) -> io::Result<()> {
    use interlock_core::audit::metrics::Course;
    if found.advice.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{STRONG}Advice{STRONG:#} {PALE}(nothing is edited){PALE:#}")?;
    for advice in &found.advice {
        let style = match advice.course {
            Course::TakeBack => BAD,
            Course::Automate => GOOD,
            Course::Keep => PALE,
        };
        let (about, id) = (advice.about.word(), tame(&advice.id));
        writeln!(out, "  {style}{}{style:#}  {about} `{id}`: {}", advice.words(), tame(&advice.reason))?;
        for edit in &advice.edits {
            let before = edit.before.as_ref().map_or_else(|| "not said".to_owned(), ToString::to_string);
            writeln!(out, "      {} {before} → {}", tame(&edit.address), edit.after)?;
        }
    }
    Ok(())
}

fn write_calibration(out: &mut dyn Write, arguments: &arguments::Metrics, found: &Metrics) -> io::Result<()> {
    /// The least answers that a threshold may stand on.
    const LEAST: u64 = 50;
    writeln!(
        out,
        "\n{STRONG}Calibration{STRONG:#} {PALE}stated confidence beside what was accepted unchanged{PALE:#}"
    )?;
    if found.calibration.is_empty() {
        return writeln!(out, "  {PALE}no suggestion with a stated confidence was answered{PALE:#}");
    }
    let mut grid =
        Grid::new(&["source", "field", ">answers", ">stated", ">accepted", ">error", ">Brier", "suffices from"]);
    for one in &found.calibration {
        let name = |text: &str| if text.is_empty() { "all".to_owned() } else { text.to_owned() };
        let from = one.threshold(arguments.precision, LEAST).map_or_else(
            || "not enough evidence".to_owned(),
            |found| {
                let (from, least) = (found.from, percent(found.interval.low));
                format!("{from} on: {} of {}, at least {least}", found.share.hits, found.share.of)
            },
        );
        grid.row([
            name(&one.source),
            name(&one.field),
            thousands(one.share.of),
            percent(one.stated),
            one.share.value().map_or_else(String::new, percent),
            percent(one.error),
            format!("0.{:04}", one.brier.min(9999)),
            from,
        ]);
    }
    grid.write(out, "  ")?;
    let precision = arguments.precision;
    writeln!(
        out,
        "  {NOTICE}!{NOTICE:#} a confidence suffices where at least {precision} of everything from there on were accepted, with 95 \
         in 100, on {LEAST} answers or more"
    )?;
    let Some(all) = found.calibration.first() else { return Ok(()) };
    let mut grid = Grid::new(&[">from", ">stated", ">accepted", ">95 in 100 between", ">answers"]);
    for bin in &all.bins {
        let spread = bin.interval;
        grid.row([
            bin.from.to_string(),
            percent(bin.stated),
            bin.share.value().map_or_else(String::new, percent),
            spread.map_or_else(String::new, |ends| format!("{} – {}", percent(ends.low), percent(ends.high))),
            thousands(bin.share.of),
        ]);
    }
    writeln!(out, "  of all, by what was stated:")?;
    grid.write(out, "  ")
}

/// A row for each figure: overall, then by everything. Values and intervals are in ten-thousandths.
fn csv(found: &Metrics) -> String {
    let headers = ["by", "key", "metric", "hits", "of", "value", "low", "high", "few", "needs"];
    let row = |by: &str, key: &str, figure: &Figure| {
        let number = |value: Option<u32>| value.map_or_else(String::new, |value| value.to_string());
        [
            by.to_owned(),
            key.to_owned(),
            figure.metric.word().to_owned(),
            figure.share.hits.to_string(),
            figure.share.of.to_string(),
            number(figure.value),
            number(figure.interval.map(|interval| interval.low)),
            number(figure.interval.map(|interval| interval.high)),
            if figure.few { "yes" } else { "" }.to_owned(),
            figure.needs.clone().unwrap_or_default(),
        ]
    };
    let overall = found.overall.iter().map(|figure| row("", "", figure));
    let slices = found.slices.iter();
    let slices = slices.flat_map(|slice| slice.figures.iter().map(|figure| row(slice.by.word(), &slice.key, figure)));
    write_csv(&headers, overall.chain(slices))
}
