//! The weekly review: what was corrected, which rules caused doubt, which handoffs helped, which workflows should stay in
//! review, and the figures beside those of the week before.
//!
//! Input: the entries of a log up to the end of the week, what is known besides, what the log is called. Output: a [`Review`],
//! and of it one HTML file that needs nothing else ([`Review::html`]) or Markdown ([`Review::markdown`]). Invariant: the same
//! input gives the same bytes; whatever comes from data is escaped; no script, nothing from elsewhere.

mod blocks;
mod html;
mod markdown;

use serde::{Deserialize, Serialize};

use super::{By, Figure, Given, Indicator, Metrics, Slice, Tally, Week};
use crate::audit::Entry;
use crate::time::Timestamp;

/// Reads for a review.
#[derive(Clone, Debug)]
pub struct Weekly {
    week: Week,
    whole: Tally,
    alone: Tally,
}

/// What a review is drawn from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Review {
    /// What the log is called.
    pub log: String,
    /// The contract that it is judged by, where there is one: id and version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract: Option<String>,
    /// The week, as `2026-W47`.
    pub week: String,
    /// The week before.
    pub before: String,
    /// Its first day.
    pub from: Timestamp,
    /// The first second after it.
    pub until: Timestamp,
    /// The week alone.
    pub alone: Metrics,
    /// Everything until its end: the trend, and what advice stands on.
    pub whole: Metrics,
}

impl Weekly {
    /// Begins; entries after the week are as though they had not been written.
    #[must_use]
    pub fn new(week: Week) -> Self {
        let until = Some(week.ends());
        Self { week, whole: Tally::new(None, until), alone: Tally::new(Some(week.begins()), until) }
    }

    /// Reads an entry.
    pub fn add(&mut self, entry: &Entry) {
        self.whole.add(entry);
        self.alone.add(entry);
    }

    /// Reads what a handoff note has of what the contract asks for.
    pub fn handoff(&mut self, at: Timestamp, present: u64, required: u64) {
        self.whole.handoff(at, present, required);
        self.alone.handoff(at, present, required);
    }

    /// What it all comes to.
    #[must_use]
    pub fn finish(self, log: &str, given: Given<'_>) -> Review {
        Review {
            log: log.to_owned(),
            contract: given.contract.map(|contract| format!("{} {}", contract.id, contract.version)),
            week: self.week.to_string(),
            before: self.week.before(1).to_string(),
            from: self.week.begins(),
            until: self.week.ends(),
            alone: self.alone.finish(given),
            whole: self.whole.finish(given),
        }
    }
}

impl Review {
    /// The figure of a week.
    fn of_week(&self, week: &str, metric: Indicator) -> Option<&Figure> {
        let is = |slice: &&Slice| slice.by == By::Week && slice.key == week;
        self.whole.slices.iter().find(is)?.figures.iter().find(|figure| figure.metric == metric)
    }

    /// As one HTML file.
    #[must_use]
    pub fn html(&self) -> String {
        html::write(&self.title(), &blocks::of(self))
    }

    /// As Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        markdown::write(&self.title(), &blocks::of(self))
    }

    fn title(&self) -> String {
        format!("Weekly review {}", self.week)
    }
}
