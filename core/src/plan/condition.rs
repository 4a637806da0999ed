//! Compiled conditions, and their evaluation.
//!
//! Input: [`Facts`]. Output: a [`Truth`]; with a [`Watch`], also every operand that was read. Invariant: watching
//! changes nothing: the truth is the same with and without.

use super::fact::Fact;
use super::truth::Truth;
use crate::decide::facts::{Facts, Read};
use crate::decide::folded::Folded;
use crate::id::FactName;
use crate::normal::fold;
use crate::scale::Money;
use crate::time::{DAY, Timestamp};

/// A condition ready to be evaluated.
#[derive(Clone, Debug)]
pub(crate) enum Cond {
    All(Box<[Cond]>),
    Any(Box<[Cond]>),
    Not(Box<Cond>),
    Test(Box<Operand>),
}

/// One test on one fact.
#[derive(Clone, Debug)]
pub(crate) struct Operand {
    pub(crate) fact: Fact,
    pub(crate) op: Op,
    /// The same for all tests that ask the same of a fact that stays as it is: asking once a lead is enough.
    pub(crate) memo: Option<u16>,
    /// The fact's name, for explanations.
    pub(crate) name: FactName,
    /// What is wanted, for explanations: "one of DE, AT".
    pub(crate) wanted: Box<str>,
}

/// What is compared. Texts are folded, amounts are in minor units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Op {
    TextIn(Box<[Box<str>]>),
    /// Two letters, which a country in normal form is.
    CodeIn(Box<[[u8; 2]]>),
    IntIn(Box<[i64]>),
    BoolIs(bool),
    /// Both ends included.
    IntRange(i64, i64),
    /// Both ends included, in minor units; unknown in another currency.
    MoneyRange(Option<Money>, Option<Money>),
    MoneyIn(Box<[Money]>),
    Exists(bool),
    Contains(Box<[Box<str>]>),
    StartsWith(Box<[Box<str>]>),
    EndsWith(Box<[Box<str>]>),
    DomainIs(Box<[Box<str>]>),
    /// Strictly before.
    Before(Timestamp),
    /// Strictly after.
    After(Timestamp),
    WithinDays(i64),
    InList(u16),
}

/// Sees each operand that an evaluation reads.
pub(crate) trait Watch {
    /// Whether every operand is wanted, so that evaluation must not stop early.
    const ALL: bool;
    fn saw(&mut self, operand: &Operand, read: &Read<'_>, truth: Truth);
}

/// Nobody watches: evaluation stops as soon as the truth is known.
impl Watch for () {
    const ALL: bool = false;
    fn saw(&mut self, _: &Operand, _: &Read<'_>, _: Truth) {}
}

impl Cond {
    /// The truth of the condition, unobserved.
    pub(crate) fn holds(&self, facts: &Facts<'_>) -> Truth {
        match self {
            Self::Test(operand) => operand.evaluate(facts, &mut ()),
            several => several.evaluate(facts, &mut ()),
        }
    }

    /// The truth of the condition; `watch` sees the operands.
    pub(crate) fn evaluate<W: Watch>(&self, facts: &Facts<'_>, watch: &mut W) -> Truth {
        let (parts, decisive) = match self {
            Self::All(parts) => (parts, Truth::No),
            Self::Any(parts) => (parts, Truth::Yes),
            Self::Not(part) => return part.evaluate(facts, watch).negate(),
            Self::Test(operand) => return operand.evaluate(facts, watch),
        };
        let mut truth = decisive.negate();
        for part in parts {
            let one = match part {
                Self::Test(operand) => operand.evaluate(facts, watch),
                part => part.evaluate(facts, watch),
            };
            truth = if decisive == Truth::No { truth.and(one) } else { truth.or(one) };
            if one == decisive && !W::ALL {
                break;
            }
        }
        truth
    }
}

impl Operand {
    #[inline]
    fn evaluate<W: Watch>(&self, facts: &Facts<'_>, watch: &mut W) -> Truth {
        if !W::ALL {
            return facts.once(self.memo.map(usize::from), || self.test(facts));
        }
        let truth = self.test(facts);
        watch.saw(self, &facts.read(self.fact), truth);
        truth
    }

    #[inline(never)]
    fn test(&self, facts: &Facts<'_>) -> Truth {
        match (facts.read(self.fact), &self.op) {
            (Read::Blank, Op::Exists(wanted)) => Truth::of(!wanted),
            (Read::Absent | Read::Invalid(_) | Read::Blank, _) => Truth::Unknown,
            (_, Op::Exists(wanted)) => Truth::of(*wanted),
            (Read::Text(text), op) => op.test_text(self.fact, text, facts),
            (Read::Int(value), Op::IntIn(wanted)) => Truth::of(wanted.contains(&value)),
            (Read::Int(value), Op::IntRange(low, high)) => Truth::of((*low..=*high).contains(&value)),
            (Read::AtLeast(least), Op::IntRange(_, high)) if least > *high => Truth::No,
            (Read::AtLeast(least), Op::IntRange(low, i64::MAX)) if least >= *low => Truth::Yes,
            (Read::Bool(value), Op::BoolIs(wanted)) => Truth::of(value == *wanted),
            (Read::Money(value), op) => op.test_money(value),
            (Read::Time(time), op) => op.test_time(time, facts.as_of()),
            // Of another kind: nothing can be said.
            (Read::Int(_) | Read::AtLeast(_) | Read::Bool(_), _) => Truth::Unknown,
        }
    }
}

impl Op {
    #[inline(never)]
    fn test_text<'a>(&self, fact: Fact, text: &'a str, facts: &Facts<'a>) -> Truth {
        match self {
            Self::TextIn(wanted) if fact.is_word() => Truth::of(wanted.iter().any(|one| **one == *text)),
            // A few comparisons are cheaper than folding.
            Self::TextIn(wanted) if wanted.len() <= 6 => Truth::of(wanted.iter().any(|one| fold::eq_folded(text, one))),
            Self::CodeIn(wanted) => Truth::of(wanted.iter().any(|code| text.as_bytes() == code.as_slice())),
            _ => facts.folded(fact, text, |text| self.test_folded(text, facts)),
        }
    }

    fn test_folded(&self, folded: &Folded<'_>, facts: &Facts<'_>) -> Truth {
        let text: &str = &folded.text;
        let holds = match self {
            Self::TextIn(wanted) => wanted.iter().any(|wanted| **wanted == *text),
            Self::Contains(wanted) => wanted.iter().any(|part| folded.contains(part)),
            Self::StartsWith(wanted) => wanted.iter().any(|part| text.starts_with(&**part)),
            Self::EndsWith(wanted) => wanted.iter().any(|part| text.ends_with(&**part)),
            Self::DomainIs(wanted) => {
                let host = text.rsplit_once('@').map_or(text, |(_, host)| host);
                let mut domains = wanted.iter().filter_map(|wanted| host.strip_suffix(&**wanted));
                domains.any(|rest| rest.is_empty() || rest.ends_with('.'))
            }
            Self::InList(list) => facts.plan().list(*list).contains_folded(text),
            // Of another kind: nothing can be said.
            _ => return Truth::Unknown,
        };
        Truth::of(holds)
    }

    #[inline(never)]
    fn test_money(&self, value: Money) -> Truth {
        match self {
            Self::MoneyRange(low, high) => money_range(*low, *high, value),
            Self::MoneyIn(wanted) => {
                let comparable = wanted.iter().any(|wanted| wanted.currency == value.currency);
                if comparable { Truth::of(wanted.contains(&value)) } else { Truth::Unknown }
            }
            _ => Truth::Unknown,
        }
    }

    #[inline(never)]
    fn test_time(&self, time: Timestamp, as_of: Timestamp) -> Truth {
        match self {
            Self::Before(limit) => Truth::of(time < *limit),
            Self::After(limit) => Truth::of(time > *limit),
            Self::WithinDays(days) => {
                let age = as_of.seconds().saturating_sub(time.seconds());
                let span = days.saturating_mul(DAY);
                Truth::of(if span >= 0 { (0..=span).contains(&age) } else { (span..=0).contains(&age) })
            }
            _ => Truth::Unknown,
        }
    }
}

fn money_range(low: Option<Money>, high: Option<Money>, value: Money) -> Truth {
    let mut truth = Truth::Yes;
    if let Some(low) = low {
        truth = truth.and(compare(low, value, |limit, value| value >= limit));
    }
    if let Some(high) = high {
        truth = truth.and(compare(high, value, |limit, value| value <= limit));
    }
    truth
}

fn compare(limit: Money, value: Money, holds: impl Fn(i64, i64) -> bool) -> Truth {
    if limit.currency == value.currency { Truth::of(holds(limit.minor, value.minor)) } else { Truth::Unknown }
}
