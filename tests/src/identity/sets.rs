//! The labelled sets.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use interlock_core::contract::MatchModel;
use interlock_core::crm::{self, Options};
use interlock_core::identity::Outcome;
use interlock_core::identity::columns::{Mapping, Slot, Stated};
use interlock_core::identity::estimate::estimate;
use interlock_core::identity::forms::Reading;
use interlock_core::identity::index::Index;
use interlock_core::identity::pairs::{Pair, Question, groups, matches};
use interlock_core::map::Map;
use interlock_core::record::Table;

use super::{seconds, timed};
use crate::rate::print;

/// How often each set is matched; the median counts.
const RUNS: usize = 5;

/// How many times faster than the best peer is wanted.
const WANTED: u128 = 10;

/// A labelled set.
struct Set {
    name: &'static str,
    /// The file, and the one it is linked with; without one its duplicates are searched for.
    files: (&'static str, Option<&'static str>),
    companies: bool,
    /// Which columns hold what; all that a set brings.
    columns: &'static str,
    /// The column that says which records are the same.
    truth: &'static str,
    /// The best peer's F1 in thousandths and its milliseconds, as stated in the data folder's README.
    peer: Option<(&'static str, u32, u128)>,
}

const NAMES: &str = "given_name=given_name surname=surname house_number=street_number street=address_1 \
                     address_line=address_2 city=suburb postal_code=postcode state=state";
const FEBRL: &str = "given_name=given_name surname=surname house_number=street_number street=address_1 \
                     address_line=address_2 city=suburb postal_code=postcode state=state birth_date=date_of_birth \
                     identifier=soc_sec_id";
const FEBRL4: (&str, Option<&str>) = ("febrl/dataset4a.csv", Some("febrl/dataset4b.csv"));

const SETS: [Set; 5] = [
    Set {
        name: "febrl4, all fields",
        files: FEBRL4,
        companies: false,
        columns: FEBRL,
        truth: "rec_id",
        peer: Some(("Splink", 997, 6450)),
    },
    Set {
        name: "febrl4, names and addresses only",
        files: FEBRL4,
        companies: false,
        columns: NAMES,
        truth: "rec_id",
        peer: Some(("Splink", 972, 2600)),
    },
    Set {
        name: "febrl dataset1, duplicates",
        files: ("febrl/dataset1.csv", None),
        companies: false,
        columns: FEBRL,
        truth: "rec_id",
        peer: None,
    },
    Set {
        name: "fake_1000, duplicates",
        files: ("fake_1000/fake_1000.csv", None),
        companies: false,
        columns: "given_name=first_name surname=surname birth_date=dob city=city email=email",
        truth: "cluster",
        peer: Some(("Splink, clustered", 842, 2360)),
    },
    Set {
        name: "patstat, duplicates",
        files: ("patstat/patstat_reference.csv", None),
        companies: true,
        columns: "company=person_name",
        truth: "leuven_id",
        peer: Some(("token-set, clustered at .95", 963, 3000)),
    },
];

/// Matches every set.
pub(super) fn sets(folder: &Path, people: &MatchModel, companies: &MatchModel) -> Result<()> {
    let folder = folder.join("linkage");
    print(
        "sets: weights of people estimated without labels, those of companies as shipped; found are exact and probable \
         pairs, of duplicates the pairs within a group. Seconds are the processor's for indexing, estimating and matching, \
         one thread, the median of five; reading the file is not in them. Peers as stated in the data folder's README.",
    );
    for set in &SETS {
        set.run(&folder, if set.companies { companies } else { people }).with_context(|| set.name.to_owned())?;
    }
    Ok(())
}

struct Source {
    table: Table,
    mapping: Mapping,
}

impl Source {
    fn read(path: &Path, set: &Set, model: &MatchModel) -> Result<Self> {
        let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let table = crm::read(&path.to_string_lossy(), &bytes, &Options { any: true, ..Options::default() })?;
        let stated: Vec<Stated> = set
            .columns
            .split(' ')
            .filter_map(|pair| {
                let (word, header) = pair.split_once('=')?;
                Some(Stated { of: Slot::parse(word)?, columns: vec![header.to_owned()] })
            })
            .collect();
        let mapping = Mapping::find(&table, &stated, &Map::new(), Some(set.truth), model, Reading::default())?;
        Ok(Self { table, mapping })
    }

    fn index(&self, model: &MatchModel) -> Index {
        let mut rows = self.table.rows.iter();
        Index::build(model, |forms| rows.next().map(|row| self.mapping.fill(row, forms)).is_some())
    }

    /// What tells which records are the same; of `rec-12-dup-0` the number.
    fn truths(&self) -> Vec<String> {
        let of = |id: String| match id.strip_prefix("rec-").and_then(|rest| rest.split('-').next()) {
            Some(number) => number.to_owned(),
            None => id,
        };
        self.table.rows.iter().map(|row| of(self.mapping.id(row))).collect()
    }
}

/// Pairs of records.
type Pairs = BTreeSet<(u32, u32)>;

/// All pairs within groups.
fn within(groups: impl IntoIterator<Item = Vec<u32>>) -> Pairs {
    let mut all = Pairs::new();
    for group in groups {
        for (place, a) in group.iter().enumerate() {
            all.extend(group.iter().skip(place + 1).map(|b| (*a, *b)));
        }
    }
    all
}

fn true_pairs(left: &Source, right: Option<&Source>) -> Pairs {
    let mut by: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (truth, at) in left.truths().into_iter().zip(0_u32..) {
        by.entry(truth).or_default().push(at);
    }
    match right {
        None => within(by.into_values()),
        Some(right) => {
            let numbered = right.truths().into_iter().zip(0_u32..);
            let pairs = numbered.map(|(truth, b)| (by.get(&truth).cloned().unwrap_or_default(), b));
            pairs.flat_map(|(lefts, b)| lefts.into_iter().map(move |a| (a, b))).collect()
        }
    }
}

impl Set {
    fn run(&self, folder: &Path, model: &MatchModel) -> Result<()> {
        let (one, other) = self.files;
        let left = Source::read(&folder.join(one), self, model)?;
        let right = other.map(|other| Source::read(&folder.join(other), self, model)).transpose()?;
        let truth = true_pairs(&left, right.as_ref());
        let mut times: Vec<Duration> = Vec::new();
        let mut found = (Pairs::new(), 0_u64, 0_usize);
        for _ in 0..RUNS {
            let (result, time) = timed(|| self.once(&left, right.as_ref(), model));
            times.push(time);
            found = result;
        }
        times.sort_unstable();
        let time = times.get(RUNS / 2).copied().unwrap_or_default();
        let (found, compared, candidates) = found;
        let reached = self.reached(&left, right.as_ref(), model, &truth);
        let right_pairs = found.intersection(&truth).count();
        let f1 = ratio(2 * right_pairs, found.len() + truth.len());
        print(&format!(
            "{}\n  {candidates} records looked for, {compared} pairs compared, {} of {} true pairs among them ({})",
            self.name,
            reached,
            truth.len(),
            fraction(ratio(reached, truth.len())),
        ));
        print(&format!(
            "  P {} R {} F1 {} in {} s ({} found, {right_pairs} of them right)",
            fraction(ratio(right_pairs, found.len())),
            fraction(ratio(right_pairs, truth.len())),
            fraction(f1),
            seconds(time),
            found.len(),
        ));
        let Some((peer, peers, milliseconds)) = self.peer else {
            print("  no peer's figure is stated for this set");
            return Ok(());
        };
        let times = milliseconds * 1000 / time.as_micros().max(1);
        let met = |is: bool| if is { "met" } else { "not met" };
        print(&format!(
            "  {peer}: F1 .{peers:03} in {} s; at or above its F1: {}; {times} times its speed, {WANTED} wanted: {}",
            seconds(Duration::from_millis(u64::try_from(milliseconds).unwrap_or(u64::MAX))),
            met(f1 >= peers * 10),
            met(times >= WANTED),
        ));
        Ok(())
    }

    /// The pairs that count as found, how many were compared, and how many records were looked for.
    fn once(&self, left: &Source, right: Option<&Source>, model: &MatchModel) -> (Pairs, u64, usize) {
        let mut index = right.unwrap_or(left).index(model);
        let lefts = right.map(|_| left.index(model));
        if !self.companies {
            let estimated = estimate(&index, lefts.as_ref(), 1);
            index = index.with_model(&estimated.model);
        }
        let (mut compared, mut records) = (0, 0);
        let pairs = matches(&index, lefts.as_ref(), Question::default(), &mut |_, candidates| {
            compared += candidates as u64;
            records += 1;
        });
        let found = match lefts {
            Some(_) => {
                let sure = |pair: &&Pair| matches!(pair.outcome, Outcome::Exact | Outcome::Probable);
                pairs.iter().filter(sure).map(|pair| (pair.a, pair.b)).collect()
            }
            None => within(groups(&index, &pairs)),
        };
        (found, compared, records)
    }

    /// How many of the true pairs are compared at all.
    fn reached(&self, left: &Source, right: Option<&Source>, model: &MatchModel, truth: &Pairs) -> usize {
        let index = right.unwrap_or(left).index(model);
        let lefts = right.map(|_| left.index(model));
        let question = Question { every: true, ..Question::default() };
        let pairs = matches(&index, lefts.as_ref(), question, &mut |_, _| {});
        pairs.iter().filter(|pair| truth.contains(&(pair.a, pair.b))).count()
    }
}

/// In ten-thousandths, rounded.
fn ratio(part: usize, whole: usize) -> u32 {
    let whole = whole.max(1);
    u32::try_from((part * 20_000 + whole) / (2 * whole)).unwrap_or(u32::MAX)
}

fn fraction(ten_thousandths: u32) -> String {
    format!("{}.{:04}", ten_thousandths / 10_000, ten_thousandths % 10_000)
}
