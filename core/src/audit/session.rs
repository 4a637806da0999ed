//! A log, a contract and answers, kept between questions: what the worker of the audit pages holds.
//!
//! Input: the pieces of a log, the text of a contract, questions. Output: pages, entries, proofs, answers to append. Invariant:
//! answers are a list until they are taken along as a file; a log that was opened anew leaves none of the one before.

use std::fmt::Write;

use serde::{Deserialize, Serialize};

use super::explore::{Found, Opened, Page, Query, Seen};
use super::filter::{Facet, Filter, named};
use super::log::Head;
use super::metrics::report::Weekly;
use super::metrics::{Given, Metrics, Standing, Tally, Week};
use super::proof::Proof;
use super::review::{Answers, Asked, Group, NotGiven, Present, Said, groups};
use super::trail::{MOST_HELD, Trail};
use super::verify::Report;
use super::{Entry, Hash, Says};
use crate::check::check_text;
use crate::crm::write_csv;
use crate::json::{Decode, text};
use crate::plan::Plan;
use crate::session::CheckReport;
use crate::time::Timestamp;

/// What is kept between questions.
#[derive(Debug, Default)]
pub struct Session {
    trail: Trail,
    /// A log that is being read.
    coming: Option<Trail>,
    found: Found,
    plan: Option<Plan>,
    answers: Answers,
    standing: Option<Standing>,
}

/// What became of a log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
pub struct Read {
    /// What verifying it found.
    pub report: Report,
    /// How many entries are held.
    pub held: u64,
    /// How many came before these and are not held.
    pub let_go: u64,
    /// How many lines hold an entry that cannot be read.
    pub unread: u64,
    /// How many entries wait for a person.
    pub open: u64,
}

/// Which of what waits is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[serde(deny_unknown_fields, default)]
pub struct Wanted {
    /// What must fit.
    pub filter: Filter,
    /// The oldest first, and not the most severe.
    pub oldest: bool,
    /// By which facet to count.
    pub by: String,
    /// How many to pass over.
    pub from: u32,
    /// How many to give.
    pub limit: u32,
}

/// What waits for a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
pub struct Waiting {
    /// How many fit.
    pub total: u32,
    /// How many wait at all.
    pub open: u32,
    /// This part of them.
    pub rows: Vec<Seen>,
    /// How many there are by the facet, whatever the filter says of it.
    pub groups: Vec<Group>,
}

/// What is said, and to which entries.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[serde(deny_unknown_fields, default)]
pub struct Saying {
    /// `accepted`, `edited`, `rejected` or another word of [`Says`].
    pub says: String,
    /// To these entries, by digest.
    pub to: Vec<String>,
    /// Or to everything that waits and fits.
    pub fits: Option<Filter>,
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub note: String,
    /// What is to be written, whose it is, which was missing.
    pub value: String,
}

/// What came of saying it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
pub struct Outcome {
    /// How many entries have an answer now.
    pub given: u64,
    /// Those that have none, and why.
    pub refused: Vec<NotGiven>,
}

/// An answer that is not written yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
pub struct Draft {
    /// The line of what is answered.
    pub seq: u64,
    /// Its digest.
    pub to: Hash,
    /// The entry to append.
    pub entry: Entry,
}

/// Why a question has no answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trouble {
    /// What is so.
    pub message: String,
    /// What can be done.
    pub help: &'static str,
}

fn trouble(message: impl Into<String>, help: &'static str) -> Trouble {
    Trouble { message: message.into(), help }
}

impl Session {
    /// Begins to read a log; where it is not to be held, it is verified and nothing else.
    pub fn open(&mut self, head: Option<Head>, hold: bool) {
        self.coming = Some(Trail::new(head, if hold { MOST_HELD } else { 0 }));
    }

    /// Reads on.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.coming.get_or_insert_default().feed(bytes);
    }

    /// The log has ended, and takes the place of the one before.
    ///
    /// # Errors
    /// When it is none: the one before is kept, with what was answered.
    pub fn end(&mut self) -> Result<Read, Trouble> {
        let mut trail = self.coming.take().unwrap_or_default();
        let report = trail.end().clone();
        if report.head.is_none() && trail.held() == (0, 0, 0) {
            let fault = report.faults.first();
            let found = fault.map_or_else(String::new, |fault| {
                format!(": line {}: expected {}, found {}", fault.line, fault.expected, fault.found)
            });
            return Err(trouble(
                format!("this is no audit log{found}"),
                "choose a file that `interlock audit append` wrote (JSON Lines)",
            ));
        }
        (self.trail, self.found, self.answers) = (trail, Found::default(), Answers::default());
        let (held, let_go, unread) = self.trail.held();
        Ok(Read { report, held, let_go, unread, open: self.trail.queue().len() as u64 })
    }

    /// The log.
    #[must_use]
    pub const fn trail(&self) -> &Trail {
        &self.trail
    }

    /// The contract in force, where one was set that can be used.
    #[must_use]
    pub const fn plan(&self) -> Option<&Plan> {
        self.plan.as_ref()
    }

    /// Sets the contract in force.
    pub fn set_contract(&mut self, text: &str) -> CheckReport {
        let checked = check_text(text);
        let report = CheckReport::from(&checked);
        self.plan = checked.plan;
        report
    }

    /// A page of the log.
    ///
    /// # Errors
    /// When it is to be narrowed down by what entries have not.
    pub fn page(&mut self, query: &Query) -> Result<Page, Trouble> {
        known(&query.filter)?;
        Ok(self.found.page(&self.trail, query))
    }

    /// An entry with all that belongs to it.
    ///
    /// # Errors
    /// When no entry of that line is held.
    pub fn entry(&self, seq: u64) -> Result<Opened, Trouble> {
        let none = || trouble(format!("no entry of line {seq} is held"), "choose one of the list");
        self.trail.open(seq).ok_or_else(none)
    }

    /// The proof of one entry.
    ///
    /// # Errors
    /// When the log is not sound, or no such line is held.
    pub fn proof(&self, seq: u64) -> Result<Proof, Trouble> {
        let help = "`interlock audit prove` proves any line of a log that is sound";
        self.trail.prove(seq).ok_or_else(|| trouble("nothing of this log can be proved", help))
    }

    /// By how many lines the log has grown since a head was kept of it.
    ///
    /// # Errors
    /// When it is not the log that the head is of.
    pub fn check_head(&self, head: &Head) -> Result<u64, Trouble> {
        let help =
            "the log was cut, or written anew, or it is another log: compare with the copy where the head was kept";
        self.trail.begins_as(head).map_err(|message| trouble(message, help))
    }

    /// A part of what waits.
    ///
    /// # Errors
    /// When it is to be narrowed down by what entries have not.
    pub fn waiting(&self, wanted: &Wanted) -> Result<Waiting, Trouble> {
        known(&wanted.filter)?;
        let facet = Facet::parse(&wanted.by).unwrap_or(Facet::Rule);
        let mut others = wanted.filter.clone();
        others.has.remove(facet.word());
        let open = self.trail.queue().open(&others, wanted.oldest);
        let open: Vec<_> = open.into_iter().filter(|(item, _)| !self.answers.has(&item.digest)).collect();
        let groups = groups(open.iter().map(|(_, entry)| *entry), facet);
        let fits: Vec<_> = open.iter().filter(|(_, entry)| wanted.filter.fits(entry)).collect();
        let page = fits.iter().skip(wanted.from as usize).take(wanted.limit as usize);
        let rows = page.map(|(item, entry)| Seen {
            seq: item.seq,
            digest: item.digest,
            entry: (*entry).clone(),
            answers: Vec::new(),
        });
        let all = self.trail.queue().len().saturating_sub(self.decided());
        Ok(Waiting { total: small(fits.len()), open: small(all), rows: rows.collect(), groups })
    }

    fn decided(&self) -> usize {
        let decides = |says| matches!(says, Says::Accepted | Says::Edited | Says::Rejected);
        self.answers
            .given()
            .iter()
            .filter(|given| given.entry.answer.as_ref().is_some_and(|answer| decides(answer.says)))
            .count()
    }

    /// Answers some entries.
    ///
    /// # Errors
    /// When the words cannot be read, or there is nothing to answer.
    pub fn say(&mut self, saying: &Saying) -> Result<Outcome, Trouble> {
        let says = Says::parse(&saying.says)
            .ok_or_else(|| trouble(format!("nobody says `{}`", saying.says), "`accepted`, `edited`, `rejected` …"))?;
        let mut asked = Vec::new();
        for digest in &saying.to {
            let digest = Hash::parse(digest)
                .ok_or_else(|| trouble(format!("`{digest}` is no digest"), "choose an entry of the list"))?;
            let waits = self.trail.queue().find(&digest).and_then(|item| Some((item.seq, item.entry()?.clone())));
            let (seq, entry) = waits
                .or_else(|| self.trail.find(&digest))
                .ok_or_else(|| trouble("this entry is not held", "`interlock review answer` reads the whole log"))?;
            asked.push(Asked { seq, digest, entry, present: Present::NotSaid });
        }
        if let Some(filter) = &saying.fits {
            known(filter)?;
            let open = self.trail.queue().open(filter, false);
            let open = open.into_iter().filter(|(item, _)| !self.answers.has(&item.digest));
            asked.extend(open.map(|(item, entry)| Asked {
                seq: item.seq,
                digest: item.digest,
                entry: entry.clone(),
                present: Present::NotSaid,
            }));
        }
        if asked.is_empty() {
            return Err(trouble("there is nothing to answer", "choose an entry, or widen the filter"));
        }
        let (by, note, value) = (saying.by.clone(), saying.note.clone(), saying.value.clone());
        let said = Said { says, by, at: saying.at, note, value };
        let (given, refused) = self.answers.give(self.plan.as_ref(), self.trail.queue(), asked, &said);
        Ok(Outcome { given: given as u64, refused })
    }

    /// Takes back what was said last; gives how many answers that were.
    pub fn undo(&mut self) -> u64 {
        self.answers.undo() as u64
    }

    /// Takes back what was said to one entry.
    pub fn take_back(&mut self, digest: &str) -> bool {
        Hash::parse(digest).is_some_and(|digest| self.answers.take_back(&digest))
    }

    /// The answers that are not written yet.
    #[must_use]
    pub fn answers(&self) -> Vec<Draft> {
        let draft = |given: &super::review::Given| Draft { seq: given.seq, to: given.to, entry: given.entry.clone() };
        self.answers.given().iter().map(draft).collect()
    }

    /// The answers as lines that `interlock audit append` reads.
    #[must_use]
    pub fn lines(&self) -> String {
        lines(self.answers.given().iter().map(|given| &given.entry))
    }

    /// They were taken along.
    pub fn written(&mut self) {
        self.answers.clear();
    }

    /// Everything that fits the last question, as a text: `jsonl` (entries, a line each) or `csv`.
    ///
    /// # Errors
    /// When there is no such form, or nothing was asked for.
    pub fn export(&mut self, filter: &Filter, form: &str) -> Result<String, Trouble> {
        self.page(&Query { filter: filter.clone(), ..Query::default() })?;
        let all = self.found.each(&self.trail);
        match form {
            "jsonl" => Ok(all.map(|seen| text(&seen.entry) + "\n").collect()),
            "csv" => Ok(write_csv(&COLUMNS, all.map(|seen| cells(&seen)))),
            _ => Err(trouble(format!("there is no form `{form}`"), "`jsonl` or `csv`")),
        }
    }

    /// How well it works, by the entries that are held and the contract in force.
    #[must_use]
    pub fn metrics(&self) -> Metrics {
        let mut tally = Tally::new(None, None);
        self.trail.entries().for_each(|(.., entry)| tally.add(&entry));
        tally.finish(self.given())
    }

    /// The review of a week, `2026-W47`, of a log called so: as `html` or `md`.
    ///
    /// # Errors
    /// When there is no such week or form.
    pub fn weekly(&self, week: &str, name: &str, form: &str) -> Result<String, Trouble> {
        let of = Week::parse(week).ok_or_else(|| trouble(format!("`{week}` is no week"), "one such as `2026-W47`"))?;
        let mut weekly = Weekly::new(of);
        self.trail.entries().for_each(|(.., entry)| weekly.add(&entry));
        let review = weekly.finish(name, self.given());
        match form {
            "html" => Ok(review.html()),
            "md" => Ok(review.markdown()),
            _ => Err(trouble(format!("there is no form `{form}`"), "`html` or `md`")),
        }
    }

    /// Sets how the CRM stands, where that is known.
    pub fn set_standing(&mut self, standing: Option<Standing>) {
        self.standing = standing;
    }

    fn given(&self) -> Given<'_> {
        let contract = self.plan.as_ref().map(|plan| &**plan.contract());
        Given { contract, standing: self.standing.as_ref(), ..Given::default() }
    }
}

fn lines<'e>(entries: impl Iterator<Item = &'e Entry>) -> String {
    entries.map(|entry| text(entry) + "\n").collect()
}

fn small(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}

fn known(filter: &Filter) -> Result<(), Trouble> {
    match filter.unknown() {
        Some(word) => {
            Err(trouble(format!("entries have no `{word}`"), "one of kind, verdict, workflow, rule, field …"))
        }
        None => Ok(()),
    }
}

const COLUMNS: [&str; 28] = [
    "line",
    "at",
    "kind",
    "object",
    "record",
    "action",
    "field",
    "to",
    "old",
    "new",
    "workflow",
    "workflow_version",
    "agent",
    "trigger",
    "event",
    "source",
    "confidence",
    "actor",
    "verdict",
    "reasons",
    "codes",
    "rules",
    "owner",
    "reviewer",
    "answer",
    "answer_by",
    "answer_note",
    "digest",
];

fn cells(seen: &Seen) -> [String; COLUMNS.len()] {
    let entry = &seen.entry;
    let one = |facet: Facet| {
        let mut all = String::new();
        facet.of(entry, &mut |value| {
            let _ = write!(all, "{}{value}", if all.is_empty() { "" } else { "; " });
        });
        all
    };
    let said = |read: fn(&super::Answer) -> String| entry.answer.as_ref().map_or_else(String::new, read);
    [
        seen.seq.to_string(),
        entry.at.to_string(),
        one(Facet::Kind),
        entry.object.word().to_owned(),
        entry.record.to_string(),
        one(Facet::Action),
        one(Facet::Field),
        entry.to.clone(),
        entry.old.clone().unwrap_or_default(),
        entry.new.clone(),
        one(Facet::Workflow),
        entry.workflow_version.clone().unwrap_or_default(),
        one(Facet::Agent),
        entry.trigger.word().to_owned(),
        entry.event.to_string(),
        one(Facet::Source),
        entry.confidence.map_or_else(String::new, |confidence| confidence.get().to_string()),
        one(Facet::Actor),
        one(Facet::Verdict),
        entry.reasons.join("; "),
        one(Facet::Code),
        one(Facet::Rule),
        one(Facet::Owner),
        entry.reviewer.as_ref().map_or_else(String::new, |reviewer| named(reviewer).into_owned()),
        one(Facet::Says),
        said(|answer| answer.by.clone()),
        said(|answer| answer.note.clone()),
        seen.digest.to_string(),
    ]
}
