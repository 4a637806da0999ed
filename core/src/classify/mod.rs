//! Stage 4, classification: scores with their reasons, bands, and the lifecycle stage they recommend.
//!
//! Input: the facts after enrichment. Output: [`Scored`] for each score, in the contract's order, and perhaps a
//! [`Recommended`] stage. Invariant: the contributions of a score sum to its points; an unknown rule adds nothing and
//! what it lacked is said. A score is never its own explanation.

use serde::Serialize;

use crate::decide::facts::Facts;
use crate::id::{RuleId, ScoreId, StageId};
use crate::lifecycle;
use crate::plan::{Plan, Truth};
use crate::record::{LeadField, Value};
use crate::scale::Points;

/// One score of one lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Scored {
    /// Which score.
    pub score: ScoreId,
    /// Its points, within the score's limits.
    pub points: Points,
    /// Its band, where it reaches one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub band: Option<RuleId>,
    /// What added or took points; sums to `points`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contributions: Vec<Contribution>,
    /// What could have added or taken points, had more been known.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<MissingEvidence>,
}

/// What added or took points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Contribution {
    /// The rule; `limit` where the score's least or most was reached.
    pub rule: RuleId,
    /// What it added or took.
    pub points: Points,
    /// Why, as sales should read it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A score rule that could not be decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MissingEvidence {
    /// The rule.
    pub rule: RuleId,
    /// What it would have added or taken.
    pub points: Points,
    /// What was missing.
    pub facts: Vec<String>,
}

/// A lifecycle stage that is recommended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Recommended {
    /// The rule.
    pub rule: RuleId,
    /// The stage.
    pub to: StageId,
    /// Why, as sales should read it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Works out every score.
pub(crate) fn classify(plan: &Plan, facts: &Facts<'_>, full: bool) -> Vec<Scored> {
    let scores = plan.scores.iter().zip(&plan.contract.scores);
    scores
        .map(|(compiled, written)| {
            let mut sum = Points(0);
            let mut contributions = Vec::new();
            let mut missing = Vec::new();
            for (place, (condition, points)) in compiled.rules.iter().enumerate() {
                let holds = condition.holds(facts);
                if holds == Truth::Yes {
                    sum = sum.plus(*points);
                }
                let Some(rule) = written.rules.get(place).filter(|_| full) else { continue };
                match holds {
                    Truth::Yes => {
                        let reason = rule.reason.clone();
                        contributions.push(Contribution { rule: rule.id.clone(), points: *points, reason });
                    }
                    Truth::Unknown => {
                        let facts = facts.missing(condition);
                        missing.push(MissingEvidence { rule: rule.id.clone(), points: *points, facts });
                    }
                    Truth::No => {}
                }
            }
            let points = sum.max(written.min).min(written.max);
            if full && points != sum {
                let difference = Points(points.0.saturating_sub(sum.0));
                let (limit, word) = if points == written.max { (written.max, "most") } else { (written.min, "least") };
                let reason = Some(format!("the {word} this score can be is {}", limit.0));
                contributions.push(Contribution { rule: RuleId::from("limit"), points: difference, reason });
            }
            let band = compiled.bands.iter().find(|(start, _)| points >= *start);
            let band = band.and_then(|(_, place)| written.bands.get(*place)).map(|band| band.id.clone());
            Scored { score: written.id.clone(), points, band, contributions, missing }
        })
        .collect()
}

/// The lifecycle stage that is recommended: the first rule that holds and moves the lead forward, or out of the running with a
/// reason. Back only where the contract allows it, and never without a reason either: the gate asks for it.
pub(crate) fn recommend(plan: &Plan, facts: &Facts<'_>) -> Option<Recommended> {
    let (compiled, written) = (plan.lifecycle.as_ref()?, plan.contract.lifecycle.as_ref()?);
    let present = match facts.lead().record.cell(LeadField::LifecycleStage.slot()).known() {
        Some(Value::Text(stage)) => lifecycle::named(plan, stage).map(|(place, _)| place),
        _ => None,
    };
    for ((condition, to), rule) in compiled.recommend.iter().zip(&written.recommend) {
        let moves = present.is_none_or(|present| {
            *to != present && (written.allow_backward || !lifecycle::goes_back(plan, present, *to))
        });
        if moves && condition.holds(facts) == Truth::Yes {
            return Some(Recommended { rule: rule.id.clone(), to: rule.to.clone(), reason: rule.reason.clone() });
        }
    }
    None
}
