//! The waterfall: what each comparison adds to the weight of a pair, as a person can read it.
//!
//! Input: a pair that was weighed. Output: plain values that serialise. Invariant: prior, steps and what exchanged names
//! cost add up to the total, exactly.

use serde::{Deserialize, Serialize};

use super::bits;
use super::compare::Reached;
use super::forms::Values;
use super::index::Index;
use super::weigh::{Weighed, weight_of};
use crate::contract::{Attribute, Comparison};
use crate::json::Decode;
use crate::scale::{Confidence, MatchWeight};

/// Why a pair weighs what it weighs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Waterfall {
    /// What a pair weighs before anything is compared, in thousandths of a bit.
    pub prior: MatchWeight,
    /// What each comparison adds, in the model's order.
    pub steps: Vec<Step>,
    /// What it adds that given name and surname agree only exchanged; none where they are not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exchanged: Option<MatchWeight>,
    /// The sum.
    pub total: MatchWeight,
    /// How probable it is that both are the same, in per mille.
    pub probability: Confidence,
}

/// What one comparison adds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Decode)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Step {
    /// What was compared.
    pub of: Attribute,
    /// How the values agree: a level's word, `otherwise` where none holds, `missing` where a value is.
    pub is: String,
    /// The level's `at`, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<u16>,
    /// What it adds in all, in thousandths of a bit.
    pub weight: MatchWeight,
    /// Of that, what is for the value being rare, or against it for being frequent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rarity: Option<MatchWeight>,
    /// The value of the record that is looked for, in normal form; empty where it has none.
    pub ours: String,
    /// The candidate's.
    pub theirs: String,
}

impl Index {
    /// Why these values and a record of the index weigh what they weigh.
    pub(crate) fn explain(&self, values: &Values<'_>, record: u32, weighed: &Weighed) -> Waterfall {
        let model = self.model();
        let theirs = self.store.values(record);
        let steps = model.comparisons.iter().zip(&weighed.reached);
        let steps = steps.map(|(comparison, reached)| step(comparison, *reached, values, &theirs)).collect();
        Waterfall {
            prior: model.prior,
            steps,
            exchanged: if weighed.exchanged { model.exchanged } else { None },
            total: weighed.total,
            probability: bits::probability(weighed.total),
        }
    }

    /// Why two records weigh what they weigh: one of `left`, or of this index where there is none, and one of this index.
    #[must_use]
    pub fn waterfall(&self, left: Option<&Self>, a: u32, b: u32) -> Waterfall {
        let values = left.map_or(&self.store, |left| &left.store).values(a);
        self.explain(&values, b, &self.weigh(&values, b))
    }
}

fn step(comparison: &Comparison, reached: Reached, ours: &Values<'_>, theirs: &Values<'_>) -> Step {
    let level = comparison.levels.get(usize::from(reached.level));
    let missing = usize::from(reached.level) > comparison.levels.len();
    let text = |values: &Values<'_>| {
        let one = values[comparison.of as usize];
        let other = values[Attribute::Mobile as usize];
        if comparison.of != Attribute::Phone || other.is_empty() {
            one.to_owned()
        } else if one.is_empty() {
            other.to_owned()
        } else {
            [one, ", ", other].concat()
        }
    };
    Step {
        of: comparison.of,
        is: level.map_or(if missing { "missing" } else { "otherwise" }, |level| level.is.word()).to_owned(),
        at: level.and_then(|level| level.at),
        weight: MatchWeight(weight_of(comparison, reached)),
        rarity: (reached.adjustment != 0).then_some(MatchWeight(reached.adjustment)),
        ours: text(ours),
        theirs: text(theirs),
    }
}
