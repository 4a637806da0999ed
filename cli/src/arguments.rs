//! The arguments of the command.

mod audit;
mod matching;
mod measure;
mod review;
mod scorecard;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use interlock_core::check::Severity;
use interlock_core::preview::view::Change;
use interlock_core::time::Timestamp;
use interlock_core::workspace::{Arrival, Holds};

pub use audit::{Append, Audit, AuditVerb, HeadOf, Import, Merge, Prove, Records, Verify};
pub use matching::{Duplicates, Lines, Match, Of, Pairs, stated};
pub use measure::{As, Beside, Cut, Metrics, Report};
pub use review::{First, Heard, Looked, Review, ReviewVerb, Say, Waiting};
pub use scorecard::Scorecard;

/// Checks contracts, decides leads, and shows what a changed contract would move.
#[derive(Debug, Parser)]
#[command(name = "interlock", version, disable_help_subcommand = true)]
#[command(
    after_help = "Exit codes: 0 done; 1 done, with findings, a budget exceeded or an expectation missed; 2 could \
                        not run.\nA file called `-` is standard input."
)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Say everything there is to say about contracts.
    Check(Check),
    /// Decide events or leads under one contract, with reasons.
    Decide(Decide),
    /// Decide leads under two contracts and say what moves; with one contract, say where leads go.
    Preview(Preview),
    /// Say what differs between two contracts.
    Diff(Diff),
    /// Find the records of one file in another, or its duplicates, and say why.
    Match(Match),
    /// List duplicates in the CRM's files, with master record and what a merge would keep.
    Duplicates(Duplicates),
    /// Keep, verify and prove the audit log.
    Audit(Audit),
    /// Answer what a log suggests or holds for a person.
    Review(Review),
    /// Learn integer points from leads whose outcome is known, for a person to make a score of.
    Scorecard(Scorecard),
    /// Print the JSON Schemas of contracts and outputs, or the facts that conditions can read.
    Schema(Schema),
    /// Write the starting contract: two agents, eight workflows, all in suggestion mode.
    Start(Start),
    /// Write an invented CRM and two contracts to try things with.
    Demo(Demo),
    /// Serve the panel on this machine.
    Serve(Serve),
}

/// For people or for programs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Human,
    /// For programs; `interlock schema` describes it.
    Json,
}

/// From which severity on findings make the exit code 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[expect(missing_docs, reason = "each word is its own description")]
pub enum FailOn {
    Error,
    Warning,
    Info,
    Never,
}

impl FailOn {
    /// The severity.
    #[must_use]
    pub const fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Never => None,
        }
    }
}

/// `interlock check`.
#[derive(Debug, Args)]
pub struct Check {
    /// The contracts.
    #[arg(required = true, value_name = "CONTRACT")]
    pub contracts: Vec<PathBuf>,
    /// For people or for programs.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// From which severity on findings make the exit code 1.
    #[arg(long, value_enum, default_value = "error", value_name = "SEVERITY")]
    pub fail_on: FailOn,
}

/// The files of one piece of work, each by what it holds.
#[derive(Debug, Default, Args)]
pub struct Files {
    /// Exports of leads, or of contacts that are to be read as leads (CSV, JSON Lines).
    #[arg(long, value_name = "FILE")]
    pub leads: Vec<PathBuf>,
    /// Exports of accounts or companies.
    #[arg(long, value_name = "FILE")]
    pub accounts: Vec<PathBuf>,
    /// Exports of contacts.
    #[arg(long, value_name = "FILE")]
    pub contacts: Vec<PathBuf>,
    /// Exports of opportunities or deals.
    #[arg(long, value_name = "FILE")]
    pub opportunities: Vec<PathBuf>,
    /// Exports of activities.
    #[arg(long, value_name = "FILE")]
    pub activities: Vec<PathBuf>,
    /// Exports of users, who own records.
    #[arg(long, value_name = "FILE")]
    pub owners: Vec<PathBuf>,
    /// What AI and providers propose to write (JSON Lines).
    #[arg(long, value_name = "FILE")]
    pub proposals: Vec<PathBuf>,
    /// The source of leads that name none: a source of the contract, or what the CRM calls it.
    #[arg(long, value_name = "SOURCE")]
    pub default_source: Option<String>,
    /// The order in which leads arrive.
    #[arg(long, value_enum, default_value_t)]
    pub order: Order,
}

impl Files {
    /// All files with what they hold.
    pub fn all(&self) -> impl Iterator<Item = (&PathBuf, Holds)> {
        let kinds = [
            (&self.leads, Holds::Lead),
            (&self.accounts, Holds::Account),
            (&self.contacts, Holds::Contact),
            (&self.opportunities, Holds::Opportunity),
            (&self.activities, Holds::Activity),
            (&self.owners, Holds::Owner),
            (&self.proposals, Holds::Proposals),
        ];
        kinds.into_iter().flat_map(|(files, holds)| files.iter().map(move |file| (file, holds)))
    }
}

/// The order in which leads arrive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Order {
    /// By the time they were created.
    #[default]
    Time,
    /// As they stand in the file.
    File,
}

impl From<Order> for Arrival {
    fn from(order: Order) -> Self {
        match order {
            Order::Time => Self::Time,
            Order::File => Self::File,
        }
    }
}

/// `interlock decide`.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("what").required(true).args(["event", "leads"]))]
pub struct Decide {
    /// The contract.
    pub contract: PathBuf,
    /// An event as JSON, or several as JSON Lines.
    #[arg(long, value_name = "FILE")]
    pub event: Option<PathBuf>,
    /// The lead to decide, by its id in the CRM; without it all leads are decided in order.
    #[arg(long, value_name = "ID", requires = "leads")]
    pub id: Option<String>,
    /// Decide what the clock raises for the leads: those that are dormant or did not reply at that time.
    #[arg(long, requires = "leads", conflicts_with = "event")]
    pub sweep: bool,
    #[expect(missing_docs, reason = "the fields say it")]
    #[command(flatten)]
    pub files: Files,
    /// What the decisions before left (JSON).
    #[arg(long, value_name = "FILE")]
    pub state: Option<PathBuf>,
    /// Where to write what these decisions leave for the next.
    #[arg(long, value_name = "FILE")]
    pub state_out: Option<PathBuf>,
    /// Keep what goes to a person in the state's `pending`: what depends on it is held until it is taken out there.
    #[arg(long)]
    pub hold: bool,
    /// The time to decide for (RFC 3339).
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub as_of: Timestamp,
    /// What breaks ties in pools.
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub seed: u64,
    /// For people or for programs.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// `interlock preview`.
#[derive(Debug, Args)]
pub struct Preview {
    /// The deployed contract.
    pub baseline: PathBuf,
    /// The edited contract.
    pub candidate: Option<PathBuf>,
    #[expect(missing_docs, reason = "the fields say it")]
    #[command(flatten)]
    pub files: Files,
    /// The time to decide for (RFC 3339); now, when not said.
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub as_of: Option<Timestamp>,
    /// What breaks ties in pools.
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub seed: u64,
    /// List the leads that changed in this way.
    #[arg(long, value_enum, value_name = "CHANGE")]
    pub list: Option<Listed>,
    /// How many leads to list for people; JSON and `--out` have them all.
    #[arg(long, default_value_t = 40, value_name = "N")]
    pub limit: u32,
    /// Show both decisions of one lead, by its id in the CRM.
    #[arg(long, value_name = "ID", conflicts_with_all = ["list", "out"])]
    pub lead: Option<String>,
    /// Write the leads that changed (or those of `--list`) to a file: `.csv` or `.jsonl`.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// For people or for programs.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// A way in which a lead can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[expect(missing_docs, reason = "each word is its own description")]
pub enum Listed {
    /// Every lead, changed or not.
    All,
    /// Every lead for which anything changed.
    Changed,
    Rerouted,
    ReroutedByRule,
    ReroutedByRotation,
    Rescored,
    Rebanded,
    VerdictChanged,
    NewlySuppressed,
    Released,
    NewlyForReview,
    NoLongerForReview,
    NewlyEscalated,
}

impl Listed {
    /// The change, where it is one.
    #[must_use]
    pub const fn change(self) -> Option<Change> {
        match self {
            Self::All | Self::Changed => None,
            Self::Rerouted => Some(Change::Rerouted),
            Self::ReroutedByRule => Some(Change::ReroutedByRule),
            Self::ReroutedByRotation => Some(Change::ReroutedByRotation),
            Self::Rescored => Some(Change::Rescored),
            Self::Rebanded => Some(Change::Rebanded),
            Self::VerdictChanged => Some(Change::VerdictChanged),
            Self::NewlySuppressed => Some(Change::NewlySuppressed),
            Self::Released => Some(Change::Released),
            Self::NewlyForReview => Some(Change::NewlyForReview),
            Self::NoLongerForReview => Some(Change::NoLongerForReview),
            Self::NewlyEscalated => Some(Change::NewlyEscalated),
        }
    }
}

/// `interlock diff`.
#[derive(Debug, Args)]
pub struct Diff {
    /// The deployed contract.
    pub baseline: PathBuf,
    /// The edited contract.
    pub candidate: PathBuf,
    /// For people or for programs.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// `interlock schema`.
#[derive(Debug, Args)]
pub struct Schema {
    /// Which schema.
    #[arg(long, value_enum, default_value = "contract", value_name = "NAME", conflicts_with_all = ["all", "facts"])]
    pub of: crate::schemas::Name,
    /// Write all schemas into a folder.
    #[arg(long, value_name = "FOLDER", conflicts_with = "facts")]
    pub all: Option<PathBuf>,
    /// List every fact that a condition can read; of a contract, those it defines too.
    #[arg(long, value_name = "CONTRACT", num_args = 0..=1)]
    pub facts: Option<Option<PathBuf>>,
    /// For people or for programs; schemas are JSON either way.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// `interlock start`.
#[derive(Debug, Args)]
pub struct Start {
    /// The file to write to; without it the contract is printed.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Replace a file of the same name.
    #[arg(long, requires = "out")]
    pub force: bool,
}

/// `interlock demo`.
#[derive(Debug, Args)]
pub struct Demo {
    /// The folder to write into; made when it is not there.
    #[arg(long, value_name = "FOLDER")]
    pub out: PathBuf,
    /// Replace files of the same names.
    #[arg(long)]
    pub force: bool,
}

/// `interlock serve`.
#[derive(Debug, Args)]
pub struct Serve {
    /// The port; 0 takes a free one.
    #[arg(long, default_value_t = 8080, value_name = "N")]
    pub port: u16,
    /// Which pages may show the panel in a frame, besides those of the same origin.
    #[arg(long, value_name = "ORIGIN,...")]
    pub frame_ancestors: Option<String>,
    /// Serve the panel of a folder instead of the one built in.
    #[arg(long, value_name = "FOLDER")]
    pub panel: Option<PathBuf>,
}

fn time(text: &str) -> Result<Timestamp, String> {
    Timestamp::parse(text).ok_or_else(|| "write RFC 3339, such as `2026-11-22T09:30:00Z`".to_owned())
}
