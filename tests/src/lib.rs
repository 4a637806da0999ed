//! What the end-to-end tests, the parity program and the benchmarks have in common.
//!
//! Input: a workspace as files. Output: [`Bench`], everything that deciding its leads takes. Invariant: files are read
//! as every host reads them, through [`interlock_core::workspace::read`], so that what is measured and compared here is
//! what users get.

pub mod forms;
pub mod identity;
pub mod metrics;
pub mod random;
pub mod rate;
pub mod scoring;
pub mod trail;
pub mod working;

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result, bail};
use interlock_core::check::{Severity, check_text};
use interlock_core::decide::{Detail, decide_next};
use interlock_core::decision::Decision;
use interlock_core::plan::Plan;
use interlock_core::preview::Side;
use interlock_core::record::{Crm, Event, State};
use interlock_core::session::reads_alike;
use interlock_core::time::Timestamp;
use interlock_core::workspace::{self, Data, File, Reading};
use sha2::{Digest, Sha256};

/// The seed of every decision in tests and benchmarks: not 0, so that one that is lost on the way is noticed.
pub const SEED: u64 = 20_261_123;

/// Leads, both contracts, and the snapshot under each.
#[derive(Debug)]
pub struct Bench {
    /// The files, without the contracts.
    pub files: Vec<File>,
    /// What the files say.
    pub data: Data,
    /// The deployed contract.
    pub baseline: Plan,
    /// The edited contract.
    pub candidate: Plan,
    /// The snapshot as the baseline reads it.
    pub crm: Crm,
    /// The snapshot as the candidate reads it, where that is another.
    pub other: Option<Crm>,
    /// The time of every decision.
    pub as_of: Timestamp,
}

impl Bench {
    /// The demo workspace.
    ///
    /// # Errors
    /// When one of its contracts cannot be used.
    pub fn demo() -> Result<Self> {
        let demo = interlock_demo::workspace();
        let text = |name: &str| {
            let bytes = demo.file(name).with_context(|| format!("the demo has no `{name}`"))?;
            Ok::<_, anyhow::Error>(std::str::from_utf8(bytes)?.to_owned())
        };
        let (baseline, candidate) = (text("baseline.json")?, text("candidate.json")?);
        let data = demo.files.iter().filter(|file| !is_contract(file.name));
        let files = data.map(|file| File { name: file.name.to_owned(), bytes: file.bytes.clone(), holds: None });
        Self::new(files.collect(), &baseline, &candidate, demo.as_of)
    }

    /// Files under two contracts.
    ///
    /// # Errors
    /// When a contract cannot be used, or the time cannot be read.
    pub fn new(files: Vec<File>, baseline: &str, candidate: &str, as_of: &str) -> Result<Self> {
        let as_of = Timestamp::parse(as_of).with_context(|| format!("`{as_of}` is not a time"))?;
        let (baseline, candidate) = (plan(baseline)?, plan(candidate)?);
        let data = workspace::read(&files, baseline.contract(), Reading { as_of, ..Reading::default() });
        let crm = Crm::build(&data.tables, &baseline);
        let alike = reads_alike(baseline.contract(), candidate.contract());
        let other = (!alike).then(|| Crm::build(&data.tables, &candidate));
        Ok(Self { files, data, baseline, candidate, crm, other, as_of })
    }

    /// Both sides by name, as a preview takes them.
    #[must_use]
    pub fn sides(&self) -> [(&'static str, Side<'_>); 2] {
        let before = Side { plan: &self.baseline, crm: &self.crm };
        let after = Side { plan: &self.candidate, crm: self.other.as_ref().unwrap_or(&self.crm) };
        [("baseline", before), ("candidate", after)]
    }

    /// Every lead's decision under one side, in order of arrival, from an empty state.
    #[must_use]
    pub fn decisions(&self, side: Side<'_>, detail: Detail) -> Vec<Decision> {
        let mut state = State::default();
        let events = self.data.events.iter();
        events.map(|event| decide_next(side.plan, event, side.crm, &mut state, self.as_of, SEED, detail)).collect()
    }

    /// The events, over and over, until there are `count`; each has an id of its own.
    #[must_use]
    pub fn repeated(&self, count: usize) -> Vec<Event> {
        let events = self.data.events.iter().cycle().take(count).enumerate();
        events.map(|(place, event)| Event { id: format!("{}-{place}", event.id).into(), ..event.clone() }).collect()
    }
}

fn is_contract(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending == "json")
}

/// The plan of a contract that can be used.
///
/// # Errors
/// When it cannot: the errors, a line each.
pub fn plan(text: &str) -> Result<Plan> {
    let checked = check_text(text);
    let errors = checked.findings.iter().filter(|finding| finding.severity >= Severity::Error);
    let errors: Vec<_> = errors.map(|finding| format!("{}: {}", finding.address, finding.message)).collect();
    match checked.plan {
        Some(plan) => Ok(plan),
        None => bail!("the contract cannot be used:\n{}", errors.join("\n")),
    }
}

/// SHA-256, in hexadecimal digits.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
