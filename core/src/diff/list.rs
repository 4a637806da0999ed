//! Lists whose items have names: added, removed and moved items, and what changed within the others.

use serde_json::Value;

use super::{Difference, DifferenceKind, values, words};
use crate::json::address::{join, name_of};
use crate::map::{Map, Set};

/// Whether every item of the two lists called `key` has a name, and in each list a different one.
pub(super) fn are_named(key: &str, before: &[Value], after: &[Value]) -> bool {
    let unique = |items: &[Value]| {
        let mut seen = Set::new();
        items.iter().all(|item| name_of(Some(key), item).is_some_and(|name| seen.insert(name)))
    };
    !(before.is_empty() && after.is_empty()) && unique(before) && unique(after)
}

/// The position of each name. Of items without a name there are none.
pub(super) fn positions<'v>(key: &str, items: &'v [Value]) -> Map<&'v str, usize> {
    let named = |(position, item)| Some((name_of(Some(key), item)?, position));
    items.iter().enumerate().filter_map(named).collect()
}

/// The names of the items that both lists have and that did not move: the longest run of them that kept its order.
pub(super) fn unmoved<'v>(key: &str, before: &[Value], after: &'v [Value]) -> Set<&'v str> {
    let was = positions(key, before);
    let common: Vec<(&str, usize)> = after
        .iter()
        .filter_map(|item| name_of(Some(key), item))
        .filter_map(|name| Some((name, *was.get(name)?)))
        .collect();
    let order: Vec<usize> = common.iter().map(|(_, position)| *position).collect();
    longest_rising(&order).into_iter().filter_map(|i| common.get(i)).map(|(name, _)| *name).collect()
}

/// Compares two lists of named items at `address`.
pub(super) fn items(address: &str, key: &str, before: &[Value], after: &[Value], out: &mut Vec<Difference>) {
    let was = positions(key, before);
    let unmoved = unmoved(key, before, after);
    let index = |position: usize| u32::try_from(position).unwrap_or(u32::MAX);
    for (position, item) in after.iter().enumerate() {
        let Some(name) = name_of(Some(key), item) else {
            continue;
        };
        let here = join(address, name);
        let Some((old_position, old)) = was.get(name).and_then(|p| Some((*p, before.get(*p)?))) else {
            out.push(Difference {
                address: here,
                kind: DifferenceKind::Added,
                before: None,
                after: Some(item.clone()),
                position: Some(index(position)),
                summary: format!("{} added", words::noun(key)),
            });
            continue;
        };
        if !unmoved.contains(name) {
            out.push(Difference {
                address: here.clone(),
                kind: DifferenceKind::Moved,
                before: Some(Value::from(old_position)),
                after: Some(Value::from(position)),
                position: None,
                summary: format!("moved from place {} to {}", old_position + 1, position + 1),
            });
        }
        values(&here, name, old, item, out);
    }
    let is = positions(key, after);
    for (position, item) in before.iter().enumerate() {
        if let Some(name) = name_of(Some(key), item)
            && !is.contains_key(name)
        {
            out.push(Difference {
                address: join(address, name),
                kind: DifferenceKind::Removed,
                before: Some(item.clone()),
                after: None,
                position: Some(index(position)),
                summary: format!("{} removed", words::noun(key)),
            });
        }
    }
}

/// The positions of a longest strictly rising subsequence, in order. Source: Fredman, *On computing the length of
/// longest increasing subsequences*, Discrete Mathematics 11 (1975).
fn longest_rising(numbers: &[usize]) -> Vec<usize> {
    // `tails[n]`: where the rising run of length n + 1 with the lowest end ends.
    let mut tails: Vec<usize> = Vec::new();
    let mut previous: Vec<Option<usize>> = Vec::with_capacity(numbers.len());
    for (at, number) in numbers.iter().enumerate() {
        let length = tails.partition_point(|tail| numbers.get(*tail).is_some_and(|n| n < number));
        previous.push(length.checked_sub(1).and_then(|n| tails.get(n).copied()));
        match tails.get_mut(length) {
            Some(tail) => *tail = at,
            None => tails.push(at),
        }
    }
    let mut run = Vec::with_capacity(tails.len());
    let mut last = tails.last().copied();
    while let Some(at) = last {
        run.push(at);
        last = previous.get(at).copied().flatten();
    }
    run.reverse();
    run
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_rising_run_is_longer(numbers in prop::collection::vec(0..12_usize, 0..10)) {
            let run = longest_rising(&numbers);
            prop_assert!(run.windows(2).all(|w| w[0] < w[1] && numbers[w[0]] < numbers[w[1]]));
            let rises = |set: &u32| {
                let chosen: Vec<_> = (0..numbers.len()).filter(|i| set >> i & 1 == 1).map(|i| numbers[i]).collect();
                chosen.windows(2).all(|w| w[0] < w[1])
            };
            let best = (0..1_u32 << numbers.len()).filter(rises).map(u32::count_ones).max();
            prop_assert_eq!(best, u32::try_from(run.len()).ok());
        }
    }
}
