//! Activities with the person: what engagement and term rules look at.
//!
//! Input: the snapshot's activities of the person, and which are meant. Output: those, with their age in days, oldest last,
//! and how many could not be told. Invariant: what lies after the decision has not happened yet and is left out.

use super::facts::Facts;
use super::touches;
use crate::normal::fold;
use crate::plan::ActivityPlan;
use crate::record::{ActivityField, Cell, Record, Value};
use crate::time::DAY;

/// The activities that are meant, in the snapshot's order, and how many may be meant.
pub(crate) fn matching<'a>(facts: &Facts<'a>, plan: &ActivityPlan) -> (Vec<&'a Record<'static>>, u32) {
    let (mut sure, mut unsure) = (Vec::new(), 0);
    let has = |texts: &[Box<str>], fields: &[ActivityField], activity: &Record<'_>| {
        texts.is_empty()
            || fields.iter().filter_map(|field| activity.text(field.slot())).any(|text| {
                let text = fold::fold(text);
                texts.iter().any(|part| text.contains(&**part))
            })
    };
    for activity in facts.crm().activities_with(&touches::names(facts)) {
        if !has(&plan.types, &[ActivityField::Type], activity)
            || !has(&plan.contains, &[ActivityField::Subject, ActivityField::Body], activity)
        {
            continue;
        }
        let direction = plan.from_us.map(|wanted| touches::from_us(activity).map(|from_us| from_us == wanted));
        let age = age(facts, activity);
        let recent = match (age, plan.within_days) {
            (Some(age), _) if age < 0 => Some(false),
            (Some(age), Some(most)) => Some(age <= i64::from(most)),
            (None, Some(_)) => None,
            _ => Some(true),
        };
        match (direction, recent) {
            (Some(Some(false)), _) | (_, Some(false)) => {}
            (Some(None), _) | (_, None) => unsure += 1,
            _ => sure.push(activity),
        }
    }
    (sure, unsure)
}

/// How many whole days ago it was; none where that is not known.
pub(crate) fn age(facts: &Facts<'_>, activity: &Record<'_>) -> Option<i64> {
    match activity.cell(ActivityField::At.slot()) {
        Cell::Known(Value::Time(at)) => Some((facts.as_of().seconds() - at.seconds()).div_euclid(DAY)),
        _ => None,
    }
}
