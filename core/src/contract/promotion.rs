//! Promotion: what evidence it takes to let something be done automatically, and to take that back.

use serde::{Deserialize, Serialize};

use crate::json::Decode;
use crate::scale::Confidence;

/// What evidence it takes. Nothing is ever automated by itself: a person makes the edit that is advised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Promotion {
    /// How many suggestions people must have answered; 50 when not said.
    #[serde(default = "fifty", skip_serializing_if = "is_fifty")]
    pub min_resolved: u32,
    /// In how many days before; 90 when not said.
    #[serde(default = "ninety", skip_serializing_if = "is_ninety")]
    pub within_days: u32,
    /// The share of them accepted unchanged: the lower end of its interval must reach this; 90 % when not said.
    #[serde(default = "most", skip_serializing_if = "is_most")]
    pub at_least: Confidence,
    /// The share of automatic changes that people correct or take back: once the lower end of its interval is above this,
    /// it is advised to suggest again; 5 % when not said.
    #[serde(default = "few", skip_serializing_if = "is_few")]
    pub take_back_above: Confidence,
}

impl Default for Promotion {
    fn default() -> Self {
        Self { min_resolved: fifty(), within_days: ninety(), at_least: most(), take_back_above: few() }
    }
}

const fn fifty() -> u32 {
    50
}

const fn ninety() -> u32 {
    90
}

fn most() -> Confidence {
    Confidence::per_mille(900).unwrap_or_default()
}

fn few() -> Confidence {
    Confidence::per_mille(50).unwrap_or_default()
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_fifty(value: &u32) -> bool {
    *value == fifty()
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_ninety(value: &u32) -> bool {
    *value == ninety()
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_most(value: &Confidence) -> bool {
    *value == most()
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_few(value: &Confidence) -> bool {
    *value == few()
}
