//! Companies: those in the CRM, their subsidiaries, and those the CRM has never heard of.

use std::collections::BTreeSet;

use crate::World;
use crate::company_tables::{ENDS, INDUSTRIES, MARKED, STARTS, STRATEGIC_COUNT, WATCHED};
use crate::owners::{OWNERS, Owner, Team};
use crate::people::Manner;
use crate::places::{Country, Place};
use crate::planted::{Mess, Planted};
use crate::random::Random;
use crate::text::{Csv, Moment, crm_id, grouped, plain};

/// How many companies are accounts; the others are known from leads alone.
pub(crate) const ACCOUNTS: usize = 400;
/// How many companies there are.
const COMPANIES: usize = 1150;
/// The last accounts are subsidiaries of earlier ones.
const SUBSIDIARIES: usize = 40;

/// A company.
pub(crate) struct Company {
    /// Without its legal form.
    pub(crate) name: String,
    /// Its legal form, as alternative ways to write it.
    pub(crate) forms: Vec<&'static str>,
    pub(crate) domain: String,
    pub(crate) country: &'static Country,
    pub(crate) place: Place,
    pub(crate) phone: String,
    pub(crate) industry: usize,
    pub(crate) employees: u32,
    /// In US dollars.
    pub(crate) revenue: u64,
    /// How it makes e-mail addresses of names.
    pub(crate) manner: Manner,
    /// What the CRM says it is; empty where nobody filled it in.
    pub(crate) kind: &'static str,
    /// The position of its parent.
    pub(crate) parent: Option<usize>,
    /// The position of its owner.
    pub(crate) owner: usize,
    pub(crate) tier: &'static str,
}

fn employees(random: &mut Random) -> u32 {
    let &(low, high, _) = random.weighted(
        &[
            (2, 10, 10),
            (11, 50, 19),
            (51, 200, 24),
            (201, 499, 16),
            (500, 999, 15),
            (1000, 4999, 12),
            (5000, 28_000, 4),
        ],
        |&(_, _, weight)| weight,
    );
    let exact = random.between(low, high);
    // People round what they do not know.
    match exact {
        0..100 => exact,
        100..1000 => exact / 5 * 5,
        _ => exact / 50 * 50,
    }
}

fn revenue(employees: u32, random: &mut Random) -> u64 {
    let exact = u64::from(employees) * u64::from(random.between(70, 260)) * 1000;
    let unit = 10_u64.pow(exact.max(1).ilog10().saturating_sub(2));
    exact / unit * unit
}

impl Company {
    /// The name with its legal form, as its own web site would write it.
    pub(crate) fn full_name(&self) -> String {
        join(&self.name, self.forms.first().copied().unwrap_or_default())
    }

    /// The name as somebody wrote it: with another form of the legal form, without it, in capitals.
    pub(crate) fn written_name(&self, random: &mut Random) -> String {
        match random.below(20) {
            0..9 => self.full_name(),
            9..13 => self.name.clone(),
            13..17 => join(&self.name, random.pick(&self.forms)),
            17 => self.name.to_uppercase(),
            18 => self.full_name().to_lowercase(),
            _ => format!(" {}  {}", self.name, self.forms.first().copied().unwrap_or_default()),
        }
    }

    pub(crate) fn is_customer(&self) -> bool {
        self.kind.starts_with("Customer")
    }
}

fn join(name: &str, form: &str) -> String {
    match form {
        "" => name.to_owned(),
        "株式会社" => format!("{form}{name}"),
        form if form.starts_with(',') => format!("{name}{form}"),
        form => format!("{name} {form}"),
    }
}

/// All companies: watched accounts, other accounts, subsidiaries, companies that are no account.
pub(crate) fn all() -> Vec<Company> {
    let mut companies: Vec<Company> = Vec::with_capacity(COMPANIES);
    let mut names = BTreeSet::new();
    for index in 0..COMPANIES {
        let mut random = Random::of("company", index);
        let company = if let Some(watched) = WATCHED.get(index) {
            self::watched(watched, index < STRATEGIC_COUNT, &mut random)
        } else if (ACCOUNTS - SUBSIDIARIES..ACCOUNTS).contains(&index) {
            // The first five watched accounts have two subsidiaries each.
            let nth = index + SUBSIDIARIES - ACCOUNTS;
            let parent = match nth {
                0..10 => nth / 2,
                nth => WATCHED.len() + nth * 7,
            };
            subsidiary(parent, &companies[parent], nth, &mut random)
        } else {
            other(&mut names, &mut random)
        };
        companies.push(company);
    }
    companies
}

fn watched(row: &'static str, strategic: bool, random: &mut Random) -> Company {
    let mut cells = row.split(';');
    let mut cell = || cells.next().unwrap_or_default();
    let (name, forms, domain) = (cell(), cell(), cell());
    let country = Country::of(cell());
    let (industry, employees) = (cell().parse().unwrap_or(0), cell().parse().unwrap_or(0));
    Company {
        name: name.to_owned(),
        forms: forms.split('|').collect(),
        domain: domain.to_owned(),
        country,
        place: country.place(random),
        phone: country.phone(random),
        industry,
        employees,
        revenue: revenue(employees, random),
        manner: Manner::FirstDotLast,
        kind: cell(),
        parent: None,
        owner: if strategic {
            Owner::of_team(Team::Strategic, random)
        } else {
            Owner::for_company(country, employees, random)
        },
        tier: if strategic { "Strategic" } else { "Named" },
    }
}

fn subsidiary(at: usize, parent: &Company, nth: usize, random: &mut Random) -> Company {
    let country = loop {
        let country = Country::any(random);
        if country.code != parent.country.code {
            break country;
        }
    };
    let forms: Vec<&str> = random.pick(country.forms).split('|').collect();
    // Every third subsidiary writes e-mail from its parent's domain: which account a lead belongs to cannot be told.
    let domain = match (nth % 3, parent.domain.rsplit_once('.')) {
        (1 | 2, Some((name, top))) => {
            format!("{name}-{}.{top}", country.code.to_ascii_lowercase())
        }
        _ => parent.domain.clone(),
    };
    let employees = (parent.employees / random.between(4, 9)).max(3);
    Company {
        name: format!("{} {}", parent.name, country.spellings[0]),
        forms,
        domain,
        country,
        place: country.place(random),
        phone: country.phone(random),
        industry: parent.industry,
        employees,
        revenue: revenue(employees, random),
        manner: parent.manner,
        kind: if random.percent(60) { parent.kind } else { "Prospect" },
        parent: Some(at),
        owner: Owner::for_company(country, employees, random),
        tier: "",
    }
}

fn other(names: &mut BTreeSet<String>, random: &mut Random) -> Company {
    let country = Country::any(random);
    let industries: Vec<usize> = (0..INDUSTRIES.len()).collect();
    let industry = *random.weighted(&industries, |&industry| INDUSTRIES[industry].weight);
    let name = loop {
        let stem = if random.percent(8) {
            (random.pick(&MARKED)).to_owned()
        } else {
            format!("{}{}", random.pick(&STARTS), random.pick(&ENDS))
        };
        let name = format!("{stem} {}", random.pick(INDUSTRIES[industry].words));
        if names.insert(name.clone()) {
            break name;
        }
    };
    let employees = employees(random);
    let slug: Vec<String> = name.split(' ').map(plain).collect();
    let top = if random.percent(85) { "example" } else { "test" };
    let owner = if random.percent(14) {
        random.index(OWNERS.len() - 2)
    } else {
        Owner::for_company(country, employees, random)
    };
    let &(kind, _) = random.weighted(
        &[
            ("Customer", 19),
            ("Customer - Direct", 4),
            ("Prospect", 51),
            ("Partner", 5),
            ("Competitor", 8),
            ("Investor", 2),
            ("", 11),
        ],
        |&(_, weight)| weight,
    );
    Company {
        domain: format!("{}.{top}", slug.join("-")),
        name,
        forms: random.pick(country.forms).split('|').collect(),
        country,
        place: country.place(random),
        phone: country.phone(random),
        industry,
        employees,
        revenue: revenue(employees, random),
        manner: random.pick(&Manner::ALL),
        kind,
        parent: None,
        owner,
        tier: "",
    }
}

/// The id of an account.
pub(crate) fn account_id(index: usize) -> String {
    crm_id("001", index + 1)
}

/// `accounts.csv`: an API export of the accounts. Says which of them have which kind of mess.
pub(crate) fn file(world: &World, planted: &mut Planted) -> Vec<u8> {
    let mut csv = Csv::new(&[
        "Id",
        "Name",
        "Type",
        "ParentId",
        "Website",
        "Industry",
        "NumberOfEmployees",
        "AnnualRevenue",
        "Phone",
        "BillingStreet",
        "BillingCity",
        "BillingState",
        "BillingPostalCode",
        "BillingCountry",
        "OwnerId",
        "Account_Tier__c",
        "CreatedDate",
        "LastModifiedDate",
    ]);
    for (index, company) in world.accounts().enumerate() {
        let mut random = Random::of("account", index);
        let watched = index < WATCHED.len();
        let mut unless = |share: u32, text: String| {
            if !watched && random.percent(share) { String::new() } else { text }
        };
        let website = unless(6, company.domain.clone());
        let employees = unless(18, company.employees.to_string());
        let revenue = unless(35, company.revenue.to_string());
        let phone = unless(30, company.phone.clone());
        let state = company.place.state.clone();
        let country = unless(4, company.country.spellings[0].to_owned());
        let id = account_id(index);
        if company.parent.is_some() {
            planted.add(Mess::Subsidiary, &id);
        }
        if world.shares_domain(company) {
            planted.add(Mess::SharedDomain, &id);
        }
        if website.is_empty() {
            planted.add(Mess::NoWebsite, &id);
        }
        let website = match (website.as_str(), random.below(5)) {
            ("", _) | (_, 0) => website,
            (_, 1) => format!("http://{website}/"),
            (_, 2) => format!("https://www.{website}/en?ref=crm"),
            _ => format!("https://www.{website}"),
        };
        let created = Moment::days_ago(random.between(120, 2200));
        csv.row(&[
            id,
            company.full_name(),
            company.kind.to_owned(),
            company.parent.map(account_id).unwrap_or_default(),
            website,
            INDUSTRIES[company.industry].name.to_owned(),
            employees,
            revenue,
            phone,
            company.place.street.clone(),
            company.place.city.clone(),
            state,
            company.place.postal_code.clone(),
            country,
            Owner::id(company.owner),
            company.tier.to_owned(),
            created.api(),
            created.days_later(random.between(1, 600)).api(),
        ]);
    }
    csv.bytes()
}

/// `12500000` as `USD 12,500,000.00`, the way a report of an organisation with several currencies writes it.
pub(crate) fn report_money(amount: u64, currency: &str) -> String {
    format!("{currency} {}.00", grouped(amount))
}
