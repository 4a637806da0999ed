//! Tie-breakers: which of several records is preferred.
//!
//! Input: records of the snapshot and an ordered list of tie-breakers. Output: those that none of them prefers another
//! to. Invariant: each tie-breaker only looks at what those before it left; a value that is not known counts as least.

use crate::contract::TieBreaker;
use crate::intake::Lead;
use crate::record::{AccountField, Cell, Crm, LeadField, Object, Place, Record, Value};

/// Which of the records are preferred, and which tie-breaker left one alone, if any did.
pub(crate) fn prefer(
    order: &[TieBreaker],
    places: &[Place],
    lead: Option<&Lead<'_>>,
    crm: &Crm,
) -> (Vec<Place>, Option<TieBreaker>) {
    let mut left = places.to_vec();
    for tie in order {
        if left.len() < 2 {
            break;
        }
        let ranks: Vec<i64> = left.iter().map(|place| rank(*tie, *place, lead, crm)).collect();
        let most = ranks.iter().max().copied().unwrap_or_default();
        let kept: Vec<Place> =
            left.iter().zip(&ranks).filter(|(_, rank)| **rank == most).map(|(place, _)| *place).collect();
        if let [_] = kept.as_slice() {
            return (kept, Some(*tie));
        }
        left = kept;
    }
    (left, None)
}

/// How much of what a tie-breaker asks for a record has.
fn rank(tie: TieBreaker, place: Place, lead: Option<&Lead<'_>>, crm: &Crm) -> i64 {
    let Some(record) = crm.record(place) else { return i64::MIN };
    let object = record.object;
    let text = |name: &str| object.slot(name).and_then(|slot| record.text(slot));
    let same = |name: &str, of: &[LeadField]| {
        let ours = lead.and_then(|lead| of.iter().find_map(|field| lead.record.text(field.slot())));
        i64::from(ours.is_some() && ours == text(name))
    };
    let time = |name: &str| match object.slot(name).map(|slot| record.cell(slot)) {
        Some(Cell::Known(Value::Time(at))) => Some(at.seconds()),
        _ => None,
    };
    match tie {
        TieBreaker::SameDomain => same("domain", &[LeadField::AccountDomain, LeadField::Domain]),
        TieBreaker::SameCountry => same("country", &[LeadField::Country]),
        TieBreaker::SameState => same("state", &[LeadField::State]),
        TieBreaker::OwnerActive => {
            let owner = text("owner");
            i64::from(owner.is_some_and(|owner| crm.owner(owner).is_none_or(|owner| owner.active)))
        }
        TieBreaker::Customer if object == Object::Account => {
            i64::from(record.cell(AccountField::Customer.slot()).bool() == Some(true))
        }
        TieBreaker::OpenOpportunities if object == Object::Account => {
            record.cell(AccountField::OpenOpportunities.slot()).int().unwrap_or(0)
        }
        TieBreaker::Contacts if object == Object::Account => i64::from(crm.contacts_at(place.1)),
        TieBreaker::Parent if object == Object::Account => i64::from(text("parent").is_none()),
        TieBreaker::Contact => i64::from(object == Object::Contact),
        TieBreaker::MostComplete => i64::try_from(record.known().count()).unwrap_or(0),
        TieBreaker::RecentActivity => time("last_activity_at").or_else(|| time("updated_at")).unwrap_or(i64::MIN),
        TieBreaker::Newest => time("created_at").unwrap_or(i64::MIN),
        TieBreaker::Oldest => time("created_at").map_or(i64::MIN, |at| -at),
        TieBreaker::Customer | TieBreaker::OpenOpportunities | TieBreaker::Contacts | TieBreaker::Parent => 0,
    }
}

/// A record's time of last change, for survivorship; the latest of what is known.
pub(crate) fn changed_at(record: &Record<'_>) -> i64 {
    let names = ["updated_at", "last_activity_at", "created_at"];
    let times = names.iter().filter_map(|name| match record.object.slot(name).map(|slot| record.cell(slot)) {
        Some(Cell::Known(Value::Time(at))) => Some(at.seconds()),
        _ => None,
    });
    times.max().unwrap_or(i64::MIN)
}
