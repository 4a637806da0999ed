//! How well and how fast people and companies are matched.
//!
//! Input: a folder with labelled sets. Output: for each set precision, recall, F1 and time beside the best peer's; one
//! lead against a million contacts; input that is meant to hurt. Invariant: one configuration for all sets of people and
//! one for all of companies; a set brings nothing but a column mapping. Nothing is asserted: figures are for reading.

mod hard;
mod population;
mod search;
mod sets;

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use interlock_core::contract::{Identity, MatchModel};

pub use population::{Contact, contact, misspelled};

use crate::rate::{print, processor_time};

/// Both shipped models: of people and of companies.
///
/// # Errors
/// When `contracts/identity.json` does not have them.
pub fn shipped() -> Result<(MatchModel, MatchModel)> {
    let identity: Identity = serde_json::from_str(include_str!("../../contracts/identity.json"))?;
    Ok((identity.people.context("no model of people")?, identity.companies.context("no model of companies")?))
}

/// Runs everything; see the [module](self).
///
/// # Errors
/// When a set is missing or cannot be read.
pub fn identity(folder: &Path) -> Result<()> {
    let (people, companies) = shipped()?;
    print(&format!("\nidentity: {}; repeat: cargo xtask bench identity FOLDER", folder.display()));
    sets::sets(folder, &people, &companies)?;
    search::search(&people)?;
    hard::hard(&people, &companies);
    Ok(())
}

/// Seconds with three decimals.
pub(crate) fn seconds(time: Duration) -> String {
    format!("{}.{:03}", time.as_secs(), time.subsec_millis())
}

/// Runs work and says how long it took: where the kernel tells, the time this thread was run, so that what else the machine
/// does matters less.
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let (start, spent) = (Instant::now(), processor_time());
    let done = work();
    let elapsed = start.elapsed();
    let run = processor_time().zip(spent).and_then(|(after, before)| u64::try_from(after.saturating_sub(before)).ok());
    (done, run.map_or(elapsed, Duration::from_nanos))
}

/// What the process holds in memory, in bytes, as the kernel counts it; 0 where it does not say.
pub(crate) fn resident() -> u64 {
    let text = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages: u64 = text.split(' ').nth(1).and_then(|pages| pages.parse().ok()).unwrap_or(0);
    pages * 4096
}

/// Bytes in MB.
pub(crate) fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes.div_ceil(1_000_000))
}
