//! Whole files: which records of one file are in another, and which records of one file are the same.
//!
//! Input: an index, and for linking the records that are looked for. Output: the pairs from a weight on, in order; or
//! those that lead to an outcome. Invariant: each pair once; independent of the order of the rows but for the numbers by
//! which rows are known; two records with one personal address that no third holds are always a pair, whatever the
//! blocking rules.

use super::cluster::{Edge, cluster};
use super::index::Index;
use super::outcome::{Limits, SameEmail};
use super::{Outcome, bits};
use crate::contract::Attribute;
use crate::normal::email::Email;
use crate::order;
use crate::scale::Confidence;

/// Two records and what follows from their weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The record that was looked for; of duplicates the one that comes first.
    pub a: u32,
    /// The candidate.
    pub b: u32,
    /// What the pair weighs, in thousandths of a bit.
    pub weight: i32,
    /// What follows.
    pub outcome: Outcome,
    /// Whether both have one e-mail address, and whose it is.
    pub email: SameEmail,
}

impl Pair {
    /// How probable it is that both are the same, by weight alone.
    #[must_use]
    pub fn probability(&self) -> Confidence {
        bits::probability(crate::scale::MatchWeight(self.weight))
    }
}

/// What is asked of [`matches`].
#[derive(Clone, Copy, Debug, Default)]
pub struct Question<'a> {
    /// Whether pairs without an outcome are listed too.
    pub every: bool,
    /// Mailboxes that belong to a role, besides the kept list.
    pub roles: &'a [String],
    /// Whether equal addresses are no more than probable: what the contract's `exact_email` set to false says.
    pub never_exact: bool,
}

/// The outcomes of all pairs between the records of the index, or of the candidates in the index for each record of
/// `left`. `tell` is called for each record with its number and how many it is compared with.
#[must_use]
pub fn matches(
    index: &Index,
    left: Option<&Index>,
    question: Question<'_>,
    tell: &mut dyn FnMut(u32, usize),
) -> Vec<Pair> {
    let store = left.map_or(&index.store, |left| &left.store);
    let limits = Limits::of(index.model());
    let holders = Holders::build(index, left.is_none());
    let (mut found, mut scratch, mut weights) = (Vec::new(), Vec::new(), Vec::new());
    for a in 0..store.len() {
        let values = store.values(a);
        index.candidates_of(left, a, &mut scratch);
        let address = holders.look(index, values[Attribute::Email as usize], question.roles);
        for (_, b) in address.holders {
            if let Err(place) = scratch.binary_search(b) {
                scratch.insert(place, *b);
            }
        }
        let start = found.len();
        weights.clear();
        for b in scratch.iter().copied().filter(|b| left.is_some() || *b > a) {
            let same = address.number != 0 && index.store.number(Attribute::Email, b) == address.number;
            let email = if same { address.is } else { SameEmail::No };
            let weight = index.weigh(&values, b).total.0;
            weights.push((weight, email));
            found.push(Pair { a, b, weight, outcome: limits.of_pair(weight, email), email });
        }
        tell(a, weights.len());
        if left.is_some() {
            limits.of_candidates(&weights, |place, outcome| found[start + place].outcome = outcome);
        }
        for pair in &mut found[start..] {
            if question.never_exact && pair.outcome == Outcome::Exact {
                pair.outcome = Outcome::Probable;
            }
        }
        if !question.every {
            let mut kept = start;
            for place in start..found.len() {
                if found[place].outcome != Outcome::None {
                    found.swap(kept, place);
                    kept += 1;
                }
            }
            found.truncate(kept);
        }
        order::sort_by(&mut found[start..], |x, y| {
            x.outcome.cmp(&y.outcome).then(y.weight.cmp(&x.weight)).then(x.b.cmp(&y.b))
        });
    }
    found
}

/// Groups of records that are one and the same, from the pairs of a file compared with itself: those that are probable
/// by weight, and those that have one personal address which no third record holds.
#[must_use]
pub fn groups(index: &Index, pairs: &[Pair]) -> Vec<Vec<u32>> {
    let probable = Limits::of(index.model()).probable;
    let speaks = |pair: &&Pair| pair.weight >= probable || pair.email == SameEmail::Own;
    let edges =
        pairs.iter().filter(speaks).map(|pair| Edge { a: pair.a, b: pair.b, weight: pair.weight.max(probable) });
    let edges: Vec<Edge> = edges.collect();
    let mut own: Vec<(u32, u32)> =
        pairs.iter().filter(|pair| pair.email == SameEmail::Own).map(|pair| (pair.a, pair.b)).collect();
    order::sort_all(&mut own);
    cluster(index.len(), &edges, &mut |a, b| {
        let weight = index.weight(a, b);
        // An address of one's own links whatever else differs.
        if own.binary_search(&(a.min(b), a.max(b))).is_ok() { weight.max(probable) } else { weight }
    })
}

/// Which records hold an address that one record holds, or of duplicates two.
struct Holders {
    /// Address and record, by number.
    records: Vec<(u32, u32)>,
    /// How many records hold an address that nobody shares: one, and the record itself where it is looked for among its own.
    alone: u32,
}

/// The address of a record, and who else holds it.
struct Address<'h> {
    /// 0 where nobody does.
    number: u32,
    is: SameEmail,
    /// The records, where the address is nobody else's.
    holders: &'h [(u32, u32)],
}

impl Holders {
    fn build(index: &Index, own: bool) -> Self {
        let alone = 1 + u32::from(own);
        let store = &index.store;
        let mut records = Vec::new();
        for record in 0..store.len() {
            let number = store.number(Attribute::Email, record);
            if number != 0 && store.count(Attribute::Email, number) == alone {
                records.push((number, record));
            }
        }
        order::sort_all(&mut records);
        Self { records, alone }
    }

    fn look(&self, index: &Index, text: &str, roles: &[String]) -> Address<'_> {
        let number = index.store.find(Attribute::Email, text);
        // What is no address can still be equal, and proves nothing.
        let Some(email) = (number != 0).then(|| Email::parse(text).ok()).flatten() else {
            return Address { number: 0, is: SameEmail::No, holders: &[] };
        };
        if index.store.count(Attribute::Email, number) != self.alone || is_role(&email, roles) {
            return Address { number, is: SameEmail::Held, holders: &[] };
        }
        let start = self.records.partition_point(|(other, _)| *other < number);
        let end = (start + self.alone as usize).min(self.records.len());
        Address { number, is: SameEmail::Own, holders: &self.records[start..end] }
    }
}

fn is_role(email: &Email<'_>, roles: &[String]) -> bool {
    email.is_role() || roles.iter().any(|role| role.eq_ignore_ascii_case(email.local()))
}
