//! Conditions: the only predicate language of a contract.
//!
//! A condition is `all`, `any` or `not` of others, or tests on one fact. It is evaluated over the facts the stages
//! have made so far and answers yes, no or unknown (Kleene's strong logic: S. C. Kleene, *Introduction to
//! Metamathematics*, 1952, §64). Several tests on one fact must all hold, so `at_least` with `below` is a range.
//!
//! ```
//! use interlock_core::contract::Condition;
//! let condition: Condition = serde_json::from_str(
//!     r#"{"all": [{"fact": "lead.country", "in": ["DE", "AT", "CH"]}, {"fact": "account.employees", "at_least": 200}]}"#,
//! )?;
//! # Ok::<(), serde_json::Error>(())
//! ```

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::id::{FactName, ListId};
use crate::json::{Decode, Node};

/// A three-valued predicate over facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Form", into = "Form")]
pub enum Condition {
    /// Every one holds; an empty list always holds.
    All(Vec<Condition>),
    /// At least one holds; an empty list never holds.
    Any(Vec<Condition>),
    /// It does not hold; the opposite of unknown is unknown.
    Not(Box<Condition>),
    /// All tests on one fact hold.
    Fact(FactTest),
}

/// Tests on one fact, all of which must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactTest {
    /// What is read.
    pub fact: FactName,
    /// At least one test.
    pub tests: Vec<Test>,
}

/// One test on the value of a fact. Text is compared without regard to case, diacritics and repeated spaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// Equals.
    Is(Scalar),
    /// Equals one of these.
    In(Vec<Scalar>),
    /// Is this or more. Money is written `"50000 EUR"`.
    AtLeast(Scalar),
    /// Is this or less.
    AtMost(Scalar),
    /// Is more than this.
    Above(Scalar),
    /// Is less than this.
    Below(Scalar),
    /// Has a value (true) or is blank (false). Unknown only where the file has no such column.
    Exists(bool),
    /// Contains one of these texts.
    Contains(Vec<String>),
    /// Starts with one of these texts.
    StartsWith(Vec<String>),
    /// Ends with one of these texts.
    EndsWith(Vec<String>),
    /// Lies in one of these ranges of codes: `80000-89999`. As many characters count as a bound has, so that `SW1-SW9` holds
    /// for `SW1A 1AA`; spaces and hyphens of the value do not.
    InRange(Vec<String>),
    /// Is one of these domains or below one: `example.com` also holds for `mail.example.com` and `ann@example.com`.
    DomainIs(Vec<String>),
    /// Lies before this date or time.
    Before(String),
    /// Lies after this date or time.
    After(String),
    /// Lies within so many days before `as_of` (negative: after it).
    WithinDays(i32),
    /// Stands in this look-up list.
    InList(ListId),
}

/// A value to compare with. No floats: amounts with decimals are written as text, `"49.50 EUR"`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged, expecting = "expected true, false, a whole number or a text")]
pub enum Scalar {
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A text.
    Text(String),
}

impl std::fmt::Display for Scalar {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Bool(value) => write!(f, "{value}"),
            Self::Int(value) => write!(f, "{value}"),
            Self::Text(value) => f.write_str(value),
        }
    }
}

/// One text or several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged, expecting = "expected a text or a list of texts")]
enum Texts {
    One(String),
    Many(Vec<String>),
}

impl From<Texts> for Vec<String> {
    fn from(texts: Texts) -> Self {
        match texts {
            Texts::One(text) => vec![text],
            Texts::Many(texts) => texts,
        }
    }
}

impl From<Vec<String>> for Texts {
    fn from(mut texts: Vec<String>) -> Self {
        match (texts.len(), texts.pop()) {
            (1, Some(text)) => Self::One(text),
            (_, Some(last)) => {
                texts.push(last);
                Self::Many(texts)
            }
            (_, None) => Self::Many(texts),
        }
    }
}

/// Either one of `all`, `any`, `not`, or `fact` with at least one test.
#[derive(Clone, Default, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Condition"))]
#[serde(default, deny_unknown_fields)]
struct Form {
    /// Every one of these holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    all: Option<Vec<Condition>>,
    /// At least one of these holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    any: Option<Vec<Condition>>,
    /// This does not hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    not: Option<Box<Condition>>,
    /// What is read, for example `lead.country` or `score.fit`.
    #[serde(skip_serializing_if = "Option::is_none")]
    fact: Option<FactName>,
    /// Equals this value.
    #[serde(skip_serializing_if = "Option::is_none")]
    is: Option<Scalar>,
    /// Equals one of these values.
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    one_of: Option<Vec<Scalar>>,
    /// Is this or more; money is written `"50000 EUR"`.
    #[serde(skip_serializing_if = "Option::is_none")]
    at_least: Option<Scalar>,
    /// Is this or less.
    #[serde(skip_serializing_if = "Option::is_none")]
    at_most: Option<Scalar>,
    /// Is more than this.
    #[serde(skip_serializing_if = "Option::is_none")]
    above: Option<Scalar>,
    /// Is less than this.
    #[serde(skip_serializing_if = "Option::is_none")]
    below: Option<Scalar>,
    /// Has a value (true) or is blank (false).
    #[serde(skip_serializing_if = "Option::is_none")]
    exists: Option<bool>,
    /// Contains one of these texts.
    #[serde(skip_serializing_if = "Option::is_none")]
    contains: Option<Texts>,
    /// Starts with one of these texts.
    #[serde(skip_serializing_if = "Option::is_none")]
    starts_with: Option<Texts>,
    /// Ends with one of these texts.
    #[serde(skip_serializing_if = "Option::is_none")]
    ends_with: Option<Texts>,
    /// Lies in one of these ranges of codes, `80000-89999`.
    #[serde(skip_serializing_if = "Option::is_none")]
    in_range: Option<Texts>,
    /// Is one of these domains, or below one of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    domain_is: Option<Texts>,
    /// Lies before this date or time (RFC 3339).
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<String>,
    /// Lies after this date or time (RFC 3339).
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
    /// Lies within so many days before the time of the decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    within_days: Option<i32>,
    /// Stands in this look-up list of the contract.
    #[serde(skip_serializing_if = "Option::is_none")]
    in_list: Option<ListId>,
}

impl TryFrom<Form> for Condition {
    type Error = String;

    fn try_from(form: Form) -> Result<Self, String> {
        let kinds = [form.all.is_some(), form.any.is_some(), form.not.is_some(), form.fact.is_some()];
        let kinds = kinds.into_iter().filter(|given| *given).count();
        let mut tests = Vec::new();
        let mut test = |given: Option<Test>| tests.extend(given);
        test(form.is.map(Test::Is));
        test(form.one_of.map(Test::In));
        test(form.at_least.map(Test::AtLeast));
        test(form.at_most.map(Test::AtMost));
        test(form.above.map(Test::Above));
        test(form.below.map(Test::Below));
        test(form.exists.map(Test::Exists));
        test(form.contains.map(|texts| Test::Contains(texts.into())));
        test(form.starts_with.map(|texts| Test::StartsWith(texts.into())));
        test(form.ends_with.map(|texts| Test::EndsWith(texts.into())));
        test(form.in_range.map(|texts| Test::InRange(texts.into())));
        test(form.domain_is.map(|texts| Test::DomainIs(texts.into())));
        test(form.before.map(Test::Before));
        test(form.after.map(Test::After));
        test(form.within_days.map(Test::WithinDays));
        test(form.in_list.map(Test::InList));
        match (kinds, form.fact) {
            (0, _) if tests.is_empty() => {
                Err("an empty condition; write `all`, `any`, `not`, or `fact` with a test".to_owned())
            }
            (0, _) => Err("a test without a `fact` to read".to_owned()),
            (1, Some(_)) if tests.is_empty() => {
                Err("a `fact` without a test; add one such as `is`, `in`, `at_least` or `exists`".to_owned())
            }
            (1, Some(fact)) => Ok(Self::Fact(FactTest { fact, tests })),
            (1, None) if !tests.is_empty() => {
                Err("tests stand beside `all`, `any` or `not`; they belong beside a `fact`".to_owned())
            }
            (1, None) => Ok(match (form.all, form.any, form.not) {
                (Some(all), ..) => Self::All(all),
                (_, Some(any), _) => Self::Any(any),
                (.., Some(not)) => Self::Not(not),
                (None, None, None) => Self::All(Vec::new()),
            }),
            _ => Err("more than one of `all`, `any`, `not` and `fact`; nest them instead".to_owned()),
        }
    }
}

impl From<Condition> for Form {
    fn from(condition: Condition) -> Self {
        let mut form = Self::default();
        match condition {
            Condition::All(all) => form.all = Some(all),
            Condition::Any(any) => form.any = Some(any),
            Condition::Not(not) => form.not = Some(not),
            Condition::Fact(FactTest { fact, tests }) => {
                form.fact = Some(fact);
                for test in tests {
                    match test {
                        Test::Is(value) => form.is = Some(value),
                        Test::In(values) => form.one_of = Some(values),
                        Test::AtLeast(value) => form.at_least = Some(value),
                        Test::AtMost(value) => form.at_most = Some(value),
                        Test::Above(value) => form.above = Some(value),
                        Test::Below(value) => form.below = Some(value),
                        Test::Exists(value) => form.exists = Some(value),
                        Test::Contains(texts) => form.contains = Some(texts.into()),
                        Test::StartsWith(texts) => form.starts_with = Some(texts.into()),
                        Test::EndsWith(texts) => form.ends_with = Some(texts.into()),
                        Test::InRange(texts) => form.in_range = Some(texts.into()),
                        Test::DomainIs(texts) => form.domain_is = Some(texts.into()),
                        Test::Before(text) => form.before = Some(text),
                        Test::After(text) => form.after = Some(text),
                        Test::WithinDays(days) => form.within_days = Some(days),
                        Test::InList(list) => form.in_list = Some(list),
                    }
                }
            }
        }
        form
    }
}

impl Decode for Condition {
    fn blank() -> Self {
        Self::All(Vec::new())
    }

    fn decode(&mut self, node: &Node<'_>) -> bool {
        let mut form = Form::default();
        if !form.decode(node) {
            return false;
        }
        match Self::try_from(form) {
            Ok(condition) => *self = condition,
            Err(message) => return node.refuse(message),
        }
        true
    }
}

impl Decode for Scalar {
    fn blank() -> Self {
        Self::Bool(false)
    }

    fn decode(&mut self, node: &Node<'_>) -> bool {
        *self = match node.value() {
            Value::Bool(value) => Self::Bool(*value),
            Value::String(text) => Self::Text(text.clone()),
            value => match value.as_i64() {
                Some(value) => Self::Int(value),
                None => return node.refuse("expected true, false, a whole number or a text".to_owned()),
            },
        };
        true
    }
}

impl Decode for Texts {
    fn blank() -> Self {
        Self::Many(Vec::new())
    }

    fn decode(&mut self, node: &Node<'_>) -> bool {
        *self = match node.value() {
            Value::String(text) => Self::One(text.clone()),
            Value::Array(items) if items.iter().all(Value::is_string) => {
                let mut many = Vec::new();
                many.decode(node);
                Self::Many(many)
            }
            _ => return node.refuse("expected a text or a list of texts".to_owned()),
        };
        true
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Condition {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Condition".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Form::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Condition, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    #[test]
    fn round_trips_every_test() {
        let text = r#"{"all":[{"any":[]},{"not":{"fact":"lead.email","exists":false}},{"fact":"lead.employees","at_least":50,"below":200},{"fact":"lead.country","in":["DE","AT"]},{"fact":"lead.title","contains":["vp","head"]},{"fact":"lead.email","domain_is":"example.com"},{"fact":"lead.postal_code","in_range":"80000-89999"},{"fact":"lead.created_at","within_days":30},{"fact":"lead.domain","in_list":"named"}]}"#;
        assert_eq!(serde_json::to_string(&read(text).unwrap()).unwrap(), text);
    }

    #[test]
    fn refuses_what_is_not_a_condition() {
        for (text, says) in [
            ("{}", "an empty condition"),
            (r#"{"is": 1}"#, "without a `fact`"),
            (r#"{"fact": "lead.email"}"#, "without a test"),
            (r#"{"all": [], "any": []}"#, "more than one"),
            (r#"{"all": [], "is": 1}"#, "belong beside"),
            (r#"{"fact": "lead.email", "iss": 1}"#, "unknown field `iss`"),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.contains(says), "{text}: {error}");
        }
    }
}
