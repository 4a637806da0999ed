//! Touches: how often we reached out to somebody of late, for frequency caps.
//!
//! Input: the activities of the snapshot, what was let go since, the time. Output: how many touches lie within so many days
//! up to now. Invariant: what was let go and then logged in the CRM counts once; what cannot be known is not counted as
//! nothing: without activities the count is unknown, or a least one where something was let go.
//!
//! A touch is an activity that says it went out from us, whatever its type, or a message or enrolment that the gate let
//! go by itself. Somebody is known by record id and e-mail address, their own and those of the record that identity found.

use super::facts::{Facts, Read};
use crate::contract::Verdict;
use crate::crm::comparable;
use crate::gate::Judged;
use crate::normal::fold;
use crate::record::{ActivityField, Cell, ContactField, LeadField, Object, Record, State, Value};
use crate::sender;
use crate::time::Timestamp;

/// The ids and addresses of the person; the first is the one that a touch is kept under.
pub(crate) fn names<'a>(facts: &Facts<'a>) -> Vec<&'a str> {
    let lead = facts.lead();
    let mut names: Vec<&str> = lead.record.text(LeadField::Email.slot()).into_iter().collect();
    names.push(comparable(lead.of.id.as_str()));
    if let Some(person) = facts.person() {
        // Leads and contacts have both in the same slots.
        let id = person.text(ContactField::Id.slot()).map(comparable);
        names.extend(person.text(ContactField::Email.slot()).into_iter().chain(id));
    }
    names
}

/// Brings to mind what was let go to this person before.
pub(super) fn recall(state: &State, facts: &mut Facts<'_>) {
    if facts.plan().touches && !state.touches.is_empty() {
        facts.touched = state.touched(&names(facts));
    }
}

/// Whether an answer of the gate lets something go to the person.
pub(super) fn lets_go(judged: &Judged) -> bool {
    judged.verdict == Verdict::Auto && !judged.no_op && sender::sends(judged.action)
}

/// Keeps what was let go for the decisions after this one.
pub(super) fn keep(state: &mut State, facts: &Facts<'_>, judged: &[Judged]) {
    if facts.plan().touches
        && let Some(who) = names(facts).first()
    {
        judged.iter().filter(|judged| lets_go(judged)).for_each(|_| state.touch(who, facts.as_of()));
    }
}

/// Whether an activity went out from us; none where it does not say.
pub(crate) fn from_us(activity: &Record<'_>) -> Option<bool> {
    let direction = fold::fold(activity.text(ActivityField::Direction.slot())?);
    // HubSpot calls a message of ours `EMAIL` and one of theirs `INCOMING_EMAIL`.
    if direction.starts_with("out") || direction == "email" {
        Some(true)
    } else {
        direction.starts_with("in").then_some(false)
    }
}

/// Whether an activity that says no direction has none, as a task or a note, and does not leave it unsaid.
fn no_message(activity: &Record<'_>) -> bool {
    let kind = fold::fold(activity.text(ActivityField::Type.slot()).unwrap_or_default());
    let talks = kind.contains("mail") || kind.contains("call");
    !talks && *activity.cell(ActivityField::Direction.slot()) != Cell::Absent
}

/// The touches of the last so many days.
#[inline(never)]
pub(super) fn count<'a>(facts: &Facts<'a>, days: u8) -> Read<'a> {
    let (now, crm) = (facts.as_of(), facts.crm());
    let within = |at: Timestamp| at > now.plus_days(-i64::from(days)) && at <= now;
    let own = || facts.touched.iter().copied().filter(|at| within(*at));
    let (mut sure, mut earlier, mut since) = (crm.has(Object::Activity), 0, 0);
    for activity in crm.activities_with(&names(facts)) {
        let outward = from_us(activity).or_else(|| no_message(activity).then_some(false));
        match (outward, activity.cell(ActivityField::At.slot())) {
            (Some(false), _) | (_, Cell::Blank) => {}
            (_, Cell::Known(Value::Time(at))) if !within(*at) => {}
            // What was let go is logged once it has gone out.
            (Some(true), Cell::Known(Value::Time(at))) if own().any(|own| own <= *at) => since += 1,
            (Some(true), Cell::Known(_)) => earlier += 1,
            // It may have gone out just now.
            _ => sure = false,
        }
    }
    let own = i64::try_from(own().count()).unwrap_or(i64::MAX);
    match (sure, earlier + since.max(own)) {
        (true, count) => Read::Int(count),
        (false, 0) => Read::Absent,
        (false, least) => Read::AtLeast(least),
    }
}
