//! The workbench: two contracts, one of them being edited, and the moment they are tried at. Plain data, no browser.

pub(crate) mod address;
#[cfg(test)]
mod answers;
pub(crate) mod condition;
pub(crate) mod decided;
pub(crate) mod edit;
pub(crate) mod history;
pub(crate) mod hours;
pub(crate) mod linkage;
pub(crate) mod merge_plan;
pub(crate) mod report;
pub(crate) mod route;
pub(crate) mod text;
pub(crate) mod traced;

use std::sync::Arc;

use serde_json::Value;

use self::edit::{Edit, Refusal};
use self::history::{History, Snapshot};

/// Which of the two contracts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Side {
    /// The deployed one.
    Baseline,
    /// The edited one.
    Candidate,
}

impl Side {
    /// The word used in messages to the worker.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Baseline => "baseline",
            Self::Candidate => "candidate",
        }
    }
}

/// Everything a person works on.
#[derive(Clone, Debug, Default)]
pub(crate) struct Workbench {
    /// The deployed contract.
    pub(crate) baseline: Option<Snapshot>,
    /// The edited contract.
    pub(crate) candidate: Option<History>,
    /// The moment both are tried at (RFC 3339).
    pub(crate) as_of: String,
}

impl Workbench {
    /// The edited contract.
    pub(crate) fn candidate_value(&self) -> Option<Arc<Value>> {
        Some(Arc::clone(&self.candidate.as_ref()?.now().value))
    }

    /// The deployed contract.
    pub(crate) fn baseline_value(&self) -> Option<Arc<Value>> {
        Some(Arc::clone(&self.baseline.as_ref()?.value))
    }

    /// The text of one side.
    pub(crate) fn text(&self, side: Side) -> Option<Arc<str>> {
        let snapshot = match side {
            Side::Baseline => self.baseline.as_ref()?,
            Side::Candidate => self.candidate.as_ref()?.now(),
        };
        Some(Arc::clone(&snapshot.text))
    }

    /// Edits the candidate.
    pub(crate) fn edit(&mut self, edit: &Edit, at: u64) -> Result<bool, Refusal> {
        match &mut self.candidate {
            Some(history) => history.edit(edit, at),
            None => Err(Refusal("there is no candidate to edit".to_owned())),
        }
    }
}

/// `id` and `version` of a contract, and what people call it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Title {
    pub(crate) name: String,
    pub(crate) version: String,
}

/// What to call a contract.
pub(crate) fn title(contract: &Value) -> Title {
    let text = |key: &str| contract.get(key).and_then(Value::as_str);
    Title {
        name: text("name").or(text("id")).unwrap_or("Contract").to_owned(),
        version: text("version").unwrap_or("–").to_owned(),
    }
}

/// Why a text is not JSON, and where: line and column from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unread {
    pub(crate) message: String,
    pub(crate) help: Option<String>,
    pub(crate) line: u32,
    pub(crate) column: u32,
}

/// Reads JSON text as the engine does. A key that stands twice is a finding of `check`, not a reason to refuse.
pub(crate) fn read(text: &str) -> Result<Value, Unread> {
    let mut findings = Vec::new();
    interlock_core::json::read(text, &mut findings).ok_or_else(|| {
        let found = findings.into_iter().next();
        let place = found.as_ref().and_then(|found| found.place);
        let (message, help) =
            found.map_or_else(|| ("it cannot be read".to_owned(), None), |found| (found.message, found.help));
        let (line, column) = place.map_or((1, 1), |place| (place.line, place.column));
        Unread { message, help, line, column }
    })
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn text_is_read_as_the_engine_reads_it() {
        assert_eq!(read("\u{feff}{\"a\": 1, \"a\": 2}").unwrap(), serde_json::json!({"a": 2}));
        let unread = read("{\n  \"a\": 1,\n}").unwrap_err();
        assert_eq!((unread.line, unread.column), (2, 9), "{unread:?}");
        assert!(unread.message.contains("comma"), "{unread:?}");
        assert!(unread.help.is_some());
    }
}
