//! Sender: what is known of the domains that mail is sent from.
//!
//! The figures are those of Google's Postmaster Tools and of the domain's own DNS; what is not stated counts as unknown.
//! Shares are whole numbers, messages of 100,000: 0.10 % is `100`.

use serde::{Deserialize, Serialize};

use crate::json::Decode;

/// What is known of the domains that mail is sent from. Without it nothing is sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Sender {
    /// One profile for each domain that stands behind the `@` of a From address.
    pub domains: Vec<SenderDomain>,
}

/// What is known of one sending domain.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SenderDomain {
    /// The domain behind the `@` of the From address: `mail.acme.com`.
    pub domain: String,
    /// Whether an SPF record covers the servers that send.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spf: Option<bool>,
    /// The length of the DKIM key in bits; 0 where messages are not signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dkim: Option<u32>,
    /// The policy of the DMARC record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dmarc: Option<Dmarc>,
    /// With which of SPF and DKIM the From domain is aligned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aligned: Option<Alignment>,
    /// Whether forward and reverse DNS of the sending addresses match.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ptr: Option<bool>,
    /// Whether messages are sent over TLS.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tls: Option<bool>,
    /// Messages of 100,000 that users report as spam, a day, as Postmaster Tools shows it: 0.10 % is `100`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spam_rate: Option<u32>,
    /// For how many days in a row the spam rate has been under 0.30 %.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days_below: Option<u32>,
    /// Within how many hours an unsubscription is honoured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsubscribe_hours: Option<u32>,
    /// How the addresses that are written to were come by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list_source: Option<ListSource>,
    /// Messages to personal Gmail accounts in the last 24 hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub daily_volume: Option<u32>,
    /// The same for the days before, oldest first; empty where nothing was sent before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recent_volumes: Option<Vec<u32>>,
    /// Messages of 100,000 that bounced or were deferred in the last 24 hours, as the sending system counts them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bounce_rate: Option<u32>,
    /// The same over the days before, on average.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recent_bounce_rate: Option<u32>,
    /// Whether the domain has ever sent 5,000 messages to personal Gmail accounts within 24 hours: once a bulk sender,
    /// always one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bulk: bool,
    /// Whether advertising is sent from another address than what customers need.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub separates_transactional: Option<bool>,
}

/// The policy of a DMARC record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Dmarc {
    /// There is no record, or one without a policy.
    Missing,
    /// `p=none`.
    None,
    /// `p=quarantine`.
    Quarantine,
    /// `p=reject`.
    Reject,
}

/// With which authentication the From domain is aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Alignment {
    /// With neither.
    Neither,
    /// With the domain that SPF authenticates.
    Spf,
    /// With the domain that signs.
    Dkim,
    /// With both.
    Both,
}

/// How the addresses of a list were come by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ListSource {
    /// Each person asked for it and confirmed the address.
    Confirmed,
    /// Each person asked for it.
    OptIn,
    /// Found one by one; nobody asked for it.
    Researched,
    /// By a form whose box was ticked beforehand.
    PreTicked,
    /// Bought, rented or scraped.
    Purchased,
}
