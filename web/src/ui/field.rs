//! Inputs: texts that are taken when left, numbers, shares, choices; each shows where the baseline differs.

use crate::state::linkage::{bits_typed, read_bits};
use crate::ui::live::{change, live};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// A text, taken when the field is left or Enter is pressed.
pub(crate) fn text(
    label: impl Into<String>,
    value: impl Fn() -> String + Send + Sync + 'static,
    list: Option<&'static str>,
    set: impl Fn(String) + 'static,
) -> AnyView {
    view! {
        <input
            class="input"
            type="text"
            autocomplete="off"
            spellcheck="false"
            aria-label=label.into()
            list=list
            prop:value=value
            on:change=change(move |event| set(event_target_value(&event)))
        />
    }
    .into_any()
}

/// A whole number with steps, taken at once.
pub(crate) fn number(
    label: impl Into<String>,
    value: impl Fn() -> Option<i64> + Send + Sync + 'static,
    (min, max): (Option<i64>, Option<i64>),
    set: impl Fn(i64) + 'static,
) -> AnyView {
    view! {
        <input
            class="input number"
            type="number"
            step="1"
            min=min
            max=max
            aria-label=label.into()
            prop:value=live(move || value().map(|value| value.to_string()).unwrap_or_default())
            on:change=change(move |event| {
                if let Ok(number) = event_target_value(&event).trim().parse() {
                    set(number);
                }
            })
        />
    }
    .into_any()
}

/// A match weight in bits, written with up to three decimals; none where the field was emptied. `value` is in thousandths.
pub(crate) fn bits(
    label: impl Into<String>,
    value: impl Fn() -> Option<i64> + Send + Sync + 'static,
    set: impl Fn(Option<i64>) + 'static,
) -> AnyView {
    view! {
        <input
            class="input number"
            type="number"
            step="0.1"
            min="-1000"
            max="1000"
            aria-label=label.into()
            placeholder="–"
            prop:value=live(move || value().map(bits_typed).unwrap_or_default())
            on:change=change(move |event| {
                let text = event_target_value(&event);
                match read_bits(&text) {
                    None if !text.trim().is_empty() => {}
                    weight => set(weight),
                }
            })
        />
    }
    .into_any()
}

/// One of several words. `options` are (value, what it is called).
pub(crate) fn choice(
    label: impl Into<String>,
    value: impl Fn() -> String + Copy + Send + Sync + 'static,
    options: impl Fn() -> Vec<(String, String)> + Send + Sync + 'static,
    set: impl Fn(String) + 'static,
) -> AnyView {
    view! {
        <select
            class="input select"
            aria-label=label.into()
            prop:value=value
            on:change=change(move |event| set(event_target_value(&event)))
        >
            {move || {
                let now = value();
                let mut options = options();
                if !options.iter().any(|(value, _)| *value == now) {
                    // What the contract says is shown even where it is not one of the choices.
                    options.insert(0, (now.clone(), now.clone()));
                }
                options
                    .into_iter()
                    .map(|(value, name)| {
                        let chosen = value == now;
                        view! {
                            <option value=value selected=chosen>
                                {name}
                            </option>
                        }
                    })
                    .collect_view()
            }}
        </select>
    }
    .into_any()
}

/// The options of a closed list of words.
pub(crate) fn options(words: &[(&str, &str)]) -> Vec<(String, String)> {
    words.iter().map(|(value, name)| ((*value).to_owned(), (*name).to_owned())).collect()
}

/// A share: slider and number in percent, with the baseline's value marked on the slider. Values are per mille.
pub(crate) fn share(
    label: &str,
    value: impl Fn() -> Option<u16> + Copy + Send + Sync + 'static,
    before: impl Fn() -> Option<u16> + Copy + Send + Sync + 'static,
    set: impl Fn(u16) + Copy + 'static,
) -> AnyView {
    let percent = move || value().map(percent_text).unwrap_or_default();
    let mark = move || before().map(|mille| format!("{}.{}%", mille / 10, mille % 10));
    view! {
        <span class="share" class:changed=live(move || value() != before())>
            <span class="slider">
                <span
                    class="slider-mark"
                    class:hidden=live(move || before().is_none())
                    style:left=live(move || mark().unwrap_or_default())
                    aria-hidden="true"
                ></span>
                <input
                    type="range"
                    min="0"
                    max="1000"
                    step="5"
                    aria-label=format!("{label}, slider")
                    aria-valuetext=live(move || format!("{} %", percent()))
                    prop:value=live(move || value().unwrap_or_default().to_string())
                    on:input=change(move |event| {
                        if let Ok(mille) = event_target_value(&event).parse() {
                            set(mille);
                        }
                    })
                />
            </span>
            <input
                class="input number percent"
                type="number"
                min="0"
                max="100"
                step="0.5"
                aria-label=format!("{label}, in percent")
                prop:value=percent
                placeholder="–"
                on:change=change(move |event| {
                    if let Some(mille) = read_percent(&event_target_value(&event)) {
                        set(mille);
                    }
                })
            />
        </span>
    }
    .into_any()
}

/// Per mille as percent: `87`, `87.5`.
pub(crate) fn percent_text(mille: u16) -> String {
    match mille % 10 {
        0 => (mille / 10).to_string(),
        tenth => format!("{}.{tenth}", mille / 10),
    }
}

/// Percent as per mille; none outside 0–100.
pub(crate) fn read_percent(text: &str) -> Option<u16> {
    let (whole, tenth) = match text.trim().split_once(['.', ',']) {
        None => (text.trim(), "0"),
        Some((whole, tenth)) => (whole, tenth),
    };
    let tenth: u16 = tenth.get(..1)?.parse().ok()?;
    let mille = whole.parse::<u16>().ok()?.checked_mul(10)? + tenth;
    (mille <= 1000).then_some(mille)
}

/// The text of the element an event comes from, for areas of text.
pub(crate) fn area_value(event: &ev::Event) -> String {
    event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::HtmlTextAreaElement>().ok())
        .map(|area| area.value())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{percent_text, read_percent};

    #[test]
    fn shares_survive_being_written_in_percent() {
        for mille in 0..=1000 {
            assert_eq!(read_percent(&percent_text(mille)), Some(mille));
        }
        for text in ["", "100.1", "-1", "x", "1e2", "101"] {
            assert_eq!(read_percent(text), None, "{text}");
        }
    }
}
