//! Groups of records that are one and the same.

use std::collections::HashMap;
use std::path::Path;

use interlock_core::identity::pairs::groups;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Matched, Pair, write_file};
use crate::failure::Failure;

/// Groups of records that are one and the same.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Clusters<'a> {
    /// How many records there are in all.
    pub records: usize,
    /// The groups, by the place of their first record.
    pub clusters: Vec<Cluster<'a>>,
}

/// Records that are one and the same.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Cluster<'a> {
    /// Their ids, in the order of the file.
    pub records: Vec<&'a str>,
    /// The pairs among them that were compared and came to an outcome, with their evidence.
    pub edges: Vec<Pair<'a>>,
}

/// How many groups were written, and of how many records.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written {
    pub(super) clusters: usize,
    pub(super) records: usize,
}

/// Groups the records and writes the groups.
pub(super) fn write(matched: &Matched, path: &Path) -> Result<Written, Failure> {
    let groups = groups(&matched.index, &matched.pairs);
    let mut of: HashMap<u32, usize> = HashMap::new();
    for (place, group) in groups.iter().enumerate() {
        of.extend(group.iter().map(|record| (*record, place)));
    }
    let ids = |group: &Vec<u32>| group.iter().map(|record| matched.left.id(*record)).collect();
    let mut clusters: Vec<Cluster<'_>> =
        groups.iter().map(|group| Cluster { records: ids(group), edges: Vec::new() }).collect();
    for pair in &matched.pairs {
        if let (Some(one), Some(other)) = (of.get(&pair.a), of.get(&pair.b))
            && one == other
            && let Some(cluster) = clusters.get_mut(*one)
        {
            cluster.edges.push(matched.pair(pair));
        }
    }
    let written = Written { clusters: clusters.len(), records: groups.iter().map(Vec::len).sum() };
    let clusters = Clusters { records: matched.left.ids.len(), clusters };
    write_file(path, &(serde_json::to_string_pretty(&clusters)? + "\n"))?;
    Ok(written)
}
