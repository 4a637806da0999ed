//! Handing a text to the person: as a file or through the clipboard.
//!
//! A download that a sandbox blocks cannot be told from one that works, so callers say "download started" and always
//! offer the text as well.

use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use super::message;

/// Starts a download of a text, of CSV where the name says so and otherwise of JSON.
pub(crate) fn start(name: &str, text: &str) -> Result<(), String> {
    let begin = || -> Result<(), JsValue> {
        let kind = BlobPropertyBag::new();
        kind.set_type(if name.ends_with(".csv") { "text/csv" } else { "application/json" });
        let parts = js_sys::Array::of1(&JsValue::from_str(text));
        let blob = Blob::new_with_str_sequence_and_options(&parts, &kind)?;
        let address = Url::create_object_url_with_blob(&blob)?;
        let anchor: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
        anchor.set_href(&address);
        anchor.set_download(name);
        anchor.click();
        leptos::prelude::set_timeout(
            move || {
                let _ = Url::revoke_object_url(&address);
            },
            std::time::Duration::from_secs(60),
        );
        Ok(())
    };
    begin().map_err(|thrown| message(&thrown))
}

/// Puts a text on the clipboard.
pub(crate) async fn copy(text: &str) -> Result<(), String> {
    let clipboard = js_sys::Reflect::get(&window().navigator(), &"clipboard".into())
        .ok()
        .and_then(|found| found.dyn_into::<web_sys::Clipboard>().ok())
        .ok_or("this page may not use the clipboard")?;
    JsFuture::from(clipboard.write_text(text)).await.map(drop).map_err(|thrown| message(&thrown))
}
