//! What AI never changes without a person, whatever the confidence and whatever the contract says.
//!
//! Protection is a predicate over object, field, old and new value, not a list of names: the owner of an account is
//! protected, the owner of a new lead is not; the step to customer is, the step to MQL is not.

use crate::contract::ActionKind;
use crate::decide::facts::Facts;
use crate::gate::Ask;
use crate::normal::fold;
use crate::record::Object;

/// The kind of protection that covers what is asked, in words; `None` where it is free.
pub(crate) fn kind(ask: &Ask<'_>, _facts: &Facts<'_>) -> Option<&'static str> {
    match ask.action {
        ActionKind::Assign => match ask.record.object {
            Object::Account => Some("an account's owner"),
            Object::Opportunity => Some("an opportunity's owner"),
            _ => None,
        },
        ActionKind::ChangeStage => changes_hands(ask.new).then_some("a step to opportunity or customer"),
        ActionKind::UpdateField => {
            let (object, field) = ask.field?.as_str().split_once('.')?;
            field_kind(object, field, ask.new)
        }
        ActionKind::Merge => Some("a merge of records"),
        _ => None,
    }
}

/// The kind of protection of a field when `new` is written to it; with an empty `new`, whether any value would be
/// protected. Used by `check` as well, so that the contract and the gate agree.
pub(crate) fn field_kind(object: &str, field: &str, new: &str) -> Option<&'static str> {
    match (object, field) {
        ("account" | "opportunity", "owner") => Some("an account's or opportunity's owner"),
        ("opportunity", "stage") => Some("an opportunity's stage"),
        ("opportunity", "close_date") => Some("a close date"),
        ("opportunity", "forecast_category") => Some("a forecast category"),
        ("opportunity", "lost_reason") => Some("a closed-lost reason"),
        ("opportunity", "amount") => Some("a pricing commitment"),
        ("account", "type") => Some("a customer or partner flag"),
        (_, "opted_out" | "do_not_call") => Some("an opt-out"),
        (_, field) if is_legal(field) => Some("a legal or procurement note"),
        (_, "lifecycle_stage") if changes_hands(new) => Some("a step to opportunity or customer"),
        _ => None,
    }
}

fn is_legal(field: &str) -> bool {
    ["legal", "procurement", "pricing", "contract_terms"].iter().any(|word| field.contains(word))
}

/// Whether a lifecycle stage means that money is on the table.
fn changes_hands(stage: &str) -> bool {
    let stage = fold::fold(stage);
    ["opportunity", "customer", "evangelist", "partner"].iter().any(|word| stage.contains(word))
}
