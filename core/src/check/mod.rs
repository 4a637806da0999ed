//! Checking a contract: every finding at once, and a [`Plan`] when there is no error.
//!
//! Input: a contract as text or JSON, half-written as it may be. Output: [`Checked`]. Invariant: this is the only way
//! to a plan, and a plan exists only where no finding is an error. Every code is documented in `docs/findings.md`.

mod calendars;
mod condition;
mod fields;
mod finding;
mod handoff;
mod identity;
mod lists;
mod names;
mod pools;
mod readiness;
mod routing;
mod scores;
mod sections;
mod sender;
mod sla;
mod terms;
mod territories;
mod workflows;

use std::sync::Arc;

use serde_json::Value;

pub use finding::{Finding, Severity, TextPlace};
pub use names::{FactEntry, vocabulary};

use crate::contract::{Contract, ReviewRule};
use crate::decision::Authority;
use crate::json;
use crate::map::{Map, Set};
use crate::normal::country::CountryCode;
use crate::normal::date::DayOrder;
use crate::normal::zone::Zone;
use crate::plan::condition::Op;
use crate::plan::{Fact, Plan, RoutingPlan};
use crate::record::{LeadField, LeadFields};
use crate::scale::Currency;
use names::Names;
#[cfg(feature = "scorecard")]
pub(crate) use names::object_kind;

/// What checking a contract found.
#[derive(Clone, Debug)]
pub struct Checked {
    /// Everything there is to say, in the order of the file.
    pub findings: Vec<Finding>,
    /// The contract as far as it could be read.
    pub contract: Option<Arc<Contract>>,
    /// The plan; none where a finding is an error.
    pub plan: Option<Plan>,
}

impl Checked {
    /// Whether the contract can be used.
    #[must_use]
    pub const fn is_usable(&self) -> bool {
        self.plan.is_some()
    }

    /// The gravest severity found.
    #[must_use]
    pub fn worst(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).max()
    }
}

/// Checks a contract as text; findings have their place in it.
#[must_use]
pub fn check_text(text: &str) -> Checked {
    let mut findings = Vec::new();
    let Some(value) = json::read(text, &mut findings) else { return Checked { findings, contract: None, plan: None } };
    let mut checked = check(&value);
    findings.append(&mut checked.findings);
    json::locate(text, &value, &mut findings);
    let usable = findings.iter().all(|finding| finding.severity < Severity::Error);
    Checked { findings, contract: checked.contract, plan: checked.plan.filter(|_| usable) }
}

/// Checks a contract as a JSON value.
#[must_use]
pub fn check(value: &Value) -> Checked {
    let mut findings = Vec::new();
    let Some(contract) = json::decode_contract(value, &mut findings).map(Arc::new) else {
        return Checked { findings, contract: None, plan: None };
    };
    let whole = findings.iter().all(|finding| finding.severity < Severity::Error);
    let mut context = Context {
        names: Names::of(&contract),
        findings,
        reads: Map::new(),
        wanted: LeadFields::of(&[]),
        territories: contract.territories.len(),
        tests: Vec::new(),
        scores: 0,
        reviews: 0,
        zone: None,
        whole,
    };
    let digest = digest(value, &contract, &mut context);
    let plan = compile(&contract, digest, &mut context);
    readiness::check(&contract, &mut context);
    sender::check(&contract, &mut context);
    let findings = context.findings;
    let usable = findings.iter().all(|finding| finding.severity < Severity::Error);
    Checked { findings, contract: Some(contract), plan: usable.then_some(plan) }
}

/// What checking knows and has found so far.
struct Context {
    names: Names,
    findings: Vec<Finding>,
    /// Facts that conditions read.
    reads: Map<Fact, crate::id::FieldName>,
    /// The fields of a lead among them; while a workflow is compiled, its own.
    wanted: LeadFields,
    /// How many territories there are, whose answers are kept before those of tests.
    territories: usize,
    /// The tests of conditions whose answers are kept, by their places.
    tests: Vec<(Fact, Op)>,
    /// How many scores stand before what is compiled, which it may read.
    scores: usize,
    /// How many review rules there are, shared and of workflows.
    reviews: usize,
    /// How the clocks go where the contract is from.
    zone: Option<Zone>,
    /// Whether the contract was read whole: only then does absence mean anything.
    whole: bool,
}

impl Context {
    /// A condition or a list reads a fact.
    fn read(&mut self, fact: Fact, name: &str) {
        self.reads.get_or_insert(fact, || name.into());
        if let Fact::Lead(slot) = fact {
            self.wanted = self.wanted.with(usize::from(slot));
        }
    }

    fn say(
        &mut self,
        severity: Severity,
        code: &str,
        address: impl Into<String>,
        message: String,
        help: Option<String>,
    ) {
        let address = address.into();
        self.findings.push(Finding { code: code.to_owned(), severity, address, message, help, place: None });
    }

    fn error(&mut self, code: &str, address: impl Into<String>, message: String, help: impl Into<Option<String>>) {
        self.say(Severity::Error, code, address, message, help.into());
    }

    fn warn(&mut self, code: &str, address: impl Into<String>, message: String, help: impl Into<Option<String>>) {
        self.say(Severity::Warning, code, address, message, help.into());
    }

    /// Nothing is called so.
    fn unknown_fact(&mut self, name: &str, address: String) {
        let help = self.names.nearest(name).map(|near| format!("did you mean `{near}`?"));
        self.error("unknown-fact", address, format!("nothing is called `{name}`"), help);
    }

    /// Ids of one list: well-formed and each only once.
    fn ids<'i>(&mut self, list: &str, ids: impl Iterator<Item = &'i str>) {
        let mut seen = Set::new();
        for id in ids {
            let address = format!("{list}/{id}");
            if !crate::id::is_well_formed(id) {
                let help =
                    "use lower-case letters, digits, `.`, `_` and `-`, starting with a letter or digit, at most 64";
                self.error("bad-id", &address, format!("`{id}` is not an id"), help.to_owned());
            }
            if !seen.insert(id) {
                let help = "give one of them another id; rules are addressed by id".to_owned();
                self.error("duplicate-id", &address, format!("`{id}` stands twice in `{list}`"), help);
            }
        }
    }
}

fn digest(value: &Value, contract: &Contract, context: &mut Context) -> String {
    match json::digest(value) {
        Ok(digest) => {
            if let Some(stated) = contract.digest.as_ref().filter(|stated| **stated != digest) {
                let message = format!(
                    "the contract was changed after it was exported: its digest is `{stated}`, its content has `{digest}`"
                );
                let help =
                    "remove `digest` to go on with the changed contract, or take the exported file again".to_owned();
                context.error("wrong-digest", "/digest", message, help);
            }
            digest
        }
        Err(error) => {
            context.error("no-canonical-form", "", error.to_string(), None);
            String::new()
        }
    }
}

fn compile(contract: &Arc<Contract>, digest: String, context: &mut Context) -> Plan {
    let settings = sections::settings(contract, context);
    context.zone = settings.zone;
    let custom = sections::custom_fields(contract, context);
    let sources = sections::sources(contract, context);
    let lists = lists::compile(contract, context);
    let territories = territories::compile(contract, context);
    let terms = terms::compile(contract, context);
    let passed_over = identity::check(contract, context);
    let workflows = workflows::compile(contract, context);
    let (fields, policies) = fields::compile(contract, context);
    let scores = scores::compile(contract, context);
    let grades = scores::grades(contract, context);
    let suppression = sections::suppression(contract, context);
    let reviews = sections::reviews(&contract.review, "/review", context);
    let routing: RoutingPlan = routing::compile(contract, context);
    let lifecycle = sections::lifecycle(contract, context);
    let next_steps = handoff::compile(contract, context);
    let budgets = sections::promises(contract, context);
    let mut plan = Plan {
        contract: Arc::clone(contract),
        authority: Arc::new(Authority {
            id: contract.id.to_string(),
            version: contract.version.clone(),
            digest: digest.clone(),
        }),
        digest,
        currency: settings.currency,
        country: settings.country,
        day_order: settings.day_order,
        zone: settings.zone,
        wanted: LeadFields::of(&[LeadField::Source, LeadField::Owner, LeadField::LifecycleStage]).and(context.wanted),
        sources,
        custom,
        passed_over,
        lists,
        territories,
        kept: context.territories + context.tests.len() + context.reviews,
        reviews_kept: context.territories + context.tests.len(),
        workflows,
        fields,
        policies,
        terms,
        scores,
        grades,
        suppression,
        reviews,
        samples: shared_and_own(contract).any(|rule| rule.sample.is_some()),
        touches: false,
        routing,
        lifecycle,
        next_steps,
        budgets,
        reads: std::mem::take(&mut context.reads),
    };
    for (place, written) in contract.scores.iter().enumerate() {
        let fact = written.writes.as_ref().and_then(|field| plan.fact_of(field));
        if let Some(score) = plan.scores.get_mut(place) {
            score.writes = fact;
        }
        if let Some(Fact::Lead(slot)) = fact {
            plan.wanted = plan.wanted.with(usize::from(slot));
        }
    }
    for (place, written) in contract.grades.iter().enumerate() {
        let fact = written.writes.as_ref().and_then(|field| plan.fact_of(field));
        if let Some(grade) = plan.grades.get_mut(place) {
            grade.writes = fact;
        }
        if let Some(Fact::Lead(slot)) = fact {
            plan.wanted = plan.wanted.with(usize::from(slot));
        }
    }
    terms::unread(contract, &plan, context);
    let (mut wanted, mut unzoned) = (plan.wanted, false);
    for fact in plan.reads.keys() {
        match fact {
            Fact::Touches(_) => {
                plan.touches = true;
                wanted = wanted.with(LeadField::Email.slot());
            }
            Fact::LeadHour | Fact::LeadWeekday => {
                wanted = wanted.and(LeadFields::of(&[LeadField::TimeZone, LeadField::Country]));
            }
            Fact::EventHour | Fact::EventWeekday if contract.settings.time_zone.is_none() => unzoned = true,
            _ => {}
        }
    }
    // Who had the person or the company before is known by these.
    if contract.routing.iter().flat_map(|routing| &routing.pools).any(|pool| !pool.sticky.is_empty()) {
        wanted = wanted.and(LeadFields::of(&[LeadField::Email, LeadField::Domain]));
    }
    if unzoned && context.whole {
        let message = "conditions read `event.hour` or `event.weekday`, but nothing says in which time zone".to_owned();
        let help = "name one, such as `Europe/Berlin`; without it they are unknown".to_owned();
        context.warn("no-time-zone", "/settings/time_zone", message, help);
    }
    plan.wanted = wanted;
    plan
}

/// Every review rule, shared or of a workflow.
fn shared_and_own(contract: &Contract) -> impl Iterator<Item = &ReviewRule> {
    contract.review.iter().chain(contract.workflows.iter().flat_map(|workflow| &workflow.review))
}

/// What the settings section comes to.
struct Settled {
    currency: Currency,
    country: Option<CountryCode>,
    day_order: Option<DayOrder>,
    zone: Option<Zone>,
}
