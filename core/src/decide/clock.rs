//! The clock: what hour and what day of the week it is, for quiet hours.
//!
//! Input: the event and where the contract is from; the time of the decision and where the person is. Output: the hour, or
//! the word of the day. Invariant: where it is not known whose clocks are meant, it is absent; a country with several
//! times is not guessed at.

use super::facts::{Facts, Read};
use crate::normal::zone::Zone;
use crate::plan::Fact;
use crate::record::{ContactField, LeadField, Object};

/// Reads one of the facts of the clock.
#[inline(never)]
pub(super) fn read<'a>(facts: &Facts<'a>, fact: Fact) -> Read<'a> {
    let (zone, at) = match fact {
        Fact::EventHour | Fact::EventWeekday => (facts.plan().zone, facts.lead().at),
        _ => (of_person(facts), facts.as_of()),
    };
    match (zone.map(|zone| zone.clock(at)), fact) {
        (None, _) => Read::Absent,
        (Some((_, hour)), Fact::EventHour | Fact::LeadHour) => Read::Int(hour),
        (Some((day, _)), _) => Read::Text(day),
    }
}

/// How the person's clocks go: by the time zone that the lead or its contact has, else by their country.
fn of_person(facts: &Facts<'_>) -> Option<Zone> {
    let contact = facts.person().filter(|person| person.object == Object::Contact);
    let either = |lead: LeadField, field: ContactField| {
        let own = u8::try_from(lead.slot()).map(|slot| facts.read(Fact::Lead(slot)));
        if let Ok(Read::Text(text)) = own { Some(text) } else { contact?.text(field.slot()) }
    };
    match either(LeadField::TimeZone, ContactField::TimeZone) {
        Some(name) => Zone::named(name),
        None => Zone::of_country(either(LeadField::Country, ContactField::Country)?),
    }
}
