//! The duplicates among the records: figures, the groups page by page, what a merge would keep, and the plan to take along.
//!
//! It stands where the moved leads do, beside the editor, for it is what the identity rules mean for the records that
//! are there already: a threshold is moved on the left and the groups change on the right.

mod blocking;
mod group;
mod plan;

use std::sync::Arc;

use interlock_core::identity::duplicates::Group;
use leptos::prelude::*;
use serde_json::Value;

use crate::desk::{Desk, Dialog, Figures, Found};
use crate::effects::page;
use crate::state::edit::Edit;
use crate::state::linkage::Of;
use crate::state::text;
use crate::ui::badge::delta;
use crate::ui::icon::{Icon, icon};
use crate::ui::live::{change, click, live};

/// Groups on one page.
const PAGE: usize = 20;

/// The match models that are shipped; the starting contract has the same.
const SHIPPED: &str = include_str!("../../../../contracts/identity.json");

/// Which groups are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Which {
    #[default]
    All,
    Automatic,
    Review,
}

/// What is listed of what was found.
#[derive(Clone, Copy)]
pub(super) struct List {
    which: RwSignal<Which>,
    search: RwSignal<String>,
    page: RwSignal<usize>,
    /// Places of the groups that fit.
    fitting: Memo<Vec<usize>>,
}

/// Draws the page.
pub(super) fn duplicates(desk: Desk) -> AnyView {
    let of = Memo::new(move |_| desk.looks_at().unwrap_or_default());
    Effect::new(move |_| {
        of.track();
        leptos::task::spawn_local(desk.refresh_duplicates());
    });
    let (which, search) = (RwSignal::new(Which::All), RwSignal::new(String::new()));
    let page = RwSignal::new(0);
    let fitting = Memo::new(move |_| {
        let (which, search) = (which.get(), search.with(|text| text.trim().to_lowercase()));
        desk.duplicates.with(|found| match &found.now {
            Some(now) => fitting(&now.groups, which, &search),
            None => Vec::new(),
        })
    });
    Effect::new(move |_| {
        of.track();
        which.track();
        search.track();
        page.set(0);
    });
    let list = List { which, search, page, fitting };
    let state = Memo::new(move |_| {
        let modelled = desk.model(crate::state::Side::Candidate, of.get()).is_some();
        desk.duplicates.with(|found| State::of(found, of.get(), modelled))
    });
    view! {
        <div class="dup" class:asking=live(move || desk.duplicates.with(|found| found.asking))>
            {tabs(desk, of)}
            {problem(desk)}
            {move || match state.get() {
                State::NoModel => no_model(desk, of.get()),
                State::Asking => asking(),
                State::NoRecords => no_records(desk, of.get()),
                State::None => none(desk, of.get()),
                State::Found => found(desk, list),
                State::Nothing => ().into_any(),
            }}
        </div>
    }
    .into_any()
}

/// What there is to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    NoModel,
    Asking,
    NoRecords,
    None,
    Found,
    Nothing,
}

impl State {
    fn of(found: &Found, of: Of, modelled: bool) -> Self {
        match &found.now {
            _ if !modelled => Self::NoModel,
            _ if found.of != of => Self::Asking,
            Some(now) if now.records == 0 => Self::NoRecords,
            Some(now) if now.found == 0 => Self::None,
            Some(_) => Self::Found,
            None if found.problem.is_some() => Self::Nothing,
            None => Self::Asking,
        }
    }
}

fn fitting(groups: &[Group], which: Which, search: &str) -> Vec<usize> {
    let fits = |group: &Group| {
        let kind = match which {
            Which::All => true,
            Which::Automatic => group.automatic,
            Which::Review => !group.automatic,
        };
        let mut members = group.members.iter();
        let named = search.is_empty()
            || members.any(|member| {
                member.name.to_lowercase().contains(search) || member.id.as_str().to_lowercase().contains(search)
            });
        kind && named
    };
    groups.iter().enumerate().filter(|(_, group)| fits(group)).map(|(place, _)| place).collect()
}

fn tabs(desk: Desk, of: Memo<Of>) -> impl IntoView {
    let buttons = Of::ALL
        .map(|each| {
            view! {
                <button
                    type="button"
                    class="segment"
                    aria-pressed=live(move || (of.get() == each).to_string())
                    on:click=click(move |_| {
                        desk.route.update(|route| route.duplicates = Some(each.word().to_owned()));
                    })
                >
                    {each.title()}
                </button>
            }
        })
        .collect_view();
    view! {
        <div class="row dup-tabs">
            <div class="segments" role="group" aria-label="Duplicates of">{buttons}</div>
            <button type="button" class="link-button" on:click=click(move |_| desk.open("identity", None))>
                {icon(Icon::Edit)}
                "How they are recognised"
            </button>
            <span class="dup-asking quiet" role="status">
                {move || desk.duplicates.with(|found| found.asking && found.now.is_some()).then_some("Weighing …")}
            </span>
        </div>
    }
}

fn problem(desk: Desk) -> impl IntoView {
    move || {
        desk.duplicates.with(|found| found.problem.clone()).map(|problem| {
            view! {
                <div class="callout review" role="status">
                    {icon(Icon::Warning)}
                    <div>
                        <p class="callout-text">{super::changed::code(&problem.message)}</p>
                        <p class="callout-help">{problem.help.clone().map(|help| super::changed::code(&help))}</p>
                    </div>
                    <button
                        type="button"
                        class="button small"
                        on:click=click(move |_| leptos::task::spawn_local(desk.refresh_duplicates()))
                    >
                        "Try again"
                    </button>
                </div>
            }
        })
    }
}

fn asking() -> AnyView {
    view! {
        <div class="opening dup-opening" role="status">
            <div class="opening-rows" aria-hidden="true">
                <span></span>
                <span></span>
                <span></span>
            </div>
            <p>"Weighing pairs of records …"</p>
        </div>
    }
    .into_any()
}

/// Adds the shipped match models to the candidate where it has none.
pub(crate) fn add_shipped(desk: Desk) {
    let (Some(candidate), Ok(shipped)) =
        (desk.work.with_untracked(crate::state::Workbench::candidate_value), crate::state::read(SHIPPED))
    else {
        return;
    };
    let mut value = Value::clone(&candidate);
    for of in Of::ALL {
        let at = crate::state::address::join("/identity", of.word());
        if crate::state::address::get(&value, &at).is_none()
            && let Some(model) = shipped.get(of.word())
        {
            let edit = Edit::set(at, model.clone());
            if crate::state::edit::apply(&mut value, &edit).is_err() {
                return;
            }
        }
    }
    desk.edit(&Edit::Whole { value, label: "add the shipped match models".to_owned() });
}

fn no_model(desk: Desk, of: Of) -> AnyView {
    view! {
        <div class="empty-state">
            <p class="empty-title">{format!("The candidate does not say how {} are weighed", of.word())}</p>
            <p>
                "Duplicates are found by a match model: which pairs are looked at, what is compared, and how much each agreement weighs. Interlock ships one for people and one for companies, in numbers that you can read and change."
            </p>
            <div class="row">
                <button type="button" class="button primary" on:click=click(move |_| add_shipped(desk))>
                    {icon(Icon::Add)}
                    "Add the shipped models"
                </button>
                <button type="button" class="button" on:click=click(move |_| desk.open("identity", None))>
                    {icon(Icon::Edit)}
                    "Open Identity"
                </button>
            </div>
        </div>
    }
    .into_any()
}

fn no_records(desk: Desk, of: Of) -> AnyView {
    let needed = match of {
        Of::People => "Load an export of leads or contacts.",
        Of::Companies => "Load an export of accounts.",
    };
    view! {
        <div class="empty-state">
            <p class="empty-title">{format!("No {} to compare", of.word())}</p>
            <p>{needed} " Nothing leaves this page."</p>
            <button
                type="button"
                class="button primary"
                on:click=click(move |_| desk.dialog.set(Some(Dialog::Data)))
            >
                {icon(Icon::Upload)}
                "Load data"
            </button>
        </div>
    }
    .into_any()
}

fn none(desk: Desk, of: Of) -> AnyView {
    view! {
        {move || figures(desk)}
        <div class="empty-state">
            <p class="empty-title">"No duplicates found"</p>
            <p>
                {format!(
                    "No two {} are probably the same under this contract. A lower threshold finds more, and more that are not.",
                    of.word(),
                )}
            </p>
        </div>
        {move || blocking::blocking(desk)}
    }
    .into_any()
}

fn found(desk: Desk, list: List) -> AnyView {
    let shown = Memo::new(move |_| {
        let from = list.page.get() * PAGE;
        list.fitting.with(|fitting| fitting.iter().skip(from).take(PAGE).copied().collect::<Vec<_>>())
    });
    let groups = move || {
        desk.duplicates.with(|found| {
            let Some(now) = &found.now else { return Vec::new() };
            shown.with(|shown| shown.iter().filter_map(|place| now.groups.get(*place).cloned().map(Arc::new)).collect())
        })
    };
    view! {
        {move || figures(desk)}
        {move || unlisted(desk)}
        <section class="card dup-card" aria-labelledby="groups-title">
            <header class="card-head">
                <h3 id="groups-title" tabindex="-1">
                    "Groups "
                    <span class="tally">
                        {move || text::count(i64::try_from(list.fitting.with(Vec::len)).unwrap_or(i64::MAX))}
                    </span>
                </h3>
                {filters(list)}
            </header>
            <p class="hint">
                "Only two records with one personal e-mail address that no third holds are flagged automatically; the rest waits for a person. Nothing is merged here."
            </p>
            {plan::plan(desk, list.fitting)}
            <ol class="groups">
                <For
                    each=groups
                    key=written
                    children=move |group| group::group(desk, &group)
                />
            </ol>
            <Show when=move || list.fitting.with(Vec::is_empty)>
                <p class="empty">"No group fits these filters."</p>
            </Show>
            {pages(list)}
        </section>
        {move || blocking::blocking(desk)}
    }
    .into_any()
}

/// A group that is as it was stays as it is drawn, opened or not.
fn written(group: &Arc<Group>) -> String {
    serde_json::to_string(&**group).unwrap_or_default()
}

/// More groups than are listed.
fn unlisted(desk: Desk) -> Option<AnyView> {
    let (listed, all) = desk
        .duplicates
        .with(|found| found.now.as_ref().map(|now| (now.groups.len(), now.found)))
        .filter(|(listed, all)| u32::try_from(*listed).is_ok_and(|listed| listed < *all))?;
    let listed = text::count(i64::try_from(listed).unwrap_or(i64::MAX));
    Some(
        view! {
            <div class="callout">
                {icon(Icon::Info)}
                <p class="callout-text">
                    {format!(
                        "{listed} of {} groups are listed. Merge these, load the files again, and the next ones follow; or raise the threshold.",
                        text::count(all),
                    )}
                </p>
            </div>
        }
        .into_any(),
    )
}

fn figures(desk: Desk) -> Option<AnyView> {
    let (now, before) = desk.duplicates.with(|found| {
        let now = found.now.as_ref().map(|now| Figures::of(now))?;
        Some((now, found.before))
    })?;
    let before = before.unwrap_or(now);
    let figures = [
        ("Records", before.records, now.records),
        ("Groups", before.groups, now.groups),
        ("Surplus records", before.surplus, now.surplus),
        ("Flagged automatically", before.automatic, now.automatic),
        ("For review", before.for_review(), now.for_review()),
    ]
    .map(|(name, before, now)| {
        view! {
            <div class="dup-figure">
                <dt>{name}</dt>
                <dd>{delta(before, now)}</dd>
            </div>
        }
    })
    .collect_view();
    Some(view! { <dl class="dup-figures">{figures}</dl> }.into_any())
}

fn filters(list: List) -> impl IntoView {
    let kinds = [(Which::All, "All"), (Which::Automatic, "Automatic"), (Which::Review, "For review")]
        .map(|(kind, word)| {
            view! {
                <button
                    type="button"
                    class="segment"
                    aria-pressed=live(move || (list.which.get() == kind).to_string())
                    on:click=click(move |_| list.which.set(kind))
                >
                    {word}
                </button>
            }
        })
        .collect_view();
    view! {
        <div class="segments" role="group" aria-label="Which groups">{kinds}</div>
        <input
            class="input dup-search"
            type="search"
            placeholder="Name or id"
            aria-label="Search the groups by name or id"
            prop:value=live(move || list.search.get())
            on:input=change(move |event| list.search.set(event_target_value(&event)))
        />
    }
}

fn pages(list: List) -> impl IntoView {
    let many = move || list.fitting.with(Vec::len);
    let go = move |to: usize| {
        list.page.set(to);
        page::focus_later("groups-title");
    };
    let range = move || {
        let from = list.page.get() * PAGE;
        format!("{}–{} of {}", from + 1, (from + PAGE).min(many()), many())
    };
    view! {
        <Show when=move || { many() > PAGE }>
            <nav class="row dup-pages" aria-label="Pages of groups">
                <button
                    type="button"
                    class="button small"
                    disabled=live(move || list.page.get() == 0)
                    on:click=click(move |_| go(list.page.get_untracked().saturating_sub(1)))
                >
                    {icon(Icon::Back)}
                    "Previous"
                </button>
                <span class="quiet" role="status">{range}</span>
                <button
                    type="button"
                    class="button small"
                    disabled=live(move || (list.page.get() + 1) * PAGE >= many())
                    on:click=click(move |_| go(list.page.get_untracked() + 1))
                >
                    "Next"
                    {icon(Icon::Next)}
                </button>
            </nav>
        </Show>
    }
}

#[cfg(test)]
mod tests {
    use super::SHIPPED;

    #[test]
    fn the_shipped_models_are_those_of_the_starting_contract() {
        let starting: serde_json::Value =
            serde_json::from_str(include_str!("../../../../contracts/starting.json")).unwrap();
        let shipped: serde_json::Value = serde_json::from_str(SHIPPED).unwrap();
        for of in super::Of::ALL {
            assert_eq!(shipped[of.word()], starting["identity"][of.word()], "{}", of.word());
        }
    }
}
