//! A scorecard learned from outcomes: integer points that tell those who bought from those who did not.
//!
//! Input: any table with a column that says how it ended, and a seed. Output: a [`Scorecard`]: points for each field's bins, how
//! well they tell (cross-validated), whether what they predict comes true, what looks as if it were known only afterwards, and
//! a `scores` fragment of a contract, for a person to edit. It is never applied by itself. Invariant: the same rows in any order
//! and the same seed give the same bytes on every platform: of floating point only the four operations, square roots and
//! `libm` are used, sums run in an order fixed by the rows' content, and what comes out are integers.
//!
//! Numbers are cut at quantiles, categories kept by how often they occur, blanks have a bin of their own. The points are the
//! coefficients of a logistic regression on these bins, in which neighbouring bins of a number hold each other (a penalty on
//! their difference: P. Eilers and B. Marx, *Flexible smoothing with B-splines and penalties*, Statistical Science 1996) but for
//! a straight line, and all others are held near nought; how strongly is chosen by Akaike's criterion. The quality is that of the integer points,
//! binned and fitted anew without the rows they are asked about.

mod bins;
mod columns;
mod fragment;
mod leaks;
mod logistic;
mod measure;
mod outcome;

use serde::Serialize;
use serde_json::Value;

pub use columns::LeftOut;
pub use leaks::Warning;
pub use measure::{Auc, Calibrated};

use crate::contract::Contract;
use crate::crm::ReadError;
use crate::record::Table;
use bins::Binning;
use columns::Field;
use measure::Folds;

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Question<'q> {
    /// The header of the column that says how it ended.
    pub outcome: &'q str,
    /// What it says of those who bought; found by itself where it can be told.
    pub positive: Option<&'q str>,
    /// The only columns to learn from; none means all that can be.
    pub columns: &'q [String],
    /// Columns to leave out.
    pub leave_out: &'q [String],
    /// What folds are drawn by.
    pub seed: u64,
    /// How many points double the odds.
    pub doubling: u32,
    /// How often cross-validation is repeated, five folds each time; nought leaves it out.
    pub repeats: u32,
}

impl<'q> Question<'q> {
    /// With the usual settings.
    #[must_use]
    pub const fn of(outcome: &'q str) -> Self {
        Self { outcome, positive: None, columns: &[], leave_out: &[], seed: 0, doubling: 20, repeats: 5 }
    }
}

/// How many folds a repetition has.
pub const FOLDS: u32 = 5;

/// A scorecard, how good it is, and what to make of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Scorecard {
    /// The file it was learned from.
    pub file: String,
    /// The column that says how it ended.
    pub outcome: String,
    /// What it says of those who bought.
    pub positive: String,
    /// Rows that were learned from.
    pub rows: u64,
    /// Those of them who bought.
    pub positives: u64,
    /// Rows that do not say how it ended.
    pub unknown: u64,
    /// What folds were drawn by.
    pub seed: u64,
    /// How many points double the odds.
    pub doubling: u32,
    /// How strongly points were held back, in hundredths; the greater, the less the file could tell.
    pub held_back: u64,
    /// Points everybody starts with: whoever scores least in the file comes to nought.
    pub base: i32,
    /// The fields, the most telling first.
    pub fields: Vec<Card>,
    /// Columns that were not learned from.
    pub left_out: Vec<LeftOut>,
    /// Columns that may be known only afterwards, and other doubts.
    pub warnings: Vec<Warning>,
    /// How well the points tell rows they were not learned from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auc: Option<Auc>,
    /// The same without the columns that are warned of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auc_without: Option<Auc>,
    /// How well the points tell the rows they were learned from, in ten-thousandths: always too good.
    pub auc_seen: u32,
    /// What was predicted and what came of it, in bands of rows that the points were not learned from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub calibration: Vec<Calibrated>,
    /// How well the scores of a contract tell the same rows.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub present: Vec<Present>,
    /// What could be put into a contract, once somebody has read it: `scores`, and the `custom_fields` they read.
    pub suggestion: Value,
    /// What must be done for the suggestion to read what this file has.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<String>,
}

/// The points of one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Card {
    /// The column's header.
    pub column: String,
    /// The fact that a contract reads it by.
    pub fact: String,
    /// How well it tells by itself, in ten-thousandths: 5000 is a coin, 10000 tells all.
    pub alone: u32,
    /// How far apart its points are.
    pub spread: u32,
    /// Its bins.
    pub bins: Vec<Bin>,
}

/// A range of values, one or several values, or a blank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Bin {
    /// In words: `20 to 99`, `Germany`, `blank`.
    pub values: String,
    /// Rows in it.
    pub rows: u64,
    /// Those of them who bought.
    pub positives: u64,
    /// Its points.
    pub points: i32,
}

/// How well a score of a contract tells the same rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Present {
    /// The score.
    pub score: String,
    /// In ten-thousandths. It has seen none of the rows, or all: nobody knows, so hold it against `auc`.
    pub auc: u32,
    /// How many rows it gives the same points as most: a score that reads none of the columns gives one number to all.
    pub same: u64,
}

/// Points as they are fitted: a fold's, or the whole file's.
struct Fitted {
    bins: Vec<Binning>,
    /// For each field and bin.
    points: Vec<Vec<i32>>,
    intercept: f64,
    held_back: u64,
}

impl Fitted {
    /// The points of a row, by its place.
    fn score(&self, fields: &[Field], row: usize) -> i32 {
        let each = fields.iter().zip(&self.bins).zip(&self.points);
        each.map(|((field, bins), points)| bins.bin(field, row).and_then(|bin| points.get(bin)).copied().unwrap_or(0))
            .sum()
    }
}

/// Rows to be learned from, in an order that their content fixes.
struct Data {
    fields: Vec<Field>,
    bought: Vec<bool>,
    /// For each row its place in the table.
    rows: Vec<usize>,
}

impl Data {
    fn fit(&self, rows: &[usize], doubling: u32) -> Fitted {
        let bins: Vec<Binning> = self.fields.iter().map(|field| Binning::of(field, rows)).collect();
        let fitted = logistic::fit(&self.fields, &bins, rows, &self.bought);
        let points = logistic::points(&fitted, doubling);
        Fitted { bins, points, intercept: fitted.intercept, held_back: fitted.held_back }
    }

    fn places(&self) -> Vec<usize> {
        (0..self.rows.len()).collect()
    }

    fn score(&self, fitted: &Fitted, rows: &[usize]) -> Vec<(i32, bool)> {
        rows.iter().map(|row| (fitted.score(&self.fields, *row), self.bought.get(*row) == Some(&true))).collect()
    }
}

/// Learns a scorecard. `table` was read as any table; `contract` says which facts columns are, where there is one.
///
/// # Errors
/// Where there is nothing to learn from, or no telling what is to be learned.
pub fn learn(table: &Table, question: &Question<'_>, contract: Option<&Contract>) -> Result<Scorecard, ReadError> {
    let (data, ended, mut left_out, mut warnings) = prepare(table, question)?;
    let all = data.places();
    let fitted = data.fit(&all, question.doubling);
    let scored = data.score(&fitted, &all);
    let base = -scored.iter().map(|(points, _)| *points).min().unwrap_or(0);
    let folds = Folds { seed: question.seed, repeats: question.repeats };
    let crossed = measure::cross(&data, folds, question.doubling);
    let suspects: Vec<&str> = warnings.iter().filter(|one| one.leak).filter_map(|one| one.column.as_deref()).collect();
    let without = (!suspects.is_empty() && suspects.len() < data.fields.len() && question.repeats > 0).then(|| {
        let keeps = |field: &&Field| !suspects.contains(&field.header.as_str());
        let fields = data.fields.iter().filter(keeps).cloned().collect();
        let less = Data { fields, bought: data.bought.clone(), rows: data.rows.clone() };
        measure::cross(&less, folds, question.doubling).0
    });
    let positives = data.bought.iter().filter(|bought| **bought).count() as u64;
    if positives.min(all.len() as u64 - positives) < 100 {
        warnings.push(Warning::few(positives.min(all.len() as u64 - positives)));
    }
    let mut fields: Vec<(Card, usize)> = Vec::new();
    let facts = fragment::facts(&data.fields, table, contract);
    for (place, field) in data.fields.iter().enumerate() {
        let card = card(&data, &fitted, place, facts.name(place));
        fields.push((Card { column: field.header.clone(), ..card }, place));
    }
    fields.sort_by_key(|(card, place)| (std::cmp::Reverse(card.spread), *place));
    let most = scored.iter().map(|(points, _)| points + base).max().unwrap_or(0);
    let (suggestion, remarks) = fragment::suggestion(&data, &fitted, &facts, base, most, &scored);
    for (card, _) in fields.iter().filter(|(card, _)| card.spread == 0) {
        left_out.push(LeftOut::idle(&card.column));
    }
    fields.retain(|(card, _)| card.spread > 0);
    Ok(Scorecard {
        file: table.file.clone(),
        outcome: ended.header,
        positive: ended.positive,
        rows: all.len() as u64,
        positives,
        unknown: ended.unknown,
        seed: question.seed,
        doubling: question.doubling,
        held_back: fitted.held_back,
        base,
        fields: fields.into_iter().map(|(card, _)| card).collect(),
        left_out,
        warnings,
        auc: crossed.0,
        auc_without: without.flatten(),
        auc_seen: measure::auc(&scored),
        calibration: crossed.1,
        present: Vec::new(),
        suggestion,
        remarks,
    })
}

/// One fold of a cross-validation, for whoever compares another method on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fold {
    /// The rows of the table that the points were learned without, by place.
    pub rows: Vec<usize>,
    /// Their points, row by row.
    pub points: Vec<i32>,
    /// In millionths.
    pub auc: u32,
}

/// The folds of the cross-validation that [`learn`] reports, and the columns that it learns from.
///
/// # Errors
/// As [`learn`].
pub fn folds(table: &Table, question: &Question<'_>) -> Result<(Vec<Fold>, Vec<String>), ReadError> {
    let (data, ..) = prepare(table, question)?;
    let folds = Folds { seed: question.seed, repeats: question.repeats };
    let each = folds.each(&data).map(|(train, test)| {
        let fitted = data.fit(&train, question.doubling);
        let scored = data.score(&fitted, &test);
        Fold {
            rows: test.iter().filter_map(|row| data.rows.get(*row)).copied().collect(),
            points: scored.iter().map(|(points, _)| *points).collect(),
            auc: measure::auc_millionths(&scored),
        }
    });
    Ok((each.collect(), data.fields.iter().map(|field| field.header.clone()).collect()))
}

/// Fits the points alone, without asking how good they are: what is timed.
///
/// # Errors
/// As [`learn`].
pub fn fit_only(table: &Table, question: &Question<'_>) -> Result<usize, ReadError> {
    let (data, ..) = prepare(table, question)?;
    Ok(data.fit(&data.places(), question.doubling).points.len())
}

/// How well scores of a contract tell the rows: `points` has one list a score, with a number for each row of the table.
///
/// # Errors
/// As [`learn`].
pub fn present(
    table: &Table,
    question: &Question<'_>,
    points: &[(String, Vec<i32>)],
) -> Result<Vec<Present>, ReadError> {
    let (data, ..) = prepare(table, question)?;
    let each = points.iter().map(|(score, points)| {
        let of = |(row, bought): (&usize, &bool)| Some((*points.get(*row)?, *bought));
        let scored: Vec<(i32, bool)> = data.rows.iter().zip(&data.bought).filter_map(of).collect();
        Present { score: score.clone(), auc: measure::auc(&scored), same: measure::most_common(&scored) }
    });
    Ok(each.collect())
}

type Prepared = (Data, outcome::Ended, Vec<LeftOut>, Vec<Warning>);

/// Reads what is asked about, and what of the table can be learned from.
fn prepare(table: &Table, question: &Question<'_>) -> Result<Prepared, ReadError> {
    let ended = outcome::read(table, question)?;
    let (mut fields, mut left_out) = columns::read(table, question, &ended)?;
    // Rows in order of their content, so that it does not matter how the file was sorted.
    let mut rows: Vec<usize> = (0..table.rows.len()).filter(|row| ended.of(*row).is_some()).collect();
    let content = |row: &usize| {
        let of = fields.iter().filter_map(|field| table.rows.get(*row)?.cells.get(field.at));
        (ended.of(*row), of.map(|cell| cell.trim()).collect::<Vec<_>>())
    };
    rows.sort_by_cached_key(content);
    let bought: Vec<bool> = rows.iter().map(|row| ended.of(*row) == Some(true)).collect();
    for field in &mut fields {
        field.arrange(&rows);
    }
    let mut warnings = leaks::find(table, &rows, &bought, &mut fields, &mut left_out, question);
    warnings.sort_by_key(|one| !one.leak);
    if fields.is_empty() {
        let found: Vec<String> = left_out.iter().map(|one| format!("{} ({})", one.column, one.why)).collect();
        return Err(ReadError::new(
            &table.file,
            "at least one column to learn from",
            format!("none: {}", found.join(", ")),
            "name columns in `--columns`, or leave out fewer",
        )
        .at(1));
    }
    Ok((Data { fields, bought, rows }, ended, left_out, warnings))
}

fn card(data: &Data, fitted: &Fitted, place: usize, fact: &str) -> Card {
    let empty = Card { column: String::new(), fact: fact.to_owned(), alone: 5000, spread: 0, bins: Vec::new() };
    let (Some(field), Some(bins), Some(points)) =
        (data.fields.get(place), fitted.bins.get(place), fitted.points.get(place))
    else {
        return empty;
    };
    let mut counts = vec![(0_u64, 0_u64); points.len()];
    for (row, bought) in data.bought.iter().enumerate() {
        if let Some(count) = bins.bin(field, row).and_then(|bin| counts.get_mut(bin)) {
            count.0 += 1;
            count.1 += u64::from(*bought);
        }
    }
    let of = |(bin, (points, (rows, positives))): (usize, (&i32, &(u64, u64)))| Bin {
        values: bins.words(field, bin),
        rows: *rows,
        positives: *positives,
        points: *points,
    };
    let bins: Vec<Bin> = points.iter().zip(&counts).enumerate().map(of).collect();
    let spread = points.iter().max().zip(points.iter().min()).map_or(0, |(most, least)| most.abs_diff(*least));
    let alone = leaks::alone(field, &data.bought);
    Card { alone, spread, bins, ..empty }
}
