//! Identity: the match model of people and the one of companies.
//!
//! A model is what record linkage calls one: blocking rules say which pairs are looked at, comparisons say how far a
//! pair agrees, and each level of a comparison has a match weight. A pair's weight is the prior plus the weights of the
//! levels it reached. *Source*: Fellegi and Sunter, *A Theory for Record Linkage* (1969); words as Splink's.

use serde::{Deserialize, Serialize};

use crate::id::RuleId;
use crate::json::Decode;
use crate::scale::{Confidence, MatchWeight};

/// How two records are weighed against each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MatchModel {
    /// What a pair weighs before anything is compared: log2 of the odds that two records taken at random are the same,
    /// in thousandths of a bit. Always negative.
    pub prior: MatchWeight,
    /// Which pairs are looked at: those that agree on all keys of at least one rule.
    pub blocking: Vec<BlockingRule>,
    /// What is compared.
    pub comparisons: Vec<Comparison>,
    /// From which probability on a pair is probably the same.
    #[serde(default = "probable")]
    pub probable_at: Confidence,
    /// From which probability on a person looks.
    #[serde(default = "review")]
    pub review_at: Confidence,
    /// How much heavier the best candidate must be than the next, in thousandths of a bit; otherwise a person chooses.
    #[serde(default = "margin")]
    pub margin: MatchWeight,
    /// What it adds when given name and surname agree only exchanged; without it they are not exchanged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exchanged: Option<MatchWeight>,
    /// How many records may share a blocking key before only the nearest of them in alphabetical order are compared.
    #[serde(default = "max_block")]
    pub max_block: u32,
}

/// Which pairs are looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct BlockingRule {
    /// How the report refers to it.
    pub id: RuleId,
    /// The keys that must all be equal, and none of them missing.
    pub on: Vec<BlockingKey>,
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[doc = $about:literal])+ $variant:ident $word:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Decode)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum $name {$(
            $(#[doc = $about])+
            $variant,
        )*}

        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word used in JSON, panel and command.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }
    };
}

words! {
    /// What of a record is compared. Each has a normal form; what was typed stays in the record.
    Attribute {
        /// First and middle names.
        GivenName "given_name";
        /// Family name.
        Surname "surname";
        /// E-mail address.
        Email "email";
        /// Phone number.
        Phone "phone";
        /// A second phone number; compared together with the first.
        Mobile "mobile";
        /// Name of the company.
        Company "company";
        /// The company's registrable domain; free-mail providers do not count.
        Domain "domain";
        /// House number.
        HouseNumber "house_number";
        /// Street without the house number.
        Street "street";
        /// Second line of an address: building, district.
        AddressLine "address_line";
        /// City.
        City "city";
        /// Postal code.
        PostalCode "postal_code";
        /// State or province.
        State "state";
        /// Country.
        Country "country";
        /// Date of birth.
        BirthDate "birth_date";
        /// A number somebody was given: customer, tax or social-security number.
        Identifier "identifier";
    }
}

words! {
    /// What a blocking rule asks to be equal.
    BlockingKey {
        /// Given name and surname, in either order.
        Name "name";
        /// Surname.
        Surname "surname";
        /// How the surname sounds.
        SurnameSound "surname_sound";
        /// First given name.
        GivenName "given_name";
        /// First letter of the given name.
        GivenInitial "given_initial";
        /// E-mail address.
        Email "email";
        /// The part of the e-mail address before the `@`, without tag.
        Mailbox "mailbox";
        /// Last digits of a phone number.
        Phone "phone";
        /// Company's name in normal form.
        Company "company";
        /// Any of the rarer words of the company's name.
        CompanyWord "company_word";
        /// How any of the rarer words of the company's name begins.
        CompanyStart "company_start";
        /// The company's domain.
        Domain "domain";
        /// House number.
        HouseNumber "house_number";
        /// Street without the house number.
        Street "street";
        /// Second line of an address.
        AddressLine "address_line";
        /// City.
        City "city";
        /// Postal code.
        PostalCode "postal_code";
        /// Date of birth.
        BirthDate "birth_date";
        /// Year of birth.
        BirthYear "birth_year";
        /// A number somebody was given.
        Identifier "identifier";
    }
}

/// One thing that is compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Comparison {
    /// What is compared; each attribute once.
    pub of: Attribute,
    /// The levels of agreement, the strictest first; the first that holds counts.
    pub levels: Vec<Level>,
    /// What it weighs when no level holds.
    pub otherwise: MatchWeight,
    /// What it weighs when one side or both have no value: the null level.
    #[serde(default, skip_serializing_if = "is_nought")]
    pub missing: MatchWeight,
}

/// One level of agreement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// How the two values must agree.
    pub is: Likeness,
    /// From which likeness on, for `similar`, `words` and `within`, in per mille; the largest number of differences for
    /// `close`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<u16>,
    /// What it weighs, in thousandths of a bit.
    pub weight: MatchWeight,
    /// Whether a rare value weighs more and a frequent one less: log2 of how often two values agree by chance over how
    /// often this one does.
    #[serde(default, skip_serializing_if = "is_false")]
    pub term_frequency: bool,
}

words! {
    /// How two values agree.
    Likeness {
        /// Their normal forms are equal.
        Same "same";
        /// The mailbox is the same, another tag or other dots aside; for e-mail addresses.
        SameMailbox "same_mailbox";
        /// The part before the `@` is the same, at another domain; for e-mail addresses.
        SameUser "same_user";
        /// The same words in any order.
        SameWords "same_words";
        /// Different forms of one given name: `Bob` and `Robert`.
        Nickname "nickname";
        /// One is the initial of the other.
        Initial "initial";
        /// One begins with all the words of the other.
        Begins "begins";
        /// Jaro-Winkler similarity of at least `at` per mille.
        Similar "similar";
        /// At most `at` letters inserted, deleted, replaced or exchanged with their neighbour.
        Close "close";
        /// They sound alike.
        Sounds "sounds";
        /// Two of day, month and year are the same, or day and month are exchanged; for dates.
        TwoOfThree "two_of_three";
        /// Of all words, weighted by rarity, at least `at` per mille are shared.
        Words "words";
        /// Of the words of the shorter name, weighted by rarity, at least `at` per mille are in the longer.
        Within "within";
    }
}

words! {
    /// What decides between several records: those that have most of it stay.
    TieBreaker {
        /// The record's domain is the lead's; for accounts.
        SameDomain "same_domain";
        /// Its country is the lead's.
        SameCountry "same_country";
        /// Its state is the lead's.
        SameState "same_state";
        /// It has an owner who is active.
        OwnerActive "owner_active";
        /// It is a customer; for accounts.
        Customer "customer";
        /// Most open opportunities; for accounts.
        OpenOpportunities "open_opportunities";
        /// Most contacts; for accounts.
        Contacts "contacts";
        /// It has no parent; for accounts.
        Parent "parent";
        /// It is a contact, not a lead; for people.
        Contact "contact";
        /// Most fields filled.
        MostComplete "most_complete";
        /// Something happened there last.
        RecentActivity "recent_activity";
        /// Created last.
        Newest "newest";
        /// Created first.
        Oldest "oldest";
    }
}

words! {
    /// Which value survives when records are merged. An opt-out, a do-not-call and a bounce survive whatever this says.
    Survivorship {
        /// The master record's; where it has none, that of the record changed last.
        Master "master";
        /// That of the record changed last which has one.
        Newest "newest";
        /// The one most records have; of several, the master's.
        MostFrequent "most_frequent";
    }
}

impl Likeness {
    /// Whether it takes `at`, and up to which number.
    #[must_use]
    pub const fn limit(self) -> Option<u16> {
        match self {
            Self::Similar | Self::Words | Self::Within => Some(1000),
            Self::Close => Some(3),
            _ => None,
        }
    }
}

const fn probable() -> Confidence {
    per_mille(950)
}

const fn review() -> Confidence {
    per_mille(500)
}

const fn per_mille(value: u16) -> Confidence {
    match Confidence::per_mille(value) {
        Some(confidence) => confidence,
        None => Confidence::FULL,
    }
}

const fn margin() -> MatchWeight {
    MatchWeight(3000)
}

const fn max_block() -> u32 {
    200
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
const fn is_false(value: &bool) -> bool {
    !*value
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
const fn is_nought(weight: &MatchWeight) -> bool {
    weight.0 == 0
}
