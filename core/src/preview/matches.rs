//! Whom identity found, for the panel and the command.
//!
//! Input: the matches of both decisions. Output: [`MatchPair`]s. Invariant: a side is left out only where it says the same.

use super::view::{CandidateSeen, MatchPair, MatchSeen};
use crate::identity::{Candidate, Evidence, Match, Side};

pub(super) fn matches(before: &Match, after: &Match) -> Vec<MatchPair> {
    let sides = [("person", &before.person, &after.person), ("account", &before.account, &after.account)];
    let pairs = sides.into_iter().map(|(of, before, after)| {
        let (before, after) = (seen(before), seen(after));
        MatchPair { of: of.to_owned(), before: (before != after).then_some(before), after }
    });
    pairs.collect()
}

fn seen(side: &Side) -> MatchSeen {
    let shown = |candidate: &Candidate, chosen: bool| CandidateSeen {
        object: candidate.object.word().to_owned(),
        id: candidate.id.clone(),
        name: candidate.name.clone(),
        chosen,
        waterfall: candidate.waterfall.as_deref().cloned(),
    };
    let mut by = side.by.map_or("", Evidence::words).to_owned();
    if let Some(tie) = side.tie_breaker {
        by.push_str(", and the tie-breaker `");
        by.push_str(tie.word());
        by.push('`');
    }
    let chosen = side.record.iter().map(|one| shown(one, true));
    let others = side.candidates.iter().map(|one| shown(one, false));
    MatchSeen { outcome: side.outcome.word().to_owned(), by, candidates: chosen.chain(others).collect() }
}
