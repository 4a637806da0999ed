//! The arguments of `interlock audit`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use interlock_core::record::Object;
use interlock_core::time::Timestamp;

use super::{Format, Metrics, Report};

/// `interlock audit`.
#[derive(Debug, Args)]
#[command(
    long_about = "Keep, verify and prove the audit log.\n\nA log is a file of JSON Lines: one entry for each thing that was \
                  changed, suggested, held or blocked, each with the hash of the line before it. Any byte that is changed, \
                  and any line that is taken away, put in or moved, is found. Lines cut off at the end are found where the \
                  head is known: keep it elsewhere, signed with a key of your own \
                  (`openssl genpkey -algorithm ed25519 -out key.pem`)."
)]
pub struct Audit {
    /// What to do.
    #[command(subcommand)]
    pub verb: AuditVerb,
}

/// What to do with a log.
#[derive(Debug, Subcommand)]
pub enum AuditVerb {
    /// Add entries to a log; it is begun where there is none.
    Append(Append),
    /// Add what a CRM remembers of its fields: Salesforce's field history, HubSpot's property history.
    Import(Import),
    /// Say whether a log is what was written, and where it is not.
    Verify(Verify),
    /// Write what a log is known by: its size, its last line and the root over all, signed if a key is named.
    Head(HeadOf),
    /// Prove that one entry stands in a log, for somebody who has only its head.
    Prove(Prove),
    /// Put several logs into one, in order of time; each entry says where it was.
    Merge(Merge),
    /// Measure how well the automation works, with intervals.
    Metrics(Box<Metrics>),
    /// Write the weekly review as HTML or Markdown.
    Report(Box<Report>),
}

/// `interlock audit append`.
#[derive(Debug, Args)]
pub struct Append {
    /// The log.
    pub log: PathBuf,
    /// Decisions, as `interlock decide --format json` writes them, or entries, a line each.
    #[arg(required = true, value_name = "FILE")]
    pub entries: Vec<PathBuf>,
    /// What a new log is called; by default as its file.
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,
    /// When a new log was begun (RFC 3339); by default the time of its first entry.
    #[arg(long, value_name = "TIME", value_parser = super::time)]
    pub begun: Option<Timestamp>,
}

/// `interlock audit import`.
#[derive(Debug, Args)]
pub struct Import {
    /// The log.
    pub log: PathBuf,
    /// Histories as the CRM exports them (CSV).
    #[arg(required = true, value_name = "FILE")]
    pub histories: Vec<PathBuf>,
    /// Of which records they are, where their columns do not say.
    #[arg(long, value_enum)]
    pub of: Option<Records>,
    /// A user who is no person but a system, by name or id as the history has it; may be said several times.
    #[arg(long = "system", value_name = "USER")]
    pub systems: Vec<String>,
    /// What a new log is called; by default as its file.
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,
}

/// Of which records a history is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[expect(missing_docs, reason = "each word is its own description")]
pub enum Records {
    Lead,
    Contact,
    Account,
    Opportunity,
}

impl Records {
    /// The object.
    #[must_use]
    pub const fn object(self) -> Object {
        match self {
            Self::Lead => Object::Lead,
            Self::Contact => Object::Contact,
            Self::Account => Object::Account,
            Self::Opportunity => Object::Opportunity,
        }
    }
}

/// `interlock audit verify`.
#[derive(Debug, Args)]
pub struct Verify {
    /// The log; with `--proof` none is needed.
    #[arg(required_unless_present = "proof")]
    pub log: Option<PathBuf>,
    /// A head that was kept, of the log as it is or was: what `audit head` wrote.
    #[arg(long, value_name = "FILE")]
    pub head: Option<PathBuf>,
    /// The public key by which the head must be signed (PEM).
    #[arg(long, value_name = "FILE", requires = "head")]
    pub key: Option<PathBuf>,
    /// The proof of one entry: what `audit prove` wrote.
    #[arg(long, value_name = "FILE", conflicts_with = "log")]
    pub proof: Option<PathBuf>,
    /// For people or for programs.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// `interlock audit head`.
#[derive(Debug, Args)]
pub struct HeadOf {
    /// The log.
    pub log: PathBuf,
    /// The private key to sign with (Ed25519, PEM).
    #[arg(long, value_name = "FILE")]
    pub key: Option<PathBuf>,
    /// Where to write it; by default standard output.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// `interlock audit prove`.
#[derive(Debug, Args)]
pub struct Prove {
    /// The log.
    pub log: PathBuf,
    /// The entry's line number in the log, as its `seq` says: from 0.
    #[arg(long, value_name = "N")]
    pub seq: u64,
    /// Where to write it; by default standard output.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// `interlock audit merge`.
#[derive(Debug, Args)]
pub struct Merge {
    /// The logs.
    #[arg(required = true, num_args = 2.., value_name = "LOG")]
    pub logs: Vec<PathBuf>,
    /// Where to write the new log.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// What it is called; by default as its file.
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,
}
