//! Which record a field is written to, and what stands there.
//!
//! Input: the field, what identity found, the snapshot. Output: a [`Target`]. Invariant: a field of an account, a contact or an
//! opportunity is never written to the lead: where the match is no more than probable it is said, and where there is no record
//! nothing can be written.

use std::borrow::Cow;

use super::facts::Facts;
use crate::contract::Verdict;
use crate::gate::Old;
use crate::id::{FieldName, RecordId};
use crate::identity::Outcome;
use crate::intake;
use crate::plan::Fact;
use crate::record::{AccountField, Cell, Event, Object, Record, RecordRef};

/// Where a field is written.
pub(super) struct Target<'a> {
    /// The record; without an id where it is not known which.
    pub(super) record: Cow<'a, RecordRef>,
    /// What stands there.
    pub(super) cell: Cell<'a>,
    /// The same as it arrived, where it did.
    raw: Option<&'a str>,
    /// The laxest verdict that the match allows, with code and words.
    pub(super) limit: Option<(Verdict, &'static str, &'static str)>,
}

impl Target<'_> {
    /// What stands there in words, where it did not arrive with the event.
    pub(super) fn shown(&self) -> Option<String> {
        self.cell.known().filter(|_| self.raw.is_none()).map(ToString::to_string)
    }

    /// What stands there, `shown` being the value in words.
    pub(super) fn old<'o>(&'o self, shown: Option<&'o str>) -> Old<'o> {
        match (&self.cell, self.raw) {
            (Cell::Absent, _) => Old::Unknown,
            (Cell::Blank, _) => Old::Blank,
            (_, Some(raw)) => Old::Value(raw),
            (Cell::Invalid(text), None) => Old::Value(text),
            (Cell::Known(_), None) => shown.map_or(Old::Unknown, Old::Value),
        }
    }
}

/// Finds the record that a field is written to; `fact` is what the field reads as.
pub(super) fn of<'a>(field: &FieldName, fact: Option<Fact>, facts: &Facts<'a>, event: &'a Event) -> Target<'a> {
    let (object, name) = match fact {
        Some(Fact::Lead(_)) => ("lead", ""),
        _ => field.as_str().split_once('.').unwrap_or(("lead", "")),
    };
    let object = match object {
        "lead" => Object::Lead,
        word => Object::ALL.into_iter().find(|known| known.word() == word).unwrap_or(Object::Lead),
    };
    let record = Cow::Borrowed(&event.record);
    let raw = || event.fields.get(field).map(String::as_str);
    if object == Object::Lead {
        let custom = |fact| match fact {
            Some(Fact::Custom(place)) => intake::raw_custom(facts.plan(), event, place),
            _ => None,
        };
        let cell = fact.map_or(Cell::Absent, |fact| facts.cell(fact));
        // As what it arrived matters only where something stands there.
        let stands = !matches!(cell, Cell::Absent | Cell::Blank);
        let raw = if stands { raw().or_else(|| custom(fact)) } else { None };
        return Target { record, cell, raw, limit: None };
    }
    if object == event.record.object {
        let raw = raw();
        let cell = match (raw, fact) {
            (None, _) => Cell::Absent,
            (Some(raw), Some(fact)) => intake::read_value(facts.plan(), fact, raw),
            (Some(raw), None) => Cell::of_text(raw),
        };
        return Target { record, cell, raw, limit: None };
    }
    let (outcome, found) = found(object, facts);
    // The account's own id stands in the slot of the others' as well.
    let id = found.and_then(|found| found.text(AccountField::Id.slot()));
    let limit = match (outcome, id) {
        (Outcome::Ambiguous, _) => Some((Verdict::Review, "record-uncertain", "several records come into question")),
        (Outcome::None, _) | (_, None) => {
            Some((Verdict::Block, "record-unknown", "it is not known which record it would be written to"))
        }
        (Outcome::Probable, Some(_)) => {
            Some((Verdict::Suggest, "record-uncertain", "the record it would be written to matches only probably"))
        }
        (Outcome::Exact, Some(_)) => None,
    };
    let cell = match (found, fact, object.slot(name)) {
        (Some(found), Some(Fact::Custom(place)), _) => found.cell(found.custom_slot(usize::from(place))).clone(),
        (Some(found), _, Some(slot)) => found.cell(slot).clone(),
        _ => Cell::Absent,
    };
    let id = RecordId::from(id.unwrap_or_default());
    Target { record: Cow::Owned(RecordRef { object, id }), cell, raw: None, limit }
}

/// The record of this object that the event is about, and how sure that is.
fn found<'a>(object: Object, facts: &Facts<'a>) -> (Outcome, Option<&'a Record<'static>>) {
    let Some(matched) = facts.matched else { return (Outcome::None, None) };
    match object {
        Object::Account => (matched.account.outcome, matched.account_record(facts.crm())),
        Object::Contact => (matched.person.outcome, matched.person_record(facts.crm(), Object::Contact)),
        Object::Opportunity => {
            let account = matched.account_record(facts.crm());
            let id = account.and_then(|account| account.text(AccountField::Id.slot()));
            let Some(account) = id.and_then(|id| facts.crm().account_with_id(id)) else {
                return (matched.account.outcome, None);
            };
            let mut open = facts.crm().open_opportunities(account);
            // Whether it is this deal that the lead is about is a guess, however sure the account is.
            match (open.next(), open.next()) {
                (None, _) => (Outcome::None, None),
                (one, None) => (Outcome::Probable, one),
                _ => (Outcome::Ambiguous, None),
            }
        }
        _ => (Outcome::None, None),
    }
}
