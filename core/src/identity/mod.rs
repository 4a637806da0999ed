//! Stage 2, identity: is this person, is this company already in the CRM?
//!
//! Input: the lead and the snapshot. Output: a [`Match`] for the person and for the account, each with outcome and
//! evidence. Invariant: nothing is created, routed, enriched or enrolled before this has run; a lead that came from
//! the snapshot's own file never matches itself. An exact e-mail address links; another spelling of the mailbox, a domain
//! or a company name suggests, and where none of them is equal, what the contract's match model finds probable. Several
//! candidates, role addresses and addresses held by several records go to a person; of several accounts the contract's
//! tie-breakers may choose one, but never between a company and its parent.

pub mod bits;
mod block;
pub mod cluster;
pub mod columns;
mod compare;
pub(crate) mod dictionary;
pub mod duplicates;
pub mod estimate;
pub mod forms;
pub mod index;
mod known;
pub mod metric;
pub mod outcome;
pub mod pairs;
mod store;
mod tie;
pub mod waterfall;
mod weigh;

pub(crate) use known::Known;
pub use waterfall::Waterfall;
pub(crate) use weigh::MOST_LEVELS;

use serde::Serialize;

use crate::contract::{AccountMatch, TieBreaker};
use crate::crm::comparable;
use crate::id::RecordId;
use crate::intake::Lead;
use crate::normal::company;
use crate::normal::email::Email;
use crate::order;
use crate::plan::Plan;
use crate::record::{AccountField, ContactField, Crm, LeadField, Object, Place, Record, person_key};

/// What identity found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Match {
    /// The person.
    pub person: Side,
    /// The company.
    pub account: Side,
    /// Whether the lead's domain and its company name point to different accounts.
    pub conflict: bool,
}

/// What was found of the person or of the company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Side {
    /// How sure it is.
    pub outcome: Outcome,
    /// The record, where there is exactly one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<Candidate>,
    /// By what it was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Evidence>,
    /// Every record that came into question, when there are several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<Candidate>,
    /// What decided between several, where a tie-breaker did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tie_breaker: Option<TieBreaker>,
    #[serde(skip)]
    place: Option<Place>,
}

/// How sure a match is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The same.
    Exact,
    /// Probably the same: suggested.
    Probable,
    /// Several come into question: a person decides.
    Ambiguous,
    /// Nobody is known.
    None,
}

impl Outcome {
    /// The word used in JSON, conditions, panel and command.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Probable => "probable",
            Self::Ambiguous => "ambiguous",
            Self::None => "none",
        }
    }
}

/// By what a record was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// The same e-mail address.
    Email,
    /// The same address, but it belongs to a role and not to a person.
    RoleAddress,
    /// Another spelling of the same mailbox: a plus tag, or dots where the provider passes over them.
    Mailbox,
    /// The same name at the same domain.
    NameAndDomain,
    /// The record's own link to it.
    Link,
    /// The same company domain.
    Domain,
    /// The same company name, legal form aside.
    CompanyName,
    /// The company and its parent or subsidiary both come into question.
    Family,
    /// What agrees and what differs, weighed by the contract's match model.
    Weight,
}

impl Evidence {
    /// In words, after "by".
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Email => "the same e-mail address",
            Self::RoleAddress => "the same e-mail address, which belongs to a role",
            Self::Mailbox => "the same mailbox, spelled otherwise",
            Self::NameAndDomain => "the same name at the same domain",
            Self::Link => "the record's own link",
            Self::Domain => "the same domain",
            Self::CompanyName => "the same company name",
            Self::Family => "the same company or its parent or subsidiary",
            Self::Weight => "what agrees and what differs",
        }
    }
}

/// A record that came into question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Candidate {
    /// What kind of record.
    pub object: Object,
    /// Its id in the CRM.
    pub id: RecordId,
    /// Its name.
    pub name: String,
    /// What speaks for it and against it, where the contract has a match model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waterfall: Option<Box<Waterfall>>,
}

impl Side {
    const NONE: Self =
        Self { outcome: Outcome::None, record: None, by: None, candidates: Vec::new(), tie_breaker: None, place: None };
}

impl Match {
    /// Nothing is known of anybody: what a decision without a snapshot starts from.
    #[must_use]
    pub const fn none() -> Self {
        Self { person: Side::NONE, account: Side::NONE, conflict: false }
    }

    /// The matched account.
    #[must_use]
    pub fn account_record<'a>(&self, crm: &'a Crm) -> Option<&'a Record<'static>> {
        crm.record(self.account.place?)
    }

    /// The matched person, where it is a record of this object.
    #[must_use]
    pub fn person_record<'a>(&self, crm: &'a Crm, object: Object) -> Option<&'a Record<'static>> {
        self.person.place.filter(|(found, _)| *found == object).and_then(|place| crm.record(place))
    }
}

/// The duplicates among the companies of a snapshot, or among its people for any other object; none where the contract has
/// no match model for them.
#[must_use]
pub fn duplicates(plan: &Plan, crm: &Crm, of: Object) -> Option<duplicates::Duplicates> {
    let known = if of == Object::Account { crm.companies() } else { crm.people() };
    known.map(|known| known.duplicates(plan, crm))
}

/// The fields of a lead that identity asks for.
pub(crate) const READS: &[LeadField] = &[
    LeadField::Email,
    LeadField::RoleAddress,
    LeadField::Name,
    LeadField::Account,
    LeadField::AccountDomain,
    LeadField::Domain,
    LeadField::Company,
];

/// The fields that a match model compares besides.
pub(crate) const WEIGHS: &[LeadField] = &[
    LeadField::FirstName,
    LeadField::LastName,
    LeadField::Phone,
    LeadField::Mobile,
    LeadField::Website,
    LeadField::Street,
    LeadField::City,
    LeadField::State,
    LeadField::PostalCode,
    LeadField::Country,
];

/// What is known already of a match, from another plan that matches alike.
#[derive(Clone, Debug)]
pub(crate) enum Before {
    /// The person and the company.
    Both(Match),
    /// The person alone.
    Person(Side),
    /// Nothing.
    Nothing,
}

/// Finds the person and the company of a lead, as far as they are not known. `full` asks for names of candidates and for what
/// speaks for them, which only explanations need.
pub(crate) fn resolve(plan: &Plan, lead: &Lead<'_>, crm: &Crm, before: Before, full: bool) -> Match {
    let mut person = match before {
        Before::Both(found) => return found,
        Before::Person(found) => found,
        Before::Nothing => person(plan, lead, crm, full),
    };
    let (mut account, conflict) = account(plan, lead, crm, &person, full);
    for (side, known) in [(&mut person, crm.people()), (&mut account, crm.companies())] {
        // What was found by an equal key is explained as well.
        if let (Some(place), Some(record), Some(known)) = (side.place, &mut side.record, known)
            && full
            && record.waterfall.is_none()
        {
            record.waterfall = known.explain(lead, place).map(Box::new);
        }
    }
    Match { person, account, conflict }
}

fn person(plan: &Plan, lead: &Lead<'_>, crm: &Crm, full: bool) -> Side {
    if !crm.has_people() {
        return Side::NONE;
    }
    let record = &lead.record;
    let email = record.text(LeadField::Email.slot());
    let exact = plan.contract.identity.as_ref().is_none_or(|identity| identity.exact_email);
    if let Some(email) = email {
        let same = others(crm, crm.with_email(email), lead);
        let role = record.cell(LeadField::RoleAddress.slot()).bool() == Some(true);
        let by = if role { Evidence::RoleAddress } else { Evidence::Email };
        match (same.as_slice(), role) {
            ([], _) => {}
            ([one], false) => {
                let outcome = if exact { Outcome::Exact } else { Outcome::Probable };
                return side(crm, outcome, by, *one, full);
            }
            (several, _) => return several_of(crm, by, several, full),
        }
        let form = Email::of_normal(email);
        let mailbox = form.provider_form();
        let plain = if *mailbox == *email { &[] } else { crm.with_email(&mailbox) };
        let spelled = [crm.with_mailbox(&mailbox), plain].concat();
        match (others(crm, &spelled, lead).as_slice(), role) {
            ([], _) => {}
            ([one], false) => return side(crm, Outcome::Probable, Evidence::Mailbox, *one, full),
            (several, _) => return several_of(crm, Evidence::Mailbox, several, full),
        }
    }
    if let Some(people) = crm.people() {
        return people.search(lead, crm, &[], full).unwrap_or(Side::NONE);
    }
    let Some(key) = person_key(record.text(LeadField::Name.slot()), email, &plan.passed_over.domains) else {
        return Side::NONE;
    };
    match others(crm, crm.with_person(&key), lead).as_slice() {
        [] => Side::NONE,
        [one] => side(crm, Outcome::Probable, Evidence::NameAndDomain, *one, full),
        several => several_of(crm, Evidence::NameAndDomain, several, full),
    }
}

fn account(plan: &Plan, lead: &Lead<'_>, crm: &Crm, person: &Side, full: bool) -> (Side, bool) {
    if !crm.has_accounts() {
        return (Side::NONE, false);
    }
    let record = &lead.record;
    let linked = record.text(LeadField::Account.slot()).and_then(|id| crm.account_with_id(id));
    let through_contact = || {
        let contact =
            person.place.filter(|(object, _)| *object == Object::Contact).and_then(|place| crm.record(place))?;
        crm.account_with_id(contact.text(ContactField::Account.slot())?)
    };
    if let Some(place) = linked {
        return (side(crm, Outcome::Exact, Evidence::Link, (Object::Account, place), full), false);
    }
    if let Some(place) = through_contact() {
        // The account is as sure as the person through whom it was found.
        return (side(crm, person.outcome, Evidence::Link, (Object::Account, place), full), false);
    }
    let default = crate::contract::Identity::default();
    let identity = plan.contract.identity.as_ref().unwrap_or(&default);
    let domain = record.text(LeadField::AccountDomain.slot()).or_else(|| record.text(LeadField::Domain.slot()));
    let domain = domain.filter(|domain| !forms::is_ignored(domain, &plan.passed_over.domains));
    let by_domain = domain.map_or(&[][..], |domain| crm.accounts_with_domain(domain));
    let name = record.text(LeadField::Company.slot()).map(company::normal);
    let by_name = name.as_deref().map_or(&[][..], |name| crm.accounts_with_name(name));
    let conflict = !by_domain.is_empty() && !by_name.is_empty() && !by_domain.iter().any(|one| by_name.contains(one));
    for way in &identity.account_by {
        let (found, by) = match way {
            AccountMatch::Domain => (by_domain, Evidence::Domain),
            AccountMatch::Company => (by_name, Evidence::CompanyName),
        };
        // Two ways to the same single account narrow several candidates down to it.
        let both: Vec<u32> =
            found.iter().copied().filter(|one| by_domain.contains(one) && by_name.contains(one)).collect();
        let found = if both.is_empty() { found } else { &both };
        match found {
            [] => {}
            [one] => return (side(crm, Outcome::Probable, by, (Object::Account, *one), full), conflict),
            several => {
                let places: Vec<Place> = several.iter().map(|place| (Object::Account, *place)).collect();
                if is_family(crm, several) {
                    return (several_of(crm, Evidence::Family, &places, full), conflict);
                }
                let (preferred, tie_breaker) = tie::prefer(&identity.tie_breakers, &places, Some(lead), crm);
                if let ([one], Some(_)) = (preferred.as_slice(), tie_breaker) {
                    let mut chosen = side(crm, Outcome::Probable, by, *one, full);
                    chosen.candidates = several_of(crm, by, &places, full).candidates;
                    chosen.candidates.retain(|other| Some(&other.id) != chosen.record.as_ref().map(|one| &one.id));
                    chosen.tie_breaker = tie_breaker;
                    return (chosen, conflict);
                }
                return (several_of(crm, by, &places, full), conflict);
            }
        }
    }
    let weighed = crm.companies().and_then(|companies| companies.search(lead, crm, &identity.tie_breakers, full));
    (weighed.unwrap_or(Side::NONE), false)
}

/// Whether one of the accounts is the parent of another.
fn is_family(crm: &Crm, accounts: &[u32]) -> bool {
    let parents = accounts.iter().filter_map(|place| {
        let account = crm.record((Object::Account, *place))?;
        crm.account_with_id(account.text(AccountField::Parent.slot())?)
    });
    parents.into_iter().any(|parent| accounts.contains(&parent))
}

/// The candidates without the lead itself.
fn others(crm: &Crm, places: &[Place], lead: &Lead<'_>) -> Vec<Place> {
    places.iter().copied().filter(|place| !is_self(crm, *place, lead)).collect()
}

/// Whether a record of the snapshot is the lead itself.
fn is_self(crm: &Crm, place: Place, lead: &Lead<'_>) -> bool {
    let record = if place.0 == lead.of.object { crm.record(place) } else { None };
    // Leads and contacts have their id in the same slot.
    let id = record.and_then(|record| record.text(LeadField::Id.slot()));
    id.is_some_and(|id| comparable(id) == comparable(lead.of.id.as_str()))
}

fn side(crm: &Crm, outcome: Outcome, by: Evidence, place: Place, full: bool) -> Side {
    let record = if full { candidate(crm, place) } else { None };
    Side { outcome, record, by: Some(by), candidates: Vec::new(), tie_breaker: None, place: Some(place) }
}

fn several_of(crm: &Crm, by: Evidence, places: &[Place], full: bool) -> Side {
    let mut candidates: Vec<_> =
        if full { places.iter().filter_map(|place| candidate(crm, *place)).collect() } else { Vec::new() };
    order::sort_by(&mut candidates, |a, b| (a.object, &a.id, &a.name).cmp(&(b.object, &b.id, &b.name)));
    Side { outcome: Outcome::Ambiguous, record: None, by: Some(by), candidates, tie_breaker: None, place: None }
}

fn candidate(crm: &Crm, place: Place) -> Option<Candidate> {
    let record = crm.record(place)?;
    let (id, name) = match record.object {
        Object::Lead => (LeadField::Id.slot(), LeadField::Name.slot()),
        Object::Contact => (ContactField::Id.slot(), ContactField::Name.slot()),
        _ => (AccountField::Id.slot(), AccountField::Name.slot()),
    };
    let text = |slot| record.text(slot).unwrap_or_default();
    Some(Candidate {
        object: record.object,
        id: RecordId::from(text(id)),
        name: text(name).to_owned(),
        waterfall: None,
    })
}
