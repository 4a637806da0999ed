//! Running a case: its blocks in order, each event decided under the contract before it, the state carried on.

use interlock_core::check::{Checked, Severity, check, check_text};
use interlock_core::crm;
use interlock_core::decide::{Detail, breached, decide, decide_next, sweep};
use interlock_core::decision::Decision;
use interlock_core::json::address;
use interlock_core::plan::{Plan, Truth};
use interlock_core::record::{Crm, Event, State, Table};
use serde_json::Value;

use crate::case::{Block, Case};
use crate::found::Found;
use crate::person;

/// Every line of a case that does not hold.
pub(crate) fn run(case: &Case, base: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    let whole = if case.starting { &base["starting"] } else { &base["contract"] };
    let mut contract = whole.clone();
    let mut checked = check(&contract);
    let mut tables: Vec<Table> = Vec::new();
    let (mut state, mut decided) = (State::default(), None);
    for step in &case.steps {
        let mut fault = |line: usize, says: String| faults.push(format!("{}:{line}: {says}", case.name));
        match &step.block {
            Block::Contract(edits) => {
                contract = whole.clone();
                if let Err(says) = edit(&mut contract, edits) {
                    fault(step.line, says);
                }
                checked = check(&contract);
                state = State::default();
            }
            Block::Whole(text) => checked = check_text(text),
            Block::Table(object, text) => {
                let options = crm::Options { object: Some(*object), ..crm::Options::default() };
                match crm::read("corpus.csv", text.as_bytes(), &options) {
                    Ok(table) => {
                        tables.retain(|other| other.object != table.object);
                        tables.push(table);
                    }
                    Err(error) => fault(step.line, error.to_string()),
                }
            }
            Block::Event(event) | Block::Sweep(event) => {
                let Some(plan) = &checked.plan else {
                    let errors = findings(&checked, Severity::Error);
                    fault(step.line, format!("the contract cannot be used: {errors:#?}"));
                    return faults;
                };
                let snapshot = Crm::build(&tables, plan);
                let raised = if matches!(step.block, Block::Sweep(_)) {
                    swept(event, plan, &snapshot, &state)
                } else {
                    let mut raised = base["event"].clone();
                    merge(&mut raised, event);
                    Some(raised)
                };
                let Some(raised) = raised else {
                    decided = None;
                    continue;
                };
                match serde_json::from_value::<Event>(raised) {
                    Ok(event) => {
                        let mut apart = state.clone();
                        let lean = decide_next(plan, &event, &snapshot, &mut apart, event.at, 7, Detail::Outcome);
                        let (decision, after) = decide(plan, &event, &snapshot, state, event.at, 7);
                        if let Some(says) = differs(&decision, &lean) {
                            fault(step.line, says);
                        }
                        state = after;
                        if let Err(says) = bound(&decision) {
                            fault(step.line, says);
                        }
                        decided = Some((decision, snapshot));
                    }
                    Err(error) => fault(step.line, format!("this is no event: {error}")),
                }
            }
            Block::State(kept) => match serde_json::from_value(kept.clone()) {
                Ok(kept) => state = kept,
                Err(error) => fault(step.line, format!("this is no state: {error}")),
            },
            Block::Person(act) => match (&decided, &checked.plan) {
                (Some((decision, _)), Some(plan)) => {
                    if let Err(says) = person::act(act, decision, plan, &mut state) {
                        fault(step.line, says);
                    }
                }
                _ => fault(step.line, "there is no event before this".to_owned()),
            },
            Block::Expect(lines) => match (&decided, &checked.plan) {
                (Some((decision, snapshot)), Some(plan)) => {
                    for (line, says) in expect(lines, decision, snapshot, plan) {
                        fault(line, says);
                    }
                }
                _ if *lines.iter().map(|(_, line)| line.as_str()).collect::<Vec<_>>() == ["nothing is raised"] => {}
                _ => fault(step.line, "there is no event before this".to_owned()),
            },
            Block::Check(lines) => {
                for (line, says) in expect_check(lines, &checked) {
                    fault(line, says);
                }
            }
        }
    }
    faults
}

/// The event that a sweep at `at` raises for the lead `id`, with whatever else the block says of it; none where it raises none.
fn swept(block: &Value, plan: &Plan, crm: &Crm, state: &State) -> Option<Value> {
    let mut more = block.clone();
    let id = more.as_object_mut()?.remove("id")?;
    let at: interlock_core::time::Timestamp = serde_json::from_value(more["at"].clone()).ok()?;
    let raised = sweep(plan, crm, at).into_iter().chain(breached(plan, crm, state, at));
    let event = { raised }.find(|event| Some(event.record.id.as_str()) == id.as_str())?;
    let mut event = serde_json::to_value(event).ok()?;
    merge(&mut event, &more);
    Some(event)
}

/// Keys of a contract block: `/an/address` is set, `/a/list/+` gets one more item, `suppression` comes beside the base's,
/// any other key is merged; null removes.
fn edit(contract: &mut Value, edits: &Value) -> Result<(), String> {
    let Some(edits) = edits.as_object() else { return Err("expected an object".to_owned()) };
    for (key, value) in edits {
        let done = if let Some(list) = key.strip_suffix("/+") {
            address::insert(contract, list, usize::MAX, value.clone())
        } else if let ("suppression", Some(more)) = (key.trim_start_matches('/'), value.as_array()) {
            contract["suppression"].as_array_mut().into_iter().for_each(|items| items.extend(more.iter().cloned()));
            Ok(())
        } else if !key.starts_with('/') {
            merge(&mut contract[key.as_str()], value);
            if value.is_null() {
                contract.as_object_mut().and_then(|keys| keys.remove(key));
            }
            Ok(())
        } else if value.is_null() {
            address::remove(contract, key).map(|_| ())
        } else {
            address::set(contract, key, value.clone()).map(|_| ())
        };
        done.map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// JSON Merge Patch (RFC 7396).
fn merge(target: &mut Value, patch: &Value) {
    match (target, patch) {
        (Value::Object(target), Value::Object(patch)) => {
            for (key, value) in patch {
                if value.is_null() {
                    target.remove(key);
                } else {
                    merge(target.entry(key.clone()).or_insert(Value::Null), value);
                }
            }
        }
        (target, patch) => *target = patch.clone(),
    }
}

/// Without words the same is decided.
fn differs(full: &Decision, lean: &Decision) -> Option<String> {
    let scores = |decision: &Decision| {
        let scores = decision.scores.iter().map(|scored| (scored.score.clone(), scored.points, scored.band.clone()));
        scores.collect::<Vec<_>>()
    };
    let judged = |decision: &Decision| {
        let judged =
            decision.judged.iter().map(|judged| (judged.action, judged.verdict, judged.uncapped, judged.no_op));
        judged.collect::<Vec<_>>()
    };
    let same = full.outcome == lean.outcome
        && scores(full) == scores(lean)
        && full.grades == lean.grades
        && judged(full) == judged(lean);
    (!same).then(|| {
        format!("without words something else is decided: {:?} {:?}, {:?}", lean.outcome, scores(lean), judged(lean))
    })
}

/// What holds in every case: a change exactly where the verdict is `auto`, bound to the old value; a lead counts as
/// suppressed exactly where a suppression holds for certain, and only one in doubt says what is missing.
fn bound(decision: &Decision) -> Result<(), String> {
    let certain = decision.suppressed.iter().any(|one| one.holds == Truth::Yes);
    let idle = decision.suppressed.iter().find(|one| one.holds == Truth::Yes && !one.missing.is_empty());
    if decision.outcome.suppressed != certain || idle.is_some() {
        return Err(format!("suppressed: {}, but {:#?}", decision.outcome.suppressed, decision.suppressed));
    }
    for judged in &decision.judged {
        let auto = judged.verdict == interlock_core::contract::Verdict::Auto && !judged.no_op;
        let bound = judged.change.as_ref().is_none_or(|change| {
            change.old() == judged.old.as_deref()
                && change.new_value() == judged.new
                && change.record() == &judged.record
        });
        if judged.change.is_some() != auto || !bound {
            return Err(format!("the change does not fit the verdict: {judged:#?}"));
        }
    }
    Ok(())
}

fn expect(lines: &[(usize, String)], decision: &Decision, crm: &Crm, plan: &Plan) -> Vec<(usize, String)> {
    let found = Found::of(decision, crm, plan);
    let mut faults = Vec::new();
    let stated: Vec<&str> = lines.iter().filter_map(|(_, line)| Some(line.split_once(": ")?.0)).collect();
    for (number, line) in lines {
        if let Err(says) = found.holds(line, &stated) {
            faults.push((*number, format!("expected  {line}\n    found  {says}")));
        }
    }
    faults
}

fn findings(checked: &Checked, severity: Severity) -> Vec<String> {
    let of = checked.findings.iter().filter(|finding| finding.severity == severity);
    of.map(|finding| format!("{} {} {} says `{}`", severity.word(), finding.code, finding.address, finding.message))
        .collect()
}

/// `error CODE ADDRESS`, `warning CODE ADDRESS`, each perhaps with ` says "part of the message"`; all errors must be
/// stated, and with `nothing else is found` all warnings.
fn expect_check(lines: &[(usize, String)], checked: &Checked) -> Vec<(usize, String)> {
    let mut left: Vec<_> = checked.findings.iter().collect();
    let mut faults = Vec::new();
    let mut all = false;
    for (number, line) in lines {
        let (place, says) = line.strip_suffix('"').and_then(|line| line.split_once(" says \"")).unwrap_or((line, ""));
        match place.split(' ').collect::<Vec<_>>().as_slice() {
            ["usable" | "refused"] => {
                if checked.is_usable() != (place == "usable") {
                    faults.push((
                        *number,
                        format!("expected  {line}\n    found  {:#?}", findings(checked, Severity::Error)),
                    ));
                }
            }
            ["nothing", "else", "is", "found"] => all = true,
            [severity @ ("error" | "warning"), code, rest @ ..] if rest.len() < 2 => {
                let address = rest.first().copied().unwrap_or("");
                let found = left.iter().position(|finding| {
                    finding.severity.word() == *severity
                        && finding.code == *code
                        && finding.address == address
                        && finding.message.contains(says)
                });
                match found {
                    Some(found) => {
                        left.remove(found);
                    }
                    None => {
                        let found = [findings(checked, Severity::Error), findings(checked, Severity::Warning)].concat();
                        faults.push((*number, format!("expected  {line}\n    found  {}", found.join("\n           "))));
                    }
                }
            }
            _ => faults.push((*number, format!("this line is not understood: `{line}`"))),
        }
    }
    for finding in left {
        if all || finding.severity == Severity::Error {
            let last = lines.last().map_or(0, |(number, _)| *number);
            faults.push((
                last,
                format!(
                    "not expected: {} {} {} ({})",
                    finding.severity.word(),
                    finding.code,
                    finding.address,
                    finding.message
                ),
            ));
        }
    }
    faults
}
