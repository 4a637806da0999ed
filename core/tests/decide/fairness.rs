//! Fairness of pools on generated members and days.

use std::collections::BTreeMap;

use interlock_core::decide::{Detail, decide_next};
use interlock_core::map::Map;
use interlock_core::plan::Plan;
use interlock_core::record::{Crm, Event, EventKind, Object, RecordRef, State};
use interlock_core::route::Destination;
use interlock_core::time::{DAY, Timestamp};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{contract, plan};

/// A Monday.
const MONDAY: i64 = 1_795_392_000;

/// A member as generated; the days of absence are counted from Monday.
#[derive(Clone, Debug)]
struct Made {
    weight: u32,
    active: bool,
    away: Option<(i64, i64)>,
    per_day: Option<u32>,
    office: bool,
}

fn made() -> impl Strategy<Value = Made> {
    let away = prop::option::of((0_i64..6, 0_i64..4));
    (1_u32..5, prop::bool::weighted(0.8), away, prop::option::of(1_u32..4), any::<bool>())
        .prop_map(|(weight, active, away, per_day, office)| Made { weight, active, away, per_day, office })
}

fn day(number: i64) -> String {
    Timestamp::from_seconds(MONDAY + number * DAY).to_string()[..10].to_owned()
}

fn member(place: usize, made: &Made) -> Value {
    let mut member = json!({"owner": format!("m{place}"), "weight": made.weight, "active": made.active});
    if let Some((from, days)) = made.away {
        member["out_of_office"] = json!([{"from": day(from), "to": day(from + days)}]);
    }
    if let Some(cap) = made.per_day {
        member["caps"] = json!({"per_day": cap});
    }
    if made.office {
        member["calendar"] = json!("office");
    }
    member
}

fn pool_plan(members: &[Value], more: Value) -> Plan {
    let mut pool = json!({"id": "team", "on_nobody": {"queue": "desk"}, "members": members});
    pool.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let days = ["mon", "tue", "wed", "thu", "fri"];
    plan(&contract(&[
        (
            "/routing/calendars",
            json!([{"id": "office", "time_zone": "UTC", "hours": [{"on": days, "blocks": ["08:00-18:00"]}]}]),
        ),
        ("/routing/pools/team", pool),
    ]))
}

fn event(number: usize, at: Timestamp) -> Event {
    Event {
        id: number.to_string().as_str().into(),
        kind: EventKind::LeadCaptured,
        at,
        record: RecordRef { object: Object::Lead, id: number.to_string().as_str().into() },
        source: Some("form".to_owned()),
        motion: None,
        principal: None,
        fields: Map::new(),
        present: Map::new(),
        proposals: Vec::new(),
        actions: Vec::new(),
    }
}

/// Who gets each of some leads, by the hours after Monday at which they come.
fn given(plan: &Plan, hours: &[i64], state: &mut State, seed: u64, detail: Detail) -> Vec<Option<String>> {
    let crm = Crm::default();
    let each = hours.iter().enumerate().map(|(number, hour)| {
        let at = Timestamp::from_seconds(MONDAY + hour * 3600);
        match decide_next(plan, &event(number, at), &crm, state, at, seed, detail).outcome.place {
            Some(Destination::Owner(owner)) => Some(owner.to_string()),
            _ => None,
        }
    });
    each.collect()
}

/// Hours in order, within ten days.
fn hours(count: usize) -> impl Strategy<Value = Vec<i64>> {
    prop::collection::vec(0_i64..240, 1..count).prop_map(|mut hours| {
        hours.sort_unstable();
        hours
    })
}

fn available(made: &Made, hour: i64, today: u32) -> bool {
    let day = hour / 24;
    let away = made.away.is_some_and(|(from, days)| (from..=from + days).contains(&day));
    let full = made.per_day.is_some_and(|cap| today >= cap);
    let works = !made.office || (day % 7 < 5 && (8..18).contains(&(hour % 24)));
    made.active && !away && !full && works
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn nobody_inactive_away_full_or_out_of_hours_gets_a_lead(
        members in prop::collection::vec(made(), 1..6),
        hours in hours(120),
        method in prop::sample::select(vec!["round_robin", "strict_round_robin", "least_loaded", "priority"]),
        seed in any::<u64>(),
    ) {
        let written: Vec<_> = members.iter().enumerate().map(|(place, made)| member(place, made)).collect();
        let plan = pool_plan(&written, json!({"method": method}));
        let mut today: BTreeMap<(String, i64), u32> = BTreeMap::new();
        let owners = given(&plan, &hours, &mut State::default(), seed, Detail::Outcome);
        for (hour, owner) in hours.iter().zip(owners) {
            let count = |name: &str| today.get(&(name.to_owned(), hour / 24)).copied().unwrap_or(0);
            let can = |place: usize| available(&members[place], *hour, count(&format!("m{place}")));
            match owner {
                Some(owner) => {
                    prop_assert!(can(owner[1..].parse().unwrap()), "{owner} at hour {hour} of {members:?}");
                    *today.entry((owner, hour / 24)).or_default() += 1;
                }
                // Under the strict method the one whose turn it is may be waited for.
                None => prop_assert!(
                    method == "strict_round_robin" || !(0..members.len()).any(can),
                    "somebody could take the lead at hour {hour} of {members:?}"
                ),
            }
        }
    }

    #[test]
    fn one_by_one_equals_all_at_once_and_with_or_without_a_trace(
        members in prop::collection::vec(made(), 1..6),
        hours in hours(60),
        seed in any::<u64>(),
    ) {
        let written: Vec<_> = members.iter().enumerate().map(|(place, made)| member(place, made)).collect();
        let plan = pool_plan(&written, json!({"sticky": ["person", "company"]}));
        let mut at_once = State::default();
        let all = given(&plan, &hours, &mut at_once, seed, Detail::Outcome);
        let mut state = State::default();
        for (place, hour) in hours.iter().enumerate() {
            // The state goes to the host and comes back as JSON.
            let text = serde_json::to_string(&state).unwrap();
            state = serde_json::from_str(&text).unwrap();
            let crm = Crm::default();
            let at = Timestamp::from_seconds(MONDAY + hour * 3600);
            let found = decide_next(&plan, &event(place, at), &crm, &mut state, at, seed, Detail::Full).outcome.place;
            let found = match found {
                Some(Destination::Owner(owner)) => Some(owner.to_string()),
                _ => None,
            };
            prop_assert_eq!(&found, &all[place]);
        }
        prop_assert_eq!(state, at_once);
    }

    #[test]
    fn equal_members_who_are_always_there_differ_by_at_most_one_whoever_comes_and_goes(
        others in prop::collection::vec(made(), 0..4),
        equal in 2_usize..5,
        hours in hours(150),
        seed in any::<u64>(),
    ) {
        let there = Made { weight: 2, active: true, away: None, per_day: None, office: false };
        let members: Vec<Made> = std::iter::repeat_n(there, equal).chain(others).collect();
        let written: Vec<_> = members.iter().enumerate().map(|(place, made)| member(place, made)).collect();
        let plan = pool_plan(&written, json!({}));
        let mut counts = vec![0; equal];
        for owner in given(&plan, &hours, &mut State::default(), seed, Detail::Outcome).into_iter().flatten() {
            if let Some(count) = counts.get_mut(owner[1..].parse::<usize>().unwrap()) {
                *count += 1;
            }
            prop_assert!(counts.iter().max().unwrap() - counts.iter().min().unwrap() <= 1, "{counts:?} of {members:?}");
        }
    }

    #[test]
    fn weights_are_met_within_one_on_every_prefix_and_the_order_of_members_does_not_matter(
        weights in prop::collection::vec(1_u32..9, 1..7),
        leads in 1_usize..80,
        seed in any::<u64>(),
    ) {
        let made = |(place, weight): (usize, &u32)| json!({"owner": format!("m{place}"), "weight": weight});
        let mut written: Vec<Value> = weights.iter().enumerate().map(made).collect();
        let hours = vec![10; leads];
        let found = given(&pool_plan(&written, json!({})), &hours, &mut State::default(), seed, Detail::Outcome);
        written.reverse();
        let again = given(&pool_plan(&written, json!({})), &hours, &mut State::default(), seed, Detail::Outcome);
        prop_assert_eq!(&found, &again);
        let all: i64 = weights.iter().map(|weight| i64::from(*weight)).sum();
        let mut counts = vec![0_i64; weights.len()];
        for (leads, owner) in (1_i64..).zip(found.into_iter().flatten()) {
            counts[owner[1..].parse::<usize>().unwrap()] += 1;
            for (weight, count) in weights.iter().zip(&counts) {
                prop_assert!((i64::from(*weight) * leads - count * all).abs() < all, "{weights:?}: {counts:?}");
            }
        }
    }

    #[test]
    fn who_leaves_joins_or_returns_floods_nobody(
        weights in prop::collection::vec(1_u32..4, 3..6),
        before in 1_usize..60,
        apart in 1_usize..60,
        seed in any::<u64>(),
    ) {
        let made = |(place, weight): (usize, &u32)| json!({"owner": format!("m{place}"), "weight": weight});
        let whole: Vec<Value> = weights.iter().enumerate().map(made).collect();
        let mut state = State::default();
        given(&pool_plan(&whole, json!({})), &vec![10; before], &mut state, seed, Detail::Outcome);
        // The first is removed: everyone's turns stay.
        let kept = state.clone();
        let less = pool_plan(&whole[1..], json!({}));
        prop_assert_eq!(&kept, &state);
        given(&less, &vec![10; apart], &mut state, seed, Detail::Outcome);
        let first = interlock_core::id::OwnerId::from("m0");
        let turns = |state: &State| state.pools.get("team").unwrap().turns.get(&first).copied();
        prop_assert_eq!(turns(&kept), turns(&state));
        // Back again, after any time, they get no more than two above their share of any number of leads.
        let all: i64 = weights.iter().map(|weight| i64::from(*weight)).sum();
        let found = given(&pool_plan(&whole, json!({})), &[10; 40], &mut state, seed, Detail::Outcome);
        let mut count = 0;
        for (leads, owner) in (1_i64..).zip(found.into_iter().flatten()) {
            count += i64::from(owner == "m0");
            prop_assert!(count * all <= i64::from(weights[0]) * leads + 2 * all + i64::from(weights[0]) * 2, "{count} of {leads}: {weights:?}");
        }
    }
}
