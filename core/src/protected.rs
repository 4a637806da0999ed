//! What AI never changes without a person, whatever the confidence and whatever the contract says.
//!
//! Protection is a predicate over object, field, old and new value, not a list of names: the owner of an account is
//! protected, the owner of a new lead is not; the step to customer is, the step to MQL is not.

use crate::contract::ActionKind;
use crate::gate::Ask;
use crate::normal::fold;
use crate::record::Object;

/// How a field is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Guard {
    Free,
    /// Whatever is written to it; the kind of protection in words.
    Always(&'static str),
    /// When the lifecycle stage that is written means that money is on the table.
    Stage,
}

impl Guard {
    /// The kind of protection when `new` is written, in words; with an empty `new`, whether any value is protected.
    pub(crate) fn kind(self, new: &str) -> Option<&'static str> {
        match self {
            Self::Free => None,
            Self::Always(kind) => Some(kind),
            Self::Stage => changes_hands(new).then_some("a step to opportunity or customer"),
        }
    }
}

/// The kind of protection that covers what is asked, in words; `None` where it is free.
pub(crate) fn kind(ask: &Ask<'_>) -> Option<&'static str> {
    match ask.action {
        ActionKind::Assign => match ask.record.object {
            Object::Account => Some("an account's owner"),
            Object::Opportunity => Some("an opportunity's owner"),
            _ => None,
        },
        ActionKind::ChangeStage => Guard::Stage.kind(ask.new),
        ActionKind::UpdateField => {
            let known = ask.policy.map(|(compiled, _)| compiled.guard);
            known.or_else(|| ask.field.map(|field| guard(field.as_str())))?.kind(ask.new)
        }
        ActionKind::Merge => Some("a merge of records"),
        _ => None,
    }
}

/// How the field of a name such as `account.owner` is protected. Used by `check` as well, so that the contract and the
/// gate agree.
pub(crate) fn guard(name: &str) -> Guard {
    let Some((object, field)) = name.split_once('.') else { return Guard::Free };
    Guard::Always(match (object, field) {
        ("account" | "opportunity", "owner") => "an account's or opportunity's owner",
        ("opportunity", "stage") => "an opportunity's stage",
        ("opportunity", "close_date") => "a close date",
        ("opportunity", "forecast_category") => "a forecast category",
        ("opportunity", "lost_reason") => "a closed-lost reason",
        ("opportunity", "amount") => "a pricing commitment",
        ("account", "type") => "a customer or partner flag",
        (_, "opted_out" | "do_not_call") => "an opt-out",
        (_, field) if is_legal(field) => "a legal or procurement note",
        (_, "lifecycle_stage") => return Guard::Stage,
        _ => return Guard::Free,
    })
}

fn is_legal(field: &str) -> bool {
    ["legal", "procurement", "pricing", "contract_terms"].iter().any(|word| field.contains(word))
}

/// Whether a lifecycle stage means that money is on the table.
fn changes_hands(stage: &str) -> bool {
    let stage = fold::fold(stage);
    ["opportunity", "customer", "evangelist", "partner"].iter().any(|word| stage.contains(word))
}
