//! Which kind of record a file holds.
//!
//! Input: its headers, and what the caller says of it. Output: the kind and the layout that explains the headers best,
//! with a note that says so; or an error when no header is known, or when the headers fit several kinds alike. What the
//! caller says holds; a doubt is a note.

use super::Options;
use super::error::{ReadError, shown_list};
use super::layout::{Headers, is_id_of, key, own_name, serves};
use crate::map::Map;
use crate::record::{Object, TableNote};

/// What a file was recognised as.
#[derive(Clone, Copy)]
pub(super) struct Recognised {
    pub(super) object: Object,
    /// The layout that explains its headers best.
    pub(super) layout: Option<usize>,
}

impl Headers<'_> {
    /// How well a layout explains the headers: a header that only one kind of record has counts twice.
    fn score(&self, layout: usize, headers: &[String]) -> usize {
        let object = self.layouts[layout].object;
        let one = |header: &String| {
            let places = self.places.get(&key(header));
            if places.iter().any(|(at, _)| *at == layout) {
                let only = places.iter().all(|(at, _)| self.layouts[*at].object == object);
                return if only { 2 } else { 1 };
            }
            match own_name(header, object) {
                // `Owner.Name` is how Salesforce and Zoho write the owner of another record; `owner.name` is ours.
                Some((_, true)) if header.trim().starts_with(object.word()) => 2,
                Some(_) => 1,
                None => usize::from(self.custom(header, object).is_some()),
            }
        };
        let different: Map<_, _> = headers.iter().map(|header| (key(header), header)).collect();
        different.into_values().map(one).sum()
    }

    /// What kind of record the headers belong to, with a note that says so; none where any file is welcome.
    pub(super) fn look(
        &self,
        file: &str,
        headers: &[String],
        options: &Options<'_>,
        notes: &mut Vec<TableNote>,
    ) -> Result<Option<Recognised>, ReadError> {
        match self.recognise(file, headers, options.object) {
            Ok((recognised, note)) => {
                notes.push(note);
                Ok(Some(recognised))
            }
            Err(_) if options.any => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// What kind of record the headers belong to.
    pub(super) fn recognise(
        &self,
        file: &str,
        headers: &[String],
        asked: Option<Object>,
    ) -> Result<(Recognised, TableNote), ReadError> {
        let scores: Vec<_> = (0..self.layouts.len()).map(|at| self.score(at, headers)).collect();
        let best_of = |fits: &dyn Fn(Object) -> bool| {
            let fitting = (0..scores.len()).filter(|at| fits(self.layouts[*at].object));
            // The first of equals, so that the order of the layouts decides and not that of the file.
            fitting.rev().max_by_key(|at| scores[*at]).filter(|at| scores[*at] > 0)
        };
        let Some(best) = best_of(&|_| true) else {
            return Err(no_known_column(file, headers));
        };
        let Some(object) = asked else {
            let equal = |object: Object| best_of(&|other| other == object).filter(|at| scores[*at] == scores[best]);
            let equals: Vec<_> = Object::ALL.into_iter().filter_map(equal).collect();
            // Of equals, the one whose own id the file has; other ids may be references.
            let ids: Vec<_> =
                Object::ALL.into_iter().filter(|object| headers.iter().any(|h| is_id_of(h, *object))).collect();
            let by_id = equals.iter().copied().find(|at| ids == [self.layouts[*at].object]);
            return match (equals.as_slice(), by_id) {
                (&[layout], _) | (_, Some(layout)) => {
                    let object = self.layouts[layout].object;
                    Ok((Recognised { object, layout: Some(layout) }, self.note(object, layout)))
                }
                _ => Err(ambiguous(file, headers, equals.iter().map(|at| self.layouts[*at].object))),
            };
        };
        let same = best_of(&|other| other == object);
        let pair = best_of(&|other| serves(other, object));
        let layout = match (same, pair) {
            (Some(same), Some(pair)) if scores[same] >= scores[pair] => Some(same),
            (_, pair) => pair,
        };
        let note = match layout {
            None => return Err(no_known_column(file, headers)),
            Some(layout) if scores[best] > 2 * scores[layout] => TableNote {
                code: "other-object",
                message: format!(
                    "read as {} as asked, but the headers look like {}",
                    plural(object),
                    plural(self.layouts[best].object)
                ),
                help: Some(format!("if the file holds {}, load it as such", plural(self.layouts[best].object))),
            },
            Some(layout) => self.note(object, layout),
        };
        Ok((Recognised { object, layout }, note))
    }

    fn note(&self, object: Object, layout: usize) -> TableNote {
        TableNote {
            code: "recognised",
            message: format!("read as {}; the headers are {}'s", plural(object), self.layouts[layout].system),
            help: None,
        }
    }
}

/// The word for several records of a kind.
pub(super) const fn plural(object: Object) -> &'static str {
    match object {
        Object::Lead => "leads",
        Object::Contact => "contacts",
        Object::Account => "accounts",
        Object::Opportunity => "opportunities",
        Object::Activity => "activities",
        Object::Owner => "owners",
    }
}

fn seen(headers: &[String]) -> String {
    shown_list(headers.iter().map(String::as_str))
}

fn no_known_column(file: &str, headers: &[String]) -> ReadError {
    ReadError::new(
        file,
        "at least one known column, such as `Email`, `Company`, `First Name`, `Record ID` or `lead.email`",
        seen(headers),
        "the first line must hold the column names of HubSpot, Salesforce, Pipedrive or Zoho, or field names such as \
         `lead.email`; rename the columns or export again",
    )
    .at(1)
}

fn ambiguous(file: &str, headers: &[String], objects: impl Iterator<Item = Object> + Clone) -> ReadError {
    let kinds: Vec<_> = objects.clone().map(plural).collect();
    let words: Vec<_> = objects.map(|object| format!("`{object}`")).collect();
    ReadError::new(
        file,
        "columns of one kind of record",
        format!("columns that {} have alike: {}", kinds.join(" and "), seen(headers)),
        format!("say which the file holds: {}", words.join(" or ")),
    )
    .at(1)
}
