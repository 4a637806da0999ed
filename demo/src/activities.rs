//! `activities.csv`: an API export of calls, e-mails, meetings and tasks.

use crate::World;
use crate::companies::{ACCOUNTS, account_id};
use crate::contacts::contact_id;
use crate::owners::{OWNERS, Owner};
use crate::random::Random;
use crate::text::{Csv, Moment, crm_id};

/// How many activities there are.
const ACTIVITIES: usize = 1500;

/// `activities.csv`.
pub(crate) fn file(world: &World) -> Vec<u8> {
    let mut csv =
        Csv::new(&["Id", "WhoId", "AccountId", "Type", "Subject", "Status", "ActivityDate", "Description", "OwnerId"]);
    for index in 0..ACTIVITIES {
        let mut random = Random::of("activity", index);
        let (person, company, earliest) = if random.percent(70) {
            let lead = &world.leads[random.index(world.leads.len())];
            let account = lead.account_by_domain(world).map(|(at, _)| at);
            (lead.id.clone(), account, lead.created)
        } else {
            let contact = random.index(world.contacts.len());
            let account = world.contacts[contact].account;
            (contact_id(contact), Some(account), Moment::days_ago(random.between(1, 500)))
        };
        let at = earliest.days_later(random.between(0, 60));
        let (kind, subject, text) = random.pick(&KINDS);
        let done = at.age_in_days() > 0 || random.percent(60);
        let owner = match company.filter(|&at| at < ACCOUNTS) {
            Some(at) => world.companies[at].owner,
            None => random.index(OWNERS.len()),
        };
        csv.row(&[
            crm_id("00T", index + 1),
            person,
            company.map(account_id).unwrap_or_default(),
            kind.to_owned(),
            subject.to_owned(),
            if done { "Completed" } else { "Not Started" }.to_owned(),
            at.date(),
            text.to_owned(),
            Owner::id(owner),
        ]);
    }
    csv.bytes()
}

const KINDS: [(&str, &str, &str); 10] = [
    ("Call", "Call", "Left voicemail."),
    ("Call", "Discovery call", "Pain: reps chase cold lists. Objection: \"yet another tool\"."),
    ("Email", "Email: Re: your demo request", ""),
    ("Email", "Email: pricing", "Asked for list price;\nsent one-pager."),
    ("Email", "Email: intro", "No reply yet."),
    ("Meeting", "Demo", "Showed pipeline view. Next: security review."),
    ("Meeting", "Intro meeting", ""),
    ("Task", "Follow up", ""),
    ("Task", "Send DPA", "Legal wants it in German."),
    ("Other", "Note", "Knows our CEO from a trade fair 🙂"),
];
