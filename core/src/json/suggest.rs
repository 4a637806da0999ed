//! "Did you mean": the known word nearest to an unknown one.

/// The word of `known` that `found` is most likely a slip of, if any is near enough.
///
/// Near is a third of the longer word's characters, at least one (optimal string alignment: a swap counts once); case and
/// the choice of `-`, `_` or a space count for nothing. Of equally near words the first wins.
///
/// ```
/// use interlock_core::json::suggest;
/// assert_eq!(suggest("pririty", ["name", "priority"]), Some("priority"));
/// assert_eq!(suggest("colour", ["name", "priority"]), None);
/// ```
pub fn suggest<'k>(found: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let found = plain(found);
    let mut best: Option<(usize, &str)> = None;
    for word in known {
        let candidate = plain(word);
        let longer = found.chars().count().max(candidate.chars().count());
        let distance = strsim::osa_distance(&found, &candidate);
        // A text shorter than three characters is near to everything; only its case can be a slip.
        let near = if longer < 3 { 0 } else { (longer / 3).max(1) };
        let cut_short = found.chars().count() >= 2 && candidate.starts_with(&found);
        if (distance <= near || cut_short) && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, word));
        }
    }
    best.map(|(_, word)| word)
}

/// As [`suggest`], in words: "did you mean `priority`?".
pub(crate) fn did_you_mean<'k>(found: &str, known: impl IntoIterator<Item = &'k str>) -> Option<String> {
    suggest(found, known).map(|word| format!("did you mean `{word}`?"))
}

fn plain(word: &str) -> String {
    // Long input is no slip of a short word; the distance is quadratic in it.
    word.chars()
        .take(80)
        .flat_map(crate::normal::case::lower)
        .map(|c| if matches!(c, '-' | ' ') { '_' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(found: &str, known: &[&str], expect: Option<&str>) {
        assert_eq!(suggest(found, known.iter().copied()), expect, "{found}");
    }

    #[test]
    fn finds_slips_and_leaves_other_words_alone() {
        check("wehn", &["when", "to", "id"], Some("when"));
        check("At-Least", &["at_most", "at_least"], Some("at_least"));
        check("lo", &["low", "medium", "high"], Some("low"));
        check("med", &["low", "medium", "high"], Some("medium"));
        check("x", &["id", "to", "in"], None);
        check("ID", &["id", "to"], Some("id"));
        check("owner", &["queue", "pool"], None);
        check("", &["id"], None);
        check("anything", &[], None);
    }
}
