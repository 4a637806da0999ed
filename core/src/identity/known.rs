//! The people and the companies of a snapshot, weighed against a lead.
//!
//! Input: the records of a snapshot and the contract's match models; then a lead. Output: whom the lead could be, the
//! most probable first. Invariant: a lead never finds itself; what is found does not depend on the order of the records
//! but where two weigh the same, and then a person chooses.

use super::forms::{self, Forms, Reading};
use super::index::{Found, Index};
use super::outcome::Limits;
use super::waterfall::Waterfall;
use super::{Candidate, Evidence, Outcome, Side, candidate, is_self};
use crate::contract::{Attribute, MatchModel};
use crate::intake::Lead;
use crate::record::{Crm, Object, Place, Record};

/// More candidates than these are not listed: nobody reads on.
const MOST_CANDIDATES: usize = 8;

/// The people or the companies of a snapshot, indexed.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    index: Index,
    /// The objects its records are of, and where the records of each end.
    objects: Vec<(Object, u32)>,
    reading: Reading,
    /// The cells of a lead that are compared.
    slots: Vec<(usize, Attribute)>,
    limits: Limits,
}

impl Known {
    pub(crate) fn build(model: &MatchModel, tables: &[(Object, &[Record<'static>])], reading: Reading) -> Self {
        let mut objects = Vec::new();
        let mut end = 0;
        for (object, records) in tables {
            end += u32::try_from(records.len()).unwrap_or(u32::MAX);
            objects.push((*object, end));
        }
        let mut records = tables.iter().flat_map(|(object, records)| {
            let slots = forms::slots(*object);
            records.iter().map(move |record| (record, slots.clone()))
        });
        let index = Index::build(model, |forms| match records.next() {
            Some((record, slots)) => {
                forms.read(record, &slots, reading);
                true
            }
            None => false,
        });
        Self { index, objects, reading, slots: forms::slots(Object::Lead), limits: Limits::of(model) }
    }

    pub(super) const fn index(&self) -> &Index {
        &self.index
    }

    pub(super) fn place(&self, record: u32) -> Option<Place> {
        let mut start = 0;
        for (object, end) in &self.objects {
            if record < *end {
                return Some((*object, record - start));
            }
            start = *end;
        }
        None
    }

    fn number(&self, (wanted, place): Place) -> Option<u32> {
        let mut start = 0;
        for (object, end) in &self.objects {
            if *object == wanted {
                return Some(start + place).filter(|number| number < end);
            }
            start = *end;
        }
        None
    }

    /// Why a lead and a record weigh what they weigh together, however the record was found.
    pub(super) fn explain(&self, lead: &Lead<'_>, place: Place) -> Option<Waterfall> {
        let forms = self.forms(lead);
        let (values, number) = (forms.values(), self.number(place)?);
        Some(self.index.explain(&values, number, &self.index.weigh(&values, number)))
    }

    fn forms(&self, lead: &Lead<'_>) -> Forms {
        let mut forms = Forms::default();
        forms.read(&lead.record, &self.slots, self.reading);
        forms
    }

    /// Whom the lead could be. Nobody where none is probable enough for a person to look.
    pub(super) fn search(&self, lead: &Lead<'_>, crm: &Crm, full: bool) -> Option<Side> {
        let forms = self.forms(lead);
        let values = forms.values();
        let mut found = self.index.search(&values, self.limits.review, &mut Vec::new());
        found.retain(|one| self.place(one.record).is_some_and(|place| !is_self(crm, place, lead)));
        let best = found.first()?;
        let alone = found
            .get(1)
            .is_none_or(|next| best.weighed.total.0.saturating_sub(next.weighed.total.0) >= self.limits.margin);
        let sure = alone && best.weighed.total.0 >= self.limits.probable;
        let named = |one: &Found| -> Option<Candidate> {
            let waterfall = self.index.explain(&values, one.record, &one.weighed);
            Some(Candidate { waterfall: Some(Box::new(waterfall)), ..candidate(crm, self.place(one.record)?)? })
        };
        let place = if sure { self.place(best.record) } else { None };
        let mut side = Side {
            outcome: if sure { Outcome::Probable } else { Outcome::Ambiguous },
            by: Some(Evidence::Weight),
            place,
            ..Side::NONE
        };
        if full {
            side.record = if sure { named(best) } else { None };
            side.candidates = found.iter().skip(usize::from(sure)).take(MOST_CANDIDATES).filter_map(named).collect();
        }
        Some(side)
    }
}
