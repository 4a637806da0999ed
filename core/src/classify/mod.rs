//! Stage 4, classification: scores with their reasons, bands, grades, and the lifecycle stage they recommend.
//!
//! Input: the facts after enrichment. Output: [`Scored`] for each score, in the contract's order, [`Graded`] for each grade,
//! and perhaps a [`Recommended`] stage. Invariant: the contributions of a score sum to its points; an unknown rule adds nothing and
//! what it lacked is said. A score is never its own explanation.

mod words;
mod worth;

use serde::Serialize;

use crate::contract::Score;
use crate::decide::facts::Facts;
use crate::id::{RuleId, ScoreId, StageId};
use crate::lifecycle;
use crate::plan::{Plan, ScorePlan, Truth};
use crate::record::{LeadField, Value};
use crate::scale::Points;
use crate::{terms, text};

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
    /// The rule; the group, where its cap was reached; `limit` where the score's least or most was.
    pub rule: RuleId,
    /// What it added or took.
    pub points: Points,
    /// Which of these it is.
    #[serde(skip_serializing_if = "Part::is_rule")]
    pub part: Part,
    /// The group the rule counts in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<RuleId>,
    /// Why, as sales should read it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// How the points come about: "+20, of which 10 left after 30 days".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The words of the lead that the rule's terms found.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub quotes: Vec<String>,
}

/// What a contribution comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// A rule.
    #[default]
    Rule,
    /// The cap of a group: what its rules came to beyond it.
    Cap,
    /// The least or the most the score can be.
    Limit,
}

impl Part {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
    const fn is_rule(&self) -> bool {
        matches!(self, Self::Rule)
    }
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
    /// In words: "+15 if employees were known to be 200 or more".
    pub text: String,
}

/// What two scores come to together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Graded {
    /// Which grade.
    pub grade: RuleId,
    /// What it is; none where a score has no band, or the grade no cell for both.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is: Option<RuleId>,
    /// The band of the score whose bands are the rows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<RuleId>,
    /// The band of the score whose bands are the columns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<RuleId>,
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

/// Works out every score, in order: one may read those before it.
pub(crate) fn classify(plan: &Plan, facts: &Facts<'_>, full: bool) -> Vec<Scored> {
    let scores = plan.scores.iter().zip(&plan.contract.scores);
    scores
        .map(|(compiled, written)| {
            let scored = score(compiled, written, facts, full);
            let band = compiled.bands.iter().find(|(start, _)| scored.points >= *start).map(|(_, place)| *place);
            facts.scored.borrow_mut().push((scored.points, band));
            Scored { band: band.and_then(|place| written.bands.get(place)).map(|band| band.id.clone()), ..scored }
        })
        .collect()
}

fn score(compiled: &ScorePlan, written: &Score, facts: &Facts<'_>, full: bool) -> Scored {
    let (mut sum, mut contributions, mut missing) = (Points(0), Vec::new(), Vec::new());
    let mut groups = vec![Points(0); written.caps.len()];
    for (plan, rule) in compiled.rules.iter().zip(&written.rules) {
        let holds = plan.when.holds(facts);
        if holds == Truth::Yes {
            let worth = worth::worth(plan, rule, facts, full);
            match plan.group.and_then(|group| groups.get_mut(group)) {
                Some(group) => *group = group.plus(worth.points),
                None => sum = sum.plus(worth.points),
            }
            if full {
                if !worth.missing.is_empty() {
                    let text = words::given(rule.points, &text::list(&worth.missing, ""));
                    missing.push(MissingEvidence {
                        rule: rule.id.clone(),
                        points: rule.points,
                        facts: worth.missing,
                        text,
                    });
                }
                if worth.points != Points(0) || plan.worth.is_none() {
                    contributions.push(Contribution {
                        rule: rule.id.clone(),
                        points: worth.points,
                        part: Part::Rule,
                        group: rule.group.clone(),
                        reason: rule.reason.clone(),
                        note: worth.note,
                        quotes: terms::quotes(facts, &plan.when),
                    });
                }
            }
        } else if full && holds == Truth::Unknown {
            let text = words::missing(rule.points, &plan.when, facts);
            let facts = facts.missing(&plan.when);
            missing.push(MissingEvidence { rule: rule.id.clone(), points: rule.points, facts, text });
        }
    }
    let mut beyond = |rule: &RuleId, part, all: Points, limit: Points, words: &str| {
        if full && all != limit {
            let points = Points(limit.0.saturating_sub(all.0));
            let reason = Some(format!("{words} is {}", limit.0));
            let rule = rule.clone();
            contributions.push(Contribution {
                rule,
                points,
                part,
                reason,
                group: None,
                note: None,
                quotes: Vec::new(),
            });
        }
    };
    for (cap, group) in written.caps.iter().zip(groups) {
        let most = cap.at_most.map_or(group, |most| group.min(most));
        let capped = cap.at_least.map_or(most, |least| most.max(least));
        let word = if capped < group { "most" } else { "least" };
        beyond(
            &cap.id,
            Part::Cap,
            group,
            capped,
            &["the ", word, " that `", cap.id.as_str(), "` can come to"].concat(),
        );
        sum = sum.plus(capped);
    }
    let points = sum.max(written.min).min(written.max);
    let word = if points == written.max { "the most this score can be" } else { "the least this score can be" };
    beyond(&RuleId::from("limit"), Part::Limit, sum, points, word);
    Scored { score: written.id.clone(), points, band: None, contributions, missing }
}

/// Works out every grade.
pub(crate) fn grade(plan: &Plan, scores: &[Scored]) -> Vec<Graded> {
    let grades = plan.grades.iter().zip(&plan.contract.grades);
    grades
        .map(|(compiled, written)| {
            let band = |place: usize| scores.get(place).and_then(|scored| scored.band.clone());
            let (row, column) = (band(compiled.rows), band(compiled.columns));
            let is = match (&row, &column) {
                (Some(row), Some(column)) if written.cells.is_empty() => {
                    Some(RuleId::from([row.as_str(), column.as_str()].concat()))
                }
                (Some(row), Some(column)) => written.cells.get(row).and_then(|row| row.get(column)).cloned(),
                _ => None,
            };
            Graded { grade: written.id.clone(), is, row, column }
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
