//! `interlock preview`: what a changed contract would move.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use interlock_core::check::Severity;
use interlock_core::crm::write_csv;
use interlock_core::decision::Authority;
use interlock_core::preview::view::{Change, Move, Query, Summary};
use interlock_core::preview::{Preview as Run, Side, When, preview};
use interlock_core::record::Event;
use interlock_core::text::count;
use interlock_core::time::Timestamp;
use interlock_core::workspace::{Arrival, FileReport, Reading};
use serde::Serialize;

use super::decide::is_of;
use super::{figures, report, side_by_side};
use crate::Ended;
use crate::arguments::{Format, Listed, Preview};
use crate::failure::Failure;
use crate::input::{Disk, Usable, shown, sides, snapshots};
use crate::output::{NOTICE, PALE, STRONG, tame};
use crate::progress::Progress;

/// A preview as JSON.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct Report {
    /// The deployed contract.
    pub baseline: Authority,
    /// The edited contract; none where all leads were decided under one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub candidate: Option<Authority>,
    /// The time the decisions were made for.
    pub as_of: Timestamp,
    /// What broke ties in pools.
    pub seed: u64,
    /// The order in which leads arrived.
    pub order: Arrival,
    /// What became of each file.
    pub files: Vec<FileReport>,
    /// The figures.
    pub summary: Summary,
    /// The leads of `--list`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moves: Option<Vec<Move>>,
}

/// Decides all leads under both contracts.
///
/// # Errors
/// When a contract cannot be used, or a file cannot be read.
pub fn run(arguments: &Preview, disk: &mut Disk, out: &mut dyn Write) -> Result<Ended, Failure> {
    if arguments.files.leads.is_empty() {
        return Err(Failure::new("there are no leads to preview", "name an export with `--leads FILE`"));
    }
    let baseline = disk.contract(&arguments.baseline)?;
    let candidate = arguments.candidate.as_deref().map(|path| disk.contract(path)).transpose()?;
    let as_of = arguments.as_of.unwrap_or_else(now);
    let order = Arrival::from(arguments.files.order);
    let reading = Reading { arrival: order, default_source: arguments.files.default_source.as_deref(), as_of };
    let data = disk.data(&arguments.files, baseline.plan.contract(), reading)?;
    if data.events.is_empty() {
        report::write_files(&mut anstream::stderr(), &data.reports)?;
        return Err(Failure::new("no lead could be read", "export at least one row"));
    }
    let other = candidate.as_ref().unwrap_or(&baseline);
    let crm = snapshots(&data, &baseline.plan, &other.plan);
    let (before, after) = sides(&baseline.plan, &other.plan, &crm);
    let when = When { as_of, seed: arguments.seed };
    let mut progress = Progress::start();
    let done = preview(before, after, &data.events, when, &mut |done, of| progress.tell(done, of, "decisions"));
    progress.end();
    let run = Ran { before, after, events: &data.events, done };

    if let Some(id) = &arguments.lead {
        run.lead(id, arguments.format, out)?;
        return Ok(Ended::Well);
    }
    let summary = run.done.summary(before, after, &data.events, data.leads_set_aside());
    if let Some(path) = &arguments.out {
        run.write_moves(path, arguments.list.unwrap_or(Listed::Changed))?;
    }
    let kept = summary.budgets.iter().chain(&summary.expectations).all(|promise| promise.holds);
    if arguments.format == Format::Json {
        let moves = arguments.list.map(|listed| run.moves(listed, u32::MAX).1);
        let report = Report {
            baseline: authority(&baseline),
            candidate: candidate.as_ref().map(authority),
            as_of,
            seed: arguments.seed,
            order,
            files: data.reports,
            summary,
            moves,
        };
        writeln!(out, "{}", serde_json::to_string_pretty(&report)?)?;
    } else {
        write_head(out, arguments, &baseline, candidate.as_ref(), as_of)?;
        report::write_files(out, &data.reports)?;
        match &candidate {
            Some(_) => figures::write_moves(out, &summary)?,
            None => figures::write_places(out, &summary)?,
        }
        if let Some(listed) = arguments.list {
            let (total, moves) = run.moves(listed, arguments.limit);
            figures::write_list(out, &moves, total)?;
        }
        write_more(out, arguments, &summary)?;
    }
    Ok(if kept { Ended::Well } else { Ended::WithFindings })
}

/// A preview with what it was made from.
struct Ran<'a> {
    before: Side<'a>,
    after: Side<'a>,
    events: &'a [Event],
    done: Run,
}

impl Ran<'_> {
    /// How many leads changed in a way, and the first of them.
    fn moves(&self, listed: Listed, limit: u32) -> (u32, Vec<Move>) {
        let unchanged_too = listed == Listed::All;
        let query = Query { change: listed.change(), unchanged_too, limit, ..Query::default() };
        let page = self.done.page(self.before, self.after, self.events, &query);
        (page.total, page.rows)
    }

    fn lead(&self, id: &str, format: Format, out: &mut dyn Write) -> Result<(), Failure> {
        let is = |event: &Event| is_of(event, id);
        let both = self
            .events
            .iter()
            .position(is)
            .and_then(|index| self.done.side_by_side(self.before, self.after, self.events, index));
        let both = both.ok_or_else(|| {
            Failure::new(
                format!("no lead has the id `{id}`"),
                "write the id as the export has it; `--list all` lists them",
            )
        })?;
        match format {
            Format::Json => writeln!(out, "{}", serde_json::to_string_pretty(&both)?)?,
            Format::Human => side_by_side::write(out, &both)?,
        }
        Ok(())
    }

    fn write_moves(&self, path: &Path, listed: Listed) -> Result<(), Failure> {
        let (_, moves) = self.moves(listed, u32::MAX);
        let text = match path.extension().and_then(|ending| ending.to_str()) {
            Some("csv") => csv(&moves),
            Some("jsonl") => {
                let lines: Result<Vec<String>, _> = moves.iter().map(serde_json::to_string).collect();
                lines?.into_iter().map(|line| line + "\n").collect()
            }
            _ => {
                let message = format!("`{}` ends neither in `.csv` nor in `.jsonl`", shown(path));
                return Err(Failure::new(message, "name the file so that it says what to write"));
            }
        };
        fs::write(path, text).map_err(|error| {
            Failure::new(format!("cannot write `{}`: {error}", shown(path)), "name a file you may write to")
        })
    }
}

fn csv(moves: &[Move]) -> String {
    let scores: Vec<_> =
        moves.first().map(|first| first.scores.iter().map(|score| &score.score)).into_iter().flatten().collect();
    let mut headers: Vec<String> =
        ["lead", "name", "company", "from", "to", "rule before", "rule after", "changes", "verdicts"]
            .map(str::to_owned)
            .into();
    for score in &scores {
        headers.extend([format!("{score} before"), format!("{score} after")]);
    }
    let rows = moves.iter().map(|lead| {
        let rule =
            |rule: &Option<interlock_core::id::RuleId>| rule.as_ref().map_or_else(String::new, ToString::to_string);
        let changes: Vec<String> = lead.changes.iter().map(|change| change_word(*change)).collect();
        let mut row = vec![
            lead.lead.to_string(),
            lead.name.clone(),
            lead.company.clone(),
            lead.from.label.clone(),
            lead.to.label.clone(),
            rule(&lead.rule_before),
            rule(&lead.rule_after),
            changes.join("; "),
            figures::verdict_words(lead).join("; "),
        ];
        for id in &scores {
            let score = lead.scores.iter().find(|score| score.score == **id);
            let of = |number: Option<i32>| number.map_or_else(String::new, |number| number.to_string());
            row.extend([of(score.map(|score| score.before)), of(score.map(|score| score.after))]);
        }
        row
    });
    write_csv(&headers, rows)
}

/// A change in words.
pub(super) fn change_word(change: Change) -> String {
    let word = serde_json::to_value(change).ok();
    word.as_ref().and_then(|word| word.as_str()).unwrap_or_default().replace('_', " ")
}

fn authority(usable: &Usable) -> Authority {
    let contract = usable.plan.contract();
    Authority {
        id: contract.id.to_string(),
        version: contract.version.clone(),
        digest: usable.plan.digest().to_owned(),
    }
}

fn write_head(
    out: &mut dyn Write,
    arguments: &Preview,
    baseline: &Usable,
    candidate: Option<&Usable>,
    as_of: Timestamp,
) -> Result<(), Failure> {
    let contracts = [("baseline", Some(baseline)), ("candidate", candidate)];
    for (what, usable) in contracts.iter().filter_map(|(what, usable)| Some((what, (*usable)?))) {
        let contract = usable.plan.contract();
        let digest: String = usable.plan.digest().chars().take(19).collect();
        let what = if candidate.is_some() { what } else { "contract" };
        writeln!(
            out,
            "{what:<10} {STRONG}{} {}{STRONG:#}  {} {PALE}{digest}…{PALE:#}",
            tame(contract.name.as_deref().unwrap_or(contract.id.as_str())),
            tame(&contract.version),
            usable.file,
        )?;
        let warnings = usable.findings.iter().filter(|finding| finding.severity == Severity::Warning).count() as u64;
        if warnings > 0 {
            let warnings = count(warnings, "warning", "warnings");
            writeln!(out, "{:<10} {NOTICE}{warnings}{NOTICE:#}: `interlock check {}` lists them", "", usable.file)?;
        }
    }
    let from = if arguments.as_of.is_some() { "" } else { ", which is now" };
    let order = match Arrival::from(arguments.files.order) {
        Arrival::Time => "in order of time",
        Arrival::File => "as they stand in the file",
    };
    writeln!(out, "{:<10} {as_of}{from}; seed {}; leads {order}\n", "for", arguments.seed)?;
    Ok(())
}

fn write_more(out: &mut dyn Write, arguments: &Preview, summary: &Summary) -> Result<(), Failure> {
    if let Some(path) = &arguments.out {
        writeln!(out, "written to `{}`", shown(path))?;
    }
    let nothing = summary.counts.changed == 0 && arguments.candidate.is_some();
    if arguments.list.is_none() && !nothing {
        let list = if arguments.candidate.is_some() { "--list changed" } else { "--list all" };
        writeln!(
            out,
            "{PALE}`{list}` lists leads, `--lead ID` explains one, `--out FILE.csv` writes them to a file{PALE:#}"
        )?;
    }
    Ok(())
}

pub(super) fn now() -> Timestamp {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    Timestamp::from_seconds(i64::try_from(seconds).unwrap_or(i64::MAX))
}
