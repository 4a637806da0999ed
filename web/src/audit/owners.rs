//! Owners by name: a log knows their ids alone, the panel's owners file what they are called.
//!
//! Input: the owners that are loaded in the panel. Output: a name for an id or an e-mail address; where nobody is called
//! that, what the log says. Invariant: what is filtered, exported and answered stays the log's own id.

use interlock_core::audit::Entry;
use interlock_core::contract::ActionKind;
use leptos::prelude::*;

use super::frame::Frame;
use crate::state::report::Owner;

impl Frame {
    /// What an owner is called; the id where that is not known.
    pub(crate) fn owner(self, id: &str) -> String {
        let name = self.owners.with(|owners| {
            let is = |owner: &&Owner| owner.id == id || (!id.is_empty() && owner.email.eq_ignore_ascii_case(id));
            owners.iter().find(is).map(|owner| owner.name.clone()).filter(|name| !name.is_empty())
        });
        name.unwrap_or_else(|| id.to_owned())
    }

    /// The same, with the id behind the name.
    pub(crate) fn owner_and_id(self, id: &str) -> String {
        let name = self.owner(id);
        if name == id { name } else { format!("{name} ({id})") }
    }

    /// A reviewer as [`named`](interlock_core::audit::filter::named) writes it, an owner among them by name.
    pub(crate) fn reviewer(self, word: &str) -> String {
        word.strip_prefix("owner:").map_or_else(|| word.to_owned(), |id| self.owner(id))
    }

    /// A value of an entry as it is shown: where a record was assigned, it is an owner.
    pub(crate) fn value(self, entry: &Entry, value: &str) -> String {
        let owner = entry.action == ActionKind::Assign && !value.is_empty();
        if owner { self.owner(value) } else { value.to_owned() }
    }
}
