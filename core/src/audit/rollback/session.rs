//! Rollbacks of the log that a session holds.
//!
//! Input: what is to be taken back, who and when. Output: the plan, the entries to append, the files for a CRM. Invariant: all
//! three come from the same question. What stands in the CRM is not at hand here: the log's own last values count.

use serde::{Deserialize, Serialize};

use super::{Choice, Exported, LogAlone, PlanError, RollbackPlan, Seen, Survey, System, apply, export, make};
use crate::audit::session::{Session, Trouble};
use crate::audit::{Actor, EntryKind};
use crate::gate::Approval;
use crate::json::{Decode, text};
use crate::plan::Plan;
use crate::time::Timestamp;

/// What is asked of a session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[serde(deny_unknown_fields, default)]
pub struct Asking {
    /// What is to be taken back.
    pub choice: Choice,
    /// By whom.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub note: String,
    /// Whether files are to have the columns of HubSpot, and not of Salesforce.
    pub hubspot: bool,
}

/// The names that can be chosen, with how many entries have each.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
pub struct Choosable {
    /// What sort of name: `workflow`.
    pub what: String,
    /// Each name with its count, the most frequent first.
    pub values: Vec<(String, u64)>,
}

/// A plan, and what there is to say of the log it was made on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
pub struct Planned {
    /// The plan.
    pub plan: RollbackPlan,
    /// How many entries are chosen.
    pub found: u64,
    /// How many entries of the log are not held, and so not asked.
    pub let_go: u64,
}

impl Session {
    /// The names by which something can be chosen: of what AI did, or of rollbacks.
    #[must_use]
    pub fn choosable(&self, rollbacks: bool) -> Vec<Choosable> {
        let mut seen = Seen::default();
        for (_, _, entry) in self.trail().entries() {
            let done = match entry.kind {
                EntryKind::Rollback => rollbacks,
                EntryKind::Change => !rollbacks && entry.writes() && entry.actor != Some(Actor::Human),
                _ => false,
            };
            if done {
                seen.count(&entry);
            }
        }
        let sorts = ["workflow", "version", "field", "rule", "agent", "source", "contract"];
        let sort = |what: &&str| {
            let names = seen.of(what)?.iter();
            let mut values: Vec<(String, u64)> = names.map(|(name, many)| (name.clone(), *many)).collect();
            crate::order::sort_by_key(&mut values, |(_, many)| std::cmp::Reverse(*many));
            Some(Choosable { what: (*what).to_owned(), values })
        };
        sorts.iter().filter_map(sort).collect()
    }

    /// Plans a rollback.
    ///
    /// # Errors
    /// When the choice cannot be used, nobody is named, the log is not sound, or no contract is in force.
    pub fn plan_rollback(&self, asking: &Asking) -> Result<Planned, Trouble> {
        let contract = self.contract()?;
        let survey = self.survey(&asking.choice)?;
        let found = survey.found();
        let plan =
            make(survey, contract, &LogAlone, &order(asking), self.trail().head().cloned()).map_err(unplanned)?;
        Ok(Planned { plan, found, let_go: self.trail().held().1 })
    }

    /// The entries that carry the plan out, as lines for `interlock audit append`.
    ///
    /// # Errors
    /// As of [`Session::plan_rollback`].
    pub fn rollback_lines(&self, asking: &Asking) -> Result<String, Trouble> {
        let plan = self.plan_rollback(asking)?.plan;
        let entries = plan.entries();
        if entries.check().is_err() {
            return Err(Trouble {
                message: "this takes nothing back".to_owned(),
                help: "choose something else: see what is kept, and why",
            });
        }
        let applied = apply(&plan, self.survey(&entries)?, self.contract()?, &LogAlone, &order(asking));
        Ok(applied.map_err(unplanned)?.entries.iter().map(|entry| text(entry) + "\n").collect())
    }

    /// What goes back, as files for a CRM's own import.
    ///
    /// # Errors
    /// As of [`Session::plan_rollback`].
    pub fn rollback_files(&self, asking: &Asking) -> Result<Exported, Trouble> {
        let plan = self.plan_rollback(asking)?.plan;
        let system = if asking.hubspot { System::HubSpot } else { System::Salesforce };
        Ok(export(&plan.back, system, self.contract()?.contract(), &[]))
    }

    fn contract(&self) -> Result<&Plan, Trouble> {
        self.plan().ok_or_else(|| Trouble {
            message: "no contract is in force here, and it says what may be taken back".to_owned(),
            help: "load it as the panel's baseline",
        })
    }

    fn survey<'c>(&self, choice: &'c Choice) -> Result<Survey<'c>, Trouble> {
        if self.trail().head().is_none() {
            return Err(Trouble {
                message: "the log is not sound: nothing is taken back by it".to_owned(),
                help: "open the log as it was written; the page above names what was changed",
            });
        }
        let mut survey = Survey::new(choice).map_err(|error| unplanned(PlanError::Choice(error)))?;
        for (_, _, entry) in self.trail().entries() {
            survey.find(&entry);
        }
        for (_, _, entry) in self.trail().entries() {
            survey.gather(&entry);
        }
        Ok(survey)
    }
}

fn order(asking: &Asking) -> Approval {
    Approval { by: asking.by.clone(), at: asking.at, instead: None, note: asking.note.clone() }
}

#[expect(clippy::needless_pass_by_value, reason = "what `map_err` gives")]
fn unplanned(error: PlanError) -> Trouble {
    Trouble { message: error.to_string(), help: error.help() }
}
