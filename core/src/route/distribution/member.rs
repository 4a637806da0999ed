//! Whether a member of a pool can take a lead now, and if not, why and until when.
//!
//! Input: the member, the lead's facts, the time, what was given before. Output: who takes the lead in their place — most
//! often they themselves — or the reason. Invariant: nobody who is inactive, has left, is away or at a cap is ever answered
//! with; working hours alone may be overlooked, and only where the contract says `route_anyway`.

use super::super::SkipReason;
use super::super::calendar::{Calendar, Period};
use crate::contract::{ActionKind, Caps, Member, Pool};
use crate::decide::facts::Facts;
use crate::id::OwnerId;
use crate::map::Map;
use crate::plan::{AwayPlan, MemberPlan, PoolPlan, Truth};
use crate::record::{Given, PoolState};
use crate::time::Timestamp;

/// What is known while a pool chooses.
pub(super) struct Desk<'a, 's> {
    pub(super) facts: &'s Facts<'a>,
    pub(super) pool: &'a Pool,
    pub(super) plan: &'a PoolPlan,
    /// What the pool gave before; none at first.
    pub(super) kept: Option<&'s PoolState>,
    /// The open leads of everybody.
    pub(super) open: &'s Map<OwnerId, u64>,
    /// Who has the lead, where it must not go back to them.
    pub(super) previous: Option<OwnerId>,
    pub(super) any_hour: bool,
}

/// Who takes a lead.
#[derive(Clone, Copy, Debug)]
pub(super) struct Taker<'a> {
    pub(super) owner: &'a OwnerId,
    /// Their place in the pool; none for a backup from outside.
    pub(super) place: Option<usize>,
}

impl<'a> Desk<'a, '_> {
    pub(super) fn member(&self, place: usize) -> Option<(&'a Member, &'a MemberPlan)> {
        Some((self.pool.members.get(place)?, self.plan.members.get(place)?))
    }

    /// Who a member is, by the directory; whether they work here.
    pub(super) fn who(&self, member: &Member, plan: &'a MemberPlan) -> (&'a OwnerId, bool) {
        self.facts.crm().owner(&member.owner).map_or((&plan.unlisted, true), |owner| (&owner.id, owner.active))
    }

    /// Who takes a lead in the turn of a member, or why nobody does. `deep` counts backups of backups.
    pub(super) fn may(&self, place: usize, deep: usize) -> Result<Taker<'a>, SkipReason> {
        let Some((member, plan)) = self.member(place) else { return Err(SkipReason::Inactive) };
        let (owner, here) = self.who(member, plan);
        if !member.active || member.weight == 0 {
            return Err(SkipReason::Inactive);
        }
        if !here {
            return Err(SkipReason::LeftTheCompany);
        }
        if self.plan.plain && self.facts.kept.is_none() && self.previous.is_none() {
            return Ok(Taker { owner, place: Some(place) });
        }
        if plan.when.as_ref().is_some_and(|when| when.holds(self.facts) != Truth::Yes) {
            return Err(SkipReason::NotEligible);
        }
        if plan.unless.as_ref().is_some_and(|unless| unless.holds(self.facts) != Truth::No) {
            return Err(SkipReason::Conflict);
        }
        self.wanted(owner)?;
        let now = self.facts.as_of();
        if let Some(away) = away(plan, now) {
            return self.backup(away, deep).ok_or(SkipReason::OutOfOffice);
        }
        if self.at_cap(member.caps, plan, owner).is_some() {
            return Err(SkipReason::AtCap);
        }
        if !self.any_hour && self.calendar(plan).is_some_and(|calendar| !calendar.is_open(now)) {
            return Err(SkipReason::OutsideWorkingHours);
        }
        Ok(Taker { owner, place: Some(place) })
    }

    /// Whether somebody decided against giving the lead to them, or they have it already.
    fn wanted(&self, owner: &OwnerId) -> Result<(), SkipReason> {
        let record = self.facts.lead().of;
        let refused = |kept: &crate::record::Kept| kept.refused(record, ActionKind::Assign, None, owner.as_str());
        if self.facts.kept.and_then(refused).is_some() {
            return Err(SkipReason::Excluded);
        }
        if self.previous.as_ref() == Some(owner) {
            return Err(SkipReason::PreviousOwner);
        }
        Ok(())
    }

    /// Who stands in for somebody who is away, if they can take the lead.
    fn backup(&self, away: &'a AwayPlan, deep: usize) -> Option<Taker<'a>> {
        let (text, unlisted) = away.backup.as_ref()?;
        let (owner, here) = self.facts.crm().owner(text).map_or((unlisted, true), |owner| (&owner.id, owner.active));
        let is_they = |(member, plan)| self.who(member, plan).0 == owner;
        match self.pool.members.iter().zip(&self.plan.members).position(is_they) {
            Some(place) if deep < self.pool.members.len() => self.may(place, deep + 1).ok(),
            Some(_) => None,
            None => (here && self.wanted(owner).is_ok()).then_some(Taker { owner, place: None }),
        }
    }

    pub(super) fn calendar(&self, plan: &MemberPlan) -> Option<&'a Calendar> {
        self.facts.plan().routing.calendars.get(plan.calendar?)
    }

    /// When a cap that is reached begins anew: the latest of those that are; the outer none where no cap is reached, the
    /// inner where that cannot be known.
    #[expect(clippy::option_option, reason = "whether, and until when")]
    fn at_cap(&self, caps: Caps, plan: &MemberPlan, owner: &OwnerId) -> Option<Option<Timestamp>> {
        if caps.open.is_some_and(|cap| self.open.get(owner).copied().unwrap_or(0) >= cap.into()) {
            return Some(None);
        }
        let given = self.kept?.given.get(owner)?;
        let mut until = None;
        for (cap, period, count) in periods(caps, given) {
            let Some(cap) = cap else { continue };
            let (since, next) = period.around(plan.zone, self.facts.as_of());
            if count.since == since && count.count >= cap.into() {
                until = until.max(Some(next));
            }
        }
        until.map(Some)
    }

    /// Until when a member cannot take a lead, where that is known.
    pub(super) fn until(&self, place: usize, reason: SkipReason) -> Option<Timestamp> {
        let (member, plan) = self.member(place)?;
        let now = self.facts.as_of();
        let back = match reason {
            SkipReason::OutOfOffice => away(plan, now)?.to,
            SkipReason::AtCap => self.at_cap(member.caps, plan, self.who(member, plan).0)??,
            SkipReason::OutsideWorkingHours => now,
            _ => return None,
        };
        self.calendar(plan).map_or(Some(back), |calendar| calendar.opens(back))
    }
}

fn away(plan: &MemberPlan, now: Timestamp) -> Option<&AwayPlan> {
    plan.away.iter().find(|away| away.from <= now && now < away.to)
}

/// The caps of each period with what was given in it.
pub(super) fn periods(caps: Caps, given: &Given) -> [(Option<u32>, Period, crate::record::Count); 3] {
    [
        (caps.per_day, Period::Day, given.day),
        (caps.per_week, Period::Week, given.week),
        (caps.per_month, Period::Month, given.month),
    ]
}
