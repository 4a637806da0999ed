//! The duplicates among the records, weighed in the worker while somebody looks at them.
//!
//! What was found stays, pale, until newer answers replace it. The baseline is asked too, for its figures, where it
//! recognises people or companies in another way.

use std::sync::Arc;

use interlock_core::identity::duplicates::Duplicates;
use leptos::prelude::*;
use serde_json::Value;
use wasm_bindgen::JsValue;

use super::Desk;
use crate::state::linkage::Of;
use crate::state::report::Problem;
use crate::state::{Side, address};

/// What was found, and for what.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Found {
    /// Of whom.
    pub(crate) of: Of,
    /// Under the candidate; none where nothing was asked yet.
    pub(crate) now: Option<Arc<Duplicates>>,
    /// The baseline's figures, where they may differ.
    pub(crate) before: Option<Figures>,
    /// Why there is nothing.
    pub(crate) problem: Option<Problem>,
    /// An answer is on its way.
    pub(crate) asking: bool,
    /// What was asked, so that nothing is asked twice.
    asked: Asked,
}

/// Records and contract that an answer is of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Asked {
    world: u64,
    candidate: Option<Arc<str>>,
    baseline: Option<Arc<str>>,
}

/// The figures of one side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Figures {
    pub(crate) records: u32,
    pub(crate) groups: u32,
    pub(crate) surplus: u32,
    pub(crate) automatic: u32,
}

impl Figures {
    /// The figures of an answer.
    pub(crate) fn of(found: &Duplicates) -> Self {
        let automatic = found.groups.iter().filter(|group| group.automatic).count();
        Self {
            records: found.records,
            groups: found.found,
            surplus: found.surplus,
            automatic: u32::try_from(automatic).unwrap_or(u32::MAX),
        }
    }

    /// Groups that a person looks at.
    pub(crate) const fn for_review(self) -> u32 {
        self.groups.saturating_sub(self.automatic)
    }
}

impl Desk {
    /// Whose duplicates are looked at.
    pub(crate) fn looks_at(self) -> Option<Of> {
        self.route.with(|route| route.duplicates.as_deref().map(Of::read))
    }

    /// The match model of one side.
    pub(crate) fn model(self, side: Side, of: Of) -> Option<Value> {
        self.work.with(|work| {
            let contract = match side {
                Side::Baseline => work.baseline_value(),
                Side::Candidate => work.candidate_value(),
            }?;
            address::get(&contract, &address::join("/identity", of.word())).cloned()
        })
    }

    /// Brings what is shown of duplicates up to date; does nothing where nobody looks.
    pub(crate) async fn refresh_duplicates(self) {
        let Some(of) = untrack(|| self.looks_at()) else {
            return;
        };
        let model = untrack(|| self.model(Side::Candidate, of));
        let asked = self.work.with_untracked(|work| Asked {
            world: self.inner.with_value(|inner| inner.world),
            candidate: work.text(Side::Candidate),
            baseline: work.text(Side::Baseline),
        });
        if model.is_none() {
            self.duplicates.set(Found { of, asked, ..Found::default() });
            return;
        }
        let known = self.duplicates.with_untracked(|found| found.of == of && found.asked == asked);
        if known || self.loading.get_untracked() {
            return;
        }
        self.duplicates.update(|found| {
            if found.of != of {
                *found = Found { of, ..Found::default() };
            }
            found.asking = true;
            found.asked = asked.clone();
        });
        let answer = self.ask_duplicates(of, Side::Candidate).await;
        let same = |found: &Found| found.of == of && found.asked == asked;
        if !self.duplicates.with_untracked(same) {
            return;
        }
        match answer {
            Ok(now) => {
                let before = untrack(|| self.model(Side::Baseline, of)).filter(|_| self.other_identity());
                let before = match before {
                    Some(_) => self.ask_duplicates(of, Side::Baseline).await.ok().map(|found| Figures::of(&found)),
                    None => None,
                };
                self.duplicates.update(|found| {
                    if same(found) {
                        found.now = Some(Arc::new(now));
                        found.before = before;
                        found.problem = None;
                        found.asking = false;
                    }
                });
            }
            Err(problem) => self.duplicates.update(|found| {
                found.asking = false;
                found.problem = Some(problem);
                // Asked again with the next look.
                found.asked = Asked::default();
            }),
        }
    }

    fn other_identity(self) -> bool {
        self.work.with_untracked(|work| {
            let identity =
                |contract: Option<Arc<Value>>| contract.and_then(|contract| contract.get("identity").cloned());
            identity(work.baseline_value()) != identity(work.candidate_value())
        })
    }

    /// How the CRM stands under the baseline, as JSON text.
    pub(crate) async fn standing(self) -> Result<String, Problem> {
        self.send_contracts().await?;
        self.engine().ask_text("standing", &[]).await
    }

    async fn ask_duplicates(self, of: Of, side: Side) -> Result<Duplicates, Problem> {
        self.send_contracts().await?;
        let args = [JsValue::from_str(of.word()), JsValue::from_str(side.word())];
        self.engine().ask("duplicates", &args).await
    }
}
