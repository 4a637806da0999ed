//! `leads.csv`, a report export of the leads, and what is planted in it.

use crate::World;
use crate::companies::Company;
use crate::identity::{Again, is_free_mail, is_role};
use crate::leads::Lead;
use crate::messages::Topic;
use crate::owners::{OWNERS, Team};
use crate::places::Region;
use crate::planted::{Mess, Planted};
use crate::random::Random;
use crate::sources::Channel;
use crate::text::Csv;

/// `leads.csv`.
pub(crate) fn file(world: &World) -> Vec<u8> {
    let mut csv = Csv::new(&[
        "Lead ID",
        "First Name",
        "Last Name",
        "Title",
        "Company / Account",
        "Email",
        "Phone",
        "Mobile",
        "Website",
        "Lead Source",
        "Lead Status",
        "Lifecycle Stage",
        "Rating",
        "Lead Score",
        "Industry",
        "No. of Employees",
        "Annual Revenue",
        "Street",
        "City",
        "State/Province",
        "Zip/Postal Code",
        "Country",
        "Language",
        "Product Interest",
        "Buying Timeline",
        "Campaign",
        "Message",
        "Rep Note",
        "Lead Owner",
        "Email Opt Out",
        "Do Not Call",
        "Is Email Bounced",
        "Converted",
        "Create Date",
        "Last Modified Date",
        "Last Activity",
    ]);
    for (index, lead) in world.leads.iter().enumerate() {
        let mut random = Random::of("lead row", index);
        let flag = |set: bool| if set { "1" } else { "0" }.to_owned();
        let address = random.percent(64);
        let part = |text: &str| {
            if address { text.to_owned() } else { String::new() }
        };
        let street = match random.below(6) {
            0 => format!("{}\nSuite {}", lead.place.street, random.between(100, 900)),
            1 => format!("{}\n3. OG; links", lead.place.street),
            _ => lead.place.street.clone(),
        };
        // The state is kept more often than the street.
        let state = if lead.country.is_empty() && random.percent(60) { "" } else { &lead.place.state };
        csv.row(&[
            lead.id.clone(),
            lead.who.person.first.clone(),
            lead.who.person.last.clone(),
            lead.title.clone(),
            lead.company_name.clone(),
            lead.who.email.clone(),
            lead.phone.clone(),
            lead.mobile.clone(),
            lead.website.clone(),
            lead.source.to_owned(),
            lead.status.to_owned(),
            random.weighted(&STAGES, |&(_, weight)| weight).0.to_owned(),
            random.pick(&["", "", "", "Hot", "Warm", "Cold"]).to_owned(),
            if random.percent(35) { random.between(0, 90).to_string() } else { String::new() },
            lead.industry.clone(),
            lead.employees.clone(),
            lead.revenue.clone(),
            part(&street),
            part(&lead.place.city),
            state.to_owned(),
            part(&lead.place.postal_code),
            lead.country.to_owned(),
            language(lead, &mut random).to_owned(),
            lead.interest.to_owned(),
            lead.timeline.to_owned(),
            campaign(lead, &mut random).to_owned(),
            lead.message.as_ref().map_or_else(String::new, |message| message.text.clone()),
            random.weighted(&NOTES, |&(_, weight)| weight).0.to_owned(),
            lead.owner.clone(),
            flag(lead.opted_out),
            flag(lead.do_not_call),
            flag(lead.bounced),
            flag(lead.is_converted()),
            lead.created.report(),
            lead.created.days_later(random.between(0, 12)).report(),
            lead.last_activity.map_or_else(String::new, crate::text::Moment::report_date),
        ]);
    }
    csv.bytes()
}

const STAGES: [(&str, u32); 5] = [("", 40), ("Lead", 33), ("MQL", 19), ("SQL", 6), ("Marketing Qualified Lead", 2)];
const NOTES: [(&str, u32); 6] = [
    ("", 92),
    ("not a fit", 2),
    ("hot - called me twice", 2),
    ("budget frozen; try again in Q2", 2),
    ("says \"ready to buy\"", 1),
    ("left voicemail;\nno answer", 1),
];

fn language(lead: &Lead, random: &mut Random) -> &'static str {
    use crate::people::Tongue;
    if random.percent(55) {
        return "";
    }
    match lead.who.country.tongue {
        Tongue::German => random.pick(&["German", "de", "Deutsch", "de-DE"]),
        Tongue::French => random.pick(&["French", "fr"]),
        Tongue::Spanish => random.pick(&["Spanish", "es"]),
        _ => random.pick(&["English", "en", "en-US"]),
    }
}

fn campaign(lead: &Lead, random: &mut Random) -> &'static str {
    match lead.channel {
        Channel::Webinar => "Webinar; \"From signal to pipeline\"",
        Channel::Event => random.pick(&["Revenue Days 2026", "Vertriebsmesse 2026"]),
        Channel::Outbound => random.pick(&["Outbound Q4", "Outbound Q3"]),
        Channel::Demo | Channel::Form if random.percent(20) => "Autumn Search Ads",
        _ => "",
    }
}

/// Says for every lead which kinds of mess it has.
pub(crate) fn plant(world: &World, planted: &mut Planted) {
    for lead in &world.leads {
        let mut add = |mess: Mess, holds: bool| {
            if holds {
                planted.add(mess, &lead.id);
            }
        };
        identity(lead, world, &mut add);
        values(lead, &mut add);
        company(lead, world, &mut add);
        texts(lead, &mut add);
    }
}

fn identity(lead: &Lead, world: &World, add: &mut dyn FnMut(Mess, bool)) {
    let who = &lead.who;
    add(Mess::FreeMail, is_free_mail(&lead.who.email));
    add(Mess::RoleAddress, is_role(&who.email));
    add(Mess::NoEmail, who.email.is_empty());
    add(Mess::BrokenEmail, who.email.ends_with('@'));
    add(Mess::SameEmailOtherCase, who.again == Some(Again::OtherCase));
    add(Mess::Alias, who.again == Some(Again::Alias));
    add(Mess::PlusTag, who.again == Some(Again::PlusTag));
    add(Mess::SecondAddress, who.again == Some(Again::SecondAddress));
    let shared = who.contact.is_some_and(|contact| world.contacts[contact].email.starts_with("office@"));
    add(Mess::KnownContact, who.contact.is_some() && !shared);
    add(Mess::SharedAddress, shared);
    add(Mess::OtherScript, who.person.has_other_script());
    add(Mess::Diacritics, who.person.has_diacritics());
}

fn values(lead: &Lead, add: &mut dyn FnMut(Mess, bool)) {
    add(Mess::NoCompany, lead.company_name.is_empty());
    add(Mess::NoEmployees, lead.employees.is_empty());
    add(Mess::NoIndustry, lead.industry.is_empty());
    add(Mess::NoCountry, lead.country.is_empty());
    add(Mess::CountrySpelling, lead.odd_spelling);
    add(Mess::UnknownSource, lead.channel == Channel::Unknown);
    add(Mess::NoSource, lead.channel == Channel::Missing);
    add(Mess::UnreadableNumber, lead.employees.contains(['-', '~', '/']));
    add(Mess::OtherCurrency, lead.revenue.starts_with("EUR"));
    add(Mess::OptedOut, lead.opted_out);
    add(Mess::DoNotCall, lead.do_not_call);
    add(Mess::Bounced, lead.bounced);
    add(Mess::Converted, lead.is_converted());
}

fn company(lead: &Lead, world: &World, add: &mut dyn FnMut(Mess, bool)) {
    let (strategic, named) = lead.watched(world);
    add(Mess::StrategicAccount, strategic);
    add(Mess::NamedAccount, named);
    add(
        Mess::TerritoryConflict,
        lead.who.conflict && !lead.country.is_empty() && lead.account_by_domain(world).is_some(),
    );
    add(Mess::CompanyTypo, lead.typo);
    let Some((at, account)) = lead.account_by_domain(world) else {
        return;
    };
    add(Mess::CompanyVariant, !lead.company_name.is_empty() && !lead.typo && lead.company_name != account.full_name());
    add(Mess::Customer, account.is_customer());
    add(Mess::Competitor, account.kind == "Competitor");
    add(Mess::Partner, account.kind == "Partner");
    add(Mess::Investor, account.kind == "Investor");
    let open = world.opportunities.iter().any(|opportunity| opportunity.account == at && !opportunity.stage.closed);
    add(Mess::OpenOpportunity, open);
    add(Mess::AmbiguousAccount, world.shares_domain(account));
    let owner = &OWNERS[account.owner];
    add(Mess::InactiveOwner, !owner.active);
    let elsewhere = lead.region().zip(region_of(owner.team)).is_some_and(|(lead, owner)| lead != owner);
    add(Mess::OwnerElsewhere, elsewhere);
}

/// Where a team works, for teams that work in one region.
fn region_of(team: Team) -> Option<Region> {
    match team {
        Team::InboundEmea | Team::EnterpriseEmea | Team::Dach => Some(Region::Emea),
        Team::InboundAmer | Team::EnterpriseUs => Some(Region::Amer),
        Team::SalesApac => Some(Region::Apac),
        Team::Strategic | Team::Partners | Team::Managers | Team::Operations => None,
    }
}

fn texts(lead: &Lead, add: &mut dyn FnMut(Mess, bool)) {
    let text = lead.message.as_ref().map_or("", |message| &message.text);
    let about = |topic: Topic| lead.message.as_ref().is_some_and(|message| message.topics.contains(&topic));
    add(Mess::AsksPipeline, about(Topic::Pipeline));
    add(Mess::AsksIntegration, about(Topic::Integration));
    add(Mess::AsksPricing, about(Topic::Pricing));
    add(Mess::AsksSecurity, about(Topic::Security));
    add(Mess::Student, about(Topic::Student));
    add(Mess::JobSeeker, about(Topic::JobSeeker));
    add(Mess::MultiLine, text.contains('\n'));
    let formula = |cell: &str| cell.starts_with(['=', '+', '@']);
    add(Mess::FormulaLike, [text, &lead.title, &lead.company_name].into_iter().any(formula));
    add(Mess::Emoji, text.chars().any(|letter| u32::from(letter) >= 0x1_F000));
    add(Mess::Punctuation, text.contains(['"', ';']));
}

impl World {
    /// Whether another account writes from the same domain.
    pub(crate) fn shares_domain(&self, account: &Company) -> bool {
        self.accounts().filter(|other| other.domain == account.domain).count() > 1
    }
}
