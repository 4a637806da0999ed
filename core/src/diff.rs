//! What differs between two contracts, addressed: one entry per thing a person would call an edit.
//!
//! Input: two contracts as JSON. Output: [`Difference`]s in the order of the candidate. Items of lists are matched by
//! `id` (field policies by `field`, tightenings too, pool members by `owner`), so that moving a rule is a move and not
//! a hundred changes. Invariant: applying every difference to the first contract gives the second.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One addressed difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Difference {
    /// Where: `/routing/rules/emea-enterprise/when`. Items of lists are named by id.
    pub address: String,
    /// What happened there.
    pub kind: DifferenceKind,
    /// The value before; none where something was added.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    /// The value after; none where something was removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Value>,
    /// In words: "`at_least` 1000 → 500".
    pub summary: String,
}

/// What happened at an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DifferenceKind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It has another value.
    Changed,
    /// It stands elsewhere in its list; `before` and `after` are the positions, from 0.
    Moved,
}
