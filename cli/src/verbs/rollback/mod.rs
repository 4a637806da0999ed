//! `interlock rollback`: what was done wrong is planned back, taken back, and verified.
//!
//! Everything is read and judged before anything is written; the log is written first, then the state, then the files for
//! the CRM. A log that is not sound is refused.

mod written;

use std::fs;
use std::io::Write;
use std::path::Path;

use interlock_core::audit::log::Head;
use interlock_core::audit::rollback::{
    Back, Choice, Exported, InTables, LogAlone, PlanError, Present, RollbackPlan, Survey, System, apply, export, make,
    verify,
};
use interlock_core::contract::Contract;
use interlock_core::gate::Approval;
use interlock_core::record::{Crm, State};
use interlock_core::text::count;
use interlock_core::time::Timestamp;
use interlock_core::workspace::{Arrival, Data, Reading};

use super::audit::{add, read_twice, unwritable, write_json};
use super::decide::typed;
use super::preview::now;
use crate::Ended;
use crate::arguments::{
    ApplyRollback, Chosen, Export, Files, Format, PlanRollback, Rollback, RollbackVerb, VerifyRollback,
};
use crate::failure::Failure;
use crate::input::{Disk, Usable, shown, tell};
use crate::output::{NOTICE, tame};

/// Does what was asked.
///
/// # Errors
/// When a file cannot be read or written, nothing is chosen, or a log or plan is not what it should be.
pub fn run(arguments: &Rollback, disk: &mut Disk, out: &mut dyn Write) -> Result<Ended, Failure> {
    match &arguments.verb {
        RollbackVerb::Plan(arguments) => plan(arguments, disk, out),
        RollbackVerb::Apply(arguments) => carry_out(arguments, disk, out),
        RollbackVerb::Verify(arguments) => look(arguments, disk, out),
    }
}

fn failed(error: &PlanError) -> Failure {
    Failure::new(error.to_string(), error.help())
}

/// What stands in the CRM, as its files have it.
struct Snapshot {
    data: Data,
    crm: Crm,
}

impl Snapshot {
    fn read(files: &Files, contract: &Usable, as_of: Timestamp, disk: &mut Disk) -> Result<Option<Self>, Failure> {
        if files.all().next().is_none() {
            return Ok(None);
        }
        let arrival = Arrival::from(files.order);
        let reading = Reading { arrival, default_source: files.default_source.as_deref(), as_of };
        let data = disk.data(files, contract.plan.contract(), reading)?;
        let crm = Crm::build(&data.tables, &contract.plan);
        Ok(Some(Self { data, crm }))
    }

    /// Whose columns the files have.
    fn system(&self) -> System {
        let columns = self.data.tables.iter().flat_map(|table| &table.columns);
        System::of_headers(columns.map(|column| column.header.as_str()))
    }
}

/// Calls with what stands in the CRM: that of the files, otherwise the log's own last values.
fn with_present<T>(snapshot: Option<&Snapshot>, contract: &Usable, then: impl FnOnce(&dyn Present) -> T) -> T {
    match snapshot {
        Some(snapshot) => then(&InTables::new(&snapshot.data.tables, &contract.plan, &snapshot.crm)),
        None => then(&LogAlone),
    }
}

/// Surveys a log.
fn survey<'c>(log: &Path, choice: &'c Choice) -> Result<(Survey<'c>, Head), Failure> {
    let survey = Survey::new(choice).map_err(|error| Failure::new(error.to_string(), error.help()))?;
    // The two readings take turns.
    let survey = std::cell::RefCell::new(survey);
    let head = read_twice(log, &mut |entry| survey.borrow_mut().find(entry), &mut |entry| {
        survey.borrow_mut().gather(entry);
    })?;
    Ok((survey.into_inner(), head))
}

fn plan(arguments: &PlanRollback, disk: &mut Disk, out: &mut dyn Write) -> Result<Ended, Failure> {
    let choice = arguments.chosen.choice(records(&arguments.chosen, disk)?);
    choice.check().map_err(|error| Failure::new(error.to_string(), error.help()))?;
    let contract = disk.contract(&arguments.contract)?;
    let at = arguments.as_of.unwrap_or_else(now);
    let snapshot = Snapshot::read(&arguments.files, &contract, at, disk)?;
    let (survey, head) = survey(&arguments.log, &choice)?;
    let unknown = choice.unknown(survey.seen());
    if survey.found() == 0 {
        let mut failures = unknown.iter().map(|name| {
            let message =
                format!("no entry of `{}` has the {} `{}`", shown(&arguments.log), name.what, tame(&name.name));
            Failure::new(message, tame(&name.help))
        });
        let last = failures.next();
        failures.for_each(|failure| tell(&failure));
        return Err(last.unwrap_or_else(|| {
            let message = format!("no entry of `{}` is chosen: nothing in it has all of this", shown(&arguments.log));
            Failure::new(message, "leave a filter out; `--rollbacks` chooses rollbacks, and they alone")
        }));
    }
    let by_log = snapshot.is_none();
    let order = Approval { by: arguments.by.clone(), at, instead: None, note: arguments.note.clone() };
    let plan =
        with_present(snapshot.as_ref(), &contract, |present| make(survey, &contract.plan, present, &order, Some(head)))
            .map_err(|error| failed(&error))?;
    let human = arguments.format == Format::Human;
    match human {
        true => written::plan(out, &plan, &unknown, by_log)?,
        false => {
            write_json(&plan, None, out)?;
        }
    }
    if let Some(path) = &arguments.out {
        write_json(&plan, Some(path), &mut said(out, human))?;
    }
    write_csv(&plan.back, &arguments.export, snapshot.as_ref(), contract.plan.contract(), said(out, human))?;
    Ok(Ended::Well)
}

/// Where words for people go: nowhere, beside JSON.
fn said<'o>(out: &'o mut dyn Write, human: bool) -> Box<dyn Write + 'o> {
    if human { Box::new(out) } else { Box::new(std::io::sink()) }
}

/// The records that are named, and those that stand in files.
fn records(chosen: &Chosen, disk: &mut Disk) -> Result<Vec<String>, Failure> {
    let mut all = Vec::new();
    for named in &chosen.records {
        let path = Path::new(named);
        if !path.is_file() && named != "-" {
            all.push(named.clone());
            continue;
        }
        let text = disk.text(path)?;
        let ids = text.trim_start_matches('\u{feff}').lines().map(first_cell).filter(|id| !id.is_empty());
        let before = all.len();
        all.extend(ids.enumerate().filter(|(place, id)| *place > 0 || !is_header(id)).map(|(_, id)| id.to_owned()));
        if all.len() == before {
            let message = format!("`{}` names no record", shown(path));
            return Err(Failure::new(message, "give a file with the id of one record a line"));
        }
    }
    Ok(all)
}

/// The first cell of a line; an id has neither quotes nor line breaks in it.
fn first_cell(line: &str) -> &str {
    let line = line.trim();
    let cell =
        line.strip_prefix('"').map_or_else(|| line.split([',', ';', '\t']).next(), |rest| rest.split('"').next());
    cell.unwrap_or_default().trim()
}

/// Whether it heads a column of ids and is none.
fn is_header(text: &str) -> bool {
    let plain: String = text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    matches!(plain.as_str(), "id" | "recordid" | "leadid" | "contactid" | "accountid" | "opportunityid" | "hsobjectid")
}

fn write_csv(
    back: &[Back],
    arguments: &Export,
    snapshot: Option<&Snapshot>,
    contract: &Contract,
    mut out: impl Write,
) -> Result<(), Failure> {
    let Some(folder) = &arguments.csv else { return Ok(()) };
    let system = arguments.crm.map(System::from).or_else(|| snapshot.map(Snapshot::system)).unwrap_or_default();
    let tables = snapshot.map_or(&[][..], |snapshot| &snapshot.data.tables);
    let Exported { import, by_hand } = export(back, system, contract, tables);
    fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
    for file in import.iter().chain(&by_hand) {
        let path = folder.join(&file.name);
        fs::write(&path, &file.text).map_err(|error| unwritable(&path, &error))?;
        writeln!(out, "written to `{}`: {}", shown(&path), count(file.values, "value", "values"))?;
    }
    if by_hand.is_some() {
        writeln!(
            out,
            "{NOTICE}!{NOTICE:#} an import would not store what is in `by-hand.csv`: its last column says why"
        )?;
    }
    if import.is_empty() && by_hand.is_none() {
        writeln!(out, "{NOTICE}!{NOTICE:#} nothing goes back: no file is written")?;
    }
    Ok(())
}

fn read_plan(path: &Path, disk: &mut Disk) -> Result<RollbackPlan, Failure> {
    let plan = RollbackPlan::read(&disk.text(path)?)
        .map_err(|error| Failure::new(format!("`{}`: {}", shown(path), tame(&error.to_string())), error.help()))?;
    if plan.entries().check().is_err() {
        let message = format!("`{}` takes nothing back", shown(path));
        return Err(Failure::new(message, "choose something else: `interlock rollback plan`"));
    }
    Ok(plan)
}

/// The log of a plan, surveyed for what the plan undoes.
fn survey_of<'c>(plan: &RollbackPlan, log: &Path, choice: &'c Choice) -> Result<Survey<'c>, Failure> {
    let (survey, head) = survey(log, choice)?;
    let made_on = plan.log.as_ref().map(|head| head.log.as_str());
    if survey.found() < choice.entries.len() as u64 {
        let message = format!("`{}` does not have all entries that the plan takes back", shown(log));
        let other = made_on.filter(|id| *id != head.log);
        let help = match other {
            Some(id) => format!("the plan was made on log `{}`, this is log `{}`", tame(id), tame(&head.log)),
            None => "name the log that the plan was made on, or one that it was merged into".to_owned(),
        };
        return Err(Failure::new(message, help));
    }
    Ok(survey)
}

fn carry_out(arguments: &ApplyRollback, disk: &mut Disk, out: &mut dyn Write) -> Result<Ended, Failure> {
    let plan = read_plan(&arguments.plan, disk)?;
    let contract = disk.contract(&arguments.contract)?;
    let path = &arguments.state;
    let fresh = !fs::exists(path).map_err(|error| unwritable(path, &error))?;
    let mut state = if fresh { State::default() } else { typed::<State>(path, &disk.text(path)?)? };
    let at = arguments.as_of.unwrap_or_else(now);
    let snapshot = Snapshot::read(&arguments.files, &contract, at, disk)?;
    let choice = plan.entries();
    let survey = survey_of(&plan, &arguments.log, &choice)?;
    let by = arguments.by.clone().unwrap_or_else(|| plan.by.clone());
    let order = Approval { by, at, instead: None, note: plan.note.clone() };
    let applied =
        with_present(snapshot.as_ref(), &contract, |present| apply(&plan, survey, &contract.plan, present, &order))
            .map_err(|error| failed(&error))?;
    let human = arguments.format == Format::Human;
    if human {
        written::applied(out, &plan, &applied, &contract, snapshot.is_none())?;
    }
    if !applied.entries.is_empty() {
        add(&arguments.log, None, None, &applied.entries, &mut said(out, human))?;
    }
    applied.keep(&mut state);
    let text = serde_json::to_string_pretty(&state)? + "\n";
    fs::write(path, text).map_err(|error| unwritable(path, &error))?;
    if human {
        writeln!(out, "{}: {}", shown(path), written::repeats(&applied))?;
    }
    write_csv(&applied.back, &arguments.export, snapshot.as_ref(), contract.plan.contract(), said(out, human))?;
    if !human {
        write_json(&applied, None, out)?;
    }
    Ok(if applied.kept.is_empty() { Ended::Well } else { Ended::WithFindings })
}

fn look(arguments: &VerifyRollback, disk: &mut Disk, out: &mut dyn Write) -> Result<Ended, Failure> {
    let plan = read_plan(&arguments.plan, disk)?;
    let contract = disk.contract(&arguments.contract)?;
    let snapshot = Snapshot::read(&arguments.files, &contract, plan.as_of, disk)?;
    let choice = plan.entries();
    let survey = survey_of(&plan, &arguments.log, &choice)?;
    let verified = with_present(snapshot.as_ref(), &contract, |present| verify(&plan, survey, present));
    match arguments.format {
        Format::Human => written::verified(out, &verified)?,
        Format::Json => {
            write_json(&verified, None, out)?;
        }
    }
    Ok(if verified.missing + verified.differs == 0 { Ended::Well } else { Ended::WithFindings })
}
