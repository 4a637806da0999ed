//! Names of raw fields.
//!
//! Input: the name that an event gives a field. Output: the same name, and which field of a lead it means, found out
//! once, when a file is read, and not again for every lead. Invariant: equal names mean the same field.

use std::borrow::Borrow;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Object;
use crate::id::FieldName;

/// The name of a raw field: `lead.email` for standard fields, the column's header for others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RawName {
    name: FieldName,
    slot: u8,
}

/// The slot of a name that begins as those of lead fields do, but is none that is read.
const UNKNOWN: u8 = u8::MAX - 1;
/// The slot of any other name.
const HEADER: u8 = u8::MAX;

impl RawName {
    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.name.as_str()
    }

    /// The slot of the lead's field; beyond all fields where it is none.
    pub(crate) fn slot(&self) -> usize {
        self.slot.into()
    }

    /// Whether it begins as the names of lead fields do.
    pub(crate) const fn is_of_lead(&self) -> bool {
        self.slot != HEADER
    }
}

impl From<FieldName> for RawName {
    fn from(name: FieldName) -> Self {
        let slot = name.as_str().strip_prefix("lead.").map(|field| Object::Lead.read_slot(field));
        let slot = slot.map_or(HEADER, |slot| slot.and_then(|slot| u8::try_from(slot).ok()).unwrap_or(UNKNOWN));
        Self { name, slot }
    }
}

impl From<&str> for RawName {
    fn from(name: &str) -> Self {
        FieldName::from(name).into()
    }
}

impl Borrow<str> for RawName {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

impl Borrow<FieldName> for RawName {
    fn borrow(&self) -> &FieldName {
        &self.name
    }
}

impl fmt::Display for RawName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.name.fmt(f)
    }
}

impl Serialize for RawName {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.name.serialize(to)
    }
}

impl<'de> Deserialize<'de> for RawName {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        FieldName::deserialize(from).map(Self::from)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for RawName {
    fn inline_schema() -> bool {
        FieldName::inline_schema()
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        FieldName::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        FieldName::json_schema(generator)
    }
}
