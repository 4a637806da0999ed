//! How evenly pools share their work.
//!
//! Input: assignments, the contract's pools. Output: for each pool that works by turns, weight, load or quota, how many of its
//! assignments would have to be somebody else's. Invariant: a member who has their share, rounded up or down, has what is
//! theirs. Source: O. D. Duncan and B. Duncan, *A methodological analysis of segregation indexes* (1955); M. Balinski and
//! H. P. Young, *Fair representation* (1982).

use super::board::Cell;
use super::finish::Fate;
use super::{By, Indicator, MemberShare, PoolShare, Share, Tally, Week};
use crate::contract::{Contract, Member, Method, Pool, Routing, Target};
use crate::map::Map;
use crate::record::Crm;

impl Tally {
    /// How evenly each pool that shares by turns shared what it got.
    pub(super) fn pools(&mut self, fates: &[Fate<'_>], contract: &Contract, crm: Option<&Crm>) -> Vec<PoolShare> {
        let Some(routing) = &contract.routing else { return Vec::new() };
        let mut all = Vec::new();
        for pool in routing.pools.iter().filter(|pool| pool.method != Method::Priority && pool.members.len() > 1) {
            let rules = self.rules_to(routing, pool);
            let owner = |name: &str| crm.map_or_else(|| name.to_owned(), |crm| crm.owner_id(name).to_string());
            let members: Vec<Option<u32>> =
                pool.members.iter().map(|member| self.names.find(&owner(&member.owner))).collect();
            // What each got: overall and in each slice.
            let mut got: Map<(Option<By>, i64), Vec<u64>> = Map::new();
            let mut others = 0;
            for fate in fates.iter().filter(|fate| fate.done.assign && fate.done.routed) {
                let belongs = &fate.done.belongs;
                if self.from.is_some_and(|from| belongs.at < from)
                    || !belongs.rules.iter().any(|rule| rules.contains(rule))
                {
                    continue;
                }
                let Some(member) = members.iter().position(|member| *member == Some(fate.done.to)) else {
                    others += 1;
                    continue;
                };
                let mut count = |by, key| {
                    let got = got.get_or_insert((by, key), || vec![0; members.len()]);
                    if let Some(got) = got.get_mut(member) {
                        *got += 1;
                    }
                };
                count(None, 0);
                count(Some(By::Week), Week::of(belongs.at).number());
                // Of one owner's or one source's leads nothing is to be shared out.
                for by in [By::Workflow, By::Version, By::Rule] {
                    belongs.keys(by).iter().for_each(|key| count(Some(by), i64::from(*key)));
                }
            }
            for ((by, key), got) in &got {
                let share = uneven(pool, got);
                let cell = match by {
                    None => &mut self.board.all,
                    Some(By::Week) => self.board.weeks.get_or_insert(Week::numbered(*key), Cell::default),
                    Some(by) => self.board.cell_mut(*by, u32::try_from(*key).unwrap_or(0)),
                };
                cell.add(Indicator::DistributionParity, share.hits, share.of);
            }
            let got = got.get(&(None, 0)).cloned().unwrap_or_else(|| vec![0; members.len()]);
            let members = pool.members.iter().zip(&got).map(|(member, got)| MemberShare {
                owner: member.owner.clone(),
                weight: weight(pool, member),
                assignments: *got,
            });
            all.push(PoolShare {
                pool: pool.id.clone(),
                share: uneven(pool, &got),
                others,
                members: members.collect(),
            });
        }
        all
    }

    /// The numbers of the rules that lead to a pool.
    fn rules_to(&self, routing: &Routing, pool: &Pool) -> Vec<u32> {
        let to = Target::Pool(pool.id.clone());
        routing.rules.iter().filter(|rule| rule.to == to).filter_map(|rule| self.names.find(rule.id.as_str())).collect()
    }
}

/// What a member should get relative to the others.
fn weight(pool: &Pool, member: &Member) -> u32 {
    let weight = if pool.method == Method::Quota { member.caps.per_month.unwrap_or(0) } else { member.weight };
    if member.active { weight } else { 0 }
}

/// How many assignments would have to be somebody else's for each member to have their share, rounded up or down.
fn uneven(pool: &Pool, got: &[u64]) -> Share {
    let weights: Vec<u64> = pool.members.iter().map(|member| u64::from(weight(pool, member))).collect();
    let (of, all): (u64, u64) = (got.iter().sum(), weights.iter().sum());
    if all == 0 {
        return Share::default();
    }
    let (mut over, mut under) = (0, 0);
    for (got, weight) in got.iter().zip(&weights) {
        over += got.saturating_sub((of * weight).div_ceil(all));
        under += (of * weight / all).saturating_sub(*got);
    }
    Share { hits: over.max(under), of }
}
