//! Whole files: which records of one file are in another, and which records of one file are the same.
//!
//! Input: an index, and for linking the records that are looked for. Output: the pairs from a weight on, in order.
//! Invariant: each pair once; independent of the order of the rows but for the numbers by which rows are known.

use super::cluster::Edge;
use super::index::Index;

/// The pairs of at least this weight between the records of the index, or between `left` (`a`) and the index (`b`).
#[must_use]
pub fn pairs(index: &Index, left: Option<&Index>, least: i32) -> Vec<Edge> {
    let store = left.map_or(&index.store, |left| &left.store);
    let (mut found, mut scratch) = (Vec::new(), Vec::new());
    for a in 0..store.len() {
        let values = store.values(a);
        index.candidates(&values, &mut scratch);
        for b in &scratch {
            if left.is_some() || *b > a {
                let weight = index.weigh(&values, *b).total.0;
                if weight >= least {
                    found.push(Edge { a, b: *b, weight });
                }
            }
        }
    }
    found
}
