//! Promotion advice: whether the evidence supports doing automatically what is suggested, or suggesting again what is done.
//!
//! Input: the contract, answered suggestions, what became of what was done automatically. Output: [`Advice`] for each field,
//! workflow and rule with evidence, with the reason in words and the edits that would follow. Invariant: never for a
//! protected field or one of more than low risk; no advice to automate that `check` would refuse; nothing is edited here.
//! The lower end of the interval must reach what the contract's `promotion` asks, over its least sample, and the later half
//! must not be worse than the earlier one ([`super::is_worse`]).

mod rules;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::board::Names;
use super::calibration::{steps_of, threshold};
use super::finish::Fate;
use super::tally::Resolved;
use super::{Interval, Share, is_worse, percent};
use crate::audit::Says;
use crate::check::{Severity, check};
use crate::contract::{Contract, FieldPolicy, MaxVerdict, Mode, Promotion, Risk, Workflow};
use crate::json::Decode;
use crate::protected::{self, Guard};
use crate::scale::Confidence;
use crate::text::count;
use crate::time::Timestamp;

/// What the evidence supports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Course {
    /// Take it back: suggest again, or ask more confidence.
    TakeBack,
    /// Do more of it automatically.
    Automate,
    /// Leave it.
    Keep,
}

/// What advice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// A workflow's mode.
    Workflow,
    /// A field's policy.
    Field,
    /// A routing rule's mode; or a review rule, which has no switch of its own: nothing is edited.
    Rule,
}

impl About {
    /// The word used in JSON, panel and command.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Workflow => "workflow",
            Self::Field => "field",
            Self::Rule => "rule",
        }
    }
}

/// What the evidence supports, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Advice {
    /// About what.
    pub about: About,
    /// Which one.
    pub id: String,
    /// What to do.
    pub course: Course,
    /// Why, in words.
    pub reason: String,
    /// What it stands on.
    pub evidence: Evidence,
    /// What would have to change in the contract; nothing where it is to be kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub edits: Vec<Edit>,
}

/// What advice stands on, in the days before that the contract says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Evidence {
    /// Accepted unchanged, of those answered.
    pub accepted: Share,
    /// Where that share lies with 95 in 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<Interval>,
    /// The same of the earlier half,
    pub earlier: Share,
    /// and of the later.
    pub later: Share,
    /// Whether the later half is worse by more than chance explains.
    pub worse: bool,
    /// Corrected or taken back, of what was done automatically; for routing rules of all assignments, for those that only
    /// suggest of what people approved.
    pub corrected: Share,
    /// Where that share lies with 95 in 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrected_interval: Option<Interval>,
}

/// One edit of a contract, at an address as differences have them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Edit {
    /// Where: `/fields/lead.industry/auto_at`.
    pub address: String,
    /// What stands there; none where nothing does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    /// What should.
    pub after: Value,
}

impl Advice {
    /// The course in words.
    #[must_use]
    pub const fn words(&self) -> &'static str {
        match self.course {
            Course::TakeBack if self.edits.is_empty() => "look again",
            Course::TakeBack => "take back",
            Course::Automate => "supports automation",
            Course::Keep => "keep",
        }
    }
}

impl Evidence {
    /// Of answers in order of time.
    fn of<'r>(resolved: impl Iterator<Item = &'r Resolved>, fates: &mut dyn Iterator<Item = &'r Fate<'r>>) -> Self {
        let right: Vec<bool> = resolved.map(|one| one.says == Says::Accepted).collect();
        let (earlier, later) = right.split_at(right.len() / 2);
        let share = |half: &[bool]| {
            let mut share = Share::default();
            half.iter().for_each(|right| share.add(*right));
            share
        };
        let (accepted, earlier, later) = (share(&right), share(earlier), share(later));
        let mut corrected = Share::default();
        fates.for_each(|fate| corrected.add(fate.corrected));
        Self {
            accepted,
            interval: accepted.wilson(),
            earlier,
            later,
            worse: is_worse(earlier, later),
            corrected,
            corrected_interval: corrected.wilson(),
        }
    }

    const fn is_none(&self) -> bool {
        self.accepted.of == 0 && self.corrected.of == 0
    }

    /// Why it does not suffice, where it does not.
    fn lacks(&self, asked: &Promotion) -> Option<String> {
        let few = u64::from(asked.min_resolved);
        if self.accepted.of < few {
            let answered = count(self.accepted.of, "answer", "answers");
            return Some(format!("{answered} in {} days, {few} are needed", asked.within_days));
        }
        let low = self.interval.map_or(0, |interval| interval.low);
        if low < u32::from(asked.at_least.get()) * 10 {
            let least = percent(low);
            return Some(format!(
                "{} accepted unchanged: at least {least} with 95 in 100, {} are asked",
                of(self.accepted),
                asked.at_least
            ));
        }
        self.worse.then(|| {
            let (earlier, later) = (of(self.earlier), of(self.later));
            format!(
                "it gets worse: {earlier} accepted in the earlier half, {later} in the later, more than chance explains"
            )
        })
    }

    /// Why it should be taken back, where it should.
    fn against(&self, asked: &Promotion) -> Option<String> {
        let low = self.corrected_interval.filter(|_| !self.corrected.is_few())?.low;
        (low > u32::from(asked.take_back_above.get()) * 10).then(|| {
            let (share, low) = (of(self.corrected), percent(low));
            format!(
                "people corrected or took back {share}: at least {low} with 95 in 100, {} are borne",
                asked.take_back_above
            )
        })
    }

    fn supports(&self) -> String {
        let low = self.interval.map_or(0, |interval| interval.low);
        format!(
            "{} accepted unchanged, at least {} with 95 in 100, and not getting worse",
            of(self.accepted),
            percent(low)
        )
    }
}

fn of(share: Share) -> String {
    format!("{} of {}", share.hits, share.of)
}

/// Everything that there is evidence for: what to take back first, then what to automate.
pub(super) fn advise(
    contract: &Contract,
    resolved: &[Resolved],
    fates: &[Fate<'_>],
    names: &Names,
    as_of: Timestamp,
) -> Vec<Advice> {
    let asked = contract.promotion.clone().unwrap_or_default();
    let since = as_of.plus_days(-i64::from(asked.within_days));
    let resolved: Vec<&Resolved> = resolved.iter().filter(|one| one.belongs.at >= since).collect();
    let fates: Vec<&Fate<'_>> = fates.iter().filter(|fate| fate.done.belongs.at >= since).collect();
    let mut all = Vec::new();
    for workflow in &contract.workflows {
        let Some(id) = names.find(workflow.id.as_str()) else { continue };
        let held = resolved.iter().copied().filter(|one| one.by_mode && !one.review && one.belongs.workflow() == id);
        let mut done = fates.iter().copied().filter(|fate| fate.done.automatic && fate.done.belongs.workflow() == id);
        let evidence = Evidence::of(held, &mut done);
        if !evidence.is_none() {
            all.push(workflow_advice(contract, workflow, evidence, &asked));
        }
    }
    for policy in &contract.fields {
        let Some(id) = names.find(policy.field.as_str()) else { continue };
        let suggested = resolved.iter().copied().filter(|one| one.is_field && one.what == id && !one.review);
        let done = |fate: &&Fate<'_>| fate.done.automatic && !fate.done.assign && fate.done.what == id;
        let evidence = Evidence::of(suggested.clone(), &mut fates.iter().copied().filter(done));
        if !evidence.is_none() {
            let answers: Vec<&Resolved> = suggested.collect();
            all.push(field_advice(contract, policy, evidence, &answers, &asked));
        }
    }
    rules::advise(contract, &resolved, &fates, names, &asked, &mut all);
    crate::order::sort_by(&mut all, |a, b| (a.course, a.about, &a.id).cmp(&(b.course, b.about, &b.id)));
    all
}

fn workflow_advice(contract: &Contract, workflow: &Workflow, evidence: Evidence, asked: &Promotion) -> Advice {
    let address = format!("/workflows/{}/mode", workflow.id);
    let edit = |before: &str, after: &str| Edit { address, before: Some(json!(before)), after: json!(after) };
    let (course, reason, edits) = match workflow.mode {
        Mode::Automatic => match evidence.against(asked) {
            Some(why) => (Course::TakeBack, why, vec![edit("automatic", "suggest")]),
            None => (Course::Keep, format!("it acts by itself; {}", kept(&evidence)), Vec::new()),
        },
        Mode::Suggest => match evidence.lacks(asked) {
            Some(why) => (Course::Keep, why, Vec::new()),
            None => {
                let mut edited = contract.clone();
                let found = edited.workflows.iter_mut().find(|one| one.id == workflow.id);
                found.into_iter().for_each(|one| one.mode = Mode::Automatic);
                match refused(edited) {
                    Some(why) => (Course::Keep, format!("{}, but {why}", evidence.supports()), Vec::new()),
                    None => (Course::Automate, evidence.supports(), vec![edit("suggest", "automatic")]),
                }
            }
        },
    };
    Advice { about: About::Workflow, id: workflow.id.to_string(), course, reason, evidence, edits }
}

fn kept(evidence: &Evidence) -> String {
    match evidence.corrected.of {
        0 => "nothing was done automatically".to_owned(),
        _ => format!("people corrected or took back {}", of(evidence.corrected)),
    }
}

fn field_advice(
    contract: &Contract,
    policy: &FieldPolicy,
    evidence: Evidence,
    answers: &[&Resolved],
    asked: &Promotion,
) -> Advice {
    let (course, reason, edits) = field_course(contract, policy, &evidence, answers, asked);
    Advice { about: About::Field, id: policy.field.to_string(), course, reason, evidence, edits }
}

fn field_course(
    contract: &Contract,
    policy: &FieldPolicy,
    evidence: &Evidence,
    answers: &[&Resolved],
    asked: &Promotion,
) -> (Course, String, Vec<Edit>) {
    let keep = |why: String| (Course::Keep, why, Vec::new());
    let at = |key: &str| format!("/fields/{}/{key}", policy.field);
    let ai = |after: MaxVerdict| Edit {
        address: at("ai"),
        before: Some(json!(policy.ai.word())),
        after: json!(after.word()),
    };
    let auto_at = |after: Confidence| Edit {
        address: at("auto_at"),
        before: policy.auto_at.map(|at| json!(at.get())),
        after: json!(after.get()),
    };
    if let Some(why) = evidence.against(asked).filter(|_| policy.ai == MaxVerdict::Auto) {
        return (Course::TakeBack, why, vec![ai(MaxVerdict::Suggest)]);
    }
    if protected::guard(contract, policy.field.as_str()).0 != Guard::Free {
        return keep("it is protected: a person always approves it".to_owned());
    }
    match policy.risk {
        Risk::Low => {}
        Risk::Medium => return keep("its risk is medium: it is suggested at most".to_owned()),
        Risk::High => return keep("its risk is high: a person always reviews it".to_owned()),
    }
    let steps = steps_of(answers.iter().copied());
    let found = threshold(&steps, asked.at_least, u64::from(asked.min_resolved));
    let floor = policy.block_below.unwrap_or_default();
    let suffices = found.map(|found| found.from.max(floor));
    if let (MaxVerdict::Auto, Some(now)) = (policy.ai, policy.auto_at) {
        // What is above the threshold and was suggested all the same, by its workflow's mode or by the overwrite rule.
        let mut above = Share::default();
        steps.iter().filter(|step| step.confidence >= now).for_each(|step| above.join(step.share));
        let doubtful = above.of >= u64::from(asked.min_resolved)
            && above.wilson().is_some_and(|interval| interval.high < u32::from(asked.at_least.get()) * 10);
        return match suffices {
            Some(higher) if doubtful && higher > now => {
                let why = format!("from {now} on only {} were accepted unchanged; from {higher} on enough", of(above));
                (Course::TakeBack, why, vec![auto_at(higher)])
            }
            _ if doubtful => {
                let why = format!("from {now} on only {} were accepted unchanged", of(above));
                (Course::TakeBack, why, vec![ai(MaxVerdict::Suggest)])
            }
            Some(lower) if lower < now && !evidence.worse => {
                let mut edited = contract.clone();
                let policies = edited.fields.iter_mut().filter(|one| one.field == policy.field);
                policies.for_each(|one| one.auto_at = Some(lower));
                match refused(edited) {
                    Some(why) => keep(why),
                    None => {
                        let share = found.map_or(evidence.accepted, |found| found.share);
                        let why = format!(
                            "from {lower} on {} were accepted unchanged; it is automatic from {now}",
                            of(share)
                        );
                        (Course::Automate, why, vec![auto_at(lower)])
                    }
                }
            }
            _ => {
                keep(evidence.lacks(asked).unwrap_or_else(|| format!("automatic from {now}, as the evidence supports")))
            }
        };
    }
    if policy.ai == MaxVerdict::Never {
        return keep("the contract leaves it to people".to_owned());
    }
    if let Some(why) = evidence.lacks(asked) {
        return keep(why);
    }
    let Some(from) = suffices else {
        return keep(format!("{}, but no confidence is stated by which to tell", evidence.supports()));
    };
    let mut edited = contract.clone();
    for one in edited.fields.iter_mut().filter(|one| one.field == policy.field) {
        (one.ai, one.auto_at) = (MaxVerdict::Auto, Some(from));
    }
    match refused(edited) {
        Some(why) => keep(format!("{}, but {why}", evidence.supports())),
        None => (Course::Automate, evidence.supports(), vec![auto_at(from), ai(MaxVerdict::Auto)]),
    }
}

/// Why `check` refuses a contract, where it does: suppression or rollback are not live, say.
fn refused(mut contract: Contract) -> Option<String> {
    contract.digest = None;
    let value = serde_json::to_value(&contract).ok()?;
    let checked = check(&value);
    let first = checked.findings.iter().find(|finding| finding.severity == Severity::Error)?;
    Some(format!("`check` refuses it: {}", first.message))
}
