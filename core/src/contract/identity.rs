//! Identity: how people and companies are recognised.

use serde::{Deserialize, Serialize};

use super::{MatchModel, Survivorship, TieBreaker};
use crate::json::Decode;
use crate::map::Map;

/// How people and companies are recognised before anything else is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Identity {
    /// Whether equal e-mail addresses (after case folding) mean the same person. Role addresses and addresses that
    /// several records hold are ambiguous whatever this says.
    pub exact_email: bool,
    /// How a lead finds its account.
    pub account_by: Vec<AccountMatch>,
    /// Domains that say nothing about the company, besides the kept list of free-mail providers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ignore_domains: Vec<String>,
    /// Mailboxes that belong to a role and not to a person, besides the kept list (`info`, `sales` …).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub role_mailboxes: Vec<String>,
    /// How people are weighed against each other where no address is equal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub people: Option<MatchModel>,
    /// How companies are weighed against each other where neither domain nor name is equal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub companies: Option<MatchModel>,
    /// What decides between several accounts, in order, whether they have one domain or name or weigh about the same; without
    /// it a person does. A parent and its subsidiary always go to a person.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tie_breakers: Vec<TieBreaker>,
    /// Which of several duplicates is the master record, in order of importance.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub master: Vec<TieBreaker>,
    /// Which value survives when duplicates are merged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub survivorship: Option<Survivorship>,
    /// The same for fields of which another rule holds, by the field's name without its object: `{"phone": "newest"}`.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub survivorship_of: Map<String, Survivorship>,
    /// Which columns of files of one's own hold what is compared, by attribute, or `name` for a full name:
    /// `{"surname": ["Family name", "Nachname"]}`. The first of them that a file has counts; what is not named here is
    /// recognised as ever. For `interlock match`.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub columns: Map<String, Vec<String>>,
}

/// One way in which a lead finds its account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AccountMatch {
    /// The domain of the business e-mail address or the website is the account's domain.
    Domain,
    /// The company's name without its legal form is the account's.
    Company,
}

impl Default for Identity {
    fn default() -> Self {
        Self {
            exact_email: true,
            account_by: vec![AccountMatch::Domain, AccountMatch::Company],
            ignore_domains: Vec::new(),
            role_mailboxes: Vec::new(),
            people: None,
            companies: None,
            tie_breakers: Vec::new(),
            master: Vec::new(),
            survivorship: None,
            survivorship_of: Map::new(),
            columns: Map::new(),
        }
    }
}
