//! Closures of one type.
//!
//! Every closure is a type of its own, and each type that reaches a view brings its own copy of the framework's code for
//! building, updating and dropping it. Through these functions all of them share a handful of copies.

use std::sync::{Arc, Mutex};

use web_sys::{Event, MouseEvent};

type Listener<E> = Box<dyn FnMut(E)>;

/// A value that follows signals.
pub(crate) fn live<T>(value: impl FnMut() -> T + Send + 'static) -> Arc<Mutex<dyn FnMut() -> T + Send>> {
    Arc::new(Mutex::new(value))
}

/// What a click does.
pub(crate) fn click(act: impl FnMut(MouseEvent) + 'static) -> Listener<MouseEvent> {
    Box::new(act)
}

/// What a change of an input does.
pub(crate) fn change(act: impl FnMut(Event) + 'static) -> Listener<Event> {
    Box::new(act)
}
