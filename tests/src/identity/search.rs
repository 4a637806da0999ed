//! One lead against a million contacts.

use std::time::Instant;

use anyhow::Result;
use interlock_core::contract::MatchModel;
use interlock_core::identity::bits::weight_of;
use interlock_core::identity::forms::Forms;
use interlock_core::identity::index::Index;

use super::{contact, megabytes, misspelled, resident, seconds, timed};
use crate::rate::print;

const CONTACTS: u64 = 1_000_000;
const SEARCHES: u64 = 10_000;

pub(super) fn search(people: &MatchModel) -> Result<()> {
    let (empty, before) = (Forms::default(), resident());
    drop(empty);
    // Making the contacts is not what is measured: their time alone is taken off.
    let (_, making) = timed(|| (0..CONTACTS).map(|number| contact(number).cells.len()).sum::<usize>());
    let mut number = 0;
    let (index, all) = timed(|| {
        Index::build(people, |forms| {
            if number == CONTACTS {
                return false;
            }
            contact(number).fill(forms);
            number += 1;
            true
        })
    });
    let grown = resident().saturating_sub(before);
    print(&format!(
        "one lead against {CONTACTS} contacts (invented; shipped weights)\n  indexed in {} s, with normal forms; {} bytes a \
         contact by its own account, {} by the kernel's ({} in all), 300 wanted",
        seconds(all.saturating_sub(making)),
        index.bytes() as u64 / CONTACTS,
        grown / CONTACTS,
        megabytes(grown),
    ));
    let sizes = people.blocking.iter().zip(index.sizes()).filter(|(_, size)| size.keys > 0);
    for (rule, size) in sizes {
        print(&format!(
            "  {:<28} {:>8} keys, {:>8} records, {:>10} pairs, at most {:>6} records a key, {} keys oversize",
            rule.id.to_string(),
            size.keys,
            size.records,
            size.pairs,
            size.largest,
            size.oversize,
        ));
    }
    let least = weight_of(people.review_at).0;
    let (mut nanos, mut quickest, mut found, mut first) = (Vec::new(), Vec::new(), 0, 0);
    for at in 0..SEARCHES {
        let who = at * (CONTACTS / SEARCHES);
        let lead = misspelled(&contact(who), at);
        let once = || {
            let start = Instant::now();
            let mut forms = Forms::default();
            lead.fill(&mut forms);
            let hits = index.look_for(&forms, least);
            (start.elapsed().as_nanos(), hits)
        };
        let (time, hits) = once();
        nanos.push(time);
        quickest.push(time.min(once().0).min(once().0));
        found += usize::from(hits.iter().any(|(record, _)| u64::from(*record) == who));
        first += usize::from(hits.first().is_some_and(|(record, _)| u64::from(*record) == who));
    }
    print(&format!(
        "  {SEARCHES} searches for contacts with a slip in one cell, normal forms included: {found} found, {first} of them first"
    ));
    let what =
        [(nanos, "each once, by the clock"), (quickest, "the quickest of three, so that other programs count less")];
    for (mut nanos, what) in what {
        nanos.sort_unstable();
        let of = |per_mille: usize| nanos.get((nanos.len() - 1) * per_mille / 1000).copied().unwrap_or(0) / 1000;
        print(&format!("  {what}: p50 {} µs, p99 {} µs, max {} µs; 1000 µs wanted at p99", of(500), of(990), of(1000)));
    }
    Ok(())
}
