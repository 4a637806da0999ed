//! The workflows as a table: trigger, AI action, CRM update, control rule, handoff; each with its mode to switch and
//! the rest of what it says behind a button. Below it, the same workflows and the agents as items to edit.

use interlock_core::workflow_table::{Group, Row, Said, workflow_table};
use leptos::prelude::*;

use super::findings;
use super::slot::slot;
use crate::desk::Desk;
use crate::effects::page;
use crate::state::text;
use crate::ui::field;
use crate::ui::icon::{Icon, icon};
use crate::ui::link::to_contract;
use crate::ui::live::{click, live};

/// Things of one kind that are listed before the rest is counted; all stand behind the button.
const FEW: usize = 4;

/// The columns besides the workflow itself, and what each says.
const COLUMNS: [(&str, &str); 5] = [
    ("Trigger", "Which event starts the workflow, and on which condition"),
    ("AI action", "What the agent does once it has started"),
    ("CRM update", "What is written to the CRM: fields by how far AI may go, and what else is made"),
    ("Control rule", "What holds it back: mode, eligible records, exclusions, suppressions, stricter policies"),
    ("Handoff", "Which person decides, and over what"),
];

const MODES: &[(&str, &str)] = &[("suggest", "Suggestion mode"), ("automatic", "Automatic")];

fn mode_words(mode: &serde_json::Value) -> String {
    let word = mode.as_str().unwrap_or_default();
    MODES.iter().find(|(known, _)| *known == word).map_or_else(|| text::words(word), |(_, words)| (*words).to_owned())
}

/// Draws the table.
pub(super) fn workflows(desk: Desk) -> AnyView {
    let rows: Memo<Vec<Row>> = Memo::new(move |_| {
        desk.work.with(|work| work.candidate_value().map(|contract| workflow_table(&contract)).unwrap_or_default())
    });
    let none = Memo::new(move |_| rows.with(Vec::is_empty));
    let heads = || {
        COLUMNS
            .map(|(name, about)| view! { <div role="columnheader" class="flow-cell" title=about>{name}</div> })
            .collect_view()
    };
    view! {
        <p class="hint" class:hidden=live(move || none.get())>
            "In suggestion mode a person takes each suggestion; in automatic mode what policies, review rules and suppression let through is done. The mode never changes where a lead goes. Shared rules are listed where they concern what the workflow does."
        </p>
        <Show
            when=move || !none.get()
            fallback=|| view! {
                <div class="empty-state slim">
                    <p class="empty-title">"There are no workflows"</p>
                    <p>"Without one no event starts anything, and everything that is proposed is blocked. Add one below."</p>
                </div>
            }
        >
            <div class="flows-table" role="table" aria-label="Workflows">
                <div class="flow-row flow-head" role="row">
                    <div role="columnheader" class="flow-cell">"Workflow"</div>
                    {heads()}
                </div>
                <For
                    each=move || rows.with(|rows| rows.iter().map(|row| row.address.clone()).collect::<Vec<_>>())
                    key=Clone::clone
                    children=move |address| row(desk, rows, address)
                />
            </div>
        </Show>
    }
    .into_any()
}

fn row(desk: Desk, rows: Memo<Vec<Row>>, address: String) -> AnyView {
    let at = StoredValue::new(address.clone());
    let found = Memo::new(move |_| {
        at.with_value(|at| rows.with(|rows| rows.iter().find(|row| row.address == *at).cloned())).unwrap_or_default()
    });
    let open = RwSignal::new(false);
    let mode = slot(desk, interlock_core::json::address::join(&address, "mode"));
    let this = slot(desk, address.clone());
    let label = format!("Mode, {address}/mode");
    let id = super::items::element_id(&format!("{address}-details"));
    let controls = id.clone();
    let name = move || found.with(|row| row.name.clone());
    let findings = move || {
        let found = at.with_value(|at| {
            let within = |address: &str| {
                address == at.as_str() || address.strip_prefix(at.as_str()).is_some_and(|rest| rest.starts_with('/'))
            };
            desk.checked.with(|checked| {
                checked.findings.iter().filter(|finding| within(&finding.address)).cloned().collect::<Vec<_>>()
            })
        });
        (!found.is_empty()).then(|| {
            let rows = found.iter().map(|finding| findings::row(desk, finding)).collect_view();
            view! { <div class="flow-findings" role="cell"><ul class="findings">{rows}</ul></div> }
        })
    };
    let edit = address;
    view! {
        <div class="flow-row" role="row" class:changed=live(move || this.differs())>
            <div class="flow-cell flow-name" role="rowheader">
                <strong>{name}</strong>
                <span class="quiet">
                    {move || found.with(|row| row.agent.clone())} " · "
                    {move || found.with(|row| format!("version {}", row.version))}
                </span>
                <span class="flow-mode" class:changed=live(move || mode.differs())>
                    {field::choice(
                        label,
                        move || found.with(|row| row.mode.clone()),
                        || field::options(MODES),
                        move |value| mode.set(value),
                    )}
                    {mode.was(mode_words)}
                </span>
                <button
                    type="button"
                    class="link-button flow-more"
                    aria-expanded=live(move || open.get().to_string())
                    aria-controls=controls
                    on:click=click(move |_| open.update(|open| *open = !*open))
                >
                    <span class="twist" class:open=live(move || open.get())>{icon(Icon::Next)}</span>
                    "Details"
                    <span class="sr">" of " {name}</span>
                </button>
            </div>
            {cell("Trigger", move || found.with(|row| lines(&row.trigger, "Nothing starts it")))}
            {cell("AI action", move || found.with(|row| lines(&row.action, "It does nothing")))}
            {cell("CRM update", move || found.with(|row| groups(&row.update, "Nothing is written")))}
            {cell("Control rule", move || found.with(|row| groups(&row.control, "Nothing")))}
            {cell("Handoff", move || found.with(|row| groups(&row.handoff, "No review rule concerns it")))}
            {findings}
            <div id=id class="flow-details" role="cell" class:hidden=live(move || !open.get())>
                {move || open.get().then(|| found.with(|row| details(desk, row)))}
                <div class="row" class:hidden=live(move || !open.get())>
                    <button
                        type="button"
                        class="button small"
                        on:click=click(move |_| {
                            desk.go_to(&edit);
                            page::reveal_later(&super::items::element_id(&edit));
                        })
                    >
                        {icon(Icon::Edit)}
                        "Edit this workflow"
                    </button>
                </div>
            </div>
        </div>
    }
    .into_any()
}

/// A cell; its column is named in it where the columns stack.
fn cell(name: &'static str, content: impl Fn() -> AnyView + Send + Sync + 'static) -> AnyView {
    view! {
        <div class="flow-cell" role="cell">
            <span class="flow-label" aria-hidden="true">{name}</span>
            <div>{content}</div>
        </div>
    }
    .into_any()
}

fn lines(items: &[String], none: &'static str) -> AnyView {
    if items.is_empty() {
        return view! { <span class="quiet">{none}</span> }.into_any();
    }
    let items = items.iter().map(|item| view! { <li>{interlock_core::text::capital(item)}</li> }).collect_view();
    view! { <ul class="flow-lines">{items}</ul> }.into_any()
}

fn groups(groups: &[Group], none: &'static str) -> AnyView {
    if groups.is_empty() {
        return view! { <span class="quiet">{none}</span> }.into_any();
    }
    let groups = groups
        .iter()
        .map(|group| {
            let shown = group.items.iter().take(FEW).cloned().collect::<Vec<_>>().join(", ");
            let more = group.items.len().saturating_sub(FEW);
            let more = (more > 0).then(|| {
                view! { <span class="quiet" title=group.items.join(", ")>{format!(" and {more} more")}</span> }
            });
            view! {
                <li>
                    <span class="flow-group">{group.head.clone()} ":"</span>
                    " "
                    {shown}
                    {more}
                </li>
            }
        })
        .collect_view();
    view! { <ul class="flow-lines">{groups}</ul> }.into_any()
}

/// What does not fit the cells, in full.
fn details(desk: Desk, row: &Row) -> AnyView {
    let metric = row.metric.as_deref().map_or_else(|| "None stated".to_owned(), interlock_core::text::capital);
    view! {
        <dl class="flow-facts">
            <div class="fact-pair">
                <dt>"Eligible records"</dt>
                <dd>{interlock_core::text::capital(&row.eligible)}</dd>
            </div>
            <div class="fact-pair">
                <dt>"Success metric"</dt>
                <dd>{metric}</dd>
            </div>
        </dl>
        {rules(desk, "Exclusions", &row.exclusions, "No record is excluded.")}
        {rules(desk, "Fields it may write", &row.fields, "It writes no field.")}
        {rules(desk, "Suppressions that concern it", &row.suppressions, "No suppression concerns what it does.")}
        {rules(desk, "Review rules that concern it", &row.reviews, "No review rule concerns what it does.")}
    }
    .into_any()
}

fn rules(desk: Desk, title: &'static str, rules: &[Said], none: &'static str) -> AnyView {
    if rules.is_empty() {
        return view! {
            <h3>{title}</h3>
            <p class="quiet">{none}</p>
        }
        .into_any();
    }
    let items = rules
        .iter()
        .map(|rule| {
            view! {
                <li>
                    {to_contract(desk, rule.address.clone(), "rule-link", rule.id.clone())}
                    <span>
                        {interlock_core::text::capital(&rule.text)}
                        {rule.own.then(|| view! { " " <span class="badge none">"this workflow only"</span> })}
                    </span>
                </li>
            }
        })
        .collect_view();
    view! {
        <h3>{title}</h3>
        <ul class="flow-rules">{items}</ul>
    }
    .into_any()
}
