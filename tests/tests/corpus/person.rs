//! What a person does with what a decision asked for: approve it, reject it, leave it waiting, take it back.
//!
//! Input: a block such as `{"approve": "send_message", "by": "ann", "present": "", "gives": "change …"}`. Invariant: what
//! it gives is stated.

use interlock_core::audit::{Entry, approved, rolled_back};
use interlock_core::decision::Decision;
use interlock_core::gate::{Approval, Change, approve, roll_back};
use interlock_core::plan::Plan;
use interlock_core::record::{Because, Refused, State};
use interlock_core::time::Timestamp;
use serde_json::Value;

/// Does what the block says, and compares what it gives.
pub(crate) fn act(act: &Value, decision: &Decision, plan: &Plan, state: &mut State) -> Result<(), String> {
    let Some(keys) = act.as_object() else { return Err("expected an object".to_owned()) };
    let known = ["wait", "approve", "reject", "roll_back", "by", "at", "instead", "present", "gives"];
    if let Some(key) = keys.keys().find(|key| !known.contains(&key.as_str())) {
        return Err(format!("`{key}` is not understood"));
    }
    let text = |key: &str| act[key].as_str();
    if act["wait"] == Value::Bool(true) {
        state.wait(decision);
        return Ok(());
    }
    let (verb, what) = ["approve", "reject", "roll_back"]
        .iter()
        .find_map(|verb| Some((*verb, text(verb)?)))
        .ok_or("expected `wait`, `approve`, `reject` or `roll_back`")?;
    let judged = decision.judged.iter().find(|judged| {
        let field = judged.field.as_ref().map_or_else(String::new, |field| format!(" {field}"));
        format!("{}{field}", judged.action) == what
    });
    let judged = judged.ok_or_else(|| format!("nothing is asked that is called `{what}`"))?;
    let at = match text("at") {
        Some(at) => Timestamp::parse(at).ok_or_else(|| format!("`{at}` is no time"))?,
        None => decision.as_of,
    };
    let approval =
        Approval { by: text("by").unwrap_or_default().to_owned(), at, instead: text("instead").map(str::to_owned) };
    let given = match verb {
        "reject" => {
            state.refuse(judged, Because::Rejected);
            state.settle(&judged.record, judged.action, judged.field.as_ref());
            "nothing".to_owned()
        }
        "approve" => match approve(plan, judged, &approval, text("present")) {
            Ok(change) => {
                state.settle(&judged.record, judged.action, judged.field.as_ref());
                given(&change, &approved(decision, judged, &approval, &change))
            }
            Err(refusal) => format!("refused: {refusal}"),
        },
        _ => {
            let same = |entry: &&Entry| entry.action == judged.action && entry.field == judged.field;
            let entry = decision.audit.iter().find(same).ok_or_else(|| format!("no entry of `{what}`"))?;
            match roll_back(plan, entry, &approval, text("present")) {
                Ok(change) => {
                    let field = entry.field.clone();
                    let (action, value) = (entry.action, entry.new.clone());
                    let refused = Refused { action, field, value, because: Because::RolledBack };
                    state.keep_refused(&judged.record, refused);
                    given(&change, &rolled_back(entry, &approval, &change))
                }
                Err(refusal) => format!("refused: {refusal}"),
            }
        }
    };
    let expected = text("gives").unwrap_or("nothing");
    if given == expected { Ok(()) } else { Err(format!("expected  {expected}\n    found  {given}")) }
}

fn given(change: &Change, entry: &Entry) -> String {
    let old = change.old().map_or_else(|| "blank".to_owned(), |old| format!("`{old}`"));
    let word = |value: Value| value.as_str().unwrap_or("none").to_owned();
    let kind = word(serde_json::to_value(entry.kind).unwrap_or_default());
    let actor = word(serde_json::to_value(entry.actor).unwrap_or_default());
    format!("{kind} {old} to `{}` by {actor}", change.new_value())
}
