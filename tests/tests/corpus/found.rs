//! A decision in the words of the corpus: subjects, each with clauses.
//!
//! A line `subject: clause; clause` holds when the decision has the subject, every clause stated is one of its own, and
//! every clause that must be stated is. So nothing that matters is left out by keeping silent about it.

use interlock_core::contract::{Reviewer, Target};
use interlock_core::decision::{Decision, Started};
use interlock_core::gate::{Judged, Reason};
use interlock_core::handoff::Evidence;
use interlock_core::identity::Side;
use interlock_core::plan::{Plan, Truth};
use interlock_core::record::{Crm, Principal};
use interlock_core::route::{Destination, Fate, OperandTrace, Route, SkipReason};
use interlock_core::scale::Confidence;
use serde::Serialize;

/// What was found of one subject. A clause is (its text, whether it must be stated).
struct Subject {
    name: String,
    clauses: Vec<(String, bool)>,
}

/// What a decision says.
pub(crate) struct Found {
    subjects: Vec<Subject>,
    /// The subjects of everything that was asked of the gate, with the name by which each is told from the others.
    asked: Vec<(String, String)>,
    changes: Vec<String>,
}

/// How lines may begin that speak of something a decision may lack.
const MAY_LACK: [(&str, &str); 5] = [
    ("workflow ", "not asked"),
    ("score ", "none"),
    ("unread ", "nothing"),
    ("audit ", "no entry"),
    ("handoff ", "none"),
];

impl Found {
    pub(crate) fn of(decision: &Decision, crm: &Crm, plan: &Plan) -> Self {
        let mut found = Self { subjects: Vec::new(), asked: Vec::new(), changes: Vec::new() };
        for judged in &decision.judged {
            found.judged(judged, decision, crm);
        }
        found.route(decision, crm);
        let suppressed = decision.suppressed.iter().map(|one| match one.holds {
            Truth::Unknown => format!("{} (unknown: {})", one.rule, one.missing.join(", ")),
            holds => format!("{} ({})", one.rule, word(holds)),
        });
        found.add("suppressed", or_none(suppressed.collect::<Vec<_>>().join(", ")), &[]);
        for scored in &decision.scores {
            let band = scored.band.as_ref().map_or_else(String::new, |band| format!(" {band}"));
            let parts: Vec<_> =
                scored.contributions.iter().map(|part| format!("{} {:+}", part.rule, part.points.0)).collect();
            let missing =
                scored.missing.iter().map(|part| format!("missing {} ({})", part.rule, part.facts.join(", ")));
            let mut clauses = vec![format!("because {}", parts.join(", "))];
            clauses.extend(missing);
            for part in &scored.contributions {
                let rule = &part.rule;
                clauses.extend(part.group.iter().map(|group| format!("{rule} in {group}")));
                clauses.extend(part.reason.iter().map(|reason| format!("{rule} says \"{reason}\"")));
                clauses.extend(part.note.iter().map(|note| format!("{rule} notes \"{note}\"")));
                clauses.extend(part.quotes.iter().map(|quote| format!("{rule} quotes \"{quote}\"")));
            }
            clauses.extend(scored.missing.iter().map(|part| format!("{} would \"{}\"", part.rule, part.text)));
            found.add(&format!("score {}", scored.score), format!("{}{band}", scored.points.0), &clauses);
        }
        for graded in &decision.grades {
            let head = graded.is.as_ref().map_or_else(|| "none".to_owned(), ToString::to_string);
            let row = graded.row.iter().map(|band| format!("row {band}"));
            let clauses: Vec<_> = row.chain(graded.column.iter().map(|band| format!("column {band}"))).collect();
            found.add(&format!("grade {}", graded.grade), head, &clauses);
        }
        for seen in &decision.terms {
            let clauses = seen.hits.iter().flat_map(|hit| {
                let negated = hit.negated_by.iter().map(|by| format!("`{}` negated by `{by}`", hit.word));
                negated.chain([format!("`{}` in {}", hit.word, hit.at), format!("quotes \"{}\"", hit.quote)])
            });
            found.add(&format!("term {}", seen.term), word(seen.holds), &clauses.collect::<Vec<_>>());
        }
        let stage = decision.lifecycle.as_ref();
        let reason = stage.and_then(|stage| Some(format!("reason \"{}\"", stage.reason.as_ref()?)));
        let head = stage.map_or_else(|| "none".to_owned(), |stage| format!("{} by {}", stage.to, stage.rule));
        found.add("stage", head, &reason.into_iter().collect::<Vec<_>>());
        for seen in &decision.workflows {
            let head = match &seen.started {
                Started::Yes => "started".to_owned(),
                Started::Doubtful(rule) => format!("started, exclusion {rule} in doubt"),
                Started::NotTriggered(truth) => format!("not triggered{}", in_doubt(*truth)),
                Started::NotEligible(truth) => format!("not eligible{}", in_doubt(*truth)),
                Started::Excluded(rule) => format!("excluded by {rule}"),
            };
            let mut clauses: Vec<_> = seen.missing.iter().map(|missing| format!("missing {missing}")).collect();
            clauses.extend([
                format!("on {}", seen.on.word()),
                format!("mode {}", word(seen.mode)),
                format!("version {}", seen.version),
            ]);
            found.add(&format!("workflow {}", seen.workflow), head, &clauses);
        }
        found.side("match person", &decision.matched.person);
        found.side("match account", &decision.matched.account);
        found.add("match conflict", if decision.matched.conflict { "yes" } else { "no" }.to_owned(), &[]);
        let source = &decision.source;
        let head = source.id.as_ref().map_or_else(|| "none".to_owned(), ToString::to_string);
        let kind = source.kind.map_or_else(String::new, |kind| format!("kind {}", kind.word()));
        found.add("source", head, &[kind, format!("trust {}", source.trust.word()), source.motion.word().to_owned()]);
        for unread in &decision.unread {
            found.add(
                &format!("unread {}", unread.field),
                format!("\"{}\"", unread.found),
                &[format!("expected {}", unread.expected)],
            );
        }
        if let Some(note) = &decision.handoff {
            found.add("handoff text", format!("\"{}\"", note.text), &[]);
            found.add("handoff missing", or_none(note.missing.join(", ")), &[]);
            found.add("handoff conflicts", or_none(note.conflicts.join(" ")), &[]);
            let step = note.next_step.as_ref().map(|step| format!("{} \"{}\"", step.rule, step.text));
            found.add("handoff next", or_none(step.unwrap_or_default()), &[]);
        }
        found.handoff(decision);
        found.audit(decision, plan);
        found
    }

    /// What the note states and what that stands on, and what the templates make of it.
    fn handoff(&mut self, decision: &Decision) {
        let Some(note) = &decision.handoff else { return };
        self.add("handoff audience", note.audience.word().to_owned(), &[]);
        for written in &note.written {
            let name = format!("handoff template {}", written.template);
            self.add(&name, format!("\"{}\"", written.text.replace('\n', "\\n")), &[]);
        }
        let mut names: Vec<&str> = note.statements.iter().map(|statement| statement.says.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        for name in names {
            let all: Vec<_> = note.statements.iter().filter(|statement| statement.says == name).collect();
            let texts: Vec<_> = all.iter().map(|statement| statement.text.as_str()).collect();
            self.add(&format!("handoff says {name}"), texts.join(" | "), &[]);
            let evidence: Vec<_> = all.iter().flat_map(|statement| &statement.evidence).map(evidence).collect();
            self.add(&format!("handoff evidence {name}"), evidence.join(" | "), &[]);
        }
        self.add("handoff rules", or_none(note.trace.addresses.join(", ")), &[]);
    }

    fn add(&mut self, name: &str, head: String, clauses: &[String]) {
        let clauses = clauses.iter().map(|clause| (clause.clone(), false));
        let clauses = std::iter::once((head, true)).chain(clauses).collect();
        self.subjects.push(Subject { name: name.to_owned(), clauses });
    }

    fn judged(&mut self, judged: &Judged, decision: &Decision, crm: &Crm) {
        let field = judged.field.as_ref().map_or_else(String::new, |field| format!(" {field}"));
        let name = format!("{}{field}", judged.action);
        let long = format!("{name} = {}", judged.new);
        let because: Vec<_> = judged.reasons.iter().map(because).collect();
        let because = if because.is_empty() { String::new() } else { format!(" because {}", because.join(", ")) };
        let mut clauses = vec![(format!("{}{because}", judged.verdict), true)];
        clauses.push((format!("uncapped {}", judged.uncapped), judged.uncapped != judged.verdict));
        if judged.no_op {
            clauses.push(("nothing to do".to_owned(), true));
        }
        let mut may = |text: String| clauses.push((text, false));
        may(judged.old.as_ref().map_or_else(|| "old blank".to_owned(), |old| format!("old \"{old}\"")));
        may(format!("new \"{}\"", judged.new));
        if !judged.to.is_empty() {
            may(format!("to {}", judged.to));
        }
        may(match &judged.by {
            None => "by none".to_owned(),
            Some(Principal::Agent(agent)) => format!("by agent {agent}"),
            Some(Principal::Person(name)) => format!("by person {name}"),
            Some(Principal::System(name)) => format!("by system {name}"),
            Some(Principal::Provider(name)) => format!("by provider {name}"),
        });
        may(format!("of {} {}", judged.record.object.word(), judged.record.id).trim_end().to_owned());
        may(judged.workflow.as_ref().map_or_else(|| "under none".to_owned(), |id| format!("under {id}")));
        may(judged
            .confidence
            .map_or_else(|| "confidence none".to_owned(), |counts| format!("confidence {}", counts.get())));
        may(judged
            .reviewer
            .as_ref()
            .map_or_else(|| "reviewer none".to_owned(), |who| format!("reviewer {}", reviewer(who))));
        for reason in &judged.reasons {
            may(format!("says \"{}\"", reason.message));
            if let Some(address) = &reason.address {
                may(format!("at {address}"));
            }
        }
        if let Some(due) = judged.due {
            may(format!("due {due}"));
        }
        if let (interlock_core::contract::ActionKind::Assign, Some(route)) = (judged.action, &decision.route) {
            may(format!("-> {}", place(&route.place, crm)));
        }
        for name in [&name, &long] {
            self.subjects.push(Subject { name: name.clone(), clauses: clauses.clone() });
        }
        if let Some(change) = &judged.change {
            let old = change.old().map_or_else(|| "blank".to_owned(), |old| format!("\"{old}\""));
            self.changes.push(format!("{name} {old} to \"{}\"", change.new_value()));
        }
        self.asked.push((name, long));
    }

    fn route(&mut self, decision: &Decision, crm: &Crm) {
        let Some(route) = &decision.route else { return self.add("route", "none".to_owned(), &[]) };
        let mut clauses = vec![(format!("{}{}", place(&route.place, crm), by(route)), true)];
        if route.fragile {
            clauses.push(("fragile".to_owned(), true));
        }
        let mut may = |text: String| clauses.push((text, false));
        may(route.tier.map_or_else(|| "tier none".to_owned(), |tier| format!("tier {}", tier.word())));
        may(format!("held {}", route.held.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")));
        for undecided in &route.undecided {
            may(format!("undecided {} ({})", undecided.rule, undecided.missing.join(", ")));
        }
        for asked in route.asked.iter().filter(|asked| asked.holds != Truth::Yes) {
            may(format!(
                "passed over {} ({})",
                asked.rule,
                asked.operands.iter().map(OperandTrace::words).collect::<Vec<_>>().join(", ")
            ));
        }
        if let Some(pool) = &route.pool {
            may(format!("pool {}", pool.pool));
            may(format!("method {}", pool.method.word()));
            if pool.sticky {
                may("sticky".to_owned());
            }
            for member in &pool.members {
                let who = crm.owner_name(&member.owner);
                may(format!("{who} had {}, weight {}", member.turns, member.weight));
                may(member.open.map_or_else(String::new, |open| format!("{who} has {open} open")));
                may(member
                    .backup
                    .as_ref()
                    .map_or_else(String::new, |backup| format!("{} stands in for {who}", crm.owner_name(backup))));
                let Some(why) = member.skip else { continue };
                let until = member.until.map_or_else(String::new, |until| format!(" until {until}"));
                may(format!("skipped {who} ({})", skip_word(why)));
                may(format!("skipped {who} ({}{until})", skip_word(why)));
            }
        }
        for asked in &route.asked {
            may(format!("{} {}", asked.rule, fate(asked.fate)));
            for operand in &asked.operands {
                may(format!("{} reads \"{}\"", asked.rule, operand.words()));
            }
        }
        may(route.held_until.map_or_else(String::new, |until| format!("held until {until}")));
        if let Some(due) = &route.sla {
            may(format!("sla {}", due.rule));
            may(due.accept_by.map_or_else(String::new, |due| format!("accept by {due}")));
            may(due.respond_by.map_or_else(String::new, |due| format!("respond by {due}")));
        }
        self.subjects.push(Subject { name: "route".to_owned(), clauses });
    }

    fn side(&mut self, name: &str, side: &Side) {
        let by = side.by.map_or_else(String::new, |by| format!(" by {}", word(by)));
        let record = side.record.iter().map(|record| format!("{} {}", record.object.word(), record.id));
        let candidates: Vec<_> =
            side.candidates.iter().map(|one| format!("{} {}", one.object.word(), one.id)).collect();
        let mut clauses: Vec<_> = record.collect();
        clauses.push(format!("candidates {}", candidates.join(", ")));
        clauses.extend(side.tie_breaker.map(|tie| format!("tie-breaker {}", tie.word())));
        for one in side.record.iter().chain(&side.candidates) {
            let Some(waterfall) = &one.waterfall else { continue };
            let id = &one.id;
            clauses.push(format!("{id} at {}", waterfall.probability.get()));
            let steps =
                waterfall.steps.iter().map(|step| format!("{id} {} {} {:+}", step.of.word(), step.is, step.weight.0));
            clauses.extend(steps);
            clauses.extend(waterfall.exchanged.map(|cost| format!("{id} names exchanged {:+}", cost.0)));
        }
        self.add(name, format!("{}{by}", side.outcome.word()), &clauses);
    }

    fn audit(&mut self, decision: &Decision, plan: &Plan) {
        for entry in &decision.audit {
            let field = entry.field.as_ref().map_or_else(String::new, |field| format!(" {field}"));
            let workflow = entry.workflow.as_ref().map_or_else(String::new, ToString::to_string);
            let version = entry.workflow_version.clone().unwrap_or_default();
            let text = |value: &Option<String>| {
                value.as_ref().map_or_else(|| "blank".to_owned(), |text| format!("\"{text}\""))
            };
            let clauses = [
                format!("old {}", text(&entry.old)),
                format!("new \"{}\"", entry.new),
                format!("source {}", entry.source.as_ref().map_or_else(|| "none".to_owned(), ToString::to_string)),
                format!("confidence {}", entry.confidence.map_or(0, Confidence::get)),
                format!("workflow {workflow} {version}"),
                format!("record {} {}", entry.object.word(), entry.record),
                format!("trigger {}", entry.trigger.word()),
                format!("event {}", entry.event),
                format!("at {}", entry.at),
                format!("actor {}", entry.actor.map_or_else(|| "none".to_owned(), word)),
                format!("because {}", entry.reasons.join("; ")),
                format!("reasons {}", entry.reasons.len()),
                format!("human verified {}", entry.human_verified),
                if entry.contract == plan.digest() { "contract digest kept".to_owned() } else { String::new() },
            ];
            self.add(&format!("audit {}{field}", entry.action), word(entry.kind), &clauses);
        }
        self.add("audit entries", decision.audit.len().to_string(), &[]);
    }

    /// Whether a line holds, or what was found instead. `stated` is what the lines of its block speak of.
    pub(crate) fn holds(&self, line: &str, stated: &[&str]) -> Result<(), String> {
        if line == "nothing else is asked" {
            let named = |asked: &&(String, String)| !stated.contains(&&*asked.0) && !stated.contains(&&*asked.1);
            let more: Vec<_> = self.asked.iter().filter(named).map(|asked| asked.1.as_str()).collect();
            return if more.is_empty() { Ok(()) } else { Err(more.join(", ")) };
        }
        let Some((name, rest)) = line.split_once(": ") else { return Err("this line is not understood".to_owned()) };
        match name {
            "changes" => {
                let changes = or_none(self.changes.join("; "));
                return if changes == rest { Ok(()) } else { Err(format!("changes: {changes}")) };
            }
            "not asked" => {
                let asked = self.asked.iter().any(|(name, long)| name == rest || long == rest);
                return if asked { Err(format!("it is asked: {rest}")) } else { Ok(()) };
            }
            _ => {}
        }
        let subjects: Vec<_> = self.subjects.iter().filter(|subject| subject.name == name).collect();
        let subject = match subjects.as_slice() {
            [one] => one,
            [] => {
                let lacks = MAY_LACK.iter().find(|(start, _)| name.starts_with(start)).map(|(_, word)| *word);
                return match lacks {
                    Some(word) if word == rest => Ok(()),
                    _ => Err(format!("nothing of `{name}`; there is {}", self.names())),
                };
            }
            _ => return Err(format!("`{name}` stands for several; add ` = VALUE`")),
        };
        let found = || {
            let clauses: Vec<_> =
                subject.clauses.iter().map(|(text, _)| text.as_str()).filter(|text| !text.is_empty()).collect();
            Err(format!("{name}: {}", clauses.join("; ")))
        };
        // Texts for people may hold what separates clauses.
        let free = name.starts_with("handoff ");
        let rest = rest.replace(" -> ", "; -> ");
        let said: Vec<&str> = if free { vec![&rest] } else { rest.split("; ").collect() };
        let has = |clause: &&str| subject.clauses.iter().any(|(text, _)| text == clause && !text.is_empty());
        if !said.iter().all(has) {
            return found();
        }
        if subject.clauses.iter().any(|(text, must)| *must && !said.contains(&text.as_str())) {
            return found();
        }
        Ok(())
    }

    fn names(&self) -> String {
        let names: Vec<_> = self.subjects.iter().map(|subject| subject.name.as_str()).collect();
        names.join(", ")
    }
}

fn or_none(text: String) -> String {
    if text.is_empty() { "none".to_owned() } else { text }
}

/// The word by which JSON knows it.
fn word(value: impl Serialize) -> String {
    let value = serde_json::to_value(value).expect("a word");
    value.as_str().unwrap_or_else(|| panic!("not a word: {value}")).to_owned()
}

fn in_doubt(truth: Truth) -> &'static str {
    if truth == Truth::Unknown { " (unknown)" } else { "" }
}

fn because(reason: &Reason) -> String {
    let rule = reason.rule.as_ref().map_or_else(String::new, |rule| format!(" ({rule})"));
    format!("{}{rule}", reason.code)
}

/// What a statement stands on: record, field, rule, who says so and how sure that is.
fn evidence(evidence: &Evidence) -> String {
    let record = evidence.record.as_ref().map(|record| format!("{} {}", record.object, record.id));
    let source = evidence.source.as_ref().map(|source| format!("from {source}"));
    let sure = evidence.confidence.map(|sure| sure.get().to_string());
    let parts = [record, evidence.field.clone(), evidence.address.clone(), source, sure];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn reviewer(who: &Reviewer) -> String {
    match who {
        Reviewer::Role(role) => format!("role {role}"),
        Reviewer::Owner(owner) => format!("owner {owner}"),
        Reviewer::Queue(queue) => format!("queue {queue}"),
        Reviewer::AccountOwner => "account owner".to_owned(),
    }
}

fn place(place: &Destination, crm: &Crm) -> String {
    match place {
        Destination::Owner(owner) => crm.owner_name(owner),
        Destination::Queue(queue) => format!("queue {queue}"),
        Destination::Escalated(Some(queue)) => format!("escalated to {queue}"),
        Destination::Escalated(None) => "escalated".to_owned(),
        Destination::Unrouted => "unrouted".to_owned(),
        Destination::Blocked => "blocked".to_owned(),
    }
}

fn by(route: &Route) -> String {
    match (&route.rule, &route.target) {
        (Some(rule), Some(Target::Pool(pool))) => format!(" by {rule} from {pool}"),
        (Some(rule), _) => format!(" by {rule}"),
        (None, Some(_)) => " by fallback".to_owned(),
        (None, None) => String::new(),
    }
}

const fn skip_word(reason: SkipReason) -> &'static str {
    match reason {
        SkipReason::Inactive => "inactive",
        SkipReason::LeftTheCompany => "left the company",
        SkipReason::OutOfOffice => "out of office",
        SkipReason::OutsideWorkingHours => "outside working hours",
        SkipReason::AtCap => "at cap",
        SkipReason::NotEligible => "not eligible",
        SkipReason::Excluded => "excluded",
        SkipReason::PreviousOwner => "previous owner",
        SkipReason::Conflict => "conflict",
        SkipReason::NotTheirTurn => "not their turn",
    }
}

const fn fate(fate: Fate) -> &'static str {
    match fate {
        Fate::Decides => "decides",
        Fate::Agrees => "agrees",
        Fate::Disagrees => "disagrees",
        Fate::Yields => "yields",
        Fate::Fails => "fails",
        Fate::Unknown => "unknown",
        Fate::NotAsked => "not asked",
    }
}
