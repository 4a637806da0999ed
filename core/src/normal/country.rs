//! Countries.
//!
//! *Input*: a cell with a country: an ISO 3166-1 code of two or three letters, an English name in its common, long,
//! inverted or former form, or a native name. *Output*: the alpha-2 code, and for a code its English name.
//! *Invariant*: a code's name and both its codes are read as that code. *Source*: ISO 3166-1 codes (and `XK`, in use for
//! Kosovo); display names after the English names of CLDR 45 (Unicode License v3), with plain words for `SAR China` and
//! the like (`core/src/tables/countries.txt`); spellings kept by hand from ISO's long and inverted forms, former names, native names
//! and what exports contain (`core/src/tables/country_names.txt`).
//!
//! A name that two countries share (`Congo`, `Korea`) and a country that is no more (`Netherlands Antilles`) are not
//! guessed: the problem names the candidates.

use std::fmt;

use super::company::is_placeholder;
use super::fold::{key, trim};
use crate::tables::{COUNTRIES, COUNTRY_NAMES};

/// An ISO 3166-1 alpha-2 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountryCode([u8; 2]);

/// Why a text is no country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CountryProblem {
    /// There is nothing to read.
    Blank,
    /// No country is called that.
    Unknown,
    /// Several countries are called that.
    Ambiguous(&'static [CountryCode]),
    /// The country is no more; these are on its soil.
    Former(&'static [CountryCode]),
}

const fn code(text: &[u8; 2]) -> CountryCode {
    CountryCode(*text)
}

/// Names that are not read as one country, and why.
static NOT_ONE: &[(&str, CountryProblem)] = &[
    ("congo", CountryProblem::Ambiguous(&[code(b"CD"), code(b"CG")])),
    ("korea", CountryProblem::Ambiguous(&[code(b"KR"), code(b"KP")])),
    ("virgin islands", CountryProblem::Ambiguous(&[code(b"VG"), code(b"VI")])),
    ("netherlands antilles", CountryProblem::Former(&[code(b"BQ"), code(b"CW"), code(b"SX")])),
    ("dutch antilles", CountryProblem::Former(&[code(b"BQ"), code(b"CW"), code(b"SX")])),
    ("serbia and montenegro", CountryProblem::Former(&[code(b"ME"), code(b"RS")])),
    ("yugoslavia", CountryProblem::Former(YUGOSLAVIA)),
    ("czechoslovakia", CountryProblem::Former(&[code(b"CZ"), code(b"SK")])),
    ("ussr", CountryProblem::Former(USSR)),
    ("soviet union", CountryProblem::Former(USSR)),
];

static YUGOSLAVIA: &[CountryCode] =
    &[code(b"BA"), code(b"HR"), code(b"ME"), code(b"MK"), code(b"RS"), code(b"SI"), code(b"XK")];

static USSR: &[CountryCode] = &[
    code(b"AM"),
    code(b"AZ"),
    code(b"BY"),
    code(b"EE"),
    code(b"GE"),
    code(b"KG"),
    code(b"KZ"),
    code(b"LT"),
    code(b"LV"),
    code(b"MD"),
    code(b"RU"),
    code(b"TJ"),
    code(b"TM"),
    code(b"UA"),
    code(b"UZ"),
];

impl CountryCode {
    /// The country with this alpha-2 code, in either case.
    #[must_use]
    pub fn from_alpha2(text: &str) -> Option<Self> {
        let &[a, b] = text.as_bytes() else {
            return None;
        };
        let code = CountryCode([a.to_ascii_uppercase(), b.to_ascii_uppercase()]);
        code.row().map(|_| code)
    }

    /// The country with this alpha-3 code, in either case.
    #[must_use]
    pub fn from_alpha3(text: &str) -> Option<Self> {
        if text.len() != 3 || !text.is_ascii() {
            return None;
        }
        CountryCode::all().find(|code| code.alpha3().eq_ignore_ascii_case(text))
    }

    /// Reads a country.
    ///
    /// # Errors
    /// Why no one country is meant.
    pub fn parse(raw: &str) -> Result<Self, CountryProblem> {
        let text = trim(raw);
        if let Some(code) = CountryCode::from_alpha2(text) {
            return Ok(code);
        }
        let whole = by_name(text);
        if !matches!(whole, Err(CountryProblem::Unknown)) {
            return whole;
        }
        if is_placeholder(text) {
            return Err(CountryProblem::Blank);
        }
        // `Slovakia (Slovak Republic)`; the words in parentheses may also decide, as in `Congo (Kinshasa)`, which is
        // why the whole came first.
        if let Some((name, _)) = text.split_once('(') {
            return by_name(name);
        }
        // `Tanzania, United Republic of`; if the order of the words does not help, the name before the comma does not
        // either: `Korea, Republic of` is not `Korea`.
        if let Some((name, before)) = text.split_once(',') {
            return by_name(&format!("{before} {name}"));
        }
        Err(CountryProblem::Unknown)
    }

    /// The code, `DE`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Codes are made from ASCII letters only.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The alpha-3 code, `DEU`.
    #[must_use]
    pub fn alpha3(self) -> &'static str {
        self.row().and_then(|row| row.get(..3)).unwrap_or_default()
    }

    /// The English name, `Germany`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().and_then(|row| row.get(4..)).unwrap_or_default()
    }

    /// All countries, in the order of their codes.
    pub fn all() -> impl Iterator<Item = CountryCode> {
        COUNTRIES.text().lines().filter_map(|line| CountryCode::from_alpha2(line.get(..2)?))
    }

    /// Alpha-3 code and name, with a space between.
    fn row(self) -> Option<&'static str> {
        COUNTRIES.get(self.as_str())
    }
}

fn by_name(text: &str) -> Result<CountryCode, CountryProblem> {
    let name = key(text);
    if name.is_empty() {
        return Err(CountryProblem::Blank);
    }
    let name = name.strip_prefix("the ").unwrap_or(&name);
    if let Some([a, b]) = COUNTRY_NAMES.get(name).map(str::as_bytes) {
        return Ok(CountryCode([*a, *b]));
    }
    let known = NOT_ONE.iter().find(|(known, _)| *known == name);
    Err(known.map_or(CountryProblem::Unknown, |(_, problem)| *problem))
}

impl fmt::Display for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl CountryProblem {
    /// What to do about it.
    #[must_use]
    pub fn help(self) -> &'static str {
        match self {
            CountryProblem::Blank => "leave the cell empty or give a country such as `Germany` or `DE`",
            CountryProblem::Unknown => "give the English name or the ISO code, such as `Germany`, `DE` or `DEU`",
            CountryProblem::Ambiguous(_) | CountryProblem::Former(_) => "give the ISO code of the one that is meant",
        }
    }
}

impl fmt::Display for CountryProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let codes = match self {
            CountryProblem::Blank => return f.write_str("no country given"),
            CountryProblem::Unknown => return f.write_str("no country of that name"),
            CountryProblem::Ambiguous(codes) => {
                f.write_str("more than one country of that name: ")?;
                codes
            }
            CountryProblem::Former(codes) => {
                f.write_str("a country that is no more, today: ")?;
                codes
            }
        };
        for (at, code) in codes.iter().enumerate() {
            write!(f, "{}{} (`{code}`)", if at == 0 { "" } else { ", " }, code.name())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(raw: &str) -> Result<String, CountryProblem> {
        CountryCode::parse(raw).map(|code| code.to_string())
    }

    #[test]
    fn tables_are_sorted_and_in_normal_form() {
        COUNTRIES.check();
        COUNTRY_NAMES.check();
        assert_eq!(CountryCode::all().count(), 250, "249 of ISO 3166-1 and Kosovo");
        for (name, code) in COUNTRY_NAMES.iter() {
            assert_eq!(key(name), name);
            assert_eq!(CountryCode::parse(name).map(|code| code.to_string()).as_deref(), Ok(code), "{name}");
        }
        for code in CountryCode::all() {
            assert_eq!(CountryCode::parse(code.as_str()), Ok(code));
            assert_eq!(CountryCode::parse(code.alpha3()), Ok(code));
            assert_eq!(CountryCode::from_alpha3(code.alpha3()), Some(code));
            assert_eq!(CountryCode::parse(code.name()), Ok(code), "{}", code.name());
        }
    }

    #[test]
    fn names_as_they_are_written() {
        for (raw, want) in [
            ("de", "DE"),
            ("DEU", "DE"),
            ("Deutschland", "DE"),
            ("USA", "US"),
            ("U.S.", "US"),
            ("U.S.A.", "US"),
            ("The United States of America", "US"),
            ("UK", "GB"),
            ("England", "GB"),
            ("Great Britain", "GB"),
            ("Korea, Republic of", "KR"),
            ("Korea, Democratic People's Republic of", "KP"),
            ("Korea (Republic of)", "KR"),
            ("Congo (Kinshasa)", "CD"),
            ("Congo, The Democratic Republic of the", "CD"),
            ("Tanzania, United Republic of", "TZ"),
            ("Iran (Islamic Republic of)", "IR"),
            ("Libyan Arab Jamahiriya", "LY"),
            ("Kyrgyz Republic", "KG"),
            ("Viet Nam", "VN"),
            ("Türkiye", "TR"),
            ("TURKEY", "TR"),
            ("Cote d'Ivoire", "CI"),
            ("Côte d’Ivoire", "CI"),
            ("Slovakia (Slovak Republic)", "SK"),
            ("Holy See (Vatican City State)", "VA"),
            ("Antarctica (the territory South of 60 deg S)", "AQ"),
            ("British Indian Ocean Territory (Chagos Archipelago)", "IO"),
            ("Svalbard & Jan Mayen Islands", "SJ"),
            ("Bouvet Island (Bouvetoya)", "BV"),
            ("Reunion", "RE"),
            ("Swaziland", "SZ"),
            ("Georgia", "GE"),
            ("日本", "JP"),
            ("대한민국", "KR"),
            ("Россия", "RU"),
            ("Österreich", "AT"),
            ("Oesterreich", "AT"),
        ] {
            assert_eq!(read(raw).as_deref(), Ok(want), "{raw}");
        }
    }

    #[test]
    fn what_is_not_one_country_says_so() {
        assert_eq!(read(" "), Err(CountryProblem::Blank));
        assert_eq!(read("n/a"), Err(CountryProblem::Blank));
        assert_eq!(read("Atlantis"), Err(CountryProblem::Unknown));
        assert_eq!(read("Germanyy"), Err(CountryProblem::Unknown));
        assert_eq!(read("QQ"), Err(CountryProblem::Unknown));
        let problem = CountryCode::parse("Korea").err();
        assert_eq!(
            problem.map(|problem| problem.to_string()).as_deref(),
            Some("more than one country of that name: South Korea (`KR`), North Korea (`KP`)")
        );
        assert!(matches!(read("Congo"), Err(CountryProblem::Ambiguous(_))));
        assert!(matches!(read("Netherlands Antilles"), Err(CountryProblem::Former(_))));
        assert_eq!(NOT_ONE.iter().find(|(name, _)| key(name) != *name), None);
    }
}
