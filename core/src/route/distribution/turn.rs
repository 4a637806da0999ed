//! Whose turn it is, by turns and weights alone.
//!
//! Input: who can take a lead, with weight and turns so far. Output: whose turn it is. Method: R. Tijdeman, *The chairman
//! assignment problem*, Discrete Mathematics 32 (1980), 323–330: among those who are behind their share by at least
//! 1/(2k − 2) of a lead, the one who would be the first to fall behind by more than 1 − 1/(2k − 2). Invariant: as long as the
//! same k members can take leads, each has after every lead less than one lead more or less than their share. Equal members
//! come in turn, so that they never differ by more than one. Ties are broken by a hash of the seed, the pool and the owner,
//! never by the order in which members were written.

use std::cmp::Ordering;

use crate::id::{OwnerId, PoolId};

/// Somebody who can take a lead.
#[derive(Clone, Copy, Debug)]
pub(super) struct Share<'a> {
    pub(super) owner: &'a OwnerId,
    pub(super) weight: u32,
    /// Turns had, less those given back.
    pub(super) turns: i64,
}

/// The place of whoever's turn it is.
pub(super) fn whose(shares: &[Share<'_>], seed: u64, pool: &PoolId) -> Option<usize> {
    let all: i128 = shares.iter().map(|share| i128::from(share.weight)).sum();
    let leads: i128 = shares.iter().map(|share| i128::from(share.turns)).sum::<i128>() + 1;
    // In units of 1/(2k − 2) of a lead.
    let units = i128::try_from(shares.len()).unwrap_or(1) * 2 - 2;
    let behind = |share: &Share<'_>| {
        units == 0 || units * (i128::from(share.weight) * leads - i128::from(share.turns) * all) >= all
    };
    let due = |share: &Share<'_>| units * (i128::from(share.turns) + 1) - 1;
    let mut best: Option<(usize, &Share<'_>)> = None;
    for (place, share) in shares.iter().enumerate().filter(|(_, share)| behind(share)) {
        let sooner = best.is_none_or(|(_, best)| {
            let (mine, theirs) = (due(share) * i128::from(best.weight), due(best) * i128::from(share.weight));
            mine.cmp(&theirs).then_with(|| tie(share.owner, best.owner, seed, pool)) == Ordering::Less
        });
        if sooner {
            best = Some((place, share));
        }
    }
    best.map(|(place, _)| place)
}

/// Which of two comes first where nothing else tells them apart.
pub(super) fn tie(one: &OwnerId, other: &OwnerId, seed: u64, pool: &PoolId) -> Ordering {
    tie_break(seed, pool, one).cmp(&tie_break(seed, pool, other))
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

/// How many turns somebody of a weight has had when they are level with somebody else, given as weight and turns.
pub(super) fn level(weight: u32, (other, turns): (u32, u64)) -> u64 {
    let level = u128::from(turns) * u128::from(weight) / u128::from(other.max(1));
    u64::try_from(level).unwrap_or(u64::MAX)
}

/// The two who are furthest behind for their weight, or furthest ahead, the furthest first; each by place, weight and turns.
pub(super) fn furthest(all: impl Iterator<Item = (usize, u32, u64)>, way: Ordering) -> [Option<(usize, u32, u64)>; 2] {
    let mut found: [Option<(usize, u32, u64)>; 2] = [None; 2];
    for one in all.filter(|(_, weight, _)| *weight > 0) {
        let further = |other: Option<(usize, u32, u64)>| {
            other.is_none_or(|(_, weight, turns)| {
                (u128::from(one.2) * u128::from(weight)).cmp(&(u128::from(turns) * u128::from(one.1))) == way
            })
        };
        if further(found[0]) {
            found = [Some(one), found[0]];
        } else if further(found[1]) {
            found[1] = Some(one);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Gives so many leads by weights, from nothing; the turns of each after every lead.
    fn run(weights: &[u32], leads: usize, seed: u64) -> Vec<Vec<i64>> {
        let owners: Vec<OwnerId> = (0..weights.len()).map(|n| OwnerId::from(&*format!("o{n}"))).collect();
        let mut turns = vec![0; weights.len()];
        let mut all = Vec::new();
        for _ in 0..leads {
            let shares: Vec<_> = (0..weights.len())
                .map(|at| Share { owner: &owners[at], weight: weights[at], turns: turns[at] })
                .collect();
            turns[whose(&shares, seed, &PoolId::from("pool")).unwrap()] += 1;
            all.push(turns.clone());
        }
        all
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]
        #[test]
        fn every_prefix_is_within_one_of_the_share(
            weights in prop::collection::vec(1_u32..60, 1..12),
            seed in any::<u64>(),
        ) {
            let all: i64 = weights.iter().map(|weight| i64::from(*weight)).sum();
            let k = i64::try_from(weights.len()).unwrap();
            for (leads, turns) in (1..).zip(run(&weights, 150, seed)) {
                for (weight, turns) in weights.iter().zip(turns) {
                    let off = (i64::from(*weight) * leads - turns * all).abs();
                    // |share − turns| ≤ 1 − 1/(2k − 2)
                    prop_assert!(k == 1 || off * (2 * k - 2) <= all * (2 * k - 3), "{weights:?} after {leads}: {turns}");
                }
            }
        }

        #[test]
        fn every_window_is_within_two_of_the_share(
            weights in prop::collection::vec(1_u32..60, 1..9),
            from in 0_usize..100,
            length in 1_usize..100,
        ) {
            let all: i64 = weights.iter().map(|weight| i64::from(*weight)).sum();
            let turns = run(&weights, from + length, 7);
            for (at, weight) in weights.iter().enumerate() {
                let before = from.checked_sub(1).map_or(0, |last| turns[last][at]);
                let got = turns[from + length - 1][at] - before;
                let off = (i64::from(*weight) * i64::try_from(length).unwrap() - got * all).abs();
                prop_assert!(off < 2 * all, "{weights:?}: {got} of {length} from {from}");
            }
        }
    }

    #[test]
    fn who_joins_starts_level_with_the_one_furthest_behind() {
        let all = [(0, 1, 5), (1, 3, 12), (2, 1, 9)];
        assert_eq!(furthest(all.into_iter(), Ordering::Less), [Some((1, 3, 12)), Some((0, 1, 5))]);
        assert_eq!(furthest(all.into_iter(), Ordering::Greater), [Some((2, 1, 9)), Some((0, 1, 5))]);
        assert_eq!(level(2, (3, 12)), 8);
        assert_eq!(furthest([].into_iter(), Ordering::Less), [None, None]);
    }
}
