//! Agents: the AI principals a contract knows. The engine compares capabilities and motion, never names.

use serde::{Deserialize, Serialize};

use super::ActionKind;
use crate::id::AgentId;
use crate::json::Decode;

/// Whether a lead came to us or we went to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Motion {
    /// The buyer came to us.
    Inbound,
    /// We went to the buyer.
    Outbound,
}

impl Motion {
    /// The word used in JSON, panel and command.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Inbound => "inbound",
            Self::Outbound => "outbound",
        }
    }
}

/// What an agent is able to do: the kinds of action it may propose.
pub type Capability = ActionKind;

/// An AI that acts under the contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Agent {
    /// How the contract refers to it.
    pub id: AgentId,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The motion it works in; an action outside it is blocked.
    pub motion: Motion,
    /// The actions it may propose; any other is blocked.
    pub capabilities: Vec<Capability>,
}
