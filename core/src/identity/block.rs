//! Blocking: which records are looked at, found by equal keys, so that nothing is compared with everything.
//!
//! Input: records in columns and the blocking rules of a model. Output: for each rule the records of each key; for a
//! record the candidates that share a key with it. Invariant: a key that more than `max_block` records share gives only
//! those that stand nearest in alphabetical order (the sorted neighbourhood of Hernández and Stolfo, 1995), so that the
//! candidates of a record never exceed rules × `max_block`, and what was left out is counted.

use std::cmp::Ordering;

use super::compare::{first, is_common, user};
use super::dictionary::{hash, mix};
use super::forms::Values;
use super::metric;
use super::store::Store;
use crate::contract::{Attribute, BlockingKey, BlockingRule};
use crate::order;

/// The records of each key of one rule.
#[derive(Clone, Debug, Default)]
struct Postings {
    keys: Vec<u64>,
    /// Where the records of each key end.
    ends: Vec<u32>,
    records: Vec<u32>,
}

/// The records of each key of every rule.
#[derive(Clone, Debug, Default)]
pub(crate) struct Blocks {
    rules: Vec<Postings>,
    max_block: usize,
}

/// What one blocking rule gives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RuleSize {
    /// Distinct keys.
    pub keys: usize,
    /// Records that have a key.
    pub records: usize,
    /// Pairs of records that share a key.
    pub pairs: u64,
    /// The records of the key that most share.
    pub largest: usize,
    /// Keys that more than `max_block` records share.
    pub oversize: usize,
}

impl Blocks {
    /// Finds the keys of all records.
    pub(crate) fn build(store: &Store, rules: &[BlockingRule], max_block: usize) -> Self {
        let rules = rules.iter().map(|rule| Postings::build(store, rule, max_block)).collect();
        Self { rules, max_block }
    }

    /// Adds the records that share a key with these values, each once, in order. `own` is their number where they are a
    /// record of the store: then of two records either both are given the other or neither is.
    pub(crate) fn candidates(
        &self,
        store: &Store,
        rules: &[BlockingRule],
        values: &Values<'_>,
        own: Option<u32>,
        into: &mut Vec<u32>,
    ) {
        into.clear();
        for (rule, postings) in rules.iter().zip(&self.rules) {
            keys_of(rule, &|attribute| values[attribute as usize], &mut |key| {
                let block = postings.get(key);
                if block.len() <= self.max_block {
                    into.extend_from_slice(block);
                } else {
                    into.extend_from_slice(nearest(block, store, values, own, self.max_block));
                }
            });
        }
        into.sort_unstable();
        into.dedup();
    }

    /// What each rule gives.
    pub(crate) fn sizes(&self) -> Vec<RuleSize> {
        self.rules.iter().map(|rule| rule.size(self.max_block)).collect()
    }

    /// What it takes in memory, in bytes.
    pub(crate) fn bytes(&self) -> usize {
        let rules = self.rules.iter();
        rules.map(|rule| 8 * rule.keys.capacity() + 4 * (rule.ends.capacity() + rule.records.capacity())).sum()
    }
}

impl Postings {
    fn build(store: &Store, rule: &BlockingRule, max_block: usize) -> Self {
        let mut entries: Vec<(u64, u32)> = Vec::with_capacity(store.len() as usize);
        for record in 0..store.len() {
            keys_of(rule, &|attribute| store.text(attribute, record), &mut |key| entries.push((key, record)));
        }
        let mut entries = by_key(entries);
        entries.dedup();
        let mut postings = Self { records: Vec::with_capacity(entries.len()), ..Self::default() };
        for (key, record) in entries {
            postings.records.push(record);
            let end = u32::try_from(postings.records.len()).unwrap_or(u32::MAX);
            match (postings.keys.last(), postings.ends.last_mut()) {
                (Some(last), Some(last_end)) if *last == key => *last_end = end,
                _ => {
                    postings.keys.push(key);
                    postings.ends.push(end);
                }
            }
        }
        postings.keys.shrink_to_fit();
        postings.ends.shrink_to_fit();
        postings.sort_oversize(store, max_block);
        postings
    }

    /// Puts the records of keys that too many share into alphabetical order.
    fn sort_oversize(&mut self, store: &Store, max_block: usize) {
        let mut start = 0;
        for end in &self.ends {
            let end = *end as usize;
            if end - start > max_block {
                order::sort_by(&mut self.records[start..end], |a, b| {
                    alphabetical(&store.values(*a), &store.values(*b)).then(a.cmp(b))
                });
            }
            start = end;
        }
    }

    fn get(&self, key: u64) -> &[u32] {
        let Ok(place) = self.keys.binary_search(&key) else { return &[] };
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.records[start as usize..self.ends[place] as usize]
    }

    fn size(&self, max_block: usize) -> RuleSize {
        let mut size = RuleSize { keys: self.keys.len(), records: self.records.len(), ..RuleSize::default() };
        let mut start = 0;
        for end in &self.ends {
            let block = (end - start) as usize;
            size.pairs += (block as u64) * (block as u64 - 1) / 2;
            size.largest = size.largest.max(block);
            size.oversize += usize::from(block > max_block);
            start = *end;
        }
        size
    }
}

/// Sorted by key, those of one key as they stood: a byte of the key at a time, the lowest first. Keys are hashes, so comparing
/// them would take a guess at every step.
fn by_key(mut entries: Vec<(u64, u32)>) -> Vec<(u64, u32)> {
    let mut sorted = vec![(0, 0); entries.len()];
    for byte in 0..8 {
        let of = |key: u64| usize::from(key.to_le_bytes()[byte]);
        let mut starts = [0_usize; 257];
        for (key, _) in &entries {
            starts[of(*key) + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        for entry in &entries {
            let start = &mut starts[of(entry.0)];
            sorted[*start] = *entry;
            *start += 1;
        }
        std::mem::swap(&mut entries, &mut sorted);
    }
    entries
}

/// Those of a block that stand nearest to a record in alphabetical order.
fn nearest<'b>(block: &'b [u32], store: &Store, values: &Values<'_>, own: Option<u32>, most: usize) -> &'b [u32] {
    if let Some(own) = own {
        let before = |other: &u32| alphabetical(&store.values(*other), values).then(other.cmp(&own)) == Ordering::Less;
        let place = block.partition_point(before);
        return &block[place.saturating_sub(most / 2)..(place + most / 2 + 1).min(block.len())];
    }
    let place = block.partition_point(|other| alphabetical(&store.values(*other), values) == Ordering::Less);
    let start = place.saturating_sub(most / 2).min(block.len() - most);
    &block[start..start + most]
}

/// The order of records in a block that is too large.
fn alphabetical(a: &Values<'_>, b: &Values<'_>) -> Ordering {
    const BY: [Attribute; 6] = [
        Attribute::Company,
        Attribute::Surname,
        Attribute::GivenName,
        Attribute::Email,
        Attribute::Street,
        Attribute::PostalCode,
    ];
    let orders = BY.iter().map(|attribute| a[*attribute as usize].cmp(b[*attribute as usize]));
    // The rest too, so that only records alike in everything stand in the order of the rows.
    orders.fold(Ordering::Equal, Ordering::then).then_with(|| a.cmp(b))
}

/// How much of a word is its beginning.
const BEGINNING: usize = 4;

/// How many of the last digits of a phone number are its key: those that are dialled without any code.
const DIALLED: usize = 7;

/// Calls `each` with the keys of a record under a rule; not at all where a key is missing.
fn keys_of<'v>(rule: &BlockingRule, text: &dyn Fn(Attribute) -> &'v str, each: &mut dyn FnMut(u64)) {
    let mut key = 0x51_7c_c1_b7_27_22_0a_95;
    let mut many = None;
    for on in &rule.on {
        let part = match on {
            BlockingKey::Name => {
                let (given, surname) = (first(text(Attribute::GivenName)), text(Attribute::Surname));
                if given.is_empty() || surname.is_empty() { 0 } else { hash(given).wrapping_add(hash(surname)) }
            }
            BlockingKey::Surname => some(text(Attribute::Surname)),
            BlockingKey::SurnameSound => sound(text(Attribute::Surname)),
            BlockingKey::GivenName => some(first(text(Attribute::GivenName))),
            BlockingKey::GivenInitial => some(start(text(Attribute::GivenName), 1)),
            BlockingKey::Email => some(text(Attribute::Email)),
            BlockingKey::Mailbox => some(user(text(Attribute::Email))),
            BlockingKey::Phone => {
                let phone = text(Attribute::Phone);
                let phone = if phone.is_empty() { text(Attribute::Mobile) } else { phone };
                if phone.len() < DIALLED { 0 } else { some(&phone[phone.len() - DIALLED..]) }
            }
            BlockingKey::Company => some(text(Attribute::Company)),
            BlockingKey::CompanyWord | BlockingKey::CompanyStart => {
                many = Some(*on);
                continue;
            }
            BlockingKey::Domain => some(text(Attribute::Domain)),
            BlockingKey::HouseNumber => some(text(Attribute::HouseNumber)),
            BlockingKey::Street => some(text(Attribute::Street)),
            BlockingKey::AddressLine => some(text(Attribute::AddressLine)),
            BlockingKey::City => some(text(Attribute::City)),
            BlockingKey::PostalCode => some(text(Attribute::PostalCode)),
            BlockingKey::BirthDate => some(text(Attribute::BirthDate)),
            BlockingKey::BirthYear => some(start(text(Attribute::BirthDate), 4)),
            BlockingKey::Identifier => some(text(Attribute::Identifier)),
        };
        if part == 0 {
            return;
        }
        key = mix(key ^ part, 0x8ebc_6af0_9c88_c6e3);
    }
    match many {
        None => each(key),
        Some(on) => {
            let company = text(Attribute::Company);
            let words = || company.split(' ').filter(|word| !word.is_empty());
            let common = words().all(is_common);
            for word in words().filter(|word| common || !is_common(word)) {
                let word = if on == BlockingKey::CompanyStart { start(word, BEGINNING) } else { word };
                each(mix(key ^ hash(word), 0x8ebc_6af0_9c88_c6e3));
            }
        }
    }
}

/// The hash of how a name sounds: of the name itself where it has no Latin letters.
fn sound(name: &str) -> u64 {
    metric::nysiis(name).map_or_else(|| some(name), |sound| some(sound.as_str()))
}

/// The hash of a text; 0 where there is none.
fn some(text: &str) -> u64 {
    if text.is_empty() { 0 } else { hash(text) }
}

/// The first letters of a text.
fn start(text: &str, letters: usize) -> &str {
    text.char_indices().nth(letters).map_or(text, |(end, _)| &text[..end])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::by_key;

    proptest! {
        #[test]
        fn entries_are_sorted_as_comparing_sorts_them(
            keys in proptest::collection::vec(prop_oneof![0..4_u64, any::<u64>()], 0..300)
        ) {
            let entries: Vec<(u64, u32)> = keys.into_iter().zip(0..).collect();
            let mut expected = entries.clone();
            expected.sort_by_key(|(key, _)| *key);
            prop_assert_eq!(by_key(entries), expected);
        }
    }
}
