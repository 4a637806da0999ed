//! Rollbacks in words.

use std::io::{self, Write};

use interlock_core::audit::rollback::{
    Applied, Back, Cannot, Checked, Kept, Later, RollbackPlan, Status, Unknown, Verification, Why,
};
use interlock_core::audit::{Actor, EntryKind};
use interlock_core::contract::Reviewer;
use interlock_core::text::{count, thousands};

use crate::input::Usable;
use crate::output::{BAD, GOOD, Grid, NOTICE, PALE, STRONG, cut, tame};

/// More rows than these are counted and not shown.
const MOST: usize = 30;
/// Longer values are cut.
const LONGEST: usize = 36;

fn value(value: Option<&str>) -> String {
    value.map_or_else(|| "(blank)".to_owned(), |text| cut(&tame(text), LONGEST).into_owned())
}

fn heading(out: &mut dyn Write, what: &str, many: &str) -> io::Result<()> {
    writeln!(out, "\n{STRONG}{what}{STRONG:#}  {PALE}{many}{PALE:#}")
}

fn more(out: &mut dyn Write, all: usize) -> io::Result<()> {
    match all.checked_sub(MOST).filter(|more| *more > 0) {
        Some(more) => writeln!(out, "  {PALE}and {} more; `--format json` has all{PALE:#}", thousands(more as u64)),
        None => Ok(()),
    }
}

/// What the plan would do.
pub(super) fn plan(out: &mut dyn Write, plan: &RollbackPlan, unknown: &[Unknown], by_log: bool) -> io::Result<()> {
    let digest = plan.digest.map(|digest| digest.to_string()).unwrap_or_default();
    writeln!(out, "{STRONG}rollback by {} at {}{STRONG:#}  {PALE}{digest}{PALE:#}", tame(&plan.by), plan.as_of)?;
    for name in unknown {
        let what = format!("no entry of the log has the {} `{}`", name.what, tame(&name.name));
        writeln!(out, "  {NOTICE}!{NOTICE:#} {what}; {}", tame(&name.help))?;
    }
    if !plan.decided_by.is_empty() {
        let many = count(plan.decided_by.len() as u64, "other contract", "other contracts");
        writeln!(
            out,
            "  {NOTICE}!{NOTICE:#} some of this was decided by {many}; the rollback section of this one counts"
        )?;
    }
    by_what(out, by_log, plan.back.iter().filter(|back| !back.seen).count())?;
    back(out, &plan.back, "Goes back", plan.undone())?;
    if !plan.kept.is_empty() {
        heading(out, "Kept", &count(plan.kept.len() as u64, "change stays", "changes stay"))?;
        kept(out, &plan.kept)?;
    }
    if !plan.cannot.is_empty() {
        heading(out, "Cannot be undone", &count(plan.cannot.len() as u64, "entry", "entries"))?;
        cannot(out, &plan.cannot)?;
    }
    if !plan.withdrawn.is_empty() {
        let many = count(
            plan.withdrawn.len() as u64,
            "suggestion or review waits no more",
            "suggestions and reviews wait no more",
        );
        heading(out, "Withdrawn", &many)?;
        let mut grid = Grid::new(&["record", "what", "value"]);
        for waiting in plan.withdrawn.iter().take(MOST) {
            let what = waiting.field.as_ref().map_or_else(|| waiting.step.action.word(), |field| field.as_str());
            grid.row([
                format!("{}/{}", waiting.object, waiting.record),
                what.to_owned(),
                value(Some(&waiting.step.new)),
            ]);
        }
        grid.write(out, "  ")?;
        more(out, plan.withdrawn.len())?;
    }
    if !plan.told.is_empty() {
        heading(out, "Owners told", &count(plan.told.len() as u64, "owner", "owners"))?;
        for told in plan.told.iter().take(MOST) {
            let mut lines = told.text.lines();
            writeln!(out, "  {}: {}", tame(told.owner.as_str()), tame(lines.next().unwrap_or_default()))?;
            for line in lines {
                writeln!(out, "    {}", tame(line))?;
            }
        }
        more(out, plan.told.len())?;
    }
    if !plan.notify.is_empty() && !plan.back.is_empty() {
        let who: Vec<String> = plan.notify.iter().map(reviewer).collect();
        writeln!(out, "\nthe contract has told: {}", who.join(", "))?;
    }
    Ok(())
}

fn reviewer(reviewer: &Reviewer) -> String {
    serde_json::to_value(reviewer).map_or_else(
        |_| String::new(),
        |value| match value.as_object().and_then(|keys| keys.iter().next()) {
            Some((kind, who)) => format!("{} `{}`", kind.replace('_', " "), tame(who.as_str().unwrap_or_default())),
            None => value.as_str().unwrap_or_default().replace('_', " "),
        },
    )
}

fn by_what(out: &mut dyn Write, by_log: bool, unseen: usize) -> io::Result<()> {
    if by_log {
        let text = "no file of the CRM was given: the log's own last values count; `--leads` and its like compare with what \
                    stands there now";
        return writeln!(out, "  {NOTICE}!{NOTICE:#} {text}");
    }
    if unseen > 0 {
        let many = count(unseen as u64, "value stands", "values stand");
        writeln!(out, "  {NOTICE}!{NOTICE:#} {many} in no file: the log's own last value counts for them")?;
    }
    Ok(())
}

fn back(out: &mut dyn Write, back: &[Back], what: &str, undone: u64) -> io::Result<()> {
    if back.is_empty() {
        heading(out, what, "nothing")?;
        return Ok(());
    }
    let values = count(back.len() as u64, "value", "values");
    let entries = count(undone, "entry", "entries");
    heading(out, what, &format!("{values}, {entries} undone"))?;
    let mut grid = Grid::new(&["record", "field", "stands", "goes back to", ">entries"]);
    for back in back.iter().take(MOST) {
        grid.row([
            format!("{}/{}", back.object, back.record),
            back.field.to_string(),
            value(back.stands.as_deref()),
            value(back.to.as_deref()),
            back.undoes.len().to_string(),
        ]);
    }
    grid.write(out, "  ")?;
    more(out, back.len())
}

fn kept(out: &mut dyn Write, kept: &[Kept]) -> io::Result<()> {
    let mut grid = Grid::new(&["record", "field", "stands", "why it stays"]);
    for kept in kept.iter().take(MOST) {
        grid.row([
            format!("{}/{}", kept.object, kept.record),
            kept.field.to_string(),
            value(kept.stands.as_deref()),
            why(kept),
        ]);
    }
    grid.write(out, "  ")?;
    more(out, kept.len())
}

/// Who did something, and when.
fn who(later: &Later) -> String {
    let by = later.by.as_deref().map(|by| format!("`{}`", tame(by)));
    let person = || by.clone().unwrap_or_else(|| "a person".to_owned());
    let who = match (later.actor, &later.workflow) {
        _ if later.kind == EntryKind::Rollback => format!("a rollback by {}", person()),
        (Some(Actor::Human), _) => person(),
        (None, _) => "another system".to_owned(),
        (Some(_), _) if later.kind == EntryKind::Correction => person(),
        (Some(_), Some(workflow)) => format!("`{}`", tame(workflow.as_str())),
        (Some(_), None) => "another change".to_owned(),
    };
    format!("{who} at {}", later.at)
}

fn why(kept: &Kept) -> String {
    let later = kept.later.as_ref();
    let after = |what: &str| match later {
        Some(later) if later.value.is_empty() => format!("{what} {}: blank", who(later)),
        Some(later) => format!("{what} {}: {}", who(later), value(Some(&later.value))),
        None => format!("{what} somebody whom the log does not know"),
    };
    match kept.why {
        Why::Person | Why::LaterChange => after("changed since by"),
        Why::Differs => "something else stands there than the log knows".to_owned(),
        Why::Gone => "the record is in none of the files".to_owned(),
        Why::AsBefore => "it stands as before already".to_owned(),
        Why::PersonsOwn => "a person put it in place of what was suggested".to_owned(),
        Why::TakenBack => match later {
            Some(later) => format!("taken back already by {}", who(later)),
            None => "taken back already".to_owned(),
        },
        Why::Stale => "changed since the plan was made".to_owned(),
    }
}

fn cannot(out: &mut dyn Write, cannot: &[Cannot]) -> io::Result<()> {
    for one in cannot.iter().take(MOST) {
        let what = one.field.as_ref().map_or_else(|| one.step.action.word(), |field| field.as_str());
        let record = format!("{}/{}", one.object, one.record);
        writeln!(out, "  {BAD}✗{BAD:#} {} {}: {}", tame(&record), tame(what), tame(&one.why))?;
        writeln!(out, "      to do: {}", tame(&one.follow_up))?;
    }
    more(out, cannot.len())
}

/// What came of applying.
pub(super) fn applied(
    out: &mut dyn Write,
    plan: &RollbackPlan,
    applied: &Applied,
    contract: &Usable,
    by_log: bool,
) -> io::Result<()> {
    if contract.plan.digest() != plan.contract {
        let text = "the plan was made under another contract; the rollback section of this one counts";
        writeln!(out, "{NOTICE}!{NOTICE:#} {text}")?;
    }
    by_what(out, by_log, applied.back.iter().filter(|back| !back.seen).count())?;
    let undone = applied.back.iter().map(|back| back.undoes.len() as u64).sum();
    back(out, &applied.back, "Taken back", undone)?;
    if !applied.kept.is_empty() {
        heading(out, "Kept", "something has changed since the plan was made")?;
        kept(out, &applied.kept)?;
    }
    if !plan.cannot.is_empty() {
        heading(out, "To do by hand", &count(plan.cannot.len() as u64, "entry", "entries"))?;
        cannot(out, &plan.cannot)?;
    }
    writeln!(out)
}

/// What the state has of it.
pub(super) fn repeats(applied: &Applied) -> String {
    let mut all = vec![format!("{} not to be repeated", count(applied.refused.len() as u64, "change", "changes"))];
    if !applied.allowed.is_empty() {
        all.push(format!("{} allowed again", thousands(applied.allowed.len() as u64)));
    }
    if !applied.settled.is_empty() {
        all.push(format!("{} waiting no more", thousands(applied.settled.len() as u64)));
    }
    all.join(", ")
}

/// What was done of a plan.
pub(super) fn verified(out: &mut dyn Write, verified: &Verification) -> io::Result<()> {
    let all = verified.cells.len() as u64;
    let parts = [(verified.done, "done"), (verified.missing, "missing"), (verified.differs, "different")];
    let parts: Vec<String> =
        parts.iter().filter(|(many, _)| *many > 0).map(|(many, what)| format!("{} {what}", thousands(*many))).collect();
    writeln!(
        out,
        "{STRONG}{} to go back{STRONG:#}  {PALE}{}{PALE:#}",
        count(all, "value", "values"),
        parts.join(", ")
    )?;
    if verified.unseen > 0 {
        let many = count(verified.unseen, "value", "values");
        writeln!(out, "  {NOTICE}!{NOTICE:#} of {many} the log alone was asked: no file of the CRM has them")?;
    }
    let open: Vec<&Checked> = verified.cells.iter().filter(|cell| cell.status != Status::Done).collect();
    for cell in open.iter().take(MOST) {
        let record = format!("{}/{} {}", cell.object, cell.record, cell.field);
        writeln!(out, "  {BAD}✗{BAD:#} {}: {}", tame(&record), status(cell))?;
    }
    more(out, open.len())?;
    if open.is_empty() {
        writeln!(out, "  {GOOD}✓{GOOD:#} all of it went back")?;
    }
    Ok(())
}

fn status(cell: &Checked) -> String {
    let (to, stands) = (value(cell.to.as_deref()), value(cell.stands.as_deref()));
    match cell.status {
        Status::Done => "done".to_owned(),
        Status::Missing => format!("not done: {stands} stands there, {to} is to"),
        Status::NotWritten => {
            format!("the log says it went back, but the CRM still has {stands}; {to} is to stand there")
        }
        Status::NotLogged => format!("the CRM has {to}, but the log does not say that it went back"),
        Status::Gone => "the record is in none of the files".to_owned(),
        Status::Differs => {
            let by = cell.later.as_ref().map_or_else(String::new, |later| format!(", by {}", who(later)));
            format!("{stands} stands there{by}; {to} was to")
        }
    }
}
