//! Identity: what is exact, how people and companies are weighed, and what decides between several.

use interlock_core::contract::{AccountMatch, BlockingKey, BlockingRule, TieBreaker};
use interlock_core::json::fitting;
use leptos::prelude::*;
use serde_json::Value;

use super::general::value_area;
use super::items::{element_id, steps};
use super::slot::{Slot, slot};
use crate::desk::Desk;
use crate::effects::page;
use crate::panels::add_shipped_models;
use crate::state::condition::show;
use crate::state::edit::Edit;
use crate::state::linkage::{self, Of, SURVIVORSHIP, bits_typed, key, likeness, tie_breaker, tie_breaker_of};
use crate::state::text;
use crate::ui::field;
use crate::ui::icon::{Icon, icon};
use crate::ui::live::{change, click, live};

/// How a lead finds its account.
const ACCOUNT_BY: [(AccountMatch, &str, &str); 2] = [
    (AccountMatch::Domain, "domain", "Its account has the same domain"),
    (AccountMatch::Company, "company", "Its account has the same name, legal form aside"),
];

/// Draws the section.
pub(crate) fn identity(desk: Desk) -> AnyView {
    let identity = slot(desk, "/identity");
    view! {
        <p class="hint">
            "Who is the same: first by an equal address, then by weight. Every agreement adds bits and every difference takes some; one bit doubles the odds. A changed number is previewed for the leads and for the duplicates."
        </p>
        <div class="row">
            <button
                type="button"
                class="button small"
                on:click=click(move |_| desk.route.update(|route| route.duplicates = Some(Of::People.word().to_owned())))
            >
                {icon(Icon::Search)}
                "Show the duplicates"
            </button>
        </div>
        <section class="group">
            <h3>"Exact"</h3>
            {exact(identity)}
        </section>
        {Of::ALL.map(|of| model(desk, of)).collect_view()}
        <section class="group">
            <h3>"Between several"</h3>
            {order(
                identity.child("tie_breakers"),
                "Which account it is, in order",
                "Nothing decides between several accounts; a person does.",
            )}
            {order(
                identity.child("master"),
                "Which duplicate is the master record, in order",
                "The usual order: a contact, a customer, most open opportunities, an active owner, most fields filled, latest activity, created first.",
            )}
            <div class="form">
                {identity.child("survivorship").choice("Value that survives a merge", SURVIVORSHIP)}
            </div>
        </section>
        <details class="group identity-json">
            <summary>"As JSON"</summary>
            {value_area(identity)}
        </details>
    }
    .into_any()
}

fn checked(label: &'static str, value: impl Fn() -> bool + Send + 'static, set: impl Fn(bool) + 'static) -> AnyView {
    view! {
        <label class="check">
            <input
                type="checkbox"
                prop:checked=live(value)
                on:change=change(move |event| set(event_target_checked(&event)))
            />
            {label}
        </label>
    }
    .into_any()
}

fn exact(identity: Slot) -> AnyView {
    let email = identity.child("exact_email");
    let by = identity.child("account_by");
    let ways = move || -> Vec<AccountMatch> {
        by.now.with(|value| match value {
            Some(value) => fitting(value).unwrap_or_default(),
            None => ACCOUNT_BY.map(|(way, ..)| way).to_vec(),
        })
    };
    let accounts = ACCOUNT_BY
        .map(|(way, _, label)| {
            checked(
                label,
                move || ways().contains(&way),
                move |on| {
                    let ways = untrack(ways);
                    let words: Vec<Value> = ACCOUNT_BY
                        .iter()
                        .filter(|(each, ..)| if *each == way { on } else { ways.contains(each) })
                        .map(|(_, word, _)| Value::from(*word))
                        .collect();
                    by.set(words);
                },
            )
        })
        .collect_view();
    view! {
        <div class="identity-exact">
            <div class:changed=live(move || email.differs())>
                {checked(
                    "The same person has the same e-mail address",
                    move || email.now.with(|value| value.as_ref().and_then(Value::as_bool)).unwrap_or(true),
                    move |on| email.set(on),
                )}
                {email.was(show)}
            </div>
            <div class="identity-ways" class:changed=live(move || by.differs())>{accounts} {by.was(show)}</div>
        </div>
    }
    .into_any()
}

/// Bits before an edit.
fn bits_before(value: &Value) -> String {
    value.as_i64().map_or_else(|| show(value), |weight| format!("{} bits", bits_typed(weight)))
}

/// A labelled weight in bits; an emptied optional one is taken away.
fn weight(place: Slot, label: impl Into<String>, default: Option<i64>, optional: bool) -> AnyView {
    let label = label.into();
    let name = format!("{label}, in bits, {}", place.address());
    view! {
        <div class="labelled bits" class:changed=live(move || place.differs())>
            <span class="label" aria-hidden="true">{label}</span>
            {field::bits(
                name,
                move || place.now.with(|value| value.as_ref().and_then(Value::as_i64)).or(default),
                move |weight| match weight {
                    Some(weight) => place.set(weight),
                    None if optional => place.clear(),
                    None => {}
                },
            )}
            {place.was(bits_before)}
        </div>
    }
    .into_any()
}

fn model(desk: Desk, of: Of) -> AnyView {
    let model = slot(desk, format!("/identity/{}", of.word()));
    let there = Memo::new(move |_| model.now.with(Option::is_some));
    let title = match of {
        Of::People => "How people are weighed",
        Of::Companies => "How companies are weighed",
    };
    view! {
        <section class="group">
            <h3>{title}</h3>
            {move || {
                if there.get() {
                    weighed(desk, model, of)
                } else {
                    view! {
                        <p class="hint">
                            {format!("No match model: {} are the same only where they are exactly so.", of.word())}
                        </p>
                        <button type="button" class="button small add" on:click=click(move |_| add_shipped_models(desk))>
                            {icon(Icon::Add)}
                            "Add the shipped models"
                        </button>
                    }
                    .into_any()
                }
            }}
        </section>
    }
    .into_any()
}

fn weighed(desk: Desk, model: Slot, of: Of) -> AnyView {
    let comparisons = model.child("comparisons");
    view! {
        <div class="form">
            {model.child("probable_at").share("Probable from")}
            {model.child("review_at").share("A person looks from")}
        </div>
        <div class="form identity-numbers">
            {weight(model.child("margin"), "Ahead of the next by, bits", Some(3000), false)}
            {weight(model.child("prior"), "Before anything is compared", None, false)}
            {(of == Of::People)
                .then(|| weight(model.child("exchanged"), "Names only exchanged", None, true))}
        </div>
        <h4>"What is compared, in bits"</h4>
        <ul class="items comparisons">
            <For
                each=move || steps(comparisons)
                key=Clone::clone
                children=move |step| comparison(desk, comparisons.child(&step))
            />
        </ul>
        <details class="identity-blocking">
            <summary>
                "Which pairs are looked at"
                <span class="quiet">
                    {move || model.child("blocking").now.with(|rules| {
                        rules.as_ref().and_then(Value::as_array).map(|rules| format!("{} rules", rules.len()))
                    })}
                </span>
            </summary>
            {move || blocking(desk, model.child("blocking"), of)}
            <div class="form">{model.child("max_block").number("Records that may share a key", 200, (Some(2), None))}</div>
        </details>
    }
    .into_any()
}

/// One thing that is compared: its word, the span of its weights, and each level's weight when it is opened.
fn comparison(desk: Desk, place: Slot) -> AnyView {
    let at = place.address();
    let id = element_id(&at);
    let open = RwSignal::new(false);
    let reveal = id.clone();
    let come = Memo::new(move |_| {
        desk.route.with(|route| route.at.as_ref().is_some_and(|to| *to == at || to.starts_with(&format!("{at}/"))))
    });
    Effect::new(move |_| {
        if come.get() {
            open.set(true);
            page::reveal_later(&reveal);
        }
    });
    let title = move || {
        let of = place.child("of").text("");
        fitting(&Value::from(of.as_str())).map_or_else(|| text::words(&of), linkage::attribute)
    };
    let span = move || {
        place.now.with(|value| {
            let value = value.as_ref()?;
            let levels = value.get("levels")?.as_array()?;
            let weights = levels.iter().filter_map(|level| level.get("weight")?.as_i64());
            let weights: Vec<i64> = weights.chain(value.get("otherwise").and_then(Value::as_i64)).collect();
            let shown = |weight: Option<&i64>| weight.and_then(|weight| i32::try_from(*weight).ok()).map(linkage::bits);
            Some(format!("{} to {}", shown(weights.iter().max())?, shown(weights.iter().min())?))
        })
    };
    view! {
        <li id=id class="item" tabindex="-1" class:open=live(move || open.get()) class:changed=live(move || place.differs())>
            <div class="item-head">
                <button
                    type="button"
                    class="item-toggle"
                    aria-expanded=live(move || open.get().to_string())
                    on:click=click(move |_| open.update(|open| *open = !*open))
                >
                    <span class="twist">{icon(Icon::Next)}</span>
                    <span class="comparison-title">{title}</span>
                </button>
                <span class="quiet comparison-span">{span}</span>
            </div>
            <Show when=move || open.get()>
                <div class="item-body">
                    {move || levels(place)}
                </div>
            </Show>
        </li>
    }
    .into_any()
}

fn levels(place: Slot) -> AnyView {
    let levels = place.child("levels");
    // Which levels there are; their weights follow by themselves.
    let said = Memo::new(move |_| {
        levels.now.with(|value| {
            let all = value.as_ref().and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
            all.iter()
                .map(|level| {
                    let is = level.get("is").and_then(Value::as_str).unwrap_or_default();
                    let at = level.get("at").and_then(Value::as_u64).and_then(|at| u16::try_from(at).ok());
                    let rare = level.get("term_frequency") == Some(&Value::Bool(true));
                    let word = text::words(&likeness(is, at));
                    if rare { format!("{word}, more if rare") } else { word }
                })
                .collect::<Vec<_>>()
        })
    });
    view! {
        {move || {
            said.get()
                .into_iter()
                .enumerate()
                .map(|(index, word)| weight(levels.child(&index.to_string()).child("weight"), word, None, false))
                .collect_view()
        }}
        {weight(place.child("otherwise"), "Differs", None, false)}
        {weight(place.child("missing"), "No value on one side", Some(0), true)}
    }
    .into_any()
}

/// The blocking rules in words, with the pairs each gives where they were counted.
fn blocking(desk: Desk, rules: Slot, of: Of) -> AnyView {
    let counted = move |id: &str| {
        desk.duplicates.with(|found| {
            let rule = found.now.as_ref().filter(|_| found.of == of)?.blocking.iter().find(|rule| rule.rule == id)?;
            let pairs = text::count(i64::try_from(rule.pairs).unwrap_or(i64::MAX));
            Some(format!("{pairs} pairs"))
        })
    };
    let rules: Vec<BlockingRule> = rules.now.with(|value| value.as_ref().and_then(fitting).unwrap_or_default());
    let rows = rules
        .into_iter()
        .map(|rule| {
            let keys = rule.on.iter().copied().map(|on: BlockingKey| key(on)).collect::<Vec<_>>().join(" and ");
            let pairs = counted(rule.id.as_str());
            view! { <li><span>{text::words(&keys)}</span> <span class="quiet">{pairs}</span></li> }
        })
        .collect_view();
    view! { <ul class="identity-rules">{rows}</ul> }.into_any()
}

/// Words in an order that counts: moved, taken away, added.
fn order(place: Slot, label: &'static str, empty: &'static str) -> AnyView {
    let words = Memo::new(move |_| {
        place.now.with(|value| {
            let all = value.as_ref().and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
            all.iter().filter_map(|word| word.as_str().map(str::to_owned)).collect::<Vec<_>>()
        })
    });
    let put = move |words: Vec<String>| {
        if words.is_empty() {
            place.clear();
        } else {
            place.set(words);
        }
    };
    let swap = move |a: usize, b: usize| {
        let mut words = words.get_untracked();
        if a < words.len() && b < words.len() {
            words.swap(a, b);
            put(words);
        }
    };
    let rows = move || {
        let all = words.get();
        let last = all.len().saturating_sub(1);
        all.into_iter()
            .enumerate()
            .map(|(index, word)| {
                let name = tie_breaker_of(&word).map_or_else(|| word.clone(), |by| tie_breaker(by).to_owned());
                let button = move |what: &str, sign: Icon, off: bool, act: Box<dyn Fn()>| {
                    view! {
                        <button
                            type="button"
                            class="icon-button"
                            aria-label=format!("{what}: {name}")
                            title=what.to_owned()
                            disabled=off
                            on:click=click(move |_| act())
                        >
                            {icon(sign)}
                        </button>
                    }
                    .into_any()
                };
                let shown = tie_breaker_of(&word).map_or_else(|| word.clone(), |by| tie_breaker(by).to_owned());
                let up =
                    button.clone()("Up", Icon::Up, index == 0, Box::new(move || swap(index, index.saturating_sub(1))));
                let down = button.clone()("Down", Icon::Down, index == last, Box::new(move || swap(index, index + 1)));
                let gone = button(
                    "Remove",
                    Icon::Close,
                    false,
                    Box::new(move || {
                        let mut words = words.get_untracked();
                        if index < words.len() {
                            words.remove(index);
                            put(words);
                        }
                    }),
                );
                view! { <li><span class="order-name">{shown}</span> {up} {down} {gone}</li> }
            })
            .collect_view()
    };
    let options = move || {
        let taken = words.get();
        let free = TieBreaker::ALL.iter().filter(|by| !taken.iter().any(|word| word == by.word()));
        free.map(|by| view! { <option value=by.word()>{tie_breaker(*by)}</option> }).collect_view()
    };
    view! {
        <div class="order" class:changed=live(move || place.differs())>
            <span class="label">{label} " " {place.was(|_| "another order".to_owned())}</span>
            <ol class="order-list">{rows}</ol>
            <p class="hint" class:hidden=live(move || words.with(|words| !words.is_empty()))>{empty}</p>
            <select
                class="input select"
                aria-label=format!("Add to: {label}")
                prop:value=live(String::new)
                on:change=change(move |event| {
                    let word = event_target_value(&event);
                    if !word.is_empty() {
                        let index = words.with_untracked(Vec::len);
                        place.desk.edit(&Edit::Insert { list: place.address(), index, item: Value::from(word) });
                    }
                })
            >
                <option value="">"Add …"</option>
                {options}
            </select>
        </div>
    }
    .into_any()
}
