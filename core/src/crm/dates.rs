//! Dates, made ISO: the one thing a reader interprets, because `03/04/2025` cannot be read without its column.
//!
//! Input: a table, and what the contract says of the order of day and month. Output: in columns of dates each readable
//! cell as `2025-04-03`, or as RFC 3339 where it has a time; what is that already stays as it is. Invariant: a cell
//! that cannot be read stays as it is and is counted, the first by line, and how an ambiguous column was read is said.
//! Without a stated order, a column is read in the order that its own dates allow, else in the order of the file's other
//! columns; if neither tells, its ambiguous dates stay as they are.

use super::error::{counted, shown};
use super::layout::Headers;
use crate::contract::{CustomKind, DateOrder};
use crate::normal::date::{DateProblem, DayOrder, DayOrderEvidence, When, detect_day_order};
use crate::record::{Column, Kind, Object, Table, TableNote};
use crate::time::Timestamp;

/// Makes the dates of a table ISO.
pub(super) fn make_iso(table: &mut Table, known: &Headers<'_>, stated: Option<DateOrder>) {
    let Some(object) = table.object else { return };
    let columns: Vec<usize> =
        (0..table.columns.len()).filter(|at| is_date(&table.columns[*at], object, known)).collect();
    let evidence: Vec<_> = columns.iter().map(|at| detect_day_order(cells(table, *at))).collect();
    let of_file = one_order(&evidence);
    let stated = stated.map(|order| match order {
        DateOrder::DayFirst => DayOrder::DayFirst,
        DateOrder::MonthFirst => DayOrder::MonthFirst,
    });
    for (at, evidence) in columns.into_iter().zip(evidence) {
        let (order, why) = match (stated, evidence) {
            (_, DayOrderEvidence::NotNeeded) | (None, DayOrderEvidence::Mixed) => (None, ""),
            (Some(order), _) => (Some(order), "as the contract states"),
            (None, DayOrderEvidence::Order(order)) => (Some(order), "as its own dates show"),
            (None, DayOrderEvidence::Open) => (of_file, "as the file's other dates show"),
        };
        if let Some(order) = order {
            let first = match order {
                DayOrder::DayFirst => "day",
                DayOrder::MonthFirst => "month",
            };
            table.notes.push(TableNote {
                code: "date-order",
                message: format!(
                    "dates of {} are read with the {first} first, {why}",
                    shown(&table.columns[at].header)
                ),
                help: Some("if that is wrong, state `date_order` in the contract's settings".to_owned()),
            });
        }
        column(table, at, order);
    }
}

fn is_date(column: &Column, object: Object, known: &Headers<'_>) -> bool {
    match &column.field {
        Some(field) => {
            let name = field.as_str().split_once('.').map_or("", |(_, name)| name);
            object.slot(name).is_some_and(|slot| object.fields()[slot].kind == Kind::Time)
        }
        None => known.custom(&column.header, object).is_some_and(|custom| custom.kind == CustomKind::Date),
    }
}

fn cells(table: &Table, at: usize) -> impl Iterator<Item = &str> {
    table.rows.iter().filter_map(move |row| row.cells.get(at)).map(|cell| &**cell)
}

/// The order that all columns which have one agree on.
fn one_order(evidence: &[DayOrderEvidence]) -> Option<DayOrder> {
    let mut orders = evidence.iter().filter_map(|evidence| match evidence {
        DayOrderEvidence::Order(order) => Some(*order),
        _ => None,
    });
    let first = orders.next()?;
    (orders.all(|order| order == first) && !evidence.contains(&DayOrderEvidence::Mixed)).then_some(first)
}

fn column(table: &mut Table, at: usize, order: Option<DayOrder>) {
    let mut unread: Option<(usize, u64, String, DateProblem)> = None;
    let mut assumed_utc: Option<(usize, u64)> = None;
    for row in &mut table.rows {
        let Some(cell) = row.cells.get_mut(at) else { continue };
        if cell.trim().is_empty() || Timestamp::parse(cell).is_some() {
            continue;
        }
        match When::parse(cell, order) {
            Ok(when) => {
                if when.assumed_utc {
                    assumed_utc.get_or_insert((0, row.line)).0 += 1;
                }
                *cell = when.to_string().into();
            }
            Err(problem) => unread.get_or_insert_with(|| (0, row.line, shown(cell), problem)).0 += 1,
        }
    }
    let header = shown(&table.columns[at].header);
    if let Some((count, line)) = assumed_utc {
        table.notes.push(TableNote {
            code: "time-zone",
            message: format!(
                "{} in {header} with a time but no offset, first line {line}; read as UTC",
                counted(count, "cell")
            ),
            help: Some("export in UTC, or with offsets".to_owned()),
        });
    }
    if let Some((count, line, text, problem)) = unread {
        table.notes.push(TableNote {
            code: "unread-date",
            message: format!(
                "{} in {header} left as written, first line {line}, {text}: {problem}",
                counted(count, "cell")
            ),
            help: Some(match problem {
                DateProblem::Order => {
                    "state `date_order` in the contract's settings, as `day_first` or `month_first`".to_owned()
                }
                _ => problem.help().to_owned(),
            }),
        });
    }
}
