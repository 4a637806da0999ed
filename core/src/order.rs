//! Sorting: stable, and compiled once for every type.
//!
//! Input: a slice and how two of its elements compare. Output: the slice in order; what compares as equal stays as it
//! stood. The standard library's sort is compiled anew for every type, at several kilobytes each; this one asks for
//! comparisons and swaps by place.

use std::cmp::Ordering;

/// Up to this length no memory is asked for: lists within one decision are shorter.
const SHORT: usize = 20;

/// Sorts as `slice::sort_by` does.
pub(crate) fn sort_by<T>(items: &mut [T], compare: impl FnMut(&T, &T) -> Ordering) {
    sort(&mut Slice { items, compare });
}

/// Sorts as `slice::sort_by_key` does.
pub(crate) fn sort_by_key<T, K: Ord>(items: &mut [T], mut key: impl FnMut(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// Sorts as `slice::sort` does.
pub(crate) fn sort_all<T: Ord>(items: &mut [T]) {
    sort_by(items, T::cmp);
}

/// The places of the elements in the order they sort in. `compare` is asked about two places.
pub(crate) fn places(len: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut from: Vec<usize> = (0..len).collect();
    let mut to = Vec::with_capacity(len);
    let mut width = 1;
    while width < len {
        for run in from.chunks(width * 2) {
            let (mut left, mut right) = run.split_at(width.min(run.len()));
            while let (&[a, ref after_a @ ..], &[b, ref after_b @ ..]) = (left, right) {
                if compare(a, b) == Ordering::Greater {
                    to.push(b);
                    right = after_b;
                } else {
                    to.push(a);
                    left = after_a;
                }
            }
            to.extend_from_slice(left);
            to.extend_from_slice(right);
        }
        std::mem::swap(&mut from, &mut to);
        to.clear();
        width *= 2;
    }
    from
}

/// Whether each element equals one that stands before it.
pub(crate) fn repeated<T: Ord>(items: &[T]) -> Vec<bool> {
    let sorted = places(items.len(), &mut |a, b| items[a].cmp(&items[b]));
    let mut repeated = vec![false; items.len()];
    for pair in sorted.windows(2) {
        if let [first, second] = *pair {
            repeated[second] = items[first] == items[second];
        }
    }
    repeated
}

/// What a sort asks of a slice, whatever it holds.
trait Places {
    fn len(&self) -> usize;
    fn compare(&mut self, a: usize, b: usize) -> Ordering;
    fn swap(&mut self, a: usize, b: usize);
}

struct Slice<'s, T, F> {
    items: &'s mut [T],
    compare: F,
}

impl<T, F: FnMut(&T, &T) -> Ordering> Places for Slice<'_, T, F> {
    fn len(&self) -> usize {
        self.items.len()
    }

    fn compare(&mut self, a: usize, b: usize) -> Ordering {
        (self.compare)(&self.items[a], &self.items[b])
    }

    fn swap(&mut self, a: usize, b: usize) {
        self.items.swap(a, b);
    }
}

fn sort(items: &mut dyn Places) {
    let len = items.len();
    if len <= SHORT {
        for end in 1..len {
            let mut at = end;
            while at > 0 && items.compare(at - 1, at) == Ordering::Greater {
                items.swap(at - 1, at);
                at -= 1;
            }
        }
        return;
    }
    let mut from = places(len, &mut |a, b| items.compare(a, b));
    for start in 0..len {
        // Each circle of moves is gone round once; a place that is done is its own source.
        let mut at = start;
        while let Some(source) = from.get_mut(at) {
            let source = std::mem::replace(source, at);
            if source == start {
                break;
            }
            items.swap(at, source);
            at = source;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn sorts_as_the_standard_library_does(items in vec((0_u8..30, any::<u8>()), 0..200)) {
            let (mut ours, mut theirs) = (items.clone(), items);
            sort_by_key(&mut ours, |item| item.0);
            theirs.sort_by_key(|item| item.0);
            prop_assert_eq!(&ours, &theirs);
            sort_all(&mut ours);
            theirs.sort();
            prop_assert_eq!(ours, theirs);
        }
    }
}
