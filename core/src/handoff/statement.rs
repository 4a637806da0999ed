//! What a note states, and what each statement stands on.
//!
//! Input: facts of the decision. Output: [`Statement`]s. Invariant: [`Stated::say`] is the only way to make one, and makes
//! none without evidence; a text is one line without control characters, so that nothing recorded can pass for words of
//! the note.

use serde::Serialize;

use crate::contract::{ActionKind, Verdict};
use crate::decide::facts::{Facts, Read};
use crate::gate::Judged;
use crate::id::{FieldName, RecordId, ScoreId};
use crate::plan::{Fact, Plan};
use crate::record::{AccountField, ContactField, Event, Object, Record, RecordRef};
use crate::scale::Confidence;
use crate::text;

/// Something a note states.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Statement {
    /// The placeholder that says it: `company.size`, `score.fit.why`, `missing`.
    pub says: String,
    /// In words, on one line.
    pub text: String,
    /// What it stands on; never empty.
    pub evidence: Vec<Evidence>,
}

/// What a statement stands on: a record, with the field there, or a rule of the contract, or both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Evidence {
    /// The record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<RecordRef>,
    /// The field there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Where the rule stands in the contract.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Who says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// How sure that is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
}

impl Evidence {
    /// A field of a record, or the record itself.
    pub(super) fn of(record: RecordRef, field: &str) -> Self {
        let field = (!field.is_empty()).then(|| field.to_owned());
        Self { record: Some(record), field, ..Self::default() }
    }

    /// A rule of the contract.
    pub(super) fn rule(address: String) -> Self {
        Self { address: Some(address), ..Self::default() }
    }
}

/// What `{facts}` lists where it is known.
pub(super) const FACTS: [&str; 14] = [
    "lead.name",
    "lead.title",
    "lead.email",
    "lead.phone",
    "lead.company",
    "lead.employees",
    "lead.industry",
    "lead.country",
    "lead.product_interest",
    "lead.timeline",
    "lead.message",
    "account.name",
    "account.type",
    "account.owner",
];

/// What is stated so far, and what it is taken from.
pub(super) struct Stated<'s, 'a> {
    pub(super) facts: &'s Facts<'a>,
    pub(super) event: &'s Event,
    pub(super) judged: &'s [Judged],
    pub(super) all: Vec<Statement>,
    /// The score that `fit` means.
    pub(super) fit: Option<ScoreId>,
    /// The score that `urgency` means.
    pub(super) urgency: Option<ScoreId>,
}

impl Stated<'_, '_> {
    /// States something, once, where there is something to state.
    pub(super) fn say(&mut self, says: &str, text: &str, evidence: Vec<Evidence>) {
        let text = plain(text);
        let again = |other: &Statement| other.says == says && other.text == text;
        if !text.is_empty() && !evidence.is_empty() && !self.all.iter().any(again) {
            self.all.push(Statement { says: says.to_owned(), text, evidence });
        }
    }

    /// States what a rule says.
    pub(super) fn rule(&mut self, says: &str, text: &str, address: String) {
        self.say(says, text, vec![Evidence::rule(address)]);
    }

    /// Everything that is stated under a name.
    pub(super) fn texts(&self, says: &str) -> Vec<&str> {
        let all = self.all.iter().filter(|statement| statement.says == says);
        all.map(|statement| statement.text.as_str()).collect()
    }

    /// The same as lines of a list; `facts` are those of the records, each with who says so.
    pub(super) fn lines(&self, says: &str) -> Vec<String> {
        if says != "facts" {
            return self.texts(says).into_iter().map(str::to_owned).collect();
        }
        let facts = self.all.iter().filter(|statement| FACTS.contains(&statement.says.as_str()));
        let line = |statement: &Statement| {
            let name = statement.says.strip_prefix("lead.").unwrap_or(&statement.says);
            let evidence = statement.evidence.first();
            let source = evidence.and_then(|evidence| evidence.source.as_deref()).unwrap_or("CRM");
            let sure = evidence.and_then(|evidence| evidence.confidence).map(per_cent).unwrap_or_default();
            format!("{}: {} ({source}{sure})", super::template::capital(words_of(name)), statement.text)
        };
        facts.map(line).collect()
    }

    /// States a fact by its name, where it is known.
    pub(super) fn fact(&mut self, name: &str) {
        let Some(fact) = named(self.facts.plan(), name) else { return };
        if let Some(text) = shown(self.facts, fact, self.facts.read(fact)) {
            let evidence = self.evidence(name, fact);
            self.say(name, &text, vec![evidence]);
        }
    }

    /// What the source of the event is called.
    pub(super) fn source(&self) -> Option<String> {
        let lead = self.facts.lead();
        let known = lead.known_source(self.facts.plan()).map(|source| source.id.to_string());
        known.or_else(|| lead.source_text.clone())
    }

    /// What a fact stands on: the record that holds it, or who proposes it, where a proposal has just been taken.
    pub(super) fn evidence(&self, name: &str, fact: Fact) -> Evidence {
        let facts = self.facts;
        let field = FieldName::from(name);
        let taken = |judged: &&Judged| {
            judged.action == ActionKind::UpdateField
                && judged.field.as_ref() == Some(&field)
                && judged.uncapped == Verdict::Auto
        };
        let enriched = facts.enriched.iter().any(|(enriched, _)| *enriched == fact);
        let taken = self.judged.iter().filter(|_| enriched).filter(|judged| !judged.no_op).find(taken);
        let object = name.split_once('.').map_or("lead", |(object, _)| object);
        let record = match object {
            "account" => facts.matched.and_then(|matched| matched.account_record(facts.crm())).map(reference),
            "contact" => {
                facts.matched.and_then(|matched| matched.person_record(facts.crm(), Object::Contact)).map(reference)
            }
            _ => None,
        };
        let known = self.event.present.get(&field);
        let (source, confidence) = match (taken, known) {
            (Some(judged), _) => (judged.source.as_ref().map(ToString::to_string), judged.confidence),
            (None, Some(known)) => (known.provider.as_ref().map(ToString::to_string), known.confidence),
            (None, None) if record.is_none() => (self.source(), None),
            (None, None) => (None, None),
        };
        let record = record.unwrap_or_else(|| facts.lead().of.clone());
        Evidence { source, confidence, ..Evidence::of(record, name) }
    }
}

/// A record of the snapshot by its id.
pub(super) fn reference(record: &Record<'_>) -> RecordRef {
    let slot = match record.object {
        Object::Account => AccountField::Id.slot(),
        Object::Activity => crate::record::ActivityField::Id.slot(),
        // Leads have theirs in the same slot.
        _ => ContactField::Id.slot(),
    };
    RecordRef { object: record.object, id: RecordId::from(record.text(slot).unwrap_or_default()) }
}

/// The fact of a field's name, one of one's own among them.
pub(super) fn named(plan: &Plan, name: &str) -> Option<Fact> {
    let (object, field) = name.split_once('.')?;
    let object = Object::ALL.into_iter().find(|known| known.word() == object)?;
    let own = || {
        let mut all = plan.contract.custom_fields.iter().zip(&plan.custom);
        let place = all.position(|(written, custom)| custom.object == object && written.id.as_str() == field)?;
        u16::try_from(place).ok().map(Fact::Custom)
    };
    Fact::of_field(object, field).or_else(own)
}

/// A value as a person reads it; none where nothing is known.
pub(super) fn shown(facts: &Facts<'_>, fact: Fact, read: Read<'_>) -> Option<String> {
    Some(match read {
        Read::Absent | Read::Blank | Read::Invalid(_) => return None,
        Read::Text(owner) if fact == Fact::Account(slot(AccountField::Owner.slot())) => {
            facts.crm().owner_name(&facts.crm().owner_id(owner))
        }
        Read::Time(at) => day(&at.to_string()),
        read => read.to_string(),
    })
}

/// A time as its day, and the minute where it has one.
pub(super) fn day(at: &str) -> String {
    match (at.get(..10), at.get(11..16)) {
        (Some(day), Some("00:00") | None) => day.to_owned(),
        (Some(day), Some(minute)) => format!("{day} {minute} UTC"),
        (None, _) => at.to_owned(),
    }
}

fn slot(slot: usize) -> u8 {
    u8::try_from(slot).unwrap_or(u8::MAX)
}

fn per_cent(sure: Confidence) -> String {
    match (sure.get() / 10, sure.get() % 10) {
        (whole, 0) => format!(", {whole} %"),
        (whole, tenth) => format!(", {whole}.{tenth} %"),
    }
}

/// `sales_manager` as `sales manager`.
pub(super) fn words_of(id: &str) -> String {
    id.replace(['_', '-', '.'], " ")
}

/// One line: white space is one space, and what cannot be seen or turns the direction of writing is left out.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !text::is_hidden(c) {
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        assert_eq!(plain(text), expect, "{text:?}");
    }

    #[test]
    fn a_text_is_one_line_that_can_be_seen() {
        check("  one\r\n\ttwo\u{2028}three ", "one two three");
        check("a\u{0}b\u{1b}[31mc\u{7f}", "ab[31mc");
        check("pay \u{202e}evil\u{202c} \u{2066}x\u{2069}", "pay evil x");
        check("hidden\u{e0041}\u{e0042} \u{feff}text\u{200b}", "hidden text");
        check("नमस्ते 👩\u{200d}💻", "नमस्ते 👩\u{200d}💻");
        check("\n \u{a0}", "");
    }
}
