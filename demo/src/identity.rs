//! Who comes: newcomers of all sorts, and people who come again under the same or another address.

use std::collections::BTreeSet;

use crate::World;
use crate::companies::{ACCOUNTS, Company};
use crate::company_tables::WATCHED;
use crate::people::{Manner, Person};
use crate::places::Country;
use crate::random::Random;

const FREE_MAIL: [&str; 14] = [
    "gmail.com",
    "gmail.com",
    "gmail.com",
    "outlook.com",
    "hotmail.com",
    "yahoo.com",
    "icloud.com",
    "gmx.de",
    "web.de",
    "t-online.de",
    "orange.fr",
    "libero.it",
    "proton.me",
    "qq.com",
];
const ROLES: [&str; 6] = ["info", "sales", "office", "contact", "marketing", "hello"];

/// Whose record this is, when that is an earlier person again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Again {
    OtherCase,
    Alias,
    PlusTag,
    SecondAddress,
}

/// Who a lead is: what stays the same however often the person comes.
#[derive(Clone)]
pub(crate) struct Identity {
    pub(crate) person: Person,
    pub(crate) email: String,
    /// The position of the company, where it is one of the world's.
    pub(crate) company: Option<usize>,
    pub(crate) country: &'static Country,
    pub(crate) contact: Option<usize>,
    pub(crate) again: Option<Again>,
    pub(crate) conflict: bool,
}

impl Identity {
    /// Whether this is a first record, under a personal address of a company, so that the person can come again.
    pub(crate) fn may_come_again(&self, world: &World) -> bool {
        let domain = self.company.map(|company| &world.companies[company].domain);
        self.again.is_none()
            && !is_role(&self.email)
            && domain.is_some_and(|domain| self.email.ends_with(&format!("@{domain}")))
    }
}

/// Whether an address is at a free-mail provider.
pub(crate) fn is_free_mail(email: &str) -> bool {
    FREE_MAIL.iter().any(|provider| email.ends_with(&format!("@{provider}")))
}

/// Whether an address belongs to a role.
pub(crate) fn is_role(email: &str) -> bool {
    ROLES.iter().any(|role| email.starts_with(&format!("{role}@")))
}

fn free_mail(person: &Person, random: &mut Random) -> String {
    // The numbers keep these from being anybody's address.
    let manner = random.pick(&[Manner::FirstDotLast, Manner::InitialLast, Manner::FirstUnderscoreLast]);
    format!("{}.lf{}@{}", person.mailbox(manner), random.between(1000, 9999), random.pick(&FREE_MAIL))
}

/// The same person again, under another address.
pub(crate) fn comes_again(earlier: &Identity, world: &World, random: &mut Random) -> Identity {
    let mut who = earlier.clone();
    let (mailbox, domain) = earlier.email.split_once('@').unwrap_or((&earlier.email, ""));
    let manner = earlier.company.map_or(Manner::First, |company| world.companies[company].manner);
    let (again, email) = match random.below(10) {
        0..3 => (Again::OtherCase, other_case(&earlier.email, random)),
        3..5 => (Again::Alias, format!("{}@{domain}", earlier.person.mailbox(manner.other()))),
        5..7 => {
            let tag = random.pick(&["demo", "crm", "newsletter", "test", "trial"]);
            (Again::PlusTag, format!("{mailbox}+{tag}@{domain}"))
        }
        _ => (Again::SecondAddress, free_mail(&earlier.person, random)),
    };
    who.again = Some(again);
    who.email = email;
    who.contact = None;
    who
}

fn other_case(email: &str, random: &mut Random) -> String {
    if random.percent(40) {
        return email.to_uppercase();
    }
    let mut start = true;
    email
        .chars()
        .map(|letter| {
            let capital = start;
            start = !letter.is_alphanumeric();
            if capital { letter.to_ascii_uppercase() } else { letter }
        })
        .collect()
}

/// Somebody who has no lead yet.
pub(crate) fn newcomer(world: &World, addresses: &mut BTreeSet<String>, random: &mut Random) -> Identity {
    let kind = random.below(1000);
    if kind < 45 {
        let contact = match random.below(6) {
            // The second of two contacts that share an address.
            0 => random.index(world.contacts.len() / 30) * 30 + 29,
            _ => random.index(world.contacts.len()),
        };
        let known = &world.contacts[contact];
        return Identity {
            person: known.person.clone(),
            email: known.email.clone(),
            company: Some(known.account),
            country: world.companies[known.account].country,
            contact: Some(contact),
            again: None,
            conflict: false,
        };
    }
    let others = world.companies.len() - ACCOUNTS;
    let (company, free) = match kind {
        45..57 => (Some([0, 2, 6, 7, 8][random.index(5)]), false),
        57..110 => (Some(random.index(WATCHED.len())), false),
        110..290 => (Some(random.index(ACCOUNTS)), false),
        290..860 => (Some(ACCOUNTS + random.index(others)), false),
        860..905 => (Some(random.index(ACCOUNTS)), true),
        905..970 => (Some(ACCOUNTS + random.index(others)), true),
        _ => (None, true),
    };
    let conflict = (45..57).contains(&kind);
    let country = match company {
        _ if conflict => Country::of(random.pick(&["DE", "DE", "AT", "CH"])),
        Some(company) if random.percent(93) => world.companies[company].country,
        _ => Country::any(random),
    };
    let (person, email) = loop {
        let person = Person::new(country.tongue, random);
        let email = match company {
            Some(company) if !free => {
                let Company { manner, domain, .. } = &world.companies[company];
                match random.below(100) {
                    0..5 => format!("{}@{domain}", random.pick(&ROLES)),
                    5..7 => String::new(),
                    7 => format!("{}@", person.mailbox(*manner)),
                    _ => format!("{}@{domain}", person.mailbox(*manner)),
                }
            }
            _ => free_mail(&person, random),
        };
        if is_role(&email) || email.is_empty() || addresses.insert(email.clone()) {
            break (person, email);
        }
    };
    Identity { person, email, company, country, contact: None, again: None, conflict }
}
