//! Pools: members who can be told apart, hours and absences that can be read, caps and policies that make sense.

use super::routing::{is_pool, is_queue};
use super::{Context, condition};
use crate::contract::{Absence, Caps, Member, Method, OnNobody, Pool, Routing};
use crate::id::{CalendarId, OwnerId};
use crate::map::Set;
use crate::normal::fold;
use crate::normal::zone::Zone;
use crate::plan::{AwayPlan, MemberPlan, PoolPlan, Stage};
use crate::route::calendar::{Calendar, instant};
use crate::time::{DAY, Timestamp};

pub(super) fn compile(routing: &Routing, calendars: &[Calendar], context: &mut Context) -> Vec<PoolPlan> {
    let mut all = Vec::new();
    for pool in &routing.pools {
        members(pool, routing, context);
        let plan = pool_plan(pool, routing, calendars, context);
        policies(pool, &plan, context);
        circles(pool, &plan, context);
        all.push(plan);
    }
    all
}

fn members(pool: &Pool, routing: &Routing, context: &mut Context) {
    let address = format!("/routing/pools/{}", pool.id);
    let mut seen = Set::new();
    for member in &pool.members {
        let address = format!("{address}/members/{}", member.owner);
        if !seen.insert(fold::fold(&member.owner).into_owned()) {
            let message = format!("`{}` stands twice in pool `{}`", member.owner, pool.id);
            context.error("duplicate-id", &address, message, "keep one, with the weight you mean".to_owned());
        }
        if member.weight == 0 && member.active {
            let message = format!("`{}` has weight 0 and gets no leads", member.owner);
            let help = "give them a weight, or set `active` to false".to_owned();
            context.warn("no-weight", format!("{address}/weight"), message, help);
        }
    }
    let somebody = pool.members.iter().any(|member| member.active && member.weight > 0);
    if !somebody && context.whole {
        let message = format!("pool `{}` has no member who takes leads", pool.id);
        match &pool.on_nobody {
            Some(_) => context.warn("empty-pool", &address, message, "add a member, or route elsewhere".to_owned()),
            None => context.error("empty-pool", &address, message, "add a member, or say `on_nobody`".to_owned()),
        }
    }
    match &pool.on_nobody {
        Some(OnNobody::Pool(other)) => is_pool(other.as_str(), &format!("{address}/on_nobody"), routing, context),
        Some(OnNobody::Queue(queue) | OnNobody::Hold(queue)) => {
            is_queue(queue.as_str(), &format!("{address}/on_nobody"), routing, context);
        }
        Some(OnNobody::Owner(owner)) if owner.trim().is_empty() => {
            let help = "write an e-mail address, a name or a CRM id".to_owned();
            context.error("no-owner", format!("{address}/on_nobody"), "the owner is blank".to_owned(), help);
        }
        Some(OnNobody::Owner(_) | OnNobody::RouteAnyway | OnNobody::Fail) | None => {}
    }
}

fn pool_plan(pool: &Pool, routing: &Routing, calendars: &[Calendar], context: &mut Context) -> PoolPlan {
    let address = format!("/routing/pools/{}", pool.id);
    let shared = calendar(pool.calendar.as_ref(), &address, routing, context);
    let mut plan = PoolPlan { members: Vec::new(), plain: true };
    for member in &pool.members {
        let address = format!("{address}/members/{}", member.owner);
        let calendar = calendar(member.calendar.as_ref(), &address, routing, context).or(shared);
        let zone = calendar.and_then(|place| calendars.get(place)).map_or(context.zone, |calendar| calendar.zone);
        let mut test = |written: &Option<_>, key: &str| {
            let written = written.as_ref()?;
            Some(condition::compile(written, &format!("{address}/{key}"), Stage::Classification, context))
        };
        let (when, unless) = (test(&member.when, "when"), test(&member.unless, "unless"));
        let mut away = Vec::new();
        for (place, absence) in member.out_of_office.iter().enumerate() {
            let address = format!("{address}/out_of_office/{place}");
            away.extend(away_plan(absence, member, &address, zone, context));
        }
        caps(member.caps, pool, &address, context);
        let plain = (calendar.is_none(), away.is_empty(), when.is_none(), unless.is_none());
        plan.plain &= plain == (true, true, true, true) && member.caps == Caps::default();
        let unlisted = OwnerId::from(&*fold::fold(&member.owner));
        plan.members.push(MemberPlan { unlisted, calendar, zone, away, when, unless });
    }
    plan.plain &= !pool.skip_previous_owner;
    plan
}

/// The place of a calendar.
pub(super) fn calendar(
    id: Option<&CalendarId>,
    address: &str,
    routing: &Routing,
    context: &mut Context,
) -> Option<usize> {
    let id = id?;
    let place = routing.calendars.iter().position(|calendar| calendar.id == *id);
    if place.is_none() {
        let known = routing.calendars.iter().map(|calendar| calendar.id.as_str());
        let help = crate::json::suggest(id.as_str(), known)
            .map_or_else(|| "add it to `/routing/calendars`".to_owned(), |near| format!("did you mean `{near}`?"));
        context.error("unknown-calendar", format!("{address}/calendar"), format!("there is no calendar `{id}`"), help);
    }
    place
}

fn away_plan(
    absence: &Absence,
    member: &Member,
    address: &str,
    zone: Option<Zone>,
    context: &mut Context,
) -> Option<AwayPlan> {
    let from = moment(&absence.from, 0, &format!("{address}/from"), zone, context);
    let to = moment(&absence.to, 1, &format!("{address}/to"), zone, context);
    let backup = absence.backup.as_ref().map(|text| (text.clone(), OwnerId::from(&*fold::fold(text))));
    if let Some((text, owner)) = &backup {
        let own = *owner == OwnerId::from(&*fold::fold(&member.owner));
        if own || text.trim().is_empty() {
            let message = format!("`{text}` cannot stand in for `{}`", member.owner);
            let help = "name somebody else, or nobody".to_owned();
            context.error("backup-circle", format!("{address}/backup"), message, help);
        }
    }
    let (from, to) = (from?, to?);
    if to <= from {
        let message = format!("the absence ends, {}, before it begins, {}", absence.to, absence.from);
        context.error("absence-ends-first", address, message, "exchange the two".to_owned());
    }
    Some(AwayPlan { from, to, backup })
}

/// The beginning of a day by somebody's clocks, so many days later, or a time as it stands.
fn moment(text: &str, days: i64, address: &str, zone: Option<Zone>, context: &mut Context) -> Option<Timestamp> {
    let time = Timestamp::parse(text);
    if time.is_none() {
        let help = "write a day, `2026-12-21`, or a time, `2026-12-21T12:00:00Z`".to_owned();
        context.error("bad-time", address, format!("`{text}` is neither a day nor a time"), help);
    }
    let time = time?;
    Some(if text.trim().len() == 10 { instant(zone, time.seconds() + days * DAY) } else { time })
}

fn caps(caps: Caps, pool: &Pool, address: &str, context: &mut Context) {
    let all =
        [("per_day", caps.per_day), ("per_week", caps.per_week), ("per_month", caps.per_month), ("open", caps.open)];
    for (key, _) in all.into_iter().filter(|(_, cap)| *cap == Some(0)) {
        let message = "a cap of 0 lets nothing through".to_owned();
        let help = "raise it, or set `active` to false".to_owned();
        context.error("zero-cap", format!("{address}/caps/{key}"), message, help);
    }
    if pool.method == Method::Quota && caps.per_month.is_none() {
        let message = "the method `quota` shares by what each may take in a month, which is not said here".to_owned();
        let help = "add `caps: {\"per_month\": …}`".to_owned();
        context.error("no-quota", format!("{address}/caps"), message, help);
    }
}

/// Settings of a pool that come to nothing.
fn policies(pool: &Pool, plan: &PoolPlan, context: &mut Context) {
    let address = format!("/routing/pools/{}", pool.id);
    let capped = pool.members.iter().any(|member| member.caps != Caps::default());
    let opens = capped || plan.members.iter().any(|member| member.calendar.is_some() || !member.away.is_empty());
    let waits = match pool.on_nobody {
        Some(OnNobody::Hold(_)) => (!opens).then_some("hold"),
        Some(OnNobody::RouteAnyway) => {
            plan.members.iter().all(|member| member.calendar.is_none()).then_some("route_anyway")
        }
        _ => None,
    };
    if let Some(word) = waits {
        let message = format!("`{word}` has nothing to wait for: no member has working hours");
        let help = "give the pool a `calendar`, or say what else happens when nobody can take a lead".to_owned();
        context.error("nothing-opens", format!("{address}/on_nobody"), message, help);
    }
    if pool.method != Method::Priority && pool.members.iter().any(|member| member.priority != 1) {
        let message = format!("members have a `priority`, but the pool goes by `{}`", pool.method.word());
        let help = "set `method` to `priority`, or leave the priorities out".to_owned();
        context.warn("priority-unused", format!("{address}/method"), message, help);
    }
}

/// Backups who are away at the same time and stand in for one another.
fn circles(pool: &Pool, plan: &PoolPlan, context: &mut Context) {
    for (start, (member, written)) in plan.members.iter().zip(&pool.members).enumerate() {
        let circular = member.away.iter().enumerate().filter(|(_, absence)| comes_back(plan, start, absence));
        for (number, _) in circular {
            let owner = &written.owner;
            let address = format!("/routing/pools/{}/members/{owner}/out_of_office/{number}/backup", pool.id);
            let message = format!("whoever stands in for `{owner}` is away too, and it comes back to `{owner}`");
            context.error("backup-circle", address, message, "name somebody who is there".to_owned());
        }
    }
}

fn comes_back(plan: &PoolPlan, start: usize, absence: &AwayPlan) -> bool {
    let mut away = absence;
    for step in 0..plan.members.len() {
        let Some((_, backup)) = &away.backup else { return false };
        let Some(next) = plan.members.iter().position(|member| member.unlisted == *backup) else { return false };
        if next == start {
            // Standing in for oneself is said already.
            return step > 0;
        }
        let absences = plan.members.get(next).map_or(&[][..], |member| member.away.as_slice());
        match absences.iter().find(|other| other.from < absence.to && absence.from < other.to) {
            Some(also) => away = also,
            None => return false,
        }
    }
    false
}
