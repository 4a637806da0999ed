//! Yes and no.
//!
//! *Input*: a cell of a yes-no column, as exports write it in several languages. *Output*: `Some(true)`, `Some(false)`,
//! or `None` where the cell says nothing: a blank opt-out is unknown, not "no". *Invariant*: `true` and `false` are read
//! as themselves. *Source*: kept by hand from the exports of CRMs and the check boxes of spreadsheets.

use std::fmt;

use super::company::is_placeholder;
use super::fold::{fold, trim};

/// Why a text is neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct BooleanProblem;

const YES: &[&str] = &[
    "true",
    "1",
    "yes",
    "y",
    "t",
    "x",
    "on",
    "checked",
    "selected",
    "enabled",
    "ja",
    "j",
    "wahr",
    "oui",
    "o",
    "vrai",
    "si",
    "s",
    "sim",
    "verdadero",
    "verdadeiro",
    "vero",
    "tak",
    "ano",
    "igen",
    "evet",
    "да",
    "はい",
    "是",
    "✓",
    "✔",
    "☑",
    "✅",
];

const NO: &[&str] = &[
    "false",
    "0",
    "no",
    "n",
    "f",
    "off",
    "unchecked",
    "not selected",
    "disabled",
    "nein",
    "falsch",
    "non",
    "faux",
    "falso",
    "nao",
    "nie",
    "ne",
    "nem",
    "hayir",
    "нет",
    "いいえ",
    "否",
    "✗",
    "✘",
    "☐",
    "❌",
];

/// Reads yes or no; nothing where the cell is blank or says that nothing is known.
///
/// # Errors
/// The text is neither.
pub fn parse(raw: &str) -> Result<Option<bool>, BooleanProblem> {
    let text = trim(raw);
    // What nearly all exports write.
    match text {
        "true" | "1" => return Ok(Some(true)),
        "false" | "0" => return Ok(Some(false)),
        "" => return Ok(None),
        _ => {}
    }
    let word = fold(text);
    if YES.contains(&&*word) {
        Ok(Some(true))
    } else if NO.contains(&&*word) {
        Ok(Some(false))
    } else if is_placeholder(text) {
        Ok(None)
    } else {
        Err(BooleanProblem)
    }
}

impl BooleanProblem {
    /// What to do about it.
    #[must_use]
    pub fn help(self) -> &'static str {
        "write `true` or `false`, or leave the cell empty if it is not known"
    }
}

impl fmt::Display for BooleanProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("neither yes nor no")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yes_no_and_unknown() {
        for raw in ["true", "TRUE", "1", "Yes", " y ", "x", "X", "Checked", "Ja", "OUI", "sí", "да", "✓"] {
            assert_eq!(parse(raw), Ok(Some(true)), "{raw}");
        }
        for raw in ["false", "0", "No", "n", "nein", "Non", "não", "нет", "unchecked"] {
            assert_eq!(parse(raw), Ok(Some(false)), "{raw}");
        }
        for raw in ["", " ", "-", "n/a", "unknown", "[not provided]"] {
            assert_eq!(parse(raw), Ok(None), "{raw}");
        }
        for raw in ["maybe", "2", "yes please", "10"] {
            assert_eq!(parse(raw), Err(BooleanProblem), "{raw}");
        }
        assert!(YES.iter().chain(NO).all(|word| fold(word) == *word));
        assert!(YES.iter().all(|word| !NO.contains(word)));
    }
}
