//! What people call a lead and the place it ends up in.

use super::Side;
use super::view::{Place, PlaceKind};
use crate::id::QueueId;
use crate::record::Event;
use crate::route::Destination;

/// A lead's name and company, as they arrived.
pub(super) fn lead(event: &Event) -> (String, String) {
    let text = |field: &str| event.fields.get(field).map(|text| text.trim()).filter(|text| !text.is_empty());
    let name = match (text("lead.name"), text("lead.first_name"), text("lead.last_name")) {
        (Some(name), ..) => name.to_owned(),
        (None, Some(first), Some(last)) => format!("{first} {last}"),
        (None, first, last) => first.or(last).or_else(|| text("lead.email")).unwrap_or_default().to_owned(),
    };
    let company = text("lead.company").filter(|company| !crate::normal::company::is_placeholder(company));
    (name, company.unwrap_or_default().to_owned())
}

/// Where a lead ends up, with what people call it.
pub(super) fn place(destination: Option<&Destination>, side: Side<'_>) -> Place {
    let queue_name = |id: &QueueId| {
        let routing = side.plan.contract().routing.as_ref();
        let queue = routing.and_then(|routing| routing.queues.iter().find(|queue| queue.id == *id));
        queue.and_then(|queue| queue.name.clone()).unwrap_or_else(|| id.to_string())
    };
    let (kind, id, label) = match destination {
        Some(Destination::Owner(owner)) => (PlaceKind::Owner, owner.to_string(), side.crm.owner_name(owner)),
        Some(Destination::Queue(queue)) => (PlaceKind::Queue, queue.to_string(), queue_name(queue)),
        Some(Destination::Escalated(queue)) => {
            let id = queue.as_ref().map_or_else(String::new, ToString::to_string);
            (PlaceKind::Escalated, id, "Escalated".to_owned())
        }
        Some(Destination::Unrouted) => (PlaceKind::Unrouted, String::new(), "Unrouted".to_owned()),
        Some(Destination::Blocked) => (PlaceKind::Blocked, String::new(), "Assignment blocked".to_owned()),
        None => (PlaceKind::NotEligible, String::new(), "Not eligible".to_owned()),
    };
    Place { kind, id, label }
}
