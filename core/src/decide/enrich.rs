//! Stage 3, enrichment: what AI and providers propose to write.
//!
//! Input: the proposals of an event. Output: one answer of the gate for each, in the event's order, and the values that the
//! stages after this one see. Invariant: of several proposals for one field one is taken; the others say which.

use super::stages::ask;
use super::workflows::Workflows;
use crate::contract::{ActionKind, Verdict};
use crate::decide::facts::Facts;
use crate::gate::{self, Ask, Judged, Old};
use crate::id::FieldName;
use crate::intake;
use crate::order;
use crate::plan::{Fact, Stage};
use crate::record::{Cell, Event};
use crate::suppression::Suppressed;

/// Judges what was proposed. What passes uncapped is seen by the stages after it.
pub(super) fn enrich<'e>(
    workflows: &Workflows,
    facts: &Facts<'_>,
    suppressed: &[Suppressed],
    event: &'e Event,
    full: bool,
) -> (Vec<Judged>, Vec<(Fact, Cell<'e>)>) {
    if event.proposals.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let plan = facts.plan();
    let mut all = Vec::with_capacity(event.proposals.len());
    let mut enriched: Vec<(Fact, Cell<'_>)> = Vec::new();
    let mut written: Vec<&FieldName> = Vec::new();
    let mut order: Vec<usize> = (0..event.proposals.len()).collect();
    // Of several proposals for one field the most confident is taken, then the latest, then the first.
    order::sort_by(&mut order, |a, b| {
        let key = |place: usize| event.proposals.get(place).map(|proposal| (proposal.confidence, proposal.at));
        key(*b).cmp(&key(*a)).then(a.cmp(b))
    });
    for place in order {
        let Some(proposal) = event.proposals.get(place) else { continue };
        let field = &proposal.field;
        let policy = plan.policy(field);
        let fact = policy.map_or_else(|| plan.fact_of(field), |(compiled, _)| compiled.fact);
        let new = fact.map(|fact| intake::read_value(plan, fact, &proposal.value));
        let run = match &proposal.workflow {
            Some(id) => workflows.named(id, ActionKind::UpdateField, facts),
            None => workflows.worked_by(event.agent(), ActionKind::UpdateField, facts),
        };
        let present = fact.map_or(Cell::Absent, |fact| facts.cell(fact));
        let shown;
        let old = match &present {
            Cell::Absent => Old::Unknown,
            Cell::Blank => Old::Blank,
            Cell::Invalid(_) | Cell::Known(_) => match (event.fields.get(field), &present) {
                (Some(raw), _) => Old::Value(raw.as_str()),
                (None, Cell::Invalid(text)) => Old::Value(text),
                (None, cell) => {
                    shown = cell.known().map(ToString::to_string);
                    shown.as_deref().map_or(Old::Unknown, Old::Value)
                }
            },
        };
        let floor = match &new {
            Some(Cell::Invalid(_)) => {
                Some((Verdict::Block, "unreadable-value", "the proposed value cannot be read as what the field holds"))
            }
            _ if written.contains(&field) => {
                Some((Verdict::Block, "superseded", "a more confident proposal for this field was taken"))
            }
            _ => None,
        };
        let ask = Ask {
            field: Some(field),
            policy,
            source: Some(&proposal.source),
            confidence: Some(proposal.confidence),
            floor,
            ..ask(ActionKind::UpdateField, Stage::Identity, event, old, &proposal.value)
        };
        let mut judged = gate::judge(&ask, run, facts, suppressed, full);
        if let (Some(fact), Some(cell)) = (fact, new) {
            if cell == present && present.known().is_some() {
                judged.nothing_to_do();
            } else if judged.uncapped == Verdict::Auto {
                enriched.push((fact, cell));
            }
        }
        if judged.uncapped < Verdict::Block {
            written.push(field);
        }
        all.push((place, judged));
    }
    order::sort_by_key(&mut all, |(place, _)| *place);
    (all.into_iter().map(|(_, judged)| judged).collect(), enriched)
}
