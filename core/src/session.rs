//! A session: files, two contracts, and the preview between them, kept between questions.
//!
//! This is what the panel talks to, in a worker, and what the npm package offers for interactive use. Input: files and
//! contracts as text. Output: plain values that serialise. Invariant: nothing is computed again that did not change; a
//! contract that cannot be used never replaces one that can, it only says why.

use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use crate::audit::metrics::Standing;
use crate::check::{Checked, Finding, check_text};
use crate::contract::Contract;
use crate::diff::{self, Difference};
use crate::identity;
use crate::identity::duplicates::Duplicates;
use crate::json;
use crate::plan::Plan;
use crate::preview::view::{EditEffect, Page, Query, SideBySide, Summary};
use crate::preview::{Preview, Side, When, preview};
use crate::record::{Crm, Object};
use crate::time::Timestamp;
use crate::workspace::{self, Arrival, Data, File, FileReport, Holds, Reading};

/// Which contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The deployed one.
    Baseline,
    /// The edited one.
    Candidate,
}

impl Which {
    /// Reads `baseline` or `candidate`.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "baseline" => Some(Self::Baseline),
            "candidate" => Some(Self::Candidate),
            _ => None,
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Baseline => "baseline",
            Self::Candidate => "candidate",
        }
    }
}

/// Why a question has no answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Trouble {
    /// What is so.
    pub message: String,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)?;
        self.help.as_ref().map_or(Ok(()), |help| write!(f, "; {help}"))
    }
}

impl std::error::Error for Trouble {}

fn trouble(message: impl Into<String>, help: &str) -> Trouble {
    Trouble { message: message.into(), help: Some(help.to_owned()) }
}

/// What checking a contract found, for the panel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CheckReport {
    /// Everything there is to say.
    pub findings: Vec<Finding>,
    /// Whether it can be used.
    pub usable: bool,
    /// Its id, where it could be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its name, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its version, where it could be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Its digest, where it can be used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
}

impl From<&Checked> for CheckReport {
    fn from(checked: &Checked) -> Self {
        let contract = checked.contract.as_ref();
        Self {
            findings: checked.findings.clone(),
            usable: checked.is_usable(),
            id: contract.map(|contract| contract.id.to_string()),
            name: contract.and_then(|contract| contract.name.clone()),
            version: contract.map(|contract| contract.version.clone()),
            digest: checked.plan.as_ref().map(|plan| plan.digest().to_owned()),
        }
    }
}

/// One contract that can be used.
#[derive(Clone, Debug)]
struct Loaded {
    text: String,
    value: Value,
    plan: Plan,
}

/// Files, two contracts, and the preview between them.
#[derive(Debug, Default)]
pub struct Session {
    files: Vec<File>,
    baseline: Option<Loaded>,
    candidate: Option<Loaded>,
    as_of: Timestamp,
    seed: u64,
    arrival: Arrival,
    /// What the files say under the contract they were read with.
    data: Option<(Arc<Contract>, Data)>,
    /// The snapshots of both sides; the candidate's is the baseline's where both contracts read files alike.
    crm: Option<(Crm, Option<Crm>)>,
    preview: Option<Preview>,
    /// The preview beside the last candidate, whose baseline need not be decided again.
    last: Option<Preview>,
}

impl Session {
    /// Adds a file; one of the same name is replaced. Returns what became of it.
    pub fn load(&mut self, name: &str, bytes: Vec<u8>, holds: Option<Holds>) -> FileReport {
        let mut parts = self.without(name);
        let file = File { name: name.to_owned(), bytes, holds };
        let contract = self.reads_with();
        let part = workspace::read_one(&file, &contract, self.reading());
        let report = part.report.clone();
        // One that cannot be read or is a contract says nothing of leads: what was there before goes on without it.
        let says_something = report.error.is_none() && report.holds != Some(Holds::Contract);
        if says_something {
            self.files.push(file);
            parts.push(part);
        }
        let data = workspace::join(parts, self.arrival);
        let last = data.reports.last().filter(|_| says_something).cloned();
        self.data = Some((contract, data));
        last.unwrap_or(report)
    }

    /// Takes a file away.
    pub fn unload(&mut self, name: &str) {
        let parts = self.without(name);
        self.data = Some((self.reads_with(), workspace::join(parts, self.arrival)));
    }

    /// What the files say but the one of this name, which is taken away.
    fn without(&mut self, name: &str) -> Vec<workspace::Part> {
        self.read_files();
        let mut parts = self.data.take().map(|(_, data)| workspace::apart(data)).unwrap_or_default();
        parts.retain(|part| part.report.file != name);
        self.files.retain(|file| file.name != name);
        self.forget_data();
        parts
    }

    /// What became of each file.
    #[must_use]
    pub fn files(&mut self) -> Vec<FileReport> {
        self.read_files();
        self.data.as_ref().map(|(_, data)| data.reports.clone()).unwrap_or_default()
    }

    /// Sets the order in which leads arrive.
    pub fn set_arrival(&mut self, arrival: Arrival) {
        if self.arrival != arrival {
            self.arrival = arrival;
            self.forget_data();
        }
    }

    /// Sets one of the contracts, if it can be used; says what was found either way.
    pub fn set_contract(&mut self, which: Which, text: &str) -> CheckReport {
        let checked = check_text(text);
        let report = CheckReport::from(&checked);
        if let (Some(plan), Some(value)) = (checked.plan, json::read(text, &mut Vec::new())) {
            let loaded = Some(Loaded { text: text.to_owned(), value, plan });
            let preview = self.preview.take();
            match which {
                Which::Baseline => {
                    self.baseline = loaded;
                    self.last = None;
                }
                Which::Candidate => {
                    self.candidate = loaded;
                    self.last = preview.or(self.last.take());
                }
            }
            self.forget_unfit();
        }
        report
    }

    /// Runs the preview.
    ///
    /// # Errors
    /// When a contract or the leads are missing.
    pub fn preview(&mut self, as_of: Timestamp, seed: u64) -> Result<Summary, Trouble> {
        if self.as_of != as_of {
            self.as_of = as_of;
            self.forget_data();
        }
        if self.seed != seed {
            self.seed = seed;
            self.forget_previews();
        }
        self.prepare()?;
        let (baseline, candidate, data) = self.sides()?;
        let run = self.preview.as_ref().ok_or_else(no_preview)?;
        Ok(run.summary(baseline, candidate, &data.events, data.leads_set_aside()))
    }

    /// A page of leads.
    ///
    /// # Errors
    /// When there is no preview.
    pub fn moves(&self, query: &Query) -> Result<Page, Trouble> {
        let (baseline, candidate, data) = self.sides()?;
        let run = self.preview.as_ref().ok_or_else(no_preview)?;
        Ok(run.page(baseline, candidate, &data.events, query))
    }

    /// Both decisions of one lead in words.
    ///
    /// # Errors
    /// When there is no preview or no such lead.
    pub fn lead(&self, index: usize) -> Result<SideBySide, Trouble> {
        let (baseline, candidate, data) = self.sides()?;
        let run = self.preview.as_ref().ok_or_else(no_preview)?;
        run.side_by_side(baseline, candidate, &data.events, index).ok_or_else(|| no_lead(index, data))
    }

    /// One decision of one lead as canonical JSON.
    ///
    /// # Errors
    /// When there is no preview or no such lead.
    pub fn decision(&self, index: usize, which: Which) -> Result<String, Trouble> {
        let (baseline, candidate, data) = self.sides()?;
        let run = self.preview.as_ref().ok_or_else(no_preview)?;
        let decisions = run.decisions(baseline, candidate, &data.events, index).ok_or_else(|| no_lead(index, data))?;
        let decision = match which {
            Which::Baseline => decisions.0,
            Which::Candidate => decisions.1,
        };
        decision.canonical().map_err(|error| Trouble { message: error.to_string(), help: None })
    }

    /// The duplicates among the people, or the companies, of the files, by the match model of one contract.
    ///
    /// # Errors
    /// When that contract is missing or has no such model.
    pub fn duplicates(&mut self, of: Object, which: Which) -> Result<Duplicates, Trouble> {
        self.prepare()?;
        let (baseline, candidate, _) = self.sides()?;
        let side = if which == Which::Baseline { baseline } else { candidate };
        identity::duplicates(side.plan, side.crm, of).ok_or_else(|| {
            let (whom, key) = if of == Object::Account { ("companies", "companies") } else { ("people", "people") };
            trouble(
                format!("the {} contract does not say how {whom} are weighed", which.word()),
                &format!("add a match model at `/identity/{key}`; the starting contract has one"),
            )
        })
    }

    /// How the CRM stands under the baseline, every record of it: what metrics need besides a log.
    ///
    /// # Errors
    /// When a contract or the leads are missing.
    pub fn standing(&mut self) -> Result<Standing, Trouble> {
        self.prepare()?;
        let (baseline, ..) = self.sides()?;
        Ok(Standing::of(baseline.plan, baseline.crm, &|_, _| true))
    }

    /// The place of a lead by its id in the CRM.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<usize> {
        let (_, data) = self.data.as_ref()?;
        data.events.iter().position(|event| event.record.id.as_str() == id)
    }

    /// What differs between the two contracts.
    ///
    /// # Errors
    /// When one of them is missing.
    pub fn diff(&self) -> Result<Vec<Difference>, Trouble> {
        let (baseline, candidate) = self.contracts()?;
        Ok(diff::diff(&baseline.value, &candidate.value))
    }

    /// What one of the differences does when it alone is made to the baseline.
    ///
    /// # Errors
    /// When there is no preview or no such difference.
    pub fn effect(&mut self, place: usize) -> Result<EditEffect, Trouble> {
        self.prepare()?;
        let edit = self.diff()?.into_iter().nth(place);
        let edit = edit.ok_or_else(|| trouble(format!("there is no edit {place}"), "ask for `diff` again"))?;
        let (baseline, candidate, data) = self.sides()?;
        let preview = self.preview.as_ref().ok_or_else(no_preview)?;
        let (contract, other) = self.contracts()?;
        let alone = diff::alone(&contract.value, &other.value, &edit).ok();
        let plan = alone.map(|mut value| {
            if let Some(keys) = value.as_object_mut() {
                keys.shift_remove("digest");
            }
            crate::check::check(&value).plan
        });
        let alone = plan.flatten().map(|plan| {
            let own;
            let crm = if reads_alike(plan.contract(), baseline.plan.contract()) {
                baseline.crm
            } else if reads_alike(plan.contract(), candidate.plan.contract()) {
                candidate.crm
            } else {
                own = Crm::build(&data.tables, &plan);
                &own
            };
            preview.beside(baseline, Side { plan: &plan, crm }, &data.events, &mut |_| {}).counts()
        });
        Ok(EditEffect { edit, alone })
    }

    /// One contract as its author wrote it, with its digest filled in.
    ///
    /// # Errors
    /// When it is missing.
    pub fn export(&self, which: Which) -> Result<String, Trouble> {
        let loaded = match which {
            Which::Baseline => self.baseline.as_ref(),
            Which::Candidate => self.candidate.as_ref(),
        };
        let loaded = loaded.ok_or_else(|| no_contract(which))?;
        export(&loaded.value)
    }

    /// The text of one contract as it was set.
    #[must_use]
    pub fn text(&self, which: Which) -> Option<&str> {
        match which {
            Which::Baseline => self.baseline.as_ref().map(|loaded| loaded.text.as_str()),
            Which::Candidate => self.candidate.as_ref().map(|loaded| loaded.text.as_str()),
        }
    }

    /// Everybody in the directory.
    #[must_use]
    pub fn owners(&self) -> &[crate::record::Owner] {
        self.crm.as_ref().map_or(&[], |(crm, _)| crm.owners())
    }

    /// The contract whose words editors complete: the candidate, else the baseline.
    #[must_use]
    pub fn contract(&self) -> Option<&Arc<Contract>> {
        self.candidate.as_ref().or(self.baseline.as_ref()).map(|loaded| loaded.plan.contract())
    }

    fn contracts(&self) -> Result<(&Loaded, &Loaded), Trouble> {
        let baseline = self.baseline.as_ref().ok_or_else(|| no_contract(Which::Baseline))?;
        let candidate = self.candidate.as_ref().ok_or_else(|| no_contract(Which::Candidate))?;
        Ok((baseline, candidate))
    }

    fn sides(&self) -> Result<(Side<'_>, Side<'_>, &Data), Trouble> {
        let (baseline, candidate) = self.contracts()?;
        let (_, data) = self.data.as_ref().ok_or_else(no_preview)?;
        let (crm, other) = self.crm.as_ref().ok_or_else(no_preview)?;
        let other = other.as_ref().unwrap_or(crm);
        Ok((Side { plan: &baseline.plan, crm }, Side { plan: &candidate.plan, crm: other }, data))
    }

    /// Reads, builds and runs what changed since the last question.
    fn prepare(&mut self) -> Result<(), Trouble> {
        self.contracts()?;
        self.read_files();
        let events = self.data.as_ref().map_or(0, |(_, data)| data.events.len());
        if events == 0 {
            let help = match self.files.is_empty() {
                true => "load an export of leads",
                false => "load an export of leads, or say of a contacts export that it holds the leads",
            };
            return Err(trouble("there are no leads to preview", help));
        }
        if self.crm.is_none()
            && let (Some(baseline), Some(candidate), Some((_, data))) = (&self.baseline, &self.candidate, &self.data)
        {
            let crm = Crm::build(&data.tables, &baseline.plan);
            let alike = reads_alike(baseline.plan.contract(), candidate.plan.contract());
            let other = (!alike).then(|| Crm::build(&data.tables, &candidate.plan));
            self.crm = Some((crm, other));
        }
        if self.preview.is_none() {
            let (baseline, candidate, data) = self.sides()?;
            let when = When { as_of: self.as_of, seed: self.seed };
            let run = match &self.last {
                Some(last) => last.beside(baseline, candidate, &data.events, &mut |_| {}),
                None => preview(baseline, candidate, &data.events, when, &mut |_, _| {}),
            };
            self.last = None;
            self.preview = Some(run);
        }
        Ok(())
    }

    fn read_files(&mut self) {
        if self.data.is_some() {
            return;
        }
        let contract = self.reads_with();
        let data = workspace::read(&self.files, &contract, self.reading());
        self.data = Some((contract, data));
    }

    /// The contract that says how files are read.
    fn reads_with(&self) -> Arc<Contract> {
        let loaded = self.baseline.as_ref().or(self.candidate.as_ref());
        loaded.map_or_else(|| Arc::new(Contract::empty()), |loaded| Arc::clone(loaded.plan.contract()))
    }

    const fn reading(&self) -> Reading<'static> {
        Reading { arrival: self.arrival, default_source: None, as_of: self.as_of }
    }

    fn forget_data(&mut self) {
        self.data = None;
        self.crm = None;
        self.forget_previews();
    }

    fn forget_previews(&mut self) {
        self.preview = None;
        self.last = None;
    }

    /// Forgets what was read or built under a contract that reads files otherwise.
    fn forget_unfit(&mut self) {
        let read_with = self.baseline.as_ref().or(self.candidate.as_ref()).map(|loaded| loaded.plan.contract());
        let fits =
            self.data.as_ref().is_some_and(|(contract, _)| read_with.is_some_and(|other| reads_alike(contract, other)));
        if !fits {
            self.forget_data();
            return;
        }
        let split = self.crm.as_ref().is_some_and(|(_, other)| other.is_some());
        let alike = match (&self.baseline, &self.candidate) {
            (Some(baseline), Some(candidate)) => reads_alike(baseline.plan.contract(), candidate.plan.contract()),
            _ => true,
        };
        if split || !alike {
            self.crm = None;
            self.last = None;
        }
    }
}

/// Whether two contracts read the same files to the same records.
#[must_use]
pub fn reads_alike(one: &Contract, other: &Contract) -> bool {
    let same_identity = match (&one.identity, &other.identity) {
        (Some(one), Some(other)) => {
            let models = one.people == other.people && one.companies == other.companies;
            models && one.ignore_domains == other.ignore_domains && one.role_mailboxes == other.role_mailboxes
        }
        (one, other) => one.is_none() && other.is_none(),
    };
    same_identity && one.settings == other.settings && one.custom_fields == other.custom_fields
}

/// A contract as a file: its author's order of keys, two spaces, with the digest of its content.
///
/// # Errors
/// When it has a number no JSON reader holds.
pub fn export(contract: &Value) -> Result<String, Trouble> {
    let digest = json::digest(contract).map_err(|error| Trouble { message: error.to_string(), help: None })?;
    let mut contract = contract.clone();
    if let Some(keys) = contract.as_object_mut() {
        keys.insert("digest".to_owned(), Value::from(digest));
    }
    Ok(json::pretty(&json::text(&contract)) + "\n")
}

fn no_contract(which: Which) -> Trouble {
    trouble(format!("there is no usable {} contract", which.word()), "load one, or mend the errors that `check` lists")
}

fn no_preview() -> Trouble {
    trouble("there is no preview yet", "ask for `preview` first")
}

fn no_lead(index: usize, data: &Data) -> Trouble {
    let message = format!("there is no lead {index}; there are {}", data.events.len());
    trouble(message, "ask for `moves` again")
}
