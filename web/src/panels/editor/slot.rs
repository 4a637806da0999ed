//! A place in the contract as an editor sees it: its value in the candidate, in the baseline, and a way to set it.

use interlock_core::json::fitting;
use interlock_core::scale::Confidence;
use leptos::prelude::*;
use serde_json::Value;

use crate::desk::Desk;
use crate::state::edit::Edit;
use crate::state::{Side, address, condition};
use crate::ui::field;
use crate::ui::live::{change, click, live};

/// A place in the contract. Copies are the same place.
#[derive(Clone, Copy)]
pub(crate) struct Slot {
    pub(crate) desk: Desk,
    at: StoredValue<String>,
    pub(crate) now: Memo<Option<Value>>,
    pub(crate) before: Memo<Option<Value>>,
}

/// The place at an address.
pub(crate) fn slot(desk: Desk, at: impl Into<String>) -> Slot {
    let at = StoredValue::new(at.into());
    let read = move |side: Side| {
        move || {
            desk.work.with(|work| {
                let contract = match side {
                    Side::Baseline => work.baseline_value(),
                    Side::Candidate => work.candidate_value(),
                }?;
                at.with_value(|at| address::get(&contract, at).cloned())
            })
        }
    };
    let now = read(Side::Candidate);
    let before = read(Side::Baseline);
    Slot { desk, at, now: Memo::new(move |_| now()), before: Memo::new(move |_| before()) }
}

/// A confidence in whichever form the contract writes it.
fn mille(value: Option<&Value>) -> Option<u16> {
    fitting::<Confidence>(value?).map(Confidence::get)
}

impl Slot {
    /// The address.
    pub(crate) fn address(self) -> String {
        self.at.get_value()
    }

    /// A place further in.
    pub(crate) fn child(self, step: &str) -> Self {
        slot(self.desk, address::join(&self.address(), step))
    }

    /// Sets the value.
    pub(crate) fn set(self, value: impl Into<Value>) {
        self.desk.edit(&Edit::set(self.address(), value));
    }

    /// Takes the key away.
    pub(crate) fn clear(self) {
        if self.now.with_untracked(Option::is_some) {
            self.desk.edit(&Edit::remove(self.address()));
        }
    }

    /// The value as text; `default` where it is not said.
    pub(crate) fn text(self, default: &'static str) -> String {
        self.now.with(|value| value.as_ref().map_or_else(|| default.to_owned(), condition::show))
    }

    /// Whether the candidate's value differs from the baseline's.
    pub(crate) fn differs(self) -> bool {
        self.now.with(|now| self.before.with(|before| now != before))
    }

    /// "was 85 %" where the value differs; nothing where it does not.
    pub(crate) fn was(self, show: fn(&Value) -> String) -> AnyView {
        view! {
            <span class="was" class:hidden=live(move || !self.differs())>
                {move || self.before.with(|before| match before {
                    Some(before) => format!("was {}", show(before)),
                    None => "was not set".to_owned(),
                })}
            </span>
        }
        .into_any()
    }

    /// A labelled choice. The first option is what holds where the key is missing.
    pub(crate) fn choice(self, label: &'static str, options: &'static [(&'static str, &'static str)]) -> AnyView {
        let default = options.first().map_or("", |(value, _)| value);
        let name = format!("{label}, {}", self.address());
        view! {
            <div class="labelled" class:changed=live(move || self.differs())>
                <span class="label" aria-hidden="true">{label}</span>
                {field::choice(
                    name,
                    move || self.text(default),
                    move || field::options(options),
                    move |value| self.set(value),
                )}
                {self.was(words)}
            </div>
        }
        .into_any()
    }

    /// A labelled confidence: slider and number.
    pub(crate) fn share(self, label: &'static str) -> AnyView {
        let name = format!("{label}, {}", self.address());
        view! {
            <div class="labelled wide" class:changed=live(move || self.differs())>
                <span class="label" aria-hidden="true">{label}</span>
                {field::share(&name,
                    move || self.now.with(|value| mille(value.as_ref())),
                    move || self.before.with(|value| mille(value.as_ref())),
                    move |mille| self.set(mille),
                )}
                {self.was(percent)}
            </div>
        }
        .into_any()
    }

    /// A labelled text. An emptied optional one is taken away.
    pub(crate) fn line(self, label: &'static str, optional: bool) -> AnyView {
        self.line_with(label, optional, None)
    }

    /// A labelled text of several sentences. Emptied, it is taken away.
    pub(crate) fn prose(self, label: &'static str) -> AnyView {
        let rows = move || (self.text("").chars().count() / 56 + 2).clamp(2, 16).to_string();
        view! {
            <div class="labelled wide" class:changed=live(move || self.differs())>
                <span class="label" aria-hidden="true">{label}</span>
                <textarea
                    class="input prose"
                    aria-label=format!("{label}, {}", self.address())
                    rows=rows
                    prop:value=move || self.text("")
                    on:change=change(move |event| {
                        let text = field::area_value(&event);
                        if text.trim().is_empty() {
                            self.clear();
                        } else {
                            self.set(text);
                        }
                    })
                ></textarea>
                {self.was(condition::show)}
            </div>
        }
        .into_any()
    }

    /// A labelled text with completions.
    pub(crate) fn line_with(self, label: &'static str, optional: bool, list: Option<&'static str>) -> AnyView {
        let name = format!("{label}, {}", self.address());
        view! {
            <div class="labelled" class:changed=live(move || self.differs())>
                <span class="label" aria-hidden="true">{label}</span>
                {field::text(
                    name,
                    move || self.text(""),
                    list,
                    move |value| {
                        if optional && value.trim().is_empty() {
                            self.clear();
                        } else {
                            self.set(value);
                        }
                    },
                )}
                {self.was(condition::show)}
            </div>
        }
        .into_any()
    }

    /// A labelled whole number.
    pub(crate) fn number(self, label: &'static str, default: i64, limits: (Option<i64>, Option<i64>)) -> AnyView {
        let name = format!("{label}, {}", self.address());
        view! {
            <div class="labelled narrow" class:changed=live(move || self.differs())>
                <span class="label" aria-hidden="true">{label}</span>
                {field::number(
                    name,
                    move || Some(self.integer(default)),
                    limits,
                    move |value| self.set(value),
                )}
                {self.was(condition::show)}
            </div>
        }
        .into_any()
    }

    /// A labelled whole number that may be left out.
    pub(crate) fn line_number(self, label: &'static str) -> AnyView {
        let name = format!("{label}, {}", self.address());
        view! {
            <div class="labelled narrow" class:changed=live(move || self.differs())>
                <span class="label" aria-hidden="true">{label}</span>
                {field::text(
                    name,
                    move || self.text(""),
                    None,
                    move |value| {
                        match value.trim().parse::<i64>() {
                            Ok(number) => self.set(number),
                            // What is no number is taken as it is, and `check` says so.
                            Err(_) if value.trim().is_empty() => self.clear(),
                            Err(_) => self.set(value),
                        }
                    },
                )}
                {self.was(condition::show)}
            </div>
        }
        .into_any()
    }

    /// The value as a whole number.
    pub(crate) fn integer(self, default: i64) -> i64 {
        self.now.with(|value| value.as_ref().and_then(Value::as_i64)).unwrap_or(default)
    }

    /// A whole number with buttons for one step less and more.
    pub(crate) fn stepper(self, label: &str, step: i64) -> AnyView {
        let name = format!("{label}, {}", self.address());
        let less = format!("{step} less: {name}");
        let more = format!("{step} more: {name}");
        view! {
            <span class="stepper" class:changed=live(move || self.differs())>
                <button
                    type="button"
                    class="step-button"
                    aria-label=less
                    on:click=click(move |_| self.set(untrack(|| self.integer(0)) - step))
                >
                    "−"
                </button>
                {field::number(
                    name,
                    move || Some(self.integer(0)),
                    (None, None),
                    move |value| self.set(value),
                )}
                <button
                    type="button"
                    class="step-button"
                    aria-label=more
                    on:click=click(move |_| self.set(untrack(|| self.integer(0)) + step))
                >
                    "+"
                </button>
                {self.was(condition::show)}
            </span>
        }
        .into_any()
    }
}

fn words(value: &Value) -> String {
    condition::show(value).replace('_', " ")
}

/// A confidence or a share of the leads.
pub(super) fn percent(value: &Value) -> String {
    mille(Some(value)).map_or_else(|| condition::show(value), |mille| format!("{} %", field::percent_text(mille)))
}
