//! Identifiers: one type per kind of thing, so that a rule id cannot stand where an owner id is wanted.
//!
//! Every id is an immutable, cheaply cloned string. Its shape (`[a-z0-9]` first, then `[a-z0-9._-]`) is asked of
//! ids a contract *defines*; ids that come from a CRM keep whatever the CRM wrote.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::json::{Decode, Node};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(transparent)]
        pub struct $name(
            #[cfg_attr(feature = "schema", schemars(with = "String"))]
            #[serde(with = "arc_str")]
            Arc<str>
        );

        impl $name {
            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl Decode for $name {
            fn blank() -> Self {
                Self(Arc::default())
            }

            fn decode(&mut self, node: &Node<'_>) -> bool {
                self.0.decode(node)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(Arc::from(text))
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(Arc::from(text))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", &*self.0)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    )*};
}

mod arc_str {
    use std::borrow::Cow;
    use std::sync::Arc;

    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(text: &Arc<str>, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(text)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Arc<str>, D::Error> {
        Cow::<'de, str>::deserialize(from).map(|text| Arc::from(&*text))
    }
}

ids! {
    /// A contract, across its versions.
    ContractId;
    /// A rule of any section: routing, score, suppression, review, lifecycle.
    RuleId;
    /// A principal that acts by AI, for example `alim`.
    AgentId;
    /// One of the contract's workflows.
    WorkflowId;
    /// A source of leads or of values, for example `demo-form`.
    SourceId;
    /// A field of a record, written `object.field`: `lead.industry`.
    FieldName;
    /// What a condition reads: a field of a record or something a stage makes, `score.fit`.
    FactName;
    /// A score, for example `fit`.
    ScoreId;
    /// A pool of owners.
    PoolId;
    /// Working hours, for example `berlin-office`.
    CalendarId;
    /// Days on which nobody works, for example `germany`.
    HolidaysId;
    /// A queue: a place where leads wait for a person.
    QueueId;
    /// A person who can own records: the directory's id where there is one, otherwise the name as written, folded.
    OwnerId;
    /// A record of the CRM.
    RecordId;
    /// A look-up list, for example `named-accounts`.
    ListId;
    /// A territory.
    TerritoryId;
    /// A lifecycle stage, for example `mql`.
    StageId;
    /// An event: what happened to which record.
    EventId;
}

/// Whether `text` has the shape asked of an id that a contract defines.
///
/// ```
/// assert!(interlock_core::id::is_well_formed("emea-enterprise"));
/// assert!(!interlock_core::id::is_well_formed("EMEA / Enterprise"));
/// ```
#[must_use]
pub fn is_well_formed(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    text.bytes().next().is_some_and(plain)
        && text.len() <= 64
        && text.bytes().all(|b| plain(b) || matches!(b, b'.' | b'_' | b'-'))
}
