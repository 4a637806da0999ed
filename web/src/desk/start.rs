//! How the page opens: on the draft that was kept, otherwise on the demo workspace.

use std::rc::Rc;

use futures_util::future::{Either, select};
use interlock_core::json::typed;
use leptos::prelude::*;

use super::{Desk, Dialog, Keeping, Phase};
use crate::effects::storage::{self, Draft, Store};
use crate::effects::{clock, files, page};
use crate::state::history::{History, Snapshot};
use crate::state::report::{Manifest, Problem};
use crate::state::{Side, Workbench};

/// How long storage may take to answer, in milliseconds. Where it is denied, some browsers never do.
const PATIENCE: u64 = 1500;

impl Desk {
    /// Opens the page.
    pub(crate) fn start(self) {
        let theme = storage::theme().unwrap_or_else(|| "auto".to_owned());
        page::set_theme(&theme);
        self.theme.set(theme);
        leptos::task::spawn_local(async move {
            if let Err(problem) = self.opened().await {
                self.phase.set(Phase::Failed(problem));
            }
        });
    }

    async fn opened(self) -> Result<(), Problem> {
        let draft = self.open_store().await;
        self.phase.set(Phase::Opening("Fetching the demo workspace"));
        match draft {
            Some(draft) if !draft.demo => self.open_own(&draft)?,
            draft => self.open_demo(draft.as_ref()).await?,
        }
        self.phase.set(Phase::Opening("Deciding the leads"));
        self.refresh_vocabulary().await;
        self.run().await;
        self.phase.set(Phase::Open);
        if let Some(lead) = self.route.with_untracked(|route| route.lead.clone())
            && self.summary.with_untracked(Option::is_some)
        {
            self.choose_by_id(&lead).await;
        }
        Ok(())
    }

    async fn open_store(self) -> Option<Draft> {
        let opening = Box::pin(Store::open());
        let waiting = Box::pin(clock::sleep(PATIENCE));
        match select(opening, waiting).await {
            Either::Left((Ok(store), _)) => {
                let draft = store.kept().await;
                self.inner.update_value(|inner| inner.store = Some(Rc::new(store)));
                self.keeping.set(Keeping::Kept);
                draft
            }
            Either::Left((Err(_), _)) | Either::Right(_) => {
                self.keeping.set(Keeping::Denied);
                None
            }
        }
    }

    fn open_own(self, draft: &Draft) -> Result<(), Problem> {
        self.set_contracts(&draft.baseline, &draft.candidate, &draft.as_of)?;
        let names = draft.files.join(", ");
        self.tell(
            "Your contracts were restored. Lead data is never stored, so it has to be loaded again.",
            Some(if names.is_empty() {
                "Load data, or reset to the demo.".to_owned()
            } else {
                format!("Last time: {names}")
            }),
        );
        Ok(())
    }

    async fn open_demo(self, draft: Option<&Draft>) -> Result<(), Problem> {
        let manifest = files::fetch("./demo/manifest.json").await?;
        let manifest: Manifest = typed(&files::text(&manifest)).map_err(|error| Problem {
            message: format!("the demo's manifest cannot be read: {error}"),
            file: Some("demo/manifest.json".to_owned()),
            ..Problem::default()
        })?;
        let baseline = files::fetch(&format!("./demo/{}", manifest.baseline)).await?;
        let candidate = files::fetch(&format!("./demo/{}", manifest.candidate)).await?;
        let (baseline, candidate) = (files::text(&baseline), files::text(&candidate));
        match draft {
            Some(draft) if draft.candidate != candidate || draft.baseline != baseline => {
                self.set_contracts(&draft.baseline, &draft.candidate, &draft.as_of)?;
                self.tell("Your draft was restored.", None);
            }
            _ => self.set_contracts(&baseline, &candidate, &manifest.as_of)?,
        }
        self.phase.set(Phase::Opening("Reading the demo's leads"));
        // Files are read as the contracts say, so these go first.
        self.send_contracts().await?;
        self.load_demo_files(&manifest.files).await
    }

    fn set_contracts(self, baseline: &str, candidate: &str, as_of: &str) -> Result<(), Problem> {
        let read = |side: Side, text: &str| {
            Snapshot::read(text).map_err(|unread| Problem {
                message: format!("the {} is not JSON: {}", side.word(), unread.message),
                help: unread.help,
                line: Some(unread.line.into()),
                column: Some(unread.column.into()),
                ..Problem::default()
            })
        };
        let baseline = read(Side::Baseline, baseline)?;
        let candidate = read(Side::Candidate, candidate)?;
        self.new_world();
        self.forget_typed();
        self.work.set(Workbench {
            baseline: Some(baseline),
            candidate: Some(History::new(candidate)),
            as_of: as_of.to_owned(),
        });
        Ok(())
    }

    /// Puts everything away and opens the demo workspace.
    pub(crate) fn reset(self) {
        self.dialog.set(None);
        self.phase.set(Phase::Opening("Resetting to the demo"));
        leptos::task::spawn_local(async move {
            let store = self.inner.with_value(|inner| inner.store.clone());
            if let Some(store) = store {
                let _ = store.forget().await;
            }
            self.unload_all().await;
            self.filter.set(interlock_core::preview::view::Query::default());
            let done = self.open_demo(None).await;
            self.refresh_vocabulary().await;
            match done {
                Ok(()) => {
                    self.inner.update_value(|inner| inner.wanted += 1);
                    self.run().await;
                    self.phase.set(Phase::Open);
                }
                Err(problem) => self.phase.set(Phase::Failed(problem)),
            }
        });
    }

    /// Opens without the demo, to be given files.
    pub(crate) fn open_empty(self) {
        self.phase.set(Phase::Open);
        self.dialog.set(Some(Dialog::Data));
    }

    /// Keeps the draft, once no more edits follow.
    pub(super) fn save_soon(self) {
        let saver = set_timeout_with_handle(
            move || leptos::task::spawn_local(self.save()),
            std::time::Duration::from_millis(700),
        )
        .ok();
        self.inner.update_value(|inner| {
            if let Some(earlier) = std::mem::replace(&mut inner.saver, saver) {
                earlier.clear();
            }
        });
    }

    async fn save(self) {
        let Some(store) = self.inner.with_value(|inner| inner.store.clone()) else {
            return;
        };
        let text =
            |side| self.work.with_untracked(|work| work.text(side)).map(|text| text.to_string()).unwrap_or_default();
        let draft = Draft {
            baseline: text(Side::Baseline),
            candidate: text(Side::Candidate),
            as_of: self.work.with_untracked(|work| work.as_of.clone()),
            demo: self.demo.get_untracked(),
            files: self.files.with_untracked(|files| files.iter().map(|file| file.file.clone()).collect()),
        };
        if store.keep(&draft).await.is_err() {
            self.keeping.set(Keeping::Denied);
        }
    }
}
