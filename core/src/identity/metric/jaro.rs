//! Jaro and Jaro-Winkler.

use super::{LONGEST, SAME, head, is_short, per_mille, places};

/// What Jaro counts: matches, and half as many as match out of order, rounded down.
type Counts = (u64, u64);

/// The similarity of Jaro: the shares of both texts that match, and of the matches that are in order.
#[must_use]
pub fn jaro(a: &str, b: &str) -> u16 {
    similarity(a, b, false)
}

/// The similarity of Jaro and Winkler: [`jaro`], more where the first characters are the same.
///
/// ```
/// use interlock_core::identity::metric::jaro_winkler;
/// assert_eq!(jaro_winkler("martha", "marhta"), 961);
/// ```
#[must_use]
pub fn jaro_winkler(a: &str, b: &str) -> u16 {
    similarity(a, b, true)
}

fn similarity(a: &str, b: &str, prefix: bool) -> u16 {
    if a == b {
        return SAME;
    }
    let (a, b) = (head(a), head(b));
    let ((matches, swaps), a_len, b_len) = if is_short(a) && is_short(b) {
        (count_short(a, b), a.len(), b.len())
    } else {
        let (mut a_room, mut b_room) = (['\0'; LONGEST], ['\0'; LONGEST]);
        let (a, b) = (characters(a, &mut a_room), characters(b, &mut b_room));
        (count(a, b), a.len(), b.len())
    };
    if matches == 0 {
        return 0;
    }
    let (a_len, b_len) = (a_len as u64, b_len as u64);
    // (m / a + m / b + (m - t) / m) / 3, as one fraction. With 128 characters all stays below 2^38.
    let mut part = matches * matches * (a_len + b_len) + (matches - swaps) * a_len * b_len;
    let mut whole = 3 * a_len * b_len * matches;
    if prefix && part * 10 >= whole * 7 {
        let same = a.chars().zip(b.chars()).take(4).take_while(|(a, b)| a == b).count() as u64;
        part = part * 10 + same * (whole - part);
        whole *= 10;
    }
    per_mille(part, whole).min(SAME - 1)
}

/// How far apart characters may stand and still match.
fn reach(a: usize, b: usize) -> usize {
    (a.max(b) / 2).saturating_sub(1)
}

/// Each character of `a` takes the first free one of `b` within reach.
fn count_short(a: &str, b: &str) -> Counts {
    let places = places(b);
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let reach = reach(a.len(), b.len());
    let mut window = (2_u64 << reach) - 1;
    let (mut a_taken, mut b_taken) = (0_u64, 0_u64);
    let mut bit = 1_u64;
    for (at, letter) in a.iter().enumerate() {
        let free = places[usize::from(letter & 127)] & window & !b_taken;
        b_taken |= free & free.wrapping_neg();
        a_taken |= if free == 0 { 0 } else { bit };
        bit = bit.wrapping_shl(1);
        window = window << 1 | u64::from(at < reach);
    }
    let matches = u64::from(a_taken.count_ones());
    let mut apart = 0;
    while a_taken != 0 && b_taken != 0 {
        let (at, other) = (a_taken.trailing_zeros() as usize, b_taken.trailing_zeros() as usize);
        apart += u64::from(a.get(at) != b.get(other));
        a_taken &= a_taken - 1;
        b_taken &= b_taken - 1;
    }
    (matches, apart / 2)
}

/// As [`count_short`], for all texts.
fn count(a: &[char], b: &[char]) -> Counts {
    let reach = reach(a.len(), b.len());
    let (mut a_taken, mut b_taken) = ([false; LONGEST], [false; LONGEST]);
    let mut matches = 0;
    for (at, letter) in a.iter().enumerate() {
        let end = (at + reach + 1).min(b.len());
        let free = (at.saturating_sub(reach)..end).find(|other| b[*other] == *letter && !b_taken[*other]);
        if let Some(other) = free {
            a_taken[at] = true;
            b_taken[other] = true;
            matches += 1;
        }
    }
    let a = a.iter().zip(a_taken).filter(|(_, taken)| *taken);
    let b = b.iter().zip(b_taken).filter(|(_, taken)| *taken);
    let apart = a.zip(b).filter(|((a, _), (b, _))| a != b).count() as u64;
    (matches, apart / 2)
}

/// The characters of `text`, as many as there is room.
fn characters<'a>(text: &str, room: &'a mut [char; LONGEST]) -> &'a [char] {
    let mut count = 0;
    for (place, c) in room.iter_mut().zip(text.chars()) {
        *place = c;
        count += 1;
    }
    &room[..count]
}
