//! Leads: who they are, what they wrote, and what is wrong with their records.

use std::collections::BTreeSet;

use crate::World;
use crate::companies::{ACCOUNTS, Company, report_money};
use crate::company_tables::{INDUSTRIES, STRATEGIC_COUNT, WATCHED};
use crate::identity::{Identity, comes_again, newcomer};
use crate::messages::{Message, TIMELINES, Topic};
use crate::owners::{OWNERS, Owner};
use crate::people::{OUTSIDE, SENIOR, WORKING};
use crate::places::{Place, Region};
use crate::random::Random;
use crate::sources::{Channel, SOURCES};
use crate::text::{Moment, crm_id, grouped, typo};

/// How many leads there are.
pub(crate) const LEADS: usize = 2000;

/// A lead, as the CRM has it.
pub(crate) struct Lead {
    pub(crate) id: String,
    pub(crate) who: Identity,
    pub(crate) place: Place,
    pub(crate) title: String,
    pub(crate) company_name: String,
    pub(crate) typo: bool,
    pub(crate) phone: String,
    pub(crate) mobile: String,
    pub(crate) website: String,
    pub(crate) source: &'static str,
    pub(crate) channel: Channel,
    pub(crate) industry: String,
    pub(crate) employees: String,
    pub(crate) revenue: String,
    /// As written; empty where it is missing.
    pub(crate) country: &'static str,
    pub(crate) odd_spelling: bool,
    pub(crate) owner: String,
    pub(crate) opted_out: bool,
    pub(crate) do_not_call: bool,
    pub(crate) bounced: bool,
    pub(crate) status: &'static str,
    pub(crate) message: Option<Message>,
    pub(crate) interest: &'static str,
    pub(crate) timeline: &'static str,
    pub(crate) created: Moment,
    pub(crate) last_activity: Option<Moment>,
}

/// The id of a lead.
pub(crate) fn lead_id(index: usize) -> String {
    crm_id("00Q", index + 1)
}

/// All leads, in order of creation over 150 days.
pub(crate) fn all(world: &World) -> Vec<Lead> {
    let mut leads: Vec<Lead> = Vec::with_capacity(LEADS);
    let mut addresses = BTreeSet::new();
    for index in 0..LEADS {
        let mut random = Random::of("lead", index);
        let earlier = (index > 60 && random.percent(10))
            .then(|| &leads[index - random.between(1, 60) as usize].who)
            .filter(|who| who.may_come_again(world));
        let who = match earlier {
            Some(who) => comes_again(who, world, &mut random),
            None => newcomer(world, &mut addresses, &mut random),
        };
        leads.push(record(index, who, world, &mut random));
    }
    leads
}

fn record(index: usize, who: Identity, world: &World, random: &mut Random) -> Lead {
    let company = who.company.map(|company| &world.companies[company]);
    let source = random.weighted(SOURCES, |source| source.weight);
    let created = {
        let ago = u32::try_from((LEADS - index) * 108).unwrap_or(0);
        Moment::minutes_ago(ago - random.below(108))
    };
    let message = random
        .percent(source.channel.writes())
        .then(|| Message::new(!matches!(who.country.code, "US" | "GB" | "CA" | "AU"), random));
    let title = match (&message, random.below(20)) {
        (Some(message), 0..15) if message.topics.contains(&Topic::Student) => random.pick(&OUTSIDE),
        (_, 0..4) => "",
        (_, 4..11) => random.pick(&SENIOR),
        (_, 11) => random.pick(&OUTSIDE),
        _ => random.pick(&WORKING),
    };
    let typo_made = company.is_some() && random.percent(4);
    let company_name = match company {
        _ if random.percent(2) => String::new(),
        Some(company) if typo_made => typo(&company.full_name(), random),
        // Where parent and subsidiary share a domain, only the name could tell them apart.
        Some(company) if world.shares_domain(company) && random.percent(60) => {
            format!("{} Group", company.name.split(' ').next().unwrap_or_default())
        }
        Some(company) => company.written_name(random),
        None => (random.pick(&["", "private", "self-employed", "-", "n/a", "="])).to_owned(),
    };
    let (country, odd_spelling) = if random.percent(15) { ("", false) } else { who.country.written(random) };
    let interest = match &message {
        Some(message) if random.percent(45) => message.interest(),
        _ if random.percent(6) => random.pick(&["Pipeline Generation", "CRM Integration", "Forecasting"]),
        _ => "",
    };
    let timeline = match &message {
        Some(message) if random.percent(30) => message.timeline,
        _ if random.percent(4) => random.pick(&TIMELINES),
        _ => "",
    };
    let &(status, _) = random.weighted(
        &[
            ("Open - Not Contacted", 52),
            ("Working - Contacted", 34),
            ("Closed - Not Converted", 9),
            ("Closed - Converted", 5),
        ],
        |&(_, weight)| weight,
    );
    let last_activity = random.percent(58).then(|| created.days_later(random.between(0, 25)));
    let phone = if random.percent(70) { who.country.phone(random) } else { String::new() };
    Lead {
        id: lead_id(index),
        place: who.country.place(random),
        title: if random.percent(1) { format!("={title}") } else { title.to_owned() },
        typo: typo_made && !company_name.is_empty(),
        company_name,
        phone,
        mobile: if random.percent(15) { who.country.phone(random) } else { String::new() },
        website: company.filter(|_| random.percent(38)).map_or_else(String::new, |company| website(company, random)),
        source: random.pick(source.names),
        channel: source.channel,
        industry: company.map_or_else(String::new, |company| industry(company, random)),
        employees: company.map_or_else(String::new, |company| employees(company, random)),
        revenue: company.map_or_else(String::new, |company| revenue(company, random)),
        country,
        odd_spelling,
        owner: owner(company, &who, random),
        opted_out: random.percent(6),
        do_not_call: random.percent(4),
        bounced: random.percent(3),
        status,
        message,
        interest,
        timeline,
        created,
        last_activity,
        who,
    }
}

fn website(company: &Company, random: &mut Random) -> String {
    let domain = &company.domain;
    match random.below(5) {
        0 => format!("https://www.{domain}/"),
        1 => format!("http://{domain}/kontakt?utm_source=mail"),
        2 => format!("www.{domain}"),
        3 => domain.to_uppercase(),
        _ => format!("https://{domain}"),
    }
}

fn industry(company: &Company, random: &mut Random) -> String {
    let industry = &INDUSTRIES[company.industry];
    match random.below(20) {
        0..7 => String::new(),
        7..16 => industry.name.to_owned(),
        _ => (random.pick(industry.others)).to_owned(),
    }
}

fn employees(company: &Company, random: &mut Random) -> String {
    let exact = company.employees;
    match random.below(100) {
        0..33 => String::new(),
        33 => "n/a".to_owned(),
        34 => format!("{}-{}", exact / 2 + 1, exact * 2),
        35 => format!("~{exact}"),
        36..42 => grouped(u64::from(exact)),
        42..52 => (exact * random.between(85, 115) / 100).max(1).to_string(),
        _ => exact.to_string(),
    }
}

fn revenue(company: &Company, random: &mut Random) -> String {
    match random.below(20) {
        0..12 => String::new(),
        12 => report_money(company.revenue * 9 / 10, "EUR"),
        _ => report_money(company.revenue, "USD"),
    }
}

fn owner(company: Option<&Company>, who: &Identity, random: &mut Random) -> String {
    match company {
        _ if random.percent(30) => "Unassigned Leads".to_owned(),
        Some(company) if random.percent(60) => OWNERS[company.owner].name(),
        Some(company) => OWNERS[Owner::for_company(who.country, company.employees, random)].name(),
        None => OWNERS[Owner::for_company(who.country, 1, random)].name(),
    }
}

impl Lead {
    /// The account at whose domain the lead writes, by position.
    pub(crate) fn account_by_domain<'a>(&self, world: &'a World) -> Option<(usize, &'a Company)> {
        let at = self.who.company.filter(|&at| at < ACCOUNTS)?;
        let company = &world.companies[at];
        let email = self.who.email.to_lowercase();
        email.ends_with(&format!("@{}", company.domain)).then_some((at, company))
    }

    /// Whether the lead is at a strategic and whether at a named account.
    pub(crate) fn watched(&self, world: &World) -> (bool, bool) {
        let email = self.who.email.to_lowercase();
        let within = |count: usize| {
            world.companies[..count].iter().any(|company| email.ends_with(&format!("@{}", company.domain)))
        };
        (within(STRATEGIC_COUNT), within(WATCHED.len()))
    }

    /// The sales region the lead is in, where the record says so.
    pub(crate) fn region(&self) -> Option<Region> {
        (!self.country.is_empty()).then_some(self.who.country.region)
    }

    pub(crate) fn is_converted(&self) -> bool {
        self.status == "Closed - Converted"
    }
}
