//! How much alike two texts are: string metrics in whole numbers.
//!
//! *Input*: two texts in a normal form of [`normal`](crate::normal); the metrics themselves fold nothing. *Output*: a
//! similarity in per mille, 0 to 1000, rounded to the nearest, halves up; or a distance, the number of edits.
//! *Invariant*: every metric is symmetric; 1000 and the distance 0 mean that the texts are equal, for [`token_set`] that
//! the words of one are all in the other; no floating-point number is involved, so that every machine agrees.
//! Only the first [`LONGEST`] characters are looked at: the metrics are quadratic, names are short, and a megabyte must
//! cost no more than a line. Texts that differ only beyond are 999, or one edit, apart.
//!
//! *Source*: Jaro (1989) and Winkler (1990) as in strsim, with its prefix scale of 0.1, at most four characters, from 0.7 on;
//! Levenshtein (1966); optimal string alignment, in which no part is edited twice; the token-set ratio of fuzzywuzzy as
//! rapidfuzz defines it. Short texts of ASCII are compared a machine word at a time, after Hyyrö (2003 and 2004) and the bit
//! masks of rapidfuzz; others go to strsim, for distances, or to the definition. Tests hold both to strsim.

mod edit;
mod jaro;
mod sound;
mod token;

pub use edit::{levenshtein, levenshtein_ratio, osa, osa_within};
pub use jaro::{jaro, jaro_winkler};
pub use sound::{Code, nysiis, soundex};
pub use token::token_set;

/// How many characters of a text are compared.
pub const LONGEST: usize = 128;

/// What is equal.
const SAME: u16 = 1000;

/// The part of `text` that is compared.
fn head(text: &str) -> &str {
    // A character has at least one byte.
    if text.len() <= LONGEST {
        return text;
    }
    let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or(text)
}

/// `part` of `whole` in per mille, rounded to the nearest, halves up.
fn per_mille(part: u64, whole: u64) -> u16 {
    u16::try_from((part * 2000 + whole) / (whole * 2).max(1)).unwrap_or(SAME).min(SAME)
}

/// Where each character of a short text of ASCII stands, a bit a place.
type Places = [u64; 128];

/// The texts of which [`Places`] can be made.
fn is_short(text: &str) -> bool {
    text.len() <= 64 && text.is_ascii()
}

/// `text` must be short.
fn places(text: &str) -> Places {
    let mut places = [0; 128];
    let mut bit = 1_u64;
    for b in text.bytes() {
        places[usize::from(b & 127)] |= bit;
        bit = bit.wrapping_shl(1);
    }
    places
}

#[cfg(test)]
mod tests;
