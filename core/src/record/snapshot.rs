//! The CRM snapshot: its records, and the indexes by which identity, routing and suppression find them.
//!
//! Input: tables as read, and the plan (its country, currency and custom fields say how cells are read). Output: a
//! [`Crm`] that never changes. Invariant: built from the same tables and plan, it is the same; look-ups cost the
//! logarithm of the number of records, never a scan.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use super::{
    AccountField, ActivityField, Cell, ContactField, LeadField, Object, OpportunityField, OwnerField, Record, Table,
    Value,
};
use crate::crm::comparable;
use crate::id::OwnerId;
use crate::identity::Known;
use crate::identity::forms::{Reading, is_ignored};
use crate::intake::read_row;
use crate::map::Index;
use crate::normal::email::Email;
use crate::normal::{company, domain, fold};
use crate::order;
use crate::plan::Plan;
use crate::scale::Money;

/// A record of the snapshot, by its place there.
pub(crate) type Place = (Object, u32);

/// What an index is built from.
type Keyed<T> = Vec<(Box<str>, T)>;

/// What stood in the CRM when the leads were decided.
#[derive(Clone, Debug, Default)]
pub struct Crm {
    leads: Vec<Record<'static>>,
    contacts: Vec<Record<'static>>,
    accounts: Vec<Record<'static>>,
    opportunities: Vec<Record<'static>>,
    activities: Vec<Record<'static>>,
    /// Activities by the id and by the address of whom they are with; made when first asked for.
    activity_by: OnceLock<Index<Box<str>, u32>>,
    /// Activities by the id of the account they belong to; made when first asked for.
    activity_at: OnceLock<Index<Box<str>, u32>>,
    owners: Vec<Owner>,
    /// Which objects a table was given for.
    given: Vec<Object>,
    by_email: Index<Box<str>, Place>,
    /// People by the mailbox their provider delivers to, where that is not the address itself.
    by_mailbox: Index<Box<str>, Place>,
    by_person: Index<Box<str>, Place>,
    account_by_id: Index<Box<str>, u32>,
    account_by_domain: Index<Box<str>, u32>,
    account_by_name: Index<Box<str>, u32>,
    owner_by_id: Index<Box<str>, u32>,
    owner_by_word: Index<Box<str>, u32>,
    /// How many contacts each account has; counted when first asked for.
    contacts_at: OnceLock<Vec<u32>>,
    /// The people, where the contract has a match model for them.
    people: Option<Known>,
    companies: Option<Known>,
}

/// Somebody who can own records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The one id every spelling leads to.
    pub id: OwnerId,
    /// What people call them.
    pub name: String,
    /// E-mail address, where known.
    pub email: Option<String>,
    /// Whether they still work here; unknown counts as yes.
    pub active: bool,
}

impl Crm {
    /// Builds the snapshot. Tables of the same object are joined in order.
    #[must_use]
    pub fn build(tables: &[Table], plan: &Plan) -> Self {
        let mut crm = Self::default();
        for table in tables {
            let Some(object) = table.object else { continue };
            if !crm.given.contains(&object) {
                crm.given.push(object);
            }
            let records = table.rows.iter().map(|row| read_row(object, &table.columns, &row.cells, plan));
            match object {
                Object::Lead => crm.leads.extend(records),
                Object::Contact => crm.contacts.extend(records),
                Object::Account => crm.accounts.extend(records),
                Object::Opportunity => crm.opportunities.extend(records),
                Object::Activity => crm.activities.extend(records),
                Object::Owner => crm.owners.extend(records.filter_map(|record| owner(&record))),
            }
        }
        crm.index_owners();
        crm.index_accounts();
        crm.index_people(&plan.passed_over.domains);
        crm.count_opportunities();
        crm.index_models(plan);
        crm
    }

    /// Indexes people and companies as the contract's match models ask.
    fn index_models(&mut self, plan: &Plan) {
        let Some(identity) = &plan.contract.identity else { return };
        let reading = Reading {
            country: plan.country,
            day_order: plan.day_order,
            ignored: Arc::clone(&plan.passed_over.domains),
        };
        let (contacts, leads) = ((Object::Contact, &*self.contacts), (Object::Lead, &*self.leads));
        self.people = identity.people.as_ref().map(|model| Known::build(model, &[contacts, leads], reading.clone()));
        let accounts = (Object::Account, &*self.accounts);
        self.companies = identity.companies.as_ref().map(|model| Known::build(model, &[accounts], reading));
    }

    /// How many contacts an account has.
    pub(crate) fn contacts_at(&self, account: u32) -> u32 {
        let counts = self.contacts_at.get_or_init(|| {
            let mut counts = vec![0; self.accounts.len()];
            for contact in &self.contacts {
                let place = contact.text(ContactField::Account.slot()).and_then(|id| self.account_with_id(id));
                if let Some(count) = place.and_then(|place| counts.get_mut(place as usize)) {
                    *count += 1;
                }
            }
            counts
        });
        counts.get(account as usize).copied().unwrap_or(0)
    }

    /// The people, where the contract weighs them.
    pub(crate) const fn people(&self) -> Option<&Known> {
        self.people.as_ref()
    }

    /// The companies, where the contract weighs them.
    pub(crate) const fn companies(&self) -> Option<&Known> {
        self.companies.as_ref()
    }

    /// Whether any table of this object was given.
    #[must_use]
    pub fn has(&self, object: Object) -> bool {
        self.given.contains(&object)
    }

    /// The records of an object; owners are listed by [`Crm::owners`].
    #[must_use]
    pub fn records(&self, object: Object) -> &[Record<'static>] {
        match object {
            Object::Lead => &self.leads,
            Object::Contact => &self.contacts,
            Object::Account => &self.accounts,
            Object::Opportunity => &self.opportunities,
            Object::Activity => &self.activities,
            Object::Owner => &[],
        }
    }

    /// Everybody in the directory.
    #[must_use]
    pub fn owners(&self) -> &[Owner] {
        &self.owners
    }

    /// The person a reference means: by id, e-mail address, user name or name. Somebody who is not in the directory is
    /// known by the reference itself, folded.
    #[must_use]
    pub fn owner_id(&self, reference: &str) -> OwnerId {
        match self.owner(reference) {
            Some(owner) => owner.id.clone(),
            None => OwnerId::from(&*fold::fold(reference)),
        }
    }

    /// Whether [`Crm::owner_id`] of a reference is `id`.
    pub(crate) fn is_owner(&self, reference: &str, id: &str) -> bool {
        match self.owner(reference) {
            Some(owner) => owner.id.as_str() == id,
            None => fold::eq_folded(reference, id) && *fold::fold(reference) == *id,
        }
    }

    /// Whether there is anybody a lead could be.
    pub(crate) fn has_people(&self) -> bool {
        !self.by_email.is_empty() || !self.by_person.is_empty()
    }

    /// Whether there is any company a lead could belong to.
    pub(crate) fn has_accounts(&self) -> bool {
        !self.accounts.is_empty()
    }

    /// The directory's entry for a reference.
    #[must_use]
    pub fn owner(&self, reference: &str) -> Option<&Owner> {
        if self.owners.is_empty() {
            return None;
        }
        let place = look_up(&self.owner_by_id, reference)
            .or_else(|| self.owner_by_word.get(&*fold::fold(reference)).first().copied());
        self.owners.get(place? as usize)
    }

    /// What people call an owner.
    #[must_use]
    pub fn owner_name(&self, id: &OwnerId) -> String {
        self.owner(id.as_str()).map_or_else(|| id.to_string(), |owner| owner.name.clone())
    }

    pub(crate) fn record(&self, (object, place): Place) -> Option<&Record<'static>> {
        self.records(object).get(place as usize)
    }

    pub(crate) fn with_email(&self, address: &str) -> &[Place] {
        self.by_email.get(address)
    }

    /// Those whose mailbox this is, though their address is written otherwise.
    pub(crate) fn with_mailbox(&self, mailbox: &str) -> &[Place] {
        self.by_mailbox.get(mailbox)
    }

    pub(crate) fn with_person(&self, key: &str) -> &[Place] {
        self.by_person.get(key)
    }

    pub(crate) fn account_with_id(&self, id: &str) -> Option<u32> {
        look_up(&self.account_by_id, id)
    }

    pub(crate) fn accounts_with_domain(&self, domain: &str) -> &[u32] {
        self.account_by_domain.get(domain)
    }

    pub(crate) fn accounts_with_name(&self, name: &str) -> &[u32] {
        self.account_by_name.get(name)
    }

    /// The activities with somebody who has these ids and addresses, each once, in order.
    pub(crate) fn activities_with(&self, names: &[&str]) -> impl Iterator<Item = &Record<'static>> {
        let index = self.activity_by.get_or_init(|| self.index_activities());
        let mut places: Vec<u32> = names.iter().flat_map(|name| index.get(*name)).copied().collect();
        order::sort_all(&mut places);
        places.dedup();
        places.into_iter().filter_map(|place| self.activities.get(place as usize))
    }

    /// The activities with somebody who has these ids and addresses, and those at an account, each once, in order.
    pub(crate) fn activities_about(&self, names: &[&str], account: Option<&str>) -> Vec<&Record<'static>> {
        let index = self.activity_at.get_or_init(|| {
            let at = |activity: &Record<'_>| Some(comparable(activity.text(ActivityField::Account.slot())?).into());
            let all = (0..).zip(&self.activities).filter_map(|(place, activity)| Some((at(activity)?, place)));
            all.collect()
        });
        let with = self.activity_by.get_or_init(|| self.index_activities());
        let at = account.map_or(&[][..], |account| index.get(comparable(account)));
        let mut places: Vec<u32> = names.iter().flat_map(|name| with.get(*name)).chain(at).copied().collect();
        order::sort_all(&mut places);
        places.dedup();
        places.into_iter().filter_map(|place| self.activities.get(place as usize)).collect()
    }

    fn index_activities(&self) -> Index<Box<str>, u32> {
        let mut names = Keyed::new();
        for (place, activity) in (0..).zip(&self.activities) {
            let person = activity.text(ActivityField::Person.slot()).map(comparable);
            let with = person.into_iter().chain(activity.text(ActivityField::PersonEmail.slot()));
            names.extend(with.map(|name| (name.into(), place)));
        }
        names.into_iter().collect()
    }

    fn index_owners(&mut self) {
        let ids = (0..).zip(&self.owners).map(|(place, owner)| (comparable(owner.id.as_str()).into(), place));
        self.owner_by_id = ids.collect();
        // Addresses before names: an address that looks like somebody's name is still an address.
        let emails = self.owners.iter().map(|owner| owner.email.as_deref().unwrap_or_default());
        let names = self.owners.iter().map(|owner| owner.name.as_str());
        let words = (0..).zip(emails).chain((0..).zip(names)).filter_map(|(place, word)| {
            let key = fold::fold(word);
            (!key.is_empty()).then(|| ((*key).into(), place))
        });
        self.owner_by_word = words.collect();
    }

    fn index_accounts(&mut self) {
        let (mut ids, mut domains, mut names) = (Keyed::new(), Keyed::new(), Keyed::new());
        for (place, account) in (0..).zip(&self.accounts) {
            if let Some(id) = account.text(AccountField::Id.slot()) {
                ids.push((comparable(id).into(), place));
            }
            if let Some(domain) = account_domain(account) {
                domains.push((domain.into(), place));
            }
            if let Some(name) = account.text(AccountField::Name.slot()) {
                let name = company::normal(name);
                if !name.is_empty() {
                    names.push(((*name).into(), place));
                }
            }
        }
        self.account_by_id = ids.into_iter().collect();
        self.account_by_domain = domains.into_iter().collect();
        self.account_by_name = names.into_iter().collect();
    }

    fn index_people(&mut self, ignored: &[Box<str>]) {
        let leads = (0..).zip(&self.leads).map(|(place, lead)| ((Object::Lead, place), lead));
        let contacts = (0..).zip(&self.contacts).map(|(place, contact)| ((Object::Contact, place), contact));
        let (mut emails, mut mailboxes, mut persons) = (Keyed::new(), Keyed::new(), Keyed::new());
        for (place, record) in contacts.chain(leads) {
            let (email, name) = match record.object {
                Object::Lead => (LeadField::Email.slot(), LeadField::Name.slot()),
                _ => (ContactField::Email.slot(), ContactField::Name.slot()),
            };
            let email = record.text(email);
            if let Some(email) = email {
                emails.push((email.into(), place));
                if let Cow::Owned(mailbox) = Email::of_normal(email).provider_form() {
                    mailboxes.push((mailbox.into(), place));
                }
            }
            if let Some(key) = person_key(record.text(name), email, ignored) {
                persons.push((key.into(), place));
            }
        }
        self.by_email = emails.into_iter().collect();
        self.by_mailbox = mailboxes.into_iter().collect();
        self.by_person = persons.into_iter().collect();
    }

    /// Works out `account.customer`, `account.open_opportunities` and `account.open_amount`.
    fn count_opportunities(&mut self) {
        let known = self.has(Object::Opportunity);
        let mut open = vec![(0_i64, None::<Money>, true); self.accounts.len()];
        let mut won = vec![false; self.accounts.len()];
        for opportunity in &self.opportunities {
            let Some(place) = self.account_of(opportunity) else { continue };
            let place = place as usize;
            match stage_of(opportunity) {
                Progress::Won => won[place] = true,
                Progress::Lost => {}
                Progress::Open => {
                    open[place].0 += 1;
                    if let Cell::Known(Value::Money(amount)) = opportunity.cell(OpportunityField::Amount.slot()) {
                        match &mut open[place].1 {
                            None => open[place].1 = Some(*amount),
                            Some(sum) if sum.currency == amount.currency => {
                                sum.minor = sum.minor.saturating_add(amount.minor);
                            }
                            // Amounts in several currencies have no sum here.
                            Some(_) => open[place].2 = false,
                        }
                    }
                }
            }
        }
        for (place, account) in self.accounts.iter_mut().enumerate() {
            let kind = account.cell(AccountField::Type.slot());
            let customer = match kind.text().map(fold::fold) {
                Some(kind) if kind.starts_with("customer") || kind == "client" => Some(true),
                _ if won[place] => Some(true),
                Some(_) => Some(false),
                None if known || *kind == Cell::Blank => Some(false),
                None => None,
            };
            account
                .set(AccountField::Customer.slot(), customer.map_or(Cell::Absent, |yes| Cell::Known(Value::Bool(yes))));
            if known {
                let (count, sum, one_currency) = open[place];
                account.set(AccountField::OpenOpportunities.slot(), Cell::Known(Value::Int(count)));
                let sum = sum.filter(|_| one_currency).map_or(Cell::Blank, |sum| Cell::Known(Value::Money(sum)));
                account.set(AccountField::OpenAmount.slot(), sum);
            }
        }
    }

    /// The open opportunities of an account.
    pub(crate) fn open_opportunities(&self, account: u32) -> impl Iterator<Item = &Record<'static>> {
        let open =
            move |one: &&Record<'_>| self.account_of(one) == Some(account) && matches!(stage_of(one), Progress::Open);
        self.opportunities.iter().filter(open)
    }

    /// The account an opportunity belongs to: by id, else by domain when that is one account's alone.
    fn account_of(&self, opportunity: &Record<'_>) -> Option<u32> {
        if let Some(id) = opportunity.text(OpportunityField::Account.slot()) {
            return self.account_with_id(id);
        }
        let domain = opportunity.text(OpportunityField::AccountDomain.slot())?;
        match self.accounts_with_domain(domain) {
            [one] => Some(*one),
            _ => None,
        }
    }
}

enum Progress {
    Open,
    Won,
    Lost,
}

/// Whether an opportunity is open: by its flags where they are there, else by the words of its stage.
fn stage_of(opportunity: &Record<'_>) -> Progress {
    let stage = opportunity.text(OpportunityField::Stage.slot()).map(fold::fold);
    let stage = stage.as_deref().unwrap_or_default();
    let won = opportunity
        .cell(OpportunityField::Won.slot())
        .bool()
        .unwrap_or_else(|| stage.contains("won") || stage == "closedwon");
    let closed = opportunity
        .cell(OpportunityField::Closed.slot())
        .bool()
        .unwrap_or_else(|| won || stage.starts_with("closed") || stage.contains("lost"));
    match (won, closed) {
        (true, _) => Progress::Won,
        (false, true) => Progress::Lost,
        (false, false) => Progress::Open,
    }
}

/// The domain an account is known by: its domain column, else its website.
fn account_domain(account: &Record<'_>) -> Option<String> {
    if let Some(domain) = account.text(AccountField::Domain.slot()) {
        return Some(domain.to_owned());
    }
    domain::registrable(account.text(AccountField::Website.slot())?).ok().map(Cow::into_owned)
}

/// What the same person at the same company has in common under two addresses: the folded name and the business
/// domain.
pub(crate) fn person_key(name: Option<&str>, email: Option<&str>, ignored: &[Box<str>]) -> Option<String> {
    let host = email?.rsplit_once('@')?.1;
    if crate::normal::free_mail::is_shared(host) {
        return None;
    }
    let name = name?;
    let domain = domain::registrable(host).ok().filter(|domain| !is_ignored(domain, ignored))?;
    Some(format!("{}@{domain}", fold::fold(name)))
}

fn look_up(index: &Index<Box<str>, u32>, id: &str) -> Option<u32> {
    index.get(comparable(id)).first().copied()
}

fn owner(record: &Record<'_>) -> Option<Owner> {
    let text = |field: OwnerField| record.text(field.slot());
    let email = text(OwnerField::Email).or_else(|| text(OwnerField::Username));
    let name = match (text(OwnerField::Name), text(OwnerField::FirstName), text(OwnerField::LastName)) {
        (Some(name), ..) => Some(name.to_owned()),
        (None, Some(first), Some(last)) => Some(format!("{first} {last}")),
        (None, one, other) => one.or(other).map(str::to_owned),
    };
    let id = text(OwnerField::Id).or(email).or(name.as_deref())?;
    Some(Owner {
        id: OwnerId::from(id),
        name: name.as_deref().or(email).unwrap_or(id).to_owned(),
        email: email.map(str::to_owned),
        active: record.cell(OwnerField::Active.slot()).bool().unwrap_or(true),
    })
}
