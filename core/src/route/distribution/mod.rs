//! Distribution: who of a pool gets the lead.
//!
//! Input: the pool, what it gave before, the lead's facts, the time of the decision. Output: the member, and what is
//! kept afterwards. Whose turn it is by weight tells [`turn`]; who can take a lead, [`member`]. Invariant: turns are
//! kept by owner, so removing a member keeps everyone's turn. A member who is away, at a cap or out of hours lets their turns
//! pass: back again they are level with the one furthest behind, as is who joins, and nobody is flooded. A member
//! who does not fit a lead keeps their turn, one at most.

mod member;
mod turn;

use std::cmp::Ordering;

use super::{Destination, MemberTrace, PoolTrace, SkipReason};
use crate::contract::{Method, OnNobody, Sticky};
use crate::decide::facts::Facts;
use crate::id::{OwnerId, PoolId};
use crate::order;
use crate::record::{AccountField, Count, LeadField, PoolState, State};
use crate::time::Timestamp;
use member::{Desk, Taker, periods};
use turn::Share;

/// What came of a pool.
pub(crate) struct Drawn {
    pub(crate) place: Destination,
    pub(crate) trace: Option<PoolTrace>,
    /// When a lead that is held is to be routed again.
    pub(crate) held_until: Option<Timestamp>,
    /// Whether nobody could take it and the contract wants the assignment to fail.
    pub(crate) failed: bool,
    /// The working hours of who gets it.
    pub(crate) calendar: Option<usize>,
}

/// Picks the next member of a pool and takes a turn. Falls back as the pool says when nobody can take a lead; a
/// contract whose pools fall back in a circle is refused by `check`.
pub(crate) fn distribute(
    pool: &PoolId,
    facts: &Facts<'_>,
    state: &mut State,
    previous: Option<&OwnerId>,
    seed: u64,
    full: bool,
) -> Drawn {
    let plan = facts.plan();
    let routing = plan.contract.routing.as_ref();
    let escalated = || Destination::Escalated(routing.and_then(|routing| routing.escalation.clone()));
    let mut drawn = Drawn { place: escalated(), trace: None, held_until: None, failed: false, calendar: None };
    let mut members = Vec::new();
    let mut pool = pool;
    for _ in 0..=plan.routing.pools.len() {
        let place = plan.routing.pools.get(pool).copied();
        let written = place.and_then(|place| Some((routing?.pools.get(place)?, plan.routing.shares.get(place)?)));
        let Some((written, shares)) = written else { break };
        let stands = || facts.lead().record.text(LeadField::Owner.slot()).map(|owner| facts.crm().owner_id(owner));
        let mut desk = Desk {
            facts,
            pool: written,
            plan: shares,
            kept: state.pools.get(pool),
            open: &state.open,
            previous: previous.cloned().or_else(|| stands().filter(|_| written.skip_previous_owner)),
            any_hour: false,
        };
        let mut next = draw(&desk, seed, full);
        if next.taker.is_none() && written.on_nobody == Some(OnNobody::RouteAnyway) {
            desk.any_hour = true;
            next = draw(&desk, seed, full);
        }
        members.append(&mut next.members);
        if full {
            drawn.trace = Some(PoolTrace {
                pool: pool.clone(),
                method: written.method,
                sticky: next.sticky,
                members: Vec::new(),
            });
        }
        if let Some((_, taker)) = next.taker {
            drawn.calendar = taker.place.and_then(|place| shares.members.get(place)?.calendar);
            drawn.place = Destination::Owner(taker.owner.clone());
            let keep = Keep { given: given(&desk, taker), names: names(&desk) };
            keep.into(state.pools.get_or_insert(pool.clone(), PoolState::default), &next, taker.owner);
            break;
        }
        match &written.on_nobody {
            Some(OnNobody::Pool(other)) => {
                pool = other;
                continue;
            }
            Some(OnNobody::Queue(queue)) => drawn.place = Destination::Queue(queue.clone()),
            Some(OnNobody::Hold(queue)) => {
                drawn.place = Destination::Queue(queue.clone());
                drawn.held_until = next.opens;
            }
            Some(OnNobody::Owner(owner)) => {
                if let Some(owner) = super::ladder::working(Some(owner), facts.crm()) {
                    drawn.place = Destination::Owner(owner);
                }
            }
            Some(OnNobody::Fail) => {
                drawn.place = Destination::Blocked;
                drawn.failed = true;
            }
            Some(OnNobody::RouteAnyway) | None => {}
        }
        break;
    }
    if let Some(trace) = &mut drawn.trace {
        order::sort_by(&mut members, |a, b| a.owner.cmp(&b.owner));
        trace.members = members;
    }
    drawn
}

/// What a pool comes to before anything is kept of it.
#[derive(Default)]
struct Next<'a> {
    /// Whose turn it is, by place, and who takes the lead in it.
    taker: Option<(usize, Taker<'a>)>,
    /// Whether that was a turn given back before.
    credit: bool,
    sticky: bool,
    /// Whose turn it is.
    whose: Option<&'a OwnerId>,
    /// The turns that differ from before.
    turns: Vec<(&'a OwnerId, u64)>,
    /// When the first of them can take a lead again.
    opens: Option<Timestamp>,
    members: Vec<MemberTrace>,
}

/// A member as seen when a pool chooses.
struct Seen<'a> {
    owner: &'a OwnerId,
    weight: u32,
    may: Result<Taker<'a>, SkipReason>,
    /// Whether they are in the running: of the level that is asked, or passed over for a while.
    runs: bool,
    before: Option<u64>,
    turns: Option<u64>,
    credits: u64,
}

fn draw<'a>(desk: &Desk<'a, '_>, seed: u64, full: bool) -> Next<'a> {
    let (pool, method) = (desk.pool, desk.pool.method);
    let mut seen: Vec<Seen<'a>> = Vec::with_capacity(pool.members.len());
    for (place, (member, plan)) in pool.members.iter().zip(&desk.plan.members).enumerate() {
        let (owner, _) = desk.who(member, plan);
        let (mut weight, mut turns) = (member.weight, desk.kept.and_then(|kept| kept.turns.get(owner).copied()));
        if method == Method::Quota {
            weight = member.caps.per_month.unwrap_or(0);
            turns = Some(this_month(desk, owner, plan.zone));
        }
        let before = turns;
        let credits = desk.kept.and_then(|kept| kept.credits.get(owner).copied()).unwrap_or(0);
        let may = if weight == 0 { Err(SkipReason::Inactive) } else { desk.may(place, 0) };
        seen.push(Seen { owner, weight, may, runs: true, before, turns, credits });
    }
    if method == Method::Priority {
        let first = pool.members.iter().zip(&seen).filter(|(_, seen)| seen.may.is_ok());
        let first = first.map(|(member, _)| member.priority).min();
        for (seen, member) in seen.iter_mut().zip(&pool.members) {
            seen.runs = first.is_none_or(|first| member.priority == first);
        }
    }
    if method != Method::Quota {
        catch_up(&mut seen, method);
    }
    let mut next = Next::default();
    next.taker = sticky(desk, &seen);
    next.sticky = next.taker.is_some();
    if next.taker.is_none() {
        let chosen = choose(desk, &seen, seed);
        next.taker = chosen.and_then(|place| Some((place, seen.get(place)?.may.ok()?)));
        if next.taker.is_none() {
            let waits_for = |place: usize| chosen.is_none_or(|chosen| chosen == place);
            let until = seen.iter().enumerate().filter(|(place, seen)| waits_for(*place) && seen.runs);
            next.opens = until.filter_map(|(place, seen)| desk.until(place, seen.may.err()?)).min();
        }
    }
    let chosen = next.taker.map(|(place, _)| place);
    next.credit = chosen.and_then(|place| seen.get(place)).is_some_and(|seen| seen.credits > 0);
    if full {
        next.members =
            seen.iter().enumerate().map(|(place, seen)| trace(desk, place, seen, chosen == Some(place))).collect();
    }
    if let Some(chosen) = chosen.and_then(|place| seen.get_mut(place)) {
        next.whose = Some(chosen.owner);
        chosen.turns = chosen.turns.map(|turns| turns.saturating_add((!next.credit).into()));
    }
    if method != Method::Quota {
        let changed = seen.iter().filter(|seen| seen.turns != seen.before);
        next.turns = changed.filter_map(|seen| Some((seen.owner, seen.turns?))).collect();
    }
    next
}

/// Brings up to level who joins and who let turns pass, and lets nobody fall behind by more than a turn.
///
/// As long as the same members take leads, each of them has less than one turn more than their share: so whoever has fewer
/// than the share of the one furthest ahead, less that turn, has fallen behind by coming and going.
fn catch_up(seen: &mut [Seen<'_>], method: Method) {
    let furthest = |way: Ordering, less: u64| {
        let running = seen.iter().enumerate().filter(|(_, seen)| seen.may.is_ok() && seen.runs);
        let turns = running.filter_map(|(place, seen)| Some((place, seen.weight, seen.turns?.saturating_sub(less))));
        turn::furthest(turns, way)
    };
    let (behind, ahead) = (furthest(Ordering::Less, 0), furthest(Ordering::Greater, 1));
    for (place, one) in seen.iter_mut().enumerate() {
        let passes = match one.may {
            Err(SkipReason::Inactive | SkipReason::LeftTheCompany) => continue,
            Err(SkipReason::OutOfOffice | SkipReason::AtCap | SkipReason::OutsideWorkingHours) => {
                method != Method::StrictRoundRobin
            }
            _ => one.turns.is_none(),
        };
        if !one.runs {
            continue;
        }
        let level = |others: [Option<(usize, u32, u64)>; 2]| {
            let other = others.into_iter().flatten().find(|(other, ..)| *other != place);
            other.map_or(0, |(_, weight, turns)| turn::level(one.weight, (weight, turns)))
        };
        let level = level(ahead).max(if passes { level(behind) } else { 0 });
        one.turns = Some(one.turns.unwrap_or(0).max(level));
    }
}

/// Whose turn it is, by place. Under the strict method that may be somebody who cannot take it now.
fn choose(desk: &Desk<'_, '_>, seen: &[Seen<'_>], seed: u64) -> Option<usize> {
    let waits = |seen: &Seen<'_>| match seen.may {
        Ok(_) => true,
        Err(SkipReason::OutOfOffice | SkipReason::AtCap | SkipReason::OutsideWorkingHours) => {
            desk.pool.method == Method::StrictRoundRobin
        }
        Err(_) => false,
    };
    let (mut places, mut shares) = (Vec::with_capacity(seen.len()), Vec::with_capacity(seen.len()));
    for (place, seen) in seen.iter().enumerate().filter(|(_, seen)| seen.runs && waits(seen)) {
        let signed = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        places.push(place);
        let turns = signed(seen.turns.unwrap_or(0)).saturating_sub(signed(seen.credits));
        shares.push(Share { owner: seen.owner, weight: seen.weight, turns });
    }
    let best = if desk.pool.method == Method::LeastLoaded {
        let load = |at: usize| {
            let taker = places.get(at).and_then(|place| seen.get(*place)?.may.ok());
            taker.map_or(0, |taker| u128::from(desk.open.get(taker.owner).copied().unwrap_or(0)))
        };
        (0..shares.len()).min_by(|one, other| {
            let (Some(a), Some(b)) = (shares.get(*one), shares.get(*other)) else { return Ordering::Equal };
            let loads = (load(*one) * u128::from(b.weight)).cmp(&(load(*other) * u128::from(a.weight)));
            let turns =
                || (i128::from(a.turns) * i128::from(b.weight)).cmp(&(i128::from(b.turns) * i128::from(a.weight)));
            loads.then_with(turns).then_with(|| turn::tie(a.owner, b.owner, seed, &desk.pool.id))
        })
    } else {
        turn::whose(&shares, seed, &desk.pool.id)
    };
    places.get(best?).copied()
}

/// The member who has the person, the company or the account, if they can take the lead.
fn sticky<'a>(desk: &Desk<'a, '_>, seen: &[Seen<'a>]) -> Option<(usize, Taker<'a>)> {
    let facts = desk.facts;
    let before = |name: Option<&str>| desk.kept.and_then(|kept| kept.last.get(name?)).cloned();
    desk.pool.sticky.iter().find_map(|asked| {
        let owner = match asked {
            Sticky::AccountOwner => {
                let account = facts.matched.and_then(|matched| matched.account_record(facts.crm()));
                account
                    .and_then(|account| account.text(AccountField::Owner.slot()))
                    .map(|owner| facts.crm().owner_id(owner))
            }
            Sticky::Person => {
                let owner = facts.person().and_then(|person| person.text(person.object.slot("owner")?));
                owner.map(|owner| facts.crm().owner_id(owner)).or_else(|| before(lead_text(facts, LeadField::Email)))
            }
            Sticky::Company => before(lead_text(facts, LeadField::Domain)),
        }?;
        let place = seen.iter().position(|seen| *seen.owner == owner)?;
        // Who has it is meant, and not who stands in for them.
        let taker = seen.get(place)?.may.ok().filter(|taker| *taker.owner == owner)?;
        Some((place, taker))
    })
}

fn lead_text<'a>(facts: &Facts<'a>, field: LeadField) -> Option<&'a str> {
    facts.lead().record.text(field.slot())
}

/// What a pool keeps of a lead it gave.
struct Keep {
    given: Option<[Count; 3]>,
    names: Vec<String>,
}

impl Keep {
    fn into(self, pool: &mut PoolState, next: &Next<'_>, taker: &OwnerId) {
        for (owner, turns) in &next.turns {
            pool.turns.insert((*owner).clone(), *turns);
        }
        if let Some(whose) = next.whose.filter(|_| next.credit) {
            let left = pool.credits.get(whose).copied().unwrap_or(0).saturating_sub(1);
            if left == 0 {
                pool.credits.remove(whose);
            } else {
                pool.credits.insert(whose.clone(), left);
            }
        }
        if let Some([day, week, month]) = self.given {
            pool.given.insert(taker.clone(), crate::record::Given { day, week, month });
        }
        for name in self.names {
            pool.last.insert(name, taker.clone());
        }
    }
}

/// What a taker will have been given in the day, the week and the month, where a cap or the method asks for it.
fn given(desk: &Desk<'_, '_>, taker: Taker<'_>) -> Option<[Count; 3]> {
    let (member, plan) = desk.member(taker.place?)?;
    let caps = member.caps;
    if caps.per_day.is_none() && caps.per_week.is_none() && caps.per_month.is_none() {
        return None;
    }
    let before = desk.kept.and_then(|kept| kept.given.get(taker.owner)).copied().unwrap_or_default();
    Some(periods(caps, &before).map(|(_, period, count)| {
        let (since, _) = period.around(plan.zone, desk.facts.as_of());
        Count { since, count: if count.since == since { count.count.saturating_add(1) } else { 1 } }
    }))
}

/// How many leads somebody was given this month, less those that came back.
fn this_month(desk: &Desk<'_, '_>, owner: &OwnerId, zone: Option<crate::normal::zone::Zone>) -> u64 {
    let given = desk.kept.and_then(|kept| kept.given.get(owner));
    let (since, _) = super::calendar::Period::Month.around(zone, desk.facts.as_of());
    given.filter(|given| given.month.since == since).map_or(0, |given| given.month.count)
}

/// What the pool remembers the lead by.
fn names(desk: &Desk<'_, '_>) -> Vec<String> {
    let name = |sticky: &Sticky| match sticky {
        Sticky::AccountOwner => None,
        Sticky::Person => lead_text(desk.facts, LeadField::Email),
        Sticky::Company => lead_text(desk.facts, LeadField::Domain),
    };
    desk.pool.sticky.iter().filter_map(name).map(str::to_owned).collect()
}

fn trace(desk: &Desk<'_, '_>, place: usize, seen: &Seen<'_>, chosen: bool) -> MemberTrace {
    let skip = match seen.may {
        Ok(_) => (!chosen).then_some(SkipReason::NotTheirTurn),
        Err(reason) => Some(reason),
    };
    let loaded = desk.pool.method == Method::LeastLoaded;
    let capped = desk.member(place).is_some_and(|(member, _)| member.caps.open.is_some());
    MemberTrace {
        pool: desk.pool.id.clone(),
        owner: seen.owner.clone(),
        weight: seen.weight,
        turns: seen.turns.unwrap_or(0),
        open: (loaded || capped).then(|| desk.open.get(seen.owner).copied().unwrap_or(0)),
        skip,
        until: skip.and_then(|reason| desk.until(place, reason)),
        backup: seen.may.ok().filter(|taker| taker.owner != seen.owner).map(|taker| taker.owner.clone()),
    }
}
