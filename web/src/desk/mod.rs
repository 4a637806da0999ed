//! The desk: the workbench with what the engine said of it, as signals that the page draws.
//!
//! Input: what a person does. Output: signals. Reading order: this file (what there is and what a person can do),
//! `start` (how it opens), `refresh` (how results follow edits), `load` (how files come in), `leads` (the table's pages),
//! `duplicates` (those among the records).

mod duplicates;
mod leads;
mod load;
mod refresh;
mod start;

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use interlock_core::diff::{self, Difference};
use interlock_core::preview::view::{Counts, Query, SideBySide, Summary};
use interlock_core::text::capital;
use leptos::prelude::*;

pub(crate) use self::duplicates::{Figures, Found};
pub(crate) use self::leads::Pages;
use crate::effects::files::Loaded;
use crate::effects::storage::Store;
use crate::effects::worker::Engine;
use crate::effects::{clock, page};
use crate::state::decided::Decided;
use crate::state::edit::Edit;
use crate::state::history::{History, Snapshot};
use crate::state::report::{CheckReport, FileReport, Problem, Vocabulary};
use crate::state::route::Route;
use crate::state::{Side, Unread, Workbench};

/// How far the page is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Opening; what is being done.
    Opening(&'static str),
    /// At work.
    Open,
    /// It could not open.
    Failed(Problem),
}

/// Whether drafts are kept in this browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Keeping {
    /// Not known yet.
    Asking,
    /// They are.
    Kept,
    /// The browser does not allow it.
    Denied,
}

/// Something to tell in passing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Notice {
    pub(crate) id: u64,
    pub(crate) text: String,
    pub(crate) help: Option<String>,
    /// It stays until it is closed.
    pub(crate) stays: bool,
}

/// A dialog over the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Dialog {
    /// Files: what was loaded and how it was read.
    Data,
    /// The candidate as a file, on the clipboard, as text.
    Export,
    /// The keyboard's keys.
    Keys,
}

/// A contract that was dropped and waits for a side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Dropped {
    pub(crate) file: String,
    pub(crate) text: String,
}

/// What is not drawn.
#[derive(Default)]
struct Inner {
    engine: Engine,
    store: Option<Rc<Store>>,
    loaded: Vec<(Loaded, Option<String>)>,
    sent: HashMap<Side, Arc<str>>,
    /// Counts requests for a preview; the highest is the one that matters.
    wanted: u64,
    /// The request that the page was last brought up to date with.
    shown: u64,
    running: bool,
    /// Changes with everything that an edit's effect depends on besides the edit.
    world: u64,
    /// A preview is going to be asked for.
    waiting: bool,
    saver: Option<TimeoutHandle>,
    notices: u64,
}

/// The desk. Copies are the same desk.
#[derive(Clone, Copy)]
pub(crate) struct Desk {
    pub(crate) work: RwSignal<Workbench>,
    pub(crate) phase: RwSignal<Phase>,
    pub(crate) files: RwSignal<Vec<FileReport>>,
    pub(crate) checked: RwSignal<CheckReport>,
    pub(crate) checked_baseline: RwSignal<CheckReport>,
    pub(crate) summary: RwSignal<Option<Arc<Summary>>>,
    /// Text in the editor of the JSON that is not the candidate's: not applied yet, or not JSON. It outlives the editor.
    pub(crate) typed: RwSignal<Option<String>>,
    /// Why the typed text is not the candidate.
    pub(crate) unread: RwSignal<Option<Unread>>,
    /// Why the preview is not of the candidate as it is.
    pub(crate) trouble: RwSignal<Option<Problem>>,
    /// The engine is at work on a preview.
    pub(crate) busy: RwSignal<bool>,
    /// Counts previews.
    pub(crate) generation: RwSignal<u32>,
    /// What differs between baseline and candidate.
    pub(crate) edits: Memo<Vec<Difference>>,
    /// What each edit alone does; none inside where that cannot be said.
    pub(crate) alone: RwSignal<HashMap<String, Option<Counts>>>,
    pub(crate) route: RwSignal<Route>,
    pub(crate) filter: RwSignal<Query>,
    pub(crate) pages: RwSignal<Pages>,
    /// The row of the table that the keyboard is on.
    pub(crate) row: RwSignal<u32>,
    /// The chosen lead, by its place in the order of arrival.
    pub(crate) chosen: RwSignal<Option<u32>>,
    pub(crate) side_by_side: RwSignal<Option<Arc<SideBySide>>>,
    /// What both decisions on that lead say of it, set before `side_by_side`.
    pub(crate) decided: RwSignal<Option<Arc<(Decided, Decided)>>>,
    /// The duplicates among the records, where somebody looks at them.
    pub(crate) duplicates: RwSignal<Found>,
    pub(crate) vocabulary: RwSignal<Vocabulary>,
    pub(crate) notices: RwSignal<Vec<Notice>>,
    pub(crate) keeping: RwSignal<Keeping>,
    pub(crate) demo: RwSignal<bool>,
    pub(crate) dialog: RwSignal<Option<Dialog>>,
    pub(crate) dropped: RwSignal<Vec<Dropped>>,
    pub(crate) loading: RwSignal<bool>,
    /// The page is too narrow for columns.
    pub(crate) narrow: RwSignal<bool>,
    pub(crate) theme: RwSignal<String>,
    inner: StoredValue<Inner, LocalStorage>,
}

impl Desk {
    /// An empty desk.
    pub(crate) fn new() -> Self {
        let work: RwSignal<Workbench> = RwSignal::default();
        let edits = Memo::new(move |_| {
            work.with(|work| match (work.baseline_value(), work.candidate_value()) {
                (Some(baseline), Some(candidate)) => diff::diff(&baseline, &candidate),
                _ => Vec::new(),
            })
        });
        Self {
            work,
            phase: RwSignal::new(Phase::Opening("Starting")),
            files: RwSignal::default(),
            checked: RwSignal::default(),
            checked_baseline: RwSignal::default(),
            summary: RwSignal::default(),
            typed: RwSignal::default(),
            unread: RwSignal::default(),
            trouble: RwSignal::default(),
            busy: RwSignal::default(),
            generation: RwSignal::default(),
            edits,
            alone: RwSignal::default(),
            route: RwSignal::new(page::route()),
            filter: RwSignal::default(),
            pages: RwSignal::default(),
            row: RwSignal::default(),
            chosen: RwSignal::default(),
            side_by_side: RwSignal::default(),
            decided: RwSignal::default(),
            duplicates: RwSignal::default(),
            vocabulary: RwSignal::default(),
            notices: RwSignal::default(),
            keeping: RwSignal::new(Keeping::Asking),
            demo: RwSignal::default(),
            dialog: RwSignal::default(),
            dropped: RwSignal::default(),
            loading: RwSignal::default(),
            narrow: RwSignal::default(),
            theme: RwSignal::default(),
            inner: StoredValue::new_local(Inner::default()),
        }
    }

    fn engine(self) -> Engine {
        self.inner.with_value(|inner| inner.engine.clone())
    }

    /// Edits the candidate.
    pub(crate) fn edit(self, edit: &Edit) {
        if let Err(why) = self.try_edit(edit) {
            self.tell(why, None);
        }
    }

    /// The same, for whoever tells of a refusal by themselves.
    ///
    /// # Errors
    /// Why it could not be made.
    pub(crate) fn try_edit(self, edit: &Edit) -> Result<(), String> {
        let now = clock::now();
        let done = self.work.try_update(|work| work.edit(edit, now)).unwrap_or(Ok(false));
        if done.map_err(|refusal| refusal.0)? {
            self.schedule();
        }
        Ok(())
    }

    /// Makes the typed text the candidate; says what is wrong with one that is not JSON, and keeps it.
    pub(crate) fn apply_typed(self) {
        let Some(text) = self.typed.get_untracked() else {
            return;
        };
        match crate::state::read(&text) {
            Ok(_) => {
                self.forget_typed();
                self.edit(&Edit::Text { text });
            }
            Err(unread) => self.unread.set(Some(unread)),
        }
    }

    /// Shows the candidate in the editor of the JSON, whatever was typed there.
    pub(crate) fn forget_typed(self) {
        if self.typed.with_untracked(Option::is_some) {
            self.typed.set(None);
        }
        if self.unread.with_untracked(Option::is_some) {
            self.unread.set(None);
        }
    }

    /// Takes the last step back, or does it again. Text that is not JSON is the last step, though no edit yet.
    pub(crate) fn step(self, back: bool) {
        if self.unread.with_untracked(Option::is_some) {
            if back {
                self.forget_typed();
            }
            return;
        }
        let moved = self.work.try_update(|work| {
            work.candidate.as_mut().is_some_and(|history| if back { history.undo() } else { history.redo() })
        });
        if moved == Some(true) {
            self.schedule();
        }
    }

    /// Takes one difference from the baseline back.
    pub(crate) fn revert(self, difference: &Difference) {
        let edit = self.work.with_untracked(|work| {
            let baseline = work.baseline_value()?;
            let candidate = work.candidate_value()?;
            let value = diff::revert(&baseline, &candidate, difference).ok()?;
            let label = format!("revert {}", difference.address);
            Some(Edit::Whole { value, label })
        });
        match edit {
            Some(edit) => self.edit(&edit),
            None => self.tell("This edit cannot be taken back by itself; use undo.", None),
        }
    }

    /// Puts a contract in the place of one side. A candidate can be undone.
    pub(crate) fn replace(self, side: Side, text: &str) {
        match (side, Snapshot::read(text)) {
            (_, Err(unread)) => {
                let help = unread.help.map_or_else(String::new, |help| format!("{}. ", capital(&help)));
                let (what, line, column) = (unread.message, unread.line, unread.column);
                let text = format!("This is not JSON: {what}, line {line}, column {column}.");
                self.tell(text, Some(format!("{help}Nothing was changed.")));
            }
            (Side::Baseline, Ok(snapshot)) => {
                self.new_world();
                self.work.update(|work| {
                    if work.candidate.is_none() {
                        work.candidate = Some(History::new(snapshot.clone()));
                    }
                    work.baseline = Some(snapshot);
                });
                self.schedule();
            }
            (Side::Candidate, Ok(snapshot)) => {
                let missing = self.work.with_untracked(|work| work.candidate.is_none());
                if missing {
                    self.work.update(|work| work.candidate = Some(History::new(snapshot)));
                    self.schedule();
                } else {
                    self.forget_typed();
                    self.edit(&Edit::Text { text: text.to_owned() });
                }
            }
        }
    }

    /// Makes the candidate the same as the baseline.
    pub(crate) fn start_over(self) {
        if let Some(text) = self.work.with_untracked(|work| work.text(Side::Baseline)) {
            self.forget_typed();
            self.edit(&Edit::Text { text: text.to_string() });
        }
    }

    /// Makes the candidate the new baseline.
    pub(crate) fn accept(self) {
        if let Some(text) = self.work.with_untracked(|work| work.text(Side::Candidate)) {
            self.replace(Side::Baseline, &text);
        }
    }

    /// Sets the moment at which both contracts are tried.
    pub(crate) fn set_as_of(self, as_of: String) {
        if self.work.with_untracked(|work| work.as_of != as_of) {
            self.new_world();
            self.work.update(|work| work.as_of = as_of);
            self.schedule();
        }
    }

    /// Opens a section of the contract, at an address where one is given.
    pub(crate) fn open(self, section: &str, at: Option<String>) {
        self.route.update(|route| {
            route.section = Some(section.to_owned());
            route.at = at;
        });
    }

    /// Closes the editor.
    pub(crate) fn close_editor(self) {
        self.route.update(|route| {
            route.section = None;
            route.at = None;
        });
        page::focus_later("changed-title");
    }

    /// Opens the place a finding, a rule or an edit is about.
    pub(crate) fn go_to(self, address: &str) {
        let section = crate::panels::section_of(address);
        self.open(section, Some(address.to_owned()));
    }

    /// Says something in passing.
    pub(crate) fn tell(self, text: impl Into<String>, help: Option<String>) {
        let stays = help.is_some();
        let id = self
            .inner
            .try_update_value(|inner| {
                inner.notices += 1;
                inner.notices
            })
            .unwrap_or_default();
        let text = text.into();
        self.notices.update(|notices| {
            notices.retain(|notice| notice.text != text);
            notices.push(Notice { id, text, help, stays });
        });
        if !stays {
            set_timeout(move || self.dismiss(id), std::time::Duration::from_secs(7));
        }
    }

    /// Says that something could not be done.
    pub(crate) fn tell_problem(self, problem: &Problem) {
        let place = problem.place();
        let text = if place.is_empty() { problem.message.clone() } else { format!("{place}: {}", problem.message) };
        self.tell(text, Some(problem.help.clone().unwrap_or_default()));
    }

    /// Takes a notice away.
    pub(crate) fn dismiss(self, id: u64) {
        self.notices.update(|notices| notices.retain(|notice| notice.id != id));
    }

    /// The key under which an edit's own effect is kept.
    pub(crate) fn effect_key(self, difference: &Difference) -> String {
        let world = self.inner.with_value(|inner| inner.world);
        let text = serde_json::to_string(difference).unwrap_or_default();
        format!("{world} {text}")
    }

    fn new_world(self) {
        self.inner.update_value(|inner| inner.world += 1);
        self.alone.update(HashMap::clear);
    }

    /// What is drawn is not of the candidate as it stands.
    pub(crate) fn behind(self) -> bool {
        self.busy.get() || self.trouble.with(Option::is_some) || self.unread.with(Option::is_some)
    }

    /// Lets the engine finish with what is no longer wanted, so that it is free for what comes.
    pub(crate) fn hold(self) {
        self.inner.update_value(|inner| inner.wanted += 1);
    }

    /// Asks for a preview soon; several askings in a row are one, and a drag is followed while it lasts.
    pub(crate) fn schedule(self) {
        self.save_soon();
        let waiting = self.inner.try_update_value(|inner| {
            inner.wanted += 1;
            std::mem::replace(&mut inner.waiting, true)
        });
        if waiting == Some(false) {
            set_timeout(
                move || {
                    self.inner.update_value(|inner| inner.waiting = false);
                    leptos::task::spawn_local(self.run());
                },
                std::time::Duration::from_millis(80),
            );
        }
    }
}
