//! Term rules: what free text is about.
//!
//! Input: the texts a rule reads. Output: whether its words stand there, whether they are negated, and where. Invariant:
//! what is found does not depend on whether somebody watches.
//!
//! Texts are folded ([`crate::normal::fold`]), so case and diacritics do not count. A word is found where no letter or digit
//! stands beside it; a `*` at an end of it lifts that. Scripts that part no words (Chinese, Japanese, Thai, Lao, Khmer, Burmese)
//! and Korean, which joins particles to them, have no such ends: there a term is found as a part of the text, and for distances
//! each of their characters is a word.
//!
//! Source of the rule for negation: NegEx (W. Chapman et al., *A simple algorithm for identifying negated findings and
//! diseases in discharge summaries*, 2001): words that negate reach so many words far within a sentence, unless another word
//! ends their reach; some phrases only look as if they negated. A comma at once after a word that negates makes it an answer
//! ("No, send the prices"), which negates nothing.

use std::borrow::Cow;
use std::ops::Range;

use serde::Serialize;

use crate::decide::activity;
use crate::decide::facts::{Facts, Read};
use crate::id::RuleId;
use crate::normal::fold;
use crate::plan::condition::Cond;
use crate::plan::{Fact, NegationPlan, TermPlan, Truth};
use crate::record::ActivityField;

/// More places than these are not quoted for one rule.
const MOST_HITS: usize = 20;

/// What a term rule found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TermSeen {
    /// The rule.
    pub term: RuleId,
    /// Whether its words stand there and are not negated; unknown without a text.
    pub holds: Truth,
    /// Where; at most the first 20 places.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hits: Vec<Hit>,
}

/// A place in a text where a term stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Hit {
    /// The field, or `activity` and its id.
    pub at: String,
    /// The word or phrase, as it stands there.
    pub word: String,
    /// The words around it.
    pub quote: String,
    /// The word that negates it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub negated_by: Option<String>,
}

/// A word or phrase to be found, folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub(crate) text: Box<str>,
    /// Whether the word may have begun before it, and may go on after it.
    open: (bool, bool),
}

impl Phrase {
    /// Of what a contract writes; none where nothing is left of it.
    pub(crate) fn of(written: &str) -> Option<Self> {
        let text = fold::trim(written);
        let (text, before) = text.strip_prefix('*').map_or((text, false), |text| (text, true));
        let (text, after) = text.strip_suffix('*').map_or((text, false), |text| (text, true));
        let text = fold::fold(text);
        (!text.is_empty()).then(|| Self { text: (*text).into(), open: (before, after) })
    }

    /// Where it stands first in `text`, from `from` on.
    fn find(&self, text: &str, from: usize) -> Option<Range<usize>> {
        self.find_within(text, from..text.len())
    }

    /// Where it stands first within a part of `text`.
    fn find_within(&self, text: &str, part: Range<usize>) -> Option<Range<usize>> {
        let mut from = part.start;
        loop {
            let start = from + text.get(from..part.end)?.find(&*self.text)?;
            let end = start + self.text.len();
            let joined = |one: Option<char>, next: Option<char>| one.is_some_and(is_part) && next.is_some_and(is_part);
            let before = joined(text[..start].chars().next_back(), self.text.chars().next());
            let after = joined(self.text.chars().next_back(), text[end..].chars().next());
            if (self.open.0 || !before) && (self.open.1 || !after) {
                return Some(start..end);
            }
            from = start + self.text.chars().next().map_or(1, char::len_utf8);
        }
    }
}

/// Whether `c` joins its neighbour to one word.
fn is_part(c: char) -> bool {
    fold::is_word(c) && !stands_alone(c)
}

/// Whether `c` is of a script in which the ends of words do not show.
const fn stands_alone(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1100}'..='\u{11ff}' | '\u{1780}'..='\u{17ff}'
        | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{3130}'..='\u{318f}' | '\u{3400}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ffdc}' | '\u{20000}'..='\u{3ffff}')
}

/// How many words a text has.
fn words(text: &str) -> u32 {
    let (mut count, mut within) = (0, false);
    for c in text.chars() {
        let part = is_part(c);
        // An apostrophe stands within a word.
        if (part && !within) || (stands_alone(c) && fold::is_word(c)) {
            count += 1;
        }
        within = part || (within && c == '\'');
    }
    count
}

/// Whether a sentence ends in a text.
fn breaks(text: &str) -> bool {
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let ends = match c {
            '!' | '?' | ';' | '\u{2026}' | '\u{3002}' | '\u{964}' | '\u{61f}' | '\u{61b}' => true,
            // `3.5` and `acme.com` go on.
            '.' | ':' => chars.peek().is_none_or(|next| *next == ' '),
            _ => false,
        };
        if ends {
            return true;
        }
    }
    false
}

/// The first place from `at` on, or the last before it, where a letter begins.
fn letter(text: &str, at: usize, forward: bool) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at = if forward { at + 1 } else { at - 1 };
    }
    at
}

/// How far a word that negates may stand from a hit, in bytes: so many words. Their number grows with the distance, so the
/// farthest place is found by halving, and a long text costs no more than a short one.
fn far(text: &str, hit: &Range<usize>, most: u32, forward: bool) -> usize {
    /// Longer words are none.
    const LONGEST: usize = 80;
    let most_bytes = LONGEST.saturating_mul(usize::try_from(most).unwrap_or(0).saturating_add(1)).min(4096);
    let between = |bytes: usize| match forward {
        true => &text[hit.end..letter(text, hit.end + bytes, false)],
        false => &text[letter(text, hit.start.saturating_sub(bytes), true)..hit.start],
    };
    let (mut near, mut beyond) = (0, most_bytes + 1);
    while near + 1 < beyond {
        let middle = usize::midpoint(near, beyond);
        if words(between(middle)) <= most { near = middle } else { beyond = middle }
    }
    near
}

impl NegationPlan {
    /// What negates the hit.
    fn negates<'t>(&self, text: &'t str, hit: &Range<usize>) -> Option<&'t str> {
        let low = hit.start.saturating_sub(far(text, hit, self.before, false));
        let high = hit.end + self.after.map_or(0, |most| far(text, hit, most, true));
        let reaches = |between: &str, most: u32| {
            words(between) <= most && !breaks(between) && self.ends.iter().all(|end| end.find(between, 0).is_none())
        };
        for word in &self.words {
            let mut from = letter(text, low.saturating_sub(word.text.len()), true);
            let until = letter(text, high + word.text.len(), false);
            while let Some(found) = word.find_within(text, from..until) {
                from = found.end;
                // A phrase around it begins at most its own length before.
                let around = |phrase: &Phrase| {
                    let from = letter(text, found.end.saturating_sub(phrase.text.len()), true);
                    let until = letter(text, found.start + phrase.text.len(), false);
                    phrase.find_within(text, from..until).is_some()
                };
                if self.except.iter().any(around) {
                    continue;
                }
                let reached = if found.end <= hit.start {
                    let between = &text[found.end..hit.start];
                    !between.starts_with(',') && reaches(between, self.before)
                } else if hit.end <= found.start {
                    self.after.is_some_and(|most| reaches(&text[hit.end..found.start], most))
                } else {
                    false
                };
                if reached {
                    return Some(&text[found]);
                }
            }
        }
        None
    }
}

fn all<'t>(phrase: &'t Phrase, text: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
    let next = move |from: &mut usize| {
        let found = phrase.find(text, *from)?;
        *from = found.end;
        Some(found)
    };
    let mut from = 0;
    std::iter::from_fn(move || next(&mut from))
}

/// Where lines end a sentence, which folding would no longer tell, a semicolon is put: before a blank line and an item of a list.
fn with_breaks(text: &str) -> Cow<'_, str> {
    if !text.contains('\n') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for (place, line) in text.lines().enumerate() {
        let start = line.trim_start();
        let item =
            start.starts_with(['-', '*', '\u{2022}', '\u{2013}']) || start.starts_with(|c: char| c.is_ascii_digit());
        if place > 0 {
            out.push_str(if start.is_empty() || item { "; " } else { " " });
        }
        out.push_str(line);
    }
    Cow::Owned(out)
}

/// Each text that a rule reads, with where it stands.
fn texts<'a>(facts: &Facts<'a>, plan: &TermPlan, see: &mut dyn FnMut(&dyn Fn() -> String, &str)) {
    for (fact, name) in &plan.reads {
        if let Read::Text(text) = facts.read(*fact) {
            see(&|| name.to_string(), text);
        }
    }
    let Some(filter) = &plan.activities else { return };
    for activity in activity::matching(facts, filter).0 {
        let id = || {
            format!("activity {}", activity.text(ActivityField::Id.slot()).unwrap_or_default()).trim_end().to_owned()
        };
        for slot in [ActivityField::Subject.slot(), ActivityField::Body.slot()] {
            if let Some(text) = activity.text(slot) {
                see(&id, text);
            }
        }
    }
}

/// Whether the rule's words stand in any text, and, where none does for certain, whether some stand there negated; none
/// without a text.
pub(crate) fn ask(facts: &Facts<'_>, place: usize) -> Option<(bool, bool)> {
    let plan = facts.plan().terms.get(place)?;
    let (mut known, mut found, mut negated) = (false, false, false);
    texts(facts, plan, &mut |_, text| {
        known = true;
        if found {
            return;
        }
        let text = with_breaks(text);
        let text = fold::fold(&text);
        for hit in plan.words.iter().flat_map(|word| all(word, &text)) {
            if plan.negation.as_ref().and_then(|negation| negation.negates(&text, &hit)).is_none() {
                found = true;
                return;
            }
            negated = true;
        }
    });
    known.then_some((found, negated))
}

/// What every rule found, with quotes.
pub(crate) fn see(facts: &Facts<'_>) -> Vec<TermSeen> {
    let Some(written) = &facts.plan().contract.terms else { return Vec::new() };
    let each = facts.plan().terms.iter().zip(&written.rules);
    each.map(|(plan, rule)| {
        let (mut known, mut hits) = (false, Vec::new());
        texts(facts, plan, &mut |at, text| {
            known = true;
            hits_in(plan, at, &with_breaks(text), &mut hits);
        });
        let found = hits.iter().any(|hit| hit.negated_by.is_none());
        // Of very many the first say enough, but never without one that decides.
        if let Some(place) = hits.iter().position(|hit| hit.negated_by.is_none()).filter(|place| *place >= MOST_HITS) {
            hits.swap(place, MOST_HITS - 1);
        }
        hits.truncate(MOST_HITS);
        let holds = if known { Truth::of(found) } else { Truth::Unknown };
        TermSeen { term: rule.id.clone(), holds, hits }
    })
    .collect()
}

fn hits_in(plan: &TermPlan, at: &dyn Fn() -> String, text: &str, hits: &mut Vec<Hit>) {
    let folded = fold::fold(text);
    let mut found: Vec<_> =
        plan.words.iter().flat_map(|word| all(word, &folded)).map(|hit| (hit.start, hit.end)).collect();
    crate::order::sort_all(&mut found);
    found.dedup();
    let places = places(text, &folded);
    let original = |start: usize, end: usize| {
        let range = places.get(start).zip(places.get(end));
        fold::trim(range.and_then(|(start, end)| text.get(*start..*end)).unwrap_or_else(|| &folded[start..end]))
            .to_owned()
    };
    for (start, end) in found {
        let negated_by = plan.negation.as_ref().and_then(|negation| negation.negates(&folded, &(start..end)));
        let (from, to) = around(&folded, start, end);
        let quote = original(from, to);
        let quote = match (from > 0, to < folded.len()) {
            (false, false) => quote,
            (before, after) => {
                [if before { "\u{2026} " } else { "" }, &quote, if after { " \u{2026}" } else { "" }].concat()
            }
        };
        hits.push(Hit { at: at(), word: original(start, end), quote, negated_by: negated_by.map(str::to_owned) });
    }
}

/// The words around a hit, about forty letters either side.
fn around(text: &str, start: usize, end: usize) -> (usize, usize) {
    const NEAR: usize = 40;
    let is_end = |at: usize| text.is_char_boundary(at) && text[at..].starts_with(' ');
    let far = start.saturating_sub(NEAR);
    let from = if far == 0 { 0 } else { (far..start).find(|at| is_end(*at)).map_or(start, |at| at + 1) };
    let far = end + NEAR;
    let to = if far >= text.len() { text.len() } else { (end..far).rev().find(|at| is_end(*at)).unwrap_or(end) };
    (from, to)
}

/// For every byte of the folded text, and its end, where it stood before folding; none where letters together fold to others
/// than each alone.
fn places(text: &str, folded: &str) -> Vec<usize> {
    let (mut out, mut places, mut space) = (String::with_capacity(folded.len()), Vec::new(), None);
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            space.get_or_insert(at);
            continue;
        }
        let one = fold::fold(text.get(at..at + c.len_utf8()).unwrap_or_default());
        if one.is_empty() {
            continue;
        }
        if let (Some(space), false) = (space.take(), out.is_empty()) {
            out.push(' ');
            places.push(space);
        }
        out.push_str(&one);
        places.resize(out.len(), at);
    }
    if out != folded {
        return Vec::new();
    }
    places.push(text.len());
    places
}

/// What the terms that a condition reads found, in the lead's own words.
pub(crate) fn quotes(facts: &Facts<'_>, condition: &Cond) -> Vec<String> {
    let mut quotes = Vec::new();
    quote(facts, condition, &mut quotes);
    quotes
}

fn quote(facts: &Facts<'_>, condition: &Cond, quotes: &mut Vec<String>) {
    match condition {
        Cond::All(parts) | Cond::Any(parts) => parts.iter().for_each(|part| quote(facts, part, quotes)),
        Cond::Not(part) => quote(facts, part, quotes),
        Cond::Test(_, operand) => {
            let (Fact::Term(place) | Fact::Negated(place)) = operand.fact else { return };
            let Some(plan) = facts.plan().terms.get(usize::from(place)) else { return };
            let mut hits = Vec::new();
            texts(facts, plan, &mut |at, text| hits_in(plan, at, &with_breaks(text), &mut hits));
            let negated = matches!(operand.fact, Fact::Negated(_));
            let found = hits.into_iter().find(|hit| hit.negated_by.is_some() == negated);
            if let Some(hit) = found.filter(|hit| !quotes.contains(&hit.quote)) {
                quotes.push(hit.quote);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrases(words: &[&str]) -> Vec<Phrase> {
        words.iter().filter_map(|word| Phrase::of(word)).collect()
    }

    fn negation() -> NegationPlan {
        NegationPlan {
            words: phrases(&["no", "not"]),
            before: 3,
            after: Some(2),
            ends: phrases(&["but"]),
            except: phrases(&["not only"]),
        }
    }

    /// What negates the last `price` of a text, as every word that negates anywhere would tell.
    fn everywhere<'t>(plan: &NegationPlan, text: &'t str, hit: &Range<usize>) -> Option<&'t str> {
        let fits = |between: &str, most: u32| {
            words(between) <= most && !breaks(between) && plan.ends.iter().all(|end| end.find(between, 0).is_none())
        };
        plan.words.iter().flat_map(|word| all(word, text)).find_map(|found| {
            let except = plan.except.iter().flat_map(|phrase| all(phrase, text));
            let excepted = except.into_iter().any(|one| one.start <= found.start && found.end <= one.end);
            let reached = if found.end <= hit.start {
                let between = &text[found.end..hit.start];
                !between.starts_with(',') && fits(between, plan.before)
            } else {
                hit.end <= found.start && plan.after.is_some_and(|most| fits(&text[hit.end..found.start], most))
            };
            (reached && !excepted).then(|| &text[found])
        })
    }

    proptest::proptest! {
        #[test]
        fn looking_nearby_finds_what_looking_everywhere_does(
            parts in proptest::collection::vec(
                proptest::sample::select(vec![
                    "no", "not", "only", "price", "but", "we", "é日本", "send", ".", ",", "? ", "3.5", "-", "don't",
                ]),
                0..24,
            ),
        ) {
            let (plan, text) = (negation(), parts.join(" "));
            for price in phrases(&["price"]) {
                for hit in all(&price, &text) {
                    let (near, every) = (plan.negates(&text, &hit), everywhere(&plan, &text, &hit));
                    proptest::prop_assert_eq!(near.is_some(), every.is_some(), "{} {:?}", text, hit);
                }
            }
        }
    }

    #[test]
    fn a_long_text_of_negations_is_read_to_its_end() {
        let (plan, price) = (negation(), phrases(&["price"]));
        let text = "no price. ".repeat(6_000);
        let negated = all(&price[0], &text).filter(|hit| plan.negates(&text, hit).is_some()).count();
        assert_eq!(negated, 6_000);
    }
}
