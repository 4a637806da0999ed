//! The words that JSON, panel and command use for what stands in an entry.

use super::{Actor, EntryKind, Says};

impl EntryKind {
    /// The word used in JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Change => "change",
            Self::Suggestion => "suggestion",
            Self::Review => "review",
            Self::Block => "block",
            Self::Observed => "observed",
            Self::Correction => "correction",
            Self::Rollback => "rollback",
        }
    }
}

impl Actor {
    /// The word used in JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ai => "ai",
            Self::HumanApprovedAi => "human_approved_ai",
            Self::Human => "human",
        }
    }
}

impl Says {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Accepted,
        Self::Edited,
        Self::Rejected,
        Self::RolledBack,
        Self::FalseDuplicate,
        Self::WrongRoute,
        Self::MissingData,
        Self::HandoffUseful,
        Self::HandoffUseless,
        Self::TaskDone,
    ];

    /// The word used in JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Edited => "edited",
            Self::Rejected => "rejected",
            Self::RolledBack => "rolled_back",
            Self::FalseDuplicate => "false_duplicate",
            Self::WrongRoute => "wrong_route",
            Self::MissingData => "missing_data",
            Self::HandoffUseful => "handoff_useful",
            Self::HandoffUseless => "handoff_useless",
            Self::TaskDone => "task_done",
        }
    }

    /// What is called so.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|says| says.word() == word)
    }
}
