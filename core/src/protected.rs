//! What AI never changes without a person, whatever the confidence and whatever the contract says.
//!
//! Input: what is asked of the gate, or the name of a field. Output: the kind of protection and the verdict it asks for.
//! Invariant: a contract can add to what is protected (`protected`) and never take away. Protection is a predicate over object,
//! field, old and new value, not a list of names: the owner of an account is protected, the owner of a new lead is not; a step
//! to customer or away from there is, the step to MQL is not. A field of one's own is what its columns and its name say: one
//! that is read from `HasOptedOutOfEmail` is an opt-out, whatever it is called.
//!
//! Source: the field names of Salesforce, HubSpot, Pipedrive and Zoho in `tables/columns_*.txt`.

use std::sync::OnceLock;

use crate::contract::{ActionKind, Contract, CustomField, Verdict};
use crate::crm::header_key;
use crate::gate::{Ask, Old};
use crate::lifecycle;
use crate::normal::{boolean, fold};
use crate::plan::Plan;
use crate::record::Object;

/// How a field is protected, the strictest last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Guard {
    Free,
    /// When the lifecycle stage that stands there or is written means that money is on the table.
    Stage,
    /// Whatever is written to it; the kind of protection in words.
    Always(&'static str),
    /// The opt-out, or, where `consent`, its opposite. It may be asked for, and never taken back.
    OptOut {
        consent: bool,
    },
}

impl Guard {
    /// The kind of protection in words, where it holds whatever is written.
    pub(crate) const fn always(self) -> Option<&'static str> {
        match self {
            Self::Free | Self::Stage => None,
            Self::Always(kind) => Some(kind),
            Self::OptOut { .. } => Some("an opt-out"),
        }
    }
}

/// What protection says to what is asked.
pub(crate) struct Protected {
    pub(crate) verdict: Verdict,
    pub(crate) code: &'static str,
    /// The kind of protection.
    pub(crate) kind: &'static str,
}

/// What protection says to what is asked; `None` where it is free.
pub(crate) fn protects(ask: &Ask<'_>, plan: &Plan) -> Option<Protected> {
    let guard = match (ask.action, ask.record.object) {
        (ActionKind::Assign, Object::Account) => Guard::Always("an account's owner"),
        (ActionKind::Assign, Object::Opportunity) => Guard::Always("an opportunity's owner"),
        (ActionKind::Assign, Object::Contact) if matches!(ask.old, Old::Value(_)) => Guard::Always("a contact's owner"),
        (ActionKind::Create, Object::Opportunity) => Guard::Always("an opportunity"),
        (ActionKind::Merge, _) => Guard::Always("a merge of records"),
        (ActionKind::ChangeStage, Object::Opportunity) => Guard::Always("an opportunity's stage"),
        (ActionKind::ChangeStage, _) => Guard::Stage,
        (ActionKind::UpdateField, _) => match (ask.policy, ask.field) {
            (Some((compiled, _)), _) => compiled.guard,
            (None, Some(field)) => standard(field.as_str()),
            (None, None) => Guard::Free,
        },
        _ => Guard::Free,
    };
    let review = |kind| Some(Protected { verdict: Verdict::Review, code: "protected", kind });
    match guard {
        Guard::Free => None,
        Guard::Always(kind) => review(kind),
        Guard::Stage => {
            let money = |text| lifecycle::kind(plan, text).is_money();
            if money(ask.new) {
                review("a step to opportunity or customer")
            } else if matches!(ask.old, Old::Value(old) if money(old)) {
                review("a step away from opportunity or customer")
            } else {
                None
            }
        }
        Guard::OptOut { consent } if !opts_out(ask.new, consent) => {
            Some(Protected { verdict: Verdict::Block, code: "opt-out-cleared", kind: "an opt-out" })
        }
        Guard::OptOut { .. } => review("an opt-out"),
    }
}

/// Whether the value says that somebody does not want to be written to. What cannot be read does not.
fn opts_out(value: &str, consent: bool) -> bool {
    if let Ok(Some(yes)) = boolean::parse(value) {
        return yes != consent;
    }
    let value = header_key(value);
    let out = ["unsubscribe", "optedout", "optout", "noconsent", "donot", "nonmarketing", "withdrawn", "declined"];
    out.iter().any(|word| value.contains(word))
}

/// How a field is protected under a contract, and, for a field of one's own, the name or column that says so. Used by
/// `check`; the gate goes by what it found.
pub(crate) fn guard<'c>(contract: &'c Contract, name: &str) -> (Guard, Option<&'c str>) {
    let custom = contract.custom_fields.iter().find(|custom| {
        let field = name.split_once('.');
        field == Some((custom.object.object().word(), custom.id.as_str()))
    });
    let (mut guard, witness) = custom.map_or_else(|| (standard(name), None), own);
    if guard.always().is_none() && contract.protected.iter().any(|field| field.as_str() == name) {
        guard = Guard::Always("what the contract protects");
    }
    (guard, witness)
}

/// How a field that every CRM has is protected.
fn standard(name: &str) -> Guard {
    let Some((object, field)) = name.split_once('.') else { return Guard::Free };
    let guard = match (object, field) {
        ("account", "owner") => "an account's owner",
        ("opportunity", "owner") => "an opportunity's owner",
        ("contact", "owner") => "a contact's owner",
        ("opportunity", "stage" | "pipeline" | "closed" | "won") => "an opportunity's stage",
        ("opportunity", "close_date") => "a close date",
        ("opportunity", "forecast_category") => "a forecast category",
        ("opportunity", "lost_reason") => "a closed-lost reason",
        ("opportunity", "amount") => "a pricing commitment",
        ("opportunity", "account") => "an opportunity's account",
        ("account", "type" | "customer") => "a customer or partner flag",
        ("account", "parent") => "a tie between accounts",
        ("lead", "converted") => "an opportunity's creation",
        (_, "opted_out" | "do_not_call") => return Guard::OptOut { consent: false },
        ("lead" | "contact", "lifecycle_stage") | ("lead", "status") => return Guard::Stage,
        _ => return called(field),
    };
    Guard::Always(guard)
}

/// How a field of one's own is protected, by its name and the columns it is read from, and which of them says so.
fn own(custom: &CustomField) -> (Guard, Option<&str>) {
    let names = std::iter::once(custom.id.as_str()).chain(custom.columns.iter().map(String::as_str));
    let mut strictest = (Guard::Free, None);
    for name in names {
        let key = header_key(name);
        let known = columns().iter().filter(|(header, _)| **header == *key).map(|(_, guard)| *guard).max();
        let guard = known.unwrap_or(Guard::Free).max(called(name));
        if guard > strictest.0 {
            strictest = (guard, Some(name));
        }
    }
    strictest
}

/// The headers under which CRMs export what is protected, as keys.
fn columns() -> &'static [(String, Guard)] {
    static COLUMNS: OnceLock<Vec<(String, Guard)>> = OnceLock::new();
    COLUMNS.get_or_init(|| {
        let mut all = Vec::new();
        let mut add = |object: Object, header: &str, field: &str| {
            let guard = match (object, field) {
                // Routing alone sets a lead's owner; a field of one's own would go round it.
                (Object::Lead, "owner") => Guard::Always("an owner"),
                // `Account Name` is a column of every object.
                (Object::Opportunity, "account") | (Object::Activity | Object::Owner, _) => Guard::Free,
                _ => standard(&format!("{object}.{field}")),
            };
            if guard > Guard::Free {
                all.push((header_key(header), guard));
            }
        };
        for object in Object::ALL {
            for field in object.fields() {
                add(object, field.name, field.name);
                add(object, &format!("{object}.{}", field.name), field.name);
            }
        }
        crate::crm::each_column(&mut add);
        all
    })
}

/// What the name of a field says by its words alone.
fn called(name: &str) -> Guard {
    const STEMS: &[(&str, &str)] = &[
        (
            "a legal or procurement note",
            "legal procurement purchasing contractterms termsandconditions paymentterms nondisclosure redline",
        ),
        ("a pricing commitment", "pricing price discount quote quotation dealvalue dealamount contractvalue"),
        ("a forecast category", "forecast probability expectedrevenue"),
        ("a close date", "closedate closingdate closeddate expectedclose"),
        ("an opportunity's stage", "dealstage opportunitystage stagename stageid dealstatus iswon isclosed"),
        ("a closed-lost reason", "lostreason lossreason closedlost reasonlost"),
        (
            "an account's or opportunity's owner",
            "accountowner companyowner organizationowner dealowner opportunityowner",
        ),
    ];
    const WORDS: &[(&str, &str)] =
        &[("a legal or procurement note", "nda msa dpa"), ("a pricing commitment", "acv tcv")];
    let key = header_key(name);
    let has = |words: &str| words.split(' ').any(|word| key.contains(word));
    if has("optout optedout unsubscribe donotcall donotcontact donotemail donotmail") {
        return Guard::OptOut { consent: false };
    }
    if has("consent optin optedin subscribed marketingstatus marketablestatus marketingcontactstatus") {
        return Guard::OptOut { consent: true };
    }
    if let Some((kind, _)) = STEMS.iter().find(|(_, words)| has(words)) {
        return Guard::Always(kind);
    }
    let words = fold::key(name);
    let mut words = words.split(' ').filter(|word| !word.is_empty()).peekable();
    let is_word = |list: &str, word: &str| list.split(' ').any(|known| known == word);
    for (kind, list) in WORDS {
        if words.clone().any(|word| is_word(list, word)) {
            return Guard::Always(kind);
        }
    }
    // `Customer`, `Is partner`, `Partner status`, but not `Customer count`.
    let relation = "customer partner client iscustomer ispartner isclient reseller investor";
    let beside =
        "is a an our the account company type status flag tier level relationship current active existing former";
    let any = words.clone().any(|word| is_word(relation, word));
    if any && words.all(|word| is_word(relation, word) || is_word(beside, word)) {
        return Guard::Always("a customer or partner flag");
    }
    if key.contains("lifecyclestage") { Guard::Stage } else { Guard::Free }
}
