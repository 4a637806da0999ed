//! The arguments of `interlock match`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use interlock_core::identity::columns::{Slot, Stated};

/// `interlock match`.
#[derive(Debug, Args)]
#[command(
    long_about = "Find the records of one file in another, or its duplicates, and say why.\n\nAny table can be read: CSV in \
                  all its forms, or JSON Lines. Columns are recognised by the names that CRMs and people give them; \
                  `--map-leads surname=\"Family name\",given_name=Vorname` says them instead, and then nothing else is \
                  read. What a column can be: name (a full name), given_name, surname, email, phone, mobile, company, \
                  domain, house_number, street, address_line, city, postal_code, state, country, birth_date, \
                  identifier. An attribute named several times is made of several columns, joined by a space.\n\nWith \
                  `--crm` each lead is looked for in that file and gets one outcome: exact (the same personal e-mail \
                  address, held by one record), probable (heavy enough, and well ahead of the next), ambiguous (a person \
                  decides), or none. Without it, the file is compared with itself, pair by pair."
)]
pub struct Match {
    /// The records to look for (CSV, JSON Lines).
    #[arg(long, value_name = "FILE")]
    pub leads: PathBuf,
    /// The records to look among; without it the leads are compared with each other.
    #[arg(long, value_name = "FILE")]
    pub crm: Option<PathBuf>,
    /// Which columns of the leads hold what.
    #[arg(long, value_name = "ATTRIBUTE=COLUMN,...", value_parser = pairs)]
    pub map_leads: Vec<Pairs>,
    /// Which columns of the CRM's file hold what.
    #[arg(long, value_name = "ATTRIBUTE=COLUMN,...", value_parser = pairs, requires = "crm")]
    pub map_crm: Vec<Pairs>,
    /// The leads' column of ids; without one a record is known by its line.
    #[arg(long, value_name = "COLUMN")]
    pub id_leads: Option<String>,
    /// The column of ids of the CRM's file.
    #[arg(long, value_name = "COLUMN", requires = "crm")]
    pub id_crm: Option<String>,
    /// By which model they are weighed: the contract's, or the shipped one.
    #[arg(long, value_enum, default_value_t)]
    pub model: Of,
    /// The contract whose models, role mailboxes and settings are used.
    #[arg(long, value_name = "CONTRACT")]
    pub contract: Option<PathBuf>,
    /// The country of phone numbers without a country code, such as `DE`; the contract's when not said.
    #[arg(long, value_name = "COUNTRY")]
    pub country: Option<String>,
    /// Estimate the weights from these files, without labels.
    #[arg(long, conflicts_with = "labels")]
    pub estimate: bool,
    /// Estimate the weights from pairs that people judged: a file with two columns of ids and one that says whether they
    /// are the same (yes or no, or a score from 0 to 1).
    #[arg(long, value_name = "FILE")]
    pub labels: Option<PathBuf>,
    /// Write the model with its weights, to be put into a contract's `identity`.
    #[arg(long, value_name = "FILE")]
    pub write_model: Option<PathBuf>,
    /// For people; or the pairs alone, one a line, and the report on standard error.
    #[arg(long, value_enum, default_value_t)]
    pub format: Lines,
    /// Write the pairs to a file: `.csv` or `.jsonl`.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Write the report as JSON: files, blocking rules, outcomes.
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Write groups of records that are one and the same, with the evidence of each pair, as JSON.
    #[arg(long, value_name = "FILE", conflicts_with = "crm")]
    pub clusters: Option<PathBuf>,
    /// List pairs without an outcome too: all that share a blocking key.
    #[arg(long)]
    pub all_candidates: bool,
    /// How many pairs to list for people.
    #[arg(long, default_value_t = 40, value_name = "N")]
    pub limit: usize,
}

/// `interlock duplicates`.
#[derive(Debug, Args)]
pub struct Duplicates {
    /// The contract, whose match model, tie-breakers and survivorship are used.
    pub contract: PathBuf,
    #[expect(missing_docs, reason = "the fields say it")]
    #[command(flatten)]
    pub files: super::Files,
    /// Whose duplicates.
    #[arg(long, value_enum, default_value_t)]
    pub of: Of,
    /// How many groups to list for people.
    #[arg(long, default_value_t = 40, value_name = "N")]
    pub limit: usize,
    /// For people or for programs.
    #[arg(long, value_enum, default_value_t)]
    pub format: super::Format,
}

/// What is matched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Of {
    /// People, by name, addresses, numbers and dates.
    #[default]
    People,
    /// Companies, by name, domain and address.
    Companies,
}

/// How pairs are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Lines {
    /// For people.
    #[default]
    Human,
    /// A JSON object a line; `interlock schema --of match` describes it.
    Jsonl,
    /// A row a pair.
    Csv,
}

/// Attributes and their columns, as they were written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairs(Vec<(Slot, String)>);

/// All that several flags say, an attribute that is named again being made of several columns.
#[must_use]
pub fn stated(flags: &[Pairs]) -> Vec<Stated> {
    let mut all: Vec<Stated> = Vec::new();
    for (of, column) in flags.iter().flat_map(|flag| &flag.0) {
        match all.iter_mut().find(|one| one.of == *of) {
            Some(one) => one.columns.push(column.clone()),
            None => all.push(Stated { of: *of, columns: vec![column.clone()] }),
        }
    }
    all
}

/// Reads `surname=Family name,city=Town`. A header may hold commas: what does not begin with an attribute and `=` goes on
/// with the header before it.
fn pairs(text: &str) -> Result<Pairs, String> {
    let mut all: Vec<(Slot, String)> = Vec::new();
    for part in text.split(',') {
        let read = part.split_once('=').map(|(word, header)| (word.trim(), header));
        match (read.and_then(|(word, header)| Some((Slot::parse(word)?, header))), all.last_mut()) {
            (Some((slot, header)), _) => all.push((slot, header.trim().to_owned())),
            (None, Some((_, header))) if read.is_none() => {
                header.push(',');
                header.push_str(part);
            }
            _ => {
                let words: Vec<&str> = Slot::all().map(Slot::word).collect();
                let word = read.map_or(part, |(word, _)| word);
                return Err(format!(
                    "`{word}` is no attribute; write one of {}, then `=` and the column's header",
                    words.join(", ")
                ));
            }
        }
    }
    match all.iter().find(|(_, header)| header.is_empty()) {
        Some((slot, _)) => Err(format!("`{}=` names no column", slot.word())),
        None => Ok(Pairs(all)),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn columns_are_read_as_written() {
        let flags =
            [pairs("street=Address 1,street=Address 2,surname=Name, family").unwrap(), pairs("city=a=b").unwrap()];
        let read: Vec<_> = stated(&flags).into_iter().map(|one| (one.of.word(), one.columns.join("|"))).collect();
        assert_eq!(
            read,
            [("street", "Address 1|Address 2".into()), ("surname", "Name, family".into()), ("city", "a=b".to_owned())]
        );
        assert!(pairs("sirname=x").unwrap_err().contains("given_name"));
        assert!(pairs("surname=").unwrap_err().contains("names no column"));
        assert!(pairs("surname=x,sirname=y").is_err() && pairs("").is_err());
    }
}
