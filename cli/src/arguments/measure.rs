//! The arguments of `interlock audit metrics` and `interlock audit report`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use interlock_core::audit::metrics::{By, Week};
use interlock_core::scale::Confidence;
use interlock_core::time::Timestamp;

use super::Files;

/// What figures are worked out of besides the log.
#[derive(Debug, Default, Args)]
pub struct Beside {
    /// The contract: targets, pools, which rules are catch-alls, what advice is about.
    #[arg(long, value_name = "CONTRACT")]
    pub contract: Option<PathBuf>,
    /// The CRM as it stands: how full its fields are, how many records are there twice.
    #[command(flatten)]
    pub files: Files,
    /// Decisions, as `interlock decide --format json` writes them: whether handoff notes have all their parts, and which leads
    /// are eligible.
    #[arg(long, value_name = "FILE", requires = "contract")]
    pub decisions: Option<PathBuf>,
}

/// `interlock audit metrics`.
#[derive(Debug, Args)]
#[command(
    long_about = "Measure how well the automation works: suggestions accepted, routing corrected, tasks done in time, \
                  actions that suppression stopped, rollbacks, handoffs, and more, each with its interval and of how many.\n\n\
                  docs/metrics.md defines every figure. What cannot be measured says which input it needs."
)]
pub struct Metrics {
    /// The log.
    pub log: PathBuf,
    /// What else is known.
    #[command(flatten)]
    pub beside: Beside,
    /// Cut the figures up by weeks, workflows, versions, rules, sources or owners.
    #[arg(long, value_enum, value_name = "WHAT")]
    pub by: Option<Cut>,
    /// Count from this time on (RFC 3339, or a day).
    #[arg(long, value_name = "TIME", value_parser = super::time)]
    pub from: Option<Timestamp>,
    /// Take the log as it was before this time.
    #[arg(long, value_name = "TIME", value_parser = super::time)]
    pub until: Option<Timestamp>,
    /// Show how often a stated confidence was right, by source and field, and from where on it suffices.
    #[arg(long)]
    pub calibration: bool,
    /// The share of suggestions that are to be right, in percent, for which `--calibration` finds the lowest confidence.
    #[arg(long, value_name = "PERCENT", default_value = "95", value_parser = percent, requires = "calibration")]
    pub precision: Confidence,
    /// For people, for programs, or as a table.
    #[arg(long, value_enum, default_value_t)]
    pub format: As,
}

/// `interlock audit report`.
#[derive(Debug, Args)]
#[command(
    long_about = "Write the weekly review: what was corrected, which rules caused doubt, which handoffs helped, which workflows \
                  should stay in review, and the figures beside those of the week before. One HTML file that needs nothing \
                  else, or Markdown."
)]
pub struct Report {
    /// The log.
    pub log: PathBuf,
    /// What else is known.
    #[command(flatten)]
    pub beside: Beside,
    /// The week, as ISO 8601 counts them, in UTC: `2026-W47`.
    #[arg(long, value_name = "WEEK", value_parser = week)]
    pub week: Week,
    /// Where to write it: `.html` or `.md`.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}

/// By what figures are cut up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[expect(missing_docs, reason = "each word is its own description")]
pub enum Cut {
    Week,
    Workflow,
    Version,
    Rule,
    Source,
    Owner,
}

impl Cut {
    /// The same in the engine's words.
    #[must_use]
    pub const fn by(self) -> By {
        match self {
            Self::Week => By::Week,
            Self::Workflow => By::Workflow,
            Self::Version => By::Version,
            Self::Rule => By::Rule,
            Self::Source => By::Source,
            Self::Owner => By::Owner,
        }
    }
}

/// For whom metrics are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum As {
    /// For people.
    #[default]
    Human,
    /// For programs.
    Json,
    /// For spreadsheets: a row for each figure, overall and by everything.
    Csv,
}

fn week(text: &str) -> Result<Week, String> {
    Week::parse(text).ok_or_else(|| "write an ISO week, such as `2026-W47`".to_owned())
}

fn percent(text: &str) -> Result<Confidence, String> {
    let number = text.trim().trim_end_matches('%').trim_end();
    let read = number.parse::<u16>().ok().and_then(|percent| Confidence::per_mille(percent.checked_mul(10)?));
    read.ok_or_else(|| "write whole percent from 0 to 100, such as `95`".to_owned())
}
