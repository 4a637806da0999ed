//! Writing CSV that is safe to open in a spreadsheet, and taking the safety off again when reading.
//!
//! A cell that starts with `=`, `+`, `-`, `@`, a tab or a line break can run as a formula. Such a cell gets a `'` in
//! front, unless it is a number, and every cell is quoted. Invariant: [`plain`] of [`safe`] is the text itself, for
//! every text; the reader takes off exactly that `'` and nothing else. Source: OWASP, *CSV Injection*.

use std::borrow::Cow;

/// Writes CSV: RFC 4180, UTF-8, every cell quoted, formulas disarmed.
///
/// ```
/// let text = interlock_core::crm::write_csv(&["id", "note"], [["1", "=HYPERLINK(1)"], ["-5", "say \"hi\""]]);
/// assert_eq!(text, "\"id\",\"note\"\r\n\"1\",\"'=HYPERLINK(1)\"\r\n\"-5\",\"say \"\"hi\"\"\"\r\n");
/// ```
#[must_use]
pub fn write_csv<H, R, C>(headers: &[H], rows: impl IntoIterator<Item = R>) -> String
where
    H: AsRef<str>,
    R: IntoIterator<Item = C>,
    C: AsRef<str>,
{
    let mut out = String::new();
    write_row(&mut out, headers);
    for row in rows {
        write_row(&mut out, row);
    }
    out
}

fn write_row<C: AsRef<str>>(out: &mut String, cells: impl IntoIterator<Item = C>) {
    for (at, cell) in cells.into_iter().enumerate() {
        out.push_str(if at == 0 { "\"" } else { ",\"" });
        out.push_str(&safe(cell.as_ref()).replace('"', "\"\""));
        out.push('"');
    }
    out.push_str("\r\n");
}

/// Whether a spreadsheet might run it, or whether it is such a text with `'` already before it.
fn starts_formula(text: &str) -> bool {
    let bare = text.trim_start_matches('\'');
    let trigger = |c: char| matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠');
    bare.starts_with(trigger) && !(bare.len() == text.len() && is_number(text))
}

/// Digits with at most a sign before and a point between.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |digits: &str| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    all(whole) && all(part)
}

/// Whether a text can stand in a cell as it is.
pub(crate) fn is_safe(text: &str) -> bool {
    !starts_formula(text)
}

/// The text as a cell that no spreadsheet runs.
pub(super) fn safe(text: &str) -> Cow<'_, str> {
    if starts_formula(text) { format!("'{text}").into() } else { text.into() }
}

/// The text of a cell, without the `'` that [`safe`] put there.
pub(super) fn plain(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if starts_formula(rest) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_stay_and_formulas_are_disarmed() {
        for (text, cell) in [
            ("-5", "-5"),
            ("+4930123", "+4930123"),
            ("-0.50", "-0.50"),
            ("+49 30 123", "'+49 30 123"),
            ("-", "'-"),
            ("-1+cmd", "'-1+cmd"),
            ("@SUM(1)", "'@SUM(1)"),
            ("\tx", "'\tx"),
            ("＝1", "'＝1"),
            ("'tis", "'tis"),
            ("'=1", "''=1"),
            ("'-5", "''-5"),
            ("a=b", "a=b"),
            ("", ""),
        ] {
            assert_eq!(safe(text), cell);
            assert_eq!(plain(cell), text);
        }
        assert_eq!(plain("'-5"), "'-5", "never written for -5, so not ours to take off");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(rows in prop::collection::vec(prop::collection::vec("(?s)['=+@\\-\t\r\n]{0,3}.{0,8}", 3), 0..6)) {
            let text = write_csv(&["a", "b", "c"], &rows);
            let mut reader = csv::ReaderBuilder::new().has_headers(true).from_reader(text.as_bytes());
            let read: Vec<Vec<String>> = reader
                .records()
                .map(|row| row.unwrap().iter().map(|cell| plain(cell).to_owned()).collect())
                .collect();
            prop_assert_eq!(read, rows);
        }

        #[test]
        fn no_written_cell_starts_a_formula(text in "(?s)['=+@\\-\t\r\n]{0,3}.{0,8}") {
            let cell = safe(&text);
            prop_assert!(is_number(&cell) || !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']));
        }
    }
}
