//! Which field each column of a file is.
//!
//! Input: the headers and what the file was recognised as. Output: a [`Column`] for each header, in their order.
//! Invariant: every column of the file is in the result and no field is given twice; a column without a field keeps its
//! header. Of several columns for one field the best is read, whatever their order: Interlock's own name, then the
//! layout of the file, then those of other CRMs; which that was is a note.

use super::error::{counted, shown, shown_list};
use super::layout::{Headers, is_id_of, key, own_name, serves};
use super::recognise::Recognised;
use crate::id::FieldName;
use crate::map::Map;
use crate::record::{Column, Object, TableNote};

/// The columns without which little can be said of a record, each with what an export calls it.
const IMPORTANT: &[(Object, &[&str], &str)] = &[
    (Object::Lead, &["id"], "Record ID"),
    (Object::Lead, &["email"], "Email"),
    (Object::Lead, &["company"], "Company Name"),
    (Object::Lead, &["source"], "Lead Source"),
    (Object::Lead, &["owner"], "Lead Owner"),
    (Object::Lead, &["created_at"], "Create Date"),
    (Object::Contact, &["id"], "Contact ID"),
    (Object::Contact, &["email"], "Email"),
    (Object::Contact, &["account", "account_domain"], "Associated Company IDs"),
    (Object::Account, &["id"], "Account ID"),
    (Object::Account, &["name"], "Account Name"),
    (Object::Account, &["domain", "website"], "Website"),
    (Object::Account, &["owner"], "Account Owner"),
    (Object::Opportunity, &["id"], "Opportunity ID"),
    (Object::Opportunity, &["account", "account_domain"], "Account ID"),
    (Object::Opportunity, &["stage"], "Stage"),
    (Object::Activity, &["at"], "Activity date"),
    (Object::Activity, &["person", "person_email", "account"], "Contact ID"),
    (Object::Owner, &["id"], "User ID"),
    (Object::Owner, &["name", "email"], "Full Name"),
];

impl Headers<'_> {
    /// How good a column is for a field: the lower the better.
    fn field(&self, header: &str, recognised: Recognised) -> Option<(&'static str, (u8, usize))> {
        let object = recognised.object;
        let own = own_name(header, object).map(|(slot, named)| (object.fields()[slot].name, named));
        if let Some((field, true)) = own {
            return Some((field, (0, 0)));
        }
        // `lead_id` is a lead's own id wherever it stands, although other layouts point to leads by it.
        if is_id_of(header, object) {
            return Some(("id", (0, 1)));
        }
        let places = self.places.get(&key(header));
        let place = |layer: u8, fits: &dyn Fn(usize) -> bool| {
            let (at, rank) = places.iter().find(|(at, _)| fits(*at))?;
            let (_, field) = self.layouts[*at].columns[*rank];
            Some((field, (layer, *rank)))
        };
        place(1, &|at| Some(at) == recognised.layout)
            .or_else(|| own.map(|(field, _)| (field, (2, 0))))
            .or_else(|| place(3, &|at| self.layouts[at].object == object))
            .or_else(|| place(4, &|at| serves(self.layouts[at].object, object)))
            .filter(|(field, _)| object.slot(field).is_some())
    }

    /// Gives each header its field.
    pub(super) fn assign(
        &self,
        headers: Vec<String>,
        recognised: Option<Recognised>,
        notes: &mut Vec<TableNote>,
    ) -> Vec<Column> {
        let Some(recognised) = recognised else {
            return headers.into_iter().map(|header| Column { header, field: None }).collect();
        };
        let object = recognised.object;
        let fields: Vec<_> = headers
            .iter()
            .map(|header| match self.custom(header, object) {
                Some(_) => None,
                None => self.field(header, recognised),
            })
            .collect();
        let mut taken: Map<&str, usize> = Map::new();
        for (at, field) in fields.iter().enumerate() {
            let Some((name, goodness)) = field else {
                continue;
            };
            let holder = taken.get_or_insert(name, || at);
            if fields[*holder].is_some_and(|(_, held)| *goodness < held) {
                *holder = at;
            }
        }
        let mut unknown = Vec::new();
        for (at, header) in headers.iter().enumerate() {
            match (self.custom(header, object), fields[at]) {
                (Some(custom), _) => {
                    if let Some((field, _)) = self.field(header, recognised) {
                        notes.push(TableNote {
                            code: "custom-column",
                            message: format!(
                                "column {} is the custom field `{object}.{}`, and so not `{object}.{field}`",
                                shown(header),
                                custom.id
                            ),
                            help: None,
                        });
                    }
                }
                (None, Some((field, _))) if taken.get(field) != Some(&at) => {
                    let holder = taken.get(field).copied().unwrap_or_default();
                    notes.push(TableNote {
                        code: "duplicate-column",
                        message: format!(
                            "`{object}.{field}` is read from column {}, {}; column {}, {}, would be it too and is kept \
                             under its header",
                            holder + 1,
                            shown(&headers[holder]),
                            at + 1,
                            shown(header)
                        ),
                        help: Some("leave one of them out of the export, or name one otherwise".to_owned()),
                    });
                }
                (None, None) => unknown.push(header.as_str()),
                (None, Some(_)) => {}
            }
        }
        if !unknown.is_empty() {
            notes.push(TableNote {
                code: "unknown-column",
                message: format!(
                    "{} without a field, kept under the header: {}",
                    counted(unknown.len(), "column"),
                    shown_list(unknown.iter().copied())
                ),
                help: Some("to use one in a condition, name it in `custom_fields` of the contract".to_owned()),
            });
        }
        for (_, any, example) in IMPORTANT.iter().filter(|(of, ..)| *of == object) {
            if !any.iter().any(|field| taken.contains_key(field)) {
                let names: Vec<_> = any.iter().map(|field| format!("`{object}.{field}`")).collect();
                notes.push(TableNote {
                    code: "missing-column",
                    message: format!("no column for {}: unknown for every row", names.join(" or ")),
                    help: Some(format!("add it to the export, for example as `{example}`")),
                });
            }
        }
        let columns = headers.into_iter().enumerate().map(|(at, header)| Column {
            field: fields[at]
                .filter(|(field, _)| taken.get(field) == Some(&at))
                .map(|(field, _)| FieldName::from(format!("{object}.{field}"))),
            header,
        });
        columns.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_layout_is_recognised_by_its_own_columns() {
        let known = Headers::new(&[]);
        for (at, layout) in known.layouts.iter().enumerate() {
            let headers: Vec<_> = layout.columns.iter().map(|(header, _)| (*header).to_owned()).collect();
            let (found, _) = known.recognise("f", &headers, None).unwrap();
            assert_eq!((found.object, found.layout), (layout.object, Some(at)), "{} {}", layout.system, layout.object);
            let columns = known.assign(headers, Some(found), &mut Vec::new());
            for (column, (header, field)) in columns.iter().zip(&layout.columns) {
                let first = layout.columns.iter().find(|(_, other)| other == field).is_some_and(|(h, _)| h == header);
                let expected =
                    layout.object.slot(field).filter(|_| first).map(|_| format!("{}.{field}", layout.object));
                // An id that names its object goes before the others, whatever the layout prefers.
                if *field != "id" {
                    assert_eq!(
                        column.field.as_ref().map(FieldName::as_str),
                        expected.as_deref(),
                        "{} {} `{header}`",
                        layout.system,
                        layout.object
                    );
                }
            }
        }
    }

    #[test]
    fn important_columns_are_fields() {
        for (object, fields, _) in IMPORTANT {
            assert!(fields.iter().all(|field| object.slot(field).is_some()), "{object}: {fields:?}");
        }
    }
}
