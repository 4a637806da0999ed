//! Handoff: next steps, templates, and what is gathered before a meeting.

use super::names::Known;
use super::{Context, condition};
use crate::contract::{Contract, Meeting, Template};
use crate::handoff::template::{Fault, NAMES, Piece, pieces, plain_name};
use crate::plan::condition::Cond;
use crate::plan::{Fact, Stage};

pub(super) fn compile(contract: &Contract, context: &mut Context) -> Vec<Cond> {
    let Some(handoff) = &contract.handoff else { return Vec::new() };
    context.ids("/handoff/next_steps", handoff.next_steps.iter().map(|step| step.id.as_str()));
    context.ids("/handoff/templates", handoff.templates.iter().map(|template| template.id.as_str()));
    for template in &handoff.templates {
        check(template, context);
    }
    if let Some(meeting) = &handoff.meeting {
        recorded(meeting, context);
    }
    let steps = handoff.next_steps.iter();
    steps
        .map(|step| {
            let address = format!("/handoff/next_steps/{}/when", step.id);
            condition::compile(&step.when, &address, Stage::Routing, context)
        })
        .collect()
}

/// A template's braces and the names between them.
fn check(template: &Template, context: &mut Context) {
    let address = format!("/handoff/templates/{}/text", template.id);
    if template.text.trim().is_empty() {
        let help = "write what the reader should know, or remove the template".to_owned();
        context.warn("empty-template", address, "this template says nothing".to_owned(), help);
        return;
    }
    let pieces = match pieces(&template.text) {
        Ok(pieces) => pieces,
        Err(fault) => {
            let (message, help) = words(fault);
            context.error("broken-template", address, message, help);
            return;
        }
    };
    let mut seen: Vec<String> = Vec::new();
    for piece in pieces {
        let (Piece::Value(written) | Piece::Open(written)) = piece else { continue };
        let (name, _) = plain_name(written);
        if is_known(&name, context) || seen.contains(&name) {
            continue;
        }
        let names = context.names.keys().filter(|known| is_known(known, context));
        let help = crate::json::suggest(&name, NAMES.into_iter().chain(names)).map_or_else(
            || "use a field such as `{lead.name}`, or one of the placeholders that `docs/handoff.md` lists".to_owned(),
            |near| format!("did you mean `{{{near}}}`?"),
        );
        context.error("unknown-placeholder", &address, format!("nothing is called `{{{written}}}`"), help);
        seen.push(name);
    }
}

/// Whether a placeholder has something to say under some contract of this form.
fn is_known(name: &str, context: &Context) -> bool {
    let score = || name.strip_suffix(".why").or_else(|| name.strip_suffix(".against"));
    NAMES.contains(&name)
        || context.names.get(name).is_some_and(|known| is_said(name, known))
        || score().and_then(|score| context.names.get(score)).is_some_and(|known| matches!(known.fact, Fact::Score(_)))
}

/// Whether a note can state a fact: fields of the records, and scores.
fn is_said(name: &str, known: &Known) -> bool {
    is_field(name, known) || matches!(known.fact, Fact::Score(_) | Fact::Band(_))
}

/// Whether it is a field of a record that belongs to the lead; which opportunity would be meant, nobody can say.
fn is_field(name: &str, known: &Known) -> bool {
    !name.starts_with("opportunity.")
        && matches!(known.fact, Fact::Lead(_) | Fact::Contact(_) | Fact::Account(_) | Fact::Custom(_))
}

fn words(fault: Fault<'_>) -> (String, String) {
    match fault {
        Fault::Brace(at) => (
            format!("a brace stands alone at `{at}`"),
            "write a placeholder as `{lead.name}`, with one brace on each side; a brace is nothing else".to_owned(),
        ),
        Fault::Nested(name) => (
            format!("the section `{{?{name}}}` begins within another"),
            "end the first one before it: sections stand side by side".to_owned(),
        ),
        Fault::Unclosed(name) => {
            (format!("the section `{{?{name}}}` does not end"), format!("end it with `{{/{name}}}`"))
        }
        Fault::Stray(name) => (
            format!("`{{/{name}}}` ends a section that did not begin"),
            format!("begin it with `{{?{name}}}`, or remove it"),
        ),
    }
}

fn recorded(meeting: &Meeting, context: &mut Context) {
    if meeting.at_most == 0 {
        let help = "say how many entries a list shows, or remove the parts from the note".to_owned();
        let message = "no entry of the history is ever shown".to_owned();
        context.warn("lists-nothing", "/handoff/meeting/at_most", message, help);
    }
    for (key, recorded) in [("pain", &meeting.pain), ("objections", &meeting.objections)] {
        for field in &recorded.fields {
            if context.names.get(field.as_str()).is_some_and(|known| is_field(field.as_str(), known)) {
                continue;
            }
            let help = context.names.nearest(field.as_str()).map(|near| format!("did you mean `{near}`?"));
            let address = format!("/handoff/meeting/{key}/fields/{field}");
            let message = format!("`{field}` is not a field of a lead, a contact or an account");
            context.error("unknown-fact", address, message, help);
        }
    }
}
