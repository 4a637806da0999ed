//! `interlock review`: what waits in a log is listed and answered.
//!
//! Input: a sound log; for answers, the contract in force. Output: the list, or entries at the log's end and the state that
//! the next decision reads. Invariant: everything is read and judged before anything is written; the log is written before
//! the state, so that what is stopped between them is found by `review list` as answered and never written twice.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use interlock_core::audit::filter::{Facet, Filter, named};
use interlock_core::audit::log::Line;
use interlock_core::audit::review::{Answers, Asked, Group, NotGiven, Present, Queue, Said, groups, keep};
use interlock_core::audit::{Entry, EntryKind, Hash, Says};
use interlock_core::record::State;
use interlock_core::text::count;
use interlock_core::time::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use super::audit::{append, sound};
use super::decide::typed;
use crate::Ended;
use crate::arguments::{First, Format, Review, ReviewVerb, Say, Waiting};
use crate::failure::Failure;
use crate::input::{Disk, shown};
use crate::output::{BAD, GOOD, NOTICE, PALE, STRONG, cut, of_verdict, tame};

/// What `review list --format json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Open {
    /// What waits, in order.
    pub open: Vec<OpenEntry>,
    /// How many by rule, most first.
    pub by_rule: Vec<Group>,
    /// How many by workflow.
    pub by_workflow: Vec<Group>,
    /// How many by field.
    pub by_field: Vec<Group>,
    /// How many by who must look.
    pub by_reviewer: Vec<Group>,
}

/// An entry that waits.
#[derive(Debug, Serialize, JsonSchema)]
pub struct OpenEntry {
    /// Its line in the log, from 0.
    pub seq: u64,
    /// What answers name it by.
    pub digest: Hash,
    /// The entry.
    pub entry: Entry,
}

/// What `review answer --format json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answered {
    /// The entries that were appended.
    pub appended: Vec<Entry>,
    /// What could not be answered, and why.
    pub refused: Vec<NotGiven>,
}

/// Does what was asked.
///
/// # Errors
/// When a file cannot be read or written, the log is not sound, or no entry fits.
pub fn run(arguments: &Review, disk: &mut Disk, out: &mut dyn Write) -> Result<Ended, Failure> {
    match &arguments.verb {
        ReviewVerb::List(arguments) => list(arguments, out),
        ReviewVerb::Answer(arguments) => answer(arguments, disk, out),
    }
}

/// What a log has waiting, and those entries besides that are wanted.
fn read(path: &Path, wanted: &dyn Fn(&Hash, &Entry) -> bool) -> Result<(Queue, Vec<Asked<'static>>), Failure> {
    let (mut queue, mut found, mut wrong) = (Queue::default(), Vec::new(), None);
    sound(path, &mut |seq, line| {
        let line: Line<'_> = match serde_json::from_slice(line) {
            Ok(line) => line,
            Err(error) => return wrong = wrong.take().or(Some((seq, error.to_string()))),
        };
        let Some(entry) = line.entry else { return };
        let Ok(digest) = entry.digest() else { return };
        queue.feed(seq, digest, &entry);
        if wanted(&digest, &entry) {
            found.push(Asked { seq, digest, entry: entry.into_owned(), present: Present::NotSaid });
        }
    })?;
    match wrong {
        Some((seq, error)) => Err(Failure::new(
            format!("`{}`, line {}: expected an entry, found {error}", shown(path), seq + 1),
            "read it with the version of Interlock that wrote it",
        )),
        None => Ok((queue, found)),
    }
}

fn list(arguments: &Waiting, out: &mut dyn Write) -> Result<Ended, Failure> {
    let (queue, _) = read(&arguments.log, &|_, _| false)?;
    let open = queue.open(&arguments.looked.filter(), arguments.first == First::Oldest);
    let by = |facet| groups(open.iter().map(|(_, entry)| *entry), facet);
    if arguments.format == Format::Json {
        let all = Open {
            by_rule: by(Facet::Rule),
            by_workflow: by(Facet::Workflow),
            by_field: by(Facet::Field),
            by_reviewer: by(Facet::Reviewer),
            open: open
                .iter()
                .map(|(item, entry)| OpenEntry { seq: item.seq, digest: item.digest, entry: (*entry).clone() })
                .collect(),
        };
        writeln!(out, "{}", serde_json::to_string(&all)?)?;
        return Ok(Ended::Well);
    }
    let reviews = open.iter().filter(|(_, entry)| entry.kind == EntryKind::Review).count();
    let waits = format!(
        "{} for a reviewer, {}",
        count(reviews as u64, "waits", "wait"),
        count((open.len() - reviews) as u64, "suggestion", "suggestions")
    );
    writeln!(out, "{STRONG}{}{STRONG:#}  {PALE}{waits}{PALE:#}", shown(&arguments.log))?;
    for (name, facet) in [("rule", Facet::Rule), ("workflow", Facet::Workflow), ("field", Facet::Field)] {
        let groups = by(facet);
        let words = groups.iter().filter(|group| !group.value.is_empty()).take(5);
        let words: Vec<String> = words.map(|group| format!("{} {}", tame(&group.value), group.open)).collect();
        if !words.is_empty() {
            writeln!(out, "  {PALE}by {name}:{PALE:#} {}", words.join(", "))?;
        }
    }
    for (item, entry) in open.iter().take(arguments.limit) {
        writeln!(out)?;
        write_entry(out, item.digest, entry)?;
    }
    if open.len() > arguments.limit {
        writeln!(out, "\n{} more: `--limit`, or narrow it down", open.len() - arguments.limit)?;
    }
    Ok(Ended::Well)
}

fn write_entry(out: &mut dyn Write, digest: Hash, entry: &Entry) -> Result<(), Failure> {
    let style = entry.verdict.map(of_verdict).unwrap_or_default();
    let field = entry.field.as_ref().map_or_else(String::new, |field| format!(" {}", tame(field.as_str())));
    let value = |value: &str| match value {
        "" => "a blank".to_owned(),
        value => format!("`{}`", cut(&tame(value), 60)),
    };
    let to = if entry.to.is_empty() { String::new() } else { format!(" to {}", value(&entry.to)) };
    writeln!(
        out,
        "{style}{}{style:#}  {}  {}{field}{to}: {} → {}",
        entry.kind.word(),
        tame(&entry.record_key()),
        entry.action.word(),
        value(entry.old.as_deref().unwrap_or_default()),
        value(&entry.new)
    )?;
    for reason in &entry.reasons {
        writeln!(out, "  {}", tame(reason))?;
    }
    let reviewer = entry.reviewer.as_ref().map_or_else(String::new, |who| format!("for {}, ", tame(&named(who))));
    writeln!(out, "  {PALE}{reviewer}since {}  {digest}{PALE:#}", entry.at)?;
    Ok(())
}

fn answer(arguments: &Say, disk: &mut Disk, out: &mut dyn Write) -> Result<Ended, Failure> {
    if arguments.value.is_some() && arguments.says.is_none() {
        return Err(Failure::new(
            "`--value` goes with `--says`",
            "what is to be written instead is said by `--edit VALUE`",
        ));
    }
    let plan = disk.contract(&arguments.contract)?.plan;
    let (says, value) = arguments.said();
    let digests = arguments.entry.iter().map(|text| digest(text)).collect::<Result<Vec<Hash>, Failure>>()?;
    let filter = arguments.looked.filter();
    let narrowed = arguments.all || filter != Filter::default();
    let decides = matches!(says, Says::Accepted | Says::Edited | Says::Rejected);
    let mut state = match &arguments.state {
        Some(path) => Some(typed::<State>(path, &disk.text(path)?)?),
        None => None,
    };
    // What waits is known at the log's end; what is said to other entries is found on the way.
    let (queue, mut asked) = read(&arguments.log, &|digest, entry| {
        digests.contains(digest) || (narrowed && !decides && filter.fits(entry))
    })?;
    if let Some(missing) = digests.iter().find(|digest| !asked.iter().any(|asked| asked.digest == **digest)) {
        let message = format!("`{}` has no entry {missing}", shown(&arguments.log));
        return Err(Failure::new(message, "`interlock review list` gives the digests of what waits"));
    }
    // The same entry written twice has one digest, and one answer: to the last.
    let mut last = std::collections::BTreeMap::new();
    asked.iter().for_each(|asked| _ = last.insert(asked.digest, asked.seq));
    asked.retain(|asked| last.get(&asked.digest) == Some(&asked.seq));
    if narrowed && decides {
        for (item, entry) in queue.open(&filter, false) {
            if !digests.contains(&item.digest) {
                let (seq, digest, entry) = (item.seq, item.digest, entry.clone());
                asked.push(Asked { seq, digest, entry, present: Present::NotSaid });
            }
        }
    }
    if asked.is_empty() {
        let what = if decides { "nothing that waits in" } else { "no entry of" };
        let help = format!("`interlock review list {}` shows what waits", shown(&arguments.log));
        return Err(Failure::new(format!("{what} `{}` fits", shown(&arguments.log)), help));
    }
    if let Some(present) = &arguments.present {
        let [one] = asked.as_mut_slice() else {
            let message = format!("`--present` is of a single entry, and {} fit", asked.len());
            return Err(Failure::new(message, "name one by `--entry`"));
        };
        one.present = if present.is_empty() { Present::Blank } else { Present::Value(present) };
        return given(arguments, &plan, &queue, vec![one.clone()], says, value, state.as_mut(), out);
    }
    given(arguments, &plan, &queue, asked, says, value, state.as_mut(), out)
}

#[expect(clippy::too_many_arguments, reason = "what was read, to be judged and written")]
fn given(
    arguments: &Say,
    plan: &interlock_core::plan::Plan,
    queue: &Queue,
    asked: Vec<Asked<'_>>,
    says: Says,
    value: String,
    state: Option<&mut State>,
    out: &mut dyn Write,
) -> Result<Ended, Failure> {
    let said = Said {
        says,
        by: arguments.by.clone(),
        at: arguments.at.unwrap_or_else(now),
        note: arguments.note.clone(),
        value,
    };
    let mut answers = Answers::default();
    let (_, refused) = answers.give(Some(plan), queue, asked, &said);
    let entries: Vec<Entry> = answers.given().iter().map(|given| given.entry.clone()).collect();
    let mut words = Vec::new();
    if !entries.is_empty() {
        append::add(&arguments.log, None, None, &entries, &mut words)?;
    }
    if let (Some(state), Some(path)) = (state, &arguments.state) {
        for given in answers.given() {
            keep(plan, &given.asked, &given.entry, state);
        }
        let text = serde_json::to_string_pretty(state)? + "\n";
        replace(path, &text)?;
    }
    let ended = if refused.is_empty() { Ended::Well } else { Ended::WithFindings };
    if arguments.format == Format::Json {
        writeln!(out, "{}", serde_json::to_string(&Answered { appended: entries, refused })?)?;
        return Ok(ended);
    }
    if !entries.is_empty() {
        let many = count(entries.len() as u64, "entry", "entries");
        writeln!(out, "{GOOD}✓{GOOD:#} {many}: {} by {}", says.word().replace('_', " "), tame(&arguments.by))?;
        out.write_all(&words)?;
    }
    for not in &refused {
        writeln!(out, "{BAD}✗{BAD:#} {}, line number {}: {}", tame(&not.record), not.seq, tame(&not.message))?;
        writeln!(out, "  {NOTICE}help{NOTICE:#}: {}  {PALE}{}{PALE:#}", not.help, not.to)?;
    }
    if let Some(path) = arguments.state.as_ref().filter(|_| !entries.is_empty()) {
        writeln!(out, "what follows for later decisions is in `{}`", shown(path))?;
    }
    Ok(ended)
}

fn digest(text: &str) -> Result<Hash, Failure> {
    Hash::parse(text).ok_or_else(|| {
        let message = format!("`{}` is no digest of an entry", tame(text));
        Failure::new(message, "write `sha256:` and 64 lower-case digits, as `interlock review list` gives them")
    })
}

/// Puts a text in a file's place, so that the file is the one or the other whenever it stops.
fn replace(path: &Path, text: &str) -> Result<(), Failure> {
    let beside = path.with_extension("new");
    fs::write(&beside, text).and_then(|()| fs::rename(&beside, path)).map_err(|error| {
        Failure::new(format!("cannot write `{}`: {error}", shown(path)), "name a file you may write to")
    })
}

fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_seconds(i64::try_from(since.as_secs()).unwrap_or_default())
}
