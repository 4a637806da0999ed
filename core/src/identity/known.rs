//! The people and the companies of a snapshot, weighed against a lead.
//!
//! Input: the records of a snapshot and the contract's match models; then a lead. Output: whom the lead could be, the
//! most probable first. Invariant: a lead never finds itself; what is found does not depend on the order of the records
//! but where two weigh the same, and then a person chooses.

use std::rc::Rc;

use super::forms::{self, Forms, Reading};
use super::index::{Found, Index};
use super::outcome::Limits;
use super::waterfall::Waterfall;
use super::{Candidate, Evidence, Outcome, Side, candidate, is_family, is_self, tie};
use crate::contract::{Attribute, MatchModel, TieBreaker};
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
            let slots = Rc::new(forms::slots(*object));
            records.iter().map(move |record| (record, Rc::clone(&slots)))
        });
        let index = Index::build(model, |forms| match records.next() {
            Some((record, slots)) => {
                forms.read(record, &slots, &reading);
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
        forms.read(&lead.record, &self.slots, &self.reading);
        forms
    }

    /// Whom the lead could be. Nobody where none is probable enough for a person to look. `ties` decide between several
    /// of about the same weight, each of them probable; a company and its parent go to a person.
    pub(super) fn search(&self, lead: &Lead<'_>, crm: &Crm, ties: &[TieBreaker], full: bool) -> Option<Side> {
        let forms = self.forms(lead);
        let values = forms.values();
        let mut found = self.index.search(&values, self.limits.review);
        found.retain(|one| self.place(one.record).is_some_and(|place| !is_self(crm, place, lead)));
        let most = found.first()?.weighed.total.0;
        let close = found.iter().take_while(|one| most.saturating_sub(one.weighed.total.0) < self.limits.margin);
        let places: Vec<Place> = close.filter_map(|one| self.place(one.record)).collect();
        let mut accounts = found.iter().filter_map(|one| self.place(one.record));
        let family = matches!(accounts.next(), Some((Object::Account, best))
            if accounts.any(|(_, other)| is_family(crm, &[best, other])));
        let (mut sure, mut tie_breaker) = (false, None);
        if most >= self.limits.probable && !family {
            sure = places.len() == 1;
            if let (preferred, Some(tie)) = tie::prefer(ties, &places, Some(lead), crm)
                && let [one] = preferred.as_slice()
                && let Some(at) = found.iter().position(|found| self.place(found.record) == Some(*one))
                && found[at].weighed.total.0 >= self.limits.probable
            {
                (sure, tie_breaker) = (true, Some(tie));
                let chosen = found.remove(at);
                found.insert(0, chosen);
            }
        }
        let best = found.first()?;
        let named = |one: &Found| -> Option<Candidate> {
            let waterfall = self.index.explain(&values, one.record, &one.weighed);
            Some(Candidate { waterfall: Some(Box::new(waterfall)), ..candidate(crm, self.place(one.record)?)? })
        };
        let place = if sure { self.place(best.record) } else { None };
        let mut side = Side {
            outcome: if sure { Outcome::Probable } else { Outcome::Ambiguous },
            by: Some(if family { Evidence::Family } else { Evidence::Weight }),
            place,
            tie_breaker,
            ..Side::NONE
        };
        if full {
            side.record = if sure { named(best) } else { None };
            side.candidates = found.iter().skip(usize::from(sure)).take(MOST_CANDIDATES).filter_map(named).collect();
        }
        Some(side)
    }
}
