//! Response times: durations, working hours and targets that are there.

use super::readiness::check_duration;
use super::routing::target;
use super::{Context, condition, pools};
use crate::contract::{Clock, Contract, Routing};
use crate::normal::duration;
use crate::plan::{SlaPlan, Stage};

pub(super) fn compile(contract: &Contract, routing: &Routing, context: &mut Context) -> Vec<SlaPlan> {
    context.ids("/routing/sla", routing.sla.iter().map(|sla| sla.id.as_str()));
    let mut all = Vec::new();
    for sla in &routing.sla {
        let address = format!("/routing/sla/{}", sla.id);
        let when = condition::compile(&sla.when, &format!("{address}/when"), Stage::Classification, context);
        let mut seconds = |text: Option<&String>, key: &str, least: i64| {
            let address = format!("{address}/{key}");
            let text = text?;
            check_duration(text, &address, context);
            let seconds = duration::parse(text).ok()?;
            if seconds < least {
                let help = "write how soon, such as `PT1H`".to_owned();
                context.error("bad-duration", address, format!("`{text}` leaves no time"), help);
            }
            Some(seconds)
        };
        let accept = seconds(sla.accept_within.as_ref(), "accept_within", 1);
        let respond = seconds(sla.respond_within.as_ref(), "respond_within", 1);
        let grace = sla.on_breach.as_ref().and_then(|breach| seconds(breach.after.as_ref(), "on_breach/after", 0));
        if sla.accept_within.is_none() && sla.respond_within.is_none() {
            let message = format!("`{}` says neither how soon to accept nor how soon to respond", sla.id);
            let help = "add `accept_within` or `respond_within`, such as `PT1H`".to_owned();
            context.error("sla-without-duration", &address, message, help);
        }
        if accept.zip(respond).is_some_and(|(accept, respond)| respond < accept) {
            let message = "the buyer is to hear from somebody before the lead must be accepted".to_owned();
            let help = "let `respond_within` be the longer of the two".to_owned();
            context.warn("accept-after-respond", format!("{address}/accept_within"), message, help);
        }
        let calendar = pools::calendar(sla.calendar.as_ref(), &address, routing, context);
        let somewhere = |pool: &crate::contract::Pool| {
            pool.calendar.is_some() || pool.members.iter().any(|member| member.calendar.is_some())
        };
        if sla.clock == Clock::Business && sla.calendar.is_none() && !routing.pools.iter().any(somewhere) {
            let message = "working hours are to count, but nobody has any: every hour counts".to_owned();
            let help = "name a `calendar` here, or give pools or members one".to_owned();
            context.warn("business-without-hours", format!("{address}/clock"), message, help);
        }
        if let Some(breach) = &sla.on_breach {
            target(&breach.to, &format!("{address}/on_breach/to"), contract, routing, context);
            if breach.at_most == 0 {
                let message = "a lead is given to somebody else 0 times: never".to_owned();
                let help = "say how often, or leave `on_breach` out".to_owned();
                context.warn("reassigns-never", format!("{address}/on_breach/at_most"), message, help);
            }
        }
        all.push(SlaPlan { when, accept, respond, grace: grace.unwrap_or(0), calendar });
    }
    all
}
