//! `interlock decide`: events or leads under one contract, with reasons.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use interlock_core::check::Finding;
use interlock_core::crm::{arrived, read_events, record_id};
use interlock_core::decide::{breached, decide, sweep};
use interlock_core::decision::Decision;
use interlock_core::json;
use interlock_core::preview::view::{Line, Mark, StageText};
use interlock_core::preview::{Side, explain};
use interlock_core::record::{Crm, Event, State};
use interlock_core::text::count;
use interlock_core::workspace::{Arrival, FileReport, Reading};
use serde::Serialize;

use super::report::write_files;
use crate::Ended;
use crate::arguments::{Decide, Format};
use crate::failure::Failure;
use crate::input::{Disk, shown, tell};
use crate::output::{BAD, GOOD, NOTICE, PALE, STRONG, of_verdict, tame};
use crate::progress::Progress;

/// What is left when everything is decided: the last line of the JSON output.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct Left<'a> {
    /// What these decisions leave for the next.
    pub state: &'a State,
    /// What became of each file.
    pub files: &'a [FileReport],
}

/// Decides events one after the other.
///
/// # Errors
/// When the contract cannot be used, or a file cannot be read.
pub fn run(arguments: &Decide, disk: &mut Disk, out: &mut dyn Write) -> Result<Ended, Failure> {
    let contract = disk.contract(&arguments.contract)?;
    let mut state = match &arguments.state {
        Some(path) => typed::<State>(path, &disk.text(path)?)?,
        None => State::default(),
    };
    let reading = Reading {
        arrival: Arrival::from(arguments.files.order),
        default_source: arguments.files.default_source.as_deref(),
        as_of: arguments.as_of,
    };
    let mut data = disk.data(&arguments.files, contract.plan.contract(), reading)?;
    let mut reports = data.reports;
    let read = arguments.event.as_ref().map(|path| read_event_file(path, disk, &mut reports)).transpose()?;
    // Leads that arrive together are compared with each other, like those of a file.
    data.tables
        .extend(read.as_ref().filter(|events| events.len() > 1).and_then(|events| arrived(events, &data.tables)));
    let crm = Crm::build(&data.tables, &contract.plan);
    if arguments.state.is_none() {
        state.count_open(&contract.plan, &crm);
    }
    let mut events = match read {
        Some(events) => events,
        None if arguments.sweep => {
            let mut raised = sweep(&contract.plan, &crm, arguments.as_of);
            raised.extend(breached(&contract.plan, &crm, &state, arguments.as_of));
            raised
        }
        None => data.events,
    };
    if let Some(id) = &arguments.id {
        events.retain(|event| is_of(event, id));
        if events.is_empty() {
            let help = "write the id as the export has it; `interlock preview … --list all` lists the leads";
            return Err(Failure::new(format!("no lead has the id `{id}`"), help));
        }
    }
    if events.is_empty() && arguments.sweep {
        let help = "no lead of the files has been quiet for as long as a workflow waits at that time";
        return Err(Failure::new("the clock raises nothing", help));
    }
    if events.is_empty() {
        return Err(Failure::new("there is nothing to decide", "name a file with at least one lead or event"));
    }
    let human = arguments.format == Format::Human;
    if human && !reports.is_empty() {
        write_files(out, &reports)?;
    }
    let mut progress = Progress::start();
    let many = events.len();
    let side = Side { plan: &contract.plan, crm: &crm };
    for (place, event) in events.iter().enumerate() {
        progress.tell(place, many, "decisions");
        let (decision, left) = decide(&contract.plan, event, &crm, state, arguments.as_of, arguments.seed);
        state = left;
        if arguments.hold {
            state.wait(&decision);
        }
        match human {
            true => write_decision(out, event, &decision, side)?,
            false => {
                let canonical =
                    decision.canonical().map_err(|error| Failure { message: error.to_string(), help: None })?;
                writeln!(out, "{canonical}")?;
            }
        }
    }
    progress.end();
    if let Some(path) = &arguments.state_out {
        let text = serde_json::to_string_pretty(&state)? + "\n";
        fs::write(path, text).map_err(|error| {
            Failure::new(format!("cannot write `{}`: {error}", shown(path)), "name a file you may write to")
        })?;
    }
    match human {
        false => writeln!(out, "{}", serde_json::to_string(&Left { state: &state, files: &reports })?)?,
        true => write_end(out, arguments, many)?,
    }
    Ok(Ended::Well)
}

/// Whether an event is called so or is of the record called so, in any of the forms a CRM writes its ids in.
pub(super) fn is_of(event: &Event, id: &str) -> bool {
    event.record.id == record_id(id) || event.id.as_str() == id
}

fn write_end(out: &mut dyn Write, arguments: &Decide, many: usize) -> io::Result<()> {
    let many = count(many as u64, "decision", "decisions");
    writeln!(out, "{many} for {}, seed {}", arguments.as_of, arguments.seed)?;
    if arguments.id.is_some() && arguments.state.is_none() {
        let text = "decided alone: in a pool it takes the first turn; `interlock preview … --lead ID` decides the \
                    leads before it too";
        writeln!(out, "{PALE}{text}{PALE:#}")?;
    }
    Ok(())
}

/// One event as JSON over as many lines as you like, or one a line.
fn read_event_file(path: &Path, disk: &mut Disk, reports: &mut Vec<FileReport>) -> Result<Vec<Event>, Failure> {
    let bytes = disk.read(path)?;
    let whole = std::str::from_utf8(&bytes).ok().filter(|text| {
        let mut findings = Vec::new();
        json::read(text, &mut findings).is_some()
    });
    if let Some(text) = whole {
        return typed::<Event>(path, text).map(|event| vec![event]);
    }
    let (events, set_aside) = read_events(&shown(path), &bytes).map_err(|error| Failure::from(&error))?;
    if events.is_empty()
        && let Some(aside) = set_aside.first()
    {
        let at = format!("`{}`, line {}", shown(path), aside.line);
        let message = format!("{at}: expected {}, found {}", aside.expected, aside.found);
        return Err(Failure::new(message, &*aside.help));
    }
    reports.push(FileReport {
        file: shown(path),
        holds: Some(interlock_core::workspace::Holds::Events),
        rows: u32::try_from(events.len()).unwrap_or(u32::MAX),
        set_aside,
        notes: Vec::new(),
        columns: Vec::new(),
        error: None,
    });
    Ok(events)
}

/// A value of a known type, or every fault of it.
pub(super) fn typed<T: json::Decode>(path: &Path, text: &str) -> Result<T, Failure> {
    let mut findings: Vec<Finding> = Vec::new();
    let value = json::read(text, &mut findings).and_then(|value| {
        let read = json::decode::<T>(&value, &mut findings);
        json::locate(text, &value, &mut findings);
        read
    });
    let mut failures: Vec<Failure> = findings.iter().map(|finding| fault(path, finding)).collect();
    match (value, failures.pop()) {
        (Some(value), None) => Ok(value),
        (_, Some(last)) => {
            failures.iter().for_each(tell);
            Err(last)
        }
        (None, None) => Err(Failure::new(format!("`{}` cannot be read", shown(path)), "`interlock schema` says how")),
    }
}

fn fault(path: &Path, finding: &Finding) -> Failure {
    let at = finding.place.map_or_else(String::new, |place| format!(":{}:{}", place.line, place.column));
    let address = match finding.address.as_str() {
        "" => String::new(),
        address => format!(" ({address})"),
    };
    let message = format!("{}{at}{address}: {}", shown(path), finding.message);
    Failure { message, help: finding.help.clone() }
}

fn write_decision(out: &mut dyn Write, event: &Event, decision: &Decision, side: Side<'_>) -> io::Result<()> {
    let text = |field: &str| event.fields.get(field).map(|text| text.trim()).filter(|text| !text.is_empty());
    let name = [text("lead.name"), text("lead.first_name"), text("lead.last_name"), text("lead.company")];
    let name: Vec<_> = name.into_iter().flatten().map(tame).collect();
    let kind = event.kind.word().replace('_', " ");
    writeln!(out, "{STRONG}{}{STRONG:#} {} ({kind})", tame(event.record.id.as_str()), name.join(" "))?;
    for (stage, text) in explain(decision, side) {
        write_stage(out, stage.word(), &text)?;
    }
    writeln!(out)
}

fn write_stage(out: &mut dyn Write, stage: &str, text: &StageText) -> io::Result<()> {
    writeln!(out, "  {STRONG}{stage}{STRONG:#}: {}", tame(&text.headline))?;
    for line in &text.lines {
        for said in line_words(line) {
            writeln!(out, "    {said}")?;
        }
    }
    Ok(())
}

/// One line of an explanation, with what was read indented below.
pub(super) fn line_words(line: &Line) -> Vec<String> {
    let mark = match (line.mark, line.verdict) {
        (_, Some(verdict)) => {
            let style = of_verdict(verdict);
            format!("{style}{verdict:<7}{style:#}")
        }
        (Mark::Yes, _) => format!("{GOOD}✓{GOOD:#}"),
        (Mark::No, _) => format!("{BAD}✗{BAD:#}"),
        (Mark::Unknown, _) => format!("{NOTICE}?{NOTICE:#}"),
        (Mark::Verdict | Mark::Info, None) => "·".to_owned(),
    };
    let mut words = Vec::new();
    for (place, part) in line.text.lines().enumerate() {
        words.push(match place {
            0 => format!("{mark} {}", tame(part)),
            _ => format!("  {}", tame(part)),
        });
    }
    words.extend(line.operands.iter().map(|operand| format!("    {PALE}{}{PALE:#}", tame(operand))));
    words
}
