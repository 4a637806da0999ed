//! The engine in its worker: questions go in, answers come back, and a dead worker is replaced.
//!
//! Message out: `{id, verb, args}`. Message in: `{id, ok}` with JSON text, or `{id, error}` with a
//! [`Problem`]. Invariant: every question gets exactly one answer; those that a dying worker leaves open are answered
//! with a problem that says so.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use futures_channel::oneshot;
use interlock_core::json::{Decode, typed};
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

use super::message;
use crate::state::report::Problem;

type Answer = Result<String, Problem>;

struct Inner {
    /// The worker's script, beside the page.
    script: &'static str,
    worker: Option<Worker>,
    waiting: HashMap<u32, oneshot::Sender<Answer>>,
    last: u32,
}

/// The engine. Clones are the same engine.
#[derive(Clone)]
pub(crate) struct Engine(Rc<RefCell<Inner>>);

impl Default for Engine {
    fn default() -> Self {
        Self::of("./engine-worker.js")
    }
}

impl Engine {
    /// The engine of audit logs.
    pub(crate) fn of_logs() -> Self {
        Self::of("./audit-worker.js")
    }

    fn of(script: &'static str) -> Self {
        Self(Rc::new(RefCell::new(Inner { script, worker: None, waiting: HashMap::new(), last: 0 })))
    }

    /// Asks the engine and reads its answer.
    pub(crate) async fn ask<T: Decode>(&self, verb: &str, args: &[JsValue]) -> Result<T, Problem> {
        let text = self.ask_text(verb, args).await?;
        typed(&text).map_err(|fault| unread(verb, &fault))
    }

    /// Asks the engine for a text.
    pub(crate) async fn ask_text(&self, verb: &str, args: &[JsValue]) -> Answer {
        let (answer, wait) = oneshot::channel();
        self.send(verb, args, answer)?;
        wait.await.unwrap_or_else(|_| Err(died("")))
    }

    fn send(&self, verb: &str, args: &[JsValue], answer: oneshot::Sender<Answer>) -> Result<(), Problem> {
        let worker = self.worker()?;
        let id = {
            let mut inner = self.0.borrow_mut();
            inner.last = inner.last.wrapping_add(1);
            let id = inner.last;
            inner.waiting.insert(id, answer);
            id
        };
        let post = || -> Result<(), JsValue> {
            let question = Object::new();
            Reflect::set(&question, &"id".into(), &id.into())?;
            Reflect::set(&question, &"verb".into(), &verb.into())?;
            Reflect::set(&question, &"args".into(), &args.iter().collect::<Array>())?;
            worker.post_message(&question)
        };
        post().map_err(|thrown| {
            self.0.borrow_mut().waiting.remove(&id);
            Problem::new(message(&thrown), "reload the page")
        })
    }

    /// The worker, started if there is none.
    fn worker(&self) -> Result<Worker, Problem> {
        if let Some(worker) = &self.0.borrow().worker {
            return Ok(worker.clone());
        }
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let script = self.0.borrow().script;
        let worker = Worker::new_with_options(script, &options).map_err(|thrown| {
            Problem::new(
                format!("the engine cannot start here: {}", message(&thrown)),
                "where the page is embedded, its frame needs `allow-scripts` and `allow-same-origin`",
            )
        })?;
        let engine = self.clone();
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            engine.answered(&event.data());
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        on_message.forget();
        let engine = self.clone();
        let on_error = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
            let what =
                Reflect::get(&event, &"message".into()).ok().and_then(|text| text.as_string()).unwrap_or_default();
            engine.end(&what);
        });
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        on_error.forget();
        self.0.borrow_mut().worker = Some(worker.clone());
        Ok(worker)
    }

    fn answered(&self, data: &JsValue) {
        let member = |key: &str| Reflect::get(data, &key.into()).unwrap_or(JsValue::UNDEFINED);
        if let Some(what) = member("died").as_string() {
            self.end(&what);
            return;
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the number that was sent")]
        let id = member("id").as_f64().unwrap_or_default() as u32;
        let Some(waiting) = self.0.borrow_mut().waiting.remove(&id) else {
            return;
        };
        let answer = match member("ok").as_string() {
            Some(ok) => Ok(ok),
            None => Err(problem(&member("error"))),
        };
        let _ = waiting.send(answer);
    }

    /// Ends the worker and answers everything it left open.
    fn end(&self, what: &str) {
        let (worker, waiting) = {
            let mut inner = self.0.borrow_mut();
            (inner.worker.take(), std::mem::take(&mut inner.waiting))
        };
        if let Some(worker) = worker {
            worker.terminate();
        }
        for (_, open) in waiting {
            let _ = open.send(Err(died(what)));
        }
    }
}

fn unread(verb: &str, fault: &str) -> Problem {
    Problem::new(
        format!("the engine's answer to `{verb}` cannot be read: {fault}"),
        "reload the page, so that panel and engine are of one version",
    )
}

fn died(what: &str) -> Problem {
    let why = if what.is_empty() { String::new() } else { format!(": {what}") };
    Problem {
        message: format!("the engine stopped{why}"),
        help: Some("it was started again with the same files and contracts".to_owned()),
        died: true,
        ..Problem::default()
    }
}

/// The engine's error: JSON text, or an object with a message.
fn problem(error: &JsValue) -> Problem {
    error
        .as_string()
        .map(|text| typed(&text).unwrap_or(Problem { message: text, ..Problem::default() }))
        .unwrap_or_else(|| Problem { message: message(error), ..Problem::default() })
}
