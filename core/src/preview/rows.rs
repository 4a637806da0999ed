//! Pages of leads: filtered, sorted, one row a lead.

use std::cmp::Ordering;

use super::view::{Move, Page, Place, Query, ScoreMove, Sort, VerdictMove};
use super::{Brief, Preview, Side, label};
use crate::normal::fold;
use crate::order;
use crate::record::Event;

impl Preview {
    /// The leads a query asks for.
    #[must_use]
    pub fn page(&self, baseline: Side<'_>, candidate: Side<'_>, events: &[Event], query: &Query) -> Page {
        let wanted = fold::fold(&query.text).into_owned();
        let is_at = |place: &Place, at: &Option<(super::view::PlaceKind, String)>| {
            at.as_ref().is_none_or(|(kind, id)| place.kind == *kind && place.id == *id)
        };
        let mut found: Vec<usize> = Vec::new();
        for (index, changes) in self.changes.iter().enumerate() {
            let changed = match query.change {
                Some(change) => changes.contains(&change),
                None => query.unchanged_too || !changes.is_empty(),
            };
            if !changed {
                continue;
            }
            if query.from.is_some() || query.to.is_some() || !wanted.is_empty() {
                let (Some(from), Some(to)) = (self.from(index, baseline), self.to(index, candidate)) else { continue };
                if !is_at(&from, &query.from) || !is_at(&to, &query.to) {
                    continue;
                }
                if !wanted.is_empty() && !events.get(index).is_some_and(|event| mentions(event, &from, &to, &wanted)) {
                    continue;
                }
            }
            found.push(index);
        }
        self.sort(&mut found, baseline, candidate, events, query);
        let (offset, limit) = (query.offset as usize, query.limit as usize);
        let rows = found.iter().skip(offset).take(limit);
        Page {
            total: u32::try_from(found.len()).unwrap_or(u32::MAX),
            offset: query.offset,
            rows: rows.filter_map(|index| self.row(baseline, candidate, events, *index)).collect(),
        }
    }

    fn from(&self, index: usize, baseline: Side<'_>) -> Option<Place> {
        Some(label::place(self.before.briefs.get(index)?.place.as_ref(), baseline))
    }

    fn to(&self, index: usize, candidate: Side<'_>) -> Option<Place> {
        Some(label::place(self.after.briefs.get(index)?.place.as_ref(), candidate))
    }

    fn sort(&self, found: &mut [usize], baseline: Side<'_>, candidate: Side<'_>, events: &[Event], query: &Query) {
        let text_key = |index: &usize| {
            let event = events.get(*index);
            let (name, company) = event.map(label::lead).unwrap_or_default();
            let text = match query.sort {
                Sort::Name => name,
                Sort::Company => company,
                Sort::From => self.from(*index, baseline).map(|place| place.label).unwrap_or_default(),
                _ => self.to(*index, candidate).map(|place| place.label).unwrap_or_default(),
            };
            fold::fold(&text).into_owned()
        };
        let score = |index: usize| {
            let (before, after) = (self.before.briefs.get(index), self.after.briefs.get(index));
            let first = |brief: Option<&Brief>| brief.and_then(|brief| brief.scores.first()).map_or(0, |score| score.1);
            match query.sort {
                Sort::ScoreAfter => first(after),
                _ => first(after) - first(before),
            }
        };
        // Equal rows stay in order of arrival either way.
        let directed = |order: Ordering| if query.descending { order.reverse() } else { order };
        match query.sort {
            Sort::Order if query.descending => found.reverse(),
            Sort::Order => {}
            Sort::Name | Sort::Company | Sort::From | Sort::To => {
                let mut keyed: Vec<_> = found.iter().map(|index| (text_key(index), *index)).collect();
                order::sort_by(&mut keyed, |a, b| directed(a.0.cmp(&b.0)));
                for (place, (_, index)) in found.iter_mut().zip(keyed) {
                    *place = index;
                }
            }
            Sort::ScoreAfter | Sort::ScoreChange => {
                order::sort_by(found, |a, b| directed(score(*a).cmp(&score(*b))));
            }
        }
    }

    /// One lead's row.
    #[must_use]
    pub fn row(&self, baseline: Side<'_>, candidate: Side<'_>, events: &[Event], index: usize) -> Option<Move> {
        let (event, changes) = (events.get(index)?, self.changes.get(index)?);
        let (before, after) = (self.before.briefs.get(index)?, self.after.briefs.get(index)?);
        let (name, company) = label::lead(event);
        let both = before.scores.iter().filter_map(|before| {
            let after = after.scores.iter().find(|after| after.0 == before.0)?;
            let band = |band: &Option<crate::id::RuleId>| band.as_ref().map_or_else(String::new, ToString::to_string);
            Some(ScoreMove {
                score: before.0.clone(),
                before: before.1,
                after: after.1,
                band_before: band(&before.2),
                band_after: band(&after.2),
            })
        });
        Some(Move {
            index: u32::try_from(index).ok()?,
            lead: event.record.id.clone(),
            name,
            company,
            from: label::place(before.place.as_ref(), baseline),
            to: label::place(after.place.as_ref(), candidate),
            rule_before: before.rule.clone(),
            rule_after: after.rule.clone(),
            scores: both.collect(),
            changes: changes.clone(),
            verdicts: verdict_moves(before, after),
        })
    }
}

fn mentions(event: &Event, from: &Place, to: &Place, wanted: &str) -> bool {
    let (name, company) = label::lead(event);
    let email = event.fields.get("lead.email").map_or("", String::as_str);
    [event.record.id.as_str(), &name, &company, email, &from.label, &to.label]
        .iter()
        .any(|text| fold::fold(text).contains(wanted))
}

/// The verdicts that differ, in the order of actions and fields.
pub(super) fn verdict_moves(before: &Brief, after: &Brief) -> Vec<VerdictMove> {
    let mut keys: Vec<_> = before.verdicts.iter().chain(&after.verdicts).map(|(key, _)| key).collect();
    order::sort_all(&mut keys);
    keys.dedup();
    let verdict =
        |brief: &Brief, key| brief.verdicts.iter().find(|(other, _)| other == key).map(|(_, verdict)| *verdict);
    keys.into_iter()
        .map(|key| (key, verdict(before, key), verdict(after, key)))
        .filter(|(_, before, after)| before != after)
        .map(|((action, field), before, after)| VerdictMove { action: *action, field: field.clone(), before, after })
        .collect()
}
