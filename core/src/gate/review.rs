//! The review rules: which cases a person must look at.
//!
//! Input: the rules of the contract or of a workflow. Output: reasons on the bench, and who looks. Invariant: a rule that
//! cannot be decided says so, and follows its `when_unknown`.

use super::{Ask, Bench};
use crate::contract::{ReviewRule, Verdict};
use crate::decide::facts::Facts;
use crate::plan::{ReviewPlan, Truth};

/// Asks the review rules that speak of the action and read nothing that is not known yet.
pub(super) fn judge_reviews(
    bench: &mut Bench,
    ask: &Ask<'_>,
    rules: &[ReviewRule],
    plans: &[ReviewPlan],
    facts: &Facts<'_>,
) {
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
