//! The demo's log is sound, the same everywhere, and has in it what the audit pages show.
#![allow(clippy::unwrap_used, missing_docs)]

use interlock_core::audit::trail::Trail;
use interlock_core::audit::{EntryKind, Says};
use interlock_demo::{trail, workspace};

#[test]
fn the_log_is_sound_and_has_something_of_everything() {
    let demo = workspace();
    let file = trail(&demo).unwrap();
    assert_eq!(file, trail(&demo).unwrap());
    assert!(file.bytes.len() < 1_000_000, "{}", file.bytes.len());
    let mut log = Trail::default();
    log.feed(&file.bytes);
    let report = log.end().clone();
    assert!(report.is_sound(), "{report:?}");
    let entries: Vec<_> = log.entries().map(|(.., entry)| entry).collect();
    let kinds = [
        EntryKind::Change,
        EntryKind::Suggestion,
        EntryKind::Review,
        EntryKind::Block,
        EntryKind::Observed,
        EntryKind::Correction,
        EntryKind::Rollback,
    ];
    for kind in kinds {
        assert!(entries.iter().any(|entry| entry.kind == kind), "{}", kind.word());
    }
    for says in Says::ALL {
        let said = entries.iter().filter_map(|entry| entry.answer.as_ref()).filter(|answer| answer.says == says);
        let wanted = if says == Says::FalseDuplicate { 0 } else { 1 };
        assert!(said.count() >= wanted, "{}", says.word());
    }
    assert!(log.queue().len() > 20, "{}", log.queue().len());
}
