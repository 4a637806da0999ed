//! What the policy of a field says to a write.
//!
//! Input: the ask, the policy, perhaps tightened by the workflow, and how sure the source is. Output: reasons on the bench.
//! Invariant: a workflow only makes a policy stricter; raising a threshold never gives a laxer verdict.

use super::{Ask, Bench, Old, Reason};
use crate::contract::{Between, FieldPolicy, MaxVerdict, Overwrite, Tightening, Verdict, WhenUnknown, Workflow};
use crate::decide::facts::Facts;
use crate::id::FieldName;
use crate::lifecycle;
use crate::plan::{FieldPlan, Truth, WorkflowPlan};
use crate::protected::Guard;
use crate::scale::Confidence;
use crate::time::Timestamp;

/// Applies the policy of a field.
pub(super) fn judge_field(
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
    if let Some((verdict, code)) = overwrite_forbids(ask, policy, confidence, facts) {
        say(verdict, code, &|| match (code, ask.old) {
            ("would-overwrite", Old::Value(old)) => format!("it would replace `{old}`"),
            ("stale-value", Old::Value(old)) => format!("it would replace `{old}`, which is out of date"),
            ("overwrite-never", _) => format!("`{field}` is never written"),
            _ => format!("the data has no column for `{field}`, so it is not known whether it is empty"),
        });
    }
    if ask.present.is_some_and(|present| present.human_verified) {
        say(Verdict::Review, "human-verified", &|| "a person has confirmed what stands there".to_owned());
    }
    if is_stale(ask.proposal.and_then(|proposal| proposal.at), policy, facts) {
        say(Verdict::Suggest, "stale-proposal", &|| "it was found too long ago to be written unseen".to_owned());
    }
    judge_move(&mut say, ask, field, compiled, facts);
    if let Some(condition) = &compiled.review_when {
        match condition.holds(facts) {
            Truth::No => {}
            Truth::Yes => {
                say(Verdict::Review, "review-when", &|| format!("a person looks at `{field}` in such a case"));
            }
            Truth::Unknown if policy.review_when_unknown == WhenUnknown::Ignore => {}
            Truth::Unknown => say(policy.review_when_unknown.verdict(), "review-when", &|| {
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
                Between::Suggest => (Verdict::Suggest, "below-threshold"),
                Between::Review => (Verdict::Review, "below-threshold"),
            }
        }
    }
}

/// Why the overwrite rule forbids the write, if it does.
fn overwrite_forbids(
    ask: &Ask<'_>,
    policy: &FieldPolicy,
    confidence: Option<Confidence>,
    facts: &Facts<'_>,
) -> Option<(Verdict, &'static str)> {
    let otherwise = policy.otherwise.verdict();
    let stale = || is_stale(ask.present.and_then(|present| present.at), policy, facts);
    match (policy.overwrite, ask.old) {
        (Overwrite::Never, _) => Some((otherwise, "overwrite-never")),
        // What is not known cannot be kept as the previous value.
        (_, Old::Unknown) => Some((otherwise, "present-unknown")),
        (_, Old::Blank) | (Overwrite::Always, _) => None,
        (Overwrite::IfEmpty, _) if stale() => Some((Verdict::Suggest, "stale-value")),
        (Overwrite::IfHigherConfidence, _) => {
            // Where the present value's confidence is not known, a new one cannot be shown to be more certain.
            let present = ask.present.and_then(|present| {
                let stated = present.confidence?;
                let provider = present.provider.as_ref();
                let counted = provider.map_or(stated, |provider| facts.plan().counted(provider, stated));
                Some(if stale() { counted.half() } else { counted })
            });
            let surer = matches!((confidence, present), (Some(new), Some(old)) if new > old);
            (!surer).then_some((otherwise, "would-overwrite"))
        }
        (Overwrite::IfEmpty, _) => Some((otherwise, "would-overwrite")),
    }
}

/// Whether a value of this time is older than the policy likes; of one without a time nothing is known.
fn is_stale(at: Option<Timestamp>, policy: &FieldPolicy, facts: &Facts<'_>) -> bool {
    matches!((at, policy.stale_after_days), (Some(at), Some(days)) if at.plus_days(days.into()) < facts.as_of())
}

/// A lifecycle stage is recommended, never set; nobody is moved back or out without a reason.
fn judge_move(
    say: &mut impl FnMut(Verdict, &'static str, &dyn Fn() -> String),
    ask: &Ask<'_>,
    field: &FieldName,
    compiled: &FieldPlan,
    facts: &Facts<'_>,
) {
    let status = field.as_str() == "lead.status";
    if compiled.guard != Guard::Stage && !status && !field.as_str().ends_with(".lifecycle_stage") {
        return;
    }
    if !status {
        say(Verdict::Suggest, "recommended", &|| "a stage is recommended, a person moves it".to_owned());
    }
    let reason = ask.proposal.and_then(|proposal| proposal.reason.as_deref());
    if let Some((code, words)) = lifecycle::forbids(facts.plan(), ask.old.value(), ask.new, reason) {
        say(Verdict::Block, code, &|| words.to_owned());
    }
}
