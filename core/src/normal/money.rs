//! Amounts of money.
//!
//! *Input*: a cell such as `22796435.39`, `$1,000.00`, `€ 1.000,50` or `1'000.- CHF`, and the currency of the column.
//! *Output*: minor units and an ISO 4217 code. *Invariant*: exact; an amount with more decimals than its currency has
//! is refused, not rounded. *Source*: codes and minor units from ISO 4217, signs kept by hand.
//!
//! `$`, `¥` and `kr` belong to several currencies. The column's currency decides if it is one of them; else `$` is read as
//! `USD` and `¥` as `JPY`, and `kr` is a problem.

use std::fmt;

use super::case::lower_text;
use super::fold::trim;
use super::number::{Decimal, DecimalMark, NumberProblem, is_band, signed};

/// An ISO 4217 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

/// An amount in minor units: 1050 `EUR` is € 10.50.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money {
    /// Cents, or what the currency has in their place.
    pub minor: i64,
    /// The currency.
    pub currency: Currency,
}

impl Currency {
    /// The United States dollar: what a contract that names no currency counts in.
    pub const USD: Self = Self(*b"USD");

    /// The currency with this code, in either case.
    #[must_use]
    pub fn from_code(text: &str) -> Option<Self> {
        let &[a, b, c] = text.as_bytes() else {
            return None;
        };
        let code = [a.to_ascii_uppercase(), b.to_ascii_uppercase(), c.to_ascii_uppercase()];
        CODES.as_bytes().chunks(4).any(|known| known[..3] == code).then_some(Currency(code))
    }

    /// The code, `EUR`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Codes are made from ASCII letters only.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// How many decimals its amounts have.
    #[must_use]
    pub fn decimals(self) -> u8 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF" | b"UGX"
            | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }
}

impl Money {
    /// Reads an amount; `default` is the currency of amounts that name none.
    ///
    /// # Errors
    /// What makes `raw` no amount.
    pub fn parse(raw: &str, default: Currency, mark: Option<DecimalMark>) -> Result<Self, NumberProblem> {
        let (negative, text) = signed(raw)?;
        let is_amount = |c: char| c.is_ascii_digit();
        let Some(first) = text.find(is_amount) else {
            return Err(text.chars().next().map_or(NumberProblem::Blank, NumberProblem::Character));
        };
        let last = text.rfind(is_amount).unwrap_or(first);
        // `.50`
        let start = if text[..first].ends_with(['.', ',']) { first - 1 } else { first };
        let (before, amount, after) = (&text[..start], &text[start..=last], &text[last + 1..]);
        if is_band(&text[first..]) && (after.len() < 2 || amount.contains(['-', '–'])) {
            return Err(NumberProblem::Band);
        }
        // `1.000,-` and `5.`
        let after = match after.strip_prefix([',', '.']) {
            Some(rest) => rest.trim_start_matches(['-', '–', '—']),
            None => after,
        };
        // The sign may stand between currency and amount, or inside of it.
        let inner = trim(before);
        let (inner_negative, before) = match inner.strip_suffix(['-', '\u{2212}']) {
            Some(rest) => (true, rest),
            None => match (inner.strip_suffix('('), trim(after)) {
                (Some(rest), ")") => (true, rest),
                _ => (false, inner),
            },
        };
        let after = if inner_negative { after.trim_end_matches(')') } else { after };
        let currency = match (sign(trim(before), default)?, sign(trim(after), default)?) {
            (None, None) => default,
            (Some(one), None) | (None, Some(one)) => one.currency(default)?,
            (Some(one), Some(other)) => one.agree(other, default)?,
        };
        // Three decimals are usual there, and are not taken for thousands.
        let mark = mark.or((currency.decimals() == 3).then_some(DecimalMark::Point));
        let minor = Decimal::read(amount, mark)?.shifted(currency.decimals())?;
        let minor = minor.ok_or(NumberProblem::Decimals { allowed: currency.decimals() })?;
        Ok(Money { minor: if negative != inner_negative { -minor } else { minor }, currency })
    }
}

/// What a sign says of the currency.
#[derive(Clone, Copy)]
enum Sign {
    One(Currency),
    /// One of these; the first unless the column says another, or nothing if the flag is off.
    AnyOf(&'static str, bool),
}

impl Sign {
    fn has(self, currency: Currency) -> bool {
        match self {
            Sign::One(one) => one == currency,
            Sign::AnyOf(codes, _) => codes.split(' ').any(|code| code == currency.as_str()),
        }
    }

    fn currency(self, default: Currency) -> Result<Currency, NumberProblem> {
        match self {
            Sign::One(currency) => Ok(currency),
            Sign::AnyOf(..) if self.has(default) => Ok(default),
            Sign::AnyOf(codes, true) => Currency::from_code(&codes[..3]).ok_or(NumberProblem::Currency),
            Sign::AnyOf(_, false) => Err(NumberProblem::Currency),
        }
    }

    /// The currency of two signs, `$1,000 CAD`.
    fn agree(self, other: Sign, default: Currency) -> Result<Currency, NumberProblem> {
        match (self, other) {
            (Sign::One(one), sign) | (sign, Sign::One(one)) if sign.has(one) => Ok(one),
            (Sign::AnyOf(one, _), Sign::AnyOf(two, _)) if one == two => self.currency(default),
            _ => Err(NumberProblem::Currency),
        }
    }
}

fn sign(text: &str, default: Currency) -> Result<Option<Sign>, NumberProblem> {
    if text.is_empty() {
        return Ok(None);
    }
    if let Some(currency) = Currency::from_code(text) {
        return Ok(Some(Sign::One(currency)));
    }
    let lower = lower_text(text);
    let lower = lower.trim_end_matches('.');
    if lower == "$" {
        return Ok(Some(Sign::AnyOf(DOLLARS, true)));
    }
    let known = SIGNS.iter().find(|(sign, _)| *sign == lower).map(|(_, codes)| *codes);
    let codes = known.ok_or_else(|| NumberProblem::Character(text.chars().next().unwrap_or('?')))?;
    if let Some(currency) = Currency::from_code(codes) {
        return Ok(Some(Sign::One(currency)));
    }
    let any = Sign::AnyOf(codes, lower != "kr");
    any.currency(default).map(|_| Some(any))
}

/// Currencies that are written `$`, the likeliest first.
const DOLLARS: &str =
    "USD ARS AUD BBD BMD BND BSD BZD CAD CLP COP DOP FJD GYD HKD JMD KYD LRD MXN NAD NZD SBD SGD SRD TTD TWD UYU XCD";

#[rustfmt::skip]
const SIGNS: &[(&str, &str)] = &[
    ("€", "EUR"), ("euro", "EUR"), ("£", "GBP"), ("¥", "JPY CNY"), ("￥", "JPY CNY"), ("円", "JPY"), ("元", "CNY"),
    ("rmb", "CNY"), ("us$", "USD"), ("$us", "USD"), ("c$", "CAD"), ("ca$", "CAD"), ("cad$", "CAD"), ("a$", "AUD"), ("au$", "AUD"),
    ("nz$", "NZD"), ("hk$", "HKD"), ("s$", "SGD"), ("sg$", "SGD"), ("nt$", "TWD"), ("mx$", "MXN"), ("r$", "BRL"),
    ("sfr", "CHF"), ("fr", "CHF"), ("kr", "SEK NOK DKK ISK"), ("zł", "PLN"), ("kč", "CZK"), ("ft", "HUF"), ("lei", "RON"), ("лв", "BGN"),
    ("₽", "RUB"), ("руб", "RUB"), ("₴", "UAH"), ("₺", "TRY"), ("tl", "TRY"), ("₪", "ILS"), ("₹", "INR"), ("₩", "KRW"), ("원", "KRW"),
    ("฿", "THB"), ("₫", "VND"), ("₱", "PHP"), ("₦", "NGN"), ("r", "ZAR"), ("rp", "IDR"), ("rm", "MYR"),
];

/// The codes of ISO 4217 that amounts are stated in, each with a space.
const CODES: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF \
CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL \
HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL \
MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON \
RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH \
UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG";

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = usize::from(self.currency.decimals());
        let unit = 10u64.pow(u32::from(self.currency.decimals()));
        let amount = self.minor.unsigned_abs();
        let sign = if self.minor < 0 { "-" } else { "" };
        write!(f, "{sign}{}", amount / unit)?;
        if digits > 0 {
            write!(f, ".{:0digits$}", amount % unit)?;
        }
        write!(f, " {}", self.currency)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn read(raw: &str, default: &str) -> Result<String, NumberProblem> {
        Money::parse(raw, Currency::from_code(default).unwrap(), None).map(|money| money.to_string())
    }

    #[test]
    fn amounts() {
        for (raw, default, want) in [
            ("22796435.39", "USD", "22796435.39 USD"),
            ("30024968.0", "EUR", "30024968.00 EUR"),
            ("$1,000.00", "EUR", "1000.00 USD"),
            ("$1,000.00", "CAD", "1000.00 CAD"),
            ("€ 1.000,50", "USD", "1000.50 EUR"),
            ("1.000,50 €", "USD", "1000.50 EUR"),
            ("EUR 1,000", "USD", "1000.00 EUR"),
            ("1,000 eur", "USD", "1000.00 EUR"),
            ("$1,000 CAD", "USD", "1000.00 CAD"),
            ("US$ 5", "CAD", "5.00 USD"),
            ("1'000.- CHF", "EUR", "1000.00 CHF"),
            ("1.000,-", "EUR", "1000.00 EUR"),
            ("¥1,000", "CNY", "1000.00 CNY"),
            ("¥1,000", "USD", "1000 JPY"),
            ("1 000 kr", "SEK", "1000.00 SEK"),
            ("-$5.5", "USD", "-5.50 USD"),
            ("$-5", "USD", "-5.00 USD"),
            ("($5)", "USD", "-5.00 USD"),
            ("$(5)", "USD", "-5.00 USD"),
            ("5-", "USD", "-5.00 USD"),
            (".5", "USD", "0.50 USD"),
            ("1.250", "KWD", "1.250 KWD"),
            ("0.250", "KWD", "0.250 KWD"),
            ("210833.37", "USD", "210833.37 USD"),
            ("1.5000", "USD", "1.50 USD"),
            ("1,000.00", "XOF", "1000 XOF"),
        ] {
            assert_eq!(read(raw, default).as_deref(), Ok(want), "{raw} {default}");
            assert_eq!(read(want, "EUR").as_deref(), Ok(want), "{raw}");
        }
    }

    #[test]
    fn what_is_no_amount_says_why() {
        use NumberProblem as P;
        for (raw, default, want) in [
            ("", "USD", P::Blank),
            ("$", "USD", P::Character('$')),
            ("abc", "USD", P::Character('a')),
            ("100 kr", "USD", P::Currency),
            ("€100 USD", "USD", P::Currency),
            ("1.005", "EUR", P::Decimals { allowed: 2 }),
            ("100 quatloos", "USD", P::Character('q')),
            ("$1M", "USD", P::Band),
            ("$1M-$10M", "USD", P::Band),
            ("12%", "USD", P::Character('%')),
            ("100.5", "JPY", P::Decimals { allowed: 0 }),
        ] {
            // Three decimals after a point are thousands unless the column says otherwise.
            let mark = (raw == "1.005").then_some(DecimalMark::Point);
            assert_eq!(Money::parse(raw, Currency::from_code(default).unwrap(), mark), Err(want), "{raw}");
        }
        assert_eq!(CODES.split(' ').filter(|code| Currency::from_code(code).is_none()).count(), 0);
        assert!(SIGNS.iter().all(|(_, codes)| { codes.split(' ').all(|code| Currency::from_code(code).is_some()) }));
        assert!(DOLLARS.split(' ').all(|code| Currency::from_code(code).is_some()));
    }
}
