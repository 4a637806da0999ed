//! Telephone numbers.
//!
//! *Input*: a number as typed, and the country it is from where it does not say so itself. *Output*: its E.164 form and
//! its extension. *Invariant*: the E.164 form is read as itself in every country. *Source*: calling codes, trunk
//! prefixes and possible lengths per country from libphonenumber's metadata, see
//! [`phone_codes`](super::phone_codes); E.164 for the whole.
//!
//! A number with a possible length is taken for one: whether a carrier gave it to somebody is not known here, nor are
//! the patterns within a country (except that no area code of North America begins with 0 or 1). Letters (`1-800-FLOWERS`) and
//! carrier selection codes are refused.

use std::fmt;

use super::case::lower_text;
use super::country::CountryCode;
use super::fold::trim;
use super::phone_codes::{Plans, plans};
use crate::text;

/// A number in E.164 form. At most 15 digits, and the first is never 0, so the digits are the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct E164(u64);

/// A number and the extension behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone<'a> {
    /// The number that is dialled.
    pub e164: E164,
    /// The digits after `x`, `ext.`, `#` and the like.
    pub extension: Option<&'a str>,
}

/// Why a text is no telephone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PhoneProblem {
    /// There is nothing to read.
    Blank,
    /// A character that no number has.
    Character(char),
    /// More than one number.
    Several,
    /// What follows the `x` is no extension.
    Extension,
    /// The number does not say its country and no default is set.
    NoCountry,
    /// No country has this calling code.
    CallingCode,
    /// No number of the country has so many digits.
    Length {
        /// The digits after the calling code.
        digits: usize,
        /// The calling code.
        code: u16,
    },
    /// The area code does not exist.
    AreaCode,
}

/// How a country numbers its telephones.
pub(super) struct Plan {
    /// The alpha-2 code; zeros for the codes of no country.
    country: [u8; 2],
    trunk: Trunk,
    code: u16,
    /// Bit n: numbers of n digits are possible.
    lengths: u16,
}

/// What is dialled before a number within a country.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Trunk {
    None,
    Zero,
    One,
    Eight,
    ZeroSix,
}

impl Plan {
    pub(super) const fn new(country: [u8; 2], code: u16, trunk: Trunk, lengths: u16) -> Self {
        Plan { country, trunk, code, lengths }
    }

    pub(super) const fn code(&self) -> u16 {
        self.code
    }

    fn of_country(country: CountryCode) -> Option<&'static Plan> {
        let all = &plans().all;
        let at = all.binary_search_by(|plan| plan.country[..].cmp(country.as_str().as_bytes())).ok()?;
        all.get(at)
    }

    fn of_code(code: u16) -> Option<&'static Plan> {
        let Plans { all, main } = plans();
        let at = main.binary_search_by_key(&code, |(known, _)| *known).ok()?;
        all.get(main[at].1)
    }

    fn allows(&self, digits: &[u8]) -> bool {
        digits.len() < 16 && self.lengths & (1 << digits.len()) != 0
    }

    /// What is dialled before a number within the country, longest first.
    fn trunks(&self) -> &'static [&'static str] {
        match (&self.country, self.trunk) {
            // The old prefix is still in the records.
            (b"LT", _) => &["0", "8"],
            (b"BY", _) => &["80", "8", "0"],
            (b"MX", _) => &["044", "045", "01", "1"],
            (_, Trunk::None) => &[],
            (_, Trunk::Zero) => &["0"],
            (_, Trunk::One) => &["1"],
            (_, Trunk::Eight) => &["8"],
            (_, Trunk::ZeroSix) => &["06"],
        }
    }

    /// The national number within `digits`: without trunk prefix, of a possible length.
    fn national<'d>(&self, digits: &'d [u8]) -> Result<&'d [u8], PhoneProblem> {
        let whole = self.allows(digits);
        let mut national = whole.then_some(digits);
        for trunk in self.trunks() {
            if let Some(rest) = digits.strip_prefix(trunk.as_bytes())
                // A number never begins with the 0 of the trunk, with another digit it may.
                && (!whole || trunk.starts_with('0'))
                && self.allows(rest)
            {
                national = Some(rest);
                break;
            }
        }
        let national = national.ok_or(PhoneProblem::Length { digits: digits.len(), code: self.code })?;
        let first = national.first().copied().unwrap_or_default();
        if (self.code == 1 && first < b'2') || (self.trunk == Trunk::Zero && first == b'0') {
            return Err(PhoneProblem::AreaCode);
        }
        Ok(national)
    }

    /// What is dialled before a foreign number, beside `00`.
    fn exit(&self) -> &'static [u8] {
        match (self.code, &self.country) {
            (1, _) => b"011",
            (7, _) | (_, b"BY" | b"TJ" | b"TM" | b"UZ") => b"810",
            (61, _) => b"0011",
            (81, _) => b"010",
            _ => b"00",
        }
    }
}

impl E164 {
    fn new(code: u16, national: &[u8]) -> Self {
        E164(national.iter().fold(u64::from(code), |number, digit| number * 10 + u64::from(digit - b'0')))
    }

    /// The digits, as a number.
    #[must_use]
    pub fn digits(self) -> u64 {
        self.0
    }

    /// The country of the number, where only one has its calling code.
    #[must_use]
    pub fn country(self) -> Option<CountryCode> {
        let digits = self.0.to_string();
        let (plan, _) = calling_code(digits.as_bytes())?;
        let alone = plans().all.iter().filter(|other| other.code == plan.code).count() == 1;
        if alone { CountryCode::from_alpha2(std::str::from_utf8(&plan.country).ok()?) } else { None }
    }
}

impl fmt::Display for E164 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "+{}", self.0)
    }
}

impl fmt::Display for Phone<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.e164)?;
        // As RFC 3966 writes it.
        self.extension.map_or(Ok(()), |extension| write!(f, ";ext={extension}"))
    }
}

impl<'a> Phone<'a> {
    /// Reads a number; `default` is the country of numbers that do not begin with `+` or `00`.
    ///
    /// # Errors
    /// What makes `raw` no number of E.164.
    pub fn parse(raw: &'a str, default: Option<CountryCode>) -> Result<Self, PhoneProblem> {
        let typed = Typed::read(text_of(raw))?;
        let e164 = typed.e164(default.and_then(Plan::of_country))?;
        Ok(Phone { e164, extension: typed.extension })
    }
}

/// The number without `tel:` and white space.
fn text_of(raw: &str) -> &str {
    let text = trim(raw);
    match text.split_at_checked(4) {
        Some((head, rest)) if head.eq_ignore_ascii_case("tel:") => rest,
        _ => text,
    }
}

/// What was typed: digits, whether a `+` stood before them, and an extension.
struct Typed<'a> {
    digits: [u8; 20],
    len: usize,
    plus: bool,
    extension: Option<&'a str>,
}

impl<'a> Typed<'a> {
    fn read(text: &'a str) -> Result<Self, PhoneProblem> {
        let mut typed = Typed { digits: [0; 20], len: 0, plus: false, extension: None };
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            // A trunk prefix in parentheses, `+49 (0)30`, is for callers within the country.
            if typed.len > 0
                && let Some(tail) = rest.strip_prefix("(0)")
            {
                rest = tail;
                continue;
            }
            if typed.len >= 4
                && let Some(extension) = extension(rest)
            {
                typed.extension = Some(extension?);
                break;
            }
            rest = &rest[c.len_utf8()..];
            match c {
                '+' | '＋' if typed.len == 0 && !typed.plus => typed.plus = true,
                '+' | '＋' | ',' | ';' | '|' => return Err(PhoneProblem::Several),
                _ => match digit(c) {
                    Some(_) if typed.len == typed.digits.len() => {
                        return Err(PhoneProblem::Several);
                    }
                    Some(digit) => {
                        typed.digits[typed.len] = digit;
                        typed.len += 1;
                    }
                    None if is_separator(c) => {}
                    None => return Err(PhoneProblem::Character(c)),
                },
            }
        }
        if typed.len == 0 { Err(PhoneProblem::Blank) } else { Ok(typed) }
    }

    fn e164(&self, default: Option<&'static Plan>) -> Result<E164, PhoneProblem> {
        let digits = &self.digits[..self.len];
        let international = if self.plus {
            Some(digits)
        } else {
            let exit = default.map_or(&b"00"[..], Plan::exit);
            digits.strip_prefix(exit).or_else(|| digits.strip_prefix(b"00"))
        };
        if let Some(digits) = international {
            let (plan, rest) = calling_code(digits).ok_or(PhoneProblem::CallingCode)?;
            return Ok(E164::new(plan.code, plan.national(rest)?));
        }
        let plan = default.ok_or(PhoneProblem::NoCountry)?;
        let national = plan.national(digits).or_else(|problem| match calling_code(digits) {
            // The calling code without its `+`.
            Some((of_code, rest)) if of_code.code == plan.code => plan.national(rest).map_err(|_| problem),
            _ => Err(problem),
        })?;
        Ok(E164::new(plan.code, national))
    }
}

/// The plan of the calling code that `digits` begin with, and the rest. No code begins with another one.
fn calling_code(digits: &[u8]) -> Option<(&'static Plan, &[u8])> {
    let mut code = 0;
    for (at, digit) in digits.iter().take(3).enumerate() {
        code = code * 10 + u16::from(digit - b'0');
        if let Some(plan) = Plan::of_code(code) {
            return Some((plan, &digits[at + 1..]));
        }
    }
    None
}

/// The extension that `rest` is, if it begins like one.
fn extension(rest: &str) -> Option<Result<&str, PhoneProblem>> {
    const MARKS: &[&str] = &[
        ";ext=",
        "extension",
        "extn",
        "ext",
        "ex",
        "xt",
        "x",
        "#",
        "durchwahl",
        "dw",
        "poste",
        "anexo",
        "interno",
        "int",
        "doorkiesnr",
        "ramal",
        "вн",
        "доб",
        "内線",
    ];
    let first = rest.chars().next()?;
    if !(first.is_alphabetic() || matches!(first, '#' | ';')) {
        return None;
    }
    let mark = MARKS.iter().find(|mark| {
        rest.get(..mark.len()).is_some_and(|head| head.eq_ignore_ascii_case(mark) || lower_text(head) == **mark)
    })?;
    let number =
        rest[mark.len()..].trim_matches(|c: char| matches!(c, '.' | ':' | '-' | ')' | '=') || c.is_whitespace());
    if number.is_empty() || number.len() > 9 || !number.bytes().all(|b| b.is_ascii_digit()) {
        return Some(Err(PhoneProblem::Extension));
    }
    Some(Ok(number))
}

/// The ASCII digit of a decimal digit: ASCII, full-width, Arabic or Persian.
fn digit(c: char) -> Option<u8> {
    let zero = match c {
        '0'..='9' => '0',
        '０'..='９' => '０',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
        _ => return None,
    };
    u8::try_from(u32::from(c) - u32::from(zero)).ok().map(|value| b'0' + value)
}

fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '-' | '.' | '(' | ')' | '/' | '[' | ']' | '~' | '\'' | '·' | '\u{2010}'
                ..='\u{2015}' | '\u{2212}' | '（' | '）' | '－'
        )
        || trim(c.encode_utf8(&mut [0; 4])).is_empty()
}

impl PhoneProblem {
    /// What to do about it.
    #[must_use]
    pub fn help(self) -> &'static str {
        match self {
            PhoneProblem::Blank => "leave the cell empty or give a number such as `+49 30 123456`",
            PhoneProblem::Several => "give one number a cell",
            PhoneProblem::Extension => "write an extension as `x123`",
            PhoneProblem::NoCountry => {
                "begin the number with `+` and the calling code, or state the country of the source"
            }
            _ => "give the number with its calling code, such as `+49 30 123456`",
        }
    }
}

impl fmt::Display for PhoneProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PhoneProblem::Blank => f.write_str("no telephone number given"),
            PhoneProblem::Character(c) => {
                write!(f, "a telephone number has no `{}`", text::shown(*c))
            }
            PhoneProblem::Several => f.write_str("more than one telephone number"),
            PhoneProblem::Extension => f.write_str("an extension has one to nine digits and nothing after them"),
            PhoneProblem::NoCountry => f.write_str("the telephone number does not say its country"),
            PhoneProblem::CallingCode => f.write_str("no country has this calling code"),
            PhoneProblem::Length { digits, code } => {
                write!(f, "no number with calling code +{code} has {digits} digits after it")
            }
            PhoneProblem::AreaCode => f.write_str("no area code begins so"),
        }
    }
}

#[cfg(test)]
#[path = "phone_tests.rs"]
mod tests;
