//! Between the panel and the pages on audit logs, which are modules of their own.
//!
//! Input: the panel's closures. Output: one object of JavaScript, which the pages call. Invariant: what crosses is text.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

#[wasm_bindgen]
extern "C" {
    /// What the panel lets the pages do.
    #[derive(Clone)]
    pub type Bridge;

    /// The text of the contract of one side, `baseline` or `candidate`; none where there is none.
    #[wasm_bindgen(method)]
    pub fn contract(this: &Bridge, side: &str) -> Option<String>;

    /// Sets a value in the candidate: JSON text of `{at, value}`. Answers why it cannot be set; none where it was.
    #[wasm_bindgen(method)]
    pub fn edit(this: &Bridge, edit: &str) -> Option<String>;

    /// The owners that are loaded, as JSON text: a list of `{id, name, email, active}`.
    #[wasm_bindgen(method)]
    pub fn owners(this: &Bridge) -> String;

    /// How the CRM stands, as JSON text; nothing where no leads are loaded.
    #[wasm_bindgen(method, catch)]
    pub async fn standing(this: &Bridge) -> Result<JsValue, JsValue>;

    /// Goes back to the panel; `section` of the contract is opened where one is named.
    #[wasm_bindgen(method)]
    pub fn leave(this: &Bridge, section: Option<String>);
}

#[wasm_bindgen(raw_module = "./open-audit.js")]
extern "C" {
    /// Loads the pages and mounts them.
    #[wasm_bindgen(js_name = openAudit, catch)]
    async fn open_audit(host: &HtmlElement, bridge: &JsValue) -> Result<JsValue, JsValue>;
}

/// What the panel does when the pages ask.
pub(crate) struct Panel {
    pub(crate) contract: Box<dyn Fn(String) -> Option<String>>,
    pub(crate) edit: Box<dyn Fn(String) -> Option<String>>,
    pub(crate) owners: Box<dyn Fn() -> String>,
    pub(crate) standing: Box<dyn Fn() -> js_sys::Promise>,
    pub(crate) leave: Box<dyn Fn(Option<String>)>,
}

/// Loads the pages on audit logs into an element.
///
/// # Errors
/// What was thrown, in words: the files are not there, or are of another version.
pub(crate) async fn open(host: &HtmlElement, panel: Panel) -> Result<(), String> {
    let bridge = js_sys::Object::new();
    let put = |name: &str, closure: JsValue| js_sys::Reflect::set(&bridge, &name.into(), &closure);
    put("contract", Closure::<dyn Fn(String) -> Option<String>>::wrap(panel.contract).into_js_value())
        .and_then(|_| put("edit", Closure::<dyn Fn(String) -> Option<String>>::wrap(panel.edit).into_js_value()))
        .and_then(|_| put("owners", Closure::<dyn Fn() -> String>::wrap(panel.owners).into_js_value()))
        .and_then(|_| put("standing", Closure::<dyn Fn() -> js_sys::Promise>::wrap(panel.standing).into_js_value()))
        .and_then(|_| put("leave", Closure::<dyn Fn(Option<String>)>::wrap(panel.leave).into_js_value()))
        .map_err(|thrown| super::message(&thrown))?;
    open_audit(host, bridge.unchecked_ref()).await.map(drop).map_err(|thrown| super::message(&thrown))
}
