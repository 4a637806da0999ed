//! How a decision came to its scores and its route, and the note, as the panel draws them.
//!
//! Input: parts of both decisions as canonical JSON. Output: rows that have both sides. Invariant: what either side says is in
//! exactly one row; the sums of a score's rows are its points.

use serde_json::Value;

/// A text of an object; empty where there is none.
pub(crate) fn said<'v>(of: &'v Value, key: &str) -> &'v str {
    of.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// The items of a list; none where there is none.
pub(crate) fn list<'v>(of: &'v Value, key: &str) -> &'v [Value] {
    of.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// A number of an object.
pub(crate) fn number(of: &Value, key: &str) -> Option<i64> {
    of.get(key).and_then(Value::as_i64)
}

fn points(of: &Value) -> i32 {
    number(of, "points").and_then(|points| i32::try_from(points).ok()).unwrap_or_default()
}

/// The texts of a list.
pub(crate) fn texts(of: &Value, key: &str) -> Vec<String> {
    list(of, key).iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// The items of two lists that are called alike, the candidate's order kept; what the baseline alone has comes last.
fn paired<'v>(before: &'v [Value], after: &'v [Value], key: &str) -> Vec<(Option<&'v Value>, Option<&'v Value>)> {
    let of = |all: &'v [Value], one: &Value| all.iter().find(|other| said(other, key) == said(one, key));
    let both = after.iter().map(|one| (of(before, one), Some(one)));
    both.chain(before.iter().filter(|one| of(after, one).is_none()).map(|one| (Some(one), None))).collect()
}

/// A score under both contracts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scored {
    pub(crate) id: String,
    pub(crate) rows: Vec<Row>,
    /// Points and band.
    pub(crate) before: Option<(i32, String)>,
    pub(crate) after: Option<(i32, String)>,
    /// What could still count, under the candidate: address and words.
    pub(crate) missing: Vec<(String, String)>,
}

/// What adds to a score or takes from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) what: String,
    /// How the points come about, and the words that were found.
    pub(crate) how: Vec<String>,
    pub(crate) address: String,
    /// From which sum to which.
    pub(crate) before: Option<(i32, i32)>,
    pub(crate) after: Option<(i32, i32)>,
}

/// The scores of both decisions.
pub(crate) fn scores(before: &Value, after: &Value) -> Vec<Scored> {
    let all = |of: &'_ Value| of.as_array().cloned().unwrap_or_default();
    let (old, new) = (all(before), all(after));
    paired(&old, &new, "score").into_iter().map(|(before, after)| score(before, after)).collect()
}

fn score(before: Option<&Value>, after: Option<&Value>) -> Scored {
    let id = said(after.or(before).unwrap_or(&Value::Null), "score").to_owned();
    let total = |side: Option<&Value>| side.map(|side| (points(side), said(side, "band").to_owned()));
    let parts = |side: Option<&'_ Value>| side.map_or_else(Vec::new, |side| list(side, "contributions").to_vec());
    let (old, new) = (parts(before), parts(after));
    let (were, are) = (spans(&old), spans(&new));
    let span = |all: &[Value], spans: &[(i32, i32)], one: &Value| {
        let place = all.iter().position(|other| same_part(other, one))?;
        spans.get(place).copied()
    };
    let alone = old.iter().filter(|one| !new.iter().any(|other| same_part(other, one)));
    let rows = new.iter().chain(alone).map(|one| {
        let (rule, reason) = (said(one, "rule"), said(one, "reason"));
        let mut how: Vec<String> =
            Some(said(one, "note")).filter(|note| !note.is_empty()).map(str::to_owned).into_iter().collect();
        let quotes = texts(one, "quotes");
        if !quotes.is_empty() {
            how.push(format!("found: {}", quotes.join(", ")));
        }
        Row {
            what: if reason.is_empty() { rule.to_owned() } else { reason.to_owned() },
            how,
            address: match said(one, "part") {
                "cap" => format!("/scores/{id}/caps/{rule}"),
                "limit" => format!("/scores/{id}"),
                _ => format!("/scores/{id}/rules/{rule}"),
            },
            before: span(&old, &were, one),
            after: span(&new, &are, one),
        }
    });
    let rows = rows.collect();
    let missing = list(after.unwrap_or(&Value::Null), "missing").iter().map(|one| {
        let rule = said(one, "rule");
        let words = match said(one, "text") {
            "" => format!("{} if `{rule}` could be decided", crate::state::text::signed(points(one).into())),
            text => text.to_owned(),
        };
        (format!("/scores/{id}/rules/{rule}"), words)
    });
    let missing = missing.collect();
    Scored { id, rows, before: total(before), after: total(after), missing }
}

fn same_part(one: &Value, other: &Value) -> bool {
    said(one, "rule") == said(other, "rule") && said(one, "part") == said(other, "part")
}

/// Where each contribution begins and ends.
fn spans(parts: &[Value]) -> Vec<(i32, i32)> {
    let mut sum = 0;
    let span = |part: &Value| {
        let from = sum;
        sum += points(part);
        (from, sum)
    };
    parts.iter().map(span).collect()
}

/// A rung of the ladder: the rules of a tier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rung {
    pub(crate) tier: String,
    pub(crate) state: RungState,
    pub(crate) rules: Vec<Asked>,
}

/// What became of a rung under the candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RungState {
    Decides,
    /// Rules of it disagree, so it escalates.
    Escalates,
    Nothing,
    NotAsked,
}

/// A rule as it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) rule: String,
    /// What became of it, as the engine's word.
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
    pub(crate) operands: Vec<Operand>,
}

/// A value that a rule read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Operand {
    pub(crate) fact: String,
    pub(crate) value: String,
    pub(crate) wanted: String,
    /// `yes`, `no` or `unknown`.
    pub(crate) holds: String,
}

/// The ladder that both decisions went down.
pub(crate) fn ladder(before: &Value, after: &Value) -> Vec<Rung> {
    let mut rungs: Vec<Rung> = Vec::new();
    for (before, after) in paired(list(before, "asked"), list(after, "asked"), "rule") {
        let Some(shown) = after.or(before) else { continue };
        let fate = |side: Option<&Value>| side.map(|side| said(side, "fate").to_owned());
        let operand = |one: &Value| Operand {
            fact: said(one, "fact").to_owned(),
            value: said(one, "value").to_owned(),
            wanted: said(one, "wanted").to_owned(),
            holds: said(one, "holds").to_owned(),
        };
        let asked = Asked {
            rule: said(shown, "rule").to_owned(),
            before: fate(before),
            after: fate(after),
            operands: list(shown, "operands").iter().map(operand).collect(),
        };
        let tier = said(shown, "tier");
        match rungs.iter_mut().find(|rung| rung.tier == tier) {
            Some(rung) => rung.rules.push(asked),
            None => rungs.push(Rung { tier: tier.to_owned(), state: RungState::Nothing, rules: vec![asked] }),
        }
    }
    for rung in &mut rungs {
        let all = |fate: &str| rung.rules.iter().all(|rule| rule.after.as_deref().is_none_or(|after| after == fate));
        let any = |fate: &str| rung.rules.iter().any(|rule| rule.after.as_deref() == Some(fate));
        rung.state = if any("decides") {
            RungState::Decides
        } else if any("disagrees") {
            RungState::Escalates
        } else if all("not_asked") {
            RungState::NotAsked
        } else {
            RungState::Nothing
        };
    }
    rungs
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{RungState, ladder, scores};

    #[test]
    fn the_rows_of_a_score_sum_to_it_on_both_sides() {
        let before = json!([{"score": "fit", "points": 35, "band": "low", "contributions": [
            {"rule": "old", "points": 5}, {"rule": "size", "points": 30, "reason": "100 people"}]}]);
        let after = json!([{"score": "fit", "points": 50, "band": "high", "contributions": [
            {"rule": "size", "points": 40, "reason": "100 people", "quotes": ["team of 120"]},
            {"rule": "role", "points": 20, "note": "+20"}, {"rule": "size", "part": "cap", "points": -10}],
            "missing": [{"rule": "money", "points": 15, "facts": ["lead.revenue is blank"], "text": "+15 if revenue were known"}]}]);
        let [fit] = scores(&before, &after).try_into().unwrap();
        let rows: Vec<_> = fit.rows.iter().map(|row| (row.what.as_str(), row.before, row.after)).collect();
        assert_eq!(
            rows,
            [
                ("100 people", Some((5, 35)), Some((0, 40))),
                ("role", None, Some((40, 60))),
                ("size", None, Some((60, 50))),
                ("old", Some((0, 5)), None),
            ]
        );
        assert_eq!(fit.rows[0].how, ["found: team of 120"]);
        assert_eq!(fit.rows[2].address, "/scores/fit/caps/size");
        assert_eq!((fit.before, fit.after), (Some((35, "low".to_owned())), Some((50, "high".to_owned()))));
        assert_eq!(fit.missing, [("/scores/fit/rules/money".to_owned(), "+15 if revenue were known".to_owned())]);
    }

    #[test]
    fn the_rungs_below_the_deciding_one_are_not_asked() {
        let rule =
            |rule: &str, tier: &str, fate: &str| json!({"rule": rule, "tier": tier, "fate": fate, "operands": []});
        let before =
            json!({"asked": [rule("named", "named_account", "decides"), rule("gone", "territory", "not_asked")]});
        let after = json!({"asked": [rule("named", "named_account", "fails"), rule("emea", "territory", "decides"),
            rule("dach", "territory", "agrees"), rule("rest", "catch_all", "not_asked")]});
        let rungs = ladder(&before, &after);
        let found: Vec<_> = rungs.iter().map(|rung| (rung.tier.as_str(), rung.state, rung.rules.len())).collect();
        assert_eq!(
            found,
            [
                ("named_account", RungState::Nothing, 1),
                ("territory", RungState::Decides, 3),
                ("catch_all", RungState::NotAsked, 1),
            ]
        );
        assert_eq!(rungs[0].rules[0].before.as_deref(), Some("decides"));
        assert_eq!(rungs[1].rules[2].after, None);
        assert!(ladder(&json!(null), &json!({})).is_empty());
    }
}
