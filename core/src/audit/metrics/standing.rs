//! How the CRM stands: how full its material fields are, how many records are there twice.
//!
//! Input: a snapshot, and the plan it was read under. Output: a [`Standing`]. Invariant: a field whose column the data does not
//! have is named and not counted; what cannot be read is not filled.

use serde::{Deserialize, Serialize};

use super::Share;
use crate::contract::MaxVerdict;
use crate::crm::record_id;
use crate::id::FieldName;
use crate::identity::duplicates;
use crate::json::Decode;
use crate::plan::Plan;
use crate::record::{Cell, Crm, Object};

/// How the CRM stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
pub struct Standing {
    /// Each material field.
    pub fields: Vec<FieldCompletion>,
    /// Records beyond the first of each set of duplicates, of all that were compared; none where nothing could be.
    pub duplicates: Option<Share>,
}

/// How full a field is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FieldCompletion {
    /// The field.
    pub field: FieldName,
    /// Filled, of all; nothing of nothing where the data has no such column.
    pub share: Share,
}

impl Standing {
    /// Of a snapshot. Material are the fields that the contract lets AI fill or suggest; eligible the records for which
    /// `eligible` says so, by object and id.
    #[must_use]
    pub fn of(plan: &Plan, crm: &Crm, eligible: &dyn Fn(Object, &str) -> bool) -> Self {
        let contract = plan.contract();
        let material = contract.fields.iter().filter(|policy| policy.ai != MaxVerdict::Never);
        let fields = material.filter_map(|policy| {
            let (object, name) = policy.field.as_str().split_once('.')?;
            let object = Object::ALL.into_iter().find(|one| one.word() == object)?;
            let own = contract.custom_fields.iter();
            let own = own.map(|own| (own.object.object(), own.id.as_str())).position(|own| own == (object, name));
            // Fields of one's own stand after those that every CRM has.
            let slot = object.read_slot(name).or_else(|| own.map(|place| object.fields().len() + place))?;
            let mut share = Share::default();
            for record in crm.records(object) {
                let cell = record.cell(slot);
                let id = || record_id(record.text(0).unwrap_or_default());
                if !matches!(cell, Cell::Absent) && eligible(object, id().as_str()) {
                    share.add(cell.known().is_some());
                }
            }
            crm.has(object).then(|| FieldCompletion { field: policy.field.clone(), share })
        });
        let fields = fields.collect();
        let mut found: Option<Share> = None;
        for object in [Object::Lead, Object::Account] {
            if let Some(of) = duplicates(plan, crm, object).filter(|of| of.records > 0) {
                found.get_or_insert_default().join(Share { hits: u64::from(of.surplus), of: u64::from(of.records) });
            }
        }
        Self { fields, duplicates: found }
    }

    /// All fields together.
    #[must_use]
    pub fn completion(&self) -> Share {
        let mut all = Share::default();
        self.fields.iter().for_each(|field| all.join(field.share));
        all
    }
}
