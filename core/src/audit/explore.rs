//! Looking into a log: what fits, how much of what there is, what became of a record, what belongs to an entry.
//!
//! Input: a [`Trail`], a [`Query`]. Output: a page of entries with what the rest can be narrowed down by. Invariant: a facet's
//! counts are those of the entries that fit everything but that facet, so that another value can be chosen beside one that is;
//! only what is held is looked at, and a page says how much that is.

use serde::{Deserialize, Serialize};

use super::filter::{Facet, Filter, says};
use super::trail::{Row, Trail};
use super::{Entry, Hash, Says};
use crate::json::Decode;
use crate::order;
use crate::time::Timestamp;

/// How many values of a facet are listed at most.
const MOST_VALUES: usize = 60;

/// How many entries of a record are listed at most: its last.
const MOST_MOMENTS: usize = 500;

/// What is looked for, and which part of it is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Query {
    /// What must fit.
    pub filter: Filter,
    /// Whether the last come first.
    pub newest: bool,
    /// How many to pass over.
    pub from: u32,
    /// How many to give.
    pub limit: u32,
}

/// Some of what fits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Page {
    /// How many entries fit.
    pub total: u32,
    /// How many are held and were looked at.
    pub held: u64,
    /// How many came before these and are not.
    pub let_go: u64,
    /// This part of them.
    pub rows: Vec<Seen>,
    /// What the rest can be narrowed down by.
    pub facets: Vec<Counts>,
}

/// An entry and what was said to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Seen {
    /// Its line in the log, from 0.
    pub seq: u64,
    /// What answers name it by.
    pub digest: Hash,
    /// The entry.
    pub entry: Entry,
    /// What was said to it.
    pub answers: Vec<Heard>,
}

/// What was said to an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Heard {
    /// The line that says it.
    pub seq: u64,
    /// What.
    pub says: Says,
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// The values of a facet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Counts {
    /// The facet's word.
    pub facet: String,
    /// The values with their counts, most first; the empty one is that of entries that have none.
    pub values: Vec<(String, u32)>,
    /// How many more values there are.
    pub more: u32,
}

/// An entry with all that belongs to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Opened {
    /// The entry.
    pub seen: Seen,
    /// The line's hash.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hash: Option<Hash>,
    /// The entry it answers, where that is held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<Box<Seen>>,
    /// What happened to the record, in order of time.
    pub timeline: Vec<Seen>,
    /// How many entries of the record came before these.
    pub earlier: u32,
}

/// What fits, kept between pages.
#[derive(Clone, Debug, Default)]
pub struct Found {
    filter: Filter,
    places: Vec<u32>,
    facets: Vec<Counts>,
    /// Of how many lines: a log that was read on is looked through anew.
    of: Option<u64>,
}

impl Found {
    /// A page of what fits.
    pub fn page(&mut self, trail: &Trail, query: &Query) -> Page {
        let (held, let_go, _) = trail.held();
        if self.of != Some(held + let_go) || self.filter != query.filter {
            self.filter = query.filter.clone();
            self.of = Some(held + let_go);
            (self.places, self.facets) = look(trail, &query.filter);
        }
        let (from, limit) = (query.from as usize, query.limit as usize);
        let all = self.places.len();
        let wanted = (from..all.min(from.saturating_add(limit)))
            .filter_map(|place| self.places.get(if query.newest { all - 1 - place } else { place }));
        let rows = wanted.filter_map(|place| trail.seen(trail.rows.get(*place as usize)?)).collect();
        Page { total: small(all), held, let_go, rows, facets: self.facets.clone() }
    }

    /// Everything that fits, in the log's order.
    pub fn each<'t>(&'t self, trail: &'t Trail) -> impl Iterator<Item = Seen> + 't {
        self.places.iter().filter_map(|place| trail.seen(trail.rows.get(*place as usize)?))
    }
}

fn small(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}

/// Which rows fit, and what the rest can be narrowed down by.
fn look(trail: &Trail, filter: &Filter) -> (Vec<u32>, Vec<Counts>) {
    // Of each facet, which of its numbers will do.
    let fits: Vec<Option<Vec<bool>>> = Facet::ALL
        .iter()
        .zip(&trail.texts)
        .map(|(facet, texts)| {
            let wanted = filter.has.get(facet.word()).filter(|wanted| !wanted.is_empty())?;
            let will_do = |list: &str| values(*facet, list).any(|value| wanted.iter().any(|wanted| wanted == value));
            Some((0..=texts.distinct()).map(|number| will_do(texts.text(number))).collect())
        })
        .collect();
    let mut counts: Vec<Vec<u32>> = trail.texts.iter().map(|texts| vec![0; texts.distinct() as usize + 1]).collect();
    let text = filter.text.to_lowercase();
    let mut places = Vec::new();
    for (place, row) in trail.rows.iter().enumerate() {
        if !filter.in_time(Timestamp::from_seconds(row.at)) || !(text.is_empty() || has_text(row, &text)) {
            continue;
        }
        let (mut failed, mut which) = (0, 0);
        for (at, fits) in fits.iter().enumerate() {
            let number = row.facets.get(at).map_or(0, |number| *number as usize);
            if fits.as_ref().is_some_and(|fits| !fits.get(number).copied().unwrap_or(false)) {
                (failed, which) = (failed + 1, at);
            }
        }
        match failed {
            0 => {
                places.push(small(place));
                counts.iter_mut().zip(row.facets).for_each(|(counts, number)| counts[number as usize] += 1);
            }
            1 => counts[which][row.facets[which] as usize] += 1,
            _ => {}
        }
    }
    let facets = Facet::ALL.iter().zip(&trail.texts).zip(&counts);
    let facets = facets.map(|((facet, texts), counts)| {
        let mut list: Vec<(String, u32)> = Vec::new();
        for (number, count) in (0..).zip(counts).filter(|(_, count)| **count > 0) {
            for value in values(*facet, texts.text(number)) {
                list.push((value.to_owned(), *count));
            }
        }
        counted(facet.word(), list)
    });
    let facets = facets.collect();
    (places, facets)
}

/// Adds up equal values.
fn counted(facet: &str, mut list: Vec<(String, u32)>) -> Counts {
    order::sort_by(&mut list, |a, b| a.0.cmp(&b.0));
    list.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    order::sort_by(&mut list, |a, b| b.1.cmp(&a.1));
    let more = small(list.len().saturating_sub(MOST_VALUES));
    list.truncate(MOST_VALUES);
    Counts { facet: facet.to_owned(), values: list, more }
}

/// The values of a list as it is kept in one text.
fn values(facet: Facet, list: &str) -> impl Iterator<Item = &str> {
    let many = matches!(facet, Facet::Rule | Facet::Code);
    list.split(move |c| many && c == '\n')
}

/// Whether a text in lower case stands in what people read of a row. The line is asked first, which is quicker than reading it.
fn has_text(row: &Row, text: &str) -> bool {
    // What is escaped in a line, and the marks within `lead/1` and `role:x`, do not stand there as they are read.
    let plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~') && !b"\"\\/:".contains(&byte));
    if plain {
        let (line, text) = (row.line.as_bytes(), text.as_bytes());
        // Letters beyond ASCII can become ASCII in lower case: such a line is read.
        let near = line.windows(text.len()).any(|window| window.eq_ignore_ascii_case(text));
        if !near && line.is_ascii() {
            return false;
        }
    }
    row.entry().is_some_and(|entry| says(&entry, text))
}

impl Trail {
    fn seen(&self, row: &Row) -> Option<Seen> {
        let entry = row.entry()?;
        let first = self.answers.partition_point(|(to, _)| *to < row.digest);
        let answers = self.answers.iter().skip(first).take_while(|(to, _)| *to == row.digest);
        let heard = answers.filter_map(|(_, seq)| {
            let entry = self.row(*seq)?.entry()?;
            let answer = entry.answer?;
            Some(Heard { seq: *seq, says: answer.says, by: answer.by, at: entry.at })
        });
        Some(Seen { seq: row.seq, digest: row.digest, answers: heard.collect(), entry })
    }

    /// An entry that is held, with what belongs to it.
    #[must_use]
    pub fn open(&self, seq: u64) -> Option<Opened> {
        let row = self.row(seq)?;
        let seen = self.seen(row)?;
        let to = seen.entry.answer.as_ref().map(|answer| answer.to);
        let answers = to.and_then(|to| self.rows.iter().find(|row| row.digest == to));
        let (timeline, earlier) = self.timeline(&seen.entry.record_key());
        Some(Opened {
            hash: super::verify::stated_hash(row.line.as_bytes()),
            answers: answers.and_then(|row| self.seen(row)).map(Box::new),
            seen,
            timeline,
            earlier,
        })
    }

    /// What happened to a record (`lead/1`), in order of time: its last entries, and how many came before.
    #[must_use]
    pub fn timeline(&self, record: &str) -> (Vec<Seen>, u32) {
        let Some(place) = Facet::ALL.iter().position(|facet| *facet == Facet::Record) else { return (Vec::new(), 0) };
        let number = self.texts.get(place).map_or(0, |texts| texts.number(record));
        let of_it = |row: &&Row| number > 0 && row.facets.get(place) == Some(&number);
        let mut rows: Vec<&Row> = self.rows.iter().filter(of_it).collect();
        order::sort_by_key(&mut rows, |row| (row.at, row.seq));
        let earlier = rows.len().saturating_sub(MOST_MOMENTS);
        (rows.iter().skip(earlier).filter_map(|row| self.seen(row)).collect(), small(earlier))
    }
}
