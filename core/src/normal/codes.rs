//! Codes in order: postal codes, for ranges of them.
//!
//! *Input*: a code as people write it, and the first and the last of a range. *Output*: whether it lies between them.
//! *Invariant*: as many characters of the code count as the bound has, so that a range of the first digits holds for every
//! longer code; a code that is shorter than a bound lies outside.

use super::fold;

/// A code without spaces and hyphens, folded.
#[must_use]
pub fn plain(code: &str) -> Box<str> {
    fold::fold(code).chars().filter(|c| c.is_alphanumeric()).collect::<String>().into()
}

/// Whether a plain code lies from `low` to `high`, both plain and included.
///
/// ```
/// use interlock_core::normal::codes::{plain, within};
/// assert!(within(&plain("94105-1234"), "94000", "94999"));
/// assert!(within(&plain("SW1A 1AA"), "sw1", "sw9"));
/// assert!(!within(&plain("9410"), "94000", "94999"));
/// ```
#[must_use]
pub fn within(code: &str, low: &str, high: &str) -> bool {
    let first = |bound: &str| code.get(..bound.len());
    first(low).is_some_and(|code| code >= low) && first(high).is_some_and(|code| code <= high)
}
