//! What holds for the whole contract, and the tables that make facts: custom fields, lists, territories.

use serde::{Deserialize, Serialize};

use super::{Condition, Reviewer, Target};
use crate::id::{FactName, ListId, TerritoryId};
use crate::json::Decode;
use crate::map::Map;
use crate::record::Object;

/// What holds for the whole contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// The country phone numbers without a country code belong to (ISO 3166 alpha-2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_country: Option<String>,
    /// The currency of amounts without one (ISO 4217).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// What `03/04/2025` means: `day_first` or `month_first`. Without it, such dates are read by what the whole column
    /// allows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_order: Option<DateOrder>,
    /// The time zone of `event.hour` and `event.weekday` (IANA, `Europe/Berlin`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// Who looks where neither a review rule nor a field policy names anybody; by default the escalation queue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviewer: Option<Reviewer>,
}

/// Which of day and month comes first in a date written with numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// 03/04 is the third of April.
    DayFirst,
    /// 03/04 is the fourth of March.
    MonthFirst,
}

#[expect(clippy::derivable_impls, reason = "the defaults are part of the format and are stated")]
impl Default for Settings {
    fn default() -> Self {
        Self { default_country: None, currency: None, date_order: None, time_zone: None, reviewer: None }
    }
}

impl Settings {
    pub(super) fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// A field of your own, read from a column of your own. Makes the fact `<object>.<id>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CustomField {
    /// Its name in conditions, without the object.
    pub id: FactName,
    /// The object it belongs to.
    pub object: CustomObject,
    /// What its values are.
    pub kind: CustomKind,
    /// The column headers it is read from; compared without regard to case.
    pub columns: Vec<String>,
}

/// Which object a custom field belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each word is its own description")]
pub enum CustomObject {
    Lead,
    Account,
    Contact,
    Opportunity,
}

impl CustomObject {
    /// The object among all.
    #[must_use]
    pub const fn object(self) -> Object {
        match self {
            Self::Lead => Object::Lead,
            Self::Account => Object::Account,
            Self::Contact => Object::Contact,
            Self::Opportunity => Object::Opportunity,
        }
    }
}

/// What the values of a custom field are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CustomKind {
    /// Any text.
    Text,
    /// A whole number.
    Number,
    /// An amount of money.
    Money,
    /// Yes or no.
    Bool,
    /// A date or a time.
    Date,
}

/// A look-up list. Makes the fact `list.<id>`: whether the key's value stands in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct List {
    /// How conditions refer to it.
    pub id: ListId,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The fact that is looked up, for example `lead.domain`.
    pub key: FactName,
    /// What stands in it.
    #[serde(default)]
    pub values: Vec<String>,
    /// What stands in it with where such a lead goes, for rules that say `to: {"list_owner": …}`: an owner, a pool or a
    /// queue.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub entries: Map<String, Target>,
}

/// A territory. Makes the fact `territory.<id>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Territory {
    /// How conditions refer to it.
    pub id: TerritoryId,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The territory it is part of: whoever belongs to this one belongs to that one too, and of two routing rules of a
    /// tier the one about the part outranks the one about the whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<TerritoryId>,
    /// Which leads belong to it.
    pub when: Condition,
}
