//! Edit distances: Levenshtein, and optimal string alignment.

use super::{SAME, head, is_short, per_mille, places};

/// How many characters must be put in, taken out or changed to make one text of the other.
#[must_use]
pub fn levenshtein(a: &str, b: &str) -> u16 {
    distance(a, b, false, u16::MAX)
}

/// [`levenshtein`] as a similarity: the share of the longer text that stays.
#[must_use]
pub fn levenshtein_ratio(a: &str, b: &str) -> u16 {
    let edits = u64::from(levenshtein(a, b));
    let longer = head(a).chars().count().max(head(b).chars().count()) as u64;
    let ratio = per_mille(longer.saturating_sub(edits), longer);
    if edits == 0 { SAME } else { ratio.min(SAME - 1) }
}

/// As [`levenshtein`], where two neighbours that changed places are one edit, and nothing is edited twice.
///
/// ```
/// use interlock_core::identity::metric::{levenshtein, osa};
/// assert_eq!((osa("jonh", "john"), levenshtein("jonh", "john")), (1, 2));
/// ```
#[must_use]
pub fn osa(a: &str, b: &str) -> u16 {
    distance(a, b, true, u16::MAX)
}

/// Whether [`osa`] is at most `most`; quicker, for it stops where it cannot be any more.
#[must_use]
pub fn osa_within(a: &str, b: &str, most: u16) -> bool {
    distance(a, b, true, most) <= most
}

/// The distance, or something above `most` where it is above.
fn distance(a: &str, b: &str, swaps: bool, most: u16) -> u16 {
    if a == b {
        return 0;
    }
    let (mut a, mut b) = (head(a), head(b));
    if a.len() > b.len() {
        std::mem::swap(&mut a, &mut b);
    }
    let edits = if is_short(a) && b.is_ascii() {
        if b.len() - a.len() > usize::from(most) {
            return u16::MAX;
        }
        count_short(a, b, swaps, most)
    } else {
        let edits = if swaps { strsim::osa_distance(a, b) } else { strsim::levenshtein(a, b) };
        u16::try_from(edits).unwrap_or(u16::MAX)
    };
    // They are not equal, so that they differ beyond what is compared.
    edits.max(1)
}

/// A column of the table of distances at a time, as the bits at which it goes up or down. Source: Hyyrö, *A bit-vector
/// algorithm for computing Levenshtein and Damerau edit distances* (2003), figure 10.
fn count_short(a: &str, b: &str, swaps: bool, most: u16) -> u16 {
    let places = places(a);
    let (mut up, mut down) = (u64::MAX, 0_u64);
    let (mut diagonal, mut before) = (0_u64, 0_u64);
    let swaps = if swaps { u64::MAX } else { 0 };
    let mut edits = a.len();
    let Some(last) = edits.checked_sub(1) else { return u16::try_from(b.len()).unwrap_or(u16::MAX) };
    let mut left = b.len();
    for letter in b.bytes() {
        let here = places[usize::from(letter & 127)];
        let swapped = ((!diagonal & here) << 1) & before & swaps;
        diagonal = (((here & up).wrapping_add(up)) ^ up) | here | down | swapped;
        let right_up = down | !(diagonal | up);
        let right_down = diagonal & up;
        edits = edits + usize::from(right_up >> last & 1 != 0) - usize::from(right_down >> last & 1 != 0);
        left -= 1;
        if edits > left + usize::from(most) {
            return u16::MAX;
        }
        let right_up = right_up << 1 | 1;
        up = right_down << 1 | !(diagonal | right_up);
        down = right_up & diagonal;
        before = here;
    }
    u16::try_from(edits).unwrap_or(u16::MAX)
}
