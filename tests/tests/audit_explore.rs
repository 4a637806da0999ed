//! Looking into a log finds what reading every entry finds.

use interlock_core::audit::Entry;
use interlock_core::audit::explore::{Found, Query};
use interlock_core::audit::filter::{Facet, Filter};
use interlock_core::audit::trail::Trail;
use interlock_tests::random::Random;
use interlock_tests::trail;

const ENTRIES: usize = 400;

fn filter(random: &mut Random, entries: &[Entry]) -> Filter {
    let mut filter = Filter::default();
    for _ in 0..random.below(3) {
        let facet = *random.of(&Facet::ALL);
        for _ in 0..=random.below(2) {
            facet.of(random.of(entries), &mut |value| filter.want(facet, value));
        }
    }
    if random.below(3) == 0 {
        filter.text =
            (*random.of(&["SaaS", "söhne", "alim", "LEAD/00Q", "\"hi", "note", "00q0", "nothing of it"])).to_owned();
    }
    if random.below(3) == 0 {
        filter.from = Some(random.of(entries).at);
    }
    if random.below(3) == 0 {
        filter.until = Some(random.of(entries).at);
    }
    filter
}

#[test]
fn a_query_finds_what_reading_every_entry_finds() {
    let (log, _) = trail::log_of(ENTRIES, 64, 7).unwrap();
    let mut held = Trail::default();
    log.as_bytes().chunks(1000).for_each(|piece| held.feed(piece));
    assert!(held.end().is_sound());
    let entries: Vec<Entry> = held.entries().map(|(_, _, entry)| entry).collect();
    assert_eq!(entries.len(), ENTRIES);
    let mut random = Random::new(1);
    let mut found = Found::default();
    for _ in 0..400 {
        let filter = filter(&mut random, &entries);
        let query = Query { filter: filter.clone(), newest: random.below(2) == 0, from: 3, limit: 10 };
        let page = found.page(&held, &query);
        let mut fits: Vec<&Entry> = entries.iter().filter(|entry| filter.fits(entry)).collect();
        assert_eq!(page.total as usize, fits.len(), "{filter:?}");
        if query.newest {
            fits.reverse();
        }
        let rows: Vec<&Entry> = page.rows.iter().map(|seen| &seen.entry).collect();
        assert_eq!(rows, fits.into_iter().skip(3).take(10).collect::<Vec<_>>());
        for counts in &page.facets {
            let facet = Facet::parse(&counts.facet).unwrap();
            let mut others = filter.clone();
            others.has.remove(facet.word());
            for (value, count) in &counts.values {
                let has = |entry: &&Entry| {
                    let mut has = false;
                    facet.of(entry, &mut |found| has |= found == value);
                    has && others.fits(entry)
                };
                assert_eq!(entries.iter().filter(has).count(), *count as usize, "{} {value}", counts.facet);
            }
        }
    }
}

#[test]
fn the_last_entries_are_held_and_the_whole_is_verified() {
    let (log, head) = trail::log_of(ENTRIES, 64, 3).unwrap();
    let mut held = Trail::new(Some(head.clone()), 100);
    held.feed(log.as_bytes());
    assert!(held.end().is_sound());
    assert_eq!(held.held(), (100, 300, 0));
    let first = held.entries().next().map(|(seq, ..)| seq).unwrap();
    assert!(held.prove(first).unwrap().check(Some(&head)).is_ok());
    assert!(held.prove(2).is_none(), "a line that is not held cannot be proved");
    let opened = held.open(first).unwrap();
    assert!(opened.timeline.iter().any(|seen| seen.seq == first));
    let in_time = |pair: &[interlock_core::audit::explore::Seen]| pair[0].entry.at <= pair[1].entry.at;
    assert!(opened.timeline.windows(2).all(in_time));
}

#[test]
fn a_log_that_is_not_sound_can_be_looked_at() {
    let (log, _) = trail::log_of(20, 64, 3).unwrap();
    let broken = log.replacen("SaaS", "Saas", 1);
    let torn = &broken[..broken.len() - 30];
    let mut held = Trail::default();
    held.feed(torn.as_bytes());
    let report = held.end().clone();
    assert!(!report.is_sound() && report.torn > 0);
    assert_eq!(held.held().0, 19);
    assert!(held.prove(3).is_none(), "nothing of such a log is proved");
    assert_eq!(Found::default().page(&held, &Query { limit: 5, ..Query::default() }).total, 19);
    let mut none = Trail::default();
    none.feed(b"\xff\xfe\n{}\nno log at all\n{\"entry\":{}}\n");
    assert!(!none.end().is_sound());
    assert_eq!(none.held(), (0, 0, 2));
}
