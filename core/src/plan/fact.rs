//! What conditions can read, and from which stage on it is known.
//!
//! Input: a name such as `account.employees`. Output: a [`Fact`], small enough to copy. Invariant: a fact is available
//! to a condition only if an earlier stage makes it; [`Stage`] gives the order.

use serde::{Deserialize, Serialize};

use crate::normal::zone::WEEKDAYS;
use crate::record::{Kind, Object};

/// The stages of a decision, in the order in which they run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// The event becomes a lead in normal form.
    Intake,
    /// Who is this, and whom do we know already.
    Identity,
    /// Which workflows run, and what must not be done.
    Suppression,
    /// What is proposed to be written.
    Enrichment,
    /// Scores, bands and the recommended lifecycle stage.
    Classification,
    /// Who gets it.
    Routing,
    /// What sales is told.
    Handoff,
    /// What is kept.
    Audit,
}

impl Stage {
    /// All stages, in order.
    pub const ALL: [Self; 8] = [
        Self::Intake,
        Self::Identity,
        Self::Suppression,
        Self::Enrichment,
        Self::Classification,
        Self::Routing,
        Self::Handoff,
        Self::Audit,
    ];

    /// The word used in JSON, panel and command.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Intake => "intake",
            Self::Identity => "identity",
            Self::Suppression => "suppression",
            Self::Enrichment => "enrichment",
            Self::Classification => "classification",
            Self::Routing => "routing",
            Self::Handoff => "handoff",
            Self::Audit => "audit",
        }
    }
}

/// Something a condition can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact {
    /// A standard field of the lead, by slot.
    Lead(u8),
    /// A standard field of the matched contact, by slot.
    Contact(u8),
    /// A standard field of the matched account, by slot.
    Account(u8),
    /// A custom field, by its place in the contract.
    Custom(u16),
    /// What happened.
    EventKind,
    /// Inbound or outbound.
    EventMotion,
    /// When it happened.
    EventAt,
    /// The hour of the day at which it happened, in the contract's time zone.
    EventHour,
    /// The day of the week, likewise.
    EventWeekday,
    /// The source's id.
    SourceId,
    /// What sort of source.
    SourceKind,
    /// How far it is trusted.
    SourceTrust,
    /// Whether the person is known: exact, probable, ambiguous, none.
    MatchPerson,
    /// Whether the company is known: exact, probable, ambiguous, none.
    MatchAccount,
    /// Whether the lead's own domain and the matched account's differ in some way worth a look.
    MatchConflict,
    /// The hour it is for the person when the decision is made.
    LeadHour,
    /// The day of the week, likewise.
    LeadWeekday,
    /// How often we reached out to the person in so many days.
    Touches(u8),
    /// Whether the key stands in a look-up list, by its place in the contract.
    List(u16),
    /// Whether the lead belongs to a territory, by its place in the contract.
    Territory(u16),
    /// Whether a term rule finds its words, by its place in the contract.
    Term(u16),
    /// Whether it finds them negated only.
    Negated(u16),
    /// The points of a score, by its place in the contract.
    Score(u16),
    /// The band of a score, by its place in the contract.
    Band(u16),
    /// A grade, by its place in the contract.
    Grade(u16),
    /// What routing came to: owner, pool, queue, escalated, unrouted.
    RouteOutcome,
    /// The rule that decided.
    RouteRule,
    /// What is proposed to be done, besides writing a field.
    ActionKind,
    /// All the words of what is proposed.
    ActionText,
    /// How sure whoever proposes it is, in per mille.
    ActionConfidence,
}

/// What the values of a fact are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactKind {
    /// As a field of this kind.
    Field(Kind),
    /// One of these words.
    Word(&'static [&'static str]),
    /// The id of something the contract defines, or another free word.
    Id,
}

/// The words of `match.person` and `match.account`.
pub(crate) const MATCH_WORDS: &[&str] = &["exact", "probable", "ambiguous", "none"];
/// The words of `route.outcome`.
pub(crate) const ROUTE_WORDS: &[&str] = &["owner", "queue", "escalated", "unrouted", "blocked"];
const MOTION_WORDS: &[&str] = &["inbound", "outbound"];
const TRUST_WORDS: &[&str] = &["none", "low", "medium", "high"];
const SOURCE_WORDS: &[&str] = &[
    "demo_request",
    "form",
    "chat",
    "email_reply",
    "linkedin",
    "outbound_list",
    "enrichment",
    "calendar",
    "call_notes",
    "import",
    "product_signal",
    "crm",
    "scoring",
    "other",
];
const ACTION_WORDS: &[&str] = &[
    "create",
    "link",
    "merge",
    "assign",
    "change_stage",
    "create_task",
    "add_to_campaign",
    "enrol",
    "draft_message",
    "send_message",
    "ask_question",
    "book_meeting",
    "research_note",
];
const EVENT_WORDS: &[&str] = &[
    "lead_captured",
    "form_submitted",
    "chat_message",
    "email_reply",
    "social_activity",
    "prospect_sourced",
    "enrichment_received",
    "calendar_event",
    "call_noted",
    "product_signal",
    "record_updated",
    "scored",
    "stage_indicated",
    "similar_found",
    "no_reply",
    "dormant",
    "sla_breached",
];

const WEEKDAY: FactKind = FactKind::Word(WEEKDAYS);
const NUMBER: FactKind = FactKind::Field(Kind::Number);

/// Facts that every contract has, besides the fields of lead, contact and account. What each is stands in
/// `tables/facts.txt`.
pub(crate) const FIXED: &[(&str, Fact, FactKind)] = &[
    ("event.kind", Fact::EventKind, FactKind::Word(EVENT_WORDS)),
    ("event.motion", Fact::EventMotion, FactKind::Word(MOTION_WORDS)),
    ("event.at", Fact::EventAt, FactKind::Field(Kind::Time)),
    ("event.hour", Fact::EventHour, NUMBER),
    ("event.weekday", Fact::EventWeekday, WEEKDAY),
    ("lead.hour", Fact::LeadHour, NUMBER),
    ("lead.weekday", Fact::LeadWeekday, WEEKDAY),
    ("source.id", Fact::SourceId, FactKind::Id),
    ("source.kind", Fact::SourceKind, FactKind::Word(SOURCE_WORDS)),
    ("source.trust", Fact::SourceTrust, FactKind::Word(TRUST_WORDS)),
    ("match.person", Fact::MatchPerson, FactKind::Word(MATCH_WORDS)),
    ("match.account", Fact::MatchAccount, FactKind::Word(MATCH_WORDS)),
    ("match.conflict", Fact::MatchConflict, FactKind::Field(Kind::Bool)),
    ("touches.last_day", Fact::Touches(1), NUMBER),
    ("touches.last_7_days", Fact::Touches(7), NUMBER),
    ("touches.last_30_days", Fact::Touches(30), NUMBER),
    ("route.outcome", Fact::RouteOutcome, FactKind::Word(ROUTE_WORDS)),
    ("route.rule", Fact::RouteRule, FactKind::Id),
    ("action.kind", Fact::ActionKind, FactKind::Word(ACTION_WORDS)),
    ("action.text", Fact::ActionText, FactKind::Field(Kind::Text)),
    ("action.confidence", Fact::ActionConfidence, NUMBER),
];

impl Fact {
    /// The stage that makes it; for lists, territories and terms see the plan, since they read other facts.
    #[must_use]
    pub const fn made_at(self) -> Stage {
        match self {
            Self::Lead(_)
            | Self::Custom(_)
            | Self::EventKind
            | Self::EventMotion
            | Self::EventAt
            | Self::EventHour
            | Self::EventWeekday
            | Self::SourceId
            | Self::SourceKind
            | Self::SourceTrust => Stage::Intake,
            Self::Contact(_)
            | Self::Account(_)
            | Self::MatchPerson
            | Self::MatchAccount
            | Self::MatchConflict
            | Self::LeadHour
            | Self::LeadWeekday
            | Self::Touches(_)
            | Self::List(_)
            | Self::Territory(_)
            | Self::Term(_)
            | Self::Negated(_) => Stage::Identity,
            Self::Score(_) | Self::Band(_) | Self::Grade(_) => Stage::Classification,
            Self::RouteOutcome | Self::RouteRule => Stage::Routing,
            Self::ActionKind | Self::ActionText | Self::ActionConfidence => Stage::Handoff,
        }
    }

    /// Whether its texts are words of Interlock's own or ids that the contract defines, which are folded as they stand.
    pub(crate) const fn is_word(self) -> bool {
        matches!(
            self,
            Self::EventKind
                | Self::EventMotion
                | Self::EventWeekday
                | Self::LeadWeekday
                | Self::SourceId
                | Self::SourceKind
                | Self::SourceTrust
                | Self::MatchPerson
                | Self::MatchAccount
                | Self::RouteOutcome
                | Self::RouteRule
                | Self::ActionKind
        )
    }

    /// The standard field `name` of `object` as a fact.
    #[must_use]
    pub fn of_field(object: Object, name: &str) -> Option<Self> {
        let slot = u8::try_from(object.slot(name)?).ok()?;
        match object {
            Object::Lead => Some(Self::Lead(slot)),
            Object::Contact => Some(Self::Contact(slot)),
            Object::Account => Some(Self::Account(slot)),
            Object::Opportunity | Object::Activity | Object::Owner => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::ActionKind;
    use crate::normal::fold;
    use crate::record::FieldDef;
    use crate::tables::FACTS;

    #[test]
    fn every_fact_is_said_in_words() {
        FACTS.check();
        let fields = [Object::Lead, Object::Contact, Object::Account].into_iter().flat_map(|object| {
            let entry = move |field: &FieldDef| (format!("{object}.{}", field.name), Some(field.about));
            object.fields().iter().map(entry)
        });
        let all: Vec<_> = fields.chain(FIXED.iter().map(|(name, ..)| ((*name).to_owned(), None))).collect();
        for (name, about) in &all {
            let words = FACTS.get(name).unwrap_or_default();
            assert!(
                words.len() > 2 && about.is_none_or(|about| about == words),
                "tables/facts.txt says {words:?} of `{name}`"
            );
        }
        assert_eq!(FACTS.text().lines().count(), all.len());
    }

    #[test]
    fn every_action_but_a_write_can_be_read() {
        let kinds = ActionKind::ALL.into_iter().filter(|kind| *kind != ActionKind::UpdateField);
        assert!(kinds.map(ActionKind::word).eq(ACTION_WORDS.iter().copied()));
    }

    #[test]
    fn words_are_folded_as_they_stand() {
        for (name, fact, kind) in FIXED {
            let words = if let FactKind::Word(words) = kind { words } else { &[][..] };
            assert_eq!(fact.is_word(), !words.is_empty() || *kind == FactKind::Id, "{name}");
            assert!(words.iter().all(|word| fold::fold(word) == *word), "{name}");
        }
    }
}
