//! The list of rows and the cases that cover them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::case::Case;

/// A row of the promise: its section, its slug and what it promises.
pub(crate) struct Row {
    section: String,
    slug: String,
    text: String,
}

/// Reads `rows.md`: sections `## …` and rows `- slug: text`.
pub(crate) fn rows(text: &str) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut section = String::new();
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            title.clone_into(&mut section);
        } else if let Some(row) = line.strip_prefix("- ") {
            let (slug, text) = row.split_once(": ").unwrap_or_else(|| panic!("not a row: `{line}`"));
            assert!(rows.iter().all(|row| row.slug != slug), "`{slug}` stands twice in rows.md");
            rows.push(Row { section: section.clone(), slug: slug.to_owned(), text: text.to_owned() });
        }
    }
    rows
}

/// The list as it should stand in `COVERAGE.md`.
pub(crate) fn table(rows: &[Row], cases: &[Case]) -> String {
    let mut covered: BTreeMap<&str, Vec<&Case>> = BTreeMap::new();
    for case in cases {
        for slug in &case.shows {
            assert!(rows.iter().any(|row| row.slug == *slug), "{}: there is no row `{slug}` in rows.md", case.name);
            covered.entry(slug).or_default().push(case);
        }
    }
    let bare: Vec<&Row> = rows.iter().filter(|row| !covered.contains_key(row.slug.as_str())).collect();
    let mut out = format!(
        "# What the corpus covers\n\nMade by the test `corpus`; renew with `UPDATE=1 cargo test -p interlock-tests --test \
         corpus`.\n\n{} cases; {} of {} rows have one.\n\n## Not yet\n\n",
        cases.len(),
        rows.len() - bare.len(),
        rows.len()
    );
    for row in &bare {
        let _ = writeln!(out, "- {}: {}", row.slug, row.text);
    }
    if bare.is_empty() {
        out.push_str("Nothing: every row has a case.\n");
    }
    let mut section = "";
    for row in rows.iter().filter(|row| covered.contains_key(row.slug.as_str())) {
        if row.section != section {
            section = &row.section;
            let _ = write!(out, "\n## {section}\n");
        }
        let _ = write!(out, "\n{}: {}\n\n", row.slug, row.text);
        for case in &covered[row.slug.as_str()] {
            let _ = writeln!(out, "- [{}]({})", case.title.trim_end_matches('.'), case.name);
        }
    }
    out
}
