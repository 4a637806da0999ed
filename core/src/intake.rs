//! Stage 1, intake: an event becomes a lead in normal form.
//!
//! Input: an event with raw fields, and the plan (its sources, country, currency and custom fields). Output: a
//! [`Lead`]. Invariant: the raw value is never lost (it stays in the event); a value that cannot be read is said and
//! counts as unknown, it never becomes another value.

use std::borrow::Cow;

use crate::contract::{EventKind, Motion, Source, SourceKind, Trust};
use crate::decision::{SourceSeen, Unread};
use crate::identity::forms::is_ignored;
use crate::identity::{self, Before};
use crate::normal::{boolean, company, country, date, domain, email, fold, free_mail, money, number, phone};
use crate::plan::{Fact, Plan};
use crate::record::{Cell, Column, Crm, Event, Kind, LeadField, LeadFields, Object, Record, RecordRef, Value};
use crate::time::Timestamp;

/// A lead in normal form, with where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lead<'a> {
    /// Which record of the CRM it is.
    pub of: &'a RecordRef,
    /// Its fields.
    pub record: Record<'a>,
    /// What happened.
    pub kind: EventKind,
    /// When.
    pub at: Timestamp,
    /// Inbound or outbound.
    pub motion: Motion,
    /// The contract's source, by its place there; none where it names no such source.
    pub source: Option<u16>,
    /// What the event or the CRM calls the source.
    pub source_text: Option<String>,
    /// What could not be read.
    pub unread: Vec<Unread>,
}

impl Lead<'_> {
    /// What the contract says of its source.
    pub(crate) fn known_source<'p>(&self, plan: &'p Plan) -> Option<&'p Source> {
        self.source.and_then(|place| plan.contract.sources.get(usize::from(place)))
    }

    /// How far its source is trusted.
    #[must_use]
    pub fn trust(&self, plan: &Plan) -> Trust {
        self.known_source(plan).map_or(Trust::None, |source| source.trust)
    }

    pub(crate) fn source_seen(&self, plan: &Plan) -> SourceSeen {
        let source = self.known_source(plan);
        SourceSeen {
            id: source.map(|source| source.id.clone()),
            kind: source.map(|source| source.kind),
            text: self.source_text.clone(),
            trust: self.trust(plan),
            motion: self.motion,
        }
    }
}

/// Reads an event.
#[must_use]
pub fn intake<'a>(plan: &Plan, event: &'a Event) -> Lead<'a> {
    intake_some(plan, event, LeadFields::ALL, true)
}

/// The fields of an event that deciding it reads: those the plan wants, those that the workflows read which may be
/// started, those identity asks for where there is anybody to match, and those that somebody proposes to write. What only
/// match models compare is read as far as nobody was matched before.
pub(crate) fn wanted(plan: &Plan, event: &Event, crm: &Crm, before: &Before) -> LeadFields {
    let mut wanted = plan.wanted;
    // Nobody is similar where there is nobody.
    let mut raised = 1 << event.kind as u32 | 1 << EventKind::Scored as u32 | 1 << EventKind::StageIndicated as u32;
    if crm.has_people() || crm.has_accounts() {
        wanted = wanted.and(LeadFields::of(identity::READS));
        raised |= 1 << EventKind::SimilarFound as u32;
    }
    for workflow in plan.workflows.iter().filter(|workflow| workflow.on & raised != 0) {
        wanted = wanted.and(workflow.wanted);
    }
    let weighs = match before {
        Before::Both(_) => false,
        Before::Person(_) => crm.companies().is_some(),
        Before::Nothing => crm.people().is_some() || crm.companies().is_some(),
    };
    if weighs {
        wanted = wanted.and(LeadFields::of(identity::WEIGHS));
    }
    if !event.actions.is_empty() {
        wanted = wanted.and(LeadFields::of(&[LeadField::Email, LeadField::FirstName, LeadField::LastName]));
    }
    for proposal in &event.proposals {
        if let Some(Fact::Lead(slot)) = plan.fact_of(&proposal.field) {
            wanted = wanted.with(usize::from(slot));
        }
    }
    wanted.with_sources()
}

/// Reads some fields of an event; the others are absent. Without `full` it is not said what cannot be read, nor what
/// the source is called.
pub(crate) fn intake_some<'a>(plan: &Plan, event: &'a Event, wanted: LeadFields, full: bool) -> Lead<'a> {
    let mut record = Record::new(Object::Lead, plan.custom.len());
    let mut unread = Vec::new();
    let mut phones = Vec::new();
    for (name, raw) in &event.fields {
        let slot = name.slot();
        let Some(kind) = Object::Lead.fields().get(slot).map(|field| field.kind) else { continue };
        if !wanted.has(slot) {
            continue;
        }
        if kind == Kind::Phone {
            phones.push((slot, name, raw));
            continue;
        }
        let cell = read_cell(kind, raw, plan);
        if let Cell::Invalid(found) = &cell
            && full
        {
            unread.push(Unread {
                field: name.to_string(),
                found: found.to_string(),
                expected: expected(kind).to_owned(),
            });
        }
        record.set(slot, cell);
    }
    // A number without a country code is from the lead's own country, where that is known.
    let country = country_of(&record, LeadField::Country.slot()).or(plan.country);
    for (slot, name, raw) in phones {
        let cell = read_phone(raw, country);
        if let Cell::Invalid(found) = &cell
            && full
        {
            let expected = expected(Kind::Phone).to_owned();
            unread.push(Unread { field: name.to_string(), found: found.to_string(), expected });
        }
        record.set(slot, cell);
    }
    if !plan.custom.is_empty() {
        read_customs(plan, &mut record, event);
    }
    derive(plan, &mut record, wanted);

    let named = event.source.as_deref().or_else(|| record.text(LeadField::Source.slot()));
    let source = named.and_then(|text| plan.source(text));
    let known = source.and_then(|place| plan.contract.sources.get(usize::from(place)));
    let motion = event.motion.or_else(|| known.and_then(|source| source.motion)).unwrap_or_else(|| {
        match known.map(|source| source.kind) {
            Some(SourceKind::OutboundList) => Motion::Outbound,
            _ if event.kind == EventKind::ProspectSourced => Motion::Outbound,
            _ => Motion::Inbound,
        }
    });
    Lead {
        of: &event.record,
        kind: event.kind,
        at: event.at,
        motion,
        source,
        source_text: named.filter(|_| full).map(str::to_owned),
        record,
        unread,
    }
}

/// Reads a row of a table as a record of the snapshot.
pub(crate) fn read_row(object: Object, columns: &[Column], cells: &[Box<str>], plan: &Plan) -> Record<'static> {
    let mut record = Record::new(object, plan.custom.len());
    for (column, raw) in columns.iter().zip(cells) {
        let Some((_, name)) = column.field.as_ref().and_then(|field| field.as_str().split_once('.')) else { continue };
        let slot = match object {
            Object::Lead => object.read_slot(name),
            _ => object.slot(name),
        };
        let Some((slot, field)) = slot.and_then(|slot| Some((slot, object.fields().get(slot)?))) else { continue };
        record.set(slot, read_cell(field.kind, raw, plan));
    }
    let fields = columns.iter().zip(cells).map(|(column, raw)| (column.header.as_str(), &**raw));
    read_custom(plan, &mut record, fields);
    match object {
        Object::Lead => derive(plan, &mut record, LeadFields::ALL),
        Object::Contact => name_contact(&mut record),
        _ => {}
    }
    record.into_owned()
}

/// Reads a value that is proposed for a fact.
pub(crate) fn read_value<'t>(plan: &Plan, fact: Fact, raw: &'t str) -> Cell<'t> {
    let slot_kind = |object: Object, slot: u8| object.fields().get(usize::from(slot)).map(|field| field.kind);
    let kind = match fact {
        Fact::Lead(slot) => slot_kind(Object::Lead, slot),
        Fact::Contact(slot) => slot_kind(Object::Contact, slot),
        Fact::Account(slot) => slot_kind(Object::Account, slot),
        Fact::Custom(place) => plan.custom.get(usize::from(place)).map(|custom| custom.kind),
        _ => None,
    };
    kind.map_or(Cell::Absent, |kind| read_cell(kind, raw, plan))
}

/// Reads a text as what a field of this kind holds.
pub(crate) fn read_cell<'t>(kind: Kind, raw: &'t str, plan: &Plan) -> Cell<'t> {
    let text = match raw.as_bytes() {
        [] => return Cell::Blank,
        [b'!'..=b'~'] | [b'!'..=b'~', .., b'!'..=b'~'] => raw,
        _ => raw.trim(),
    };
    if text.is_empty() {
        return Cell::Blank;
    }
    let known = |text: Cow<'t, str>| Cell::Known(Value::Text(text));
    let known_text = |text: &'t str| known(text.into());
    let invalid = || unreadable(text);
    match kind {
        // A cell of several ids names the primary one first.
        Kind::Reference => text.split(';').map(str::trim).find(|id| !id.is_empty()).map_or(Cell::Blank, known_text),
        Kind::Text | Kind::Url | Kind::Owner => {
            if kind == Kind::Text && company::is_placeholder(text) {
                Cell::Blank
            } else {
                known_text(text)
            }
        }
        Kind::Company if company::is_placeholder(text) => Cell::Blank,
        Kind::Company => known_text(text),
        Kind::Email => email::Email::parse(text).map_or_else(|_| invalid(), |email| known(email.into_address())),
        Kind::Domain => domain::registrable(text).map_or_else(|_| invalid(), known),
        Kind::Phone => read_phone(text, plan.country),
        Kind::Country => match country::CountryCode::parse(text) {
            Ok(code) if code.as_str() == text => known_text(text),
            Ok(code) => known(code.as_str().to_owned().into()),
            Err(country::CountryProblem::Blank) => Cell::Blank,
            Err(_) => invalid(),
        },
        Kind::Number => number::integer(text, None)
            .or_else(|_| number::band(text, None).map(|band| band.low))
            .map_or_else(|_| invalid(), |value| Cell::Known(Value::Int(value))),
        Kind::Money => money::Money::parse(text, plan.currency, None)
            .map_or_else(|_| invalid(), |value| Cell::Known(Value::Money(value))),
        Kind::Bool => match boolean::parse(text) {
            Ok(Some(value)) => Cell::Known(Value::Bool(value)),
            Ok(None) => Cell::Blank,
            Err(_) => invalid(),
        },
        Kind::Time => match date::When::parse(text, plan.day_order) {
            Ok(when) => Cell::Known(Value::Time(Timestamp::from_seconds(when.seconds))),
            Err(_) => invalid(),
        },
    }
}

fn read_phone(raw: &str, country: Option<country::CountryCode>) -> Cell<'_> {
    let text = raw.trim();
    if text.is_empty() {
        return Cell::Blank;
    }
    match phone::Phone::parse(text, country) {
        Ok(phone) => Cell::Known(Value::Text(phone.e164.to_string().into())),
        Err(_) => unreadable(text),
    }
}

/// What cannot be read. "n/a" and the like are no fault of the data: they say that nothing is known.
fn unreadable(text: &str) -> Cell<'_> {
    if company::is_placeholder(text) { Cell::Blank } else { Cell::Invalid(text.into()) }
}

fn country_of(record: &Record<'_>, slot: usize) -> Option<country::CountryCode> {
    record.text(slot).and_then(country::CountryCode::from_alpha2)
}

/// What a field of this kind should hold, in words.
pub(crate) const fn expected(kind: Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::Company | Kind::Url | Kind::Owner | Kind::Reference => "a text",
        Kind::Email => "an e-mail address",
        Kind::Domain => "a domain",
        Kind::Phone => "a phone number, with its country code or with the contract's default country",
        Kind::Country => "a country, by its name or ISO code",
        Kind::Number => "a whole number",
        Kind::Money => "an amount",
        Kind::Bool => "yes or no",
        Kind::Time => "a date or a time",
    }
}

/// Works out what other fields say: name, domains, free mail, role address.
fn derive<'a>(plan: &Plan, record: &mut Record<'a>, wanted: LeadFields) {
    let set = |record: &mut Record<'a>, field: LeadField, cell: Cell<'a>| {
        if wanted.has(field.slot()) {
            record.set(field.slot(), cell);
        }
    };
    if wanted.any(&[LeadField::Name]) && record.cell(LeadField::Name.slot()).known().is_none() {
        let name = full_name(record.text(LeadField::FirstName.slot()), record.text(LeadField::LastName.slot()));
        if let Some(name) = name {
            set(record, LeadField::Name, Cell::Known(Value::Text(name.into())));
        }
    }
    if !wanted.any(&[LeadField::EmailDomain, LeadField::FreeMail, LeadField::RoleAddress, LeadField::Domain]) {
        return;
    }
    let mut business = None;
    match record.cell(LeadField::Email.slot()) {
        Cell::Known(Value::Text(address)) => {
            let email = email::Email::of_normal(address);
            let role = wanted
                .has(LeadField::RoleAddress.slot())
                .then(|| email.is_role() || plan.passed_over.roles.iter().any(|role| **role == *email.local()));
            let shared = free_mail::shared(email.domain());
            let domain = domain::registrable_of_normal(email.domain());
            // It ends the address, so it is borrowed from where that is.
            let domain = match address {
                Cow::Borrowed(address) => Cow::Borrowed(address.split_at(address.len() - domain.len()).1),
                Cow::Owned(_) => Cow::Owned(domain.to_owned()),
            };
            // A domain that strangers share says nothing about the company, nor does one that the contract passes over.
            let strangers = shared.is_some_and(|shared| shared.by_strangers(email.domain()));
            if !strangers && !is_ignored(&domain, &plan.passed_over.domains) {
                business = Some(domain.clone());
            }
            set(record, LeadField::EmailDomain, Cell::Known(Value::Text(domain)));
            set(record, LeadField::FreeMail, Cell::Known(Value::Bool(shared == Some(free_mail::Shared::FreeMail))));
            if let Some(role) = role {
                set(record, LeadField::RoleAddress, Cell::Known(Value::Bool(role)));
            }
        }
        Cell::Blank => {
            for field in [LeadField::EmailDomain, LeadField::FreeMail, LeadField::RoleAddress] {
                set(record, field, Cell::Blank);
            }
        }
        Cell::Absent | Cell::Invalid(_) | Cell::Known(_) => {}
    }
    let absent = |field: LeadField| *record.cell(field.slot()) == Cell::Absent;
    let of_website = || {
        let domain = domain::registrable(record.text(LeadField::Website.slot())?).ok()?;
        (!is_ignored(&domain, &plan.passed_over.domains)).then(|| domain.into_owned().into())
    };
    let cell = match business.or_else(of_website) {
        Some(domain) => Cell::Known(Value::Text(domain)),
        None if absent(LeadField::Email) && absent(LeadField::Website) => Cell::Absent,
        None => Cell::Blank,
    };
    set(record, LeadField::Domain, cell);
}

fn name_contact(record: &mut Record<'_>) {
    use crate::record::ContactField;
    if record.cell(ContactField::Name.slot()).known().is_none() {
        let name = full_name(record.text(ContactField::FirstName.slot()), record.text(ContactField::LastName.slot()));
        if let Some(name) = name {
            record.set(ContactField::Name.slot(), Cell::Known(Value::Text(name.into())));
        }
    }
}

fn full_name(first: Option<&str>, last: Option<&str>) -> Option<String> {
    match (first, last) {
        (Some(first), Some(last)) => Some(format!("{first} {last}")),
        (one, other) => one.or(other).map(str::to_owned),
    }
}

/// Reads the contract's custom fields of an event.
fn read_customs<'t>(plan: &Plan, record: &mut Record<'t>, event: &'t Event) {
    read_custom(plan, record, headers(plan, event));
}

/// The headers of an event with what stands under them. Names of standard fields are none, unless a header that is wanted
/// looks like one.
fn headers<'e>(plan: &Plan, event: &'e Event) -> impl Iterator<Item = (&'e str, &'e str)> + use<'e> {
    let any = plan.custom.iter().any(|custom| custom.columns.iter().any(|header| header.starts_with("lead.")));
    let fields = event.fields.iter().filter(move |(name, _)| !name.is_of_lead() || any);
    fields.map(|(name, raw)| (name.as_str(), raw.as_str()))
}

/// Reads the contract's custom fields, of headers with what stands under them; the first counts.
fn read_custom<'t>(plan: &Plan, record: &mut Record<'t>, fields: impl Iterator<Item = (&'t str, &'t str)>) {
    for (header, raw) in fields {
        for (place, custom) in plan.custom.iter().enumerate() {
            let slot = record.custom_slot(place);
            if custom.object == record.object
                && is_header(&custom.columns, header)
                && *record.cell(slot) == Cell::Absent
            {
                record.set(slot, read_cell(custom.kind, raw, plan));
            }
        }
    }
}

/// What the event has for a custom field of the lead, as it arrived.
pub(crate) fn raw_custom<'e>(plan: &Plan, event: &'e Event, place: u16) -> Option<&'e str> {
    let custom = plan.custom.get(usize::from(place)).filter(|custom| custom.object == Object::Lead)?;
    headers(plan, event).find(|(header, _)| is_header(&custom.columns, header)).map(|(_, raw)| raw)
}

fn is_header(headers: &[Box<str>], header: &str) -> bool {
    headers.iter().any(|wanted| !fold::begin_apart(wanted, header) && fold::eq_folded(wanted, header))
}
