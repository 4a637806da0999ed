//! Whole files: which records of one file are in another, and which records of one file are the same.
//!
//! Input: an index, and for linking the records that are looked for. Output: the pairs from a weight on, in order.
//! Invariant: each pair once; independent of the order of the rows but for the numbers by which rows are known.

use super::cluster::Edge;
use super::index::Index;

/// The pairs of at least this weight between the records of the index, or between `left` (`a`) and the index (`b`).
#[must_use]
pub fn pairs(index: &Index, left: Option<&Index>, least: i32) -> Vec<Edge> {
    let mut found = Vec::new();
    index.each_pair(left, &mut |a, b, weighed| {
        if weighed.total.0 >= least {
            found.push(Edge { a, b, weight: weighed.total.0 });
        }
    });
    found
}
