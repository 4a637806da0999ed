//! Stage 6, handoff: a note a salesperson can act on.
//!
//! Input: everything decided so far. Output: a [`Note`] as data and as text, and in the words of the contract's templates.
//! Invariant: it states nothing that no record supports. Every word of it that is neither the contract's nor a fixed word
//! of a sentence stands in a [`Statement`] with what it stands on; what a contract asks for and nothing supports is named
//! as missing.

mod conflict;
mod history;
mod statement;
pub(crate) mod template;

use serde::Serialize;

use crate::contract::{Audience, Format, HandoffPart, Motion, Reviewer, Target, Verdict};
use crate::decide::facts::{Facts, Read};
use crate::gate::Judged;
use crate::id::{EventId, QueueId, RuleId, ScoreId};
use crate::order;
use crate::plan::{Fact, Truth};
use crate::record::{AccountField, Event, LeadField, RecordRef};
use crate::route::{Destination, Route};
use crate::text;
pub use statement::{Evidence, Statement};
use statement::{Stated, words_of};

/// A handoff note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Note {
    /// Whom it is for: the owner where one is assigned by name, the manager where it waits for a person, else whoever takes
    /// it from the pool or queue.
    pub audience: Audience,
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
    /// The note in the words of each template, in the contract's order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub written: Vec<Written>,
    /// Everything that is stated, with what it stands on.
    pub statements: Vec<Statement>,
    /// Where to look further.
    pub trace: Trace,
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

/// A note in the words of a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Written {
    /// The template.
    pub template: RuleId,
    /// Who reads it.
    pub audience: Audience,
    /// What it is written in.
    pub format: Format,
    /// The note.
    pub text: String,
}

/// Where to look further: the decision that the note comes from, and the rules that it speaks of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Trace {
    /// The event that was decided.
    pub event: EventId,
    /// The record it happened to.
    pub record: RecordRef,
    /// Where the rules stand in the contract.
    pub addresses: Vec<String>,
}

/// What to do next: the first that holds.
pub(crate) fn next_step(facts: &Facts<'_>) -> Option<Step> {
    let plan = facts.plan();
    let steps = plan.next_steps.iter().zip(&plan.contract.handoff.as_ref()?.next_steps);
    let mut held = steps.filter(|(condition, _)| condition.holds(facts) == Truth::Yes);
    held.next().map(|(_, step)| Step { rule: step.id.clone(), text: step.text.clone() })
}

/// Writes the note.
pub(crate) fn handoff(
    facts: &Facts<'_>,
    event: &Event,
    judged: &[Judged],
    route: &Route,
    next_step: Option<Step>,
) -> Option<Note> {
    let written = facts.plan().contract.handoff.as_ref()?;
    let mut stated = Stated { facts, event, judged, all: Vec::new(), fit: None, urgency: None };
    source(&mut stated);
    company(&mut stated);
    scores(&mut stated);
    missing(&mut stated, &written.parts);
    conflict::conflicts(&mut stated, route);
    if let Some(step) = &next_step {
        stated.rule("next_step", &step.text, format!("/handoff/next_steps/{}", step.rule));
    }
    routed(&mut stated, route);
    reviews(&mut stated);
    history::history(&mut stated);
    for name in statement::FACTS {
        stated.fact(name);
    }
    let lead = facts.lead();
    let authority = &facts.plan().authority;
    let trace = format!(
        "event {} of {} {}, under {} {}",
        event.id, lead.of.object, lead.of.id, authority.id, authority.version
    );
    stated.say("trace", &trace, vec![Evidence::of(lead.of.clone(), "")]);
    let templates = written.templates.iter().map(|template| Written {
        template: template.id.clone(),
        audience: template.audience,
        format: template.format,
        text: template::write(template, &mut stated),
    });
    let templates = templates.collect();

    let mut parts = Vec::new();
    for part in &written.parts {
        if let Some(text) = sentence(&stated, *part) {
            parts.push(Part { part: *part, text });
        }
    }
    let sentences: Vec<&str> = parts.iter().map(|part| part.text.as_str()).collect();
    let own = |says: &str| stated.texts(says).iter().map(|text| (*text).to_owned()).collect();
    let evidence = stated.all.iter().flat_map(|statement| &statement.evidence);
    let mut addresses: Vec<String> = evidence.filter_map(|evidence| evidence.address.clone()).collect();
    order::sort_all(&mut addresses);
    addresses.dedup();
    Some(Note {
        audience: audience(route, judged),
        text: sentences.join(" "),
        parts,
        missing: own("missing"),
        conflicts: own("conflicts"),
        next_step,
        written: templates,
        trace: Trace { event: event.id.clone(), record: lead.of.clone(), addresses },
        statements: stated.all,
    })
}

/// Whom the note is for.
fn audience(route: &Route, judged: &[Judged]) -> Audience {
    use crate::contract::ActionKind::Assign;
    let held = judged.iter().any(|judged| judged.action == Assign && judged.waits());
    match (&route.place, &route.target) {
        _ if held => Audience::Manager,
        (Destination::Escalated(_) | Destination::Unrouted | Destination::Blocked, _) => Audience::Manager,
        (Destination::Queue(_), _) | (_, Some(Target::Pool(_))) => Audience::Sdr,
        (Destination::Owner(_), _) => Audience::Owner,
    }
}

/// The sentence of a part, made of what is stated.
fn sentence(stated: &Stated<'_, '_>, part: HandoffPart) -> Option<String> {
    let one = |says: &str| stated.texts(says).first().copied();
    let listed = |title: &str, says: &str| {
        let all = stated.lines(says);
        (!all.is_empty()).then(|| format!("{title}: {}.", all.join("; ").trim_end_matches('.')))
    };
    Some(match part {
        HandoffPart::Source => {
            format!("{} lead, source {}.", template::capital(one("motion")?.to_owned()), one("source")?)
        }
        HandoffPart::Company => {
            let size = one("company.size")
                .map(|size| format!("{size} {}", if size == "1" { "employee" } else { "employees" }));
            let details: Vec<String> = size.into_iter().chain(one("company.industry").map(str::to_owned)).collect();
            let name = one("company")?;
            match details.as_slice() {
                [] => format!("Company {name}, size not known."),
                details => format!("Company {name} ({}).", details.join(", ")),
            }
        }
        HandoffPart::Fit => score(stated, stated.fit.as_ref()?)?,
        HandoffPart::Urgency => score(stated, stated.urgency.as_ref()?)?,
        HandoffPart::Missing => {
            let missing = stated.texts("missing");
            if missing.is_empty() {
                return None;
            }
            format!("Missing: {}.", text::list(&missing, ""))
        }
        HandoffPart::Conflicts => joined(&stated.texts("conflicts"))?,
        HandoffPart::NextStep => one("next_step")?.to_owned(),
        HandoffPart::Review => joined(&stated.texts("review"))?,
        HandoffPart::Facts => listed("Facts", "facts")?,
        HandoffPart::History => listed("History", "history")?,
        HandoffPart::Notes => listed("Notes", "notes")?,
        HandoffPart::Pain => listed("Pain", "pain")?,
        HandoffPart::Objections => listed("Objections", "objections")?,
    })
}

fn joined(texts: &[&str]) -> Option<String> {
    (!texts.is_empty()).then(|| texts.join(" "))
}

fn source(stated: &mut Stated<'_, '_>) {
    let lead = stated.facts.lead();
    let motion = match lead.motion {
        Motion::Inbound => "inbound",
        Motion::Outbound => "outbound",
    };
    let of = Evidence { source: stated.source(), ..Evidence::of(lead.of.clone(), "lead.source") };
    stated.say("motion", motion, vec![of.clone()]);
    let known = lead.known_source(stated.facts.plan());
    let source = known.map(|source| source.name.as_deref().unwrap_or(source.id.as_str()));
    if let Some(source) = source.or(lead.source_text.as_deref()) {
        let rule = known.map(|source| Evidence::rule(format!("/sources/{}", source.id)));
        stated.say("source", source, std::iter::once(of).chain(rule).collect());
    }
}

/// The first of two facts that is known, as `says`.
fn either(stated: &mut Stated<'_, '_>, says: &str, lead: LeadField, account: AccountField) {
    let slot = |slot: usize| u8::try_from(slot).unwrap_or(u8::MAX);
    let sides = [("lead", Fact::Lead(slot(lead.slot()))), ("account", Fact::Account(slot(account.slot())))];
    for (object, fact) in sides {
        let field = match (object, says) {
            (_, "company.size") => "employees",
            (_, "company.industry") => "industry",
            ("lead", _) => "company",
            _ => "name",
        };
        let text = match stated.facts.read(fact) {
            Read::Int(size) => u64::try_from(size).ok().map(text::thousands),
            read => statement::shown(stated.facts, fact, read),
        };
        if let Some(text) = text {
            let evidence = stated.evidence(&format!("{object}.{field}"), fact);
            stated.say(says, &text, vec![evidence]);
            return;
        }
    }
}

fn company(stated: &mut Stated<'_, '_>) {
    either(stated, "company", LeadField::Company, AccountField::Name);
    either(stated, "company.size", LeadField::Employees, AccountField::Employees);
    either(stated, "company.industry", LeadField::Industry, AccountField::Industry);
}

/// How many reasons a score is given in a sentence.
const REASONS: usize = 3;

fn scores(stated: &mut Stated<'_, '_>) {
    let facts = stated.facts;
    let plan = facts.plan();
    for (scored, written) in facts.scores.iter().zip(&plan.contract.scores) {
        let (id, address) = (&scored.score, format!("/scores/{}", scored.score));
        stated.rule(&format!("score.{id}"), &scored.points.0.to_string(), address.clone());
        if let Some(band) = &scored.band {
            stated.rule(&format!("score.{id}.band"), &words_of(band.as_str()), format!("{address}/bands/{band}"));
        }
        let mut parts: Vec<_> = scored.contributions.iter().filter(|part| part.points.0 != 0).collect();
        order::sort_by_key(&mut parts, |part| std::cmp::Reverse(part.points.0.unsigned_abs()));
        let (mut pro, mut contra) = (0, 0);
        for part in parts {
            let (says, count) = if part.points.0 > 0 { ("why", &mut pro) } else { ("against", &mut contra) };
            *count += 1;
            if *count <= REASONS {
                let own = written.rules.iter().any(|rule| rule.id == part.rule);
                let address = if own { format!("{address}/rules/{}", part.rule) } else { address.clone() };
                let reason = part.reason.as_deref().unwrap_or(part.rule.as_str());
                stated.rule(&format!("score.{id}.{says}"), reason, address);
            }
        }
    }
    // The scores that are called so, else the first and the second.
    let called =
        |names: &[&str]| facts.scores.iter().map(|scored| &scored.score).find(|id| names.contains(&id.as_str()));
    let fit = called(&["fit"]).or_else(|| facts.scores.first().map(|scored| &scored.score));
    let others = || facts.scores.iter().map(|scored| &scored.score).filter(|id| Some(*id) != fit);
    let urgency = called(&["urgency", "intent"]).or_else(|| others().next());
    stated.fit = fit.cloned();
    stated.urgency = urgency.cloned();
}

/// A score as a sentence: points, band, and what weighs most.
fn score(stated: &Stated<'_, '_>, id: &ScoreId) -> Option<String> {
    let says = format!("score.{id}");
    let (why, against) = (format!("{says}.why"), format!("{says}.against"));
    let points = *stated.texts(&says).first()?;
    let band = stated.texts(&format!("{says}.band")).first().map_or_else(String::new, |band| format!(", {band}"));
    let reasons = stated.all.iter().filter(|statement| statement.says == why || statement.says == against);
    let reasons: Vec<&str> = reasons.take(REASONS).map(|statement| statement.text.as_str()).collect();
    let because = if reasons.is_empty() { String::new() } else { format!(": {}", reasons.join("; ")) };
    Some(format!("{} {points}{band}{because}.", template::capital(id.as_str().to_owned())))
}

/// What nobody has said: the source, the company, the buying timeline, and what the scores could not read.
fn missing(stated: &mut Stated<'_, '_>, parts: &[HandoffPart]) {
    let facts = stated.facts;
    let lead = |field: &str| Evidence::of(facts.lead().of.clone(), field);
    let lacks = |stated: &Stated<'_, '_>, part, says| parts.contains(&part) && stated.texts(says).is_empty();
    if lacks(stated, HandoffPart::Company, "company") {
        stated.say("missing", "company", vec![lead("lead.company")]);
    }
    if lacks(stated, HandoffPart::Source, "source") {
        stated.say("missing", "source", vec![lead("lead.source")]);
    }
    let timeline = u8::try_from(LeadField::Timeline.slot()).map(Fact::Lead);
    if !timeline.is_ok_and(|timeline| matches!(facts.read(timeline), Read::Text(_))) {
        stated.say("missing", "buying timeline", vec![lead("lead.timeline")]);
    }
    for scored in facts.scores {
        for evidence in &scored.missing {
            let address = format!("/scores/{}/rules/{}", scored.score, evidence.rule);
            stated.rule("missing.points", &evidence.text, address);
            for fact in &evidence.facts {
                // What the buyer or the company could tell; what the engine itself lacks is in the trace.
                let field = fact.split(" is ").next().unwrap_or(fact);
                let Some(name) = field.strip_prefix("lead.").or_else(|| field.strip_prefix("account.")) else {
                    continue;
                };
                if name == "timeline" || name == "message" || name.ends_with("_at") {
                    continue;
                }
                let rule = Evidence::rule(format!("/scores/{}/rules/{}", scored.score, evidence.rule));
                stated.say("missing", &name.replace('_', " "), vec![lead(field), rule]);
            }
        }
    }
}

/// Who gets it.
fn routed(stated: &mut Stated<'_, '_>, route: &Route) {
    let facts = stated.facts;
    let address =
        route.rule.as_ref().map_or_else(|| "/routing/fallback".to_owned(), |rule| format!("/routing/rules/{rule}"));
    match &route.place {
        Destination::Owner(owner) => stated.rule("owner", &facts.crm().owner_name(owner), address.clone()),
        Destination::Queue(queue) | Destination::Escalated(Some(queue)) => {
            let name = queue_name(facts, queue).unwrap_or(queue.as_str());
            stated.rule("queue", name, format!("/routing/queues/{queue}"));
        }
        Destination::Escalated(None) | Destination::Unrouted | Destination::Blocked => {}
    }
    if let Some(due) = &route.sla {
        for (says, at) in [("accept_by", due.accept_by), ("respond_by", due.respond_by)] {
            let at = at.map(|at| statement::day(&at.to_string()));
            stated.rule(says, at.as_deref().unwrap_or_default(), format!("/routing/sla/{}", due.rule));
        }
    }
    if let Some(rule) = &route.rule {
        stated.rule("route.rule", &conflict::rule_name(facts, rule), address);
    }
}

/// What people call a queue.
fn queue_name<'a>(facts: &Facts<'a>, queue: &QueueId) -> Option<&'a str> {
    let queues = facts.plan().contract.routing.as_ref().map_or(&[][..], |routing| &routing.queues);
    queues.iter().find(|written| written.id == *queue)?.name.as_deref()
}

/// Who must look at what before it happens, and why.
fn reviews(stated: &mut Stated<'_, '_>) {
    let mut who: Vec<(String, Vec<&str>, Vec<Evidence>)> = Vec::new();
    let judged = stated.judged;
    for waits in judged.iter().filter(|judged| judged.waits()) {
        let evidence = waits.reasons.iter().filter(|reason| reason.verdict == Verdict::Review).map(|reason| Evidence {
            field: waits.field.as_ref().map(ToString::to_string),
            address: reason.address.clone(),
            ..Evidence::of(waits.record.clone(), "")
        });
        let evidence: Vec<Evidence> = evidence.collect();
        let mut reasons = waits.reasons.iter().filter(|reason| reason.verdict == Verdict::Review);
        if let Some(reason) = reasons.next() {
            stated.say("review.reason", &reason.message, evidence.clone());
        }
        let reviewer = waits.reviewer.as_ref().map_or_else(|| "somebody".to_owned(), |who| reviewer(stated, who));
        stated.say("reviewer", &reviewer, evidence.clone());
        let what = noun(waits);
        match who.iter_mut().find(|(other, ..)| *other == reviewer) {
            Some((_, all, more)) => {
                if !all.contains(&what) {
                    all.push(what);
                }
                more.extend(evidence);
            }
            None => who.push((reviewer, vec![what], evidence)),
        }
    }
    for (reviewer, what, evidence) in who {
        let sentence = format!("{} should review before {}.", template::capital(reviewer), text::list(&what, ""));
        stated.say("review", &sentence, evidence);
    }
}

fn reviewer(stated: &Stated<'_, '_>, who: &Reviewer) -> String {
    let facts = stated.facts;
    match who {
        Reviewer::Role(role) => words_of(role),
        Reviewer::Owner(owner) => facts.crm().owner_name(&facts.crm().owner_id(owner)),
        Reviewer::Queue(queue) => match queue_name(facts, queue) {
            Some(name) => format!("the {name} queue"),
            None => format!("queue {queue}"),
        },
        Reviewer::AccountOwner => "the account's owner".to_owned(),
    }
}

/// What waits, after "before".
fn noun(waits: &Judged) -> &str {
    use crate::contract::ActionKind as A;
    match waits.action {
        A::Assign => "assignment",
        A::UpdateField => waits.field.as_ref().map_or("an update", |field| {
            let field = field.as_str();
            field.split_once('.').map_or(field, |(_, name)| name)
        }),
        A::Create => "a record is created",
        A::Link => "linking",
        A::Merge => "merging",
        A::ChangeStage => "the stage changes",
        A::CreateTask => "the task",
        A::AddToCampaign => "the campaign",
        A::Enrol => "enrolment",
        A::DraftMessage => "the draft",
        A::SendMessage => "sending",
        A::AskQuestion => "the question is asked",
        A::BookMeeting => "the meeting is booked",
        A::ResearchNote => "the research note",
    }
}
