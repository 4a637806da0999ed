//! What a rule's points are worth for one lead: counted by activities, taken from another score, faded with time.
//!
//! Input: the rule and the facts. Output: [`Worth`]. Invariant: whole points only. A half-life is worked out from a table of
//! sixteenths of a halving, between which it goes straight; every rounding is to the nearest point, halves away from zero.

use crate::contract::{Decay, ScoreRule};
use crate::decide::activity;
use crate::decide::facts::{Facts, Read};
use crate::plan::{Fact, RulePlan};
use crate::record::Object;
use crate::scale::Points;
use crate::text;
use crate::time::DAY;

/// What a rule that holds adds or takes.
#[derive(Default)]
pub(super) struct Worth {
    pub(super) points: Points,
    /// How the points come about, where they are not simply the rule's.
    pub(super) note: Option<String>,
    /// What was missing to know all of it.
    pub(super) missing: Vec<String>,
}

/// Works out what a rule is worth; `full` asks for words.
pub(super) fn worth(compiled: &RulePlan, rule: &ScoreRule, facts: &Facts<'_>, full: bool) -> Worth {
    let mut worth = Worth { points: rule.points, ..Worth::default() };
    let Some(plan) = &compiled.worth else { return worth };
    let mut notes = Vec::new();
    if let Some(per) = plan.per {
        let other = facts.scored.borrow().get(per).map_or(0, |(points, _)| i64::from(points.0));
        worth.points = part(rule.points, other, 100);
        if full {
            let other_id = rule.per_hundred_of.as_ref().map_or("", |id| id.as_str());
            notes.push(format!("`{other_id}` is {other}, which makes {} of {}", worth.points.0, rule.points.0));
        }
    }
    let each = worth.points;
    if let Some(filter) = &plan.activities {
        if !facts.crm().has(Object::Activity) {
            worth.missing.push("activities are not in the data".to_owned());
        }
        let (all, mut unsure) = activity::matching(facts, filter);
        let mut sum = Points(0);
        let mut ages = Vec::new();
        for activity in all {
            let left = match (&rule.decay, activity::age(facts, activity)) {
                (None, _) => each,
                (Some(decay), Some(age)) => {
                    ages.push(age);
                    left(each, decay, age)
                }
                (Some(_), None) => {
                    unsure += 1;
                    continue;
                }
            };
            sum = sum.plus(left);
            if full {
                notes.push(left.0.to_string());
            }
        }
        if unsure > 0 {
            worth
                .missing
                .push(format!("{} lack a date or a direction", text::count(unsure.into(), "activity", "activities")));
        }
        worth.points = match rule.most {
            Some(most) if (most.0 >= 0 && sum > most) || (most.0 < 0 && sum < most) => most,
            _ => sum,
        };
        if full {
            let several = notes.len() as u64;
            let mut words = text::count(several, "activity", "activities");
            if several > 0 {
                words.push_str(": ");
                // Of very many the first few say enough.
                words.push_str(&notes.iter().take(10).map(String::as_str).collect::<Vec<_>>().join(" + "));
                if several > 10 {
                    words.push_str(" \u{2026}");
                }
            }
            if let Some(oldest) = ages.iter().max().filter(|age| **age > 0) {
                words.push_str(&format!(", the oldest {} ago", days(*oldest)));
            }
            if worth.points != sum {
                words.push_str(&format!(", together {}, at most {}", sum.0, worth.points.0));
            }
            notes = vec![words];
        }
    } else if let (Some(decay), Some((since, name))) = (&rule.decay, &plan.since) {
        match age(facts, *since) {
            Ok(age) => {
                worth.points = left(each, decay, age);
                if full && worth.points != each {
                    notes.push(format!("{:+}, of which {} left after {}", each.0, worth.points.0, days(age)));
                }
            }
            Err(read) => {
                worth.points = Points(0);
                worth.missing.push(format!("{name} is {read}"));
            }
        }
    }
    worth.note = (!notes.is_empty()).then(|| notes.join("; "));
    worth
}

fn age<'a>(facts: &Facts<'a>, since: Fact) -> Result<i64, Read<'a>> {
    match facts.read(since) {
        Read::Time(at) => Ok((facts.as_of().seconds() - at.seconds()).div_euclid(DAY).max(0)),
        read => Err(read),
    }
}

fn days(count: i64) -> String {
    text::count(count.unsigned_abs(), "day", "days")
}

/// What is left of points after so many days.
fn left(points: Points, decay: &Decay, age: i64) -> Points {
    let age = age.max(0);
    if let Some(half_life) = decay.half_life_days.filter(|days| *days > 0) {
        return part(points, halved(age, i64::from(half_life)), WHOLE);
    }
    let step = decay.steps.iter().rfind(|step| age >= i64::from(step.after_days));
    step.map_or(points, |step| part(points, step.keeps.get().into(), 1000))
}

const WHOLE: i64 = 65_536;

/// `WHOLE` times a half to the power of `age / half_life`.
fn halved(age: i64, half_life: i64) -> i64 {
    /// `WHOLE` times a half to the power of n sixteenths, rounded.
    const SIXTEENTHS: [i64; 17] = [
        65_536, 62_757, 60_097, 57_549, 55_109, 52_773, 50_535, 48_393, 46_341, 44_376, 42_495, 40_693, 38_968, 37_316,
        35_734, 34_219, 32_768,
    ];
    let (halvings, rest) = (age / half_life, age % half_life);
    if halvings > 40 {
        return 0;
    }
    let (place, between) = (rest * 16 / half_life, rest * 16 % half_life);
    let at = |place: i64| usize::try_from(place).ok().and_then(|place| SIXTEENTHS.get(place)).copied().unwrap_or(0);
    (at(place) - (at(place) - at(place + 1)) * between / half_life) >> halvings
}

/// `points * of / whole`, to the nearest, halves away from zero.
fn part(points: Points, of: i64, whole: i64) -> Points {
    let product = i64::from(points.0) * of;
    let half = if product < 0 { -whole / 2 } else { whole / 2 };
    let rounded = (product + half) / whole;
    Points(i32::try_from(rounded).unwrap_or(if rounded < 0 { i32::MIN } else { i32::MAX }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_halves() {
        let share = |age, half_life| halved(age, half_life);
        assert_eq!((share(0, 30), share(30, 30), share(60, 30), share(3000, 30)), (65_536, 32_768, 16_384, 0));
        for (half_life, age) in [(7, 3), (30, 10), (30, 47), (90, 13), (365, 200)] {
            let exact = 65_536.0 * 0.5_f64.powf(f64::from(age) / f64::from(half_life));
            let found = share(age.into(), half_life.into());
            let found = f64::from(i32::try_from(found).expect("small"));
            assert!((exact - found).abs() < 20.0, "{age} of {half_life}: {found}, not {exact}");
        }
        let falls = (0..400).map(|age| share(age, 30)).collect::<Vec<_>>();
        assert!(falls.windows(2).all(|pair| pair[0] >= pair[1]), "never more with age");
    }

    #[test]
    fn points_round_to_the_nearest() {
        assert_eq!(part(Points(5), 1, 2), Points(3));
        assert_eq!(part(Points(-5), 1, 2), Points(-3));
        assert_eq!(part(Points(10), 72, 100), Points(7));
        assert_eq!(part(Points(10), -72, 100), Points(-7));
    }
}
