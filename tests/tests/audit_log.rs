//! The log: what was tampered with is found, what is honest is not accused, and a torn end loses one entry at most.
#![allow(clippy::unwrap_used, clippy::panic)]

use interlock_core::audit::log::Head;
use interlock_core::audit::merkle;
use interlock_core::audit::proof::Leaves;
use interlock_core::audit::verify::{Report, Verifier};
use interlock_core::audit::{Entry, Hash};
use interlock_core::json::canonical;
use interlock_tests::random::Random;
use interlock_tests::trail::{entry, log_of};
use serde_json::Value;

/// A log of so many entries, its lines with their line feeds, and its head.
struct Kept {
    lines: Vec<Vec<u8>>,
    head: Head,
}

fn kept(entries: usize, every: u64, seed: u64) -> Kept {
    let (text, head) = log_of(entries, every, seed).unwrap();
    Kept { lines: text.split_inclusive('\n').map(|line| line.as_bytes().to_vec()).collect(), head }
}

impl Kept {
    /// What stands before each line, and after the last.
    fn states(&self) -> Vec<Verifier> {
        let mut verifier = Verifier::new(Some(self.head.clone()));
        let mut states = vec![verifier.clone()];
        for line in &self.lines {
            verifier.feed(line);
            states.push(verifier.clone());
        }
        states
    }
}

/// Whether what follows `state` is accused: `changed` and then `rest`. Reading stops at the first fault.
fn accused<'l>(state: &Verifier, changed: &[u8], rest: impl IntoIterator<Item = &'l Vec<u8>>) -> bool {
    let mut verifier = state.clone();
    verifier.feed(changed);
    for line in rest {
        if verifier.is_faulty() {
            return true;
        }
        verifier.feed(line);
    }
    !verifier.end().is_sound()
}

fn verified(bytes: &[u8], head: Option<&Head>) -> Report {
    let mut verifier = Verifier::new(head.cloned());
    verifier.feed(bytes);
    verifier.end()
}

#[test]
fn every_flipped_bit_is_found() {
    let kept = kept(200, 16, 1);
    let states = kept.states();
    let mut flips = 0_u64;
    for (at, line) in kept.lines.iter().enumerate() {
        let mut changed = line.clone();
        for byte in 0..line.len() {
            for bit in 0..8 {
                changed[byte] ^= 1 << bit;
                assert!(accused(&states[at], &changed, &kept.lines[at + 1..]), "line {at}, byte {byte}, bit {bit}");
                changed[byte] ^= 1 << bit;
                flips += 1;
            }
        }
    }
    assert!(flips > 500_000, "{flips}");
}

#[test]
fn every_line_that_is_taken_moved_or_doubled_is_found() {
    let kept = kept(200, 16, 2);
    let (states, lines) = (kept.states(), &kept.lines);
    for at in 0..lines.len() {
        assert!(accused(&states[at], &[], &lines[at + 1..]), "line {at} taken away");
        assert!(accused(&states[at], &[&lines[at][..], &lines[at]].concat(), &lines[at + 1..]), "line {at} doubled");
        if let Some(next) = lines.get(at + 1) {
            assert!(accused(&states[at], &[&next[..], &lines[at]].concat(), &lines[at + 2..]), "line {at} exchanged");
        }
    }
    // From the end: what is known of the head finds it, and nothing else could.
    let all: Vec<u8> = lines.concat();
    for cut in 1..20 {
        let fewer: Vec<u8> = lines[..lines.len() - cut].concat();
        let codes: Vec<String> =
            verified(&fewer, Some(&kept.head)).faults.into_iter().map(|fault| fault.code).collect();
        assert_eq!(codes, ["cut-off"]);
        assert!(verified(&fewer, None).is_sound());
    }
    assert!(verified(&all, Some(&kept.head)).is_sound());
}

#[test]
fn white_space_put_in_anywhere_is_found() {
    let kept = kept(200, 16, 3);
    let states = kept.states();
    for (at, line) in kept.lines.iter().enumerate() {
        for place in 0..=line.len() {
            for space in [&b" "[..], b"\t", b"\r", b"\n", "\u{a0}".as_bytes(), "\u{feff}".as_bytes()] {
                let changed = [&line[..place], space, &line[place..]].concat();
                assert!(accused(&states[at], &changed, &kept.lines[at + 1..]), "line {at}, {place}, {space:?}");
            }
        }
    }
}

#[test]
fn a_large_log_is_tampered_with_at_random() {
    let kept = kept(4_000, 256, 4);
    let (states, lines) = (kept.states(), &kept.lines);
    let mut random = Random::new(5);
    for _ in 0..100_000 {
        let at = random.below(lines.len());
        let line = &lines[at];
        let byte = random.below(line.len());
        let any = u8::try_from(random.below(256)).unwrap();
        let (changed, taken): (Vec<u8>, usize) = match random.below(7) {
            0 => {
                let mut changed = line.clone();
                changed[byte] = if any == line[byte] { any ^ 1 } else { any };
                (changed, 1)
            }
            1 => ([&line[..byte], &[any][..], &line[byte..]].concat(), 1),
            2 => ([&line[..byte], &line[byte + 1..]].concat(), 1),
            3 => {
                // A piece of another line in the place of as many bytes.
                let other = &lines[random.below(lines.len())];
                let len = 1 + random.below(40);
                let piece = &other[random.below(other.len())..];
                let piece = &piece[..piece.len().min(len)];
                ([&line[..byte], piece, &line[(byte + piece.len()).min(line.len())..]].concat(), 1)
            }
            4 => (Vec::new(), 1 + random.below(3)),
            5 => (lines[random.below(lines.len())].clone(), 1),
            _ => ([&lines[random.below(lines.len())][..], line].concat(), 1),
        };
        let end = (at + taken).min(lines.len());
        if changed == lines[at..end].concat() {
            continue;
        }
        assert!(accused(&states[at], &changed, &lines[end..]), "line {at}: {}", String::from_utf8_lossy(&changed));
    }
}

#[test]
fn no_honest_log_is_accused() {
    let mut random = Random::new(6);
    for seed in 0..10_000 {
        let entries = random.below(12);
        let (text, head) = log_of(entries, 2 + random.below(6) as u64, seed).unwrap();
        // In pieces of any size.
        let mut verifier = Verifier::new(Some(head.clone()));
        let mut rest = text.as_bytes();
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(rest.len().min(1 + random.below(300)));
            verifier.feed(piece);
            rest = after;
        }
        let report = verifier.end();
        assert!(report.is_sound(), "{seed}: {:#?}\n{text}", report.faults);
        assert_eq!((report.entries, report.head), (entries as u64, Some(head)));
    }
}

#[test]
fn a_line_passes_exactly_if_it_is_its_own_canonical_json() {
    let (text, _) = log_of(300, 7, 8).unwrap();
    let mut random = Random::new(9);
    let first = |line: &[u8]| {
        let mut verifier = Verifier::default();
        verifier.feed(line);
        verifier.feed(b"\n");
        verifier.end().faults.iter().all(|fault| fault.code != "not-canonical")
    };
    let tokens: [&[u8]; 22] = [
        b"\\u0041",
        b"\\/",
        b"\\u001F",
        b"\\u001f",
        b"\\u0008",
        b"\\b",
        b"\\\"",
        b"\x7f",
        b"\"",
        b",",
        b":",
        b"{}",
        b"[]",
        b"0",
        b"-0",
        b"01",
        b"9007199254740992",
        b"9007199254740993",
        b"null",
        b"tru",
        "é".as_bytes(),
        "\u{1f600}".as_bytes(),
    ];
    let mut passed = 0;
    for line in text.lines() {
        assert!(first(line.as_bytes()));
        for _ in 0..400 {
            let at = random.below(line.len());
            let until = (at + random.below(12)).min(line.len());
            let token = tokens[random.below(tokens.len())];
            let changed = [&line.as_bytes()[..at], token, &line.as_bytes()[until..]].concat();
            let slow = std::str::from_utf8(&changed).ok().and_then(|text| {
                let value: Value = serde_json::from_str(text).ok()?;
                Some(value.is_object() && canonical(&value).ok()? == text && !has_fraction(&value))
            });
            let shown = String::from_utf8_lossy(&changed);
            assert_eq!(first(&changed), slow == Some(true), "{shown}");
            passed += u32::from(slow == Some(true));
        }
    }
    assert!(passed > 500, "{passed}");
}

fn has_fraction(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.as_i64().is_none() && number.as_u64().is_none(),
        Value::Array(items) => items.iter().any(has_fraction),
        Value::Object(keys) => keys.values().any(has_fraction),
        _ => false,
    }
}

#[test]
fn a_torn_end_loses_one_entry_at_most_and_says_so() {
    let (text, _) = log_of(12, 4, 10).unwrap();
    let bytes = text.as_bytes();
    for cut in 0..=bytes.len() {
        let whole = bytes[..cut].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let report = verified(&bytes[..cut], None);
        assert_eq!((report.found, report.torn), (u64::from(cut == 0), (cut - whole) as u64), "{cut}");
        let feeds = bytes[..whole].iter().filter(|byte| **byte == b'\n').count();
        assert_eq!(usize::try_from(report.lines), Ok(feeds));
        // What was written whole is gone on with.
        let mut verifier = Verifier::default();
        verifier.feed(&bytes[..whole]);
        let Some(mut writer) = verifier.into_writer() else {
            assert_eq!(whole, 0);
            continue;
        };
        let mut again = bytes[..whole].to_vec();
        again.extend_from_slice(writer.append(&entry(99), None).unwrap().as_bytes());
        let report = verified(&again, Some(&writer.head()));
        assert!(report.is_sound(), "{cut}: {:#?}", report.faults);
    }
}

#[test]
fn an_entry_is_proved_without_the_log() {
    let kept = kept(100, 16, 11);
    let (mut leaves, mut verifier) = (Leaves::default(), Verifier::default());
    for line in &kept.lines {
        verifier.feed(line);
        leaves.push(verifier.last());
    }
    for (place, line) in kept.lines.iter().enumerate() {
        let seq = place as u64;
        let line = std::str::from_utf8(line).unwrap().trim_end();
        let proof = leaves.prove(line, seq, &kept.head).unwrap();
        assert_eq!(proof.check(Some(&kept.head)), Ok(()));
        // It is one for this line at this place in this log.
        for other in [&kept.lines[(place + 1) % kept.lines.len()], &kept.lines[0][..20].to_vec()] {
            let mut lied = proof.clone();
            std::str::from_utf8(other).unwrap().trim_end().clone_into(&mut lied.line);
            assert!(lied.line == line || lied.check(None).is_err());
        }
        let mut lied = proof.clone();
        lied.seq += 1;
        assert!(lied.check(None).is_err());
        let mut lied = proof.clone();
        lied.line = lied.line.replacen("lead", "load", 1);
        assert!(lied.line == line || lied.check(None).is_err());
        let mut head = kept.head.clone();
        head.tree = Hash::of(b"another");
        assert!(proof.check(Some(&head)).is_err());
    }
    assert!(leaves.prove("", kept.lines.len() as u64, &kept.head).is_none());
    // An earlier head is a beginning of this log.
    for size in 1..kept.lines.len() {
        let mut earlier = Verifier::default();
        kept.lines[..size].iter().for_each(|line| earlier.feed(line));
        let earlier = earlier.head().unwrap();
        let path = leaves.begins_with(size as u64).unwrap();
        assert!(merkle::begins_with(size as u64, &earlier.tree, kept.head.size, &kept.head.tree, &path));
        let all = kept.lines.concat();
        assert!(verified(&all, Some(&earlier)).is_sound());
    }
}

#[test]
fn faults_name_their_place() {
    let kept = kept(20, 8, 12);
    let report = |lines: Vec<Vec<u8>>| verified(&lines.concat(), Some(&kept.head));
    let place = |report: &Report| report.faults.iter().map(|f| (f.code.clone(), f.line)).collect::<Vec<_>>();
    let said = |pairs: &[(&str, u64)]| pairs.iter().map(|(code, line)| ((*code).to_owned(), *line)).collect::<Vec<_>>();

    let mut lines = kept.lines.clone();
    lines.remove(5);
    let found = report(lines);
    assert_eq!(place(&found)[..2], said(&[("wrong-number", 6), ("previous-differs", 6)]));
    assert!(found.faults[0].found.contains("line number 5 is missing"), "{:?}", found.faults[0]);

    let mut lines = kept.lines.clone();
    let text = String::from_utf8(lines[6].clone()).unwrap();
    let changed = text.replacen("\"new\":\"", "\"new\":\"x", 1);
    assert_ne!(text, changed);
    lines[6] = changed.into_bytes();
    // Its own hash does not fit; what comes after is not blamed, since the hash it states was not changed.
    assert_eq!(place(&report(lines)), said(&[("hash-differs", 7)]));

    let mut lines = kept.lines.clone();
    lines[6].insert(1, b' ');
    let found = report(lines);
    assert_eq!(place(&found), said(&[("not-canonical", 7)]));
    assert_eq!((found.faults[0].byte, found.faults[0].expected.as_str()), (Some(2), "a key"));

    // A line rewritten with a hash that fits is betrayed by the line after it, and by the root.
    let mut lines = kept.lines.clone();
    let mut value: Value = serde_json::from_slice(&lines[6]).unwrap();
    value["entry"]["new"] = "forged".into();
    value.as_object_mut().unwrap().remove("hash");
    let hash = Hash::of(canonical(&value).unwrap().as_bytes());
    value["hash"] = hash.to_string().into();
    lines[6] = (canonical(&value).unwrap() + "\n").into_bytes();
    let codes = place(&report(lines));
    assert_eq!(codes[0], ("previous-differs".to_owned(), 8));
    assert!(codes.iter().any(|(code, _)| code == "root-differs"), "{codes:?}");
    assert!(codes.iter().any(|(code, _)| code == "head-differs"), "{codes:?}");

    assert_eq!(place(&verified(b"", None)), said(&[("no-log", 0)]));
    assert_eq!(place(&verified(b"{}\n", None))[0], ("wrong-number".to_owned(), 1));
    assert_eq!(place(&verified(b"\xef\xbb\xbf{}\n", None))[0], ("not-canonical".to_owned(), 1));
    let long = [b"{\"a\":\"".to_vec(), vec![b'x'; 3_000_000], b"\"}\n".to_vec()].concat();
    assert_eq!(place(&verified(&long, None))[0], ("too-long".to_owned(), 1));
}

#[test]
fn entries_come_back_as_they_were() {
    let (text, _) = log_of(50, 9, 13).unwrap();
    let mut read = 0;
    for line in text.lines() {
        let line: interlock_core::audit::log::Line<'_> = serde_json::from_str(line).unwrap();
        if let Some(found) = line.entry {
            let again: Entry = serde_json::from_str(&canonical(&*found).unwrap()).unwrap();
            assert_eq!(*found, again);
            read += 1;
        }
    }
    assert_eq!(read, 50);
}
