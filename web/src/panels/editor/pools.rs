//! Pools, their members and weights, and queues.

use leptos::prelude::*;
use serde_json::{Value, json};

use super::items::{add, add_button, free_name, items, list_at, steps};
use super::slot::Slot;
use crate::desk::Desk;
use crate::ui::icon::{Icon, icon};
use crate::ui::live::{change, click, live};

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
        <div class="form">
            {pool.child("id").line("Id", false)} {pool.child("name").line("Name", true)}
        </div>
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
