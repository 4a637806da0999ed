//! Files: those a person picks or drops, and those of the page's own server.

use js_sys::Uint8Array;
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DataTransfer, File, FileList, Response};

use super::message;
use crate::state::report::Problem;

/// A file in memory.
#[derive(Clone)]
pub(crate) struct Loaded {
    /// Its name.
    pub(crate) name: String,
    /// Its bytes.
    pub(crate) bytes: Uint8Array,
}

/// The files of a picker.
pub(crate) fn listed(list: Option<&FileList>) -> Vec<File> {
    let count = list.map_or(0, FileList::length);
    (0..count).filter_map(|index| list.and_then(|list| list.get(index))).collect()
}

/// Whether what is being dragged holds files.
pub(crate) fn carries_files(transfer: Option<&DataTransfer>) -> bool {
    transfer.is_some_and(|transfer| transfer.types().includes(&"Files".into(), 0))
}

/// The files that were dropped.
pub(crate) fn dropped(transfer: Option<&DataTransfer>) -> Vec<File> {
    listed(transfer.and_then(DataTransfer::files).as_ref())
}

/// Reads a file.
pub(crate) async fn read(file: File) -> Result<Loaded, Problem> {
    let name = file.name();
    let bytes = JsFuture::from(file.array_buffer()).await.map_err(|thrown| Problem {
        message: format!("`{name}` cannot be read: {}", message(&thrown)),
        help: Some("choose the file again; it may have been moved or changed".to_owned()),
        file: Some(name.clone()),
        ..Problem::default()
    })?;
    Ok(Loaded { name, bytes: Uint8Array::new(&bytes) })
}

/// Fetches one of the page's own files.
pub(crate) async fn fetch(path: &str) -> Result<Loaded, Problem> {
    let fail = |what: String| Problem {
        message: format!("`{path}` cannot be fetched: {what}"),
        help: Some("reload the page; if it stays, load files of your own".to_owned()),
        file: Some(path.to_owned()),
        ..Problem::default()
    };
    let response: Response =
        JsFuture::from(window().fetch_with_str(path)).await.map_err(|thrown| fail(message(&thrown)))?.unchecked_into();
    if !response.ok() {
        return Err(fail(format!("the server answered {}", response.status())));
    }
    let buffer = response.array_buffer().map_err(|thrown| fail(message(&thrown)))?;
    let bytes = JsFuture::from(buffer).await.map_err(|thrown| fail(message(&thrown)))?;
    let name = path.rsplit('/').next().unwrap_or(path).to_owned();
    Ok(Loaded { name, bytes: Uint8Array::new(&bytes) })
}

/// The bytes as text; what is not UTF-8 is replaced.
pub(crate) fn text(file: &Loaded) -> String {
    let bytes = file.bytes.to_vec();
    let text = String::from_utf8_lossy(&bytes);
    text.trim_start_matches('\u{feff}').to_owned()
}

/// Bytes to hand to the worker.
pub(crate) fn bytes(file: &Loaded) -> JsValue {
    file.bytes.clone().into()
}
