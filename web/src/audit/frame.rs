//! What all pages on audit logs share: the log that is open, the worker that holds it, who decides, what was said last.
//!
//! Input: files, questions. Output: answers of the worker. Invariant: a file that is no log, or cannot be read, changes nothing
//! of what is open; of two questions of one page the later answer counts.

use std::cell::Cell;

use interlock_core::audit::session::Read;
use interlock_core::json::{Decode, typed};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File};

use crate::effects::bridge::Bridge;
use crate::effects::worker::Engine;
use crate::effects::{clock, files, message, page};
use crate::state::report::{CheckReport, Owner, Problem};

/// How many bytes are handed to the worker at once.
const PIECE: f64 = 4_194_304.0;

/// Below this width a row has two lines.
const NARROW: &str = "(max-width: 899.98px)";

/// The log that comes with the page.
const DEMO: &str = "demo/trail.jsonl";

/// A page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Tab {
    #[default]
    Log,
    Review,
    Rollback,
    Metrics,
}

impl Tab {
    /// All of them.
    pub(crate) const ALL: [Self; 4] = [Self::Log, Self::Review, Self::Rollback, Self::Metrics];

    /// Its word in the address bar.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Log => "log",
            Self::Review => "review",
            Self::Rollback => "rollback",
            Self::Metrics => "metrics",
        }
    }

    /// What people call it.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Log => "Log",
            Self::Review => "Review",
            Self::Rollback => "Rollback",
            Self::Metrics => "Metrics",
        }
    }

    fn parse(word: &str) -> Self {
        Self::ALL.into_iter().find(|tab| tab.word() == word).unwrap_or_default()
    }
}

/// A log that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Log {
    /// The file's name.
    pub(crate) name: String,
    /// What became of it.
    pub(crate) read: Read,
}

/// What all pages share.
#[derive(Clone, Copy)]
pub(crate) struct Frame {
    bridge: StoredValue<Bridge, LocalStorage>,
    engine: StoredValue<Engine, LocalStorage>,
    /// The page that is shown.
    pub(crate) tab: RwSignal<Tab>,
    /// The log that is open.
    pub(crate) log: RwSignal<Option<Log>>,
    /// Counts the logs that were opened.
    pub(crate) generation: RwSignal<u32>,
    /// Counts what was said, so that what shows it asks anew.
    pub(crate) said: RwSignal<u32>,
    /// The file that is being read, and how much of it, in percent.
    pub(crate) reading: RwSignal<Option<(String, u32)>>,
    /// What went wrong last.
    pub(crate) problem: RwSignal<Option<Problem>>,
    /// What there is to tell.
    pub(crate) status: RwSignal<String>,
    /// Who decides.
    pub(crate) by: RwSignal<String>,
    /// How many answers are not written yet.
    pub(crate) drafts: RwSignal<u32>,
    /// How many of them decide something that waits.
    pub(crate) decided: RwSignal<u32>,
    /// How many of them were taken along.
    pub(crate) taken: RwSignal<u32>,
    /// The entry that is open in the log, by its line.
    pub(crate) opened: RwSignal<Option<u64>>,
    /// The contract in force, as the worker has it.
    pub(crate) force: RwSignal<Option<CheckReport>>,
    /// Whether the log is laid out to be printed.
    pub(crate) printing: RwSignal<bool>,
    /// The owners that the panel has loaded.
    pub(crate) owners: RwSignal<Vec<Owner>>,
    /// Whether there is room for one thing beside another.
    pub(crate) narrow: RwSignal<bool>,
}

impl Frame {
    /// No log yet.
    pub(crate) fn new(bridge: Bridge) -> Self {
        let frame = Self {
            bridge: StoredValue::new_local(bridge),
            engine: StoredValue::new_local(Engine::of_logs()),
            tab: RwSignal::new(Tab::Log),
            log: RwSignal::new(None),
            generation: RwSignal::new(0),
            said: RwSignal::new(0),
            reading: RwSignal::new(None),
            problem: RwSignal::new(None),
            status: RwSignal::new(String::new()),
            by: RwSignal::new(String::new()),
            drafts: RwSignal::new(0),
            decided: RwSignal::new(0),
            taken: RwSignal::new(0),
            opened: RwSignal::new(None),
            force: RwSignal::new(None),
            printing: RwSignal::new(false),
            owners: RwSignal::new(Vec::new()),
            narrow: RwSignal::new(false),
        };
        frame.narrow.set(page::watch_media(NARROW, move |narrow| frame.narrow.set(narrow)));
        frame.follow();
        frame
    }

    /// Asks the worker.
    pub(crate) async fn ask<T: Decode>(self, verb: &str, args: &[JsValue]) -> Result<T, Problem> {
        self.engine.get_value().ask(verb, args).await
    }

    /// Asks the worker for a text.
    pub(crate) async fn ask_text(self, verb: &str, args: &[JsValue]) -> Result<String, Problem> {
        self.engine.get_value().ask_text(verb, args).await
    }

    /// The text of a contract of the panel: `baseline` or `candidate`.
    pub(crate) fn contract(self, side: &str) -> Option<String> {
        self.bridge.with_value(|bridge| bridge.contract(side))
    }

    /// Sets a value in the candidate.
    #[allow(dead_code, reason = "for pages that propose edits")]
    pub(crate) fn edit(self, at: &str, value: &serde_json::Value) -> Result<(), String> {
        let edit = serde_json::json!({"at": at, "value": value}).to_string();
        self.bridge.with_value(|bridge| bridge.edit(&edit)).map_or(Ok(()), Err)
    }

    /// Goes back to the panel.
    pub(crate) fn leave(self, section: Option<String>) {
        self.bridge.with_value(|bridge| bridge.leave(section));
    }

    /// Says something in passing.
    pub(crate) fn tell(self, text: impl Into<String>) {
        self.problem.set(None);
        self.status.set(text.into());
    }

    /// Says what went wrong.
    pub(crate) fn fail(self, problem: Problem) {
        if problem.died {
            // The worker was started anew and holds nothing.
            self.log.set(None);
            self.drafts.set(0);
            self.decided.set(0);
            self.taken.set(0);
        }
        self.status.set(String::new());
        self.problem.set(Some(problem));
    }

    /// Shows a page, in the address bar too.
    pub(crate) fn show(self, tab: Tab) {
        self.tab.set(tab);
        let mut route = page::route();
        route.audit = Some(tab.word().to_owned());
        // The panel hears of it, and keeps its own part.
        let _ = window().location().set_hash(&route.hash());
    }

    /// Opens an entry in the log, by its line.
    pub(crate) fn open_entry(self, seq: u64) {
        self.opened.set(Some(seq));
        if self.tab.get_untracked() != Tab::Log {
            self.show(Tab::Log);
        }
        page::focus_later(super::entry::TITLE);
    }

    /// The address bar says which page.
    fn follow(self) {
        let read = move || {
            if let Some(word) = page::route().audit {
                let tab = Tab::parse(&word);
                if self.tab.get_untracked() != tab {
                    self.tab.set(tab);
                }
            }
        };
        read();
        let handle = window_event_listener(leptos::ev::hashchange, move |_| read());
        // The pages live as long as the panel.
        std::mem::forget(handle);
    }

    /// Whether answers would be lost: says so then.
    fn would_lose(self) -> bool {
        let left = self.left();
        if left > 0 {
            self.fail(Problem::new(
                format!("{} not exported yet, and another log would take their place", answers(left)),
                "export the answers, or undo them, and open the log again",
            ));
            self.show(Tab::Review);
        }
        left > 0
    }

    /// How many answers were not taken along.
    pub(crate) fn left(self) -> u32 {
        self.drafts.get_untracked().saturating_sub(self.taken.get_untracked())
    }

    /// Opens a file that a person chose.
    pub(crate) fn open_file(self, file: File) {
        if self.would_lose() {
            return;
        }
        leptos::task::spawn_local(async move {
            let name = file.name();
            let result = self.read(&name, &file).await;
            self.ended(name, result).await;
        });
    }

    /// Opens the demo's log.
    pub(crate) fn open_demo(self) {
        if self.would_lose() {
            return;
        }
        leptos::task::spawn_local(async move {
            self.reading.set(Some(("the demo's log".to_owned(), 0)));
            let result = async {
                let file = files::fetch(DEMO).await?;
                let parts = js_sys::Array::of1(&file.bytes);
                let blob = Blob::new_with_u8_array_sequence(&parts).map_err(|thrown| unread(DEMO, &thrown))?;
                self.read("trail.jsonl", &blob).await
            };
            let result = result.await;
            self.ended("trail.jsonl (demo)".to_owned(), result).await;
        });
    }

    /// Hands a file to the worker piece by piece.
    #[expect(clippy::float_arithmetic, reason = "sizes of files are such numbers in a browser")]
    async fn read(self, name: &str, file: &Blob) -> Result<Read, Problem> {
        let size = file.size();
        let mut at = 0.0;
        self.ask_text("open", &[]).await?;
        while at < size {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
            self.reading.set(Some((name.to_owned(), (at / size * 100.0) as u32)));
            let piece =
                file.slice_with_f64_and_f64(at, (at + PIECE).min(size)).map_err(|thrown| unread(name, &thrown))?;
            let bytes = JsFuture::from(piece.array_buffer()).await.map_err(|thrown| unread(name, &thrown))?;
            self.ask_text("feed", &[js_sys::Uint8Array::new(&bytes).into()]).await?;
            at += PIECE;
        }
        self.ask("end", &[]).await
    }

    async fn ended(self, name: String, result: Result<Read, Problem>) {
        self.reading.set(None);
        match result {
            Ok(read) => {
                let lines = crate::state::text::count(i64::try_from(read.report.lines).unwrap_or(i64::MAX));
                self.tell(format!("{name}: {lines} lines read"));
                self.opened.set(None);
                self.drafts.set(0);
                self.decided.set(0);
                self.taken.set(0);
                self.log.set(Some(Log { name, read }));
                self.generation.update(|generation| *generation += 1);
                self.force().await;
                page::focus_later("audit-log-name");
            }
            Err(problem) => self.fail(Problem { file: Some(name), ..problem }),
        }
    }

    /// Gives the worker the contract in force, the panel's baseline, and looks up what its owners are called.
    pub(crate) async fn force(self) {
        let owners = self.bridge.with_value(Bridge::owners);
        self.owners.set(typed(&owners).unwrap_or_default());
        let Some(text) = self.contract("baseline") else { return self.force.set(None) };
        match self.ask::<CheckReport>("set_contract", &[text.into()]).await {
            Ok(report) => self.force.set(Some(report)),
            Err(problem) => self.fail(problem),
        }
    }

    /// Tells the worker how the CRM stands, by what is loaded in the panel.
    pub(crate) async fn look_at_crm(self) {
        let Some(bridge) = self.bridge.try_with_value(Clone::clone) else {
            return;
        };
        let standing = bridge.standing().await.ok().and_then(|text| text.as_string());
        if let Err(problem) = self.ask_text("set_standing", &[standing.map_or(JsValue::UNDEFINED, JsValue::from)]).await
        {
            self.fail(problem);
        }
    }

    /// The present moment, as questions have it.
    pub(crate) fn now(self) -> String {
        clock::now_rfc3339()
    }
}

/// How many answers, with what they are.
pub(crate) fn answers(many: u32) -> String {
    match many {
        1 => "1 answer is".to_owned(),
        many => format!("{} answers are", crate::state::text::count(many)),
    }
}

fn unread(name: &str, thrown: &JsValue) -> Problem {
    Problem::new(
        format!("`{name}` cannot be read: {}", message(thrown)),
        "choose the file again; it may have been moved",
    )
}

thread_local! {
    static LAST: Cell<u64> = const { Cell::new(0) };
}

/// A number that no question had before.
pub(crate) fn ticket() -> u64 {
    LAST.with(|last| {
        last.set(last.get() + 1);
        last.get()
    })
}

/// JSON text for the worker.
pub(crate) fn question(value: &impl serde::Serialize) -> JsValue {
    serde_json::to_string(value).unwrap_or_default().into()
}

/// Whether a value of JavaScript is a node within another's.
pub(crate) fn is_file_input(target: Option<web_sys::EventTarget>) -> Option<web_sys::HtmlInputElement> {
    target.and_then(|target| target.dyn_into().ok())
}
