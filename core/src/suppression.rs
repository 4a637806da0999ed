//! Suppression: what must not be done to whom. It speaks first, once identity has said who this is.
//!
//! Input: the facts after identity. Output: each suppression that holds or cannot be decided, and the verdict it asks
//! for on a kind of action. Invariant: an action that a suppression blocks or sends to review is never automatic; an
//! unknown opt-out restricts sending and enrolment only.

use serde::Serialize;

use crate::contract::{ActionKind, Reviewer, Suppression, SuppressionKind, Verdict};
use crate::decide::facts::Facts;
use crate::id::RuleId;
use crate::plan::{Plan, Truth};

/// A suppression that holds, or that cannot be decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Suppressed {
    /// Which.
    pub rule: RuleId,
    /// What sort.
    pub kind: SuppressionKind,
    /// Whether it holds (`yes`) or cannot be decided (`unknown`).
    pub holds: Truth,
    /// What is missing, where it cannot be decided.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    #[serde(skip)]
    place: usize,
}

/// Every suppression that holds or cannot be decided.
pub(crate) fn suppress(plan: &Plan, facts: &Facts<'_>, full: bool) -> Vec<Suppressed> {
    let mut suppressed = Vec::new();
    for (place, (compiled, written)) in plan.suppression.iter().zip(&plan.contract.suppression).enumerate() {
        if compiled.expires.is_some_and(|expires| facts.as_of() >= expires) {
            continue;
        }
        let holds = compiled.when.holds(facts);
        if holds == Truth::No {
            continue;
        }
        let missing = if full && holds == Truth::Unknown { facts.missing(&compiled.when) } else { Vec::new() };
        suppressed.push(Suppressed { rule: written.id.clone(), kind: written.kind, holds, missing, place });
    }
    suppressed
}

impl Suppressed {
    /// Whether it holds for certain.
    pub(crate) fn certain(&self) -> bool {
        self.holds == Truth::Yes
    }

    /// Who looks at what it sends to a person, where it names anybody.
    pub(crate) fn reviewer<'p>(&self, plan: &'p Plan) -> Option<&'p Reviewer> {
        plan.contract.suppression.get(self.place)?.reviewer.as_ref()
    }

    /// The verdict this asks for on an action: `auto` when it says nothing about it.
    pub(crate) fn on(&self, plan: &Plan, action: ActionKind) -> Verdict {
        let (Some(compiled), Some(written)) =
            (plan.suppression.get(self.place), plan.contract.suppression.get(self.place))
        else {
            return Verdict::Auto;
        };
        let stated = if compiled.blocks.has(action) {
            Verdict::Block
        } else if compiled.reviews.has(action) {
            Verdict::Review
        } else {
            return Verdict::Auto;
        };
        match self.holds {
            Truth::Yes => stated,
            Truth::Unknown if unknown_restricts(written, action) => written.when_unknown.verdict().min(stated),
            Truth::Unknown | Truth::No => Verdict::Auto,
        }
    }
}

fn unknown_restricts(suppression: &Suppression, action: ActionKind) -> bool {
    suppression.kind != SuppressionKind::OptOut || matches!(action, ActionKind::SendMessage | ActionKind::Enrol)
}
