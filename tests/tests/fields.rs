//! What holds of fields whatever a contract says, stands in the CRM, or is proposed: nothing protected is automatic, an opt-out
//! is never cleared, a stricter threshold is never laxer, and every change keeps what stood there.
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

use std::sync::LazyLock;

use interlock_core::check::check;
use interlock_core::contract::{ActionKind, Verdict};
use interlock_core::crm;
use interlock_core::decide::decide;
use interlock_core::decision::Decision;
use interlock_core::gate::Judged;
use interlock_core::plan::Plan;
use interlock_core::record::{Crm, Event, Object, State};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

static BASE: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(include_str!("../corpus/base.json")).unwrap());

/// The snapshot; the contracts differ in nothing that its reading depends on.
static CRM: LazyLock<Crm> = LazyLock::new(|| {
    let policy = json!({"field": "lead.industry", "ai": "suggest", "risk": "low"});
    let plan = Contract { policies: vec![policy], protected: Vec::new(), backward: false }.plan();
    let read = |object, text: &str| {
        let options = crm::Options { object: Some(object), ..crm::Options::default() };
        crm::read("test.csv", text.as_bytes(), &options).unwrap()
    };
    let tables = [
        read(
            Object::Account,
            "Id,Name,Website,Industry,Account Owner,Type\na1,Acme,https://acme.com,Retail,ann,Customer\na2,Beta,https://beta.com,,,\n",
        ),
        read(Object::Contact, "Id,Email,Title,Email Opt Out,AccountId\nc1,kim@acme.com,Clerk,true,a1\n"),
        read(Object::Opportunity, "Id,Name,AccountId,StageName,Amount\no1,Deal,a1,Discovery,100\n"),
    ];
    Crm::build(&tables, &plan)
});

const FREE: [&str; 6] =
    ["lead.industry", "lead.title", "lead.employees", "account.industry", "contact.title", "lead.status"];

/// Protected whatever is written; the custom ones by what they are read from or called.
const PROTECTED: [&str; 22] = [
    "account.owner",
    "account.type",
    "account.customer",
    "account.parent",
    "contact.owner",
    "lead.converted",
    "opportunity.stage",
    "opportunity.won",
    "opportunity.closed",
    "opportunity.pipeline",
    "opportunity.close_date",
    "opportunity.forecast_category",
    "opportunity.lost_reason",
    "opportunity.amount",
    "opportunity.owner",
    "lead.opted_out",
    "contact.opted_out",
    "lead.do_not_call",
    "lead.mailable",
    "account.steward",
    "lead.remark",
    "lead.legal_notes",
];

const OPT_OUTS: [&str; 4] = ["lead.opted_out", "contact.opted_out", "lead.do_not_call", "lead.mailable"];

const STAGES: [&str; 9] =
    ["Lead", "MQL", "SQL", "Opportunity", "Customer", "Closed Won", "Stufe 5", "Recycled", "Unqualified"];

const VALUES: [&str; 10] =
    ["Software", "", "true", "false", "no", "yes", "250", "2026-12-31", "n/a", "ann@example.com"];

#[derive(Clone, Debug)]
struct Contract {
    policies: Vec<Value>,
    protected: Vec<&'static str>,
    backward: bool,
}

impl Contract {
    fn json(&self) -> Value {
        let mut contract = BASE["contract"].clone();
        contract["custom_fields"] = json!([
            {"id": "mailable", "object": "lead", "kind": "bool", "columns": ["HasOptedOutOfEmail"]},
            {"id": "steward", "object": "account", "kind": "text", "columns": ["Account Owner"]},
            {"id": "remark", "object": "lead", "kind": "text", "columns": ["Procurement remark"]},
            {"id": "legal_notes", "object": "lead", "kind": "text", "columns": ["Notes"]}]);
        contract["fields"] = Value::Array(self.policies.clone());
        contract["protected"] = json!(self.protected);
        contract["lifecycle"] = json!({"allow_backward": self.backward, "stages": [
            {"id": "lead"}, {"id": "mql"}, {"id": "sql"}, {"id": "s5", "names": ["Stufe 5"], "kind": "opportunity"}]});
        contract
    }

    /// The plan; what `check` says may not be automatic is suggested instead.
    fn plan(&self) -> Plan {
        let mut contract = self.json();
        let checked = check(&contract);
        for finding in checked.findings.iter().filter(|finding| finding.code == "protected-auto") {
            let field = finding.address.split('/').nth(2).unwrap();
            for policy in contract["fields"].as_array_mut().unwrap() {
                if policy["field"] == *field {
                    policy["ai"] = json!("suggest");
                }
            }
        }
        let checked = if checked.plan.is_some() { checked } else { check(&contract) };
        checked.plan.unwrap_or_else(|| panic!("{self:?} is refused: {:#?}", checked.findings))
    }
}

fn field() -> impl Strategy<Value = &'static str> {
    prop_oneof![select(&FREE[..]), select(&PROTECTED[..]), Just("lead.lifecycle_stage")]
}

fn policy() -> impl Strategy<Value = Value> {
    let words = (
        select(&["auto", "suggest"][..]),
        select(&["if_empty", "if_higher_confidence", "always"][..]),
        select(&["suggest", "review", "block"][..]),
    );
    (field(), words, 0..=1000_u32, prop::option::of(1..400_u32)).prop_map(|(field, (ai, overwrite, otherwise), at, stale)| {
        let mut policy = json!({"field": field, "ai": ai, "risk": "low", "source_of_truth": "enrichment", "auto_at": at,
            "overwrite": overwrite, "otherwise": otherwise});
        if let Some(stale) = stale {
            policy["stale_after_days"] = json!(stale);
        }
        policy
    })
}

fn contract() -> impl Strategy<Value = Contract> {
    (prop::collection::vec(policy(), 1..4), prop::collection::vec(select(&FREE[..]), 0..2), any::<bool>()).prop_map(
        |(mut policies, protected, backward)| {
            let mut seen = Vec::new();
            policies.retain(|policy| {
                let new = !seen.contains(&policy["field"]);
                seen.push(policy["field"].clone());
                new
            });
            Contract { policies, protected, backward }
        },
    )
}

/// An event that proposes something for fields of the contract, over what stands there.
fn event(contract: &Contract) -> impl Strategy<Value = Value> + use<> {
    let fields: Vec<String> =
        contract.policies.iter().map(|policy| policy["field"].as_str().unwrap().to_owned()).collect();
    let value = || prop_oneof![select(&VALUES[..]), select(&STAGES[..])];
    let time = select(&["2020-01-01T00:00:00Z", "2026-11-01T00:00:00Z"][..]);
    let proposal = (
        select(fields.clone()),
        value(),
        select(&["form", "enrich", "rumour"][..]),
        0..=1000_u32,
        prop::option::of(time),
        any::<bool>(),
    )
        .prop_map(|(field, value, source, confidence, at, reason)| {
            let mut proposal = json!({"field": field, "value": value, "source": source, "confidence": confidence});
            if let Some(at) = at {
                proposal["at"] = json!(at);
            }
            if reason {
                proposal["reason"] = json!("said so");
            }
            proposal
        });
    let stands = (select(fields), prop::option::of(value()), 0..=1000_u32, any::<bool>());
    let who = select(&["kim@acme.com", "lee@acme.com", "x@beta.com", "y@gamma.com"][..]);
    (
        prop::collection::vec(proposal, 1..4),
        prop::collection::vec(stands, 0..4),
        who,
        any::<bool>(),
        prop::option::of(value()),
    )
        .prop_map(|(proposals, stands, email, deal, column)| {
            let mut event = BASE["event"].clone();
            event["fields"]["lead.email"] = json!(email);
            if email == "x@beta.com" {
                event["fields"]["lead.account"] = json!("a2");
            }
            if deal {
                event["record"] = json!({"object": "opportunity", "id": "o1"});
            }
            if let Some(column) = column {
                event["fields"]["HasOptedOutOfEmail"] = json!(column);
            }
            event["present"] = json!({});
            for (field, value, confidence, verified) in stands {
                if let Some(value) = value {
                    event["fields"][&field] = json!(value);
                }
                event["present"][field] =
                    json!({"provider": "form", "confidence": confidence, "human_verified": verified});
            }
            event["proposals"] = json!(proposals);
            event
        })
}

fn case() -> impl Strategy<Value = (Contract, Value)> {
    contract()
        .prop_flat_map(|contract| (event(&contract), Just(contract)).prop_map(|(event, contract)| (contract, event)))
}

fn decided(plan: &Plan, event: &Value) -> (Event, Decision) {
    let event: Event = serde_json::from_value(event.clone()).unwrap();
    let decision = decide(plan, &event, &CRM, State::default(), event.at, 1).0;
    (event, decision)
}

fn updates(decision: &Decision) -> impl Iterator<Item = (&str, &Judged)> {
    let updates = decision.judged.iter().filter(|judged| judged.action == ActionKind::UpdateField);
    updates.map(|judged| (judged.field.as_ref().unwrap().as_str(), judged))
}

/// Said once more in other words than the engine's.
fn has_money(text: &str) -> bool {
    let text = text.to_lowercase();
    ["opportunity", "customer", "won", "stufe 5"].iter().any(|word| text.contains(word))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn nothing_protected_is_automatic((contract, event) in case()) {
        let (_, decision) = decided(&contract.plan(), &event);
        for (field, judged) in updates(&decision) {
            let stage = field.ends_with("lifecycle_stage") || field == "lead.status";
            let money = stage && (has_money(&judged.new) || judged.old.as_deref().is_some_and(has_money));
            if PROTECTED.contains(&field) || contract.protected.contains(&field) || money {
                prop_assert!(judged.uncapped >= Verdict::Review && judged.change.is_none(), "{judged:#?}");
            }
            if field.ends_with("lifecycle_stage") {
                prop_assert!(judged.uncapped >= Verdict::Suggest, "a stage is set: {judged:#?}");
            }
        }
    }

    #[test]
    fn an_opt_out_is_never_cleared((contract, event) in case(), field in select(&OPT_OUTS[..])) {
        let mut contract = contract;
        contract.policies.retain(|policy| policy["field"] != *field);
        contract.policies.push(json!({"field": field, "ai": "suggest", "risk": "low", "auto_at": 0, "overwrite": "always"}));
        let mut event = event;
        for proposal in event["proposals"].as_array_mut().unwrap() {
            proposal["field"] = json!(field);
        }
        let (_, decision) = decided(&contract.plan(), &event);
        for (_, judged) in updates(&decision) {
            prop_assert!(judged.verdict >= Verdict::Review && judged.change.is_none(), "{judged:#?}");
            if !matches!(judged.new.as_str(), "true" | "yes") {
                prop_assert_eq!(judged.verdict, Verdict::Block, "cleared: {:#?}", judged);
            }
        }
    }

    #[test]
    fn a_stricter_threshold_is_never_laxer((contract, event) in case(), more in 0..500_u32, block in 0..500_u32) {
        let mut event = event;
        event["proposals"].as_array_mut().unwrap().truncate(1);
        let (_, before) = decided(&contract.plan(), &event);
        let mut stricter = contract;
        for policy in &mut stricter.policies {
            let at = (policy["auto_at"].as_u64().unwrap() + u64::from(more)).min(1000);
            policy["auto_at"] = json!(at);
            policy["block_below"] = json!(u64::from(block).min(at));
        }
        let (_, after) = decided(&stricter.plan(), &event);
        for ((_, before), (_, after)) in updates(&before).zip(updates(&after)) {
            prop_assert!(after.verdict >= before.verdict, "before {before:#?}\nafter {after:#?}");
        }
    }

    #[test]
    fn every_change_keeps_what_stood_there((contract, event) in case()) {
        let (event, decision) = decided(&contract.plan(), &event);
        for (field, judged) in updates(&decision) {
            let Some(change) = &judged.change else { continue };
            let (object, name) = field.split_once('.').unwrap();
            let raw = event.fields.get(&interlock_core::id::FieldName::from(field));
            prop_assert_eq!(change.record().object.word(), if object == "lead" { event.record.object.word() } else { object });
            if object == "lead" || event.record.object.word() == object {
                let raw = raw.map(|raw| raw.trim());
                prop_assert!(raw.is_some(), "nothing is known of `{field}`: {judged:#?}");
                let blank = raw.is_some_and(|raw| raw.is_empty() || raw == "n/a");
                prop_assert!(if blank { change.old().is_none() } else { change.old() == raw }, "{judged:#?}");
            } else {
                let stood = match (change.record().id.as_str(), name) {
                    ("a1", "industry") => Some("Retail"),
                    ("c1", "title") => Some("Clerk"),
                    ("a2", "industry") => None,
                    other => return Err(TestCaseError::fail(format!("{other:?} is written: {judged:#?}"))),
                };
                prop_assert_eq!(change.old(), stood);
            }
            prop_assert!(event.present.get(&interlock_core::id::FieldName::from(field)).is_none_or(|present| !present.human_verified));
        }
    }
}
