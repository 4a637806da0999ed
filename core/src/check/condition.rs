//! Conditions: every fact known, made early enough, and tested in a way that fits what it holds.

use super::Context;
use super::names::{Known, kind_word};
use crate::contract::{Condition, FactTest, Scalar, Test};
use crate::decide::folded::Part;
use crate::normal::{codes, country, domain, email, fold};
use crate::plan::condition::{Cond, NOWHERE, Op, Operand};
use crate::plan::{Fact, FactKind, Stage};
use crate::record::Kind;
use crate::scale::{Currency, Money};
use crate::time::Timestamp;

/// What never holds: stands where a condition could not be compiled, in a plan that is never used.
const NEVER: fn() -> Cond = || Cond::Any(Box::new([]));

/// Compiles a condition that may read what is made up to and including `latest`.
pub(super) fn compile(condition: &Condition, address: &str, latest: Stage, context: &mut Context) -> Cond {
    match condition {
        Condition::All(parts) => Cond::All(compile_each(parts, address, "all", latest, context)),
        Condition::Any(parts) => {
            if parts.is_empty() {
                let help = "list the alternatives, or write `{\"all\": []}` for what always holds".to_owned();
                context.warn("empty-any", address, "an empty `any` never holds".to_owned(), help);
            }
            Cond::Any(compile_each(parts, address, "any", latest, context))
        }
        Condition::Not(part) => Cond::Not(Box::new(compile(part, &format!("{address}/not"), latest, context))),
        Condition::Fact(test) => fact_test(test, address, latest, context),
    }
}

fn compile_each(parts: &[Condition], address: &str, key: &str, latest: Stage, context: &mut Context) -> Box<[Cond]> {
    let each = parts.iter().enumerate();
    each.map(|(place, part)| compile(part, &format!("{address}/{key}/{place}"), latest, context)).collect()
}

/// The latest stage whose facts a condition reads.
pub(super) fn reads(condition: &Condition, context: &Context) -> Stage {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            parts.iter().map(|part| reads(part, context)).max().unwrap_or(Stage::Intake)
        }
        Condition::Not(part) => reads(part, context),
        Condition::Fact(test) => context.names.get(test.fact.as_str()).map_or(Stage::Intake, |known| known.made_at),
    }
}

fn fact_test(test: &FactTest, address: &str, latest: Stage, context: &mut Context) -> Cond {
    let name = test.fact.as_str();
    let Some(known) = context.names.get(name).cloned() else {
        let help = context.names.nearest(name).map_or_else(
            || "`interlock schema --facts` lists every fact a condition can read".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        context.error("unknown-fact", format!("{address}/fact"), format!("nothing is called `{name}`"), help);
        return NEVER();
    };
    // A score may read those before it.
    let early = |fact| matches!(fact, Fact::Score(place) | Fact::Band(place) if usize::from(place) < context.scores);
    if known.made_at > latest && !early(known.fact) {
        let message =
            format!("`{name}` is made by stage `{}`, which runs after this condition is asked", known.made_at.word());
        let help = format!("read what is known by stage `{}`", latest.word());
        context.error("fact-too-late", format!("{address}/fact"), message, help);
        return NEVER();
    }
    context.read(known.fact, name);
    let mut parts = Vec::with_capacity(test.tests.len());
    let mut range: (i64, i64) = (i64::MIN, i64::MAX);
    for one in &test.tests {
        let (key, wanted) = describe(one);
        match op(one, &known, context) {
            Ok(op) => {
                if let Op::IntRange(low, high) = op {
                    range = (range.0.max(low), range.1.min(high));
                }
                let memo = context.memo(&known, &op);
                let operand = Operand { fact: known.fact, op, name: test.fact.clone(), wanted: wanted.into() };
                parts.push(Cond::Test(memo, Box::new(operand)));
            }
            Err(Misfit { message, help }) => {
                context.error("wrong-test", format!("{address}/{key}"), message, help);
            }
        }
    }
    if range.0 > range.1 {
        let help = "the lower bound is above the upper one; exchange them".to_owned();
        context.warn("empty-range", address, format!("no value of `{name}` is in this range"), help);
    }
    match (parts.len(), parts.pop()) {
        (1, Some(part)) => part,
        (_, Some(last)) => {
            parts.push(last);
            Cond::All(parts.into())
        }
        (_, None) => NEVER(),
    }
}

/// Why a test does not fit a fact.
struct Misfit {
    message: String,
    help: Option<String>,
}

fn misfit(message: impl Into<String>, help: impl Into<Option<String>>) -> Misfit {
    Misfit { message: message.into(), help: help.into() }
}

fn op(test: &Test, known: &Known, context: &Context) -> Result<Op, Misfit> {
    let kind = match known.kind {
        FactKind::Field(kind) => kind,
        FactKind::Word(_) | FactKind::Id => Kind::Text,
    };
    let whole = |value: &Scalar| match value {
        Scalar::Int(value) => Ok(*value),
        other => Err(misfit(format!("`{other}` is not a whole number"), None)),
    };
    let money = |value: &Scalar| match value {
        Scalar::Text(text) => context.money(text).ok_or_else(|| {
            misfit(
                format!("`{text}` is not an amount"),
                "write the amount and the currency: `\"50000 EUR\"`".to_owned(),
            )
        }),
        other => {
            Err(misfit(format!("`{other}` names no currency"), format!("write `\"{other} EUR\"`, with your currency")))
        }
    };
    match (test, kind) {
        (Test::Exists(wanted), _) => Ok(Op::Exists(*wanted)),
        (Test::Is(value), _) => equals(std::slice::from_ref(value), kind, known, context),
        (Test::In(values), _) => equals(values, kind, known, context),
        (Test::AtLeast(value), Kind::Number) => Ok(Op::IntRange(whole(value)?, i64::MAX)),
        (Test::AtMost(value), Kind::Number) => Ok(Op::IntRange(i64::MIN, whole(value)?)),
        (Test::Above(value), Kind::Number) => Ok(Op::IntRange(whole(value)?.saturating_add(1), i64::MAX)),
        (Test::Below(value), Kind::Number) => Ok(Op::IntRange(i64::MIN, whole(value)?.saturating_sub(1))),
        (Test::AtLeast(value), Kind::Money) => Ok(Op::MoneyRange(Some(money(value)?), None)),
        (Test::AtMost(value), Kind::Money) => Ok(Op::MoneyRange(None, Some(money(value)?))),
        (Test::Above(value), Kind::Money) => Ok(Op::MoneyRange(Some(beside(money(value)?, 1)), None)),
        (Test::Below(value), Kind::Money) => Ok(Op::MoneyRange(None, Some(beside(money(value)?, -1)))),
        (Test::Contains(texts), _) if is_text(kind) => {
            Ok(Op::Contains(folded(texts)?.iter().map(|text| Part::of(text)).collect()))
        }
        (Test::StartsWith(texts), _) if is_text(kind) => Ok(Op::StartsWith(folded(texts)?)),
        (Test::EndsWith(texts), _) if is_text(kind) => Ok(Op::EndsWith(folded(texts)?)),
        (Test::InRange(texts), _) if is_text(kind) => ranges(texts),
        (Test::DomainIs(texts), Kind::Email | Kind::Domain | Kind::Url) => Ok(Op::DomainIs(folded(texts)?)),
        (Test::Before(text), Kind::Time) => time(text).map(Op::Before),
        (Test::After(text), Kind::Time) => time(text).map(Op::After),
        (Test::WithinDays(days), Kind::Time) => Ok(Op::WithinDays(i64::from(*days))),
        (Test::InList(list), _) if is_text(kind) => context.list(list.as_str()).map(Op::InList).ok_or_else(|| {
            misfit(format!("there is no list `{list}`"), "add it to `/lists`, or name one that is there".to_owned())
        }),
        _ => {
            let (key, _) = describe(test);
            let message = format!("`{key}` does not fit a {}", kind_word(kind).replace('_', "/"));
            Err(misfit(message, format!("what fits: {}", fitting(kind))))
        }
    }
}

fn equals(values: &[Scalar], kind: Kind, known: &Known, context: &Context) -> Result<Op, Misfit> {
    if values.is_empty() {
        return Err(misfit("an empty `in` never holds", "list at least one value".to_owned()));
    }
    match kind {
        Kind::Number => {
            let whole = |value: &Scalar| match value {
                Scalar::Int(value) => Ok(*value),
                other => Err(misfit(format!("`{other}` is not a whole number"), None)),
            };
            values.iter().map(whole).collect::<Result<_, _>>().map(Op::IntIn)
        }
        Kind::Bool => match values {
            [Scalar::Bool(value)] => Ok(Op::BoolIs(*value)),
            [other] => Err(misfit(format!("`{other}` is neither true nor false"), "write `\"is\": true`".to_owned())),
            _ => Err(misfit("yes/no is one of two", "write `\"is\": true` or `\"exists\": true`".to_owned())),
        },
        Kind::Money => {
            let money = |value: &Scalar| {
                let help = "write the amount and the currency: `\"50000 EUR\"`".to_owned();
                context.money(&value.to_string()).ok_or_else(|| misfit(format!("`{value}` is not an amount"), help))
            };
            values.iter().map(money).collect::<Result<_, _>>().map(Op::MoneyIn)
        }
        Kind::Time => {
            Err(misfit("a time is seldom equal to another", "use `before`, `after` or `within_days`".to_owned()))
        }
        Kind::Country => {
            let code = |value: &Scalar| {
                let text = text_value(value, kind, known, context)?.to_ascii_uppercase();
                text.as_bytes().try_into().map_err(|_| misfit(format!("`{text}` is not a country"), None))
            };
            values.iter().map(code).collect::<Result<_, _>>().map(Op::CodeIn)
        }
        _ => {
            let texts = values.iter().map(|value| text_value(value, kind, known, context)).collect::<Result<_, _>>()?;
            Ok(if known.fact.is_word() { Op::WordIn(texts) } else { Op::TextIn(texts) })
        }
    }
}

/// A text to compare with, in the normal form of what it is compared with.
fn text_value(value: &Scalar, kind: Kind, known: &Known, context: &Context) -> Result<Box<str>, Misfit> {
    let text = match value {
        Scalar::Text(text) => text.clone(),
        Scalar::Int(number) => number.to_string(),
        Scalar::Bool(_) => return Err(misfit(format!("`{value}` is not a text"), format!("write `\"{value}\"`"))),
    };
    if let FactKind::Word(words) = known.kind
        && !words.contains(&text.as_str())
    {
        let help = crate::json::suggest(&text, words.iter().copied())
            .map_or_else(|| format!("one of {}", words.join(", ")), |near| format!("did you mean `{near}`?"));
        return Err(misfit(format!("`{text}` is none of its values"), help));
    }
    if let Some(known_ids) = context.ids_of(known.fact)
        && !known_ids.contains(&text)
    {
        let help = crate::json::suggest(&text, known_ids.iter().map(String::as_str))
            .map_or_else(|| format!("one of {}", known_ids.join(", ")), |near| format!("did you mean `{near}`?"));
        return Err(misfit(format!("the contract defines no `{text}`"), help));
    }
    let normal = match kind {
        Kind::Country => country::CountryCode::parse(&text).map(|code| code.as_str().to_owned()).map_err(|_| {
            misfit(format!("`{text}` is not a country"), "write its ISO 3166 code, such as `DE`".to_owned())
        })?,
        Kind::Email => email::Email::parse(&text)
            .map(|email| email.address().to_owned())
            .map_err(|problem| misfit(format!("`{text}` is not an e-mail address: {problem}"), None))?,
        Kind::Domain => domain::registrable(&text)
            .map(std::borrow::Cow::into_owned)
            .map_err(|problem| misfit(format!("`{text}` is not a domain: {problem}"), None))?,
        _ => text,
    };
    Ok((*fold::fold(&normal)).into())
}

fn folded(texts: &[String]) -> Result<Box<[Box<str>]>, Misfit> {
    if texts.iter().any(|text| fold::is_blank(text)) || texts.is_empty() {
        return Err(misfit("an empty text is part of every text", "write what to look for".to_owned()));
    }
    Ok(texts.iter().map(|text| (*fold::fold(text)).into()).collect())
}

fn ranges(texts: &[String]) -> Result<Op, Misfit> {
    let range = |text: &String| {
        let bounds = text.split_once('-').map(|(low, high)| (codes::plain(low), codes::plain(high)));
        let help = || "write the first and the last with a hyphen between: `80000-89999`".to_owned();
        match bounds {
            Some((low, high)) if !low.is_empty() && !high.is_empty() => {
                if codes::within(&high, &low, &high) && codes::within(&low, &low, &high) {
                    Ok((low, high))
                } else {
                    Err(misfit(
                        format!("`{text}` ends before it begins"),
                        "write the lower end first, both of one length".to_owned(),
                    ))
                }
            }
            _ => Err(misfit(format!("`{text}` is not a range"), help())),
        }
    };
    if texts.is_empty() {
        return Err(misfit("an empty `in_range` never holds", "list at least one range".to_owned()));
    }
    texts.iter().map(range).collect::<Result<_, _>>().map(Op::CodeRange)
}

fn time(text: &str) -> Result<Timestamp, Misfit> {
    Timestamp::parse(text).ok_or_else(|| {
        misfit(format!("`{text}` is not a date or time"), "write `2026-11-22` or `2026-11-22T09:00:00Z`".to_owned())
    })
}

const fn beside(money: Money, by: i64) -> Money {
    Money { minor: money.minor.saturating_add(by), currency: money.currency }
}

const fn is_text(kind: Kind) -> bool {
    !matches!(kind, Kind::Number | Kind::Money | Kind::Bool | Kind::Time)
}

const fn fitting(kind: Kind) -> &'static str {
    match kind {
        Kind::Number | Kind::Money => "`is`, `in`, `at_least`, `at_most`, `above`, `below`, `exists`",
        Kind::Bool => "`is`, `exists`",
        Kind::Time => "`before`, `after`, `within_days`, `exists`",
        Kind::Email | Kind::Domain | Kind::Url => {
            "`is`, `in`, `contains`, `starts_with`, `ends_with`, `domain_is`, `in_list`, `exists`"
        }
        _ => "`is`, `in`, `contains`, `starts_with`, `ends_with`, `in_range`, `in_list`, `exists`",
    }
}

/// A test's key in the file, and what it wants in words.
fn describe(test: &Test) -> (&'static str, String) {
    let any = |values: &[String]| match values {
        [one] => format!("`{one}`"),
        several => format!("one of {}", several.join(", ")),
    };
    match test {
        Test::Is(Scalar::Bool(value)) => ("is", if *value { "yes" } else { "no" }.to_owned()),
        Test::Is(value) => ("is", value.to_string()),
        Test::In(values) => {
            let values: Vec<String> = values.iter().map(ToString::to_string).collect();
            ("in", format!("one of {}", values.join(", ")))
        }
        Test::AtLeast(value) => ("at_least", format!("{value} or more")),
        Test::AtMost(value) => ("at_most", format!("{value} or less")),
        Test::Above(value) => ("above", format!("more than {value}")),
        Test::Below(value) => ("below", format!("less than {value}")),
        Test::Exists(true) => ("exists", "a value".to_owned()),
        Test::Exists(false) => ("exists", "a blank".to_owned()),
        Test::Contains(texts) => ("contains", format!("containing {}", any(texts))),
        Test::StartsWith(texts) => ("starts_with", format!("starting with {}", any(texts))),
        Test::EndsWith(texts) => ("ends_with", format!("ending with {}", any(texts))),
        Test::InRange(ranges) => ("in_range", format!("in {}", ranges.join(", "))),
        Test::DomainIs(texts) => ("domain_is", format!("at {}", any(texts))),
        Test::Before(text) => ("before", format!("before {text}")),
        Test::After(text) => ("after", format!("after {text}")),
        Test::WithinDays(days) => ("within_days", format!("within {days} days")),
        Test::InList(list) => ("in_list", format!("in list `{list}`")),
    }
}

impl Context {
    /// Where the answer of a test is kept: by the place of the first that asks the same, if it stands not far before.
    /// What is made after enrichment is asked anew each time, since a later stage may know more.
    fn memo(&mut self, known: &Known, op: &Op) -> u16 {
        const BACK: usize = 256;
        if known.made_at > Stage::Identity {
            return NOWHERE;
        }
        let same = |(fact, other): &(Fact, Op)| *fact == known.fact && other == op;
        let from = self.tests.len().saturating_sub(BACK);
        let place = self.tests[from..].iter().position(same).map_or(self.tests.len(), |place| from + place);
        if place == self.tests.len() {
            self.tests.push((known.fact, op.clone()));
        }
        u16::try_from(self.territories + place).unwrap_or(NOWHERE)
    }

    /// An amount that names its currency: it reads the same whatever the default is.
    fn money(&self, text: &str) -> Option<Money> {
        let read = |code| Money::parse(text, Currency::from_code(code)?, None).ok();
        let (one, other) = (read("USD")?, read("EUR")?);
        (one == other).then_some(one)
    }

    fn list(&self, id: &str) -> Option<u16> {
        match self.names.get(&format!("list.{id}"))?.fact {
            Fact::List(place) => Some(place),
            _ => None,
        }
    }

    /// The ids a fact can be, where the contract defines them all.
    fn ids_of(&self, fact: Fact) -> Option<&[String]> {
        self.names.ids(fact)
    }
}
