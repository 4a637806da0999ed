//! The sweep: what the clock raises where nothing happened.
//!
//! Input: a plan, the snapshot and a time. Output: one event for each lead that has been quiet for as long as a workflow waits,
//! in the order of the snapshot. Invariant: a lead is dormant or without a reply, never both; what cannot be known raises
//! nothing; the same snapshot at the same time gives the same events.
//!
//! *Quiet* counts from the last thing that happened: the lead's own last activity, its activities up to `as_of`, else its
//! creation. *No reply* counts from the last activity of ours that no activity of theirs came after. Only activities that
//! say their direction tell who acted.

use super::touches;
use crate::contract::{EventKind, Motion};
use crate::crm::comparable;
use crate::id::EventId;
use crate::map::Map;
use crate::plan::Plan;
use crate::record::{ActivityField, Cell, Crm, Event, LeadField, Object, RawName, Record, RecordRef, State, Value};
use crate::route::breaches;
use crate::time::Timestamp;

/// The days after which a lead counts as dormant, where no trigger says.
const DORMANT_AFTER: u32 = 90;
/// The days after which a message counts as unanswered, where no trigger says.
const NO_REPLY_AFTER: u32 = 5;

/// The `dormant` and `no_reply` events of a snapshot at a time. Nothing is raised that no workflow listens to.
///
/// The leads of the snapshot are looked at, not its contacts. The events are outbound: nobody came to us.
#[must_use]
pub fn sweep(plan: &Plan, crm: &Crm, as_of: Timestamp) -> Vec<Event> {
    let dormant = waits(plan, EventKind::Dormant, DORMANT_AFTER);
    let no_reply = waits(plan, EventKind::NoReply, NO_REPLY_AFTER);
    if dormant.is_none() && no_reply.is_none() {
        return Vec::new();
    }
    let over = |since: Option<Timestamp>, days: Option<u32>| {
        since.zip(days).is_some_and(|(since, days)| since.plus_days(days.into()) <= as_of)
    };
    let mut events = Vec::new();
    for lead in crm.records(Object::Lead) {
        let Some(id) = lead.text(LeadField::Id.slot()) else { continue };
        let email = lead.text(LeadField::Email.slot()).unwrap_or_default();
        let mut last = time(lead, LeadField::LastActivityAt.slot(), as_of);
        let (mut from_us, mut from_them) = (None, None);
        for activity in crm.activities_with(&[comparable(id), email]) {
            // What is planned has not happened.
            let at = time(activity, ActivityField::At.slot(), as_of);
            last = last.max(at);
            match touches::from_us(activity) {
                Some(true) => from_us = from_us.max(at),
                Some(false) => from_them = from_them.max(at),
                None => {}
            }
        }
        let quiet_since = last.or_else(|| time(lead, LeadField::CreatedAt.slot(), as_of));
        let unanswered = from_us.filter(|_| from_us > from_them);
        let kind = match (over(quiet_since, dormant), over(unanswered, no_reply)) {
            (true, _) => EventKind::Dormant,
            (false, true) => EventKind::NoReply,
            (false, false) => continue,
        };
        events.push(event(plan, lead, id, kind, as_of));
    }
    events
}

/// The `sla_breached` events of the leads that are to be given to somebody else at a time, since nobody accepted them or
/// responded in time. Deciding one gives the lead to whom the response time's `on_breach` names, and not back to its owner.
#[must_use]
pub fn breached(plan: &Plan, crm: &Crm, state: &State, as_of: Timestamp) -> Vec<Event> {
    let breaches = breaches(plan, state, as_of);
    let over = breaches.iter().filter(|breach| breach.to.is_some());
    let over = over.filter_map(|breach| {
        let id = breach.record.strip_prefix("lead/")?;
        let lead = crm.records(Object::Lead).iter().find(|lead| lead.text(LeadField::Id.slot()) == Some(id))?;
        Some(event(plan, lead, id, EventKind::SlaBreached, as_of))
    });
    over.collect()
}

/// How many days to wait: the fewest that a workflow listening to this event asks for.
fn waits(plan: &Plan, kind: EventKind, unsaid: u32) -> Option<u32> {
    let triggers = plan.contract.workflows.iter().filter_map(|workflow| workflow.trigger.as_ref());
    triggers.filter(|trigger| trigger.on.contains(&kind)).map(|trigger| trigger.after_days.unwrap_or(unsaid)).min()
}

/// The time in a field, if it is not after `as_of`.
fn time(record: &Record<'_>, slot: usize, as_of: Timestamp) -> Option<Timestamp> {
    match record.cell(slot) {
        Cell::Known(Value::Time(at)) if *at <= as_of => Some(*at),
        _ => None,
    }
}

fn event(plan: &Plan, lead: &Record<'_>, id: &str, kind: EventKind, as_of: Timestamp) -> Event {
    let mut fields: Map<RawName, String> = Map::new();
    for (slot, field) in Object::Lead.fields().iter().enumerate().filter(|(_, field)| !field.derived) {
        if let Some(text) = raw(lead.cell(slot)) {
            fields.insert(RawName::from(&*["lead.", field.name].concat()), text);
        }
    }
    for (place, custom) in plan.contract.custom_fields.iter().enumerate() {
        if let (Some(column), Some(text)) = (custom.columns.first(), raw(lead.cell(lead.custom_slot(place)))) {
            fields.insert(RawName::from(column.as_str()), text);
        }
    }
    Event {
        id: EventId::from(&*[kind.word(), "-", id].concat()),
        kind,
        at: as_of,
        record: RecordRef { object: Object::Lead, id: id.into() },
        source: lead.text(LeadField::Source.slot()).map(str::to_owned),
        motion: Some(Motion::Outbound),
        principal: None,
        fields,
        present: Map::new(),
        proposals: Vec::new(),
        actions: Vec::new(),
    }
}

/// What stands in a cell, as an event would say it.
fn raw(cell: &Cell<'_>) -> Option<String> {
    match cell {
        Cell::Absent => None,
        Cell::Blank => Some(String::new()),
        Cell::Invalid(text) => Some(text.to_string()),
        Cell::Known(value) => Some(value.to_string()),
    }
}
