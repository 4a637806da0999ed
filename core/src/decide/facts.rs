//! The facts a decision has at hand: what each stage made, read by name through [`Fact`].
//!
//! Input: the lead, its match, the snapshot, scores, the route. Output: [`Read`], a borrowed view of one value.
//! Invariant: what an earlier stage did not make reads as absent, so that a condition about it is unknown.

use std::cell::{Cell as Memo, RefCell};

use super::folded::Folded;
use crate::classify::{Graded, Scored};
use crate::contract::Target;
use crate::id::ListId;
use crate::identity::{Match, Outcome};
use crate::intake::Lead;
use crate::map::Map;
use crate::plan::condition::{Cond, NOWHERE, Operand, Watch};
use crate::plan::{Fact, Plan, Truth};
use crate::record::{AccountField, ActionProposal, Cell, ContactField, Crm, Kept, Object, Record, Value};
use crate::route::{OperandTrace, Route};
use crate::scale::{Money, Points};
use crate::terms;
use crate::time::Timestamp;

/// A value as a condition reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Read<'a> {
    /// No such column, or no such stage yet.
    Absent,
    /// Nothing stands there.
    Blank,
    /// Something stands there that cannot be read.
    Invalid(&'a str),
    Text(&'a str),
    Int(i64),
    /// A number of which only the least is known.
    AtLeast(i64),
    Money(Money),
    Bool(bool),
    Time(Timestamp),
}

impl<'a> From<&'a Cell<'_>> for Read<'a> {
    fn from(cell: &'a Cell<'_>) -> Self {
        match cell {
            Cell::Absent => Self::Absent,
            Cell::Blank => Self::Blank,
            Cell::Invalid(text) => Self::Invalid(text),
            Cell::Known(Value::Text(text)) => Self::Text(text),
            Cell::Known(Value::Int(value)) => Self::Int(*value),
            Cell::Known(Value::Money(value)) => Self::Money(*value),
            Cell::Known(Value::Bool(value)) => Self::Bool(*value),
            Cell::Known(Value::Time(value)) => Self::Time(*value),
        }
    }
}

impl std::fmt::Display for Read<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Absent => f.write_str("not in the data"),
            Self::Blank => f.write_str("blank"),
            Self::Invalid(text) => write!(f, "unreadable (`{text}`)"),
            Self::Text(text) => f.write_str(text),
            Self::Int(value) => write!(f, "{value}"),
            Self::AtLeast(value) => write!(f, "{value} or more"),
            Self::Money(value) => write!(f, "{value}"),
            Self::Bool(true) => f.write_str("yes"),
            Self::Bool(false) => f.write_str("no"),
            Self::Time(value) => write!(f, "{value}"),
        }
    }
}

/// How many answers are kept without asking for memory.
const ASKED: usize = 256;

/// What a decision knows so far.
pub(crate) struct Facts<'a> {
    plan: &'a Plan,
    lead: &'a Lead<'a>,
    crm: &'a Crm,
    as_of: Timestamp,
    pub(crate) matched: Option<&'a Match>,
    /// Values that enrichment writes, seen by the stages after it.
    pub(crate) enriched: &'a [(Fact, Cell<'a>)],
    pub(crate) scores: &'a [Scored],
    /// The points and the place of the band of each score worked out so far.
    pub(crate) scored: RefCell<Vec<(Points, Option<usize>)>>,
    pub(crate) grades: &'a [Graded],
    pub(crate) route: Option<&'a Route>,
    /// What is proposed to be done, while it is judged, with all its words.
    pub(crate) proposed: Option<(&'a ActionProposal, &'a str)>,
    /// What waits for a person, or was taken back, of this record.
    pub(crate) kept: Option<&'a Kept>,
    /// When something was let go to this person before, where a condition counts it.
    pub(crate) touched: Vec<Timestamp>,
    /// How many actions each sampling rule has counted.
    pub(crate) samples: RefCell<Map<String, u64>>,
    /// Territories and tests already asked. Conditions are pure, so asking once is enough. The territories come first.
    asked: [Memo<Option<Truth>>; ASKED],
    /// Those that find no room there: a contract has seldom so many.
    asked_more: Vec<Memo<Option<Truth>>>,
    /// Texts of the lead that were folded already.
    folded: RefCell<Vec<Folded<'a>>>,
}

impl<'a> Facts<'a> {
    /// What is known once the lead has come in.
    #[must_use]
    pub(crate) fn new(plan: &'a Plan, lead: &'a Lead<'a>, crm: &'a Crm, as_of: Timestamp) -> Self {
        Self {
            plan,
            lead,
            crm,
            as_of,
            matched: None,
            enriched: &[],
            scores: &[],
            scored: RefCell::new(Vec::with_capacity(plan.scores.len())),
            grades: &[],
            route: None,
            proposed: None,
            kept: None,
            touched: Vec::new(),
            samples: RefCell::new(Map::new()),
            asked: [const { Memo::new(None) }; ASKED],
            asked_more: vec![Memo::new(None); plan.kept.min(NOWHERE.into()).saturating_sub(ASKED)],
            folded: RefCell::new(Vec::with_capacity(12)),
        }
    }

    /// The same, with what enrichment writes laid over it.
    pub(crate) fn enrich(&mut self, enriched: &'a [(Fact, Cell<'a>)]) {
        if enriched.is_empty() {
            return;
        }
        self.enriched = enriched;
        self.folded.get_mut().clear();
        self.forget();
    }

    /// Something was let go to the person just now.
    pub(crate) fn touch(&mut self) {
        self.touched.push(self.as_of);
        self.forget();
    }

    /// What was asked already is asked anew.
    fn forget(&mut self) {
        self.asked.fill(Memo::new(None));
        self.asked_more.fill(Memo::new(None));
    }

    /// The truth of what is asked, which is worked out the first time; `place` is where it is kept, if there is such a
    /// place.
    pub(crate) fn once(&self, place: usize, ask: impl FnOnce() -> Truth) -> Truth {
        let memo = self.asked.get(place).or_else(|| self.asked_more.get(place - ASKED));
        let Some(memo) = memo else { return ask() };
        memo.get().unwrap_or_else(|| {
            let truth = ask();
            memo.set(Some(truth));
            truth
        })
    }

    /// Shows `text`, which is the value of `fact`, folded.
    pub(crate) fn folded<T>(&self, fact: Fact, text: &'a str, show: impl FnOnce(&Folded<'a>) -> T) -> T {
        if fact.is_word() {
            return show(&Folded::word(fact, text));
        }
        if let Some(folded) = self.folded.borrow().iter().find(|folded| folded.fact == fact) {
            return show(folded);
        }
        let folded = Folded::new(fact, text);
        let answer = show(&folded);
        // What a later stage makes is another text after it. Identity comes before all conditions.
        if matches!(fact, Fact::Lead(_) | Fact::Custom(_) | Fact::Contact(_) | Fact::Account(_)) {
            self.folded.borrow_mut().push(folded);
        }
        answer
    }

    /// How many actions a sampling rule counted before this one.
    pub(crate) fn counted_before(&self, rule: String) -> u64 {
        let mut samples = self.samples.borrow_mut();
        let count = samples.get_or_insert(rule, || 0);
        *count += 1;
        *count - 1
    }

    pub(crate) const fn plan(&self) -> &'a Plan {
        self.plan
    }

    pub(crate) const fn lead(&self) -> &'a Lead<'a> {
        self.lead
    }

    pub(crate) const fn crm(&self) -> &'a Crm {
        self.crm
    }

    pub(crate) const fn as_of(&self) -> Timestamp {
        self.as_of
    }

    /// The record of the person that identity found.
    pub(crate) fn person(&self) -> Option<&'a Record<'static>> {
        let of = |object| self.matched?.person_record(self.crm, object);
        of(Object::Contact).or_else(|| of(Object::Lead))
    }

    /// The value of a fact.
    pub(crate) fn read(&self, fact: Fact) -> Read<'a> {
        if let Some((_, cell)) = self.enriched.iter().find(|(enriched, _)| *enriched == fact) {
            return cell.into();
        }
        match fact {
            Fact::Lead(slot) => self.lead.record.cell(usize::from(slot)).into(),
            fact => self.stored(fact),
        }
    }

    /// The cell behind a standard field of the lead, while no enrichment may lie over it.
    #[inline]
    pub(crate) fn plain(&self, fact: Fact) -> Option<&'a Cell<'a>> {
        match fact {
            Fact::Lead(slot) if self.enriched.is_empty() => Some(self.lead.record.cell(usize::from(slot))),
            _ => None,
        }
    }

    /// The word of a fact that is one of Interlock's own and known from the start or by identity.
    #[inline]
    pub(crate) fn word(&self, fact: Fact) -> Option<&'static str> {
        Some(match fact {
            Fact::EventKind => self.lead.kind.word(),
            Fact::EventMotion => self.lead.motion.word(),
            Fact::SourceKind => self.lead.known_source(self.plan)?.kind.word(),
            Fact::SourceTrust => self.lead.trust(self.plan).word(),
            Fact::MatchPerson => self.matched?.person.outcome.word(),
            Fact::MatchAccount => self.matched?.account.outcome.word(),
            _ => return None,
        })
    }

    /// The value of a fact as it stood before enrichment.
    fn stored(&self, fact: Fact) -> Read<'a> {
        match fact {
            Fact::Lead(slot) => self.lead.record.cell(usize::from(slot)).into(),
            Fact::Contact(slot) => self.contact(usize::from(slot)),
            Fact::Account(slot) => self.account(usize::from(slot)),
            Fact::Custom(place) => self.custom(usize::from(place)),
            Fact::EventAt => Read::Time(self.lead.at),
            Fact::SourceId => {
                self.lead.known_source(self.plan).map_or(Read::Blank, |source| Read::Text(source.id.as_str()))
            }
            Fact::SourceKind => self.word(fact).map_or(Read::Blank, Read::Text),
            Fact::EventKind | Fact::EventMotion | Fact::SourceTrust | Fact::MatchPerson | Fact::MatchAccount => {
                self.word(fact).map_or(Read::Absent, Read::Text)
            }
            Fact::MatchConflict => self.matched.map_or(Read::Absent, |matched| Read::Bool(matched.conflict)),
            Fact::EventHour | Fact::EventWeekday | Fact::LeadHour | Fact::LeadWeekday => super::clock::read(self, fact),
            Fact::Touches(days) => super::touches::count(self, days),
            Fact::List(place) => self.listed(place),
            Fact::Territory(place) => self.territory(usize::from(place)),
            Fact::Term(place) => self.term(place, false),
            Fact::Negated(place) => self.term(place, true),
            Fact::Score(place) => match self.scored.borrow().get(usize::from(place)) {
                None => Read::Absent,
                Some((points, _)) => Read::Int(points.0.into()),
            },
            Fact::Band(place) => self.band(place.into()),
            Fact::Grade(place) => match self.grades.get(usize::from(place)) {
                None => Read::Absent,
                Some(graded) => graded.is.as_ref().map_or(Read::Blank, |is| Read::Text(is.as_str())),
            },
            Fact::RouteOutcome => self.route.map_or(Read::Absent, |route| Read::Text(route.place.word())),
            Fact::ActionKind => {
                self.proposed.map_or(Read::Absent, |(action, _)| Read::Text(action.action.kind().word()))
            }
            Fact::ActionText => match self.proposed {
                None => Read::Absent,
                Some((_, "")) => Read::Blank,
                Some((_, words)) => Read::Text(words),
            },
            Fact::ActionConfidence => match self.proposed {
                None => Read::Absent,
                Some((action, _)) => action.confidence.map_or(Read::Blank, |sure| Read::Int(sure.get().into())),
            },
            Fact::RouteRule => match self.route {
                None => Read::Absent,
                Some(route) => route.rule.as_ref().map_or(Read::Blank, |rule| Read::Text(rule.as_str())),
            },
        }
    }

    /// The names of the facts a condition lacks, each once, with what is wrong with them.
    pub(crate) fn missing(&self, condition: &Cond) -> Vec<String> {
        struct Missing(Vec<String>);
        impl Watch for Missing {
            const ALL: bool = true;
            fn saw(&mut self, operand: &Operand, read: &Read<'_>, truth: Truth) {
                if truth == Truth::Unknown {
                    let line = format!("{} is {read}", operand.name);
                    if !self.0.contains(&line) {
                        self.0.push(line);
                    }
                }
            }
        }
        let mut missing = Missing(Vec::new());
        condition.evaluate(self, &mut missing);
        missing.0
    }

    /// Evaluates a condition and writes down every operand it read.
    pub(crate) fn trace(&self, condition: &Cond) -> (Truth, Vec<OperandTrace>) {
        #[derive(Default)]
        struct Operands {
            seen: Vec<OperandTrace>,
            turned: bool,
        }
        impl Watch for Operands {
            const ALL: bool = true;
            fn saw(&mut self, operand: &Operand, read: &Read<'_>, holds: Truth) {
                let value = read.to_string();
                let (wanted, holds) = if self.turned {
                    (format!("not {}", operand.wanted), holds.negate())
                } else {
                    (operand.wanted.to_string(), holds)
                };
                self.seen.push(OperandTrace { fact: operand.name.clone(), value, wanted, holds });
            }
            fn turn(&mut self) {
                self.turned = !self.turned;
            }
        }
        let mut operands = Operands::default();
        let truth = condition.evaluate(self, &mut operands);
        (truth, operands.seen)
    }

    /// The cell behind a fact that is a field, as it stands before enrichment.
    pub(crate) fn cell(&self, fact: Fact) -> Cell<'a> {
        let known = |value| Cell::Known(value);
        match self.stored(fact) {
            Read::Absent | Read::AtLeast(_) => Cell::Absent,
            Read::Blank => Cell::Blank,
            Read::Invalid(text) => Cell::Invalid(text.into()),
            Read::Text(text) => known(Value::Text(text.into())),
            Read::Int(value) => known(Value::Int(value)),
            Read::Money(value) => known(Value::Money(value)),
            Read::Bool(value) => known(Value::Bool(value)),
            Read::Time(value) => known(Value::Time(value)),
        }
    }

    // What takes more than a look is kept out of `stored`, which is asked often.
    #[inline(never)]
    fn listed(&self, place: u16) -> Read<'a> {
        let list = self.plan.list(place);
        match self.read(list.key) {
            Read::Text(text) => Read::Bool(self.folded(list.key, text, |folded| list.contains_folded(&folded.text))),
            Read::Blank => Read::Blank,
            _ => Read::Absent,
        }
    }

    /// Where a look-up list sends this lead; none where its key does not stand in it with a target.
    pub(crate) fn entry(&self, list: &ListId) -> Option<&'a Target> {
        let place = self.plan.contract.lists.iter().position(|known| known.id == *list)?;
        let (list, written) = (self.plan.lists.get(place)?, self.plan.contract.lists.get(place)?);
        let Read::Text(text) = self.read(list.key) else { return None };
        let entry = self.folded(list.key, text, |folded| list.values.get(&folded.text))?;
        written.entries.iter().nth(usize::from(entry)).map(|(_, target)| target)
    }

    #[inline(never)]
    fn term(&self, place: u16, negated: bool) -> Read<'a> {
        match terms::ask(self, place.into()) {
            None => Read::Blank,
            Some((found, found_negated)) => Read::Bool(if negated { found_negated && !found } else { found }),
        }
    }

    /// The band of a score.
    #[inline(never)]
    fn band(&self, place: usize) -> Read<'a> {
        let Some((_, band)) = self.scored.borrow().get(place).copied() else { return Read::Absent };
        let bands = self.plan.contract.scores.get(place).map(|score| &score.bands);
        band.and_then(|band| bands?.get(band)).map_or(Read::Blank, |band| Read::Text(band.id.as_str()))
    }

    #[inline(never)]
    fn territory(&self, place: usize) -> Read<'a> {
        if self.plan.territories.len() <= place {
            return Read::Absent;
        }
        match self.within(place) {
            Truth::No => Read::Bool(false),
            Truth::Unknown => Read::Blank,
            Truth::Yes => Read::Bool(true),
        }
    }

    /// Whether the lead belongs to a territory.
    pub(crate) fn within(&self, place: usize) -> Truth {
        let Some(condition) = self.plan.territories.get(place) else { return Truth::Unknown };
        self.once(place, || condition.holds(self))
    }

    #[inline(never)]
    fn contact(&self, slot: usize) -> Read<'a> {
        let Some(matched) = self.matched else { return Read::Absent };
        match (matched.person.outcome, matched.person_record(self.crm, Object::Contact)) {
            (_, Some(contact)) => contact.cell(slot).into(),
            // There is no such contact, so nobody has opted out, bounced or asked not to be called.
            (Outcome::None, None) if self.crm.has(Object::Contact) && is_flag(slot) => Read::Bool(false),
            (Outcome::Ambiguous, None) => Read::Absent,
            (_, None) => Read::Blank,
        }
    }

    #[inline(never)]
    fn account(&self, slot: usize) -> Read<'a> {
        let Some(matched) = self.matched else { return Read::Absent };
        if !self.crm.has(Object::Account) {
            return Read::Absent;
        }
        match (matched.account.outcome, matched.account_record(self.crm)) {
            (_, Some(account)) => account.cell(slot).into(),
            // The company is not in the CRM, so it is no customer and has no opportunity.
            (Outcome::None, None) if slot == AccountField::Customer.slot() => Read::Bool(false),
            (Outcome::None, None) if slot == AccountField::OpenOpportunities.slot() => Read::Int(0),
            (Outcome::None, None) => Read::Blank,
            (_, None) => Read::Absent,
        }
    }

    #[inline(never)]
    fn custom(&self, place: usize) -> Read<'a> {
        let Some(custom) = self.plan.custom.get(place) else { return Read::Absent };
        let record = match custom.object {
            Object::Lead => Some(&self.lead.record),
            Object::Account => self.matched.and_then(|matched| matched.account_record(self.crm)),
            Object::Contact => self.matched.and_then(|matched| matched.person_record(self.crm, Object::Contact)),
            _ => None,
        };
        record.map_or(Read::Blank, |record| record.cell(record.custom_slot(place)).into())
    }
}

const fn is_flag(slot: usize) -> bool {
    slot == ContactField::OptedOut.slot()
        || slot == ContactField::DoNotCall.slot()
        || slot == ContactField::Bounced.slot()
}
