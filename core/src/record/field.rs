//! The fields every CRM has in some form, under one name each. Custom fields are added by a contract.
//!
//! The position of a field in its table is its slot in a [`super::Record`]; code uses the enums, data uses the names.

use serde::{Deserialize, Serialize};

use crate::json::Decode;

/// The kinds of record Interlock reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each word is its own description")]
pub enum Object {
    Lead,
    Contact,
    Account,
    Opportunity,
    Activity,
    Owner,
}

impl Object {
    /// All kinds.
    pub const ALL: [Self; 6] =
        [Self::Lead, Self::Contact, Self::Account, Self::Opportunity, Self::Activity, Self::Owner];

    /// The word used in JSON, field names and commands.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Contact => "contact",
            Self::Account => "account",
            Self::Opportunity => "opportunity",
            Self::Activity => "activity",
            Self::Owner => "owner",
        }
    }

    /// The fields of this object; a field's position is its slot.
    #[must_use]
    pub const fn fields(self) -> &'static [FieldDef] {
        match self {
            Self::Lead => LeadField::TABLE,
            Self::Contact => ContactField::TABLE,
            Self::Account => AccountField::TABLE,
            Self::Opportunity => OpportunityField::TABLE,
            Self::Activity => ActivityField::TABLE,
            Self::Owner => OwnerField::TABLE,
        }
    }

    /// The slot of a field by its name without the object.
    #[must_use]
    pub fn slot(self, name: &str) -> Option<usize> {
        self.fields().iter().position(|field| field.name == name)
    }

    /// The slot of a field that is read and not worked out.
    pub(crate) fn read_slot(self, name: &str) -> Option<usize> {
        self.fields().iter().position(|field| field.name == name && !field.derived)
    }
}

impl std::fmt::Display for Object {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.word())
    }
}

/// One field of an object.
#[derive(Debug)]
pub struct FieldDef {
    /// Its name without the object: `employees`.
    pub name: &'static str,
    /// What its values are.
    pub kind: Kind,
    /// Whether Interlock works it out instead of reading it from a column.
    pub derived: bool,
    /// What it is, for people. Other than in tests it is read from `tables/facts.txt`.
    #[cfg(test)]
    pub about: &'static str,
}

/// What the values of a field are, and so which normal form they get.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// The name of a company.
    Company,
    /// An e-mail address, case-folded.
    Email,
    /// A registrable domain.
    Domain,
    /// A URL or host; kept as text.
    Url,
    /// A phone number in E.164.
    Phone,
    /// A country in ISO 3166 alpha-2.
    Country,
    /// A whole number.
    Number,
    /// An amount in minor units.
    Money,
    /// Yes or no.
    Bool,
    /// A date or a time.
    Time,
    /// An owner, by name, e-mail address or id.
    Owner,
    /// The id of another record.
    Reference,
}

macro_rules! fields {
    ($(#[$doc:meta])* $name:ident { $($variant:ident $text:literal $kind:ident $about:literal $($derived:ident)?;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {$(
            #[doc = $about]
            $variant,
        )*}

        impl $name {
            const TABLE: &'static [FieldDef] = &[$(
                FieldDef { name: $text, kind: Kind::$kind, derived: fields!(@$($derived)?), #[cfg(test)] about: $about },
            )*];

            /// Its place in a record.
            #[must_use]
            pub const fn slot(self) -> usize {
                self as usize
            }
        }
    };
    (@derived) => { true };
    (@) => { false };
}

fields! {
    /// The fields of a lead.
    LeadField {
        Id "id" Text "the lead's id in the CRM";
        Email "email" Email "e-mail address";
        EmailDomain "email_domain" Domain "registrable domain of the e-mail address" derived;
        FreeMail "free_mail" Bool "whether the address is at a free-mail provider" derived;
        RoleAddress "role_address" Bool "whether the address belongs to a role, such as info@" derived;
        Domain "domain" Domain "the company's domain: of the business e-mail address, else of the website" derived;
        FirstName "first_name" Text "first name";
        LastName "last_name" Text "last name";
        Name "name" Text "full name";
        Title "title" Text "job title";
        Company "company" Company "company name";
        Phone "phone" Phone "phone number";
        Mobile "mobile" Phone "mobile number";
        Website "website" Url "website";
        Industry "industry" Text "industry";
        Employees "employees" Number "number of employees";
        Revenue "revenue" Money "annual revenue";
        Street "street" Text "street";
        City "city" Text "city";
        State "state" Text "state or province";
        PostalCode "postal_code" Text "postal code";
        Country "country" Country "country";
        Source "source" Text "lead source, as the CRM writes it";
        Campaign "campaign" Text "campaign";
        Status "status" Text "lead status";
        Rating "rating" Text "rating: hot, warm, cold";
        LifecycleStage "lifecycle_stage" Text "lifecycle stage";
        Score "score" Number "lead score, as the CRM has it";
        OptedOut "opted_out" Bool "opted out of e-mail";
        DoNotCall "do_not_call" Bool "must not be called";
        Bounced "bounced" Bool "the address bounced";
        Converted "converted" Bool "already converted";
        Owner "owner" Owner "present owner";
        Account "account" Reference "id of the account it is linked to";
        AccountDomain "account_domain" Domain "domain of the account it is linked to";
        Message "message" Text "what the buyer wrote";
        ProductInterest "product_interest" Text "product asked about";
        Timeline "timeline" Text "buying timeline";
        Language "language" Text "language";
        CreatedAt "created_at" Time "when it was created";
        UpdatedAt "updated_at" Time "when it was last changed";
        LastActivityAt "last_activity_at" Time "when something last happened";
        TimeZone "time_zone" Text "time zone (IANA, `Europe/Berlin`)";
    }
}

/// Some of a lead's fields, one bit a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LeadFields(u64);

impl LeadFields {
    pub(crate) const ALL: Self = Self(u64::MAX);

    pub(crate) fn of(fields: &[LeadField]) -> Self {
        fields.iter().fold(Self(0), |set, field| set.with(field.slot()))
    }

    pub(crate) const fn with(self, slot: usize) -> Self {
        Self(self.0 | 1 << (slot % 64))
    }

    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) const fn has(self, slot: usize) -> bool {
        self.0 >> (slot % 64) & 1 != 0
    }

    /// Whether any of these is among them.
    pub(crate) fn any(self, fields: &[LeadField]) -> bool {
        fields.iter().any(|field| self.has(field.slot()))
    }

    /// These, and what they are worked out or read from.
    pub(crate) fn with_sources(mut self) -> Self {
        use LeadField as F;
        const FROM: &[(&[LeadField], &[LeadField])] = &[
            (&[F::Name], &[F::FirstName, F::LastName]),
            (&[F::EmailDomain, F::FreeMail, F::RoleAddress, F::Domain], &[F::Email]),
            (&[F::Domain], &[F::Website]),
            (&[F::Phone, F::Mobile], &[F::Country]),
        ];
        for (fields, sources) in FROM {
            if self.any(fields) {
                self = self.and(Self::of(sources));
            }
        }
        self
    }
}

// A bit a slot: there may be no more fields than bits.
const _: () = assert!(LeadField::TABLE.len() <= 64);

fields! {
    /// The fields of a contact.
    ContactField {
        Id "id" Text "the contact's id in the CRM";
        Email "email" Email "e-mail address";
        FirstName "first_name" Text "first name";
        LastName "last_name" Text "last name";
        Name "name" Text "full name";
        Title "title" Text "job title";
        Company "company" Company "company name";
        Phone "phone" Phone "phone number";
        Mobile "mobile" Phone "mobile number";
        Street "street" Text "street";
        City "city" Text "city";
        State "state" Text "state or province";
        PostalCode "postal_code" Text "postal code";
        Country "country" Country "country";
        Account "account" Reference "id of its account";
        AccountDomain "account_domain" Domain "domain of its account";
        LifecycleStage "lifecycle_stage" Text "lifecycle stage";
        OptedOut "opted_out" Bool "opted out of e-mail";
        DoNotCall "do_not_call" Bool "must not be called";
        Bounced "bounced" Bool "the address bounced";
        Owner "owner" Owner "owner";
        CreatedAt "created_at" Time "when it was created";
        UpdatedAt "updated_at" Time "when it was last changed";
        LastActivityAt "last_activity_at" Time "when something last happened";
        TimeZone "time_zone" Text "time zone (IANA, `Europe/Berlin`)";
    }
}

fields! {
    /// The fields of an account.
    AccountField {
        Id "id" Text "the account's id in the CRM";
        Name "name" Company "company name";
        Domain "domain" Domain "company domain";
        Website "website" Url "website";
        Industry "industry" Text "industry";
        Employees "employees" Number "number of employees";
        Revenue "revenue" Money "annual revenue";
        Phone "phone" Phone "phone number";
        Street "street" Text "street";
        City "city" Text "city";
        State "state" Text "state or province";
        PostalCode "postal_code" Text "postal code";
        Country "country" Country "country";
        Type "type" Text "customer, prospect, partner …";
        Parent "parent" Reference "id of the parent account";
        Owner "owner" Owner "owner";
        Customer "customer" Bool "whether it is a customer: by its type, or by a won opportunity" derived;
        OpenOpportunities "open_opportunities" Number "number of open opportunities" derived;
        OpenAmount "open_amount" Money "sum of its open opportunities" derived;
        CreatedAt "created_at" Time "when it was created";
        UpdatedAt "updated_at" Time "when it was last changed";
        LastActivityAt "last_activity_at" Time "when something last happened";
    }
}

fields! {
    /// The fields of an opportunity.
    OpportunityField {
        Id "id" Text "the opportunity's id in the CRM";
        Name "name" Text "name";
        Account "account" Reference "id of its account";
        AccountDomain "account_domain" Domain "domain of its account";
        Contact "contact" Reference "id of its contact";
        ContactEmail "contact_email" Email "e-mail address of its contact";
        Stage "stage" Text "stage";
        Pipeline "pipeline" Text "pipeline";
        Amount "amount" Money "amount";
        CloseDate "close_date" Time "close date";
        Closed "closed" Bool "whether it is closed";
        Won "won" Bool "whether it was won";
        Type "type" Text "type of business";
        ForecastCategory "forecast_category" Text "forecast category";
        LostReason "lost_reason" Text "why it was lost";
        Owner "owner" Owner "owner";
        CreatedAt "created_at" Time "when it was created";
        UpdatedAt "updated_at" Time "when it was last changed";
    }
}

fields! {
    /// The fields of an activity.
    ActivityField {
        Id "id" Text "the activity's id in the CRM";
        Type "type" Text "call, e-mail, meeting, task, note";
        Subject "subject" Text "subject";
        Body "body" Text "notes";
        At "at" Time "when it happened or is due";
        Status "status" Text "status";
        Direction "direction" Text "inbound or outbound";
        Person "person" Reference "id of the lead or contact";
        PersonEmail "person_email" Email "e-mail address of the lead or contact";
        Account "account" Reference "id of the account";
        Owner "owner" Owner "who did it or has to";
    }
}

fields! {
    /// The fields of an owner.
    OwnerField {
        Id "id" Text "the person's id in the CRM";
        Name "name" Text "full name";
        FirstName "first_name" Text "first name";
        LastName "last_name" Text "last name";
        Email "email" Email "e-mail address";
        Username "username" Text "user name";
        Active "active" Bool "whether the person is active";
        Team "team" Text "team or role";
        TimeZone "time_zone" Text "time zone";
    }
}
