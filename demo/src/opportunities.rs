//! Opportunities: open, won and lost.

use crate::companies::{ACCOUNTS, Company, account_id};
use crate::owners::Owner;
use crate::random::Random;
use crate::text::{Csv, Moment, crm_id};

/// How many opportunities there are.
const OPPORTUNITIES: usize = 250;

/// Business with an account.
pub(crate) struct Opportunity {
    pub(crate) account: usize,
    pub(crate) stage: &'static Stage,
    amount: u32,
}

/// A stage of an opportunity.
pub(crate) struct Stage {
    name: &'static str,
    forecast: &'static str,
    pub(crate) closed: bool,
    won: bool,
}

const fn stage(name: &'static str, forecast: &'static str, closed: bool, won: bool) -> Stage {
    Stage { name, forecast, closed, won }
}

static OPEN: [Stage; 5] = [
    stage("Prospecting", "Pipeline", false, false),
    stage("Qualification", "Pipeline", false, false),
    stage("Value Proposition", "Best Case", false, false),
    stage("Proposal/Price Quote", "Best Case", false, false),
    stage("Negotiation/Review", "Commit", false, false),
];
static WON: Stage = stage("Closed Won", "Closed", true, true);
static LOST: Stage = stage("Closed Lost", "Omitted", true, false);

/// All opportunities. Customers have won ones, prospects open and lost ones.
pub(crate) fn all(companies: &[Company]) -> Vec<Opportunity> {
    (0..OPPORTUNITIES)
        .map(|index| {
            let mut random = Random::of("opportunity", index);
            let (account, company) = loop {
                let account = random.index(ACCOUNTS);
                let company = &companies[account];
                if company.is_customer() || company.kind == "Prospect" {
                    break (account, company);
                }
            };
            let stage = match (company.is_customer(), random.below(10)) {
                (true, 0..6) => &WON,
                (true, 6..8) | (false, 0..5) => &OPEN[random.index(OPEN.len())],
                _ => &LOST,
            };
            let size = company.employees.clamp(20, 6000);
            Opportunity { account, stage, amount: (4_000 + size * random.between(18, 75)) / 500 * 500 }
        })
        .collect()
}

/// `opportunities.csv`: an API export of the opportunities.
pub(crate) fn file(opportunities: &[Opportunity], companies: &[Company]) -> Vec<u8> {
    let mut csv = Csv::new(&[
        "Id",
        "AccountId",
        "Name",
        "StageName",
        "Amount",
        "CloseDate",
        "Type",
        "IsClosed",
        "IsWon",
        "ForecastCategoryName",
        "Loss Reason",
        "Legal_Notes__c",
        "OwnerId",
        "CreatedDate",
        "LastModifiedDate",
    ]);
    for (index, opportunity) in opportunities.iter().enumerate() {
        let mut random = Random::of("opportunity row", index);
        let company = &companies[opportunity.account];
        let stage = opportunity.stage;
        let created = Moment::minutes_ago(random.between(20, 700) * 1440 + random.below(1440));
        let close = if stage.closed {
            created.days_later(random.between(20, 150))
        } else {
            Moment::days_ago(0).ahead(random.between(3, 190))
        };
        let reason = if stage.closed && !stage.won {
            random.pick(&["Price", "No decision", "Competitor", "Missing feature", ""])
        } else {
            ""
        };
        let notes = if random.percent(12) { "DPA under review; counsel asks for EU hosting" } else { "" };
        let kind = if company.is_customer() { "Existing Business" } else { "New Business" };
        csv.row(&[
            crm_id("006", index + 1),
            account_id(opportunity.account),
            format!("{} - {}", company.name, random.pick(&["Platform", "Signals", "Rollout", "Pilot", "Renewal"])),
            stage.name.to_owned(),
            format!("{}.00", opportunity.amount),
            close.date(),
            kind.to_owned(),
            stage.closed.to_string(),
            stage.won.to_string(),
            stage.forecast.to_owned(),
            reason.to_owned(),
            notes.to_owned(),
            Owner::id(company.owner),
            created.api(),
            created.days_later(random.between(1, 90)).api(),
        ]);
    }
    csv.bytes()
}
