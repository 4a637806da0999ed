//! The starting contract is usable as it stands, starts in suggestion mode, and is what its documentation says.
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

use std::collections::BTreeSet;
use std::path::Path;

use interlock_core::check::{Checked, check_text};
use interlock_core::contract::{
    ActionKind, Contract, MaxVerdict, Mode, ReviewTrigger, SourceKind, SuppressionKind, Workflow,
};
use serde::Serialize;
use serde_json::Value;

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn checked() -> Checked {
    check_text(&read("contracts/starting.json"))
}

fn contract() -> Contract {
    Contract::clone(checked().contract.as_deref().unwrap())
}

fn word(value: impl Serialize) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
}

#[test]
fn it_is_usable_without_a_finding() {
    let checked = checked();
    assert!(checked.is_usable() && checked.findings.is_empty(), "{:#?}", checked.findings);
}

/// As the panel exports it, so that an export that was edited differs in the edits alone.
#[test]
fn it_is_written_as_an_export_is() {
    let text = read("contracts/starting.json");
    let value: Value = serde_json::from_str(&text).unwrap();
    assert!(text == format!("{value:#}\n"), "write it with two spaces of indent and one line an item");
}

#[test]
fn it_has_the_eight_workflows_all_in_suggestion_mode() {
    let contract = contract();
    let ids: Vec<_> = contract.workflows.iter().map(|workflow| workflow.id.as_str()).collect();
    let expected = [
        "inbound-lead-qualification",
        "hot-lead-routing",
        "outbound-lead-creation",
        "outbound-research",
        "follow-up",
        "lifecycle-recommendation",
        "duplicate-clean-up",
        "dormant-reactivation",
    ];
    assert_eq!(ids, expected);
    assert!(contract.workflows.iter().all(|workflow| workflow.mode == Mode::Suggest && !workflow.version.is_empty()));
    let agents: Vec<_> = contract.agents.iter().map(|agent| (agent.id.as_str(), agent.motion.word())).collect();
    assert_eq!(agents, [("alim", "inbound"), ("vera", "outbound")]);
}

/// Whatever there is a word for, somebody may want to govern: each has its rule.
#[test]
fn it_leaves_nothing_out() {
    use ReviewTrigger as R;
    use SourceKind as S;
    use SuppressionKind as K;
    let contract = contract();
    let sources: Vec<_> = contract.sources.iter().map(|source| source.kind).collect();
    for kind in [
        S::DemoRequest,
        S::Form,
        S::Chat,
        S::EmailReply,
        S::Linkedin,
        S::OutboundList,
        S::Enrichment,
        S::Calendar,
        S::CallNotes,
        S::Import,
        S::ProductSignal,
    ] {
        assert!(sources.contains(&kind), "no source is a {}", kind.word());
    }
    let suppressed: BTreeSet<_> = contract.suppression.iter().map(|rule| rule.kind).collect();
    for kind in [
        K::OptOut,
        K::DoNotCall,
        K::Customer,
        K::OpenOpportunity,
        K::StrategicAccount,
        K::Competitor,
        K::Partner,
        K::Investor,
        K::RegulatedAccount,
        K::DuplicatePending,
        K::Bounced,
        K::FrequencyCap,
        K::QuietHours,
        K::Custom,
    ] {
        assert!(suppressed.contains(&kind), "nothing suppresses {kind:?}");
    }
    let reviews: Vec<_> = contract.workflows.iter().flat_map(|workflow| &workflow.review).collect();
    let reviews: Vec<_> = contract.review.iter().chain(reviews).map(|rule| rule.trigger).collect();
    for trigger in [
        R::LowConfidence,
        R::HighValue,
        R::StrategicAccount,
        R::AmbiguousIdentity,
        R::StageChange,
        R::SensitiveQuestion,
        R::BrandSensitive,
        R::ConflictingData,
        R::Suppression,
        R::Sampling,
        R::Custom,
    ] {
        assert!(reviews.contains(&trigger), "no review rule is for {trigger:?}");
    }
    let does = |action| contract.workflows.iter().any(|workflow| workflow.actions.contains(&action));
    for action in ActionKind::ALL {
        assert!(does(action), "no workflow does `{action}`");
    }
}

/// What must be filled in is at example domains and the like, never somebody's.
#[test]
fn its_placeholders_are_plainly_placeholders() {
    let text = read("contracts/starting.json");
    for at in text.match_indices('@').map(|(at, _)| &text[at + 1..]) {
        let domain = &at[..at.find('"').unwrap()];
        assert!(domain == "example.com" || domain.ends_with(".example"), "`{domain}` could be somebody's");
    }
    let description = contract().description.unwrap();
    for named in ["example.com", "strategic-account.example", "your-company.example", "own-people"] {
        assert!(description.contains(named), "the description does not say what `{named}` is for");
    }
}

/// The words in backticks of one cell of the table.
fn named(cell: &str) -> BTreeSet<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn its_documentation_says_what_it_does() {
    let contract = contract();
    let doc = read("docs/starting-contract.md");
    let section = doc.split("## The eight workflows").nth(1).unwrap().split("\n## ").next().unwrap().to_owned();
    let rows: Vec<Vec<&str>> = section
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| workflow"))
        .map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect())
        .collect();
    assert_eq!(rows.len(), contract.workflows.len());
    for (row, workflow) in rows.iter().zip(&contract.workflows) {
        let [title, trigger, action, update, control, person] = row[..] else { panic!("six cells: {row:?}") };
        holds(workflow, &contract, title, [trigger, action, update, control]);
        assert!(!person.is_empty());
    }
}

#[test]
fn its_documentation_says_how_often_and_when() {
    let doc = read("docs/starting-contract.md");
    let section = doc.split("## How often and when").nth(1).unwrap().split("\n## ").next().unwrap();
    let kinds = [SuppressionKind::FrequencyCap, SuppressionKind::QuietHours];
    let contract = contract();
    let rules = contract.suppression.iter().filter(|rule| kinds.contains(&rule.kind)).map(|rule| rule.id.to_string());
    let told = section.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next().map(str::to_owned));
    let told: BTreeSet<String> = told.collect();
    assert_eq!(told, rules.collect());
}

fn holds(workflow: &Workflow, contract: &Contract, title: &str, [trigger, action, update, control]: [&str; 4]) {
    let id = &workflow.id;
    assert!(title.starts_with(workflow.name.as_deref().unwrap()), "{id}: {title}");
    let agent = workflow.agent.as_ref().map(|agent| format!("({agent})"));
    assert_eq!(title.to_lowercase().find('(').map(|at| title[at..].to_lowercase()), agent, "{id}");
    let events: BTreeSet<String> =
        workflow.trigger.as_ref().unwrap().on.iter().map(|on| on.word().to_owned()).collect();
    let triggers: BTreeSet<String> =
        named(trigger).into_iter().filter(|word| !["hot", "high"].contains(&&**word)).collect();
    assert_eq!(triggers, events, "{id}: what starts it");
    assert_eq!(named(action), workflow.actions.iter().map(word).collect(), "{id}: what it does");
    for field in named(update) {
        let policy = contract.fields.iter().find(|policy| policy.field.as_str() == field);
        let policy = policy.unwrap_or_else(|| panic!("{id}: nothing says what may be done to `{field}`"));
        let here = workflow.fields.iter().find(|one| one.field == policy.field).and_then(|one| one.ai);
        assert!(policy.ai != MaxVerdict::Never && here != Some(MaxVerdict::Never), "{id}: AI never touches `{field}`");
    }
    let exclusions = workflow.exclusions.iter().flatten().map(|rule| rule.id.to_string());
    let rules = exclusions.chain(workflow.review.iter().map(|rule| rule.id.to_string()));
    assert_eq!(named(control), rules.collect(), "{id}: what holds it back");
}
