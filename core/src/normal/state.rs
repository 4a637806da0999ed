//! States and provinces of the United States, Canada and Australia, the countries whose territories are drawn by state.
//!
//! *Input*: a country and a cell with a state, its name or its postal code. *Output*: the postal code (`CA`, `QC`,
//! `NSW`). *Invariant*: a code is read as itself. *Source*: the second part of ISO 3166-2 codes, and for the United
//! States USPS Publication 28, appendix B (with the armed forces and the freely associated states).

use super::country::CountryCode;
use super::fold::{key, trim};

/// The code of the state that `raw` names within `country`; nothing for other countries and other names.
#[must_use]
pub fn parse(country: CountryCode, raw: &str) -> Option<&'static str> {
    let table = match country.as_str() {
        "US" => UNITED_STATES,
        "CA" => CANADA,
        "AU" => AUSTRALIA,
        _ => return None,
    };
    let text = trim(raw);
    if text.len() <= 3
        && let Some((_, code)) = table.iter().find(|(_, code)| code.eq_ignore_ascii_case(text))
    {
        return Some(code);
    }
    let name = key(text);
    if let Ok(at) = table.binary_search_by(|(known, _)| (*known).cmp(&name)) {
        return Some(table[at].1);
    }
    // `US-CA`, as ISO 3166-2 writes it, and `N.Y.`, whose key is its code.
    let code = name.split_once(' ').filter(|(before, _)| before.eq_ignore_ascii_case(country.as_str()));
    let code = code.map_or(&*name, |(_, code)| code);
    table.iter().map(|(_, code)| *code).find(|known| known.eq_ignore_ascii_case(code))
}

#[rustfmt::skip]
static UNITED_STATES: &[(&str, &str)] = &[
    ("alabama", "AL"), ("alaska", "AK"), ("american samoa", "AS"), ("arizona", "AZ"), ("arkansas", "AR"),
    ("armed forces americas", "AA"), ("armed forces europe", "AE"), ("armed forces pacific", "AP"), ("calif", "CA"),
    ("california", "CA"), ("colorado", "CO"), ("connecticut", "CT"), ("delaware", "DE"),
    ("district of columbia", "DC"), ("federated states of micronesia", "FM"), ("florida", "FL"), ("georgia", "GA"),
    ("guam", "GU"), ("hawaii", "HI"), ("idaho", "ID"), ("illinois", "IL"), ("indiana", "IN"), ("iowa", "IA"),
    ("kansas", "KS"), ("kentucky", "KY"), ("louisiana", "LA"), ("maine", "ME"), ("marshall islands", "MH"),
    ("maryland", "MD"), ("mass", "MA"), ("massachusetts", "MA"), ("michigan", "MI"), ("minnesota", "MN"),
    ("mississippi", "MS"), ("missouri", "MO"), ("montana", "MT"), ("n carolina", "NC"), ("n dakota", "ND"),
    ("n y", "NY"), ("nebraska", "NE"), ("nevada", "NV"), ("new hampshire", "NH"), ("new jersey", "NJ"),
    ("new mexico", "NM"), ("new york", "NY"), ("new york state", "NY"), ("north carolina", "NC"),
    ("north dakota", "ND"), ("northern mariana islands", "MP"), ("ohio", "OH"), ("oklahoma", "OK"),
    ("oregon", "OR"), ("palau", "PW"), ("penna", "PA"), ("pennsylvania", "PA"), ("puerto rico", "PR"),
    ("rhode island", "RI"), ("s carolina", "SC"), ("s dakota", "SD"), ("south carolina", "SC"),
    ("south dakota", "SD"), ("tennessee", "TN"), ("texas", "TX"), ("us minor outlying islands", "UM"),
    ("us virgin islands", "VI"), ("utah", "UT"), ("vermont", "VT"), ("virgin islands", "VI"), ("virginia", "VA"),
    ("washington", "WA"), ("washington d c", "DC"), ("washington dc", "DC"), ("washington state", "WA"),
    ("west virginia", "WV"), ("wisconsin", "WI"), ("wyoming", "WY"),
];

#[rustfmt::skip]
static CANADA: &[(&str, &str)] = &[
    ("alberta", "AB"), ("british columbia", "BC"), ("colombie britannique", "BC"), ("manitoba", "MB"),
    ("new brunswick", "NB"), ("newfoundland", "NL"), ("newfoundland and labrador", "NL"),
    ("northwest territories", "NT"), ("nouveau brunswick", "NB"), ("nouvelle ecosse", "NS"), ("nova scotia", "NS"),
    ("nunavut", "NU"), ("ontario", "ON"), ("pei", "PE"), ("prince edward island", "PE"), ("quebec", "QC"),
    ("saskatchewan", "SK"), ("yukon", "YT"), ("yukon territory", "YT"),
];

#[rustfmt::skip]
static AUSTRALIA: &[(&str, &str)] = &[
    ("australian capital territory", "ACT"), ("new south wales", "NSW"), ("northern territory", "NT"),
    ("queensland", "QLD"), ("south australia", "SA"), ("tasmania", "TAS"), ("victoria", "VIC"),
    ("western australia", "WA"),
];

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

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
        for (code, table, count) in [("US", UNITED_STATES, 63), ("CA", CANADA, 13), ("AU", AUSTRALIA, 8)] {
            assert!(table.windows(2).all(|pair| pair[0].0 < pair[1].0), "sorted, each once");
            let mut codes: Vec<&str> = table.iter().map(|(_, code)| *code).collect();
            codes.sort_unstable();
            codes.dedup();
            assert_eq!(codes.len(), count, "{code}");
            for known in codes {
                assert_eq!(parse(country(code), known), Some(known));
            }
        }
    }
}
