//! The token-set ratio.

use super::{SAME, head, is_short, per_mille, places};

/// How alike two texts are word by word, whatever the order and however often a word is said: the best of comparing the
/// words that both have with all words of each, and all words of the one with all of the other, the words that both have
/// first. 1000 where one has all the words of the other, 0 where one has none.
///
/// *Source*: fuzzywuzzy's `token_set_ratio` as rapidfuzz defines it, with the ratio 2 · longest common subsequence / length of
/// both.
///
/// ```
/// use interlock_core::identity::metric::token_set;
/// assert_eq!(token_set("acme holding", "holding of acme"), 1000);
/// assert_eq!(token_set("acme north", "acme south"), 800);
/// ```
#[must_use]
pub fn token_set(a: &str, b: &str) -> u16 {
    let (a, b) = (words(head(a)), words(head(b)));
    if a.is_empty() || b.is_empty() {
        return 0;
    }
    let (only_a, only_b) = (without(&a, &b), without(&b, &a));
    let length = |text: &str| text.chars().count() as u64;
    // Shared words, and a space after each but the last.
    let both = a.iter().filter(|word| b.contains(word)).map(|word| length(word) + 1).sum::<u64>().saturating_sub(1);
    if both > 0 && (only_a.is_empty() || only_b.is_empty()) {
        return SAME;
    }
    let (a, b) = (length(&only_a), length(&only_b));
    let space = u64::from(both > 0);
    let (with_a, with_b) = (both + space + a, both + space + b);
    let best = per_mille(2 * (both + space + common(&only_a, &only_b)), with_a + with_b);
    // What both have against all of one.
    let of = |all| if both > 0 { per_mille(2 * both, both + all) } else { 0 };
    best.max(of(with_a)).max(of(with_b)).min(SAME - 1)
}

/// The words of `text`, sorted, each once.
fn words(text: &str) -> Vec<&str> {
    let mut words: Vec<&str> = Vec::with_capacity(8);
    for word in text.split_whitespace() {
        // There are few, and a text has at most 64.
        if let Err(place) = words.binary_search(&word) {
            words.insert(place, word);
        }
    }
    words
}

/// The words of `a` that `b` has not, joined by spaces.
fn without(a: &[&str], b: &[&str]) -> String {
    let mut out = String::new();
    for word in a.iter().filter(|word| !b.contains(word)) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// The length of the longest common subsequence.
fn common(a: &str, b: &str) -> u64 {
    let (a, b) = if a.len() > b.len() { (b, a) } else { (a, b) };
    if is_short(a) && b.is_ascii() {
        // Hyyrö, *Bit-parallel LCS-length computation revisited* (2004).
        let places = places(a);
        let mut row = u64::MAX;
        for letter in b.bytes() {
            let same = row & places[usize::from(letter & 127)];
            row = row.wrapping_add(same) | (row - same);
        }
        return u64::from(row.count_zeros());
    }
    let mut row = vec![0_u64; a.chars().count() + 1];
    for letter in b.chars() {
        let (mut left, mut above_left) = (0, 0);
        for (place, other) in row[1..].iter_mut().zip(a.chars()) {
            let best = if other == letter { above_left + 1 } else { left.max(*place) };
            above_left = *place;
            *place = best;
            left = best;
        }
    }
    row.last().copied().unwrap_or_default()
}
