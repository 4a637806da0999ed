//! The headers of all CRMs, ready to be looked up.
//!
//! Input: the layouts of each CRM and the contract's custom fields. Output: [`Headers`], which knows where a header
//! stands. Invariant: headers are compared as folded letters and digits alone, so that `E-Mail`, `email` and `EMAIL ` are
//! one; custom fields are compared folded.

use std::fmt;
use std::sync::OnceLock;

use crate::contract::CustomField;
use crate::map::Index;
use crate::normal::fold::fold;
use crate::record::Object;
use crate::tables::{COLUMNS_HUBSPOT, COLUMNS_PIPEDRIVE, COLUMNS_SALESFORCE, COLUMNS_ZOHO};

/// The CRMs whose headers are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum System {
    Salesforce,
    HubSpot,
    Zoho,
    Pipedrive,
}

impl fmt::Display for System {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Salesforce => "Salesforce",
            Self::HubSpot => "HubSpot",
            Self::Zoho => "Zoho",
            Self::Pipedrive => "Pipedrive",
        })
    }
}

/// The columns one CRM writes for one kind of record.
pub(super) struct Layout {
    pub(super) system: System,
    pub(super) object: Object,
    /// Header and field. Where several columns of a file are the same field, the one that stands first here is read.
    /// A header without a field is known, and so helps to tell what a file is, but is kept under its header.
    pub(super) columns: Vec<(&'static str, &'static str)>,
}

/// The layouts of all CRMs. Each list has a part for every kind of record, `[lead]`, and in it lines of `header=field`,
/// or of a header alone; `//` begins a remark. The lists are our own: the tests below ask that nothing in them is lost.
fn layouts() -> &'static [Layout] {
    static LAYOUTS: OnceLock<Vec<Layout>> = OnceLock::new();
    LAYOUTS.get_or_init(|| {
        let lists = [
            (System::Salesforce, COLUMNS_SALESFORCE.text()),
            (System::HubSpot, COLUMNS_HUBSPOT.text()),
            (System::Zoho, COLUMNS_ZOHO.text()),
            (System::Pipedrive, COLUMNS_PIPEDRIVE.text()),
        ];
        let mut layouts: Vec<Layout> = Vec::new();
        for (system, list) in lists {
            for line in list.lines().filter(|line| !line.starts_with("//")) {
                let part = line.strip_prefix('[').and_then(|line| line.strip_suffix(']'));
                if let Some(object) = part.and_then(|part| Object::ALL.into_iter().find(|object| object.word() == part))
                {
                    layouts.push(Layout { system, object, columns: Vec::new() });
                } else if let Some(layout) = layouts.last_mut() {
                    layout.columns.push(line.split_once('=').unwrap_or((line, "")));
                }
            }
        }
        layouts
    })
}

/// All known headers, ready to be looked up.
pub(super) struct Headers<'c> {
    pub(super) layouts: Vec<&'static Layout>,
    /// Layout and rank within it, by key.
    pub(super) places: Index<String, (usize, usize)>,
    /// The custom field that a header belongs to, by folded header.
    custom: Index<String, &'c CustomField>,
}

/// A header as far as it matters: its letters and digits, folded.
pub(crate) fn key(header: &str) -> String {
    fold(header).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Gives every known header with its object and field.
pub(crate) fn each_column(give: &mut impl FnMut(Object, &str, &str)) {
    for layout in layouts() {
        layout.columns.iter().for_each(|(header, field)| give(layout.object, header, field));
    }
}

/// A header as custom fields and extra columns are compared: without regard to case, marks and white space around it.
///
/// ```
/// assert_eq!(interlock_core::crm::fold_header("  Deal\u{a0}Desk  Région "), "deal desk region");
/// ```
#[must_use]
pub fn fold_header(header: &str) -> String {
    fold(header).into_owned()
}

/// Leads and contacts are people both: the columns of one serve the other.
pub(super) const fn serves(layout: Object, object: Object) -> bool {
    layout as u8 == object as u8
        || matches!((layout, object), (Object::Lead, Object::Contact) | (Object::Contact, Object::Lead))
}

/// The slot of Interlock's own name for a field, `lead.email` or `email`, and whether it names the object.
pub(super) fn own_name(header: &str, object: Object) -> Option<(usize, bool)> {
    let header = header.trim();
    let bare = header
        .get(..object.word().len())
        .filter(|start| start.eq_ignore_ascii_case(object.word()))
        .and_then(|start| header[start.len()..].strip_prefix('.'));
    let wanted = key(bare.unwrap_or(header));
    let fields = object.fields();
    let slot = fields.iter().position(|f| !f.derived && key(f.name) == wanted)?;
    Some((slot, bare.is_some()))
}

pub(super) fn is_id_of(header: &str, object: Object) -> bool {
    key(header).strip_suffix("id") == Some(object.word())
}

impl<'c> Headers<'c> {
    pub(super) fn new(custom: &'c [CustomField]) -> Self {
        let layouts: Vec<&'static Layout> = layouts().iter().collect();
        let mut places = Vec::new();
        for (at, layout) in layouts.iter().enumerate() {
            for (rank, (header, _)) in layout.columns.iter().enumerate() {
                places.push((key(header), (at, rank)));
            }
        }
        let mut by_header = Vec::new();
        for field in custom {
            by_header.extend(field.columns.iter().map(|header| (fold_header(header), field)));
        }
        Self { layouts, places: places.into_iter().collect(), custom: by_header.into_iter().collect() }
    }

    /// Whether any CRM, Interlock itself or the contract knows this header.
    pub(super) fn know(&self, header: &str) -> bool {
        !self.places.get(&key(header)).is_empty()
            || !self.custom.get(&fold_header(header)).is_empty()
            || Object::ALL.iter().any(|object| own_name(header, *object).is_some())
    }

    /// The custom field of an object that reads a column.
    pub(super) fn custom(&self, header: &str, object: Object) -> Option<&'c CustomField> {
        let fields = self.custom.get(&fold_header(header));
        fields.iter().find(|field| field.object.object() == object).copied()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_layout_is_sound() {
        let found: Vec<_> = layouts().iter().map(|layout| (layout.system.to_string(), layout.columns.len())).collect();
        let of = |system: &str| {
            let columns = found.iter().filter(|(name, _)| name == system).map(|(_, columns)| *columns);
            (columns.clone().count(), columns.sum::<usize>())
        };
        let counted = ["Salesforce", "HubSpot", "Zoho", "Pipedrive"].map(of);
        assert_eq!(counted, [(6, 235), (5, 209), (6, 155), (6, 194)]);
        for layout in Headers::new(&[]).layouts {
            let mut keys = BTreeSet::new();
            for (header, field) in &layout.columns {
                let known = |object: Object| object.slot(field).is_some_and(|slot| !object.fields()[slot].derived);
                // What only a lead has is named in the layouts of contacts, for contacts that are read as leads.
                let fits = known(layout.object) || layout.object == Object::Contact && known(Object::Lead);
                assert!(field.is_empty() || fits, "{} {} {header}: {field}", layout.system, layout.object);
                assert!(keys.insert(key(header)), "{} {}: `{header}` twice", layout.system, layout.object);
            }
        }
    }
}
