//! What goes back, as files that a CRM imports.
//!
//! Input: the cells that go back, which CRM, the contract with its custom fields. Output: a CSV file for each kind of record, with
//! the record's id and one column a field, as the CRM calls them; and a file of what must be set by hand. Invariant: an
//! importer stores exactly the values of the plan; no cell of a file to import is one that a spreadsheet would run; every
//! cell of the plan is in exactly one of the files. A cell of a record that another field of the same file has no value for
//! is left empty, which both CRMs pass over.
//! Sources: Salesforce, *Bulk API*, "Valid CSV Record Rows" (empty fields are ignored in updates, `#N/A` empties one); HubSpot,
//! *Set up your import file* (records by `Record ID`; an import empties nothing; owners by e-mail address).

use serde::{Deserialize, Serialize};

use super::plan::Back;
use crate::contract::Contract;
use crate::crm::{header_key, is_safe, write_csv};
use crate::json::Decode;
use crate::map::Map;
use crate::record::{Object, Table};

/// A CRM whose import columns are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum System {
    /// Salesforce: `Id` and API names, for Data Loader with the Bulk API.
    #[default]
    Salesforce,
    /// HubSpot: `Record ID` and the labels of properties.
    HubSpot,
}

/// One file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ImportFile {
    /// Its name: `lead.csv`, or `by-hand.csv`.
    pub name: String,
    /// Its text.
    pub text: String,
    /// How many values it has.
    pub values: u64,
}

/// The files of what goes back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Exported {
    /// Files to import, by kind of record.
    pub import: Vec<ImportFile>,
    /// What must be set by hand, each with why; cells that a spreadsheet would run have a `'` before them there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_hand: Option<ImportFile>,
}

/// The columns of each field: field, Salesforce's API name, HubSpot's label. A blank where an import cannot write it.
type Names = &'static [(&'static str, &'static str, &'static str)];

const PERSON: Names = &[
    ("email", "Email", "Email"),
    ("first_name", "FirstName", "First Name"),
    ("last_name", "LastName", "Last Name"),
    ("title", "Title", "Job Title"),
    ("company", "Company", "Company Name"),
    ("phone", "Phone", "Phone Number"),
    ("mobile", "MobilePhone", "Mobile Phone Number"),
    ("website", "Website", "Website URL"),
    ("industry", "Industry", "Industry"),
    ("employees", "NumberOfEmployees", "Number of Employees"),
    ("revenue", "AnnualRevenue", "Annual Revenue"),
    ("street", "Street", "Street Address"),
    ("city", "City", "City"),
    ("state", "State", "State/Region"),
    ("postal_code", "PostalCode", "Postal Code"),
    ("country", "Country", "Country/Region"),
    ("source", "LeadSource", ""),
    ("status", "Status", "Lead Status"),
    ("rating", "Rating", ""),
    ("lifecycle_stage", "", "Lifecycle Stage"),
    ("opted_out", "HasOptedOutOfEmail", ""),
    ("do_not_call", "DoNotCall", ""),
    ("owner", "OwnerId", "Contact owner"),
    ("message", "", "Message"),
    ("language", "", "Preferred language"),
];
/// What a contact of Salesforce calls otherwise than a lead.
const CONTACT: Names = &[
    ("company", "", "Company Name"),
    ("street", "MailingStreet", "Street Address"),
    ("city", "MailingCity", "City"),
    ("state", "MailingState", "State/Region"),
    ("postal_code", "MailingPostalCode", "Postal Code"),
    ("country", "MailingCountry", "Country/Region"),
    ("account", "AccountId", "Associated Company IDs"),
    ("website", "", ""),
    ("industry", "", "Industry"),
    ("employees", "", ""),
    ("revenue", "", ""),
    ("status", "", "Lead Status"),
    ("rating", "", ""),
];
const ACCOUNT: Names = &[
    ("name", "Name", "Company name"),
    ("domain", "", "Company Domain Name"),
    ("website", "Website", "Website URL"),
    ("industry", "Industry", "Industry"),
    ("employees", "NumberOfEmployees", "Number of Employees"),
    ("revenue", "AnnualRevenue", "Annual Revenue"),
    ("phone", "Phone", "Phone Number"),
    ("street", "BillingStreet", "Street Address"),
    ("city", "BillingCity", "City"),
    ("state", "BillingState", "State/Region"),
    ("postal_code", "BillingPostalCode", "Postal Code"),
    ("country", "BillingCountry", "Country/Region"),
    ("type", "Type", "Type"),
    ("parent", "ParentId", ""),
    ("owner", "OwnerId", "Company owner"),
];
const OPPORTUNITY: Names = &[
    ("name", "Name", "Deal Name"),
    ("account", "AccountId", ""),
    ("stage", "StageName", "Deal Stage"),
    ("pipeline", "", "Pipeline"),
    ("amount", "Amount", "Amount"),
    ("close_date", "CloseDate", "Close Date"),
    ("type", "Type", "Deal Type"),
    ("forecast_category", "ForecastCategoryName", ""),
    ("owner", "OwnerId", "Deal owner"),
];

impl System {
    /// The word of the command.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Salesforce => "salesforce",
            Self::HubSpot => "hubspot",
        }
    }

    /// The system whose exports have such headers; Salesforce where they do not tell.
    pub fn of_headers<'h>(headers: impl Iterator<Item = &'h str>) -> Self {
        let hubspot =
            ["recordid", "hsobjectid", "contactowner", "companyowner", "dealowner", "lifecyclestage", "hubspotownerid"];
        let many = headers.filter(|header| hubspot.iter().any(|known| header_key(header).starts_with(known))).count();
        if many > 0 { Self::HubSpot } else { Self::Salesforce }
    }

    const fn id(self) -> &'static str {
        match self {
            Self::Salesforce => "Id",
            Self::HubSpot => "Record ID",
        }
    }

    /// How a field is called in an import, or that none can write it; none where that is not known. `name` is the field's
    /// without its object.
    fn column<'c>(self, object: Object, name: &str, contract: &'c Contract) -> Option<Option<&'c str>> {
        let lists: &[Names] = match object {
            Object::Lead => &[PERSON],
            Object::Contact => &[CONTACT, PERSON],
            Object::Account => &[ACCOUNT],
            Object::Opportunity => &[OPPORTUNITY],
            Object::Activity | Object::Owner => &[],
        };
        let known = lists.iter().flat_map(|list| *list).find(|(field, ..)| *field == name);
        if let Some((_, salesforce, hubspot)) = known {
            let column = if self == Self::Salesforce { salesforce } else { hubspot };
            return Some(Some(*column).filter(|column| !column.is_empty()));
        }
        let custom = contract.custom_fields.iter();
        let custom = custom.filter(|custom| custom.object.object() == object && custom.id.as_str() == name);
        // Of several headers the one that looks like an API name is what Data Loader wants.
        let headers: Vec<&str> = custom.flat_map(|custom| custom.columns.iter().map(String::as_str)).collect();
        let api = headers.iter().find(|header| self == Self::Salesforce && header.ends_with("__c"));
        api.or(headers.first()).copied().map(Some)
    }

    /// Why an import of this CRM would not store a value as it is; none where it would.
    fn refuses(self, field: &str, value: Option<&str>) -> Option<&'static str> {
        match (self, value) {
            (Self::HubSpot, None) => Some("an import empties nothing"),
            (Self::Salesforce, Some("#N/A")) => Some("an import would empty the field: `#N/A` means a blank to it"),
            (Self::Salesforce, Some(owner)) if field == "owner" && !is_user(owner) => {
                Some("an import needs the id of a user or a queue, beginning with 005 or 00G")
            }
            (_, Some(text)) if !is_safe(text) => Some("a spreadsheet would run it as a formula"),
            (_, Some(text)) if text.trim() != text => Some("an import would take away the blanks around it"),
            _ => None,
        }
    }
}

/// Whether it is the id of a user or a queue of Salesforce.
fn is_user(text: &str) -> bool {
    let id = matches!(text.len(), 15 | 18) && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    id && (text.starts_with("005") || text.starts_with("00G"))
}

/// Writes what goes back. `tables` are the CRM's own exports, where they are at hand: they know how a field is called of which
/// nothing else is known.
#[must_use]
pub fn export(back: &[Back], system: System, contract: &Contract, tables: &[Table]) -> Exported {
    let mut files: Map<Object, Sheet<'_>> = Map::new();
    let mut by_hand: Vec<[&str; 6]> = Vec::new();
    for back in back {
        let name = back.field.as_str().split_once('.').map_or(back.field.as_str(), |(_, name)| name);
        let own = || {
            let table = tables.iter().find(|table| table.object == Some(back.object))?;
            table.columns.get(table.column(back.field.as_str())?).map(|column| column.header.as_str())
        };
        let column = system.column(back.object, name, contract).unwrap_or_else(own);
        let to = back.to.as_deref();
        let why = match column {
            None => Some("no import column is known for it"),
            Some(_) if !is_safe(back.record.as_str()) => Some("a spreadsheet would run its id as a formula"),
            Some(_) => system.refuses(name, to),
        };
        match (column, why) {
            (Some(column), None) => {
                let blank = if system == System::Salesforce { "#N/A" } else { "" };
                files.get_or_insert(back.object, Sheet::default).put(back.record.as_str(), column, to.unwrap_or(blank));
            }
            (column, why) => by_hand.push([
                back.object.word(),
                back.record.as_str(),
                back.field.as_str(),
                column.unwrap_or_default(),
                to.unwrap_or_default(),
                why.unwrap_or_default(),
            ]),
        }
    }
    let import = files.iter().map(|(object, sheet)| sheet.file(format!("{object}.csv"), system.id())).collect();
    let headers = ["object", "record", "field", "column", "value", "why by hand"];
    let many = by_hand.len() as u64;
    let by_hand = (many > 0).then(|| ImportFile {
        name: "by-hand.csv".to_owned(),
        text: write_csv(&headers, &by_hand),
        values: many,
    });
    Exported { import, by_hand }
}

/// One kind of record: a row a record, a column a field.
#[derive(Debug, Default)]
struct Sheet<'b> {
    columns: Vec<&'b str>,
    rows: Vec<(&'b str, Vec<(usize, &'b str)>)>,
    values: u64,
}

impl<'b> Sheet<'b> {
    /// Cells come record by record.
    fn put(&mut self, record: &'b str, column: &'b str, value: &'b str) {
        let place = self.columns.iter().position(|known| *known == column).unwrap_or_else(|| {
            self.columns.push(column);
            self.columns.len() - 1
        });
        if self.rows.last().is_none_or(|(last, _)| *last != record) {
            self.rows.push((record, Vec::new()));
        }
        if let Some((_, row)) = self.rows.last_mut() {
            row.push((place, value));
        }
        self.values += 1;
    }

    fn file(&self, name: String, id: &'static str) -> ImportFile {
        let headers: Vec<&str> = [id].into_iter().chain(self.columns.iter().copied()).collect();
        let rows = self.rows.iter().map(|(record, row)| {
            let mut cells = vec![""; headers.len()];
            for (place, value) in [(0, *record)].into_iter().chain(row.iter().map(|(place, value)| (place + 1, *value)))
            {
                if let Some(cell) = cells.get_mut(place) {
                    *cell = value;
                }
            }
            cells
        });
        ImportFile { name, text: write_csv(&headers, rows), values: self.values }
    }
}
