//! What a rollback would do, and what of it is taken along.

use interlock_core::audit::EntryKind;
use interlock_core::audit::rollback::{Back, Cannot, Exported, Kept, Later, Planned, RollbackPlan, Told, Waiting, Why};
use leptos::prelude::*;

use super::super::frame::{Frame, question};
use super::super::words;
use super::{Planner, who};
use crate::effects::downloads;
use crate::state::report::Problem;
use crate::state::text;
use crate::ui::icon::{Icon, icon};
use crate::ui::live::{change, click, live};
use crate::ui::table::{Head, scrolled, table};

/// How many rows of a list are drawn; the plan has all.
const DRAWN: usize = 200;

/// Draws it.
pub(super) fn found(planner: Planner) -> impl IntoView {
    let nothing = Memo::new(move |_| planner.is_empty());
    let without =
        Memo::new(move |_| planner.frame.force.with(|force| force.as_ref().is_none_or(|force| force.digest.is_none())));
    let hint = move || {
        if nothing.get() {
            Some((
                "Choose what to take back",
                "A workflow, one of its versions, a rule, a field, a time: what would go back, what stays and why, and what \
                 cannot be undone stands here before anything is done.",
            ))
        } else if without.get() {
            Some((
                "No contract is in force here",
                "It says what may be taken back, and for how long: load it as the panel's baseline.",
            ))
        } else {
            None
        }
    };
    view! {
        <div class="rollback-found" aria-live="polite">
            {move || match hint() {
                Some((title, text)) => view! {
                    <section class="card empty-state slim">
                        <p class="empty-title">{title}</p>
                        <p class="quiet">{text}</p>
                    </section>
                }
                .into_any(),
                None => view! {
                    {move || planner.trouble.get().map(|problem| view! {
                        <div class="callout" role="alert">
                            {icon(Icon::Error)}
                            <div class="callout-text">
                                <p>{problem.message}</p>
                                <p class="quiet">{problem.help.unwrap_or_default()}</p>
                            </div>
                        </div>
                    })}
                    {move || planner.planned.get().map(|planned| plan(planner, planned))}
                }
                .into_any(),
            }}
        </div>
    }
}

fn number(many: usize) -> String {
    text::count(i64::try_from(many).unwrap_or(i64::MAX))
}

fn plan(planner: Planner, planned: Planned) -> AnyView {
    let Planned { plan, found, let_go } = planned;
    let RollbackPlan { back, kept, cannot, withdrawn, told, decided_by, notify, .. } = plan;
    let any = !back.is_empty() || !withdrawn.is_empty();
    let title = match (found, back.len()) {
        (0, _) => "No entry of the log has all of this".to_owned(),
        (_, 0) => "Nothing goes back".to_owned(),
        (_, 1) => "1 value goes back".to_owned(),
        (_, many) => format!("{} values go back", number(many)),
    };
    let mut parts = Vec::new();
    for (many, what) in [(kept.len(), "kept"), (cannot.len(), "cannot be undone"), (withdrawn.len(), "withdrawn")] {
        if many > 0 {
            parts.push(format!("{} {what}", number(many)));
        }
    }
    let notify = notify.iter().map(|who| interlock_core::audit::filter::named(who).into_owned()).collect::<Vec<_>>();
    view! {
        <section class="card" aria-labelledby="rollback-found-title">
            <header class="card-head">
                <h3 id="rollback-found-title">{title}</h3>
                <span class="quiet">{parts.join(", ")}</span>
            </header>
            <p class="quiet">
                "The log's own last values count here. Where the CRM's exports are at hand, "
                <code>"interlock rollback plan --leads …"</code> " compares with what stands there now."
            </p>
            {(!decided_by.is_empty()).then(|| view! {
                <p class="quiet">
                    "Some of it was decided by another contract; the rollback section of the panel's baseline counts."
                </p>
            })}
            {(let_go > 0).then(|| view! {
                <p class="callout">
                    {format!("{let_go} older entries are not held here and not asked: the command reads the whole log.")}
                </p>
            })}
            {goes_back(&back)}
        </section>
        {(!kept.is_empty()).then(|| stays(&kept))}
        {(!cannot.is_empty()).then(|| undone_by_hand(&cannot))}
        {(!withdrawn.is_empty()).then(|| waits_no_more(&withdrawn))}
        {(!told.is_empty()).then(|| owners(planner.frame, told, &notify))}
        <section class="card" aria-labelledby="rollback-take-title" class:hidden=!any>
            <header class="card-head"><h3 id="rollback-take-title">"Take it along"</h3></header>
            {who(planner)}
            {buttons(planner)}
            <p class="quiet">
                "Nothing is done yet. "
                <code>"interlock rollback apply rollback-plan.json …"</code>
                " adds the entries to the log and keeps what is not to be repeated; or append the entries and import the files."
            </p>
        </section>
    }
    .into_any()
}

fn value(value: Option<&str>) -> AnyView {
    match value.filter(|text| !text.is_empty()) {
        Some(text) => view! { <span>{text.to_owned()}</span> }.into_any(),
        None => view! { <span class="quiet">"blank"</span> }.into_any(),
    }
}

fn record(object: interlock_core::record::Object, id: &str) -> String {
    format!("{object}/{id}")
}

fn more(all: usize) -> Option<impl IntoView> {
    let more = all.saturating_sub(DRAWN);
    (more > 0).then(|| view! { <p class="quiet">{format!("and {} more: the plan has all", number(more))}</p> })
}

fn goes_back(back: &[Back]) -> Option<AnyView> {
    let rows = back.iter().take(DRAWN).map(|back| {
        let entries = back.undoes.len();
        view! {
            <tr>
                <td>{record(back.object, back.record.as_str())}</td>
                <td>{back.field.to_string()}</td>
                <td><span class="before">{value(back.stands.as_deref())}</span></td>
                <td><span class="after">{value(back.to.as_deref())}</span></td>
                <td class="num">{entries}</td>
            </tr>
        }
    });
    let heads = [
        Head::Text("Record"),
        Head::Text("Field"),
        Head::Text("Stands"),
        Head::Text("Goes back to"),
        Head::Number("Entries"),
    ];
    let rows = rows.collect_view().into_any();
    (!back.is_empty()).then(|| {
        view! {
            {scrolled("scroll-x rollback-list", "What goes back", table("rollback-table", &heads, rows))}
            {more(back.len())}
        }
        .into_any()
    })
}

fn stays(kept: &[Kept]) -> AnyView {
    let rows = kept.iter().take(DRAWN).map(|kept| {
        view! {
            <tr>
                <td>{record(kept.object, kept.record.as_str())}</td>
                <td>{kept.field.to_string()}</td>
                <td>{value(kept.stands.as_deref())}</td>
                <td>{why(kept)}</td>
            </tr>
        }
    });
    let heads = [Head::Text("Record"), Head::Text("Field"), Head::Text("Stands"), Head::Text("Why it stays")];
    let rows = rows.collect_view().into_any();
    view! {
        <section class="card" aria-labelledby="rollback-kept-title">
            <header class="card-head">
                <h3 id="rollback-kept-title">"Kept " <span class="tally">{number(kept.len())}</span></h3>
            </header>
            {scrolled("scroll-x rollback-list", "What stays", table("rollback-table", &heads, rows))}
            {more(kept.len())}
        </section>
    }
    .into_any()
}

fn why(kept: &Kept) -> String {
    let later = kept.later.as_ref().map(by).unwrap_or_default();
    match kept.why {
        Why::LaterChange if later.is_empty() => "changed since, and the log does not know by whom".to_owned(),
        Why::Person | Why::LaterChange => format!("changed since {later}"),
        Why::Differs => "something else stands there than the log knows".to_owned(),
        Why::Gone => "the record is not among the CRM's".to_owned(),
        Why::AsBefore => "it stands as before already".to_owned(),
        Why::PersonsOwn => "a person put it in place of what was suggested".to_owned(),
        Why::TakenBack => format!("taken back already {later}"),
        Why::Stale => "changed since the plan was made".to_owned(),
    }
}

fn by(later: &Later) -> String {
    let who = match (&later.by, later.actor, &later.workflow) {
        (Some(by), ..) => by.clone(),
        (None, Some(interlock_core::audit::Actor::Human), _) => "a person".to_owned(),
        (None, Some(_), Some(workflow)) => workflow.to_string(),
        (None, Some(_), None) => "another change".to_owned(),
        (None, None, _) => "another system".to_owned(),
    };
    let what = if later.kind == EntryKind::Rollback { "by a rollback of" } else { "by" };
    format!("{what} {who}, {}", words::time(later.at))
}

fn undone_by_hand(cannot: &[Cannot]) -> AnyView {
    let rows = cannot.iter().take(DRAWN).map(|one| {
        let what = one.field.as_ref().map_or_else(|| text::words(one.step.action.word()), ToString::to_string);
        view! {
            <li>
                <p><strong>{record(one.object, one.record.as_str())}</strong> " " {what} ": " {one.why.clone()}</p>
                <p class="quiet">"To do: " {one.follow_up.clone()}</p>
            </li>
        }
    });
    view! {
        <section class="card" aria-labelledby="rollback-cannot-title">
            <header class="card-head">
                <h3 id="rollback-cannot-title">"Cannot be undone " <span class="tally">{number(cannot.len())}</span></h3>
            </header>
            <div class="rollback-list" tabindex="0" role="region" aria-label="What cannot be undone">
                <ul class="rollback-todo">{rows.collect_view()}</ul>
            </div>
            {more(cannot.len())}
        </section>
    }
    .into_any()
}

fn waits_no_more(withdrawn: &[Waiting]) -> AnyView {
    let rows = withdrawn.iter().take(DRAWN).map(|one| {
        let what = one.field.as_ref().map_or_else(|| text::words(one.step.action.word()), ToString::to_string);
        view! {
            <tr>
                <td>{record(one.object, one.record.as_str())}</td>
                <td>{what}</td>
                <td>{value(Some(&one.step.new))}</td>
            </tr>
        }
    });
    let heads = [Head::Text("Record"), Head::Text("What"), Head::Text("Value")];
    let rows = rows.collect_view().into_any();
    view! {
        <section class="card" aria-labelledby="rollback-withdrawn-title">
            <header class="card-head">
                <h3 id="rollback-withdrawn-title">"Waits no more " <span class="tally">{number(withdrawn.len())}</span></h3>
            </header>
            {scrolled("scroll-x rollback-list", "What waits no more", table("rollback-table", &heads, rows))}
            {more(withdrawn.len())}
        </section>
    }
    .into_any()
}

fn owners(frame: Frame, told: Vec<Told>, notify: &[String]) -> AnyView {
    let many = told.len();
    let rows = told.into_iter().map(|told| {
        view! {
            <details class="facet">
                <summary>{frame.owner(told.owner.as_str())} " " <span class="tally">{told.records.to_string()}</span></summary>
                <p class="rollback-text">{told.text}</p>
            </details>
        }
    });
    view! {
        <section class="card" aria-labelledby="rollback-told-title">
            <header class="card-head">
                <h3 id="rollback-told-title">"Owners told " <span class="tally">{number(many)}</span></h3>
            </header>
            {rows.collect_view()}
            {(!notify.is_empty()).then(|| view! {
                <p class="quiet">{format!("The contract has told as well: {}", notify.join(", "))}</p>
            })}
        </section>
    }
    .into_any()
}

/// What is taken along.
#[derive(Clone, Copy)]
enum Taken {
    Plan,
    Lines,
    Files,
}

fn buttons(planner: Planner) -> impl IntoView {
    let button = |what: Taken, label: &'static str, class: &'static str| {
        view! {
            <button type="button" class=class on:click=click(move |_| take(planner, what))>
                {icon(Icon::Download)}
                {label}
            </button>
        }
    };
    view! {
        <div class="row rollback-take">
            {button(Taken::Plan, "Plan (JSON)", "button primary")}
            {button(Taken::Lines, "Entries to append", "button")}
            {button(Taken::Files, "Files to import (CSV)", "button")}
            <label class="labelled inline">
                <span class="label">"Columns of"</span>
                <select
                    class="input select"
                    prop:value=move || if planner.hubspot.get() { "hubspot" } else { "salesforce" }
                    on:change=change(move |event| planner.hubspot.set(event_target_value(&event) == "hubspot"))
                >
                    <option value="salesforce">"Salesforce"</option>
                    <option value="hubspot">"HubSpot"</option>
                </select>
            </label>
        </div>
        <p class="quiet" class:hidden=live(move || planner.hubspot.get())>
            "Data Loader with the Bulk API empties a field where the file has #N/A."
        </p>
    }
}

fn take(planner: Planner, what: Taken) {
    let frame = planner.frame;
    let asking = planner.asking();
    if asking.by.is_empty() {
        let help = "write your name or e-mail address into the field “You”";
        return frame.fail(Problem::new("nobody is named who takes it back", help));
    }
    leptos::task::spawn_local(async move {
        let question = [question(&asking)];
        let files = match what {
            Taken::Plan => frame.ask::<Planned>("plan_rollback", &question).await.map(|planned| {
                let text = serde_json::to_string_pretty(&planned.plan).unwrap_or_default() + "\n";
                vec![("rollback-plan.json".to_owned(), text)]
            }),
            Taken::Lines => frame
                .ask_text("rollback_lines", &question)
                .await
                .map(|lines| vec![("rollback.jsonl".to_owned(), lines)]),
            Taken::Files => frame.ask::<Exported>("rollback_files", &question).await.map(|exported| {
                let files = exported.import.into_iter().chain(exported.by_hand);
                files.map(|file| (format!("rollback-{}", file.name), file.text)).collect()
            }),
        };
        match files {
            Err(problem) => frame.fail(problem),
            Ok(files) if files.is_empty() => frame.tell("nothing goes back: there is no file"),
            Ok(files) => {
                let names: Vec<String> = files.iter().map(|(name, _)| name.clone()).collect();
                for (name, text) in &files {
                    if let Err(why) = downloads::start(name, text) {
                        return frame
                            .fail(Problem::new(why, "the frame may forbid downloads: open the panel on its own"));
                    }
                }
                frame.tell(format!("downloads started: {}", names.join(", ")));
            }
        }
    });
}
