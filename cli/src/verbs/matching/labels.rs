//! Pairs that people judged.

use std::collections::HashMap;
use std::path::Path;

use interlock_core::crm;
use interlock_core::identity::estimate::Label;
use interlock_core::record::Table;

use super::source::Source;
use crate::failure::Failure;
use crate::input::{Disk, shown};

/// The labels of a file, and how many name records that are not there.
pub(super) struct Labels {
    pub(super) labels: Vec<Label>,
    pub(super) unknown: usize,
}

/// Reads labelled pairs: two columns of ids and one that says whether they are the same, found by what they hold.
pub(super) fn read(disk: &mut Disk, path: &Path, left: &Source, right: &Source) -> Result<Labels, Failure> {
    let bytes = disk.read(path)?;
    let options = crm::Options { any: true, ..crm::Options::default() };
    let table = crm::read(&shown(path), &bytes, &options).map_err(|error| Failure::from(&error))?;
    let places = |source: &'_ Source| -> HashMap<String, u32> {
        let numbers = source.ids.iter().zip(0_u32..);
        numbers.map(|(id, number)| (id.clone(), number)).collect()
    };
    let (lefts, rights) = (places(left), places(right));
    let known = |at: usize, ids: &HashMap<String, u32>| {
        let held = table.rows.iter().filter(|row| row.cells.get(at).is_some_and(|cell| ids.contains_key(cell.trim())));
        held.count() * 2 > table.rows.len()
    };
    let columns = || 0..table.columns.len();
    let judged = columns().rev().find(|at| is_judgement(&table, *at));
    let a = columns().find(|at| Some(*at) != judged && known(*at, &lefts));
    let b = columns().find(|at| Some(*at) != judged && Some(*at) != a && known(*at, &rights));
    let (Some(a), Some(b), Some(judged)) = (a, b, judged) else {
        let headers: Vec<String> = table.columns.iter().map(|column| format!("`{}`", column.header)).collect();
        let what = match (a, b, judged) {
            (None, ..) => "no column with ids of the leads",
            (_, None, _) => "no second column with ids",
            _ => "no column that says whether they are the same",
        };
        return Err(Failure::new(
            format!("`{}` has {what} among {}", table.file, headers.join(", ")),
            "write two columns of ids and one with yes or no, or a score from 0 to 1",
        ));
    };
    let mut labels = Labels { labels: Vec::new(), unknown: 0 };
    for row in &table.rows {
        let cell = |at: usize| row.cells.get(at).map_or("", |cell| cell.trim());
        match (lefts.get(cell(a)), rights.get(cell(b)), judgement(cell(judged))) {
            (Some(a), Some(b), Some(same)) => labels.labels.push(Label { a: *a, b: *b, same }),
            _ => labels.unknown += 1,
        }
    }
    if !labels.labels.iter().any(|label| label.same) {
        let message = format!("no pair of `{}` is the same", table.file);
        return Err(Failure::new(message, "weights need at least some pairs that are, and better a hundred"));
    }
    Ok(labels)
}

/// Whether every cell of a column says yes or no.
fn is_judgement(table: &Table, at: usize) -> bool {
    let mut cells = table.rows.iter().filter_map(|row| row.cells.get(at)).map(|cell| cell.trim()).peekable();
    cells.peek().is_some() && cells.all(|cell| judgement(cell).is_some())
}

fn judgement(cell: &str) -> Option<bool> {
    match cell.to_lowercase().as_str() {
        "same" | "yes" | "y" | "true" | "t" | "match" | "duplicate" => Some(true),
        "different" | "no" | "n" | "false" | "f" | "distinct" | "non-match" | "nonmatch" | "no match" => Some(false),
        number => {
            let (whole, part) = number.split_once('.').unwrap_or((number, ""));
            let zeros = part.bytes().all(|b| b == b'0');
            match whole {
                "1" if zeros => Some(true),
                "0" | "" if !number.is_empty() && part.bytes().all(|b| b.is_ascii_digit()) => Some(part >= "5"),
                _ => None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::judgement;

    #[test]
    fn judgements_are_read() {
        for yes in ["1", "1.0", "1.00", "0.5", "0.95", ".7", "Yes", "SAME", "true"] {
            assert_eq!(judgement(yes), Some(true), "{yes}");
        }
        for no in ["0", "0.0", "0.49", "0.05", "no", "Different", "0.0000"] {
            assert_eq!(judgement(no), Some(false), "{no}");
        }
        for neither in ["", "2", "10", "maybe", "-1", "1.5", "0.x"] {
            assert_eq!(judgement(neither), None, "{neither}");
        }
    }
}
