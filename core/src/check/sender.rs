//! The sender section: every rule that a domain's profile answers, and how near it is to a bulk sender.

use super::Context;
use crate::contract::{ActionKind, Contract, Mode};
use crate::map::Set;
use crate::normal::domain::Domain;
use crate::sender::{self, Level};

pub(super) fn check(contract: &Contract, context: &mut Context) {
    // A section that could not be read is no missing one.
    if !context.whole {
        return;
    }
    let senders = || contract.workflows.iter().filter(|workflow| workflow.actions.contains(&ActionKind::SendMessage));
    let domains = contract.sender.as_ref().map_or(&[][..], |sender| &sender.domains);
    if domains.is_empty() {
        for workflow in senders() {
            let help = "add `sender` with a profile of each domain that mail is sent from".to_owned();
            let address = format!("/workflows/{}", workflow.id);
            if workflow.mode == Mode::Automatic {
                let message = format!(
                    "workflow `{}` may not act by itself yet: nothing is known of the domain it sends from",
                    workflow.id
                );
                context.error("not-ready", address, message, help);
            } else {
                let message = format!(
                    "workflow `{}` may send, but every message is blocked while nothing is known of the sending domain",
                    workflow.id
                );
                context.warn("no-sender-profile", address, message, help);
            }
        }
    }
    let sends = senders().next().is_some();
    let mut seen = Set::new();
    for profile in domains {
        let host = profile.domain.as_str();
        let address = format!("/sender/domains/{host}");
        match Domain::from_host(host) {
            Err(problem) => {
                let message = format!("`{host}` is no domain: {problem}");
                context.error("bad-domain", &address, message, problem.help().to_owned());
                continue;
            }
            Ok(domain) if !seen.insert(domain.host().to_owned()) => {
                let help = "leave one profile a domain".to_owned();
                context.error("duplicate-id", &address, format!("`{host}` stands twice in `/sender/domains`"), help);
            }
            Ok(_) => {}
        }
        for ruling in sender::rulings(domains, Some(profile), None, false) {
            let (message, help) = (ruling.words(host), ruling.rule.remedy.to_owned());
            match ruling.level {
                Level::Fail if sends => context.error("sender-fails", &address, message, help),
                Level::Fail => context.warn("sender-fails", &address, message, help),
                Level::Unknown => context.warn("sender-unknown", &address, message, help),
                Level::Warn => context.warn("sender-doubtful", &address, message, help),
            }
        }
        let (volume, _) = sender::busiest_day(domains, host);
        if volume >= sender::NEARLY_BULK && !sender::stated_bulk(domains, host) {
            let bulk = volume >= sender::BULK;
            let message = format!(
                "`{host}` and the domains beside it sent {volume} messages a day to personal Gmail accounts; {}",
                if bulk { "that makes a bulk sender for good" } else { "5000 make a bulk sender for good" }
            );
            let help = if bulk {
                "set `bulk` to true, so that it is not forgotten when the volume falls"
            } else {
                "meet the rules for bulk senders before that day"
            };
            context.warn("sender-near-bulk", format!("{address}/daily_volume"), message, help.to_owned());
        }
    }
}
