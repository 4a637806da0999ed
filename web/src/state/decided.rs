//! What a decision says of suppressions and of everything that was asked of the gate, as the panel reads it.
//!
//! Input: both decisions of a lead as canonical JSON. Output: the same in [`Pair`]s, so that what belongs together
//! stands side by side. Invariant: everything either side judged is in exactly one pair.

use interlock_core::contract::{ActionKind, Verdict};
use interlock_core::json::Decode;
use serde::Deserialize;
use serde_json::Value;

/// A decision, as far as this page reads it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Decode)]
#[serde(default)]
#[decode(part)]
pub(crate) struct Decided {
    #[serde(rename = "match")]
    pub(crate) matched: Matched,
    pub(crate) suppressed: Vec<Suppressed>,
    pub(crate) judged: Vec<Judged>,
    /// Read by [`super::traced`].
    pub(crate) scores: Value,
    /// The same.
    pub(crate) route: Value,
    /// The same.
    pub(crate) handoff: Value,
}

/// Who the lead is, as far as names are concerned.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Decode)]
#[serde(default)]
#[decode(part)]
pub(crate) struct Matched {
    person: Known,
    account: Known,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Decode)]
#[serde(default)]
#[decode(part)]
struct Known {
    record: Option<Named>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Decode)]
#[serde(default)]
#[decode(part)]
struct Named {
    id: String,
    name: String,
}

impl Matched {
    /// What the matched record of this id is called.
    pub(crate) fn name_of(&self, id: &str) -> Option<&str> {
        let records = [&self.person.record, &self.account.record];
        records.into_iter().flatten().find(|known| known.id == id && !known.name.is_empty()).map(|known| &*known.name)
    }
}

/// A suppression that holds or cannot be decided.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Decode)]
#[decode(part)]
pub(crate) struct Suppressed {
    pub(crate) rule: String,
    /// `yes` or `unknown`.
    pub(crate) holds: String,
    #[serde(default)]
    pub(crate) missing: Vec<String>,
}

/// Something that was asked of the gate, and its answer.
#[derive(Clone, Debug, PartialEq, Deserialize, Decode)]
#[decode(part)]
pub(crate) struct Judged {
    pub(crate) action: ActionKind,
    #[serde(default)]
    pub(crate) field: Option<String>,
    pub(crate) record: Record,
    #[serde(default)]
    pub(crate) old: Option<String>,
    #[serde(default)]
    pub(crate) new: String,
    /// Where to, for actions that are proposed: the campaign, the sequence, the time.
    #[serde(default)]
    pub(crate) to: String,
    /// Who acts, where the decision says so: `{"agent": "alim"}`.
    #[serde(default)]
    pub(crate) by: Option<Principal>,
    #[serde(default)]
    pub(crate) source: Option<String>,
    /// Per mille.
    #[serde(default)]
    pub(crate) confidence: Option<u16>,
    #[serde(default)]
    pub(crate) workflow: Option<String>,
    pub(crate) verdict: Verdict,
    pub(crate) uncapped: Verdict,
    #[serde(default)]
    pub(crate) reasons: Vec<Reason>,
    /// As the contract writes it.
    #[serde(default)]
    pub(crate) reviewer: Option<Value>,
    #[serde(default)]
    pub(crate) no_op: bool,
}

/// The record something is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Decode)]
#[serde(default)]
#[decode(part)]
pub(crate) struct Record {
    pub(crate) object: String,
    pub(crate) id: String,
}

/// One reason for a verdict.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Decode)]
#[decode(part)]
pub(crate) struct Reason {
    pub(crate) verdict: Verdict,
    pub(crate) code: String,
    #[serde(default)]
    pub(crate) rule: Option<String>,
    #[serde(default)]
    pub(crate) address: Option<String>,
    pub(crate) message: String,
}

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Decode)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Principal {
    Agent(String),
    Person(String),
    System(String),
    Provider(String),
}

impl Judged {
    /// Whether somebody proposed it; otherwise a stage of the engine asked. A decision says by whom, from which source or
    /// where to of what is proposed alone; and there are actions that no stage asks for by itself.
    pub(crate) const fn proposed(&self) -> bool {
        use ActionKind::{Assign, ChangeStage, CreateTask, Link, UpdateField};
        let own = matches!(self.action, Link | UpdateField | ChangeStage | Assign | CreateTask);
        self.source.is_some() || self.by.is_some() || !self.to.is_empty() || !own
    }
}

/// The same thing under both contracts; one side may be missing.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pair<T> {
    pub(crate) before: Option<T>,
    pub(crate) after: Option<T>,
}

impl<T: PartialEq> Pair<T> {
    /// Whether the two sides differ.
    pub(crate) fn differs(&self) -> bool {
        self.before != self.after
    }

    /// Either side, the candidate's first.
    pub(crate) const fn either(&self) -> Option<&T> {
        match &self.after {
            Some(after) => Some(after),
            None => self.before.as_ref(),
        }
    }
}

/// Puts side by side what `alike` says belongs together: the surest test first. The candidate's order is kept; what the
/// baseline alone has comes last.
fn pairs<T: Clone>(before: &[T], after: &[T], alike: &[fn(&T, &T) -> bool]) -> Vec<Pair<T>> {
    let mut partner: Vec<Option<usize>> = vec![None; after.len()];
    let mut taken = vec![false; before.len()];
    for alike in alike {
        for (new, place) in after.iter().zip(&mut partner) {
            if place.is_some() {
                continue;
            }
            let free = before.iter().zip(&mut taken).enumerate().find(|(_, (old, taken))| !**taken && alike(old, new));
            if let Some((index, (_, taken))) = free {
                *taken = true;
                *place = Some(index);
            }
        }
    }
    let both = after.iter().zip(partner).map(|(new, place)| Pair {
        before: place.and_then(|place| before.get(place)).cloned(),
        after: Some(new.clone()),
    });
    let gone = before.iter().zip(&taken).filter(|(_, taken)| !**taken);
    both.chain(gone.map(|(old, _)| Pair { before: Some(old.clone()), after: None })).collect()
}

/// The suppressions of both decisions.
pub(crate) fn suppressed(before: &Decided, after: &Decided) -> Vec<Pair<Suppressed>> {
    pairs(&before.suppressed, &after.suppressed, &[|a, b| a.rule == b.rule])
}

/// Everything that was judged, side by side.
pub(crate) fn judged(before: &Decided, after: &Decided) -> Vec<Pair<Judged>> {
    const fn same(a: &Judged, b: &Judged) -> bool {
        a.action as u8 == b.action as u8
    }
    fn whose(a: &Judged, b: &Judged) -> bool {
        a.source == b.source && a.by == b.by && a.to == b.to
    }
    pairs(
        &before.judged,
        &after.judged,
        &[
            |a, b| same(a, b) && a.field == b.field && whose(a, b) && a.record == b.record && a.new == b.new,
            |a, b| same(a, b) && a.field == b.field && whose(a, b) && a.record.object == b.record.object,
        ],
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Decided, judged, suppressed};

    fn decided(judged: &[(&str, Option<&str>, &str, &str)]) -> Decided {
        let judged: Vec<_> = judged
            .iter()
            .map(|(action, source, new, verdict)| {
                json!({"action": action, "source": source, "new": new, "verdict": verdict, "uncapped": verdict,
                       "record": {"object": "lead", "id": "1"}, "later": true})
            })
            .collect();
        serde_json::from_value(json!({"judged": judged, "engine": "0"})).unwrap()
    }

    #[test]
    fn the_same_proposal_stands_beside_itself() {
        let before = decided(&[
            ("update_field", Some("a"), "x", "auto"),
            ("update_field", Some("b"), "y", "block"),
            ("assign", None, "dana", "suggest"),
            ("merge", None, "z", "block"),
        ]);
        let after = decided(&[
            ("update_field", Some("b"), "y", "block"),
            ("update_field", Some("a"), "x", "review"),
            ("assign", None, "mika", "suggest"),
            ("link", None, "acme", "auto"),
        ]);
        let found: Vec<_> = judged(&before, &after)
            .iter()
            .map(|pair| {
                let new =
                    |side: &Option<super::Judged>| side.as_ref().map_or("–".to_owned(), |side| side.new.clone());
                format!("{} {} {}", new(&pair.before), new(&pair.after), pair.differs())
            })
            .collect();
        assert_eq!(found, ["y y false", "x x true", "dana mika true", "– acme true", "z – true"]);
    }

    #[test]
    fn what_somebody_proposed_is_told_from_what_a_stage_asks() {
        let judged = |more: serde_json::Value| {
            let mut judged = json!({"action": "assign", "record": {"object": "lead", "id": "1"}, "verdict": "auto", "uncapped": "auto"});
            judged.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            serde_json::from_value::<super::Judged>(judged).unwrap()
        };
        for (more, proposed) in [
            (json!({}), false),
            (json!({"action": "create_task", "new": "call"}), false),
            (json!({"by": {"agent": "alim"}}), true),
            (json!({"action": "create_task", "by": {"person": "dana@a.example"}}), true),
            (json!({"to": "dana"}), true),
            (json!({"action": "send_message"}), true),
            (json!({"source": "conversation"}), true),
        ] {
            assert_eq!(judged(more.clone()).proposed(), proposed, "{more}");
        }
    }

    #[test]
    fn matched_records_have_names() {
        let found: Decided = serde_json::from_value(json!({"match": {"person": {"outcome": "none"},
            "account": {"outcome": "exact", "record": {"object": "account", "id": "7", "name": "Acme"}}}}))
        .unwrap();
        assert_eq!((found.matched.name_of("7"), found.matched.name_of("8")), (Some("Acme"), None));
    }

    #[test]
    fn nothing_on_either_side_is_no_pair() {
        assert!(judged(&Decided::default(), &Decided::default()).is_empty());
        let one: Decided =
            serde_json::from_value(json!({"suppressed": [{"rule": "opt-out", "kind": "opt_out", "holds": "unknown"}]}))
                .unwrap();
        assert_eq!(suppressed(&one, &one).len(), 1);
        assert!(suppressed(&one, &Decided::default())[0].differs());
    }
}
