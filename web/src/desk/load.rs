//! How files come in: read in the worker, recognised, reported.
//!
//! The first data file of one's own puts the demo's leads away. Contracts are not data; the page asks for which side
//! they are.

use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::File;

use super::{Desk, Dialog, Dropped};
use crate::effects::clock;
use crate::effects::files::{self, Loaded};
use crate::state::report::{FileReport, Problem, Vocabulary};

impl Desk {
    /// Takes in files that a person picked or dropped.
    pub(crate) fn take_in(self, chosen: Vec<File>) {
        if chosen.is_empty() {
            return;
        }
        self.hold();
        self.loading.set(true);
        self.dialog.set(Some(Dialog::Data));
        leptos::task::spawn_local(async move {
            for file in chosen {
                match files::read(file).await {
                    Ok(file) => self.take_in_one(file, None).await,
                    Err(problem) => self.tell_problem(&problem),
                }
            }
            self.loading.set(false);
            self.refresh_vocabulary().await;
            self.schedule();
        });
    }

    /// Reads a file again as records of a kind the person names.
    pub(crate) fn reread(self, name: &str, kind: &str) {
        let file = self
            .inner
            .with_value(|inner| inner.loaded.iter().find(|(file, _)| file.name == name).map(|(file, _)| file.clone()));
        let (Some(file), kind) = (file, kind.to_owned()) else {
            return;
        };
        self.hold();
        leptos::task::spawn_local(async move {
            self.take_in_one(file, Some(kind)).await;
            self.schedule();
        });
    }

    async fn take_in_one(self, file: Loaded, hint: Option<String>) {
        let report = match self.load(&file, hint.as_deref()).await {
            Ok(report) => report,
            Err(problem) => FileReport { file: file.name.clone(), failed: Some(problem), ..FileReport::default() },
        };
        if report.holds.as_deref() == Some("contract") {
            let dropped = Dropped { file: file.name.clone(), text: files::text(&file) };
            self.dropped.update(|waiting| waiting.push(dropped));
            return;
        }
        if self.demo.get_untracked() && report.holds.is_some() {
            self.put_demo_away(&report.file).await;
        }
        self.new_world();
        let readable = report.failed.is_none();
        self.files.update(|files| {
            files.retain(|known| known.file != report.file);
            files.push(report);
        });
        self.inner.update_value(|inner| {
            inner.loaded.retain(|(known, _)| known.name != file.name);
            if readable {
                inner.loaded.push((file, hint));
            }
        });
        self.refresh_reports().await;
    }

    /// What became of one file can depend on the others: proposals find their leads, a record its copy.
    async fn refresh_reports(self) {
        let reports: Result<Vec<FileReport>, Problem> = self.engine().ask("files", &[]).await;
        if let Ok(reports) = reports {
            self.files.update(|files| {
                for file in files.iter_mut() {
                    if let Some(report) = reports.iter().find(|report| report.file == file.file) {
                        *file = report.clone();
                    }
                }
            });
        }
    }

    async fn load(self, file: &Loaded, hint: Option<&str>) -> Result<FileReport, Problem> {
        let mut args = vec![JsValue::from_str(&file.name), files::bytes(file)];
        args.extend(hint.map(JsValue::from_str));
        self.engine().ask("load", &args).await
    }

    /// Takes the demo's files away. One that has the name of the file that came in was replaced by it already.
    async fn put_demo_away(self, replaced: &str) {
        self.keep_only(replaced).await;
        self.demo.set(false);
        self.set_as_of(clock::now_rfc3339());
        self.unchoose();
        self.tell("The demo's leads were put away; the contracts are as they were.", None);
    }

    async fn keep_only(self, name: &str) {
        let _: Result<Vec<FileReport>, Problem> = self.engine().ask("keep_only", &[JsValue::from_str(name)]).await;
        self.files.update(|files| files.retain(|file| file.file == name));
        self.inner.update_value(|inner| inner.loaded.retain(|(file, _)| file.name == name));
    }

    async fn forget(self, name: &str) {
        let _: Result<Vec<FileReport>, Problem> = self.engine().ask("unload", &[JsValue::from_str(name)]).await;
        self.files.update(|files| files.retain(|file| file.file != name));
        self.inner.update_value(|inner| inner.loaded.retain(|(file, _)| file.name != name));
    }

    /// Takes a file away.
    pub(crate) fn unload(self, name: &str) {
        let name = name.to_owned();
        self.hold();
        leptos::task::spawn_local(async move {
            self.forget(&name).await;
            self.new_world();
            self.unchoose();
            self.schedule();
        });
    }

    /// Loads the files of the demo workspace.
    pub(super) async fn load_demo_files(self, names: &[String]) -> Result<(), Problem> {
        let mut fetched = Vec::new();
        for name in names {
            fetched.push(files::fetch(&format!("./demo/{name}")).await?);
        }
        for file in fetched {
            let report = self.load(&file, None).await?;
            self.files.update(|files| files.push(report));
            self.inner.update_value(|inner| inner.loaded.push((file, None)));
        }
        self.refresh_reports().await;
        self.demo.set(true);
        Ok(())
    }

    /// Takes every file away.
    pub(super) async fn unload_all(self) {
        self.keep_only("").await;
        self.unchoose();
    }

    /// What editors complete follows the files.
    pub(super) async fn refresh_vocabulary(self) {
        let known: Result<Vocabulary, Problem> = self.engine().ask("vocabulary", &[]).await;
        if let Ok(known) = known {
            self.vocabulary.set(known);
        }
    }
}
