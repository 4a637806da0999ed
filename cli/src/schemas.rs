//! The JSON Schemas of the contract and of every output, made from the types.
//!
//! Output: draft 2020-12 schemas with title, description and `$id`. Invariant: `docs/schemas` holds exactly these.

use clap::ValueEnum;
use interlock_core::audit::metrics::Metrics;
use interlock_core::check::{FactEntry, Finding};
use interlock_core::contract::{Contract, FORMAT};
use interlock_core::decision::Decision;
use interlock_core::diff::Difference;
use interlock_core::preview::view::{Move, SideBySide, Summary};
use interlock_core::record::{Event, Proposal, State};
use interlock_core::scorecard::Scorecard;
use interlock_core::workspace::FileReport;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::{Value, json};

use crate::verbs::check::Checks;
use crate::verbs::decide::Left;
use crate::verbs::duplicates::Found;
use crate::verbs::matching::{Clusters, Pair, Report as Matched};
use crate::verbs::preview::Report;
use crate::verbs::review::{Answered, Open};

/// The name of a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Name {
    /// The contract, format 1.
    Contract,
    /// An event: what `decide --event` reads.
    Event,
    /// A proposal of AI or a provider: a line of `--proposals`.
    Proposal,
    /// A decision: a line of `decide --format json`.
    Decision,
    /// What one decision leaves for the next: `--state`.
    State,
    /// The last line of `decide --format json`.
    Left,
    /// What `check --format json` prints.
    Check,
    /// A finding.
    Finding,
    /// What `preview --format json` prints.
    Preview,
    /// The figures of a preview.
    Summary,
    /// A lead that moved: a line of `preview --out …jsonl`.
    Move,
    /// Both decisions of one lead: what `preview --lead … --format json` prints.
    Lead,
    /// What became of a file.
    File,
    /// What `diff --format json` prints a list of.
    Difference,
    /// A pair of records: a line of `match --format jsonl`.
    Match,
    /// What `match --report` writes: files, blocking rules, how many pairs of each outcome.
    MatchReport,
    /// What `match --clusters` writes.
    Clusters,
    /// What `duplicates --format json` prints.
    Duplicates,
    /// What `audit metrics --format json` prints.
    Metrics,
    /// What `review list --format json` prints.
    Review,
    /// What `review answer --format json` prints.
    Answers,
    /// What `scorecard --format json` prints.
    Scorecard,
    /// What `schema --facts --format json` prints a list of.
    Fact,
}

impl Name {
    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Contract => "contract",
            Self::Event => "event",
            Self::Proposal => "proposal",
            Self::Decision => "decision",
            Self::State => "state",
            Self::Left => "left",
            Self::Check => "check",
            Self::Finding => "finding",
            Self::Preview => "preview",
            Self::Summary => "summary",
            Self::Move => "move",
            Self::Lead => "lead",
            Self::File => "file",
            Self::Difference => "difference",
            Self::Match => "match",
            Self::MatchReport => "match-report",
            Self::Clusters => "clusters",
            Self::Duplicates => "duplicates",
            Self::Metrics => "metrics",
            Self::Review => "review",
            Self::Answers => "answers",
            Self::Scorecard => "scorecard",
            Self::Fact => "fact",
        }
    }

    /// The file it is kept in.
    #[must_use]
    pub fn file(self) -> String {
        format!("{}.json", self.word())
    }
}

/// A schema.
#[must_use]
pub fn schema(name: Name) -> Value {
    let schema = match name {
        Name::Contract => contract(),
        Name::Event => read::<Event>(),
        Name::Proposal => read::<Proposal>(),
        Name::Decision => written::<Decision>(),
        Name::State => read::<State>(),
        Name::Left => written::<Left<'_>>(),
        Name::Check => written::<Checks>(),
        Name::Finding => written::<Finding>(),
        Name::Preview => written::<Report>(),
        Name::Summary => written::<Summary>(),
        Name::Move => written::<Move>(),
        Name::Lead => written::<SideBySide>(),
        Name::File => written::<FileReport>(),
        Name::Difference => written::<Difference>(),
        Name::Match => written::<Pair<'_>>(),
        Name::MatchReport => written::<Matched>(),
        Name::Clusters => written::<Clusters<'_>>(),
        Name::Duplicates => written::<Found>(),
        Name::Metrics => written::<Metrics>(),
        Name::Review => written::<Open>(),
        Name::Answers => written::<Answered>(),
        Name::Scorecard => written::<Scorecard>(),
        Name::Fact => written::<FactEntry>(),
    };
    let mut schema = schema.to_value();
    if let Some(keys) = schema.as_object_mut() {
        keys.insert("$id".to_owned(), json!(format!("urn:interlock:schema:{}:{FORMAT}", name.word())));
        let title = format!("Interlock {}", name.word());
        keys.insert("title".to_owned(), json!(title));
        // The keys that say what this is come first.
        for key in ["description", "title", "$id", "$schema"] {
            if let Some(value) = keys.shift_remove(key) {
                keys.shift_insert(0, key.to_owned(), value);
            }
        }
    }
    schema
}

/// A schema as its file has it.
///
/// # Errors
/// Never, in fact: every schema is JSON.
pub fn text(name: Name) -> serde_json::Result<String> {
    Ok(serde_json::to_string_pretty(&schema(name))? + "\n")
}

/// Of what is read: keys with a default may be left out.
fn read<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>()
}

/// Of what is written.
fn written<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>()
}

fn contract() -> Schema {
    let mut schema = read::<Contract>();
    if let Some(format) = schema.pointer_mut("/properties/interlock").and_then(Value::as_object_mut) {
        format.retain(|key, _| key == "description");
        format.insert("const".to_owned(), json!(FORMAT));
    }
    schema
}
