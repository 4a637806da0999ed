//! Which columns of a table hold what is compared.
//!
//! Input: a table of any origin, and what the caller says of its columns. Output: a [`Mapping`]: for each attribute its
//! columns, the column of ids, and what is not used; then the [`Forms`] of each row. Invariant: what is stated holds and
//! nothing is guessed beside it; what is recognised is a CRM's own column or one of the names below; a table in which
//! nothing can be compared is refused with its columns.

use super::forms::{Forms, Reading};
use crate::contract::{Attribute, BlockingKey, MatchModel};
use crate::crm::{ReadError, header_key};
use crate::id::FieldName;
use crate::map::Map;
use crate::normal::date::{DayOrderEvidence, detect_day_order};
use crate::record::{Object, Row, Table};

/// What a column can be for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// A full name, of which given name and surname are taken.
    Name,
    /// An attribute.
    Of(Attribute),
}

impl Slot {
    /// The word used in flags and reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Of(attribute) => attribute.word(),
        }
    }

    /// From its word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::all().find(|slot| slot.word() == word)
    }

    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> + Clone {
        std::iter::once(Self::Name).chain(Attribute::ALL.iter().map(|attribute| Self::Of(*attribute)))
    }
}

/// What the caller says of columns: several are joined by a space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// What they hold.
    pub of: Slot,
    /// Their headers.
    pub columns: Vec<String>,
}

/// Columns that hold one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What.
    pub of: Slot,
    /// Their places; several are joined by a space.
    pub columns: Vec<usize>,
}

/// Which columns of a table hold what is compared.
#[derive(Clone, Debug)]
pub struct Mapping {
    /// The column by which a record is known; by its line where there is none.
    pub id: Option<usize>,
    /// What is read, the country first; of several parts for one attribute the first that is not blank counts.
    pub parts: Vec<Part>,
    /// The columns that are not used.
    pub unused: Vec<usize>,
    /// How cells are read.
    reading: Reading,
}

/// Headers by what they hold, as letters and digits alone.
const NAMES: [(Slot, &str); 17] = [
    (Slot::Of(Attribute::GivenName), "givenname firstname forename fname first givennames vorname prenom"),
    (Slot::Of(Attribute::Surname), "surname lastname familyname lname last nachname apellido apellidos"),
    (Slot::Name, "name fullname personname contactname displayname"),
    (Slot::Of(Attribute::Email), "email emailaddress mail mailaddress workemail businessemail emailid"),
    (Slot::Of(Attribute::Phone), "phone phonenumber telephone tel telephonenumber workphone businessphone telefon"),
    (Slot::Of(Attribute::Mobile), "mobile mobilephone mobilenumber cell cellphone handy"),
    (
        Slot::Of(Attribute::Company),
        "company companyname organisation organization organisationname organizationname org orgname employer business \
         businessname account accountname firm firma entity entityname legalname",
    ),
    (Slot::Of(Attribute::Domain), "domain companydomain website websiteurl url web homepage"),
    (Slot::Of(Attribute::HouseNumber), "housenumber houseno streetnumber streetno hausnummer"),
    (
        Slot::Of(Attribute::Street),
        "street streetname streetaddress address address1 addressline1 addr addr1 street1 mailingstreet strasse",
    ),
    (Slot::Of(Attribute::AddressLine), "addressline address2 addressline2 addr2 street2"),
    (Slot::Of(Attribute::City), "city town suburb locality municipality place ort stadt"),
    (Slot::Of(Attribute::PostalCode), "postalcode postcode zip zipcode plz"),
    (Slot::Of(Attribute::State), "state province region stateprovince county"),
    (Slot::Of(Attribute::Country), "country countrycode countryname nation land"),
    (Slot::Of(Attribute::BirthDate), "birthdate dateofbirth dob birthday geburtsdatum"),
    (
        Slot::Of(Attribute::Identifier),
        "identifier ssn socsecid socialsecurity socialsecuritynumber nationalid taxid vat vatid vatnumber nino \
         registrationnumber customernumber",
    ),
];

/// Headers of ids.
const IDS: &str = "id recid recordid uniqueid uid guid uuid key rowid leadid contactid accountid companyid personid \
                   customerid externalid";

impl Mapping {
    /// Finds the columns of a table: those that are stated, or, where none are, those that a contract names (`kept`, as far
    /// as this table has them) and for the rest those that are recognised.
    ///
    /// # Errors
    /// When a stated column is not there, or nothing that `model` compares is.
    pub fn find(
        table: &Table,
        stated: &[Stated],
        kept: &Map<String, Vec<String>>,
        id: Option<&str>,
        model: &MatchModel,
        mut reading: Reading,
    ) -> Result<Self, ReadError> {
        let id = match id {
            Some(header) => Some(column(table, header)?),
            None => recognised_id(table),
        };
        let mut parts = Vec::new();
        for one in stated {
            let columns = one.columns.iter().map(|header| column(table, header)).collect::<Result<Vec<_>, _>>()?;
            parts.push(Part { of: one.of, columns });
        }
        if stated.is_empty() {
            for of in Slot::all() {
                let headers = kept.get(of.word()).map_or(&[][..], Vec::as_slice);
                let first = headers.iter().find_map(|header| column(table, header).ok());
                parts.extend(first.map(|at| Part { of, columns: vec![at] }));
            }
            let named: Vec<Part> = parts.clone();
            let of_companies = !compares(model, Attribute::GivenName) && !compares(model, Attribute::Surname);
            for (at, column) in table.columns.iter().enumerate() {
                if Some(at) != id
                    && let Some(of) =
                        recognised(table, &column.header, column.field.as_ref().map(FieldName::as_str), of_companies)
                    && !named.iter().any(|part| part.of == of || part.columns.contains(&at))
                {
                    parts.push(Part { of, columns: vec![at] });
                }
            }
        }
        // Phone numbers and states are read by the country, a street by its house number.
        crate::order::sort_by_key(&mut parts, |part| match part.of {
            Slot::Of(Attribute::Country) => 0,
            Slot::Of(Attribute::HouseNumber) => 1,
            _ => 2,
        });
        let is_used = |at: usize| Some(at) == id || parts.iter().any(|part| part.columns.contains(&at));
        let unused = (0..table.columns.len()).filter(|at| !is_used(*at)).collect();
        if reading.day_order.is_none() {
            reading.day_order = day_order(table, &parts);
        }
        let mapping = Self { id, parts, unused, reading };
        if mapping.is_of_use(model) { Ok(mapping) } else { Err(mapping.refused(table, model)) }
    }

    /// Whether some blocking rule can be met, and so anything be compared.
    fn is_of_use(&self, model: &MatchModel) -> bool {
        model.blocking.iter().any(|rule| rule.on.iter().all(|key| needs(*key).iter().any(|one| self.has(*one))))
    }

    fn has(&self, attribute: Attribute) -> bool {
        self.parts.iter().any(|part| match part.of {
            Slot::Name => matches!(attribute, Attribute::GivenName | Attribute::Surname),
            // A street holds its house number, an e-mail address its domain.
            Slot::Of(Attribute::Street) if attribute == Attribute::HouseNumber => true,
            Slot::Of(Attribute::Email) if attribute == Attribute::Domain => true,
            Slot::Of(own) => own == attribute,
        })
    }

    fn refused(&self, table: &Table, model: &MatchModel) -> ReadError {
        let used: Vec<&str> = self.parts.iter().map(|part| part.of.word()).collect();
        let columns = crate::crm::shown_list(table.columns.iter().map(|column| column.header.as_str()));
        let found = match used.is_empty() {
            true => format!("none among its columns {columns}"),
            false => format!("{} alone among its columns {columns}", used.join(", ")),
        };
        let compared: Vec<&str> = Slot::all()
            .filter(|slot| match slot {
                Slot::Name => compares(model, Attribute::Surname),
                Slot::Of(attribute) => compares(model, *attribute),
            })
            .map(Slot::word)
            .collect();
        ReadError::new(
            &table.file,
            "columns by which records can be found and compared",
            found,
            format!(
                "say which column holds what, as in `{}=HEADER`; compared are {}",
                if compares(model, Attribute::Surname) { "surname" } else { "company" },
                compared.join(", ")
            ),
        )
        .at(1)
    }

    /// The id of a row.
    #[must_use]
    pub fn id(&self, row: &Row) -> String {
        let cell = self.id.and_then(|at| row.cells.get(at)).map(|cell| cell.trim());
        cell.filter(|cell| !cell.is_empty()).map_or_else(|| row.line.to_string(), str::to_owned)
    }

    /// Reads what is compared of a row.
    pub fn fill(&self, row: &Row, forms: &mut Forms) {
        let cell = |at: &usize| row.cells.get(*at).map_or("", |cell| cell.trim());
        for part in &self.parts {
            let joined;
            let text = match part.columns.as_slice() {
                [one] => cell(one),
                several => {
                    let filled: Vec<&str> = several.iter().map(cell).filter(|cell| !cell.is_empty()).collect();
                    joined = filled.join(" ");
                    &joined
                }
            };
            match part.of {
                Slot::Name => forms.set_name(text),
                Slot::Of(attribute) => forms.set(attribute, text, &self.reading),
            }
        }
        forms.domain_of_email(&self.reading);
    }
}

fn compares(model: &MatchModel, attribute: Attribute) -> bool {
    model.comparisons.iter().any(|comparison| comparison.of == attribute)
}

/// Of which attributes a blocking key is made: any of them will do.
const fn needs(key: BlockingKey) -> &'static [Attribute] {
    match key {
        BlockingKey::Name | BlockingKey::Surname | BlockingKey::SurnameSound => &[Attribute::Surname],
        BlockingKey::GivenName | BlockingKey::GivenInitial => &[Attribute::GivenName],
        BlockingKey::Email | BlockingKey::Mailbox => &[Attribute::Email],
        BlockingKey::Phone => &[Attribute::Phone, Attribute::Mobile],
        BlockingKey::Company | BlockingKey::CompanyWord | BlockingKey::CompanyStart => &[Attribute::Company],
        BlockingKey::Domain => &[Attribute::Domain],
        BlockingKey::HouseNumber => &[Attribute::HouseNumber],
        BlockingKey::Street => &[Attribute::Street],
        BlockingKey::AddressLine => &[Attribute::AddressLine],
        BlockingKey::City => &[Attribute::City],
        BlockingKey::PostalCode => &[Attribute::PostalCode],
        BlockingKey::BirthDate | BlockingKey::BirthYear => &[Attribute::BirthDate],
        BlockingKey::Identifier => &[Attribute::Identifier],
    }
}

/// The place of a header: as it is written, otherwise by its letters and digits.
fn column(table: &Table, header: &str) -> Result<usize, ReadError> {
    let wanted = header_key(header);
    let exact = table.columns.iter().position(|column| column.header == header.trim());
    exact.or_else(|| table.columns.iter().position(|column| header_key(&column.header) == wanted)).ok_or_else(|| {
        ReadError::new(
            &table.file,
            format!("a column `{header}`"),
            crate::crm::shown_list(table.columns.iter().map(|column| column.header.as_str())),
            "write the header as it stands in the file's first line",
        )
        .at(1)
    })
}

fn recognised_id(table: &Table) -> Option<usize> {
    let field = |at: &usize| {
        table.columns[*at]
            .field
            .as_ref()
            .is_some_and(|field| field.as_str().split_once('.').is_some_and(|(_, f)| f == "id"))
    };
    let columns = || 0..table.columns.len();
    columns().find(field).or_else(|| {
        columns().find(|at| {
            let key = header_key(&table.columns[*at].header);
            IDS.split(' ').any(|id| id == key)
        })
    })
}

/// What a column holds: by the field that a CRM's reader gave it, otherwise by its name.
fn recognised(table: &Table, header: &str, field: Option<&str>, of_companies: bool) -> Option<Slot> {
    let named = |key: &str| {
        let known = NAMES.iter().find(|(_, names)| names.split(' ').any(|name| name == key)).map(|(slot, _)| *slot);
        match known {
            Some(Slot::Name) if of_companies => Some(Slot::Of(Attribute::Company)),
            other => other,
        }
    };
    let people = matches!(table.object, Some(Object::Lead | Object::Contact));
    let of_field = match (table.object, field.and_then(|field| field.split_once('.'))) {
        (Some(Object::Account), Some((_, "name"))) => Some(Slot::Of(Attribute::Company)),
        (Some(Object::Account), Some((_, field))) => named(&header_key(field)),
        // `name` is the person's here, whatever is compared.
        (_, Some((_, "name"))) if people => Some(Slot::Name),
        (_, Some((_, field))) if people => match field {
            "account_domain" => Some(Slot::Of(Attribute::Domain)),
            "account" => None,
            _ => named(&header_key(field)),
        },
        _ => None,
    };
    match field {
        // An id of another record is no name.
        Some(field) if table.object.is_some() && field.ends_with(".account") => None,
        _ => of_field.or_else(|| named(&header_key(header))),
    }
}

/// Which of day and month comes first in the dates of birth, where they tell.
fn day_order(table: &Table, parts: &[Part]) -> Option<crate::normal::date::DayOrder> {
    let part = parts.iter().find(|part| part.of == Slot::Of(Attribute::BirthDate))?;
    let at = *part.columns.first()?;
    let cells = table.rows.iter().filter_map(|row| row.cells.get(at)).map(|cell| &**cell);
    match detect_day_order(cells) {
        DayOrderEvidence::Order(order) => Some(order),
        _ => None,
    }
}
