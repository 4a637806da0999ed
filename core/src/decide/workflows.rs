//! Which workflows an event starts.
//!
//! Input: an event's kind and the facts known so far. Output: the workflows that were asked, and those that run. Invariant: a
//! workflow runs only if its trigger and its eligibility hold and none of its exclusions does.

use crate::contract::{ActionKind, EventKind, Verdict, Workflow};
use crate::decide::facts::Facts;
use crate::decision::{Started, WorkflowSeen};
use crate::gate::Run;
use crate::id::{AgentId, WorkflowId};
use crate::order;
use crate::plan::Truth;

/// The workflows that were asked, and those that started.
#[derive(Default)]
pub(super) struct Workflows {
    pub(super) seen: Vec<WorkflowSeen>,
    started: Vec<Run>,
}

impl Workflows {
    /// The started workflow that does an action.
    pub(super) fn doing(&self, action: ActionKind, facts: &Facts<'_>) -> Option<&Run> {
        self.find(action, facts, |_| true)
    }

    /// The started workflow that does an action: the agent's own where one is named and has one.
    pub(super) fn worked_by(&self, agent: Option<&AgentId>, action: ActionKind, facts: &Facts<'_>) -> Option<&Run> {
        let own = agent.and_then(|agent| self.find(action, facts, |workflow| workflow.agent.as_ref() == Some(agent)));
        own.or_else(|| self.doing(action, facts))
    }

    /// The workflow of an id, where it was started and does an action.
    pub(super) fn named(&self, id: &WorkflowId, action: ActionKind, facts: &Facts<'_>) -> Option<&Run> {
        self.find(action, facts, |workflow| workflow.id == *id)
    }

    fn find(&self, action: ActionKind, facts: &Facts<'_>, is: impl Fn(&Workflow) -> bool) -> Option<&Run> {
        let plan = facts.plan();
        self.started.iter().find(|run| {
            plan.workflows.get(run.place).is_some_and(|compiled| compiled.actions.has(action))
                && plan.contract.workflows.get(run.place).is_some_and(&is)
        })
    }
}

/// Starts the workflows that listen to an event, beside those that were started before. What a decision raises itself starts
/// nothing a second time.
pub(super) fn start(workflows: &mut Workflows, facts: &Facts<'_>, on: EventKind, full: bool) {
    let plan = facts.plan();
    let before = workflows.started.len();
    for (place, (compiled, written)) in plan.workflows.iter().zip(&plan.contract.workflows).enumerate() {
        if !compiled.starts_on(on) || workflows.started.iter().any(|run| run.place == place) {
            continue;
        }
        let mut missing = Vec::new();
        let mut lacks = |truth: Truth, condition: &crate::plan::condition::Cond| {
            if full && truth == Truth::Unknown {
                let lacking = facts.missing(condition);
                let new: Vec<String> = lacking.into_iter().filter(|line| !missing.contains(line)).collect();
                missing.extend(new);
            }
        };
        let mut doubtful = None;
        let started = 'started: {
            if let Some(condition) = &compiled.when {
                let holds = condition.holds(facts);
                lacks(holds, condition);
                if holds != Truth::Yes {
                    break 'started Started::NotTriggered(holds);
                }
            }
            if let Some(condition) = &compiled.eligible {
                let holds = condition.holds(facts);
                lacks(holds, condition);
                if holds != Truth::Yes {
                    break 'started Started::NotEligible(holds);
                }
            }
            for (index, (condition, when_unknown)) in compiled.exclusions.iter().enumerate() {
                let holds = condition.holds(facts);
                lacks(holds, condition);
                let verdict = match holds {
                    Truth::No => Verdict::Auto,
                    Truth::Yes => Verdict::Block,
                    Truth::Unknown => when_unknown.verdict(),
                };
                if verdict == Verdict::Review && doubtful.is_none() {
                    doubtful = Some(index);
                }
                if verdict == Verdict::Block
                    && let Some(rule) = written.exclusions.as_ref().and_then(|list| list.get(index))
                {
                    break 'started Started::Excluded(rule.id.clone());
                }
            }
            let exclusion = doubtful.and_then(|index| written.exclusions.as_ref()?.get(index));
            exclusion.map_or(Started::Yes, |rule| Started::Doubtful(rule.id.clone()))
        };
        if started.runs() {
            if before == 0 {
                workflows.started.reserve(plan.workflows.len());
            }
            workflows.started.push(Run { place, doubtful });
        }
        if full {
            workflows.seen.push(WorkflowSeen {
                workflow: written.id.clone(),
                version: written.version.clone(),
                mode: written.mode,
                on,
                started,
                missing,
            });
        }
    }
    if before > 0 && workflows.started.len() > before {
        // The contract's order decides which workflow acts, whatever started it.
        order::sort_by_key(&mut workflows.started, |run| run.place);
    }
}
