//! The gate: the one place that lets something reach a record.
//!
//! Input: what is asked ([`Ask`]), the workflow it is asked under, the facts, what is suppressed. Output: a
//! [`Judged`] with a verdict and every reason for it, and, where the verdict is `auto`, a [`Change`]. Invariant: a
//! [`Change`] can be made nowhere else: its fields are private to the gate and it cannot be deserialised.
//! The strictest reason wins; the mode of the workflow, or of the routing rule that chose, caps last, and both verdicts are
//! kept. What a person does in their own name is capped by no policy or mode, but by suppression, by protection and by what
//! was refused. Approvals and rollbacks pass here as well.

mod action;
mod answer;
mod approve;
mod field;
mod review;
mod sender;

pub(crate) use action::{depends, names_target};
pub use answer::{Change, Judged, Reason};
pub use approve::{Approval, Refusal, approve, approve_entry, roll_back};

use crate::contract::{ActionKind, FieldPolicy, Mode, Reviewer, SourceKind, Verdict, Workflow};
use crate::decide::facts::Facts;
use crate::id::{AgentId, FieldName, RuleId, SourceId};
use crate::order;
use crate::plan::{FieldPlan, Plan, Stage, Truth, WorkflowPlan};
use crate::protected;
use crate::record::{ActionProposal, Principal, Proposal, Provenance, RecordRef};
use crate::scale::Confidence;
use crate::suppression::Suppressed;
use field::judge_field;
use review::{Rules, judge_reviews, judge_samples};
use sender::judge_sender;

/// What is asked of the gate.
#[derive(Clone, Debug)]
pub(crate) struct Ask<'a> {
    pub(crate) action: ActionKind,
    /// The latest stage whose facts are known: review rules that read what only a later one makes do not apply yet.
    pub(crate) knows: Stage,
    /// For writes: the field.
    pub(crate) field: Option<&'a FieldName>,
    /// What the contract says of that field.
    pub(crate) policy: Option<(&'a FieldPlan, &'a FieldPolicy)>,
    /// The record it is about.
    pub(crate) record: &'a RecordRef,
    /// What stands there now; `None` when nothing does, or nothing is known.
    pub(crate) old: Old<'a>,
    /// What should stand there.
    pub(crate) new: &'a str,
    pub(crate) source: Option<&'a SourceId>,
    pub(crate) confidence: Option<Confidence>,
    /// Where what stands there comes from, where that is known.
    pub(crate) present: Option<&'a Provenance>,
    /// What was proposed, where somebody did.
    pub(crate) proposal: Option<&'a Proposal>,
    /// The laxest verdict the match allows, where the record is another than the event's, with code and words.
    pub(crate) target: Option<(Verdict, &'static str, &'static str)>,
    /// The laxest verdict the stage that asks allows, with code and words.
    pub(crate) floor: Option<(Verdict, &'static str, &'a str)>,
    /// The record the event is about, whose facts are known.
    pub(crate) subject: &'a RecordRef,
    /// What is proposed, for actions that are no writes and no steps of the engine's own.
    pub(crate) proposed: Option<&'a ActionProposal>,
    /// Who acts, where the event says so.
    pub(crate) principal: Option<&'a Principal>,
    /// The routing rules that chose, where any of them only suggests.
    pub(crate) chosen_by: &'a [RuleId],
    /// What waits for a person within the same decision and holds this.
    pub(crate) held_by: Option<(ActionKind, Option<&'a FieldName>)>,
}

impl Ask<'_> {
    /// Whether somebody asks for it, and not a stage of the engine's own.
    const fn is_proposed(&self) -> bool {
        self.proposed.is_some() || self.source.is_some()
    }

    /// Whether a person does it in their own name: in the CRM itself, on no other source's word. What an agent, a
    /// provider or a form proposes beside them stays theirs.
    fn is_a_persons(&self, plan: &Plan) -> bool {
        let own = |source: &SourceId| {
            plan.source_called(source.as_str()).is_some_and(|source| source.kind == SourceKind::Crm)
        };
        self.is_proposed()
            && matches!(self.principal, Some(Principal::Person(_)))
            && self.source.is_none_or(own)
            && self.proposed.is_none_or(|action| action.agent.is_none())
    }

    /// The agent that acts, where one is named.
    fn agent(&self) -> Option<&AgentId> {
        let named = self.proposed.and_then(|action| action.agent.as_ref());
        named.or(match self.principal {
            Some(Principal::Agent(agent)) if self.is_proposed() => Some(agent),
            _ => None,
        })
    }

    /// Who acts, where that is said and it is theirs.
    fn by(&self, person: bool) -> Option<Principal> {
        let named = self.agent().cloned().map(Principal::Agent);
        let theirs = |principal: &&Principal| person || !matches!(principal, Principal::Person(_));
        named.or_else(|| self.principal.filter(theirs).filter(|_| self.is_proposed()).cloned())
    }
}

/// What stands in a field now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Old<'a> {
    /// The data has no such column: it may hold anything.
    Unknown,
    Blank,
    Value(&'a str),
}

impl<'a> Old<'a> {
    /// The value, where one stands there.
    pub(crate) const fn value(self) -> Option<&'a str> {
        match self {
            Self::Value(text) => Some(text),
            Self::Blank | Self::Unknown => None,
        }
    }
}

/// Collects reasons; keeps the words only where somebody will read them.
struct Bench {
    strictest: Verdict,
    full: bool,
    reasons: Vec<Reason>,
    reviewer: Option<Reviewer>,
}

impl Bench {
    fn add(
        &mut self,
        verdict: Verdict,
        code: &'static str,
        rule: Option<(&RuleId, &str)>,
        words: impl FnOnce() -> String,
    ) {
        self.strictest = self.strictest.stricter(verdict);
        if self.full {
            let address = rule.map(|(id, list)| format!("{list}/{id}"));
            self.reasons.push(Reason {
                verdict,
                code,
                rule: rule.map(|(id, _)| id.clone()),
                address,
                message: words(),
            });
        }
    }

    /// A reason in fixed words, under no rule.
    fn say(&mut self, verdict: Verdict, code: &'static str, words: &'static str) {
        self.add(verdict, code, None, || words.to_owned());
    }

    fn ask(&mut self, reviewer: &Reviewer) {
        if self.reviewer.is_none() {
            self.reviewer = Some(reviewer.clone());
        }
    }
}

/// A workflow that was started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    /// Its place in the contract.
    pub(crate) place: usize,
    /// The exclusion that cannot be decided and sends its actions to a person.
    pub(crate) doubtful: Option<usize>,
}

/// Judges one thing that is asked. `run` is the started workflow that asks, if any may.
pub(crate) fn judge(
    ask: &Ask<'_>,
    run: Option<&Run>,
    facts: &Facts<'_>,
    suppressed: &[Suppressed],
    full: bool,
) -> Judged {
    let plan = facts.plan();
    // What people do in their own name is no automation: nothing caps it but suppression, what was refused before and
    // protection.
    let person = ask.is_a_persons(plan);
    let run = run.filter(|_| !person);
    let workflow = run.map(|run| run.place);
    let mut bench = Bench { strictest: Verdict::Auto, full, reasons: Vec::new(), reviewer: None };
    let compiled = workflow.and_then(|place| plan.workflows.get(place));
    let written = workflow.and_then(|place| plan.contract.workflows.get(place));

    for suppression in suppressed {
        let verdict = suppression.on(plan, ask.action);
        if verdict > Verdict::Auto {
            let rule = Some((&suppression.rule, "/suppression"));
            bench.add(verdict, "suppressed", rule, || match suppression.holds {
                Truth::Unknown => format!(
                    "it is not known whether `{}` holds: {}",
                    suppression.rule,
                    crate::text::list(&suppression.missing, "what it reads is missing")
                ),
                _ => format!("suppressed by `{}`", suppression.rule),
            });
            if let Some(reviewer) = suppression.reviewer(plan).filter(|_| verdict == Verdict::Review) {
                bench.ask(reviewer);
            }
        }
    }
    match (compiled, written) {
        (Some(compiled), Some(written)) => {
            if let Some(exclusion) = run.and_then(|run| written.exclusions.as_ref()?.get(run.doubtful?)) {
                let list = format!("/workflows/{}/exclusions", written.id);
                bench.add(Verdict::Review, "exclusion-unknown", Some((&exclusion.id, &list)), || {
                    format!("it is not known whether exclusion `{}` holds", exclusion.id)
                });
            }
            judge_agent(&mut bench, ask, written, compiled, facts);
            judge_reviews(&mut bench, ask, Rules::of_workflow(written, compiled), facts);
        }
        _ if person => {}
        _ => bench.add(Verdict::Block, "no-workflow", None, || {
            format!("no workflow that was started may do `{}`", ask.action)
        }),
    }
    judge_sender(&mut bench, ask, facts);
    for (verdict, code, words) in ask.floor.into_iter().chain(ask.target) {
        bench.add(verdict, code, None, || words.to_owned());
    }
    if let Some(proposed) = ask.proposed {
        action::judge_need(&mut bench, proposed, facts);
        action::judge_target(&mut bench, ask, proposed, facts);
        if !person {
            action::judge_proposed(&mut bench, ask, proposed, facts);
        }
    }
    if facts.kept.is_some() || ask.held_by.is_some() {
        action::judge_kept(&mut bench, ask, facts);
    }
    let mut confidence = ask.confidence;
    if let Some(source) = ask.source.filter(|_| !person) {
        confidence = judge_trust(&mut bench, ask, source, plan);
    }
    if let (ActionKind::UpdateField, Some(field), false) = (ask.action, ask.field, person) {
        match ask.policy {
            Some(policy) => judge_field(&mut bench, ask, field, policy, confidence, compiled.zip(written), facts),
            None => bench.add(Verdict::Block, "no-policy", None, || {
                format!("no field policy says what may be done to `{field}`")
            }),
        }
    }
    if !person {
        judge_reviews(&mut bench, ask, Rules::of_contract(plan), facts);
    }
    if let Some(protected) = protected::protects(ask, plan) {
        let kind = protected.kind;
        // Nobody knows here that it is that person: what is protected has another one look.
        let verdict = if person { Verdict::Review } else { protected.verdict };
        let code = if person { "protected" } else { protected.code };
        bench.add(verdict, code, None, || match (verdict, ask.action) {
            (Verdict::Block, _) => format!("{kind} is never taken back by AI"),
            (_, ActionKind::Create) => format!("{kind} is never created without a person"),
            _ => format!("{kind} is never changed without a person"),
        });
    }

    if plan.samples && !person {
        if let (Some(compiled), Some(written)) = (compiled, written) {
            judge_samples(&mut bench, ask, Rules::of_workflow(written, compiled), facts);
        }
        judge_samples(&mut bench, ask, Rules::of_contract(plan), facts);
    }
    let uncapped = bench.strictest;
    let mode = if person { Mode::Automatic } else { written.map_or(Mode::Suggest, |workflow| workflow.mode) };
    if mode == Mode::Suggest && uncapped == Verdict::Auto {
        bench.add(Verdict::Suggest, "suggestion-mode", None, || "its workflow is in suggestion mode".to_owned());
    }
    if uncapped == Verdict::Auto && !ask.chosen_by.is_empty() {
        judge_chosen(&mut bench, ask.chosen_by, plan);
    }
    let verdict = bench.strictest;
    if full {
        order::sort_by_key(&mut bench.reasons, |reason| std::cmp::Reverse(reason.verdict));
    }
    let old = ask.old.value().map(str::to_owned);
    let change = (verdict == Verdict::Auto && full).then(|| {
        let (record, field) = (ask.record.clone(), ask.field.cloned());
        let to = ask.proposed.map_or_else(String::new, |action| action.to.clone());
        Box::new(Change { action: ask.action, record, field, to, old: old.clone(), new: ask.new.to_owned(), by: None })
    });
    let reviewer = if verdict == Verdict::Review && full {
        let named = bench.reviewer.or_else(|| ask.policy.and_then(|(_, policy)| policy.reviewer.clone()));
        Some(named.unwrap_or_else(|| review::reviewer(facts)))
    } else {
        None
    };
    Judged {
        action: ask.action,
        field: ask.field.cloned(),
        record: ask.record.clone(),
        old: if full { old } else { None },
        new: if full { ask.new.to_owned() } else { String::new() },
        to: ask.proposed.filter(|_| full).map_or_else(String::new, |action| action.to.clone()),
        by: if full { ask.by(person) } else { None },
        source: if full { ask.source.cloned() } else { None },
        confidence,
        workflow: if full { written.map(|workflow| workflow.id.clone()) } else { None },
        verdict,
        uncapped,
        reasons: bench.reasons,
        reviewer,
        no_op: false,
        due: None,
        change,
    }
}

/// What a routing rule in suggestion mode chose is offered, like all that a workflow in that mode does.
fn judge_chosen(bench: &mut Bench, chosen_by: &[RuleId], plan: &Plan) {
    let rules = plan.contract.routing.iter().flat_map(|routing| &routing.rules);
    for rule in rules.filter(|rule| rule.mode == Mode::Suggest && chosen_by.contains(&rule.id)) {
        bench.add(Verdict::Suggest, "rule-suggests", Some((&rule.id, "/routing/rules")), || {
            format!("routing rule `{}` is in suggestion mode", rule.id)
        });
    }
}

/// An agent acts only within its motion and its capabilities.
fn judge_agent(bench: &mut Bench, ask: &Ask<'_>, written: &Workflow, workflow: &WorkflowPlan, facts: &Facts<'_>) {
    if let Some(acting) = ask.agent().filter(|acting| written.agent.as_ref() != Some(acting)) {
        bench.add(Verdict::Block, "other-agent", None, || match &written.agent {
            Some(agent) => format!("`{acting}` acts, but `{}` is worked by `{agent}`", written.id),
            None => format!("`{acting}` acts, but no agent works in `{}`", written.id),
        });
    }
    let Some(agent) = workflow.agent else { return };
    if agent.motion != facts.lead().motion {
        bench.add(Verdict::Block, "outside-motion", None, || {
            format!("its agent works {}, this lead is {}", agent.motion.word(), facts.lead().motion.word())
        });
    }
    // Assignments, links and stage recommendations are worked out by the engine's own stages, not by an agent.
    let by_engine = !ask.is_proposed()
        && matches!(
            ask.action,
            ActionKind::Assign | ActionKind::Link | ActionKind::ChangeStage | ActionKind::UpdateField
        );
    if !by_engine && !agent.capabilities.has(ask.action) {
        bench.add(Verdict::Block, "not-capable", None, || format!("its agent may not do `{}`", ask.action));
    }
}

/// Trust caps how much of a stated confidence counts, and what the source may do at most.
fn judge_trust(bench: &mut Bench, ask: &Ask<'_>, source: &SourceId, plan: &Plan) -> Option<Confidence> {
    let trust = plan.trust_of(source.as_str());
    let rule = plan.contract.trust.rule(trust);
    if rule.at_most > Verdict::Auto {
        bench.add(rule.at_most, "source-trust", None, || {
            format!("source `{source}` has trust `{}`, which allows at most `{}`", trust.word(), rule.at_most)
        });
    }
    ask.confidence.map(|stated| stated.min(rule.confidence_cap))
}
