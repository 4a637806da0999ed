//! The pages of the table of moved leads, fetched as they come into view.
//!
//! Rows of an older preview stay until the first page of the newer one is there, so the table never flashes empty.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use interlock_core::preview::view::{Move, Page, Query};
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::Desk;
use crate::state::report::Problem;

/// Rows fetched at once.
pub(crate) const PAGE: u32 = 100;

/// What has been fetched for one preview and one filter.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pages {
    /// Which preview and filter; grows.
    pub(crate) key: u64,
    /// Rows in all.
    pub(crate) total: u32,
    /// Whether anything has been fetched yet.
    pub(crate) ready: bool,
    rows: BTreeMap<u32, Arc<Vec<Move>>>,
    asked: HashSet<u32>,
    wanted_key: u64,
}

impl Pages {
    /// A row, if it is there.
    pub(crate) fn row(&self, position: u32) -> Option<&Move> {
        let page = self.rows.get(&(position / PAGE))?;
        page.get(usize::try_from(position % PAGE).ok()?)
    }
}

impl Desk {
    /// Asks anew: another preview or another filter.
    pub(crate) fn reset_pages(self) {
        self.pages.update_untracked(|pages| {
            pages.wanted_key += 1;
            pages.asked.clear();
        });
        self.want_rows(0, 1);
    }

    /// Fetches what is missing of the rows `from..to`.
    pub(crate) fn want_rows(self, from: u32, to: u32) {
        if self.summary.with_untracked(Option::is_none) {
            return;
        }
        for page in from / PAGE..=to.max(1).saturating_sub(1) / PAGE {
            let fresh = self.pages.try_update_untracked(|pages| pages.asked.insert(page)).unwrap_or_default();
            if fresh {
                leptos::task::spawn_local(async move { self.fetch_page(page).await });
            }
        }
    }

    async fn fetch_page(self, page: u32) {
        let key = self.pages.with_untracked(|pages| pages.wanted_key);
        let query = Query { offset: page * PAGE, limit: PAGE, ..self.filter.get_untracked() };
        match self.ask_moves(&query).await {
            Ok(found) => self.pages.update(|pages| {
                if key != pages.wanted_key {
                    return;
                }
                if pages.key != key {
                    pages.rows.clear();
                    pages.key = key;
                }
                pages.total = found.total;
                pages.ready = true;
                pages.rows.insert(page, Arc::new(found.rows));
            }),
            Err(problem) if problem.died => {}
            // The newer preview asks again.
            Err(_) if self.outdated() => {}
            Err(problem) => self.tell_problem(&problem),
        }
    }

    async fn ask_moves(self, query: &Query) -> Result<Page, Problem> {
        let text = serde_json::to_string(query).unwrap_or_default();
        self.engine().ask("moves", &[JsValue::from_str(&text)]).await
    }

    /// Opens the lead in a row of the table.
    pub(crate) fn open_row(self, position: u32) {
        let total = self.pages.with_untracked(|pages| pages.total);
        if position >= total {
            return;
        }
        self.row.set(position);
        let index = self.pages.with_untracked(|pages| pages.row(position).map(|row| row.index));
        if let Some(index) = index {
            self.choose(index);
            return;
        }
        leptos::task::spawn_local(async move {
            let query = Query { offset: position, limit: 1, ..self.filter.get_untracked() };
            if let Ok(page) = self.ask_moves(&query).await
                && let Some(row) = page.rows.first()
            {
                self.choose(row.index);
            }
        });
    }

    /// Chooses the lead the address bar names. Says so where no lead has that id.
    pub(crate) async fn choose_by_id(self, id: &str) {
        let found: Result<Option<u32>, Problem> = self.engine().ask("find", &[JsValue::from_str(id)]).await;
        match found {
            Ok(Some(index)) => self.choose(index),
            Ok(None) => {
                self.unchoose();
                self.tell(
                    format!("No lead has the id `{id}`."),
                    Some("Load the file it is in, or choose a lead from the table.".to_owned()),
                );
            }
            Err(problem) => self.tell_problem(&problem),
        }
    }

    /// Changes the filter; the table starts at its top.
    pub(crate) fn refilter(self, change: impl FnOnce(&mut Query)) {
        self.filter.update(change);
        self.row.set(0);
        crate::effects::page::bring_into_view("leads-title");
    }
}
