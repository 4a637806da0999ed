//! Numbers, as exports write them.
//!
//! *Input*: a cell of a numeric column, and which mark sets off its decimals where that is known. *Output*: an integer
//! ([`integer`]) or a band of integers ([`band`]); amounts of money are in [`money`](super::money). *Invariant*: no
//! floating point; what cannot be held exactly is refused, never rounded; integers stay within 2^53, so that every
//! reader of JSON gets them whole. *Source*: the number formats of CLDR's larger locales.
//!
//! `1,234` and `1.234` alone do not tell thousands from decimals. A stated [`DecimalMark`] decides; without one, a
//! single mark before exactly three digits parts thousands (`0.125` aside), because counts and money seldom have three
//! decimals. [`detect_decimal_mark`] finds the mark of a column from its telling cells.

use std::fmt;

use super::fold::{fold, is_blank, trim};
use crate::text;

/// The largest integer that is read, and its negative the smallest.
pub const LARGEST: i64 = (1 << 53) - 1;

/// The mark between a number and its decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DecimalMark {
    /// `1,234.5`
    Point,
    /// `1.234,5`
    Comma,
}

/// From a lowest to a highest number, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Band {
    /// The least it can be.
    pub low: i64,
    /// The most it can be; nothing for `2000+`.
    pub high: Option<i64>,
}

/// Why a text is no number, or not the kind that is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NumberProblem {
    /// There is nothing to read.
    Blank,
    /// A character that no number has.
    Character(char),
    /// Points and commas do not fit together, or not with the stated mark.
    Marks,
    /// Decimals in an integer.
    Fraction,
    /// More decimals than the currency has.
    Decimals {
        /// How many it has.
        allowed: u8,
    },
    /// Above 2^53.
    TooLarge,
    /// A band or a rounded number (`200-499`, `10k`) where one number is wanted.
    Band,
    /// A band whose end is below its beginning.
    Backwards,
    /// A sign that is several currencies', or several signs that do not agree.
    Currency,
}

/// A number without its sign: `mantissa` / 10^`scale`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Decimal {
    mantissa: u64,
    scale: u8,
}

impl Decimal {
    /// The number times 10^`digits`, if that is an integer.
    pub(super) fn shifted(self, digits: u8) -> Result<Option<i64>, NumberProblem> {
        let Some(up) = digits.checked_sub(self.scale) else {
            return Ok(None);
        };
        let shifted = 10u64.checked_pow(up.into()).and_then(|factor| self.mantissa.checked_mul(factor));
        let shifted = shifted.and_then(|n| i64::try_from(n).ok()).filter(|n| *n <= LARGEST);
        shifted.map(Some).ok_or(NumberProblem::TooLarge)
    }

    /// Reads digits with marks: `1.234,5`.
    pub(super) fn read(text: &str, mark: Option<DecimalMark>) -> Result<Self, NumberProblem> {
        if !text.contains(|c: char| c.is_ascii_digit()) {
            return Err(text.chars().next().map_or(NumberProblem::Blank, NumberProblem::Character));
        }
        let (whole, fraction) = match decimal_mark(text, mark)? {
            Some(at) => (&text[..at], &text[at + 1..]),
            None => (text, ""),
        };
        check_groups(whole)?;
        let fraction = fraction.trim_end_matches('0');
        if let Some(c) = fraction.chars().find(|c| !c.is_ascii_digit()) {
            return Err(if is_mark(c) { NumberProblem::Marks } else { NumberProblem::Character(c) });
        }
        let mut mantissa = 0u64;
        for digit in whole.chars().chain(fraction.chars()).filter_map(|c| c.to_digit(10)) {
            let next = mantissa.checked_mul(10).and_then(|n| n.checked_add(digit.into()));
            mantissa = next.ok_or(NumberProblem::TooLarge)?;
        }
        // A fraction that long has overflowed the mantissa, or is all zeros before its end.
        let scale = u8::try_from(fraction.len()).map_err(|_| NumberProblem::TooLarge)?;
        Ok(Decimal { mantissa, scale })
    }
}

/// Reads a count: `1,234`, `1.234`, `9395.0`, `-12`.
///
/// # Errors
/// What makes `raw` no integer.
pub fn integer(raw: &str, mark: Option<DecimalMark>) -> Result<i64, NumberProblem> {
    let text = trim(raw);
    // What nearly all exports write.
    if (1..=15).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(text.bytes().fold(0, |number, digit| number * 10 + i64::from(digit - b'0')));
    }
    let (negative, digits) = signed(text)?;
    if is_band(digits) {
        return Err(NumberProblem::Band);
    }
    let number = Decimal::read(digits, mark)?.shifted(0)?.ok_or(NumberProblem::Fraction)?;
    Ok(if negative { -number } else { number })
}

/// Reads a band, or a number as the band of itself: `200-499`, `2000+`, `$1M-$10M`, `10k`, `<50`, `> 1.000`. A currency
/// sign is passed over. Whoever needs one number takes `low` and says so.
///
/// # Errors
/// What makes `raw` no band.
pub fn band(raw: &str, mark: Option<DecimalMark>) -> Result<Band, NumberProblem> {
    let text = fold(raw);
    let text = text.trim_matches(|c: char| c == ' ' || c == '$' || c == '€' || c == '£');
    let open = |low| Band { low, high: None };
    let from = |rest: &str| quantity(rest, mark);
    if let Some(rest) = text.strip_prefix(">=").or_else(|| text.strip_prefix('≥')).or_else(|| text.strip_suffix('+'))
    {
        return from(rest).map(open);
    }
    if let Some(rest) = text.strip_prefix("<=").or_else(|| text.strip_prefix('≤')) {
        return from(rest).map(|high| Band { low: 0, high: Some(high) });
    }
    if let Some(rest) = text.strip_prefix('>') {
        return from(rest).map(|below| open(below + 1));
    }
    if let Some(rest) = text.strip_prefix('<') {
        return from(rest).map(|above| Band { low: 0, high: Some((above - 1).max(0)) });
    }
    if let Some((low, high)) = text.split_once('-').or_else(|| text.split_once(" to ")) {
        let (low, high) = (from(low)?, from(high)?);
        return if low <= high { Ok(Band { low, high: Some(high) }) } else { Err(NumberProblem::Backwards) };
    }
    from(text).map(|number| Band { low: number, high: Some(number) })
}

/// The decimal mark of a column: what its telling cells agree on; nothing if none tells or they disagree.
pub fn detect_decimal_mark<'a>(samples: impl IntoIterator<Item = &'a str>) -> Option<DecimalMark> {
    let mut found = None;
    for sample in samples {
        let digits = trim(sample).trim_matches(|c: char| !c.is_ascii_digit() && !is_mark(c));
        let told = match (digits.rfind('.'), digits.rfind(',')) {
            (Some(point), Some(comma)) if point > comma => DecimalMark::Point,
            (Some(_), Some(_)) => DecimalMark::Comma,
            (None, None) => continue,
            (point, _) => {
                let (this, other) = match point {
                    Some(_) => (DecimalMark::Point, DecimalMark::Comma),
                    None => (DecimalMark::Comma, DecimalMark::Point),
                };
                match decimal_mark(digits, None) {
                    Ok(Some(_)) => this,
                    // Twice the same mark: it parts thousands, so the other one sets off decimals.
                    Ok(None) if digits.matches(['.', ',']).count() > 1 => other,
                    _ => continue,
                }
            }
        };
        if *found.get_or_insert(told) != told {
            return None;
        }
    }
    found
}

/// Takes the sign from a number: `-5`, `5-`, `(5)`, `+5`.
pub(super) fn signed(text: &str) -> Result<(bool, &str), NumberProblem> {
    let text = trim(text);
    let is_minus = |c| matches!(c, '-' | '\u{2212}');
    let (negative, digits) = if let Some(inner) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        (true, inner)
    } else if let Some(rest) = text.strip_prefix(is_minus) {
        (true, rest)
    } else if let Some(rest) = text.strip_suffix(is_minus).filter(|rest| !rest.ends_with(is_mark)) {
        (true, rest)
    } else {
        (false, text.strip_prefix('+').unwrap_or(text))
    };
    if is_blank(digits) { Err(NumberProblem::Blank) } else { Ok((negative, trim(digits))) }
}

/// Whether digits stand on both sides of a hyphen, or before a `+` or a letter for a power of ten.
pub(super) fn is_band(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && (text.ends_with(['+', 'k', 'K', 'm', 'M', 'b', 'B'])
            || text.split_once(['-', '–']).is_some_and(|(_, high)| high.contains(|c: char| c.is_ascii_digit())))
}

/// A number with a letter for its power of ten.
fn quantity(text: &str, mark: Option<DecimalMark>) -> Result<i64, NumberProblem> {
    const POWERS: &[(&str, u8)] = &[
        ("k", 3),
        ("thousand", 3),
        ("tsd", 3),
        ("m", 6),
        ("mm", 6),
        ("mn", 6),
        ("mio", 6),
        ("million", 6),
        ("b", 9),
        ("bn", 9),
        ("mrd", 9),
        ("billion", 9),
    ];
    let text = text.trim_matches(|c: char| c == ' ' || c == '$' || c == '€' || c == '£');
    let end = text.rfind(|c: char| c.is_ascii_digit()).map_or(0, |at| at + 1);
    let (digits, letters) = text.split_at(end);
    if digits.is_empty() {
        return Err(letters.chars().next().map_or(NumberProblem::Blank, NumberProblem::Character));
    }
    let letters = letters.trim_matches([' ', '.']);
    let power = match POWERS.iter().find(|(name, _)| *name == letters) {
        Some((_, power)) => *power,
        None => letters.chars().next().map_or(Ok(0), |c| Err(NumberProblem::Character(c)))?,
    };
    Decimal::read(digits, mark)?.shifted(power)?.ok_or(NumberProblem::Fraction)
}

fn is_mark(c: char) -> bool {
    matches!(c, '.' | ',')
}

/// Marks that part thousands and nothing else.
fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’' | '_')
}

/// Where the decimals are set off.
fn decimal_mark(text: &str, stated: Option<DecimalMark>) -> Result<Option<usize>, NumberProblem> {
    let Some(last) = text.rfind(is_mark) else {
        return Ok(None);
    };
    let this = if text[last..].starts_with('.') { DecimalMark::Point } else { DecimalMark::Comma };
    let (before, after) = (&text[..last], &text[last + 1..]);
    let fits = stated.is_none_or(|stated| stated == this);
    match before.rfind(is_mark) {
        // Twice the same mark: thousands.
        Some(other) if before[other..other + 1] == text[last..=last] => Ok(None),
        // Two marks: the last sets off decimals.
        Some(_) => {
            if fits {
                Ok(Some(last))
            } else {
                Err(NumberProblem::Marks)
            }
        }
        None if stated.is_some() => Ok(fits.then_some(last)),
        None => {
            let thousands = after.len() == 3
                && (1..=3).contains(&before.len())
                && !before.starts_with('0')
                && before.bytes().chain(after.bytes()).all(|b| b.is_ascii_digit());
            Ok((!thousands).then_some(last))
        }
    }
}

/// Checks that thousands are parted as thousands (or lakhs) are: by one mark, three digits at the end.
fn check_groups(whole: &str) -> Result<(), NumberProblem> {
    if let Some(c) = whole.chars().find(|&c| !c.is_ascii_digit() && !is_mark(c) && !is_gap(c)) {
        return Err(NumberProblem::Character(c));
    }
    let is_between = |c| is_mark(c) || is_gap(c);
    let Some(first) = whole.find(is_between) else {
        return Ok(());
    };
    let kind = |c: char| if c.is_whitespace() { ' ' } else { c };
    let mut marks = whole.chars().filter(|&c| is_between(c)).map(kind);
    let mark = marks.next();
    let rest = &whole[first..];
    let mut groups = rest.split(is_between).skip(1).peekable();
    let mut fits = (1..=3).contains(&first) && marks.all(|c| Some(c) == mark);
    while let Some(group) = groups.next() {
        fits &= if groups.peek().is_some() { (2..=3).contains(&group.len()) } else { group.len() == 3 };
    }
    if fits { Ok(()) } else { Err(NumberProblem::Marks) }
}

impl NumberProblem {
    /// What to do about it.
    #[must_use]
    pub fn help(self) -> &'static str {
        match self {
            NumberProblem::Marks => {
                "write the number without marks for thousands, or state the decimal mark of the column"
            }
            NumberProblem::Fraction => "give a whole number",
            NumberProblem::Decimals { .. } => "round the amount where it comes from",
            NumberProblem::TooLarge => "give a number below 9,007,199,254,740,992",
            NumberProblem::Band => "declare the field as a band, then its lower end is used",
            NumberProblem::Backwards => "give the lower number first",
            NumberProblem::Currency => "write the ISO code, such as `USD`, or state the currency of the column",
            _ => "give a number such as `1234` or `1234.50`",
        }
    }
}

impl fmt::Display for NumberProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NumberProblem::Blank => f.write_str("no number given"),
            NumberProblem::Character(c) => write!(f, "a number has no `{}`", text::shown(*c)),
            NumberProblem::Marks => f.write_str("points and commas that do not make a number"),
            NumberProblem::Fraction => f.write_str("a fraction where a whole number is expected"),
            NumberProblem::Decimals { allowed } => {
                write!(f, "more than the {allowed} decimals the currency has")
            }
            NumberProblem::TooLarge => f.write_str("too large to be held exactly"),
            NumberProblem::Band => f.write_str("a band or rounded number where one number is expected"),
            NumberProblem::Backwards => f.write_str("a band that ends below its beginning"),
            NumberProblem::Currency => f.write_str("it is not clear which currency is meant"),
        }
    }
}

#[cfg(test)]
#[path = "number_tests.rs"]
mod tests;
