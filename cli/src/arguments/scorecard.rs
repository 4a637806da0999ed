//! The arguments of `interlock scorecard`.

use std::path::PathBuf;

use clap::Args;

/// `interlock scorecard`.
#[derive(Debug, Args)]
#[command(
    long_about = "Learn integer points from leads whose outcome is known, and say how good they are.\n\nAny table can be read: \
                  CSV in all its forms, or JSON Lines. Columns that name a record, free text and dates are left out, each \
                  with the reason; columns that may be known only after the outcome are warned of, and left out where it is \
                  certain. The quality (AUC: the chance that one who bought has more points than one who did not) is that \
                  of rows the points were not learned from.\n\nNothing is applied: `--write-score` writes a fragment of a \
                  contract, for a person to read, change and put in."
)]
pub struct Scorecard {
    /// The leads, with how each ended (CSV, JSON Lines).
    pub leads: PathBuf,
    /// The column that says how it ended.
    #[arg(long, value_name = "COLUMN")]
    pub outcome: String,
    /// What that column says of those who bought; all else counts as not.
    #[arg(long, value_name = "WORD")]
    pub positive: Option<String>,
    /// The contract whose scores are compared, and whose fields the suggestion reads.
    #[arg(long, value_name = "CONTRACT")]
    pub contract: Option<PathBuf>,
    /// The only columns to learn from.
    #[arg(long, value_name = "COLUMN,...", value_delimiter = ',', conflicts_with = "leave_out")]
    pub columns: Vec<String>,
    /// Columns to leave out, such as what is known only afterwards.
    #[arg(long, value_name = "COLUMN,...", value_delimiter = ',')]
    pub leave_out: Vec<String>,
    /// What the folds of the cross-validation are drawn by.
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub seed: u64,
    /// How many points double the odds.
    #[arg(long, default_value_t = 20, value_name = "POINTS", value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub doubling: u32,
    /// How often the five-fold cross-validation is repeated.
    #[arg(long, default_value_t = 5, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=100))]
    pub repeats: u32,
    /// Write the suggested score, and the custom fields it reads, as JSON.
    #[arg(long, value_name = "FILE")]
    pub write_score: Option<PathBuf>,
    /// For people or for programs.
    #[arg(long, value_enum, default_value_t)]
    pub format: super::Format,
    /// The same as `--format json`.
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
}
