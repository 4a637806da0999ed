//! Compiled conditions, and their evaluation.
//!
//! Input: [`Facts`]. Output: a [`Truth`]; with a [`Watch`], also every operand that was read. Invariant: watching
//! changes nothing: the truth is the same with and without.

use super::fact::Fact;
use super::truth::Truth;
use crate::decide::facts::{Facts, Read};
use crate::decide::folded::{Folded, Part};
use crate::id::FactName;
use crate::normal::{codes, fold};
use crate::record::{Cell, Value};
use crate::scale::Money;
use crate::time::{DAY, Timestamp};

/// A condition ready to be evaluated.
#[derive(Clone, Debug)]
pub(crate) enum Cond {
    All(Box<[Cond]>),
    Any(Box<[Cond]>),
    Not(Box<Cond>),
    /// With where the answer is kept, which is the same for all tests that ask the same of a fact that stays as it is:
    /// asking once a lead is enough.
    Test(u16, Box<Operand>),
}

/// Where the answer of a test is kept that is asked anew each time.
pub(crate) const NOWHERE: u16 = u16::MAX;

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
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Op {
    TextIn(Box<[Box<str>]>),
    /// The same of a fact whose texts are folded as they stand.
    WordIn(Box<[Box<str>]>),
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
    Contains(Box<[Part]>),
    StartsWith(Box<[Box<str>]>),
    EndsWith(Box<[Box<str>]>),
    /// First and last, both included.
    CodeRange(Box<[(Box<str>, Box<str>)]>),
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
    /// What comes stands within a `not`, or within one no more: it is wanted not to hold.
    fn turn(&mut self) {}
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
            Self::Test(memo, operand) => operand.evaluate(*memo, facts, &mut ()),
            several => several.evaluate(facts, &mut ()),
        }
    }

    /// The truth of the condition; `watch` sees the operands.
    pub(crate) fn evaluate<W: Watch>(&self, facts: &Facts<'_>, watch: &mut W) -> Truth {
        let (parts, decisive) = match self {
            Self::All(parts) => (parts, Truth::No),
            Self::Any(parts) => (parts, Truth::Yes),
            Self::Not(part) => {
                watch.turn();
                let truth = part.evaluate(facts, watch).negate();
                watch.turn();
                return truth;
            }
            Self::Test(memo, operand) => return operand.evaluate(*memo, facts, watch),
        };
        let (mut decided, mut unknown) = (false, false);
        for part in parts {
            let one = match part {
                Self::Test(memo, operand) => operand.evaluate(*memo, facts, watch),
                part => part.evaluate(facts, watch),
            };
            if one == decisive {
                if !W::ALL {
                    return decisive;
                }
                decided = true;
            }
            unknown |= one == Truth::Unknown;
        }
        match (decided, unknown) {
            (true, _) => decisive,
            (_, true) => Truth::Unknown,
            _ => decisive.negate(),
        }
    }
}

impl Operand {
    #[inline]
    fn evaluate<W: Watch>(&self, memo: u16, facts: &Facts<'_>, watch: &mut W) -> Truth {
        if !W::ALL {
            return facts.once(memo.into(), || self.test(facts));
        }
        let truth = self.test(facts);
        watch.saw(self, &facts.read(self.fact), truth);
        truth
    }

    /// The truth of the test. What most tests ask is answered here, without a call.
    #[inline(never)]
    fn test(&self, facts: &Facts<'_>) -> Truth {
        let Some(cell) = facts.plain(self.fact) else { return self.test_any(facts) };
        match (&self.op, cell) {
            (Op::Exists(wanted), Cell::Blank) => Truth::of(!wanted),
            (_, Cell::Absent | Cell::Blank | Cell::Invalid(_)) => Truth::Unknown,
            (Op::Exists(wanted), _) => Truth::of(*wanted),
            (Op::BoolIs(wanted), Cell::Known(Value::Bool(value))) => Truth::of(value == wanted),
            (Op::IntRange(low, high), Cell::Known(Value::Int(value))) => Truth::of(low <= value && value <= high),
            (Op::CodeIn(wanted), Cell::Known(Value::Text(text))) => Op::is_code(wanted, text),
            _ => self.test_any(facts),
        }
    }

    /// The same for every test. What is not known, or of another kind, says nothing.
    #[inline(never)]
    fn test_any(&self, facts: &Facts<'_>) -> Truth {
        if let Op::WordIn(wanted) = &self.op
            && let Some(word) = facts.word(self.fact)
        {
            return Op::is_word(wanted, word);
        }
        if let (Fact::Territory(place), Op::BoolIs(wanted)) = (self.fact, &self.op) {
            let within = facts.within(usize::from(place));
            return if *wanted { within } else { within.negate() };
        }
        match (&self.op, facts.read(self.fact)) {
            (Op::Exists(_), Read::Absent | Read::Invalid(_)) => Truth::Unknown,
            (Op::Exists(wanted), read) => Truth::of(*wanted == (read != Read::Blank)),
            (Op::IntIn(wanted), Read::Int(value)) => Truth::of(wanted.contains(&value)),
            (Op::IntRange(low, high), Read::Int(value)) => Truth::of(*low <= value && value <= *high),
            (Op::IntRange(_, high), Read::AtLeast(least)) if least > *high => Truth::No,
            (Op::IntRange(low, i64::MAX), Read::AtLeast(least)) if least >= *low => Truth::Yes,
            (Op::BoolIs(wanted), Read::Bool(value)) => Truth::of(value == *wanted),
            (op, Read::Text(text)) => op.test_text(self.fact, text, facts),
            (op, Read::Money(value)) => op.test_money(value),
            (op, Read::Time(time)) => op.test_time(time, facts.as_of()),
            _ => Truth::Unknown,
        }
    }
}

impl Op {
    #[inline(never)]
    fn test_text<'a>(&self, fact: Fact, text: &'a str, facts: &Facts<'a>) -> Truth {
        match self {
            Self::WordIn(wanted) => Self::is_word(wanted, text),
            // A few comparisons are cheaper than folding.
            Self::StartsWith(wanted) if wanted.iter().all(|one| fold::begin_apart(text, one)) => Truth::No,
            Self::TextIn(wanted) if wanted.len() <= 20 => {
                Truth::of(wanted.iter().any(|one| !fold::begin_apart(text, one) && fold::eq_folded(text, one)))
            }
            Self::CodeIn(wanted) => Self::is_code(wanted, text),
            _ => facts.folded(fact, text, |text| self.test_folded(text, facts)),
        }
    }

    #[inline]
    fn is_word(wanted: &[Box<str>], text: &str) -> Truth {
        Truth::of(wanted.iter().any(|one| **one == *text))
    }

    #[inline]
    fn is_code(wanted: &[[u8; 2]], text: &str) -> Truth {
        Truth::of(text.as_bytes().try_into().is_ok_and(|code| wanted.contains(code)))
    }

    fn test_folded(&self, folded: &Folded<'_>, facts: &Facts<'_>) -> Truth {
        let text: &str = &folded.text;
        let holds = match self {
            Self::TextIn(wanted) => wanted.iter().any(|wanted| **wanted == *text),
            Self::Contains(wanted) => folded.contains_any(wanted),
            Self::StartsWith(wanted) => wanted.iter().any(|part| text.starts_with(&**part)),
            Self::EndsWith(wanted) => wanted.iter().any(|part| text.ends_with(&**part)),
            Self::CodeRange(wanted) => {
                let code = codes::plain(text);
                wanted.iter().any(|(low, high)| codes::within(&code, low, high))
            }
            Self::DomainIs(wanted) => {
                let mut domains = wanted.iter().filter_map(|wanted| Some((text.strip_suffix(&**wanted)?, wanted)));
                domains.any(|(rest, wanted)| matches!(rest.as_bytes(), [] | [.., b'.' | b'@']) && !wanted.contains('@'))
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
