//! Distribution: whose turn it is in a pool.
//!
//! Input: the pool, the turns taken so far, the directory. Output: the member, and the turns afterwards. Method:
//! weighted round robin; next is the member for whom (turns + ½) / weight is least (Sainte-Laguë's divisor method, 1910).
//! Invariant: turns are kept by owner, so removing a member keeps everyone's turn; ties are broken by a hash of the
//! seed, the pool and the owner, never by the order in which members were written.

use std::cmp::Ordering;

use super::{Destination, MemberTrace, PoolTrace, SkipReason};
use crate::contract::{Member, Method, OnNobody, Pool};
use crate::decide::facts::Facts;
use crate::id::{OwnerId, PoolId};
use crate::order;
use crate::record::{Crm, PoolState, State};

/// Picks the next member of a pool and takes a turn. Falls back as the pool says when nobody can take a lead; a
/// contract whose pools fall back in a circle is refused by `check`.
pub(crate) fn distribute(
    pool: &PoolId,
    facts: &Facts<'_>,
    state: &mut State,
    seed: u64,
    full: bool,
) -> (Destination, Option<PoolTrace>) {
    let plan = facts.plan();
    let routing = plan.contract.routing.as_ref();
    let escalated = || Destination::Escalated(routing.and_then(|routing| routing.escalation.clone()));
    let mut pool = pool;
    let mut skipped = Vec::new();
    for _ in 0..=plan.routing.pools.len() {
        let place = plan.routing.pools.get(pool).copied();
        let Some(written) = place.and_then(|place| routing?.pools.get(place)) else { break };
        let unlisted = place.and_then(|place| plan.routing.members.get(place)).map_or(&[][..], Vec::as_slice);
        if let Some(owner) = next(written, unlisted, facts.crm(), state, seed, full.then_some(&mut skipped)) {
            let trace = full.then(|| traced(pool, skipped));
            return (Destination::Owner(owner), trace);
        }
        match &written.on_nobody {
            Some(OnNobody::Pool(other)) => pool = other,
            Some(OnNobody::Queue(queue)) => {
                return (Destination::Queue(queue.clone()), full.then(|| traced(pool, skipped)));
            }
            _ => break,
        }
    }
    (escalated(), full.then(|| traced(pool, skipped)))
}

fn traced(pool: &PoolId, members: Vec<MemberTrace>) -> PoolTrace {
    PoolTrace { pool: pool.clone(), method: Method::RoundRobin, sticky: false, members }
}

/// A member with who that is, by the directory, whether new leads may go there, and the turns taken so far.
struct Seen<'a> {
    owner: &'a OwnerId,
    weight: u32,
    may: Result<(), SkipReason>,
    taken: Option<u64>,
}

/// `unlisted` is who the member is where the directory knows nobody of that name.
fn seen<'a>(member: &'a Member, unlisted: &'a OwnerId, crm: &'a Crm, turns: &PoolState) -> Seen<'a> {
    let (owner, here) = crm.owner(&member.owner).map_or((unlisted, true), |owner| (&owner.id, owner.active));
    let may = if !member.active || member.weight == 0 {
        Err(SkipReason::Inactive)
    } else if !here {
        Err(SkipReason::LeftTheCompany)
    } else {
        Ok(())
    };
    Seen { owner, weight: member.weight, may, taken: turns.turns.get(owner).copied() }
}

fn next(
    pool: &Pool,
    unlisted: &[OwnerId],
    crm: &Crm,
    state: &mut State,
    seed: u64,
    mut skipped: Option<&mut Vec<MemberTrace>>,
) -> Option<OwnerId> {
    let turns = state.pools.get_or_insert(pool.id.clone(), PoolState::default);
    let members = pool.members.iter().zip(unlisted);
    let mut members: Vec<_> = members.map(|(member, unlisted)| seen(member, unlisted, crm, turns)).collect();
    // Who joins a running pool starts level with the member who is furthest behind, not with nothing to catch up on.
    let joins_at = members.iter().filter_map(|member| Some(member.taken? / u64::from(member.weight.max(1)))).min();
    for member in members.iter_mut().filter(|member| member.may.is_ok() && member.taken.is_none()) {
        let joins_at = joins_at.unwrap_or(0) * u64::from(member.weight);
        // Two members may be one person under two names, who joins once.
        member.taken = Some(*turns.turns.get_or_insert(member.owner.clone(), || joins_at));
    }
    let mut best: Option<&Seen<'_>> = None;
    for member in &members {
        let passed = match member.may {
            Err(reason) => Some((member, reason)),
            Ok(()) => {
                let better = best.is_none_or(|best| comes_before(member, best, seed, &pool.id));
                let passed = if better { best.replace(member) } else { Some(member) };
                passed.map(|member| (member, SkipReason::NotTheirTurn))
            }
        };
        if let (Some(skipped), Some((member, reason))) = (&mut skipped, passed) {
            skipped.push(MemberTrace {
                pool: pool.id.clone(),
                owner: member.owner.clone(),
                weight: member.weight,
                turns: member.taken.unwrap_or(0),
                open: None,
                skip: Some(reason),
                until: None,
                backup: None,
            });
        }
    }
    let best = best?;
    turns.turns.insert(best.owner.clone(), best.taken.unwrap_or(0) + 1);
    if let Some(skipped) = skipped {
        order::sort_by(skipped, |a, b| a.owner.cmp(&b.owner));
    }
    Some(best.owner.clone())
}

/// Whether it is one member's turn rather than another's.
fn comes_before(one: &Seen<'_>, other: &Seen<'_>, seed: u64, pool: &PoolId) -> bool {
    // taken / weight compared without division; the next turn counts, so that heavy members start early.
    let next = |member: &Seen<'_>| u128::from(member.taken.unwrap_or(0) * 2 + 1);
    let (mine, theirs) = (next(one) * u128::from(other.weight), next(other) * u128::from(one.weight));
    match mine.cmp(&theirs) {
        Ordering::Less => true,
        Ordering::Equal => tie_break(seed, pool, one.owner) < tie_break(seed, pool, other.owner),
        Ordering::Greater => false,
    }
}

/// FNV-1a over seed, pool and owner (Fowler, Noll and Vo; 64 bit), finished with SplitMix64's mixer so that similar
/// names do not sort alike.
fn tie_break(seed: u64, pool: &PoolId, owner: &OwnerId) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for bytes in [&seed.to_le_bytes()[..], pool.as_str().as_bytes(), &[0], owner.as_str().as_bytes()] {
        for byte in bytes {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}
