//! Response times: by when somebody must accept a lead and respond to it, and who did not.
//!
//! Input: the contract's `sla`, who gets the lead and their working hours, the time. Output: a [`Due`]; later, from the
//! promises kept in the state, every [`Breach`]. Invariant: both clocks start when the lead is assigned and stop while they are
//! paused; under `business` only working hours count; a lead is given to somebody else at most as often as the rule says.

use serde::Serialize;

use super::calendar::Calendar;
use super::{Destination, Due, Route};
use crate::contract::{Clock, EventKind, Sla, Target, Verdict};
use crate::decide::facts::Facts;
use crate::gate::Judged;
use crate::id::{CalendarId, OwnerId, RuleId};
use crate::plan::{Plan, SlaPlan, Truth};
use crate::record::{Promise, RecordRef, State, key};
use crate::time::Timestamp;

/// By when, for whoever gets the lead; `calendar` is their working hours.
pub(crate) fn due(facts: &Facts<'_>, place: &Destination, calendar: Option<usize>) -> Option<Due> {
    let plan = facts.plan();
    if plan.routing.sla.is_empty() || !matches!(place, Destination::Owner(_) | Destination::Queue(_)) {
        return None;
    }
    let written = plan.contract.routing.as_ref()?.sla.iter();
    let (compiled, rule) = plan.routing.sla.iter().zip(written).find(|(sla, _)| sla.when.holds(facts) == Truth::Yes)?;
    let counts = compiled.calendar.or(calendar).filter(|_| rule.clock == Clock::Business);
    let from = facts.as_of();
    let after =
        |seconds: Option<i64>| later(counts.and_then(|place| plan.routing.calendars.get(place)), from, seconds?);
    let (accept_by, respond_by) = (after(compiled.accept), after(compiled.respond));
    let calendars = &plan.contract.routing.as_ref()?.calendars;
    let calendar = counts.and_then(|place| calendars.get(place)).map(|calendar| calendar.id.clone());
    Some(Due { rule: rule.id.clone(), clock: rule.clock, calendar, from, accept_by, respond_by })
}

/// So many seconds later, of work where a calendar counts.
fn later(calendar: Option<&Calendar>, from: Timestamp, seconds: i64) -> Option<Timestamp> {
    match calendar {
        Some(calendar) => calendar.after(from, seconds),
        None => Some(from.plus(seconds)),
    }
}

/// Keeps what an assignment leaves for the decisions after it: one more open lead, and response times that run where it is
/// automatic.
pub(crate) fn keep(state: &mut State, plan: &Plan, record: &RecordRef, route: &Route, judged: &Judged) {
    let Destination::Owner(owner) = &route.place else { return };
    if judged.no_op || judged.uncapped == Verdict::Block {
        return;
    }
    if plan.routing.counts_open {
        *state.open.get_or_insert(owner.clone(), || 0) += 1;
    }
    if judged.verdict == Verdict::Auto {
        state.promise(record, route);
    }
}

/// A response time that was not kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Breach {
    /// The record, `lead/123`.
    pub record: String,
    /// Who has it.
    pub owner: OwnerId,
    /// The rule of the contract's `sla`.
    pub rule: RuleId,
    /// What was not done.
    pub of: Promised,
    /// When it should have been.
    pub due: Timestamp,
    /// Who gets it now; none where the rule says nobody, not yet, or not again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Target>,
}

/// What a response time is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Promised {
    /// That the owner accepts the lead.
    Acceptance,
    /// That the buyer hears from somebody.
    Response,
}

/// Every response time that was not kept at a time, by record; of a record that was neither accepted nor responded to, the
/// one that was due first.
#[must_use]
pub fn breaches(plan: &Plan, state: &State, as_of: Timestamp) -> Vec<Breach> {
    state.promises.iter().filter_map(|(record, promise)| breach(plan, record, promise, as_of)).collect()
}

pub(crate) fn breach(plan: &Plan, record: &str, promise: &Promise, as_of: Timestamp) -> Option<Breach> {
    if promise.paused.is_some() {
        return None;
    }
    let late = |due: Option<Timestamp>, of: Promised| due.filter(|due| *due <= as_of).map(|due| (due, of));
    let acceptance = late(promise.accept_by, Promised::Acceptance);
    let response = late(promise.respond_by, Promised::Response);
    let (due, of) = match (acceptance, response) {
        (Some(one), Some(other)) => Some(if one.0 <= other.0 { one } else { other }),
        (one, other) => one.or(other),
    }?;
    let to = rule(plan, &promise.rule).and_then(|(compiled, written)| {
        let breach = written.on_breach.as_ref()?;
        let when = later(calendar(plan, promise.calendar.as_ref()), due, compiled.grace)?;
        (promise.reassigned < breach.at_most && when <= as_of).then(|| breach.to.clone())
    });
    Some(Breach { record: record.to_owned(), owner: promise.owner.clone(), rule: promise.rule.clone(), of, due, to })
}

/// Who a lead is given to since its response time was breached.
pub(crate) struct Overdue {
    /// Who has it.
    pub(crate) owner: OwnerId,
    pub(crate) rule: RuleId,
    pub(crate) to: Target,
}

/// Whether the event is a breach, by which the lead is to be given to somebody else now.
pub(crate) fn overdue(facts: &Facts<'_>, state: &State) -> Option<Overdue> {
    if facts.lead().kind != EventKind::SlaBreached {
        return None;
    }
    let record = key(facts.lead().of);
    let breach = breach(facts.plan(), &record, state.promises.get(&*record)?, facts.as_of())?;
    Some(Overdue { owner: breach.owner, rule: breach.rule, to: breach.to? })
}

fn rule<'p>(plan: &'p Plan, id: &RuleId) -> Option<(&'p SlaPlan, &'p Sla)> {
    let written = plan.contract.routing.as_ref()?.sla.iter();
    plan.routing.sla.iter().zip(written).find(|(_, sla)| sla.id == *id)
}

fn calendar<'p>(plan: &'p Plan, id: Option<&CalendarId>) -> Option<&'p Calendar> {
    let calendars = &plan.contract.routing.as_ref()?.calendars;
    plan.routing.calendars.get(calendars.iter().position(|calendar| Some(&calendar.id) == id)?)
}

impl State {
    /// The response times of a lead run from now on: whoever gets it was told. Deciding keeps those of automatic assignments;
    /// a host, of those that a person approved.
    pub fn promise(&mut self, record: &RecordRef, route: &Route) {
        let (Some(due), Destination::Owner(owner)) = (&route.sla, &route.place) else { return };
        let key = key(record);
        let before = self.promises.get(&*key).filter(|before| before.rule == due.rule);
        let promise = Promise {
            owner: owner.clone(),
            rule: due.rule.clone(),
            calendar: due.calendar.clone(),
            accept_by: due.accept_by,
            respond_by: due.respond_by,
            paused: None,
            reassigned: before.map_or(0, |before| before.reassigned + u32::from(before.owner != *owner)),
        };
        self.promises.insert(key, promise);
    }

    /// The owner has accepted the lead. Gives whether that was waited for.
    pub fn accept(&mut self, record: &RecordRef) -> bool {
        self.promises.get_mut(&*key(record)).is_some_and(|promise| promise.accept_by.take().is_some())
    }

    /// The buyer has heard from somebody. Gives whether that was waited for.
    pub fn respond(&mut self, record: &RecordRef) -> bool {
        self.promises.remove(&*key(record)).is_some()
    }

    /// The clocks of a lead stand still from a time on: until the buyer is back, for example.
    pub fn pause(&mut self, record: &RecordRef, at: Timestamp) {
        if let Some(promise) = self.promises.get_mut(&*key(record)) {
            promise.paused.get_or_insert(at);
        }
    }

    /// The clocks of a lead go on; what was left of each is left now.
    pub fn resume(&mut self, plan: &Plan, record: &RecordRef, at: Timestamp) {
        let Some(promise) = self.promises.get_mut(&*key(record)) else { return };
        let Some(since) = promise.paused.take() else { return };
        let calendar = calendar(plan, promise.calendar.as_ref());
        let left = |due: Timestamp| match calendar {
            Some(calendar) => calendar.between(since, due),
            None => (due.seconds() - since.seconds()).max(0),
        };
        let moved = |due: Option<Timestamp>| later(calendar, at, left(due?));
        // What was over before the pause stays as it was.
        let over = |due: Option<Timestamp>| due.filter(|due| *due <= since);
        promise.accept_by = over(promise.accept_by).or_else(|| moved(promise.accept_by));
        promise.respond_by = over(promise.respond_by).or_else(|| moved(promise.respond_by));
    }
}
