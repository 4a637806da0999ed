//! States and provinces of the United States, Canada and Australia, the countries whose territories are drawn by state.
//!
//! *Input*: a country and a cell with a state, its name or its postal code. *Output*: the postal code (`CA`, `QC`,
//! `NSW`). *Invariant*: a code is read as itself. *Source*: the second part of ISO 3166-2 codes, and for the United
//! States USPS Publication 28, appendix B (with the armed forces and the freely associated states).

use std::borrow::Cow;

use super::country::CountryCode;
use super::fold::key;
use crate::tables::{AUSTRALIA, CANADA, UNITED_STATES};

/// The code of the state that `raw` names within `country`; nothing for other countries and other names.
#[must_use]
pub fn parse(country: CountryCode, raw: &str) -> Option<&'static str> {
    let table = match country.as_str() {
        "US" => &UNITED_STATES,
        "CA" => &CANADA,
        "AU" => &AUSTRALIA,
        _ => return None,
    };
    let name = key(raw);
    // `US-CA`, as ISO 3166-2 writes it.
    let bare = name.split_once(' ').filter(|(before, _)| before.eq_ignore_ascii_case(country.as_str()));
    table.get(&name).or_else(|| table.get(bare?.1))
}

/// A state in the form that is compared: its code where it is known, else its words. Where the country is not known, the code
/// that all countries agree on whose state `raw` may be (`NSW`, `California`), else the words too.
#[must_use]
pub fn normal(country: Option<CountryCode>, raw: &str) -> Cow<'_, str> {
    let known = match country {
        Some(country) => parse(country, raw),
        None => {
            let codes = ["AU", "CA", "US"].map(|code| parse(CountryCode::from_alpha2(code)?, raw));
            let mut found = codes.into_iter().flatten();
            found.next().filter(|first| found.all(|other| other == *first))
        }
    };
    known.map_or_else(|| key(raw), Cow::Borrowed)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn states_are_compared_without_a_country_too() {
        let country = |code| CountryCode::from_alpha2(code);
        for (code, raw, want) in [
            ("", "n.s.w.", "NSW"),
            ("", "New South Wales", "NSW"),
            ("", "california", "CA"),
            ("", "CA", "CA"),
            ("", "Québec", "QC"),
            ("", "Bayern", "bayern"),
            ("DE", "Baden-Württemberg", "baden wurttemberg"),
            ("DE", "CA", "ca"),
            ("US", "Quebec", "quebec"),
            ("", "東京都", "東京都"),
            ("", "", ""),
        ] {
            assert_eq!(normal(country(code), raw), want, "{raw}");
            assert_eq!(normal(country(code), want), want, "{raw}");
        }
    }

    #[test]
    fn names_and_codes() {
        let country = |code| CountryCode::from_alpha2(code).unwrap();
        for (code, raw, want) in [
            ("US", "ca", Some("CA")),
            ("US", "California", Some("CA")),
            ("US", "N.Y.", Some("NY")),
            ("US", "Washington, D.C.", Some("DC")),
            ("US", "us-tx", Some("TX")),
            ("US", "Quebec", None),
            ("CA", "Québec", Some("QC")),
            ("CA", "CA", None),
            ("AU", "New South Wales", Some("NSW")),
            ("AU", "WA", Some("WA")),
            ("DE", "Bavaria", None),
            ("US", "", None),
        ] {
            assert_eq!(parse(country(code), raw), want, "{code} {raw}");
        }
        for (code, table, count) in [("US", &UNITED_STATES, 63), ("CA", &CANADA, 13), ("AU", &AUSTRALIA, 8)] {
            table.check();
            let mut codes: Vec<&str> = table.iter().map(|(_, code)| code).collect();
            codes.sort_unstable();
            codes.dedup();
            assert_eq!(codes.len(), count, "{code}");
            for known in codes {
                assert_eq!(parse(country(code), known), Some(known));
            }
        }
    }
}
