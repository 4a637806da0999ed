//! Damaged files: bad rows are set aside with line, reason and text, good rows go on.

use super::*;

/// `line column expected/found raw` of each row set aside.
fn set_aside(table: &Table) -> Vec<String> {
    let one = |row: &crate::record::SetAside| {
        let column = row.column.as_deref().map(|column| format!(" {column}")).unwrap_or_default();
        format!("{}{column}: {}, not {}: {}", row.line, row.expected, row.found, row.raw.escape_debug())
    };
    table.set_aside.iter().map(one).collect()
}

fn lines(table: &Table) -> Vec<u64> {
    table.rows.iter().map(|row| row.line).collect()
}

#[test]
fn rows_with_another_number_of_cells_are_set_aside() {
    let table =
        table("Lead ID,Company,Email\r\n1,Acme,a@b.com\r\n2,Beta\r\n\r\n3,Gamma, Inc,c@d.com\r\n4,Delta,d@e.com\r\n");
    assert_eq!(set_aside(&table), ["3: 3 cells, not 2: 2,Beta", "5: 3 cells, not 4: 3,Gamma, Inc,c@d.com"]);
    assert_eq!(lines(&table), [2, 6]);
    assert_eq!(
        table.summary().to_string(),
        "4 rows: 2 read, 2 set aside; 3 columns: 3 with a field, 0 kept under their header"
    );
}

#[test]
fn a_quote_that_is_never_closed_costs_one_row() {
    let table = table(
        "Lead ID,Company,Email\n1,\"Acme,a@b.com\n2,Beta,b@c.com\n3,\"Ga\nmma\",c@d.com\n4,Delta,\"d@e.com\n5,E,e@f.com",
    );
    let torn = "quotes that are closed where their cell ends, not a quote that is not, and reaches into the next line";
    assert_eq!(
        set_aside(&table),
        [format!("2: {torn}: 1,\\\"Acme,a@b.com"), format!("6: {torn}: 4,Delta,\\\"d@e.com")]
    );
    assert_eq!(lines(&table), [3, 4, 7]);
    assert_eq!(cell(&table, 1, "lead.company"), "Ga\nmma");
}

#[test]
fn a_file_of_open_quotes_is_accounted_for() {
    // Each second line is torn, and torn again when read from the next line on; patience ends long before the file.
    let body = "1,\"a\"\"\n".repeat(20_000);
    let table = table(&format!("Lead ID,Company\n{body}"));
    let letters = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).count();
    let aside: usize = table.set_aside.iter().map(|row| letters(&row.raw)).sum();
    let read: usize = table.rows.iter().flat_map(|row| &row.cells).map(|cell| letters(cell)).sum();
    assert_eq!(aside + read, letters(&body));
}

#[test]
fn a_loose_quote_in_one_line_is_read_and_said() {
    let table = table("Lead ID,Company\n1,\"Acme\" Inc\n2,5\" pipes\n");
    assert_eq!([cell(&table, 0, "lead.company"), cell(&table, 1, "lead.company")], ["Acme Inc", "5\" pipes"]);
    assert_eq!(
        notes(&table, "quotes"),
        ["1 row with a quote inside a quoted cell, or not closed: read as far as the separator, first line 2"]
    );
}

#[test]
fn zero_bytes_large_cells_and_blank_rows_are_set_aside() {
    let large = "x".repeat(MAX_CELL + 1);
    let table = table(&format!("Lead ID,Company\n1,a\0b\n2,{large}\n3,{}\n , \n5,E\n", &large[1..]));
    let mut aside = set_aside(&table);
    aside[1].truncate(51);
    assert_eq!(
        aside,
        [
            "2 Company: text, not a zero byte: 1,a\\0b",
            "3 Company: at most 64 KiB in a cell, not 65 KiB: 2,",
            "5: a record, not a row of blank cells:  , "
        ]
    );
    assert_eq!(lines(&table), [4, 6]);
}

#[test]
fn blank_cells_beyond_the_header_cost_nothing() {
    let table = table("Lead ID;Company\n1;A;;\n2;B; \n3;C\n");
    assert_eq!(lines(&table), [2, 3, 4]);
    assert_eq!(
        notes(&table, "surplus-cells"),
        ["2 rows with more cells than the header, all of them blank and left out, first line 2"]
    );
}

#[test]
fn limits_are_errors_of_their_own() {
    let wide = |columns: usize| {
        let headers: Vec<_> = (1..columns).map(|n| format!("c{n}")).collect();
        format!("Lead ID,{}\n", headers.join(","))
    };
    assert_eq!(table(&wide(MAX_COLUMNS)).columns.len(), MAX_COLUMNS);
    let error_of = |text: &str| error(text).to_string();
    assert_eq!(
        error_of(&wide(MAX_COLUMNS + 1)),
        "f.csv, line 1: expected at most 512 columns, found 513 in the first line"
    );
    let long = |rows: usize| format!("Lead ID\n{}", "1\n".repeat(rows));
    assert_eq!(read_as(Object::Lead, &long(MAX_ROWS)).rows.len(), MAX_ROWS);
    let error =
        read("f.csv", long(MAX_ROWS + 1).as_bytes(), &Options { object: Some(Object::Lead), ..Options::default() });
    assert_eq!(error.unwrap_err().to_string(), "f.csv, line 200002: expected at most 200000 rows, found more");
}

#[test]
fn files_without_rows_are_defined() {
    assert_eq!(error("").found, "an empty file".into());
    assert_eq!(error("\u{feff}\n\n").found, "nothing but white space".into());
    assert_eq!(error("sep=;\n\n").found, "no line with something on it".into());
    let table = table("Lead ID,Email");
    assert_eq!((table.rows.len(), table.set_aside.len()), (0, 0));
    assert_eq!(notes(&table, "no-rows"), ["the file has a header line and no rows"]);
}

#[test]
fn a_torn_header_is_refused() {
    let found = error("Lead ID,\"Email\n1,a@b.com\n");
    assert_eq!(
        found.to_string(),
        "f.csv, line 1: expected a header line in which every quote is closed, found `Lead ID,\"Email`"
    );
}

#[test]
fn a_line_that_names_the_separator_is_no_row() {
    let table = table("sep=|\r\nLead ID|Email\r\n1|a@b.com\r\n");
    assert_eq!(lines(&table), [3]);
    assert_eq!(notes(&table, "separator"), ["cells are separated by `|`, as its first line says"]);
}

#[test]
fn what_write_csv_disarmed_is_armed_again() {
    let text = write_csv(&["Lead ID", "Company", "Phone"], [["-5", "=1+1", "+49 30 1"], ["'x", "'=y", "-5"]]);
    let table = table(&text);
    let cells: Vec<_> = table.rows.iter().flat_map(|row| row.cells.iter().map(|cell| &**cell)).collect();
    assert_eq!(cells, ["-5", "=1+1", "+49 30 1", "'x", "'=y", "-5"]);
}
