//! The gate: the one place that lets something reach a record.
//!
//! Input: what is asked ([`Ask`]), the workflow it is asked under, the facts, what is suppressed. Output: a
//! [`Judged`] with a verdict and every reason for it, and, where the verdict is `auto`, a [`Change`]. Invariant: a
//! [`Change`] can be made nowhere else: its fields are private to this module and it cannot be deserialised.
//! The strictest reason wins; the workflow's mode caps last, and both verdicts are kept.

use serde::Serialize;

use crate::contract::{
    ActionKind, FieldPolicy, MaxVerdict, Mode, Overwrite, ReviewRule, Reviewer, Tightening, Verdict, Workflow,
};
use crate::decide::facts::Facts;
use crate::id::{FieldName, RuleId, SourceId, WorkflowId};
use crate::order;
use crate::plan::{FieldPlan, Plan, ReviewPlan, Stage, Truth, WorkflowPlan};
use crate::protected;
use crate::record::RecordRef;
use crate::scale::Confidence;
use crate::suppression::Suppressed;

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
    /// The laxest verdict the stage that asks allows, with code and words.
    pub(crate) floor: Option<(Verdict, &'static str, &'a str)>,
}

/// What stands in a field now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Old<'a> {
    /// The data has no such column: it may hold anything.
    Unknown,
    Blank,
    Value(&'a str),
}

/// The gate's answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Judged {
    /// What was asked for.
    pub action: ActionKind,
    /// The field, for writes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<FieldName>,
    /// The record it is about.
    pub record: RecordRef,
    /// What stood there: none when blank or unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// What should stand there.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub new: String,
    /// Who says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
    /// How sure the source is, as far as its trust lets it count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    /// The workflow it was asked under.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workflow: Option<WorkflowId>,
    /// The answer.
    pub verdict: Verdict,
    /// The answer before the workflow's mode capped it. Later stages go by this one.
    pub uncapped: Verdict,
    /// Every reason, strictest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Reason>,
    /// Who must look, where the verdict is `review`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviewer: Option<Reviewer>,
    /// Whether the value stands there already, so that nothing is to be done.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub no_op: bool,
    /// What may be written, where the verdict is `auto`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<Box<Change>>,
}

/// One reason for a verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reason {
    /// The verdict this reason alone asks for.
    pub verdict: Verdict,
    /// A stable code, `below-threshold`.
    pub code: &'static str,
    /// The rule, where one is to name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<RuleId>,
    /// Where it stands in the contract.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// In words.
    pub message: String,
}

/// A write that the gate has let through, bound to the value it replaces.
///
/// It can be made by the gate alone: there is no constructor, and no way to read one from a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Change {
    record: RecordRef,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<FieldName>,
    #[serde(skip_serializing_if = "Option::is_none")]
    old: Option<String>,
    new: String,
}

/// Nothing outside the gate makes one:
///
/// ```compile_fail,E0451
/// let record = interlock_core::record::RecordRef { object: interlock_core::record::Object::Lead, id: "1".into() };
/// let change = interlock_core::gate::Change { record, field: None, old: None, new: String::new() };
/// ```
///
/// ```compile_fail,E0277
/// let change: interlock_core::gate::Change = serde_json::from_str("{}").unwrap();
/// ```
impl Change {
    /// The record to write to.
    #[must_use]
    pub const fn record(&self) -> &RecordRef {
        &self.record
    }

    /// The field to write, for field updates.
    #[must_use]
    pub const fn field(&self) -> Option<&FieldName> {
        self.field.as_ref()
    }

    /// The value that must still stand there; none for a blank.
    #[must_use]
    pub fn old(&self) -> Option<&str> {
        self.old.as_deref()
    }

    /// The value to write.
    #[must_use]
    pub fn new_value(&self) -> &str {
        &self.new
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
            judge_agent(&mut bench, ask, compiled, facts);
            judge_reviews(&mut bench, ask, &written.review, &compiled.reviews, facts);
        }
        _ => bench.add(Verdict::Block, "no-workflow", None, || {
            format!("no workflow that was started may do `{}`", ask.action)
        }),
    }
    if let Some((verdict, code, words)) = ask.floor {
        bench.add(verdict, code, None, || words.to_owned());
    }
    let mut confidence = ask.confidence;
    if let Some(source) = ask.source {
        confidence = judge_trust(&mut bench, ask, source, plan);
    }
    if let (ActionKind::UpdateField, Some(field)) = (ask.action, ask.field) {
        match ask.policy {
            Some(policy) => judge_field(&mut bench, ask, field, policy, confidence, compiled.zip(written), facts),
            None => bench.add(Verdict::Block, "no-policy", None, || {
                format!("no field policy says what may be done to `{field}`")
            }),
        }
    }
    judge_reviews(&mut bench, ask, &plan.contract.review, &plan.reviews, facts);
    if let Some(kind) = protected::kind(ask) {
        bench.add(Verdict::Review, "protected", None, || format!("{kind} is never changed without a person"));
    }

    let uncapped = bench.strictest;
    let mode = written.map_or(Mode::Suggest, |workflow| workflow.mode);
    if mode == Mode::Suggest && uncapped == Verdict::Auto {
        bench.add(Verdict::Suggest, "suggestion-mode", None, || "its workflow is in suggestion mode".to_owned());
    }
    let verdict = bench.strictest;
    if full {
        order::sort_by_key(&mut bench.reasons, |reason| std::cmp::Reverse(reason.verdict));
    }
    let old = match ask.old {
        Old::Value(text) => Some(text.to_owned()),
        Old::Blank | Old::Unknown => None,
    };
    let change = (verdict == Verdict::Auto && full).then(|| {
        let (record, field) = (ask.record.clone(), ask.field.cloned());
        Box::new(Change { record, field, old: old.clone(), new: ask.new.to_owned() })
    });
    let reviewer = if verdict == Verdict::Review && full {
        bench.reviewer.or_else(|| ask.policy.and_then(|(_, policy)| policy.reviewer.clone()))
    } else {
        None
    };
    Judged {
        action: ask.action,
        field: ask.field.cloned(),
        record: ask.record.clone(),
        old: if full { old } else { None },
        new: if full { ask.new.to_owned() } else { String::new() },
        source: if full { ask.source.cloned() } else { None },
        confidence,
        workflow: if full { written.map(|workflow| workflow.id.clone()) } else { None },
        verdict,
        uncapped,
        reasons: bench.reasons,
        reviewer,
        no_op: false,
        change,
    }
}

impl Judged {
    /// Says what is to be written where that is known only after the verdict: which member of a pool it is depends on
    /// whether the assignment takes a turn.
    pub(crate) fn name_new(&mut self, new: &str) {
        new.clone_into(&mut self.new);
        if let Some(change) = &mut self.change {
            new.clone_into(&mut change.new);
        }
    }

    /// The value stands there already: nothing is changed, whatever the verdict.
    pub(crate) fn nothing_to_do(&mut self) {
        self.no_op = true;
        self.change = None;
    }
}

/// An agent acts only within its motion and its capabilities.
fn judge_agent(bench: &mut Bench, ask: &Ask<'_>, workflow: &WorkflowPlan, facts: &Facts<'_>) {
    let Some(agent) = workflow.agent else { return };
    if agent.motion != facts.lead().motion {
        bench.add(Verdict::Block, "outside-motion", None, || {
            format!("its agent works {}, this lead is {}", agent.motion.word(), facts.lead().motion.word())
        });
    }
    // Assignments, links and stage recommendations are worked out by the engine's own stages, not by an agent.
    let by_engine = matches!(ask.action, ActionKind::Assign | ActionKind::Link | ActionKind::ChangeStage)
        || (ask.action == ActionKind::UpdateField && ask.source.is_none());
    if !by_engine && !agent.capabilities.has(ask.action) {
        bench.add(Verdict::Block, "not-capable", None, || format!("its agent may not do `{}`", ask.action));
    }
}

/// Asks the review rules that speak of the action and read nothing that is not known yet.
fn judge_reviews(bench: &mut Bench, ask: &Ask<'_>, rules: &[ReviewRule], plans: &[ReviewPlan], facts: &Facts<'_>) {
    for (rule, compiled) in rules.iter().zip(plans) {
        // Without words, what cannot make the verdict stricter need not be asked.
        let settled = !bench.full && bench.strictest >= Verdict::Review.max(rule.when_unknown.verdict());
        let speaks = compiled.actions.is_empty() || compiled.actions.has(ask.action);
        if speaks && !settled && compiled.reads <= ask.knows {
            judge_review(bench, rule, compiled, facts);
        }
    }
}

fn judge_review(bench: &mut Bench, rule: &ReviewRule, compiled: &ReviewPlan, facts: &Facts<'_>) {
    // What it reads is known by now and stays as it is, but for what enrichment writes, which clears what was kept.
    let place = facts.plan().reviews_kept + compiled.memo;
    let holds = facts.once(Some(place), || compiled.when.holds(facts));
    let verdict = match holds {
        Truth::Yes => Verdict::Review,
        Truth::Unknown => rule.when_unknown.verdict(),
        Truth::No => Verdict::Auto,
    };
    if verdict > Verdict::Auto {
        bench.add(verdict, "review-rule", Some((&rule.id, "/review")), || match (holds, &rule.reason) {
            (Truth::Unknown, _) => format!(
                "it is not known whether `{}` holds: {}",
                rule.id,
                crate::text::list(&facts.missing(&compiled.when), "what it reads is missing")
            ),
            (_, Some(reason)) => reason.clone(),
            (_, None) => format!("review rule `{}` holds", rule.id),
        });
        bench.ask(&rule.reviewer);
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

/// Applies the policy of a field.
fn judge_field(
    bench: &mut Bench,
    ask: &Ask<'_>,
    field: &FieldName,
    (compiled, policy): (&FieldPlan, &FieldPolicy),
    confidence: Option<Confidence>,
    workflow: Option<(&WorkflowPlan, &Workflow)>,
    facts: &Facts<'_>,
) {
    let tightening = workflow.and_then(|(plan, workflow)| workflow.fields.get(*plan.tightenings.get(&compiled.place)?));
    let mut say = |verdict, code, words: &dyn Fn() -> String| {
        bench.strictest = bench.strictest.stricter(verdict);
        if bench.full {
            let address = Some(format!("/fields/{field}"));
            bench.reasons.push(Reason { verdict, code, rule: None, address, message: words() });
        }
    };
    let ai = tightening.and_then(|tight| tight.ai).unwrap_or(policy.ai).max(policy.ai);
    match ai {
        MaxVerdict::Auto => {}
        MaxVerdict::Suggest => say(Verdict::Suggest, "at-most-suggest", &|| format!("AI may only suggest `{field}`")),
        MaxVerdict::Never => say(Verdict::Block, "never", &|| format!("AI may never change `{field}`")),
    }
    if policy.risk.floor() > Verdict::Auto {
        say(policy.risk.floor(), "risk", &|| format!("the risk of `{field}` allows at most `{}`", policy.risk.floor()));
    }
    if let Some(source) = ask.source
        && !policy.updaters.is_empty()
        && !policy.updaters.contains(source)
    {
        say(Verdict::Block, "not-an-updater", &|| {
            format!("`{source}` is not among the sources that may write `{field}`")
        });
    }
    if let Some(confidence) = confidence {
        let limits = Limits::of(policy, tightening);
        let (verdict, code) = limits.verdict(confidence, policy);
        match (code, limits.auto_at) {
            ("confident", _) => {}
            ("blocked-below", _) => say(verdict, code, &|| {
                format!("confidence {confidence} is under {}, below which proposals are blocked", limits.block_below)
            }),
            (_, Some(auto_at)) => say(verdict, code, &|| {
                format!("confidence {confidence} is under {auto_at}, which an automatic update needs")
            }),
            (_, None) => say(verdict, code, &|| format!("no confidence makes `{field}` automatic")),
        }
    }
    if let Some(code) = overwrite_forbids(ask, policy) {
        say(policy.otherwise.verdict(), code, &|| match (code, ask.old) {
            ("would-overwrite", Old::Value(old)) => format!("it would replace `{old}`"),
            ("overwrite-never", _) => format!("`{field}` is never written"),
            _ => format!("the data has no column for `{field}`, so it is not known whether it is empty"),
        });
    }
    if let Some(condition) = &compiled.review_when {
        match condition.holds(facts) {
            Truth::No => {}
            Truth::Yes => {
                say(Verdict::Review, "review-when", &|| format!("a person looks at `{field}` in such a case"));
            }
            Truth::Unknown => say(Verdict::Review, "review-when", &|| {
                let missing = crate::text::list(&facts.missing(condition), "what it reads is missing");
                format!("it is not known whether a person must look at `{field}`: {missing}")
            }),
        }
    }
}

/// The thresholds of a field under one workflow.
struct Limits {
    auto_at: Option<Confidence>,
    block_below: Confidence,
}

impl Limits {
    /// The stricter of the shared policy and the workflow's tightening.
    fn of(policy: &FieldPolicy, tightening: Option<&Tightening>) -> Self {
        Self {
            auto_at: policy
                .auto_at
                .map(|shared| shared.max(tightening.and_then(|tight| tight.auto_at).unwrap_or(shared))),
            block_below: policy
                .block_below
                .unwrap_or(Confidence::NONE)
                .max(tightening.and_then(|tight| tight.block_below).unwrap_or(Confidence::NONE)),
        }
    }

    fn verdict(&self, confidence: Confidence, policy: &FieldPolicy) -> (Verdict, &'static str) {
        if confidence < self.block_below {
            (Verdict::Block, "blocked-below")
        } else if self.auto_at.is_some_and(|auto_at| confidence >= auto_at) {
            (Verdict::Auto, "confident")
        } else {
            match policy.between {
                crate::contract::Between::Suggest => (Verdict::Suggest, "below-threshold"),
                crate::contract::Between::Review => (Verdict::Review, "below-threshold"),
            }
        }
    }
}

/// Why the overwrite rule forbids the write, if it does.
fn overwrite_forbids(ask: &Ask<'_>, policy: &FieldPolicy) -> Option<&'static str> {
    match (policy.overwrite, ask.old) {
        (Overwrite::Never, _) => Some("overwrite-never"),
        // The present value's confidence is not known, so a new one cannot be shown to be more certain.
        (Overwrite::IfEmpty | Overwrite::IfHigherConfidence, Old::Value(_)) => Some("would-overwrite"),
        (Overwrite::IfEmpty | Overwrite::IfHigherConfidence, Old::Unknown) => Some("present-unknown"),
        (Overwrite::Always, _) | (_, Old::Blank) => None,
    }
}
