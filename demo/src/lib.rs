//! The demo workspace, from a deterministic generator.
//!
//! Input: nothing. Output: the files of an invented company's CRM and two versions of its contract; the program of the
//! same name writes them into a folder, with a manifest. Invariant: every call gives the same bytes on every platform; only integers are drawn, each record from its own stream. Nothing in it
//! is taken from outside: names are combined at random, companies do not exist, their domains are under `.example` and
//! `.test`, which nobody can own. Only the domains of free-mail providers are real; the mailboxes at them carry `.lf`
//! and a number.
//!
//! **Lanternfold** sells pipeline generation to B2B sales teams. Its CRM holds 400 accounts, 900 contacts, 250
//! opportunities and 1,500 activities; 2,000 leads came in over the last 150 days; 25 people own them.
//!
//! | file | what | shape |
//! |---|---|---|
//! | `leads.csv` | the leads, oldest first | Salesforce report: labels, owners by name, day-first dates, `USD 1,200,000.00` |
//! | `accounts.csv` … `owners.csv` | what the CRM has besides | Salesforce API: field names, ids, ISO dates |
//! | `proposals.jsonl` | what providers and AI would like to write, for three leads of five | [`interlock_core::record::Proposal`] and the lead's id as `record`, a line each |
//! | `baseline.json` | the contract in force, 1.4.0 | contract format 1 |
//! | `candidate.json` | the contract somebody wants to deploy, 1.5.0 | contract format 1 |
//! | `trail.jsonl` | what the contract in force made of some of the leads, and what people said to it | an audit log |
//!
//! # What is planted
//!
//! [`Planted`] lists the ids of the records that have each kind of [`Mess`]: addresses (free mail, roles, plus tags,
//! aliases, other case, shared, broken), companies (other legal forms, slips, subsidiaries that share their parent's
//! domain), values (missing, unreadable, in another currency, countries under many names), consent (opt-outs, no calls,
//! bounces), relationships (customers, competitors, partners, investors, open opportunities, strategic and named accounts), ownership
//! (inactive owners, owners who work in another region) and text (quoted line breaks, `;`, quotation marks, cells that
//! begin with `=`, emoji, other scripts). The lists say how the generator made a record, not how anybody judges it.
//!
//! # What the candidate changes
//!
//! 1. Industries are written from a confidence of 80 % on, not 90 %.
//! 2. Asking about CRM integration counts 20 points, not 10, in the fit and in the lead score.
//! 3. A lead is hot from 60 points on, not 70.
//! 4. In EMEA a company is an enterprise from 500 people on, not 1,000.
//! 5. Germany, Austria and Switzerland leave EMEA for a pool of their own. The author forgot that the rule for EMEA
//!    enterprises still holds there: large companies match two rules that name different pools, and escalate. The
//!    expectation `dach-enterprise` says so.
//! 6. Any open opportunity suppresses outreach, not only those of 50,000 USD and more, and such a lead is not assigned
//!    before somebody has looked.
//! 7. The enterprise team in the US shares its work evenly.
//! 8. A sales manager looks at leads of companies of 5,000 people or more.
//!
//! About one lead in ten goes elsewhere by a rule (rotation moves some more), one in six scores otherwise, one in twelve
//! newly waits for a person.
//!
//! ```
//! let demo = interlock_demo::workspace();
//! let leads = demo.file("leads.csv").ok_or("no leads")?;
//! assert!(leads.starts_with(b"\"Lead ID\""));
//! assert!(demo.planted.ids(interlock_demo::Mess::PlusTag).len() > 10);
//! # Ok::<(), &str>(())
//! ```

mod activities;
mod companies;
mod company_tables;
mod contacts;
mod identity;
mod lead_file;
mod leads;
mod messages;
mod opportunities;
mod owners;
mod people;
mod places;
mod planted;
mod proposals;
mod random;
mod sources;
mod text;
mod trail;

pub use people::latin_names;
pub use planted::{Mess, Planted};

use companies::{ACCOUNTS, Company};

/// The time of every decision about the demo: a Monday morning.
pub const AS_OF: &str = "2026-11-23T09:00:00Z";

/// The files of the demo and what is planted in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workspace {
    /// The files, leads first, contracts last.
    pub files: Vec<File>,
    /// The time at which the leads are to be decided, RFC 3339.
    pub as_of: &'static str,
    /// Which records have which kind of mess.
    pub planted: Planted,
}

/// A file of the demo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name, without a folder.
    pub name: &'static str,
    /// What is in it: UTF-8.
    pub bytes: Vec<u8>,
}

impl Workspace {
    /// The table of contents as JSON: the time of the decisions, the files with data, the two contracts.
    #[must_use]
    pub fn manifest(&self) -> String {
        let data: Vec<&str> = self.files.iter().map(|file| file.name).filter(|name| !name.ends_with(".json")).collect();
        serde_json::json!({
            "as_of": self.as_of,
            "files": data,
            "baseline": "baseline.json",
            "candidate": "candidate.json",
        })
        .to_string()
    }

    /// The content of a file, by name.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&[u8]> {
        self.files.iter().find(|file| file.name == name).map(|file| file.bytes.as_slice())
    }
}

/// Everything the files are written from.
struct World {
    companies: Vec<Company>,
    contacts: Vec<contacts::Contact>,
    opportunities: Vec<opportunities::Opportunity>,
    leads: Vec<leads::Lead>,
}

impl World {
    fn new() -> Self {
        let companies = companies::all();
        let contacts = contacts::all(&companies);
        let opportunities = opportunities::all(&companies);
        let mut world = Self { companies, contacts, opportunities, leads: Vec::new() };
        world.leads = leads::all(&world);
        world
    }

    fn accounts(&self) -> impl Iterator<Item = &Company> {
        self.companies.iter().take(ACCOUNTS)
    }
}

/// Makes the demo workspace. Every call gives the same bytes, on every platform.
#[must_use]
pub fn workspace() -> Workspace {
    let world = World::new();
    let mut planted = Planted::default();
    lead_file::plant(&world, &mut planted);
    let accounts = companies::file(&world, &mut planted);
    let contacts = contacts::file(&world.contacts, &world.companies, &mut planted);
    let file = |name, bytes| File { name, bytes };
    Workspace {
        files: vec![
            file("leads.csv", lead_file::file(&world)),
            file("accounts.csv", accounts),
            file("contacts.csv", contacts),
            file("opportunities.csv", opportunities::file(&world.opportunities, &world.companies)),
            file("activities.csv", activities::file(&world)),
            file("owners.csv", owners::file()),
            file("proposals.jsonl", proposals::file(&world)),
            file("baseline.json", include_bytes!("../contracts/baseline.json").to_vec()),
            file("candidate.json", include_bytes!("../contracts/candidate.json").to_vec()),
        ],
        as_of: AS_OF,
        planted,
    }
}

/// The audit log of the demo: what the contract in force made of some of its leads, and what people said to it. It takes
/// deciding them, so it is no file of [`workspace`].
#[must_use]
pub fn trail(demo: &Workspace) -> Option<File> {
    Some(File { name: "trail.jsonl", bytes: trail::file(demo)? })
}
