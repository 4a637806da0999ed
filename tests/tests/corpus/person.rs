//! What a person does with what a decision asked for: approve it, reject it, leave it waiting, take it back.
//!
//! Input: a block such as `{"approve": "send_message", "by": "ann", "present": "", "gives": "change …"}`. Invariant: what
//! it gives is stated.

use interlock_core::audit::review::{Present, Said, answer, keep};
use interlock_core::audit::{Entry, Says, approved, rolled_back};
use interlock_core::contract::Verdict;
use interlock_core::decision::Decision;
use interlock_core::gate::{Approval, Change, Judged, approve, roll_back};
use interlock_core::plan::Plan;
use interlock_core::record::{Because, Refused, State};
use interlock_core::route::{Breach, Destination, breaches};
use interlock_core::time::Timestamp;
use serde_json::Value;

/// Does what the block says, and compares what it gives.
pub(crate) fn act(act: &Value, decision: &Decision, plan: &Plan, state: &mut State) -> Result<(), String> {
    let Some(keys) = act.as_object() else { return Err("expected an object".to_owned()) };
    let known = [
        "host",
        "clock",
        "wait",
        "approve",
        "reject",
        "roll_back",
        "says",
        "to",
        "value",
        "by",
        "at",
        "instead",
        "present",
        "gives",
    ];
    if let Some(key) = keys.keys().find(|key| !known.contains(&key.as_str())) {
        return Err(format!("`{key}` is not understood"));
    }
    let text = |key: &str| act[key].as_str();
    if let Some(done) = host(act, decision, plan, state) {
        let expected = text("gives").unwrap_or("nothing");
        let found = done?;
        return if found == expected { Ok(()) } else { Err(format!("expected  {expected}\n    found  {found}")) };
    }
    if act["wait"] == Value::Bool(true) {
        state.wait(decision);
        return Ok(());
    }
    let acts = ["approve", "reject", "roll_back"].iter().find_map(|verb| Some((*verb, text(verb)?)));
    let (verb, what) = acts
        .or_else(|| Some((text("says")?, text("to")?)))
        .ok_or("expected `wait`, `approve`, `reject`, `roll_back`, or `says` and `to`")?;
    let judged = decision.judged.iter().find(|judged| {
        let field = judged.field.as_ref().map_or_else(String::new, |field| format!(" {field}"));
        format!("{}{field}", judged.action) == what
    });
    let judged = judged.ok_or_else(|| format!("nothing is asked that is called `{what}`"))?;
    let at = match text("at") {
        Some(at) => Timestamp::parse(at).ok_or_else(|| format!("`{at}` is no time"))?,
        None => decision.as_of,
    };
    let approval = Approval {
        by: text("by").unwrap_or_default().to_owned(),
        at,
        instead: text("instead").map(str::to_owned),
        note: String::new(),
    };
    let given = match verb {
        // What was done by itself is no longer offered: the host keeps that it is not wanted.
        "reject" if judged.verdict == Verdict::Auto => {
            state.refuse(judged, Because::Rejected);
            state.settle(&judged.record, judged.action, judged.field.as_ref());
            "nothing".to_owned()
        }
        "reject" => {
            let asked = entry_of(decision, judged)?;
            let (by, note) = (approval.by.clone(), approval.note.clone());
            let said = Said { says: Says::Rejected, by, at, note, value: String::new() };
            match answer(Some(plan), asked, &said, Present::NotSaid) {
                Ok(answer) => {
                    keep(plan, asked, &answer, state);
                    "nothing".to_owned()
                }
                Err(why) => format!("refused: {why}"),
            }
        }
        "approve" => match approve(plan, judged, &approval, text("present")) {
            Ok(change) => {
                state.settle(&judged.record, judged.action, judged.field.as_ref());
                given(&change, &approved(entry_of(decision, judged)?, &approval, &change))
            }
            Err(refusal) => format!("refused: {refusal}"),
        },
        word if act["says"].is_string() => {
            let says = Says::parse(word).ok_or_else(|| format!("nobody says `{word}`"))?;
            let value = text("value").unwrap_or_default().to_owned();
            let said = Said { says, by: approval.by, at, note: String::new(), value };
            let asked = entry_of(decision, judged)?;
            match answer(Some(plan), asked, &said, Present::NotSaid) {
                Ok(answer) => {
                    keep(plan, asked, &answer, state);
                    let old = answer.old.as_ref().map_or_else(|| "blank".to_owned(), |old| format!("`{old}`"));
                    let writes = if answer.writes() { "" } else { ", which writes nothing" };
                    format!("{} {old} to `{}`{writes}", answer.kind.word(), answer.new)
                }
                Err(why) => format!("refused: {why}"),
            }
        }
        _ => {
            let entry = entry_of(decision, judged)?;
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

/// The entry of what was judged.
fn entry_of<'d>(decision: &'d Decision, judged: &Judged) -> Result<&'d Entry, String> {
    let same = |entry: &&Entry| {
        entry.action == judged.action && entry.field == judged.field && entry.record == judged.record.id
    };
    decision.audit.iter().find(same).ok_or_else(|| format!("no entry of `{}`", judged.action))
}

/// What the host does with a lead, `{"host": "accept", "at": …}`, and what the clock finds, `{"clock": …, "gives": …}`.
fn host(act: &Value, decision: &Decision, plan: &Plan, state: &mut State) -> Option<Result<String, String>> {
    let time = |key: &str| match act[key].as_str() {
        Some(text) => Timestamp::parse(text).ok_or_else(|| format!("`{text}` is no time")),
        None => Ok(decision.as_of),
    };
    if act["clock"].is_string() {
        return Some(time("clock").map(|at| {
            let breach = |breach: &Breach| {
                let what = serde_json::to_value(breach.of).unwrap_or_default();
                let to = if breach.to.is_some() { ", to be given to somebody else" } else { "" };
                format!(
                    "{} of {} by {}, due {}{to}",
                    what.as_str().unwrap_or_default(),
                    breach.record,
                    breach.owner,
                    breach.due
                )
            };
            let breaches: Vec<String> = breaches(plan, state, at).iter().map(breach).collect();
            if breaches.is_empty() { "nothing".to_owned() } else { breaches.join("; ") }
        }));
    }
    let verb = act["host"].as_str()?;
    let record = &decision.record;
    let route = decision.route.as_ref();
    let at = match time("at") {
        Ok(at) => at,
        Err(says) => return Some(Err(says)),
    };
    let owner = match route.map(|route| &route.place) {
        Some(Destination::Owner(owner)) => Some(owner),
        _ => None,
    };
    let from = route.and_then(|route| route.pool.as_ref()).map(|pool| &pool.pool);
    let pools = plan.contract().routing.iter().flat_map(|routing| &routing.pools);
    match (verb, owner, { pools }.find(|pool| Some(&pool.id) == from)) {
        ("accept", ..) => _ = state.accept(record),
        ("respond", ..) => _ = state.respond(record),
        ("pause", ..) => state.pause(record, at),
        ("resume", ..) => state.resume(plan, record, at),
        ("close", Some(owner), _) => state.close(owner),
        ("give_back", Some(owner), Some(pool)) => state.give_back(pool, owner, at),
        _ => return Some(Err(format!("`{verb}` is not understood, or nobody has the lead"))),
    }
    Some(Ok("nothing".to_owned()))
}

fn given(change: &Change, entry: &Entry) -> String {
    let old = change.old().map_or_else(|| "blank".to_owned(), |old| format!("`{old}`"));
    let word = |value: Value| value.as_str().unwrap_or("none").to_owned();
    let kind = word(serde_json::to_value(entry.kind).unwrap_or_default());
    let actor = word(serde_json::to_value(entry.actor).unwrap_or_default());
    format!("{kind} {old} to `{}` by {actor}", change.new_value())
}
