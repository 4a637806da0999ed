//! State: what one decision leaves for the next. A value in and a value out.

use serde::{Deserialize, Serialize};

use crate::id::{OwnerId, PoolId};
use crate::json::Decode;
use crate::map::Map;

/// What one decision leaves for the next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct State {
    /// The rotation of each pool.
    pub pools: Map<PoolId, PoolState>,
}

/// The rotation of one pool.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct PoolState {
    /// How many leads each member was given.
    pub turns: Map<OwnerId, u64>,
}
