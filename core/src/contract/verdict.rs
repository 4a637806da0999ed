//! What the gate answers, and what can be asked of it.

use serde::{Deserialize, Serialize};

use crate::json::Decode;

/// The gate's answer. Ordered from laxest to strictest; the strictest that applies wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Done without asking.
    Auto,
    /// Offered; a person may take it, nothing waits for it.
    Suggest,
    /// A named reviewer must decide; what depends on it is held.
    Review,
    /// Recorded, not offered.
    Block,
}

impl Verdict {
    /// All verdicts, laxest first.
    pub const ALL: [Self; 4] = [Self::Auto, Self::Suggest, Self::Review, Self::Block];

    /// The stricter of two verdicts.
    #[must_use]
    pub fn stricter(self, other: Self) -> Self {
        self.max(other)
    }

    /// The word used in JSON, panel and command.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Suggest => "suggest",
            Self::Review => "review",
            Self::Block => "block",
        }
    }
}

impl std::fmt::Display for Verdict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.word())
    }
}

/// What an automation can do to a record or a person. Kept apart where the risk differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ActionKind {
    /// Write a field of a record.
    UpdateField,
    /// Create a record.
    Create,
    /// Link two records, a lead to an account.
    Link,
    /// Merge two records.
    Merge,
    /// Set the owner.
    Assign,
    /// Move a record to another lifecycle stage.
    ChangeStage,
    /// Create a task for a person.
    CreateTask,
    /// Add to a campaign.
    AddToCampaign,
    /// Enrol in a sequence.
    Enrol,
    /// Write a message that a person will send.
    DraftMessage,
    /// Send a message.
    SendMessage,
    /// Ask the buyer a question.
    AskQuestion,
    /// Book a meeting.
    BookMeeting,
    /// Attach a research note.
    ResearchNote,
}

impl ActionKind {
    /// All kinds, in order of growing reach.
    pub const ALL: [Self; 14] = [
        Self::UpdateField,
        Self::Create,
        Self::Link,
        Self::Merge,
        Self::Assign,
        Self::ChangeStage,
        Self::CreateTask,
        Self::AddToCampaign,
        Self::Enrol,
        Self::DraftMessage,
        Self::SendMessage,
        Self::AskQuestion,
        Self::BookMeeting,
        Self::ResearchNote,
    ];

    /// The word used in JSON, panel and command.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::UpdateField => "update_field",
            Self::Create => "create",
            Self::Link => "link",
            Self::Merge => "merge",
            Self::Assign => "assign",
            Self::ChangeStage => "change_stage",
            Self::CreateTask => "create_task",
            Self::AddToCampaign => "add_to_campaign",
            Self::Enrol => "enrol",
            Self::DraftMessage => "draft_message",
            Self::SendMessage => "send_message",
            Self::AskQuestion => "ask_question",
            Self::BookMeeting => "book_meeting",
            Self::ResearchNote => "research_note",
        }
    }
}

impl std::fmt::Display for ActionKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.word())
    }
}
