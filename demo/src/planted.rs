//! What is planted where: each kind of mess, with the ids of the records that have it.

use std::collections::BTreeMap;

/// A kind of mess that real CRMs have and the demo therefore has too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mess {
    /// Leads with an address at a free-mail provider.
    FreeMail,
    /// Leads with an address of a role, `info@`.
    RoleAddress,
    /// Leads without an e-mail address.
    NoEmail,
    /// Leads with a broken e-mail address, `ann.lee@`.
    BrokenEmail,
    /// Leads with an earlier lead's address in other case.
    SameEmailOtherCase,
    /// Leads of a person who has an earlier lead under the other manner of writing addresses, `a.lee` for `ann.lee`.
    Alias,
    /// Leads with an earlier lead's address and a plus tag.
    PlusTag,
    /// Leads of a person whose earlier lead has a business address, now under a free-mail address.
    SecondAddress,
    /// Leads with the address of a contact.
    KnownContact,
    /// Leads with an address that several contacts share.
    SharedAddress,
    /// Leads whose company is written with another legal form, without it or in other case than its account has it.
    CompanyVariant,
    /// Leads with a slip in the company's name.
    CompanyTypo,
    /// Leads without a company.
    NoCompany,
    /// Leads without a number of employees.
    NoEmployees,
    /// Leads without an industry.
    NoIndustry,
    /// Leads without a country.
    NoCountry,
    /// Leads with a country that is not spelled the usual way, `Deutschland`, `U.S.`.
    CountrySpelling,
    /// Leads with a source the contract does not know.
    UnknownSource,
    /// Leads without a source.
    NoSource,
    /// Leads with a value under the wrong kind, `n/a` or `50-100` as a number of employees.
    UnreadableNumber,
    /// Leads with revenue in another currency than the rules use.
    OtherCurrency,
    /// Leads that opted out of e-mail.
    OptedOut,
    /// Leads that must not be called.
    DoNotCall,
    /// Leads whose address bounced.
    Bounced,
    /// Leads that were converted already.
    Converted,
    /// Leads from a customer's domain.
    Customer,
    /// Leads from a competitor's domain.
    Competitor,
    /// Leads from a partner's domain.
    Partner,
    /// Leads from an investor's domain.
    Investor,
    /// Leads from the domain of a strategic account.
    StrategicAccount,
    /// Leads from the domain of a named account; strategic ones are named as well.
    NamedAccount,
    /// Leads from the domain of an account with an open opportunity.
    OpenOpportunity,
    /// Leads whose domain belongs to a parent account and to its subsidiary; only the company's name can tell which.
    AmbiguousAccount,
    /// Leads in Germany, Austria or Switzerland from the domain of a named account in America.
    TerritoryConflict,
    /// Leads from the domain of an account whose owner works in another region than the lead is in.
    OwnerElsewhere,
    /// Leads from the domain of an account whose owner is inactive.
    InactiveOwner,
    /// Leads that ask about pipeline generation.
    AsksPipeline,
    /// Leads that ask about CRM integration.
    AsksIntegration,
    /// Leads that ask about prices.
    AsksPricing,
    /// Leads that ask about security or law.
    AsksSecurity,
    /// Leads from students.
    Student,
    /// Leads from people who look for a job.
    JobSeeker,
    /// Leads with a message of more than one line.
    MultiLine,
    /// Leads with a cell that a spreadsheet would take for a formula.
    FormulaLike,
    /// Leads with an emoji.
    Emoji,
    /// Leads with quotation marks or semicolons in a cell.
    Punctuation,
    /// Leads with a name in another script than the Latin one.
    OtherScript,
    /// Leads with a name with diacritics.
    Diacritics,
    /// Accounts that are a subsidiary of another.
    Subsidiary,
    /// Accounts that share their domain with their parent.
    SharedDomain,
    /// Accounts without a website.
    NoWebsite,
    /// Contacts that share one address.
    SharedContactAddress,
}

/// The ids of the records that have each kind of mess, in the order of the files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Planted(BTreeMap<Mess, Vec<String>>);

impl Planted {
    /// The records with this kind of mess.
    #[must_use]
    pub fn ids(&self, mess: Mess) -> &[String] {
        self.0.get(&mess).map_or(&[], Vec::as_slice)
    }

    /// Every kind of mess with its records.
    pub fn all(&self) -> impl Iterator<Item = (Mess, &[String])> {
        self.0.iter().map(|(mess, ids)| (*mess, ids.as_slice()))
    }

    pub(crate) fn add(&mut self, mess: Mess, id: &str) {
        let ids = self.0.entry(mess).or_default();
        if ids.last().is_none_or(|last| last != id) {
            ids.push(id.to_owned());
        }
    }
}
