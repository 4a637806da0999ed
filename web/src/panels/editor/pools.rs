//! Pools and how they share, their members with weights, hours, absences and caps; queues, calendars, holidays and response
//! times.

use leptos::prelude::*;
use serde_json::{Value, json};

use super::forms::{Field, Kind, inputs, named, unnamed};
use super::items::{add, add_button, free_name, items, list_at, steps};
use super::routing::{ON_NOBODY, target_field};
use super::slot::Slot;
use crate::desk::Desk;
use crate::ui::icon::{Icon, icon};
use crate::ui::live::{change, click, live};

const METHODS: &[(&str, &str)] = &[
    ("round_robin", "In turn"),
    ("strict_round_robin", "In turn, nobody is skipped"),
    ("least_loaded", "To whoever has the fewest open"),
    ("priority", "By priority"),
    ("quota", "By quota of the month"),
];

const POOL: &[Field] = &[
    ("id", "Id", Kind::Line(None)),
    ("name", "Name", Kind::Line(None)),
    ("method", "How work is shared", Kind::Choice(METHODS)),
    ("calendar", "Working hours, a calendar", Kind::Line(None)),
];

const MEMBER: &[Field] = &[
    ("calendar", "Working hours, a calendar", Kind::Line(None)),
    ("priority", "Priority", Kind::Number),
    ("caps/per_day", "Most in a day", Kind::Number),
    ("caps/per_week", "Most in a week", Kind::Number),
    ("caps/per_month", "Most in a month", Kind::Number),
    ("caps/open", "Most open at a time", Kind::Number),
    ("when", "Only leads that", Kind::When),
    ("unless", "Never leads that", Kind::When),
];

const ABSENCE: &[Field] = &[
    ("from", "Away from", Kind::Line(None)),
    ("to", "Up to and with", Kind::Line(None)),
    ("backup", "Who stands in", Kind::Line(Some("owners"))),
];

const CALENDAR: &[Field] = &[
    ("name", "Name", Kind::Line(None)),
    ("time_zone", "Time zone", Kind::Line(None)),
    ("hours", "Hours: mon-fri: 09:00-12:30, 13:30-18:00", Kind::Hours),
    ("holidays", "Holidays that are free, by id", Kind::Lines),
];

const HOLIDAYS: &[Field] = &[("name", "Name", Kind::Line(None)), ("dates", "Days: 2026-12-25", Kind::Lines)];

const CLOCK: &[(&str, &str)] = &[("calendar", "Every hour counts"), ("business", "Working hours count")];

const SLA: &[Field] = &[
    ("name", "Name", Kind::Line(None)),
    ("accept_within", "Accept within, PT15M", Kind::Line(None)),
    ("respond_within", "Respond within, PT4H", Kind::Line(None)),
    ("clock", "Clock", Kind::Choice(CLOCK)),
    ("calendar", "Calendar", Kind::Line(None)),
    ("on_breach/after", "After a breach, wait", Kind::Line(None)),
    ("on_breach/to", "Then it goes to", Kind::Target),
    ("on_breach/at_most", "At most so often", Kind::Number),
    ("when", "For leads that", Kind::When),
];

/// Draws pools and queues.
pub(crate) fn pools(desk: Desk) -> AnyView {
    let pools = list_at(desk, "/routing/pools");
    let queues = list_at(desk, "/routing/queues");
    view! {
        <h3>"Pools"</h3>
        {items(pools, "pools", pool_head, pool_body)}
        {add_button(
            "Add a pool",
            move || {
                let id = free_name(pools, "new-pool");
                add(pools, json!({"id": id, "members": []}));
            },
        )}
        <h3>"Queues"</h3>
        {items(queues, "queues", queue_head, queue_body)}
        {add_button(
            "Add a queue",
            move || {
                let id = free_name(queues, "new-queue");
                add(queues, json!({"id": id}));
            },
        )}
        <h3>"Response times"</h3>
        {named(
            list_at(desk, "/routing/sla"),
            "response-time",
            "Add a response time",
            SLA,
            |id| json!({"id": id, "when": {"all": []}, "respond_within": "PT4H"}),
        )}
        <h3>"Calendars"</h3>
        {named(
            list_at(desk, "/routing/calendars"),
            "calendar",
            "Add a calendar",
            CALENDAR,
            |id| json!({"id": id, "hours": [{"on": ["mon", "tue", "wed", "thu", "fri"], "blocks": ["09:00-17:00"]}]}),
        )}
        <h3>"Holidays"</h3>
        {named(
            list_at(desk, "/routing/holidays"),
            "holidays",
            "Add holidays",
            HOLIDAYS,
            |id| json!({"id": id, "dates": []}),
        )}
    }
    .into_any()
}

fn pool_head(pool: Slot) -> AnyView {
    let members = pool.child("members");
    let text = move || {
        let (active, all) = members.now.with(|value| {
            let members = value.as_ref().and_then(Value::as_array);
            let active = members.map_or(0, |members| {
                members.iter().filter(|member| member.get("active") != Some(&Value::Bool(false))).count()
            });
            (active, members.map_or(0, Vec::len))
        });
        if active == all { format!("{all} members") } else { format!("{active} of {all} members take leads") }
    };
    view! { <p class="item-line summary">{text}</p> }.into_any()
}

fn pool_body(pool: Slot) -> AnyView {
    let members = pool.child("members");
    view! {
        {inputs(pool, POOL)}
        <div class="form">{target_field(pool.child("on_nobody"), "When nobody can take it", ON_NOBODY)}</div>
        <ul class="members">
            <For
                each=move || steps(members)
                key=Clone::clone
                children=move |step| member(members.child(&step), &step)
            />
        </ul>
        <form
            class="row"
            on:submit=move |event| {
                event.prevent_default();
                let input = super::items::within(&event)
                    .and_then(|form| form.query_selector("input").ok().flatten());
                if let Some(input) = input {
                    let input: web_sys::HtmlInputElement = wasm_bindgen::JsCast::unchecked_into(input);
                    let owner = input.value();
                    if !owner.trim().is_empty() {
                        add(members, json!({"owner": owner.trim()}));
                        input.set_value("");
                    }
                }
            }
        >
            <input
                class="input"
                type="text"
                list="owners"
                autocomplete="off"
                aria-label="New member: e-mail, name or id"
                placeholder="E-mail, name or id"
            />
            <button type="submit" class="button small">
                {icon(Icon::Add)}
                "Add member"
            </button>
        </form>
    }
    .into_any()
}

fn member(member: Slot, step: &str) -> AnyView {
    let active = member.child("active");
    let takes = move || active.now.with(|value| *value != Some(Value::Bool(false)));
    let name = step.to_owned();
    view! {
        <li class="member" class:changed=live(move || member.differs())>
            <span class="member-name">{name.clone()}</span>
            {member.child("weight").number("Weight", 1, (Some(0), None))}
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=takes
                    on:change=change(move |event| active.set(event_target_checked(&event)))
                />
                "takes leads"
            </label>
            <button
                type="button"
                class="icon-button"
                aria-label=format!("Remove {name}")
                title="Remove"
                on:click=click(move |_| member.clear())
            >
                {icon(Icon::Close)}
            </button>
            <details class="member-more">
                <summary>{format!("Hours, absence and caps of {name}")}</summary>
                {inputs(member, MEMBER)}
                {unnamed(member.child("out_of_office"), "Add an absence", ABSENCE)}
            </details>
        </li>
    }
    .into_any()
}

fn queue_head(queue: Slot) -> AnyView {
    let name = queue.child("name");
    view! { <p class="item-line summary">{move || name.text("")}</p> }.into_any()
}

fn queue_body(queue: Slot) -> AnyView {
    view! {
        <div class="form">
            {queue.child("id").line("Id", false)} {queue.child("name").line("Name", true)}
        </div>
    }
    .into_any()
}
