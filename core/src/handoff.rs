//! Stage 6, handoff: a note a salesperson can act on.
//!
//! Input: everything decided so far. Output: a [`Note`] as data and as text. Invariant: it states nothing that no
//! record supports; what a contract asks for and nothing supports is named as missing.

use serde::Serialize;

use crate::classify::Scored;
use crate::contract::{HandoffPart, Target};
use crate::decide::facts::{Facts, Read};
use crate::id::RuleId;
use crate::order;
use crate::plan::{Fact, Plan, Truth};
use crate::record::{AccountField, LeadField};
use crate::route::{Destination, Route};
use crate::text;

/// A handoff note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Note {
    /// The parts the contract asks for, in its order, each with its sentence; those without one are in `missing`.
    pub parts: Vec<Part>,
    /// What the contract asks for and no record says.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// What contradicts what.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<String>,
    /// What to do next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_step: Option<Step>,
    /// The note as sales reads it.
    pub text: String,
}

/// A part of a note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Part {
    /// Which part.
    pub part: HandoffPart,
    /// Its sentence.
    pub text: String,
}

/// What to do next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Step {
    /// The rule that says so.
    pub rule: RuleId,
    /// In words.
    pub text: String,
}

/// Writes the note.
pub(crate) fn handoff(plan: &Plan, facts: &Facts<'_>, scores: &[Scored], route: &Route) -> Option<Note> {
    let written = plan.contract.handoff.as_ref()?;
    let mut missing = missing(facts, scores);
    let conflicts = conflicts(facts, route);
    let next_step = plan
        .next_steps
        .iter()
        .zip(&written.next_steps)
        .find(|(condition, _)| condition.holds(facts) == Truth::Yes)
        .map(|(_, step)| Step { rule: step.id.clone(), text: step.text.clone() });
    let mut parts = Vec::new();
    for part in &written.parts {
        let sentence = match part {
            HandoffPart::Source => source(facts),
            HandoffPart::Company => company(facts),
            HandoffPart::Fit => scores.first().and_then(score),
            HandoffPart::Urgency => scores.get(1).and_then(score),
            HandoffPart::Missing | HandoffPart::Conflicts | HandoffPart::NextStep => None,
        };
        match (part, sentence) {
            (_, Some(text)) => parts.push(Part { part: *part, text }),
            (HandoffPart::Source, None) => missing.insert(0, "source".to_owned()),
            (HandoffPart::Company, None) => missing.insert(0, "company".to_owned()),
            _ => {}
        }
    }
    let wants = |part| written.parts.contains(&part);
    if wants(HandoffPart::Missing) && !missing.is_empty() {
        let text = format!("Missing: {}.", text::list(&missing, ""));
        parts.push(Part { part: HandoffPart::Missing, text });
    }
    if wants(HandoffPart::Conflicts) && !conflicts.is_empty() {
        parts.push(Part { part: HandoffPart::Conflicts, text: conflicts.join(" ") });
    }
    if let Some(step) = next_step.as_ref().filter(|_| wants(HandoffPart::NextStep)) {
        parts.push(Part { part: HandoffPart::NextStep, text: step.text.clone() });
    }
    let sentences: Vec<&str> = parts.iter().map(|part| part.text.as_str()).collect();
    Some(Note { text: sentences.join(" "), parts, missing, conflicts, next_step })
}

fn lead_text<'a>(facts: &Facts<'a>, field: LeadField) -> Option<&'a str> {
    match facts.read(Fact::Lead(u8::try_from(field.slot()).ok()?)) {
        Read::Text(text) => Some(text),
        _ => None,
    }
}

fn source(facts: &Facts<'_>) -> Option<String> {
    let lead = facts.lead();
    let known = lead.source.and_then(|place| facts.plan().contract().sources.get(usize::from(place)));
    let source = match known {
        Some(source) => source.name.as_deref().unwrap_or(source.id.as_str()),
        None => lead.source_text.as_deref()?,
    };
    let motion = match lead.motion {
        crate::contract::Motion::Inbound => "Inbound",
        crate::contract::Motion::Outbound => "Outbound",
    };
    Some(format!("{motion} lead, source {source}."))
}

fn company(facts: &Facts<'_>) -> Option<String> {
    let account = facts.matched.and_then(|matched| matched.account_record(facts.crm()));
    let name = lead_text(facts, LeadField::Company)
        .or_else(|| account.and_then(|account| account.text(AccountField::Name.slot())))?;
    let size = match facts.read(Fact::Lead(u8::try_from(LeadField::Employees.slot()).ok()?)) {
        Read::Int(employees) => Some(employees),
        _ => account.and_then(|account| account.cell(AccountField::Employees.slot()).int()),
    };
    let industry = lead_text(facts, LeadField::Industry)
        .or_else(|| account.and_then(|account| account.text(AccountField::Industry.slot())));
    let mut details = Vec::new();
    if let Some(size) = size.and_then(|size| u64::try_from(size).ok()) {
        details.push(text::count(size, "employee", "employees"));
    }
    details.extend(industry.map(str::to_owned));
    Some(match details.as_slice() {
        [] => format!("Company {name}, size not known."),
        details => format!("Company {name} ({}).", details.join(", ")),
    })
}

fn score(scored: &Scored) -> Option<String> {
    let mut reasons: Vec<_> = scored.contributions.iter().filter(|part| part.points.0 != 0).collect();
    order::sort_by_key(&mut reasons, |part| std::cmp::Reverse(part.points.0.unsigned_abs()));
    let reasons: Vec<&str> =
        reasons.iter().take(3).map(|part| part.reason.as_deref().unwrap_or(part.rule.as_str())).collect();
    let band = scored.band.as_ref().map_or_else(String::new, |band| format!(", {band}"));
    let because = if reasons.is_empty() { String::new() } else { format!(": {}", reasons.join("; ")) };
    Some(format!("{} {}{band}{because}.", capital(scored.score.as_str()), scored.points.0))
}

/// An id with a capital in front: ids are ASCII.
fn capital(word: &str) -> String {
    let mut word = word.to_owned();
    if let Some(first) = word.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    word
}

fn missing(facts: &Facts<'_>, scores: &[Scored]) -> Vec<String> {
    let mut missing = Vec::new();
    if lead_text(facts, LeadField::Timeline).is_none() {
        missing.push("buying timeline".to_owned());
    }
    for evidence in scores.iter().flat_map(|scored| &scored.missing) {
        for fact in &evidence.facts {
            // What the buyer or the company could tell; what the engine itself lacks is in the trace.
            let name = fact.split(" is ").next().unwrap_or(fact);
            let Some(name) = name.strip_prefix("lead.").or_else(|| name.strip_prefix("account.")) else { continue };
            let name = name.replace('_', " ");
            if name != "timeline" && name != "message" && !missing.contains(&name) {
                missing.push(name);
            }
        }
    }
    missing
}

fn conflicts(facts: &Facts<'_>, route: &Route) -> Vec<String> {
    let mut conflicts = Vec::new();
    let crm = facts.crm();
    if let (Destination::Escalated(_), [first, second, ..]) = (&route.place, route.held.as_slice()) {
        conflicts.push(format!("Routing rules `{first}` and `{second}` both hold and disagree."));
    }
    let account = facts.matched.and_then(|matched| matched.account_record(crm));
    let owner = account.and_then(|account| account.text(AccountField::Owner.slot()));
    if let (Some(owner), Destination::Owner(chosen)) = (owner, &route.place)
        && crm.owner_id(owner) != *chosen
        && !matches!(route.target, Some(Target::AccountOwner))
    {
        let rule = route.rule.as_ref().map_or_else(|| "the fallback".to_owned(), |rule| format!("rule `{rule}`"));
        conflicts.push(format!(
            "The existing account owner, {}, conflicts with {rule}.",
            crm.owner_name(&crm.owner_id(owner))
        ));
    }
    if facts.matched.is_some_and(|matched| matched.conflict) {
        conflicts.push("The e-mail domain and the company name point to different accounts.".to_owned());
    }
    conflicts
}
