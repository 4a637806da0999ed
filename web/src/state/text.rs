//! Numbers and words as the panel writes them.

use interlock_core::contract::{ActionKind, Verdict};
use interlock_core::preview::view::{Change, Place, PlaceKind};

/// A count with thousands separators: `12,480`.
pub(crate) fn count(number: impl Into<i64>) -> String {
    let number: i64 = number.into();
    let digits = number.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        out.push('−');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A change with its sign: `+12`, `−3`, `±0`.
pub(crate) fn signed(number: i64) -> String {
    match number {
        0 => "±0".to_owned(),
        1.. => format!("+{}", count(number)),
        _ => count(number),
    }
}

/// `part` of `whole` in percent with one decimal where it is small: `3.1 %`, `62 %`.
pub(crate) fn percent(part: u32, whole: u32) -> String {
    if whole == 0 {
        return "0 %".to_owned();
    }
    let tenths = (u64::from(part) * 1000 + u64::from(whole) / 2) / u64::from(whole);
    match (part, tenths) {
        (1.., 0) => "< 0.1 %".to_owned(),
        (_, 0) => "0 %".to_owned(),
        (_, 1..100) if tenths % 10 != 0 => format!("{}.{} %", tenths / 10, tenths % 10),
        _ => format!("{} %", (tenths + 5) / 10),
    }
}

/// `1 lead`, `2 leads`.
pub(crate) fn leads(number: u32) -> String {
    match number {
        1 => "1 lead".to_owned(),
        _ => format!("{} leads", count(number)),
    }
}

/// `review_when` as people read it: `review when`; the first letter large.
pub(crate) fn words(snake: &str) -> String {
    let text = snake.replace(['_', '-'], " ");
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What a verdict is called on the page.
pub(crate) const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Auto => "Automatic",
        Verdict::Suggest => "Suggested",
        Verdict::Review => "For review",
        Verdict::Block => "Blocked",
    }
}

/// What an action is called on the page.
pub(crate) fn action(kind: ActionKind, field: Option<&str>) -> String {
    match field {
        Some(field) => format!("{} {field}", words(kind.word())),
        None => words(kind.word()),
    }
}

/// What a way of changing is called on the page.
pub(crate) const fn change(change: Change) -> &'static str {
    match change {
        Change::Rerouted => "Rerouted",
        Change::ReroutedByRule => "By rule",
        Change::ReroutedByRotation => "By rotation",
        Change::Rescored => "Rescored",
        Change::Rebanded => "Other band",
        Change::VerdictChanged => "Verdict changed",
        Change::NewlySuppressed => "Newly suppressed",
        Change::Released => "Released",
        Change::NewlyForReview => "Newly for review",
        Change::NoLongerForReview => "No longer for review",
        Change::NewlyEscalated => "Newly escalated",
    }
}

/// What a place is called on the page.
pub(crate) fn place(place: &Place) -> String {
    match place.kind {
        _ if !place.label.is_empty() => place.label.clone(),
        PlaceKind::Escalated => "Escalated".to_owned(),
        PlaceKind::Unrouted => "Unrouted".to_owned(),
        PlaceKind::Blocked => "Not assigned".to_owned(),
        PlaceKind::NotEligible => "Not eligible".to_owned(),
        PlaceKind::Owner | PlaceKind::Queue => place.id.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::{count, percent, signed, words};

    #[test]
    fn numbers_read_well() {
        assert_eq!(count(0), "0");
        assert_eq!(count(999), "999");
        assert_eq!(count(1_234_567), "1,234,567");
        assert_eq!(count(-1_000), "−1,000");
        assert_eq!(signed(5), "+5");
        assert_eq!(signed(0), "±0");
    }

    #[test]
    fn shares_keep_one_decimal_while_small() {
        assert_eq!(percent(62, 2_000), "3.1 %");
        assert_eq!(percent(1_240, 2_000), "62 %");
        assert_eq!(percent(1, 100_000), "< 0.1 %");
        assert_eq!(percent(0, 10), "0 %");
        assert_eq!(percent(3, 0), "0 %");
        assert_eq!(percent(2_000, 2_000), "100 %");
    }

    #[test]
    fn keys_become_words() {
        assert_eq!(words("review_when"), "Review when");
        assert_eq!(words(""), "");
    }
}
