//! The only code that touches the browser: worker, files, storage, downloads, clock, the page itself.

pub(crate) mod bridge;
pub(crate) mod clock;
pub(crate) mod downloads;
pub(crate) mod files;
pub(crate) mod page;
pub(crate) mod storage;
pub(crate) mod worker;

use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;

/// What a thrown value says.
pub(crate) fn message(thrown: &JsValue) -> String {
    thrown
        .dyn_ref::<js_sys::Error>()
        .map(|error| String::from(error.message()))
        .or_else(|| thrown.as_string())
        .unwrap_or_else(|| String::from(js_sys::Object::from(thrown.clone()).to_string()))
}
