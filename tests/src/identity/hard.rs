//! Input that is meant to hurt: time and memory must stay bounded, and what happened must be said.

use interlock_core::contract::{Attribute, MatchModel};
use interlock_core::identity::forms::{Forms, Reading};
use interlock_core::identity::index::Index;
use interlock_core::identity::pairs::{Question, groups, matches};

use super::{contact, megabytes, resident, seconds, timed};
use crate::rate::print;

/// Rows of cells.
type Rows = Vec<Vec<(Attribute, String)>>;

pub(super) fn hard(people: &MatchModel, companies: &MatchModel) {
    print("input that is meant to hurt: a file compared with itself, and grouped");
    let same = |count: usize, name: &str| vec![vec![(Attribute::Company, name.to_owned())]; count];
    report("10,000 identical companies", companies, &same(10_000, "Fennadel Laboratories GmbH"));
    report("10,000 companies of common words alone", companies, &same(10_000, "International Services Group"));
    let long = |name: &str| -> Rows {
        let name = name.repeat(1_000_000 / name.len());
        let mut rows = vec![vec![(Attribute::GivenName, "Ana".to_owned()), (Attribute::Surname, name.clone())]; 2];
        rows.push(vec![(Attribute::GivenName, "Ana".to_owned()), (Attribute::Surname, format!("{name}x"))]);
        rows.push(vec![(Attribute::Company, name)]);
        rows
    };
    report("names of 1 MB, one word", people, &long("a"));
    report("names of 1 MB, many words", people, &long("ab cd "));
    report("names of 1 MB, combining marks alone", people, &long("\u{301}"));
    report("names of 1 MB, emoji", people, &long("😀"));
    let pair = |a: &str, b: &str| -> Rows {
        [a, b].map(|name| vec![(Attribute::GivenName, "Ana".to_owned()), (Attribute::Surname, name.to_owned())]).into()
    };
    let stacked = format!("Lim{}a", "\u{301}".repeat(5000));
    report("a letter under 5,000 marks, beside the name without", people, &pair(&stacked, "Lima"));
    report(
        "right-to-left marks within a name, beside the name without",
        people,
        &pair("\u{202e}Li\u{200f}ma\u{202c}", "Lima"),
    );
    report("a Hebrew name, with marks and without", people, &pair("\u{200f}כהן\u{200e}", "כהן"));
    let one_address: Rows = (0..10_000)
        .map(|at| {
            let mut cells = contact(at).cells;
            cells.retain(|(attribute, _)| matches!(attribute, Attribute::GivenName | Attribute::Surname));
            cells.push((Attribute::Email, "one@shared.example".to_owned()));
            cells
        })
        .collect();
    report("10,000 people with one e-mail address", people, &one_address);
}

fn report(name: &str, model: &MatchModel, rows: &Rows) {
    let before = resident();
    let ((index, pairs, groups, compared), time) = timed(|| {
        let mut left = rows.iter();
        let index = Index::build(model, |forms: &mut Forms| match left.next() {
            Some(row) => {
                row.iter().for_each(|(attribute, text)| forms.set(*attribute, text, &Reading::default()));
                true
            }
            None => false,
        });
        let mut compared = 0_usize;
        let pairs = matches(&index, None, Question::default(), &mut |_, candidates| compared += candidates);
        let groups = groups(&index, &pairs);
        (index, pairs, groups, compared)
    });
    let oversize: usize = index.sizes().iter().map(|size| size.oversize).sum();
    print(&format!(
        "  {name}: {} s, {} more memory; {} records, {compared} pairs compared, {} with an outcome, {} groups, the largest \
         of {}, {oversize} keys oversize",
        seconds(time),
        megabytes(resident().saturating_sub(before)),
        index.len(),
        pairs.len(),
        groups.len(),
        groups.iter().map(Vec::len).max().unwrap_or(0),
    ));
}
