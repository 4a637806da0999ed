//! The column that says how it ended.
//!
//! Input: the table and what is asked. Output: [`Ended`], yes, no or unknown for each row. Invariant: what counts as yes is
//! stated or told from the words; where it cannot be told, that is said with the words found.

use super::Question;
use crate::crm::{ReadError, header_key, shown_list};
use crate::normal::{boolean, fold};
use crate::record::Table;

/// How each row ended.
pub(super) struct Ended {
    pub(super) header: String,
    /// The column's place.
    pub(super) at: usize,
    /// What it says of those who bought, as it stands there.
    pub(super) positive: String,
    pub(super) unknown: u64,
    rows: Vec<Option<bool>>,
}

impl Ended {
    pub(super) fn of(&self, row: usize) -> Option<bool> {
        self.rows.get(row).copied().flatten()
    }
}

/// The least rows of either outcome: each fold must have some of both.
const LEAST: usize = 10;
/// The least rows.
const LEAST_ROWS: usize = 50;

/// Words that say somebody bought.
const GOOD: [&str; 14] = [
    "won",
    "closed won",
    "closedwon",
    "converted",
    "customer",
    "bought",
    "success",
    "successful",
    "positive",
    "qualified",
    "good",
    "sold",
    "signed",
    "gewonnen",
];

/// Finds a column by its header: as it is written, otherwise by its letters and digits.
pub(super) fn column(table: &Table, header: &str, flag: &str) -> Result<usize, ReadError> {
    let wanted = header_key(header);
    let exact = table.columns.iter().position(|column| column.header == header.trim());
    exact.or_else(|| table.columns.iter().position(|column| header_key(&column.header) == wanted)).ok_or_else(|| {
        let headers = || table.columns.iter().map(|column| column.header.as_str());
        let near = crate::json::suggest(header, headers());
        let help = near.map_or_else(
            || format!("write the header as it stands in the file's first line (`{flag}`)"),
            |near| format!("did you mean `{near}`? (`{flag}`)"),
        );
        ReadError::new(&table.file, format!("a column `{header}`"), shown_list(headers()), help).at(1)
    })
}

/// Reads the outcome of every row.
pub(super) fn read(table: &Table, question: &Question<'_>) -> Result<Ended, ReadError> {
    let at = column(table, question.outcome, "--outcome")?;
    let cells: Vec<&str> = table.rows.iter().map(|row| row.cells.get(at).map_or("", |cell| fold::trim(cell))).collect();
    let mut words: Vec<(String, &str, usize)> = Vec::new();
    for cell in cells.iter().filter(|cell| !cell.is_empty()) {
        let word = fold::fold(cell);
        match words.iter_mut().find(|(known, ..)| **known == *word) {
            Some((.., count)) => *count += 1,
            None => words.push((word.into_owned(), cell, 1)),
        }
        // A column of amounts or texts is no outcome, however long it is.
        if words.len() > 50 {
            break;
        }
    }
    let header = table.columns.get(at).map_or_else(String::new, |column| column.header.clone());
    let refuse = |expected: String, found: String, help: &str| {
        let mut error = ReadError::new(&table.file, expected, found, help).at(1);
        error.column = Some(header.as_str().into());
        error
    };
    words.sort();
    let shown = || shown_list(words.iter().map(|(_, cell, _)| *cell));
    let positive = match question.positive {
        Some(stated) => {
            let wanted = fold::fold(stated);
            let found = words.iter().find(|(word, ..)| *word == *wanted);
            found.map(|(word, cell, _)| (word.clone(), *cell)).ok_or_else(|| {
                refuse(
                    format!("`{stated}` in some row"),
                    shown(),
                    "name one of the words that stand there in `--positive`",
                )
            })?
        }
        None => match words.as_slice() {
            [] => {
                return Err(refuse("how it ended".into(), "blanks alone".into(), "name another column in `--outcome`"));
            }
            [_] => {
                let found = format!("{} alone", shown());
                return Err(refuse(
                    "two outcomes".into(),
                    found,
                    "add rows that ended otherwise: there is nothing to tell apart",
                ));
            }
            [one, other] => {
                let good = |word: &str| boolean::parse(word).ok().flatten() == Some(true) || GOOD.contains(&word);
                let said = match (good(&one.0), good(&other.0)) {
                    (true, false) => one,
                    (false, true) => other,
                    _ => {
                        let help = "say which of them is the good one in `--positive`";
                        return Err(refuse("words that say which is good".into(), shown(), help));
                    }
                };
                (said.0.clone(), said.1)
            }
            _ => {
                let found = format!("{} and more: {}", words.len().min(50), shown());
                let help = "name the good one in `--positive`; all others then count as not";
                return Err(refuse("two outcomes".into(), found, help));
            }
        },
    };
    let rows: Vec<Option<bool>> =
        cells.iter().map(|cell| (!cell.is_empty()).then(|| *fold::fold(cell) == *positive.0)).collect();
    let count = |wanted: Option<bool>| rows.iter().filter(|row| **row == wanted).count();
    let (yes, no) = (count(Some(true)), count(Some(false)));
    if yes.min(no) == 0 {
        let found = format!("{yes} rows with `{}` and {no} others", positive.1);
        return Err(refuse(
            "two outcomes".into(),
            found,
            "add rows that ended otherwise: there is nothing to tell apart",
        ));
    }
    if yes.min(no) < LEAST || yes + no < LEAST_ROWS {
        let expected = format!("{LEAST_ROWS} rows or more, {LEAST} or more of either outcome");
        let found = format!("{} rows, {yes} with `{}` and {no} others", yes + no, positive.1);
        return Err(refuse(expected, found, "take a longer period; points learned from fewer rows would be chance"));
    }
    Ok(Ended { header, at, positive: positive.1.to_owned(), unknown: count(None) as u64, rows })
}
