//! Metrics: the same figures as SQL finds in the same log, whatever the order of its entries.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;

use interlock_core::audit::Entry;
use interlock_core::audit::metrics::{By, Counted, Given, Metrics, Share, Tally};
use interlock_core::check::check;
use interlock_core::contract::Contract;
use interlock_core::id::{FieldName, OwnerId, SourceId, WorkflowId};
use interlock_core::time::Timestamp;
use interlock_tests::random::Random;
use interlock_tests::working::{contract, entries};
use rusqlite::{Connection, params};
use serde_json::Value;

fn judged_by() -> Contract {
    (*check(&contract()).contract.unwrap()).clone()
}

fn metrics(log: &[Entry], contract: Option<&Contract>, from: Option<Timestamp>, until: Option<Timestamp>) -> Metrics {
    let mut tally = Tally::new(from, until);
    log.iter().for_each(|entry| tally.add(entry));
    tally.finish(Given { contract, ..Given::default() })
}

/// A word of something that is written as one.
fn word(value: &impl serde::Serialize) -> Option<String> {
    serde_json::to_value(value).unwrap().as_str().map(str::to_owned)
}

fn database(log: &[Entry]) -> Connection {
    let mut db = Connection::open_in_memory().unwrap();
    db.execute_batch(
        "CREATE TABLE e (id INTEGER PRIMARY KEY, digest, kind, object, record, workflow, version, trigger, action, field,
             target, new, source, confidence INT, at INT, actor, verdict, owner, due INT, says, answers, by, note);
         CREATE TABLE code (e INT, code);
         CREATE TABLE rule (e INT, rule);",
    )
    .unwrap();
    let all = db.transaction().unwrap();
    {
        let mut add = all
            .prepare("INSERT INTO e VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20,?21,?22,?23)")
            .unwrap();
        let mut code = all.prepare("INSERT INTO code VALUES (?1, ?2)").unwrap();
        let mut rule = all.prepare("INSERT INTO rule VALUES (?1, ?2)").unwrap();
        for (id, entry) in (0_i64..).zip(log) {
            let answer = entry.answer.as_ref();
            add.execute(params![
                id,
                entry.digest().unwrap().to_string(),
                word(&entry.kind),
                entry.object.word(),
                entry.record.as_str(),
                entry.workflow.as_ref().map(WorkflowId::as_str),
                entry.workflow_version,
                entry.trigger.word(),
                entry.action.word(),
                entry.field.as_ref().map(FieldName::as_str),
                entry.to,
                entry.new,
                entry.source.as_ref().map(SourceId::as_str),
                entry.confidence.map(interlock_core::scale::Confidence::get),
                entry.at.seconds(),
                word(&entry.actor),
                word(&entry.verdict),
                entry.owner.as_ref().map(OwnerId::as_str),
                entry.due.map(Timestamp::seconds),
                answer.and_then(|answer| word(&answer.says)),
                answer.map(|answer| answer.to.to_string()),
                answer.map(|answer| answer.by.clone()),
                answer.map(|answer| answer.note.clone()),
            ])
            .unwrap();
            for one in &entry.codes {
                code.execute(params![id, &**one]).unwrap();
            }
            for one in &entry.rules {
                rule.execute(params![id, one.as_str()]).unwrap();
            }
        }
    }
    all.commit().unwrap();
    db.execute_batch(include_str!("audit_metrics.sql")).unwrap();
    db
}

/// How each dimension is written in SQL.
const DIMENSIONS: [(By, &str); 6] = [
    (By::Week, "CAST((o.at / 86400 + 3) / 7 AS TEXT)"),
    (By::Workflow, "coalesce(e.workflow, '')"),
    (By::Version, "coalesce(e.workflow || ' ' || e.version, '')"),
    (By::Rule, "coalesce(r.rule, '')"),
    (By::Source, "coalesce(e.source, '')"),
    (By::Owner, "coalesce(e.owner, '')"),
];

type Figures = BTreeMap<(Option<By>, String, String), (i64, i64)>;

/// Every figure and count as SQL has it: overall and by everything.
fn by_sql(db: &Connection, from: i64) -> Figures {
    let mut all = Figures::new();
    let mut ask = |by: Option<By>, sql: &str| {
        let mut rows = db.prepare(sql).unwrap();
        let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?, (row.get(2)?, row.get(3)?)))).unwrap();
        for row in rows {
            let (key, metric, figure): (String, String, _) = row.unwrap();
            all.insert((by, key, metric), figure);
        }
    };
    ask(None, &format!("SELECT '', metric, sum(hits), sum(pop) FROM o WHERE at >= {from} GROUP BY metric"));
    let orders = "count(DISTINCT e.by || '|' || e.at || '|' || e.note)";
    ask(
        None,
        &format!(
            "SELECT '', 'rollback_orders', {orders}, 0 FROM e WHERE says = 'rolled_back' AND at >= {from} HAVING {orders} > 0"
        ),
    );
    for (by, key) in DIMENSIONS {
        let rules = if by == By::Rule { "LEFT JOIN (SELECT DISTINCT e, rule FROM rule) r ON r.e = e.id" } else { "" };
        ask(
            Some(by),
            &format!(
                "SELECT {key}, o.metric, sum(o.hits), sum(o.pop) FROM o JOIN e ON e.id = o.e {rules} \
                 WHERE o.at >= {from} GROUP BY 1, 2"
            ),
        );
        ask(
            Some(by),
            &format!(
                "SELECT {key}, 'rollback_orders', {orders}, 0 FROM e JOIN e o ON o.id = e.id {rules} \
                 WHERE e.says = 'rolled_back' AND e.at >= {from} GROUP BY 1"
            ),
        );
    }
    // Who got what of a pool, against what their weight gives them.
    for (by, key) in [
        (None, "''"),
        (Some(By::Week), "CAST((d.at / 86400 + 3) / 7 AS TEXT)"),
        (Some(By::Workflow), "coalesce(d.workflow, '')"),
        (Some(By::Version), "coalesce(d.workflow || ' ' || d.version, '')"),
        (Some(By::Rule), "every.rule"),
    ] {
        let rules =
            if by == Some(By::Rule) { "JOIN (SELECT DISTINCT e, rule FROM rule) every ON every.e = d.id" } else { "" };
        ask(
            by,
            &format!(
                "WITH got AS (
                     SELECT {key} AS key, m.pool, m.owner, m.weight, count(*) AS got FROM d
                     JOIN (SELECT DISTINCT e, rule FROM rule) r ON r.e = d.id
                     JOIN member m ON m.pool = r.rule AND m.owner = trim(d.new) {rules}
                     WHERE d.action = 'assign' AND d.target = '' AND d.at >= {from} GROUP BY 1, 2, 3, 4),
                 keys AS (SELECT key, pool, sum(got) AS n FROM got GROUP BY 1, 2),
                 whole AS (SELECT pool, sum(weight) AS w FROM member GROUP BY 1),
                 each AS (
                     SELECT k.key, k.pool, k.n, w.w, m.weight, coalesce(g.got, 0) AS got FROM keys k
                     JOIN whole w ON w.pool = k.pool JOIN member m ON m.pool = k.pool
                     LEFT JOIN got g ON g.key = k.key AND g.pool = k.pool AND g.owner = m.owner),
                 uneven AS (
                     SELECT key, pool, n, sum(max(0, got - (n * weight + w - 1) / w)) AS over,
                         sum(max(0, n * weight / w - got)) AS under FROM each GROUP BY 1, 2, 3)
                 SELECT key, 'distribution_parity', sum(max(over, under)), sum(n) FROM uneven GROUP BY 1"
            ),
        );
    }
    all
}

/// The same of what we found. Weeks are named by their number.
fn by_us(metrics: &Metrics) -> Figures {
    let mut all = Figures::new();
    let share = |share: Share| (i64::try_from(share.hits).unwrap(), i64::try_from(share.of).unwrap());
    let count = |count: u64| (i64::try_from(count).unwrap(), 0);
    for figure in metrics.overall.iter().filter(|figure| figure.share != Share::default()) {
        all.insert((None, String::new(), figure.metric.word().to_owned()), share(figure.share));
    }
    for one in metrics.counts.iter().filter(|one| one.count > 0) {
        all.insert((None, String::new(), word(&one.what).unwrap()), count(one.count));
    }
    for slice in &metrics.slices {
        let key = match slice.by {
            By::Week => {
                let week = interlock_core::audit::metrics::Week::parse(&slice.key).unwrap();
                ((week.begins().seconds() / 86400 + 3) / 7).to_string()
            }
            _ => slice.key.clone(),
        };
        for figure in &slice.figures {
            all.insert((Some(slice.by), key.clone(), figure.metric.word().to_owned()), share(figure.share));
        }
        for one in &slice.counts {
            all.insert((Some(slice.by), key.clone(), word(&one.what).unwrap()), count(one.count));
        }
    }
    all
}

fn compare(ours: &Figures, theirs: &Figures) {
    let differ = |one: &&(Option<By>, String, String)| ours.get(*one) != theirs.get(*one);
    let wrong: Vec<String> = ours
        .keys()
        .chain(theirs.keys().filter(|key| !ours.contains_key(*key)))
        .filter(differ)
        .map(|key| format!("{key:?}: ours {:?}, SQL {:?}", ours.get(key), theirs.get(key)))
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), ours.len(), wrong[..wrong.len().min(20)].join("\n"));
}

#[test]
fn figures_of_a_hundred_thousand_entries_are_those_of_sql() {
    let log = entries(100_000, 7).unwrap();
    let contract = judged_by();
    let db = database(&log);
    let found = metrics(&log, Some(&contract), None, None);
    assert_eq!(found.entries, 100_000);
    let ours = by_us(&found);
    compare(&ours, &by_sql(&db, i64::MIN));
    // Every indicator that a log and a contract give, and every count, by everything that there is.
    for (what, least) in
        [("suggestion_acceptance", 20), ("routing_correction", 20), ("distribution_parity", 20), ("tasks_late", 10)]
    {
        assert!(ours.keys().filter(|(.., metric)| metric == what).count() > least, "{what}");
    }
    let measured = found.overall.iter().filter(|figure| figure.value.is_some()).count();
    assert_eq!(measured, 13, "all but field completion, duplicates and handoff parts");
    assert!(found.counts.iter().all(|one| one.count > 0 || one.what == Counted::AssignmentsOpen), "{:?}", found.counts);

    // From a week on: what came before is joined, not counted.
    let from = Timestamp::parse("2026-08-03").unwrap();
    compare(&by_us(&metrics(&log, Some(&contract), Some(from), None)), &by_sql(&db, from.seconds()));

    // What stated confidences came to.
    let mut rows = db
        .prepare(
            "SELECT coalesce(source, ''), coalesce(field, action), confidence, sum(says = 'accepted'), count(*) \
                  FROM resolved WHERE confidence IS NOT NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
        )
        .unwrap();
    let theirs: Vec<(String, String, u16, u32, u32)> = rows
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let mut ours = Vec::new();
    for one in &found.calibration[1..] {
        for step in &one.steps {
            let number = |value: u64| u32::try_from(value).unwrap();
            let (hits, of) = (number(step.share.hits), number(step.share.of));
            ours.push((one.source.clone(), one.field.clone(), step.confidence.get(), hits, of));
        }
    }
    assert!(ours.len() > 300);
    assert_eq!(ours, theirs);
    let brier: f64 = db
        .query_row(
            "SELECT avg((confidence / 1000.0 - (says = 'accepted')) * (confidence / 1000.0 - (says = 'accepted'))) \
             FROM resolved WHERE confidence IS NOT NULL",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(format!("{:.0}", brier * 10_000.0), found.calibration[0].brier.to_string());
}

#[test]
fn what_lies_after_the_end_is_as_though_it_were_not_written() {
    let log = entries(5_000, 3).unwrap();
    let until = log[4_000].at;
    let cut: Vec<Entry> = log.iter().filter(|entry| entry.at < until).cloned().collect();
    let contract = judged_by();
    let whole = metrics(&log, Some(&contract), None, Some(until));
    assert_eq!(whole, metrics(&cut, Some(&contract), None, Some(until)));
    assert_eq!(whole.as_of, until);
}

#[test]
fn the_order_of_entries_makes_no_difference() {
    let log = entries(8_000, 11).unwrap();
    let contract = judged_by();
    let straight = metrics(&log, Some(&contract), None, None);
    let mut random = Random::new(5);
    for _ in 0..3 {
        let mut mixed = log.clone();
        for place in (1..mixed.len()).rev() {
            mixed.swap(place, random.below(place + 1));
        }
        assert_eq!(metrics(&mixed, Some(&contract), None, None), straight);
    }
}

#[test]
fn what_cannot_be_measured_says_what_it_needs() {
    let none = metrics(&[], None, None, None);
    assert!(none.overall.iter().all(|figure| figure.value.is_none() && figure.needs.is_some()));
    assert!(none.slices.is_empty() && none.calibration.is_empty() && none.advice.is_empty());
    assert_eq!(none.counts.iter().map(|one| one.count).sum::<u64>(), 0);
    let text = serde_json::to_string(&none).unwrap();
    assert_eq!(serde_json::from_str::<Metrics>(&text).unwrap(), none);

    let log = entries(3_000, 2).unwrap();
    let bare = metrics(&log, None, None, None);
    let needs: Vec<&str> =
        bare.overall.iter().filter(|figure| figure.needs.is_some()).map(|figure| figure.metric.word()).collect();
    assert_eq!(needs, ["field_completion", "duplicate_rate", "handoff_parts", "default_owner", "distribution_parity"]);
    assert!(bare.targets.is_empty() && bare.pools.is_empty() && bare.advice.is_empty());
    let value = serde_json::to_value(&bare).unwrap();
    let figure = value["overall"].as_array().unwrap().iter().find(|one| one["metric"] == "default_owner").unwrap();
    assert_eq!(figure.get("value"), None::<&Value>);
}
