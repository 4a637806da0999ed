//! Sender safety: whether a message may go out, by Google's rules for senders.
//!
//! Input: the contract's profiles of sending domains, the message, whom it goes to. Output: a [`Ruling`] for each rule
//! that does not pass. Invariants: a rule that fails blocks, and the reason names it; what is not stated is never taken
//! for safe, and never held against the sender more than a failure would be; the rules for bulk senders are asked of
//! bulk senders alone.
//!
//! Source: Google's e-mail sender guidelines (rules G01 to G17) and their requirements for bulk senders. A *bulk sender*
//! has sent 5,000 messages or more to personal Gmail accounts within 24 hours, counted over a primary domain with all
//! its subdomains, and stays one for good. Google states the requirements for bulk senders for messages to personal
//! Gmail accounts; towards other receivers a failure of such a rule is a warning. The rules for all senders are those of
//! honest mail anywhere and hold towards everybody. A receiver who is not known counts as one at Gmail.

mod message;
mod profile;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use crate::contract::{ActionKind, SenderDomain, Verdict};
use crate::normal::domain;
use crate::record::Message;

/// From how many messages a day on a domain is a bulk sender.
pub(crate) const BULK: u64 = 5_000;
/// From how many messages a day on a domain is nearly one.
pub(crate) const NEARLY_BULK: u64 = 4_500;

/// What one rule says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    Pass,
    /// Allowed, and worth a look.
    Warn(&'static str),
    /// The key of the profile that is missing.
    Unknown(&'static str),
    Fail(&'static str),
}

/// How grave an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    Warn,
    Unknown,
    Fail,
}

impl Level {
    /// What it makes of an action.
    pub(crate) const fn verdict(self) -> Verdict {
        match self {
            Self::Warn => Verdict::Suggest,
            Self::Unknown => Verdict::Review,
            Self::Fail => Verdict::Block,
        }
    }
}

/// One rule.
#[derive(Debug)]
pub(crate) struct Rule {
    /// How reasons call it.
    pub(crate) code: &'static str,
    /// How people call it.
    pub(crate) name: &'static str,
    /// Whether it is asked of bulk senders only.
    bulk: bool,
    /// The gravest it can be.
    worst: Level,
    asks: Asks,
    /// What to do where it does not pass.
    pub(crate) remedy: &'static str,
}

#[derive(Debug)]
enum Asks {
    Profile(fn(&SenderDomain) -> Answer),
    Message(fn(&Message) -> Answer),
    /// Needs the receiver's name as well.
    Honesty,
}

const fn rule(code: &'static str, name: &'static str, asks: Asks, remedy: &'static str) -> Rule {
    Rule { code, name, bulk: false, worst: Level::Fail, asks, remedy }
}

const fn for_bulk(code: &'static str, name: &'static str, asks: Asks, remedy: &'static str) -> Rule {
    Rule { code, name, bulk: true, worst: Level::Fail, asks, remedy }
}

const fn advice(code: &'static str, name: &'static str, asks: Asks, remedy: &'static str) -> Rule {
    Rule { code, name, bulk: false, worst: Level::Warn, asks, remedy }
}

/// Every rule, in Google's order.
static RULES: [Rule; 17] = {
    use Asks::{Honesty, Message, Profile};
    [
        rule("sender-g01", "G01", Profile(profile::authentication), "set up SPF or DKIM for the domain"),
        for_bulk("sender-g02", "G02", Profile(profile::both_authentications), "set up SPF and DKIM for the domain"),
        for_bulk("sender-g03", "G03", Profile(profile::dmarc), "publish a DMARC record with at least `p=none`"),
        for_bulk("sender-g04", "G04", Profile(profile::alignment), "sign or send with the domain of the From address"),
        rule("sender-g05", "G05", Profile(profile::key_length), "use a DKIM key of 2048 bits"),
        rule(
            "sender-g06",
            "G06",
            Profile(profile::reverse_dns),
            "give the sending addresses matching A and PTR records",
        ),
        rule("sender-g07", "G07", Profile(profile::tls), "send over TLS"),
        rule(
            "sender-g08",
            "G08",
            Profile(profile::spam_rate),
            "send less, to people who asked for it, until fewer report it",
        ),
        for_bulk(
            "sender-g09",
            "G09",
            Message(message::one_click),
            "add both headers of one-click unsubscription (RFC 8058)",
        ),
        for_bulk("sender-g10", "G10", Message(message::visible_link), "add a link to unsubscribe to the text"),
        for_bulk("sender-g11", "G11", Profile(profile::unsubscribe_time), "honour unsubscriptions within 48 hours"),
        rule("sender-g12", "G12", Message(message::form), "write the message as RFC 5322 asks"),
        rule("sender-g13", "G13", Message(message::not_gmail), "send from a domain of your own"),
        advice("sender-g14", "G14", Honesty, "say who writes and what about, and nothing else"),
        rule("sender-g15", "G15", Profile(profile::consent), "write only to people who asked for it"),
        advice("sender-g16", "G16", Profile(profile::ramp), "raise the volume slowly and steadily"),
        advice("sender-g17", "G17", Profile(profile::separation), "send advertising from an address of its own"),
    ]
};

/// A rule that does not pass.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ruling {
    pub(crate) rule: &'static Rule,
    pub(crate) level: Level,
    /// What is so, or, where that is not known, the key that is missing.
    says: &'static str,
    unknown: bool,
}

impl Ruling {
    /// What is so, in words.
    pub(crate) fn words(&self, domain: &str) -> String {
        let Self { rule, says, .. } = self;
        if self.unknown {
            return format!(
                "Google's rule {} cannot be checked: the profile of `{domain}` does not state `{says}`",
                rule.name
            );
        }
        match self.level {
            Level::Fail => format!("`{domain}` fails Google's rule {}: {says}", rule.name),
            Level::Unknown => format!(
                "`{domain}` fails Google's rule {} if it is a bulk sender, which is not known: {says}",
                rule.name
            ),
            Level::Warn => format!("Google's rule {} on `{domain}`: {says}", rule.name),
        }
    }
}

/// Whether a domain is a bulk sender.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bulk {
    No,
    /// Its volume, or that of a domain beside it, is not stated.
    Unknown,
    Yes,
}

/// The message and whom it goes to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mail<'a> {
    pub(crate) message: &'a Message,
    /// First and last name, where known.
    pub(crate) receiver: [Option<&'a str>; 2],
}

/// Every rule that does not pass: of the profile, of the message, or of both. `mail` is left out where the profile alone is asked; `elsewhere` is set where the
/// receiver is known not to be at Gmail.
pub(crate) fn rulings(
    domains: &[SenderDomain],
    profile: Option<&SenderDomain>,
    mail: Option<Mail<'_>>,
    elsewhere: bool,
) -> Vec<Ruling> {
    let bulk = profile.map_or(Bulk::No, |profile| bulk(domains, &profile.domain));
    let mut rulings = Vec::new();
    for rule in &RULES {
        if rule.bulk && bulk == Bulk::No {
            continue;
        }
        let answer = match (&rule.asks, profile, mail) {
            (Asks::Profile(asks), Some(profile), _) => asks(profile),
            (Asks::Message(asks), _, Some(mail)) => asks(mail.message),
            (Asks::Honesty, _, Some(mail)) => message::honest(mail.message, mail.receiver),
            _ => Answer::Pass,
        };
        let (level, says, unknown) = match answer {
            Answer::Pass => continue,
            Answer::Warn(says) => (Level::Warn, says, false),
            Answer::Unknown(key) => (Level::Unknown, key, true),
            Answer::Fail(says) => (Level::Fail, says, false),
        };
        // Not knowing whether a rule is to be asked weighs as much as not knowing its answer.
        let worst = match (rule.bulk, elsewhere, bulk) {
            (true, true, _) => Level::Warn,
            (true, false, Bulk::Unknown) => Level::Unknown,
            _ => rule.worst,
        };
        rulings.push(Ruling { rule, level: level.min(worst), says, unknown });
    }
    rulings
}

/// The domain that its owner registered: all below it count together.
fn primary(host: &str) -> String {
    domain::registrable(host).map_or_else(|_| host.to_ascii_lowercase(), Cow::into_owned)
}

/// Whether a domain is a bulk sender.
pub(crate) fn bulk(domains: &[SenderDomain], host: &str) -> Bulk {
    match (busiest_day(domains, host), stated_bulk(domains, host)) {
        (_, true) | ((BULK.., _), _) => Bulk::Yes,
        ((_, false), _) => Bulk::Unknown,
        _ => Bulk::No,
    }
}

/// Whether a domain of the same owner is said to be a bulk sender.
pub(crate) fn stated_bulk(domains: &[SenderDomain], host: &str) -> bool {
    of_one_owner(domains, host).any(|profile| profile.bulk)
}

/// The most messages to personal Gmail accounts on one day, over a primary domain and all below it; and whether every
/// one of them states its volume.
pub(crate) fn busiest_day(domains: &[SenderDomain], host: &str) -> (u64, bool) {
    let whole = of_one_owner(domains, host).all(|profile| profile.daily_volume.is_some());
    let day = |back: usize| {
        of_one_owner(domains, host).map(move |profile| match back.checked_sub(1) {
            None => profile.daily_volume,
            Some(back) => profile.recent_volumes.as_ref().and_then(|days| days.iter().rev().nth(back).copied()),
        })
    };
    let days = of_one_owner(domains, host).map(|profile| profile.recent_volumes.as_ref().map_or(0, Vec::len)).max();
    let most = (0..=days.unwrap_or(0)).map(|back| day(back).flatten().map(u64::from).sum()).max();
    (most.unwrap_or(0), whole)
}

fn of_one_owner<'s>(domains: &'s [SenderDomain], host: &str) -> impl Iterator<Item = &'s SenderDomain> + use<'s> {
    let owner = primary(host);
    domains.iter().filter(move |profile| primary(&profile.domain) == owner)
}

/// The profile of a domain; a subdomain has one of its own.
pub(crate) fn profile_of<'s>(domains: &'s [SenderDomain], host: &str) -> Option<&'s SenderDomain> {
    let same =
        |profile: &&SenderDomain| domain::Domain::from_host(&profile.domain).is_ok_and(|domain| domain.host() == host);
    domains.iter().find(same)
}

/// Whether addresses at a domain are personal Gmail accounts.
pub(crate) fn is_gmail(host: &str) -> bool {
    matches!(host, "gmail.com" | "googlemail.com")
}

/// Whether an action sends, at once or later.
pub(crate) const fn sends(action: ActionKind) -> bool {
    matches!(action, ActionKind::SendMessage | ActionKind::Enrol)
}
