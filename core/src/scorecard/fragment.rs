//! What could be put into a contract: a score whose rules are the points of the card.
//!
//! Input: the fields with their bins and points. Output: `scores` and the `custom_fields` they read, as JSON. Invariant: put into a
//! contract, the score gives each row of the file the card's points; what stands in the way of that is remarked.

use serde_json::{Map as Object, Value, json};

use super::bins::Of;
use super::columns::{Field, Values, header_words};
use super::{Data, Fitted};
use crate::check::object_kind;
use crate::contract::Contract;
use crate::normal::{boolean, fold};
use crate::record::{self, Kind, Table};

/// The facts that fields are read by.
pub(super) struct Facts {
    names: Vec<Named>,
}

struct Named {
    fact: String,
    /// Without `lead.`.
    id: String,
    /// The custom field that has to be added.
    custom: Option<Value>,
    /// The currency of amounts.
    currency: Option<String>,
}

impl Facts {
    pub(super) fn name(&self, place: usize) -> &str {
        self.names.get(place).map_or("", |named| &named.fact)
    }
}

/// Finds the fact of each field: a custom field of the contract, a standard field of leads, or a custom field to be added.
pub(super) fn facts(fields: &[Field], table: &Table, contract: Option<&Contract>) -> Facts {
    let mut names: Vec<Named> = Vec::new();
    for field in fields {
        let header = fold::fold(&field.header);
        // What a contract's numbers cannot hold as it stands is another field than the CRM's.
        let exact = !matches!(field.values, Values::Numbers { scale, cut, .. } if scale != 1 || cut);
        let own = contract.iter().flat_map(|contract| &contract.custom_fields).find(|custom| {
            let (object, kind) = object_kind(custom);
            object == record::Object::Lead
                && custom.columns.iter().any(|column| *fold::fold(column) == *header)
                && fits(kind, field)
        });
        let standard = table.columns.get(field.at).and_then(|column| {
            let (_, name) = column.field.as_ref()?.as_str().split_once('.')?;
            let known = record::Object::Lead.fields().iter().find(|known| known.name == name)?;
            (exact && fits(known.kind, field)).then_some((known.name, known.kind))
        });
        let is_new = |id: &str| names.iter().all(|named| named.id != id);
        let named = match (own, standard) {
            (Some(own), _) => Named {
                fact: format!("lead.{}", own.id),
                id: own.id.to_string(),
                custom: None,
                currency: currency(object_kind(own).1, contract),
            },
            (None, Some((name, kind))) if is_new(name) => Named {
                fact: format!("lead.{name}"),
                id: name.to_owned(),
                custom: None,
                currency: currency(kind, contract),
            },
            _ => {
                let id = new_id(field, contract, &is_new);
                let kind = match &field.values {
                    Values::Numbers { .. } => "number",
                    Values::Words { yes_no: true, .. } => "bool",
                    Values::Words { .. } => "text",
                };
                let custom = json!({"id": id, "object": "lead", "kind": kind, "columns": [field.header]});
                Named { fact: format!("lead.{id}"), id, custom: Some(custom), currency: None }
            }
        };
        names.push(named);
    }
    Facts { names }
}

fn currency(kind: Kind, contract: Option<&Contract>) -> Option<String> {
    let stated = contract.and_then(|contract| contract.settings.currency.clone());
    (kind == Kind::Money).then(|| stated.unwrap_or_else(|| "USD".to_owned()))
}

/// Whether a field of this kind holds what the column has.
fn fits(kind: Kind, field: &Field) -> bool {
    match &field.values {
        Values::Numbers { .. } => matches!(kind, Kind::Number | Kind::Money),
        Values::Words { yes_no: true, .. } => kind == Kind::Bool,
        // A country has several spellings, which are one value to a contract and several here.
        Values::Words { .. } => kind == Kind::Text,
    }
}

fn new_id(field: &Field, contract: Option<&Contract>, is_new: &dyn Fn(&str) -> bool) -> String {
    let letters = |word: &String| word.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    let words: Vec<String> = header_words(&field.header).iter().map(letters).filter(|word| !word.is_empty()).collect();
    let mut id: String = words.join("_").chars().take(40).collect();
    if id.is_empty() {
        id = format!("column_{}", field.at + 1);
    }
    let taken = |id: &str| {
        let custom = contract.iter().flat_map(|contract| &contract.custom_fields);
        record::Object::Lead.slot(id).is_some()
            || ["hour", "weekday"].contains(&id)
            || custom
                .filter(|custom| object_kind(custom).0 == record::Object::Lead)
                .any(|custom| custom.id.as_str() == id)
            || !is_new(id)
    };
    let (first, mut number) = (id.clone(), 1);
    while taken(&id) {
        number += 1;
        id = format!("{first}_{number}");
    }
    id
}

/// A rule: when, its points, and in words.
type Rule = (Value, i32, String);

/// Makes the fragment, and what must be done for it to read what the file has.
pub(super) fn suggestion(
    data: &Data,
    fitted: &Fitted,
    facts: &Facts,
    base: i32,
    most: i32,
    scored: &[(i32, bool)],
) -> (Value, Vec<String>) {
    let (mut rules, mut customs, mut remarks) = (Vec::new(), Vec::new(), Vec::new());
    if base != 0 {
        let words = "what everybody starts with";
        rules.push(json!({"id": "base", "when": {"all": []}, "points": base, "reason": words}));
    }
    for (((field, bins), points), named) in data.fields.iter().zip(&fitted.bins).zip(&fitted.points).zip(&facts.names) {
        let mut all = match &bins.of {
            Of::Ranges(bounds) => ranges(bounds, points, named, field),
            Of::Words(places, others) => words(places, *others, points, named, field),
        };
        if let Some(points) = points.get(bins.valued()).filter(|points| bins.blank && **points != 0) {
            all.push((json!({"fact": named.fact, "exists": false}), *points, format!("{} is blank", field.header)));
        }
        let id = named.id.replace('_', "-");
        for (number, (when, points, reason)) in all.iter().enumerate() {
            rules.push(json!({"id": format!("{id}-{}", number + 1), "when": when, "points": points, "reason": reason}));
        }
        if all.is_empty() {
            continue;
        }
        customs.extend(named.custom.clone());
        let header = &field.header;
        match &field.values {
            Values::Numbers { scale, .. } if *scale != 1 => remarks.push(format!(
                "`{header}` has decimals and contracts read whole numbers: let the CRM hold it times {scale}, rounded down"
            )),
            Values::Numbers { cut: true, .. } => remarks
                .push(format!("`{header}` has decimals and contracts read whole numbers: let the CRM hold it rounded down")),
            _ => {}
        }
    }
    let mut points: Vec<i32> = scored.iter().map(|(points, _)| points + base).collect();
    points.sort_unstable();
    let share = |hundredth: usize| points.get(points.len() * hundredth / 100).copied().unwrap_or(0);
    let (hot, warm) = (share(80), share(50));
    let mut bands = Vec::new();
    if hot > warm {
        bands.push(json!({"id": "hot", "at_least": hot}));
    }
    if warm > 0 {
        bands.push(json!({"id": "warm", "at_least": warm}));
    }
    bands.push(json!({"id": "cold", "at_least": 0}));
    let score = json!({
        "id": "learned", "name": "Learned scorecard", "min": 0, "max": most.max(1), "rules": rules, "bands": bands,
    });
    let mut fragment = Object::new();
    if !customs.is_empty() {
        fragment.insert("custom_fields".to_owned(), Value::Array(customs));
    }
    fragment.insert("scores".to_owned(), json!([score]));
    (Value::Object(fragment), remarks)
}

/// Ranges of like points are one rule.
fn ranges(bounds: &[i64], points: &[i32], named: &Named, field: &Field) -> Vec<Rule> {
    let value = |bound: i64| match &named.currency {
        Some(currency) => json!(format!("{bound} {currency}")),
        None => json!(bound),
    };
    let mut all = Vec::new();
    let mut bin = 0;
    while let Some(own) = points.get(bin).filter(|_| bin <= bounds.len()) {
        let mut last = bin;
        while last < bounds.len() && points.get(last + 1) == Some(own) {
            last += 1;
        }
        let from = bin.checked_sub(1).and_then(|before| bounds.get(before));
        let below = bounds.get(last);
        let mut when = Object::new();
        when.insert("fact".to_owned(), json!(named.fact));
        let header = &field.header;
        let reason = match (from, below) {
            (Some(from), Some(below)) if from + 1 == *below => format!("{header} is {from}"),
            (Some(from), Some(below)) => format!("{header} from {from} to {}", below - 1),
            (Some(from), None) => format!("{header} {from} or more"),
            (None, Some(below)) => format!("{header} under {below}"),
            (None, None) => format!("{header} is known"),
        };
        if let Some(from) = from {
            when.insert("at_least".to_owned(), value(*from));
        }
        if let Some(below) = below {
            when.insert("below".to_owned(), value(*below));
        }
        if from.is_none() && below.is_none() {
            when.insert("exists".to_owned(), json!(true));
        }
        if *own != 0 {
            all.push((Value::Object(when), *own, reason));
        }
        bin = last + 1;
    }
    all
}

/// Categories of like points are one rule.
fn words(places: &[u32], others: bool, points: &[i32], named: &Named, field: &Field) -> Vec<Rule> {
    let Values::Words { words, yes_no, .. } = &field.values else { return Vec::new() };
    let word = |place: &u32| words.get(*place as usize).map_or("", String::as_str);
    let header = &field.header;
    if *yes_no {
        let each = places.iter().zip(points).filter(|(_, points)| **points != 0);
        let rule = |(place, points): (&u32, &i32)| {
            let yes = boolean::parse(word(place)).ok().flatten() == Some(true);
            (json!({"fact": named.fact, "is": yes}), *points, format!("{header}: {}", if yes { "yes" } else { "no" }))
        };
        return each.map(rule).collect();
    }
    let mut different: Vec<i32> = points.iter().take(places.len()).copied().filter(|points| *points != 0).collect();
    different.sort_unstable_by_key(|points| std::cmp::Reverse(*points));
    different.dedup();
    let mut all: Vec<Rule> = Vec::new();
    for own in different {
        let alike: Vec<&str> =
            places.iter().zip(points).filter(|(_, points)| **points == own).map(|(place, _)| word(place)).collect();
        all.push((json!({"fact": named.fact, "in": alike}), own, format!("{header}: {}", alike.join(", "))));
    }
    if let Some(points) = points.get(places.len()).filter(|points| others && **points != 0) {
        let kept: Vec<&str> = places.iter().map(word).collect();
        let known = json!({"fact": named.fact, "exists": true});
        let when =
            if kept.is_empty() { known } else { json!({"all": [known, {"not": {"fact": named.fact, "in": kept}}]}) };
        all.push((when, *points, format!("{header}: any other")));
    }
    all
}
