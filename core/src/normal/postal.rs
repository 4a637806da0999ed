//! Postal codes.
//!
//! *Input*: a code as typed, and its country where it is known. *Output*: its letters and digits in capitals: without spaces,
//! hyphens and the sign of the country before it, `ZIP+4` as ZIP, and with the zeros that a spreadsheet took from it where
//! the country's codes have a fixed length. *Invariant*: the form of a form is itself. It is not checked against the
//! country's codes. *Source*: the formats that the Universal Postal Union publishes, for the countries in [`LENGTHS`].

use super::country::CountryCode;
use super::fold::{fold, key};

/// Countries whose codes are so many digits, and are written with zeros before them.
const LENGTHS: &[(&str, usize)] = &[
    ("AU", 4),
    ("CZ", 5),
    ("DE", 5),
    ("DK", 4),
    ("EE", 5),
    ("ES", 5),
    ("FI", 5),
    ("FR", 5),
    ("IT", 5),
    ("KR", 5),
    ("LT", 5),
    ("MX", 5),
    ("MY", 5),
    ("NO", 4),
    ("PL", 5),
    ("PR", 5),
    ("SG", 6),
    ("TR", 5),
    ("US", 5),
    ("JP", 7),
];

/// The longest code there is has ten characters; what is longer is none, and is cut.
const LONGEST: usize = 16;

/// The normal form of a postal code; empty where there is none.
///
/// ```
/// use interlock_core::normal::postal::normal;
/// assert_eq!(normal("sw1a 1aa", None), "SW1A1AA");
/// assert_eq!(normal("94105-1234", None), "94105");
/// ```
#[must_use]
pub fn normal(raw: &str, country: Option<CountryCode>) -> String {
    let start = raw.char_indices().nth(LONGEST * 4).map_or(raw, |(end, _)| &raw[..end]);
    let folded = fold(start);
    // A spreadsheet's `94105.0`.
    let text = folded.strip_suffix(".0").filter(|text| is_digits(text)).unwrap_or(&folded);
    let text = without_country(text);
    let five_and_four = text.len() == 10 && matches!(text.as_bytes().get(5), Some(b'-' | b' '));
    let mut code: String = key(text).chars().filter(|c| *c != ' ').take(LONGEST).collect();
    code.make_ascii_uppercase();
    let known = country.as_ref().map_or("", CountryCode::as_str);
    let american = known == "US" || (known.is_empty() && five_and_four);
    if american && code.len() == 9 && is_digits(&code) {
        code.truncate(5);
    }
    if let Some((_, length)) = LENGTHS.iter().find(|(country, _)| *country == known)
        && is_digits(&code)
    {
        // More than two zeros are not lost: it is another code, or none.
        let lost = length.saturating_sub(code.len());
        if lost <= 2 {
            code.insert_str(0, &"00"[..lost]);
        }
    }
    code
}

/// `text` without `D-` or `LV-` before digits.
fn without_country(text: &str) -> &str {
    match text.split_once('-') {
        Some((sign, rest))
            if matches!(sign.len(), 1 | 2)
                && sign.bytes().all(|b| b.is_ascii_lowercase())
                && rest.trim_start().starts_with(|c: char| c.is_ascii_digit()) =>
        {
            rest
        }
        _ => text,
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_in_their_disguises() {
        for (raw, country, want) in [
            ("D-80331", "DE", "80331"),
            ("1067", "DE", "01067"),
            ("2134", "US", "02134"),
            ("94105.0", "US", "94105"),
            ("94105-1234", "US", "94105"),
            ("941051234", "US", "94105"),
            ("94105 1234", "", "94105"),
            ("941051234", "", "941051234"),
            ("800", "AU", "0800"),
            (" sw1a  1aa ", "GB", "SW1A1AA"),
            ("k1a-0b1", "CA", "K1A0B1"),
            ("1234 ab", "NL", "1234AB"),
            ("NL-1234 AB", "", "1234AB"),
            ("〒100-0001", "JP", "1000001"),
            ("１０００００１", "JP", "1000001"),
            ("12-345", "PL", "12345"),
            ("LV-1010", "LV", "1010"),
            ("", "US", ""),
            (" - ", "", ""),
            ("1", "US", "1"),
        ] {
            let country = CountryCode::from_alpha2(country);
            assert_eq!(normal(raw, country), want, "{raw}");
            assert_eq!(normal(want, country), want, "{raw}");
        }
    }
}
