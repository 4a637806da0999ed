//! What was said and done before, for whoever prepares a meeting.
//!
//! Input: the activities with the person and at the company, up to now; fields of one's own. Output: statements `history`,
//! `notes`, `pain` and `objections`, the most recent first. Invariant: what was recorded is quoted and never paraphrased;
//! what is cut off or left out is said.

use std::cmp::Reverse;

use super::statement::{Evidence, Stated, day, named, reference, shown};
use crate::contract::{Meeting, Recorded};
use crate::crm::comparable;
use crate::decide::touches;
use crate::normal::fold;
use crate::order;
use crate::record::{AccountField, ActivityField, Cell, Record, Value};
use crate::time::Timestamp;

/// How many characters of a subject and of a note are quoted.
const SHORT: usize = 120;
const LONG: usize = 600;
/// How many of those that are only counted are named as evidence.
const NAMED: usize = 20;

type Entry = (String, Evidence);

/// States what was recorded.
pub(super) fn history(stated: &mut Stated<'_, '_>) {
    let facts = stated.facts;
    let Some(handoff) = &facts.plan().contract.handoff else { return };
    let usual;
    let meeting = if let Some(meeting) = &handoff.meeting {
        meeting
    } else {
        usual = Meeting::usual();
        &usual
    };
    let account = facts.matched.and_then(|matched| matched.account_record(facts.crm()));
    let account = account.and_then(|account| account.text(AccountField::Id.slot())).map(comparable);
    let about = facts.crm().activities_about(&touches::names(facts), account);
    let mut past: Vec<(Option<Timestamp>, &Record<'_>)> =
        about.into_iter().map(|activity| (time_of(activity), activity)).collect();
    past.retain(|(at, _)| at.is_none_or(|at| at <= facts.as_of()));
    order::sort_by_key(&mut past, |(at, _)| Reverse(*at));

    let (mut all, mut notes) = (Vec::new(), Vec::new());
    let (mut pain, mut objections) = (fields(stated, &meeting.pain), fields(stated, &meeting.objections));
    for (at, activity) in past {
        let when = at.map_or_else(|| "no date".to_owned(), |at| day(&at.to_string()));
        let what = activity.text(ActivityField::Type.slot()).unwrap_or("activity");
        let owner = activity.text(ActivityField::Owner.slot());
        let by = owner.map(|owner| format!(", {}", facts.crm().owner_name(&facts.crm().owner_id(owner))));
        let head = format!("{when}, {what}{}", by.unwrap_or_default());
        let (subject, body) = (activity.text(ActivityField::Subject.slot()), activity.text(ActivityField::Body.slot()));
        let entry = |text: Option<&str>, most: usize, field: &str| {
            let said = text.map(|text| format!(": {}", quoted(text, most))).unwrap_or_default();
            (format!("{head}{said}"), Evidence::of(reference(activity), field))
        };
        all.push(match (subject, body) {
            (None, Some(body)) => entry(Some(body), SHORT, "activity.body"),
            (subject, _) => entry(subject, SHORT, "activity.subject"),
        });
        let Some(body) = body.filter(|_| is_note(what)) else { continue };
        notes.push(entry(Some(body), LONG, "activity.body"));
        for line in body.lines() {
            for (kind, said) in labelled(line, meeting) {
                let found = if kind == 0 { &mut pain } else { &mut objections };
                found.push(entry(Some(said), LONG, "activity.body"));
            }
        }
    }
    let most = usize::try_from(meeting.at_most).unwrap_or(usize::MAX);
    for (says, entries) in [("history", all), ("notes", notes), ("pain", pain), ("objections", objections)] {
        list(stated, says, entries, most);
    }
}

/// What fields of one's own hold.
fn fields(stated: &Stated<'_, '_>, recorded: &Recorded) -> Vec<Entry> {
    let facts = stated.facts;
    let entry = |field: &crate::id::FieldName| {
        let fact = named(facts.plan(), field.as_str())?;
        let text = shown(facts, fact, facts.read(fact))?;
        Some((quoted(&text, LONG), stated.evidence(field.as_str(), fact)))
    };
    recorded.fields.iter().filter_map(entry).collect()
}

/// States so many, and how many more there are.
fn list(stated: &mut Stated<'_, '_>, says: &str, entries: Vec<Entry>, most: usize) {
    let more = entries.len().saturating_sub(most);
    let mut rest = entries.into_iter();
    for (text, evidence) in rest.by_ref().take(most) {
        stated.say(says, &text, vec![evidence]);
    }
    let unnamed: Vec<Evidence> = rest.take(NAMED).map(|(_, evidence)| evidence).collect();
    stated.say(says, &format!("and {more} more"), unnamed);
}

fn time_of(activity: &Record<'_>) -> Option<Timestamp> {
    match activity.cell(ActivityField::At.slot()) {
        Cell::Known(Value::Time(at)) => Some(*at),
        _ => None,
    }
}

/// Whether what an activity holds is a person's note of what was said: messages and tasks are none.
fn is_note(kind: &str) -> bool {
    let kind = fold::fold(kind);
    !["mail", "task"].iter().any(|word| kind.contains(word))
}

/// What a line says under a label, 0 for pain and 1 for objections. A label stands before a colon, where the line or a
/// sentence begins, and what it labels goes on to the next one or to the end of the line.
fn labelled<'t>(line: &'t str, meeting: &Meeting) -> Vec<(usize, &'t str)> {
    let kinds = [&meeting.pain, &meeting.objections];
    // Where each begins, where its words do, and which it is.
    let mut starts: Vec<(usize, usize, usize)> = Vec::new();
    let mut at = 0;
    for sentence in line.split_inclusive(['.', '!', '?', ';', '"']) {
        if let Some((label, _)) = sentence.split_once(':') {
            let known = |recorded: &&Recorded| recorded.labels.iter().any(|known| fold::eq_folded(known, label));
            if let Some(kind) = kinds.iter().position(known) {
                starts.push((at, at + label.len() + 1, kind));
            }
        }
        at += sentence.len();
    }
    let ends = starts.iter().skip(1).map(|(start, ..)| *start).chain([line.len()]);
    let all = starts.iter().zip(ends).map(|((_, from, kind), end)| (*kind, line.get(*from..end).unwrap_or_default()));
    all.filter(|(_, said)| !fold::is_blank(said)).collect()
}

/// In quotation marks, and with an ellipsis where it is cut off.
fn quoted(text: &str, most: usize) -> String {
    let text = fold::trim(text);
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("\"{} …\"", text.get(..end).unwrap_or(text)),
        None => format!("\"{text}\""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expect: &[(usize, &str)]) {
        let found = labelled(line, &Meeting::usual());
        let found: Vec<_> = found.into_iter().map(|(kind, said)| (kind, said.trim())).collect();
        assert_eq!(found, expect, "{line}");
    }

    #[test]
    fn a_label_stands_where_a_sentence_begins() {
        check("Pain: leads wait. Nobody calls.", &[(0, "leads wait. Nobody calls.")]);
        check(
            "Pain: cold lists. Objection: \"yet another tool\". PAIN POINTS: none",
            &[(0, "cold lists."), (1, "\"yet another tool\"."), (0, "none")],
        );
        check("No pain: all is well", &[]);
        check("Objections:   ", &[]);
        check("They feel pain", &[]);
        check("", &[]);
    }
}
