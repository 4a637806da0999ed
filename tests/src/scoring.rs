//! The learned scorecard against scikit-learn's logistic regression, on the same folds.
//!
//! Input: a folder with `leads/leadforge`, or a table of one's own by flags. Output: the area under the curve of either in repeated
//! five-fold cross-validation, their paired difference with its interval (Nadeau and Bengio, 2003), and the time to fit 10,000 rows.
//! The folds are drawn here and handed over as row numbers; `tests/bench/scoring.py` fits the other side in a Python environment of
//! its own under `target/scoring`. Where there is no Python, that side is left out and it is said.
#![expect(clippy::float_arithmetic, reason = "means and intervals of measures, for reading")]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use interlock_core::crm;
use interlock_core::record::{Object, Table};
use interlock_core::scorecard::{self, Fold, Question};
use serde_json::{Value, json};

use crate::rate::{print, rate};

/// How often the five folds are drawn.
const REPEATS: u32 = 10;
/// How many rows are fitted for the time.
const TIMED: usize = 10_000;

/// What is measured.
struct Set {
    csv: PathBuf,
    outcome: String,
    positive: Option<String>,
    columns: Vec<String>,
    leave_out: Vec<String>,
    repeat: String,
}

/// Runs the benchmark: `FOLDER`, or `--csv FILE --outcome COLUMN [--positive WORD] [--columns A,B] [--leave-out A,B]`.
///
/// # Errors
/// When a file or flag cannot be read, or there is nothing to learn from.
pub fn scoring(arguments: &[String]) -> Result<()> {
    let set = set(arguments)?;
    let name = set.csv.display().to_string();
    let bytes = std::fs::read(&set.csv).with_context(|| format!("cannot read `{name}`"))?;
    let options = crm::Options { object: Some(Object::Lead), any: true, ..crm::Options::default() };
    let table = crm::read(&name, &bytes, &options)?;
    let question = Question {
        positive: set.positive.as_deref(),
        columns: &set.columns,
        leave_out: &set.leave_out,
        seed: crate::SEED,
        repeats: REPEATS,
        ..Question::of(&set.outcome)
    };
    print(&format!("\nscoring: {name}, outcome `{}`; repeat: cargo xtask bench scoring {}", set.outcome, set.repeat));
    let card = scorecard::learn(&table, &Question { repeats: 1, ..question }, None)?;
    let (folds, columns) = scorecard::folds(&table, &question)?;
    print(&format!("{} rows, {} bought; {} columns: {}", card.rows, card.positives, columns.len(), columns.join(", ")));
    for one in &card.left_out {
        print(&format!("  left out: {} ({})", one.column, one.why));
    }
    for one in &card.warnings {
        print(&format!("  warned: {} {}", one.column.as_deref().unwrap_or_default(), one.message));
    }
    let ours: Vec<f64> = folds.iter().map(|fold| f64::from(fold.auc) / 1e6).collect();
    print(&format!("{REPEATS} x {} folds, seed {}", scorecard::FOLDS, crate::SEED));
    tell("scorecard, integer points", &ours, "");
    match other(&set, &card.positive, &columns, &folds, &table)? {
        Some((theirs, seconds)) => {
            tell("scikit-learn, logistic regression", &theirs, &format!(", {:.0} ms a fit", seconds * 1000.0));
            let paired: Vec<f64> = ours.iter().zip(&theirs).map(|(ours, theirs)| ours - theirs).collect();
            let (difference, low, high) = interval(&paired);
            print(&format!(
                "scorecard less logistic regression      {difference:+.4} (95 in 100: {low:+.4} to {high:+.4})"
            ));
            print(match (low >= -0.01, high < -0.01) {
                (true, _) => "not worse by more than 0.01: shown",
                (_, true) => "worse by more than 0.01",
                _ => "not worse by more than 0.01: the interval does not tell",
            });
        }
        None => print("no Python with its `venv`: the comparison is left out"),
    }
    let many = repeated(&table, TIMED);
    let fit = || scorecard::fit_only(&many, &question).unwrap_or_default();
    rate("fit, rows", TIMED, None, fit);
    Ok(())
}

fn set(arguments: &[String]) -> Result<Set> {
    if let [folder] = arguments
        && !folder.starts_with('-')
    {
        // `total_touches_all` is marked as leakage by the set's own dictionary, `split` is no property of a lead.
        let leave_out = ["total_touches_all", "split"].map(str::to_owned).to_vec();
        return Ok(Set {
            csv: Path::new(folder).join("leads/leadforge/task_rows.csv"),
            outcome: "converted_within_90_days".to_owned(),
            positive: None,
            columns: Vec::new(),
            leave_out,
            repeat: folder.clone(),
        });
    }
    let (mut csv, mut outcome, mut positive, mut columns, mut leave_out) = (None, None, None, Vec::new(), Vec::new());
    let list = |text: &str| text.split(',').map(|one| one.trim().to_owned()).collect::<Vec<_>>();
    for pair in arguments.chunks(2) {
        match pair {
            [flag, value] => match flag.as_str() {
                "--csv" => csv = Some(PathBuf::from(value)),
                "--outcome" => outcome = Some(value.clone()),
                "--positive" => positive = Some(value.clone()),
                "--columns" => columns = list(value),
                "--leave-out" => leave_out = list(value),
                other => bail!("unexpected `{other}`; expected --csv, --outcome, --positive, --columns or --leave-out"),
            },
            [alone, ..] => bail!("`{alone}` has no value"),
            [] => {}
        }
    }
    let (Some(csv), Some(outcome)) = (csv, outcome) else {
        bail!("`scoring` takes a folder with `leads/leadforge` in it, or `--csv FILE --outcome COLUMN`")
    };
    Ok(Set { csv, outcome, positive, columns, leave_out, repeat: arguments.join(" ") })
}

fn tell(name: &str, areas: &[f64], more: &str) {
    let (mean, low, high) = interval(areas);
    print(&format!("{name:<38} AUC {mean:.4} (95 in 100: {low:.4} to {high:.4}){more}"));
}

/// Mean and interval over repeated folds, whose rows overlap.
fn interval(values: &[f64]) -> (f64, f64, f64) {
    let many = values.len().max(1) as f64;
    let mean = values.iter().sum::<f64>() / many;
    let variance = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / (many - 1.0).max(1.0);
    let error = (variance * (1.0 / many + 1.0 / f64::from(scorecard::FOLDS - 1))).sqrt();
    // The 97.5th percentile of Student's t with 49 degrees of freedom.
    (mean, mean - 2.01 * error, mean + 2.01 * error)
}

/// The other side's areas, and the seconds of a fit.
fn other(
    set: &Set,
    positive: &str,
    columns: &[String],
    folds: &[Fold],
    table: &Table,
) -> Result<Option<(Vec<f64>, f64)>> {
    if !table.set_aside.is_empty() {
        bail!("{} rows of the file cannot be read; mend them, so that row numbers agree", table.set_aside.len());
    }
    let Some(python) = python()? else { return Ok(None) };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("bench/scoring.py");
    let asked = json!({
        "csv": std::path::absolute(&set.csv)?, "outcome": set.outcome, "positive": positive, "columns": columns,
        "folds": folds.iter().map(|fold| &fold.rows).collect::<Vec<_>>(),
    });
    let mut child = Command::new(python).arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    child.stdin.take().context("no pipe to Python")?.write_all(asked.to_string().as_bytes())?;
    let output = child.wait_with_output()?;
    if !output.status.success() {
        bail!("the other side failed: {}", output.status);
    }
    let answer: Value = serde_json::from_slice(&output.stdout)?;
    let areas = answer["auc"].as_array().context("no areas")?.iter().filter_map(Value::as_f64).collect();
    Ok(Some((areas, answer["seconds"].as_f64().unwrap_or_default())))
}

/// A Python with scikit-learn, made under `target/scoring` the first time.
fn python() -> Result<Option<PathBuf>> {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/scoring/venv");
    let python = home.join("bin/python");
    let works = |python: &Path| {
        let mut check = Command::new(python);
        check.args(["-c", "import sklearn"]).stderr(Stdio::null());
        check.status().is_ok_and(|status| status.success())
    };
    if works(&python) {
        return Ok(Some(python));
    }
    print("making a Python environment with scikit-learn under target/scoring");
    let made = Command::new("python3").args(["-m", "venv"]).arg(&home).status();
    if !made.is_ok_and(|status| status.success()) {
        return Ok(None);
    }
    let installed = Command::new(&python).args(["-m", "pip", "install", "--quiet", "scikit-learn"]).status()?;
    if !installed.success() {
        bail!("cannot install scikit-learn from PyPI");
    }
    Ok(Some(python))
}

/// So many rows: those of the table, again and again.
fn repeated(table: &Table, many: usize) -> Table {
    let mut more = table.clone();
    more.rows = table.rows.iter().cycle().take(many).cloned().collect();
    more
}
