//! The rules that a sending domain's profile answers: G01 to G08, G11, G13 and G15 to G17.
//!
//! Input: a [`SenderDomain`]. Output: an [`Answer`]. Invariant: pure; what the profile does not state is said to be
//! missing, never guessed. Source: Google's e-mail sender guidelines, with the figures of the requirements for senders
//! to personal Gmail accounts.

use super::Answer::{self, Fail, Pass, Unknown, Warn};
use crate::contract::{Alignment, Dmarc, ListSource, SenderDomain};

/// Messages of 100,000 reported as spam that Google asks senders to stay under: 0.10 %.
const SPAM_TARGET: u32 = 100;
/// Messages of 100,000 reported as spam that must never be reached: 0.30 %.
const SPAM_LIMIT: u32 = 300;

/// A flag that must be set.
const fn must(flag: Option<bool>, key: &'static str, fails: &'static str) -> Answer {
    match flag {
        Some(true) => Pass,
        Some(false) => Fail(fails),
        None => Unknown(key),
    }
}

/// G01: SPF or DKIM.
pub(super) const fn authentication(profile: &SenderDomain) -> Answer {
    match (profile.spf, profile.dkim) {
        (Some(true), _) | (_, Some(1..)) => Pass,
        (Some(false), Some(0)) => Fail("neither SPF nor DKIM is set up"),
        (None, _) => Unknown("spf"),
        (_, None) => Unknown("dkim"),
    }
}

/// G02: SPF and DKIM.
pub(super) const fn both_authentications(profile: &SenderDomain) -> Answer {
    match (profile.spf, profile.dkim) {
        (Some(true), Some(1..)) => Pass,
        (Some(false), _) => Fail("SPF is not set up"),
        (_, Some(0)) => Fail("messages are not signed with DKIM"),
        (None, _) => Unknown("spf"),
        (_, None) => Unknown("dkim"),
    }
}

/// G03: a DMARC record.
pub(super) const fn dmarc(profile: &SenderDomain) -> Answer {
    match profile.dmarc {
        Some(Dmarc::Missing) => Fail("there is no DMARC record with a policy"),
        Some(_) => Pass,
        None => Unknown("dmarc"),
    }
}

/// G04: the From domain is aligned.
pub(super) const fn alignment(profile: &SenderDomain) -> Answer {
    match profile.aligned {
        Some(Alignment::Neither) => Fail("the From domain is aligned with neither SPF nor DKIM"),
        Some(_) => Pass,
        None => Unknown("aligned"),
    }
}

/// G05: the length of the DKIM key. Without a key the rule has nothing to say.
pub(super) const fn key_length(profile: &SenderDomain) -> Answer {
    match profile.dkim {
        Some(1..1024) => Fail("the DKIM key has fewer than 1024 bits"),
        Some(1024..2048) => Warn("the DKIM key has fewer than the 2048 bits that are recommended"),
        Some(_) => Pass,
        None => Unknown("dkim"),
    }
}

/// G06: forward and reverse DNS.
pub(super) const fn reverse_dns(profile: &SenderDomain) -> Answer {
    must(profile.ptr, "ptr", "forward and reverse DNS of the sending addresses do not match")
}

/// G07: TLS.
pub(super) const fn tls(profile: &SenderDomain) -> Answer {
    must(profile.tls, "tls", "messages are not sent over TLS")
}

/// G08: the rate of spam reports.
pub(super) const fn spam_rate(profile: &SenderDomain) -> Answer {
    match (profile.spam_rate, profile.days_below) {
        (None, _) => Unknown("spam_rate"),
        (Some(SPAM_LIMIT..), _) => Fail("users report 0.30 % of the messages or more as spam"),
        (Some(_), Some(0..7)) => {
            Warn("the spam rate has been under 0.30 % for fewer than 7 days in a row, so Google lifts no restriction")
        }
        (Some(SPAM_TARGET..), _) => Warn("users report 0.10 % of the messages or more as spam"),
        (Some(_), _) => Pass,
    }
}

/// G11: how soon an unsubscription is honoured.
pub(super) const fn unsubscribe_time(profile: &SenderDomain) -> Answer {
    match profile.unsubscribe_hours {
        Some(49..) => Fail("an unsubscription is honoured after more than 48 hours"),
        Some(_) => Pass,
        None => Unknown("unsubscribe_hours"),
    }
}

/// G15: consent.
pub(super) const fn consent(profile: &SenderDomain) -> Answer {
    match profile.list_source {
        Some(ListSource::Purchased) => Fail("the addresses were bought, rented or scraped"),
        Some(ListSource::PreTicked) => Fail("consent was taken from a box ticked beforehand"),
        Some(ListSource::Researched) => Warn("nobody asked for these messages"),
        Some(_) => Pass,
        None => Unknown("list_source"),
    }
}

/// G16: the ramp. Twice the mean of the days before is the jump that Google names as its bad example; and while more
/// bounces than before, less is to be sent. Google names no figure for the latter: half as many again is taken for more
/// than chance. Whoever does not count bounces is not asked.
pub(super) fn ramp(profile: &SenderDomain) -> Answer {
    let Some(today) = profile.daily_volume else { return Unknown("daily_volume") };
    let Some(before) = &profile.recent_volumes else { return Unknown("recent_volumes") };
    let total: u64 = before.iter().map(|volume| u64::from(*volume)).sum();
    // Twice the mean, multiplied out: today >= 2 * total / days.
    if today > 0 && u64::from(today).saturating_mul(before.len() as u64) >= total.saturating_mul(2) {
        return Warn("twice as much is sent a day as before, or nothing was sent before; grow slowly");
    }
    let rises = match (profile.bounce_rate, profile.recent_bounce_rate) {
        (Some(now), Some(recent)) => u64::from(now) * 2 > u64::from(recent) * 3,
        _ => false,
    };
    if rises && u64::from(today).saturating_mul(before.len() as u64) >= total {
        return Warn("more bounces or is deferred than before, and no less is sent; send less until it falls");
    }
    Pass
}

/// G17: advertising and what customers need are kept apart.
pub(super) const fn separation(profile: &SenderDomain) -> Answer {
    match profile.separates_transactional {
        Some(false) => Warn("advertising and what customers need go out from the same address"),
        Some(true) => Pass,
        None => Unknown("separates_transactional"),
    }
}
