//! Lists of named items: opened one by one, added, doubled, moved, taken away.

use leptos::prelude::*;
use serde_json::Value;
use wasm_bindgen::JsCast;

use super::slot::{Slot, slot};
use crate::desk::Desk;
use crate::effects::page;
use crate::state::address;
use crate::state::edit::Edit;
use crate::ui::icon::{Icon, icon};
use crate::ui::live::{click, live};

/// The steps under which the items of a list are found.
pub(crate) fn steps(list: Slot) -> Vec<String> {
    list.now.with(|value| {
        value.as_ref().and_then(Value::as_array).map(|items| address::item_steps(items)).unwrap_or_default()
    })
}

/// The id of an item's element.
pub(crate) fn element_id(at: &str) -> String {
    let plain: String = at.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    format!("at{plain}")
}

/// A name that no item of the list has yet.
pub(crate) fn free_name(list: Slot, wish: &str) -> String {
    let taken = untrack(|| steps(list));
    std::iter::once(wish.to_owned())
        .chain((2..).map(|n| format!("{wish}-{n}")))
        .find(|name| !taken.contains(name))
        .unwrap_or_default()
}

/// Adds an item at the end and opens it.
pub(crate) fn add(list: Slot, item: Value) {
    let index = untrack(|| steps(list).len());
    let name = address::name_of(&item).map(str::to_owned);
    list.desk.edit(&Edit::Insert { list: list.address(), index, item });
    if let Some(name) = name {
        let at = address::join(&list.address(), &name);
        list.desk.route.update(|route| route.at = Some(at));
    }
}

/// Doubles an item; the copy stands behind it under a name of its own.
fn double(list: Slot, item: Slot, index: usize) {
    let Some(mut copy) = item.now.get_untracked() else {
        return;
    };
    let name = address::name_of(&copy).unwrap_or("copy").to_owned();
    let name = free_name(list, &format!("{name}-copy"));
    if let Some(members) = copy.as_object_mut()
        && let Some(key) = ["id", "field", "owner"].into_iter().find(|key| members.contains_key(*key))
    {
        members.insert(key.to_owned(), Value::from(name.clone()));
    }
    list.desk.edit(&Edit::Insert { list: list.address(), index: index + 1, item: copy });
    let at = address::join(&list.address(), &name);
    list.desk.route.update(|route| route.at = Some(at));
}

/// Draws a list. `head` is drawn on an item's line, `body` when it is open.
pub(crate) fn items<H, B>(list: Slot, class: &'static str, head: H, body: B) -> AnyView
where
    H: Fn(Slot) -> AnyView + Copy + Send + Sync + 'static,
    B: Fn(Slot) -> AnyView + Copy + Send + Sync + 'static,
{
    view! {
        <ol class=format!("items {class}")>
            <For
                each=move || steps(list)
                key=Clone::clone
                children=move |step| item(list, &step, head, body)
            />
        </ol>
    }
    .into_any()
}

fn item<H, B>(list: Slot, step: &str, head: H, body: B) -> AnyView
where
    H: Fn(Slot) -> AnyView + Copy + Send + Sync + 'static,
    B: Fn(Slot) -> AnyView + Copy + Send + Sync + 'static,
{
    let desk: Desk = list.desk;
    let this = list.child(step);
    let at = this.address();
    let id = element_id(&at);
    let open = RwSignal::new(false);
    let wanted = at.clone();
    let reveal = id.clone();
    let come = Memo::new(move |_| {
        desk.route.with(|route| {
            route
                .at
                .as_ref()
                .is_some_and(|at| *at == wanted || at.strip_prefix(&wanted).is_some_and(|rest| rest.starts_with('/')))
        })
    });
    Effect::new(move |_| {
        if come.get() {
            open.set(true);
            page::reveal_later(&reveal);
        }
    });
    let step = StoredValue::new(step.to_owned());
    let index = Memo::new(move |_| {
        let steps = steps(list);
        step.with_value(|step| steps.iter().position(|each| each == step)).unwrap_or_default()
    });
    let last = Memo::new(move |_| index.get() + 1 >= steps(list).len());
    let title = step.get_value();
    let new = move || this.before.with(Option::is_none) && this.now.with(Option::is_some);
    let over = RwSignal::new(false);
    let dragged = at.clone();
    view! {
        <li
            id=id
            class="item"
            tabindex="-1"
            class:open=live(move || open.get())
            class:changed=live(move || this.differs())
            class:over=live(move || over.get())
            on:dragover=move |event| {
                if dragging(&event) {
                    event.prevent_default();
                    over.set(true);
                }
            }
            on:dragleave=move |_| over.set(false)
            on:drop=move |event| {
                over.set(false);
                if let Some(from) = dragged_address(&event, &list.address()) {
                    event.prevent_default();
                    event.stop_propagation();
                    desk.edit(&Edit::Move { at: from, to: index.get_untracked() });
                }
            }
        >
            <div class="item-head">
                <span
                    class="grip"
                    draggable="true"
                    title="Drag to another place"
                    aria-hidden="true"
                    on:dragstart=move |event| {
                        if let Some(transfer) = event.data_transfer() {
                            let _ = transfer.set_data(KIND, &dragged);
                            transfer.set_effect_allowed("move");
                        }
                    }
                >
                    {icon(Icon::Grip)}
                </span>
                <button
                    type="button"
                    class="item-toggle"
                    aria-expanded=live(move || open.get().to_string())
                    on:click=click(move |_| open.update(|open| *open = !*open))
                >
                    <span class="twist">{icon(Icon::Next)}</span>
                    <span class="item-title">{title.clone()}</span>
                    <span class="chip auto" class:hidden=live(move || !new())>"new"</span>
                </button>
                {head(this)}
            </div>
            <Show when=move || open.get()>
                <div class="item-body">
                    {body(this)}
                    <div class="row item-tools">
                        <button
                            type="button"
                            class="button small"
                            disabled=live(move || index.get() == 0)
                            on:click=click(move |_| shift(list, this, index.get_untracked().saturating_sub(1)))
                        >
                            {icon(Icon::Up)}
                            "Up"
                        </button>
                        <button
                            type="button"
                            class="button small"
                            disabled=live(move || last.get())
                            on:click=click(move |_| shift(list, this, index.get_untracked() + 1))
                        >
                            {icon(Icon::Down)}
                            "Down"
                        </button>
                        <button
                            type="button"
                            class="button small"
                            on:click=click(move |_| double(list, this, index.get_untracked()))
                        >
                            {icon(Icon::Copy)}
                            "Duplicate"
                        </button>
                        <button type="button" class="button small danger" on:click=click(move |_| this.clear())>
                            {icon(Icon::Remove)}
                            "Delete"
                        </button>
                    </div>
                </div>
            </Show>
        </li>
    }
    .into_any()
}

fn shift(list: Slot, item: Slot, to: usize) {
    list.desk.edit(&Edit::Move { at: item.address(), to });
}

/// What is dragged says so by its kind, so that files dragged over the page are told apart.
const KIND: &str = "application/x-interlock-item";

fn transfer(event: &web_sys::DragEvent) -> Option<web_sys::DataTransfer> {
    event.data_transfer()
}

fn dragging(event: &web_sys::DragEvent) -> bool {
    transfer(event).is_some_and(|transfer| transfer.types().includes(&KIND.into(), 0))
}

/// The address of the item that was dropped, if it is of this list.
fn dragged_address(event: &web_sys::DragEvent, list: &str) -> Option<String> {
    let at = transfer(event)?.get_data(KIND).ok()?;
    let (parent, _) = address::split(&at)?;
    (parent == list).then_some(at)
}

/// A button that adds an item.
pub(crate) fn add_button(label: &'static str, add: impl Fn() + 'static) -> AnyView {
    view! {
        <button type="button" class="button small add" on:click=click(move |_| add())>
            {icon(Icon::Add)}
            {label}
        </button>
    }
    .into_any()
}

/// A list's place under a parent.
pub(crate) fn list_at(desk: Desk, at: &str) -> Slot {
    slot(desk, at)
}

/// Stops a click from reaching what lies around.
pub(crate) fn within(event: &web_sys::Event) -> Option<web_sys::Element> {
    event.target().and_then(|target| target.dyn_into().ok())
}
