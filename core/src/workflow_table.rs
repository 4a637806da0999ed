//! The workflows of a contract as a table: trigger, AI action, CRM update, control rule, handoff, in plain words.
//!
//! Input: a contract as JSON, whole or half-written. Output: a [`Row`] for each workflow, in the contract's order.
//! Invariant: only what the contract says is said; a word that is not known is shown as it is written. Shared sections
//! count as far as they concern an action of the workflow, as they do for the gate.

mod bearing;
mod words;

use serde::Serialize;
use serde_json::Value;

use self::words::{agent, eligible, field, id_words, mille, said, texts};
pub use self::words::{agent_name, condition, reviewer, stage};
use crate::contract::Verdict;
use crate::json::address;
use crate::text;

/// One workflow.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Row {
    /// Where it stands: `/workflows/follow-up`.
    pub address: String,
    /// Its id.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Who acts: an agent and its motion.
    pub agent: String,
    /// `suggest` or `automatic`.
    pub mode: String,
    /// What starts it: any of the events, and the condition where there is one.
    pub trigger: Vec<String>,
    /// What the AI does.
    pub action: Vec<String>,
    /// What it writes to the CRM.
    pub update: Vec<Group>,
    /// What holds it back.
    pub control: Vec<Group>,
    /// Who decides when it must not, and over what.
    pub handoff: Vec<Group>,
    /// Which records it may touch.
    pub eligible: String,
    /// Which it leaves alone.
    pub exclusions: Vec<Said>,
    /// Each field it may write, and from which confidence on.
    pub fields: Vec<Said>,
    /// Suppressions that block or hold one of its actions.
    pub suppressions: Vec<Said>,
    /// Each review rule that concerns one of its actions.
    pub reviews: Vec<Said>,
    /// What improves if it works, and how far it should.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metric: Option<String>,
}

/// Several things of one kind: "Suggested: revenue, source".
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Group {
    /// What they have in common.
    pub head: String,
    /// The things.
    pub items: Vec<String>,
}

/// A rule in words, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Said {
    /// Its id, or the field.
    pub id: String,
    /// In words.
    pub text: String,
    /// Where it stands in the contract.
    pub address: String,
    /// Whether it is this workflow's own; shared ones hold for all.
    pub own: bool,
}

/// The workflows of a contract, a row each.
#[must_use]
pub fn workflow_table(contract: &Value) -> Vec<Row> {
    items(contract, "workflows").enumerate().map(|(place, workflow)| row(contract, workflow, place)).collect()
}

/// The items of a list; none where there is no list.
fn items<'v>(parent: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    parent.get(key).and_then(Value::as_array).into_iter().flatten()
}

fn word<'v>(parent: &'v Value, key: &str) -> &'v str {
    parent.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn row(contract: &Value, workflow: &Value, place: usize) -> Row {
    let id = word(workflow, "id");
    let step = if id.is_empty() { place.to_string() } else { id.to_owned() };
    let at = address::join("/workflows", &step);
    let name = workflow.get("name").and_then(Value::as_str).map_or_else(|| id_words(id), str::to_owned);
    let actions: Vec<&str> = texts(workflow.get("actions")).collect();
    let automatic = word(workflow, "mode") == "automatic";

    let fields = if actions.contains(&"update_field") { fields(contract, workflow, &at) } else { Vec::new() };
    let exclusions: Vec<Said> = items(workflow, "exclusions")
        .map(|exclusion| {
            let unknown = match word(exclusion, "when_unknown") {
                "ignore" => "",
                "block" => "; left alone too where that is not known",
                _ => "; a person looks where that is not known",
            };
            let text = format!("{}{unknown}", condition(exclusion.get("when").unwrap_or(&Value::Null)));
            said(word(exclusion, "id"), text, &address::join(&at, "exclusions"), true)
        })
        .collect();
    let suppressions = suppressions(contract, &actions);
    let reviews = reviews(contract, workflow, &actions, &at);

    Row {
        id: id.to_owned(),
        name,
        version: word(workflow, "version").to_owned(),
        agent: agent(word(workflow, "agent"), items(contract, "agents")),
        mode: if automatic { "automatic" } else { "suggest" }.to_owned(),
        trigger: trigger(workflow),
        action: actions.iter().map(|action| words::action(action)).collect(),
        update: updates(contract, &fields, &actions, automatic),
        control: control(workflow, &exclusions, &suppressions, automatic, suggesting(contract, &actions)),
        handoff: handoff(contract, workflow, &actions),
        eligible: eligible(workflow.get("eligible")),
        exclusions,
        fields: fields.into_iter().map(|field| field.said).collect(),
        suppressions,
        reviews,
        metric: workflow.get("success_metric").map(words::metric),
        address: at,
    }
}

fn trigger(workflow: &Value) -> Vec<String> {
    let Some(trigger) = workflow.get("trigger") else { return Vec::new() };
    let days = trigger.get("after_days").and_then(Value::as_u64);
    let mut said: Vec<String> = texts(trigger.get("on")).map(|event| words::event(event, days)).collect();
    if let Some(when) = trigger.get("when") {
        said.push(format!("only if {}", condition(when)));
    }
    said
}

/// A field the workflow may write.
struct Field {
    name: String,
    /// The laxest verdict its policy allows here.
    most: Verdict,
    /// How much it has to do with what the workflow is about.
    bearing: usize,
    said: Said,
}

/// The fields AI may write under the shared policies, as far as this workflow does not forbid them.
fn fields(contract: &Value, workflow: &Value, at: &str) -> Vec<Field> {
    let mut fields = Vec::new();
    let subject = bearing::Subject::of(workflow);
    for policy in items(contract, "fields") {
        let name = word(policy, "field");
        let tighter = items(workflow, "fields").find(|tighter| word(tighter, "field") == name);
        let of = |key: &str| tighter.and_then(|tighter| tighter.get(key)).or_else(|| policy.get(key));
        let ai = of("ai").and_then(Value::as_str).unwrap_or("never");
        let most = match (ai, word(policy, "risk")) {
            ("auto", "low") => Verdict::Auto,
            ("auto" | "suggest", "high") => Verdict::Review,
            ("auto" | "suggest", _) => Verdict::Suggest,
            _ => continue,
        };
        let mut text = match most {
            Verdict::Auto => "automatic".to_owned(),
            Verdict::Suggest => "suggested".to_owned(),
            Verdict::Review | Verdict::Block => "always for review".to_owned(),
        };
        if let (Verdict::Auto, Some(from)) = (most, of("auto_at").and_then(mille)) {
            text.push_str(" from ");
            text.push_str(&from);
        }
        if let Some(below) = of("block_below").and_then(mille) {
            text.push_str(", blocked below ");
            text.push_str(&below);
        }
        let parent = if tighter.is_some() { address::join(at, "fields") } else { "/fields".to_owned() };
        fields.push(Field {
            name: field(name),
            most,
            bearing: subject.bearing(name, word(policy, "source_of_truth"), tighter.is_some()),
            said: said(name, text, &parent, tighter.is_some()),
        });
    }
    fields
}

/// What its actions make comes first: that differs between workflows even where all share their field policies. Of the
/// fields those come first that the workflow is about.
fn updates(contract: &Value, fields: &[Field], actions: &[&str], automatic: bool) -> Vec<Group> {
    let mut groups = Vec::new();
    let records: Vec<String> = actions.iter().filter_map(|action| written(contract, action)).collect();
    if !records.is_empty() {
        groups.push(Group { head: "Writes".to_owned(), items: records });
    }
    let mut fields: Vec<&Field> = fields.iter().collect();
    fields.sort_by_key(|field| std::cmp::Reverse(field.bearing));
    // In suggestion mode nothing is written by itself.
    let shown = |field: &Field| if automatic { field.most } else { field.most.stricter(Verdict::Suggest) };
    for (verdict, head) in
        [(Verdict::Auto, "Automatic"), (Verdict::Suggest, "Suggested"), (Verdict::Review, "For review")]
    {
        let items: Vec<String> =
            fields.iter().filter(|field| shown(field) == verdict).map(|field| field.name.clone()).collect();
        if !items.is_empty() {
            groups.push(Group { head: head.to_owned(), items });
        }
    }
    groups
}

/// What an action leaves in the CRM besides fields; for stages, those the contract recommends.
fn written(contract: &Value, action: &str) -> Option<String> {
    let noun = words::written(action)?;
    let mut stages: Vec<String> = Vec::new();
    if action == "change_stage" {
        for rule in contract.get("lifecycle").into_iter().flat_map(|lifecycle| items(lifecycle, "recommend")) {
            let to = stage(contract, word(rule, "to"));
            if !to.is_empty() && !stages.contains(&to) {
                stages.push(to);
            }
        }
    }
    if stages.is_empty() {
        return Some(noun.to_owned());
    }
    Some(format!("{noun} ({})", words::either(&stages)))
}

/// The routing rules that only suggest, where it assigns.
fn suggesting(contract: &Value, actions: &[&str]) -> Vec<String> {
    let routing = contract.get("routing").filter(|_| actions.contains(&"assign"));
    let rules = routing.into_iter().flat_map(|routing| items(routing, "rules"));
    rules.filter(|rule| word(rule, "mode") == "suggest").map(|rule| id_words(word(rule, "id"))).collect()
}

fn control(
    workflow: &Value,
    exclusions: &[Said],
    suppressions: &[Said],
    automatic: bool,
    suggesting: Vec<String>,
) -> Vec<Group> {
    let group = |head: &str, items: Vec<String>| Group { head: head.to_owned(), items };
    let mode = match automatic {
        true => "acts where policies, review rules and suppression let it",
        false => "a person takes each suggestion",
    };
    let mut groups = vec![group(if automatic { "Automatic" } else { "Suggestion mode" }, vec![mode.to_owned()])];
    if automatic && !suggesting.is_empty() {
        groups.push(group("Only suggests owners by", suggesting));
    }
    if let Some(when) = workflow.get("eligible") {
        groups.push(group("Only if", vec![condition(when)]));
    }
    let ids = |said: &[Said]| said.iter().map(|said| id_words(&said.id)).collect::<Vec<_>>();
    if !exclusions.is_empty() {
        groups.push(group("Leaves alone", ids(exclusions)));
    }
    if !suppressions.is_empty() {
        groups.push(group("Held back by", ids(suppressions)));
    }
    let (never, stricter): (Vec<&Value>, Vec<&Value>) =
        items(workflow, "fields").partition(|tighter| word(tighter, "ai") == "never");
    for (head, tighter) in [("Stricter here", stricter), ("Never writes", never)] {
        let names: Vec<String> = tighter.into_iter().map(|tighter| field(word(tighter, "field"))).collect();
        if !names.is_empty() {
            groups.push(group(head, names));
        }
    }
    groups
}

/// Those of a rule's actions that the workflow does.
fn concerns(listed: Option<&Value>, actions: &[&str]) -> Vec<String> {
    texts(listed).filter(|action| actions.contains(action)).map(words::action).collect()
}

/// What a suppression does to some actions: `blocks: enrol in a sequence; sends to review: send a message`.
fn stops(rule: &Value, named: impl Fn(Option<&Value>) -> Vec<String>) -> String {
    let mut parts = Vec::new();
    for (key, does) in [("blocks", "blocks"), ("reviews", "sends to review")] {
        let named = named(rule.get(key));
        if !named.is_empty() {
            parts.push(format!("{does}: {}", named.join(", ")));
        }
    }
    if !parts.is_empty() {
        parts.extend(rule.get("reviewer").map(|who| format!("looked at by: {}", reviewer(who))));
    }
    parts.join("; ")
}

/// What a suppression of the contract stops: `blocks: enrol in a sequence; sends to review: send a message`. Empty where
/// there is no such suppression.
#[must_use]
pub fn suppression(contract: &Value, id: &str) -> String {
    let rule = items(contract, "suppression").find(|rule| word(rule, "id") == id);
    rule.map_or_else(String::new, |rule| stops(rule, |listed| texts(listed).map(words::action).collect()))
}

/// What people call a workflow of the contract; its id where it has no name.
#[must_use]
pub fn workflow_name(contract: &Value, id: &str) -> String {
    let found = items(contract, "workflows").find(|workflow| word(workflow, "id") == id);
    found.and_then(|workflow| workflow.get("name")?.as_str()).unwrap_or(id).to_owned()
}

fn suppressions(contract: &Value, actions: &[&str]) -> Vec<Said> {
    let mut found = Vec::new();
    for rule in items(contract, "suppression") {
        let stops = stops(rule, |listed| concerns(listed, actions));
        if !stops.is_empty() {
            let when = condition(rule.get("when").unwrap_or(&Value::Null));
            let text = format!("if {when}; {stops}");
            found.push(said(word(rule, "id"), text, "/suppression", false));
        }
    }
    found
}

/// The review rules that concern an action of the workflow: its own first, then the shared ones.
fn review_rules<'v>(contract: &'v Value, workflow: &'v Value, actions: &[&str]) -> Vec<(&'v Value, bool)> {
    let own = items(workflow, "review").map(|rule| (rule, true));
    let shared = items(contract, "review").map(|rule| (rule, false));
    own.chain(shared)
        .filter(|(rule, _)| {
            let mut listed = texts(rule.get("actions")).peekable();
            listed.peek().is_none() || listed.any(|action| actions.contains(&action))
        })
        .collect()
}

fn reviews(contract: &Value, workflow: &Value, actions: &[&str], at: &str) -> Vec<Said> {
    let mut found = Vec::new();
    for (rule, own) in review_rules(contract, workflow, actions) {
        let when = condition(rule.get("when").unwrap_or(&Value::Null));
        let mut text = format!("{}, if {when}", reviewer(rule.get("reviewer").unwrap_or(&Value::Null)));
        let named = concerns(rule.get("actions"), actions);
        if !named.is_empty() {
            text.push_str("; holds: ");
            text.push_str(&named.join(", "));
        }
        if let Some(reason) = rule.get("reason").and_then(Value::as_str) {
            text.push_str("; because ");
            text.push_str(reason);
        }
        let parent = if own { address::join(at, "review") } else { "/review".to_owned() };
        found.push(said(word(rule, "id"), text, &parent, own));
    }
    found
}

/// Who decides: under the workflow's own rules each reviewer with what they decide, and in one line what the shared rules
/// send to a person besides. Where it has none of its own, the shared ones' reviewers.
fn handoff(contract: &Value, workflow: &Value, actions: &[&str]) -> Vec<Group> {
    let rules = review_rules(contract, workflow, actions);
    let has_own = rules.iter().any(|(_, own)| *own);
    let mut groups: Vec<Group> = Vec::new();
    for (rule, own) in rules {
        let head = match has_own && !own {
            true => "Shared rules".to_owned(),
            false => text::capital(&reviewer(rule.get("reviewer").unwrap_or(&Value::Null))),
        };
        let over = match word(rule, "trigger") {
            "custom" | "" => id_words(word(rule, "id")),
            _ if own => id_words(word(rule, "id")),
            trigger => trigger.replace('_', " "),
        };
        match groups.iter_mut().find(|group| group.head == head) {
            Some(group) if group.items.contains(&over) => {}
            Some(group) => group.items.push(over),
            None => groups.push(Group { head, items: vec![over] }),
        }
    }
    groups
}

#[cfg(test)]
mod tests;
