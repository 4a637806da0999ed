//! The review rules: which cases a person must look at.
//!
//! Input: the rules of the contract or of a workflow. Output: reasons on the bench, and who looks. Invariant: a rule that
//! cannot be decided says so, and follows its `when_unknown`.

use super::{Ask, Bench};
use crate::contract::{ReviewRule, Reviewer, Verdict, Workflow};
use crate::decide::facts::Facts;
use crate::id::WorkflowId;
use crate::plan::condition::NOWHERE;
use crate::plan::{Plan, ReviewPlan, Stage, Truth, WorkflowPlan};
use crate::record::AccountField;

/// The review rules of a contract, or of one of its workflows.
#[derive(Clone, Copy)]
pub(super) struct Rules<'a> {
    written: &'a [ReviewRule],
    compiled: &'a [ReviewPlan],
    of: Option<&'a WorkflowId>,
}

impl<'a> Rules<'a> {
    /// Those of the contract.
    pub(super) fn of_contract(plan: &'a Plan) -> Self {
        Self { written: &plan.contract.review, compiled: &plan.reviews, of: None }
    }

    /// Those of a workflow.
    pub(super) fn of_workflow(workflow: &'a Workflow, plan: &'a WorkflowPlan) -> Self {
        Self { written: &workflow.review, compiled: &plan.reviews, of: Some(&workflow.id) }
    }

    /// Those that speak of the action and read nothing that is not known yet.
    fn on<'b>(self, ask: &'b Ask<'_>) -> impl Iterator<Item = (&'a ReviewRule, &'a ReviewPlan)> + use<'a, 'b> {
        let (action, knows) = (ask.action, ask.knows);
        self.written.iter().zip(self.compiled).filter(move |(_, compiled)| {
            (compiled.actions.is_empty() || compiled.actions.has(action)) && compiled.reads <= knows
        })
    }

    /// Where they stand in the contract.
    fn list(self) -> String {
        self.of.map_or_else(|| "/review".to_owned(), |workflow| format!("/workflows/{workflow}/review"))
    }
}

/// Asks the review rules.
pub(super) fn judge_reviews(bench: &mut Bench, ask: &Ask<'_>, rules: Rules<'_>, facts: &Facts<'_>) {
    // Without words, what cannot make the verdict stricter need not be asked.
    if !bench.full && bench.strictest == Verdict::Block {
        return;
    }
    for (rule, compiled) in rules.on(ask) {
        let settled = !bench.full && bench.strictest >= Verdict::Review.max(rule.when_unknown.verdict());
        if !settled && rule.sample.is_none() {
            judge_review(bench, rule, rules, compiled, facts);
        }
    }
}

/// Whether a rule holds.
fn holds(compiled: &ReviewPlan, facts: &Facts<'_>) -> Truth {
    // What it reads is known by now and stays as it is, but for what enrichment writes, which clears what was kept, and
    // for what is proposed, which is another each time.
    let kept = compiled.reads < Stage::Handoff;
    let place = if kept { facts.plan().reviews_kept + compiled.memo } else { NOWHERE.into() };
    facts.once(place, || compiled.when.holds(facts))
}

/// Of what would otherwise go its way, lets the rules that look at a sample take theirs.
pub(super) fn judge_samples(bench: &mut Bench, ask: &Ask<'_>, rules: Rules<'_>, facts: &Facts<'_>) {
    for (rule, compiled) in rules.on(ask) {
        let Some(sample) = rule.sample.filter(|_| bench.strictest < Verdict::Review) else { continue };
        let verdict = match holds(compiled, facts) {
            Truth::Yes => Verdict::Review,
            Truth::Unknown => rule.when_unknown.verdict(),
            Truth::No => continue,
        };
        let list = rules.list();
        let seen = facts.counted_before(format!("{list}/{}", rule.id));
        if sample.takes(seen) {
            bench.add(verdict, "sampled", Some((&rule.id, &list)), || {
                format!("`{}` looks at a sample, and this is number {} of what it speaks of", rule.id, seen + 1)
            });
            bench.ask(&rule.reviewer);
        }
    }
}

/// Who looks where no rule and no policy names anybody.
pub(super) fn reviewer(facts: &Facts<'_>) -> Reviewer {
    let contract = &facts.plan().contract;
    if let Some(reviewer) = &contract.settings.reviewer {
        return reviewer.clone();
    }
    if let Some(queue) = contract.routing.as_ref().and_then(|routing| routing.escalation.clone()) {
        return Reviewer::Queue(queue);
    }
    let account = facts.matched.and_then(|matched| matched.account_record(facts.crm()));
    match account.and_then(|account| account.text(AccountField::Owner.slot())) {
        Some(_) => Reviewer::AccountOwner,
        None => Reviewer::Role("revops".to_owned()),
    }
}

fn judge_review(bench: &mut Bench, rule: &ReviewRule, rules: Rules<'_>, compiled: &ReviewPlan, facts: &Facts<'_>) {
    let holds = holds(compiled, facts);
    let verdict = match holds {
        Truth::Yes => Verdict::Review,
        Truth::Unknown => rule.when_unknown.verdict(),
        Truth::No => Verdict::Auto,
    };
    if verdict > Verdict::Auto {
        let list = if bench.full { rules.list() } else { String::new() };
        bench.add(verdict, "review-rule", Some((&rule.id, &list)), || match (holds, &rule.reason) {
            (Truth::Unknown, _) => format!(
                "it is not known whether `{}` holds: {}",
                rule.id,
                crate::text::list(&facts.missing(&compiled.when), "what it reads is missing")
            ),
            (_, Some(reason)) => reason.clone(),
            (_, None) => format!("review rule `{}` holds", rule.id),
        });
        if verdict == Verdict::Review {
            bench.ask(&rule.reviewer);
        }
    }
}
