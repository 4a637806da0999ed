//! Words and numbers of identity: what is compared, how it agrees, what decides, and match weights in bits.
//!
//! Input: values of the match model and of a waterfall. Output: text. Weights are thousandths of a bit throughout; text
//! rounds them to tenths, inputs keep all three digits.

use interlock_core::contract::{Attribute, BlockingKey, Survivorship, TieBreaker};
use interlock_core::identity::waterfall::Step;

/// What is weighed: people or companies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Of {
    #[default]
    People,
    Companies,
}

impl Of {
    /// Both, in the order of the page.
    pub(crate) const ALL: [Self; 2] = [Self::People, Self::Companies];

    /// The word used in the contract, in the address bar and in messages to the worker.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Companies => "companies",
        }
    }

    /// What it is called on the page.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::People => "People",
            Self::Companies => "Companies",
        }
    }

    /// The one that a word stands for; people where it stands for none.
    pub(crate) fn read(word: &str) -> Self {
        if word == Self::Companies.word() { Self::Companies } else { Self::People }
    }
}

/// What an attribute is called on the page.
pub(crate) fn attribute(of: Attribute) -> String {
    match of {
        Attribute::Email => "E-mail".to_owned(),
        Attribute::AddressLine => "Second line of the address".to_owned(),
        other => super::text::words(other.word()),
    }
}

/// What a key of a blocking rule is called on the page.
pub(crate) fn key(key: BlockingKey) -> String {
    let words = match key {
        BlockingKey::Name => "both names, in either order",
        BlockingKey::SurnameSound => "sound of the surname",
        BlockingKey::GivenInitial => "initial of the given name",
        BlockingKey::Email => "e-mail",
        BlockingKey::Mailbox => "e-mail before the @",
        BlockingKey::Phone => "last digits of the phone number",
        BlockingKey::Company => "company's name",
        BlockingKey::CompanyWord => "a rare word of the company's name",
        BlockingKey::CompanyStart => "beginning of a rare word of the company's name",
        BlockingKey::AddressLine => "second line of the address",
        BlockingKey::BirthYear => "year of birth",
        other => return other.word().replace('_', " "),
    };
    words.to_owned()
}

/// How two values agree, in words: a level's `is` and `at`, or `otherwise`, or `missing`.
pub(crate) fn likeness(is: &str, at: Option<u16>) -> String {
    let percent = || crate::ui::field::percent_text(at.unwrap_or_default());
    match (is, at) {
        ("otherwise", _) => "differs".to_owned(),
        ("missing", _) => "no value on one side".to_owned(),
        ("same_mailbox", _) => "same mailbox".to_owned(),
        ("same_user", _) => "same before the @".to_owned(),
        ("same_words", _) => "same words, other order".to_owned(),
        ("nickname", _) => "forms of one name".to_owned(),
        ("initial", _) => "initial of it".to_owned(),
        ("begins", _) => "begins alike".to_owned(),
        ("sounds", _) => "sounds alike".to_owned(),
        ("two_of_three", _) => "two of day, month and year".to_owned(),
        ("similar", Some(_)) => format!("similar, {} % or more", percent()),
        ("close", Some(1)) => "one letter apart".to_owned(),
        ("close", Some(letters)) => format!("up to {letters} letters apart"),
        ("words", Some(_)) => format!("shares {} % of its words or more", percent()),
        ("within", Some(_)) => format!("holds {} % of the other's words or more", percent()),
        (other, _) => other.replace('_', " "),
    }
}

/// How the values of a step agree.
pub(crate) fn agrees(step: &Step) -> String {
    likeness(&step.is, step.at)
}

/// What a tie-breaker is called on the page.
pub(crate) const fn tie_breaker(by: TieBreaker) -> &'static str {
    match by {
        TieBreaker::SameDomain => "Same domain as the lead",
        TieBreaker::SameCountry => "Same country as the lead",
        TieBreaker::SameState => "Same state as the lead",
        TieBreaker::OwnerActive => "Its owner is active",
        TieBreaker::Customer => "It is a customer",
        TieBreaker::OpenOpportunities => "Most open opportunities",
        TieBreaker::Contacts => "Most contacts",
        TieBreaker::Parent => "It has no parent",
        TieBreaker::Contact => "It is a contact, not a lead",
        TieBreaker::MostComplete => "Most fields filled",
        TieBreaker::RecentActivity => "Something happened there last",
        TieBreaker::Newest => "Created last",
        TieBreaker::Oldest => "Created first",
    }
}

/// The tie-breaker of a word of the contract.
pub(crate) fn tie_breaker_of(word: &str) -> Option<TieBreaker> {
    TieBreaker::ALL.iter().copied().find(|by| by.word() == word)
}

/// The ways in which a value survives a merge, the usual one first.
pub(crate) const SURVIVORSHIP: &[(&str, &str)] = &[
    (Survivorship::Master.word(), "The master record's"),
    (Survivorship::Newest.word(), "The newest"),
    (Survivorship::MostFrequent.word(), "The most frequent"),
];

/// A weight in bits with its sign and one decimal: `+7.0`, `−3.2`, `0.0`.
pub(crate) fn bits(thousandths: i32) -> String {
    let tenths = (thousandths.unsigned_abs() + 50) / 100;
    let sign = match (thousandths, tenths) {
        (_, 0) => "",
        (..0, _) => "−",
        _ => "+",
    };
    format!("{sign}{}.{}", tenths / 10, tenths % 10)
}

/// A weight in bits as it is typed, with no more digits than it has: `4.5`, `-3`, `0.125`.
pub(crate) fn bits_typed(thousandths: i64) -> String {
    let sign = if thousandths < 0 { "-" } else { "" };
    let size = thousandths.unsigned_abs();
    let digits = format!("{:03}", size % 1000);
    match digits.trim_end_matches('0') {
        "" => format!("{sign}{}", size / 1000),
        digits => format!("{sign}{}.{digits}", size / 1000),
    }
}

/// Typed bits as thousandths; none where it is not a number or has more than three decimals.
pub(crate) fn read_bits(text: &str) -> Option<i64> {
    let text = text.trim().replace('−', "-");
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(&text)),
    };
    let (whole, decimals) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() && decimals.is_empty() || decimals.len() > 3 || !digits(whole) || !digits(decimals) {
        return None;
    }
    let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().ok().filter(|whole| *whole <= 1000)? };
    let size = whole * 1000 + format!("{decimals:0<3}").parse::<i64>().ok()?;
    Some(if negative { -size } else { size })
}

#[cfg(test)]
mod tests {
    use super::{bits, bits_typed, likeness, read_bits};

    #[test]
    fn weights_read_well() {
        assert_eq!(
            [-14_000, -40, 0, 49, 50, 7_000, 7_160].map(bits),
            ["−14.0", "0.0", "0.0", "0.0", "+0.1", "+7.0", "+7.2"]
        );
    }

    #[test]
    fn weights_survive_being_typed() {
        for thousandths in (-20_000..20_000).step_by(7) {
            assert_eq!(read_bits(&bits_typed(thousandths)), Some(thousandths));
        }
        assert_eq!(bits_typed(-4_500), "-4.5");
        assert_eq!([".5", "+3", "−2,25", "7."].map(read_bits), [Some(500), Some(3000), Some(-2250), Some(7000)]);
        assert_eq!(["", "-", ".", "1.2345", "1e3", "x", "1001", "--1"].map(read_bits), [None; 8]);
    }

    #[test]
    fn levels_say_from_where_on() {
        assert_eq!(likeness("similar", Some(920)), "similar, 92 % or more");
        assert_eq!(likeness("close", Some(1)), "one letter apart");
        assert_eq!(likeness("otherwise", None), "differs");
    }
}
