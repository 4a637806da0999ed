//! Keeping drafts in this browser, where it lets us: IndexedDB, probed once at the start.
//!
//! Lead data is never kept. In an iframe of another site browsers deny storage; then [`Store::open`] fails, everything
//! stays in memory, and the page says so.

use idb::{Database, DatabaseEvent, Factory, ObjectStoreParams, TransactionMode};
use interlock_core::json::{Decode, typed};
use leptos::prelude::window;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;

const DATABASE: &str = "interlock";
const DRAFTS: &str = "drafts";
const CURRENT: &str = "current";
const THEME: &str = "interlock.theme";

/// What is kept of the work.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[serde(default)]
#[decode(part)]
pub(crate) struct Draft {
    /// The text of the baseline.
    pub(crate) baseline: String,
    /// The text of the candidate.
    pub(crate) candidate: String,
    /// The moment they are tried at.
    pub(crate) as_of: String,
    /// Whether the leads were the demo's.
    pub(crate) demo: bool,
    /// The files that were loaded, by name only.
    pub(crate) files: Vec<String>,
}

/// A place in this browser that keeps drafts.
pub(crate) struct Store {
    database: Database,
}

impl Store {
    /// Opens the store and proves that it works by writing to it.
    pub(crate) async fn open() -> Result<Self, String> {
        // Where IndexedDB is denied, opening may also never answer; the caller does not wait for it.
        let open = || -> Result<_, idb::Error> {
            let mut request = Factory::new()?.open(DATABASE, Some(1))?;
            request.on_upgrade_needed(|event| {
                if let Ok(database) = event.database() {
                    let _ = database.create_object_store(DRAFTS, ObjectStoreParams::new());
                }
            });
            Ok(request)
        };
        let database = open().map_err(|error| error.to_string())?.await.map_err(|error| error.to_string())?;
        let store = Self { database };
        store.put("probe", "1").await?;
        Ok(store)
    }

    async fn put(&self, key: &str, text: &str) -> Result<(), String> {
        let put = async || -> Result<(), idb::Error> {
            let transaction = self.database.transaction(&[DRAFTS], TransactionMode::ReadWrite)?;
            let (key, text) = (JsValue::from_str(key), JsValue::from_str(text));
            transaction.object_store(DRAFTS)?.put(&text, Some(&key))?.await?;
            transaction.commit()?.await?;
            Ok(())
        };
        put().await.map_err(|error| error.to_string())
    }

    /// Keeps a draft in place of the one before.
    pub(crate) async fn keep(&self, draft: &Draft) -> Result<(), String> {
        let text = serde_json::to_string(draft).map_err(|error| error.to_string())?;
        self.put(CURRENT, &text).await
    }

    /// The draft that was kept. One that cannot be read counts as none: it is older than this page.
    pub(crate) async fn kept(&self) -> Option<Draft> {
        let transaction = self.database.transaction(&[DRAFTS], TransactionMode::ReadOnly).ok()?;
        let key = JsValue::from_str(CURRENT);
        let value = transaction.object_store(DRAFTS).ok()?.get(key).ok()?.await.ok()??;
        typed(&value.as_string()?).ok()
    }

    /// Forgets the draft.
    pub(crate) async fn forget(&self) -> Result<(), String> {
        self.put(CURRENT, "").await
    }
}

/// The theme chosen before; nothing where storage is denied or none was chosen.
pub(crate) fn theme() -> Option<String> {
    window().local_storage().ok()??.get_item(THEME).ok()?
}

/// Keeps the chosen theme where that is possible.
pub(crate) fn keep_theme(theme: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(THEME, theme);
    }
}
