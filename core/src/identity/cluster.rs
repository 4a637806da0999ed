//! Clusters: which records of a file are one and the same, from the weights of pairs.
//!
//! Input: pairs that weigh enough, and a way to weigh any pair. Output: groups of records. Invariant: two groups become
//! one only if their records agree on the whole and not through one chance link, so that a chain of likenesses does not
//! join strangers; the same pairs in any order give the same groups. *Source*: average-linkage agglomeration, Sokal and
//! Michener, *A statistical method for evaluating systematic relationships* (1958), with the median for the mean: one pair
//! that differs wildly must not outvote many that agree.

use crate::order;

/// A pair of records, by place, and its weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The record that comes first.
    pub a: u32,
    /// The one that comes after it.
    pub b: u32,
    /// What the pair weighs.
    pub weight: i32,
}

/// The most pairs between two groups that are weighed; of more, so many are taken at even distances.
const MOST_PAIRS: usize = 48;

/// What half of the pairs between two groups must weigh for them to be one: a pair of one in five.
pub const AT_MIDDLE: i32 = -2000;

/// Groups `records` records by `edges`, the heaviest first. Two groups are joined if half of the pairs between them
/// weigh at least [`AT_MIDDLE`]; `weigh` is asked for each.
#[must_use]
pub fn cluster(records: u32, edges: &[Edge], weigh: &mut dyn FnMut(u32, u32) -> i32) -> Vec<Vec<u32>> {
    let mut edges: Vec<Edge> = edges.to_vec();
    order::sort_by(&mut edges, |x, y| y.weight.cmp(&x.weight).then(x.a.cmp(&y.a)).then(x.b.cmp(&y.b)));
    let mut groups: Vec<Vec<u32>> = (0..records).map(|record| vec![record]).collect();
    let mut of: Vec<u32> = (0..records).collect();
    for edge in &edges {
        let (x, y) = (of[edge.a as usize] as usize, of[edge.b as usize] as usize);
        if x == y || middle(&groups[x], &groups[y], weigh) < AT_MIDDLE {
            continue;
        }
        let (small, large) = if groups[x].len() < groups[y].len() { (x, y) } else { (y, x) };
        let moved = std::mem::take(&mut groups[small]);
        for record in &moved {
            of[*record as usize] = of[groups[large][0] as usize];
        }
        groups[large].extend(moved);
    }
    let mut groups: Vec<Vec<u32>> = groups.into_iter().filter(|group| group.len() > 1).collect();
    groups.iter_mut().for_each(|group| group.sort_unstable());
    order::sort_all(&mut groups);
    groups
}

/// The middle one of what the pairs between two groups weigh.
fn middle(x: &[u32], y: &[u32], weigh: &mut dyn FnMut(u32, u32) -> i32) -> i32 {
    let all = x.len() * y.len();
    let step = all.div_ceil(MOST_PAIRS);
    let mut weights: Vec<i32> =
        (0..all).step_by(step).map(|pair| weigh(x[pair / y.len()], y[pair % y.len()])).collect();
    order::sort_all(&mut weights);
    weights[weights.len() / 2]
}
