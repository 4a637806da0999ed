//! Differences made real: all of them, one alone, or all but one.

use serde_json::Value;
use thiserror::Error;

use super::{Difference, DifferenceKind, list};
use crate::json::address::{self, AddressError, name_of, split_last};
use crate::map::Map;

/// Why differences could not be applied.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ApplyError {
    /// What the difference is about is not there.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// What stands there is not what the difference starts from.
    #[error("`{0}` is no longer what this difference starts from; compare the contracts again")]
    Stale(String),
    /// The difference lacks the value or position its kind needs.
    #[error("the difference at `{0}` lacks a value or position")]
    Incomplete(String),
}

/// The contract that has all of `differences` beyond `base`.
///
/// Exact for all differences of two contracts. Of a selection, items land at the positions they have in the whole; use
/// [`alone`] for one difference and [`revert`] for all but one.
pub fn apply(base: &Value, differences: &[Difference]) -> Result<Value, ApplyError> {
    let mut out = base.clone();
    // Items that must be put at a position, by list: all are taken out first, then put in lowest first.
    let mut placed: Map<&str, Map<u64, Value>> = Map::new();
    for difference in differences {
        let address = difference.address.as_str();
        let incomplete = || ApplyError::Incomplete(address.to_owned());
        let before = difference.before.as_ref();
        let after = || difference.after.clone().ok_or_else(incomplete);
        let list = address.rsplit_once('/').map_or("", |(list, _)| list);
        match (difference.kind, difference.position) {
            (DifferenceKind::Added, Some(position)) => {
                placed.get_or_insert(list, Map::new).insert(u64::from(position), after()?);
            }
            (DifferenceKind::Added, None) => {
                if address::get(&out, address).is_some() {
                    return Err(ApplyError::Stale(address.to_owned()));
                }
                address::set(&mut out, address, after()?)?;
            }
            (DifferenceKind::Changed, _) => {
                if address::get(&out, address) != before {
                    return Err(ApplyError::Stale(address.to_owned()));
                }
                address::set(&mut out, address, after()?)?;
            }
            (DifferenceKind::Removed, _) => {
                if address::get(&out, address) != before {
                    return Err(ApplyError::Stale(address.to_owned()));
                }
                address::remove(&mut out, address)?;
            }
            (DifferenceKind::Moved, _) => {}
        }
    }
    // What moved may have changed as well: it is taken out as it is by now.
    for difference in differences.iter().filter(|d| d.kind == DifferenceKind::Moved) {
        let address = difference.address.as_str();
        let list = address.rsplit_once('/').map_or("", |(list, _)| list);
        let position = difference.after.as_ref().and_then(Value::as_u64);
        let position = position.ok_or_else(|| ApplyError::Incomplete(address.to_owned()))?;
        let item = address::remove(&mut out, address)?;
        placed.get_or_insert(list, Map::new).insert(position, item);
    }
    for (list, items) in placed {
        for (position, item) in items {
            let position = usize::try_from(position).unwrap_or(usize::MAX);
            address::insert(&mut out, list, position, item)?;
        }
    }
    Ok(out)
}

/// The candidate without one difference: what it is about is as in `base` again, everything else stays, with the order
/// of its keys.
pub fn revert(base: &Value, candidate: &Value, difference: &Difference) -> Result<Value, ApplyError> {
    let mut out = candidate.clone();
    take_over(&mut out, base, difference)?;
    Ok(out)
}

/// The base with one difference of the candidate and no other.
pub fn alone(base: &Value, candidate: &Value, difference: &Difference) -> Result<Value, ApplyError> {
    let mut out = base.clone();
    take_over(&mut out, candidate, difference)?;
    Ok(out)
}

/// Makes what the difference is about in `to` as it is in `from`.
fn take_over(to: &mut Value, from: &Value, difference: &Difference) -> Result<(), ApplyError> {
    let address = difference.address.as_str();
    let is_item = difference.kind == DifferenceKind::Moved || difference.position.is_some();
    let Some(value) = address::get(from, address) else {
        address::remove(to, address)?;
        let list = address.rsplit_once('/').map_or("", |(list, _)| list);
        // The list came with its first item, so it goes with the last.
        if is_item && address::get(from, list).is_none() && address::get(to, list) == Some(&Value::Array(Vec::new())) {
            address::remove(to, list)?;
        }
        return Ok(());
    };
    if !is_item {
        address::set(to, address, value.clone())?;
        return Ok(());
    }
    let Some((list, name)) = split_last(address) else {
        return Err(AddressError::Malformed(address.to_owned()).into());
    };
    let position = position_like(to, from, list, &name);
    let item = match difference.kind {
        DifferenceKind::Moved => address::remove(to, address)?,
        _ => value.clone(),
    };
    address::insert(to, list, position, item)?;
    Ok(())
}

/// Where an item belongs in the list of `to`, once it is taken out there, to stand as in `from`: behind the nearest item
/// before it that did not move itself, otherwise first.
fn position_like(to: &Value, from: &Value, list: &str, name: &str) -> usize {
    let none = Vec::new();
    let key = split_last(list).map(|(_, key)| key).unwrap_or_default();
    let items = |root| address::get(root, list).and_then(Value::as_array);
    let (to, from) = (items(to).unwrap_or(&none), items(from).unwrap_or(&none));
    let unmoved = list::unmoved(&key, from, to);
    let named = |item| name_of(Some(&key), item);
    let anchor = from
        .iter()
        .map(named)
        .take_while(|other| *other != Some(name))
        .flatten()
        .filter(|other| unmoved.contains(other) && *other != name)
        .last();
    let rest = to.iter().map(named).filter(|other| *other != Some(name));
    match anchor {
        None => 0,
        Some(anchor) => rest.take_while(|other| *other != Some(anchor)).count() + 1,
    }
}
