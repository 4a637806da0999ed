//! The arguments of `interlock rollback`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use interlock_core::audit::Hash;
use interlock_core::audit::rollback::{Choice, System};
use interlock_core::id::{AgentId, FieldName, RuleId, SourceId, WorkflowId};
use interlock_core::time::Timestamp;

use super::{Files, Format};

/// `interlock rollback`.
#[derive(Debug, Args)]
#[command(
    long_about = "Take back what was done wrong.\n\nA plan says what goes back, what a person or a later change has altered \
                  since (it stays), what cannot be undone and what to do instead, and which owners are told. Applying it adds \
                  an entry for each one undone to the log, and keeps in the state what is not to be repeated. Nothing is \
                  written to a CRM: the plan is a file for the backend, or CSV files for the CRM's own import."
)]
pub struct Rollback {
    /// What to do.
    #[command(subcommand)]
    pub verb: RollbackVerb,
}

/// What to do with a rollback.
#[derive(Debug, Subcommand)]
pub enum RollbackVerb {
    /// Say what would go back, what would stay, and what cannot be undone.
    Plan(Box<PlanRollback>),
    /// Carry a plan out: entries for the log, what is not to be repeated for the state, files for the CRM.
    Apply(Box<ApplyRollback>),
    /// Say what of a plan was done, what is missing, and where something else stands.
    Verify(Box<VerifyRollback>),
}

/// What to take back: whatever is named must hold; of several of one sort, any.
#[derive(Debug, Args)]
pub struct Chosen {
    /// What a workflow did.
    #[arg(long = "workflow", value_name = "ID")]
    pub workflows: Vec<String>,
    /// What was done in a version of a workflow.
    #[arg(long = "workflow-version", value_name = "VERSION")]
    pub versions: Vec<String>,
    /// What a rule of the contract was behind.
    #[arg(long = "rule", value_name = "ID")]
    pub rules: Vec<String>,
    /// What was done to a field, such as `lead.industry`.
    #[arg(long = "field", value_name = "FIELD")]
    pub fields: Vec<String>,
    /// What an agent did.
    #[arg(long = "agent", value_name = "ID")]
    pub agents: Vec<String>,
    /// What was done on the word of a source.
    #[arg(long = "source", value_name = "ID")]
    pub sources: Vec<String>,
    /// What was decided by a contract, by its digest.
    #[arg(long = "decided-by", value_name = "DIGEST")]
    pub contracts: Vec<String>,
    /// What was done at that time or later (RFC 3339).
    #[arg(long, value_name = "TIME", value_parser = super::time)]
    pub from: Option<Timestamp>,
    /// What was done before that time (RFC 3339).
    #[arg(long, value_name = "TIME", value_parser = super::time)]
    pub until: Option<Timestamp>,
    /// What was done to records: ids, `lead/ID`, or files with an id a line (of CSV the first column).
    #[arg(long, value_name = "FILE|ID", num_args = 1..)]
    pub records: Vec<String>,
    /// One entry, by its digest; here what a person did can be named too.
    #[arg(long = "entry", value_name = "DIGEST", value_parser = digest)]
    pub entries: Vec<Hash>,
    /// Take rollbacks back instead, which restores what they undid.
    #[arg(long)]
    pub rollbacks: bool,
}

impl Chosen {
    /// The choice, with these records.
    #[must_use]
    pub fn choice(&self, records: Vec<String>) -> Choice {
        let all = |names: &[String]| -> Vec<String> { names.to_vec() };
        Choice {
            workflows: all(&self.workflows).into_iter().map(WorkflowId::from).collect(),
            versions: all(&self.versions),
            rules: all(&self.rules).into_iter().map(RuleId::from).collect(),
            fields: all(&self.fields).into_iter().map(FieldName::from).collect(),
            agents: all(&self.agents).into_iter().map(AgentId::from).collect(),
            sources: all(&self.sources).into_iter().map(SourceId::from).collect(),
            contracts: all(&self.contracts),
            from: self.from,
            until: self.until,
            records,
            entries: self.entries.clone(),
            rollbacks: self.rollbacks,
        }
    }
}

/// `interlock rollback plan`.
#[derive(Debug, Args)]
pub struct PlanRollback {
    /// The log.
    pub log: PathBuf,
    /// The contract whose rollback section counts.
    pub contract: PathBuf,
    #[expect(missing_docs, reason = "the fields say it")]
    #[command(flatten)]
    pub chosen: Chosen,
    #[expect(missing_docs, reason = "the fields say it")]
    #[command(flatten)]
    pub files: Files,
    /// Who takes it back: name, e-mail address or id.
    #[arg(long, value_name = "PERSON")]
    pub by: String,
    /// Why; owners are told.
    #[arg(long, default_value = "", value_name = "TEXT")]
    pub note: String,
    /// The time to take it back at (RFC 3339); now, when not said.
    #[arg(long, value_name = "TIME", value_parser = super::time)]
    pub as_of: Option<Timestamp>,
    /// Write the plan to a file, for `rollback apply` and for the backend.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    #[expect(missing_docs, reason = "the fields say it")]
    #[command(flatten)]
    pub export: Export,
    /// For people or for programs.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// Files for a CRM's own import.
#[derive(Debug, Args)]
pub struct Export {
    /// Write what goes back as CSV files into a folder, one for each kind of record.
    #[arg(long, value_name = "FOLDER")]
    pub csv: Option<PathBuf>,
    /// Whose import columns they have; by default those of the files that were given, otherwise Salesforce's.
    #[arg(long, value_enum, value_name = "CRM", requires = "csv")]
    pub crm: Option<Importer>,
}

/// A CRM whose import columns are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[expect(missing_docs, reason = "each word is its own description")]
pub enum Importer {
    Salesforce,
    Hubspot,
}

impl From<Importer> for System {
    fn from(importer: Importer) -> Self {
        match importer {
            Importer::Salesforce => Self::Salesforce,
            Importer::Hubspot => Self::HubSpot,
        }
    }
}

/// `interlock rollback apply`.
#[derive(Debug, Args)]
pub struct ApplyRollback {
    /// The plan: what `rollback plan --out` wrote.
    pub plan: PathBuf,
    /// The log; entries are added to it.
    pub log: PathBuf,
    /// The contract.
    pub contract: PathBuf,
    #[expect(missing_docs, reason = "the fields say it")]
    #[command(flatten)]
    pub files: Files,
    /// The state that decisions are made with: what is not to be repeated is kept in it. It is begun where there is none.
    #[arg(long, value_name = "FILE")]
    pub state: PathBuf,
    /// Who takes it back; by default who made the plan.
    #[arg(long, value_name = "PERSON")]
    pub by: Option<String>,
    /// The time (RFC 3339); now, when not said.
    #[arg(long, value_name = "TIME", value_parser = super::time)]
    pub as_of: Option<Timestamp>,
    #[expect(missing_docs, reason = "the fields say it")]
    #[command(flatten)]
    pub export: Export,
    /// For people or for programs.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// `interlock rollback verify`.
#[derive(Debug, Args)]
pub struct VerifyRollback {
    /// The plan.
    pub plan: PathBuf,
    /// The log.
    pub log: PathBuf,
    /// The contract, by which files are read.
    pub contract: PathBuf,
    #[expect(missing_docs, reason = "the fields say it")]
    #[command(flatten)]
    pub files: Files,
    /// For people or for programs.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

fn digest(text: &str) -> Result<Hash, String> {
    Hash::parse(text).ok_or_else(|| "write `sha256:` and 64 lower-case hexadecimal digits".to_owned())
}
