//! What waits for a person: one after the other by keyboard, or many at once by rule; answers are a list until they are taken
//! along.
//!
//! Keys: J and K, or the arrows, go on and back; A accepts, E edits, R rejects, U undoes. Each has its button.

use interlock_core::audit::explore::Seen;
use interlock_core::audit::filter::Filter;
use interlock_core::audit::session::{Saying, Waiting, Wanted};
use interlock_core::audit::{Entry, Says};
use leptos::prelude::*;

use super::frame::{Frame, question, ticket};
use super::{answers, feedback, words};
use crate::effects::page;
use crate::state::text;
use crate::ui::icon::{Icon, icon};
use crate::ui::live::{change, click, live};

/// How many are listed at once.
const LISTED: u32 = 200;

/// The list, which has the focus while one goes through it.
pub(crate) const LIST: &str = "review-list";
const VALUE: &str = "review-value";
const REASON: &str = "review-reason";

/// By what it can be grouped.
const BY: [(&str, &str); 4] =
    [("rule", "Rule"), ("workflow", "Workflow"), ("field", "Field"), ("reviewer", "Reviewer")];

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Desk {
    frame: Frame,
    by: RwSignal<&'static str>,
    filter: RwSignal<Filter>,
    oldest: RwSignal<bool>,
    waiting: RwSignal<Option<Waiting>>,
    /// The one that is looked at, by its place in the list.
    at: RwSignal<usize>,
    value: RwSignal<String>,
    reason: RwSignal<String>,
}

/// Draws the page.
pub(crate) fn page(frame: Frame) -> impl IntoView {
    let desk = Desk {
        frame,
        by: RwSignal::new("rule"),
        filter: RwSignal::new(Filter::default()),
        oldest: RwSignal::new(false),
        waiting: RwSignal::new(None),
        at: RwSignal::new(0),
        value: RwSignal::new(String::new()),
        reason: RwSignal::new(String::new()),
    };
    let latest = StoredValue::new(0_u64);
    // The panel may have another baseline by now.
    leptos::task::spawn_local(frame.force());
    Effect::new(move |_| {
        frame.said.track();
        let wanted = Wanted {
            filter: desk.filter.get(),
            oldest: desk.oldest.get(),
            by: desk.by.get().to_owned(),
            from: 0,
            limit: LISTED,
        };
        let mine = ticket();
        latest.set_value(mine);
        leptos::task::spawn_local(async move {
            let answer = frame.ask::<Waiting>("waiting", &[question(&wanted)]).await;
            if latest.try_get_value() != Some(mine) {
                return;
            }
            match answer {
                Ok(found) => {
                    let last = found.rows.len().saturating_sub(1);
                    desk.at.update(|at| *at = (*at).min(last));
                    desk.waiting.set(Some(found));
                }
                Err(problem) => frame.fail(problem),
            }
        });
    });
    // Another entry brings its own value.
    Effect::new(move |_| {
        let new = desk.now().map(|seen| seen.entry.new).unwrap_or_default();
        desk.value.set(new);
    });
    let none = Memo::new(move |_| {
        desk.waiting.with(|waiting| waiting.as_ref().is_some_and(|waiting| waiting.rows.is_empty()))
    });
    view! {
        <div class="audit-columns review-columns">
            {groups(desk)}
            <section class="card review-queue" aria-labelledby="review-title">
                <header class="card-head">
                    <h3 id="review-title">
                        "Waiting "
                        <span class="tally">
                            {move || desk.waiting.with(|waiting| text::count(waiting.as_ref().map_or(0, |waiting| waiting.total)))}
                        </span>
                    </h3>
                    {order(desk)}
                </header>
                {move || none.get().then(|| empty(desk))}
                {list(desk, none)}
            </section>
            <div class="review-side">
                {move || desk.now().map(|seen| one(desk, &seen))}
                {answers::answers(frame)}
            </div>
        </div>
    }
}

impl Desk {
    fn now(self) -> Option<Seen> {
        let at = self.at.get();
        self.waiting.with(|waiting| waiting.as_ref()?.rows.get(at).cloned())
    }

    fn go(self, down: bool) {
        let last = self.waiting.with_untracked(|waiting| waiting.as_ref().map_or(0, |waiting| waiting.rows.len()));
        let at = self.at.get_untracked();
        let next = if down { (at + 1).min(last.saturating_sub(1)) } else { at.saturating_sub(1) };
        self.at.set(next);
        page::bring_near(&format!("review-row-{next}"));
    }

    /// Answers the one that is looked at.
    fn answer(self, says: Says) {
        let Some(seen) = untrack(move || self.now()) else { return };
        let value = if says == Says::Edited { self.value.get_untracked() } else { String::new() };
        let to = vec![seen.digest.to_string()];
        self.send(Saying { to, ..self.saying(says, value) }, says);
    }

    /// Answers everything that fits.
    fn answer_all(self, says: Says) {
        let fits = Some(self.filter.get_untracked());
        self.send(Saying { fits, ..self.saying(says, String::new()) }, says);
    }

    fn saying(self, says: Says, value: String) -> Saying {
        let note = self.reason.get_untracked();
        Saying { says: says.word().to_owned(), note, value, ..feedback::saying(self.frame) }
    }

    fn send(self, saying: Saying, says: Says) {
        leptos::task::spawn_local(async move {
            if let Some(outcome) = feedback::say(self.frame, &saying).await {
                feedback::told(self.frame, &outcome, words::said(says));
                if outcome.given > 0 {
                    self.reason.set(String::new());
                }
            }
            page::focus_quietly(LIST);
        });
    }

    fn key(self, event: &web_sys::KeyboardEvent) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        match event.key().as_str() {
            "ArrowDown" | "j" => self.go(true),
            "ArrowUp" | "k" => self.go(false),
            "a" => self.answer(Says::Accepted),
            "e" => page::focus_quietly(VALUE),
            "r" => self.answer(Says::Rejected),
            "u" => answers::undo(self.frame),
            "n" => page::focus_quietly(REASON),
            _ => return,
        }
        event.prevent_default();
    }
}

fn empty(desk: Desk) -> impl IntoView {
    let narrowed = Memo::new(move |_| desk.filter.with(|filter| !filter.is_empty()));
    view! {
        <div class="empty-state slim">
            <p class="empty-title">
                {move || if narrowed.get() { "Nothing that waits fits" } else { "Nothing waits for a person" }}
            </p>
            <p class="quiet">
                "What was suggested or held waits here until somebody answers it, or a later entry changes the same."
            </p>
            <button
                type="button"
                class="button"
                class:hidden=live(move || !narrowed.get())
                on:click=click(move |_| desk.filter.set(Filter::default()))
            >
                {icon(Icon::Reset)}
                "Show all"
            </button>
        </div>
    }
}

fn order(desk: Desk) -> impl IntoView {
    let buttons = [(false, "Most severe first"), (true, "Oldest first")].map(|(is, label)| {
        view! {
            <button
                type="button"
                class="segment"
                aria-pressed=live(move || (desk.oldest.get() == is).to_string())
                on:click=click(move |_| desk.oldest.set(is))
            >
                {label}
            </button>
        }
    });
    view! { <div class="segments" role="group" aria-label="Order">{buttons.collect_view()}</div> }
}

/// How many wait by rule or another facet; one chosen, they can be answered all at once.
fn groups(desk: Desk) -> impl IntoView {
    let chosen = move |value: &str| {
        desk.filter.with(|filter| filter.has.get(desk.by.get()).is_some_and(|has| has.iter().any(|has| has == value)))
    };
    let rows = move || {
        let groups =
            desk.waiting.with(|waiting| waiting.as_ref().map(|waiting| waiting.groups.clone()).unwrap_or_default());
        let by = desk.by.get();
        groups
            .into_iter()
            .map(|group| {
                let on = chosen(&group.value);
                let (value, shown) = (group.value.clone(), words::value(desk.frame, by, &group.value));
                view! {
                    <li>
                        <button
                            type="button"
                            class="facet-value"
                            aria-pressed=on.to_string()
                            on:click=click(move |_| {
                                desk.at.set(0);
                                desk.filter.update(|filter| {
                                    let has = filter.has.remove(by).is_some_and(|has| has.contains(&value));
                                    if !has {
                                        filter.has.insert(by.to_owned(), vec![value.clone()]);
                                    }
                                });
                            })
                        >
                            <span class="facet-name">{shown}</span>
                            <span class="tally">{text::count(i64::try_from(group.open).unwrap_or(i64::MAX))}</span>
                        </button>
                    </li>
                }
            })
            .collect_view()
    };
    let total = Memo::new(move |_| desk.waiting.with(|waiting| waiting.as_ref().map_or(0, |waiting| waiting.total)));
    let narrowed = move || desk.filter.with(|filter| !filter.is_empty());
    view! {
        <aside class="card audit-side" aria-label="What waits, by group">
            <label class="labelled">
                <span class="label">"Grouped by"</span>
                <select
                    class="input select"
                    on:change=change(move |event| {
                        let chosen = event_target_value(&event);
                        if let Some((by, _)) = BY.iter().find(|(by, _)| *by == chosen) {
                            desk.filter.set(Filter::default());
                            desk.by.set(by);
                        }
                    })
                >
                    {BY.map(|(by, title)| view! { <option value=by>{title}</option> }).collect_view()}
                </select>
            </label>
            <ul class="review-groups">{rows}</ul>
            <div class="review-bulk" class:hidden=live(move || !narrowed() || total.get() < 2)>
                <p class="quiet">"Each gets an answer of its own, with the reason at the right."</p>
                <div class="row">
                    <button type="button" class="button small" on:click=click(move |_| desk.answer_all(Says::Accepted))>
                        {icon(Icon::Yes)}
                        {move || format!("Accept all {}", total.get())}
                    </button>
                    <button type="button" class="button small" on:click=click(move |_| desk.answer_all(Says::Rejected))>
                        {icon(Icon::Block)}
                        {move || format!("Reject all {}", total.get())}
                    </button>
                </div>
            </div>
        </aside>
    }
}

fn list(desk: Desk, none: Memo<bool>) -> impl IntoView {
    let rows = move || {
        desk.waiting.with(|waiting| {
            let rows = waiting.as_ref().map(|waiting| waiting.rows.as_slice()).unwrap_or_default();
            rows.iter().enumerate().map(|(place, seen)| row(desk, place, &seen.entry)).collect_view()
        })
    };
    let more =
        move || desk.waiting.with(|waiting| waiting.as_ref().map_or(0, |waiting| waiting.total.saturating_sub(LISTED)));
    view! {
        <div
            id=LIST
            class="review-list"
            class:hidden=live(move || none.get())
            role="listbox"
            tabindex="0"
            aria-labelledby="review-title"
            aria-activedescendant=live(move || format!("review-row-{}", desk.at.get()))
            on:keydown=move |event| desk.key(&event)
        >
            {rows}
        </div>
        {move || (more() > 0).then(|| view! {
            <p class="quiet">{format!("{} more come as these are answered, or choose a group", text::count(more()))}</p>
        })}
    }
}

fn row(desk: Desk, place: usize, entry: &Entry) -> AnyView {
    view! {
        <div
            class="review-row"
            id=format!("review-row-{place}")
            role="option"
            aria-selected=live(move || (desk.at.get() == place).to_string())
            on:click=click(move |_| {
                desk.at.set(place);
                page::focus_quietly(LIST);
            })
        >
            <span>{words::kind(entry)}</span>
            <span class="cell a-what">{words::what(entry)}</span>
            <span class="cell a-record">{entry.record_key()}</span>
            <span class="cell a-values">{words::values(desk.frame, entry)}</span>
        </div>
    }
    .into_any()
}

/// The one that is looked at, and what can be said to it.
fn one(desk: Desk, seen: &Seen) -> AnyView {
    let frame = desk.frame;
    let entry = &seen.entry;
    let seq = seen.seq;
    let reviewer =
        entry.reviewer.as_ref().map(|reviewer| frame.reviewer(&interlock_core::audit::filter::named(reviewer)));
    let reasons = entry.reasons.iter().map(|reason| view! { <li>{reason.clone()}</li> }).collect_view();
    let facts = [
        ("Workflow", entry.workflow.as_ref().map(ToString::to_string)),
        ("Source", entry.source.as_ref().map(ToString::to_string)),
        ("Confidence", entry.confidence.map(|confidence| confidence.to_string())),
        ("Owner", entry.owner.as_ref().map(|id| frame.owner(id.as_str()))),
        ("For", reviewer),
        ("Since", Some(words::time(entry.at))),
    ];
    let facts = facts.into_iter().filter_map(|(term, value)| {
        let value = value?;
        Some(view! { <div><dt>{term}</dt><dd>{value}</dd></div> })
    });
    let other = Memo::new(move |_| {
        let digest = frame.force.with(|force| force.as_ref().and_then(|force| force.digest.clone()));
        digest.is_some()
    });
    let same = entry.contract.clone();
    let button = |says: Says, key: &'static str, label: &'static str, sign: Icon, class: &'static str| {
        view! {
            <button type="button" class=class title=format!("{label} ({key})") on:click=click(move |_| desk.answer(says))>
                {icon(sign)}
                {label}
                <kbd aria-hidden="true">{key}</kbd>
            </button>
        }
    };
    view! {
        <section class="card review-one" aria-labelledby="review-one-title">
            <header class="card-head">
                <h3 id="review-one-title">{entry.record_key()}</h3>
                <button type="button" class="link-button" on:click=click(move |_| frame.open_entry(seq))>
                    {format!("Line {seq} in the log")}
                </button>
            </header>
            <p class="row">{words::kind(entry)} <strong>{words::what(entry)}</strong></p>
            <p class="audit-big">{words::values(desk.frame, entry)}</p>
            <ul class="reason-list">{reasons}</ul>
            <dl class="entry-facts">{facts.collect_view()}</dl>
            <p class="review-text" class:hidden=live(move || other.get())>
                "No contract is in force here: what is accepted must pass one. Load it as the panel's baseline."
            </p>
            <p class="quiet" class:hidden=live(move || {
                frame.force.with(|force| force.as_ref().is_none_or(|force| force.digest.as_deref() == Some(&*same)))
            })>
                "It was decided by another version than the panel's baseline, which judges it now."
            </p>
            <div class="audit-form">
                {feedback::who(frame)}
                <label class="labelled">
                    <span class="label">"Reason (N)"</span>
                    <input
                        id=REASON
                        class="input"
                        prop:value=move || desk.reason.get()
                        on:input=change(move |event| desk.reason.set(event_target_value(&event)))
                        on:keydown=move |event| if event.key() == "Enter" { page::focus_quietly(LIST) }
                    />
                </label>
                <label class="labelled">
                    <span class="label">"Value (E): change it to edit"</span>
                    <input
                        id=VALUE
                        class="input"
                        prop:value=move || desk.value.get()
                        on:input=change(move |event| desk.value.set(event_target_value(&event)))
                        on:keydown=move |event| if event.key() == "Enter" { desk.answer(Says::Edited) }
                    />
                </label>
            </div>
            <div class="row review-buttons">
                {button(Says::Accepted, "A", "Accept", Icon::Yes, "button primary")}
                {button(Says::Edited, "E", "Edit", Icon::Edit, "button")}
                {button(Says::Rejected, "R", "Reject", Icon::Block, "button")}
            </div>
            {feedback::feedback(frame, seen, true)}
        </section>
    }
    .into_any()
}
