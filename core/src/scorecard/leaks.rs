//! Columns that may be known only after it ended.
//!
//! Input: the fields and how each row ended. Output: warnings; what is certain is left out. Invariant: a column that the caller
//! named is kept, whatever is thought of it, and the warning stays.

use serde::Serialize;

use super::Question;
use super::bins::Binning;
use super::columns::{Field, LeftOut, header_words};
use super::measure;
use crate::normal::fold;
use crate::record::Table;
use crate::time::Timestamp;

/// A doubt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Warning {
    /// A stable code: `leak-by-blanks`, `leak-by-fit`, `leak-by-name`, `leak-by-date`, `few-rows`.
    pub code: &'static str,
    /// The column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// What is doubtful.
    pub message: String,
    /// What to do.
    pub help: String,
    /// Whether the column was learned from although it may be known only afterwards.
    #[serde(skip)]
    pub(super) leak: bool,
}

impl Warning {
    pub(super) fn few(least: u64) -> Self {
        Self {
            code: "few-rows",
            column: None,
            message: format!("only {least} rows of one outcome: points and quality may be chance"),
            help: "learn from a longer period, or use it as a hint".to_owned(),
            leak: false,
        }
    }
}

/// Words in headers of what is known only once it has ended.
const NAMES: [&str; 27] = [
    "acv",
    "amount",
    "arr",
    "booked",
    "booking",
    "close",
    "closed",
    "conversion",
    "converted",
    "churn",
    "churned",
    "deal",
    "disqualified",
    "forecast",
    "invoice",
    "loss",
    "lost",
    "mrr",
    "opportunity",
    "outcome",
    "result",
    "signed",
    "stage",
    "status",
    "tcv",
    "win",
    "won",
];

/// From where on one column alone tells too well to be true, in ten-thousandths.
const TOO_GOOD: u32 = 9_500;
const VERY_GOOD: u32 = 8_500;

/// Finds them; `rows` and `bought` are arranged as the fields are.
pub(super) fn find(
    table: &Table,
    rows: &[usize],
    bought: &[bool],
    fields: &mut Vec<Field>,
    left_out: &mut Vec<LeftOut>,
    question: &Question<'_>,
) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let named: Vec<String> = question.columns.iter().map(|header| fold::fold(header).into_owned()).collect();
    fields.retain(|field| {
        let kept = named.contains(&fold::fold(&field.header).into_owned());
        let Some((code, message)) = doubt(field, bought) else { return true };
        let certain = code != "leak-by-name" && code != "leak-by-good-fit";
        let help = match (certain, kept) {
            (true, false) => "it was left out; if it is known beforehand, name it in `--columns`",
            _ => "if it is known only afterwards, leave it out with `--leave-out`",
        };
        let code = if code == "leak-by-good-fit" { "leak-by-fit" } else { code };
        warnings.push(Warning {
            code,
            column: Some(field.header.clone()),
            message: message.clone(),
            help: help.to_owned(),
            leak: !certain || kept,
        });
        if certain && !kept {
            left_out.push(LeftOut::new(&field.header, "leak", message));
        }
        !certain || kept
    });
    warnings.extend(late_dates(table, rows));
    warnings
}

/// What is doubtful about a field.
fn doubt(field: &Field, bought: &[bool]) -> Option<(&'static str, String)> {
    let (mut filled, mut filled_bought, mut blank, mut blank_bought) = (0_u64, 0_u64, 0_u64, 0_u64);
    for (row, bought) in bought.iter().enumerate() {
        let (all, good) =
            if field.is_blank(row) { (&mut blank, &mut blank_bought) } else { (&mut filled, &mut filled_bought) };
        *all += 1;
        *good += u64::from(*bought);
    }
    // Filled for one outcome and blank for the other, but for one row in fifty.
    let nearly = |part: u64, all: u64| all > 0 && part * 50 >= all * 49;
    let nearly_none = |part: u64, all: u64| all > 0 && part * 50 <= all;
    if filled.min(blank) >= 5 {
        if nearly(filled_bought, filled) && nearly_none(blank_bought, blank) {
            return Some(("leak-by-blanks", "it is filled where they bought and blank where they did not".to_owned()));
        }
        if nearly_none(filled_bought, filled) && nearly(blank_bought, blank) {
            return Some(("leak-by-blanks", "it is blank where they bought and filled where they did not".to_owned()));
        }
    }
    let alone = alone(field, bought);
    let shown = format!(".{:03}", (alone + 5) / 10);
    if alone >= TOO_GOOD {
        return Some((
            "leak-by-fit",
            format!("it tells the outcome by itself (AUC {shown}), which is too good to be known beforehand"),
        ));
    }
    let word = header_words(&field.header).into_iter().find(|word| NAMES.contains(&&**word));
    if let Some(word) = word {
        return Some((
            "leak-by-name",
            format!("`{word}` in its name sounds like what is known only afterwards (AUC by itself {shown})"),
        ));
    }
    (alone >= VERY_GOOD).then(|| {
        ("leak-by-good-fit", format!("it tells the outcome nearly by itself (AUC {shown}); was it known beforehand?"))
    })
}

/// How well a field tells by itself: its bins in the order of how many bought, on the rows they were counted on.
pub(super) fn alone(field: &Field, bought: &[bool]) -> u32 {
    let rows: Vec<usize> = (0..bought.len()).collect();
    let bins = Binning::of(field, &rows);
    let mut counts = vec![(0_u64, 0_u64); bins.len()];
    let places: Vec<Option<usize>> = rows.iter().map(|row| bins.bin(field, *row)).collect();
    for (place, bought) in places.iter().zip(bought) {
        if let Some(count) = place.and_then(|bin| counts.get_mut(bin)) {
            count.0 += u64::from(*bought);
            count.1 += 1;
        }
    }
    let share = |place: &Option<usize>| {
        let (good, all) = place.and_then(|bin| counts.get(bin)).copied().unwrap_or((0, 1));
        good * 1_000_000 / all.max(1)
    };
    let scored: Vec<(u64, bool)> = places.iter().map(share).zip(bought.iter().copied()).collect();
    measure::auc(&scored)
}

/// Dates that lie after the day it ended, where a column says which day that was.
fn late_dates(table: &Table, rows: &[usize]) -> Vec<Warning> {
    let date = |row: usize, at: usize| {
        let cell = table.rows.get(row)?.cells.get(at)?;
        Timestamp::parse(fold::trim(cell)).filter(|_| cell.contains('-'))
    };
    let is_date = |at: usize| {
        let filled = rows.iter().filter(|row| {
            table.rows.get(**row).is_some_and(|row| row.cells.get(at).is_some_and(|cell| !cell.trim().is_empty()))
        });
        let filled = filled.count();
        filled > 10 && rows.iter().filter(|row| date(**row, at).is_some()).count() * 10 >= filled * 9
    };
    let dates: Vec<usize> = (0..table.columns.len()).filter(|at| is_date(*at)).collect();
    let header = |at: usize| table.columns.get(at).map_or("", |column| column.header.as_str());
    let ends = |at: &&usize| {
        header_words(header(**at))
            .iter()
            .any(|word| ["closed", "close", "converted", "conversion", "won", "lost"].contains(&&**word))
    };
    let Some(end) = dates.iter().find(ends) else { return Vec::new() };
    let late = dates.iter().filter(|at| *at != end).filter_map(|at| {
        let both = rows.iter().filter_map(|row| date(*row, *at).zip(date(*row, *end)));
        let (mut all, mut after) = (0_usize, 0_usize);
        for (one, end) in both {
            all += 1;
            after += usize::from(one > end);
        }
        (all > 10 && after * 20 > all).then(|| Warning {
            code: "leak-by-date",
            column: Some(header(*at).to_owned()),
            message: format!(
                "in {after} of {all} rows it lies after `{}`: the file was updated after it ended",
                header(*end)
            ),
            help: "export the fields as they stood when the lead came in".to_owned(),
            leak: false,
        })
    });
    late.collect()
}
