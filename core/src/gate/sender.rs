//! Sender safety at the gate: nothing is sent that a rule for senders forbids.
//!
//! Input: the action, its message where it has one, the facts. Output: reasons on the bench. Invariant: an action that
//! sends, at once or later, is never automatic while a rule fails, cannot be checked, or while no profile speaks of the
//! domain it is sent from.

use super::{Ask, Bench};
use crate::contract::{SenderDomain, Verdict};
use crate::decide::facts::{Facts, Read};
use crate::id::RuleId;
use crate::normal::email::Email;
use crate::plan::Fact;
use crate::record::Object;
use crate::sender::{self, Level, Mail};

/// Asks the rules for senders. Where there is no message, as in most enrolments, each domain's profile is asked.
pub(super) fn judge_sender(bench: &mut Bench, ask: &Ask<'_>, facts: &Facts<'_>) {
    if !sender::sends(ask.action) {
        return;
    }
    let message = ask.proposed.and_then(|proposed| proposed.message.as_ref());
    let domains = facts.plan().contract.sender.as_ref().map_or(&[][..], |sender| &sender.domains);
    let field = |name| match Fact::of_field(Object::Lead, name).map(|fact| facts.read(fact)) {
        Some(Read::Text(text)) => Some(text),
        _ => None,
    };
    let receiver = [field("first_name"), field("last_name")];
    let elsewhere =
        field("email").and_then(|text| Email::parse(text).ok()).is_some_and(|to| !sender::is_gmail(to.domain()));
    // Whoever sends in their own name has looked; what fails is blocked all the same.
    let person = ask.is_a_persons(facts.plan());
    let mut ask_rules = |host: &str, profile: Option<&SenderDomain>| {
        let mail = message.map(|message| Mail { message, receiver });
        for ruling in sender::rulings(domains, profile, mail, elsewhere) {
            if person && ruling.level < Level::Fail {
                continue;
            }
            let id = RuleId::from(host);
            bench.add(ruling.level.verdict(), ruling.rule.code, Some((&id, "/sender/domains")), || ruling.words(host));
        }
    };
    let profile = match message {
        Some(message) => {
            let from = Email::parse(&message.from);
            let host = from.as_ref().map_or(message.from.as_str(), Email::domain);
            let profile = sender::profile_of(domains, host);
            ask_rules(host, profile);
            profile
        }
        None => {
            domains.iter().for_each(|profile| ask_rules(&profile.domain, Some(profile)));
            domains.first()
        }
    };
    if profile.is_none() {
        let words = "the contract's `sender` does not say what is known of the domain it is sent from";
        bench.say(Verdict::Block, "no-sender-profile", words);
    }
}
