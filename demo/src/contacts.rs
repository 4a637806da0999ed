//! Contacts: people at accounts.

use crate::companies::{ACCOUNTS, Company, account_id};
use crate::owners::Owner;
use crate::people::{Person, SENIOR, WORKING};
use crate::planted::{Mess, Planted};
use crate::random::Random;
use crate::text::{Csv, Moment, crm_id};

/// How many contacts there are.
const CONTACTS: usize = 900;

/// Somebody at an account.
pub(crate) struct Contact {
    pub(crate) account: usize,
    pub(crate) person: Person,
    pub(crate) email: String,
    title: &'static str,
}

/// All contacts. Every thirtieth shares its address with the one before.
pub(crate) fn all(companies: &[Company]) -> Vec<Contact> {
    let mut contacts: Vec<Contact> = Vec::with_capacity(CONTACTS);
    for index in 0..CONTACTS {
        let mut random = Random::of("contact", index);
        let shares = index % 30 == 29;
        let account = match contacts.last() {
            Some(last) if shares => last.account,
            _ if random.percent(15) => random.index(40),
            _ => random.index(ACCOUNTS),
        };
        let company = &companies[account];
        let person = Person::new(company.country.tongue, &mut random);
        let email = match contacts.last() {
            Some(last) if shares => last.email.clone(),
            _ if index % 30 == 28 => format!("office@{}", company.domain),
            _ => format!("{}@{}", person.mailbox(company.manner), company.domain),
        };
        let titles = if random.percent(40) { &SENIOR[..] } else { &WORKING[..] };
        contacts.push(Contact { account, person, email, title: random.pick(titles) });
    }
    contacts
}

/// The id of a contact.
pub(crate) fn contact_id(index: usize) -> String {
    crm_id("003", index + 1)
}

/// `contacts.csv`: an API export of the contacts.
pub(crate) fn file(contacts: &[Contact], companies: &[Company], planted: &mut Planted) -> Vec<u8> {
    let mut csv = Csv::new(&[
        "Id",
        "AccountId",
        "FirstName",
        "LastName",
        "Title",
        "Email",
        "Phone",
        "MailingStreet",
        "MailingCity",
        "MailingState",
        "MailingPostalCode",
        "MailingCountry",
        "HasOptedOutOfEmail",
        "DoNotCall",
        "IsEmailBounced",
        "OwnerId",
        "CreatedDate",
        "LastModifiedDate",
        "LastActivityDate",
    ]);
    for (index, contact) in contacts.iter().enumerate() {
        let mut random = Random::of("contact row", index);
        let company = &companies[contact.account];
        if contacts
            .iter()
            .enumerate()
            .any(|(other, twin)| other != index && twin.email == contact.email && other.abs_diff(index) == 1)
        {
            planted.add(Mess::SharedContactAddress, &contact_id(index));
        }
        let phone = if random.percent(55) { company.country.phone(&mut random) } else { String::new() };
        let created = Moment::minutes_ago(random.between(30, 1800) * 1440 + random.below(1440));
        let touched = created.days_later(random.between(0, 700));
        csv.row(&[
            contact_id(index),
            account_id(contact.account),
            contact.person.first.clone(),
            contact.person.last.clone(),
            contact.title.to_owned(),
            contact.email.clone(),
            phone,
            company.place.street.clone(),
            company.place.city.clone(),
            company.place.state.clone(),
            company.place.postal_code.clone(),
            company.country.spellings[0].to_owned(),
            random.percent(6).to_string(),
            random.percent(4).to_string(),
            random.percent(3).to_string(),
            Owner::id(company.owner),
            created.api(),
            touched.api(),
            touched.date(),
        ]);
    }
    csv.bytes()
}
