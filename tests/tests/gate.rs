//! What must hold whatever a contract, a lead or a proposal says: the demo's contracts with other thresholds, points,
//! orders and modes, and its leads with other values and proposals.
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

use std::sync::LazyLock;

use interlock_core::check::check;
use interlock_core::contract::{ActionKind, Verdict};
use interlock_core::decide::{Detail, decide, decide_next};
use interlock_core::decision::Decision;
use interlock_core::id::FieldName;
use interlock_core::plan::{Plan, Truth};
use interlock_core::record::{Event, Proposal, State};
use interlock_core::scale::Confidence;
use interlock_tests::{Bench, SEED};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

static DEMO: LazyLock<Bench> = LazyLock::new(|| Bench::demo().unwrap());

static CONTRACTS: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let demo = interlock_demo::workspace();
    let read = |name| serde_json::from_slice(demo.file(name).unwrap()).unwrap();
    vec![read("baseline.json"), read("candidate.json")]
});

/// Fields worth proposing for: free ones, protected ones, one that a score is written to, and strangers.
const FIELDS: [&str; 18] = [
    "lead.industry",
    "lead.employees",
    "lead.domain",
    "lead.website",
    "lead.country",
    "lead.title",
    "lead.owner",
    "lead.lifecycle_stage",
    "lead.status",
    "lead.opted_out",
    "lead.do_not_call",
    "account.owner",
    "account.type",
    "opportunity.stage",
    "opportunity.close_date",
    "opportunity.amount",
    "lead.rep_note",
    "lead.no_such_field",
];

const VALUES: [&str; 16] = [
    "Software",
    "250",
    "true",
    "false",
    "",
    "Customer",
    "Opportunity",
    "MQL",
    "DE",
    "acme.example",
    "no",
    "0",
    "vera.lindqvist@lanternfold.example",
    "Closed Won",
    "not a number",
    "=1+1",
];

/// A policy that lets everything through, as far as a contract can say so.
fn open_policy(field: &str) -> Value {
    json!({"field": field, "ai": "auto", "risk": "low", "source_of_truth": "enrichment", "auto_at": 500,
           "overwrite": "always", "otherwise": "suggest"})
}

/// Changes a contract: thresholds, points, order of rules, modes, and open policies for some fields.
#[derive(Clone, Debug)]
struct Changes {
    contract: usize,
    auto_at: Vec<u32>,
    points: Vec<i64>,
    turn: usize,
    automatic: Vec<bool>,
    /// Which routing rules only suggest, in a pattern that repeats.
    suggests: Vec<bool>,
    open: Vec<&'static str>,
    writes: bool,
}

fn changes() -> impl Strategy<Value = Changes> {
    (
        0..2_usize,
        prop::collection::vec(700..=1000_u32, 4),
        prop::collection::vec(-30..=40_i64, 5),
        0..40_usize,
        prop::collection::vec(any::<bool>(), 8),
        prop::collection::vec(any::<bool>(), 5),
        // Fields that `check` lets a contract open.
        prop::collection::vec(
            select(&["lead.title", "lead.industry", "lead.employees", "lead.lifecycle_stage", "lead.owner"][..]),
            0..4,
        ),
        any::<bool>(),
    )
        .prop_map(|(contract, auto_at, points, turn, automatic, suggests, open, writes)| Changes {
            contract,
            auto_at,
            points,
            turn,
            automatic,
            suggests,
            open,
            writes,
        })
}

fn list<'v>(contract: &'v mut Value, path: &str) -> &'v mut Vec<Value> {
    contract.pointer_mut(path).and_then(Value::as_array_mut).unwrap_or_else(|| panic!("no list {path}"))
}

impl Changes {
    fn contract(&self) -> Value {
        let mut contract = CONTRACTS[self.contract].clone();
        for (policy, auto_at) in list(&mut contract, "/fields").iter_mut().zip(self.auto_at.iter().cycle()) {
            if policy.get("auto_at").is_some() {
                policy["auto_at"] = json!(auto_at);
            }
        }
        for score in list(&mut contract, "/scores") {
            for (rule, points) in list(score, "/rules").iter_mut().zip(self.points.iter().cycle()) {
                rule["points"] = json!(points);
            }
        }
        let rules = list(&mut contract, "/routing/rules");
        for (rule, suggests) in rules.iter_mut().zip(self.suggests.iter().cycle()) {
            if *suggests && rule["to"] != "escalate" {
                rule["mode"] = json!("suggest");
            }
        }
        let turn = self.turn % rules.len();
        rules.rotate_left(turn);
        for (workflow, automatic) in list(&mut contract, "/workflows").iter_mut().zip(self.automatic.iter().cycle()) {
            workflow["mode"] = json!(if *automatic { "automatic" } else { "suggest" });
        }
        let fields = list(&mut contract, "/fields");
        for field in &self.open {
            fields.retain(|policy| policy["field"] != **field);
            fields.push(open_policy(field));
        }
        if self.writes {
            fields.retain(|policy| policy["field"] != "lead.score");
            fields.push(open_policy("lead.score"));
            list(&mut contract, "/scores")[0]["writes"] = json!("lead.score");
        }
        contract
    }

    fn plan(&self) -> Plan {
        let checked = check(&self.contract());
        checked.plan.unwrap_or_else(|| panic!("{self:?} is refused: {:#?}", checked.findings))
    }
}

fn proposal() -> impl Strategy<Value = Proposal> {
    let source =
        select(&["firmographics", "web-research", "conversation", "consent-centre", "nobody", "demo-form"][..]);
    let mut fields = FIELDS.to_vec();
    fields.push("lead.score");
    (select(fields), select(&VALUES[..]), source, 0..=1000_u32).prop_map(|(field, value, source, confidence)| {
        serde_json::from_value(json!({"field": field, "value": value, "source": source, "confidence": confidence}))
            .unwrap()
    })
}

/// A lead of the demo with some fields dropped or replaced, and proposals of its own.
fn event() -> impl Strategy<Value = Event> {
    let edit = (
        select(vec![
            "lead.email",
            "lead.company",
            "lead.country",
            "lead.employees",
            "lead.opted_out",
            "lead.owner",
            "lead.message",
            "lead.source",
            "lead.industry",
            "lead.title",
            "lead.score",
            "lead.lifecycle_stage",
        ]),
        prop::option::of(select(&VALUES[..])),
    );
    (0..2000_usize, prop::collection::vec(edit, 0..5), prop::collection::vec(proposal(), 0..6)).prop_map(
        |(place, edits, mut proposals)| {
            let mut event = DEMO.data.events[place % DEMO.data.events.len()].clone();
            for (field, value) in edits {
                match value {
                    Some(value) => event.fields.insert(field.into(), value.to_owned()),
                    None => event.fields.remove(field),
                };
            }
            event.proposals.append(&mut proposals);
            event
        },
    )
}

fn full(plan: &Plan, event: &Event) -> Decision {
    decide(plan, event, &DEMO.crm, State::default(), DEMO.as_of, SEED).0
}

/// Whether nothing but a person may write this, said once more in other words than the engine's.
fn is_protected(field: &FieldName, new: &str) -> bool {
    let (object, name) = field.as_str().split_once('.').unwrap();
    let new = new.to_lowercase();
    object == "opportunity"
        || matches!((object, name), ("account", "owner" | "type"))
        || matches!(name, "opted_out" | "do_not_call")
        || (name == "lifecycle_stage" && (new.contains("customer") || new.contains("opportunity")))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_gate_holds(changes in changes(), event in event()) {
        let plan = changes.plan();
        let decision = full(&plan, &event);
        let contract = plan.contract();
        for judged in &decision.judged {
            if let Some(field) = &judged.field {
                if is_protected(field, &judged.new) {
                    prop_assert!(judged.verdict > Verdict::Auto && judged.uncapped > Verdict::Auto, "{judged:#?}");
                }
                if field.as_str().ends_with(".opted_out") {
                    prop_assert!(judged.change.is_none(), "an opt-out is changed: {judged:#?}");
                }
            }
            for suppressed in decision.suppressed.iter().filter(|suppressed| suppressed.holds == Truth::Yes) {
                let rule = contract.suppression.iter().find(|rule| rule.id == suppressed.rule).unwrap();
                if rule.blocks.contains(&judged.action) {
                    prop_assert_eq!(judged.verdict, Verdict::Block, "{} blocks it: {:#?}", rule.id, judged);
                } else if rule.reviews.contains(&judged.action) {
                    prop_assert!(judged.verdict >= Verdict::Review, "{} reviews it: {judged:#?}", rule.id);
                }
            }
            let workflow = contract.workflows.iter().find(|workflow| Some(&workflow.id) == judged.workflow.as_ref());
            let automatic = workflow.is_some_and(|workflow| workflow.mode == interlock_core::contract::Mode::Automatic);
            prop_assert!(automatic || judged.verdict > Verdict::Auto, "automatic without a workflow in that mode: {judged:#?}");
            let suggests = |rule: &interlock_core::id::RuleId| {
                let rules = &contract.routing.as_ref().unwrap().rules;
                rules.iter().any(|one| one.id == *rule && one.mode == interlock_core::contract::Mode::Suggest)
            };
            let held = decision.route.iter().filter(|_| judged.action == ActionKind::Assign && judged.to.is_empty()).flat_map(|route| &route.held);
            let capped: Vec<_> = held.filter(|rule| suggests(rule)).collect();
            prop_assert!(capped.is_empty() || judged.verdict > Verdict::Auto, "a rule that suggests assigns: {judged:#?}");
            let said: Vec<_> = judged.reasons.iter().filter(|reason| reason.code == "rule-suggests").filter_map(|reason| reason.rule.as_ref()).collect();
            if judged.uncapped == Verdict::Auto {
                prop_assert_eq!(said.len(), capped.len(), "each that suggests says so: {:#?}", judged);
            }
            prop_assert!(said.iter().all(|rule| capped.contains(rule)), "{judged:#?}");
            prop_assert!(judged.verdict >= judged.uncapped, "a mode made a verdict laxer: {judged:#?}");
            prop_assert!(judged.verdict == Verdict::Auto || !judged.reasons.is_empty(), "no reason: {judged:#?}");
            let strictest = judged.reasons.iter().map(|reason| reason.verdict).max().unwrap_or(Verdict::Auto);
            prop_assert_eq!(strictest, judged.verdict, "the strictest reason is the verdict: {:#?}", judged);
            prop_assert_eq!(judged.change.is_some(), judged.verdict == Verdict::Auto && !judged.no_op);
            if let Some(change) = &judged.change {
                prop_assert_eq!(change.old(), judged.old.as_deref());
                prop_assert_eq!(change.new_value(), &judged.new);
                prop_assert_ne!(change.old(), Some(change.new_value()), "a change of nothing");
                stood_there(judged.action, change.field(), change.old(), &event)?;
            }
        }
    }

    #[test]
    fn outcome_and_full_trace_agree(changes in changes(), event in event()) {
        let plan = changes.plan();
        let mut state = State::default();
        let short = decide_next(&plan, &event, &DEMO.crm, &mut state, DEMO.as_of, SEED, Detail::Outcome);
        let (long, after) = decide(&plan, &event, &DEMO.crm, State::default(), DEMO.as_of, SEED);
        prop_assert_eq!(&short.outcome, &long.outcome);
        prop_assert_eq!(&short.lifecycle, &long.lifecycle);
        let route = |decision: &Decision| decision.route.as_ref().map(|route| (route.target.clone(), route.rule.clone(), route.held.clone(), route.fragile));
        prop_assert_eq!(route(&short), route(&long));
        let suppressed = |decision: &Decision| decision.suppressed.iter().map(|suppressed| (suppressed.rule.clone(), suppressed.holds)).collect::<Vec<_>>();
        prop_assert_eq!(suppressed(&short), suppressed(&long));
        let verdicts = |decision: &Decision| decision.judged.iter().map(|judged| (judged.action, judged.verdict, judged.uncapped, judged.no_op)).collect::<Vec<_>>();
        prop_assert_eq!(verdicts(&short), verdicts(&long));
        prop_assert_eq!(points(&short), points(&long));
        prop_assert_eq!(state, after);
    }

    #[test]
    fn a_mode_never_reroutes_or_rescores(mut changes in changes(), event in event(), place in 0..8_usize) {
        let before = full(&changes.plan(), &event);
        changes.automatic[place] = !changes.automatic[place];
        let after = full(&changes.plan(), &event);
        prop_assert_eq!(&before.route, &after.route);
        prop_assert_eq!(&before.outcome.place, &after.outcome.place);
        prop_assert_eq!(&before.scores, &after.scores);
        prop_assert_eq!(&before.lifecycle, &after.lifecycle);
        let uncapped = |decision: &Decision| decision.judged.iter().map(|judged| judged.uncapped).collect::<Vec<_>>();
        prop_assert_eq!(uncapped(&before), uncapped(&after));
    }

    #[test]
    fn a_rules_mode_never_reroutes_or_rescores(mut changes in changes(), event in event(), place in 0..5_usize) {
        let before = full(&changes.plan(), &event);
        changes.suggests[place] = !changes.suggests[place];
        let after = full(&changes.plan(), &event);
        prop_assert_eq!(&before.route, &after.route);
        prop_assert_eq!(&before.outcome.place, &after.outcome.place);
        prop_assert_eq!(&before.scores, &after.scores);
        prop_assert_eq!(&before.lifecycle, &after.lifecycle);
        let uncapped = |decision: &Decision| decision.judged.iter().map(|judged| judged.uncapped).collect::<Vec<_>>();
        prop_assert_eq!(uncapped(&before), uncapped(&after));
    }

    #[test]
    fn a_higher_threshold_is_never_laxer(mut changes in changes(), event in event(), place in 0..4_usize, more in 0..300_u32) {
        let before = full(&changes.plan(), &event);
        changes.auto_at[place] = (changes.auto_at[place] + more).min(1000);
        let after = full(&changes.plan(), &event);
        let proposed = |decision: &Decision| decision.judged.iter().filter(|judged| judged.source.is_some()).cloned().collect::<Vec<_>>();
        let (before, after) = (proposed(&before), proposed(&after));
        prop_assert_eq!(before.len(), event.proposals.len());
        for (before, after) in before.iter().zip(&after) {
            prop_assert!(after.verdict >= before.verdict, "before {before:#?}\nafter {after:#?}");
        }
    }

    #[test]
    fn more_confidence_is_never_stricter(changes in changes(), mut event in event(), one in proposal(), more in 0..400_u32) {
        let plan = changes.plan();
        event.proposals = vec![one];
        let before = full(&plan, &event);
        let confidence = u32::from(event.proposals[0].confidence.get());
        event.proposals[0].confidence = serde_json::from_value::<Confidence>(json!((confidence + more).min(1000))).unwrap();
        let after = full(&plan, &event);
        let verdict = |decision: &Decision| decision.judged.iter().find(|judged| judged.source.is_some()).map(|judged| judged.verdict);
        prop_assert!(verdict(&after) <= verdict(&before));
    }

    #[test]
    fn an_unknown_condition_selects_no_rule(changes in changes(), event in event()) {
        let decision = full(&changes.plan(), &event);
        if let Some(route) = &decision.route {
            let holds = |rule: &interlock_core::id::RuleId| route.asked.iter().find(|asked| asked.rule == *rule).map(|asked| asked.holds);
            for rule in route.held.iter().chain(&route.rule) {
                prop_assert_eq!(holds(rule), Some(Truth::Yes), "{}", rule);
            }
            for undecided in &route.undecided {
                prop_assert!(!undecided.missing.is_empty(), "`{}` cannot be decided and nothing is missing", undecided.rule);
                prop_assert!(!route.held.contains(&undecided.rule));
            }
        }
        for scored in &decision.scores {
            let sum: i32 = scored.contributions.iter().map(|contribution| contribution.points.0).sum();
            prop_assert_eq!(sum, scored.points.0, "contributions of `{}`", scored.score);
            for missing in &scored.missing {
                prop_assert!(scored.contributions.iter().all(|contribution| contribution.rule != missing.rule));
            }
        }
    }
}

fn points(decision: &Decision) -> Vec<(i32, Option<String>)> {
    decision.scores.iter().map(|scored| (scored.points.0, scored.band.as_ref().map(ToString::to_string))).collect()
}

/// The old value of a change is what the event said stood there.
fn stood_there(
    action: ActionKind,
    field: Option<&FieldName>,
    old: Option<&str>,
    event: &Event,
) -> Result<(), TestCaseError> {
    let raw = |name: &str| event.fields.get(&FieldName::from(name)).map(|raw| raw.trim()).filter(|raw| !raw.is_empty());
    match (action, field) {
        (ActionKind::UpdateField, Some(field)) if event.fields.contains_key(field) => {
            let stands = raw(field.as_str());
            // Placeholders such as "n/a" count as blank.
            let placeholder = old.is_none() && stands.is_some_and(|text| text.len() < 16);
            prop_assert!(old.map(str::trim) == stands || placeholder, "`{field}`: {old:?} is not {stands:?}");
        }
        (ActionKind::Assign, _) => {
            let stands = raw("lead.owner").map(|owner| DEMO.crm.owner_id(owner).to_string());
            prop_assert_eq!(old, stands.as_deref());
        }
        _ => {}
    }
    Ok(())
}

#[test]
fn opening_a_protected_field_is_refused() {
    for field in ["lead.opted_out", "lead.do_not_call", "account.owner", "account.type", "opportunity.stage"] {
        let mut contract = CONTRACTS[0].clone();
        let fields = list(&mut contract, "/fields");
        fields.retain(|policy| policy["field"] != *field);
        fields.push(open_policy(field));
        let checked = check(&contract);
        assert!(checked.plan.is_none(), "`{field}` may be automatic");
        assert!(checked.findings.iter().any(|finding| finding.address.contains(field)), "{:#?}", checked.findings);
    }
}
