//! The arguments of `interlock review`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use interlock_core::audit::Says;
use interlock_core::audit::filter::{Facet, Filter};
use interlock_core::time::Timestamp;

use super::Format;

/// `interlock review`.
#[derive(Debug, Args)]
#[command(
    long_about = "Answer what a log suggests or holds for a person.\n\nWhat was suggested or sent to a person waits in the log \
                  until somebody accepts, edits or rejects it, or a later entry changes the same. Each answer is an entry of its \
                  own. What is accepted passes the gate again, bound to the value it was decided on."
)]
pub struct Review {
    /// What to do.
    #[command(subcommand)]
    pub verb: ReviewVerb,
}

/// What to do with what waits.
#[derive(Debug, Subcommand)]
pub enum ReviewVerb {
    /// List what waits, the most severe first.
    List(Waiting),
    /// Accept, edit or reject what waits, or say what the log got wrong; appends to the log.
    Answer(Say),
}

/// What entries are looked for by. Of one option said several times, one value must fit; of several options, all.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Which entries")]
pub struct Looked {
    /// That have a text in them.
    #[arg(long, value_name = "TEXT")]
    pub text: Option<String>,
    /// By sort: `suggestion`, `review`, `change` …
    #[arg(long, value_name = "KIND")]
    pub kind: Vec<String>,
    /// By action: `update_field`, `assign` …
    #[arg(long, value_name = "ACTION")]
    pub action: Vec<String>,
    /// By workflow.
    #[arg(long, value_name = "ID")]
    pub workflow: Vec<String>,
    /// By a rule that led to it.
    #[arg(long, value_name = "ID")]
    pub rule: Vec<String>,
    /// By field: `lead.industry`.
    #[arg(long, value_name = "FIELD")]
    pub field: Vec<String>,
    /// By record: `lead/00Q1`.
    #[arg(long, value_name = "RECORD")]
    pub record: Vec<String>,
    /// By the source of the value.
    #[arg(long, value_name = "ID")]
    pub source: Vec<String>,
    /// By whose the record is.
    #[arg(long, value_name = "ID")]
    pub owner: Vec<String>,
    /// By the code of a reason: `below-threshold`.
    #[arg(long, value_name = "CODE")]
    pub code: Vec<String>,
    /// By who must look: `role:sales_manager`, `queue:revops`, `owner:ann@example.com`.
    #[arg(long, value_name = "WHO")]
    pub reviewer: Vec<String>,
    /// Not before this time.
    #[arg(long, value_name = "TIME", value_parser = super::time)]
    pub from: Option<Timestamp>,
    /// Before this time.
    #[arg(long, value_name = "TIME", value_parser = super::time)]
    pub until: Option<Timestamp>,
}

impl Looked {
    /// The same for the engine.
    #[must_use]
    pub fn filter(&self) -> Filter {
        let (text, from, until) = (self.text.clone().unwrap_or_default(), self.from, self.until);
        let mut filter = Filter { text, from, until, ..Filter::default() };
        for (facet, wanted) in [
            (Facet::Kind, &self.kind),
            (Facet::Action, &self.action),
            (Facet::Workflow, &self.workflow),
            (Facet::Rule, &self.rule),
            (Facet::Field, &self.field),
            (Facet::Record, &self.record),
            (Facet::Source, &self.source),
            (Facet::Owner, &self.owner),
            (Facet::Code, &self.code),
            (Facet::Reviewer, &self.reviewer),
        ] {
            wanted.iter().for_each(|value| filter.want(facet, value));
        }
        filter
    }
}

/// `interlock review list`.
#[derive(Debug, Args)]
pub struct Waiting {
    /// The log.
    pub log: PathBuf,
    /// The oldest first, or the most severe.
    #[arg(long, value_enum, default_value_t)]
    pub first: First,
    /// How many to list for people; JSON has them all.
    #[arg(long, default_value_t = 40, value_name = "N")]
    pub limit: usize,
    /// For people or for programs.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    #[expect(missing_docs, reason = "the fields say it")]
    #[command(flatten)]
    pub looked: Looked,
}

/// What comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum First {
    /// What waits for a reviewer, then what is only suggested; of each the oldest.
    #[default]
    Severe,
    /// The oldest.
    Oldest,
}

/// `interlock review answer`.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("which").required(true).multiple(true).args(
    ["entry", "all", "text", "kind", "action", "workflow", "rule", "field", "record", "source", "owner", "code",
     "reviewer", "from", "until"]))]
#[command(group = clap::ArgGroup::new("what").required(true).args(["accept", "edit", "reject", "says"]))]
pub struct Say {
    /// The log.
    pub log: PathBuf,
    /// The contract in force.
    pub contract: PathBuf,
    /// One entry, by the digest that `review list` gives; may be said several times.
    #[arg(long, value_name = "DIGEST")]
    pub entry: Vec<String>,
    /// All that waits.
    #[arg(long)]
    pub all: bool,
    /// Do it.
    #[arg(long)]
    pub accept: bool,
    /// Do it with another value.
    #[arg(long, value_name = "VALUE")]
    pub edit: Option<String>,
    /// Do not do it, nor offer it again.
    #[arg(long)]
    pub reject: bool,
    /// Say what the log got wrong, or what came of it.
    #[arg(long, value_enum, value_name = "WHAT")]
    pub says: Option<Heard>,
    /// Of a wrong route, whose it is; of missing data, which.
    #[arg(long, value_name = "TEXT")]
    pub value: Option<String>,
    /// Who decides: name, e-mail address or id.
    #[arg(long, value_name = "WHO")]
    pub by: String,
    /// Why, in their words.
    #[arg(long, default_value = "", value_name = "TEXT")]
    pub note: String,
    /// When it was said (RFC 3339); now, when not said.
    #[arg(long, value_name = "TIME", value_parser = super::time)]
    pub at: Option<Timestamp>,
    /// What stands in the CRM now, of a single entry; `` for a blank. Without it what the log knows counts.
    #[arg(long, value_name = "VALUE")]
    pub present: Option<String>,
    /// What decisions left (JSON): what was answered waits no more in it, and what was rejected is not repeated.
    #[arg(long, value_name = "FILE")]
    pub state: Option<PathBuf>,
    /// For people or for programs.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    #[expect(missing_docs, reason = "the fields say it")]
    #[command(flatten)]
    pub looked: Looked,
}

/// What can be said besides accepting, editing and rejecting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Heard {
    /// To a match: these are not the same.
    #[value(name = "false_duplicate")]
    FalseDuplicate,
    /// To an assignment: it belongs to somebody else, whom `--value` names.
    #[value(name = "wrong_route")]
    WrongRoute,
    /// Something that mattered was not known: `--value` says what.
    #[value(name = "missing_data")]
    MissingData,
    /// To a handoff: it was of use.
    #[value(name = "handoff_useful")]
    HandoffUseful,
    /// To a handoff: it was of no use.
    #[value(name = "handoff_useless")]
    HandoffUseless,
    /// To a task: it is done.
    #[value(name = "task_done")]
    TaskDone,
}

impl From<Heard> for Says {
    fn from(heard: Heard) -> Self {
        match heard {
            Heard::FalseDuplicate => Self::FalseDuplicate,
            Heard::WrongRoute => Self::WrongRoute,
            Heard::MissingData => Self::MissingData,
            Heard::HandoffUseful => Self::HandoffUseful,
            Heard::HandoffUseless => Self::HandoffUseless,
            Heard::TaskDone => Self::TaskDone,
        }
    }
}

impl Say {
    /// What is said, with its value.
    #[must_use]
    pub fn said(&self) -> (Says, String) {
        match (&self.edit, self.says) {
            (Some(value), _) => (Says::Edited, value.clone()),
            (_, Some(heard)) => (heard.into(), self.value.clone().unwrap_or_default()),
            _ if self.reject => (Says::Rejected, String::new()),
            _ => (Says::Accepted, String::new()),
        }
    }
}
