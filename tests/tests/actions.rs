//! What must hold for every action that is proposed, whatever suppression, mode, match and principal: many small contracts
//! and events, each decided in full and for its outcome alone.
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

use std::sync::LazyLock;

use interlock_core::audit;
use interlock_core::check::check;
use interlock_core::contract::{ActionKind, Mode, Verdict};
use interlock_core::crm;
use interlock_core::decide::{Detail, decide, decide_next};
use interlock_core::decision::Decision;
use interlock_core::gate::{Approval, Refusal, approve, roll_back};
use interlock_core::plan::{Plan, Truth};
use interlock_core::preview::{Side, explain};
use interlock_core::record::{ActionProposal, Because, Crm, Deed, Event, Object, State};
use interlock_core::time::Timestamp;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

const ACTIONS: [&str; 13] = [
    "create",
    "link",
    "merge",
    "assign",
    "change_stage",
    "create_task",
    "add_to_campaign",
    "enrol",
    "draft_message",
    "send_message",
    "ask_question",
    "book_meeting",
    "research_note",
];

static BASE: LazyLock<Value> = LazyLock::new(|| {
    let text = include_str!("../corpus/base.json");
    serde_json::from_str(text).unwrap()
});

/// Plans that differ in mode, suppression, review and routing; made once, since checking is slow and deciding is not.
static PLANS: LazyLock<Vec<(Plan, Crm)>> = LazyLock::new(|| (0..32).map(plan).collect());

fn plan(number: u32) -> (Plan, Crm) {
    let bit = |place: u32| number >> place & 1 == 1;
    let mut contract = BASE["contract"].clone();
    let all: Vec<&str> = ACTIONS.iter().copied().chain(["update_field"]).collect();
    contract["agents"][0]["capabilities"] = json!(all);
    contract["workflows"][0]["actions"] = json!(all);
    contract["workflows"][0]["mode"] = json!(if bit(0) { "automatic" } else { "suggest" });
    let blocks = ["send_message", "enrol", "add_to_campaign", "assign", "link", "update_field"];
    // Beside those that automatic mode needs.
    let more = json!([
        {"id": "opt-out", "kind": "opt_out", "when": {"fact": "lead.opted_out", "is": true},
         "when_unknown": if bit(1) { "review" } else { "block" }, "blocks": blocks},
        {"id": "customers", "kind": "customer", "when": {"fact": "account.customer", "is": true},
         "blocks": ["create_task", "ask_question"], "reviews": ["draft_message", "change_stage", "assign"]},
    ]);
    let kept = contract["suppression"].as_array_mut().unwrap();
    kept.extend(more.as_array().unwrap().iter().cloned());
    contract["scores"] = json!([{"id": "fit", "writes": "lead.score",
        "rules": [{"id": "retail", "when": {"fact": "lead.industry", "is": "retail"}, "points": 30}]}]);
    let fields = contract["fields"].as_array_mut().unwrap();
    fields.push(json!({"field": "lead.score", "ai": "auto", "risk": "low", "source_of_truth": "scoring_model",
        "auto_at": 0, "overwrite": "always"}));
    fields.push(json!({"field": "account.industry", "ai": "auto", "risk": "low", "auto_at": 0, "overwrite": "always"}));
    contract["lifecycle"] = json!({"stages": [{"id": "lead", "names": ["Lead"]}, {"id": "mql", "names": ["MQL"]}],
        "recommend": [{"id": "retail", "to": "mql", "when": {"fact": "score.fit", "at_least": 1}}]});
    contract["handoff"]["next_steps"] = json!([
        {"id": "retail", "when": {"fact": "lead.industry", "is": "retail"}, "text": "Call Kim."},
        {"id": "answer", "when": {"all": []}, "text": "Answer by e-mail."}]);
    if bit(2) {
        contract["review"] = json!([
            {"id": "words", "trigger": "sensitive_question", "when": {"fact": "action.text", "contains": ["price"]},
             "reviewer": {"role": "closer"}},
            {"id": "sample", "trigger": "sampling", "when": {"all": []}, "sample": {"first": 1, "then_one_in": 2},
             "reviewer": {"role": "sdr_lead"}},
        ]);
    }
    if bit(3) {
        contract["routing"] = json!({"rules": [{"id": "owner", "when": {"all": []}, "to": "account_owner"}]});
    }
    if bit(4) {
        contract["settings"]["reviewer"] = json!({"role": "desk"});
    }
    let checked = check(&contract);
    let plan = checked.plan.unwrap_or_else(|| panic!("{:#?}", checked.findings));
    let table = |text: &str, object| {
        let options = crm::Options { object: Some(object), ..crm::Options::default() };
        crm::read("t.csv", text.as_bytes(), &options).unwrap()
    };
    let tables = [
        table("Id,Name,Website,Type,OwnerId\na1,Acme,acme.com,Customer,u1\na2,Beta,beta.com,,\n", Object::Account),
        table("Id,FirstName,LastName,Email\nc1,Kim,Ito,kim@acme.com\nc2,Kim,Ito,kim@acme.com\n", Object::Contact),
    ];
    let crm = Crm::build(&tables, &plan);
    (plan, crm)
}

fn action() -> impl Strategy<Value = ActionProposal> {
    let to = select(&["", "a1", "bob@example.com", "Customer", "MQL", "2026-12-01T09:00:00Z", "1"][..]);
    let text = select(&["", "Call Kim.", "What price would suit you?"][..]);
    let evidence = prop::option::of(select(&["", "https://acme.example/news"][..]));
    let source = prop::option::of(select(&["form", "enrich", "rumour", "nobody"][..]));
    let agent = prop::option::of(select(&["alim", "vera", "hugo"][..]));
    (select(&ACTIONS[..]), to, text, evidence, source, agent, any::<(bool, bool)>()).prop_map(
        |(action, to, text, evidence, source, agent, (message, other))| {
            let mut value = json!({"action": action, "to": to, "text": text});
            if let Some(evidence) = evidence {
                value["statements"] = json!([{"text": "They are hiring.", "evidence": [evidence]}]);
            }
            if let Some(source) = source {
                value["source"] = json!(source);
                value["confidence"] = json!(900);
            }
            if let Some(agent) = agent {
                value["agent"] = json!(agent);
            }
            if message {
                value["message"] = json!({"from": "ann@example.com", "body": text, "category": "marketing"});
            }
            if other {
                value["record"] = json!({"object": "contact", "id": "c1"});
            }
            serde_json::from_value(value).unwrap()
        },
    )
}

fn event() -> impl Strategy<Value = Event> {
    let email = select(&["kim@acme.com", "new@beta.com", "new@gamma.com", ""][..]);
    let opted_out = select(&["yes", "no", ""][..]);
    let principal = prop::option::of(select(vec![
        json!({"agent": "alim"}),
        json!({"agent": "vera"}),
        json!({"person": "ann@example.com"}),
        json!({"system": "consent-centre"}),
    ]));
    let motion = prop::option::weighted(0.2, Just("outbound"));
    let stands = (
        select(&["lead", "contact"][..]),
        prop::option::of(select(&["", "ann@example.com", "bob@example.com"][..])),
        prop::option::of(select(&["", "30", "12"][..])),
    );
    (email, opted_out, principal, motion, stands, prop::collection::vec(action(), 0..4)).prop_map(
        |(email, opted_out, principal, motion, (object, owner, score), actions)| {
            let mut event = BASE["event"].clone();
            event["fields"]["lead.email"] = json!(email);
            event["fields"]["lead.opted_out"] = json!(opted_out);
            event["fields"]["lead.industry"] = json!("Retail");
            event["fields"]["lead.lifecycle_stage"] = json!("Lead");
            event["fields"].as_object_mut().unwrap().remove("lead.owner");
            for (field, value) in [("lead.owner", owner), ("lead.score", score)] {
                if let Some(value) = value {
                    event["fields"][field] = json!(value);
                }
            }
            event["record"]["object"] = json!(object);
            event["proposals"] = json!([
                {"field": "lead.industry", "value": "Software", "source": "form", "confidence": 990},
                {"field": "account.industry", "value": "Software", "source": "enrich", "confidence": 990}]);
            event["principal"] = json!(principal);
            event["motion"] = json!(motion);
            let mut event: Event = serde_json::from_value(event).unwrap();
            event.actions = actions;
            event
        },
    )
}

fn decided(number: usize, event: &Event) -> (&'static Plan, Decision, State) {
    let (plan, crm) = &PLANS[number % PLANS.len()];
    let (decision, state) = decide(plan, event, crm, State::default(), event.at, 7);
    (plan, decision, state)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn a_suppressed_action_is_never_automatic(number in 0..32_usize, event in event()) {
        let (plan, decision, _) = decided(number, &event);
        for judged in &decision.judged {
            for suppressed in decision.suppressed.iter().filter(|suppressed| suppressed.holds == Truth::Yes) {
                let rule = plan.contract().suppression.iter().find(|rule| rule.id == suppressed.rule).unwrap();
                if rule.blocks.contains(&judged.action) {
                    prop_assert_eq!(judged.verdict, Verdict::Block, "{:#?}", judged);
                } else if rule.reviews.contains(&judged.action) {
                    prop_assert!(judged.verdict >= Verdict::Review, "{judged:#?}");
                }
                prop_assert!(judged.change.is_none() || !rule.blocks.contains(&judged.action));
            }
        }
    }

    #[test]
    fn suggestion_mode_never_yields_auto(number in 0..32_usize, event in event()) {
        let (plan, decision, _) = decided(number, &event);
        for judged in &decision.judged {
            let workflow = plan.contract().workflows.iter().find(|one| Some(&one.id) == judged.workflow.as_ref());
            let person = judged.by.as_ref().is_some_and(|by| matches!(by, interlock_core::record::Principal::Person(_)));
            let automatic = person || workflow.is_some_and(|workflow| workflow.mode == Mode::Automatic);
            prop_assert!(automatic || judged.verdict > Verdict::Auto, "{judged:#?}");
        }
    }

    #[test]
    fn no_review_is_without_a_reviewer(number in 0..32_usize, event in event()) {
        let (_, decision, _) = decided(number, &event);
        for judged in &decision.judged {
            prop_assert_eq!(judged.reviewer.is_some(), judged.verdict == Verdict::Review, "{:#?}", judged);
            prop_assert!(judged.verdict == Verdict::Auto || !judged.reasons.is_empty(), "{judged:#?}");
        }
    }

    #[test]
    fn every_action_is_answered_in_its_order_and_the_same_without_words(
        number in 0..32_usize, event in event(), refused in any::<u32>(), waits in any::<bool>(),
    ) {
        // What a person made of an earlier decision on the same.
        let (plan, earlier, _) = decided(number, &event);
        let mut before = State::default();
        if waits {
            before.wait(&earlier);
        }
        for (place, judged) in earlier.judged.iter().enumerate().filter(|(place, _)| refused >> place & 1 == 1) {
            let because = if place % 2 == 0 { Because::Rejected } else { Because::RolledBack };
            before.refuse(judged, because);
        }
        let (_, crm) = &PLANS[number];
        let (decision, after) = decide(plan, &event, crm, before.clone(), event.at, 7);
        for (place, judged) in decision.judged.iter().enumerate() {
            let same = earlier.judged.get(place).is_some_and(|earlier| (&earlier.record, &earlier.new) == (&judged.record, &judged.new));
            if refused >> place & 1 == 1 && same {
                prop_assert_eq!(judged.verdict, Verdict::Block, "it is repeated: {:#?}", judged);
            }
        }
        let asked: Vec<ActionKind> = event.actions.iter().map(|action| action.action.kind()).collect();
        let answers = decision.judged.len() - asked.len();
        let answered: Vec<ActionKind> = decision.judged[answers..].iter().map(|judged| judged.action).collect();
        prop_assert_eq!(asked, answered);
        let mut state = before;
        let short = decide_next(plan, &event, crm, &mut state, event.at, 7, Detail::Outcome);
        let verdicts = |decision: &Decision| {
            let each = decision.judged.iter().map(|judged| (judged.action, judged.verdict, judged.uncapped, judged.no_op));
            each.collect::<Vec<_>>()
        };
        prop_assert_eq!(verdicts(&short), verdicts(&decision));
        prop_assert_eq!(&short.outcome, &decision.outcome);
        prop_assert_eq!(state, after);
        // In words too, each is there.
        let stages = explain(&decision, Side { plan, crm });
        let said = stages.iter().flat_map(|(_, text)| &text.lines).filter(|line| line.verdict.is_some());
        prop_assert_eq!(said.count(), decision.judged.len());
    }

    #[test]
    fn a_merge_a_stranger_and_money_are_never_automatic(number in 0..32_usize, event in event()) {
        let (_, decision, _) = decided(number, &event);
        for judged in &decision.judged {
            let money = judged.action == ActionKind::ChangeStage && judged.new == "Customer";
            if judged.action == ActionKind::Merge || money {
                prop_assert!(judged.uncapped >= Verdict::Review, "{judged:#?}");
            }
            if judged.change.is_some() && judged.action != ActionKind::Assign {
                prop_assert!(!judged.new.is_empty() || judged.action == ActionKind::Create, "{judged:#?}");
            }
            if let Some(change) = &judged.change {
                prop_assert_eq!((change.to(), change.by(), change.field()), (&*judged.to, None, judged.field.as_ref()));
            }
        }
    }
}

#[test]
fn a_write_is_no_action() {
    assert_eq!(Deed::new(ActionKind::UpdateField), None);
    for kind in ActionKind::ALL.into_iter().filter(|kind| *kind != ActionKind::UpdateField) {
        assert_eq!(Deed::new(kind).map(Deed::kind), Some(kind));
    }
    let error = serde_json::from_value::<ActionProposal>(json!({"action": "update_field"})).unwrap_err().to_string();
    assert!(error.contains("propose the value under `proposals`"), "{error}");
    let mut event = BASE["event"].clone();
    event["actions"] = json!([{"action": "update_field"}]);
    let line = event.to_string();
    let error = crm::read_events("events.jsonl", line.as_bytes()).unwrap_err().to_string();
    assert!(error.contains("not proposed under `actions`"), "{error}");
}

#[test]
fn state_is_read_as_it_was_written() {
    let at = Timestamp::parse("2026-11-23T09:00:00Z").unwrap();
    let mut value = BASE["event"].clone();
    value["actions"] = json!([{"action": "merge", "to": "7"}]);
    let event: Event = serde_json::from_value(value).unwrap();
    let (plan, crm) = &PLANS[1];
    let (decision, mut state) = decide(plan, &event, crm, State::default(), at, 7);
    state.wait(&decision);
    state.refuse(&decision.judged[0], Because::Rejected);
    let again: State = serde_json::from_str(&serde_json::to_string(&state).unwrap()).unwrap();
    assert_eq!(state, again);
    assert!(state.settle(&event.record, ActionKind::Merge, None));
    assert!(!state.settle(&event.record, ActionKind::Merge, None));
    assert_eq!(serde_json::to_value(State::default()).unwrap(), json!({"pools": {}}));
}

#[test]
fn the_link_that_identity_found_may_be_suggested() {
    let (plan, crm) = &PLANS[1];
    let linked = |to: &str| {
        let mut value = BASE["event"].clone();
        value["fields"]["lead.account"] = json!("a1");
        value["actions"] = json!([{"action": "link", "to": to}]);
        let event: Event = serde_json::from_value(value).unwrap();
        let decision = decide(plan, &event, crm, State::default(), event.at, 7).0;
        decision.judged.last().unwrap().reasons.iter().map(|reason| reason.code).collect::<Vec<_>>()
    };
    assert!(!linked("a1").contains(&"other-account") && linked("a1").contains(&"decided-by-stages"));
    assert!(linked("a2").contains(&"other-account"));
}

#[test]
fn an_approval_is_held_by_the_contract_in_force_and_by_what_stands_there() {
    let (plan, crm) = &PLANS[1];
    let at = Timestamp::parse("2026-11-23T09:00:00Z").unwrap();
    let mut value = BASE["event"].clone();
    value["fields"]["lead.industry"] = json!("Retail");
    value["proposals"] = json!([{"field": "lead.industry", "value": "Software", "source": "form", "confidence": 990}]);
    let event: Event = serde_json::from_value(value).unwrap();
    let decision = decide(plan, &event, crm, State::default(), at, 7).0;
    let judged = decision.judged.iter().find(|judged| judged.source.is_some()).unwrap();
    assert_eq!(judged.verdict, Verdict::Review);
    let approval = |instead: Option<&str>| Approval {
        by: "ann".to_owned(),
        at,
        instead: instead.map(str::to_owned),
        note: String::new(),
    };

    let change = approve(plan, judged, &approval(None), Some("Retail")).unwrap();
    assert_eq!((change.by(), change.to(), change.field()), (Some("ann"), "", judged.field.as_ref()));
    assert_eq!((change.old(), change.new_value()), (Some("Retail"), "Software"));
    // What the person would have instead stands there already.
    assert_eq!(approve(plan, judged, &approval(Some("Retail")), Some("Retail")), Err(Refusal::NothingToDo));
    // By now the contract lets nobody but people write the field.
    let mut contract = BASE["contract"].clone();
    contract["fields"][0] = json!({"field": "lead.industry", "ai": "never", "risk": "low"});
    let stricter = check(&contract).plan.unwrap();
    let refused = approve(&stricter, judged, &approval(None), Some("Retail")).unwrap_err();
    assert_eq!(refused.to_string(), "it is blocked: the contract does not let `lead.industry` be written");

    let asked = decision.audit.iter().find(|entry| entry.source.is_some()).unwrap();
    // To the second, the contract's thirty days.
    let entry = audit::approved(asked, &approval(None), &change);
    let order =
        |seconds| Approval { at: Timestamp::from_seconds(at.seconds() + 30 * 86_400 + seconds), ..approval(None) };
    assert!(roll_back(plan, &entry, &order(0), Some("Software")).is_ok());
    let late = roll_back(plan, &entry, &order(1), Some("Software")).unwrap_err();
    assert_eq!(late.to_string(), "the contract's time for taking changes back is over");
}
