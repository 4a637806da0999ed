//! Audit entries as agents, people and systems leave them, and logs of them: the same for the same seed.

use std::borrow::Cow;
use std::path::Path;

use anyhow::Context;
use interlock_core::audit::log::{Head, ROOT_EVERY, Writer};
use interlock_core::audit::verify::Verifier;
use interlock_core::audit::{Actor, Answer, ENGINE, Entry, EntryKind, Hash, Says};
use interlock_core::contract::{ActionKind, EventKind, Reviewer, Verdict};
use interlock_core::id::{AgentId, EventId, FieldName, OwnerId, QueueId, RecordId, RuleId, SourceId, WorkflowId};
use interlock_core::json::CanonicalError;
use interlock_core::record::Object;
use interlock_core::scale::Confidence;
use interlock_core::time::Timestamp;

use crate::random::Random;
use crate::rate::{print, rate};

/// 2026-01-05, a Monday.
const BEGIN: i64 = 1_767_571_200;

/// Values as they stand in CRMs, and as nobody would wish them.
const VALUES: [&str; 12] = [
    "SaaS",
    "Möbel & Söhne",
    "北京",
    "say \"hi\"\\",
    "two\nlines\tand a tab",
    "\u{1}\u{1f}\u{7f}",
    "😀",
    "",
    "+49 30 1234567",
    "2026-02-03",
    "=HYPERLINK(1)",
    "a value that is rather long, as notes and summaries are, so that lines differ in length",
];
const FIELDS: [&str; 5] = ["lead.industry", "lead.fit", "lead.timeline", "account.domain", "lead.owner"];
const WORKFLOWS: [&str; 3] = ["inbound-lead-qualification", "hot-lead-routing", "follow-up"];

/// One entry.
#[must_use]
pub fn entry(seed: u64) -> Entry {
    let mut random = Random::new(seed.wrapping_mul(0x0123_4567_89ab_cdef));
    let random = &mut random;
    let (kind, verdict, actor) = *random.of(&[
        (EntryKind::Change, Some(Verdict::Auto), Some(Actor::Ai)),
        (EntryKind::Change, Some(Verdict::Suggest), Some(Actor::HumanApprovedAi)),
        (EntryKind::Suggestion, Some(Verdict::Suggest), Some(Actor::Ai)),
        (EntryKind::Review, Some(Verdict::Review), Some(Actor::Ai)),
        (EntryKind::Block, Some(Verdict::Block), Some(Actor::Ai)),
        (EntryKind::Observed, None, None),
        (EntryKind::Correction, Some(Verdict::Suggest), Some(Actor::HumanApprovedAi)),
        (EntryKind::Rollback, None, Some(Actor::Human)),
    ]);
    let id = random.below(400);
    Entry {
        kind,
        object: *random.of(&[Object::Lead, Object::Contact, Object::Account]),
        record: RecordId::from(format!("00Q{id:05}")),
        workflow: verdict.map(|_| WorkflowId::from(*random.of(&WORKFLOWS))),
        workflow_version: verdict.map(|_| format!("1.{}.0", random.below(3))),
        agent: verdict.map(|_| AgentId::from("alim")),
        event: EventId::from(format!("e{seed}")),
        trigger: *random.of(&[EventKind::LeadCaptured, EventKind::FormSubmitted, EventKind::RecordUpdated]),
        action: *random.of(&[ActionKind::UpdateField, ActionKind::UpdateField, ActionKind::Assign]),
        field: (random.below(4) > 0).then(|| FieldName::from(*random.of(&FIELDS))),
        to: if random.below(5) == 0 { (*random.of(&VALUES)).to_owned() } else { String::new() },
        old: (random.below(3) > 0).then(|| (*random.of(&VALUES)).to_owned()),
        new: (*random.of(&VALUES)).to_owned(),
        source: (random.below(2) > 0).then(|| SourceId::from(*random.of(&["web-form", "clearview", "call-notes"]))),
        confidence: (random.below(2) > 0)
            .then(|| Confidence::per_mille(u16::try_from(random.below(1001)).unwrap_or(1000)))
            .flatten(),
        at: Timestamp::from_seconds(BEGIN + i64::try_from(seed).unwrap_or(0) * 60),
        actor,
        verdict,
        reasons: (0..random.below(3)).map(|_| (*random.of(&VALUES)).to_owned()).collect(),
        codes: Vec::new(),
        rules: (random.below(3) == 0).then(|| RuleId::from("dach")).into_iter().collect(),
        owner: (random.below(2) > 0).then(|| OwnerId::from("005A")),
        due: None,
        reviewer: (kind == EntryKind::Review).then(|| Reviewer::Queue(QueueId::from("revops-review"))),
        human_verified: random.below(2) > 0,
        answer: (kind == EntryKind::Rollback).then(|| Answer {
            to: Hash::of(b"an entry"),
            says: Says::RolledBack,
            by: "ann@example.com".to_owned(),
            note: (*random.of(&VALUES)).to_owned(),
        }),
        contract: format!("sha256:{:064x}", random.below(3)),
        engine: Cow::Borrowed(ENGINE),
    }
}

/// A log of so many entries with a root after every so many lines, and its head.
///
/// # Errors
/// When an entry has no canonical form, which those here have.
pub fn log_of(entries: usize, every: u64, seed: u64) -> Result<(String, Head), CanonicalError> {
    let (writer, mut text) = Writer::begin("trail", Timestamp::from_seconds(BEGIN))?;
    let mut writer = writer.with_root_every(every);
    for place in 0..entries as u64 {
        let entry = entry(seed.wrapping_mul(1_000_003).wrapping_add(place) % 1_000_000_000);
        text.push_str(&writer.append(&entry, None)?);
    }
    Ok((text, writer.head()))
}

/// The entries of the log that is verified for its speed.
const ENTRIES: usize = 1_000_000;

/// Writes that log into a file, for the browser.
///
/// # Errors
/// When it cannot be written.
pub fn write(to: &Path) -> anyhow::Result<()> {
    let (text, _) = log_of(ENTRIES, ROOT_EVERY, 1)?;
    std::fs::write(to, text).with_context(|| format!("cannot write `{}`", to.display()))
}

/// Verifies a log of a million entries, beside hashing the same bytes.
///
/// # Errors
/// When the log cannot be written, or is not sound.
pub fn bench() -> anyhow::Result<()> {
    const PIECE: usize = 1 << 20;
    let (text, head) = log_of(ENTRIES, ROOT_EVERY, 1)?;
    print(&format!(
        "\naudit: a log of {ENTRIES} entries, {} MB, in pieces of 1 MiB; repeat: cargo xtask bench audit",
        text.len() / 1_000_000
    ));
    let plain = rate("SHA-256 of the same bytes", ENTRIES, None, || Hash::of(text.as_bytes()));
    let verify = || {
        let mut verifier = Verifier::new(Some(head.clone()));
        text.as_bytes().chunks(PIECE).for_each(|piece| verifier.feed(piece));
        verifier.end()
    };
    rate("verified", ENTRIES, Some(plain), verify);
    let report = verify();
    anyhow::ensure!(report.is_sound() && report.entries == ENTRIES as u64, "the log is not sound: {:?}", report.faults);
    Ok(())
}
