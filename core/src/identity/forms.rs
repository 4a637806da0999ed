//! What is compared: each attribute of a record in its normal form.
//!
//! Input: what was typed, or a record of the snapshot. Output: [`Forms`], one text an attribute, empty where nothing is
//! known. Invariant: forms are for comparison alone, the record keeps what was typed; the form of a form is itself; no
//! form is longer than [`LONGEST`] bytes, whatever was typed.

use std::sync::Arc;

use crate::contract::Attribute;
use crate::normal::country::CountryCode;
use crate::normal::date::DayOrder;
use crate::normal::{address, company, date, domain, email, fold, free_mail, name, phone, postal, state};
use crate::record::{AccountField, Cell, ContactField, LeadField, Object, Record, Value};

/// Longer forms are cut here, at a letter: names are shorter, and comparing takes time by the square of the length.
pub const LONGEST: usize = 160;

/// How many attributes there are.
pub(crate) const COUNT: usize = Attribute::ALL.len();

/// The attributes of one record, by their place in [`Attribute::ALL`].
pub(crate) type Values<'a> = [&'a str; COUNT];

/// How cells are read.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The country of phone numbers and states without one.
    pub country: Option<CountryCode>,
    /// The order of day and month in dates that do not say.
    pub day_order: Option<DayOrder>,
    /// Registrable domains that say nothing about the company, besides those that strangers share.
    pub ignored: Arc<[Box<str>]>,
}

/// Whether a registrable domain is one of those that say nothing about the company.
pub(crate) fn is_ignored(domain: &str, ignored: &[Box<str>]) -> bool {
    ignored.iter().any(|one| **one == *domain)
}

/// One record's attributes in normal form.
#[derive(Clone, Debug, Default)]
pub struct Forms {
    texts: [String; COUNT],
    country: Option<CountryCode>,
}

/// Which cell of a record holds which attribute; the country first, which others are read by.
pub(crate) fn slots(object: Object) -> Vec<(usize, Attribute)> {
    const FIELDS: [(&str, Attribute); 14] = [
        ("country", Attribute::Country),
        ("first_name", Attribute::GivenName),
        ("last_name", Attribute::Surname),
        ("email", Attribute::Email),
        ("phone", Attribute::Phone),
        ("mobile", Attribute::Mobile),
        ("company", Attribute::Company),
        ("domain", Attribute::Domain),
        ("account_domain", Attribute::Domain),
        ("website", Attribute::Domain),
        ("street", Attribute::Street),
        ("city", Attribute::City),
        ("state", Attribute::State),
        ("postal_code", Attribute::PostalCode),
    ];
    let company = (object == Object::Account).then_some((AccountField::Name.slot(), Attribute::Company));
    let read = FIELDS.iter().filter_map(|(name, attribute)| Some((object.slot(name)?, *attribute)));
    read.chain(company).collect()
}

impl Forms {
    /// Forgets everything, to be filled with another record.
    pub fn clear(&mut self) {
        self.texts.iter_mut().for_each(String::clear);
        self.country = None;
    }

    /// The form of an attribute; empty where it is not known.
    #[must_use]
    pub fn get(&self, attribute: Attribute) -> &str {
        &self.texts[attribute as usize]
    }

    /// All forms.
    pub(crate) fn values(&self) -> Values<'_> {
        std::array::from_fn(|place| self.texts[place].as_str())
    }

    /// Reads one attribute as typed. A street fills the house number too, a country the states that come after it.
    pub fn set(&mut self, attribute: Attribute, raw: &str, reading: &Reading) {
        let raw = cut(fold::trim(raw));
        if raw.is_empty() || company::is_placeholder(raw) {
            return;
        }
        let form = match attribute {
            Attribute::GivenName | Attribute::Surname => name_form(raw, attribute == Attribute::GivenName),
            Attribute::HouseNumber => fold::key(raw).into_owned(),
            Attribute::AddressLine => address::Address::parse(raw).normal(),
            Attribute::City => address::city(raw),
            Attribute::Email => email_form(raw),
            Attribute::Phone | Attribute::Mobile => phone_form(raw, self.country.or(reading.country)),
            Attribute::Company => company::tokens(raw),
            Attribute::Domain => domain_form(raw, &reading.ignored),
            Attribute::Street => {
                let mut address = address::Address::parse(raw);
                self.put(Attribute::HouseNumber, &address.number);
                let house = self.get(Attribute::HouseNumber);
                // A number that is not the house's is the street's own; what is the house's is taken off however often it
                // stands there, so that the form of a form is itself.
                while address.number == house && !house.is_empty() {
                    address = address::Address::parse_rest(address.street);
                }
                if address.number.is_empty() { address.street } else { [&*address.number, &*address.street].join(" ") }
            }
            Attribute::PostalCode => postal::normal(raw, self.country.or(reading.country)),
            Attribute::State => state::normal(self.country.or(reading.country), raw).to_ascii_lowercase(),
            Attribute::Country => match CountryCode::parse(raw) {
                Ok(code) => {
                    self.country = Some(code);
                    code.as_str().to_ascii_lowercase()
                }
                // No country differs from a word that names none.
                Err(_) => return,
            },
            Attribute::BirthDate => date_form(raw, reading.day_order),
            Attribute::Identifier => letters(raw),
        };
        // `x-x` is no placeholder as it was typed, but `xx` is: a form that would be read as nothing is nothing.
        if !company::is_placeholder(&form) {
            self.put(attribute, &form);
        }
    }

    /// Reads a full name. Given name and surname that stand already stay.
    pub fn set_name(&mut self, raw: &str) {
        let parsed = name::PersonName::parse(cut(raw));
        for (attribute, part) in [(Attribute::GivenName, parsed.given), (Attribute::Surname, parsed.family)] {
            if self.texts[attribute as usize].is_empty() {
                self.put(attribute, &fold::key(part));
            }
        }
    }

    /// Reads a record of the snapshot. `slots` says which of its cells are read, see [`slots`].
    pub(crate) fn read(&mut self, record: &Record<'_>, slots: &[(usize, Attribute)], reading: &Reading) {
        self.clear();
        for (slot, attribute) in slots {
            // What cannot be read as an address or a number can still be the same slip twice.
            if let Cell::Known(Value::Text(text)) = record.cell(*slot) {
                self.set(*attribute, text, reading);
            } else if let Cell::Invalid(text) = record.cell(*slot) {
                self.set(*attribute, text, reading);
            }
        }
        let name = match record.object {
            Object::Lead => record.text(LeadField::Name.slot()),
            Object::Contact => record.text(ContactField::Name.slot()),
            _ => None,
        };
        if let Some(name) = name {
            self.set_name(name);
        }
        self.domain_of_email(reading);
    }

    /// Where no domain is known, the one of a business address is the company's.
    pub fn domain_of_email(&mut self, reading: &Reading) {
        if !self.get(Attribute::Domain).is_empty() {
            return;
        }
        let host = self.get(Attribute::Email).rsplit_once('@').map(|(_, host)| domain_form(host, &reading.ignored));
        if let Some(domain) = host {
            self.put(Attribute::Domain, &domain);
        }
    }

    fn put(&mut self, attribute: Attribute, form: &str) {
        let text = &mut self.texts[attribute as usize];
        if text.is_empty() {
            text.push_str(cut(form).trim_end());
        }
    }
}

/// As much of a text as is compared.
fn cut(text: &str) -> &str {
    if text.len() <= LONGEST {
        return text;
    }
    let end = (0..=LONGEST).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    &text[..end]
}

/// A given name or surname without titles and suffixes. Taken until it stays: one title can hide behind another.
fn name_form(raw: &str, given: bool) -> String {
    let plain = fold::key(raw);
    if !plain.contains(' ') {
        return plain.into_owned();
    }
    let mut typed = raw.to_owned();
    loop {
        let (first, last) = if given { (&*typed, "") } else { ("", &*typed) };
        let form = name::PersonName::from_parts(first, last).normal();
        if form == typed {
            return form;
        }
        typed = form;
    }
}

fn email_form(raw: &str) -> String {
    match email::Email::parse(raw) {
        Ok(email) => email.into_address().into_owned(),
        // What is no address can still be the same slip twice.
        Err(_) => fold::fold(raw).replace(' ', ""),
    }
}

fn phone_form(raw: &str, country: Option<CountryCode>) -> String {
    match phone::Phone::parse(raw, country) {
        // With its sign, or it would be read as a national number the next time.
        Ok(phone) => ["+", &phone.e164.digits().to_string()].concat(),
        Err(_) => raw.chars().filter(char::is_ascii_digit).collect(),
    }
}

fn domain_form(raw: &str, ignored: &[Box<str>]) -> String {
    match domain::registrable(raw) {
        Ok(domain) if !free_mail::is_shared(&domain) && !is_ignored(&domain, ignored) => domain.into_owned(),
        _ => String::new(),
    }
}

fn date_form(raw: &str, order: Option<DayOrder>) -> String {
    let digits = letters(raw);
    if digits.len() == 8 && digits.bytes().all(|b| b.is_ascii_digit()) && !raw.contains(['/', '.']) {
        return digits;
    }
    match date::When::parse(raw, order) {
        Ok(when) => date::day(when.seconds).replace('-', ""),
        Err(_) => digits,
    }
}

/// Letters and digits alone.
fn letters(raw: &str) -> String {
    fold::key(raw).replace(' ', "")
}
