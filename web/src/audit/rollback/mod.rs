//! Taking back: what is chosen at the left, what would come of it at the right, files to take along.
//!
//! Input: the names that the log has, with how many entries have each. Output: a plan, its entries, files for the CRM's own
//! import. Invariant: nothing is written; what is taken along comes from the choice that is shown.

mod found;

use interlock_core::audit::rollback::{Asking, Choice, Choosable, Planned};
use interlock_core::time::Timestamp;
use leptos::prelude::*;

use super::days::days;
use super::frame::{Frame, question, ticket};
use super::{feedback, words};
use crate::state::report::Problem;
use crate::state::text;
use crate::ui::icon::{Icon, icon};
use crate::ui::live::{change, click, live};

/// How many names of a sort are shown before one asks for more.
const FEW: usize = 6;

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Planner {
    frame: Frame,
    choice: RwSignal<Choice>,
    note: RwSignal<String>,
    hubspot: RwSignal<bool>,
    choosable: RwSignal<Vec<Choosable>>,
    planned: RwSignal<Option<Planned>>,
    /// Why there is no plan.
    trouble: RwSignal<Option<Problem>>,
    /// When the plan is for: what is taken along is for the same moment.
    at: RwSignal<Timestamp>,
}

impl Planner {
    /// The question behind what is shown.
    fn asking(self) -> Asking {
        let by = self.frame.by.get_untracked().trim().to_owned();
        Asking {
            choice: self.choice.get_untracked(),
            by,
            at: self.at.get_untracked(),
            note: self.note.get_untracked(),
            hubspot: self.hubspot.get_untracked(),
        }
    }

    fn is_empty(self) -> bool {
        self.choice.with(|choice| choice.check().is_err())
    }
}

/// Draws the page.
pub(crate) fn page(frame: Frame) -> impl IntoView {
    let planner = Planner {
        frame,
        choice: RwSignal::new(Choice::default()),
        note: RwSignal::new(String::new()),
        hubspot: RwSignal::new(false),
        choosable: RwSignal::new(Vec::new()),
        planned: RwSignal::new(None),
        trouble: RwSignal::new(None),
        at: RwSignal::new(Timestamp::default()),
    };
    let rollbacks = Memo::new(move |_| planner.choice.with(|choice| choice.rollbacks));
    Effect::new(move |_| {
        let rollbacks = rollbacks.get();
        leptos::task::spawn_local(async move {
            match frame.ask::<Vec<Choosable>>("choosable", &[rollbacks.into()]).await {
                Ok(names) => _ = planner.choosable.try_set(names),
                Err(problem) => frame.fail(problem),
            }
        });
    });
    let latest = StoredValue::new(0_u64);
    Effect::new(move |_| {
        let (choice, force) = (planner.choice.get(), frame.force.get());
        let mine = ticket();
        latest.set_value(mine);
        if choice.check().is_err() || force.is_none() {
            planner.planned.set(None);
            planner.trouble.set(None);
            return;
        }
        planner.at.set(Timestamp::parse(&frame.now()).unwrap_or_default());
        // A preview needs nobody's name; what is taken along does.
        let by = if frame.by.get_untracked().trim().is_empty() { "you".to_owned() } else { planner.asking().by };
        let asking = Asking { by, ..planner.asking() };
        leptos::task::spawn_local(async move {
            let answer = frame.ask::<Planned>("plan_rollback", &[question(&asking)]).await;
            if latest.try_get_value() != Some(mine) {
                return;
            }
            let (planned, trouble) = match answer {
                Ok(planned) => (Some(planned), None),
                Err(problem) => (None, Some(problem)),
            };
            planner.trouble.set(trouble);
            planner.planned.set(planned);
        });
    });
    view! {
        <div class="rollback-columns">
            {choose(planner)}
            {found::found(planner)}
        </div>
    }
}

fn choose(planner: Planner) -> impl IntoView {
    let choice = planner.choice;
    view! {
        <section class="card audit-side rollback-choose" aria-labelledby="rollback-title">
            <header class="card-head">
                <h3 id="rollback-title">"Take back"</h3>
                <button
                    type="button"
                    class="link-button"
                    class:hidden=live(move || choice.with(|choice| *choice == Choice::default()))
                    on:click=click(move |_| choice.set(Choice::default()))
                >
                    {icon(Icon::Reset)}
                    "Clear"
                </button>
            </header>
            <label class="check rollback-check">
                <input
                    type="checkbox"
                    prop:checked=move || choice.with(|choice| choice.rollbacks)
                    on:change=change(move |event| {
                        let rollbacks = event_target_checked(&event);
                        choice.set(Choice { rollbacks, ..Choice::default() });
                    })
                />
                <span>"Rollbacks themselves: restore what they undid"</span>
            </label>
            {days(
                move || choice.with(|choice| (choice.from, choice.until)),
                move |from, until| choice.update(|choice| (choice.from, choice.until) = (from, until)),
            )}
            <label class="labelled">
                <span class="label">"Records (an id a line)"</span>
                <textarea
                    class="input"
                    rows="2"
                    prop:value=move || choice.with(|choice| choice.records.join("\n"))
                    on:change=change(move |event| {
                        let text = event_target_value(&event);
                        let ids = text.split(['\n', ',', ';']).map(str::trim).filter(|id| !id.is_empty());
                        let ids = ids.map(str::to_owned).collect();
                        choice.update(|choice| choice.records = ids);
                    })
                ></textarea>
            </label>
            <div class="audit-facets">
                {move || planner.choosable.get().into_iter().map(|names| sort(planner, names)).collect_view()}
            </div>
        </section>
    }
}

/// The names of one sort.
fn sort(planner: Planner, names: Choosable) -> impl IntoView {
    let choice = planner.choice;
    let what = names.what;
    let many = names.values.len();
    let all = RwSignal::new(false);
    let narrow = planner.frame.narrow.get_untracked();
    let open = &*what == "workflow" || (&*what == "field" && !narrow);
    let title = match &*what {
        "version" => "Workflow version",
        "contract" => "Contract",
        what => words::facet(what),
    };
    let rows = names.values.into_iter().enumerate().map(move |(place, (value, count))| {
        let shown = if what == "contract" { value.chars().take(15).chain(['…']).collect() } else { value.clone() };
        let (of, name) = (what.clone(), value.clone());
        let on = Memo::new(move |_| choice.with(|choice| has(choice, &of, &name)));
        let of = what.clone();
        view! {
            <li class:hidden=live(move || place >= FEW && !on.get() && !all.get())>
                <button
                    type="button"
                    class="facet-value"
                    title=value.clone()
                    aria-pressed=live(move || on.get().to_string())
                    on:click=click(move |_| choice.update(|choice| toggle(choice, &of, &value)))
                >
                    <span class="facet-name">{shown}</span>
                    <span class="tally">{text::count(i64::try_from(count).unwrap_or(i64::MAX))}</span>
                </button>
            </li>
        }
    });
    view! {
        <details class="facet" open=open>
            <summary>{title}</summary>
            <ul>{rows.collect_view()}</ul>
            {(many > FEW).then(|| view! {
                <button type="button" class="link-button" on:click=click(move |_| all.update(|all| *all = !*all))>
                    {move || if all.get() { "Show fewer".to_owned() } else { format!("Show all {many}") }}
                </button>
            })}
        </details>
    }
}

/// Whether a name is chosen.
fn has(choice: &Choice, what: &str, name: &str) -> bool {
    match what {
        "workflow" => choice.workflows.iter().any(|id| id.as_str() == name),
        "version" => choice.versions.iter().any(|id| id == name),
        "field" => choice.fields.iter().any(|id| id.as_str() == name),
        "rule" => choice.rules.iter().any(|id| id.as_str() == name),
        "agent" => choice.agents.iter().any(|id| id.as_str() == name),
        "source" => choice.sources.iter().any(|id| id.as_str() == name),
        _ => choice.contracts.iter().any(|id| id == name),
    }
}

fn toggle(choice: &mut Choice, what: &str, name: &str) {
    fn turn<T: PartialEq + for<'n> From<&'n str>>(list: &mut Vec<T>, name: &str) {
        let name = T::from(name);
        let before = list.len();
        list.retain(|one| *one != name);
        if list.len() == before {
            list.push(name);
        }
    }
    match what {
        "workflow" => turn(&mut choice.workflows, name),
        "version" => turn(&mut choice.versions, name),
        "field" => turn(&mut choice.fields, name),
        "rule" => turn(&mut choice.rules, name),
        "agent" => turn(&mut choice.agents, name),
        "source" => turn(&mut choice.sources, name),
        _ => turn(&mut choice.contracts, name),
    }
}

/// Who takes it back, and why.
fn who(planner: Planner) -> impl IntoView {
    view! {
        <div class="audit-form">
            {feedback::who(planner.frame)}
            <label class="labelled">
                <span class="label">"Why (owners are told)"</span>
                <input
                    class="input"
                    prop:value=move || planner.note.get()
                    on:input=change(move |event| planner.note.set(event_target_value(&event)))
                />
            </label>
        </div>
    }
}
