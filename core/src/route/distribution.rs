//! Distribution: whose turn it is in a pool.
//!
//! Input: the pool, the turns taken so far, the directory. Output: the member, and the turns afterwards. Method:
//! weighted round robin; next is the member for whom (turns + ½) / weight is least (Sainte-Laguë's divisor method, 1910).
//! Invariant: turns are kept by owner, so removing a member keeps everyone's turn; ties are broken by a hash of the
//! seed, the pool and the owner, never by the order in which members were written.

use std::cmp::Ordering;

use super::{Destination, PoolTrace, SkipReason, Skipped};
use crate::contract::{Member, OnNobody, Pool};
use crate::decide::facts::Facts;
use crate::id::{OwnerId, PoolId};
use crate::record::{Crm, State};

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
        if let Some(owner) = next(written, facts.crm(), state, seed, full.then_some(&mut skipped)) {
            let trace = full.then(|| PoolTrace { pool: pool.clone(), skipped });
            return (Destination::Owner(owner), trace);
        }
        match &written.on_nobody {
            Some(OnNobody::Pool(other)) => pool = other,
            Some(OnNobody::Queue(queue)) => {
                return (Destination::Queue(queue.clone()), full.then(|| PoolTrace { pool: pool.clone(), skipped }));
            }
            None => break,
        }
    }
    (escalated(), full.then(|| PoolTrace { pool: pool.clone(), skipped }))
}

/// A member with who that is, by the directory, and whether new leads may go there.
fn seen<'m>(member: &'m Member, crm: &Crm) -> (&'m Member, OwnerId, Result<(), SkipReason>) {
    let (owner, here) = crm.owner_and_whether_active(&member.owner);
    let may = if !member.active || member.weight == 0 {
        Err(SkipReason::Inactive)
    } else if !here {
        Err(SkipReason::LeftTheCompany)
    } else {
        Ok(())
    };
    (member, owner, may)
}

fn next(
    pool: &Pool,
    crm: &Crm,
    state: &mut State,
    seed: u64,
    mut skipped: Option<&mut Vec<Skipped>>,
) -> Option<OwnerId> {
    let turns = state.pools.entry(pool.id.clone()).or_default();
    let members: Vec<_> = pool.members.iter().map(|member| seen(member, crm)).collect();
    let joins_at =
        members.iter().filter_map(|(member, owner, _)| Some(turns.turns.get(owner)? / u64::from(member.weight.max(1))));
    // Who joins a running pool starts level with the member who is furthest behind, not with nothing to catch up on.
    let joins_at = joins_at.min().unwrap_or(0);
    for (member, owner, _) in members.iter().filter(|(_, _, may)| may.is_ok()) {
        if !turns.turns.contains_key(owner) {
            turns.turns.insert(owner.clone(), joins_at * u64::from(member.weight));
        }
    }
    let mut best: Option<(OwnerId, u64, u32, u64)> = None;
    for (member, owner, may) in members {
        if let Err(reason) = may {
            if let Some(skipped) = &mut skipped {
                skipped.push(Skipped { owner, reason });
            }
            continue;
        }
        let taken = turns.turns.get(&owner).copied().unwrap_or(0);
        let tie = tie_break(seed, &pool.id, &owner);
        let better = best.as_ref().is_none_or(|(_, other, weight, other_tie)| {
            // taken / weight compared without division; the next turn counts, so that heavy members start early.
            let mine = u128::from(taken * 2 + 1) * u128::from(*weight);
            let theirs = u128::from(other * 2 + 1) * u128::from(member.weight);
            matches!((mine.cmp(&theirs), tie.cmp(other_tie)), (Ordering::Less, _) | (Ordering::Equal, Ordering::Less))
        });
        let passed = if better {
            best.replace((owner, taken, member.weight, tie)).map(|(owner, ..)| owner)
        } else {
            Some(owner)
        };
        if let (Some(skipped), Some(owner)) = (&mut skipped, passed) {
            skipped.push(Skipped { owner, reason: SkipReason::NotTheirTurn });
        }
    }
    let (owner, taken, ..) = best?;
    match turns.turns.get_mut(&owner) {
        Some(turns) => *turns = taken + 1,
        None => {
            turns.turns.insert(owner.clone(), taken + 1);
        }
    }
    if let Some(skipped) = skipped {
        skipped.sort_by(|a, b| a.owner.cmp(&b.owner));
    }
    Some(owner)
}

/// FNV-1a over seed, pool and owner (Fowler, Noll and Vo; 64 bit), finished with SplitMix64's mixer so that similar
/// names do not sort alike.
fn tie_break(seed: u64, pool: &PoolId, owner: &OwnerId) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let bytes = seed.to_le_bytes().into_iter().chain(pool.as_str().bytes()).chain([0]).chain(owner.as_str().bytes());
    for byte in bytes {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}
