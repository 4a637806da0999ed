//! Our string metrics beside published vectors and beside strsim.
//!
//! Input: a folder with `metrics/jellyfish/*.csv` (two texts, or one, and what is expected) and `metrics/dnb_names` (company
//! names and their misspelled twins, row by row). Output: for each metric how many agree, and every one that does not with
//! the reason; then the speed beside strsim. Invariant: a disagreement without a known reason is an error.

use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use interlock_core::identity::metric::{
    Code, LONGEST, jaro, jaro_winkler, levenshtein, levenshtein_ratio, nysiis, osa, osa_within, soundex, token_set,
};
use interlock_core::normal::fold::{fold, key};

use crate::rate::{print, rate};

/// What a file of vectors is compared with.
enum Ours {
    /// A similarity in per mille; the file has a fraction.
    Similarity(fn(&str, &str) -> u16),
    Distance(fn(&str, &str) -> u16),
    Code(fn(&str) -> Option<Code>),
    /// Why there is nothing.
    None(&'static str),
}

const FILES: [(&str, Ours); 13] = [
    ("jaro_distance", Ours::Similarity(jaro)),
    ("jaro_winkler", Ours::Similarity(jaro_winkler)),
    ("levenshtein", Ours::Distance(levenshtein)),
    ("wagner_fischer", Ours::Distance(levenshtein)),
    ("damerau_levenshtein", Ours::Distance(osa)),
    ("soundex", Ours::Code(soundex)),
    ("nysiis", Ours::Code(nysiis)),
    ("metaphone", Ours::None("NYSIIS is the one phonetic code besides Soundex: it is a tenth of Metaphone's size")),
    ("match_rating_codex", Ours::None("as Metaphone")),
    ("match_rating_comparison", Ours::None("as Metaphone")),
    ("jaro_winkler_longtol", Ours::None("Winkler's bonus for long texts is not in strsim, nor in use elsewhere")),
    ("hamming", Ours::None("names of one length are the exception; a swap or a lost letter is an edit distance's")),
    ("jaccard", Ours::None("token_set compares words, and their letters as well")),
];

/// Compares and times; see the [module](self).
///
/// # Errors
/// When files are missing or do not read, and when metrics disagree without a known reason.
pub fn metrics(folder: &Path) -> Result<()> {
    let folder = folder.join("metrics");
    print(&format!("\nmetrics: {}; repeat: cargo xtask bench metrics FOLDER", folder.display()));
    let mut unexplained = 0;
    for (name, ours) in &FILES {
        unexplained += vectors(&folder.join("jellyfish"), name, ours)?;
    }
    let names = folder.join("dnb_names");
    let (right, wrong) = (column(&names.join("test_names.csv"))?, column(&names.join("adjusted_test_names.csv"))?);
    ensure!(right.len() == wrong.len() && !right.is_empty(), "{}: the files must have a row each", names.display());
    unexplained += oracle(&right, &wrong);
    speed(&right, &wrong);
    match unexplained {
        0 => Ok(()),
        count => bail!("{count} disagreements have no known reason"),
    }
}

/// Prints how one file of vectors compares; gives the number of disagreements that are not explained.
fn vectors(folder: &Path, name: &str, ours: &Ours) -> Result<usize> {
    let path = folder.join(format!("{name}.csv"));
    if !path.exists() {
        print(&format!("{name:<24} no such file"));
        return Ok(0);
    }
    if let Ours::None(why) = ours {
        print(&format!("{name:<24} skipped: {why}"));
        return Ok(0);
    }
    let rows = rows(&path, false)?;
    let mut notes = Vec::new();
    let mut unexplained = 0;
    for row in &rows {
        let cell = |at: usize| row.get(at).map(String::as_str).unwrap_or_default();
        let (texts, expected, found) = match ours {
            Ours::Similarity(metric) => {
                let expected = thousandths(cell(2)).with_context(|| format!("{name}: `{}` is no fraction", cell(2)))?;
                ([cell(0), cell(1)], expected.to_string(), metric(cell(0), cell(1)).to_string())
            }
            Ours::Distance(metric) => ([cell(0), cell(1)], cell(2).to_owned(), metric(cell(0), cell(1)).to_string()),
            Ours::Code(code) => {
                let found = code(&fold(cell(0))).map_or(String::new(), |code| code.as_str().to_owned());
                ([cell(0), ""], cell(1).to_owned(), found)
            }
            Ours::None(_) => continue,
        };
        if found != expected {
            let why = reason(name, ours, texts, &expected, &found);
            unexplained += usize::from(why.is_none());
            let why = why.unwrap_or("NO KNOWN REASON");
            notes.push(format!("  `{}` `{}`: expected {expected}, found {found}: {why}", texts[0], texts[1]));
        }
    }
    print(&format!("{name:<24} {} of {} agree", rows.len() - notes.len(), rows.len()));
    notes.iter().for_each(|note| print(note));
    Ok(unexplained)
}

/// Why ours says something else, where that is by design.
fn reason(name: &str, ours: &Ours, texts: [&str; 2], expected: &str, found: &str) -> Option<&'static str> {
    let foreign = texts.iter().any(|text| !text.is_ascii());
    match ours {
        Ours::Code(_) if found.is_empty() => Some("a name without a Latin letter has no code"),
        Ours::Code(_) if found.len() < expected.len() && expected.starts_with(found) => {
            Some("a code is cut at 12 letters")
        }
        Ours::Code(_) if foreign && fold(expected).eq_ignore_ascii_case(found) => {
            Some("a code is made of the folded name, whose letters have no marks")
        }
        Ours::Distance(_) | Ours::Similarity(_) if texts.iter().any(|text| text.chars().count() > LONGEST) => {
            Some("the first 128 characters are compared")
        }
        // Without a restriction, what lies between two swapped letters may be edited too.
        Ours::Distance(_) if name == "damerau_levenshtein" => {
            let theirs = strsim::damerau_levenshtein(texts[0], texts[1]).to_string();
            (theirs == expected).then_some("optimal string alignment edits no part twice")
        }
        _ => None,
    }
}

/// Every misspelled name beside its twin and its neighbour, ours against strsim.
#[allow(clippy::float_arithmetic, reason = "strsim's similarities are floats")]
fn oracle(right: &[String], wrong: &[String]) -> usize {
    type Similarity = (&'static str, fn(&str, &str) -> u16, fn(&str, &str) -> f64);
    type Distance = (&'static str, fn(&str, &str) -> u16, fn(&str, &str) -> usize);
    let similarities: [Similarity; 3] = [
        ("jaro", jaro, strsim::jaro),
        ("jaro_winkler", jaro_winkler, strsim::jaro_winkler),
        ("levenshtein_ratio", levenshtein_ratio, strsim::normalized_levenshtein),
    ];
    let distances: [Distance; 2] =
        [("levenshtein", levenshtein, strsim::levenshtein), ("osa", osa, strsim::osa_distance)];
    let pairs: Vec<_> = right.iter().flat_map(|a| wrong.iter().map(move |b| (a.as_str(), b.as_str()))).collect();
    let mut apart = 0;
    let mut say = |name: &str, agreed: usize, notes: &[(&str, &str)]| {
        print(&format!("{name:<24} {agreed} of {} pairs of company names agree with strsim", pairs.len()));
        for (a, b) in notes {
            let threshold = name == "jaro_winkler" && (strsim::jaro(a, b) - 0.7).abs() < 1e-9;
            apart += usize::from(!threshold);
            let why = if threshold { "their Jaro is 0.7, at which a float may fall short" } else { "NO KNOWN REASON" };
            print(&format!("  `{a}` `{b}`: {why}"));
        }
    };
    for (name, ours, theirs) in similarities {
        let differ = |(a, b): &&(&str, &str)| (f64::from(ours(a, b)) - theirs(a, b) * 1000.0).abs() > 0.5 + 1e-6;
        let notes: Vec<_> = pairs.iter().filter(differ).copied().collect();
        say(name, pairs.len() - notes.len(), &notes);
    }
    for (name, ours, theirs) in distances {
        let differ = |(a, b): &&(&str, &str)| usize::from(ours(a, b)) != theirs(a, b);
        let notes: Vec<_> = pairs.iter().filter(differ).copied().collect();
        say(name, pairs.len() - notes.len(), &notes);
    }
    apart
}

/// Every name with every other, in normal form as identity compares them.
fn speed(right: &[String], wrong: &[String]) {
    let normal = |names: &[String]| names.iter().map(|name| key(name).into_owned()).collect::<Vec<_>>();
    let (right, wrong) = (normal(right), normal(wrong));
    let every = |metric: &dyn Fn(&str, &str) -> usize| {
        right.iter().map(|a| wrong.iter().map(|b| metric(a, b)).sum::<usize>()).sum::<usize>()
    };
    let count = right.len() * wrong.len();
    print(&format!("\n{count} pairs of company names"));
    let against = |name: &str, ours: &dyn Fn(&str, &str) -> usize, theirs: &dyn Fn(&str, &str) -> usize| {
        let first = rate(&format!("{name}, strsim"), count, None, || every(theirs));
        let own = rate(&format!("{name}, ours"), count, None, || every(ours));
        let tenths = first * 10 / own.max(1);
        print(&format!("{name}: {}.{} times the speed of strsim", tenths / 10, tenths % 10));
    };
    against("jaro_winkler", &|a, b| jaro_winkler(a, b).into(), &|a, b| usize::from(strsim::jaro_winkler(a, b) > 0.9));
    against("levenshtein", &|a, b| levenshtein(a, b).into(), &strsim::levenshtein);
    against("osa", &|a, b| osa(a, b).into(), &strsim::osa_distance);
    against("osa within 2", &|a, b| osa_within(a, b, 2).into(), &|a, b| usize::from(strsim::osa_distance(a, b) <= 2));
    rate("token_set", count, None, || every(&|a, b| token_set(a, b).into()));
    rate("soundex", count, None, || every(&|a, _| soundex(a).map_or(0, |code| code.as_str().len())));
    rate("nysiis", count, None, || every(&|a, _| nysiis(a).map_or(0, |code| code.as_str().len())));
}

/// A decimal fraction in per mille; digits beyond are dropped.
fn thousandths(text: &str) -> Option<u16> {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let digits = rest.bytes().chain(std::iter::repeat(b'0')).take(3);
    let rest = digits.fold(0, |sum, digit| sum * 10 + u16::from(digit.wrapping_sub(b'0')));
    whole.parse::<u16>().ok()?.checked_mul(1000)?.checked_add(rest)
}

fn column(path: &Path) -> Result<Vec<String>> {
    Ok(rows(path, true)?.into_iter().filter_map(|row| row.into_iter().nth(1)).collect())
}

fn rows(path: &Path, header: bool) -> Result<Vec<Vec<String>>> {
    let what = || path.display().to_string();
    let mut reader = csv::ReaderBuilder::new().has_headers(header).flexible(true).from_path(path).with_context(what)?;
    let rows = reader.records().map(|row| Ok(row?.iter().map(str::to_owned).collect()));
    rows.collect::<Result<_, csv::Error>>().with_context(what)
}
