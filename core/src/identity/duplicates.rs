//! Duplicate clean-up: which records of a snapshot are the same, which should survive, and how the others merge into it.
//!
//! Input: the snapshot, indexed, and the contract. Output: [`Duplicates`]: groups of records with the evidence of each
//! pair, a master record, the value that survives in each field, and what the merge would overwrite, so that it can be
//! undone. Invariant: nothing is merged here; only two records with one personal e-mail address that no third holds are
//! flagged automatically; every value of every record is in the plan, fields of one's own and what cannot be read
//! included, as survivor or as what it replaces.

use serde::{Deserialize, Serialize};

use super::known::Known;
use super::pairs::{self, Pair, Question, matches};
use super::{Outcome, Waterfall, tie};
use crate::contract::{CustomField, Identity, Survivorship, TieBreaker};
use crate::id::RecordId;
use crate::json::Decode;
use crate::plan::Plan;
use crate::record::{Cell, Crm, Object, Place, Record};

/// More groups than these are counted and not listed.
pub const MOST_GROUPS: usize = 2000;

/// The evidence of at most so many pairs of a group is listed, the heaviest first.
const MOST_PAIRS: usize = 24;

/// What decides for the master record where the contract does not say.
const MASTER: [TieBreaker; 7] = [
    TieBreaker::Contact,
    TieBreaker::Customer,
    TieBreaker::OpenOpportunities,
    TieBreaker::OwnerActive,
    TieBreaker::MostComplete,
    TieBreaker::RecentActivity,
    TieBreaker::Oldest,
];

/// The duplicates of a snapshot.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Duplicates {
    /// Records that were looked at.
    pub records: u32,
    /// Pairs that were weighed.
    pub pairs: u64,
    /// Records beyond the first of each group.
    pub surplus: u32,
    /// Groups in all; at most the first 2,000 are listed.
    pub found: u32,
    /// The groups, those that can be flagged automatically first, then by size.
    pub groups: Vec<Group>,
    /// What each blocking rule gave.
    pub blocking: Vec<Blocking>,
}

/// What one blocking rule gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Blocking {
    /// Which rule.
    pub rule: String,
    /// Distinct keys.
    pub keys: u64,
    /// Records that have one.
    pub records: u64,
    /// Pairs of records that share one.
    pub pairs: u64,
    /// The most records that share one.
    pub largest: u64,
    /// Keys that more records share than the model's `max_block`: of those only neighbours were compared.
    pub oversize: u64,
}

/// Records that are probably one and the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Group {
    /// Whether it can be flagged without a person: its two records have one e-mail address, which belongs to a person and
    /// which no third record holds.
    pub automatic: bool,
    /// The records; the first is the master.
    pub members: Vec<Member>,
    /// Why the first is the master: the tie-breaker that chose it; none where it is only the first by id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub master_by: Option<TieBreaker>,
    /// Why they are the same, pair by pair, the heaviest first.
    pub evidence: Vec<PairEvidence>,
    /// What each field would hold, and what it would replace.
    pub merge: Vec<Survivor>,
}

/// One record of a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Member {
    /// What kind of record.
    pub object: Object,
    /// Its id in the CRM.
    pub id: RecordId,
    /// Its name.
    pub name: String,
}

/// Why two records of a group are the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PairEvidence {
    /// The places of the two among the members.
    pub between: (u32, u32),
    /// What agrees and what differs.
    pub waterfall: Waterfall,
}

/// What one field holds after a merge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Survivor {
    /// Which field, without the object: `phone`.
    pub field: String,
    /// The value that survives.
    pub value: String,
    /// The place of the member it comes from.
    pub from: u32,
    /// What each member holds now, in their order, so that a merge can be undone; empty where it holds nothing.
    pub now: Vec<String>,
    /// Whether members hold different values.
    pub conflict: bool,
}

impl Known {
    /// The duplicates among its records.
    pub(crate) fn duplicates(&self, plan: &Plan, crm: &Crm) -> Duplicates {
        let default = Identity::default();
        let identity = plan.contract.identity.as_ref().unwrap_or(&default);
        let index = self.index();
        let question = Question { every: false, roles: &identity.role_mailboxes, never_exact: !identity.exact_email };
        let mut compared = 0;
        let pairs = matches(index, None, question, &mut |_, candidates| compared += candidates as u64);
        let groups = pairs::groups(index, &pairs);
        let surplus = groups.iter().map(|group| group.len() - 1).sum::<usize>();
        let found = groups.len();
        let mut group_of = vec![usize::MAX; index.len() as usize];
        for (place, group) in groups.iter().enumerate() {
            group.iter().for_each(|record| group_of[*record as usize] = place);
        }
        let mut within: Vec<Vec<Pair>> = vec![Vec::new(); groups.len()];
        for pair in pairs {
            let group = group_of[pair.a as usize];
            if group == group_of[pair.b as usize]
                && let Some(within) = within.get_mut(group)
            {
                within.push(pair);
            }
        }
        let mut order: Vec<usize> = (0..groups.len()).collect();
        crate::order::sort_by_key(&mut order, |place| {
            let size = groups[*place].len();
            (!is_automatic(size, &within[*place]), usize::MAX - size, *place)
        });
        let listed = order.iter().take(MOST_GROUPS);
        let groups = listed.map(|place| self.group(&groups[*place], &within[*place], plan, crm)).collect();
        let sizes = index.sizes();
        let blocking = index.model().blocking.iter().zip(sizes).map(|(rule, size)| Blocking {
            rule: rule.id.to_string(),
            keys: size.keys as u64,
            records: size.records as u64,
            pairs: size.pairs,
            largest: size.largest as u64,
            oversize: size.oversize as u64,
        });
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Duplicates {
            records: index.len(),
            pairs: compared,
            surplus: number(surplus),
            found: number(found),
            groups,
            blocking: blocking.collect(),
        }
    }

    fn group(&self, records: &[u32], pairs: &[Pair], plan: &Plan, crm: &Crm) -> Group {
        let default = Identity::default();
        let identity = plan.contract.identity.as_ref().unwrap_or(&default);
        let mut places: Vec<(u32, Place)> = records.iter().filter_map(|one| Some((*one, self.place(*one)?))).collect();
        let order = if identity.master.is_empty() { &MASTER[..] } else { &identity.master };
        let all: Vec<Place> = places.iter().map(|(_, place)| *place).collect();
        let (preferred, master_by) = tie::prefer(order, &all, None, crm);
        let id = |place: Place| crm.record(place).and_then(|record| record.text(0)).unwrap_or_default();
        crate::order::sort_by(&mut places, |a, b| {
            let last = |place: &Place| !preferred.contains(place);
            last(&a.1).cmp(&last(&b.1)).then_with(|| id(a.1).cmp(id(b.1))).then(a.0.cmp(&b.0))
        });
        let at = |record: u32| places.iter().position(|(one, _)| *one == record).and_then(|at| u32::try_from(at).ok());
        let mut evidence: Vec<PairEvidence> = pairs
            .iter()
            .filter_map(|pair| {
                let (a, b) = (at(pair.a)?, at(pair.b)?);
                let between = if a < b { (a, b) } else { (b, a) };
                Some(PairEvidence { between, waterfall: self.index().waterfall(None, pair.a, pair.b) })
            })
            .collect();
        crate::order::sort_by(&mut evidence, |a, b| {
            b.waterfall.total.cmp(&a.waterfall.total).then(a.between.cmp(&b.between))
        });
        evidence.truncate(MOST_PAIRS);
        let automatic = is_automatic(places.len(), pairs);
        let records: Vec<&Record<'static>> = places.iter().filter_map(|(_, place)| crm.record(*place)).collect();
        let members = places.iter().filter_map(|(_, place)| super::candidate(crm, *place));
        Group {
            automatic,
            members: members.map(|one| Member { object: one.object, id: one.id, name: one.name }).collect(),
            master_by,
            evidence,
            merge: merge(&records, &plan.contract.custom_fields, identity),
        }
    }
}

/// Whether every pair of a group is exact.
fn is_automatic(members: usize, pairs: &[Pair]) -> bool {
    let exact = pairs.iter().filter(|pair| pair.outcome == Outcome::Exact).count();
    exact * 2 == members * members.saturating_sub(1)
}

/// What a record holds in the field of a name, as it can be read or else as it stands there, and whether it can be read.
fn held(record: &Record<'static>, own: &[CustomField], name: &str) -> Option<(String, bool)> {
    let slot = record.object.slot(name).filter(|slot| !record.object.fields()[*slot].derived).or_else(|| {
        let own = own.iter().position(|field| field.object.object() == record.object && field.id.as_str() == name)?;
        Some(record.custom_slot(own))
    })?;
    match record.cell(slot) {
        Cell::Known(value) => Some((value.to_string(), true)),
        Cell::Invalid(text) => Some((text.to_string(), false)),
        Cell::Absent | Cell::Blank => None,
    }
}

/// What each field holds after a merge into the first record. Fields are the same where their names are.
fn merge(records: &[&Record<'static>], own: &[CustomField], identity: &Identity) -> Vec<Survivor> {
    let mut names: Vec<&str> = Vec::new();
    for record in records {
        let fields = record.object.fields().iter().map(|field| field.name);
        for name in fields.chain(own.iter().map(|field| field.id.as_str())) {
            if name != "id" && !names.contains(&name) && held(record, own, name).is_some() {
                names.push(name);
            }
        }
    }
    let mut by_change: Vec<usize> = (0..records.len()).collect();
    crate::order::sort_by(&mut by_change, |a, b| tie::changed_at(records[*b]).cmp(&tie::changed_at(records[*a])));
    let survivor = |name: &str| -> Option<Survivor> {
        let cells: Vec<Option<(String, bool)>> = records.iter().map(|record| held(record, own, name)).collect();
        // What cannot be read survives where nothing else stands.
        let readable = cells.iter().flatten().any(|(_, readable)| *readable);
        let stands = |at: usize| cells[at].as_ref().is_some_and(|(_, one)| *one == readable);
        let now: Vec<Option<&str>> = cells.iter().map(|cell| cell.as_ref().map(|(text, _)| text.as_str())).collect();
        // Who once said no said no: a merge never takes it back.
        let refused = ["opted_out", "do_not_call", "bounced"].contains(&name);
        let no = now.iter().position(|one| refused && *one == Some("true"));
        let newest = || by_change.iter().copied().find(|at| stands(*at));
        let times = |at: usize| now.iter().filter(|one| **one == now[at]).count();
        let survivorship =
            identity.survivorship_of.get(name).copied().or(identity.survivorship).unwrap_or(Survivorship::Master);
        let from = no.or_else(|| match survivorship {
            Survivorship::Newest => newest(),
            Survivorship::Master => {
                if stands(0) {
                    Some(0)
                } else {
                    newest()
                }
            }
            Survivorship::MostFrequent => (0..now.len()).filter(|at| stands(*at)).rev().max_by_key(|at| times(*at)),
        })?;
        let known: Vec<&str> = now.iter().flatten().copied().collect();
        Some(Survivor {
            field: name.to_owned(),
            value: now[from]?.to_owned(),
            from: u32::try_from(from).unwrap_or(u32::MAX),
            conflict: known.windows(2).any(|pair| pair[0] != pair[1]),
            now: now.iter().map(|one| one.unwrap_or_default().to_owned()).collect(),
        })
    };
    names.into_iter().filter_map(survivor).collect()
}
