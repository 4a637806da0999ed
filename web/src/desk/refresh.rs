//! How results follow edits: one preview at a time, always of what is wanted last.
//!
//! A newer request makes an older one end at its next step. Results that no longer fit stay on the page, pale, until
//! new ones replace them.

use std::sync::Arc;

use interlock_core::preview::view::{EditEffect, SideBySide, Summary};
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::Desk;
use crate::effects::{clock, files};
use crate::state::Side;
use crate::state::decided::Decided;
use crate::state::report::{CheckReport, FileReport, Problem};

/// Where rotation starts. Fixed, so that the same inputs show the same preview.
const SEED: u32 = 0;

/// Between two edits' effects, so that what a person asks for meanwhile comes first. In milliseconds.
const PAUSE: u64 = 30;

impl Desk {
    /// Brings the page up to date, and again as long as something newer is wanted.
    pub(super) async fn run(self) {
        if self.loading.get_untracked() {
            // Half of the files would make a preview of nothing in particular; the last one asks again.
            return;
        }
        let running = self.inner.try_update_value(|inner| std::mem::replace(&mut inner.running, true));
        if running != Some(false) {
            return;
        }
        self.busy.set(true);
        let mut deaths = 0;
        let wanted = loop {
            let wanted = self.wanted();
            match self.refresh(wanted).await {
                Ok(()) => {}
                Err(problem) if problem.died && deaths == 0 => {
                    deaths += 1;
                    self.tell_problem(&problem);
                    self.recover().await;
                    continue;
                }
                Err(problem) => self.trouble.set(Some(problem)),
            }
            if wanted == self.wanted() || self.loading.get_untracked() {
                break wanted;
            }
        };
        self.inner.update_value(|inner| {
            inner.running = false;
            inner.shown = wanted;
        });
        self.busy.set(false);
        leptos::task::spawn_local(async move {
            self.refresh_duplicates().await;
            self.attribute(wanted).await;
        });
    }

    /// A newer preview is on its way, so the engine may have put the last one away.
    pub(super) fn outdated(self) -> bool {
        self.inner.with_value(|inner| inner.wanted != inner.shown)
    }

    fn wanted(self) -> u64 {
        self.inner.with_value(|inner| inner.wanted)
    }

    async fn refresh(self, wanted: u64) -> Result<(), Problem> {
        let engine = self.engine();
        self.send_contracts().await?;
        if wanted != self.wanted() {
            return Ok(());
        }
        for (side, report) in [("candidate", self.checked), ("baseline", self.checked_baseline)] {
            if !report.with_untracked(|report| report.usable) {
                return Err(Problem::new(
                    format!("the {side} has errors, so leads cannot be decided under it"),
                    "mend the findings; the figures below are of the last contract that could be used",
                ));
            }
        }
        let leads = self.files.with_untracked(|files| {
            files.iter().any(|file| matches!(file.holds.as_deref(), Some("lead" | "events")) && file.rows > 0)
        });
        if !leads {
            self.summary.set(None);
            self.side_by_side.set(None);
            self.trouble.set(None);
            return Ok(());
        }
        let as_of = self.work.with_untracked(|work| work.as_of.clone());
        let args = [JsValue::from_str(&as_of), JsValue::from(SEED)];
        let summary: Summary = engine.ask("preview", &args).await?;
        // Owners are known once the records were put together, which a preview does.
        self.refresh_vocabulary().await;
        self.summary.set(Some(Arc::new(summary)));
        self.trouble.set(None);
        self.generation.update(|generation| *generation += 1);
        self.refresh_lead().await;
        Ok(())
    }

    pub(super) async fn send_contracts(self) -> Result<(), Problem> {
        for (side, report) in [(Side::Baseline, self.checked_baseline), (Side::Candidate, self.checked)] {
            let Some(text) = self.work.with_untracked(|work| work.text(side)) else {
                return Err(Problem::new(
                    format!("there is no {}", side.word()),
                    "load a contract, or reset to the demo",
                ));
            };
            let sent = self.inner.with_value(|inner| inner.sent.get(&side).is_some_and(|sent| *sent == text));
            if sent {
                continue;
            }
            let args = [JsValue::from_str(side.word()), JsValue::from_str(&text)];
            let found: CheckReport = self.engine().ask("set_contract", &args).await?;
            report.set(found);
            self.inner.update_value(|inner| {
                inner.sent.insert(side, text);
            });
        }
        Ok(())
    }

    /// Gives a new engine everything the last one had.
    async fn recover(self) {
        self.inner.update_value(|inner| inner.sent.clear());
        let loaded = self.inner.with_value(|inner| inner.loaded.clone());
        for (file, hint) in loaded {
            let mut args = vec![JsValue::from_str(&file.name), files::bytes(&file)];
            args.extend(hint.as_deref().map(JsValue::from_str));
            let done: Result<FileReport, Problem> = self.engine().ask("load", &args).await;
            if let Err(problem) = done {
                self.tell_problem(&problem);
            }
        }
    }

    /// Asks, edit by edit and only while nothing else is wanted, what each edit alone does.
    async fn attribute(self, wanted: u64) {
        if self.trouble.with_untracked(Option::is_some) || self.summary.with_untracked(Option::is_none) {
            return;
        }
        let edits = self.edits.get_untracked();
        let as_of = self.work.with_untracked(|work| work.as_of.clone());
        for (index, edit) in edits.iter().enumerate() {
            let key = self.effect_key(edit);
            if self.alone.with_untracked(|known| known.contains_key(&key)) {
                continue;
            }
            clock::sleep(PAUSE).await;
            if wanted != self.wanted() {
                return;
            }
            let Ok(index) = u32::try_from(index) else {
                return;
            };
            let args = [JsValue::from(index), JsValue::from_str(&as_of), JsValue::from(SEED)];
            let effect: Result<EditEffect, Problem> = self.engine().ask("effect", &args).await;
            // What cannot be said for one edit is no reason to stop saying it for the others.
            let alone = effect.ok().and_then(|effect| effect.alone);
            self.alone.update(|known| {
                known.insert(key, alone);
            });
        }
    }

    /// Chooses a lead by its place in the order of arrival.
    pub(crate) fn choose(self, index: u32) {
        self.chosen.set(Some(index));
        leptos::task::spawn_local(async move {
            self.refresh_lead().await;
        });
    }

    /// Puts the chosen lead away.
    pub(crate) fn unchoose(self) {
        self.chosen.set(None);
        self.side_by_side.set(None);
        self.route.update(|route| route.lead = None);
    }

    async fn refresh_lead(self) {
        let Some(index) = self.chosen.get_untracked() else {
            return;
        };
        let answer: Result<SideBySide, Problem> = self.engine().ask("lead", &[JsValue::from(index)]).await;
        let decided = match self.decided_on(index).await {
            Ok(decided) => Some(Arc::new(decided)),
            // What failed fails for the lead as well, or is asked again by a newer preview.
            Err(_) => None,
        };
        if self.chosen.get_untracked() != Some(index) {
            return;
        }
        match answer {
            Ok(side_by_side) => {
                let id = side_by_side.lead.lead.to_string();
                if self.route.with_untracked(|route| route.lead.as_deref() != Some(&*id)) {
                    self.route.update(|route| route.lead = Some(id));
                }
                self.decided.set(decided);
                self.side_by_side.set(Some(Arc::new(side_by_side)));
            }
            Err(problem) => {
                self.unchoose();
                self.tell_problem(&problem);
            }
        }
    }

    /// What both decisions on a lead say.
    async fn decided_on(self, index: u32) -> Result<(Decided, Decided), Problem> {
        let on = |side: Side| {
            let args = [JsValue::from(index), JsValue::from_str(side.word())];
            async move { self.engine().ask::<Decided>("decision", &args).await }
        };
        Ok((on(Side::Baseline).await?, on(Side::Candidate).await?))
    }

    /// One decision of the chosen lead as canonical JSON.
    pub(crate) async fn decision(self, side: Side) -> Result<String, Problem> {
        let index = self.chosen.get_untracked().unwrap_or_default();
        let args = [JsValue::from(index), JsValue::from_str(side.word())];
        self.engine().ask_text("decision", &args).await
    }

    /// The candidate as it is exported: in its author's key order, with its digest.
    pub(crate) async fn export(self) -> Result<String, Problem> {
        self.send_contracts().await?;
        let args = [JsValue::from_str(Side::Candidate.word())];
        self.engine().ask_text("export", &args).await
    }
}
