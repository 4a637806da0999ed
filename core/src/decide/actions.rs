//! What is proposed besides values: messages, tasks, enrolments, merges.
//!
//! Input: the actions of an event, once every stage has spoken. Output: one answer of the gate for each, in the event's
//! order. Invariant: each is judged, if only to be blocked with a reason; whatever waits for a person in the same
//! decision holds those that depend on it.

use std::borrow::Cow;

use super::facts::Facts;
use super::stages::{ask, old_of};
use super::touches;
use super::workflows::Workflows;
use crate::contract::ActionKind;
use crate::gate::{self, Ask, Judged, Old};
use crate::plan::Stage;
use crate::record::{ActionProposal, Event, LeadField, RecordRef};
use crate::suppression::{self, Suppressed};

/// All the words of each action, for review rules that look for some.
pub(super) fn words(event: &Event) -> Vec<String> {
    event.actions.iter().map(words_of).collect()
}

fn words_of(action: &ActionProposal) -> String {
    let message = action.message.iter().flat_map(|message| [&message.subject, &message.body]);
    let stated = action.statements.iter().map(|statement| &statement.text);
    let all = std::iter::once(&action.text).chain(message).chain(stated);
    let said: Vec<&str> = all.map(String::as_str).filter(|text| !text.is_empty()).collect();
    said.join("\n")
}

/// Judges every action that is proposed, and adds the answers.
pub(super) fn propose<'a>(
    workflows: &Workflows,
    facts: &mut Facts<'a>,
    suppressed: &[Suppressed],
    event: &'a Event,
    words: &'a [String],
    full: bool,
    all: &mut Vec<Judged>,
) {
    let plan = facts.plan();
    // What is let go counts for what comes after it.
    let mut suppressed = Cow::Borrowed(suppressed);
    for (action, words) in event.actions.iter().zip(words) {
        facts.proposed = Some((action, words));
        let kind = action.action.kind();
        let record: &RecordRef = action.record.as_ref().unwrap_or(&event.record);
        let named = action.agent.as_ref().or_else(|| event.agent());
        let run = match &action.workflow {
            Some(id) => workflows.named(id, kind, facts),
            None => workflows.worked_by(named, kind, facts),
        };
        let old = match (kind, *record == event.record) {
            (ActionKind::Assign, true) => old_of(facts, LeadField::Owner),
            (ActionKind::Link, true) => old_of(facts, LeadField::Account),
            (ActionKind::ChangeStage, true) => old_of(facts, LeadField::LifecycleStage),
            (ActionKind::Assign | ActionKind::Link | ActionKind::ChangeStage, false) => Old::Unknown,
            _ => Old::Blank,
        };
        // The words are what is written where there are any; where to is kept beside them.
        let said = action.message.as_ref().map_or(action.text.as_str(), |message| &message.body);
        let new = if gate::names_target(kind) {
            action.to.as_str()
        } else if said.is_empty() {
            words
        } else {
            said
        };
        let waits = all.iter().find(|judged| judged.waits() && judged.record == *record);
        let held_by = waits.filter(|_| gate::depends(kind)).map(|judged| (judged.action, judged.field.as_ref()));
        let asked = Ask {
            record,
            source: action.source.as_ref(),
            confidence: action.confidence,
            proposed: Some(action),
            held_by,
            ..ask(kind, Stage::Handoff, event, old, new)
        };
        let mut judged = gate::judge(&asked, run, facts, &suppressed, full);
        if matches!(old, Old::Value(value) if value == new) {
            judged.nothing_to_do();
        }
        if plan.touches && touches::lets_go(&judged) {
            facts.touch();
            suppressed = suppression::suppress(plan, facts, full).into();
        }
        all.push(judged);
    }
    facts.proposed = None;
}
