//! A review as Markdown (CommonMark, with the tables of GitHub).

use super::blocks::{Block, Chart, Table};
use super::html::is_number;
use crate::text::thousands;

/// Writes it.
pub(super) fn write(title: &str, blocks: &[Block]) -> String {
    let mut out = String::new();
    out.extend(["# ", &escaped(title), "\n"]);
    for block in blocks {
        out.push('\n');
        match block {
            Block::Heading(text) => out.extend(["## ", text, "\n"]),
            Block::Text(text) => out.extend([&*escaped(text), "\n"]),
            Block::Table(table) => write_table(&mut out, table),
            Block::Chart(chart) => write_chart(&mut out, chart),
        }
    }
    out
}

fn write_table(out: &mut String, table: &Table) {
    for header in table.headers {
        out.extend(["| ", header.trim_start_matches('>'), " "]);
    }
    out.push_str("|\n");
    for header in table.headers {
        out.push_str(if is_number(header) { "| ---: " } else { "| --- " });
    }
    out.push_str("|\n");
    for row in &table.rows {
        for cell in row {
            out.extend(["| ", &escaped(cell), " "]);
        }
        out.push_str("|\n");
    }
}

/// A trend as a table.
fn write_chart(out: &mut String, chart: &Chart) {
    out.extend(["**", chart.name, "**\n\n| Week | Value | 95 in 100 between | Of |\n| --- | ---: | ---: | ---: |\n"]);
    for point in &chart.points {
        let shown = |value| chart.metric.shown(value);
        let spread = point.interval;
        let spread =
            spread.map_or_else(String::new, |interval| format!("{} – {}", shown(interval.low), shown(interval.high)));
        out.extend([
            "| ",
            &point.week,
            " | ",
            &shown(point.value),
            " | ",
            &spread,
            " | ",
            &thousands(point.of),
            " |\n",
        ]);
    }
}

/// As it may stand in a paragraph or a cell: one line, nothing of it markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '!' | '~' | '&' => out.extend(['\\', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
