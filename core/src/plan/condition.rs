//! Compiled conditions, and their evaluation.
//!
//! Input: [`Facts`]. Output: a [`Truth`]; with a [`Watch`], also every operand that was read. Invariant: watching
//! changes nothing: the truth is the same with and without.

use super::fact::Fact;
use super::truth::Truth;
use crate::decide::facts::{Facts, Read};
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
    /// The fact's name, for explanations.
    pub(crate) name: FactName,
    /// What is wanted, for explanations: "one of DE, AT".
    pub(crate) wanted: Box<str>,
}

/// What is compared. Texts are folded, amounts are in minor units.
#[derive(Clone, Debug)]
pub(crate) enum Op {
    TextIn(Box<[Box<str>]>),
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
        self.evaluate(facts, &mut ())
    }

    /// The truth of the condition; `watch` sees the operands.
    pub(crate) fn evaluate<W: Watch>(&self, facts: &Facts<'_>, watch: &mut W) -> Truth {
        match self {
            Self::All(parts) => {
                let mut truth = Truth::Yes;
                for part in parts {
                    truth = truth.and(part.evaluate(facts, watch));
                    if truth == Truth::No && !W::ALL {
                        break;
                    }
                }
                truth
            }
            Self::Any(parts) => {
                let mut truth = Truth::No;
                for part in parts {
                    truth = truth.or(part.evaluate(facts, watch));
                    if truth == Truth::Yes && !W::ALL {
                        break;
                    }
                }
                truth
            }
            Self::Not(part) => part.evaluate(facts, watch).negate(),
            Self::Test(operand) => {
                let read = facts.read(operand.fact);
                let truth = operand.op.test(operand.fact, &read, facts);
                watch.saw(operand, &read, truth);
                truth
            }
        }
    }
}

impl Op {
    fn test(&self, fact: Fact, read: &Read<'_>, facts: &Facts<'_>) -> Truth {
        if let Self::Exists(wanted) = self {
            return match read {
                Read::Absent | Read::Invalid(_) => Truth::Unknown,
                Read::Blank => Truth::of(!wanted),
                _ => Truth::of(*wanted),
            };
        }
        match (self, *read) {
            (Self::TextIn(wanted), Read::Text(text)) => match wanted.as_ref() {
                // One comparison is cheaper than folding.
                [one] => Truth::of(fold::eq_folded(text, one)),
                several => facts.folded(fact, text, |text| Truth::of(several.iter().any(|wanted| **wanted == *text))),
            },
            (Self::IntIn(wanted), Read::Int(value)) => Truth::of(wanted.contains(&value)),
            (Self::BoolIs(wanted), Read::Bool(value)) => Truth::of(value == *wanted),
            (Self::IntRange(low, high), Read::Int(value)) => Truth::of((*low..=*high).contains(&value)),
            (Self::MoneyRange(low, high), Read::Money(value)) => money_range(*low, *high, value),
            (Self::MoneyIn(wanted), Read::Money(value)) => {
                let comparable = wanted.iter().any(|wanted| wanted.currency == value.currency);
                if comparable { Truth::of(wanted.contains(&value)) } else { Truth::Unknown }
            }
            (Self::Contains(wanted), Read::Text(text)) => {
                facts.folded(fact, text, |text| any(wanted, |part| text.contains(part)))
            }
            (Self::StartsWith(wanted), Read::Text(text)) => {
                facts.folded(fact, text, |text| any(wanted, |part| text.starts_with(part)))
            }
            (Self::EndsWith(wanted), Read::Text(text)) => {
                facts.folded(fact, text, |text| any(wanted, |part| text.ends_with(part)))
            }
            (Self::DomainIs(wanted), Read::Text(text)) => facts.folded(fact, text, |text| {
                let host = text.rsplit_once('@').map_or(text, |(_, host)| host);
                any(wanted, |wanted| {
                    host.strip_suffix(wanted).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
                })
            }),
            (Self::Before(limit), Read::Time(time)) => Truth::of(time < *limit),
            (Self::After(limit), Read::Time(time)) => Truth::of(time > *limit),
            (Self::WithinDays(days), Read::Time(time)) => {
                let age = facts.as_of().seconds().saturating_sub(time.seconds());
                let span = days.saturating_mul(DAY);
                Truth::of(if span >= 0 { (0..=span).contains(&age) } else { (span..=0).contains(&age) })
            }
            (Self::InList(list), Read::Text(text)) => {
                facts.folded(fact, text, |text| Truth::of(facts.plan().list(*list).contains_folded(text)))
            }
            // Blank, absent, unreadable, or of another kind: nothing can be said.
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

fn any(wanted: &[Box<str>], holds: impl Fn(&str) -> bool) -> Truth {
    Truth::of(wanted.iter().any(|part| holds(part)))
}
