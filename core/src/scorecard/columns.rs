//! What of a table can be learned from.
//!
//! Input: the table. Output: its [`Field`]s, and what was [`LeftOut`], each with the reason. Invariant: a field is numbers or
//! categories; identifiers, texts, names and dates are neither, since what they tell does not come again.

use serde::Serialize;

use super::Question;
use super::outcome::{Ended, column};
use crate::crm::{ReadError, header_key};
use crate::map::Map;
use crate::normal::{boolean, fold, number};
use crate::record::{Kind, Object, Table};
use crate::time::Timestamp;

/// A column that was not learned from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LeftOut {
    /// Its header.
    pub column: String,
    /// Why, in a word: `identifier`, `text`, `date`, `constant`, `blank`, `asked`, `leak`, `idle`, `outcome`.
    pub code: &'static str,
    /// Why.
    pub why: String,
}

impl LeftOut {
    pub(super) fn new(column: &str, code: &'static str, why: impl Into<String>) -> Self {
        Self { column: column.to_owned(), code, why: why.into() }
    }

    pub(super) fn idle(column: &str) -> Self {
        Self::new(column, "idle", "beside the others it tells nothing, all its points come to nought")
    }
}

/// A column to learn from.
#[derive(Clone, Debug)]
pub(super) struct Field {
    pub(super) header: String,
    /// Its place in the table.
    pub(super) at: usize,
    pub(super) values: Values,
}

/// The values of a column, row by row: of the table at first, of those to be learned from once they are arranged.
#[derive(Clone, Debug)]
pub(super) enum Values {
    Numbers {
        rows: Vec<Option<i64>>,
        /// What they were multiplied by, because they lie close together.
        scale: i64,
        /// Whether decimals were cut off.
        cut: bool,
    },
    /// Categories, by their place in `words`.
    Words { rows: Vec<Option<u32>>, words: Vec<String>, yes_no: bool },
}

impl Field {
    /// Keeps these rows alone, in this order.
    pub(super) fn arrange(&mut self, order: &[usize]) {
        fn arranged<T: Copy>(rows: &[Option<T>], order: &[usize]) -> Vec<Option<T>> {
            order.iter().map(|row| rows.get(*row).copied().flatten()).collect()
        }
        match &mut self.values {
            Values::Numbers { rows, .. } => *rows = arranged(rows, order),
            Values::Words { rows, .. } => *rows = arranged(rows, order),
        }
    }

    /// The number of a row.
    pub(super) fn number(&self, row: usize) -> Option<i64> {
        match &self.values {
            Values::Numbers { rows, .. } => rows.get(row).copied().flatten(),
            Values::Words { .. } => None,
        }
    }

    /// Whether a row has no value.
    pub(super) fn is_blank(&self, row: usize) -> bool {
        match &self.values {
            Values::Numbers { rows, .. } => rows.get(row).copied().flatten().is_none(),
            Values::Words { rows, .. } => rows.get(row).copied().flatten().is_none(),
        }
    }
}

/// How often a number must be read among values that are not blank for the column to be one of numbers.
const NUMBERS: usize = 98;

/// Reads the columns.
pub(super) fn read(
    table: &Table,
    question: &Question<'_>,
    ended: &Ended,
) -> Result<(Vec<Field>, Vec<LeftOut>), ReadError> {
    let places = |headers: &[String], flag: &str| {
        headers.iter().map(|header| column(table, header, flag)).collect::<Result<Vec<usize>, ReadError>>()
    };
    let (only, without) = (places(question.columns, "--columns")?, places(question.leave_out, "--leave-out")?);
    let (mut fields, mut left_out) = (Vec::new(), Vec::new());
    for (at, column) in table.columns.iter().enumerate() {
        let header = &column.header;
        let mut leave = |code, why: &str| left_out.push(LeftOut::new(header, code, why));
        if at == ended.at {
            continue;
        }
        if without.contains(&at) || (!only.is_empty() && !only.contains(&at)) {
            leave("asked", "you left it out");
            continue;
        }
        let cells = |row: usize| {
            let cell = table.rows.get(row).and_then(|row| row.cells.get(at)).map_or("", |cell| fold::trim(cell));
            if crate::normal::company::is_placeholder(cell) { "" } else { cell }
        };
        let known: Vec<&str> = (0..table.rows.len())
            .filter(|row| ended.of(*row).is_some())
            .map(cells)
            .filter(|cell| !cell.is_empty())
            .collect();
        let kind = column.field.as_ref().and_then(|field| {
            let (object, name) = field.as_str().split_once('.')?;
            let object = Object::ALL.into_iter().find(|known| known.word() == object)?;
            object.fields().iter().find(|field| field.name == name).map(|field| field.kind)
        });
        match values(header, &known, kind, only.contains(&at)) {
            Ok(Sort::Numbers(scale, cut)) => {
                let rows = (0..table.rows.len()).map(|row| scaled(cells(row), scale)).collect();
                fields.push(Field { header: header.clone(), at, values: Values::Numbers { rows, scale, cut } });
            }
            Ok(Sort::Words(yes_no)) => {
                let mut places: Map<String, u32> = Map::new();
                let mut words = Vec::new();
                // In order of the alphabet, so that it does not matter which row comes first.
                let mut sorted: Vec<(String, &str)> =
                    known.iter().map(|cell| (fold::fold(cell).into_owned(), *cell)).collect();
                sorted.sort();
                sorted.dedup_by(|one, other| one.0 == other.0);
                for (key, cell) in sorted {
                    places.insert(key, u32::try_from(words.len()).unwrap_or(u32::MAX));
                    words.push(cell.to_owned());
                }
                let rows = (0..table.rows.len()).map(|row| places.get(&*fold::fold(cells(row))).copied()).collect();
                fields.push(Field { header: header.clone(), at, values: Values::Words { rows, words, yes_no } });
            }
            Err((code, why)) => leave(code, &why),
        }
    }
    Ok((fields, left_out))
}

enum Sort {
    /// Multiplied by, and whether decimals are cut off.
    Numbers(i64, bool),
    /// Whether they are yes and no.
    Words(bool),
}

/// What a column holds, or why nothing can be learned from it.
fn values(header: &str, known: &[&str], kind: Option<Kind>, asked: bool) -> Result<Sort, (&'static str, String)> {
    let many = known.len();
    if many < 5 {
        return Err((
            "blank",
            format!("{} it is filled", crate::text::count(many as u64, "row in which", "rows in which")),
        ));
    }
    let mut distinct: Vec<String> = known.iter().map(|cell| fold::fold(cell).into_owned()).collect();
    distinct.sort();
    distinct.dedup();
    if distinct.len() == 1 {
        return Err(("constant", format!("it says `{}` wherever it is filled", known.first().unwrap_or(&""))));
    }
    let key = header_key(header);
    let words: Vec<String> = header_words(header);
    let is_id =
        words.last().is_some_and(|word| ["id", "uuid", "guid", "key"].contains(&&**word)) || key.ends_with("id18");
    let alike = |share: usize, test: &dyn Fn(&str) -> bool| {
        known.iter().filter(|cell| test(cell)).count() * 100 >= many * share
    };
    let numbers = alike(NUMBERS, &|cell| decimal(cell).is_some());
    if matches!(kind, Some(Kind::Email | Kind::Phone | Kind::Reference | Kind::Owner | Kind::Url | Kind::Domain))
        || (is_id && distinct.len() > 20)
        || (!numbers && distinct.len() * 10 > many * 9 && many >= 20)
    {
        return Err(("identifier", "it names the record or somebody, and tells nothing of others".to_owned()));
    }
    let whole = |cell: &str| number::integer(cell, None).is_ok();
    if numbers
        && distinct.len() * 100 > many * 98
        && many > 100
        && alike(100, &whole)
        && !asked
        && is_counter(&distinct)
    {
        return Err(("identifier", "it counts the records, and tells nothing of others".to_owned()));
    }
    if alike(90, &|cell| is_date(cell)) && !numbers {
        return Err((
            "date",
            "a date never comes again; say how many days ago it was, or let points fade by it".to_owned(),
        ));
    }
    if distinct.len() == 2 && known.iter().all(|cell| matches!(boolean::parse(cell), Ok(Some(_)))) && !numbers {
        return Ok(Sort::Words(true));
    }
    if numbers && distinct.len() > 2 {
        let fraction = known.iter().filter_map(|cell| decimal(cell)).any(|(_, scale)| scale > 1);
        let range = known.iter().filter_map(|cell| scaled(cell, 1));
        let (least, most) = range.fold((i64::MAX, i64::MIN), |(least, most), one| (least.min(one), most.max(one)));
        let close = fraction && most.saturating_sub(least) < 20;
        return Ok(Sort::Numbers(if close { 1000 } else { 1 }, fraction && !close));
    }
    let length = known.iter().map(|cell| cell.chars().count()).sum::<usize>() / many;
    let spaced = known.iter().map(|cell| cell.split(' ').count()).sum::<usize>() / many;
    if length > 40 || (spaced >= 5 && distinct.len() > 20) {
        return Err(("text", "it is free text; classify it by term rules".to_owned()));
    }
    let mut counts: Map<&str, usize> = Map::new();
    let folded: Vec<String> = known.iter().map(|cell| fold::fold(cell).into_owned()).collect();
    for word in &folded {
        *counts.get_or_insert(word, || 0) += 1;
    }
    let mut counts: Vec<usize> = counts.iter().map(|(_, count)| *count).collect();
    counts.sort_by_key(|count| std::cmp::Reverse(*count));
    if distinct.len() > 50 && counts.iter().take(20).sum::<usize>() * 2 < many {
        return Err(("identifier", format!("{} different values, the most frequent of which are few", distinct.len())));
    }
    Ok(Sort::Words(false))
}

/// Whether sorted numbers go up by one, or nearly.
fn is_counter(distinct: &[String]) -> bool {
    let numbers: Vec<i64> = distinct.iter().filter_map(|one| number::integer(one, None).ok()).collect();
    match (numbers.iter().min(), numbers.iter().max()) {
        (Some(least), Some(most)) => most - least < numbers.len() as i64 * 2,
        _ => false,
    }
}

fn is_date(cell: &str) -> bool {
    Timestamp::parse(cell).is_some() && cell.contains(['-', '/', '.'])
}

/// The words of a header: `Days since lastTouch` is days, since, last, touch.
pub(super) fn header_words(header: &str) -> Vec<String> {
    let mut spaced = String::with_capacity(header.len() + 8);
    let mut before = ' ';
    for c in header.chars() {
        if c.is_uppercase() && before.is_lowercase() {
            spaced.push(' ');
        }
        spaced.push(if c.is_alphanumeric() { c } else { ' ' });
        before = c;
    }
    fold::fold(&spaced).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// A number as digits and how far its point stands: `30.33` is 3033 and 100. Longer fractions are cut.
fn decimal(cell: &str) -> Option<(i64, i64)> {
    if let Ok(whole) = number::integer(cell, None) {
        return Some((whole, 1));
    }
    let (sign, digits) = match cell.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, cell),
    };
    let digits = digits.strip_suffix('%').unwrap_or(digits).trim_start_matches(['$', '\u{20ac}', '\u{a3}']).trim();
    let mark = if digits.contains('.') { '.' } else { ',' };
    let (whole, fraction) = digits.split_once(mark)?;
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let whole: String = whole.chars().filter(|c| *c != ',').collect();
    if !all_digits(&whole) || fraction.is_empty() || !all_digits(fraction) {
        return None;
    }
    let fraction: String = fraction.chars().take(6).collect();
    let scale = 10_i64.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let value = whole.checked_mul(scale)?.checked_add(fraction.parse().ok()?)?;
    Some((sign * value, scale))
}

/// A number times `scale`, rounded down.
fn scaled(cell: &str, scale: i64) -> Option<i64> {
    let (value, own) = decimal(cell)?;
    Some(value.checked_mul(scale)?.div_euclid(own))
}
