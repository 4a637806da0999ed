//! The names a contract can use in conditions, and what they mean.

use serde::Serialize;

use crate::contract::{Contract, CustomKind, CustomObject, Grade};
use crate::id::ScoreId;
use crate::map::Map;
use crate::plan::fact::FIXED;
use crate::plan::{Fact, FactKind, Stage};
use crate::record::{Kind, Object};
use crate::tables::FACTS;

/// A fact as a condition can name it.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) fact: Fact,
    pub(super) kind: FactKind,
    /// The stage that makes it.
    pub(super) made_at: Stage,
    /// What it is, where the contract says so; for what every contract has see [`FACTS`].
    pub(super) about: Option<String>,
}

/// Every fact of one contract, by name.
#[derive(Clone, Debug)]
pub(super) struct Names {
    facts: Map<String, Known>,
    /// The values of facts that are ids of things the contract defines.
    ids: Map<Fact, Vec<String>>,
}

/// A fact, for completions and documentation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FactEntry {
    /// Its name: `lead.country`.
    pub name: String,
    /// What its values are, in a word.
    pub kind: &'static str,
    /// The words it can be, where there are only certain ones.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub words: &'static [&'static str],
    /// The stage that makes it.
    pub stage: Stage,
    /// What it is, in words.
    pub about: String,
}

/// Every fact that the conditions of a contract can read, by name.
#[must_use]
pub fn vocabulary(contract: &Contract) -> Vec<FactEntry> {
    let names = Names::of(contract);
    let entry = |(name, known): (String, Known)| {
        let (kind, words) = match known.kind {
            FactKind::Field(kind) => (kind_word(kind), &[][..]),
            FactKind::Word(words) => ("word", words),
            FactKind::Id => ("id", &[][..]),
        };
        let about = known.about.unwrap_or_else(|| FACTS.get(&name).unwrap_or_default().to_owned());
        FactEntry { name, kind, words, stage: known.made_at, about }
    };
    names.facts.into_iter().map(entry).collect()
}

pub(super) const fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::Url | Kind::Owner | Kind::Reference => "text",
        Kind::Company => "company",
        Kind::Email => "email",
        Kind::Domain => "domain",
        Kind::Phone => "phone",
        Kind::Country => "country",
        Kind::Number => "number",
        Kind::Money => "money",
        Kind::Bool => "yes_no",
        Kind::Time => "time",
    }
}

impl Names {
    pub(super) fn of(contract: &Contract) -> Self {
        let mut facts = Map::new();
        for object in [Object::Lead, Object::Contact, Object::Account] {
            for field in object.fields() {
                let Some(fact) = Fact::of_field(object, field.name) else { continue };
                let known = Known { fact, kind: FactKind::Field(field.kind), made_at: fact.made_at(), about: None };
                facts.insert(format!("{object}.{}", field.name), known);
            }
        }
        for (name, fact, kind) in FIXED {
            let known = Known { fact: *fact, kind: *kind, made_at: fact.made_at(), about: None };
            facts.insert((*name).to_owned(), known);
        }
        let mut add = |name: String, fact: Fact, kind: FactKind, made_at: Stage, about: String| {
            facts.get_or_insert(name, || Known { fact, kind, made_at, about: Some(about) });
        };
        for (place, field) in (0..).zip(&contract.custom_fields) {
            let made_at = if field.object == CustomObject::Lead { Stage::Intake } else { Stage::Identity };
            let about = format!("custom field, read from {}", field.columns.join(", "));
            let name = format!("{}.{}", field.object.object(), field.id);
            add(name, Fact::Custom(place), FactKind::Field(custom_kind(field.kind)), made_at, about);
        }
        for (place, list) in (0..).zip(&contract.lists) {
            let about = format!("whether `{}` stands in the list", list.key);
            let yes_no = FactKind::Field(Kind::Bool);
            add(format!("list.{}", list.id), Fact::List(place), yes_no, Stage::Identity, about);
        }
        for (place, territory) in (0..).zip(&contract.territories) {
            let about =
                territory.name.clone().unwrap_or_else(|| "whether the lead belongs to the territory".to_owned());
            let yes_no = FactKind::Field(Kind::Bool);
            add(format!("territory.{}", territory.id), Fact::Territory(place), yes_no, Stage::Identity, about);
        }
        let terms = contract.terms.iter().flat_map(|terms| &terms.rules);
        for (place, term) in (0..).zip(terms) {
            let reads = term.reads.iter().filter_map(|name| facts.get(name.as_str()));
            let reads: Stage = reads.map(|known: &Known| known.made_at).max().unwrap_or(Stage::Intake);
            let made_at = if term.activities.is_some() { Stage::Identity } else { reads };
            let named = term.name.as_deref().unwrap_or(term.id.as_str());
            for (name, fact, about) in [
                (format!("term.{}", term.id), Fact::Term(place), format!("whether a text says `{named}`")),
                (format!("term.{}.negated", term.id), Fact::Negated(place), format!("whether a text denies `{named}`")),
            ] {
                let known = Known { fact, kind: FactKind::Field(Kind::Bool), made_at, about: Some(about) };
                facts.get_or_insert(name, || known);
            }
        }
        let mut add = |name: String, fact: Fact, kind: FactKind, made_at: Stage, about: String| {
            facts.get_or_insert(name, || Known { fact, kind, made_at, about: Some(about) });
        };
        for (place, score) in (0..).zip(&contract.scores) {
            let about = score.name.clone().unwrap_or_else(|| format!("points of the score `{}`", score.id));
            let points = FactKind::Field(Kind::Number);
            add(format!("score.{}", score.id), Fact::Score(place), points, Stage::Classification, about);
            let about = format!("band of the score `{}`", score.id);
            add(format!("score.{}.band", score.id), Fact::Band(place), FactKind::Id, Stage::Classification, about);
        }
        for (place, grade) in (0..).zip(&contract.grades) {
            let about = grade.name.clone().unwrap_or_else(|| format!("the grade `{}`", grade.id));
            add(format!("grade.{}", grade.id), Fact::Grade(place), FactKind::Id, Stage::Classification, about);
        }
        let mut ids = Map::new();
        for (place, grade) in (0..).zip(&contract.grades) {
            let cells = grade
                .cells
                .iter()
                .flat_map(|(_, row)| row.iter().map(|(_, cell)| cell.to_string()))
                .collect::<Vec<_>>();
            ids.insert(Fact::Grade(place), if cells.is_empty() { joined(contract, grade) } else { cells });
        }
        ids.insert(Fact::SourceId, contract.sources.iter().map(|source| source.id.to_string()).collect());
        for (place, score) in (0..).zip(&contract.scores) {
            ids.insert(Fact::Band(place), score.bands.iter().map(|band| band.id.to_string()).collect());
        }
        if let Some(routing) = &contract.routing {
            ids.insert(Fact::RouteRule, routing.rules.iter().map(|rule| rule.id.to_string()).collect());
        }
        Self { facts, ids }
    }

    pub(super) fn ids(&self, fact: Fact) -> Option<&[String]> {
        self.ids.get(&fact).map(Vec::as_slice)
    }

    pub(super) fn get(&self, name: &str) -> Option<&Known> {
        self.facts.get(name)
    }

    /// Every name.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.facts.keys().map(String::as_str)
    }

    /// The known name nearest to an unknown one.
    pub(super) fn nearest(&self, name: &str) -> Option<&str> {
        crate::json::suggest(name, self.keys())
    }
}

/// What a grade without cells can be: a band of each of its scores.
fn joined(contract: &Contract, grade: &Grade) -> Vec<String> {
    let bands = |id: &ScoreId| {
        let score = contract.scores.iter().find(|score| score.id == *id);
        score.into_iter().flat_map(|score| &score.bands).map(|band| band.id.as_str())
    };
    bands(&grade.rows).flat_map(|row| bands(&grade.columns).map(move |column| [row, column].concat())).collect()
}

/// The object and the kind of a field of one's own.
#[cfg(feature = "scorecard")]
pub(crate) const fn object_kind(custom: &crate::contract::CustomField) -> (Object, Kind) {
    (custom.object.object(), custom_kind(custom.kind))
}

pub(super) const fn custom_kind(kind: CustomKind) -> Kind {
    match kind {
        CustomKind::Text => Kind::Text,
        CustomKind::Number => Kind::Number,
        CustomKind::Money => Kind::Money,
        CustomKind::Bool => Kind::Bool,
        CustomKind::Date => Kind::Time,
    }
}
